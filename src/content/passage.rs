//! A passage: a piece of content with its provenance.
//!
//! Owns what every text of the framework carries: where it comes from, how far it
//! is agreed, and what the editor has to say of it. Nothing in the program shows a
//! passage without its provenance. Knows nothing of where a passage stands.

use std::fmt;

/// How far a text is agreed, and whose it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Status {
    /// Agreed or endorsed text.
    Agreed,
    /// An older agreed wording that a later one replaced.
    Superseded,
    /// The source says that it is not agreed, or that it is work in progress.
    Draft,
    /// An example, a quotation or a comment that the source gives.
    Illustrative,
    /// This project's own words.
    Summary,
    /// No source states it.
    Open,
}

impl Status {
    /// The statuses that a file may give.
    pub const ALL: &'static [Status] = &[
        Self::Agreed,
        Self::Superseded,
        Self::Draft,
        Self::Illustrative,
        Self::Summary,
        Self::Open,
    ];

    /// The word for it, as files and screens have it.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Agreed => "Agreed",
            Self::Superseded => "Superseded",
            Self::Draft => "Draft",
            Self::Illustrative => "Illustrative",
            Self::Summary => "Summary",
            Self::Open => "Open",
        }
    }

    /// What the word means, in a sentence for the reader.
    pub const fn meaning(self) -> &'static str {
        match self {
            Self::Agreed => "agreed or endorsed by PIM stakeholders",
            Self::Superseded => "an older agreed wording; a later one replaced it",
            Self::Draft => "not agreed, or work in progress, as the source itself says",
            Self::Illustrative => "an example, quotation or comment given by the source",
            Self::Summary => "this project's own words, not the agreed wording",
            Self::Open => "no source states it",
        }
    }
}

impl fmt::Display for Status {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.word())
    }
}

/// A piece of a passage's text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Piece {
    /// A paragraph.
    Para(String),
    /// A small heading inside the passage.
    Head(String),
    /// A bullet.
    Item(String),
    /// A bullet under the bullet before.
    SubItem(String),
}

impl Piece {
    /// The words of the piece.
    pub fn text(&self) -> &str {
        match self {
            Self::Para(text) | Self::Head(text) | Self::Item(text) | Self::SubItem(text) => text,
        }
    }
}

/// Where a passage comes from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Origin {
    /// A source document states it.
    Source {
        /// Id of the document.
        doc: String,
        /// The section of the document, as a reader would look it up.
        section: String,
    },
    /// The words are this project's; the facts come from these addresses.
    Ours {
        /// Where the facts can be checked.
        facts: Vec<String>,
    },
}

impl Origin {
    /// Whether a source document states the text.
    pub const fn is_source(&self) -> bool {
        matches!(self, Self::Source { .. })
    }
}

/// A piece of content with its provenance.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Passage {
    /// Slug, unique among the passages that stand beside it.
    pub id: String,
    /// A line above the text, in this project's words.
    pub label: Option<String>,
    /// The text.
    pub body: Vec<Piece>,
    /// Where it comes from.
    pub origin: Origin,
    /// How far it is agreed.
    pub status: Status,
    /// The editor's note.
    pub note: Option<String>,
}

impl Passage {
    /// The words of the passage, a piece a line.
    pub fn plain(&self) -> String {
        let lines: Vec<&str> = self.body.iter().map(Piece::text).collect();
        lines.join("\n")
    }

    /// Whether this is text that a source states and that stakeholders agreed.
    pub fn is_agreed(&self) -> bool {
        self.origin.is_source() && self.status == Status::Agreed
    }
}

/// Another name for a thing in the sources.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OtherName {
    /// The name.
    pub name: String,
    /// Where it stands.
    pub origin: Origin,
    /// What to know about it.
    pub note: Option<String>,
}

/// A source document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Document {
    /// Slug.
    pub id: String,
    /// Full title.
    pub title: String,
    /// A name that fits beside a passage.
    pub short: String,
    /// Year of the text.
    pub year: u16,
    /// Date and place, as far as known.
    pub date: String,
    /// What the document is, in this project's words.
    pub about: String,
    /// The short number that editors cite it by (such as 003).
    pub number: String,
}

impl Document {
    /// The document as it is cited: short title and year.
    pub fn cited(&self) -> String {
        format!("{} ({})", self.short, self.year)
    }
}
