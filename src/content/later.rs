//! A part of the content that is read when it is first looked at.
//!
//! Owns the waiting, and nothing of what is read. A reader sees through it to the part itself, so
//! nobody who reads content has to know. Reading is the slowest thing that opening the program
//! does, and the first screen shows little of what there is. Only the files that are part of the
//! program are read later: they were checked before they came to be so. Start at [`Later`].

use std::ops::Deref;
use std::sync::OnceLock;

/// A part that was read, or one that will be.
#[derive(Clone, Debug)]
pub enum Later<T> {
    /// It is there.
    Read(T),
    /// It is there from the first look on.
    Unread(OnceLock<T>, fn() -> T),
}

impl<T> Later<T> {
    /// A part that is read with this when it is first looked at.
    pub(super) fn unread(read: fn() -> T) -> Self {
        Self::Unread(OnceLock::new(), read)
    }

    /// Whether it is there already.
    pub fn is_read(&self) -> bool {
        match self {
            Self::Read(_) => true,
            Self::Unread(part, _) => part.get().is_some(),
        }
    }
}

impl<T> Deref for Later<T> {
    type Target = T;

    fn deref(&self) -> &T {
        match self {
            Self::Read(part) => part,
            Self::Unread(part, read) => part.get_or_init(read),
        }
    }
}

impl<T: PartialEq> PartialEq for Later<T> {
    fn eq(&self, other: &Self) -> bool {
        **self == **other
    }
}

impl<T: Eq> Eq for Later<T> {}

impl<'a, T> IntoIterator for &'a Later<Vec<T>> {
    type Item = &'a T;
    type IntoIter = std::slice::Iter<'a, T>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}
