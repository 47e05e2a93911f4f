//! Ranking the eight categories for one need.
//!
//! Owns [`Engine`]: how it is built, and the sum of what the sources, the thesaurus, the example
//! questions and the user's own taught phrases say about each word. Knows nothing of screens.
//! Promise: eight hits for any input; equal scores keep the order of the Matrix; a word read from a
//! typing error or completed while typing says so; only words that carry meaning decide how much
//! was understood.
//!
//! ```text
//! need ──► evidence: words read, and what each weighs ──► sum ──► verdict: order, reasons, how sure
//! ```
//!
//! Start at [`Engine::rank`].

mod evidence;
mod verdict;

use super::answer::{Query, Ranking, Taught};
use super::index::{CATEGORIES, Category, Corpus, Field, Gains, Index};
use super::questions::{Lessons, Questions};
use super::quick;
use super::text::{self, Lang, Stems, Word};
use super::thesaurus::{Combination, Thesaurus};
use super::typos::{Tongues, Vocabulary};

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
    pub speaking: f32,
    pub floor: f32,
}

impl Default for Weights {
    fn default() -> Self {
        Weights {
            votes: 2.7,
            longer_phrase: 0.3,
            weak: 0.45,
            expansion: 0.2,
            fields: 0.4,
            lessons: 1.1,
            sharpness: 1.0,
            margin: 0.9,
            share: 0.6,
            speaking: 0.34,
            floor: 1.5,
        }
    }
}

const MOST_CHARS: usize = 2_000;
const MOST_WORDS: usize = 80;
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
            .map(|w| (w.canon, 1, Tongues::of(Lang::En)));
        let said = thesaurus
            .vocabulary
            .iter()
            .map(|(w, (n, tongues))| (w.clone(), *n * 2, *tongues));
        let asked = lessons
            .vocabulary
            .iter()
            .map(|(w, (n, tongues))| (w.clone(), *n, *tongues));
        let learnt = taught
            .iter()
            .flat_map(|t| text::words(&t.phrase))
            .map(|w| (w.canon, 1, Tongues::default()));
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
