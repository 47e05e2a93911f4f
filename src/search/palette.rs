//! Titles, addresses and commands by their letters.
//!
//! Owns fuzzy matching of short names. Must not be used on running text, where scattered letters match
//! anything. Promise: matched positions are places of characters in the title, whatever its accents;
//! an alias or the start of a word goes before scattered letters. Start at [`Palette::find`].

use fuzzy_matcher::FuzzyMatcher;
use fuzzy_matcher::skim::SkimMatcherV2;

use super::text;

/// Something that can be found by its name.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Item {
    /// Shown, and matched.
    pub title: String,
    /// Matched after the title: `matrix/case-management/output`.
    pub address: String,
    /// Other names: "CM", "`CwC`". A whole alias outranks everything but the same title.
    pub aliases: Vec<String>,
}

/// What of an item matched.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Part {
    /// Its title.
    Title,
    /// One of its aliases, by place.
    Alias(usize),
    /// Its address.
    Address,
}

/// A found item.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found {
    /// Place of the item.
    pub item: usize,
    /// What matched.
    pub part: Part,
    /// Which characters of that part, ascending; for underlining.
    pub positions: Vec<usize>,
    /// Higher is better; only for comparing within one answer.
    pub score: i64,
}

/// Names ready to be searched.
pub struct Palette {
    items: Vec<Names>,
    matcher: SkimMatcherV2,
}

struct Names {
    title: Vec<char>,
    address: Vec<char>,
    aliases: Vec<Vec<char>>,
}

impl std::fmt::Debug for Palette {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Palette")
            .field("items", &self.items.len())
            .finish_non_exhaustive()
    }
}

const LONGEST_QUERY: usize = 64;
const WHOLE: i64 = 4_000;
const ALIAS: i64 = 3_000;
const STARTS: i64 = 2_000;
const WORD_STARTS: i64 = 1_200;
const INSIDE: i64 = 700;
const MISTYPED: i64 = 200;

impl Palette {
    /// Folds all names once.
    pub fn new(items: &[Item]) -> Palette {
        let items = items
            .iter()
            .map(|item| Names {
                title: folded(&item.title),
                address: folded(&item.address),
                aliases: item.aliases.iter().map(|a| folded(a)).collect(),
            })
            .collect();
        Palette {
            items,
            matcher: SkimMatcherV2::default().ignore_case(),
        }
    }

    /// The items whose names match, best first; all of them for an empty query.
    pub fn find(&self, query: &str) -> Vec<Found> {
        let query: Vec<char> = query
            .chars()
            .take(LONGEST_QUERY)
            .map(text::fold_char)
            .collect();
        let parts: Vec<Vec<char>> = query
            .split(|c| !c.is_alphanumeric() && *c != '&' && *c != '/')
            .filter(|part| !part.is_empty())
            .map(<[char]>::to_vec)
            .collect();
        let mut found: Vec<Found> = self
            .items
            .iter()
            .enumerate()
            .filter_map(|(item, names)| {
                self.best(&parts, names)
                    .map(|(score, part, positions)| Found {
                        item,
                        part,
                        positions,
                        score,
                    })
            })
            .collect();
        found.sort_by(|a, b| b.score.cmp(&a.score).then(a.item.cmp(&b.item)));
        found
    }

    fn best(&self, parts: &[Vec<char>], names: &Names) -> Option<(i64, Part, Vec<usize>)> {
        if parts.is_empty() {
            return Some((0, Part::Title, Vec::new()));
        }
        let title = self
            .all(parts, &names.title)
            .map(|(score, at)| (score, Part::Title, at));
        let address = self
            .all(parts, &names.address)
            .map(|(score, at)| (score / 2, Part::Address, at));
        let aliases = names
            .aliases
            .iter()
            .enumerate()
            .filter_map(|(number, alias)| {
                let (score, at) = self.all(parts, alias)?;
                let whole = alias
                    .iter()
                    .copied()
                    .filter(|c| *c != ' ')
                    .eq(parts.concat());
                Some((
                    if whole {
                        score.max(ALIAS) + ALIAS / 8
                    } else {
                        score * 9 / 10
                    },
                    Part::Alias(number),
                    at,
                ))
            });
        title
            .into_iter()
            .chain(aliases)
            .chain(address)
            .max_by(|a, b| a.0.cmp(&b.0).then(b.1.cmp(&a.1)))
    }

    /// Every word typed must match somewhere.
    fn all(&self, parts: &[Vec<char>], name: &[char]) -> Option<(i64, Vec<usize>)> {
        let mut positions = Vec::new();
        let mut score = 0;
        for part in parts {
            let (one, at) = self.one(part, name)?;
            score += one;
            positions.extend(at);
        }
        positions.sort_unstable();
        positions.dedup();
        let shorter = 60 - i64::try_from(name.len().min(60)).unwrap_or(60);
        Some((
            score / i64::try_from(parts.len()).unwrap_or(1) + shorter,
            positions,
        ))
    }

    fn one(&self, part: &[char], name: &[char]) -> Option<(i64, Vec<usize>)> {
        let run = |at: usize| (at..at + part.len()).collect::<Vec<_>>();
        if name == part {
            return Some((WHOLE, run(0)));
        }
        let starts: Vec<usize> = (0..name.len())
            .filter(|at| {
                name[*at].is_alphanumeric() && (*at == 0 || !name[at - 1].is_alphanumeric())
            })
            .collect();
        if let Some(at) = starts.iter().find(|at| name[**at..].starts_with(part)) {
            return Some((if *at == 0 { STARTS } else { WORD_STARTS }, run(*at)));
        }
        let initials: Vec<char> = starts.iter().map(|at| name[*at]).collect();
        if part.len() >= 2 && initials.starts_with(part) {
            return Some((
                WORD_STARTS + 100,
                starts.into_iter().take(part.len()).collect(),
            ));
        }
        if let Some(at) = name
            .windows(part.len())
            .position(|run| run == part)
            .filter(|_| part.len() > 1)
        {
            return Some((INSIDE, run(at)));
        }
        self.scattered(part, name)
            .or_else(|| mistyped(part, name, &starts))
    }

    fn scattered(&self, part: &[char], name: &[char]) -> Option<(i64, Vec<usize>)> {
        let (choice, pattern): (String, String) = (name.iter().collect(), part.iter().collect());
        let (score, at) = self.matcher.fuzzy_indices(&choice, &pattern)?;
        let spread = at.last()? - at.first()? + 1;
        // Letters of a longer word stand in any sentence, in the right order, somewhere.
        let most = if part.len() < 6 {
            3 * part.len()
        } else {
            part.len() * 3 / 2
        };
        (spread <= most).then_some((score.clamp(0, INSIDE - 1), at))
    }
}

fn mistyped(part: &[char], name: &[char], starts: &[usize]) -> Option<(i64, Vec<usize>)> {
    if part.len() < 4 {
        return None;
    }
    let typed: String = part.iter().collect();
    let reach = if part.len() >= 8 { 2 } else { 1 };
    starts
        .iter()
        .map(|start| {
            let end = (*start..name.len())
                .find(|at| !name[*at].is_alphanumeric())
                .unwrap_or(name.len());
            let word: String = name[*start..end].iter().collect();
            let begun: String = name[*start..end.min(start + part.len())].iter().collect();
            let distance =
                strsim::osa_distance(&typed, &word).min(strsim::osa_distance(&typed, &begun));
            (distance, *start..end)
        })
        .filter(|(distance, _)| *distance <= reach)
        .min_by_key(|(distance, _)| *distance)
        .map(|(distance, word)| {
            (
                MISTYPED / i64::try_from(distance.max(1)).unwrap_or(1),
                word.collect(),
            )
        })
}

fn folded(name: &str) -> Vec<char> {
    name.chars().map(text::fold_char).collect()
}
