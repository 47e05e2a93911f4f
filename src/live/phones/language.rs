//! In which language a phone is spoken to.
//!
//! Owns the choice: what somebody tapped on a page, else what the browser says it prefers, else
//! the room's language. Nothing of it is kept here; the phone keeps what was tapped, and that alone.

use hyper::HeaderMap;
use hyper::header::ACCEPT_LANGUAGE;

use super::seat;
use crate::hints::Language;

const CHOSEN: &str = "pim_lang";
/// The most that is read of what a browser prefers; usual ones say a handful.
const MOST: usize = 20;

/// The language of a request, in a room that begins in another.
pub(super) fn of(headers: &HeaderMap, room: Language) -> Language {
    let chosen = seat::cookie(headers, CHOSEN).and_then(Language::of);
    let preferred = || {
        let said = headers.get(ACCEPT_LANGUAGE)?.to_str().ok()?;
        preferred(said)
    };
    chosen.or_else(preferred).unwrap_or(room)
}

/// The cookie by which a phone keeps what was tapped.
pub(super) fn cookie(language: Language, secure: bool) -> String {
    seat::set(CHOSEN, language.tag(), "Lax", secure)
}

/// The most wanted of our languages; of equals the first.
fn preferred(said: &str) -> Option<Language> {
    let mut best = None;
    for one in said.split(',').take(MOST) {
        let (tag, weight) = match one.split_once(';') {
            Some((tag, weight)) => (tag, self::weight(weight)),
            None => (one, Some(1000)),
        };
        let Some((language, weight)) = Language::of(tag.trim()).zip(weight) else {
            continue;
        };
        if weight > best.map_or(0, |(_, most)| most) {
            best = Some((language, weight));
        }
    }
    best.map(|(language, _)| language)
}

/// A weight such as `q=0.8`, in thousandths; none where it is not one.
fn weight(said: &str) -> Option<u16> {
    let said = said.trim().strip_prefix("q=")?;
    let (whole, part) = said.split_once('.').unwrap_or((said, ""));
    let is_number = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    if !is_number(part) || part.len() > 3 {
        return None;
    }
    let part: u16 = format!("{part:0<3}").parse().ok()?;
    match whole {
        "0" => Some(part),
        "1" => (part == 0).then_some(1000),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use hyper::header::HeaderValue;

    use super::*;

    #[test]
    fn the_most_wanted_of_our_languages_is_taken() {
        for (said, wanted) in [
            ("fr-FR,fr;q=0.9,en;q=0.8", Some(Language::Fr)),
            ("de-DE,de;q=0.9,es;q=0.5,en;q=0.4", Some(Language::Es)),
            ("en;q=0.4, es-419 ; q=0.5", Some(Language::Es)),
            ("ar,sw", None),
            ("fr;q=0,en", Some(Language::En)),
            ("FR", Some(Language::Fr)),
        ] {
            assert_eq!(preferred(said), wanted, "{said}");
        }
    }

    #[test]
    fn the_rooms_language_is_that_of_browsers_which_prefer_none_of_ours() {
        for (said, wanted) in [
            (None, Language::Es),
            (Some("sw,ar;q=0.5"), Language::Es),
            (Some("sw,fr;q=0.5"), Language::Fr),
            (Some("en-GB"), Language::En),
        ] {
            let mut headers = HeaderMap::new();
            if let Some(said) = said {
                headers.insert(ACCEPT_LANGUAGE, HeaderValue::from_static(said));
            }
            assert_eq!(of(&headers, Language::Es), wanted, "{said:?}");
        }
    }

    #[test]
    fn nonsense_is_no_language() {
        for said in [
            "",
            ",,,;;;",
            "fr;q=NaN",
            "fr;q=2",
            "fr;q=-1",
            "fr;q=inf",
            "fr;q=é.é.é",
            "fr;q=+0.5",
            "fr;q=1.5",
            "fr;q=0.55555",
            "../../fr",
            "<script>",
            "frfrfr",
        ] {
            assert_eq!(preferred(said), None, "{said}");
        }
        let flood = "xx,".repeat(10_000) + "fr";
        assert_eq!(preferred(&flood), None);
    }
}
