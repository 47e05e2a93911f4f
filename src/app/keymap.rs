//! The one table of keys.
//!
//! Owns which key means which action where. Help, the last line of the screen,
//! `pim print keys` and the README are generated from it. A key bound twice in one
//! place is refused by a test of this module. Text prompts get the key itself, so
//! they are not in the table.

use super::action::Action;
use super::key::{Code, Key};
use crate::room::Role;
use crate::room::rights::{self, Deed};

/// Where a key is pressed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Context {
    /// Everywhere but in a text prompt.
    Everywhere,
    /// On a page, with or without lists beside it.
    Page,
    /// In a list on top of the page.
    List,
    /// In the exercise: the list of scenarios and every phase.
    Exercise,
    /// In the exercise, while a line is typed: letters are text.
    Typing,
    /// At a participant's seat, in the exercise.
    Own,
    /// At a participant's seat, while an item is typed: letters are text.
    Naming,
    /// How others join, on top.
    Join,
    /// In Find, while a need is typed: letters are text, so only these keys mean something.
    Find,
    /// In the list of notes.
    Notes,
    /// In the list of systems under design and in a checklist.
    Checklist,
    /// In the agenda.
    Agenda,
    /// While a note is written: letters are text.
    Editor,
    /// In a form of the operation: letters are text.
    Form,
    /// In the list of sessions.
    Sessions,
    /// While a line is asked for: letters are text.
    Prompt,
}

impl Context {
    /// All contexts, in the order of help.
    pub const ALL: &'static [Context] = &[
        Self::Page,
        Self::Find,
        Self::Notes,
        Self::Checklist,
        Self::Editor,
        Self::Form,
        Self::Agenda,
        Self::Sessions,
        Self::Prompt,
        Self::Exercise,
        Self::Typing,
        Self::Join,
        Self::Own,
        Self::Naming,
        Self::List,
        Self::Everywhere,
    ];

    /// What help calls it.
    pub const fn title(self) -> &'static str {
        match self {
            Self::Everywhere => "Everywhere",
            Self::Page => "Reading the Matrix, Process, Principles and Guide",
            Self::Exercise => "In Scenarios: the list and every phase",
            Self::Typing => "In Scenarios, while a line is typed (Esc: keys are commands)",
            Self::Own => "At a participant's seat, in the exercise",
            Self::Naming => "At a participant's seat, while an item is typed",
            Self::Join => "In how to join (I)",
            Self::List => "In a list on top (help, go to, themes)",
            Self::Notes => "In the Notes",
            Self::Agenda => "In the agenda",
            Self::Sessions => "In the list of sessions (W)",
            Self::Prompt => "While a line is asked for (letters are text)",
            Self::Checklist => "In the checklists of systems (Tab in the Notes)",
            Self::Editor => "While writing a note (letters are text; Esc keeps a draft)",
            Self::Form => "In a form of the operation (letters are text; Esc keeps what you wrote)",
            Self::Find => "In Find (letters are text; after Down or Esc they are commands)",
        }
    }
}

/// A line of the key table.
pub struct Binding {
    /// Where.
    pub context: Context,
    /// Which keys.
    pub keys: &'static [Key],
    /// What they mean.
    pub action: Action,
}

const fn bind(context: Context, keys: &'static [Key], action: Action) -> Binding {
    Binding {
        context,
        keys,
        action,
    }
}

const fn k(code: Code) -> Key {
    Key::plain(code)
}

const fn c(c: char) -> Key {
    Key::char(c)
}

use Context::{Checklist, Everywhere, Exercise, List, Notes, Page, Sessions};

/// Every key of the program.
pub const TABLE: &[Binding] = &[
    bind(Page, &[k(Code::Up), c('k')], Action::Up),
    bind(Page, &[k(Code::Down), c('j')], Action::Down),
    bind(Page, &[k(Code::Left), c('h')], Action::Left),
    bind(Page, &[k(Code::Right), c('l')], Action::Right),
    bind(Page, &[c('K')], Action::ScrollUp),
    bind(Page, &[c('J')], Action::ScrollDown),
    bind(
        Page,
        &[k(Code::PageUp), Key::ctrl('b'), Key::ctrl('u')],
        Action::PageUp,
    ),
    bind(
        Page,
        &[k(Code::PageDown), c(' '), Key::ctrl('f'), Key::ctrl('d')],
        Action::PageDown,
    ),
    bind(Page, &[k(Code::Home)], Action::Home),
    bind(Page, &[k(Code::End), c('G')], Action::End),
    bind(Page, &[k(Code::Tab)], Action::NextItem),
    bind(Page, &[k(Code::BackTab)], Action::PreviousItem),
    bind(Page, &[k(Code::Enter)], Action::Open),
    bind(Page, &[c('c')], Action::AlongRow),
    bind(Page, &[c('=')], Action::Compare),
    bind(Page, &[c('+')], Action::CompareMore),
    bind(Page, &[c('-')], Action::CompareLess),
    bind(Page, &[c('x')], Action::CrossOver),
    bind(Page, &[c('s')], Action::Provenance),
    bind(Page, &[c('['), k(Code::Backspace)], Action::HistoryBack),
    bind(Page, &[c(']')], Action::HistoryForward),
    bind(Page, &[c('y')], Action::CopyAddress),
    bind(Page, &[c('n')], Action::Note),
    bind(Page, &[c('p')], Action::Park),
    bind(Page, &[c('u')], Action::Undo),
    bind(Page, &[Key::ctrl('r')], Action::Redo),
    bind(Page, &[c('e')], Action::Export),
    bind(Page, &[c('R')], Action::Resume),
    bind(Page, &[c('T')], Action::Countdown),
    bind(Page, &[c('A')], Action::Agenda),
    bind(Page, &[c('O')], Action::Operation),
    bind(Page, &[c('o')], Action::Original),
    bind(Page, &[c('d')], Action::Difference),
    bind(Page, &[c('a')], Action::MapAdd),
    bind(Page, &[c('i')], Action::MapEdit),
    bind(Page, &[c('H')], Action::MapHide),
    bind(Page, &[c('r')], Action::MapRow),
    bind(Page, &[c('E')], Action::MapExport),
    bind(Page, &[Key::ctrl('o')], Action::MapRead),
    bind(Context::Form, &[Key::ctrl('s')], Action::Save),
    bind(Context::Form, &[k(Code::Tab)], Action::NextField),
    bind(Context::Form, &[k(Code::BackTab)], Action::PreviousField),
    bind(Context::Form, &[Key::ctrl('o')], Action::MapRead),
    bind(Page, &[c('W')], Action::Sessions),
    bind(Notes, &[k(Code::Up), c('k')], Action::Up),
    bind(Notes, &[k(Code::Down), c('j')], Action::Down),
    bind(Notes, &[k(Code::PageUp), Key::ctrl('b')], Action::PageUp),
    bind(
        Notes,
        &[k(Code::PageDown), c(' '), Key::ctrl('f')],
        Action::PageDown,
    ),
    bind(Notes, &[k(Code::Home)], Action::Home),
    bind(Notes, &[k(Code::End), c('G')], Action::End),
    bind(Notes, &[c('K')], Action::ScrollUp),
    bind(Notes, &[c('J')], Action::ScrollDown),
    bind(Notes, &[k(Code::Enter)], Action::Edit),
    bind(Notes, &[c('x')], Action::FollowNote),
    bind(Notes, &[c('o')], Action::Order),
    bind(Notes, &[c('r')], Action::Resolve),
    bind(Notes, &[c('v')], Action::MoveNote),
    bind(Notes, &[c('d')], Action::Delete),
    bind(Notes, &[c('E')], Action::Erase),
    bind(Notes, &[k(Code::Tab)], Action::SwitchList),
    bind(Notes, &[c('N')], Action::NameSession),
    bind(Notes, &[c('n')], Action::Note),
    bind(Notes, &[c('p')], Action::Park),
    bind(Notes, &[c('u')], Action::Undo),
    bind(Notes, &[Key::ctrl('r')], Action::Redo),
    bind(Notes, &[c('e')], Action::Export),
    bind(Notes, &[c('R')], Action::Resume),
    bind(Notes, &[c('T')], Action::Countdown),
    bind(Notes, &[c('A')], Action::Agenda),
    bind(Notes, &[c('W')], Action::Sessions),
    bind(Checklist, &[k(Code::Up), c('k')], Action::Up),
    bind(Checklist, &[k(Code::Down), c('j')], Action::Down),
    bind(
        Checklist,
        &[k(Code::PageUp), Key::ctrl('b')],
        Action::PageUp,
    ),
    bind(
        Checklist,
        &[k(Code::PageDown), Key::ctrl('f')],
        Action::PageDown,
    ),
    bind(Checklist, &[k(Code::Home)], Action::Home),
    bind(Checklist, &[k(Code::End), c('G')], Action::End),
    bind(Checklist, &[k(Code::Enter)], Action::Edit),
    bind(Checklist, &[c(' ')], Action::Answer),
    bind(Checklist, &[c('a')], Action::Add),
    bind(Checklist, &[k(Code::Tab)], Action::SwitchList),
    bind(Checklist, &[c('x')], Action::FollowNote),
    bind(Checklist, &[c('O')], Action::IntoOperation),
    bind(Checklist, &[c('d')], Action::Delete),
    bind(Checklist, &[c('E')], Action::Erase),
    bind(Checklist, &[c('u')], Action::Undo),
    bind(Checklist, &[Key::ctrl('r')], Action::Redo),
    bind(Checklist, &[c('e')], Action::Export),
    bind(Checklist, &[c('T')], Action::Countdown),
    bind(Checklist, &[c('n')], Action::Note),
    bind(Checklist, &[c('W')], Action::Sessions),
    bind(Context::Agenda, &[k(Code::Up), c('k')], Action::Up),
    bind(Context::Agenda, &[k(Code::Down), c('j')], Action::Down),
    bind(Context::Agenda, &[c('a')], Action::Add),
    bind(Context::Agenda, &[k(Code::Enter)], Action::Edit),
    bind(Context::Agenda, &[c('K')], Action::Earlier),
    bind(Context::Agenda, &[c('J')], Action::Later),
    bind(Context::Agenda, &[c('T')], Action::Countdown),
    bind(Context::Agenda, &[c('L')], Action::LoadAgenda),
    bind(Context::Agenda, &[c('d')], Action::Delete),
    bind(Context::Agenda, &[c('E')], Action::Erase),
    bind(Context::Agenda, &[c('u')], Action::Undo),
    bind(Context::Agenda, &[Key::ctrl('r')], Action::Redo),
    bind(Context::Editor, &[Key::ctrl('s')], Action::Save),
    bind(Context::Editor, &[k(Code::Tab)], Action::NextKind),
    bind(Context::Editor, &[k(Code::BackTab)], Action::PreviousKind),
    bind(
        Context::Find,
        &[k(Code::Down), Key::ctrl('n')],
        Action::Down,
    ),
    bind(Context::Find, &[k(Code::Up), Key::ctrl('p')], Action::Up),
    bind(Context::Find, &[k(Code::Enter)], Action::Open),
    bind(Context::Find, &[k(Code::Tab)], Action::Unfold),
    bind(Context::Find, &[Key::ctrl('t')], Action::Teach),
    bind(Context::Find, &[c('n')], Action::Note),
    bind(Context::Find, &[c('p')], Action::Park),
    bind(Context::Find, &[c('W')], Action::Sessions),
    bind(Context::Find, &[k(Code::PageDown)], Action::PageDown),
    bind(Context::Find, &[k(Code::PageUp)], Action::PageUp),
    bind(Exercise, &[k(Code::Up), c('k')], Action::Up),
    bind(Exercise, &[k(Code::Down), c('j')], Action::Down),
    bind(Exercise, &[k(Code::Left), c('h')], Action::Left),
    bind(Exercise, &[k(Code::Right), c('l')], Action::Right),
    bind(Exercise, &[k(Code::PageUp)], Action::PageUp),
    bind(Exercise, &[k(Code::PageDown)], Action::PageDown),
    bind(Exercise, &[k(Code::Enter)], Action::Open),
    bind(Exercise, &[c(' ')], Action::Choose),
    bind(Exercise, &[c('n')], Action::NextPhase),
    bind(Exercise, &[c('b')], Action::PreviousPhase),
    bind(Exercise, &[c('u')], Action::TakeBack),
    bind(Exercise, &[c('i')], Action::Write),
    bind(Exercise, &[c('e')], Action::WriteMore),
    bind(Exercise, &[c('s')], Action::Starters),
    bind(Exercise, &[c('w')], Action::ShortOrLong),
    bind(Exercise, &[c('N')], Action::Here),
    bind(Exercise, &[c('p')], Action::Count),
    bind(Exercise, &[c('a')], Action::PutTogether),
    bind(Exercise, &[c('-')], Action::TakeApart),
    bind(Exercise, &[c('H')], Action::HideItem),
    bind(Exercise, &[c('v')], Action::VotingWay),
    bind(Exercise, &[c('d')], Action::Withdraw),
    bind(Exercise, &[c('C')], Action::Cover),
    bind(Exercise, &[c('K')], Action::MoveUp),
    bind(Exercise, &[c('J')], Action::MoveDown),
    bind(Exercise, &[c('=')], Action::Level),
    bind(Exercise, &[c('L')], Action::Lock),
    bind(Exercise, &[c('T')], Action::Clock),
    bind(Exercise, &[c('+')], Action::ClockMore),
    bind(Exercise, &[c('A')], Action::RevealAll),
    bind(Exercise, &[c('y')], Action::FewAgree),
    bind(Exercise, &[c('r')], Action::OtherResult),
    bind(Exercise, &[c('x')], Action::Explain),
    bind(Exercise, &[c('0')], Action::NoneOfEight),
    bind(Exercise, &[c('o')], Action::ByCategory),
    bind(Exercise, &[c('c')], Action::CompareScenarios),
    bind(Exercise, &[c('O')], Action::RankAgain),
    bind(Exercise, &[c('R')], Action::RunAgain),
    bind(Exercise, &[c('M')], Action::Memo),
    bind(Exercise, &[c('W')], Action::Sessions),
    bind(Exercise, &[c('B')], Action::CarryOver),
    bind(Exercise, &[c(',')], Action::HowHeld),
    bind(Exercise, &[c('f')], Action::LeadNext),
    bind(Sessions, &[k(Code::Up), c('k')], Action::Up),
    bind(Sessions, &[k(Code::Down), c('j')], Action::Down),
    bind(Sessions, &[k(Code::PageUp), Key::ctrl('b')], Action::PageUp),
    bind(
        Sessions,
        &[k(Code::PageDown), c(' '), Key::ctrl('f')],
        Action::PageDown,
    ),
    bind(Sessions, &[k(Code::Enter)], Action::OpenSession),
    bind(Sessions, &[c('n')], Action::NewSession),
    bind(Sessions, &[c('N')], Action::NameSession),
    bind(Sessions, &[c('c')], Action::CloseSession),
    bind(Sessions, &[c('y')], Action::CopySession),
    bind(Sessions, &[c('P')], Action::PurgeSession),
    bind(Sessions, &[c('r')], Action::RecoverSession),
    bind(Sessions, &[c('R')], Action::Resume),
    bind(Context::Prompt, &[k(Code::Enter)], Action::Done),
    bind(
        Context::Prompt,
        &[k(Code::Tab), k(Code::Down)],
        Action::NextLine,
    ),
    bind(
        Context::Prompt,
        &[k(Code::BackTab), k(Code::Up)],
        Action::PreviousLine,
    ),
    bind(Exercise, &[c('P')], Action::Wall),
    bind(Exercise, &[c('V')], Action::Moderate),
    bind(Context::Typing, &[k(Code::Enter)], Action::Open),
    bind(Context::Join, &[k(Code::Enter)], Action::Open),
    bind(Context::Join, &[c('P')], Action::Wall),
    bind(Context::Join, &[c('p')], Action::Phones),
    bind(Context::Join, &[c('a')], Action::NextLink),
    bind(Context::Join, &[c('l')], Action::RoomLanguage),
    bind(Context::Join, &[c('X')], Action::CloseRoom),
    bind(Context::Join, &[k(Code::Up), c('k')], Action::Up),
    bind(Context::Join, &[k(Code::Down), c('j')], Action::Down),
    bind(Context::Join, &[k(Code::PageUp)], Action::PageUp),
    bind(Context::Join, &[k(Code::PageDown)], Action::PageDown),
    bind(Context::Own, &[k(Code::Up), c('k')], Action::Up),
    bind(Context::Own, &[k(Code::Down), c('j')], Action::Down),
    bind(Context::Own, &[k(Code::PageUp)], Action::PageUp),
    bind(Context::Own, &[k(Code::PageDown)], Action::PageDown),
    bind(Context::Own, &[k(Code::Enter)], Action::Open),
    bind(Context::Own, &[c(' ')], Action::Choose),
    bind(Context::Own, &[c('K')], Action::MoveUp),
    bind(Context::Own, &[c('J')], Action::MoveDown),
    bind(Context::Own, &[c('=')], Action::Level),
    bind(Context::Own, &[c('u')], Action::TakeBack),
    bind(Context::Own, &[c('r')], Action::OtherResult),
    bind(Context::Own, &[c('f')], Action::LateBallot),
    bind(Context::Own, &[c('c')], Action::ComeBack),
    bind(Context::Own, &[Key::ctrl('g')], Action::Language),
    bind(Context::Naming, &[k(Code::Enter)], Action::Open),
    bind(Context::Naming, &[k(Code::Tab)], Action::MustOrNice),
    bind(Context::Naming, &[k(Code::Up)], Action::Up),
    bind(Context::Naming, &[k(Code::Down)], Action::Down),
    bind(Context::Naming, &[k(Code::PageUp)], Action::PageUp),
    bind(Context::Naming, &[k(Code::PageDown)], Action::PageDown),
    bind(Context::Naming, &[Key::ctrl('g')], Action::Language),
    bind(List, &[k(Code::Up), c('k')], Action::Up),
    bind(List, &[k(Code::Down), c('j')], Action::Down),
    bind(List, &[k(Code::PageUp), Key::ctrl('b')], Action::PageUp),
    bind(
        List,
        &[k(Code::PageDown), c(' '), Key::ctrl('f')],
        Action::PageDown,
    ),
    bind(List, &[k(Code::Home)], Action::Home),
    bind(List, &[k(Code::End), c('G')], Action::End),
    bind(List, &[k(Code::Enter)], Action::Open),
    bind(Everywhere, &[c('1')], Action::GoMatrix),
    bind(Everywhere, &[c('2')], Action::GoFind),
    bind(Everywhere, &[c('3')], Action::GoProcess),
    bind(Everywhere, &[c('4')], Action::GoPrinciples),
    bind(Everywhere, &[c('5')], Action::GoScenarios),
    bind(Everywhere, &[c('6')], Action::GoNotes),
    bind(Everywhere, &[c('7')], Action::GoGuide),
    bind(Everywhere, &[k(Code::Esc)], Action::Back),
    bind(Everywhere, &[c('g'), c('/')], Action::Jump),
    bind(Everywhere, &[c('I')], Action::GoLive),
    bind(Everywhere, &[c('t')], Action::Themes),
    bind(Everywhere, &[c('m')], Action::Mouse),
    bind(Everywhere, &[c('S')], Action::Slow),
    bind(Everywhere, &[c('?')], Action::Help),
    bind(Everywhere, &[Key::ctrl('l')], Action::Redraw),
    bind(Everywhere, &[Key::ctrl('z')], Action::Suspend),
    bind(Everywhere, &[c('q'), Key::ctrl('c')], Action::Quit),
];

/// What a key means in a context; what is bound everywhere holds there too.
pub fn action(context: Context, key: Key) -> Option<Action> {
    let bound = |context: Context| {
        TABLE
            .iter()
            .find(|binding| binding.context == context && binding.keys.contains(&key))
            .map(|binding| binding.action)
    };
    bound(context).or_else(|| bound(Everywhere))
}

/// Whether a seat of a role ever comes to a context.
pub fn reaches(role: Role, context: Context) -> bool {
    let deed = match context {
        Context::Everywhere | Context::Page | Context::Find | Context::List => Deed::Read,
        Context::Own | Context::Naming => Deed::TakePart,
        Context::Exercise | Context::Typing => Deed::LeadExercise,
        Context::Join => Deed::GoLive,
        Context::Notes | Context::Editor | Context::Agenda => Deed::SeeNotes,
        Context::Checklist => Deed::SeeSystems,
        Context::Form => Deed::Map,
        Context::Sessions | Context::Prompt => Deed::Sessions,
    };
    rights::may(role, deed)
}

/// The keys that a seat of a role has in a context.
pub fn bindings(role: Role, context: Context) -> impl Iterator<Item = &'static Binding> {
    let here = TABLE.iter().filter(move |one| one.context == context);
    here.filter(move |one| super::rights::may(role, one.action))
}

/// What can be done from anywhere or on a page, each once: what "go to" offers.
pub fn commands() -> impl Iterator<Item = Action> {
    let here = TABLE
        .iter()
        .filter(|one| matches!(one.context, Everywhere | Page));
    here.map(|one| one.action)
        .filter(|action| !matches!(action, Action::Jump | Action::Back))
}

/// The first key of an action, for the last line of the screen.
pub fn key_of(action: Action) -> Option<Key> {
    TABLE
        .iter()
        .find(|binding| binding.action == action)
        .and_then(|binding| binding.keys.first().copied())
}

/// The keys of a binding as people read them.
pub fn spelled(binding: &Binding) -> String {
    let keys: Vec<String> = binding.keys.iter().map(ToString::to_string).collect();
    keys.join(" ")
}

/// The key table as Markdown, for the README.
pub fn markdown() -> String {
    let mut out = String::new();
    for context in Context::ALL {
        out.push_str(&format!("| {} | |\n|---|---|\n", context.title()));
        for binding in TABLE.iter().filter(|one| one.context == *context) {
            let keys: Vec<String> = binding.keys.iter().map(|key| format!("`{key}`")).collect();
            out.push_str(&format!(
                "| {} | {} |\n",
                keys.join(" "),
                binding.action.does()
            ));
        }
        out.push('\n');
    }
    out.trim_end().to_owned()
}

/// The key table as plain text.
pub fn plain() -> String {
    let mut out = String::new();
    for context in Context::ALL {
        out.push_str(context.title());
        out.push('\n');
        for binding in TABLE.iter().filter(|one| one.context == *context) {
            out.push_str(&format!(
                "  {:<26} {}\n",
                spelled(binding),
                binding.action.does()
            ));
        }
        out.push('\n');
    }
    out.trim_end().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::HashSet;

    #[test]
    fn no_key_means_two_things_in_one_place() {
        for context in Context::ALL {
            let mut seen = HashSet::new();
            let here = TABLE
                .iter()
                .filter(|one| one.context == *context || one.context == Everywhere);
            for key in here.flat_map(|one| one.keys) {
                assert!(seen.insert(*key), "{key} is bound twice in {context:?}");
            }
        }
    }

    #[test]
    fn every_action_can_be_reached_by_a_key() {
        for action in Action::ALL {
            assert!(key_of(*action).is_some(), "{action:?} has no key");
        }
    }

    #[test]
    fn every_key_is_read_back_as_it_is_spelled() {
        for key in TABLE.iter().flat_map(|one| one.keys) {
            assert_eq!(key.to_string().parse(), Ok(*key));
        }
    }
}
