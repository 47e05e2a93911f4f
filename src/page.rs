//! What stands at a place, as a page of blocks.
//!
//! Owns the order in which the content is read: which passages a place shows, what
//! stands beside them (conditions, relations, links), and which lines can be pointed
//! at. The screen, `pim show` and the exports all draw this one page, so none of them
//! can forget a source. Knows nothing of widths, colours or terminals. Start at
//! [`Page::of`].

mod find;
mod guide;
mod matrix;
pub mod operation;
mod plain;
mod principles;
mod process;
mod scenarios;

pub use find::QUESTIONS;
pub use guide::{guide_opens_on, guide_page_exists, guide_page_ids, guide_page_title};
pub use plain::plain;

use crate::content::{Address, Content, Origin, Passage, Piece, Place, Status};

/// What a block is, and so how it is drawn.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A heading of the page.
    Heading,
    /// A heading inside a passage.
    Subheading,
    /// This project's line above a text.
    Label,
    /// A paragraph.
    Para,
    /// A bullet.
    Item,
    /// A bullet under a bullet.
    SubItem,
    /// Status and source of what stands above.
    Source(Status),
    /// What is said where no source states anything.
    Open,
    /// What is said where an operation has nothing yet.
    Nothing,
    /// Fuller provenance and the editor's note; shown when asked for.
    Detail,
    /// A line that leads elsewhere.
    Link(Place),
    /// A line of the operation's own, with the sign before it.
    Own(Sign),
}

/// The sign before each line that is the operation's own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sign {
    /// It stands here.
    Own,
    /// In the difference: it is only in the operation.
    Added,
    /// In the difference: it ships, and does not stand in the operation.
    Gone,
}

impl Sign {
    /// What is written before the line.
    pub const fn mark(self) -> &'static str {
        match self {
            Self::Own => "| ",
            Self::Added => "+ ",
            Self::Gone => "- ",
        }
    }
}

/// How the Matrix is seen where an operation is laid over it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Lens {
    /// With what the operation changes.
    #[default]
    Mine,
    /// As it ships.
    Original,
    /// Both, told apart.
    Difference,
}

/// A run of text on a page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Block {
    /// What it is.
    pub kind: Kind,
    /// Its words.
    pub text: String,
    /// The item of the address that begins here.
    pub anchor: Option<String>,
}

/// What stands at a place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Page {
    /// The place.
    pub place: Place,
    /// Its title.
    pub title: String,
    /// A word beside the title, such as "locked".
    pub badge: Option<&'static str>,
    /// What is read, in order.
    pub blocks: Vec<Block>,
    /// The passages by their item, with all their provenance.
    pub passages: Vec<(String, Passage)>,
}

impl Page {
    /// The page at a place.
    pub fn of(place: &Place, content: &Content) -> Self {
        Self::seen(place, content, Lens::Mine)
    }

    /// The page at a place, with the operation seen in a way of one's own.
    pub fn seen(place: &Place, content: &Content, lens: Lens) -> Self {
        let mut page = Writer::new(place, content);
        page.lens = lens;
        match place {
            Place::Matrix => matrix::cover(&mut page),
            Place::Column(category) => matrix::column(&mut page, *category),
            Place::Cell(category, row) => matrix::cell_page(&mut page, *category, *row),
            Place::Row(row) => matrix::row(&mut page, *row),
            Place::Compare(some, row) => matrix::compare(&mut page, some, *row),
            Place::Find => find::page(&mut page),
            Place::Process => process::introduction(&mut page),
            Place::Step(step) => process::step(&mut page, *step),
            Place::SubStep(sub_step) => process::sub_step(&mut page, *sub_step),
            Place::Principles => principles::introduction(&mut page),
            Place::Principle(principle) => principles::principle(&mut page, *principle),
            Place::Crossing(principle, stage) => {
                principles::crossing_page(&mut page, *principle, *stage);
            }
            Place::StageRow(stage) => principles::row(&mut page, *stage),
            Place::ComparePrinciples(some, stage) => principles::compare(&mut page, some, *stage),
            Place::Scenarios => scenarios::introduction(&mut page),
            Place::Scenario(id) => scenarios::scenario(&mut page, id),
            Place::Notes => page.title("Notes"),
            Place::Operation => operation::overview(&mut page),
            Place::Coverage => operation::coverage(&mut page),
            Place::System(id) => operation::system(&mut page, id),
            Place::Worksheet(id) => operation::worksheet(&mut page, id),
            Place::OwnRow(id) => operation::own_row(&mut page, id),
            Place::GuidePage(id) => guide::page(&mut page, id),
        }
        page.page
    }

    /// The passage that an item of the page belongs to.
    pub fn passage(&self, item: &str) -> Option<&Passage> {
        self.passages
            .iter()
            .find(|(anchor, _)| anchor == item)
            .map(|(_, passage)| passage)
    }
}

/// A page being written.
struct Writer<'a> {
    content: &'a Content,
    page: Page,
    /// What goes before the items of a page that gathers several places.
    prefix: String,
    lens: Lens,
}

impl<'a> Writer<'a> {
    fn new(place: &Place, content: &'a Content) -> Self {
        Self {
            content,
            page: Page {
                place: place.clone(),
                title: String::new(),
                badge: None,
                blocks: Vec::new(),
                passages: Vec::new(),
            },
            prefix: String::new(),
            lens: Lens::Mine,
        }
    }

    fn title(&mut self, title: impl Into<String>) {
        self.page.title = title.into();
    }

    fn block(&mut self, kind: Kind, text: impl Into<String>) {
        self.page.blocks.push(Block {
            kind,
            text: text.into(),
            anchor: None,
        });
    }

    fn anchored(&mut self, kind: Kind, text: impl Into<String>, item: &str) {
        let anchor = Some(format!("{}{item}", self.prefix));
        self.page.blocks.push(Block {
            kind,
            text: text.into(),
            anchor,
        });
    }

    /// Text of the operation's own, a block a line.
    fn own(&mut self, sign: Sign, text: &str, item: Option<&str>) {
        let mut anchor = item.map(|item| format!("{}{item}", self.prefix));
        for line in text.lines() {
            self.page.blocks.push(Block {
                kind: Kind::Own(sign),
                text: line.to_owned(),
                anchor: anchor.take(),
            });
        }
    }

    fn heading(&mut self, text: impl Into<String>) {
        self.block(Kind::Heading, text);
    }

    fn link(&mut self, text: impl Into<String>, to: Place) {
        self.block(Kind::Link(to), text);
    }

    fn open(&mut self, text: Option<&String>) {
        let text = text.map_or("No source states this.", String::as_str);
        self.block(Kind::Open, text);
    }

    fn passages(&mut self, passages: &[Passage]) {
        for passage in passages {
            self.passage(passage, &passage.id);
        }
    }

    /// A passage with its label, its source and, for those who ask, the rest.
    fn passage(&mut self, passage: &Passage, item: &str) {
        self.labelled(passage.label.clone(), passage, item);
    }

    /// A passage from elsewhere, whose label says first what it is here.
    fn brought(&mut self, what: &str, passage: &Passage) {
        let label = match &passage.label {
            Some(label) => format!("{what}: {label}"),
            None => what.to_owned(),
        };
        self.labelled(Some(label), passage, &passage.id);
    }

    fn labelled(&mut self, label: Option<String>, passage: &Passage, item: &str) {
        let mut anchor = Some(format!("{}{item}", self.prefix));
        if let Some(label) = label {
            self.anchored(Kind::Label, label, item);
            anchor = None;
        }
        for piece in &passage.body {
            self.page.blocks.push(Block {
                kind: kind_of(piece),
                text: piece.text().to_owned(),
                anchor: anchor.take(),
            });
        }
        self.source(passage);
        self.page
            .passages
            .push((format!("{}{item}", self.prefix), passage.clone()));
    }

    /// Status and source, quietly; note and facts for those who ask.
    fn source(&mut self, passage: &Passage) {
        let cited = self.content.cite(&passage.origin);
        let mut line = format!("{}. {cited}", passage.status);
        if passage.note.is_some() {
            line.push_str(" [note: s]");
        }
        self.block(Kind::Source(passage.status), line);
        self.block(
            Kind::Detail,
            format!("{}: {}.", passage.status, passage.status.meaning()),
        );
        self.provenance(&passage.origin);
        if let Some(note) = &passage.note {
            self.block(Kind::Detail, format!("Editor's note: {note}"));
        }
    }

    fn provenance(&mut self, origin: &Origin) {
        match origin {
            Origin::Source { doc, section } => {
                if let Some(document) = self.content.document(doc) {
                    let line =
                        format!("{}. {}. Section: {section}.", document.title, document.date);
                    self.block(Kind::Detail, line);
                }
            }
            Origin::Ours { facts } if !facts.is_empty() => {
                let line = format!("The facts: {}", facts.join(" ; "));
                self.block(Kind::Detail, line);
            }
            Origin::Ours { .. } => {}
        }
    }
}

/// Whether an empty line stands between two blocks.
pub fn gap(before: &Kind, next: &Kind) -> bool {
    !matches!(
        (before, next),
        (_, Kind::Source(_) | Kind::Detail)
            | (Kind::Heading | Kind::Subheading | Kind::Label, _)
            | (
                Kind::Para | Kind::Item | Kind::SubItem,
                Kind::Item | Kind::SubItem
            )
            | (Kind::Link(_), Kind::Link(_) | Kind::SubItem)
            | (Kind::SubItem, Kind::Link(_))
            | (Kind::Own(_), Kind::Own(_))
            | (Kind::Open, Kind::Open)
    )
}

fn kind_of(piece: &Piece) -> Kind {
    match piece {
        Piece::Para(_) => Kind::Para,
        Piece::Head(_) => Kind::Subheading,
        Piece::Item(_) => Kind::Item,
        Piece::SubItem(_) => Kind::SubItem,
    }
}

/// The lines that `pim show --json` gives for an address.
pub fn passages_at(address: &Address, content: &Content) -> Vec<(String, Passage)> {
    let page = Page::of(&address.place, content);
    match &address.item {
        None => page.passages,
        Some(item) => {
            let below = format!("{item}/");
            page.passages
                .into_iter()
                .filter(|(anchor, _)| anchor == item || anchor.starts_with(&below))
                .collect()
        }
    }
}
