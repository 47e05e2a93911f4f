//! Ranking the eight categories for one need.
//!
//! Owns [`Engine`], which adds up what the sources, the thesaurus, the example questions and the
//! user's own taught phrases say about each word. Knows nothing of screens. Promise: eight hits for any input; equal scores keep the order of the Matrix;
//! a word read from a typing error or completed while typing says so; only words that carry meaning
//! decide how much was understood. Start at [`Engine::rank`].

use std::ops::Range;

use super::answer::{Hit, How, Query, Ranking, Reason, Taught};
use super::index::{CATEGORIES, Category, Corpus, Field, Gains, Index};
use super::questions::{Lesson, Lessons, Questions};
use super::quick::{self, Set};
use super::text::{self, Lang, Role, Stems, Word};
use super::thesaurus::{Combination, Concept, Kind, Thesaurus};
use super::typos::Vocabulary;

/// What counts how much. Public for the relevance report, not part of the promise.
#[doc(hidden)]
#[derive(Debug, Clone)]
pub struct Weights {
    pub votes: f32,
    pub longer_phrase: f32,
    pub weak: f32,
    pub expansion: f32,
    pub fields: f32,
    pub lessons: f32,
    pub sharpness: f32,
    pub margin: f32,
    pub share: f32,
    pub floor: f32,
}

impl Default for Weights {
    fn default() -> Self {
        Weights {
            votes: 2.4,
            longer_phrase: 0.3,
            weak: 0.45,
            expansion: 0.2,
            fields: 0.4,
            lessons: 1.0,
            sharpness: 0.7,
            margin: 0.7,
            share: 0.6,
            floor: 1.5,
        }
    }
}

const MOST_CHARS: usize = 2_000;
const MOST_WORDS: usize = 80;
const MOST_CORRECTIONS: usize = 8;
const MOST_COMPLETIONS: usize = 6;
const MOST_REASONS: usize = 4;
const CORRECTED_SHARE: f32 = 0.85;
const COMPLETED_SHARE: f32 = 0.8;
const TAUGHT: f32 = 6.0;
const COMBINED: f32 = 1.5;

/// The ranking engine. Built once from content, then asked at every key press.
#[derive(Debug)]
pub struct Engine {
    categories: Vec<Category>,
    fields: Vec<Field>,
    stems: Stems,
    index: Index,
    thesaurus: Thesaurus,
    backing: Vec<Backing>,
    questions: Questions,
    lessons: Lessons,
    vocabulary: Vocabulary,
    taught: Vec<(Vec<String>, usize)>,
    weights: Weights,
}

/// What stands behind a concept in the sources.
#[derive(Debug, Default)]
struct Backing {
    gains: Gains,
    field: [Option<(u32, String)>; CATEGORIES],
}

/// How a word of the need is read.
#[derive(Debug, Clone)]
struct Read {
    word: Word,
    typed: Option<String>,
    share: f32,
    known: bool,
    completions: Vec<Word>,
}

struct Evidence {
    first: usize,
    count: usize,
    gains: Gains,
    what: What,
}

enum What {
    Concept(usize),
    Word {
        field: [Option<(u32, String)>; CATEGORIES],
        family: bool,
    },
    Lesson(Lesson),
    Taught,
}

impl Engine {
    /// Builds the engine: a few milliseconds, so after the first picture is on the screen.
    pub fn new(
        corpus: &Corpus,
        thesaurus: Thesaurus,
        questions: Questions,
        taught: &[Taught],
    ) -> Engine {
        let stems = Stems::default();
        let index = Index::new(corpus, &stems);
        let lessons = Lessons::new(&questions, &stems);
        let backing = backings(corpus, &thesaurus, &index, &stems);
        let source_words = corpus
            .fields
            .iter()
            .flat_map(|f| text::bare_words(&f.text))
            .map(|w| (w.canon, 1));
        let said = thesaurus
            .vocabulary
            .iter()
            .map(|(w, n)| (w.clone(), *n * 2));
        let asked = lessons.vocabulary.iter().map(|(w, n)| (w.clone(), *n));
        let learnt = taught
            .iter()
            .flat_map(|t| text::words(&t.phrase))
            .map(|w| (w.canon, 1));
        let vocabulary = Vocabulary::new(
            source_words.chain(said).chain(asked).chain(learnt),
            thesaurus.everyday.clone(),
        );
        let taught = taught
            .iter()
            .filter_map(|t| {
                Some((
                    text::words(&t.phrase)
                        .into_iter()
                        .map(|w| w.light)
                        .collect(),
                    corpus.place(&t.category)?,
                ))
            })
            .filter(|(words, _): &(Vec<String>, usize)| !words.is_empty())
            .collect();
        Engine {
            categories: corpus.categories.clone(),
            fields: corpus.fields.clone(),
            stems,
            index,
            thesaurus,
            backing,
            questions,
            lessons,
            vocabulary,
            taught,
            weights: Weights::default(),
        }
    }

    /// The same engine with other weights, for the relevance report.
    #[doc(hidden)]
    #[must_use]
    pub fn with_weights(mut self, weights: Weights) -> Engine {
        self.weights = weights;
        self
    }

    /// Ranks the categories for a need.
    pub fn rank(&self, query: &Query<'_>) -> Ranking {
        let limited: String = query.text.chars().take(MOST_CHARS).collect();
        let cut = limited.len() < query.text.len();
        let typed = text::words_up_to(&limited, MOST_WORDS);
        let unfinished = query.typing
            && !cut
            && limited
                .chars()
                .next_back()
                .is_some_and(char::is_alphanumeric);
        let read = self.read(&typed, unfinished);
        let words: Vec<Word> = read.iter().map(|r| r.word.clone()).collect();
        let evidence = self.evidence(&read, &words);
        let mut totals = [0.0_f32; CATEGORIES];
        for piece in &evidence {
            for (total, gain) in totals.iter_mut().zip(piece.gains) {
                *total += gain;
            }
        }
        let combinations: Vec<Combination> = self.thesaurus.combinations(&words).cloned().collect();
        for combination in &combinations {
            let top = totals.iter().copied().fold(0.0, f32::max);
            for (rank, at) in combination.between.iter().enumerate() {
                totals[*at] = totals[*at].max(top + COMBINED - rank as f32 * 0.2);
            }
        }
        self.answer(&read, &evidence, totals, combinations, cut)
    }

    fn answer(
        &self,
        read: &[Read],
        evidence: &[Evidence],
        totals: Gains,
        combinations: Vec<Combination>,
        cut: bool,
    ) -> Ranking {
        let mut order: Vec<usize> = (0..self.categories.len().min(CATEGORIES)).collect();
        order.sort_by(|a, b| totals[*b].total_cmp(&totals[*a]).then(a.cmp(b)));
        let (mut understood, mut not_understood) = (Vec::new(), Vec::new());
        let mut counted: Vec<(usize, bool)> = Vec::new();
        for piece in read.iter().filter(|r| r.word.role == Role::Content) {
            let known = piece.known;
            if counted
                .last()
                .is_none_or(|(start, _)| *start != piece.word.at.start)
            {
                counted.push((piece.word.at.start, known));
                let list = if known {
                    &mut understood
                } else {
                    &mut not_understood
                };
                list.push(piece.word.typed.clone());
            }
        }
        let confident = self.confident(
            read,
            evidence,
            totals,
            &order,
            &combinations,
            (understood.len(), not_understood.len()),
        );
        let corrected = read
            .iter()
            .filter_map(|r| Some((r.word.typed.clone(), r.typed.clone()?)))
            .collect();
        let hits = order
            .into_iter()
            .map(|at| Hit {
                category: at,
                id: self.categories[at].id.clone(),
                score: if understood.is_empty() && evidence.is_empty() {
                    0.0
                } else {
                    totals[at].max(0.0)
                },
                because: self.reasons(at, read, evidence),
            })
            .collect();
        Ranking {
            hits,
            understood,
            not_understood,
            corrected,
            confident,
            combinations,
            cut,
        }
    }

    fn confident(
        &self,
        read: &[Read],
        evidence: &[Evidence],
        totals: Gains,
        order: &[usize],
        combinations: &[Combination],
        (known, unknown): (usize, usize),
    ) -> bool {
        let w = &self.weights;
        let [first, second, ..] = order else {
            return false;
        };
        // An unfinished word may still become anything.
        let unfinished = read.iter().filter(|r| !r.completions.is_empty()).count();
        let sure = known.saturating_sub(unfinished);
        let share = sure as f32 / (known + unknown).max(1) as f32;
        if sure == 0 || share < w.share || totals[*first] < w.floor {
            return false;
        }
        let said = |e: &Evidence| {
            e.gains[*first] > 0.5
                && read[e.first..e.first + e.count]
                    .iter()
                    .any(|r| r.completions.is_empty() && r.word.role == Role::Content)
        };
        if !evidence.iter().any(said) {
            return false;
        }
        if combinations
            .iter()
            .any(|c| c.between.contains(first) && c.between.contains(second))
        {
            return true;
        }
        let weight = |at: &usize| ((totals[*at] - totals[*first]) * w.sharpness).exp();
        let all: f32 = order.iter().map(weight).sum();
        (1.0 - weight(second)) / all > w.margin
    }

    fn read(&self, typed: &[Word], unfinished: bool) -> Vec<Read> {
        let mut corrections = 0;
        let mut out = Vec::with_capacity(typed.len());
        for (number, word) in typed.iter().enumerate() {
            let plain = |known: bool| Read {
                word: word.clone(),
                typed: None,
                share: 1.0,
                known,
                completions: Vec::new(),
            };
            if self.knows(word) {
                out.push(plain(true));
                continue;
            }
            let last = number + 1 == typed.len();
            if unfinished && last && word.canon.chars().count() >= 3 {
                let found = self.vocabulary.completions(&word.canon, MOST_COMPLETIONS);
                if let Some(first) = found.first() {
                    out.push(Read {
                        word: reread(word, first),
                        typed: Some((*first).to_owned()),
                        share: COMPLETED_SHARE,
                        known: true,
                        completions: found.iter().map(|w| reread(word, w)).collect(),
                    });
                    continue;
                }
            }
            corrections += 1;
            if corrections > MOST_CORRECTIONS {
                out.push(plain(false));
            } else if let Some(meant) = self.vocabulary.read_as(&word.canon) {
                let read = Read {
                    word: reread(word, meant),
                    typed: Some(meant.to_owned()),
                    share: CORRECTED_SHARE,
                    known: true,
                    completions: Vec::new(),
                };
                out.push(read);
            } else if let Some((head, tail)) = self.vocabulary.split(&word.canon) {
                let both = format!("{head} {tail}");
                for half in [head, tail] {
                    out.push(Read {
                        word: reread(word, half),
                        typed: Some(both.clone()),
                        share: CORRECTED_SHARE,
                        known: true,
                        completions: Vec::new(),
                    });
                }
            } else {
                out.push(plain(false));
            }
        }
        out
    }

    fn knows(&self, word: &Word) -> bool {
        self.vocabulary.has(&word.canon)
            || self.vocabulary.has(&word.light)
            || self.lessons.knows(&word.canon, &self.stems)
            || self.index.knows(&word.canon, &self.stems)
    }

    fn evidence(&self, read: &[Read], words: &[Word]) -> Vec<Evidence> {
        let w = &self.weights;
        let mut out = Vec::new();
        let share = |first: usize, count: usize| {
            read[first..first + count]
                .iter()
                .map(|r| r.share)
                .fold(1.0, f32::min)
        };
        let matches = self.thesaurus.matches(words);
        let topical = |m: &super::thesaurus::Match| {
            !m.weak && self.thesaurus.concepts[m.concept].kind == Kind::Topic
        };
        let any_topic = matches.iter().any(topical);
        let mut met: Set<usize> = Set::default();
        for found in &matches {
            let concept = &self.thesaurus.concepts[found.concept];
            let again = if met.insert(found.concept) { 1.0 } else { 0.3 };
            let strength = if any_topic && !topical(found) {
                w.weak
            } else if topical(found) {
                1.0
            } else {
                0.8
            };
            let longer = 1.0 + w.longer_phrase * (found.count - 1) as f32;
            let scale = again
                * strength
                * share(found.first, found.count)
                * if found.exact { 1.0 } else { 0.9 };
            let mut gains = [0.0; CATEGORIES];
            let backing = self.backing[found.concept].gains;
            for (gain, (vote, backing)) in
                gains.iter_mut().zip(concept.votes.into_iter().zip(backing))
            {
                *gain = scale * (w.votes * longer * vote + w.expansion * backing);
            }
            out.push(Evidence {
                first: found.first,
                count: found.count,
                gains,
                what: What::Concept(found.concept),
            });
        }
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
                let gains = lesson.lift.map(|l| l * w.lessons * share(first, 2));
                out.push(Evidence {
                    first,
                    count: 2,
                    gains,
                    what: What::Lesson(lesson),
                });
            }
        }
        self.taught_evidence(words, &mut out);
        out
    }

    fn word_evidence(&self, number: usize, word: &Word, share: f32, out: &mut Vec<Evidence>) {
        let w = &self.weights;
        if word.role == Role::Content
            && let Some((entry, scale)) = self.index.find(&word.canon, &word.light, &self.stems)
        {
            let mut field: [Option<(u32, String)>; CATEGORIES] = Default::default();
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

    fn reasons(&self, at: usize, read: &[Read], evidence: &[Evidence]) -> Vec<Reason> {
        let mut pieces: Vec<&Evidence> = evidence.iter().filter(|e| e.gains[at] > 0.25).collect();
        // A reason that a reader can check in the sources goes before an equal one that is ours.
        let worth = |e: &Evidence| {
            e.gains[at]
                * if matches!(e.what, What::Lesson(_)) {
                    0.5
                } else {
                    1.0
                }
        };
        pieces.sort_by(|a, b| worth(b).total_cmp(&worth(a)).then(a.first.cmp(&b.first)));
        let mut out: Vec<Reason> = Vec::new();
        let mut covered: Vec<Range<usize>> = Vec::new();
        for piece in pieces {
            let span = piece.first..piece.first + piece.count;
            if out.len() == MOST_REASONS {
                break;
            }
            if covered
                .iter()
                .any(|c| c.start < span.end && span.start < c.end)
            {
                continue;
            }
            covered.push(span);
            out.push(self.reason(at, read, piece));
        }
        out
    }

    fn reason(&self, at: usize, read: &[Read], piece: &Evidence) -> Reason {
        let run = &read[piece.first..piece.first + piece.count];
        let place =
            run.first().map_or(0, |r| r.word.at.start)..run.last().map_or(0, |r| r.word.at.end);
        let mut typed: Vec<&str> = run.iter().map(|r| r.word.typed.as_str()).collect();
        typed.dedup();
        let mut reason = Reason {
            typed: typed.join(" "),
            at: place,
            read_as: run.iter().find_map(|r| r.typed.clone()),
            how: How::Taught,
            source: String::new(),
            mark: Vec::new(),
            address: None,
            row: String::new(),
            from_thesaurus: true,
            gain: piece.gains[at],
        };
        match &piece.what {
            What::Taught => {}
            What::Word { field, family } => {
                reason.how = if *family { How::Family } else { How::Word };
                self.stand(&mut reason, field[at].as_ref());
            }
            What::Concept(number) => {
                let concept = &self.thesaurus.concepts[*number];
                reason.how = how_of(concept);
                reason.source = concept.means.first().cloned().unwrap_or_default();
                self.stand(&mut reason, self.backing[*number].field[at].as_ref());
            }
            What::Lesson(lesson) => {
                reason.how = How::Question;
                if let Some(question) =
                    lesson.example[at].and_then(|q| self.questions.0.get(q as usize))
                {
                    reason.source.clone_from(&question.text);
                    reason.address = Some(format!("questions/{}", self.categories[at].id));
                    "Example question".clone_into(&mut reason.row);
                }
            }
        }
        reason
    }

    /// Names the field in which a reason stands, if it stands in one.
    fn stand(&self, reason: &mut Reason, place: Option<&(u32, String)>) {
        let Some((number, written)) = place else {
            return;
        };
        let Some(field) = self.fields.get(*number as usize) else {
            return;
        };
        reason.source.clone_from(written);
        reason.mark = vec![written.clone()];
        reason.address = Some(field.address.clone());
        reason.row.clone_from(&field.label);
        reason.from_thesaurus = false;
    }
}

fn how_of(concept: &Concept) -> How {
    match concept.kind {
        Kind::Topic => How::Thesaurus {
            concept: concept.id.clone(),
            because: concept.because.clone(),
        },
        Kind::Cue => How::Cue {
            concept: concept.id.clone(),
        },
    }
}

fn reread(word: &Word, canon: &str) -> Word {
    Word {
        canon: canon.to_owned(),
        light: text::light(canon),
        ..word.clone()
    }
}

/// Looks up, for every concept, what its source words weigh and where they stand.
fn backings(corpus: &Corpus, thesaurus: &Thesaurus, index: &Index, stems: &Stems) -> Vec<Backing> {
    let heaviest_first = {
        let mut order: Vec<usize> = (0..corpus.fields.len()).collect();
        order.sort_by(|a, b| {
            corpus.fields[*b]
                .kind
                .weight()
                .total_cmp(&corpus.fields[*a].kind.weight())
                .then(a.cmp(b))
        });
        order
    };
    thesaurus
        .concepts
        .iter()
        .map(|concept| {
            let mut backing = Backing::default();
            let phrases: Vec<Vec<Word>> = concept.means.iter().map(|m| text::words(m)).collect();
            let count: usize = phrases.iter().map(Vec::len).sum();
            for word in phrases.iter().flatten() {
                if let Some((entry, scale)) = index.find(&word.canon, &word.light, stems) {
                    for at in 0..CATEGORIES {
                        backing.gains[at] += entry.gains[at] * scale / (count as f32).sqrt();
                    }
                }
            }
            for (phrase, means) in phrases.iter().zip(&concept.means) {
                let wanted: Vec<u64> = phrase
                    .iter()
                    .map(|w| quick::stem_hash(stems, Lang::En, &w.canon))
                    .collect();
                for number in &heaviest_first {
                    let at = corpus.fields[*number].category;
                    if at < CATEGORIES
                        && backing.field[at].is_none()
                        && index.has_all(*number, &wanted)
                    {
                        backing.field[at] = u32::try_from(*number).ok().map(|n| (n, means.clone()));
                    }
                }
            }
            backing
        })
        .collect()
}
