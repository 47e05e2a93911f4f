//! What the search tests, the relevance report and the bench share: the shipped files, the corpus
//! that the program ranks, sets of needs, and how they are scored.

#![allow(
    dead_code,
    unreachable_pub,
    reason = "shared with the relevance report and the bench, which use different parts"
)]

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::LazyLock;

use pim::search::text::Lang;
use pim::search::{Corpus, Engine, Fault, Query, Questions, Ranking, Thesaurus};
use serde::Deserialize;

fn root(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(path)
}

fn read(path: &Path) -> String {
    std::fs::read_to_string(path).unwrap_or_else(|e| panic!("{}: {e}", path.display()))
}

fn parse<T: serde::de::DeserializeOwned>(path: &str) -> T {
    ron::from_str(&read(&root(path))).unwrap_or_else(|e| panic!("{path}: {e}"))
}

/// All RON files of a folder as (name, text), sorted by name.
pub fn files(folder: &str) -> Vec<(String, String)> {
    let mut out: Vec<(String, String)> = std::fs::read_dir(root(folder))
        .unwrap_or_else(|e| panic!("{folder}: {e}"))
        .filter_map(|entry| Some(entry.ok()?.path()))
        .filter(|path| path.extension().is_some_and(|e| e == "ron"))
        .map(|path| {
            (
                format!(
                    "{folder}/{}",
                    path.file_name().unwrap_or_default().to_string_lossy()
                ),
                read(&path),
            )
        })
        .collect();
    out.sort();
    out
}

/// As pairs of borrowed texts.
pub fn borrowed(files: &[(String, String)]) -> Vec<(&str, &str)> {
    files
        .iter()
        .map(|(name, text)| (name.as_str(), text.as_str()))
        .collect()
}

/// The rows of the Matrix as the program ranks them.
pub fn corpus() -> Corpus {
    let content = pim::content::embedded().unwrap_or_else(|faults| panic!("{faults}"));
    pim::find::corpus(&content)
}

fn told(faults: &[Fault]) -> String {
    faults
        .iter()
        .map(ToString::to_string)
        .collect::<Vec<_>>()
        .join("\n")
}

/// The shipped thesaurus; all its faults in one panic.
pub fn thesaurus(corpus: &Corpus) -> Thesaurus {
    let files = files("content/thesaurus");
    Thesaurus::load(&borrowed(&files), corpus).unwrap_or_else(|faults| panic!("{}", told(&faults)))
}

/// The shipped questions.
pub fn questions(corpus: &Corpus) -> Questions {
    let files = files("content/questions");
    Questions::load(&borrowed(&files), corpus).unwrap_or_else(|faults| panic!("{}", told(&faults)))
}

/// The engine with everything that is shipped, built once.
pub fn engine() -> &'static Engine {
    static ENGINE: LazyLock<Engine> = LazyLock::new(|| {
        let corpus = corpus();
        let (thesaurus, questions) = (thesaurus(&corpus), questions(&corpus));
        Engine::new(&corpus, thesaurus, questions, &[])
    });
    &ENGINE
}

/// Full sentence or terse phrase.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
pub enum NeedKind {
    Sentence,
    Terse,
}

/// A need with the category that answers it.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Need {
    pub text: String,
    pub category: String,
    pub also: Vec<String>,
    pub lang: Lang,
    pub kind: NeedKind,
}

#[derive(Deserialize)]
struct RawNeeds {
    needs: Vec<Need>,
}

/// A set of needs by its file name.
pub fn needs(name: &str) -> Vec<Need> {
    parse::<RawNeeds>(&format!("tests/data/relevance/{name}.ron")).needs
}

/// What must never be a confident hit.
pub fn nonsense() -> Vec<String> {
    parse("tests/data/relevance/nonsense.ron")
}

/// Small random numbers that are the same everywhere.
pub struct Dice(u64);

impl Dice {
    pub fn of(text: &str) -> Dice {
        Dice(text.bytes().fold(0x9E37_79B9, |h, b| {
            (h ^ u64::from(b)).wrapping_mul(0x100_0000_01B3)
        }))
    }

    pub fn roll(&mut self, sides: usize) -> usize {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).unwrap_or(0) % sides.max(1)
    }
}

/// The need with one or two typing errors: a letter dropped, doubled, swapped or hit beside.
pub fn mistyped(text: &str, errors: usize) -> String {
    let mut dice = Dice::of(text);
    let mut words: Vec<Vec<char>> = text.split(' ').map(|w| w.chars().collect()).collect();
    let long: Vec<usize> = (0..words.len())
        .filter(|i| words[*i].iter().filter(|c| c.is_alphabetic()).count() >= 5)
        .collect();
    if long.is_empty() {
        return text.to_owned();
    }
    for _ in 0..errors {
        let word = &mut words[long[dice.roll(long.len())]];
        let at = 1 + dice.roll(word.len() - 2);
        match dice.roll(4) {
            0 => {
                word.remove(at);
            }
            1 => word.insert(at, word[at]),
            2 => word.swap(at, at - usize::from(at > 1)),
            _ => word[at] = beside(word[at], &mut dice),
        }
    }
    words
        .into_iter()
        .map(String::from_iter)
        .collect::<Vec<String>>()
        .join(" ")
}

fn beside(c: char, dice: &mut Dice) -> char {
    for row in ["qwertyuiop", "asdfghjkl", "zxcvbnm"] {
        if let Some(at) = row.find(c.to_ascii_lowercase()) {
            let next = if dice.roll(2) == 0 {
                at.saturating_sub(1)
            } else {
                at + 1
            };
            return row.chars().nth(next).unwrap_or('e');
        }
    }
    'e'
}

/// Counts over a set of needs.
#[derive(Debug, Default, Clone)]
pub struct Score {
    pub needs: usize,
    pub first: usize,
    pub strict: usize,
    pub third: usize,
    pub confident: usize,
    pub confident_right: usize,
}

impl Score {
    pub fn note(&mut self, need: &Need, ranking: &Ranking) {
        let right = |id: &String| *id == need.category || need.also.contains(id);
        let place = ranking.hits.iter().position(|h| right(&h.id)).unwrap_or(8);
        self.needs += 1;
        self.first += usize::from(place == 0);
        self.strict += usize::from(ranking.hits[0].id == need.category);
        self.third += usize::from(place < 3);
        self.confident += usize::from(ranking.confident);
        self.confident_right += usize::from(ranking.confident && place == 0);
    }

    pub fn percent(part: usize, whole: usize) -> f64 {
        #[expect(clippy::cast_precision_loss, reason = "small counts")]
        let (part, whole) = (part as f64, whole.max(1) as f64);
        100.0 * part / whole
    }

    pub fn line(&self) -> String {
        format!(
            "{:5} {:6.1} {:6.1} {:6.1} {:8.1} {:8.1}",
            self.needs,
            Self::percent(self.first, self.needs),
            Self::percent(self.strict, self.needs),
            Self::percent(self.third, self.needs),
            Self::percent(self.confident, self.needs),
            Self::percent(self.confident_right, self.confident),
        )
    }
}

/// Scores by group, and who was taken for whom.
#[derive(Debug, Default)]
pub struct Report {
    pub all: Score,
    pub groups: BTreeMap<String, Score>,
    pub confusion: BTreeMap<(String, String), usize>,
}

impl Report {
    pub fn of(engine: &Engine, needs: &[Need]) -> Report {
        let mut report = Report::default();
        for need in needs {
            let ranking = engine.rank(&Query::whole(&need.text));
            report.all.note(need, &ranking);
            for group in [
                format!("  {}", need.category),
                format!(" {:?}", need.lang),
                format!("{:?}", need.kind),
            ] {
                report.groups.entry(group).or_default().note(need, &ranking);
            }
            let first = &ranking.hits[0].id;
            if *first != need.category && !need.also.contains(first) {
                *report
                    .confusion
                    .entry((need.category.clone(), first.clone()))
                    .or_default() += 1;
            }
        }
        report
    }
}
