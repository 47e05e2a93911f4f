//! What names a person where a role is meant.
//!
//! Owns the one rule by which forms, files, imports and exports know an address of mail, a
//! telephone number or a title before a name. It notices slips; nobody can tell every name
//! from every role, so that what only looks like a name is a doubt and no refusal.

use super::model::{Operation, System};

/// What gives somebody away.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Personal {
    /// An address of mail.
    Mail,
    /// A telephone number.
    Telephone,
    /// A name with a title before it.
    Title,
}

impl Personal {
    /// What it is, for people.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Mail => "an e-mail address",
            Self::Telephone => "a telephone number",
            Self::Title => "the name of a person",
        }
    }
}

const TITLES: &[&str] = &[
    "Mr", "Mrs", "Ms", "Miss", "Mme", "Dr", "Sr", "Sra", "Sheikh",
];
const CALLS: &[&str] = &[
    "tel",
    "telephone",
    "phone",
    "mobile",
    "cell",
    "call",
    "whatsapp",
    "signal",
    "viber",
    "sms",
];

/// Words by which a role is known.
const ROLES: &[&str] = &[
    "adviser",
    "advisor",
    "agency",
    "analyst",
    "assistant",
    "associate",
    "authority",
    "centre",
    "center",
    "chair",
    "chief",
    "cluster",
    "cochair",
    "colead",
    "committee",
    "consultant",
    "coordination",
    "coordinator",
    "country",
    "data",
    "delegate",
    "department",
    "deputy",
    "desk",
    "director",
    "expert",
    "field",
    "focal",
    "group",
    "head",
    "health",
    "im",
    "imo",
    "information",
    "lead",
    "leader",
    "management",
    "manager",
    "ministry",
    "office",
    "officer",
    "partner",
    "point",
    "programme",
    "protection",
    "regional",
    "representative",
    "responsible",
    "section",
    "sector",
    "senior",
    "specialist",
    "staff",
    "subcluster",
    "supervisor",
    "team",
    "technical",
    "unit",
    "working",
];

/// What in a text gives somebody away, if anything does.
pub fn personal(text: &str) -> Option<Personal> {
    if text.split_whitespace().any(is_mail) {
        Some(Personal::Mail)
    } else if has_telephone(text) {
        Some(Personal::Telephone)
    } else if has_title(text) {
        Some(Personal::Title)
    } else {
        None
    }
}

/// The same for a contact, which holds neither dates nor counts.
pub fn personal_contact(text: &str) -> Option<Personal> {
    personal(text).or_else(|| {
        if text.contains('@') {
            Some(Personal::Mail)
        } else if text.chars().filter(char::is_ascii_digit).count() >= 6 {
            Some(Personal::Telephone)
        } else {
            None
        }
    })
}

/// Whether a contact may be a name: a few words with capitals, none of which is one of a role.
pub fn looks_like_a_name(contact: &str) -> bool {
    let words: Vec<&str> = contact.split_whitespace().collect();
    let named = |word: &&str| {
        let mut letters = word.chars();
        let rest_small = |rest: &str| rest.chars().any(char::is_lowercase);
        letters.next().is_some_and(char::is_uppercase) && rest_small(letters.as_str())
    };
    let is_role = |word: &&str| {
        let word: String = word.chars().filter(|c| c.is_alphabetic()).collect();
        ROLES.contains(&word.to_lowercase().as_str())
    };
    (2..=4).contains(&words.len()) && words.iter().all(named) && !words.iter().any(is_role)
}

fn is_mail(word: &str) -> bool {
    let word = word.trim_matches(|c: char| !c.is_alphanumeric());
    word.split_once('@').is_some_and(|(who, at)| {
        let dotted = at
            .split_once('.')
            .is_some_and(|(one, two)| !one.is_empty() && !two.is_empty());
        !who.is_empty() && dotted
    })
}

/// Digits as they are dialled: with a plus or a nought first, or after a word that says so.
fn has_telephone(text: &str) -> bool {
    let is_part = |c: char| c.is_ascii_digit() || " -.()+".contains(c);
    let mut rest = text;
    let mut before = String::new();
    while let Some(start) = rest.find(|c: char| c.is_ascii_digit() || c == '+' || c == '(') {
        let (head, tail) = rest.split_at(start);
        before.push_str(head);
        let end = tail.find(|c| !is_part(c)).unwrap_or(tail.len());
        let (run, tail) = tail.split_at(end);
        if is_number(run.trim(), &before) && !tail.starts_with(char::is_alphabetic) {
            return true;
        }
        before.push_str(run);
        rest = tail;
    }
    false
}

fn is_number(run: &str, before: &str) -> bool {
    let digits = run.chars().filter(char::is_ascii_digit).count();
    if !(7..=15).contains(&digits) || before.ends_with(char::is_alphanumeric) || is_date(run) {
        return false;
    }
    let last = before
        .split(|c: char| !c.is_alphabetic())
        .rfind(|word| !word.is_empty())
        .unwrap_or_default()
        .to_lowercase();
    run.starts_with(['+', '0', '(']) || CALLS.contains(&last.as_str())
}

/// Day, month and year, in either order.
fn is_date(run: &str) -> bool {
    let groups: Vec<usize> = run
        .split(['-', '.', ' '])
        .map(str::len)
        .filter(|len| *len > 0)
        .collect();
    matches!(groups.as_slice(), [1..=2, 1..=2, 4] | [4, 1..=2, 1..=2])
}

fn has_title(text: &str) -> bool {
    let words: Vec<&str> = text.split_whitespace().collect();
    words.windows(2).any(|pair| {
        let [title, name] = pair else { return false };
        let title = title.trim_start_matches('(').trim_end_matches('.');
        TITLES.contains(&title) && name.starts_with(char::is_uppercase)
    })
}

/// Where a map may name a person, each as a line for people; nothing is quoted.
pub fn doubts(operation: &Operation) -> Vec<String> {
    let mut doubts = Doubts(Vec::new());
    for system in &operation.systems {
        doubts.system(system);
    }
    for ((category, row), cell) in &operation.cells {
        for own in cell.changed.iter().chain(&cell.added) {
            doubts.text(|| format!("a text in {category}/{row}"), &own.text);
        }
    }
    for row in &operation.rows {
        for own in row.cells.values() {
            doubts.text(|| format!("a text in the row {}", row.title), &own.text);
        }
    }
    doubts.0
}

struct Doubts(Vec<String>);

impl Doubts {
    fn say(&mut self, part: impl FnOnce() -> String, what: Option<Personal>) {
        if let Some(what) = what {
            self.0.push(format!("{} holds {}", part(), what.word()));
        }
    }

    fn text(&mut self, part: impl FnOnce() -> String, text: &str) {
        self.say(part, personal(text));
    }

    fn system(&mut self, system: &System) {
        let name = &system.name;
        let contact = &system.contact;
        let found = personal_contact(contact);
        self.say(|| format!("the contact of {name}"), found);
        if found.is_none() && looks_like_a_name(contact) {
            let said = format!("the contact of {name} looks like a name");
            self.0.push(said);
        }
        for (field, text) in [
            ("name", name),
            ("organisation", &system.organisation),
            ("coverage", &system.coverage),
            ("note", &system.note),
        ] {
            self.text(|| format!("the {field} of {name}"), text);
        }
        for (sub_step, entry) in &system.worksheet.entries {
            for text in entry.questions.iter().chain([&entry.decided]) {
                let part = || format!("the worksheet of {name} at {sub_step}");
                self.text(part, text);
            }
        }
        for mark in system.worksheet.answers.values() {
            let part = || format!("a remark in the checklist of {name}");
            self.text(part, &mark.note);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Personal, looks_like_a_name, personal, personal_contact};

    #[test]
    fn mail_telephones_and_titles_are_known() {
        for (text, what) in [
            ("ask imo@north.example.org", Personal::Mail),
            ("<jane.doe@un.org>", Personal::Mail),
            ("+41 22 739 81 11", Personal::Telephone),
            ("call 0041 227 398 111", Personal::Telephone),
            ("WhatsApp: 7398111", Personal::Telephone),
            ("(022) 739-8111", Personal::Telephone),
            ("Mr. Smith at the gate", Personal::Title),
            ("ask Dr Osei", Personal::Title),
        ] {
            assert_eq!(personal(text), Some(what), "{text}");
        }
    }

    #[test]
    fn counts_dates_codes_and_roles_are_none() {
        for text in [
            "30 000 000 people, 2026-03-01 to 01.03.2026",
            "03-02-2026 onwards",
            "P-code AF0101001, 12 500 households",
            "6 000 000 figures @ admin 2",
            "DR Congo",
            "Protection cluster coordinator",
            "0.25 to 0.75 of 1 200 000",
        ] {
            assert_eq!(personal(text), None, "{text}");
        }
        assert_eq!(personal_contact("ask 739811"), Some(Personal::Telephone));
        assert_eq!(personal_contact("IM officer, team 2"), None);
    }

    #[test]
    fn a_name_is_doubted_and_a_role_is_not() {
        for name in ["Jane Doe", "Amina Osei Mensah", "Élise Martin"] {
            assert!(looks_like_a_name(name), "{name}");
        }
        for role in [
            "IM Officer",
            "Head of Office",
            "UNHCR",
            "information management officer",
            "Protection Cluster",
            "GBV AoR Coordinator",
            "Field Supervisor, IOM",
        ] {
            assert!(!looks_like_a_name(role), "{role}");
        }
    }
}
