//! What a seat sees, as plain data.
//!
//! Owns the copy that is taken out of room and seat, so that drawing needs neither.

use unicode_width::UnicodeWidthStr;

use super::find::FindScene;
use super::lists::{List, lists};
use super::notes::{Counts, NotesScene};
use super::scenario::ScenarioScene;
use crate::app::layer::Layer;
use crate::app::rights::tabs;
use crate::app::seat::{Beside, Look, Stop};
use crate::app::sitting::{Sheet, View};
use crate::app::{Action, Seat};
use crate::content::{Address, Content, Place, Tab};
use crate::hints::Language;
use crate::page::Page;
use crate::room::rights::{Deed, may};
use crate::room::{Role, Room};
use crate::store::SessionInfo;

/// What fills the screen below the tabs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Body {
    /// Lists beside a page, where there is room for them.
    Browse {
        /// The lists, from top to bottom.
        lists: Vec<List>,
        /// The page beside them.
        page: Page,
    },
    /// A page in full width.
    Read {
        /// The page.
        page: Page,
        /// Whether it may flow in two columns.
        flows: bool,
    },
    /// From a need to a category.
    Find(FindScene),
    /// What was written, or a checklist.
    Notes(NotesScene),
    /// The exercise.
    Scenario(Box<ScenarioScene>),
    /// Pages side by side.
    Columns {
        /// What they have in common.
        title: String,
        /// A word beside the title.
        badge: Option<&'static str>,
        /// The pages.
        pages: Vec<Page>,
        /// The same one after the other, for narrow screens.
        stacked: Page,
    },
}

/// Everything that a seat sees.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Scene {
    /// What the seat is there to do.
    pub role: Role,
    /// The tabs.
    pub tabs: Vec<Tab>,
    /// How many are here, while the room is open for others.
    pub live: Option<String>,
    /// The open tab.
    pub tab: Tab,
    /// What fills the screen.
    pub body: Body,
    /// The first line of the page on the screen.
    pub scroll: usize,
    /// What on the page is pointed at.
    pub stop: Option<Stop>,
    /// The address on the last line.
    pub address: String,
    /// A sentence instead of it.
    pub message: Option<String>,
    /// Whether what stands in the editor is kept already, though not saved.
    pub draft_kept: bool,
    /// What the last line offers.
    pub hints: Vec<Action>,
    /// In which language.
    pub language: Language,
    /// What lies on top.
    pub layer: Option<Layer>,
    /// The themes that can be chosen.
    pub themes: Vec<String>,
    /// How things look.
    pub look: Look,
    /// Whether content was replaced or added at run time.
    pub overridden: bool,
    /// How many notes hang on what is shown.
    pub notes_here: usize,
    /// What is left of a countdown, and whether it is over.
    pub countdown: Option<(String, bool)>,
    /// How others join, while that lies on top.
    pub join: Option<Box<ScenarioScene>>,
    /// Rows of the list on top: sub-steps to choose, the agenda.
    pub sheet_rows: Vec<String>,
    /// The sessions of this user, where their list is on top.
    pub shelf: Vec<SessionInfo>,
}

impl Scene {
    /// What a seat sees of a room.
    pub fn of(room: &Room, seat: &Seat) -> Self {
        let content = &room.content;
        let counts = if may(seat.role, Deed::SeeNotes) {
            Counts::of(room)
        } else {
            Counts::default()
        };
        let mut shown = seat.address();
        if seat.shown != seat.at {
            shown = seat.shown.clone().into();
        }
        Self {
            role: seat.role,
            tabs: tabs(seat.role).collect(),
            live: live(room, seat),
            tab: seat.at.tab(),
            body: body(room, seat, &counts),
            scroll: seat.scrolled(),
            stop: seat.stop.clone(),
            address: address(room, seat, &shown),
            message: seat.message.clone(),
            draft_kept: draft_kept(room, seat),
            hints: offered(room, seat),
            language: seat.language,
            layer: seat.layers.last().cloned(),
            themes: seat.themes.clone(),
            look: seat.look.clone(),
            overridden: !content.overridden.is_empty(),
            notes_here: counts.at(&seat.shown),
            countdown: super::notes::countdown(room, seat.sitting.now),
            join: join(room, seat).map(Box::new),
            sheet_rows: match seat.layers.last() {
                Some(Layer::Session(Sheet::SubSteps { id, .. })) => {
                    super::notes::sub_step_rows(room, *id)
                }
                Some(Layer::Session(Sheet::Agenda(_))) => super::notes::agenda_rows(room),
                _ => Vec::new(),
            },
            shelf: match seat.layers.last() {
                Some(Layer::Session(Sheet::Shelf(shelf))) => shelf.rows(room),
                _ => Vec::new(),
            },
        }
    }
}

/// How others join, where the facilitator looks at it.
fn join(room: &Room, seat: &Seat) -> Option<ScenarioScene> {
    let Some(Layer::Join { scroll }) = seat.layers.last() else {
        return None;
    };
    Some(ScenarioScene {
        ascii: seat.look.ascii,
        scroll: *scroll,
        more: "Down: more",
        ..super::join::console(room.live.as_ref())
    })
}

fn draft_kept(room: &Room, seat: &Seat) -> bool {
    if let Some(Layer::Form(form)) = seat.layers.last() {
        let draft = form.draft();
        let kept = room.map_drafts.of(&form.about.key());
        return room.map_drafts.kept && draft.is_some() && draft.as_ref() == kept;
    }
    match (seat.layers.last(), &room.draft) {
        (Some(Layer::Session(Sheet::Editor(editor))), Some(kept)) => {
            editor.draft().as_ref() == Some(&**kept)
        }
        _ => false,
    }
}

/// How many are here, for whoever leads.
fn live(room: &Room, seat: &Seat) -> Option<String> {
    let live = room
        .live
        .as_ref()
        .filter(|_| may(seat.role, Deed::GoLive))?;
    let more = live.guessed().map_or("", |_| ", wrong codes: see I");
    Some(format!("live, {} here{more}", live.here))
}

/// The address of what is shown; a participant reads there how to come back.
fn address(room: &Room, seat: &Seat, shown: &Address) -> String {
    match (&seat.token, seat.role) {
        // While an own code is asked for, another one would only mislead.
        (Some(_), _) if seat.own.back.is_some() => String::new(),
        (Some(token), _) if seat.at.tab() == Tab::Scenarios => {
            let code = token.code();
            let line = super::own::line_back(room, &code);
            let keys = &seat.hints().keys;
            // The last line has room for it beside the keys, or it has not.
            let beside = keys.back.width() + keys.help.width() + 6;
            let fits = |line: &String| line.len() + beside <= usize::from(seat.size.0);
            format!("{}{}", keys.back, line.filter(fits).unwrap_or(code))
        }
        (_, Role::Projector) => String::new(),
        // The sub-step stands on the page; what can be done next needs the room.
        _ if matches!(shown.place, Place::Worksheet(_)) => shown.place.to_string(),
        _ => shown.to_string(),
    }
}

/// What the next key could be, of what the seat may do; nothing on the wall.
fn offered(room: &Room, seat: &Seat) -> Vec<Action> {
    let mut offered = if crate::app::update::scenarios::on(room, seat) {
        super::scenario::offered(room, seat)
    } else if seat.role == Role::Projector {
        Vec::new()
    } else if seat.role == Role::Participant
        && seat.layers.is_empty()
        && seat.at.tab() == Tab::Scenarios
    {
        vec![Action::Help]
    } else {
        hints(seat)
    };
    if room.content.operation.is_none() {
        let needs_one = [Action::MapAdd, Action::MapEdit, Action::MapExport];
        offered.retain(|action| !needs_one.contains(action));
    }
    offered.retain(|action| crate::app::rights::may(seat.role, *action));
    offered
}

fn body(room: &Room, seat: &Seat, counts: &Counts) -> Body {
    let content: &Content = &room.content;
    if seat.at == Place::Find {
        return Body::Find(super::find::scene(room, seat));
    }
    if seat.at == Place::Notes {
        return Body::Notes(super::notes::scene(room, seat));
    }
    if let Some(scene) = super::scenario::scene(room, seat) {
        return Body::Scenario(Box::new(scene));
    }
    let lens = seat.mapping.lens;
    let page = Page::seen(&seat.shown, content, lens);
    match &seat.shown {
        Place::Compare(some, row) => {
            let pages = some
                .iter()
                .map(|one| {
                    titled(
                        Page::seen(&Place::Cell(*one, *row), content, lens),
                        &content.category(*one).short,
                    )
                })
                .collect();
            columns(page, pages)
        }
        Place::ComparePrinciples(some, stage) => {
            let pages = some
                .iter()
                .map(|one| {
                    titled(
                        Page::of(&Place::Crossing(*one, *stage), content),
                        &content.principle(*one).short,
                    )
                })
                .collect();
            columns(page, pages)
        }
        _ if seat.full_width() => Body::Read {
            flows: matches!(seat.at, Place::Row(_) | Place::StageRow(_)),
            page,
        },
        _ => Body::Browse {
            lists: with_counts(lists(&seat.at, &seat.shown, content), counts),
            page,
        },
    }
}

/// Rows with how many notes hang on what they lead to.
fn with_counts(mut lists: Vec<List>, counts: &Counts) -> Vec<List> {
    for row in lists.iter_mut().flat_map(|list| &mut list.rows) {
        let n = counts.at(&row.to);
        if n > 0 {
            row.text = format!("{} ({n})", row.text);
        }
    }
    lists
}

fn titled(mut page: Page, title: &str) -> Page {
    title.clone_into(&mut page.title);
    page
}

fn columns(stacked: Page, pages: Vec<Page>) -> Body {
    Body::Columns {
        title: stacked.title.clone(),
        badge: stacked.badge,
        pages,
        stacked,
    }
}

/// What the next key could be, most useful first; the last line shows what fits.
fn hints(seat: &Seat) -> Vec<Action> {
    if let Some(layer) = seat.layers.last() {
        return match layer {
            Layer::Help { .. }
            | Layer::Join { .. }
            | Layer::Session(Sheet::Confirm { .. } | Sheet::Told { .. } | Sheet::Purge { .. }) => {
                vec![Action::Back]
            }
            Layer::Session(Sheet::Shelf(_)) => vec![
                Action::OpenSession,
                Action::NewSession,
                Action::NameSession,
                Action::CloseSession,
                Action::CopySession,
                Action::PurgeSession,
                Action::Help,
            ],
            Layer::Session(Sheet::Naming(_)) => {
                vec![Action::Done, Action::NextLine, Action::Back]
            }
            Layer::Session(Sheet::Prompt { .. } | Sheet::Export(_)) => {
                vec![Action::Done, Action::Back]
            }
            Layer::Form(_) => vec![Action::Save, Action::NextField, Action::Back],
            Layer::Session(Sheet::Editor(_)) => vec![Action::Save, Action::NextKind, Action::Back],
            Layer::Session(Sheet::Agenda(_)) => {
                vec![
                    Action::Add,
                    Action::Edit,
                    Action::Countdown,
                    Action::LoadAgenda,
                    Action::Back,
                ]
            }
            Layer::Session(_) | Layer::Jump(_) | Layer::Themes { .. } | Layer::Audience { .. } => {
                vec![Action::Open, Action::Back]
            }
        };
    }
    let here = match seat.beside() {
        // They follow with the page, once the selection rests.
        Some(Beside::Page) => &seat.shown,
        _ => &seat.at,
    };
    let mut hints = match here {
        Place::Cell(..) | Place::Crossing(..) => {
            vec![Action::Open, Action::AlongRow, Action::Compare]
        }
        Place::Compare(..) | Place::ComparePrinciples(..) => {
            vec![Action::CompareMore, Action::CompareLess, Action::Back]
        }
        Place::Worksheet(_) => {
            return vec![
                Action::NextItem,
                Action::Open,
                Action::MapEdit,
                Action::Back,
                Action::Help,
            ];
        }
        Place::Operation | Place::Coverage | Place::System(_) | Place::OwnRow(_) => {
            return vec![
                Action::MapAdd,
                Action::MapEdit,
                Action::NextItem,
                Action::Back,
                Action::MapExport,
                Action::Help,
            ];
        }
        Place::Row(_) | Place::StageRow(_) => vec![Action::Open, Action::Back],
        Place::SubStep(_) => vec![Action::Open, Action::CrossOver],
        Place::Find => return vec![Action::Open, Action::Teach, Action::Back],
        Place::Notes => return noted(&seat.sitting.view),
        _ if seat.full_width() => vec![Action::Back],
        _ => vec![Action::Open],
    };
    if seat.reading {
        hints = vec![Action::Back, Action::NextItem];
    }
    hints.extend([Action::Note, Action::Provenance, Action::Jump, Action::Help]);
    hints
}

/// What the last line offers in the Notes tab.
fn noted(view: &View) -> Vec<Action> {
    let own = match view {
        View::Notes => vec![
            Action::Note,
            Action::Order,
            Action::SwitchList,
            Action::Export,
            Action::Sessions,
        ],
        View::Systems => vec![
            Action::Add,
            Action::Edit,
            Action::SwitchList,
            Action::Export,
        ],
        // The other sub-steps of a worksheet are a step back.
        View::Checklist(list) if list.at.is_some() => vec![
            Action::Answer,
            Action::Edit,
            Action::Back,
            Action::SwitchList,
        ],
        View::Checklist(..) => vec![
            Action::Answer,
            Action::Edit,
            Action::Add,
            Action::SwitchList,
        ],
    };
    own.into_iter().chain([Action::Help]).collect()
}
