//! What leaves is little, and nothing but what is allowed.

use pim::terminal::{Abilities, Colors, Wire};
use ratatui::buffer::Buffer;
use ratatui::layout::Position;
use ratatui::style::{Color, Style};

use super::wire_scenes::{ABLE, Link, list_and_passage, page, prose, reading, table, text};

/// A viewer that has seen one screen, and what the next one costs.
fn cost(before: &Buffer, after: &Buffer) -> usize {
    let mut link = Link::new(before.area.width, before.area.height);
    link.frame(before, None);
    link.frame(after, None).len()
}

/// Bytes to open a screen, for each hundred bytes of its text.
fn opening(buffer: &Buffer) -> usize {
    let mut link = Link::new(buffer.area.width, buffer.area.height);
    link.frame(buffer, None).len() * 100 / text(buffer)
}

#[test]
fn opening_a_screen_costs_little_more_than_its_text() {
    let rates = |columns, rows| {
        let prose = page(columns, rows, &prose(columns.into()));
        let list = list_and_passage(columns, rows, 2, 2);
        let screens = [
            prose,
            reading(columns, rows, 0),
            list,
            table(columns, rows, 6),
        ];
        screens.map(|screen| opening(&screen))
    };
    let within = |rates: [usize; 4], budget| {
        rates
            .into_iter()
            .zip(budget)
            .all(|(rate, most)| rate <= most)
    };
    assert!(
        within(rates(80, 24), [122, 125, 135, 132]),
        "{:?}",
        rates(80, 24)
    );
    assert!(
        within(rates(120, 40), [122, 124, 129, 129]),
        "{:?}",
        rates(120, 40)
    );
}

#[test]
fn a_selection_touches_two_rows() {
    let list = |selected| list_and_passage(80, 24, selected, 2);
    assert!(cost(&list(2), &list(3)) <= 53);
    assert!(cost(&list(3), &list(2)) <= 55);
}

#[test]
fn a_line_scrolled_costs_that_line() {
    for (columns, rows) in [(80, 24), (120, 40)] {
        let view = |first| reading(columns, rows, first);
        assert!(cost(&view(0), &view(1)) <= 102);
        assert!(cost(&view(1), &view(0)) <= 107);
    }
}

#[test]
fn a_page_costs_what_changed() {
    let (before, after) = (table(80, 24, 6), reading(80, 24, 3));
    assert!(cost(&before, &after) * 100 <= 128 * text(&after));
    let (before, after) = (
        list_and_passage(80, 24, 3, 2),
        list_and_passage(80, 24, 3, 3),
    );
    assert!(cost(&before, &after) <= 937);
}

#[test]
fn tabs_go_only_where_their_stops_can_be_relied_on() {
    let opening = |tabs| {
        let mut link = Link::with(Abilities { tabs, ..ABLE }, 80, 24);
        link.frame(
            &page(80, 24, &["a list                          a page"; 6]),
            None,
        );
        link.sent
    };
    assert!(opening(true).contains(&b'\t'));
    assert!(!opening(false).contains(&b'\t'));
    assert!(opening(true).len() < opening(false).len());
}

#[test]
fn tab_stops_are_set_before_the_first_tab_and_again_for_another_terminal() {
    const SET: &[u8] = b"\x1b[?5W";
    let far = page(80, 24, &["a list                          a page"; 6]);
    let sets = |sent: &[u8]| sent.windows(SET.len()).filter(|one| *one == SET).count();
    let mut wire = Wire::new(ABLE);
    let mut frame = |buffer: &Buffer, forget: bool| {
        if forget {
            wire.forget();
        }
        let mut sent = Vec::new();
        wire.frame(buffer, None, &mut sent);
        sent
    };
    assert_eq!(sets(&frame(&page(80, 24, &["near"]), false)), 0);
    let first = frame(&far, false);
    assert!(first.starts_with(SET) && sets(&first) == 1, "{first:?}");
    frame(&page(80, 24, &["near"]), false);
    assert_eq!(sets(&frame(&far, false)), 0);
    assert_eq!(sets(&frame(&far, true)), 1);
}

#[test]
fn what_stands_behind_a_longer_word_is_not_sent_again() {
    let title = |name| {
        page(
            80,
            24,
            &[format!("{name} / Common unit of analysis  locked")],
        )
    };
    let (short, long) = (title("Population Data"), title("Protection Needs"));
    assert!(cost(&short, &long) <= 30, "{}", cost(&short, &long));
    assert!(cost(&long, &short) <= 30, "{}", cost(&long, &short));
}

#[test]
fn without_scrolling_a_terminal_still_gets_little() {
    let mut link = Link::with(
        Abilities {
            scroll: false,
            ..ABLE
        },
        80,
        24,
    );
    link.frame(&reading(80, 24, 0), None);
    let (after, sent) = (
        reading(80, 24, 1),
        link.frame(&reading(80, 24, 1), None).len(),
    );
    assert!(sent <= 110 * text(&after) / 100 + 110, "{sent}");
}

#[test]
fn nothing_new_is_nothing_sent() {
    let screen = list_and_passage(80, 24, 2, 2);
    for cursor in [None, Some(Position::new(79, 23)), Some(Position::new(3, 5))] {
        let mut link = Link::new(80, 24);
        link.frame(&screen, cursor);
        assert_eq!(link.frame(&screen, cursor), b"");
    }
    let mut hidden = screen.clone();
    hidden[(60, 21)].set_style(Style::new().fg(Color::Red));
    assert_eq!(
        cost(&screen, &hidden),
        0,
        "a red blank looks like any other"
    );
}

#[test]
fn a_screen_erased_before_somebody_is_painted_at_once_where_that_is_known() {
    let mut link = Link::with(Abilities { sync: true, ..ABLE }, 80, 24);
    let synced = |sent: &[u8]| {
        let (start, end) = (
            sent.starts_with(b"\x1b[?2026h"),
            sent.ends_with(b"\x1b[?2026l"),
        );
        assert_eq!(start, end);
        start
    };
    assert!(
        !synced(link.frame(&table(80, 24, 6), None)),
        "nobody looks yet"
    );
    assert!(synced(link.frame(&page(80, 24, &["short"]), None)));
    assert!(!synced(link.frame(&page(80, 24, &["shirt"]), None)));
    link.wire.forget();
    let sent = link.frame(&table(80, 24, 6), None);
    assert!(sent.ends_with(b"\x1b[?2026l"));
}

/// Collects whatever is not on the allow-list.
#[derive(Default)]
struct Customs {
    found: Vec<String>,
    /// Whether the terminal was told to remember a cell, and not sent back there since.
    keeps: bool,
}

impl vte::Perform for Customs {
    fn print(&mut self, c: char) {
        if c.is_control() {
            self.found.push(format!("{c:?}"));
        }
    }

    fn execute(&mut self, byte: u8) {
        if !b"\r\n\x08\t".contains(&byte) {
            self.found.push(format!("control {byte}"));
        }
    }

    fn csi_dispatch(&mut self, params: &vte::Params, marks: &[u8], ignore: bool, action: char) {
        let mode = params.iter().next().map(<[u16]>::to_vec);
        let known = match marks {
            [] => "ABCDGdHJKPX@STrm".contains(action),
            b"?" => match action {
                'h' | 'l' => [Some(vec![25]), Some(vec![2026])].contains(&mode),
                'W' => mode == Some(vec![5]),
                _ => false,
            },
            _ => false,
        };
        if !known || ignore {
            self.found.push(format!("{marks:?} {params:?} {action}"));
        }
    }

    fn esc_dispatch(&mut self, marks: &[u8], _: bool, byte: u8) {
        match (marks, byte) {
            ([], b'7') => self.keeps = true,
            ([], b'8') if self.keeps => self.keeps = false,
            _ => self.found.push(format!("escape {byte}")),
        }
    }

    fn osc_dispatch(&mut self, params: &[&[u8]], _: bool) {
        self.found.push(format!("text {params:?}"));
    }

    fn hook(&mut self, params: &vte::Params, _: &[u8], _: bool, action: char) {
        self.found.push(format!("device {params:?} {action}"));
    }
}

/// What of the bytes is not allowed to leave.
pub(crate) fn smuggled(bytes: &[u8]) -> Vec<String> {
    let mut customs = Customs::default();
    vte::Parser::new().advance(&mut customs, bytes);
    customs.found
}

#[test]
fn hostile_text_leaves_as_question_marks() {
    let hostile = [
        "\x1b]0;title\x07",
        "\x1b[2J",
        "\x1bc",
        "\u{9b}31m",
        "\x07",
        "\x7f",
        "a\x08",
        "\u{202e}",
        "\r",
        "\n",
        "\t",
    ];
    for colors in [Colors::Mono, Colors::True] {
        let mut link = Link::with(
            Abilities {
                colors,
                sync: true,
                ..ABLE
            },
            20,
            6,
        );
        let mut buffer = page(20, 6, &["a name", "", "another"]);
        for (y, symbol) in (0..).zip(hostile) {
            buffer[(8, y % 6)].set_symbol(symbol);
            link.frame(&buffer, Some(Position::new(y, 0)));
            assert_eq!(smuggled(&link.sent), [""; 0]);
            assert_eq!(
                link.terminal
                    .screen()
                    .cell(y % 6, 8)
                    .map(vt100::Cell::contents),
                Some("?")
            );
        }
    }
}
