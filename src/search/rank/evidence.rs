//! What the words of a need say for each category.
//!
//! Owns how a typed word is read (as it stands, as the beginning of others, as a typing error or
//! as two words written together), and what each reading weighs: by the thesaurus, the sources,
//! the example questions and what was taught. Decides nothing: what wins, and how sure that is,
//! is the verdict's. Start at [`Engine::read`] and [`Engine::evidence`].

use super::super::index::{CATEGORIES, Gains};
use super::super::questions::Lesson;
use super::super::quick::Set;
use super::super::text::{self, Role, Word};
use super::super::thesaurus::{Kind, Match};
use super::super::typos::Tongues;
use super::Engine;

const MOST_CORRECTIONS: usize = 8;
const MOST_COMPLETIONS: usize = 6;
const CORRECTED_SHARE: f32 = 0.85;
const COMPLETED_SHARE: f32 = 0.8;
/// What a further phrase of the same concept adds.
const AGAIN: f32 = 0.5;
const TAUGHT: f32 = 6.0;

/// How a word of the need is read.
#[derive(Debug, Clone)]
pub(super) struct Read {
    pub(super) word: Word,
    /// What it is read as, where that is not what was typed.
    pub(super) typed: Option<String>,
    share: f32,
    pub(super) known: bool,
    /// The name of a person or place, as far as one can see: left as it stands.
    pub(super) name: bool,
    /// What it may become while it is still typed.
    pub(super) completions: Vec<Word>,
}

/// What a run of words says for each category.
pub(super) struct Evidence {
    pub(super) first: usize,
    pub(super) count: usize,
    pub(super) gains: Gains,
    pub(super) what: What,
}

/// Where evidence comes from.
pub(super) enum What {
    Concept(usize),
    Word {
        field: Box<[Option<(u32, String)>; CATEGORIES]>,
        family: bool,
    },
    Lesson(Lesson),
    Taught,
}

impl Read {
    /// The word as it stands.
    fn plain(word: &Word, known: bool) -> Self {
        Self {
            word: word.clone(),
            typed: None,
            share: 1.0,
            known,
            name: false,
            completions: Vec::new(),
        }
    }

    /// The word taken for another one; `said` is what a reader is told.
    fn taken_for(word: &Word, other: &str, said: &str, share: f32) -> Self {
        Self {
            word: reread(word, other),
            typed: Some(said.to_owned()),
            share,
            known: true,
            name: false,
            completions: Vec::new(),
        }
    }
}

impl Engine {
    /// Reads every word: as it stands, or else as the nearest that means something here.
    pub(super) fn read(&self, typed: &[Word], unfinished: bool) -> Vec<Read> {
        let mut corrections = 0;
        let capitals_stand_out = capitals_stand_out(typed);
        let spoken = self
            .vocabulary
            .spoken(typed.iter().map(|w| w.canon.as_str()));
        let mut out = Vec::with_capacity(typed.len());
        for (number, word) in typed.iter().enumerate() {
            if self.knows(word) {
                out.push(Read::plain(word, true));
                continue;
            }
            let last = number + 1 == typed.len();
            if unfinished
                && last
                && let Some(begun) = self.begun(word)
            {
                out.push(begun);
                continue;
            }
            let name = number > 0
                && capitals_stand_out
                && is_capitalised(word)
                && !self.vocabulary.is_everyday(&word.canon);
            if name {
                out.push(Read {
                    name: true,
                    ..Read::plain(word, false)
                });
                continue;
            }
            corrections += 1;
            if corrections > MOST_CORRECTIONS {
                out.push(Read::plain(word, false));
            } else {
                self.correct(word, spoken, &mut out);
            }
        }
        out
    }

    /// An unfinished word as the words that it may become.
    fn begun(&self, word: &Word) -> Option<Read> {
        if word.canon.chars().count() < 3 {
            return None;
        }
        let found = self.vocabulary.completions(&word.canon, MOST_COMPLETIONS);
        let first = found.first()?;
        Some(Read {
            completions: found.iter().map(|w| reread(word, w)).collect(),
            ..Read::taken_for(word, first, first, COMPLETED_SHARE)
        })
    }

    /// A word that nobody knows as a typing error, or as two words written together.
    fn correct(&self, word: &Word, spoken: Tongues, out: &mut Vec<Read>) {
        if let Some(meant) = self.vocabulary.read_as(&word.canon, spoken) {
            out.push(Read::taken_for(word, meant, meant, CORRECTED_SHARE));
        } else if let Some((head, tail)) = self.vocabulary.split(&word.canon) {
            let both = format!("{head} {tail}");
            for half in [head, tail] {
                out.push(Read::taken_for(word, half, &both, CORRECTED_SHARE));
            }
        } else {
            out.push(Read::plain(word, false));
        }
    }

    fn knows(&self, word: &Word) -> bool {
        self.vocabulary.has(&word.canon)
            || self.vocabulary.has(&word.light)
            || self.lessons.knows(&word.canon, &self.stems)
            || self.index.knows(&word.canon, &self.stems)
    }

    /// All that the words say, alone, in pairs and in phrases.
    pub(super) fn evidence(&self, read: &[Read], words: &[Word]) -> Vec<Evidence> {
        let mut out = Vec::new();
        self.concept_evidence(read, words, &mut out);
        for (number, piece) in read.iter().enumerate() {
            let readings = if piece.completions.is_empty() {
                std::slice::from_ref(&piece.word)
            } else {
                &piece.completions
            };
            let each = piece.share / readings.len() as f32;
            for word in readings {
                self.word_evidence(number, word, each, &mut out);
            }
        }
        for (first, pair) in words.windows(2).enumerate() {
            if let Some(lesson) = self.lessons.pair(&pair[0], &pair[1]) {
                let share = share(&read[first..first + 2]);
                out.push(Evidence {
                    first,
                    count: 2,
                    gains: lesson.lift.map(|l| l * self.weights.lessons * share),
                    what: What::Lesson(lesson),
                });
            }
        }
        self.taught_evidence(words, &mut out);
        out
    }

    /// What the thesaurus says; a concept that is met again adds little.
    fn concept_evidence(&self, read: &[Read], words: &[Word], out: &mut Vec<Evidence>) {
        let matches = self.thesaurus.matches(words);
        let any_topic = matches.iter().any(|found| self.is_topical(found));
        let mut met: Set<usize> = Set::default();
        for found in &matches {
            let again = if met.insert(found.concept) {
                1.0
            } else {
                AGAIN
            };
            let run = &read[found.first..found.first + found.count];
            let scale =
                again * self.strength(found, any_topic) * self.trust(found, words) * share(run);
            out.push(Evidence {
                first: found.first,
                count: found.count,
                gains: self.concept_gains(found, scale),
                what: What::Concept(found.concept),
            });
        }
    }

    fn is_topical(&self, found: &Match) -> bool {
        !found.weak && self.thesaurus.concepts[found.concept].kind == Kind::Topic
    }

    /// How much a match counts beside the others, and for how near it is to what was typed.
    fn strength(&self, found: &Match, any_topic: bool) -> f32 {
        let strength = match (self.is_topical(found), any_topic) {
            (true, _) => 1.0,
            (false, true) => self.weights.weak,
            (false, false) => 0.8,
        };
        strength * if found.exact { 1.0 } else { 0.9 }
    }

    /// A single word counts as much as the questions bear out; a phrase is taken at its word.
    fn trust(&self, found: &Match, words: &[Word]) -> f32 {
        if found.count > 1 || !self.is_topical(found) {
            return 1.0;
        }
        let votes = &self.thesaurus.concepts[found.concept].votes;
        self.lessons.trust(&words[found.first], votes)
    }

    fn concept_gains(&self, found: &Match, scale: f32) -> Gains {
        let w = &self.weights;
        let votes = self.thesaurus.concepts[found.concept].votes;
        let backing = self.backing[found.concept].gains;
        let longer = 1.0 + w.longer_phrase * (found.count - 1) as f32;
        let mut gains = [0.0; CATEGORIES];
        for (gain, (vote, backing)) in gains.iter_mut().zip(votes.into_iter().zip(backing)) {
            *gain = scale * (w.votes * longer * vote + w.expansion * backing);
        }
        gains
    }

    fn word_evidence(&self, number: usize, word: &Word, share: f32, out: &mut Vec<Evidence>) {
        let w = &self.weights;
        if word.role == Role::Content
            && let Some((entry, scale)) = self.index.find(&word.canon, &word.light, &self.stems)
        {
            let mut field: Box<[Option<(u32, String)>; CATEGORIES]> = Box::default();
            for (at, place) in field.iter_mut().enumerate() {
                *place = entry.field[at].map(|f| (f, entry.written[at].clone()));
            }
            let gains = entry.gains.map(|g| g * scale * share * w.fields);
            out.push(Evidence {
                first: number,
                count: 1,
                gains,
                what: What::Word {
                    field,
                    family: scale < 1.0,
                },
            });
        }
        if let Some(lesson) = self.lessons.word(word, &self.stems) {
            let gains = lesson.lift.map(|l| l * share * w.lessons);
            out.push(Evidence {
                first: number,
                count: 1,
                gains,
                what: What::Lesson(lesson),
            });
        }
    }

    fn taught_evidence(&self, words: &[Word], out: &mut Vec<Evidence>) {
        for (phrase, category) in &self.taught {
            let Some(first) = words.iter().position(|w| phrase.contains(&w.light)) else {
                continue;
            };
            if !phrase.iter().all(|p| words.iter().any(|w| w.light == *p)) {
                continue;
            }
            let last = words
                .iter()
                .rposition(|w| phrase.contains(&w.light))
                .unwrap_or(first);
            let mut gains = [0.0; CATEGORIES];
            gains[*category] = TAUGHT;
            out.push(Evidence {
                first,
                count: last - first + 1,
                gains,
                what: What::Taught,
            });
        }
    }
}

/// "Prince", not "PRINCE" and not "prince".
fn is_capitalised(word: &Word) -> bool {
    let mut letters = word.typed.chars();
    letters.next().is_some_and(char::is_uppercase) && letters.all(|c| !c.is_uppercase())
}

/// Whether capitals mean something: most words are written without.
fn capitals_stand_out(typed: &[Word]) -> bool {
    let small = |w: &&Word| w.typed.chars().next().is_some_and(char::is_lowercase);
    typed.iter().filter(small).count() * 2 > typed.len()
}

fn reread(word: &Word, canon: &str) -> Word {
    Word {
        canon: canon.to_owned(),
        light: text::light(canon),
        ..word.clone()
    }
}

/// A run of words counts as much as the least sure of them.
fn share(run: &[Read]) -> f32 {
    run.iter().map(|r| r.share).fold(1.0, f32::min)
}
