//! Example questions, and what one learns from them about single words and pairs of words.
//!
//! Owns the shape of `content/questions/*.ron` and [`Lessons`]: how much more often a word stands in
//! the questions of one category than in those of the others. Knows nothing of the sources or of the
//! thesaurus. Promise: a word that all categories use alike says nothing; a word seen once says little;
//! every gain can be shown with a question that taught it. Start at [`Lessons::new`].

use std::collections::HashMap;

use serde::Deserialize;

use super::fault::{self, Fault};
use super::index::{CATEGORIES, Corpus, Gains};
use super::quick::{self, Map, StemHashes};
use super::text::{self, Lang, Role, Stems, Word};
use super::typos::Tongues;

/// One file as written: the questions that one category answers.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RawQuestions {
    /// Version of the shape; 1.
    pub schema: u32,
    /// The category's id.
    pub category: String,
    /// English.
    #[serde(default)]
    pub en: Vec<String>,
    /// French.
    #[serde(default)]
    pub fr: Vec<String>,
    /// Spanish.
    #[serde(default)]
    pub es: Vec<String>,
}

/// One example question.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Question {
    /// Place of the category in the corpus.
    pub category: usize,
    /// Its language.
    pub lang: Lang,
    /// The question or phrase.
    pub text: String,
}

/// All example questions.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Questions(pub Vec<Question>);

impl Questions {
    /// Reads and checks files given as (name, text), collecting all faults.
    pub fn load(files: &[(&str, &str)], corpus: &Corpus) -> Result<Questions, Vec<Fault>> {
        let (mut out, mut faults) = (Vec::new(), Vec::new());
        let mut seen: HashMap<String, String> = HashMap::new();
        for (name, source) in files {
            let raw: RawQuestions = match fault::read(name, source) {
                Ok(raw) => raw,
                Err(fault) => {
                    faults.push(fault);
                    continue;
                }
            };
            let Some(category) = corpus.place(&raw.category) else {
                let says = format!("\"{}\" is no category", raw.category);
                faults.push(Fault::about(name, source, &raw.category, says));
                continue;
            };
            for (lang, lines) in [
                (Lang::En, &raw.en),
                (Lang::Fr, &raw.fr),
                (Lang::Es, &raw.es),
            ] {
                for line in lines {
                    let folded = text::fold(line);
                    if text::words_up_to(line, 1).is_empty() {
                        let says = format!("\"{line}\" has only stop words");
                        faults.push(Fault::about(name, source, line, says));
                    } else if let Some(other) = seen.insert(folded, raw.category.clone()) {
                        let says = format!("\"{line}\" is there twice, first for {other}");
                        faults.push(Fault::about(name, source, line, says));
                    } else {
                        out.push(Question {
                            category,
                            lang,
                            text: line.clone(),
                        });
                    }
                }
            }
        }
        if faults.is_empty() {
            Ok(Questions(out))
        } else {
            Err(faults)
        }
    }
}

/// What the questions taught about one word or pair.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Lesson {
    /// For (or against) each category.
    pub(super) lift: Gains,
    /// A question of each category with this word, counted from 1; 0 for none. Small, because there are
    /// tens of thousands of these.
    example: [u16; CATEGORIES],
    seen: f32,
}

/// Lifts of words, stems and pairs.
#[derive(Debug, Default)]
pub struct Lessons {
    by_feature: Map<u64, Lesson>,
    /// Canonical words with how often they occur, and in which languages.
    pub(super) vocabulary: Map<String, (u32, Tongues)>,
}

/// Pseudo-counts that pull rare words towards "says nothing".
const DOUBT: f32 = 2.5;

fn of_word(canon: &str) -> u64 {
    quick::hash(canon)
}

/// The start of a longer word, which related words and the three languages share: "xenophobia",
/// "xénophobe", "xenofobia".
fn of_start(canon: &str) -> Option<u64> {
    let (at, _) = canon.char_indices().nth(START)?;
    Some(quick::hash(("start", canon.get(..at)?)))
}

fn of_pair(first: &Word, second: &Word) -> u64 {
    quick::hash((&first.light, &second.light))
}

impl Lessons {
    /// Learns from the questions.
    pub fn new(questions: &Questions, stems: &Stems) -> Lessons {
        let mut size = [0.0_f32; CATEGORIES];
        for question in &questions.0 {
            size[question.category] += 1.0;
        }
        let mean = size.iter().sum::<f32>() / CATEGORIES as f32;
        let unit = size.map(|n| mean / n.max(1.0));
        let mut lessons = Lessons::default();
        lessons.by_feature.reserve(questions.0.len() * 12);
        let mut stem_hashes = StemHashes::new(stems);
        let mut features: Vec<u64> = Vec::new();
        for (number, question) in questions.0.iter().enumerate() {
            let words = text::bare_words(&question.text);
            features.clear();
            for word in &words {
                features.push(of_word(&word.canon));
                features.push(stem_hashes.of(question.lang, &word.canon));
                features.extend(of_start(&word.canon));
            }
            features.extend(words.windows(2).map(|pair| of_pair(&pair[0], &pair[1])));
            for word in words {
                let heard = lessons.vocabulary.entry(word.canon).or_default();
                *heard = (heard.0 + 1, heard.1.and(Tongues::of(question.lang)));
            }
            features.sort_unstable();
            features.dedup();
            for feature in &features {
                let lesson = lessons.by_feature.entry(*feature).or_default();
                lesson.lift[question.category] += unit[question.category];
                lesson.seen += 1.0;
                let example = &mut lesson.example[question.category];
                if *example == 0 {
                    *example = u16::try_from(number + 1).unwrap_or(0);
                }
            }
        }
        for lesson in lessons.by_feature.values_mut() {
            let all: f32 = lesson.lift.iter().sum();
            for lift in &mut lesson.lift {
                let share = (*lift + DOUBT / CATEGORIES as f32) / (all + DOUBT);
                *lift = (share * CATEGORIES as f32).ln().max(LOWEST);
            }
        }
        lessons
    }

    /// Whether any question uses this word, in any form.
    pub fn knows(&self, canon: &str, stems: &Stems) -> bool {
        self.by_feature.contains_key(&of_word(canon)) || self.stem(canon, stems).is_some()
    }

    /// What the word alone teaches: its exact form and its stem together; where these were met seldom
    /// or never, also what begins like it.
    pub(super) fn word(&self, word: &Word, stems: &Stems) -> Option<Lesson> {
        let exact = self.by_feature.get(&of_word(&word.canon));
        let stem = self.stem(&word.canon, stems);
        let scale = if word.role == Role::Function {
            FUNCTION_SHARE
        } else {
            1.0
        };
        let mut out = match (exact, stem) {
            (None, None) => {
                let start = self.by_feature.get(&of_start(&word.canon)?)?;
                return Some(start.scaled(START_ALONE * scale));
            }
            (Some(one), None) => one.scaled(EXACT_ALONE),
            (None, Some(one)) => one.scaled(STEM_ALONE),
            (Some(exact), Some(stem)) => {
                let mut both = *stem;
                for at in 0..CATEGORIES {
                    both.lift[at] =
                        EXACT_SHARE * exact.lift[at] + (1.0 - EXACT_SHARE) * stem.lift[at];
                    if exact.example[at] != 0 {
                        both.example[at] = exact.example[at];
                    }
                }
                both
            }
        };
        if let Some(start) = of_start(&word.canon).and_then(|key| self.by_feature.get(&key)) {
            let share = START_SHARE / (1.0 + out.seen / SEEN_OFTEN);
            for (lift, other) in out.lift.iter_mut().zip(start.lift) {
                *lift += share * (other - *lift);
            }
        }
        Some(out.scaled(scale))
    }

    /// How far the questions bear out that a word alone speaks for the categories that `votes` names,
    /// from 0 to 1: a word that others ask with as much is no sign.
    pub(super) fn trust(&self, word: &Word, votes: &Gains) -> f32 {
        let Some(lesson) = self.by_feature.get(&of_word(&word.canon)) else {
            return 1.0;
        };
        let most = votes.iter().copied().fold(f32::MIN_POSITIVE, f32::max);
        let own: f32 = lesson
            .lift
            .iter()
            .zip(votes)
            .map(|(lift, vote)| {
                let share = lift.exp() / CATEGORIES as f32;
                let count = share * (lesson.seen + DOUBT) - DOUBT / CATEGORIES as f32;
                count.max(0.0) * vote / most
            })
            .sum();
        ((own + BENEFIT) / (lesson.seen + BENEFIT)).clamp(LEAST_TRUST, 1.0)
    }

    /// What two neighbouring words teach together.
    pub(super) fn pair(&self, first: &Word, second: &Word) -> Option<Lesson> {
        let lesson = self.by_feature.get(&of_pair(first, second))?;
        Some(lesson.scaled(PAIR_SHARE))
    }

    fn stem(&self, canon: &str, stems: &Stems) -> Option<&Lesson> {
        Lang::ALL
            .iter()
            .filter_map(|lang| self.by_feature.get(&quick::stem_hash(stems, *lang, canon)))
            .max_by(|a, b| a.seen.total_cmp(&b.seen))
    }
}

const LOWEST: f32 = -1.2;
const EXACT_SHARE: f32 = 0.5;
const EXACT_ALONE: f32 = 0.8;
const STEM_ALONE: f32 = 0.8;
/// How many letters the start of a word is.
const START: usize = 5;
/// So many questions for a word are taken for granted when its trust is weighed.
const BENEFIT: f32 = 2.0;
/// What a curated word keeps whatever the questions say.
const LEAST_TRUST: f32 = 0.6;
const START_ALONE: f32 = 0.8;
const START_SHARE: f32 = 0.4;
/// A word met so often in the questions halves what its start may add.
const SEEN_OFTEN: f32 = 3.0;
const FUNCTION_SHARE: f32 = 0.6;
const PAIR_SHARE: f32 = 0.5;

impl Lesson {
    /// The place of a question of this category with the word.
    pub(super) fn example(&self, category: usize) -> Option<usize> {
        usize::from(self.example[category]).checked_sub(1)
    }

    fn scaled(&self, by: f32) -> Lesson {
        Lesson {
            lift: self.lift.map(|l| l * by),
            ..*self
        }
    }
}
