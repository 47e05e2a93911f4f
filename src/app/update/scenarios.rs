//! What keys do in the exercise.
//!
//! Owns how an action becomes a proposal. Nothing of the room changes here: what is
//! proposed counts once it is kept. A proposal that the rules refuse is not even sent; its
//! reason is said, or its question asked.

use super::{Action, Effect};
use crate::app::key::{Code, Key};
use crate::app::seat::Seat;
use crate::app::sheet::{Asked, Question, Sheet, View};
use crate::content::{Address, CategoryId, Place};
use crate::exercise::ballot::Ballot;
use crate::exercise::ballot_box::Replaces;
use crate::exercise::command::{Clock, Step};
use crate::exercise::starter::starters;
use crate::exercise::timer::Timer;
use crate::exercise::{
    Act, BallotKey, Command, Exercise, ExerciseId, Hands, ItemId, Phase, Refusal, Said, ScenarioId,
    Settings, Slip, Verdict, Vote, Voting, Way,
};
use crate::room::{self, Role, Room, RoomState, Time};

/// Whether the exercise is what the keys go to.
pub fn on(room: &Room, seat: &Seat) -> bool {
    let there = matches!(seat.at, Place::Scenarios | Place::Scenario(_));
    there && room.session.is_some() && seat.layers.is_empty()
}

/// A timer that runs is drawn anew every two seconds; nothing else wakes anybody.
pub(super) fn ticks(room: &Room, seat: &Seat) -> bool {
    let run = scenario_of(&seat.at).zip(room.session.as_ref());
    let run = run.and_then(|(id, state)| run_of(state, &id));
    let runs = |run: &Exercise| matches!(run.timer, Some(Timer::Runs { .. }));
    room.now.0 > 0 && run.is_some_and(runs)
}

/// The scenario of a place.
pub fn scenario_of(place: &Place) -> Option<ScenarioId> {
    let Place::Scenario(id) = place else {
        return None;
    };
    let own = id
        .strip_prefix("own-")
        .and_then(|number| number.parse().ok());
    Some(own.map_or_else(|| ScenarioId::Source(id.clone()), ScenarioId::Own))
}

fn place_of(scenario: &ScenarioId) -> Place {
    Place::Scenario(match scenario {
        ScenarioId::Source(id) => id.clone(),
        ScenarioId::Own(number) => format!("own-{number}"),
    })
}

/// All scenarios with their names: those of the source, then those that were added.
pub fn all(room: &Room, state: &RoomState) -> Vec<(ScenarioId, String)> {
    let named = room.content.scenarios.named.iter();
    let named = named.map(|one| (ScenarioId::Source(one.id.clone()), one.title.clone()));
    let own = state.exercises.own_scenarios();
    let own = own.map(|(id, title)| (id.clone(), title.to_owned()));
    named.chain(own).collect()
}

/// The run that a place shows: the one that the room is in, or else the newest.
pub fn run_of<'a>(state: &'a RoomState, scenario: &ScenarioId) -> Option<&'a Exercise> {
    let current = state.exercises.current();
    current.filter(|run| run.scenario == *scenario).or_else(|| {
        let mut runs = state.exercises.runs.values().rev();
        runs.find(|run| run.scenario == *scenario)
    })
}

/// What can be pointed at in a phase, from top to bottom.
pub fn items(run: &Exercise, sheet: &Sheet) -> Vec<ItemId> {
    let all = || run.candidates().into_iter().map(|one| one.id).collect();
    if !matches!(run.phase, Phase::Rank | Phase::Rerank) {
        return all();
    }
    let placed: Vec<ItemId> = sheet.rank.places().iter().flatten().copied().collect();
    let rest = run.ranked().into_iter().map(|one| one.id);
    let rest = rest.filter(|id| !placed.contains(id)).collect::<Vec<_>>();
    placed.into_iter().chain(rest).collect()
}

/// The vote whose result is shown.
pub fn shown_vote(run: &Exercise, view: View) -> Vote {
    let ranking = run.sealed_round(Vote::Rank).is_some();
    if ranking && (view == View::Ranking || run.sealed_round(Vote::Tag).is_none()) {
        Vote::Rank
    } else {
        Vote::Tag
    }
}

/// With a capital, and a stop at the end.
fn sentence(said: &str) -> String {
    let mut letters = said.chars();
    let first = letters.next().map(|one| one.to_uppercase().to_string());
    let end = if said.ends_with(['.', '?', '!']) {
        ""
    } else {
        "."
    };
    format!("{}{}{end}", first.unwrap_or_default(), letters.as_str())
}

fn say(seat: &mut Seat, said: &str) -> Vec<Effect> {
    seat.message = Some(sentence(said));
    Vec::new()
}

/// Proposes what the rules would take; says or asks what they say otherwise.
fn propose(room: &Room, seat: &mut Seat, command: Command) -> Vec<Effect> {
    let Some(state) = &room.session else {
        return say(seat, "no session is open, so nothing would be kept");
    };
    let asked = room::Command::Exercise(command);
    let tried = room::ballot(state, Role::Facilitator, &asked, Time(0)).and_then(|ballot| {
        if ballot.is_some() {
            return Ok(());
        }
        room::decide(state, Role::Facilitator, asked.clone(), Time(0)).map(drop)
    });
    match tried {
        Ok(()) => vec![Effect::Propose(Box::new(asked))],
        Err(room::Refusal::Exercise(refusal @ Refusal::SealsFirst { .. })) => {
            seat.sheet.question = answered(&asked).map(|command| Question {
                text: sentence(&refusal.to_string()),
                command,
            });
            Vec::new()
        }
        Err(room::Refusal::Exercise(Refusal::Nothing)) => Vec::new(),
        Err(refusal) => say(seat, &refusal.to_string()),
    }
}

/// The same command, with its question answered.
fn answered(command: &room::Command) -> Option<Command> {
    let room::Command::Exercise(command) = command else {
        return None;
    };
    match command {
        Command::In(id, Act::Go { to, .. }) => Some(Command::In(
            *id,
            Act::Go {
                to: *to,
                seal: true,
            },
        )),
        Command::In(id, Act::DropRound { vote, .. }) => {
            let vote = *vote;
            Some(Command::In(*id, Act::DropRound { vote, sure: true }))
        }
        _ => None,
    }
}

/// Takes a key into the line that is typed; nothing where none is, or the key is a command.
pub(super) fn takes(seat: &mut Seat, key: Key) -> Option<Vec<Effect>> {
    let entry = seat.sheet.entry.as_mut()?;
    let text = match key.code {
        Code::Char(c) if key.ctrl => matches!(c, 'u' | 'w' | 'a' | 'e' | 'h'),
        Code::Char(_)
        | Code::Backspace
        | Code::Delete
        | Code::Left
        | Code::Right
        | Code::Home
        | Code::End => true,
        _ => false,
    };
    text.then(|| {
        entry.line.key(key);
        Vec::new()
    })
}

/// Takes what is pasted; says whether something is being typed.
pub(super) fn paste(seat: &mut Seat, text: &str) -> bool {
    match &mut seat.sheet.entry {
        Some(entry) => {
            entry.line.insert(text);
            true
        }
        None => false,
    }
}

/// Esc: the question, the line, the view, then the list. Says whether there was one.
pub(super) fn back(seat: &mut Seat) -> bool {
    let sheet = &mut seat.sheet;
    if sheet.question.take().is_some() || sheet.entry.take().is_some() {
        return true;
    }
    if sheet.view != View::Phase {
        sheet.view = View::Phase;
        sheet.scroll = 0;
        return true;
    }
    if seat.at != Place::Scenarios {
        seat.jump(Address::from(Place::Scenarios));
        return true;
    }
    false
}

/// Carries out an action.
pub(super) fn act(room: &Room, seat: &mut Seat, action: Action) -> Vec<Effect> {
    let Some(state) = &room.session else {
        return Vec::new();
    };
    if let Some(question) = seat.sheet.question.take() {
        if action == Action::Open {
            seat.sheet.of = None;
            return propose(room, seat, question.command);
        }
        seat.sheet.question = Some(question);
        return say(seat, "Enter says yes, Esc says no");
    }
    if action == Action::TakeBack && !(undoes_draft(state, seat)) {
        return vec![Effect::Propose(Box::new(room::Command::Undo))];
    }
    let Some(scenario) = scenario_of(&seat.at) else {
        return in_list(room, state, seat, action);
    };
    let Some(run) = run_of(state, &scenario) else {
        return before(room, state, seat, &scenario, action);
    };
    seat.sheet = seat.sheet.current(run);
    if seat.sheet.entry.is_some() {
        return if action == Action::Open {
            entered(room, seat, run)
        } else {
            Vec::new()
        };
    }
    in_run(room, state, seat, run, action)
}

/// In Rank, u takes back a move of the order that is being made, where there is one.
fn undoes_draft(state: &RoomState, seat: &mut Seat) -> bool {
    let run = scenario_of(&seat.at).and_then(|one| run_of(state, &one));
    let Some(run) = run.filter(|run| run.phase.vote() == Some(Vote::Rank)) else {
        return false;
    };
    seat.sheet = seat.sheet.current(run);
    seat.sheet.rank.undo()
}

fn in_list(room: &Room, state: &RoomState, seat: &mut Seat, action: Action) -> Vec<Effect> {
    let all = all(room, state);
    if let Some(entry) = &seat.sheet.entry {
        let title = entry.line.text();
        if action == Action::Open && entry.asked == Asked::Scenario {
            seat.sheet.entry = None;
            return propose(room, seat, Command::AddScenario { title });
        }
        return Vec::new();
    }
    let chosen = seat.sheet.scenario.clone();
    let at = all.iter().position(|(id, _)| Some(id) == chosen.as_ref());
    let at = at.unwrap_or_default();
    match action {
        Action::Up | Action::Down => {
            let by = if action == Action::Up { -1 } else { 1 };
            let to = at
                .saturating_add_signed(by)
                .min(all.len().saturating_sub(1));
            seat.sheet.scenario = all.get(to).map(|(id, _)| id.clone());
        }
        Action::Write => seat.sheet.ask(Asked::Scenario, ""),
        Action::CompareScenarios => seat.sheet.view = View::Compare,
        Action::Open => {
            if let Some((id, _)) = all.get(at) {
                seat.sheet.view = View::Phase;
                seat.jump(Address::from(place_of(id)));
                let run = run_of(state, id).map(|run| run.id);
                if run.is_some() && run != state.exercises.attended {
                    return propose(room, seat, Command::Attend(run));
                }
            }
        }
        _ => {}
    }
    Vec::new()
}

fn open(room: &Room, state: &RoomState, scenario: &ScenarioId, way: Way) -> Command {
    let all = all(room, state);
    let title = all.into_iter().find(|(id, _)| id == scenario);
    Command::Open {
        scenario: scenario.clone(),
        title: title.map(|(_, title)| title).unwrap_or_default(),
        settings: Settings {
            way,
            ..Settings::default()
        },
        carry: None,
    }
}

/// A scenario that no exercise was held on yet.
fn before(
    room: &Room,
    state: &RoomState,
    seat: &mut Seat,
    scenario: &ScenarioId,
    action: Action,
) -> Vec<Effect> {
    if let Some(entry) = &seat.sheet.entry {
        let text = entry.line.text();
        if action == Action::Open {
            seat.sheet.entry = None;
            return brief(room, seat, scenario, &text);
        }
        return Vec::new();
    }
    match action {
        Action::Open | Action::NextPhase => {
            let command = open(room, state, scenario, Way::Short);
            propose(room, seat, command)
        }
        Action::WriteMore => {
            let text = state.exercises.brief(scenario).unwrap_or_default();
            seat.sheet.ask(Asked::Brief(scenario.clone()), text);
            Vec::new()
        }
        _ => Vec::new(),
    }
}

fn brief(room: &Room, seat: &mut Seat, scenario: &ScenarioId, text: &str) -> Vec<Effect> {
    let brief = (!text.trim().is_empty()).then(|| text.to_owned());
    let scenario = scenario.clone();
    propose(room, seat, Command::WriteBrief { scenario, brief })
}

fn in_run(
    room: &Room,
    state: &RoomState,
    seat: &mut Seat,
    run: &Exercise,
    action: Action,
) -> Vec<Effect> {
    let id = run.id;
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
            let command = open(room, state, &run.scenario, run.settings.way);
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
        Action::VotingWay => return next_voting(seat, run),
        Action::Here => return ask(seat, Asked::Here, ""),
        Action::RevealAll => Act::Reveal {
            vote: shown_vote(run, seat.sheet.view),
            step: Step::All,
        },
        Action::FewAgree => Act::FewAgree {
            vote: shown_vote(run, seat.sheet.view),
            agrees: true,
        },
        Action::Starters => return add_starters(room, seat, id),
        _ => return in_phase(room, seat, run, action),
    };
    propose(room, seat, Command::In(id, act))
}

fn ask(seat: &mut Seat, asked: Asked, text: &str) -> Vec<Effect> {
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
        Some(crate::exercise::Shown::All) => view(seat, View::Explain),
        Some(_) => say(seat, "show all of the result first: A"),
        None => say(seat, "nothing is counted before the reveal"),
    }
}

fn add_starters(room: &Room, seat: &mut Seat, id: ExerciseId) -> Vec<Effect> {
    let mut seen = Vec::new();
    let mut some = starters(&room.content);
    // One of each category: enough to begin with, and short enough to read.
    some.retain(|one| {
        let first = !seen.contains(&one.category()) && one.text().chars().count() <= 200;
        if first {
            seen.push(one.category());
        }
        first
    });
    propose(room, seat, Command::In(id, Act::AddStarters(some)))
}

fn go(room: &Room, seat: &mut Seat, id: ExerciseId, to: Option<Phase>) -> Vec<Effect> {
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

/// The chosen item, or the first.
pub fn chosen(run: &Exercise, sheet: &Sheet) -> Option<ItemId> {
    sheet.item.or_else(|| items(run, sheet).first().copied())
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

fn next_voting(seat: &mut Seat, run: &Exercise) -> Vec<Effect> {
    let Some(vote) = run.phase.vote() else {
        return say(seat, "voices are taken in Tag and Rank");
    };
    // One terminal: everybody's own come with the next step of the program.
    let all = Voting::ALL.iter().copied();
    let ways: Vec<Voting> = all
        .filter(|one| *one != Voting::Seats && one.serves(vote))
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

fn merge(
    room: &Room,
    seat: &mut Seat,
    run: &Exercise,
    item: Option<ItemId>,
    action: Action,
) -> Vec<Effect> {
    let Some(item) = item else {
        return Vec::new();
    };
    let group = run.group_of(item);
    match action {
        Action::Choose => {
            if !seat.sheet.marked.remove(&item) {
                seat.sheet.marked.insert(item);
            }
            Vec::new()
        }
        Action::PutTogether | Action::Open => {
            let marked = seat.sheet.marked.iter().filter_map(|one| run.speaker(*one));
            let marked: Vec<ItemId> = marked.collect();
            let effects = propose(room, seat, Command::In(run.id, Act::Merge(marked)));
            if !effects.is_empty() {
                seat.sheet.marked.clear();
            }
            effects
        }
        Action::TakeApart => match group {
            Some((group, _)) => propose(room, seat, Command::In(run.id, Act::Split(group))),
            None => say(seat, "this item is in no group"),
        },
        Action::WriteMore => match group {
            Some((id, group)) => {
                let heading = group.heading.clone().unwrap_or_default();
                ask(seat, Asked::Heading(id), &heading)
            }
            None => say(
                seat,
                "only a group has a heading; an item keeps its author's words",
            ),
        },
        _ => Vec::new(),
    }
}

fn tag(
    room: &Room,
    seat: &mut Seat,
    run: &Exercise,
    item: Option<ItemId>,
    action: Action,
) -> Vec<Effect> {
    let Some(item) = item else {
        return Vec::new();
    };
    let voting = seat.sheet.voting(run, Vote::Tag);
    let round = run.open_round(Vote::Tag);
    match (voting, action) {
        (Voting::Hands, Action::Count) => ask(seat, Asked::Present, ""),
        (Voting::Hands, Action::Open | Action::Choose | Action::Write) => {
            if round.is_some_and(|round| round.present == 0) {
                return ask(seat, Asked::Present, "");
            }
            ask(seat, Asked::Hands(item), "")
        }
        (Voting::Aloud, Action::Choose | Action::Open) => {
            let now = round.and_then(|round| round.agreed.get(&item).copied());
            let said = match now {
                None => Some(Said::Must),
                Some(Said::Must) => Some(Said::Nice),
                Some(Said::Nice) => Some(Said::Neither),
                Some(Said::Neither) => None,
            };
            propose(
                room,
                seat,
                Command::In(run.id, Act::AgreeTag { item, said }),
            )
        }
        (Voting::Slips | Voting::Tables, Action::Choose) => {
            seat.sheet.tags.cycle(item);
            Vec::new()
        }
        (Voting::Tables, Action::Count) => ask(seat, Asked::Table, ""),
        (Voting::Slips | Voting::Tables, Action::Open) => {
            let ballot = seat.sheet.tags.ballot();
            hand_in(room, seat, run, voting, ballot)
        }
        (_, Action::Withdraw) => ask(seat, Asked::Withdraw, ""),
        _ => Vec::new(),
    }
}

/// Hands a slip or the ballot of a table in, under the number that is on the screen.
fn hand_in(
    room: &Room,
    seat: &mut Seat,
    run: &Exercise,
    voting: Voting,
    ballot: Ballot,
) -> Vec<Effect> {
    let ballot = if voting == Voting::Tables {
        ballot.of_table(seat.sheet.table)
    } else {
        ballot
    };
    let slip = seat.sheet.slip();
    let act = Act::HandIn {
        ballot,
        key: BallotKey::Slip(slip),
        replaces: Replaces::Nothing,
    };
    let effects = propose(room, seat, Command::In(run.id, act));
    if !effects.is_empty() {
        seat.sheet.slips += 1;
        seat.sheet.tags = crate::exercise::draft::TagDraft::default();
        seat.sheet.rank = crate::exercise::draft::RankDraft::default();
        seat.sheet.item = None;
        seat.message = Some(format!(
            "In. Pencil {slip} on it: d and the number take it back."
        ));
    }
    effects
}

fn shortlist(
    room: &Room,
    seat: &mut Seat,
    run: &Exercise,
    item: Option<ItemId>,
    action: Action,
) -> Vec<Effect> {
    let most = usize::from(run.settings.shortlist);
    let proposed = || {
        let state = room.session.as_ref();
        let outcome = state.map(|state| state.ballots.outcome(run));
        let tagging = outcome.and_then(|outcome| outcome.tagging);
        let mut list = tagging.map_or_else(Vec::new, |one| one.proposed_shortlist(most));
        if list.is_empty() {
            list = run
                .candidates()
                .iter()
                .map(|one| one.id)
                .take(most)
                .collect();
        }
        list
    };
    let list = match action {
        Action::Open => proposed(),
        Action::Choose => {
            let Some(item) = item else {
                return Vec::new();
            };
            let mut list: Vec<ItemId> = run.ranked().iter().map(|one| one.id).collect();
            if list.len() > most {
                list = proposed();
            }
            match list.iter().position(|one| *one == item) {
                Some(at) => drop(list.remove(at)),
                None => list.push(item),
            }
            list
        }
        _ => return Vec::new(),
    };
    propose(room, seat, Command::In(run.id, Act::Shortlist(list)))
}

fn rank(
    room: &Room,
    seat: &mut Seat,
    run: &Exercise,
    item: Option<ItemId>,
    action: Action,
) -> Vec<Effect> {
    let Some(item) = item else {
        return Vec::new();
    };
    let voting = seat.sheet.voting(run, Vote::Rank);
    match action {
        Action::Choose => {
            let all = items(run, &seat.sheet);
            let at = all.iter().position(|one| *one == item).unwrap_or_default();
            let placed = seat.sheet.rank.place_of(item).is_some();
            seat.sheet.rank.toggle(item);
            // The next one without a place is next under the key.
            seat.sheet.item = if placed {
                Some(item)
            } else {
                all.get(at + 1).copied()
            };
        }
        Action::MoveUp => {
            seat.sheet.item = Some(item);
            seat.sheet.rank.up(item);
        }
        Action::MoveDown => {
            seat.sheet.item = Some(item);
            seat.sheet.rank.down(item);
        }
        Action::Level => {
            seat.sheet.item = Some(item);
            seat.sheet.rank.level(item);
        }
        Action::Count if voting == Voting::Tables => return ask(seat, Asked::Table, ""),
        Action::Withdraw => return ask(seat, Asked::Withdraw, ""),
        Action::Open if voting == Voting::Aloud => {
            let order = seat.sheet.rank.places().to_vec();
            let effects = propose(room, seat, Command::In(run.id, Act::AgreeOrder(order)));
            if !effects.is_empty() {
                seat.message = Some("Written down as the order that the room agreed.".to_owned());
            }
            return effects;
        }
        Action::Open => {
            let ballot = seat.sheet.rank.ballot();
            return hand_in(room, seat, run, voting, ballot);
        }
        _ => {}
    }
    Vec::new()
}

fn reveal(room: &Room, seat: &mut Seat, run: &Exercise, action: Action) -> Vec<Effect> {
    let step = match action {
        Action::Choose | Action::Open | Action::Right => Step::More,
        Action::Left => Step::Less,
        _ => return Vec::new(),
    };
    let vote = shown_vote(run, seat.sheet.view);
    propose(room, seat, Command::In(run.id, Act::Reveal { vote, step }))
}

fn matching(
    room: &Room,
    seat: &mut Seat,
    run: &Exercise,
    item: Option<ItemId>,
    action: Action,
) -> Vec<Effect> {
    let Some(item) = item else {
        return Vec::new();
    };
    let last = CategoryId::ALL.len();
    let now = run.verdict(item);
    let verdict = match action {
        Action::Left => {
            seat.sheet.category = seat.sheet.category.checked_sub(1).unwrap_or(last);
            return Vec::new();
        }
        Action::Right => {
            seat.sheet.category = (seat.sheet.category + 1) % (last + 1);
            return Vec::new();
        }
        Action::Choose | Action::Open => match CategoryId::ALL.get(seat.sheet.category) {
            Some(category) => Verdict::toggled(now.as_ref(), *category),
            None => none_of_eight(now.as_ref()),
        },
        Action::NoneOfEight => none_of_eight(now.as_ref()),
        _ => return Vec::new(),
    };
    propose(
        room,
        seat,
        Command::In(run.id, Act::Match { item, verdict }),
    )
}

fn none_of_eight(now: Option<&Verdict>) -> Option<Verdict> {
    (now != Some(&Verdict::NoneOfEight)).then_some(Verdict::NoneOfEight)
}

/// Enter at the end of a line.
fn entered(room: &Room, seat: &mut Seat, run: &Exercise) -> Vec<Effect> {
    let Some(entry) = seat.sheet.entry.take() else {
        return Vec::new();
    };
    let text = entry.line.text();
    let some = || (!text.trim().is_empty()).then(|| text.clone());
    let number = || text.trim().parse::<u32>().ok();
    let act = match &entry.asked {
        Asked::Item if text.trim().is_empty() => return Vec::new(),
        Asked::Item => Some(Act::Name {
            text: text.clone(),
            mark: None,
            claim: None,
        }),
        Asked::Brief(scenario) => return brief(room, seat, scenario, &text),
        Asked::Scenario => return propose(room, seat, Command::AddScenario { title: text }),
        Asked::Heading(group) => Some(Act::Head {
            group: *group,
            heading: some(),
        }),
        Asked::Label => Some(Act::Label(some())),
        Asked::Here if text.trim().is_empty() => Some(Act::Here(None)),
        Asked::Here => number().map(|people| Act::Here(Some(people))),
        Asked::Present => number().map(Act::HandsPresent),
        Asked::Hands(item) => hands(&text).map(|hands| Act::CountHands {
            item: *item,
            hands: Some(hands),
        }),
        Asked::Table => match text.trim().parse::<u16>() {
            Ok(people) if people > 0 => {
                seat.sheet.table = people;
                return Vec::new();
            }
            _ => None,
        },
        Asked::Withdraw => Slip::parse(&text).map(|slip| Act::Withdraw {
            vote: run.phase.vote().unwrap_or(Vote::Tag),
            key: BallotKey::Slip(slip),
        }),
    };
    let Some(act) = act else {
        let wants = wanted(&entry.asked);
        seat.sheet.entry = Some(entry);
        return say(seat, wants);
    };
    let effects = propose(room, seat, Command::In(run.id, act));
    if effects.is_empty() && seat.message.is_some() {
        // Refused: what was typed stays to be mended.
        seat.sheet.entry = Some(entry);
    } else if entry.asked == Asked::Item {
        // The next person is speaking already.
        seat.sheet.ask(Asked::Item, "");
    } else if let Asked::Hands(item) = entry.asked {
        let all = items(run, &seat.sheet);
        let at = all.iter().position(|one| *one == item).unwrap_or_default();
        seat.sheet.item = all.get(at + 1).or(all.get(at)).copied();
    }
    effects
}

fn wanted(asked: &Asked) -> &'static str {
    match asked {
        Asked::Hands(_) => "two numbers, must and nice: 19 5",
        Asked::Withdraw => "five digits as they stand on the slip; one of these is mistyped",
        _ => "a number of people, such as 28",
    }
}

fn hands(text: &str) -> Option<Hands> {
    let mut numbers = text
        .split(|c: char| !c.is_ascii_digit())
        .filter(|one| !one.is_empty());
    let must = numbers.next()?.parse().ok()?;
    let nice = numbers.next().map_or(Some(0), |one| one.parse().ok())?;
    numbers.next().is_none().then_some(Hands { must, nice })
}
