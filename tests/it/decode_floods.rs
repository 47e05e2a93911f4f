//! Odd input survives: cut anywhere, endless, or no input at all but noise.

use pim::terminal::decode::PASTE_LIMIT;
use pim::terminal::{Decoded, Decoder};
use proptest::prelude::*;
use ratatui::crossterm::event::Event;

use super::decode_events::{decoded, dictionary};

/// Feeds bytes in pieces of these lengths, over and over.
pub(crate) fn in_pieces(bytes: &[u8], lengths: &[usize]) -> Vec<Decoded> {
    let (mut decoder, mut out, mut rest) = (Decoder::default(), Vec::new(), bytes);
    for length in lengths.iter().cycle() {
        let (piece, after) = rest.split_at((*length).min(rest.len()));
        decoder.feed(piece, &mut out);
        rest = after;
        if rest.is_empty() {
            break;
        }
    }
    out
}

fn pasted(out: &[Decoded]) -> Vec<&str> {
    let text = |decoded| match decoded {
        &Decoded::Event(Event::Paste(ref text)) => Some(text.as_str()),
        _ => None,
    };
    out.iter().filter_map(text).collect()
}

fn a_thousand() -> ProptestConfig {
    let asked = ProptestConfig::default();
    ProptestConfig {
        cases: asked.cases.max(1000),
        failure_persistence: None,
        ..asked
    }
}

proptest! {
    #![proptest_config(a_thousand())]

    #[test]
    fn any_input_cut_anywhere_gives_the_same_events(
        words in proptest::collection::vec(0..dictionary().len(), 1..20),
        noise in proptest::collection::vec(any::<u8>(), 0..20),
        lengths in proptest::collection::vec(1..9usize, 1..9),
    ) {
        let dictionary = dictionary();
        let mut bytes: Vec<u8> = words.iter().flat_map(|&word| dictionary[word].0).copied().collect();
        bytes.extend(noise);
        prop_assert_eq!(in_pieces(&bytes, &lengths), decoded(&bytes));
    }

    #[test]
    fn noise_never_panics(
        noise in proptest::collection::vec(prop_oneof![any::<u8>(), Just(0x1b), Just(b'['), Just(b'O')], 0..400),
        flush_at in 0..400usize,
    ) {
        let (mut decoder, mut out) = (Decoder::default(), Vec::new());
        let (before, after) = noise.split_at(flush_at.min(noise.len()));
        decoder.feed(before, &mut out);
        decoder.flush(&mut out);
        decoder.feed(after, &mut out);
        decoder.flush(&mut out);
        prop_assert!(out.len() <= 2 * noise.len() + 2);
    }

    #[test]
    fn a_paste_under_the_limit_is_whole(text in "[^\u{1b}]{0,300}", lengths in proptest::collection::vec(1..50usize, 1..9)) {
        let bytes = [b"\x1b[200~", text.as_bytes(), b"\x1b[201~"].concat();
        let out = in_pieces(&bytes, &lengths);
        prop_assert_eq!(pasted(&out), [text.as_str()]);
        prop_assert_eq!(out.len(), 1);
    }
}

#[test]
fn a_paste_over_the_limit_is_cut_between_letters_and_its_rest_is_no_key() {
    let text = format!("a{}", "é".repeat(PASTE_LIMIT));
    let bytes = [b"\x1b[200~", text.as_bytes(), b"\x1b[201~"].concat();
    let out = in_pieces(&bytes, &[4096]);
    let [kept] = pasted(&out)[..] else {
        panic!("one paste");
    };
    assert_eq!((out.len(), kept.len()), (1, PASTE_LIMIT - 1));
    assert!(text.starts_with(kept));
}

#[test]
fn floods_do_not_grow_memory() {
    for opening in [
        "\x1b]52;c;",
        "\x1b[",
        "\x1bP",
        "\x1bP1$r",
        "\x1bP1+r",
        "\x1b_",
        "\x1b[200~",
        "\x1b[1;1;1;1:",
    ] {
        let (mut decoder, mut out) = (Decoder::default(), Vec::new());
        decoder.feed(opening.as_bytes(), &mut out);
        for _ in 0..64 {
            decoder.feed(&[b'1'; 16 * 1024], &mut out);
        }
        assert_eq!(out, [], "{opening:?}");
        assert!(size_of_val(&decoder) < 4096);
    }
}
