//! What can be done, found in "go to" by its words.
//!
//! Owns the words that people have for a command beside those of help. Knows nothing of
//! what a command does. Start at [`find`].

use super::{Goal, Target, has_words};
use crate::app::action::Action;
use crate::app::keymap::commands;

/// What can be done anywhere and has every word that was typed, in what help says of it or
/// in the words that people have for it; before the others what is called so in a word.
pub(super) fn find(typed: &str) -> Vec<Target> {
    let mut found: Vec<Action> = commands()
        .filter(|action| has_words(&words_of(*action), typed))
        .collect();
    found.sort_by_key(|action| !has_words(action.hint(), typed));
    found
        .into_iter()
        .map(|action| Target {
            goal: Goal::Action(action),
            title: action.does().to_owned(),
            marked: Vec::new(),
        })
        .collect()
}

fn words_of(action: Action) -> String {
    let (does, hint, other) = (action.does(), action.hint(), other_words(action));
    format!("{does} {hint} {other}")
}

/// Words that people look for and that neither help nor the last line of the screen has.
const fn other_words(action: Action) -> &'static str {
    match action {
        Action::Themes => "colours colors dark light contrast appearance thème tema",
        Action::Export | Action::MapExport => {
            "save file print report markdown json csv exporter exportar"
        }
        Action::Sessions => "session history list manage delete remove new sesiones",
        Action::Resume => "session continue",
        Action::GoLive => "live share invite participants phones seats code qr start session",
        Action::Note => "comment annotate add new question decision action point",
        Action::Park => "parking later",
        Action::Undo => "take back revert annuler deshacer",
        Action::Redo => "again",
        Action::Countdown => "timer clock minutes time",
        Action::Agenda => "programme schedule timetable",
        Action::Operation => "map country customise adapt",
        Action::CopyAddress => "clipboard link",
        Action::Compare => "side by side two",
        Action::Provenance => "source reference citation document page",
        Action::Mouse => "click pointer",
        Action::Slow => "bandwidth connection network",
        Action::Redraw => "refresh repaint clear",
        Action::Help => "help shortcuts keyboard commands aide ayuda",
        Action::Quit => "exit leave close end quitter salir",
        _ => "",
    }
}
