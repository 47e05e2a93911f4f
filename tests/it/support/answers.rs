//! Terminals that answer what they are asked, each in its own way.

/// What a kind of terminal answers.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Kind {
    /// How it is called when a test fails.
    pub(crate) name: &'static str,
    /// Its class (DA1).
    pub(crate) class: &'static [u8],
    /// Whether it knows mode 2026.
    pub(crate) sync: &'static [u8],
    /// Whether it says that it knows 24 bits (XTGETTCAP).
    pub(crate) direct: &'static [u8],
    /// The ground of its pen (DECRPSS).
    pub(crate) ground: &'static [u8],
}

/// Answers nothing at all.
pub(crate) const SILENT: Kind = Kind {
    name: "silent",
    class: b"",
    sync: b"",
    direct: b"",
    ground: b"",
};
/// As Apple's terminal, `screen` or `tmux`: a VT100, which must not be sent strings.
pub(crate) const OLD: Kind = Kind {
    name: "old",
    class: b"\x1b[?1;2c",
    ..SILENT
};
/// As foot or kitty.
pub(crate) const DIRECT: Kind = Kind {
    name: "direct",
    class: b"\x1b[?62;22;52c",
    sync: b"\x1b[?2026;2$y",
    direct: b"\x1bP1+r524742=382F382F38\x1b\\",
    ground: b"\x1bP1$r0;48:2::96:136:216m\x1b\\",
};
/// As Windows Terminal.
pub(crate) const KEEPS: Kind = Kind {
    name: "keeps",
    class: b"\x1b[?61;4;6;7;14c",
    direct: b"",
    ground: b"\x1bP1$r0;48;2;96;136;216m\x1b\\",
    ..SILENT
};
/// As wezterm.
pub(crate) const SAYS: Kind = Kind {
    name: "says",
    class: b"\x1b[?65;4;6;18;22c",
    direct: b"\x1bP1+r524742=382f382f38\x1b\\",
    ground: b"\x1bP0$r\x1b\\",
    ..SILENT
};
/// As xterm without direct colours.
pub(crate) const PALETTE: Kind = Kind {
    name: "palette",
    class: b"\x1b[?64;1;2;6;9c",
    direct: b"\x1bP1+r524742=2D31\x1b\\",
    ground: b"\x1bP1$r0;48:5:68m\x1b\\",
    ..SILENT
};
/// Answers with what nobody understands.
pub(crate) const GARBAGE: Kind = Kind {
    name: "garbage",
    class: b"\x1b[?62c",
    sync: b"\x1b[?2026;999999999$y",
    direct: b"\x1bP1+r52474=zz;;=\xff\x9c=\x18q\x1b\\",
    ground: b"\x1bP1$r48;2;::;99999999999;q[A\xc3;48:5m\x1b\\",
};
/// Reads strings, and answers none of them.
pub(crate) const SHY: Kind = Kind {
    name: "shy",
    class: b"\x1b[?62c",
    ..SILENT
};

/// What a terminal is sent, as far as it has answered.
#[derive(Debug)]
pub(crate) struct Answers {
    pub(crate) kind: Kind,
    sent: Vec<u8>,
    answered: usize,
}

impl Answers {
    pub(crate) fn of(kind: Kind) -> Self {
        Self {
            kind,
            sent: Vec::new(),
            answered: 0,
        }
    }

    /// The answers to the questions that came with `bytes`, each for itself.
    pub(crate) fn to(&mut self, bytes: &[u8]) -> Vec<&'static [u8]> {
        self.sent.extend_from_slice(bytes);
        let mut answers = Vec::new();
        while let Some((end, answer)) = self.next() {
            self.answered = end;
            answers.push(answer);
        }
        answers.retain(|answer| !answer.is_empty());
        answers
    }

    fn next(&self) -> Option<(usize, &'static [u8])> {
        let Kind {
            class,
            sync,
            direct,
            ground,
            ..
        } = self.kind;
        let questions: [(&[u8], _); 4] = [
            (b"\x1b[c", class),
            (b"\x1b[?2026$p", sync),
            (b"\x1bP+q524742\x1b\\", direct),
            (b"\x1bP$qm\x1b\\", ground),
        ];
        let rest = &self.sent[self.answered..];
        let found = questions.into_iter().filter_map(|(question, answer)| {
            let at = rest
                .windows(question.len())
                .position(|part| part == question)?;
            Some((self.answered + at + question.len(), answer))
        });
        found.min_by_key(|(end, _)| *end)
    }
}
