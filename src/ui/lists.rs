//! The lists beside a page: where one is among its neighbours.
//!
//! Owns which lists each place has, what their rows say, and which row is selected.

use crate::app::moves::{guide_list, principle_rows, process_list};
use crate::content::model::Cell;
use crate::content::{
    CategoryId, Content, CriterionId, Place, PrincipleId, Stage, Status, StepId, SubStepId,
};
use crate::page::guide_page_title;

/// A list beside the page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct List {
    /// Its rows.
    pub rows: Vec<Row>,
    /// Which row is selected.
    pub selected: Option<usize>,
}

/// A row of a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// What it says.
    pub text: String,
    /// A word at its right end.
    pub badge: String,
    /// How far it is indented.
    pub indent: u16,
    /// Where it leads.
    pub to: Place,
}

impl Row {
    fn new(text: impl Into<String>, to: Place) -> Self {
        Self {
            text: text.into(),
            badge: String::new(),
            indent: 0,
            to,
        }
    }

    fn badge(mut self, badge: impl Into<String>) -> Self {
        self.badge = badge.into();
        self
    }
}

/// The lists beside a place; `shown` is the place whose badges are to be seen.
pub fn lists(at: &Place, shown: &Place, content: &Content) -> Vec<List> {
    match at {
        Place::Cell(category, row) => matrix(*category, *row, shown, content),
        Place::Principle(principle) => principles(*principle, None, shown, content),
        Place::Crossing(principle, stage) => principles(*principle, Some(*stage), shown, content),
        Place::Process | Place::Step(_) | Place::SubStep(_) => vec![process(at, content)],
        Place::GuidePage(_) => vec![guide(at, content)],
        _ => Vec::new(),
    }
}

fn list(rows: Vec<Row>, selected: impl Fn(&Row) -> bool) -> List {
    let selected = rows.iter().position(selected);
    List { rows, selected }
}

fn matrix(category: CategoryId, row: CriterionId, shown: &Place, content: &Content) -> Vec<List> {
    let columns: Vec<Row> = CategoryId::ALL
        .iter()
        .map(|id| Row::new(&content.category(*id).short, Place::Cell(*id, row)))
        .collect();
    let badges = match shown {
        Place::Cell(shown, _) => *shown,
        _ => category,
    };
    let rows: Vec<Row> = CriterionId::ROWS
        .iter()
        .map(|id| {
            Row::new(short_title(*id, content), Place::Cell(category, *id))
                .badge(word(content, badges, *id))
        })
        .collect();
    let base = if CriterionId::ROWS.contains(&row) {
        row
    } else {
        CriterionId::Output
    };
    vec![
        list(
            columns,
            |one| matches!(one.to, Place::Cell(id, _) if id == category),
        ),
        list(
            rows,
            |one| matches!(one.to, Place::Cell(_, id) if id == base),
        ),
    ]
}

/// The titles of rows, short enough for a badge beside them.
fn short_title(id: CriterionId, content: &Content) -> String {
    match id {
        CriterionId::SubCategories => "Sub-categories".to_owned(),
        CriterionId::Examples => "Examples".to_owned(),
        _ => content.criterion(id).title.clone(),
    }
}

/// What a cell holds, in a word: whether the operation has it otherwise comes first.
fn word(content: &Content, category: CategoryId, row: CriterionId) -> &'static str {
    let operation = content.operation.as_deref();
    let endorsed = operation
        .is_some_and(|one| row == CriterionId::Definition && one.endorsed.contains_key(&category));
    let adapted = operation.is_some_and(|one| one.adapted(category, row).is_some());
    match (endorsed, adapted) {
        (true, _) => "endorsed",
        (_, true) => "yours",
        _ => filled(content.cell(category, row)),
    }
}

/// What a shipped cell holds, in a word.
fn filled(cell: &Cell) -> &'static str {
    let has = |status: Status| cell.passages.iter().any(|one| one.status == status);
    let first = cell.passages.first().map(|one| one.status);
    match first {
        None => "open",
        _ if has(Status::Agreed) => "agreed",
        _ if has(Status::Draft) => "draft",
        _ if has(Status::Illustrative) => "example",
        Some(Status::Superseded) => "older",
        Some(_) => "summary",
    }
}

fn principles(
    principle: PrincipleId,
    stage: Option<Stage>,
    shown: &Place,
    content: &Content,
) -> Vec<List> {
    let to = |id: PrincipleId| match stage {
        Some(stage) => Place::Crossing(id, stage),
        None => Place::Principle(id),
    };
    let columns: Vec<Row> = PrincipleId::ALL
        .iter()
        .map(|id| Row::new(&content.principle(*id).short, to(*id)))
        .collect();
    let badges = match shown {
        Place::Crossing(shown, _) | Place::Principle(shown) => *shown,
        _ => principle,
    };
    let rows: Vec<Row> = principle_rows(principle)
        .into_iter()
        .map(|place| match place {
            Place::Crossing(_, stage) => {
                Row::new(short_stage(stage), place).badge(count(content, badges, stage))
            }
            _ => Row::new("The principle", place),
        })
        .collect();
    let here = stage.map_or(Place::Principle(principle), |stage| {
        Place::Crossing(principle, stage)
    });
    vec![
        list(columns, |one| one.to == to(principle)),
        list(rows, |one| one.to == here),
    ]
}

fn count(content: &Content, principle: PrincipleId, stage: Stage) -> String {
    let crossing = content.principle(principle).at(stage);
    match crossing.map_or(0, |one| one.practices.len()) {
        0 => "-".to_owned(),
        n => n.to_string(),
    }
}

/// The sub-steps in words that fit a list.
pub fn short_stage(stage: Stage) -> &'static str {
    use crate::content::SubStepId as S;
    match stage {
        Stage::At(S::DefinePurpose) => "Define purpose",
        Stage::At(S::DataReview) => "Data review",
        Stage::At(S::DesignWithCommunities) => "Design with people",
        Stage::At(S::SharingNetworks) => "Sharing networks",
        Stage::At(S::DevelopSystem) => "Develop IM system",
        Stage::At(S::CollectData) => "Collect data",
        Stage::At(S::Store) => "Store and maintain",
        Stage::At(S::Analyze) => "Process and analyze",
        Stage::At(S::Disseminate) => "Disseminate and share",
        Stage::At(S::ReviewImpacts) => "Review protection impacts",
        Stage::At(S::ReviewSystem) => "Review IM system",
        Stage::At(S::ReviewSharing) => "Review information-sharing",
        Stage::Evaluate => "Evaluate impact",
    }
}

fn process(at: &Place, content: &Content) -> List {
    let rows = process_list()
        .into_iter()
        .map(|place| {
            let mut row = Row::new(process_title(&place, content), place.clone());
            row.indent = u16::from(matches!(place, Place::SubStep(_)));
            row
        })
        .collect();
    list(rows, |one| one.to == *at)
}

fn process_title(place: &Place, content: &Content) -> String {
    match place {
        Place::Step(step) => {
            let title = match step {
                StepId::Assess => "Assess the landscape",
                StepId::Design => "Design IM systems",
                StepId::Implement => "Implement IM systems",
                StepId::Evaluate => "Evaluate impact",
            };
            format!("{} {title}", step.index() + 1)
        }
        Place::SubStep(sub_step) => match sub_step {
            SubStepId::DefinePurpose => "Define purpose and needs".to_owned(),
            SubStepId::DesignWithCommunities => "Design with communities".to_owned(),
            SubStepId::SharingNetworks => "Establish sharing networks".to_owned(),
            _ => content.sub_step(*sub_step).title.clone(),
        },
        _ => crate::page::Page::of(&Place::Process, content).title,
    }
}

fn guide(at: &Place, content: &Content) -> List {
    let rows = guide_list(content)
        .into_iter()
        .map(|place| match &place {
            Place::GuidePage(id) => Row::new(guide_page_title(id, content), place.clone()),
            _ => Row::new(String::new(), place),
        })
        .collect();
    list(rows, |one| one.to == *at)
}
