//! The screens of the exercise, as plain data: one head, one question, one list.
//!
//! Owns what each phase says. Every phase is the same few parts, so that the room finds
//! its way: who and where on top, what is asked below it, one list, what is said of it,
//! the line that is typed, the keys. Must and nice are a sign and a word, never colour.

mod categories;
mod collect;
mod compare;
mod held;
mod list;
mod lobby;
mod matching;
mod merge;
mod rank;
mod reveal;
mod rows;
mod tag;
mod words;

use categories::categories;
use collect::collect;
use compare::compare;
use list::list;
use lobby::{before, lobby};
use matching::matching;
use merge::merge;
use rank::{rank, shortlist};
use reveal::{Beside, explain, reveal};
use tag::tag;
use words::asked;
pub(super) use words::cut;

use crate::app::sheet::{Sheet, View};
use crate::app::update::scenarios::{all, run_of, scenario_of, shown_vote};
use crate::app::{Action, Seat};
use crate::content::{Place, Tab};
use crate::exercise::timer::Timer;
use crate::exercise::{Exercise, Moment, Phase, Time, Vote};
use crate::hints::{Hints, Language, filled, hints};
use crate::room::rights::{Deed, may};
use crate::room::{Role, Room, RoomState};

/// What is seen of the exercise.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ScenarioScene {
    /// The scenario, and who takes part.
    pub title: String,
    /// Phase, round, time, how many are in: at the right of the title.
    pub status: String,
    /// What the room is asked.
    pub ask: String,
    /// A word in large letters below it.
    pub big: String,
    /// A picture, line by line, drawn as it is.
    pub picture: Vec<String>,
    /// What stands above the numbers at the right of the list.
    pub heads: String,
    /// The list.
    pub rows: Vec<Row>,
    /// Which row is chosen.
    pub chosen: Option<usize>,
    /// A second list: the categories.
    pub second: Vec<Row>,
    /// Which row of it is chosen.
    pub second_chosen: Option<usize>,
    /// Text below the list.
    pub text: Vec<String>,
    /// The first line of the text.
    pub scroll: usize,
    /// How to read on; `more` where nothing is said.
    pub more: &'static str,
    /// The line that is typed: what for, the text, the part before the cursor.
    pub entry: Option<(String, String, String)>,
    /// A question to be answered first.
    pub question: Option<String>,
    /// What the keys do here.
    pub keys: Vec<(&'static str, &'static str)>,
    /// Bars of `#`.
    pub ascii: bool,
    /// In which language the seat is told that there is more.
    pub language: Language,
}

/// A line of a list.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Row {
    /// Number or place.
    pub lead: String,
    /// A sign and a word: must, nice, marked.
    pub sign: String,
    /// The words.
    pub text: String,
    /// How much of how much, as a bar.
    pub bar: Option<(u64, u64)>,
    /// Numbers at the right.
    pub tail: String,
    /// Whether a rule with these words stands above.
    pub rule: Option<&'static str>,
}

/// What a seat sees of the exercise; nothing where no session is open.
pub fn scene(room: &Room, seat: &Seat) -> Option<ScenarioScene> {
    if seat.at.tab() == Tab::Scenarios && may(seat.role, Deed::SeeExercise) {
        match seat.role {
            Role::Participant => return Some(super::own::scene(room, seat)),
            Role::Projector => return Some(super::wall::scene(room, seat)),
            Role::Facilitator | Role::Reader => {}
        }
    }
    let state = room.session.as_ref();
    let state = state.filter(|_| may(seat.role, Deed::LeadExercise))?;
    let mut scene = match scenario_of(&seat.at) {
        Some(id) => {
            let title = all(room, state).into_iter().find(|(one, _)| *one == id);
            let title = title.map(|(_, title)| title).unwrap_or_default();
            match run_of(state, &id) {
                Some(run) => of_run(room, state, &seat.sheet.current(run), run),
                None => before(room, state, &id, title),
            }
        }
        None if seat.at == Place::Scenarios && seat.sheet.view == View::Compare => compare(state),
        None if seat.at == Place::Scenarios => list(room, state, seat),
        None => return None,
    };
    let sheet = &seat.sheet;
    scene.entry = sheet.entry.as_ref().map(|entry| {
        let line = &entry.line;
        (
            asked(&entry.asked, state, seat),
            line.text(),
            line.before_cursor(),
        )
    });
    scene.question = sheet.question.as_ref().map(|one| one.text.clone());
    scene.scroll = sheet.scroll;
    scene.ascii = seat.look.ascii;
    if scene.question.is_some() {
        scene.keys = vec![("Enter", "yes"), ("Esc", "no")];
    } else if scene.entry.is_some() {
        scene.keys = vec![("Enter", "put it there"), ("Esc", "stop typing")];
    }
    Some(scene)
}

/// The actions on the last line; none while a line is typed, when letters are text.
pub fn offered(room: &Room, seat: &Seat) -> Vec<Action> {
    if seat.sheet.entry.is_some() || seat.sheet.question.is_some() {
        return Vec::new();
    }
    let state = room.session.as_ref();
    let begun = scenario_of(&seat.at).and_then(|id| state.and_then(|state| run_of(state, &id)));
    match begun {
        None => vec![Action::Help],
        Some(_) => vec![Action::NextPhase, Action::PreviousPhase, Action::Help],
    }
}

fn of_run(room: &Room, state: &RoomState, sheet: &Sheet, run: &Exercise) -> ScenarioScene {
    let moment = moment(room);
    let outcome = state.ballots.outcome(run);
    let mut scene = match sheet.view {
        View::Explain => explain(&outcome, run),
        View::Categories => categories(room, &outcome),
        View::Compare => compare(state),
        View::Settings => held::settings(run, sheet),
        View::Starters => held::starters(room, run, sheet),
        View::Phase | View::Ranking => match run.phase {
            Phase::Lobby => lobby(room, state, run),
            Phase::Collect => collect(run, sheet),
            Phase::Merge => merge(run, sheet),
            Phase::Tag => tag(run, sheet),
            Phase::Shortlist => shortlist(run, sheet, &outcome),
            Phase::Rank | Phase::Rerank => rank(run, sheet),
            Phase::Reveal | Phase::Done => reveal(
                run,
                sheet,
                &outcome,
                &Beside {
                    moment: &moment,
                    moved: state.ballots.moved(run),
                },
            ),
            Phase::Match => matching(room, run, sheet),
        },
    };
    scene.title = title(run);
    let vote = run.phase.vote();
    let vote = vote.or_else(|| (run.phase >= Phase::Reveal).then(|| shown_vote(run, sheet.view)));
    scene.status = status(room, run, vote);
    if scene.ask.is_empty() {
        run.phase.question().clone_into(&mut scene.ask);
    }
    scene
}

/// The scenario, and who takes part.
pub(super) fn title(run: &Exercise) -> String {
    let title = run.title.as_deref().unwrap_or("(erased)");
    match &run.label {
        Some(label) => format!("{title}, {label}"),
        None => title.to_owned(),
    }
}

/// The moment of a room, as the exercises know it.
fn moment(room: &Room) -> Moment {
    let now = Time(u64::try_from(room.now.0 / 1000).unwrap_or_default());
    let state = room.session.as_ref();
    state.map_or_else(|| Moment::at(now), |state| state.ballots.moment(now))
}

/// A result as far as the room was shown it, without keys, in the words of a language.
pub(super) fn shown(
    room: &Room,
    run: &Exercise,
    vote: Vote,
    hints: &'static Hints,
) -> ScenarioScene {
    let Some(state) = &room.session else {
        return ScenarioScene::default();
    };
    let moment = moment(room);
    let beside = Beside {
        moment: &moment,
        moved: state.ballots.moved(run),
    };
    reveal::shown(run, vote, &state.ballots.outcome(run), &beside, hints)
}

/// Phase, round, time, how many are in of how many, as the room sees it.
pub(super) fn status(room: &Room, run: &Exercise, vote: Option<Vote>) -> String {
    status_in(hints(Language::En), room, run, vote)
}

/// The same in the words of a language.
pub(super) fn status_in(hints: &Hints, room: &Room, run: &Exercise, vote: Option<Vote>) -> String {
    let words = &hints.status;
    let moment = moment(room);
    let known = room.now.0 > 0;
    let mut said = vec![hints.phases.of(run.phase).to_owned()];
    // What the facilitator counted comes first: not everybody in the room has a seat.
    let here = run.here.or(room.live.as_ref().map(|live| live.here));
    let here = here.map(|here| filled(&words.people_here, &[("n", &here)]));
    if let Some((vote, round)) = vote.and_then(|vote| Some((vote, run.last_round(vote)?))) {
        if round.number > 1 {
            said.push(filled(&words.round, &[("n", &round.number)]));
        }
        let people = filled(&words.people_in, &[("n", &moment.people_in(run, vote))]);
        said.push(match here {
            Some(here) => format!("{people} / {here}"),
            None => people,
        });
        let waiting = moment.waiting(run, vote);
        if waiting > 0 {
            said.push(filled(&words.waiting, &[("n", &waiting)]));
        }
    } else {
        said.extend(here);
    }
    if let Some(timer) = run.timer {
        let runs = matches!(timer, Timer::Runs { .. });
        said.push(match (runs, known) {
            (true, false) => words.timer.clone(),
            _ => timer.shown(moment.now),
        });
    }
    if run.locked {
        said.push(words.locked.clone());
    }
    if run.covered {
        said.push(words.covered.clone());
    }
    said.join("  ")
}
