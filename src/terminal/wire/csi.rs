//! Control sequences, written short: a parameter of 1 is left out.
//!
//! Owns how numbers and sequences are spelt and how long that is, nothing of what they mean.

/// Opens a control sequence.
pub(super) fn open(out: &mut Vec<u8>) {
    out.extend_from_slice(b"\x1b[");
}

/// A sequence with one count, such as `ESC[4C`.
pub(super) fn count(n: usize, action: u8, out: &mut Vec<u8>) {
    open(out);
    if n != 1 {
        number(n, out);
    }
    out.push(action);
}

/// How many bytes [`count`] writes.
pub(super) fn count_len(n: usize) -> usize {
    if n == 1 { 3 } else { 3 + digits(n) }
}

/// A sequence with two counts, such as `ESC[3;7H`.
pub(super) fn pair(first: usize, second: usize, action: u8, out: &mut Vec<u8>) {
    open(out);
    if first != 1 {
        number(first, out);
    }
    if second != 1 {
        out.push(b';');
        number(second, out);
    }
    out.push(action);
}

/// How many bytes [`pair`] writes.
pub(super) fn pair_len(first: usize, second: usize) -> usize {
    let rest = if second == 1 { 0 } else { 1 + digits(second) };
    count_len(first) + rest
}

/// A number in decimal digits.
pub(super) fn number(n: usize, out: &mut Vec<u8>) {
    let digit = |value: usize| b'0' + (value % 10) as u8;
    match n {
        0..=9 => out.push(digit(n)),
        10..=99 => out.extend_from_slice(&[digit(n / 10), digit(n)]),
        100..=999 => out.extend_from_slice(&[digit(n / 100), digit(n / 10), digit(n)]),
        _ => {
            number(n / 1000, out);
            out.extend_from_slice(&[digit(n / 100), digit(n / 10), digit(n)]);
        }
    }
}

/// How many digits a number has.
pub(super) fn digits(n: usize) -> usize {
    match n {
        0..=9 => 1,
        10..=99 => 2,
        100..=999 => 3,
        _ => 3 + digits(n / 1000),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sequences_leave_out_what_they_can_and_know_their_length() {
        for (n, text) in [
            (1, "\x1b[C"),
            (4, "\x1b[4C"),
            (120, "\x1b[120C"),
            (1000, "\x1b[1000C"),
        ] {
            let mut out = Vec::new();
            count(n, b'C', &mut out);
            assert_eq!((out.as_slice(), out.len()), (text.as_bytes(), count_len(n)));
        }
        let pairs = [
            ((1, 1), "\x1b[H"),
            ((3, 1), "\x1b[3H"),
            ((1, 7), "\x1b[;7H"),
        ];
        for ((row, column), text) in pairs.into_iter().chain([((12, 40), "\x1b[12;40H")]) {
            let mut out = Vec::new();
            pair(row, column, b'H', &mut out);
            assert_eq!(
                (out.as_slice(), out.len()),
                (text.as_bytes(), pair_len(row, column))
            );
        }
    }
}
