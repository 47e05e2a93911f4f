//! What can be wrong in a search file, said so that its author finds the place.

use std::fmt;

/// One fault in a thesaurus or questions file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// The file.
    pub file: String,
    /// Line, from 1.
    pub line: usize,
    /// Column, from 1.
    pub column: usize,
    /// What is wrong, with the phrase in quotes.
    pub says: String,
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "{}:{}:{}: {}",
            self.file, self.line, self.column, self.says
        )
    }
}

impl Fault {
    /// A fault that RON itself found.
    pub(super) fn of_ron(file: &str, error: &ron::error::SpannedError) -> Fault {
        let start = error.span.start;
        Fault {
            file: file.to_owned(),
            line: start.line,
            column: start.col,
            says: error.code.to_string(),
        }
    }

    /// A fault about a phrase, placed where the file first quotes it.
    pub(super) fn about(file: &str, source: &str, phrase: &str, says: String) -> Fault {
        let quoted = format!("\"{phrase}\"");
        let found = source.lines().enumerate().find_map(|(line, text)| {
            let byte = text.find(&quoted)?;
            Some((line + 1, text.get(..byte)?.chars().count() + 1))
        });
        let (line, column) = found.unwrap_or((1, 1));
        Fault {
            file: file.to_owned(),
            line,
            column,
            says,
        }
    }
}

/// Reads RON the way all search files are read.
pub(super) fn read<T: serde::de::DeserializeOwned>(file: &str, source: &str) -> Result<T, Fault> {
    ron::Options::default()
        .with_default_extension(ron::extensions::Extensions::IMPLICIT_SOME)
        .from_str(source)
        .map_err(|error| Fault::of_ron(file, &error))
}
