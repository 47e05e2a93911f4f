//! What all pages have around them: head, style, script, and the headers that hold them in.

use std::sync::OnceLock;

use maud::{DOCTYPE, Markup, PreEscaped, html};
use sha2::{Digest, Sha256};

use crate::hints::{Language, hints};
use crate::live::phones::parts::beginning;

const STYLE: &str = include_str!("style.css");
/// Hears news, and counts the time down.
const SCRIPT: &str = include_str!("script.js");
/// Lets places be tapped.
const RANK: &str = include_str!("rank.js");

/// Headers of every answer. The referrer stays on this door: without any, browsers would also
/// hide from it where its own forms come from.
pub(in crate::live::phones) const HEADERS: [(&str, &str); 5] = [
    ("referrer-policy", "same-origin"),
    ("x-content-type-options", "nosniff"),
    ("x-frame-options", "DENY"),
    ("cache-control", "no-store"),
    ("cross-origin-opener-policy", "same-origin"),
];

/// What a page may do: show its own style, run its own script, hear news and send forms here.
pub(in crate::live::phones) fn policy() -> &'static str {
    static POLICY: OnceLock<String> = OnceLock::new();
    POLICY.get_or_init(|| {
        format!(
            "default-src 'none'; style-src 'sha256-{}'; script-src 'sha256-{}' 'sha256-{}'; \
             connect-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'",
            digest(STYLE),
            digest(SCRIPT),
            digest(RANK)
        )
    })
}

/// What a page says before its text.
pub(super) struct Head<'a> {
    /// Its title.
    pub(super) title: &'a str,
    /// Its language.
    pub(super) language: Language,
    /// Seconds after which a browser without script fetches it again.
    pub(super) refresh: Option<u32>,
    /// Where it is fetched again.
    pub(super) at: &'a str,
    /// Whether it holds what was typed and is not kept, so that it does not go by itself.
    pub(super) typed: bool,
    /// Where it leads at once, with and without script.
    pub(super) leads: Option<&'static str>,
    /// The number of what it shows; none for pages that do not change.
    pub(super) version: Option<u64>,
    /// Whether places are given on it.
    pub(super) ranks: bool,
}

/// A page. Only a browser without script fetches it again by itself: to one with a script, and
/// to whoever has it read aloud, a page changes when the room does.
pub(super) fn page(head: &Head<'_>, main: &Markup) -> String {
    let said = &hints(head.language).phone;
    let page = html! {
        (DOCTYPE)
        html lang=(head.language.tag()) {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                title { (beginning(head.title, 120)) }
                link rel="icon" href="data:,";
                style { (PreEscaped(STYLE)) }
                @if let Some(to) = head.leads {
                    meta http-equiv="refresh" content={ "0;url=" (to) };
                }
                @if let Some(seconds) = head.refresh {
                    noscript { meta http-equiv="refresh" content={ (seconds) ";url=" (head.at) }; }
                }
            }
            body {
                main { (main) (languages(head.language)) }
                @if let Some(version) = head.version {
                    p #news role="status" data-v=(version) data-at=(head.at) data-k[head.typed]
                        data-on=(said.gone_on) data-show=(said.show_now) {}
                    script { (PreEscaped(SCRIPT)) }
                    @if head.ranks { script { (PreEscaped(RANK)) } }
                }
            }
        }
    };
    page.into_string()
}

/// The ways to the other languages, each named in itself.
fn languages(here: Language) -> Markup {
    let others = Language::ALL.into_iter().filter(|one| *one != here);
    html! {
        p.small {
            @for one in others {
                a href={ "/?lang=" (one.tag()) } lang=(one.tag()) { (one.name()) } " "
            }
        }
    }
}

/// Seconds until a waiting page is fetched again; not the same for all who came together.
pub(super) fn jitter() -> u32 {
    // Without randomness all come at once, which is no more than slow.
    20 + getrandom::u32().unwrap_or_default() % 20
}

fn digest(text: &str) -> String {
    base64(&Sha256::digest(text.as_bytes()))
}

fn base64(bytes: &[u8]) -> String {
    const SIGNS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut text = String::new();
    for three in bytes.chunks(3) {
        let byte = |at: usize| u32::from(three.get(at).copied().unwrap_or_default());
        let bits = byte(0) << 16 | byte(1) << 8 | byte(2);
        for at in 0..4 {
            let sign = SIGNS.get((bits >> (18 - 6 * at) & 63) as usize);
            let sign = sign.filter(|_| at <= three.len());
            text.push(sign.map_or('=', |sign| char::from(*sign)));
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::{base64, policy};

    #[test]
    fn base64_is_as_browsers_read_it() {
        for (text, wanted) in [
            ("", ""),
            ("f", "Zg=="),
            ("fo", "Zm8="),
            ("foo", "Zm9v"),
            ("foob", "Zm9vYg=="),
        ] {
            assert_eq!(base64(text.as_bytes()), wanted);
        }
    }

    #[test]
    fn the_policy_lets_nothing_in_from_elsewhere() {
        let policy = policy();
        assert!(
            policy.starts_with("default-src 'none'; style-src 'sha256-"),
            "{policy}"
        );
        for never in ["unsafe", "http", "*", "data:"] {
            assert!(!policy.contains(never), "{never}");
        }
    }
}
