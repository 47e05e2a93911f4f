//! How a long list is spread over several pages, none of them too large.
//!
//! Owns the bytes that a page may have and the cut. What an entry takes is counted as if all that
//! can be said of it were said, so that the parts stay the same while somebody fills them in and
//! nothing jumps from one page to the next. Pure.

use std::ops::Range;

/// The most bytes of a page, uncompressed.
pub(super) const PAGE: usize = 15_000;
/// Bytes kept free for what a page says first, its time, and the way to its other parts.
const SPARE: usize = 1_000;
/// Bytes that are given back of what was typed: five times what any field takes.
const TYPED: usize = 6_000;

/// A part of a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Part {
    /// Which one, from 1.
    pub(super) number: usize,
    /// Of how many.
    pub(super) of: usize,
    /// Its entries.
    pub(super) range: Range<usize>,
}

impl Part {
    /// No entry at all: what is left is what the page has around its list.
    pub(super) const NONE: Self = Self {
        number: 1,
        of: 1,
        range: 0..0,
    };

    /// The wanted part of a list of entries of these sizes, on a page that has so many bytes
    /// without it.
    pub(super) fn of(sizes: &[usize], bare: usize, wanted: Wanted) -> Self {
        let room = PAGE.saturating_sub(bare + SPARE);
        let parts = even(sizes, room);
        let at = match wanted {
            Wanted::Part(number) => number.saturating_sub(1),
            Wanted::With(entry) => parts
                .iter()
                .position(|part| part.contains(&entry))
                .unwrap_or_default(),
        };
        let at = at.min(parts.len().saturating_sub(1));
        Self {
            number: at + 1,
            of: parts.len().max(1),
            range: parts.get(at).cloned().unwrap_or_default(),
        }
    }

    /// The number of the part before.
    pub(super) fn before(&self) -> Option<usize> {
        (self.number > 1).then(|| self.number - 1)
    }

    /// The number of the part after.
    pub(super) fn after(&self) -> Option<usize> {
        (self.number < self.of).then(|| self.number + 1)
    }

    /// Whether there are others.
    pub(super) const fn is_one_of_several(&self) -> bool {
        self.of > 1
    }
}

/// Which part of a list is wanted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Wanted {
    /// The one with a number; the last one, where there are fewer.
    Part(usize),
    /// The one in which an entry stands.
    With(usize),
}

/// As few parts as there is room for, all about as long.
fn even(sizes: &[usize], room: usize) -> Vec<Range<usize>> {
    let wanted = filled(sizes, room).len();
    // The smallest room for which they are no more.
    let (mut low, mut high) = (0, room);
    while low < high {
        let middle = low.midpoint(high);
        if filled(sizes, middle).len() <= wanted {
            high = middle;
        } else {
            low = middle + 1;
        }
    }
    filled(sizes, high)
}

/// Parts that are filled one after the other; each has one entry at least.
fn filled(sizes: &[usize], room: usize) -> Vec<Range<usize>> {
    let mut parts: Vec<Range<usize>> = Vec::new();
    let mut taken = 0;
    for (at, size) in sizes.iter().enumerate() {
        match parts.last_mut() {
            Some(part) if taken + size <= room => {
                part.end = at + 1;
                taken += size;
            }
            _ => {
                parts.push(at..at + 1);
                taken = *size;
            }
        }
    }
    parts
}

/// The bytes of a text once it is escaped.
pub(super) fn bytes(text: &str) -> usize {
    text.chars().map(escaped).sum()
}

fn escaped(c: char) -> usize {
    match c {
        '&' => "&amp;".len(),
        '<' | '>' => "&lt;".len(),
        '"' => "&quot;".len(),
        c => c.len_utf8(),
    }
}

/// The beginning of a text that takes no more than so many bytes; the text itself, nearly always.
pub(super) fn beginning(text: &str, most: usize) -> String {
    if bytes(text) <= most {
        return text.to_owned();
    }
    let mut left = most.saturating_sub('…'.len_utf8());
    let fits = |c: &char| {
        let fits = escaped(*c) <= left;
        left = left.saturating_sub(escaped(*c));
        fits
    };
    text.chars().take_while(fits).chain(['…']).collect()
}

/// What was typed, as far as a page can give it back. Browsers let nobody type a fifth of it.
pub(super) fn typed(text: &str) -> String {
    beginning(text, TYPED)
}

#[cfg(test)]
mod tests {
    use maud::html;
    use proptest::prelude::*;

    use super::{PAGE, Part, Wanted, beginning, bytes, even};

    #[test]
    fn a_short_list_is_one_part_and_a_long_one_is_cut_evenly() {
        let part = Part::of(&[300; 10], 6_000, Wanted::Part(7));
        assert_eq!((part.number, part.of, part.range), (1, 1, 0..10));
        let lengths: Vec<usize> = even(&[100; 31], 3_000).iter().map(Range::len).collect();
        assert_eq!(lengths, [16, 15]);
        assert_eq!(Part::of(&[], 0, Wanted::Part(1)), Part::NONE);
    }

    use std::ops::Range;

    #[test]
    fn an_entry_is_found_in_its_part() {
        let part = Part::of(&[1_000; 30], PAGE / 2, Wanted::With(29));
        assert!(
            part.number == part.of && part.range.contains(&29),
            "{part:?}"
        );
        assert_eq!(part.after(), None);
        assert_eq!(part.before(), Some(part.number - 1));
    }

    proptest! {
        #[test]
        fn every_entry_stands_in_one_part_and_no_part_is_too_long(
            sizes in proptest::collection::vec(0_usize..2_000, 0..80), room in 0_usize..9_000,
        ) {
            let parts = even(&sizes, room);
            let all: Vec<usize> = parts.iter().cloned().flatten().collect();
            prop_assert_eq!(all, (0..sizes.len()).collect::<Vec<_>>());
            for part in parts {
                let taken: usize = sizes.get(part.clone()).into_iter().flatten().sum();
                prop_assert!(taken <= room || part.len() == 1);
            }
        }

        #[test]
        fn bytes_are_those_of_the_page(text in any::<String>(), most in 3_usize..100) {
            prop_assert_eq!(html! { (text) }.into_string().len(), bytes(&text));
            prop_assert!(bytes(&beginning(&text, most)) <= most);
        }
    }
}
