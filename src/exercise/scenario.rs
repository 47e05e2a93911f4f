//! Scenarios: what the room imagines.
//!
//! Owns the facilitator's own scenarios and the briefs. The four names of the source stand
//! in the content and come without a brief, which the facilitator can write.

use serde::{Deserialize, Serialize};

/// Which scenario is meant.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum ScenarioId {
    /// One that the source names, by its slug.
    Source(String),
    /// One that a facilitator added in this session.
    Own(u32),
}

/// A scenario of this session: an added one, or what was written for one of the source.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Written {
    /// The name, where a facilitator gave it; none for the source's, and once erased.
    pub title: Option<String>,
    /// The brief.
    pub brief: Option<String>,
}
