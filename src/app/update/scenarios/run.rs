//! An exercise that is held: what works in every phase, and which phase takes the rest.

use super::super::{Action, Effect};
use super::held;
use super::list::open;
use super::matching::matching;
use super::merge::merge;
use super::places::{chosen, items, shown_vote, waiting};
use super::propose::{propose, say};
use super::rank::{rank, shortlist};
use super::reveal::reveal;
use super::tag::tag;
use crate::app::seat::Seat;
use crate::app::sheet::{Asked, View};
use crate::exercise::command::{Clock, Step};
use crate::exercise::{
    Act, Command, Exercise, ExerciseId, Phase, Settings, Shown, Vote, Voting, Way,
};
use crate::room::{Room, RoomState};

pub(super) fn in_run(
    room: &Room,
    state: &RoomState,
    seat: &mut Seat,
    run: &Exercise,
    action: Action,
) -> Vec<Effect> {
    let id = run.id;
    match seat.sheet.view {
        View::Settings => return held::settings(room, seat, run, action),
        View::Starters => return held::add_starters(room, seat, run, action),
        _ => {}
    }
    let act = match action {
        Action::Up | Action::Down | Action::PageUp | Action::PageDown => {
            step(seat, run, action);
            return Vec::new();
        }
        Action::NextPhase => return go(room, seat, id, run.next_phase()),
        Action::PreviousPhase => return go(room, seat, id, run.previous_phase()),
        Action::RankAgain => return go(room, seat, id, Some(Phase::Rerank)),
        Action::CompareScenarios => return view(seat, View::Compare),
        Action::ByCategory => return view(seat, View::Categories),
        Action::Explain => return explain(seat, run),
        Action::OtherResult => {
            let other = match shown_vote(run, seat.sheet.view) {
                Vote::Tag => View::Ranking,
                Vote::Rank => View::Phase,
            };
            return view(seat, other);
        }
        Action::RunAgain => {
            let command = open(room, state, &run.scenario, run.settings, None);
            return propose(room, seat, command);
        }
        Action::CarryOver => {
            let command = open(room, state, &run.scenario, run.settings, Some(id));
            return propose(room, seat, command);
        }
        Action::Lock => Act::Lock(!run.locked),
        Action::Cover => Act::Cover(!run.covered),
        Action::Clock => Act::Timer(Clock::Toggle),
        Action::ClockMore => Act::Timer(Clock::More(60)),
        Action::ShortOrLong => Act::Set(Settings {
            way: match run.settings.way {
                Way::Short => Way::Long,
                Way::Long => Way::Short,
            },
            ..run.settings
        }),
        Action::Moderate => Act::Set(Settings {
            moderated: !run.settings.moderated,
            ..run.settings
        }),
        Action::VotingWay => return next_voting(room, seat, run),
        Action::Here => return ask(seat, Asked::Here, ""),
        Action::RevealAll => Act::Reveal {
            vote: shown_vote(run, seat.sheet.view),
            step: Step::All,
        },
        Action::FewAgree if run.phase == Phase::Collect => return let_in(room, seat, run),
        Action::FewAgree => Act::FewAgree {
            vote: shown_vote(run, seat.sheet.view),
            agrees: true,
        },
        Action::Starters if run.phase <= Phase::Merge => return view(seat, View::Starters),
        Action::HowHeld => return view(seat, View::Settings),
        _ => return in_phase(room, seat, run, action),
    };
    propose(room, seat, Command::In(id, act))
}

pub(super) fn ask(seat: &mut Seat, asked: Asked, text: &str) -> Vec<Effect> {
    seat.sheet.ask(asked, text);
    Vec::new()
}

fn view(seat: &mut Seat, view: View) -> Vec<Effect> {
    seat.sheet.view = view;
    seat.sheet.scroll = 0;
    Vec::new()
}

fn explain(seat: &mut Seat, run: &Exercise) -> Vec<Effect> {
    let vote = shown_vote(run, seat.sheet.view);
    let shown = run.sealed_round(vote).map(|round| round.shown);
    match shown {
        Some(Shown::All) => view(seat, View::Explain),
        Some(_) => say(seat, "show all of the result first: A"),
        None => say(seat, "nothing is counted before the reveal"),
    }
}

pub(super) fn go(room: &Room, seat: &mut Seat, id: ExerciseId, to: Option<Phase>) -> Vec<Effect> {
    let Some(to) = to else {
        return say(seat, "there is no further phase in this direction");
    };
    let effects = propose(room, seat, Command::In(id, Act::Go { to, seal: false }));
    if !effects.is_empty() {
        seat.sheet.of = None;
        if to == Phase::Collect {
            seat.sheet.ask(Asked::Item, "");
        }
    }
    effects
}

fn step(seat: &mut Seat, run: &Exercise, action: Action) {
    let by = match action {
        Action::Up => -1,
        Action::Down => 1,
        Action::PageUp => -8,
        _ => 8,
    };
    let reads = !matches!(seat.sheet.view, View::Phase);
    if reads || matches!(run.phase, Phase::Reveal | Phase::Done) {
        seat.sheet.scroll = seat.sheet.scroll.saturating_add_signed(by).min(500);
        return;
    }
    let all = items(run, &seat.sheet);
    let at = chosen(run, &seat.sheet).and_then(|item| all.iter().position(|one| *one == item));
    let to = at.unwrap_or_default().saturating_add_signed(by);
    seat.sheet.item = all.get(to.min(all.len().saturating_sub(1))).copied();
}

/// Lets the chosen item in, if it waits; otherwise the one that has waited longest.
fn let_in(room: &Room, seat: &mut Seat, run: &Exercise) -> Vec<Effect> {
    let waiting = waiting(run);
    let chosen = seat.sheet.item.filter(|item| waiting.contains(item));
    match chosen.or_else(|| waiting.first().copied()) {
        Some(item) => propose(room, seat, Command::In(run.id, Act::Show(item))),
        None => say(seat, "no item waits"),
    }
}

fn next_voting(room: &Room, seat: &mut Seat, run: &Exercise) -> Vec<Effect> {
    let Some(vote) = run.phase.vote() else {
        return say(seat, "voices are taken in Tag and Rank");
    };
    let all = Voting::ALL.iter().copied();
    let ways: Vec<Voting> = all
        .filter(|one| (*one != Voting::Seats || room.live.is_some()) && one.serves(vote))
        .collect();
    let now = seat.sheet.voting(run, vote);
    let at = ways.iter().position(|one| *one == now).unwrap_or_default();
    seat.sheet.voting = ways.get((at + 1) % ways.len()).copied();
    Vec::new()
}

fn in_phase(room: &Room, seat: &mut Seat, run: &Exercise, action: Action) -> Vec<Effect> {
    let item = chosen(run, &seat.sheet);
    match (run.phase, action) {
        (Phase::Lobby | Phase::Collect | Phase::Merge, Action::Write)
        | (Phase::Collect, Action::Open) => ask(seat, Asked::Item, ""),
        (Phase::Lobby, Action::Open) => go(room, seat, run.id, run.next_phase()),
        (Phase::Lobby, Action::WriteMore) => {
            let state = room.session.as_ref();
            let brief = state.and_then(|state| state.exercises.brief(&run.scenario));
            let brief = brief.unwrap_or_default().to_owned();
            ask(seat, Asked::Brief(run.scenario.clone()), &brief)
        }
        (Phase::Lobby, Action::Count) => {
            let label = run.label.clone().unwrap_or_default();
            ask(seat, Asked::Label, &label)
        }
        (_, Action::HideItem) => {
            let hide = item.map(|item| Command::In(run.id, Act::Hide(item)));
            hide.map_or_else(Vec::new, |hide| propose(room, seat, hide))
        }
        (Phase::Merge, _) => merge(room, seat, run, item, action),
        (Phase::Tag, _) => tag(room, seat, run, item, action),
        (Phase::Shortlist, _) => shortlist(room, seat, run, item, action),
        (Phase::Rank | Phase::Rerank, _) => rank(room, seat, run, item, action),
        (Phase::Reveal | Phase::Done, _) => reveal(room, seat, run, action),
        (Phase::Match, _) => matching(room, seat, run, item, action),
        _ => Vec::new(),
    }
}
