//! The shapes of the content files, as an editor writes them.
//!
//! Owns the grammar of the RON files and nothing else: unknown fields are refused
//! here, meaning is checked in `check`. Every text stays a `String` so that one bad
//! value does not hide the faults after it.

use serde::Deserialize;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawDocument {
    pub(super) schema: u32,
    pub(super) id: String,
    pub(super) number: String,
    pub(super) title: String,
    pub(super) short: String,
    pub(super) year: u16,
    pub(super) date: String,
    pub(super) about: String,
}

#[derive(Clone, Deserialize)]
pub(super) enum RawPiece {
    Para(String),
    Head(String),
    Item(String),
    SubItem(String),
}

#[derive(Clone, Deserialize)]
pub(super) enum RawOrigin {
    Source { doc: String, section: String },
    Ours { facts: Vec<String> },
}

#[derive(Clone, Copy, Deserialize)]
pub(super) enum RawStatus {
    Agreed,
    Superseded,
    Draft,
    Illustrative,
    Summary,
    Open,
}

#[derive(Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawPassage {
    pub(super) id: String,
    #[serde(default)]
    pub(super) label: Option<String>,
    pub(super) body: Vec<RawPiece>,
    pub(super) from: RawOrigin,
    pub(super) status: RawStatus,
    #[serde(default)]
    pub(super) note: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawName {
    pub(super) name: String,
    pub(super) from: RawOrigin,
    #[serde(default)]
    pub(super) note: Option<String>,
}

#[derive(Deserialize, Default)]
#[serde(deny_unknown_fields)]
pub(super) struct RawCell {
    #[serde(default)]
    pub(super) passages: Vec<RawPassage>,
    #[serde(default)]
    pub(super) open: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawCells {
    pub(super) definition: RawCell,
    pub(super) sub_categories: RawCell,
    pub(super) methods: RawCell,
    pub(super) examples: RawCell,
    pub(super) output: RawCell,
    pub(super) decision_data: RawCell,
    pub(super) unit_of_analysis: RawCell,
    pub(super) shared_data: RawCell,
    pub(super) sources: RawCell,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawCategory {
    pub(super) schema: u32,
    pub(super) id: String,
    pub(super) title: String,
    pub(super) short: String,
    pub(super) code: String,
    #[serde(default)]
    pub(super) aliases: Vec<String>,
    #[serde(default)]
    pub(super) former_names: Vec<RawName>,
    pub(super) cells: RawCells,
    #[serde(default)]
    pub(super) explanation: Vec<RawPassage>,
    #[serde(default)]
    pub(super) questions: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawCriterion {
    pub(super) id: String,
    pub(super) title: String,
    #[serde(default)]
    pub(super) locked: bool,
    #[serde(default)]
    pub(super) under: Option<String>,
    pub(super) explanation: Vec<RawPassage>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawRelation {
    pub(super) id: String,
    pub(super) between: Vec<String>,
    pub(super) result: String,
    pub(super) passage: RawPassage,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawMatrix {
    pub(super) schema: u32,
    pub(super) order: Vec<String>,
    pub(super) introduction: Vec<RawPassage>,
    pub(super) criteria: Vec<RawCriterion>,
    pub(super) sharing_conditions: Vec<RawPassage>,
    pub(super) relations: Vec<RawRelation>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawActivity {
    pub(super) id: String,
    pub(super) text: String,
    #[serde(default)]
    pub(super) note: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawSubStep {
    pub(super) id: String,
    pub(super) title: String,
    #[serde(default)]
    pub(super) other_names: Vec<RawName>,
    pub(super) description: Vec<RawPassage>,
    #[serde(default)]
    pub(super) purposes: Vec<RawPassage>,
    #[serde(default)]
    pub(super) activities: Vec<RawActivity>,
    #[serde(default)]
    pub(super) activities_from: Option<RawOrigin>,
    #[serde(default)]
    pub(super) pointers: Vec<RawPassage>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawStep {
    pub(super) id: String,
    pub(super) title: String,
    #[serde(default)]
    pub(super) other_names: Vec<RawName>,
    #[serde(default)]
    pub(super) passages: Vec<RawPassage>,
    pub(super) sub_steps: Vec<RawSubStep>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawProcess {
    pub(super) schema: u32,
    pub(super) introduction: Vec<RawPassage>,
    pub(super) steps: Vec<RawStep>,
    pub(super) applying: Vec<RawPassage>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawPrinciple {
    pub(super) id: String,
    pub(super) title: String,
    pub(super) short: String,
    #[serde(default)]
    pub(super) aliases: Vec<String>,
    #[serde(default)]
    pub(super) other_names: Vec<RawName>,
    pub(super) wordings: Vec<RawPassage>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawPrinciples {
    pub(super) schema: u32,
    pub(super) introduction: Vec<RawPassage>,
    pub(super) principles: Vec<RawPrinciple>,
    pub(super) practices: Vec<RawPassage>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawItem {
    pub(super) id: String,
    pub(super) text: String,
    #[serde(default)]
    pub(super) note: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawPractice {
    pub(super) id: String,
    pub(super) text: String,
    #[serde(default)]
    pub(super) more: Vec<String>,
    #[serde(default)]
    pub(super) items: Vec<RawItem>,
    #[serde(default)]
    pub(super) note: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawSection {
    pub(super) at: String,
    pub(super) heading: String,
    #[serde(default)]
    pub(super) practices: Vec<RawPractice>,
    #[serde(default)]
    pub(super) open: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawInAction {
    pub(super) schema: u32,
    pub(super) principle: String,
    pub(super) sections: Vec<RawSection>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawScenario {
    pub(super) id: String,
    pub(super) title: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawScenarios {
    pub(super) schema: u32,
    pub(super) from: RawOrigin,
    pub(super) open: String,
    pub(super) scenarios: Vec<RawScenario>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawGuideSection {
    pub(super) id: String,
    pub(super) title: String,
    pub(super) passages: Vec<RawPassage>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawGuidePage {
    pub(super) schema: u32,
    pub(super) id: String,
    pub(super) title: String,
    pub(super) order: u32,
    pub(super) sections: Vec<RawGuideSection>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawDecision {
    pub(super) id: String,
    pub(super) place: String,
    pub(super) what: String,
    pub(super) decision: String,
    pub(super) why: String,
    #[serde(default)]
    pub(super) shown: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawEditor {
    pub(super) schema: u32,
    pub(super) decisions: Vec<RawDecision>,
}
