//! The key table as a participant reads it.
//!
//! Owns the names of keys, and what each does, in the language of the seat. Where a key does
//! something of its own at a participant's seat, that is said, and not what it does elsewhere.

use super::Hints;
use crate::app::keymap::{Binding, Context, bindings, reaches};
use crate::app::{Action, Key, key::Code};
use crate::room::Role;

/// Where a participant presses keys, that for which the seat is there first.
const PLACES: [Context; 6] = [
    Context::Own,
    Context::Naming,
    Context::Everywhere,
    Context::Page,
    Context::Find,
    Context::List,
];

impl Hints {
    /// Every key of a participant's seat, place by place: a line is keys and what they do, or a
    /// heading.
    pub(crate) fn key_table(&self) -> Vec<(String, String)> {
        let mut lines = Vec::new();
        let places = PLACES.into_iter();
        for place in places.filter(|one| reaches(Role::Participant, *one)) {
            if !lines.is_empty() {
                lines.push((String::new(), String::new()));
            }
            lines.push((self.place(place).to_owned(), String::new()));
            let here = bindings(Role::Participant, place);
            lines.extend(
                here.map(|one| (self.spelled(one), self.does(place, one.action).to_owned())),
            );
        }
        lines
    }

    /// A key by the name that stands on a keyboard of this language.
    pub(crate) fn key(&self, key: Key) -> String {
        let said = &self.keys;
        let name = match key.code {
            Code::Enter => &said.enter,
            Code::Esc => &said.esc,
            Code::BackTab => &said.back_tab,
            Code::Backspace => &said.backspace,
            Code::Up => &said.up,
            Code::Down => &said.down,
            Code::Left => &said.left,
            Code::Right => &said.right,
            Code::PageUp => &said.page_up,
            Code::PageDown => &said.page_down,
            Code::Home => &said.home,
            Code::End => &said.end,
            Code::Char(' ') => &said.space,
            _ => return key.to_string(),
        };
        if key.ctrl {
            format!("Ctrl-{name}")
        } else {
            name.clone()
        }
    }

    fn spelled(&self, binding: &Binding) -> String {
        let keys: Vec<String> = binding.keys.iter().map(|one| self.key(*one)).collect();
        keys.join(" ")
    }

    fn place(&self, place: Context) -> &str {
        match place {
            Context::Own => &self.help.own,
            Context::Naming => &self.help.naming,
            Context::Everywhere => &self.help.everywhere,
            Context::Page => &self.help.page,
            Context::Find => &self.help.find,
            Context::List => &self.help.list,
            other => other.title(),
        }
    }

    /// What an action does; in the words of the key table where no participant does it.
    fn does(&self, place: Context, action: Action) -> &str {
        let said = &self.does;
        match (place, action) {
            (Context::Own, Action::Up) => &said.own_up,
            (Context::Own, Action::Down) => &said.own_down,
            (Context::Own, Action::Open) => &said.own_open,
            (Context::Own, Action::Choose) => &said.own_choose,
            (Context::Naming, Action::Up) => &said.naming_up,
            (Context::Naming, Action::Down) => &said.naming_down,
            (Context::Naming, Action::Open) => &said.naming_open,
            _ => self.elsewhere(action).unwrap_or(action.does()),
        }
    }

    fn elsewhere(&self, action: Action) -> Option<&str> {
        let said = &self.does;
        Some(match action {
            Action::GoMatrix => &said.go_matrix,
            Action::GoFind => &said.go_find,
            Action::GoProcess => &said.go_process,
            Action::GoPrinciples => &said.go_principles,
            Action::GoScenarios => &said.go_scenarios,
            Action::GoGuide => &said.go_guide,
            Action::Up => &said.up,
            Action::Down => &said.down,
            Action::Left => &said.left,
            Action::Right => &said.right,
            Action::ScrollUp => &said.scroll_up,
            Action::ScrollDown => &said.scroll_down,
            Action::PageUp => &said.page_up,
            Action::PageDown => &said.page_down,
            Action::Home => &said.home,
            Action::End => &said.end,
            Action::NextItem => &said.next_item,
            Action::PreviousItem => &said.previous_item,
            Action::Open => &said.open,
            Action::AlongRow => &said.along_row,
            Action::Compare => &said.compare,
            Action::CompareMore => &said.compare_more,
            Action::CompareLess => &said.compare_less,
            Action::CrossOver => &said.cross_over,
            Action::Provenance => &said.provenance,
            Action::HistoryBack => &said.history_back,
            Action::HistoryForward => &said.history_forward,
            Action::Operation => &said.operation,
            Action::Original => &said.original,
            Action::Difference => &said.difference,
            Action::MoveUp => &said.move_up,
            Action::MoveDown => &said.move_down,
            Action::Level => &said.level,
            Action::TakeBack => &said.take_back,
            Action::OtherResult => &said.other_result,
            Action::LateBallot => &said.late_ballot,
            Action::ComeBack => &said.come_back,
            Action::Language => &said.language,
            Action::MustOrNice => &said.must_or_nice,
            Action::Back => &said.back,
            Action::Jump => &said.jump,
            Action::Themes => &said.themes,
            Action::Mouse => &said.mouse,
            Action::Slow => &said.slow,
            Action::Unfold => &said.unfold,
            Action::Help => &said.help,
            Action::Redraw => &said.redraw,
            Action::Suspend => &said.suspend,
            Action::Quit => &said.quit,
            _ => return None,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Language, hints};
    use super::*;

    fn all() -> impl Iterator<Item = (Context, &'static Binding)> {
        let here = |place| bindings(Role::Participant, place).map(move |one| (place, one));
        PLACES.into_iter().flat_map(here)
    }

    #[test]
    fn a_participant_reads_of_every_place_to_which_the_seat_comes() {
        let missed = Context::ALL
            .iter()
            .filter(|one| reaches(Role::Participant, **one) && !PLACES.contains(one));
        assert_eq!(missed.collect::<Vec<_>>(), Vec::<&Context>::new());
    }

    #[test]
    fn english_says_what_the_key_table_says() {
        for (place, one) in all() {
            let said = hints(Language::En).does(place, one.action);
            let own = !matches!(place, Context::Own | Context::Naming);
            assert!(said == one.action.does() || !own, "{place:?} {said}");
        }
        for (_, key) in all().flat_map(|(place, one)| one.keys.iter().map(move |key| (place, key)))
        {
            assert_eq!(hints(Language::En).key(*key), key.to_string());
        }
    }

    #[test]
    fn every_key_of_a_participant_is_said_in_every_language_and_fits() {
        const ROOM: usize = 49;
        for language in [Language::Fr, Language::Es] {
            let own = hints(language);
            for (place, one) in all() {
                let said = own.does(place, one.action);
                assert_ne!(said, one.action.does(), "{language:?} {place:?}");
                assert!(said.chars().count() <= ROOM, "{said}");
            }
            for place in PLACES {
                assert_ne!(own.place(place), hints(Language::En).place(place));
            }
        }
    }
}
