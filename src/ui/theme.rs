//! Themes: a palette and the roles that screens paint in.
//!
//! Owns the two stages of a theme: as written in RON, and resolved to terminal
//! styles. Screens name roles, never colours. A theme may extend another; unknown
//! colours, unknown fields and circles are faults with file and line. Whether a
//! viewer wants colour at all is that viewer's own ([`Theme::without_colour`]).

use ratatui::style::{Color, Modifier, Style};
use serde::Deserialize;

use crate::content::{Faults, File};

/// What a piece of the screen is, as far as its look is concerned.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Role {
    /// Running text.
    Text,
    /// The title of what is shown.
    Title,
    /// A heading in a page.
    Heading,
    /// What may step back.
    Dim,
    /// Status and source.
    Source,
    /// This project's line above a text.
    Label,
    /// Where no source states anything.
    Open,
    /// What leads elsewhere.
    Link,
    /// The mark beside a selection.
    Mark,
    /// What was looked for, in a text or a title.
    Found,
    /// The selection.
    Selected,
    /// The name of a key.
    Key,
    /// A warning or an error.
    Warn,
    /// Must have.
    Must,
    /// Nice to have.
    Nice,
}

impl Role {
    /// All roles.
    pub const ALL: &'static [Role] = &[
        Self::Text,
        Self::Title,
        Self::Heading,
        Self::Dim,
        Self::Source,
        Self::Label,
        Self::Open,
        Self::Link,
        Self::Mark,
        Self::Found,
        Self::Selected,
        Self::Key,
        Self::Warn,
        Self::Must,
        Self::Nice,
    ];
}

#[derive(Clone, Deserialize)]
#[serde(deny_unknown_fields)]
struct RawTheme {
    name: String,
    about: String,
    #[serde(default)]
    extends: Option<String>,
    #[serde(default)]
    palette: Vec<(String, String)>,
    roles: RawRoles,
}

#[derive(Clone, Deserialize, Default)]
#[serde(deny_unknown_fields, default)]
struct RawRoles {
    text: Option<RawStyle>,
    title: Option<RawStyle>,
    heading: Option<RawStyle>,
    dim: Option<RawStyle>,
    source: Option<RawStyle>,
    label: Option<RawStyle>,
    open: Option<RawStyle>,
    link: Option<RawStyle>,
    mark: Option<RawStyle>,
    found: Option<RawStyle>,
    selected: Option<RawStyle>,
    key: Option<RawStyle>,
    warn: Option<RawStyle>,
    must: Option<RawStyle>,
    nice: Option<RawStyle>,
}

impl RawRoles {
    fn of(&self, role: Role) -> Option<&RawStyle> {
        match role {
            Role::Text => self.text.as_ref(),
            Role::Title => self.title.as_ref(),
            Role::Heading => self.heading.as_ref(),
            Role::Dim => self.dim.as_ref(),
            Role::Source => self.source.as_ref(),
            Role::Label => self.label.as_ref(),
            Role::Open => self.open.as_ref(),
            Role::Link => self.link.as_ref(),
            Role::Mark => self.mark.as_ref(),
            Role::Found => self.found.as_ref(),
            Role::Selected => self.selected.as_ref(),
            Role::Key => self.key.as_ref(),
            Role::Warn => self.warn.as_ref(),
            Role::Must => self.must.as_ref(),
            Role::Nice => self.nice.as_ref(),
        }
    }
}

#[derive(Clone, Deserialize, Default)]
#[serde(deny_unknown_fields, default)]
struct RawStyle {
    fg: Option<String>,
    bg: Option<String>,
    add: Vec<RawAttribute>,
}

#[derive(Clone, Copy, Deserialize)]
enum RawAttribute {
    Bold,
    Dim,
    Italic,
    Underlined,
    Reversed,
}

/// A theme ready to paint with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Theme {
    /// Its name.
    pub name: String,
    /// What it is for.
    pub about: String,
    styles: Vec<Style>,
}

impl Theme {
    /// The style of a role.
    pub fn style(&self, role: Role) -> Style {
        self.styles.get(role as usize).copied().unwrap_or_default()
    }

    /// Whether it has colours beyond the sixteen that every terminal with colours has.
    pub fn has_colours_of_its_own(&self) -> bool {
        let own = |colour| matches!(colour, Color::Rgb(..) | Color::Indexed(16..));
        let mut colours = self.styles.iter().flat_map(|style| [style.fg, style.bg]);
        colours.any(|colour| colour.is_some_and(own))
    }

    /// The same theme for a viewer who wants no colour (`NO_COLOR`): the attributes stay,
    /// and what only colour set apart is set apart by reverse video.
    #[must_use]
    pub fn without_colour(&self) -> Self {
        let mut plain = self.clone();
        for (role, style) in Role::ALL.iter().zip(&mut plain.styles) {
            style.fg = None;
            style.bg = None;
            if *role == Role::Selected {
                style.add_modifier |= Modifier::REVERSED;
            }
        }
        plain
    }
}

/// The themes that are part of the binary, the default one first.
pub fn shipped() -> Vec<Theme> {
    let files = shipped_files();
    files
        .iter()
        .filter_map(|file| resolve(file, &files).ok())
        .collect()
}

/// The files of the shipped themes, the default one first.
pub fn shipped_files() -> Vec<File> {
    [
        ("sixteen.ron", include_str!("../../themes/sixteen.ron")),
        (
            "projector-light.ron",
            include_str!("../../themes/projector-light.ron"),
        ),
        (
            "projector-dark.ron",
            include_str!("../../themes/projector-dark.ron"),
        ),
        ("mono.ron", include_str!("../../themes/mono.ron")),
    ]
    .into_iter()
    .map(|(path, text)| File {
        path: path.to_owned(),
        text: text.to_owned(),
    })
    .collect()
}

/// A theme file made ready, with what it extends taken from `others`.
///
/// # Errors
///
/// All that is wrong with it, and with what it extends.
pub fn resolve(file: &File, others: &[File]) -> Result<Theme, Faults> {
    let mut faults = Faults::default();
    let chain = chain(file, others, &mut faults);
    let styles = Role::ALL.iter();
    let styles = styles
        .map(|role| style(&chain, *role, &mut faults))
        .collect();
    match chain.into_iter().next() {
        Some((_, own)) if faults.is_empty() => Ok(Theme {
            name: own.name,
            about: own.about,
            styles,
        }),
        _ => Err(faults),
    }
}

/// The theme and what it extends, nearest first, as far as it can be followed.
fn chain<'a>(file: &'a File, others: &'a [File], faults: &mut Faults) -> Vec<(&'a File, RawTheme)> {
    let mut chain: Vec<(&File, RawTheme)> = Vec::new();
    let mut next = Some(file);
    while let Some(file) = next {
        let Some(raw) = file.read::<RawTheme>(faults) else {
            break;
        };
        if chain.iter().any(|(_, seen)| seen.name == raw.name) {
            let message = "these themes extend each other in a circle";
            faults.push(file.fault_at(&raw.name, 0, message));
            break;
        }
        next = parent(file, &raw, others, faults);
        chain.push((file, raw));
    }
    chain
}

fn parent<'a>(
    file: &File,
    raw: &RawTheme,
    others: &'a [File],
    faults: &mut Faults,
) -> Option<&'a File> {
    let name = raw.extends.as_ref()?;
    let wanted = format!("{name}.ron");
    let found = others.iter().find(|other| other.path.ends_with(&wanted));
    if found.is_none() {
        let mut fault = file.fault_at(name, 0, format!("no theme is called `{name}`"));
        fault.help =
            Some("themes to extend: sixteen, mono, projector-light, projector-dark".to_owned());
        faults.push(fault);
    }
    found
}

/// The nearest style that the chain gives for a role; the terminal's own where none does.
fn style(chain: &[(&File, RawTheme)], role: Role, faults: &mut Faults) -> Style {
    let Some((file, raw)) = chain
        .iter()
        .find_map(|(file, theme)| theme.roles.of(role).map(|raw| (*file, raw)))
    else {
        return Style::new();
    };
    let palette: Vec<&(String, String)> =
        chain.iter().flat_map(|(_, theme)| &theme.palette).collect();
    let mut named = |name: &Option<String>| colour(file, name.as_ref()?, &palette, faults);
    let mut style = Style {
        fg: named(&raw.fg),
        bg: named(&raw.bg),
        ..Style::new()
    };
    for attribute in &raw.add {
        style = style.add_modifier(modifier(*attribute));
    }
    style
}

const fn modifier(raw: RawAttribute) -> Modifier {
    match raw {
        RawAttribute::Bold => Modifier::BOLD,
        RawAttribute::Dim => Modifier::DIM,
        RawAttribute::Italic => Modifier::ITALIC,
        RawAttribute::Underlined => Modifier::UNDERLINED,
        RawAttribute::Reversed => Modifier::REVERSED,
    }
}

/// A colour by its name in the palette, its ANSI name, or `#rrggbb`.
fn colour(
    file: &File,
    name: &str,
    palette: &[&(String, String)],
    faults: &mut Faults,
) -> Option<Color> {
    let value = palette
        .iter()
        .find(|(entry, _)| entry == name)
        .map_or(name, |(_, value)| value.as_str());
    let colour = value.parse::<Color>().ok();
    if colour.is_none() {
        let mut fault = file.fault_at(value, 0, format!("`{value}` is not a colour"));
        fault.help = Some("write \"#rrggbb\", an ANSI name such as \"blue\" or \"lightblue\", or a name of the palette".to_owned());
        faults.push(fault);
    }
    colour
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_shipped_theme_can_be_painted_with() {
        let files = shipped_files();
        for file in &files {
            assert!(resolve(file, &files).is_ok(), "{}", file.path);
        }
        assert_eq!(shipped().len(), 4);
    }

    /// Relative luminance and contrast as WCAG 2 defines them.
    fn luminance(colour: Color) -> Option<f64> {
        let Color::Rgb(r, g, b) = colour else {
            return None;
        };
        let linear = |c: u8| {
            let c = f64::from(c) / 255.0;
            if c <= 0.04045 {
                c / 12.92
            } else {
                ((c + 0.055) / 1.055).powf(2.4)
            }
        };
        Some(0.2126 * linear(r) + 0.7152 * linear(g) + 0.0722 * linear(b))
    }

    fn contrast(style: Style) -> Option<f64> {
        let (a, b) = (luminance(style.fg?)?, luminance(style.bg?)?);
        Some((a.max(b) + 0.05) / (a.min(b) + 0.05))
    }

    #[test]
    fn fixed_colours_can_be_read_from_the_back_of_the_room() {
        for theme in shipped()
            .iter()
            .filter(|one| one.name.starts_with("projector"))
        {
            for role in Role::ALL {
                let least = if *role == Role::Text { 7.0 } else { 4.5 };
                let found = contrast(theme.style(*role)).unwrap_or_default();
                assert!(found >= least, "{} {role:?} {found:.1}", theme.name);
            }
        }
    }

    #[test]
    fn a_bad_colour_is_named_with_its_line() {
        let file = File {
            path: "mine.ron".to_owned(),
            text: "(\n  name: \"mine\", about: \"x\",\n  roles: (text: (fg: \"#f\")),\n)"
                .to_owned(),
        };
        let faults = resolve(&file, &[]).expect_err("`#f` is no colour");
        let said = faults.to_string();
        assert!(
            said.starts_with("mine.ron:3:22: `#f` is not a colour"),
            "{said}"
        );
    }

    #[test]
    fn all_that_is_wrong_with_a_theme_is_said_at_once() {
        let file = File {
            path: "mine.ron".to_owned(),
            text: "(\n  name: \"mine\", abut: \"x\", extends: \"sixten\",\n  roles: (\n    text: (fg: \"#f\"),\n    dimm: (fg: \"bluue\"),\n  ),\n)"
                .to_owned(),
        };
        let faults = resolve(&file, &[]).expect_err("five things are wrong");
        insta::assert_snapshot!(faults);
    }

    #[test]
    fn themes_that_extend_each_other_are_refused() {
        let make = |name: &str, other: &str| File {
            path: format!("{name}.ron"),
            text: format!(
                "#![enable(implicit_some)]\n(name: \"{name}\", about: \"x\", extends: \"{other}\", roles: ())"
            ),
        };
        let files = [make("a", "b"), make("b", "a")];
        let faults = resolve(&files[0], &files).expect_err("a circle");
        assert!(faults.to_string().contains("circle"));
    }

    #[test]
    fn only_the_projector_has_colours_of_its_own() {
        for theme in shipped() {
            let projector = theme.name.starts_with("projector");
            assert_eq!(theme.has_colours_of_its_own(), projector, "{}", theme.name);
            assert!(!theme.without_colour().has_colours_of_its_own());
        }
    }

    #[test]
    fn without_colour_the_selection_is_still_set_apart() {
        for theme in shipped() {
            let plain = theme.without_colour();
            assert_ne!(plain.style(Role::Selected), plain.style(Role::Text));
            assert!(Role::ALL.iter().all(|role| plain.style(*role).fg.is_none()));
        }
    }
}
