//! What a person does arrives as such, and what the terminal answers does not.

use pim::terminal::decode::Ground;
use pim::terminal::{Decoded, Decoder, Report};
use ratatui::crossterm::event::{
    Event, KeyCode, KeyEvent, KeyEventKind, KeyModifiers, MouseButton, MouseEvent, MouseEventKind,
};
use ratatui::layout::Position;

pub(crate) const CTRL: KeyModifiers = KeyModifiers::CONTROL;
pub(crate) const ALT: KeyModifiers = KeyModifiers::ALT;
pub(crate) const SHIFT: KeyModifiers = KeyModifiers::SHIFT;
pub(crate) const NONE: KeyModifiers = KeyModifiers::NONE;

pub(crate) fn key(code: KeyCode, modifiers: KeyModifiers) -> Decoded {
    Decoded::Event(Event::Key(KeyEvent::new(code, modifiers)))
}

fn char(c: char, modifiers: KeyModifiers) -> Decoded {
    key(KeyCode::Char(c), modifiers)
}

fn paste(text: &str) -> Decoded {
    Decoded::Event(Event::Paste(text.to_owned()))
}

fn mouse(kind: MouseEventKind, column: u16, row: u16, modifiers: KeyModifiers) -> Decoded {
    Decoded::Event(Event::Mouse(MouseEvent {
        kind,
        column,
        row,
        modifiers,
    }))
}

fn kind(code: KeyCode, modifiers: KeyModifiers, kind: KeyEventKind) -> Decoded {
    Decoded::Event(Event::Key(KeyEvent::new_with_kind(code, modifiers, kind)))
}

pub(crate) fn decoded(bytes: &[u8]) -> Vec<Decoded> {
    let mut out = Vec::new();
    Decoder::default().feed(bytes, &mut out);
    out
}

/// What is typed, and what it means.
#[expect(clippy::too_many_lines, reason = "a table")]
pub(crate) fn dictionary() -> Vec<(&'static [u8], Vec<Decoded>)> {
    use KeyCode::{
        BackTab, Backspace, Char, Delete, Down, End, Enter, Esc, F, Home, Insert, Left, PageDown,
        PageUp, Right, Tab, Up,
    };
    let report = |report| vec![Decoded::Report(report)];
    let ground = |ground| Decoded::Report(Report::Ground(ground));
    let one = |code, modifiers| vec![key(code, modifiers)];
    vec![
        (b"a", one(Char('a'), NONE)),
        (b"jj", vec![char('j', NONE); 2]),
        (b"A", one(Char('A'), SHIFT)),
        (
            "é漢م".as_bytes(),
            vec![char('é', NONE), char('漢', NONE), char('م', NONE)],
        ),
        ("É".as_bytes(), one(Char('É'), SHIFT)),
        (b"\r", one(Enter, NONE)),
        (b"\n", one(Char('j'), CTRL)),
        (b"\t", one(Tab, NONE)),
        (b"\x7f\x08", vec![key(Backspace, NONE); 2]),
        (
            b"\0\x01\x1a\x1f",
            vec![
                char(' ', CTRL),
                char('a', CTRL),
                char('z', CTRL),
                char('7', CTRL),
            ],
        ),
        (
            b"\x1b[A\x1b[B\x1b[C\x1b[D",
            vec![
                key(Up, NONE),
                key(Down, NONE),
                key(Right, NONE),
                key(Left, NONE),
            ],
        ),
        (b"\x1bOA\x1bOD", vec![key(Up, NONE), key(Left, NONE)]),
        (
            b"\x1b[H\x1b[F\x1bOH\x1b[1~\x1b[4~",
            vec![
                key(Home, NONE),
                key(End, NONE),
                key(Home, NONE),
                key(Home, NONE),
                key(End, NONE),
            ],
        ),
        (
            b"\x1b[2~\x1b[3~\x1b[5~\x1b[6~",
            vec![
                key(Insert, NONE),
                key(Delete, NONE),
                key(PageUp, NONE),
                key(PageDown, NONE),
            ],
        ),
        (
            b"\x1bOP\x1bOQ\x1bOR\x1bOS",
            (1..=4).map(|n| key(F(n), NONE)).collect(),
        ),
        (
            b"\x1b[11~\x1b[15~\x1b[17~\x1b[21~\x1b[23~\x1b[24~",
            [1, 5, 6, 10, 11, 12].map(|n| key(F(n), NONE)).to_vec(),
        ),
        (b"\x1b[[A\x1b[[E", vec![key(F(1), NONE), key(F(5), NONE)]),
        (b"\x1b[Z", one(BackTab, SHIFT)),
        (b"\x1b[1;5A", one(Up, CTRL)),
        (
            b"\x1b[1;2H\x1b[3;5~\x1b[1;3P",
            vec![key(Home, SHIFT), key(Delete, CTRL), key(F(1), ALT)],
        ),
        (b"\x1bO5C", one(Right, CTRL)),
        (
            b"\x1bOM\x1bOp\x1bOk",
            vec![key(Enter, NONE), char('0', NONE), char('+', NONE)],
        ),
        // Alt is an ESC before the key, whatever the key is.
        (b"\x1bx", one(Char('x'), ALT)),
        (b"\x1bX\x1b\\", vec![]),
        ("\x1bé".as_bytes(), one(Char('é'), ALT)),
        (
            b"\x1b/\x1b \x1b\r\x1b\x7f\x1b\x01",
            vec![
                char('/', ALT),
                char(' ', ALT),
                key(Enter, ALT),
                key(Backspace, ALT),
                char('a', CTRL | ALT),
            ],
        ),
        (b"\x1b\x1b[A", vec![key(Esc, NONE), key(Up, NONE)]),
        (b"\x1bOz", vec![char('O', ALT | SHIFT), char('z', NONE)]),
        // kitty
        (
            b"\x1b[27u\x1b[13;2u\x1b[9;2u\x1b[127u",
            vec![
                key(Esc, NONE),
                key(Enter, SHIFT),
                key(BackTab, SHIFT),
                key(Backspace, NONE),
            ],
        ),
        (
            b"\x1b[97;5u\x1b[97:65;2u\x1b[233u",
            vec![char('a', CTRL), char('A', SHIFT), char('é', NONE)],
        ),
        (
            b"\x1b[97;1:3u",
            vec![kind(Char('a'), NONE, KeyEventKind::Release)],
        ),
        (b"\x1b[1;1:2B", vec![kind(Down, NONE, KeyEventKind::Repeat)]),
        (b"\x1b[57414u\x1b[57441u", one(Enter, NONE)),
        (b"\x1b[27;5;105~", one(Char('i'), CTRL)),
        // paste, focus, mouse
        (
            b"\x1b[200~a\x1b[Ab\r\x03\x1b[201~x",
            vec![paste("a\x1b[Ab\r\x03"), char('x', NONE)],
        ),
        (b"\x1b[200~\x1b[201~", vec![paste("")]),
        (b"\x1b[200~\x1b[20\x1b\x1b[201~", vec![paste("\x1b[20\x1b")]),
        (
            b"\x1b[200~\xff\xfe\x1b[201~",
            vec![paste("\u{fffd}\u{fffd}")],
        ),
        (
            b"\x1b[I\x1b[O",
            vec![
                Decoded::Event(Event::FocusGained),
                Decoded::Event(Event::FocusLost),
            ],
        ),
        (
            b"\x1b[<0;11;5M\x1b[<0;11;5m",
            vec![
                mouse(MouseEventKind::Down(MouseButton::Left), 10, 4, NONE),
                mouse(MouseEventKind::Up(MouseButton::Left), 10, 4, NONE),
            ],
        ),
        (
            b"\x1b[<64;1;1M\x1b[<81;300;2M",
            vec![
                mouse(MouseEventKind::ScrollUp, 0, 0, NONE),
                mouse(MouseEventKind::ScrollDown, 299, 1, CTRL),
            ],
        ),
        (
            b"\x1b[<34;3;3M\x1b[<35;3;3M",
            vec![
                mouse(MouseEventKind::Drag(MouseButton::Right), 2, 2, NONE),
                mouse(MouseEventKind::Moved, 2, 2, NONE),
            ],
        ),
        (
            b"\x1b[M \xff!\x1b[M#!!",
            vec![
                mouse(MouseEventKind::Down(MouseButton::Left), 222, 0, NONE),
                mouse(MouseEventKind::Up(MouseButton::Left), 0, 0, NONE),
            ],
        ),
        // answers
        (b"\x1b[?62;22c", report(Report::Class(62))),
        (b"\x1b[>41;351;0c", report(Report::Other)),
        (
            b"\x1b[12;40R\x1b[1;2R",
            vec![
                Decoded::Report(Report::Cursor(Position::new(39, 11))),
                Decoded::Report(Report::Cursor(Position::new(1, 0))),
            ],
        ),
        (
            b"\x1b[?2026;2$y",
            report(Report::Mode {
                mode: 2026,
                state: 2,
            }),
        ),
        (b"\x1b[?1u", report(Report::Keyboard(1))),
        (b"\x1b[0n", report(Report::Ready)),
        (b"\x1b[?997;1n", report(Report::Other)),
        (
            b"\x1b]11;rgb:0000/8080/ffff\x1b\\",
            report(Report::Color {
                slot: 11,
                rgb: [0, 128, 255],
            }),
        ),
        (
            b"\x1b]10;rgb:f/8/0\x07",
            report(Report::Color {
                slot: 10,
                rgb: [255, 136, 0],
            }),
        ),
        (
            "\x1b]52;c;aé\u{9c}b\x07q".as_bytes(),
            vec![Decoded::Report(Report::Other), char('q', NONE)],
        ),
        (
            b"\x1bP>|term 1.2\x9c\x1b\\q",
            vec![Decoded::Report(Report::Other), char('q', NONE)],
        ),
        (
            b"\x1bP1$r0;1;48:2::96:136:216m\x1b\\q",
            vec![ground(Ground::Rgb([96, 136, 216])), char('q', NONE)],
        ),
        (
            b"\x1bP1$r38;5;3;48;2;1;2;3m\x1b\\\x1bP1$r48:2:4:5:6m\x1b\\",
            vec![ground(Ground::Rgb([1, 2, 3])), ground(Ground::Rgb([4, 5, 6]))],
        ),
        (
            b"\x1bP1$r48:5:68m\x1b\\\x1bP1$r0;38:2::1:2:3;104m\x1b\\\x1bP1$r48;5;9;0m\x1b\\",
            vec![
                ground(Ground::Palette(68)),
                ground(Ground::Palette(12)),
                ground(Ground::Own),
            ],
        ),
        (
            b"\x1bP0$r\x1b\\\x1bP1$r2;20r\x1b\\\x1bP1$r48;2;x;1;2m\x1b\\",
            vec![Decoded::Report(Report::Other); 3],
        ),
        (
            b"\x1bP1+r524742=382F382F38\x1b\\\x1bP1+r436f=323536;524742=38\x1b\\\x1bP1+r524742\x1b\\",
            vec![Decoded::Report(Report::Direct); 3],
        ),
        (
            b"\x1bP0+r524742\x1b\\\x1bP1+r524742=2D31\x1b\\\x1bP1+r544e=524742\x1b\\",
            vec![Decoded::Report(Report::Other); 3],
        ),
        (b"\x1b_Gi=1;OK\x1b\\q", one(Char('q'), NONE)),
        // neither one nor the other
        (
            b"\x1b[99;99z\x1b[1;2;3;4;5;6;7;8~q",
            vec![key(Home, SHIFT), char('q', NONE)],
        ),
        (
            b"\xff\xc3(\xe2\x82q",
            vec![char('(', NONE), char('q', NONE)],
        ),
    ]
}

#[test]
fn every_sequence_means_what_it_should() {
    for (bytes, meaning) in dictionary() {
        assert_eq!(decoded(bytes), meaning, "{}", bytes.escape_ascii());
    }
}

#[test]
fn a_sequence_may_arrive_cut_anywhere() {
    for (bytes, meaning) in dictionary() {
        for cut in 0..=bytes.len() {
            let (mut decoder, mut out) = (Decoder::default(), Vec::new());
            decoder.feed(&bytes[..cut], &mut out);
            decoder.feed(&bytes[cut..], &mut out);
            assert_eq!(out, meaning, "{} cut at {cut}", bytes.escape_ascii());
        }
    }
}

/// What `bytes` mean if nothing follows for a while.
fn timed_out(bytes: &[u8]) -> Vec<Decoded> {
    let (mut decoder, mut out) = (Decoder::default(), Vec::new());
    decoder.feed(bytes, &mut out);
    assert!(decoder.pending_escape(), "{}", bytes.escape_ascii());
    decoder.flush(&mut out);
    assert!(!decoder.pending_escape());
    decoder.feed(b"q", &mut out);
    assert_eq!(out.pop(), Some(char('q', NONE)));
    out
}

#[test]
fn an_escape_that_nothing_follows_is_a_key() {
    assert_eq!(timed_out(b"\x1b"), [key(KeyCode::Esc, NONE)]);
    assert_eq!(
        timed_out(b"\x1b\x1b"),
        [key(KeyCode::Esc, NONE), key(KeyCode::Esc, NONE)]
    );
    assert_eq!(timed_out(b"\x1b["), [char('[', ALT)]);
    assert_eq!(timed_out(b"\x1b]"), [char(']', ALT)]);
    assert_eq!(timed_out(b"\x1bP"), [char('P', ALT | SHIFT)]);
    assert_eq!(timed_out(b"\x1bO"), [char('O', ALT | SHIFT)]);
    assert_eq!(
        timed_out(b"\x1bO5"),
        [char('O', ALT | SHIFT), char('5', NONE)]
    );
    assert_eq!(timed_out(b"\x1b[["), [char('[', ALT), char('[', NONE)]);
}

#[test]
fn a_sequence_half_way_waits_however_long_it_takes() {
    for bytes in [
        b"\x1b[1;5".as_slice(),
        b"\x1b]11;rgb:",
        b"\x1b]11;rgb:0/0/0\x1b",
        b"\x1b[<0;1",
        b"\xc3",
    ] {
        let (mut decoder, mut out) = (Decoder::default(), Vec::new());
        decoder.feed(bytes, &mut out);
        assert!(!decoder.pending_escape());
        decoder.flush(&mut out);
        assert!(
            !out.iter().any(|one| matches!(one, Decoded::Event(_))),
            "{}",
            bytes.escape_ascii()
        );
    }
}

#[test]
fn an_answer_that_never_ends_is_left_with_escape() {
    let (mut decoder, mut out) = (Decoder::default(), Vec::new());
    decoder.feed(b"\x1b]11;rgb:00jjj\x1b", &mut out);
    decoder.feed(b"\x1b", &mut out);
    decoder.flush(&mut out);
    decoder.feed(b"j", &mut out);
    let keys = [key(KeyCode::Esc, NONE), char('j', NONE)];
    assert_eq!(out, [&[Decoded::Report(Report::Other)], &keys[..]].concat());
}

#[test]
fn a_paste_that_never_ends_is_left_with_escape_and_leaks_nothing() {
    let (mut decoder, mut out) = (Decoder::default(), Vec::new());
    decoder.feed(b"\x1b[200~quit now\x1b", &mut out);
    assert!(decoder.pending_escape());
    decoder.flush(&mut out);
    assert_eq!(out, [paste("quit now")]);
    decoder.feed(b"[201~j", &mut out);
    assert_eq!(out, [paste("quit now"), char('j', NONE)]);
}
