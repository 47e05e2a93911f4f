//! The screens of the exercise, as plain data: one head, one question, one list.
//!
//! Owns what each phase says. Every phase is the same few parts, so that the room finds
//! its way: who and where on top, what is asked below it, one list, what is said of it,
//! the line that is typed, the keys. Must and nice are a sign and a word, never colour.

use crate::app::sheet::{Asked, Sheet, View};
use crate::app::update::scenarios::{all, chosen, items, run_of, scenario_of, shown_vote};
use crate::app::{Action, Seat};
use crate::content::{CategoryId, Place};
use crate::exercise::alike::alike;
use crate::exercise::compare::{Column, scenarios};
use crate::exercise::matching::{Suggest, Suggestion};
use crate::exercise::results::{Label, Outcome, Producer, RankResult, TagResult, Votes};
use crate::exercise::state::Candidate;
use crate::exercise::{
    Exercise, ItemId, Mark, Moment, Phase, Round, Said, Shown, Time, Verdict, Vote, Voting, Way,
};
use crate::room::{Room, RoomState};
use crate::search::Query;

/// What is seen of the exercise.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ScenarioScene {
    /// The scenario, and who takes part.
    pub title: String,
    /// Phase, round, time, how many are in: at the right of the title.
    pub status: String,
    /// What the room is asked.
    pub ask: String,
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
    /// The line that is typed: what for, the text, the part before the cursor.
    pub entry: Option<(String, String, String)>,
    /// A question to be answered first.
    pub question: Option<String>,
    /// What the keys do here.
    pub keys: Vec<(&'static str, &'static str)>,
    /// Bars of `#`.
    pub ascii: bool,
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

/// The search of the Matrix, as the exercise asks it.
struct Finds<'a>(&'a Room);

impl Suggest for Finds<'_> {
    fn suggest(&self, words: &str) -> Vec<Suggestion> {
        let Some(ranking) = self.0.rank(&Query::whole(words)) else {
            return Vec::new();
        };
        let found = ranking.hits.iter().filter(|hit| !hit.because.is_empty());
        let found = found.filter_map(|hit| {
            let because = hit.because.iter().take(2);
            Some(Suggestion {
                category: CategoryId::from_slug(&hit.id)?,
                because: because
                    .map(|one| format!("{} -> {}", one.typed, one.source))
                    .collect(),
            })
        });
        found.take(3).collect()
    }
}

/// What a seat sees of the exercise; nothing where no session is open.
pub fn scene(room: &Room, seat: &Seat) -> Option<ScenarioScene> {
    let state = room.session.as_ref()?;
    let mut scene = match scenario_of(&seat.at) {
        Some(id) => {
            let title = all(room, state).into_iter().find(|(one, _)| *one == id);
            let title = title.map(|(_, title)| title).unwrap_or_default();
            match run_of(state, &id) {
                Some(run) => of_run(room, state, &seat.sheet.current(run), run),
                None => before(room, state, seat, title),
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

/// The actions on the last line.
pub fn hints(seat: &Seat) -> Vec<Action> {
    match seat.at {
        Place::Scenarios => vec![Action::Open, Action::Help],
        _ => vec![Action::NextPhase, Action::PreviousPhase, Action::Help],
    }
}

fn asked(asked: &Asked, state: &RoomState, seat: &Seat) -> String {
    let words = |item: ItemId| {
        let run = scenario_of(&seat.at).and_then(|id| run_of(state, &id));
        let item = run.and_then(|run| run.item(item));
        item.map_or_else(String::new, |item| cut(item.words(), 24))
    };
    match asked {
        Asked::Item => "Item".to_owned(),
        Asked::Brief(_) => "Brief".to_owned(),
        Asked::Scenario => "New scenario".to_owned(),
        Asked::Heading(_) => "Heading".to_owned(),
        Asked::Label => "Who takes part".to_owned(),
        Asked::Here => "How many are here".to_owned(),
        Asked::Present => "How many take part by hands".to_owned(),
        Asked::Hands(item) => format!("Must and nice for {}", words(*item)),
        Asked::Table => "How many sit at this table".to_owned(),
        Asked::Withdraw => "Number on the slip".to_owned(),
    }
}

fn cut(text: &str, most: usize) -> String {
    if text.chars().count() <= most {
        return text.to_owned();
    }
    let kept: String = text.chars().take(most.saturating_sub(3)).collect();
    format!("{}...", kept.trim_end())
}

fn list(room: &Room, state: &RoomState, seat: &Seat) -> ScenarioScene {
    let all = all(room, state);
    let chosen = all
        .iter()
        .position(|(id, _)| Some(id) == seat.sheet.scenario.as_ref())
        .unwrap_or_default();
    let rows = all.iter().map(|(id, title)| {
        let run = run_of(state, id);
        Row {
            text: title.clone(),
            tail: match run {
                Some(run) if run.phase == Phase::Done => "done".to_owned(),
                Some(run) => run.phase.title().to_owned(),
                None => "not begun".to_owned(),
            },
            ..Row::default()
        }
    });
    ScenarioScene {
        title: "Must have, nice to have: by scenario".to_owned(),
        ask: Phase::Lobby.question().to_owned(),
        rows: rows.collect(),
        chosen: Some(chosen),
        keys: vec![
            ("Enter", "go to it"),
            ("i", "add one"),
            ("c", "side by side"),
        ],
        ..ScenarioScene::default()
    }
}

const KEPT: &[&str] = &[
    "Purpose: to find out which data and information this room needs here, and which PIM \
     categories produce it. The result is the room's, not a person's.",
    "Kept: the items in their own words, counts and results. No names are asked. Ballots are \
     anonymous to the room, not against whoever runs the host. All of it is kept in this \
     session until the facilitator purges it: pim session purge.",
];

fn before(room: &Room, state: &RoomState, seat: &Seat, title: String) -> ScenarioScene {
    let id = scenario_of(&seat.at);
    let brief = id.as_ref().and_then(|id| state.exercises.brief(id));
    let open = room.content.scenarios.open.clone();
    let mut text = vec![brief.map_or(open, str::to_owned)];
    text.extend(KEPT.iter().map(|one| (*one).to_owned()));
    ScenarioScene {
        title,
        status: "not begun".to_owned(),
        ask: Phase::Lobby.question().to_owned(),
        text,
        keys: vec![
            ("Enter", "begin"),
            ("e", "write the brief"),
            ("Esc", "all scenarios"),
        ],
        ..ScenarioScene::default()
    }
}

fn of_run(room: &Room, state: &RoomState, sheet: &Sheet, run: &Exercise) -> ScenarioScene {
    let now = Time(u64::try_from(room.now.0 / 1000).unwrap_or_default());
    let moment = state.ballots.moment(now);
    let outcome = state.ballots.outcome(run);
    let mut scene = match sheet.view {
        View::Explain => explain(&outcome, run),
        View::Categories => categories(room, &outcome),
        View::Compare => compare(state),
        View::Phase | View::Ranking => match run.phase {
            Phase::Lobby => lobby(room, state, run),
            Phase::Collect => collect(run, sheet),
            Phase::Merge => merge(run, sheet),
            Phase::Tag => tag(run, sheet),
            Phase::Shortlist => shortlist(run, sheet, &outcome),
            Phase::Rank | Phase::Rerank => rank(run, sheet),
            Phase::Reveal | Phase::Done => reveal(run, sheet, &outcome, &moment),
            Phase::Match => matching(room, run, sheet),
        },
    };
    let title = run.title.as_deref().unwrap_or("(erased)");
    scene.title = match &run.label {
        Some(label) => format!("{title}, {label}"),
        None => title.to_owned(),
    };
    scene.status = status(run, sheet, &moment, room.now.0 > 0);
    if scene.ask.is_empty() {
        run.phase.question().clone_into(&mut scene.ask);
    }
    scene
}

/// Phase, round, time, how many are in of how many.
fn status(run: &Exercise, sheet: &Sheet, moment: &Moment, known: bool) -> String {
    let mut said = vec![run.phase.title().to_owned()];
    let vote = run.phase.vote().unwrap_or(shown_vote(run, sheet.view));
    let voted = run.phase.vote().is_some() || run.phase >= Phase::Reveal;
    let here = run.here.map(|here| format!(" / {here} here"));
    if let Some(round) = run.last_round(vote).filter(|_| voted) {
        if round.number > 1 {
            said.push(format!("round {}", round.number));
        }
        let people = moment.people_in(run, vote);
        said.push(format!("{people} in{}", here.unwrap_or_default()));
        let waiting = moment.waiting(run, vote);
        if waiting > 0 {
            said.push(format!("{waiting} wait"));
        }
    } else if let Some(here) = run.here {
        said.push(format!("{here} here"));
    }
    if let Some(timer) = run.timer {
        let runs = matches!(timer, crate::exercise::timer::Timer::Runs { .. });
        said.push(match (runs, known) {
            (true, false) => "timer runs".to_owned(),
            _ => timer.shown(moment.now),
        });
    }
    if run.locked {
        said.push("locked".to_owned());
    }
    if run.covered {
        said.push("covered".to_owned());
    }
    said.join("  ")
}

fn lobby(room: &Room, state: &RoomState, run: &Exercise) -> ScenarioScene {
    let brief = state.exercises.brief(&run.scenario);
    let mut text = vec![brief.map_or_else(|| room.content.scenarios.open.clone(), str::to_owned)];
    text.extend(KEPT.iter().map(|one| (*one).to_owned()));
    text.push(match run.settings.way {
        Way::Short => "The short way, ten minutes: collect, tag, reveal, match. w: the long way.",
        Way::Long => "The long way: collect, merge, tag, shortlist, rank, reveal, match. w: the short way.",
    }.to_owned());
    ScenarioScene {
        text,
        keys: vec![
            ("n", "begin"),
            ("e", "brief"),
            ("N", "how many are here"),
            ("p", "who takes part"),
            ("w", "way"),
            ("R", "hold it again"),
        ],
        ..ScenarioScene::default()
    }
}

fn sign(mark: Option<Mark>) -> String {
    mark.map_or_else(String::new, |mark| {
        format!("{} {}", mark.sign(), mark.word())
    })
}

fn said(said: Option<Said>) -> String {
    match said {
        Some(Said::Must) => sign(Some(Mark::Must)),
        Some(Said::Nice) => sign(Some(Mark::Nice)),
        Some(Said::Neither) => "- neither".to_owned(),
        None => String::new(),
    }
}

fn label(label: Option<Label>) -> String {
    match label {
        Some(Label::Must) => sign(Some(Mark::Must)),
        Some(Label::Nice) => sign(Some(Mark::Nice)),
        Some(Label::Level) => "= level".to_owned(),
        _ => String::new(),
    }
}

fn row(run: &Exercise, one: &Candidate, number: usize) -> Row {
    let mut text = one.words.clone();
    if run
        .item(one.id)
        .is_some_and(crate::exercise::Item::is_starter)
    {
        text.push_str(" (starter)");
    }
    if one.members.len() > 1 {
        text.push_str(&format!(" ({} together)", one.members.len()));
    }
    Row {
        lead: number.to_string(),
        text,
        ..Row::default()
    }
}

fn base(run: &Exercise, sheet: &Sheet) -> (Vec<Candidate>, ScenarioScene) {
    let candidates = run.candidates();
    let item = chosen(run, sheet);
    let scene = ScenarioScene {
        rows: (1..)
            .zip(&candidates)
            .map(|(n, one)| row(run, one, n))
            .collect(),
        chosen: candidates.iter().position(|one| Some(one.id) == item),
        ..ScenarioScene::default()
    };
    (candidates, scene)
}

fn collect(run: &Exercise, sheet: &Sheet) -> ScenarioScene {
    let (candidates, mut scene) = base(run, sheet);
    if let Some(entry) = &sheet.entry {
        // The newest is what everybody looks for.
        scene.chosen = candidates.len().checked_sub(1);
        let like = alike(run, &entry.line.text());
        let words = like
            .iter()
            .filter_map(|id| Some(cut(run.item(*id)?.words(), 60)));
        let words: Vec<String> = words.collect();
        if !words.is_empty() {
            scene.text = vec![format!("Already there, perhaps: {}", words.join("; "))];
        }
    }
    scene.keys = vec![
        ("Enter", "type an item"),
        ("s", "starters"),
        ("H", "hide"),
        ("T", "timer"),
        ("L", "lock"),
        ("u", "undo"),
        ("n", "next"),
    ];
    scene
}

fn merge(run: &Exercise, sheet: &Sheet) -> ScenarioScene {
    let (candidates, mut scene) = base(run, sheet);
    for (row, one) in scene.rows.iter_mut().zip(&candidates) {
        if sheet.marked.contains(&one.id) {
            "* marked".clone_into(&mut row.sign);
        }
    }
    let item = chosen(run, sheet);
    let group = candidates.iter().find(|one| Some(one.id) == item);
    let originals = group.filter(|one| one.members.len() > 1).map(|one| {
        let words = one.members.iter().filter_map(|id| run.item(*id));
        let words: Vec<&str> = words.map(crate::exercise::Item::words).collect();
        format!("Together, in their own words: {}", words.join("; "))
    });
    let pairs = crate::exercise::alike::pairs(run);
    let hint = pairs.first().and_then(|(a, b)| {
        let (a, b) = (run.item(*a)?.words(), run.item(*b)?.words());
        Some(format!("The same, perhaps: {}; {}", cut(a, 50), cut(b, 50)))
    });
    scene.text = originals.into_iter().chain(hint).collect();
    scene.keys = vec![
        ("Space", "mark"),
        ("a", "put together"),
        ("-", "take apart"),
        ("e", "heading"),
        ("u", "undo"),
        ("n", "next"),
    ];
    scene
}

/// Where a slip is typed: its number, and that it is not shown when covered.
fn slip_text(run: &Exercise, sheet: &Sheet, voting: Voting) -> String {
    let what = match voting {
        Voting::Tables => format!("Ballot of a table of {}", sheet.table),
        _ => "Slip".to_owned(),
    };
    let covered = if run.covered {
        " Covered: what is typed is not shown."
    } else {
        " C covers the projection."
    };
    format!(
        "{what} {}: pencil the number on it, then Enter.{covered}",
        sheet.slip()
    )
}

fn tag(run: &Exercise, sheet: &Sheet) -> ScenarioScene {
    let (candidates, mut scene) = base(run, sheet);
    let voting = sheet.voting(run, Vote::Tag);
    let round = run.open_round(Vote::Tag);
    for (row, one) in scene.rows.iter_mut().zip(&candidates) {
        match voting {
            Voting::Slips | Voting::Tables if !run.covered => {
                row.sign = sign(sheet.tags.mark(one.id));
            }
            Voting::Aloud => {
                row.sign = said(round.and_then(|round| round.agreed.get(&one.id).copied()));
            }
            Voting::Hands => row.tail = counted(round, one.id),
            _ => {}
        }
    }
    let mut keys = vec![];
    match voting {
        Voting::Hands => {
            "must nice".clone_into(&mut scene.heads);
            let present = round.map_or(0, |round| round.present);
            scene.text = vec![format!("Show of hands: {present} take part.")];
            keys.extend([("Enter", "count hands"), ("p", "how many take part")]);
        }
        Voting::Aloud => {
            scene.text = vec!["Agreed aloud: the room talks until it agrees.".to_owned()];
            keys.push(("Space", "must, nice, neither"));
        }
        _ => {
            scene.text = vec![slip_text(run, sheet, voting)];
            keys.extend([
                ("Space", "must, nice, -"),
                ("Enter", "hand in"),
                ("d", "slip back"),
            ]);
            if voting == Voting::Tables {
                keys.push(("p", "people"));
            }
            keys.push(("C", "cover"));
        }
    }
    keys.extend([("v", "another way"), ("L", "lock"), ("n", "next")]);
    scene.keys = keys;
    scene
}

fn counted(round: Option<&Round>, item: ItemId) -> String {
    let hands = round.and_then(|round| round.hands.get(&item));
    hands.map_or_else(
        || "   -    -".to_owned(),
        |hands| format!("{:>4} {:>4}", hands.must, hands.nice),
    )
}

fn shortlist(run: &Exercise, sheet: &Sheet, outcome: &Outcome) -> ScenarioScene {
    let (candidates, mut scene) = base(run, sheet);
    let list = run.standing_for(&run.shortlist);
    for (row, one) in scene.rows.iter_mut().zip(&candidates) {
        if list.is_empty() || list.iter().any(|listed| listed.id == one.id) {
            "* in".clone_into(&mut row.sign);
        }
        row.tail = tagged(outcome.tagging.as_ref(), one.id);
    }
    "must nice".clone_into(&mut scene.heads);
    scene.text = vec![format!(
        "{} of {} are put in order; {} at most.",
        run.ranked().len(),
        candidates.len(),
        run.settings.shortlist
    )];
    scene.keys = vec![
        ("Enter", "take the most wanted"),
        ("Space", "in or out"),
        ("b", "back"),
        ("n", "next"),
    ];
    scene
}

fn tagged(result: Option<&TagResult>, item: ItemId) -> String {
    let counts = result.and_then(|result| {
        let number = result.candidates.iter().position(|one| one.id == item)?;
        result.counts(number)
    });
    counts.map_or_else(String::new, |(must, nice, _)| {
        format!("{must:>4} {nice:>4}")
    })
}

fn rank(run: &Exercise, sheet: &Sheet) -> ScenarioScene {
    let voting = sheet.voting(run, Vote::Rank);
    let hidden = run.covered && voting != Voting::Aloud;
    let order = if hidden {
        run.ranked().iter().map(|one| one.id).collect()
    } else {
        items(run, sheet)
    };
    let ranked = run.ranked();
    let rows = order
        .iter()
        .filter_map(|id| ranked.iter().find(|one| one.id == *id));
    let rows = rows.map(|one| {
        let level = if sheet.rank.is_level(one.id) { "=" } else { "" };
        let place = sheet.rank.place_of(one.id).filter(|_| !hidden);
        let place = place.map_or_else(|| "-".to_owned(), |place| format!("{level}{place}"));
        Row {
            lead: place,
            ..row(run, one, 0)
        }
    });
    let item = sheet.item.or_else(|| order.first().copied());
    let mut keys = vec![
        ("Space", "next place"),
        ("J K", "move"),
        ("=", "level"),
        ("u", "undo"),
    ];
    let text = if voting == Voting::Aloud {
        keys.push(("Enter", "the room agrees"));
        "Agreed aloud: move the items until the room agrees.".to_owned()
    } else {
        keys.extend([("Enter", "hand in"), ("d", "slip back"), ("C", "cover")]);
        slip_text(run, sheet, voting)
    };
    keys.extend([("v", "another way"), ("n", "next")]);
    ScenarioScene {
        rows: rows.collect(),
        chosen: order.iter().position(|one| Some(*one) == item),
        text: vec![text],
        keys,
        ..ScenarioScene::default()
    }
}

fn reveal(run: &Exercise, sheet: &Sheet, outcome: &Outcome, moment: &Moment) -> ScenarioScene {
    let vote = shown_vote(run, sheet.view);
    let mut scene = match (vote, &outcome.tagging, &outcome.ranking) {
        (Vote::Rank, _, Some(result)) => ranking(result),
        (Vote::Tag, Some(result), _) => tagging(result),
        _ => ScenarioScene {
            text: vec![
                "The result is being sealed; it is there when the session is opened \
                        again."
                    .to_owned(),
            ],
            ..ScenarioScene::default()
        },
    };
    let late = moment.waiting(run, vote);
    if late > 0 {
        scene.text.push(format!(
            "{late} came after the reveal and wait for the next round."
        ));
    }
    let both = outcome.tagging.is_some() && outcome.ranking.is_some();
    let mut keys = vec![("Space", "one line more"), ("A", "all"), ("x", "explain")];
    if both {
        keys.push(("r", "the other result"));
    }
    keys.extend([("o", "by category"), ("c", "scenarios")]);
    if outcome.ranking.is_some() {
        keys.push(("O", "rank again"));
    }
    keys.push(("n", "next"));
    scene.keys = keys;
    scene
}

fn tagging(result: &TagResult) -> ScenarioScene {
    let mut scene = ScenarioScene {
        ask: "Which data must we have? (tagging)".to_owned(),
        heads: "must nice    -".to_owned(),
        ..ScenarioScene::default()
    };
    let Votes::Counted { tally, .. } = &result.votes else {
        scene.text = result.explained();
        scene.heads = String::new();
        if matches!(result.votes, Votes::Shut { .. }) {
            scene.text.push("y: the room agrees to see it.".to_owned());
            return scene;
        }
        let mut agreed: Vec<(&Candidate, Option<Said>)> = result
            .candidates
            .iter()
            .zip(result.agreed.iter().copied())
            .collect();
        agreed.sort_by_key(|(_, said)| (said.is_none(), *said));
        let rows = agreed.into_iter().map(|(one, agreed)| Row {
            sign: said(agreed),
            text: one.words.clone(),
            ..Row::default()
        });
        scene.rows = rows.collect();
        return scene;
    };
    let lines = result.lines();
    let top = result.top_four(Mark::Must).len();
    scene.rows = hidden(result.candidates.len().saturating_sub(lines.len()));
    for (place, number) in lines {
        let (must, nice, neither) = result.counts(number).unwrap_or_default();
        scene.rows.push(Row {
            lead: place.to_string(),
            text: words(&result.candidates, number),
            bar: Some((must, tally.submitted)),
            tail: format!("{must:>4} {nice:>4} {neither:>4}"),
            ..Row::default()
        });
    }
    if result.shown == Shown::All && top > 0 {
        if let Some(row) = scene.rows.get_mut(top) {
            row.rule = Some("top four above");
        }
        scene.text = result.explained().into_iter().take(1).collect();
    }
    scene
}

fn hidden(rows: usize) -> Vec<Row> {
    let row = Row {
        lead: "?".to_owned(),
        text: ".".to_owned(),
        ..Row::default()
    };
    vec![row; rows]
}

fn words(candidates: &[Candidate], number: usize) -> String {
    candidates
        .get(number)
        .map_or_else(String::new, |one| one.words.clone())
}

fn ranking(result: &RankResult) -> ScenarioScene {
    let mut scene = ScenarioScene {
        ask: "In which order do we need it? (ranking)".to_owned(),
        ..ScenarioScene::default()
    };
    let lines = result.lines();
    let most = result.order().map_or(0, crate::tally::Order::len);
    scene.rows = hidden(most.saturating_sub(lines.len()));
    let tally = result.votes.counted().filter(|tally| tally.counted > 0);
    let best = tally.and_then(|tally| tally.borda.points.iter().max().copied());
    for (place, number) in lines {
        let points = tally.and_then(|tally| tally.borda.points.get(number).copied());
        scene.rows.push(Row {
            lead: place.to_string(),
            text: words(&result.candidates, number),
            bar: points
                .zip(best)
                .map(|(points, best)| (points.doubled(), best.doubled().max(1))),
            tail: points.map_or_else(String::new, |points| format!("{points:>7}")),
            ..Row::default()
        });
    }
    if tally.is_some() {
        "points".clone_into(&mut scene.heads);
    } else {
        scene.text = result.explained();
    }
    if matches!(result.votes, Votes::Shut { .. }) {
        scene.text.push("y: the room agrees to see it.".to_owned());
    }
    if result.shown == Shown::All
        && let Some(tally) = tally
    {
        let said = tally.w.zip(tally.agreement());
        scene
            .text
            .extend(said.map(|(w, word)| format!("Agreement: {word} (Kendall's W {w:.2}).")));
        if !tally.disagreements().is_empty() {
            scene
                .text
                .push("Other methods disagree: x says how.".to_owned());
        }
    }
    scene
}

fn explain(outcome: &Outcome, run: &Exercise) -> ScenarioScene {
    let mut text = Vec::new();
    if let Some(result) = &outcome.tagging {
        text.push("Must have and nice to have:".to_owned());
        text.extend(result.explained());
    }
    let shown = run
        .sealed_round(Vote::Rank)
        .is_some_and(|one| one.shown == Shown::All);
    if let Some(result) = outcome.ranking.as_ref().filter(|_| shown) {
        text.push("The ranking:".to_owned());
        text.extend(result.explained());
    }
    ScenarioScene {
        ask: "What this result says, to be read aloud.".to_owned(),
        text,
        keys: vec![("Up Down", "scroll"), ("Esc", "back to the result")],
        ..ScenarioScene::default()
    }
}

fn matching(room: &Room, run: &Exercise, sheet: &Sheet) -> ScenarioScene {
    let (candidates, mut scene) = base(run, sheet);
    for (row, one) in scene.rows.iter_mut().zip(&candidates) {
        row.tail = verdict(room, run.verdict(one.id).as_ref());
    }
    let Some(one) = scene.chosen.and_then(|at| candidates.get(at)) else {
        return scene;
    };
    let found = Finds(room).suggest(&one.words);
    let now = run.verdict(one.id);
    let box_of = |on: bool| if on { "[x]" } else { "[ ]" }.to_owned();
    for category in CategoryId::ALL {
        let on = now
            .as_ref()
            .is_some_and(|now| now.categories().any(|one| one == *category));
        let why = found.iter().find(|one| one.category == *category);
        scene.second.push(Row {
            sign: box_of(on),
            text: room.content.category(*category).short.clone(),
            tail: why.map_or_else(String::new, |why| {
                format!("suggested: {}", cut(&why.because.join("; "), 44))
            }),
            ..Row::default()
        });
    }
    scene.second.push(Row {
        sign: box_of(now == Some(Verdict::NoneOfEight)),
        text: "None of the eight (a finding)".to_owned(),
        ..Row::default()
    });
    scene.second_chosen = Some(sheet.category);
    scene.keys = vec![
        ("Up Down", "item"),
        ("Left Right", "category"),
        ("Space", "yes or no"),
        ("0", "none of the eight"),
        ("o", "by category"),
        ("n", "next"),
    ];
    scene
}

fn verdict(room: &Room, verdict: Option<&Verdict>) -> String {
    match verdict {
        None => "-".to_owned(),
        Some(Verdict::NoneOfEight) => "none of the eight".to_owned(),
        Some(verdict) => {
            let codes = verdict.categories();
            let codes = codes.map(|one| room.content.category(one).code.clone());
            codes.collect::<Vec<_>>().join(" ")
        }
    }
}

fn categories(room: &Room, outcome: &Outcome) -> ScenarioScene {
    let mut text = Vec::new();
    let must: Vec<&str> = outcome
        .categories
        .must_exist()
        .into_iter()
        .map(|one| room.content.category(one).short.as_str())
        .collect();
    text.push(if must.is_empty() {
        "No must have is matched to a category yet.".to_owned()
    } else {
        format!("These must exist for this scenario: {}.", must.join(", "))
    });
    for (producer, items) in &outcome.categories.rows {
        let name = match producer {
            Producer::Category(one) => room.content.category(*one).short.clone(),
            Producer::NoneOfEight => "None of the eight".to_owned(),
            Producer::Unmatched => "Not matched".to_owned(),
        };
        let items = items.iter().map(|one| {
            let sign = label(one.label);
            format!("{sign} {}", cut(&one.words, 60)).trim().to_owned()
        });
        let items: Vec<String> = items.collect();
        let items = if items.is_empty() {
            "nothing".to_owned()
        } else {
            items.join("; ")
        };
        text.push(format!("{name}: {items}"));
    }
    text.push(format!("Must and nice {}.", outcome.labels.basis.words()));
    ScenarioScene {
        ask: "What this room needs, by the category that produces it.".to_owned(),
        text,
        keys: vec![("Up Down", "scroll"), ("Esc", "back")],
        ..ScenarioScene::default()
    }
}

fn compare(state: &RoomState) -> ScenarioScene {
    let mut seen = Vec::new();
    let mut runs: Vec<&Exercise> = state.exercises.runs.values().rev().collect();
    runs.retain(|run| {
        let first = !seen.contains(&&run.scenario);
        seen.push(&run.scenario);
        first
    });
    runs.reverse();
    let outcomes: Vec<Outcome> = runs.iter().map(|run| state.ballots.outcome(run)).collect();
    let columns: Vec<Column<'_>> = runs
        .iter()
        .zip(&outcomes)
        .map(|(run, outcome)| Column {
            run,
            labels: &outcome.labels,
            tagging: outcome.tagging.as_ref(),
        })
        .collect();
    let found = scenarios(&state.exercises, &columns);
    let mut lines: Vec<&crate::exercise::compare::Line> = found.lines.iter().collect();
    lines.sort_by_key(|line| (!line.is_must_in_all(), !line.moves()));
    let rows = lines.iter().map(|line| Row {
        sign: if line.is_must_in_all() {
            "! all".to_owned()
        } else {
            String::new()
        },
        text: line.words.clone(),
        tail: line.cells.iter().fold(String::new(), |tail, cell| {
            let label = cell.as_ref().map(|cell| cell.label);
            let word = match label {
                None => ".",
                Some(Some(Label::Must)) => "!must",
                Some(Some(Label::Nice)) => "+nice",
                Some(Some(Label::Level)) => "=both",
                Some(_) => "-",
            };
            format!("{tail}{word:>6}")
        }),
        ..Row::default()
    });
    let names = (1..)
        .zip(&runs)
        .map(|(number, run)| format!("{number} {}", run.title.as_deref().unwrap_or("(erased)")));
    let names: Vec<String> = names.collect();
    ScenarioScene {
        title: "Scenarios side by side".to_owned(),
        ask: "What is must have in all of them, and what moves?".to_owned(),
        heads: (1..=runs.len()).fold(String::new(), |heads, number| format!("{heads}{number:>6}")),
        rows: rows.collect(),
        text: vec![if names.is_empty() {
            "No exercise was held yet.".to_owned()
        } else {
            names.join("; ")
        }],
        keys: vec![("Esc", "back")],
        ..ScenarioScene::default()
    }
}
