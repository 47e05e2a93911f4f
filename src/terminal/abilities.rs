//! What one viewer's terminal can do, as far as the wire needs to know.
//!
//! Owns the guess from the environment and the corrections that the terminal's own answers bring.
//! Knows neither tty nor process: the environment is passed in, because a joined seat has its own.
//! When in doubt it guesses low; a terminal shown too few colours is readable, the reverse is not
//! certain. Start at [`Abilities::guess`].

use super::asking::PROBE;
use super::decode::{Ground, Report};

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
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is an ability of its own"
)]
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Abilities {
    /// Colours beyond these are brought down to the nearest.
    pub colors: Colors,
    /// Whether synchronized update (mode 2026) is known to be understood.
    pub sync: bool,
    /// Whether regions can be scrolled (SU and SD). The Linux console cannot.
    pub scroll: bool,
    /// Whether tab stops can be relied on: the terminal sets one at every eighth column when it is
    /// taken over (DECST8C), whatever somebody did to them before.
    pub tabs: bool,
    /// Whether characters of ambiguous width (UAX #11, such as `…` or `α`) may be two columns wide
    /// here, as in some East Asian settings. Costs a cursor move after each of them.
    pub ambiguous_may_be_wide: bool,
}

impl Default for Abilities {
    fn default() -> Self {
        Self {
            colors: Colors::Sixteen,
            sync: false,
            scroll: false,
            tabs: false,
            ambiguous_may_be_wide: false,
        }
    }
}

impl Abilities {
    /// Guesses from the viewer's environment; `var` looks a variable up.
    pub fn guess(var: impl Fn(&str) -> Option<String>) -> Self {
        let set = |name| var(name).filter(|value| !value.is_empty());
        // Windows Terminal says so; it has no TERM.
        let modern = set("WT_SESSION").is_some();
        let term = set("TERM").unwrap_or_default();
        // GNU screen passes on what the terminal around it says, and shows 256 colours of its own.
        let named = term.starts_with("screen");
        let screen = named && (set("STY").is_some() || set("TMUX").is_none());
        let colors = match set("COLORTERM").as_deref() {
            _ if set("NO_COLOR").is_some() => Colors::Mono,
            Some("truecolor" | "24bit") if screen => colors_of(&term),
            Some("truecolor" | "24bit") => Colors::True,
            _ if modern => Colors::True,
            _ => colors_of(&term),
        };
        let is_one = |of: &[&str]| modern || of.iter().any(|name| term.starts_with(name));
        Self {
            colors,
            scroll: is_one(&SCROLL),
            tabs: is_one(&TABS),
            ..Self::default()
        }
    }

    /// Takes in an answer of the terminal; tells whether it changed anything.
    pub fn learn(&mut self, report: &Report) -> bool {
        let before = *self;
        match report {
            Report::Mode { mode: 2026, state } => self.sync = matches!(state, 1..=3),
            Report::Direct => self.show(Colors::True),
            Report::Ground(ground) => self.keeps(*ground),
            _ => {}
        }
        *self != before
    }

    /// What became of the ground that was set to [`PROBE`]. One that tells of no ground says
    /// nothing: some do not look.
    fn keeps(&mut self, ground: Ground) {
        match ground {
            Ground::Own => {}
            Ground::Rgb(PROBE) => self.show(Colors::True),
            Ground::Palette(..16) => self.show(Colors::Sixteen),
            Ground::Palette(_) | Ground::Rgb(_) => self.show(Colors::Indexed),
        }
    }

    /// Whoever wants no colours gets none, whatever the terminal could show.
    fn show(&mut self, colors: Colors) {
        if self.colors != Colors::Mono {
            self.colors = colors;
        }
    }

    /// Whether asking could bring more colours than are known.
    pub fn may_show_more(&self) -> bool {
        matches!(self.colors, Colors::Sixteen | Colors::Indexed)
    }
}

fn colors_of(term: &str) -> Colors {
    /// Terminals that have a name of their own, and always knew 24 bits. alacritty would not answer.
    const KNOW_24_BITS: [&str; 6] = [
        "-direct",
        "kitty",
        "alacritty",
        "ghostty",
        "foot",
        "wezterm",
    ];
    const KNOW_NONE: [&str; 5] = ["dumb", "vt52", "vt100", "vt102", "vt220"];
    match term {
        _ if KNOW_NONE.contains(&term) => Colors::Mono,
        _ if term.ends_with("-m") || term.ends_with("-mono") => Colors::Mono,
        _ if KNOW_24_BITS.iter().any(|name| term.contains(name)) => Colors::True,
        _ if term.contains("256color") => Colors::Indexed,
        _ => Colors::Sixteen,
    }
}

/// Terminals that scroll regions.
const SCROLL: [&str; 16] = [
    "xterm",
    "tmux",
    "screen",
    "rxvt",
    "kitty",
    "alacritty",
    "ghostty",
    "foot",
    "wezterm",
    "putty",
    "konsole",
    "gnome",
    "vte",
    "mintty",
    "contour",
    "st-",
];

/// Terminals that set their tab stops anew when they are told to. Those that only let programs
/// through, `tmux` and `screen`, keep stops of their own that somebody may have moved.
const TABS: [&str; 8] = [
    "xterm",
    "kitty",
    "alacritty",
    "ghostty",
    "gnome",
    "vte",
    "mintty",
    "contour",
];

#[cfg(test)]
mod tests {
    use super::*;

    fn guess(vars: &[(&str, &str)]) -> (Colors, bool) {
        let find = |name: &str| {
            let found = vars.iter().find(|(key, _)| *key == name);
            found.map(|(_, value)| (*value).to_owned())
        };
        let Abilities { colors, scroll, .. } = Abilities::guess(find);
        (colors, scroll)
    }

    #[test]
    fn the_environment_tells_what_a_terminal_can_do() {
        let xterm = ("TERM", "xterm-256color");
        assert_eq!(guess(&[xterm, ("COLORTERM", "")]), (Colors::Indexed, true));
        assert_eq!(
            guess(&[xterm, ("COLORTERM", "truecolor")]),
            (Colors::True, true)
        );
        assert_eq!(guess(&[("TERM", "screen")]), (Colors::Sixteen, true));
        assert_eq!(guess(&[("TERM", "alacritty")]), (Colors::True, true));
        assert_eq!(guess(&[("TERM", "xterm-kitty")]), (Colors::True, true));
        // What COLORTERM says is said of the terminal around screen; tmux brings colours down.
        let (within, truecolor) = (
            ("TERM", "screen.xterm-256color"),
            ("COLORTERM", "truecolor"),
        );
        assert_eq!(guess(&[within, truecolor]), (Colors::Indexed, true));
        let tmux = ("TMUX", "/tmp/tmux-0/default,1,0");
        assert_eq!(guess(&[within, truecolor, tmux]), (Colors::True, true));
        let inner = ("STY", "1.pts-0");
        assert_eq!(
            guess(&[within, truecolor, tmux, inner]),
            (Colors::Indexed, true)
        );
        assert_eq!(guess(&[("TERM", "linux")]), (Colors::Sixteen, false));
        assert_eq!(guess(&[("TERM", "vt100")]), (Colors::Mono, false));
        assert_eq!(guess(&[("TERM", "xterm-mono")]), (Colors::Mono, true));
        assert_eq!(guess(&[("WT_SESSION", "1")]), (Colors::True, true));
        assert_eq!(guess(&[]), (Colors::Sixteen, false));
    }

    #[test]
    fn tabs_are_relied_on_only_where_a_terminal_sets_them_anew() {
        let tabs = |term: &str| Abilities::guess(|name| (name == "TERM").then(|| term.into())).tabs;
        for term in ["xterm-256color", "xterm-kitty", "vte-256color", "alacritty"] {
            assert!(tabs(term), "{term}");
        }
        for term in ["tmux-256color", "screen", "linux", "putty", "dumb", ""] {
            assert!(!tabs(term), "{term}");
        }
    }

    #[test]
    fn no_color_wins_unless_it_is_empty() {
        let truecolor = ("COLORTERM", "truecolor");
        assert_eq!(guess(&[truecolor, ("NO_COLOR", "1")]).0, Colors::Mono);
        assert_eq!(guess(&[truecolor, ("NO_COLOR", "")]).0, Colors::True);
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

    fn told(guess: Colors, reports: &[Report]) -> Colors {
        let mut abilities = Abilities {
            colors: guess,
            ..Abilities::default()
        };
        for report in reports {
            abilities.learn(report);
        }
        abilities.colors
    }

    #[test]
    fn an_answer_about_colours_outweighs_the_guess_up_and_down() {
        let kept = Report::Ground(Ground::Rgb(PROBE));
        let near = Report::Ground(Ground::Palette(68));
        let few = Report::Ground(Ground::Palette(12));
        assert_eq!(told(Colors::Sixteen, &[kept]), Colors::True);
        assert_eq!(told(Colors::Sixteen, &[Report::Direct]), Colors::True);
        assert_eq!(told(Colors::Sixteen, &[near]), Colors::Indexed);
        assert_eq!(told(Colors::Indexed, &[few]), Colors::Sixteen);
        assert_eq!(
            told(
                Colors::Indexed,
                &[Report::Ground(Ground::Rgb([95, 135, 215]))]
            ),
            Colors::Indexed
        );
        // What it did outweighs what it says.
        assert_eq!(
            told(Colors::Sixteen, &[Report::Direct, near]),
            Colors::Indexed
        );
    }

    #[test]
    fn no_answer_and_one_that_tells_nothing_leave_the_guess() {
        let nothing = [Report::Class(62), Report::Ground(Ground::Own)];
        for guess in [Colors::Sixteen, Colors::Indexed, Colors::True] {
            assert_eq!(told(guess, &nothing), guess);
        }
    }

    #[test]
    fn whoever_wants_no_colour_gets_none_whatever_the_terminal_says() {
        let said = [Report::Direct, Report::Ground(Ground::Rgb(PROBE))];
        assert_eq!(told(Colors::Mono, &said), Colors::Mono);
    }
}
