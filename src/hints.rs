//! What a participant is told, in the language of the seat, and what is said of a result.
//!
//! Owns the languages and their words, which stand in `content/hints`, one file a language. The
//! room's own words (items, briefs, titles) are never in them and never translated; what the
//! facilitator and the wall read stays English. A file is read when its language is first spoken.
//! That all files are whole, and say the same with the same `{…}`, is held by the tests of this
//! module. Knows no terminal, files, clock or network. Start at [`Language`].

mod help;
mod parts;
mod ranking;
mod refusals;
mod tagging;

use std::sync::OnceLock;

use crate::exercise::{Mark, Phase};
pub(crate) use parts::*;
pub use ranking::{of_ranking, sentences};
pub use tagging::of_tagging;

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

fn with_last(parts: &[String], word: &str) -> String {
    match parts {
        [] => String::new(),
        [only] => only.clone(),
        [first @ .., last] => format!("{} {word} {last}", first.join(", ")),
    }
}

/// A reason as a sentence of its own: with a capital, and a stop at the end.
pub(crate) fn sentence(why: &str) -> String {
    let mut letters = why.chars();
    let first = letters.next().map(|c| c.to_uppercase().to_string());
    let mut said = first.unwrap_or_default() + letters.as_str();
    if !said.ends_with(['.', '!', '?']) {
        said.push('.');
    }
    said
}

impl Hints {
    /// "A, B and C".
    pub(crate) fn and(&self, parts: &[String]) -> String {
        with_last(parts, &self.explain.and)
    }

    /// "A, B or C".
    pub(crate) fn or(&self, parts: &[String]) -> String {
        with_last(parts, &self.explain.or)
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

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]
mod tests {
    use std::collections::BTreeSet;

    use serde_json::Value;

    use super::*;

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
