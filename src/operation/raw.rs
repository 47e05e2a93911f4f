//! The shape of an operation file, as people write it.
//!
//! Owns the grammar and nothing else: unknown fields are refused here, meaning is checked
//! in `check`. Every word stays a `String`, so that one bad value does not hide the faults
//! after it.

use serde::Deserialize;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawOperation {
    pub(super) schema: u32,
    pub(super) name: String,
    #[serde(default)]
    pub(super) place: String,
    #[serde(default)]
    pub(super) date: String,
    #[serde(default)]
    pub(super) language: String,
    #[serde(default)]
    pub(super) systems: Vec<RawSystem>,
    #[serde(default)]
    pub(super) cells: Vec<RawCell>,
    #[serde(default)]
    pub(super) rows: Vec<RawRow>,
    #[serde(default)]
    pub(super) endorsed: Vec<RawDefinition>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawSystem {
    pub(super) id: String,
    pub(super) name: String,
    pub(super) categories: Vec<String>,
    #[serde(default)]
    pub(super) organisation: String,
    #[serde(default)]
    pub(super) status: Option<String>,
    #[serde(default)]
    pub(super) coverage: String,
    #[serde(default)]
    pub(super) frequency: String,
    #[serde(default)]
    pub(super) unit: String,
    #[serde(default)]
    pub(super) sharing: Option<String>,
    #[serde(default)]
    pub(super) contact: String,
    #[serde(default)]
    pub(super) note: String,
    #[serde(default)]
    pub(super) worksheet: Option<RawWorksheet>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawWorksheet {
    #[serde(default)]
    pub(super) sharing: Option<String>,
    #[serde(default)]
    pub(super) sub_steps: Vec<RawStage>,
    #[serde(default)]
    pub(super) answers: Vec<RawAnswer>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawStage {
    pub(super) at: String,
    #[serde(default)]
    pub(super) progress: Option<String>,
    #[serde(default)]
    pub(super) decided: String,
    #[serde(default)]
    pub(super) questions: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawAnswer {
    pub(super) at: String,
    #[serde(default)]
    pub(super) answer: Option<String>,
    #[serde(default)]
    pub(super) remark: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawText {
    pub(super) id: String,
    pub(super) text: String,
    #[serde(default)]
    pub(super) sharing: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawCell {
    pub(super) at: String,
    #[serde(default)]
    pub(super) changed: Vec<RawText>,
    #[serde(default)]
    pub(super) added: Vec<RawText>,
    #[serde(default)]
    pub(super) hidden: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawRow {
    pub(super) id: String,
    pub(super) title: String,
    #[serde(default)]
    pub(super) sharing: Option<String>,
    #[serde(default)]
    pub(super) cells: Vec<RawText>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawDefinition {
    pub(super) category: String,
    pub(super) text: String,
    pub(super) document: String,
    pub(super) section: String,
    #[serde(default)]
    pub(super) sealed: Option<String>,
}
