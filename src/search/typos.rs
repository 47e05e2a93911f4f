//! Words mistyped and words not yet finished.
//!
//! Owns the vocabulary of everything that can be matched. Knows nothing of categories. Promise: a word
//! that is known, in any form, or that is an everyday word, is never changed; short words are changed
//! only where a letter is missing, doubled or swapped; the work for one word is bounded.
//! Start at [`Vocabulary::read_as`].

use super::quick::{Map, Set};
use super::text::{self, Lang};

/// All words that can be matched, with how often they occur.
#[derive(Debug, Default)]
pub struct Vocabulary {
    sorted: Vec<Known>,
    heard: Map<String, (u32, Tongues)>,
    everyday: Set<String>,
}

#[derive(Debug)]
struct Known {
    word: String,
    letters: u32,
    length: usize,
    frequency: u32,
    tongues: Tongues,
}

/// The languages that a word belongs to, one bit each; 0 where nobody said.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Tongues(u8);

impl Tongues {
    /// Only this language.
    pub(super) fn of(lang: Lang) -> Self {
        Tongues(1 << Lang::ALL.iter().position(|l| *l == lang).unwrap_or(0))
    }

    /// These and those.
    #[must_use]
    pub(super) fn and(self, other: Self) -> Self {
        Tongues(self.0 | other.0)
    }

    /// Whether a word of these languages may be meant where `spoken` is.
    fn fits(self, spoken: Self) -> bool {
        self.0 == 0 || spoken.0 == 0 || self.0 & spoken.0 != 0
    }
}

/// A word that can be matched, how often it occurs, and in which languages.
pub(super) type Heard = (String, u32, Tongues);

impl Vocabulary {
    /// Gathers words with their frequency; `everyday` words are left alone though nothing knows them.
    pub(super) fn new(words: impl IntoIterator<Item = Heard>, everyday: Set<String>) -> Vocabulary {
        let mut heard: Map<String, (u32, Tongues)> = Map::default();
        for (word, count, tongues) in words {
            let known = heard.entry(word).or_default();
            *known = (known.0 + count, known.1.and(tongues));
        }
        let mut sorted: Vec<Known> = heard
            .iter()
            .map(|(word, (frequency, tongues))| Known {
                letters: letters(word),
                length: word.chars().count(),
                word: word.clone(),
                frequency: *frequency,
                tongues: *tongues,
            })
            .collect();
        sorted.sort_by(|a, b| a.word.cmp(&b.word));
        Vocabulary {
            sorted,
            heard,
            everyday,
        }
    }

    /// The language of a line: the one to which most of its known words belong that belong to one only.
    pub fn spoken<'w>(&self, canons: impl Iterator<Item = &'w str>) -> Tongues {
        let mut counts = [0_u32; Lang::ALL.len()];
        for canon in canons {
            let tongues = self.heard.get(canon).map(|(_, t)| *t);
            for (count, lang) in counts.iter_mut().zip(Lang::ALL) {
                *count += u32::from(tongues == Some(Tongues::of(lang)));
            }
        }
        let most = counts.iter().copied().max().unwrap_or(0);
        let mut first = Lang::ALL
            .into_iter()
            .zip(counts)
            .filter(|(_, n)| *n == most);
        match (most, first.next(), first.next()) {
            (1.., Some((lang, _)), None) => Tongues::of(lang),
            _ => Tongues::default(),
        }
    }

    /// Whether the word stands in the vocabulary just so.
    pub fn has(&self, canon: &str) -> bool {
        self.heard.contains_key(canon)
    }

    /// Whether it is an ordinary word that must not be taken for a typing error.
    pub fn is_everyday(&self, canon: &str) -> bool {
        self.everyday.contains(canon) || self.everyday.contains(&text::light(canon))
    }

    /// The known word that was probably meant in a line of that language; the caller has made sure that
    /// `canon` is not known.
    pub fn read_as(&self, canon: &str, spoken: Tongues) -> Option<&str> {
        let length = canon.chars().count();
        if !(4..=24).contains(&length)
            || self.is_everyday(canon)
            || !canon.chars().all(char::is_alphabetic)
        {
            return None;
        }
        let mask = letters(canon);
        let reach = if length >= 8 { 2 } else { 1 };
        let best = self
            .sorted
            .iter()
            .filter(|k| k.length >= 4 && k.length.abs_diff(length) <= reach)
            .filter(|k| (k.letters ^ mask).count_ones() as usize <= 2 * reach)
            .filter_map(|k| {
                let foreign = if k.tongues.fits(spoken) { 0.0 } else { FOREIGN };
                Some((
                    price(canon, &k.word, length, reach)? + foreign - ease(k.frequency),
                    k,
                ))
            })
            .min_by(|a, b| {
                a.0.total_cmp(&b.0)
                    .then_with(|| b.1.frequency.cmp(&a.1.frequency))
            });
        best.map(|(_, known)| known.word.as_str())
    }

    /// Two known words written as one: "watersupply".
    pub fn split(&self, canon: &str) -> Option<(&str, &str)> {
        let length = canon.chars().count();
        if !(8..=30).contains(&length) || !canon.is_ascii() || self.is_everyday(canon) {
            return None;
        }
        (3..=length - 3)
            .filter_map(|at| {
                let (head, tail) = canon.split_at_checked(at)?;
                let (head, (many, _)) = self.heard.get_key_value(head)?;
                let (tail, (more, _)) = self.heard.get_key_value(tail)?;
                let rare = many.min(more);
                (*rare >= 2).then_some((rare, head.as_str(), tail.as_str()))
            })
            .max_by_key(|(rare, ..)| **rare)
            .map(|(_, head, tail)| (head, tail))
    }

    /// The most frequent known words that begin so, at most `most`.
    pub fn completions(&self, start: &str, most: usize) -> Vec<&str> {
        let from = self.sorted.partition_point(|k| k.word.as_str() < start);
        let mut found: Vec<&Known> = self
            .sorted
            .iter()
            .skip(from)
            .take_while(|k| k.word.starts_with(start))
            .collect();
        found.sort_by(|a, b| {
            b.frequency
                .cmp(&a.frequency)
                .then_with(|| a.word.cmp(&b.word))
        });
        found
            .into_iter()
            .take(most)
            .map(|k| k.word.as_str())
            .collect()
    }
}

/// What a word of another language costs more.
const FOREIGN: f32 = 0.35;

fn letters(word: &str) -> u32 {
    word.chars()
        .filter(char::is_ascii_lowercase)
        .fold(0, |mask, c| mask | 1 << (c as u32 - 'a' as u32))
}

/// Frequent words are slightly cheaper, never by more than a quarter of one error.
fn ease(frequency: u32) -> f32 {
    (frequency as f32).ln_1p().min(6.0) * 0.05
}

/// What reading `typed` as `known` costs; `None` when the two are too far apart.
fn price(typed: &str, known: &str, length: usize, reach: usize) -> Option<f32> {
    let distance = strsim::osa_distance(typed, known);
    if distance > reach {
        return None;
    }
    let same_start = typed.chars().next() == known.chars().next();
    let same_length = known.chars().count() == length;
    let substituted = same_length && !is_anagram(typed, known);
    if !same_start {
        let swapped = same_length
            && typed.chars().take(2).eq(known
                .chars()
                .take(2)
                .collect::<Vec<_>>()
                .into_iter()
                .rev());
        let slipped = if same_length {
            slip_of_the_finger(typed, known)
        } else {
            length >= 8
        };
        if distance > 1 || (!swapped && (length < 6 || !slipped)) {
            return None;
        }
    }
    if substituted && length < 6 && !(length == 5 && slip_of_the_finger(typed, known)) {
        return None;
    }
    if distance == 2 && substituted && (length < 9 || !slip_of_the_finger(typed, known)) {
        return None;
    }
    let mut price = distance as f32;
    if !same_start {
        price += 0.4;
    }
    if substituted {
        price += if slip_of_the_finger(typed, known) {
            0.1
        } else {
            0.3
        };
    }
    Some(price)
}

fn is_anagram(a: &str, b: &str) -> bool {
    let sorted = |s: &str| {
        let mut chars: Vec<char> = s.chars().collect();
        chars.sort_unstable();
        chars
    };
    sorted(a) == sorted(b)
}

/// Whether all differing letters of two words of one length are slips.
fn slip_of_the_finger(one: &str, other: &str) -> bool {
    let mut pairs = one.chars().zip(other.chars()).filter(|(x, y)| x != y);
    pairs.clone().next().is_some() && pairs.all(|(x, y)| is_slip(x, y))
}

/// Whether two letters are neighbours on a keyboard, both vowels, or sound alike in one of the languages
/// ("saver" for "saber").
fn is_slip(x: char, y: char) -> bool {
    let vowels = "aeiouy";
    if vowels.contains(x) && vowels.contains(y) {
        return true;
    }
    if ["bv", "csz", "ckq", "gj", "mn"]
        .iter()
        .any(|alike| alike.contains(x) && alike.contains(y))
    {
        return true;
    }
    [
        "qwertyuiop",
        "asdfghjkl",
        "zxcvbnm",
        "azertyuiop",
        "qsdfghjklm",
        "wxcvbn",
        "qaz",
        "wsx",
        "edc",
        "rfv",
        "tgb",
        "yhn",
    ]
    .iter()
    .any(|row| match (row.find(x), row.find(y)) {
        (Some(here), Some(there)) => here.abs_diff(there) == 1,
        _ => false,
    })
}
