//! What one viewer's terminal can do, as far as the wire needs to know.
//!
//! Owns the guess from the environment and the corrections that the terminal's own answers bring.
//! Knows neither tty nor process: the environment is passed in, because a joined seat has its own.
//! When in doubt it guesses low; a terminal shown too few colours is readable, the reverse is not
//! certain. Start at [`Abilities::guess`].

use super::decode::Report;

/// The question whose answer tells whether the terminal paints a frame at once (mode 2026).
///
/// Ask it after the first paint, so that opening the program costs nothing extra.
pub const ASK_SYNC: &[u8] = b"\x1b[?2026$p";

/// How many colours a terminal shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Colors {
    /// None: colours are dropped, while bold, underline and reverse stay.
    Mono,
    /// The sixteen named ones, in whatever shades the viewer chose.
    Sixteen,
    /// The xterm palette of 256.
    Indexed,
    /// 24 bits.
    True,
}

/// What one viewer's terminal can do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Abilities {
    /// Colours beyond these are brought down to the nearest.
    pub colors: Colors,
    /// Whether synchronized update (mode 2026) is known to be understood.
    pub sync: bool,
    /// Whether characters of ambiguous width (UAX #11, such as `…` or `α`) may be two columns wide
    /// here, as in some East Asian settings. Costs a cursor move after each of them.
    pub ambiguous_may_be_wide: bool,
}

impl Default for Abilities {
    fn default() -> Self {
        Self {
            colors: Colors::Sixteen,
            sync: false,
            ambiguous_may_be_wide: false,
        }
    }
}

impl Abilities {
    /// Guesses from the viewer's environment; `var` looks a variable up.
    pub fn guess(var: impl Fn(&str) -> Option<String>) -> Self {
        let set = |name| var(name).filter(|value| !value.is_empty());
        let colors = if set("NO_COLOR").is_some() {
            Colors::Mono
        } else {
            colors_of(
                &set("TERM").unwrap_or_default(),
                &set("COLORTERM").unwrap_or_default(),
            )
        };
        Self {
            colors,
            ..Self::default()
        }
    }

    /// Takes in an answer of the terminal; tells whether it changed anything.
    pub fn learn(&mut self, report: &Report) -> bool {
        let before = *self;
        if let Report::Mode { mode: 2026, state } = report {
            self.sync = matches!(state, 1..=3);
        }
        *self != before
    }
}

fn colors_of(term: &str, colorterm: &str) -> Colors {
    const KNOW_256: [&str; 6] = [
        "256color",
        "kitty",
        "alacritty",
        "ghostty",
        "foot",
        "wezterm",
    ];
    const KNOW_NONE: [&str; 5] = ["dumb", "vt52", "vt100", "vt102", "vt220"];
    match (term, colorterm) {
        (t, _) if KNOW_NONE.contains(&t) || t.ends_with("-m") || t.ends_with("-mono") => {
            Colors::Mono
        }
        (_, "truecolor" | "24bit") => Colors::True,
        (t, _) if t.ends_with("-direct") => Colors::True,
        (t, _) if KNOW_256.iter().any(|name| t.contains(name)) => Colors::Indexed,
        _ => Colors::Sixteen,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn guess(vars: &[(&str, &str)]) -> Colors {
        let find = |name: &str| {
            vars.iter()
                .find(|(key, _)| *key == name)
                .map(|(_, value)| (*value).to_owned())
        };
        Abilities::guess(find).colors
    }

    #[test]
    fn the_environment_tells_how_many_colours() {
        assert_eq!(
            guess(&[("TERM", "xterm-256color"), ("COLORTERM", "")]),
            Colors::Indexed
        );
        assert_eq!(
            guess(&[("TERM", "xterm-256color"), ("COLORTERM", "truecolor")]),
            Colors::True
        );
        assert_eq!(guess(&[("TERM", "linux")]), Colors::Sixteen);
        assert_eq!(guess(&[("TERM", "vt100")]), Colors::Mono);
        assert_eq!(guess(&[("TERM", "xterm-mono")]), Colors::Mono);
        assert_eq!(guess(&[]), Colors::Sixteen);
    }

    #[test]
    fn no_color_wins_unless_it_is_empty() {
        let truecolor = ("COLORTERM", "truecolor");
        assert_eq!(guess(&[truecolor, ("NO_COLOR", "1")]), Colors::Mono);
        assert_eq!(guess(&[truecolor, ("NO_COLOR", "")]), Colors::True);
    }

    #[test]
    fn an_answer_about_synchronized_update_is_learnt_once() {
        let mut abilities = Abilities::default();
        assert!(abilities.learn(&Report::Mode {
            mode: 2026,
            state: 2
        }));
        assert!(abilities.sync);
        assert!(!abilities.learn(&Report::Mode {
            mode: 2026,
            state: 1
        }));
        assert!(abilities.learn(&Report::Mode {
            mode: 2026,
            state: 0
        }));
        assert!(!abilities.learn(&Report::Mode { mode: 25, state: 1 }));
    }
}
