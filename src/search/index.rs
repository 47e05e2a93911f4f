//! The texts to search: fields of the categories, and BM25F over them.
//!
//! Owns [`Corpus`], which the content hands over, and [`Index`], which answers "how much does this
//! word speak for each category, and where does it stand". Knows nothing of the content model, of
//! thesauruses or of typing. Promise: every gain can be traced to one field and the word written
//! there. Start at [`Index::new`].

use super::quick::{self, Map, StemHashes};
use super::text::{self, Lang, Stems};

/// One gain for each category, in the order of the corpus.
pub type Gains = [f32; CATEGORIES];

/// How many categories there are.
pub const CATEGORIES: usize = 8;

/// A category as the engine sees it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Category {
    /// Stable id, as in addresses: `case-management`.
    pub id: String,
    /// Title for people.
    pub title: String,
}

/// Which row of the Matrix a text stands in. Decides its weight.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum FieldKind {
    /// The category's name, former names and aliases.
    Title,
    /// The Output row, current wording.
    Output,
    /// The Output row, older wording.
    OldOutput,
    /// The Definition row.
    Definition,
    /// Sub-category examples.
    SubCategories,
    /// Methods.
    Methods,
    /// Specific examples.
    Examples,
    /// Sources.
    Sources,
    /// Explanation beside the definition.
    Explanation,
    /// Shared data. Light: parts of it stand in the wrong category in the sources.
    SharedData,
}

impl FieldKind {
    /// How much a word in this row counts.
    pub fn weight(self) -> f32 {
        match self {
            FieldKind::Title | FieldKind::Output => 3.0,
            FieldKind::OldOutput => 2.5,
            FieldKind::Definition => 1.5,
            FieldKind::SubCategories
            | FieldKind::Methods
            | FieldKind::Examples
            | FieldKind::Sources => 1.0,
            FieldKind::Explanation | FieldKind::SharedData => 0.4,
        }
    }
}

/// One text of a category.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Field {
    /// Place of the category in [`Corpus::categories`].
    pub category: usize,
    /// Its row.
    pub kind: FieldKind,
    /// Where it stands: `matrix/case-management/output`.
    pub address: String,
    /// The row's name for people: "Output".
    pub label: String,
    /// The text itself.
    pub text: String,
}

/// Everything the engine ranks.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Corpus {
    /// The eight categories in Matrix order.
    pub categories: Vec<Category>,
    /// Their texts.
    pub fields: Vec<Field>,
}

impl Corpus {
    /// The place of a category by its id.
    pub fn place(&self, id: &str) -> Option<usize> {
        self.categories
            .iter()
            .take(CATEGORIES)
            .position(|c| c.id == id)
    }
}

/// What the index knows of one word.
#[derive(Debug, Clone, Default)]
pub(super) struct Entry {
    /// BM25F gain for each category.
    pub(super) gains: Gains,
    /// The heaviest field with the word, for each category.
    pub(super) field: [Option<u32>; CATEGORIES],
    /// The word as written in that field.
    pub(super) written: [String; CATEGORIES],
    weight: Gains,
}

/// BM25F over the fields of a [`Corpus`].
#[derive(Debug, Default)]
pub struct Index {
    exact: Map<u64, Entry>,
    stems: Map<u64, Entry>,
    /// The stems of each field, sorted.
    pub(super) stems_of: Vec<Vec<u64>>,
}

const SATURATION: f32 = 1.2;
const LENGTH_SHARE: f32 = 0.6;

impl Index {
    /// Reads all fields once.
    pub fn new(corpus: &Corpus, stems: &Stems) -> Index {
        let mut index = Index::default();
        let mut length = [0.0_f32; CATEGORIES];
        let mut stem_hashes = StemHashes::new(stems);
        for (number, field) in corpus.fields.iter().enumerate() {
            let mut own = Vec::new();
            for word in text::words(&field.text) {
                length[field.category] += field.kind.weight();
                let stem = stem_hashes.of(Lang::En, &word.canon);
                own.push(stem);
                for (map, key) in [
                    (&mut index.exact, quick::hash(&word.light)),
                    (&mut index.stems, stem),
                ] {
                    map.entry(key)
                        .or_default()
                        .note(corpus, field, number, &word.typed);
                }
            }
            own.sort_unstable();
            own.dedup();
            index.stems_of.push(own);
        }
        let mean = length.iter().sum::<f32>() / CATEGORIES as f32;
        for entry in index.exact.values_mut().chain(index.stems.values_mut()) {
            entry.settle(&length, mean);
        }
        index
    }

    /// The word by its light form, else by its English stem at three quarters.
    pub(super) fn find(&self, canon: &str, light: &str, stems: &Stems) -> Option<(&Entry, f32)> {
        self.exact
            .get(&quick::hash(light))
            .map(|e| (e, 1.0))
            .or_else(|| {
                self.stems
                    .get(&quick::stem_hash(stems, Lang::En, canon))
                    .map(|e| (e, 0.75))
            })
    }

    /// Whether a field has all these stems.
    pub(super) fn has_all(&self, field: usize, stems: &[u64]) -> bool {
        self.stems_of
            .get(field)
            .is_some_and(|own| stems.iter().all(|s| own.binary_search(s).is_ok()))
    }

    /// Whether the sources use this word in any form.
    pub fn knows(&self, canon: &str, stems: &Stems) -> bool {
        self.find(canon, &text::light(canon), stems).is_some()
    }
}

impl Entry {
    fn note(&mut self, corpus: &Corpus, field: &Field, number: usize, typed: &str) {
        let at = field.category;
        self.weight[at] += field.kind.weight();
        let heavier = self.field[at].is_none_or(|old| {
            corpus
                .fields
                .get(old as usize)
                .is_none_or(|old| old.kind.weight() < field.kind.weight())
        });
        if heavier {
            self.field[at] = u32::try_from(number).ok();
            typed.clone_into(&mut self.written[at]);
        }
    }

    fn settle(&mut self, length: &Gains, mean: f32) {
        let having = self.weight.iter().filter(|w| **w > 0.0).count() as f32;
        let rarity = (1.0 + (CATEGORIES as f32 - having + 0.5) / (having + 0.5)).ln();
        for (gain, (weight, length)) in self.gains.iter_mut().zip(self.weight.iter().zip(length)) {
            let norm = 1.0 - LENGTH_SHARE + LENGTH_SHARE * length / mean.max(1.0);
            *gain = rarity * weight / (SATURATION * norm + weight);
        }
    }
}
