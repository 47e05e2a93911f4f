//! What a participant is told, in the language of the seat.
//!
//! Owns the languages and their words, which stand in `content/hints`, one file a language. The
//! room's own words (items, briefs, titles) are never in them and never translated; what the
//! facilitator reads stays English. A file is read when its language is first spoken. That all
//! files are whole, and say the same with the same `{…}`, is held by the tests of this module.
//! Knows no terminal, files, clock or network. Start at [`Language`].

use std::sync::OnceLock;

use serde::Deserialize;

use crate::exercise::{Mark, Phase};

/// A language in which hints are given.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Language {
    /// English.
    #[default]
    En,
    /// French.
    Fr,
    /// Spanish.
    Es,
}

impl Language {
    /// All of them, in the order in which a seat goes through them.
    pub const ALL: [Self; 3] = [Self::En, Self::Fr, Self::Es];

    /// Its tag, as BCP 47 writes it.
    pub const fn tag(self) -> &'static str {
        match self {
            Self::En => "en",
            Self::Fr => "fr",
            Self::Es => "es",
        }
    }

    /// Its name in itself.
    pub const fn name(self) -> &'static str {
        match self {
            Self::En => "English",
            Self::Fr => "Français",
            Self::Es => "Español",
        }
    }

    /// The language of a tag, of whatever country: `fr-CH` is French.
    pub fn of(tag: &str) -> Option<Self> {
        let main = tag.split(['-', '_']).next()?.trim();
        let mut all = Self::ALL.into_iter();
        all.find(|one| one.tag().eq_ignore_ascii_case(main))
    }

    /// The one after it; after the last the first.
    #[must_use]
    pub const fn next(self) -> Self {
        match self {
            Self::En => Self::Fr,
            Self::Fr => Self::Es,
            Self::Es => Self::En,
        }
    }

    const fn file(self) -> &'static str {
        match self {
            Self::En => include_str!("../content/hints/en.ron"),
            Self::Fr => include_str!("../content/hints/fr.ron"),
            Self::Es => include_str!("../content/hints/es.ron"),
        }
    }
}

/// Defines the parts of the hints: every word is there, and nothing else.
macro_rules! parts {
    ($($(#[$doc:meta])* $name:ident { $($field:ident),+ $(,)? })+) => {$(
        $(#[$doc])*
        #[derive(Debug, Default, Deserialize)]
        #[cfg_attr(test, derive(serde::Serialize))]
        #[serde(deny_unknown_fields)]
        pub(crate) struct $name { $(pub(crate) $field: String,)+ }
    )+};
}

/// Everything that is said in one language.
#[derive(Debug, Default, Deserialize)]
#[cfg_attr(test, derive(serde::Serialize))]
#[serde(deny_unknown_fields)]
pub(crate) struct Hints {
    pub(crate) keys: Keys,
    pub(crate) marks: Marks,
    pub(crate) phases: Phases,
    pub(crate) questions: Phases,
    pub(crate) status: Status,
    pub(crate) welcome: Welcome,
    pub(crate) back: Back,
    pub(crate) waiting: Waiting,
    pub(crate) collect: Collect,
    pub(crate) ballot: Ballot,
    pub(crate) result: Outcome,
    pub(crate) said: Said,
    pub(crate) refusals: Refusals,
    pub(crate) farewell: Farewells,
    pub(crate) phone: Phone,
}

parts! {
    /// Names of keys, and the words of the last line.
    Keys { enter, space, esc, up, up_down, more, help, others, back }
    /// Must and nice.
    Marks {
        must, nice, neither, must_have, nice_to_have, must_have_line, nice_to_have_line
    }
    /// Something for each phase.
    Phases {
        lobby, collect, merge, tag, shortlist, rank, reveal, matching, rerank, done
    }
    /// The state at the right of the title.
    Status { round, people_in, people_here, waiting, timer, locked, covered }
    /// The first screen.
    Welcome {
        title, ask, purpose, kept, anonymous, back_line, back_code, go_on, leave, was_here
    }
    /// Coming back with a code.
    Back { unknown, where_it_stood, without, title_unknown, title, ask, code, begin, find }
    /// While there is nothing to do.
    Waiting {
        title, ask, by_itself, then, meanwhile, lobby, merge, shortlist, talk, next_collect,
        next_tag, next_rank, nothing, matrix, find, here
    }
    /// Naming.
    Collect {
        reword, type_item, keep, leave_it, nice_instead, must_instead, hand_in, reword_chosen,
        choose, stop, waits, hidden, already, begin, counted
    }
    /// Tag and Rank.
    Ballot {
        ask_tag, ask_top, ask_rank, choose, marks, next_place, move_it, level, undo, hand_in, back,
        locked, time_up, is_in, handed, waits, may_change, changed, late, not_yet, must_and_nice,
        blank, placed
    }
    /// Around a result.
    Outcome { ask_tag, ask_rank, scroll, other, fill_in, over, waits, came_back, missed }
    /// Sentences on the last line.
    Said {
        language, own_seat, back, gone, type_first, all_placed, not_shared, named, reworded,
        taken_back, other_session, stays, not_yours, not_typing
    }
    /// Why something was not taken; the words of the rules, as far as a participant meets them.
    Refusals {
        no_exercise, no_item, locked, time_over, finished, no_round, not_the_author, in_group,
        no_words, too_long, full, no_ties, too_many_places, closed, not_now
    }
    /// What is said to whoever leaves.
    Farewells {
        left, stalled, idle, closed, elsewhere, shut, failed, code, line, same_line
    }
    /// The pages of phones.
    Phone {
        title, welcome, typed, time_left, stopped, parts, part, filled_in, go_on, back, marks, order, late, take_back, look_again, gone_on, show_now, not_open, session_over, merging, in_a_moment, locked, time_over, you_are_in, begins_soon, purpose, kept, on_the_way, one_thing, do_we_need_it, not_said, add, moderated, named, kept_one, alike, if_alike, waits, hidden, in_group, change, your_words, keep_words, leave_it, open_is_neither, hand_in, hand_in_again, give_places, may_share, rest_empty, tap, all_given, numbers, tap_instead, handed_in, all_neither, blank, may_change, change_on, change_it, counts, no_result, not_on_wall, other_result, which_must, which_order, covered, top_four, counted, points, moved_on, new_round, not_in, not_on, one_place, places, enough, shared, from_to, come_in, code, code_like, type_code, not_this_code, wrong_code, one_moment, guessing, you_have_a_seat, back_to_it, nothing_here, to_the_exercise, not_this_name, open_address, not_done, foreign, not_taken, too_much, come_in_again, no_seat
    }
}

/// What is said in a language.
pub(crate) fn hints(language: Language) -> &'static Hints {
    static READ: [OnceLock<Hints>; 3] = [OnceLock::new(), OnceLock::new(), OnceLock::new()];
    let [en, fr, es] = &READ;
    let read = match language {
        Language::En => en,
        Language::Fr => fr,
        Language::Es => es,
    };
    // The files are part of the program, and tests read them all: there is no default to see.
    read.get_or_init(|| ron::from_str(language.file()).unwrap_or_default())
}

/// A sentence with its `{…}` filled in. What is filled in is not looked at again: it may be
/// anything that people typed.
pub(crate) fn filled(sentence: &str, values: &[(&str, &dyn std::fmt::Display)]) -> String {
    let mut said = String::with_capacity(sentence.len());
    for part in parts(sentence) {
        match part {
            Part::Words(words) => said.push_str(words),
            Part::Place(name) => {
                if let Some((_, value)) = values.iter().find(|(one, _)| *one == name) {
                    said.push_str(&value.to_string());
                }
            }
        }
    }
    said
}

/// A piece of a sentence.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Part<'a> {
    Words(&'a str),
    /// The name between braces.
    Place(&'a str),
}

fn parts(sentence: &str) -> Vec<Part<'_>> {
    let mut parts = Vec::new();
    let mut rest = sentence;
    while let Some((words, after)) = rest.split_once('{') {
        let Some((name, after)) = after.split_once('}') else {
            break;
        };
        parts.extend([Part::Words(words), Part::Place(name)]);
        rest = after;
    }
    parts.push(Part::Words(rest));
    parts
}

/// What stands in a text where a sentence has its `{…}`; nothing where it is another text.
fn read<'a>(sentence: &'a str, text: &'a str) -> Option<Vec<(&'a str, &'a str)>> {
    let mut values = Vec::new();
    let mut rest = text;
    let mut name = None;
    for part in parts(sentence) {
        match (part, name.take()) {
            (Part::Place(one), _) => name = Some(one),
            (Part::Words(words), None) => rest = rest.strip_prefix(words)?,
            (Part::Words(words), Some(name)) => {
                let at = if words.is_empty() {
                    rest.len()
                } else {
                    rest.find(words)?
                };
                let (value, after) = rest.split_at_checked(at)?;
                values.push((name, value));
                rest = after.strip_prefix(words)?;
            }
        }
    }
    rest.is_empty().then_some(values)
}

impl Hints {
    /// Why something was not taken, said in this language; the words of the rules themselves
    /// where they are none that a participant usually meets.
    pub(crate) fn refusal(&self, why: &str) -> String {
        let rules = hints(Language::En).refusals.all();
        let said = rules.into_iter().zip(self.refusals.all());
        let mut said = said.filter_map(|(rule, own)| {
            let values = read(rule, why)?;
            let values: Vec<(&str, &dyn std::fmt::Display)> = values
                .iter()
                .map(|(name, value)| (*name, value as &dyn std::fmt::Display))
                .collect();
            Some(filled(own, &values))
        });
        said.next().unwrap_or_else(|| why.to_owned())
    }

    /// The word of a mark.
    pub(crate) fn mark(&self, mark: Mark) -> &str {
        match mark {
            Mark::Must => &self.marks.must,
            Mark::Nice => &self.marks.nice,
        }
    }

    /// The sign and the word of a mark; nothing where there is none.
    pub(crate) fn sign(&self, mark: Option<Mark>) -> String {
        mark.map_or_else(String::new, |mark| {
            format!("{} {}", mark.sign(), self.mark(mark))
        })
    }
}

impl Phases {
    /// That of a phase.
    pub(crate) fn of(&self, phase: Phase) -> &str {
        match phase {
            Phase::Lobby => &self.lobby,
            Phase::Collect => &self.collect,
            Phase::Merge => &self.merge,
            Phase::Tag => &self.tag,
            Phase::Shortlist => &self.shortlist,
            Phase::Rank => &self.rank,
            Phase::Reveal => &self.reveal,
            Phase::Match => &self.matching,
            Phase::Rerank => &self.rerank,
            Phase::Done => &self.done,
        }
    }
}

impl Refusals {
    fn all(&self) -> [&str; 15] {
        [
            &self.no_exercise,
            &self.no_item,
            &self.locked,
            &self.time_over,
            &self.finished,
            &self.no_round,
            &self.not_the_author,
            &self.in_group,
            &self.no_words,
            &self.too_long,
            &self.full,
            &self.no_ties,
            &self.too_many_places,
            &self.closed,
            &self.not_now,
        ]
    }
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]
mod tests {
    use std::collections::BTreeSet;

    use serde_json::Value;

    use super::*;
    use crate::exercise::{ExerciseId, ItemId, Refusal};

    fn read_all() -> [(Language, Hints); 3] {
        Language::ALL.map(|one| (one, ron::from_str(one.file()).unwrap()))
    }

    /// Every sentence with where it stands.
    fn sentences(of: &Value, at: &str, found: &mut Vec<(String, String)>) {
        match of {
            Value::Object(fields) => {
                for (name, value) in fields {
                    sentences(value, &format!("{at}.{name}"), found);
                }
            }
            Value::String(text) => found.push((at.to_owned(), text.clone())),
            other => panic!("{at} is {other}"),
        }
    }

    fn all(hints: &Hints) -> Vec<(String, String)> {
        let mut found = Vec::new();
        sentences(&serde_json::to_value(hints).unwrap(), "", &mut found);
        found
    }

    fn places(sentence: &str) -> BTreeSet<String> {
        let parts = parts(sentence).into_iter();
        let names = parts.filter_map(|part| match part {
            Part::Place(name) => Some(name.to_owned()),
            Part::Words(_) => None,
        });
        names.collect()
    }

    #[test]
    fn every_language_is_whole() {
        for (language, own) in read_all() {
            for (at, text) in all(&own) {
                assert!(!text.trim().is_empty(), "{language:?}{at} is empty");
                assert!(!text.contains(char::is_control), "{language:?}{at}");
            }
        }
    }

    #[test]
    fn a_word_too_few_or_too_many_is_a_fault() {
        let file = Language::Fr.file();
        let few = file.replacen("        esc: \"Échap\",\n", "", 1);
        assert_ne!(few, file);
        let said = ron::from_str::<Hints>(&few).unwrap_err().to_string();
        assert!(said.contains("esc"), "{said}");
        let many = file.replacen("esc: ", "escape: \"\", esc: ", 1);
        let said = ron::from_str::<Hints>(&many).unwrap_err().to_string();
        assert!(said.contains("escape"), "{said}");
    }

    #[test]
    fn what_is_filled_in_is_the_same_in_every_language() {
        let [(_, english), others @ ..] = read_all();
        for (language, own) in others {
            for ((at, here), (_, there)) in all(&english).into_iter().zip(all(&own)) {
                assert_eq!(places(&here), places(&there), "{language:?}{at}");
                assert_eq!(here.matches('{').count(), there.matches('{').count());
                assert_eq!(there.matches('{').count(), there.matches('}').count());
            }
        }
    }

    #[test]
    fn english_says_what_the_room_says() {
        let [(_, english), ..] = read_all();
        for phase in Phase::ALL.iter().copied() {
            assert_eq!(english.phases.of(phase), phase.title());
            assert_eq!(english.questions.of(phase), phase.question());
        }
        for mark in [Mark::Must, Mark::Nice] {
            assert_eq!(english.mark(mark), mark.word());
        }
    }

    #[test]
    fn what_the_rules_say_to_a_participant_is_said_in_every_language() {
        let met = [
            Refusal::NoExercise(ExerciseId(1)),
            Refusal::NoItem(ItemId(1)),
            Refusal::NotNow {
                now: Phase::Tag,
                belongs: "Collect",
            },
            Refusal::Locked,
            Refusal::TimeOver,
            Refusal::Finished,
            Refusal::NoRound,
            Refusal::NotTheAuthor,
            Refusal::InGroup,
            Refusal::NoWords,
            Refusal::TooLong {
                most: 200,
                length: 413,
            },
            Refusal::Full { most: 120 },
            Refusal::NoTies,
            Refusal::TooManyPlaces { most: 5 },
        ];
        for why in met {
            let why = why.to_string();
            assert_eq!(hints(Language::En).refusal(&why), why);
            for language in [Language::Fr, Language::Es] {
                let said = hints(language).refusal(&why);
                assert_ne!(said, why, "{language:?}");
                assert!(!said.contains(['{', '}']), "{said}");
            }
        }
        let closed = crate::room::Refusal::Closed.to_string();
        assert_ne!(hints(Language::Fr).refusal(&closed), closed);
        let long = "200 characters at most; this has 413";
        assert_eq!(
            hints(Language::Es).refusal(long),
            "200 caracteres como máximo; esto tiene 413"
        );
        assert_eq!(
            hints(Language::Es).refusal("the disk is full"),
            "the disk is full"
        );
    }

    #[test]
    fn what_keys_do_is_said_within_the_room_that_a_key_has() {
        const ROOM: usize = 40;
        for (_, own) in read_all() {
            let (naming, vote, shown) = (&own.collect, &own.ballot, &own.result);
            let (first, idle) = (&own.welcome, &own.waiting);
            let all = [
                [&naming.type_item, &naming.keep, &naming.leave_it],
                [&naming.nice_instead, &naming.must_instead, &naming.hand_in],
                [&naming.reword_chosen, &naming.choose, &naming.stop],
                [&vote.choose, &vote.marks, &vote.next_place],
                [&vote.move_it, &vote.level, &vote.undo],
                [&vote.hand_in, &vote.back, &shown.scroll],
                [&shown.other, &shown.fill_in, &first.go_on],
                [&first.leave, &first.was_here, &own.keys.others],
                [&idle.matrix, &idle.find, &idle.here],
                [&own.back.begin, &own.back.find, &own.keys.help],
            ];
            for said in all.as_flattened() {
                assert!(said.chars().count() <= ROOM, "{said}");
            }
        }
    }

    #[test]
    fn what_people_typed_is_not_filled_in_again() {
        let said = filled("a {x} b {y}", &[("x", &"{y}"), ("y", &7)]);
        assert_eq!(said, "a {y} b 7");
        assert_eq!(filled("no {end", &[]), "no {end");
    }

    #[test]
    fn a_tag_of_any_country_is_its_language() {
        assert_eq!(Language::of("fr-CH"), Some(Language::Fr));
        assert_eq!(Language::of("ES"), Some(Language::Es));
        assert_eq!(Language::of("frr"), None);
        assert_eq!(Language::of(""), None);
    }
}
