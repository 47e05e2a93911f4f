//! A form as a browser sends it.
//!
//! Owns the reading of its fields. Takes any bytes: what cannot be read as text becomes a sign
//! that says so, and what is wrong with it is for the rules to say.

use std::collections::{BTreeMap, BTreeSet};

use crate::exercise::ItemId;

/// The most bytes of a form. Two thousand would do for ballots; two hundred characters that need
/// four bytes each, and three signs a byte on the way, need more, and whoever typed too much
/// wants it back.
pub(super) const MOST: usize = 8 * 1024;

/// The fields of a form, in their order.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Form(Vec<(String, String)>);

impl Form {
    /// Reads a form, or what stands behind the `?` of an address.
    pub(super) fn read(sent: &[u8]) -> Self {
        let sent = String::from_utf8_lossy(sent);
        let pairs = sent.split('&').filter(|pair| !pair.is_empty());
        let fields = pairs.map(|pair| {
            let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
            (decoded(name), decoded(value))
        });
        Self(fields.collect())
    }

    /// A field; nothing where it is not there.
    pub(super) fn get(&self, name: &str) -> Option<&str> {
        let mut fields = self.0.iter();
        let (_, value) = fields.find(|(one, _)| one == name)?;
        Some(value)
    }

    /// A field that is a number.
    pub(super) fn number<N: std::str::FromStr>(&self, name: &str) -> Option<N> {
        self.get(name)?.trim().parse().ok()
    }

    /// The item that a field names.
    pub(super) fn item(&self, name: &str) -> Option<ItemId> {
        self.number(name).map(ItemId)
    }

    /// A form that says these of items.
    pub(super) fn of_items(values: &BTreeMap<ItemId, String>) -> Self {
        let field = |(id, value): (&ItemId, &String)| (format!("i{}", id.0), value.clone());
        Self(values.iter().map(field).collect())
    }

    /// The form, and what another says of items that it is silent about.
    #[must_use]
    pub(super) fn completed(mut self, other: &Self) -> Self {
        let said: BTreeSet<ItemId> = self.items().map(|(id, _)| id).collect();
        let is_new = |name: &str| {
            let item = item_of(name);
            item.is_some_and(|id| !said.contains(&id))
        };
        let more = other.0.iter().filter(|(name, _)| is_new(name));
        self.0.extend(more.cloned());
        self
    }

    /// What was said of items: fields named `i` and the item's number.
    pub(super) fn items(&self) -> impl Iterator<Item = (ItemId, &str)> {
        self.0
            .iter()
            .filter_map(|(name, value)| Some((item_of(name)?, value.as_str())))
    }
}

fn item_of(name: &str) -> Option<ItemId> {
    name.strip_prefix('i')?.parse().ok().map(ItemId)
}

/// A text as it was typed, from how it travels.
pub(super) fn decoded(sent: &str) -> String {
    let mut bytes = Vec::with_capacity(sent.len());
    let mut rest = sent.as_bytes();
    while let Some((&first, after)) = rest.split_first() {
        rest = after;
        match (first, after) {
            (b'+', _) => bytes.push(b' '),
            (b'%', [high, low, after @ ..]) => match (hex(*high), hex(*low)) {
                (Some(high), Some(low)) => {
                    bytes.push(high << 4 | low);
                    rest = after;
                }
                _ => bytes.push(first),
            },
            _ => bytes.push(first),
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

fn hex(digit: u8) -> Option<u8> {
    let value = char::from(digit).to_digit(16)?;
    u8::try_from(value).ok()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::Form;
    use crate::exercise::ItemId;

    #[test]
    fn fields_come_out_as_they_were_typed() {
        let form = Form::read(b"text=caf%C3%A9+%26+%D9%85&i12=m&i3=&run=7&odd=%zz%");
        assert_eq!(form.get("text"), Some("café & م"));
        assert_eq!(form.number::<u32>("run"), Some(7));
        assert_eq!(form.get("odd"), Some("%zz%"));
        let items: Vec<_> = form.items().collect();
        assert_eq!(items, [(ItemId(12), "m"), (ItemId(3), "")]);
    }

    #[test]
    fn a_form_is_completed_and_never_overruled() {
        let whole = Form::read(b"i1=m&i2=").completed(&Form::read(b"i1=n&i2=n&i3=o&run=7"));
        let items: Vec<_> = whole.items().collect();
        assert_eq!(items, [(ItemId(1), "m"), (ItemId(2), ""), (ItemId(3), "o")]);
        assert_eq!(whole.get("run"), None);
    }

    proptest! {
        #[test]
        fn any_bytes_are_read_without_a_panic(bytes in proptest::collection::vec(any::<u8>(), 0..200)) {
            let form = Form::read(&bytes);
            prop_assert!(form.items().count() <= bytes.len());
        }
    }
}
