//! `pim`: opens the program on the screen.

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::{Context, bail};
use clap::Args;

use crate::app::{Look, Seat};
use crate::content::Address;
use crate::room::Room;
use crate::tui;
use crate::ui::Theme;
use crate::ui::theme;

/// How the screen looks.
#[derive(Debug, Default, Args)]
pub(super) struct LookArgs {
    /// A theme by name (`pim print themes`) or a theme file.
    #[arg(long, value_name = "NAME|FILE")]
    theme: Option<String>,
    /// Marks and rules in ASCII only.
    #[arg(long)]
    ascii: bool,
    /// Spare a slow link: two updates a second at most, and fewer of them.
    #[arg(long)]
    slow: bool,
    /// Work in this session: its name, its title or its file, which is made if it is not there.
    #[arg(long, value_name = "FILE")]
    session: Option<String>,
}

impl LookArgs {
    /// The session that was asked for.
    pub(super) fn session(&self) -> Option<&str> {
        self.session.as_deref()
    }
}

pub(super) fn open(
    look: &LookArgs,
    files: &super::Files<'_>,
    address: Option<&str>,
) -> anyhow::Result<ExitCode> {
    let (content, map) = super::laid(files)?;
    let (themes, _) = themes(look.theme.as_deref())?;
    let start = match address {
        Some(text) => Some(Address::parse(text, &content)?),
        None => None,
    };
    let mut room = Room::new(content);
    let taught = super::taught::path()?;
    room.teach(super::taught::read(&taught)?);
    let mut seat = Seat::new(&room.content, tui::size()?);
    seat.themes = themes.iter().map(|one| one.name.clone()).collect();
    seat.sheet.seed = getrandom::u64().context("no random numbers for slips")?;
    seat.look = self::look(look)?;
    seat.hosts = true;
    seat.sitting.folder = crate::live::started_in();
    if let Some(address) = start {
        seat.jump(address);
        seat.reading = seat.full_width();
    }
    let files = (taught.as_path(), map);
    tui::run(room, seat, &themes, files, look.session())?;
    Ok(ExitCode::SUCCESS)
}

/// The look that was asked for.
pub(super) fn look(args: &LookArgs) -> anyhow::Result<Look> {
    Ok(Look {
        theme: themes(args.theme.as_deref())?.1,
        ascii: args.ascii,
        slow: args.slow,
        no_colour: std::env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty()),
        ..Look::default()
    })
}

/// Every theme that can be chosen, and the name of the one to begin with.
fn themes(wanted: Option<&str>) -> anyhow::Result<(Vec<Theme>, String)> {
    let mut themes = theme::shipped();
    let Some(wanted) = wanted else {
        return Ok((themes, "sixteen".to_owned()));
    };
    if themes.iter().any(|one| one.name == wanted) {
        return Ok((themes, wanted.to_owned()));
    }
    let path = PathBuf::from(wanted);
    if !path.is_file() {
        let names: Vec<&str> = themes.iter().map(|one| one.name.as_str()).collect();
        bail!(
            "no theme is called {wanted}, and there is no such file; themes: {}",
            names.join(", ")
        );
    }
    let file = super::files::read_file(Path::new(""), &path)
        .with_context(|| format!("cannot read the theme {wanted}"))?;
    let own = theme::resolve(&file, &theme::shipped_files())?;
    let name = own.name.clone();
    themes.retain(|one| one.name != name);
    themes.push(own);
    Ok((themes, name))
}
