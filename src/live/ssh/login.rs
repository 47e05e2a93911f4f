//! What a user name says.
//!
//! Owns its grammar: `facilitator` and `projector`, which need a key, or the room's code, to
//! which a code for coming back may be tied with `+`.

use crate::live::code::Code;
use crate::room::Role;

/// Somebody who may come in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Login {
    /// As what.
    pub role: Role,
    /// The code with which a seat that was lost is taken again, as it was typed.
    pub resume: Option<String>,
}

/// What a user name asks for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Asked {
    /// A seat in the room; the code was right.
    Seat(Login),
    /// A role for which a key is needed.
    Key(Role),
    /// Nothing that is here.
    Nothing,
}

/// The longest user name that is looked at.
const LONGEST: usize = 64;

/// What `user` asks for in the room of a code.
pub(super) fn asked(user: &str, code: &Code) -> Asked {
    if user.len() > LONGEST {
        return Asked::Nothing;
    }
    match user {
        "facilitator" => return Asked::Key(Role::Facilitator),
        "projector" => return Asked::Key(Role::Projector),
        _ => {}
    }
    let (said, resume) = match user.split_once('+') {
        Some((said, resume)) => (said, Some(resume.to_owned())),
        None => (user, None),
    };
    if !said.contains(|c: char| c.is_ascii_alphanumeric()) || !code.is_meant_by(said) {
        return Asked::Nothing;
    }
    Asked::Seat(Login {
        role: Role::Participant,
        resume: resume.filter(|one| !one.is_empty()),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn mango() -> Code {
        Code::chosen("MANGO-42").unwrap_or_else(|| Code::from_random(0))
    }

    fn seat(resume: Option<&str>) -> Asked {
        Asked::Seat(Login {
            role: Role::Participant,
            resume: resume.map(str::to_owned),
        })
    }

    #[test]
    fn the_code_is_known_however_it_is_typed() {
        let code = mango();
        for typed in ["MANGO-42", "mango-42", "mango42", "Mango_42", "mango.42"] {
            assert_eq!(asked(typed, &code), seat(None), "{typed}");
        }
        for typed in ["mango-43", "mango", "", "-", "+K7P", "root", "MANGO-421"] {
            assert_eq!(asked(typed, &code), Asked::Nothing, "{typed}");
        }
    }

    #[test]
    fn a_code_to_come_back_hangs_on_the_rooms_code() {
        let code = mango();
        assert_eq!(asked("mango-42+K7P", &code), seat(Some("K7P")));
        assert_eq!(asked("mango-42+", &code), seat(None));
        assert_eq!(asked("mango-43+K7P", &code), Asked::Nothing);
    }

    #[test]
    fn roles_that_need_a_key_are_said_in_full() {
        let code = mango();
        assert_eq!(asked("facilitator", &code), Asked::Key(Role::Facilitator));
        assert_eq!(asked("projector", &code), Asked::Key(Role::Projector));
        assert_eq!(asked("Facilitator", &code), Asked::Nothing);
    }
}
