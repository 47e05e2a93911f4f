//! What was typed into a form and not saved.
//!
//! Owns how it is written down, so that it outlives the program: the form that it belongs to,
//! and its fields as texts. Knows nothing of forms. A draft says no more than its form asks.

use serde::{Deserialize, Serialize};

/// What stands in a form and is not saved.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Draft {
    /// Which form it belongs to.
    pub about: String,
    /// The form's title, for people.
    pub title: String,
    /// What stands in its fields, from top to bottom.
    pub values: Vec<String>,
}

/// All drafts of an operation.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Drafts {
    all: Vec<Draft>,
    /// Whether they are on the disk as they are here.
    pub kept: bool,
}

impl Drafts {
    /// The drafts that a text holds; none where it is no such text.
    pub fn read(text: &str) -> Option<Self> {
        let all = ron::from_str(text).ok()?;
        Some(Self { all, kept: true })
    }

    /// The text that holds them.
    pub fn write(&self) -> String {
        let pretty = ron::ser::PrettyConfig::default();
        // Texts in structures always can be written.
        ron::ser::to_string_pretty(&self.all, pretty).unwrap_or_default()
    }

    /// The draft of a form.
    pub fn of(&self, about: &str) -> Option<&Draft> {
        self.all.iter().find(|one| one.about == about)
    }

    /// All, the oldest first.
    pub fn iter(&self) -> impl Iterator<Item = &Draft> {
        self.all.iter()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.all.is_empty()
    }

    /// Puts a draft in the place of the one before, or forgets it; says whether that changes
    /// anything.
    pub fn put(&mut self, about: &str, draft: Option<Draft>) -> bool {
        if self.of(about) == draft.as_ref() {
            return false;
        }
        self.all.retain(|one| one.about != about);
        self.all.extend(draft);
        self.kept = false;
        true
    }
}

#[cfg(test)]
mod tests {
    use super::{Draft, Drafts};

    #[test]
    fn drafts_are_read_as_they_were_written() {
        let mut drafts = Drafts::default();
        let draft = Draft {
            about: "system/".to_owned(),
            title: "A system".to_owned(),
            values: vec![
                "Radio \"call-ins\"\nand \\ more".to_owned(),
                "yes".to_owned(),
            ],
        };
        assert!(drafts.put("system/", Some(draft.clone())));
        assert!(!drafts.put("system/", Some(draft.clone())), "the same");
        let read = Drafts::read(&drafts.write());
        assert_eq!(
            read.as_ref().and_then(|all| all.of("system/")),
            Some(&draft)
        );
        assert!(drafts.put("system/", None) && drafts.is_empty());
        assert_eq!(Drafts::read("no drafts"), None);
    }
}
