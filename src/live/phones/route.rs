//! Which page or act an address means.
//!
//! Owns the paths. Everything that is not one of them is nothing, whatever it looks like: no
//! path leads to a file. The room's code is the one word behind the first slash; all else of a
//! seat stands under `/seat/`, so that no code can take its place.

use hyper::Method;

use super::form::{Form, decoded};
use crate::exercise::{ItemId, Vote};
use crate::hints::Language;

/// What is wanted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Route {
    /// The seat's page.
    Page(Query),
    /// To hear when the page changes.
    News,
    /// To come in with a code.
    Come(String),
    /// To do something.
    Act(Deed),
}

/// What can be done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Deed {
    /// Come in with a code that was typed into the page.
    Join,
    /// Name an item.
    Name,
    /// Put an own item in other words.
    Reword,
    /// Take an own item back.
    TakeBack,
    /// Hand in must and nice.
    Tag,
    /// Hand in an order.
    Rank,
    /// Take a ballot back.
    Withdraw,
}

/// How the page is wanted.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Query {
    /// The ballot is to be changed.
    pub(super) change: bool,
    /// An own item is to be changed.
    pub(super) item: Option<ItemId>,
    /// An own item that was named just now.
    pub(super) near: Option<ItemId>,
    /// Which of two results.
    pub(super) result: Option<Vote>,
    /// Which part of a list that goes over several pages, from 1.
    pub(super) part: Option<usize>,
    /// What was begun and not handed in is given up.
    pub(super) leave: bool,
    /// The browser was already asked to show its seat.
    pub(super) again: bool,
    /// Another language was tapped.
    pub(super) language: Option<Language>,
}

/// Why an address means nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Lost {
    /// There is no such page.
    Nowhere,
    /// The page is there, and this cannot be done with it.
    Method,
}

/// Longer than any code or query of ours.
const LONGEST: usize = 200;

impl Route {
    /// What a request means.
    pub(super) fn of(method: &Method, path: &str, query: &str) -> Result<Self, Lost> {
        if path.len() > LONGEST || query.len() > LONGEST {
            return Err(Lost::Nowhere);
        }
        let reads = method == Method::GET || method == Method::HEAD;
        let writes = method == Method::POST;
        let deed = deed(path);
        let route = match path {
            "/" => Self::Page(Query::read(query)),
            "/seat/news" => Self::News,
            _ => match (deed, code(path)) {
                (Some(deed), _) => Self::Act(deed),
                (None, Some(code)) => Self::Come(code),
                (None, None) => return Err(Lost::Nowhere),
            },
        };
        let fits = if matches!(route, Self::Act(_)) {
            writes
        } else {
            reads
        };
        if fits { Ok(route) } else { Err(Lost::Method) }
    }
}

fn deed(path: &str) -> Option<Deed> {
    Some(match path.strip_prefix("/seat/")? {
        "join" => Deed::Join,
        "name" => Deed::Name,
        "reword" => Deed::Reword,
        "take-back" => Deed::TakeBack,
        "tag" => Deed::Tag,
        "rank" => Deed::Rank,
        "withdraw" => Deed::Withdraw,
        _ => return None,
    })
}

/// One word that may be a code.
fn code(path: &str) -> Option<String> {
    let word = decoded(path.strip_prefix('/')?);
    let fits = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | ' ');
    let is_word = !word.is_empty() && word.len() <= 40 && word.chars().all(fits);
    is_word.then_some(word)
}

impl Query {
    fn read(query: &str) -> Self {
        let form = Form::read(query.as_bytes());
        Self {
            change: form.get("change").is_some(),
            item: form.item("item"),
            near: form.item("near"),
            result: match form.get("result") {
                Some("tag") => Some(Vote::Tag),
                Some("rank") => Some(Vote::Rank),
                _ => None,
            },
            part: form.number("p"),
            leave: form.get("leave").is_some(),
            again: form.get("again").is_some(),
            language: form.get("lang").and_then(Language::of),
        }
    }

    /// The address of the same page, or of another part of it.
    pub(super) fn address(&self, part: Option<usize>) -> String {
        let result = match self.result {
            Some(Vote::Tag) => Some("result=tag".to_owned()),
            Some(Vote::Rank) => Some("result=rank".to_owned()),
            None => None,
        };
        let change = self.change.then(|| "change".to_owned());
        let part = part.filter(|part| *part > 1);
        let part = part.map(|part| format!("p={part}"));
        let fields: Vec<String> = change.into_iter().chain(result).chain(part).collect();
        if fields.is_empty() {
            "/".to_owned()
        } else {
            format!("/?{}", fields.join("&"))
        }
    }
}

#[cfg(test)]
mod tests {
    use hyper::Method;

    use super::{Deed, Lost, Query, Route};

    #[test]
    fn known_paths_lead_somewhere_and_no_other() {
        let get = |path: &str| Route::of(&Method::GET, path, "");
        assert_eq!(get("/"), Ok(Route::Page(Query::default())));
        assert_eq!(get("/mango-42"), Ok(Route::Come("mango-42".to_owned())));
        assert_eq!(get("/Mango%2042"), Ok(Route::Come("Mango 42".to_owned())));
        assert_eq!(get("/seat/news"), Ok(Route::News));
        for path in [
            "",
            "//",
            "/../etc/passwd",
            "/%2e%2e%2fetc%2fpasswd",
            "/mango-42/",
            "/seat/",
            "/seat/../seat/name",
            "/a%00b",
            "/favicon.ico",
            "/<script>",
            "*",
        ] {
            assert_eq!(get(path), Err(Lost::Nowhere), "{path}");
        }
        assert_eq!(get(&format!("/{}", "a".repeat(300))), Err(Lost::Nowhere));
    }

    #[test]
    fn an_address_leads_back_to_its_page() {
        for query in ["", "change", "change&p=3", "result=tag&p=2", "result=rank"] {
            let found = Query::read(query);
            let address = found.address(found.part);
            assert_eq!(address.trim_start_matches(['/', '?']), query);
        }
        assert_eq!(Query::read("p=4&near=3").address(Some(1)), "/");
    }

    #[test]
    fn pages_are_read_and_acts_are_sent() {
        let post = |path: &str| Route::of(&Method::POST, path, "");
        assert_eq!(post("/seat/tag"), Ok(Route::Act(Deed::Tag)));
        assert_eq!(post("/"), Err(Lost::Method));
        assert_eq!(Route::of(&Method::GET, "/seat/tag", ""), Err(Lost::Method));
        assert_eq!(Route::of(&Method::HEAD, "/", "").map(|_| ()), Ok(()));
        for method in [Method::PUT, Method::DELETE, Method::OPTIONS, Method::TRACE] {
            assert_eq!(Route::of(&method, "/", ""), Err(Lost::Method));
        }
    }
}
