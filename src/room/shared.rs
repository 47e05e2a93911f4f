//! The room as all seats of one program see it.
//!
//! Owns the content, what was made from it to find things in, what was taught, and the
//! state of the session where there is one. Knows neither terminal, file system,
//! clock nor network. Indexes are made when they are first asked for, so that opening
//! the program waits for none of them. A clone costs next to nothing, so that every viewer
//! has a room of its own and nobody waits for anybody.

use std::sync::{Arc, OnceLock};

use super::{Body, Live, RoomState, Time};
use crate::app::titles::Titles;
use crate::content::Content;
use crate::find::{Finder, Passages};
use crate::operation::{Drafts, Operation, Sharing, for_audience};
use crate::search::{Query, Ranking, Taught};

/// The shared state.
#[derive(Clone, Debug)]
pub struct Room {
    /// The framework that is read here.
    pub content: Arc<Content>,
    /// The session, where there is one; a reader needs none.
    pub session: Option<Arc<RoomState>>,
    /// Which of the sessions that this program opened it is, counted from 1; 0 before the first.
    pub sitting: u64,
    /// What was last kept as a draft, while it is neither saved nor dropped.
    pub draft: Option<Arc<Body>>,
    /// What was typed into forms of the operation and not saved.
    pub map_drafts: Arc<Drafts>,
    /// How others join, while the room is open for them.
    pub live: Option<Live>,
    /// The time, as whoever runs the room last said; 0 where nobody did.
    pub now: Time,
    /// Phrases that users taught Find.
    taught: Arc<Vec<Taught>>,
    indexes: Arc<Indexes>,
    /// What seats see that are not the facilitator's, where an operation is open.
    others: Arc<OnceLock<Others>>,
}

/// The content, its indexes and the drafts that seats see which are not the facilitator's.
type Others = (Arc<Content>, Arc<Indexes>, Arc<Drafts>);

/// What is made from the content to find things in.
#[derive(Debug, Default)]
struct Indexes {
    titles: OnceLock<Titles>,
    passages: OnceLock<Passages>,
    finder: OnceLock<Option<Finder>>,
}

impl Room {
    /// A room in which a content is read.
    pub fn new(content: Content) -> Self {
        Self {
            content: Arc::new(content),
            session: None,
            sitting: 0,
            draft: None,
            map_drafts: Arc::default(),
            live: None,
            now: Time::default(),
            taught: Arc::default(),
            indexes: Arc::default(),
            others: Arc::default(),
        }
    }

    /// Whether another room is this one, as it was: compared by what is shared, not by reading.
    pub fn is_same(&self, other: &Self) -> bool {
        fn same<T>(one: Option<&Arc<T>>, other: Option<&Arc<T>>) -> bool {
            one.map(Arc::as_ptr) == other.map(Arc::as_ptr)
        }
        same(self.session.as_ref(), other.session.as_ref())
            && self.sitting == other.sitting
            && same(self.draft.as_ref(), other.draft.as_ref())
            && Arc::ptr_eq(&self.map_drafts, &other.map_drafts)
            && self.live == other.live
            && Arc::ptr_eq(&self.content, &other.content)
            && Arc::ptr_eq(&self.taught, &other.taught)
    }

    /// Whether another room differs from this one in nothing but how many are here and in: the
    /// numbers on the wall, which need not move with everybody who comes.
    pub fn differs_in_numbers_only(&self, other: &Self) -> bool {
        let seq = |room: &Self| room.session.as_ref().map(|state| state.seq);
        let live = |room: &Self| {
            let live = room.live.clone();
            live.map(|live| Live {
                here: 0,
                wrong: 0,
                ..live
            })
        };
        seq(self) == seq(other)
            && self.sitting == other.sitting
            && live(self) == live(other)
            && self.draft == other.draft
            && Arc::ptr_eq(&self.map_drafts, &other.map_drafts)
            && Arc::ptr_eq(&self.content, &other.content)
            && Arc::ptr_eq(&self.taught, &other.taught)
    }

    /// Everything that one can go to.
    pub fn titles(&self) -> &Titles {
        self.indexes
            .titles
            .get_or_init(|| Titles::of(&self.content))
    }

    /// Running text by its words.
    pub fn passages(&self) -> &Passages {
        self.indexes
            .passages
            .get_or_init(|| Passages::of(&self.content))
    }

    /// The categories for a need, best first; none where the vocabulary is damaged, which
    /// `pim check` says.
    pub fn rank(&self, query: &Query<'_>) -> Option<Ranking> {
        let finder = self
            .indexes
            .finder
            .get_or_init(|| Finder::of(&self.content, &self.taught).ok());
        finder.as_ref().map(|finder| finder.rank(query))
    }

    /// Makes every index, so that the first search need not wait for it.
    pub fn warm(&self) {
        self.rank(&Query::whole("people"));
        self.titles();
        self.passages();
    }

    /// Lays another version of the operation over the Matrix.
    pub fn map(&mut self, operation: Arc<Operation>) {
        Arc::make_mut(&mut self.content).operation = Some(operation);
        self.indexes = Arc::default();
        self.others = Arc::default();
    }

    /// The room as a seat sees it that is not the facilitator's: of the operation only what
    /// is public, since nobody knows who sits there, and nothing of wrong codes.
    #[must_use]
    pub fn for_others(&self) -> Self {
        let mut room = self.clone();
        if let Some(live) = &mut room.live {
            live.wrong = 0;
        }
        let Some(operation) = &self.content.operation else {
            return room;
        };
        let (content, indexes, drafts) = self.others.get_or_init(|| {
            let (public, _) = for_audience(operation, Sharing::Public);
            let mut content = Content::clone(&self.content);
            content.operation = Some(Arc::new(public));
            (Arc::new(content), Arc::default(), Arc::default())
        });
        Self {
            content: Arc::clone(content),
            indexes: Arc::clone(indexes),
            map_drafts: Arc::clone(drafts),
            ..room
        }
    }

    /// What was taught.
    pub fn taught(&self) -> &[Taught] {
        &self.taught
    }

    /// Replaces what was taught; the next ranking knows it.
    pub fn teach(&mut self, taught: Vec<Taught>) {
        self.taught = Arc::new(taught);
        self.indexes = Arc::default();
        self.others = Arc::default();
    }
}
