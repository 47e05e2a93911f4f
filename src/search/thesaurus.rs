//! The thesaurus: people's words for what the sources call something else.
//!
//! Owns the shape of `content/thesaurus/*.ron`, its checks, and finding its phrases in a line of
//! words. Knows nothing of scores beyond the votes written in the files. Promise: no phrase stands in
//! two concepts by accident, every category exists, every source word that a concept names occurs in
//! the sources, and every concept says why it points where it points.
//!
//! A concept's phrases are matched longest first and without overlap; exact spelling goes before
//! singular and plural, so that "girl" (one person) and "girls" (a group) may differ. A phrase that
//! begins with `~` is weak; one that begins with `=` stands in several concepts on purpose; an acronym
//! written in capitals is only found where it is typed in capitals, for it is also another word.
//! Start at [`Thesaurus::load`].

use serde::Deserialize;

use super::fault::{self, Fault};
use super::index::{CATEGORIES, Corpus, Gains};
use super::quick::{self, Map, Set, StemHashes};
use super::text::{self, Lang, Role, Stems, Word};
use super::typos::Tongues;

/// One file as written.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RawFile {
    /// Version of the shape; 1.
    pub schema: u32,
    /// Concepts.
    #[serde(default)]
    pub concepts: Vec<RawConcept>,
    /// Needs that two categories answer together.
    #[serde(default)]
    pub combinations: Vec<RawCombination>,
    /// Everyday words that are no typing errors, though they say nothing here.
    #[serde(default)]
    pub everyday: Vec<String>,
}

/// A concept as written.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RawConcept {
    /// Slug, unique.
    pub id: String,
    /// Topic or cue.
    #[serde(default)]
    pub kind: Kind,
    /// English phrases.
    #[serde(default)]
    pub en: Vec<String>,
    /// French phrases.
    #[serde(default)]
    pub fr: Vec<String>,
    /// Spanish phrases.
    #[serde(default)]
    pub es: Vec<String>,
    /// Words of the sources for which the phrases stand.
    #[serde(default)]
    pub means: Vec<String>,
    /// Category ids with the strength of the vote.
    pub points_to: Vec<(String, f32)>,
    /// Why: the place in the sources, or whose judgement it is.
    pub because: String,
}

/// A combination as written.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RawCombination {
    /// Slug, unique.
    pub id: String,
    /// Phrases; one of each group must stand in the need.
    pub all_of: Vec<Vec<String>>,
    /// The category ids whose outputs answer the need together.
    pub between: Vec<String>,
    /// What one gets: "design a cash-targeting programme".
    pub result: String,
    /// Where the sources say so.
    pub because: String,
}

/// How strong a concept's phrases are.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize)]
pub enum Kind {
    /// What the need is about.
    #[default]
    Topic,
    /// Only the shape of the question; weak beside a topic.
    Cue,
}

/// A checked concept.
#[derive(Debug, Clone)]
pub struct Concept {
    /// Slug.
    pub id: String,
    /// Topic or cue.
    pub kind: Kind,
    /// Source words it stands for.
    pub means: Vec<String>,
    /// Vote for each category.
    pub votes: Gains,
    /// Why.
    pub because: String,
}

/// A checked combination of categories.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Combination {
    /// Slug.
    pub id: String,
    /// Places of its categories, in the order of the corpus.
    pub between: Vec<usize>,
    /// What one gets.
    pub result: String,
    /// Where the sources say so.
    pub because: String,
    groups: Vec<Vec<Vec<String>>>,
}

#[derive(Debug, Clone, Copy)]
struct Said {
    concept: u32,
    weak: bool,
    shared: bool,
    /// Meant only where it is typed in capitals: "MAS" is no "más".
    capitals: bool,
}

/// A phrase of a concept found in a line of words.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Match {
    /// Place of the concept.
    pub concept: usize,
    /// First word.
    pub first: usize,
    /// How many words.
    pub count: usize,
    /// Marked as weak.
    pub weak: bool,
    /// Same spelling but for accents and case; not only the same without plural.
    pub exact: bool,
}

/// All concepts and combinations, ready to match.
#[derive(Debug, Default)]
pub struct Thesaurus {
    /// Checked concepts, in file order.
    pub concepts: Vec<Concept>,
    /// Checked combinations.
    pub combinations: Vec<Combination>,
    exact: Map<u64, Said>,
    light: Map<u64, Said>,
    /// Phrases that stand in several concepts on purpose: all but the first.
    shared: Vec<(u64, Said)>,
    longest: usize,
    /// Single words of all phrases, canonical, with how often; for typing errors and completion.
    pub(super) vocabulary: Map<String, (u32, Tongues)>,
    pub(super) everyday: Set<String>,
}

impl Thesaurus {
    /// Reads and checks files given as (name, text). All faults are collected, not only the first.
    pub fn load(files: &[(&str, &str)], corpus: &Corpus) -> Result<Thesaurus, Vec<Fault>> {
        let mut loading = Loading::new(corpus);
        for (name, source) in files {
            match fault::read::<RawFile>(name, source) {
                Ok(raw) => loading.file(name, source, &raw),
                Err(fault) => loading.faults.push(fault),
            }
        }
        if loading.faults.is_empty() {
            Ok(loading.done)
        } else {
            Err(loading.faults)
        }
    }

    /// All phrases in the words, longest first, without overlap, left to right.
    pub fn matches(&self, words: &[Word]) -> Vec<Match> {
        // Who writes all in capitals means nothing by them.
        let shouted = words.len() > 2 && words.iter().all(is_in_capitals);
        let mut taken = vec![false; words.len()];
        let mut found = Vec::new();
        for count in (1..=self.longest.min(words.len())).rev() {
            for first in 0..=words.len() - count {
                if taken[first..first + count].contains(&true) {
                    continue;
                }
                let run = &words[first..first + count];
                let canon = key(run.iter().map(|w| w.canon.as_str()));
                let by_canon = self.exact.get(&canon);
                let by_light = || self.light.get(&key(run.iter().map(|w| w.light.as_str())));
                let Some(said) = by_canon.or_else(by_light) else {
                    continue;
                };
                if said.capitals && (shouted || !run.iter().all(is_in_capitals)) {
                    continue;
                }
                taken[first..first + count].fill(true);
                let others = self
                    .shared
                    .iter()
                    .filter(|(key, _)| *key == canon)
                    .map(|(_, said)| said);
                found.extend(std::iter::once(said).chain(others).map(|s| Match {
                    concept: s.concept as usize,
                    first,
                    count,
                    weak: s.weak,
                    exact: by_canon.is_some(),
                }));
            }
        }
        found.sort_by_key(|m| m.first);
        found
    }

    /// The combinations that the words ask for.
    pub fn combinations(&self, words: &[Word]) -> impl Iterator<Item = &Combination> {
        let line: Vec<&str> = words.iter().map(|w| w.light.as_str()).collect();
        self.combinations.iter().filter(move |c| {
            c.groups.iter().all(|group| {
                group.iter().any(|phrase| {
                    !phrase.is_empty()
                        && line
                            .windows(phrase.len())
                            .any(|run| run.iter().eq(phrase.iter()))
                })
            })
        })
    }
}

fn is_in_capitals(word: &Word) -> bool {
    word.typed
        .chars()
        .all(|c| c.is_uppercase() || c.is_numeric())
}

/// Words of a phrase as one number.
fn key<'w>(words: impl Iterator<Item = &'w str>) -> u64 {
    words.fold(0, |sum, word| quick::hash((sum, word)))
}

struct Loading<'c> {
    corpus: &'c Corpus,
    stems: Stems,
    written: Set<u64>,
    ids: Set<String>,
    done: Thesaurus,
    faults: Vec<Fault>,
}

impl<'c> Loading<'c> {
    fn new(corpus: &'c Corpus) -> Self {
        let stems = Stems::default();
        let mut hashes = StemHashes::new(&stems);
        let written = corpus
            .fields
            .iter()
            .flat_map(|f| text::bare_words(&f.text))
            .map(|w| hashes.of(Lang::En, &w.canon))
            .collect();
        Loading {
            corpus,
            written,
            stems,
            ids: Set::default(),
            done: Thesaurus::default(),
            faults: Vec::new(),
        }
    }

    fn file(&mut self, name: &str, source: &str, raw: &RawFile) {
        let place = Place { name, source };
        if raw.schema != 1 {
            self.fault(
                &place,
                "schema",
                format!("schema {} is not known here, only 1", raw.schema),
            );
        }
        for concept in &raw.concepts {
            self.concept(&place, concept);
        }
        for combination in &raw.combinations {
            self.combination(&place, combination);
        }
        let everyday = raw
            .everyday
            .iter()
            .flat_map(|line| text::bare_words(line))
            .map(|w| w.canon);
        self.done.everyday.extend(everyday);
    }

    fn fault(&mut self, place: &Place<'_>, phrase: &str, says: String) {
        self.faults
            .push(Fault::about(place.name, place.source, phrase, says));
    }

    fn id(&mut self, place: &Place<'_>, id: &str, because: &str) {
        if !self.ids.insert(id.to_owned()) {
            self.fault(place, id, format!("the id \"{id}\" is there twice"));
        }
        if because.trim().is_empty() {
            self.fault(
                place,
                id,
                format!("\"{id}\" does not say why: `because` is empty"),
            );
        }
    }

    fn category(&mut self, place: &Place<'_>, owner: &str, id: &str) -> Option<usize> {
        let found = self.corpus.place(id);
        if found.is_none() {
            self.fault(
                place,
                id,
                format!("\"{owner}\" points to \"{id}\", which is no category"),
            );
        }
        found
    }

    fn concept(&mut self, place: &Place<'_>, raw: &RawConcept) {
        self.id(place, &raw.id, &raw.because);
        let mut votes = [0.0; CATEGORIES];
        for (id, vote) in &raw.points_to {
            if let Some(at) = self.category(place, &raw.id, id) {
                votes[at] = *vote;
            }
        }
        for phrase in &raw.means {
            let known = |w: &Word| {
                self.written
                    .contains(&quick::stem_hash(&self.stems, Lang::En, &w.canon))
            };
            let words = text::bare_words(phrase);
            if words.is_empty() || !words.iter().all(known) {
                let says = format!(
                    "\"{}\" stands for \"{phrase}\", which no source text contains",
                    raw.id
                );
                self.fault(place, phrase, says);
            }
        }
        let number = u32::try_from(self.done.concepts.len()).unwrap_or(u32::MAX);
        for (lang, phrases) in [
            (Lang::En, &raw.en),
            (Lang::Fr, &raw.fr),
            (Lang::Es, &raw.es),
        ] {
            for phrase in phrases {
                self.phrase(place, &raw.id, (number, lang, raw.kind), phrase);
            }
        }
        self.done.concepts.push(Concept {
            id: raw.id.clone(),
            kind: raw.kind,
            means: raw.means.clone(),
            votes,
            because: raw.because.clone(),
        });
    }

    fn phrase(
        &mut self,
        place: &Place<'_>,
        concept: &str,
        (number, lang, kind): (u32, Lang, Kind),
        phrase: &str,
    ) {
        let bare = phrase.trim_start_matches(['~', '=']);
        let marks = phrase.get(..phrase.len() - bare.len()).unwrap_or_default();
        let (weak, shared) = (marks.contains('~'), marks.contains('='));
        let words = text::bare_words(bare);
        if words.is_empty() {
            self.fault(
                place,
                phrase,
                format!("\"{phrase}\" has only stop words, it can never be found"),
            );
            return;
        }
        let capitals = bare.chars().all(char::is_uppercase);
        let shapeless = !capitals && words.len() == 1 && words[0].role == Role::Function;
        if shapeless && !weak && kind == Kind::Topic {
            self.fault(
                place,
                phrase,
                format!("\"{phrase}\" comes down to a word that shapes questions; make it longer, or weak"),
            );
            return;
        }
        // What is left of "qui fait quoi" once stop words are gone is not what was meant.
        let worn_down = words.len() == 1 && bare.split_whitespace().count() >= 3;
        let weak = weak || worn_down;
        let said = Said {
            concept: number,
            weak,
            shared,
            capitals,
        };
        let exact = key(words.iter().map(|w| w.canon.as_str()));
        match self.done.exact.get(&exact) {
            Some(other) if other.concept == number => return,
            Some(other) if !(shared && other.shared) => {
                let other = &self.done.concepts[other.concept as usize].id;
                let says = format!(
                    "\"{bare}\" stands in \"{other}\" and in \"{concept}\"; write = before both if meant"
                );
                self.fault(place, phrase, says);
                return;
            }
            Some(_) => self.done.shared.push((exact, said)),
            None => {
                self.done.exact.insert(exact, said);
            }
        }
        self.done.longest = self.done.longest.max(words.len());
        let light = key(words.iter().map(|w| w.light.as_str()));
        self.done.light.entry(light).or_insert(said);
        for word in words {
            let heard = self.done.vocabulary.entry(word.canon).or_default();
            *heard = (heard.0 + 1, heard.1.and(Tongues::of(lang)));
        }
    }

    fn combination(&mut self, place: &Place<'_>, raw: &RawCombination) {
        self.id(place, &raw.id, &raw.because);
        let between: Vec<usize> = raw
            .between
            .iter()
            .filter_map(|id| self.category(place, &raw.id, id))
            .collect();
        if between.len() < 2 || raw.all_of.is_empty() || raw.result.trim().is_empty() {
            self.fault(
                place,
                &raw.id,
                format!("\"{}\" needs two categories, phrases and a result", raw.id),
            );
        }
        let groups = raw
            .all_of
            .iter()
            .map(|group| group.iter().map(|p| self.whole(place, p)).collect())
            .collect();
        self.done.combinations.push(Combination {
            id: raw.id.clone(),
            between,
            result: raw.result.clone(),
            because: raw.because.clone(),
            groups,
        });
    }

    /// The words of a phrase of a combination. One that stop words wear down ("who should") would
    /// find any need with the word that is left.
    fn whole(&mut self, place: &Place, phrase: &str) -> Vec<String> {
        let words = text::bare_words(phrase);
        let written = phrase.split(|c: char| !c.is_alphanumeric());
        if words.is_empty() || words.len() < 2 && written.filter(|w| w.len() > 2).count() > 1 {
            let says = format!("stop words wear \"{phrase}\" down; say it in words that stay");
            self.fault(place, phrase, says);
        }
        words.into_iter().map(|w| w.light).collect()
    }
}

struct Place<'a> {
    name: &'a str,
    source: &'a str,
}
