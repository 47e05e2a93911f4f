//! `pim tally`: ballots in, results out.

use std::io::Read;
use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::Context;
use clap::Args;

use super::out;
use crate::hints::{Language, sentences};
use crate::tally::input::{Format, MAX_BYTES, read};
use crate::tally::{Explanation, Tally, report, table};

/// Where the ballots are, and how to say the results.
#[derive(Debug, Args)]
pub(super) struct TallyArgs {
    /// A file of ballots: JSON, or the `PrefLib` formats soc, soi, toc, toi; - reads standard input.
    #[arg(default_value = "-")]
    file: PathBuf,
    /// One JSON object, for machines.
    #[arg(long)]
    json: bool,
}

pub(super) fn tally(args: &TallyArgs) -> anyhow::Result<ExitCode> {
    let bytes = bytes(args)?;
    let format = args
        .file
        .extension()
        .and_then(|ending| ending.to_str())
        .and_then(Format::from_extension);
    let profile =
        read(&bytes, format).with_context(|| format!("cannot count {}", args.file.display()))?;
    if args.json {
        return out(&format!(
            "{}\n",
            serde_json::to_string_pretty(&report(&profile))?
        ));
    }
    let tally = Tally::count(&profile);
    let said = sentences(Language::En, &Explanation::of(&tally), profile.names());
    out(&table(&profile, &tally, said))
}

/// The whole input; one byte past the limit is enough to be refused for its size.
fn bytes(args: &TallyArgs) -> anyhow::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    let most = MAX_BYTES as u64 + 1;
    if args.file.as_os_str() == "-" {
        std::io::stdin()
            .lock()
            .take(most)
            .read_to_end(&mut bytes)
            .context("cannot read standard input")?;
    } else {
        let file = std::fs::File::open(&args.file)
            .with_context(|| format!("cannot open {}", args.file.display()))?;
        file.take(most)
            .read_to_end(&mut bytes)
            .with_context(|| format!("cannot read {}", args.file.display()))?;
    }
    Ok(bytes)
}
