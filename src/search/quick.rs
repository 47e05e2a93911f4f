//! A quick, fixed hash for words, and stems remembered while building.
//!
//! The engine is built from some twenty thousand short strings right after the first picture, so the
//! default hasher and repeated stemming would show. Not for untrusted keys: only our own files and one
//! short need are hashed.

use std::collections::{HashMap, HashSet};
use std::hash::{BuildHasherDefault, Hash, Hasher};

use super::text::{Lang, Stems};

/// A map with the quick hash.
pub(super) type Map<K, V> = HashMap<K, V, BuildHasherDefault<Quick>>;
/// A set with the quick hash.
pub(super) type Set<K> = HashSet<K, BuildHasherDefault<Quick>>;

/// Multiply and rotate, eight bytes at a time.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Quick(u64);

const SEED: u64 = 0x517C_C1B7_2722_0A95;

impl Quick {
    fn mix(&mut self, part: u64) {
        self.0 = (self.0.rotate_left(5) ^ part).wrapping_mul(SEED);
    }
}

impl Hasher for Quick {
    fn write(&mut self, bytes: &[u8]) {
        let (eights, rest) = bytes.as_chunks::<8>();
        for eight in eights {
            self.mix(u64::from_le_bytes(*eight));
        }
        for byte in rest {
            self.mix(u64::from(*byte));
        }
    }

    fn write_u8(&mut self, part: u8) {
        self.mix(u64::from(part));
    }

    fn write_u32(&mut self, part: u32) {
        self.mix(u64::from(part));
    }

    fn write_u64(&mut self, part: u64) {
        self.mix(part);
    }

    fn write_usize(&mut self, part: usize) {
        self.mix(part as u64);
    }

    fn finish(&self) -> u64 {
        self.0 ^ (self.0 >> 29)
    }
}

/// The hash of anything hashable.
pub(super) fn hash(what: impl Hash) -> u64 {
    let mut quick = Quick::default();
    what.hash(&mut quick);
    quick.finish()
}

/// Hashes of stems, each word stemmed once.
#[derive(Debug)]
pub(super) struct StemHashes<'s> {
    stems: &'s Stems,
    known: Map<u64, u64>,
}

impl<'s> StemHashes<'s> {
    pub(super) fn new(stems: &'s Stems) -> Self {
        StemHashes {
            stems,
            known: Map::default(),
        }
    }

    /// The hash of a word's stem; the same as [`stem_hash`].
    pub(super) fn of(&mut self, lang: Lang, canon: &str) -> u64 {
        *self
            .known
            .entry(hash((lang, canon)))
            .or_insert_with(|| stem_hash(self.stems, lang, canon))
    }
}

/// The hash of a word's stem in a language.
pub(super) fn stem_hash(stems: &Stems, lang: Lang, canon: &str) -> u64 {
    hash((lang, &*stems.stem(lang, canon)))
}
