//! A terminal is asked for its colours: once a theme needs the answer, never twice, and no answer
//! is ever a key, whatever it is and however it comes.

use std::time::{Duration, Instant};

use pim::live;
use pim::room::Role;
use pim::terminal::{Abilities, Asking, Decoded, Report};
use pim::ui::theme;
use proptest::prelude::*;
use tokio::time::timeout;

use super::decode_floods::in_pieces;
use super::ssh_client::DEADLINE;
use super::ssh_support::{Place, Visitor};
use super::support;
use super::support::answers::{
    Answers, DIRECT, GARBAGE, KEEPS, Kind, OLD, PALETTE, SAYS, SHY, SILENT,
};

const FIXED: &str = "projector-dark";
const CLASS: &[u8] = b"\x1b[c";
const STRING: &[u8] = b"\x1bP";
/// A ground of 24 bits as the theme has it, and one of the palette of 256.
const TRUE: &[u8] = b"48;2;0;0;0";
const INDEXED: &[u8] = b"48;5;16";

fn count(bytes: &[u8], part: &[u8]) -> usize {
    bytes.windows(part.len()).filter(|one| *one == part).count()
}

/// A seat and the terminal that it is seen on.
struct At {
    viewer: live::Viewer,
    answers: Answers,
    screen: vt100::Parser,
    sent: Vec<u8>,
}

impl At {
    fn new(theme: &str, variables: &'static [(&str, &str)], kind: Kind) -> Self {
        let mut seat = support::Viewer::new(80, 24).seat;
        theme.clone_into(&mut seat.look.theme);
        let room = support::Viewer::new(80, 24).room;
        let find = |name: &str| {
            let found = variables.iter().find(|(key, _)| *key == name);
            found.map(|(_, value)| (*value).to_owned())
        };
        let abilities = Abilities::guess(find);
        Self {
            viewer: live::Viewer::new(room, seat, theme::shipped().into(), abilities),
            answers: Answers::of(kind),
            screen: vt100::Parser::default(),
            sent: Vec::new(),
        }
    }

    /// Paints what is to be painted; the answers that come back.
    fn paint(&mut self) -> Vec<&'static [u8]> {
        if !self.viewer.is_due() {
            return Vec::new();
        }
        let bytes = self.viewer.frame();
        self.screen.process(&bytes);
        self.sent.extend_from_slice(&bytes);
        self.answers.to(&bytes)
    }

    /// Paints and answers until nothing is new; how many frames that took.
    fn settles(&mut self) -> usize {
        let mut frames = 0;
        while self.viewer.is_due() {
            frames += 1;
            for answer in self.paint() {
                let keys = self.viewer.feed(answer);
                assert!(keys.is_empty(), "{}: {keys:?}", self.answers.kind.name);
            }
        }
        frames
    }

    fn press(&mut self, bytes: &[u8]) {
        for msg in self.viewer.feed(bytes) {
            self.viewer.handle(msg);
        }
    }

    fn asked(&self) -> usize {
        count(&self.sent, CLASS) + count(&self.sent, STRING)
    }
}

const XTERM: &[(&str, &str)] = &[("TERM", "xterm-256color")];

#[test]
fn the_terminals_own_colours_are_shown_without_a_question() {
    for theme in ["sixteen", "mono"] {
        let mut at = At::new(theme, XTERM, DIRECT);
        at.settles();
        at.press(b"\x1b[B2food\x1b1");
        at.settles();
        assert_eq!(at.asked(), 0, "{theme}");
    }
}

#[test]
fn an_answer_brings_the_colours_that_the_terminal_has_and_paints_them_once() {
    for (kind, ground) in [
        (DIRECT, TRUE),
        (KEEPS, TRUE),
        (SAYS, TRUE),
        (PALETTE, INDEXED),
        (SHY, INDEXED),
        (GARBAGE, INDEXED),
        (OLD, INDEXED),
        (SILENT, INDEXED),
    ] {
        let mut at = At::new(FIXED, XTERM, kind);
        let frames = at.settles();
        let repainted = usize::from(ground == TRUE);
        let strings = usize::from(![OLD.name, SILENT.name].contains(&kind.name));
        assert_eq!(frames, 1 + strings + repainted, "{}", kind.name);
        assert_eq!(count(&at.sent, STRING), 2 * strings, "{}", kind.name);
        at.sent.clear();
        // What comes after is shown in those colours, and nothing is asked again.
        at.press(b"\x1b[C\x0c");
        at.settles();
        assert!(count(&at.sent, ground) > 0, "{}", kind.name);
        let other = if ground == TRUE { INDEXED } else { TRUE };
        assert_eq!(count(&at.sent, other), 0, "{}", kind.name);
        assert_eq!(count(&at.sent, STRING), 0, "{}", kind.name);
    }
}

#[test]
fn after_the_answers_the_screen_is_what_it_would_be_had_nothing_been_asked() {
    let knows: &[(&str, &str)] = &[("TERM", "xterm-256color"), ("COLORTERM", "truecolor")];
    for (kind, variables) in [
        (DIRECT, knows),
        (KEEPS, knows),
        (PALETTE, XTERM),
        (GARBAGE, XTERM),
    ] {
        let mut asked = At::new(FIXED, XTERM, kind);
        let mut told = At::new(FIXED, variables, SILENT);
        for keys in ["", "\x1b[C", "t\x1b[A\r", "t\x1b[B\r", "4", "\x0c"] {
            for at in [&mut asked, &mut told] {
                at.press(keys.as_bytes());
                at.settles();
            }
            let (asked, told) = (asked.screen.screen(), told.screen.screen());
            let rows = |of: &vt100::Screen| of.rows_formatted(0, 80).collect::<Vec<_>>();
            assert_eq!(rows(asked), rows(told), "{} after {keys:?}", kind.name);
        }
        assert!(asked.asked() > 0);
    }
}

#[test]
fn nothing_is_asked_where_no_answer_makes_a_difference() {
    for variables in [
        &[("TERM", "xterm-256color"), ("NO_COLOR", "1")][..],
        &[("TERM", "xterm-256color"), ("COLORTERM", "truecolor")],
        &[("TERM", "vt100")],
        &[("TERM", "xterm-direct")],
    ] {
        let mut at = At::new(FIXED, variables, DIRECT);
        at.settles();
        assert_eq!(at.asked(), 0, "{variables:?}");
    }
    let mut at = At::new(FIXED, XTERM, DIRECT);
    at.viewer.seat.look.no_colour = true;
    at.settles();
    assert_eq!(at.asked(), 0, "a seat without colour");
}

#[test]
fn a_theme_that_is_tried_later_asks_then_and_the_first_repaint_asks_for_the_class_only_once() {
    let mut at = At::new("sixteen", XTERM, DIRECT);
    at.settles();
    at.viewer.resized(100, 30);
    at.settles();
    assert_eq!((count(&at.sent, b"\x1b[?2026$p"), at.asked()), (1, 1));
    at.press(b"t\x1b[B");
    assert_eq!(
        at.settles(),
        2,
        "the class is known: the strings go at once"
    );
    assert_eq!((count(&at.sent, CLASS), count(&at.sent, STRING)), (2, 2));
    assert!(count(&at.sent, b"48;2;255;255;255") > 0);
}

#[test]
fn answers_are_awaited_until_the_last_one_and_no_longer_than_two_seconds() {
    let mut at = At::new(FIXED, XTERM, DIRECT);
    assert_eq!(at.viewer.awaits(), None);
    let class = at.paint();
    let until = at.viewer.awaits().expect("the class is awaited");
    assert!(until <= Instant::now() + Duration::from_secs(2));
    at.viewer.feed(class[0]);
    assert_eq!(at.viewer.awaits(), None, "nothing was asked since");
    let answers = at.paint();
    let [direct, ground, class] = answers[..] else {
        panic!("three answers");
    };
    for answer in [direct, ground] {
        at.viewer.feed(answer);
        assert!(at.viewer.awaits().is_some());
    }
    at.viewer.feed(class);
    assert_eq!(at.viewer.awaits(), None);
}

#[test]
fn an_answer_in_pieces_is_waited_for_and_escape_is_not_held_up() {
    let mut at = At::new(FIXED, XTERM, DIRECT);
    at.paint();
    let soon = Duration::from_millis(500);
    let escape = at.viewer.feed(b"\x1b");
    assert!(escape.is_empty());
    assert!(
        at.viewer
            .due_inside()
            .is_some_and(|at| at < Instant::now() + soon)
    );
    at.viewer.feed(b"[");
    assert!(
        at.viewer
            .due_inside()
            .is_some_and(|at| at > Instant::now() + soon)
    );
    at.viewer.feed(b"?62;");
    assert_eq!(at.viewer.due_inside(), None, "this is a sequence now");
    assert!(at.viewer.feed(b"22c").is_empty());
    // The strings: their first two bytes alone are Alt and a letter, but not while they are awaited.
    at.paint();
    at.viewer.feed(b"\x1bP");
    assert!(
        at.viewer
            .due_inside()
            .is_some_and(|at| at > Instant::now() + soon)
    );
    for piece in ["1$r48;2;96", ";136;216m", "\x1b", "\\\x1b[?6", "2c"] {
        assert!(at.viewer.feed(piece.as_bytes()).is_empty());
    }
    assert!(at.viewer.is_due());
    at.sent.clear();
    at.paint();
    assert!(count(&at.sent, TRUE) > 0);
    // With nothing to come, Alt and a letter are a key again.
    at.viewer.feed(b"\x1bP");
    assert!(
        at.viewer
            .due_inside()
            .is_some_and(|at| at < Instant::now() + soon)
    );
}

fn any_answer() -> impl Strategy<Value = Vec<u8>> {
    let kinds = [DIRECT, KEEPS, SAYS, PALETTE, GARBAGE];
    let known = kinds
        .iter()
        .flat_map(|kind| [kind.class, kind.direct, kind.ground]);
    let known: Vec<&'static [u8]> = known.filter(|answer| !answer.is_empty()).collect();
    let known = proptest::sample::select(known).prop_map(<[u8]>::to_vec);
    let opening = prop_oneof![
        Just("1$r"),
        Just("0$r"),
        Just("1+r"),
        Just("0+r"),
        Just(">|"),
        Just("")
    ];
    // Anything but an ESC: that would end the string.
    let text = proptest::collection::vec(prop_oneof![0..0x1bu8, 0x1c..=0xffu8], 0..200);
    let any = (opening, text)
        .prop_map(|(opening, text)| [b"\x1bP", opening.as_bytes(), &text, b"\x1b\\"].concat());
    prop_oneof![known, any]
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(500) })]

    #[test]
    fn no_answer_is_ever_a_key_however_it_is_cut(
        answers in proptest::collection::vec(any_answer(), 1..6),
        lengths in proptest::collection::vec(1..9usize, 1..9),
    ) {
        let bytes = answers.concat();
        let out = in_pieces(&bytes, &lengths);
        prop_assert!(out.len() <= answers.len());
        prop_assert!(out.iter().all(|one| matches!(one, Decoded::Report(_))), "{:?}", out);
        let mut abilities = Abilities::guess(|name| (name == "NO_COLOR").then(|| "1".to_owned()));
        for one in &out {
            if let Decoded::Report(report) = one {
                abilities.learn(report);
            }
        }
        prop_assert_eq!(abilities.colors, pim::terminal::Colors::Mono);
    }
}

/// Takes what comes, and answers, until it is as wanted.
async fn until(
    visitor: &mut Visitor,
    answers: &mut Answers,
    pieces: usize,
    is_so: impl Fn(&Visitor) -> bool,
) {
    let seen = timeout(DEADLINE, async {
        while !is_so(visitor) {
            let before = visitor.bytes.len();
            assert!(visitor.hears().await, "the seat ended");
            for answer in answers.to(&visitor.bytes[before..]) {
                for piece in answer.chunks(pieces) {
                    visitor.types(piece).await;
                }
            }
        }
    });
    assert!(
        seen.await.is_ok(),
        "{}: never as wanted, but\n{}",
        answers.kind.name,
        visitor.text()
    );
}

#[tokio::test]
async fn seats_over_ssh_are_asked_and_get_the_colours_that_they_have() {
    let place = Place::open().await;
    for (kind, pieces, ground) in [
        (DIRECT, 1000, TRUE),
        (KEEPS, 1, TRUE),
        (SAYS, 3, TRUE),
        (PALETTE, 1000, INDEXED),
        (GARBAGE, 2, INDEXED),
        (OLD, 1000, INDEXED),
    ] {
        let mut visitor = place.join().await;
        let mut answers = Answers::of(kind);
        until(&mut visitor, &mut answers, pieces, |one| {
            one.text().contains("Welcome")
        })
        .await;
        assert_eq!(count(&visitor.bytes, CLASS), 0, "{}", kind.name);
        visitor.types(b"\r").await;
        until(&mut visitor, &mut answers, pieces, |one| {
            !one.text().contains("Welcome")
        })
        .await;
        visitor.types(b"t").await;
        until(&mut visitor, &mut answers, pieces, |one| {
            one.text().contains("projector-dark")
        })
        .await;
        visitor.types(b"\x1b[B\x1b[B").await;
        until(&mut visitor, &mut answers, pieces, |one| {
            count(&one.bytes, ground) > 0
        })
        .await;
        // No answer was a key: the list is still there, and goes with Enter.
        visitor.types(b"\r").await;
        until(&mut visitor, &mut answers, pieces, |one| {
            !one.text().contains("projector-dark")
        })
        .await;
        visitor.types(b"\x03").await;
        let (status, said) = leaves(&mut visitor, &mut answers).await;
        assert_eq!(status, Some(0), "{}", kind.name);
        let strings = if kind.name == OLD.name { 0 } else { 2 };
        assert_eq!(count(said.as_bytes(), STRING), strings, "{}", kind.name);
    }
}

/// Answers until the seat is over.
async fn leaves(visitor: &mut Visitor, answers: &mut Answers) -> (Option<u32>, String) {
    let over = timeout(DEADLINE, async {
        loop {
            let before = visitor.bytes.len();
            if !visitor.hears().await {
                return;
            }
            for answer in answers.to(&visitor.bytes[before..]) {
                // Who has gone hears no answer.
                let _ = visitor.channel.say.data_bytes(answer).await;
            }
        }
    });
    over.await.expect("it takes leave");
    (
        visitor.status,
        String::from_utf8_lossy(&visitor.bytes).into_owned(),
    )
}

#[tokio::test]
async fn whoever_leaves_before_the_answer_leaves_once_it_is_there() {
    let place = Place::open().await;
    let mut visitor = place.join().await;
    visitor.sees("Welcome").await;
    visitor.types(b"\rt\x1b[B").await;
    while count(&visitor.bytes, CLASS) == 0 {
        assert!(visitor.hears().await);
    }
    visitor.types(b"\x03").await;
    // Whatever is still on its way comes before the answer; the farewell does not.
    let early = timeout(Duration::from_millis(300), async {
        while visitor.hears().await {}
    });
    assert!(early.await.is_err(), "it did not wait");
    assert_eq!(count(&visitor.bytes, b"1049l"), 0);
    visitor.types(OLD.class).await;
    let (status, said) = visitor.until_over().await;
    assert_eq!(status, Some(0));
    assert_eq!(count(said.as_bytes(), b"1049l"), 1);
    assert_eq!(count(said.as_bytes(), STRING), 0);
}

#[test]
fn questions_cost_what_they_did() {
    let (mut asking, now) = (Asking::default(), Instant::now());
    let cost = |asking: &mut Asking| {
        let mut bytes = Vec::new();
        let plain = asking.say(now, &mut bytes);
        (bytes.len(), plain)
    };
    assert_eq!(cost(&mut asking), (0, false));
    asking.want_colors();
    assert_eq!(cost(&mut asking), (3, false), "its class");
    assert!(asking.hear(Report::Class(62)));
    assert_eq!(cost(&mut asking), (43, true), "its colours");
    asking.want_sync();
    assert_eq!(
        cost(&mut asking),
        (12, false),
        "whether it shows a frame at once"
    );
    for question in [Asking::want_colors, Asking::want_sync] {
        question(&mut asking);
        assert_eq!(cost(&mut asking), (0, false), "once is enough");
    }
}

#[test]
fn a_wall_and_a_facilitator_are_asked_like_everybody() {
    for role in [Role::Projector, Role::Facilitator, Role::Reader] {
        let mut at = At::new(FIXED, XTERM, DIRECT);
        at.viewer.seat.role = role;
        at.settles();
        assert_eq!(count(&at.sent, STRING), 2, "{role:?}");
    }
}
