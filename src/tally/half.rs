//! Exact halves. Owns the doubled integers that ties need (half a point, a middle place), so that
//! no method ever adds fractions. Shows and serialises them as people write them: 41, 41.5.

use std::fmt;

use serde::{Serialize, Serializer};

/// A number of whole and half points or places, exact.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Half(u64);

impl Half {
    /// From twice the value: `from_doubled(83)` is 41.5.
    pub const fn from_doubled(doubled: u64) -> Self {
        Self(doubled)
    }

    /// Twice the value.
    pub const fn doubled(self) -> u64 {
        self.0
    }

    /// The value for plots and ratios; exact for every tally within the limits of a profile.
    pub fn as_f64(self) -> f64 {
        self.0 as f64 / 2.0
    }
}

impl fmt::Display for Half {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let text = match self.0 % 2 {
            0 => (self.0 / 2).to_string(),
            _ => format!("{}.5", self.0 / 2),
        };
        f.pad(&text)
    }
}

impl Serialize for Half {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        if self.0.is_multiple_of(2) {
            serializer.serialize_u64(self.0 / 2)
        } else {
            serializer.serialize_f64(self.as_f64())
        }
    }
}
