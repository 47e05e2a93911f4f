//! `pim find "need"`: the eight categories for a need, without a screen.

use std::io::{BufRead, Read, Write};
use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::{Context, bail};
use clap::Args;
use serde_json::{Value, json};

use super::out;
use crate::content::{CategoryId, Content, CriterionId};
use crate::find::Finder;
use crate::search::{Hit, How, Query, Ranking, Reason, State, Taught};

/// Longer lines of a batch are cut here; the engine reads less anyway.
const LONGEST: u64 = 1024 * 1024;

/// What to look for, and how to say it.
#[derive(Debug, Args)]
pub(super) struct FindArgs {
    /// What you need to know, in your own words.
    need: Vec<String>,
    /// One JSON object with all eight categories, for machines.
    #[arg(long)]
    json: bool,
    /// Read needs from standard input, one a line; with --json, one object a line.
    #[arg(long, conflicts_with = "need")]
    batch: bool,
    /// A file of taught phrases instead of your own.
    #[arg(long, value_name = "FILE")]
    taught: Option<PathBuf>,
}

pub(super) fn find(content: &Content, args: &FindArgs) -> anyhow::Result<ExitCode> {
    if !args.batch && args.need.is_empty() {
        bail!("say what you need: pim find \"how many people crossed this week\"");
    }
    let finder = Finder::of(content, &taught(args)?)?;
    if args.batch {
        return batch(content, &finder, args.json);
    }
    let need = args.need.join(" ");
    out(&answer(content, &finder, &need, args.json, true)?)
}

fn taught(args: &FindArgs) -> anyhow::Result<Vec<Taught>> {
    match &args.taught {
        Some(path) if !path.exists() => bail!("there is no file {}", path.display()),
        Some(path) => super::taught::read(path),
        None => {
            super::taught::path().map_or_else(|_| Ok(Vec::new()), |path| super::taught::read(&path))
        }
    }
}

/// Answers needs as they come, so that a pipe can ask and read in turn.
fn batch(content: &Content, finder: &Finder, json: bool) -> anyhow::Result<ExitCode> {
    let mut input = std::io::stdin().lock();
    let mut output = std::io::stdout().lock();
    let mut line = Vec::new();
    loop {
        line.clear();
        let read = (&mut input)
            .take(LONGEST)
            .read_until(b'\n', &mut line)
            .context("cannot read the needs")?;
        if read == 0 {
            return Ok(ExitCode::SUCCESS);
        }
        let need = String::from_utf8_lossy(&line);
        let text = answer(
            content,
            finder,
            need.trim_end_matches(['\n', '\r']),
            json,
            false,
        )?;
        if output
            .write_all(text.as_bytes())
            .and_then(|()| output.flush())
            .is_err()
        {
            return Ok(ExitCode::SUCCESS);
        }
    }
}

fn answer(
    content: &Content,
    finder: &Finder,
    need: &str,
    json: bool,
    pretty: bool,
) -> anyhow::Result<String> {
    let ranking = finder.rank(&Query::whole(need));
    if json {
        let object = as_json(need, &ranking);
        let text = if pretty {
            serde_json::to_string_pretty(&object)?
        } else {
            serde_json::to_string(&object)?
        };
        return Ok(text + "\n");
    }
    Ok(as_text(content, need, &ranking))
}

fn as_json(need: &str, ranking: &Ranking) -> Value {
    let hits: Vec<Value> = ranking.hits.iter().map(hit_json).collect();
    json!({
        "need": need,
        "confident": ranking.confident,
        "understood": ranking.understood,
        "not_understood": ranking.not_understood,
        "combinations": ranking.combinations.iter().map(|one| json!({
            "result": one.result,
            "because": one.because,
            "categories": one.between.iter().filter_map(|n| CategoryId::ALL.get(*n)).map(|id| id.slug()).collect::<Vec<_>>(),
        })).collect::<Vec<_>>(),
        "hits": hits,
    })
}

fn hit_json(hit: &Hit) -> Value {
    let because: Vec<Value> = hit
        .because
        .iter()
        .map(|one| {
            json!({
                "typed": one.typed,
                "source": one.source,
                "address": address(one),
                "row": one.row,
                "from_thesaurus": one.from_thesaurus,
            })
        })
        .collect();
    json!({ "category": hit.id, "score": hit.score, "because": because })
}

/// Where the source's words stand; example questions stand nowhere that one could go.
fn address(reason: &Reason) -> Option<&str> {
    reason
        .address
        .as_deref()
        .filter(|at| at.starts_with("matrix/"))
}

fn as_text(content: &Content, need: &str, ranking: &Ranking) -> String {
    let clean: String = need.chars().filter(|c| !c.is_control()).take(200).collect();
    let mut text = format!("Need: {clean}\n{}\n\n", verdict(ranking));
    for (n, hit) in ranking.hits.iter().enumerate() {
        let title = CategoryId::from_slug(&hit.id)
            .map_or(hit.id.as_str(), |id| &content.category(id).title);
        text.push_str(&format!("{} {title}\n", n + 1));
        for reason in hit.because.iter().take(3) {
            text.push_str(&format!("    because {}\n", said(reason)));
        }
        text.push_str(&who(content, hit, n < 3));
    }
    for one in &ranking.combinations {
        text.push_str(&format!(
            "\nThe sources combine outputs for this: {} ({})\n",
            one.result, one.because
        ));
    }
    let first = ranking
        .hits
        .first()
        .and_then(|hit| CategoryId::from_slug(&hit.id));
    if let Some(id) = first.filter(|_| ranking.state() != State::NotUnderstood) {
        text.push_str(&format!(
            "\nGo on: pim show matrix/{id}/{}\n",
            CriterionId::Output
        ));
    }
    text
}

/// Who could give it, where the map of an operation is open.
fn who(content: &Content, hit: &Hit, is_near: bool) -> String {
    let operation = content.operation.as_deref().filter(|_| is_near);
    let (Some(operation), Some(id)) = (operation, CategoryId::from_slug(&hit.id)) else {
        return String::new();
    };
    let lines: Vec<String> = operation
        .under(id)
        .map(|one| format!("    {}: {}, {}\n", one.who(), one.name, one.status.title()))
        .collect();
    if lines.is_empty() {
        format!("    nobody in {} runs this\n", operation.title())
    } else {
        lines.concat()
    }
}

fn verdict(ranking: &Ranking) -> String {
    let understood = ranking.understood.len();
    let all = understood + ranking.not_understood.len();
    match ranking.state() {
        State::Empty => "Nothing was asked.".to_owned(),
        State::NotUnderstood => {
            "No word was understood; the order below is that of the Matrix.".to_owned()
        }
        State::Unsure => format!("Not sure: {understood} of {all} words understood."),
        State::Confident => format!("{understood} of {all} words understood."),
    }
}

fn said(reason: &Reason) -> String {
    let read = reason
        .read_as
        .as_ref()
        .map_or(String::new(), |read| format!(" (read as {read})"));
    let typed = format!("{}{read}", reason.typed);
    let place = address(reason).unwrap_or_default();
    let line = if reason.how == How::Taught {
        format!("{typed} -> taught")
    } else if reason.from_thesaurus {
        format!("{typed} -> {} by our thesaurus  {place}", reason.source)
    } else {
        format!("{typed} -> {}, in {}  {place}", reason.source, reason.row)
    };
    line.trim_end().to_owned()
}
