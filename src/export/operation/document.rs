//! The map as a document to read and to print.
//!
//! Owns the order in which it is told: whom it is for, gaps and duplication, the Matrix,
//! the systems, their worksheets.

use super::grid::Grid;
use super::{COLUMNS, Paper, Shown, systems};
use crate::content::{CategoryId, CriterionId, SubStepId};
use crate::export::blocks::Block;
use crate::operation::{Cover, Coverage, NO_NAMES, Progress, Sharing, System};
use crate::room::Answer;
use crate::room::checklist::{Progress as Answered, activity_lines, principle_lines};

/// The looks of a page that is printed across. Whom it is for stands on every sheet, since
/// sheets are left lying about one by one; each part of the Matrix begins on its own.
pub(super) fn style(paper: Paper, audience: Sharing) -> String {
    let (size, letters) = match paper {
        Paper::A4 => ("A4", "8pt"),
        Paper::A3 => ("A3", "7.5pt"),
    };
    format!(
        "body{{max-width:none}}table{{font-size:{letters};table-layout:fixed}}\
         th:first-child,td:first-child{{width:9em}}\
         @page{{size:{size} landscape;margin:12mm 10mm;\
         @bottom-left{{content:\"{}\";font:8pt sans-serif}}\
         @bottom-right{{content:counter(page) \" / \" counter(pages);font:8pt sans-serif}}}}\
         @media print{{body{{font-size:9pt}}tr{{break-inside:auto}}\
         table+table{{break-before:page}}h2,h3{{break-after:avoid}}}}",
        audience.mark()
    )
}

fn heading(level: u8, text: &str) -> Block {
    Block::Heading(level, text.to_owned())
}

/// The document with the Matrix as tables, as many columns side by side as fit.
pub(super) fn blocks(shown: &Shown, grid: &Grid, paper: Paper) -> Vec<Block> {
    let mut blocks = front(shown);
    let at_once = match paper {
        Paper::A4 => 4,
        Paper::A3 => CategoryId::ALL.len(),
    };
    blocks.push(heading(2, "The Matrix"));
    for from in (0..CategoryId::ALL.len()).step_by(at_once) {
        let head = grid.heads.iter().skip(from).take(at_once).cloned();
        let head = std::iter::once("Criterion".to_owned()).chain(head);
        let rows = grid.lines.iter().map(|line| {
            let cells = line.cells.iter().skip(from).take(at_once);
            let cells = cells.map(super::grid::Square::said);
            std::iter::once(line.title.clone()).chain(cells).collect()
        });
        blocks.push(Block::Table(head.collect(), rows.collect()));
    }
    back(shown, &mut blocks);
    blocks
}

/// The document with what the operation says of each category; the Matrix itself is in the
/// program, and too wide for a text.
pub(super) fn text(shown: &Shown) -> Vec<Block> {
    let mut blocks = front(shown);
    let grid = Grid::of(shown);
    blocks.push(heading(2, "The Matrix"));
    for (n, category) in grid.heads.iter().enumerate() {
        blocks.push(heading(3, category));
        for line in &grid.lines {
            let cell = line.cells.get(n);
            let Some(cell) = cell.filter(|cell| !cell.text.is_empty()) else {
                continue;
            };
            let locked = if cell.locked { " (locked)" } else { "" };
            blocks.push(heading(4, &format!("{}{locked}", line.title)));
            blocks.push(Block::Para(cell.text.clone()));
        }
    }
    back(shown, &mut blocks);
    blocks
}

fn front(shown: &Shown) -> Vec<Block> {
    let operation = &shown.operation;
    let mut blocks = vec![
        Block::Title(operation.title().to_owned()),
        Block::Item("Audience".to_owned(), shown.mark(), Vec::new()),
    ];
    let about = [&operation.place, &operation.date].map(String::as_str);
    let about: Vec<&str> = about.into_iter().filter(|text| !text.is_empty()).collect();
    if !about.is_empty() {
        blocks.push(Block::Para(about.join(", ")));
    }
    let coverage = Coverage::of(operation, &shown.content);
    blocks.push(heading(2, "Coverage"));
    let head = ["Category", "Systems", "Run by", "To look at"];
    let rows = coverage.covers.iter().map(|one| cover(shown, one));
    blocks.push(Block::Table(
        head.map(str::to_owned).to_vec(),
        rows.collect(),
    ));
    if shown.withheld.systems > 0 {
        let said = "What was left out may fill a gap that stands here.";
        blocks.push(Block::Small(said.to_owned()));
    }
    for one in &coverage.combinations {
        let missing: Vec<&str> = one
            .missing
            .iter()
            .map(|id| shown.content.category(*id).title.as_str())
            .collect();
        let state = if missing.is_empty() {
            "possible here".to_owned()
        } else {
            format!("missing here: {}", missing.join(", "))
        };
        blocks.push(Block::Item(
            one.result.clone(),
            state,
            vec![one.cited.clone()],
        ));
    }
    blocks
}

fn cover(shown: &Shown, cover: &Cover) -> Vec<String> {
    let look = if cover.is_coming() {
        "gap; planned or paused"
    } else if cover.is_gap() {
        "gap"
    } else if cover.is_double() {
        "more than one organisation"
    } else {
        ""
    };
    vec![
        shown.content.category(cover.category).title.clone(),
        cover.said(),
        cover.running.join(", "),
        look.to_owned(),
    ]
}

fn back(shown: &Shown, blocks: &mut Vec<Block>) {
    blocks.push(heading(2, "The systems"));
    let rows = systems(shown);
    if rows.is_empty() {
        blocks.push(Block::Para(
            "No system is mapped for this audience.".to_owned(),
        ));
    } else {
        // The id is for machines.
        let head = COLUMNS.iter().skip(1).map(|(name, _)| (*name).to_owned());
        let rows = rows
            .into_iter()
            .map(|row| row.into_iter().skip(1).collect());
        blocks.push(Block::Table(head.collect(), rows.collect()));
    }
    for system in &shown.operation.systems {
        worksheet(shown, system, blocks);
    }
    let title = &shown.content.criterion(CriterionId::Definition).title;
    blocks.push(Block::Small(format!(
        "{title} and Output are the framework's and stay as they are; [This operation] marks the \
         operation's own words. {NO_NAMES}"
    )));
}

fn worksheet(shown: &Shown, system: &System, blocks: &mut Vec<Block>) {
    if system.worksheet.is_empty() {
        return;
    }
    blocks.push(heading(3, &format!("{}: the Process", system.name)));
    for (sub_step, entry) in &system.worksheet.entries {
        let title = shown.content.sub_step(*sub_step).title.clone();
        let mut details: Vec<String> = Vec::new();
        if entry.progress != Progress::NotBegun {
            details.push(format!("Progress: {}", entry.progress.title()));
        }
        details.extend(
            entry
                .questions
                .iter()
                .map(|one| format!("Open question: {one}")),
        );
        blocks.push(Block::Item(title, entry.decided.clone(), details));
    }
    checklist(shown, system, blocks);
}

/// The checklist of a system: how far it is, what is still to do, and what was remarked.
fn checklist(shown: &Shown, system: &System, blocks: &mut Vec<Block>) {
    let answers = &system.worksheet.answers;
    if answers.is_empty() {
        return;
    }
    let all = SubStepId::ALL.iter().copied().collect();
    let lines = principle_lines(&shown.content, &all);
    let progress = Answered::of(answers, &lines);
    let activities = activity_lines(&shown.content, &all);
    let mut details = Vec::new();
    for line in lines.iter().chain(&activities) {
        let Some(mark) = answers.get(&line.address.to_string()) else {
            continue;
        };
        if mark.answer == Some(Answer::ToDo) || !mark.note.is_empty() {
            let answer = mark.answer.map_or("not answered", Answer::title);
            let remark = match mark.note.as_str() {
                "" => String::new(),
                note => format!(" ({})", note.replace('\n', " ")),
            };
            let words = line.text.replace('\n', " ");
            details.push(format!("{answer}: {words}{remark}"));
        }
    }
    let said = format!(
        "{} of {} lines answered; {} done, {} to do, {} do not apply",
        progress.answered(),
        progress.lines,
        progress.done,
        progress.to_do,
        progress.does_not_apply
    );
    blocks.push(Block::Item(
        "Principles' checklist".to_owned(),
        said,
        details,
    ));
}
