//! One pair of eyes: where a viewer is and what that viewer's terminal can do.
//!
//! Owns everything that differs between two viewers of the same room. Selections are
//! addresses, never positions in a list, so that content which others change cannot
//! move them. Knows nothing of drawing.

use super::checked::SystemRef;
use super::form::Mapping;
use super::history::History;
use super::key::Key;
use super::layer::Layer;
use super::need::Need;
use super::own::Own;
use super::reason::Reason;
use super::rights;
use super::sheet::Sheet;
use super::sitting::Sitting;
use crate::content::{Address, CategoryId, Content, CriterionId, Place, PrincipleId, Tab};
use crate::exercise::Token;
use crate::hints::{Hints, Language, hints};
use crate::page::guide_opens_on;
use crate::room::{NoteId, Role};

/// What can be pointed at on a page.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Stop {
    /// A passage, a practice, an activity, a section: by its item.
    Item(String),
    /// A link: by where it leads.
    Link(Place),
}

/// What is still to be read beside a list while its selection moves on: a key that is held
/// shows nothing of what it flies past.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Passing {
    /// What it is.
    pub beside: Beside,
    /// Its first line on the screen.
    pub scroll: usize,
}

/// What can stand beside a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Beside {
    /// The page: [`Seat::shown`].
    Page,
    /// A note.
    Note(Option<NoteId>),
    /// A system with a checklist; the first where none is chosen.
    System(Option<SystemRef>),
    /// A line of a checklist, by its address; the first where none is chosen.
    Line(Option<String>),
    /// The Output of a category, in Find; the first where none is chosen.
    Category(Option<CategoryId>),
}

/// How a seat wants to see things.
#[expect(clippy::struct_excessive_bools, reason = "each is a switch of its own")]
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Look {
    /// The theme, by name.
    pub theme: String,
    /// No colour at all.
    pub no_colour: bool,
    /// Marks and rules in ASCII only.
    pub ascii: bool,
    /// Spare a slow link.
    pub slow: bool,
    /// Whether mouse events are asked for.
    pub mouse: bool,
    /// Whether full provenance is shown.
    pub provenance: bool,
}

impl Default for Look {
    fn default() -> Self {
        Self {
            theme: "sixteen".to_owned(),
            no_colour: false,
            ascii: false,
            slow: false,
            mouse: false,
            provenance: false,
        }
    }
}

/// A viewer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Seat {
    /// What the seat is there to do.
    pub role: Role,
    /// What a participant's seat finds its own by.
    pub token: Option<Token>,
    /// In which language a participant is told what to do.
    pub language: Language,
    /// Columns and rows of the viewer's terminal.
    pub size: (u16, u16),
    /// Where the selection is.
    pub at: Place,
    /// What the page shows: the selection, once it rests.
    pub shown: Place,
    /// What stands beside the selection until it rests; none once it does.
    pub passing: Option<Passing>,
    /// What on the page is pointed at.
    pub stop: Option<Stop>,
    /// Whether the page is read in full width.
    pub reading: bool,
    /// The first line of the page on the screen.
    pub scroll: usize,
    /// Where each tab was left; none where it was not opened yet.
    pub tabs: Vec<Option<Address>>,
    /// What the viewer is looking for.
    pub need: Need,
    /// What the facilitator has open in the exercise.
    pub sheet: Sheet,
    /// What a participant has open in it.
    pub own: Own,
    /// Where the viewer has been.
    pub history: History,
    /// What the viewer sees and does in the session.
    pub sitting: Sitting,
    /// What the viewer sees and does with the operation.
    pub mapping: Mapping,
    /// What lies on top, topmost last.
    pub layers: Vec<Layer>,
    /// A sentence on the last line, until the next key.
    pub message: Option<String>,
    /// Whether others leave with this seat, because its program hosts the room.
    pub hosts: bool,
    /// The key that asked for something which takes others along; once more, it is done.
    pub asked: Option<Key>,
    /// How things look.
    pub look: Look,
    /// Names of the themes that can be chosen.
    pub themes: Vec<String>,
}

/// Where each tab begins.
pub fn start_of(tab: Tab, content: &Content) -> Place {
    match tab {
        Tab::Matrix => Place::Cell(CategoryId::PopulationData, CriterionId::Output),
        Tab::Find => Place::Find,
        Tab::Process => Place::Process,
        Tab::Principles => Place::Principle(PrincipleId::PeopleCentred),
        Tab::Scenarios => Place::Scenarios,
        Tab::Notes => Place::Notes,
        Tab::Guide => guide_opens_on(content),
    }
}

impl Seat {
    /// A seat that opens on the agreed Output of the first category.
    pub fn new(content: &Content, size: (u16, u16)) -> Self {
        let at = start_of(Tab::Matrix, content);
        Self {
            role: Role::Facilitator,
            token: None,
            language: Language::default(),
            size,
            shown: at.clone(),
            at,
            passing: None,
            stop: None,
            reading: false,
            scroll: 0,
            tabs: vec![None; Tab::ALL.len()],
            need: Need::default(),
            sheet: Sheet::default(),
            own: Own::default(),
            history: History::default(),
            sitting: Sitting::default(),
            mapping: Mapping::default(),
            layers: Vec::new(),
            message: None,
            hosts: false,
            asked: None,
            look: Look::default(),
            themes: Vec::new(),
        }
    }

    /// A seat of somebody who joined, with the token that a participant's seat needs. It
    /// opens on the exercise.
    pub fn joined(content: &Content, size: (u16, u16), role: Role, token: Option<Token>) -> Self {
        let mut seat = Self {
            role,
            token: token.filter(|_| role == Role::Participant),
            ..Self::new(content, size)
        };
        if matches!(role, Role::Participant | Role::Projector) {
            seat.go(Address::from(Place::Scenarios));
        }
        seat
    }

    /// What the seat is told, in its language.
    pub(crate) fn hints(&self) -> &'static Hints {
        hints(self.language)
    }

    /// Why something was not done, as this seat is told it: a participant in the words of its
    /// language, everybody else in those of the rules.
    pub(crate) fn told(&self, why: &Reason) -> String {
        match self.role {
            Role::Participant => self.hints().reason(why),
            _ => why.to_string(),
        }
    }

    /// The address of what is pointed at.
    pub fn address(&self) -> Address {
        Address {
            place: self.at.clone(),
            item: match &self.stop {
                Some(Stop::Item(item)) => Some(item.clone()),
                _ => None,
            },
        }
    }

    /// Whether the page fills the width: because the viewer reads, or because the place
    /// has no lists beside it.
    pub fn full_width(&self) -> bool {
        self.reading
            || matches!(
                self.at,
                Place::Matrix
                    | Place::Column(_)
                    | Place::Row(_)
                    | Place::StageRow(_)
                    | Place::Principles
                    | Place::Operation
                    | Place::Coverage
                    | Place::System(_)
                    | Place::Worksheet(_)
                    | Place::OwnRow(_)
                    | Place::Find
                    | Place::Scenarios
                    | Place::Scenario(_)
                    | Place::Notes
            )
    }

    /// The selection moves on from what stands beside it now.
    pub(super) fn passes(&mut self, beside: Beside) {
        let scroll = self.scroll;
        self.passing = Some(Passing { beside, scroll });
    }

    /// What stands beside the list, where the selection has moved on.
    pub fn beside(&self) -> Option<&Beside> {
        self.passing.as_ref().map(|passing| &passing.beside)
    }

    /// The first line on the screen of what stands beside the list, or of the page.
    pub fn scrolled(&self) -> usize {
        let passing = self.passing.as_ref();
        passing.map_or(self.scroll, |passing| passing.scroll)
    }

    /// Whether Find shows no more than a slow link needs.
    pub const fn finds_briefly(&self) -> bool {
        self.look.slow && !self.need.unfolded
    }

    /// Whether the viewer is about to look for something.
    pub fn searches(&self) -> bool {
        self.at == Place::Find || matches!(self.layers.last(), Some(Layer::Jump(_)))
    }

    /// Goes to an address and shows it at once.
    pub fn go(&mut self, address: Address) {
        if !rights::sees(self.role, &address.place) {
            return;
        }
        self.at = address.place;
        self.shown = self.at.clone();
        self.stop = address.item.map(Stop::Item);
        self.scroll = 0;
        self.leave_mark();
    }

    /// Notes where the tab is, for whoever comes back to it.
    pub(super) fn leave_mark(&mut self) {
        self.tabs[self.at.tab().index()] = Some(self.address());
    }

    /// Goes to an address in a way that one can come back from.
    pub fn jump(&mut self, address: Address) {
        let from = self.address();
        if from != address {
            self.history.leave(from);
        }
        self.reading = false;
        self.go(address);
    }
}
