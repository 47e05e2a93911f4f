//! The path to anything that a person can point at.
//!
//! Owns the grammar of addresses: how they are written, what they mean, and what is
//! near a mistyped one. An address is a *place* (what fills a screen) and, within
//! it, an *item* (a passage, a practice, an activity, a section). Navigation,
//! history, search hits, notes, command-line arguments and exports all use them, so
//! their spelling is a promise.
//!
//! ```text
//! matrix                                      the cover page
//! matrix/case-management                      a whole column
//! matrix/case-management/output[/passage]     a cell
//! matrix/all/output                           a row, all eight categories
//! matrix/case-management+population-data/output   categories side by side
//! operation                                   the user's own map over the Matrix
//! operation/coverage                          gaps and duplication
//! operation/systems/returns[/process]         a system, and the Process applied to it
//! operation/rows/diagnosis                    a row of the operation's own
//! find                                        from a need to the category that produces it
//! process · process/implement · process/implement/collect-data[/activity]
//! principles · principles/do-no-harm[/wording]
//! principles/do-no-harm/collect-data[/practice[/part]]
//! principles/all/collect-data · principles/do-no-harm+impartiality/collect-data
//! scenarios · scenarios/protracted-emergency  the exercise
//! notes                                       what is written in the session
//! guide · guide/glossary[/section[/passage]]
//! ```

use std::fmt;

use super::fault::did_you_mean;
use super::ids::{CategoryId, CriterionId, PrincipleId, Stage, StepId, SubStepId};
use super::model::Content;
use crate::page::Lens;

/// What fills a screen.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Place {
    /// The cover page of the Matrix.
    Matrix,
    /// A category with all its criteria.
    Column(CategoryId),
    /// A category at a criterion.
    Cell(CategoryId, CriterionId),
    /// All categories at a criterion.
    Row(CriterionId),
    /// Some categories side by side at a criterion.
    Compare(Vec<CategoryId>, CriterionId),
    /// The user's own map over the Matrix.
    Operation,
    /// Its gaps and duplication.
    Coverage,
    /// A system of it.
    System(String),
    /// The Process applied to a system.
    Worksheet(String),
    /// A row of its own, all eight categories.
    OwnRow(String),
    /// From a need to the category that produces it.
    Find,
    /// What the Process is and how it is applied.
    Process,
    /// A step.
    Step(StepId),
    /// A sub-step.
    SubStep(SubStepId),
    /// What the principles are.
    Principles,
    /// A principle in its wordings.
    Principle(PrincipleId),
    /// What a principle asks at a stage.
    Crossing(PrincipleId, Stage),
    /// What all principles ask at a stage.
    StageRow(Stage),
    /// Some principles side by side at a stage.
    ComparePrinciples(Vec<PrincipleId>, Stage),
    /// The scenarios of the exercise.
    Scenarios,
    /// One of them.
    Scenario(String),
    /// What is written in the session.
    Notes,
    /// A page of the guide.
    GuidePage(String),
}

impl Place {
    /// The tab that this place belongs to.
    pub const fn tab(&self) -> Tab {
        match self {
            Self::Matrix
            | Self::Column(_)
            | Self::Cell(..)
            | Self::Row(_)
            | Self::Compare(..)
            | Self::Operation
            | Self::Coverage
            | Self::System(_)
            | Self::Worksheet(_)
            | Self::OwnRow(_) => Tab::Matrix,
            Self::Find => Tab::Find,
            Self::Process | Self::Step(_) | Self::SubStep(_) => Tab::Process,
            Self::Principles
            | Self::Principle(_)
            | Self::Crossing(..)
            | Self::StageRow(_)
            | Self::ComparePrinciples(..) => Tab::Principles,
            Self::Scenarios | Self::Scenario(_) => Tab::Scenarios,
            Self::Notes => Tab::Notes,
            Self::GuidePage(_) => Tab::Guide,
        }
    }
}

/// The parts of the framework, each with its own tab.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Tab {
    /// The Matrix.
    Matrix,
    /// Find: from a need to a category.
    Find,
    /// The Process.
    Process,
    /// The principles and the Principles in Action.
    Principles,
    /// The must-have and nice-to-have exercise.
    Scenarios,
    /// What is written in the session.
    Notes,
    /// The guide.
    Guide,
}

impl Tab {
    /// All tabs, from left to right.
    pub const ALL: &'static [Tab] = &[
        Self::Matrix,
        Self::Find,
        Self::Process,
        Self::Principles,
        Self::Scenarios,
        Self::Notes,
        Self::Guide,
    ];

    /// The word on the tab.
    pub const fn title(self) -> &'static str {
        match self {
            Self::Matrix => "Matrix",
            Self::Find => "Find",
            Self::Process => "Process",
            Self::Principles => "Principles",
            Self::Scenarios => "Scenarios",
            Self::Notes => "Notes",
            Self::Guide => "Guide",
        }
    }

    /// Its place in [`Self::ALL`].
    pub const fn index(self) -> usize {
        self as usize
    }
}

/// The path to a place or to something in it.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Address {
    /// What fills the screen.
    pub place: Place,
    /// What in it is meant; slugs with slashes between.
    pub item: Option<String>,
}

impl From<Place> for Address {
    fn from(place: Place) -> Self {
        Self { place, item: None }
    }
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Matrix => f.write_str("matrix"),
            Self::Column(category) => write!(f, "matrix/{category}"),
            Self::Cell(category, criterion) => write!(f, "matrix/{category}/{criterion}"),
            Self::Row(criterion) => write!(f, "matrix/all/{criterion}"),
            Self::Compare(categories, criterion) => {
                write!(f, "matrix/{}/{criterion}", joined(categories))
            }
            Self::Operation => f.write_str("operation"),
            Self::Coverage => f.write_str("operation/coverage"),
            Self::System(id) => write!(f, "operation/systems/{id}"),
            Self::Worksheet(id) => write!(f, "operation/systems/{id}/process"),
            Self::OwnRow(id) => write!(f, "operation/rows/{id}"),
            Self::Find => f.write_str("find"),
            Self::Process => f.write_str("process"),
            Self::Step(step) => write!(f, "process/{step}"),
            Self::SubStep(sub_step) => write!(f, "process/{}/{sub_step}", sub_step.of_step()),
            Self::Principles => f.write_str("principles"),
            Self::Principle(principle) => write!(f, "principles/{principle}"),
            Self::Crossing(principle, stage) => {
                write!(f, "principles/{principle}/{}", stage.slug())
            }
            Self::StageRow(stage) => write!(f, "principles/all/{}", stage.slug()),
            Self::ComparePrinciples(principles, stage) => {
                write!(f, "principles/{}/{}", joined(principles), stage.slug())
            }
            Self::Scenarios => f.write_str("scenarios"),
            Self::Scenario(id) => write!(f, "scenarios/{id}"),
            Self::Notes => f.write_str("notes"),
            Self::GuidePage(page) => write!(f, "guide/{page}"),
        }
    }
}

fn joined<T: ToString>(some: &[T]) -> String {
    let slugs: Vec<String> = some.iter().map(ToString::to_string).collect();
    slugs.join("+")
}

impl fmt::Display for Address {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.place)?;
        match &self.item {
            Some(item) => write!(f, "/{item}"),
            None => Ok(()),
        }
    }
}

/// An address that leads nowhere.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("nothing has the address {typed}{}", listed(.near))]
pub struct NoSuchAddress {
    /// What was asked for.
    pub typed: String,
    /// Addresses like it, best first.
    pub near: Vec<String>,
}

fn listed(near: &[String]) -> String {
    if near.is_empty() {
        String::new()
    } else {
        format!("; near it: {}", near.join(", "))
    }
}

impl Address {
    /// Reads an address and makes sure that it leads somewhere.
    pub fn parse(text: &str, content: &Content) -> Result<Self, NoSuchAddress> {
        let typed = text.trim().trim_matches('/');
        let parts: Vec<&str> = typed.split('/').collect();
        parse_place(&parts, content)
            .map(|(place, used)| Self {
                place,
                item: parts
                    .get(used..)
                    .filter(|rest| !rest.is_empty())
                    .map(|rest| rest.join("/")),
            })
            .filter(|address| address.leads_somewhere(content))
            .ok_or_else(|| NoSuchAddress {
                typed: typed.chars().take(200).collect(),
                near: neighbours(typed, content),
            })
    }

    fn leads_somewhere(&self, content: &Content) -> bool {
        match &self.item {
            None => true,
            // What an operation leaves out can still be meant.
            Some(item) => [Lens::Mine, Lens::Original].iter().any(|lens| {
                let page = crate::page::Page::seen(&self.place, content, *lens);
                let here = |anchor: &Option<String>| anchor.as_ref() == Some(item);
                page.blocks.iter().any(|block| here(&block.anchor))
            }),
        }
    }
}

/// The place that an address begins with, and how many parts it took.
fn parse_place(parts: &[&str], content: &Content) -> Option<(Place, usize)> {
    let second = parts.get(1).copied();
    let third = parts.get(2).copied();
    match *parts.first()? {
        "matrix" => matrix(second, third),
        "operation" => operation(second, third, parts.get(3).copied(), content),
        "find" => Some((Place::Find, 1)),
        "process" => process(second, third),
        "principles" => principles(second, third),
        "scenarios" => match second {
            Some(id) if content.scenario(id).is_some() => Some((Place::Scenario(id.to_owned()), 2)),
            _ => Some((Place::Scenarios, 1)),
        },
        "notes" => Some((Place::Notes, 1)),
        "guide" => match second {
            None => Some((crate::page::guide_opens_on(content), 1)),
            Some(page) => crate::page::guide_page_exists(page, content)
                .then(|| (Place::GuidePage(page.to_owned()), 2)),
        },
        _ => None,
    }
}

fn matrix(second: Option<&str>, third: Option<&str>) -> Option<(Place, usize)> {
    let Some(second) = second else {
        return Some((Place::Matrix, 1));
    };
    let criterion = third.and_then(CriterionId::from_slug);
    if second == "all" {
        return Some((Place::Row(criterion?), 3));
    }
    if second.contains('+') {
        let some = second
            .split('+')
            .map(CategoryId::from_slug)
            .collect::<Option<Vec<_>>>()?;
        return Some((Place::Compare(distinct(some)?, criterion?), 3));
    }
    match (CategoryId::from_slug(second), criterion, third) {
        (Some(category), Some(criterion), _) => Some((Place::Cell(category, criterion), 3)),
        (Some(category), None, None) => Some((Place::Column(category), 2)),
        (None, ..) => Some((Place::Matrix, 1)),
        _ => None,
    }
}

/// Two or three different ones, as a comparison takes.
fn distinct<T: PartialEq + Copy>(some: Vec<T>) -> Option<Vec<T>> {
    let repeated = some
        .iter()
        .enumerate()
        .any(|(n, one)| some.iter().take(n).any(|other| other == one));
    ((2..=3).contains(&some.len()) && !repeated).then_some(some)
}

fn operation(
    second: Option<&str>,
    third: Option<&str>,
    fourth: Option<&str>,
    content: &Content,
) -> Option<(Place, usize)> {
    let here = content.operation.as_deref();
    match (second, third) {
        (None, _) => Some((Place::Operation, 1)),
        (Some("coverage"), None) => Some((Place::Coverage, 2)),
        (Some("systems"), Some(id)) => {
            here?.system(id)?;
            let id = id.to_owned();
            Some(match fourth {
                Some("process") => (Place::Worksheet(id), 4),
                _ => (Place::System(id), 3),
            })
        }
        (Some("rows"), Some(id)) => {
            let row = here?.rows.iter().find(|row| row.id == id)?;
            Some((Place::OwnRow(row.id.clone()), 3))
        }
        _ => None,
    }
}

fn process(second: Option<&str>, third: Option<&str>) -> Option<(Place, usize)> {
    let Some(second) = second else {
        return Some((Place::Process, 1));
    };
    let Some(step) = StepId::from_slug(second) else {
        return Some((Place::Process, 1));
    };
    match third.and_then(SubStepId::from_slug) {
        Some(sub_step) if sub_step.of_step() == step => Some((Place::SubStep(sub_step), 3)),
        Some(_) => None,
        None => Some((Place::Step(step), 2)),
    }
}

fn principles(second: Option<&str>, third: Option<&str>) -> Option<(Place, usize)> {
    let Some(second) = second else {
        return Some((Place::Principles, 1));
    };
    let stage = third.and_then(Stage::from_slug);
    if second == "all" {
        return Some((Place::StageRow(stage?), 3));
    }
    if second.contains('+') {
        let some = second
            .split('+')
            .map(PrincipleId::from_slug)
            .collect::<Option<Vec<_>>>()?;
        return Some((Place::ComparePrinciples(distinct(some)?, stage?), 3));
    }
    match (PrincipleId::from_slug(second), stage) {
        (Some(principle), Some(stage)) => Some((Place::Crossing(principle, stage), 3)),
        (Some(principle), None) => Some((Place::Principle(principle), 2)),
        (None, _) => Some((Place::Principles, 1)),
    }
}

/// Every place that one can go to, in reading order.
pub fn places(content: &Content) -> Vec<Place> {
    let mut places = vec![Place::Matrix];
    for category in CategoryId::ALL {
        places.push(Place::Column(*category));
        places.extend(
            CriterionId::ALL
                .iter()
                .map(|row| Place::Cell(*category, *row)),
        );
    }
    places.extend(CriterionId::ALL.iter().map(|row| Place::Row(*row)));
    places.extend(of_operation(content));
    places.push(Place::Find);
    places.push(Place::Process);
    for step in StepId::ALL {
        places.push(Place::Step(*step));
        let under = SubStepId::ALL.iter().filter(|one| one.of_step() == *step);
        places.extend(under.map(|one| Place::SubStep(*one)));
    }
    places.push(Place::Principles);
    for principle in PrincipleId::ALL {
        places.push(Place::Principle(*principle));
        places.extend(
            Stage::ALL
                .iter()
                .map(|stage| Place::Crossing(*principle, *stage)),
        );
    }
    places.extend(Stage::ALL.iter().map(|stage| Place::StageRow(*stage)));
    places.push(Place::Scenarios);
    let scenarios = content.scenarios.named.iter();
    places.extend(scenarios.map(|one| Place::Scenario(one.id.clone())));
    places.push(Place::Notes);
    places.extend(crate::page::guide_page_ids(content).map(Place::GuidePage));
    places
}

/// The places of the operation that is open.
fn of_operation(content: &Content) -> Vec<Place> {
    let Some(operation) = &content.operation else {
        return Vec::new();
    };
    let mut places = vec![Place::Operation, Place::Coverage];
    for system in &operation.systems {
        places.push(Place::System(system.id.clone()));
        places.push(Place::Worksheet(system.id.clone()));
    }
    let rows = operation.rows.iter();
    places.extend(rows.map(|row| Place::OwnRow(row.id.clone())));
    places
}

/// Every address: the places, and all that can be pointed at in them.
pub fn addresses(content: &Content) -> Vec<Address> {
    let mut all = Vec::new();
    for place in places(content) {
        let owns_items = !matches!(place, Place::Column(_) | Place::Row(_) | Place::StageRow(_));
        let items: Vec<String> = if owns_items {
            let page = crate::page::Page::of(&place, content);
            page.blocks
                .into_iter()
                .filter_map(|block| block.anchor)
                .collect()
        } else {
            Vec::new()
        };
        all.push(Address::from(place.clone()));
        all.extend(items.into_iter().map(|item| Address {
            place: place.clone(),
            item: Some(item),
        }));
    }
    all
}

/// Addresses like a mistyped one, best first.
fn neighbours(typed: &str, content: &Content) -> Vec<String> {
    let all: Vec<String> = addresses(content).iter().map(ToString::to_string).collect();
    let mut near: Vec<String> = did_you_mean(typed, all.iter().map(String::as_str))
        .map(str::to_owned)
        .into_iter()
        .collect();
    let last = typed.rsplit('/').next().unwrap_or(typed);
    let mut tails: Vec<(usize, usize, &String)> = all
        .iter()
        .filter(|one| !near.contains(one))
        .filter_map(|one| {
            let distance = tail_distance(last, one)?;
            Some((distance, strsim::osa_distance(typed, one), one))
        })
        .collect();
    tails.sort();
    near.extend(tails.into_iter().map(|(.., one)| one.clone()));
    near.truncate(4);
    near
}

/// How far the last part of an address is from a word, where it is near.
fn tail_distance(word: &str, address: &str) -> Option<usize> {
    let tail = address.rsplit('/').next()?;
    let distance = strsim::osa_distance(word, tail);
    let starts = word.len() >= 4 && tail.starts_with(word);
    (distance <= 2 || starts).then_some(distance.min(3))
}
