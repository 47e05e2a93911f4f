//! Whether a request was meant for this door.
//!
//! Owns two checks that browsers make possible. The host: a page elsewhere that lets its own name
//! point here (DNS rebinding) sends that name, so only bare addresses and the public name are
//! answered. The origin: a form elsewhere that sends itself here says where it stands.

use std::net::{IpAddr, SocketAddr};

use hyper::HeaderMap;
use hyper::header::{HOST, HeaderName, ORIGIN, REFERER};

use super::public::PublicUrl;

const FETCH_SITE: HeaderName = HeaderName::from_static("sec-fetch-site");

/// The host that a request names, if this door answers to it.
pub(super) fn host<'a>(headers: &'a HeaderMap, public: Option<&PublicUrl>) -> Option<&'a str> {
    let host = text(headers, &HOST)?;
    let known = public.is_some_and(|one| one.host().eq_ignore_ascii_case(host));
    (known || is_bare(host)).then_some(host)
}

/// Whether a host is an address and no name; `localhost` is nobody's to point elsewhere.
fn is_bare(host: &str) -> bool {
    let named = host.rsplit_once(':').map_or(host, |(name, _)| name);
    let inner = host.strip_prefix('[').and_then(|one| one.strip_suffix(']'));
    host.parse::<SocketAddr>().is_ok()
        || inner.unwrap_or(host).parse::<IpAddr>().is_ok()
        || named.eq_ignore_ascii_case("localhost")
}

/// Whether a form was sent from a page of this door, as far as the browser says. The hidden token
/// of the form is asked for besides.
pub(super) fn is_from_here(headers: &HeaderMap, host: &str, public: Option<&PublicUrl>) -> bool {
    let site = text(headers, &FETCH_SITE);
    if site.is_some_and(|site| site != "same-origin" && site != "none") {
        return false;
    }
    let plain = format!("http://{host}");
    let public = public.map(ToString::to_string);
    let is_own = |origin: &str| {
        origin.eq_ignore_ascii_case(&plain)
            || public
                .as_deref()
                .is_some_and(|one| one.eq_ignore_ascii_case(origin))
    };
    match (text(headers, &ORIGIN), text(headers, &REFERER)) {
        (Some(origin), _) => is_own(origin),
        // Browsers that tell no origin with a form tell at least the page.
        (None, Some(page)) => {
            let origin: Vec<&str> = page.splitn(4, '/').take(3).collect();
            is_own(&origin.join("/"))
        }
        (None, None) => true,
    }
}

fn text<'a>(headers: &'a HeaderMap, name: &HeaderName) -> Option<&'a str> {
    headers.get(name)?.to_str().ok()
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]
mod tests {
    use hyper::HeaderMap;
    use hyper::header::{HeaderName, HeaderValue};

    use super::{host, is_from_here};

    fn headers(all: &[(&'static str, &str)]) -> HeaderMap {
        let pair = |(name, value): &(&'static str, &str)| {
            (
                HeaderName::from_static(name),
                HeaderValue::from_str(value).unwrap(),
            )
        };
        all.iter().map(pair).collect()
    }

    #[test]
    fn addresses_and_the_public_name_are_answered_and_no_other_name() {
        let public = "https://rank.example.org".parse().unwrap();
        for name in [
            "192.168.43.1:8080",
            "10.0.0.1",
            "[fe80::1]:8080",
            "[::1]",
            "localhost:8080",
            "Rank.example.org",
        ] {
            assert!(
                host(&headers(&[("host", name)]), Some(&public)).is_some(),
                "{name}"
            );
        }
        for name in [
            "",
            "evil.example",
            "evil.example:8080",
            "localhost.evil.example",
            "1.2.3",
        ] {
            assert!(
                host(&headers(&[("host", name)]), Some(&public)).is_none(),
                "{name}"
            );
        }
        assert!(host(&headers(&[]), None).is_none());
    }

    #[test]
    fn a_form_from_elsewhere_is_known_by_what_its_browser_says() {
        let public = "https://rank.example.org".parse().unwrap();
        let from = |all: &[_]| is_from_here(&headers(all), "10.0.0.1:8080", Some(&public));
        assert!(from(&[]));
        assert!(from(&[("origin", "http://10.0.0.1:8080")]));
        assert!(from(&[("origin", "https://rank.example.org")]));
        assert!(from(&[("referer", "http://10.0.0.1:8080/?change")]));
        assert!(from(&[("sec-fetch-site", "same-origin")]));
        for (name, value) in [
            ("origin", "null"),
            ("origin", "http://evil.example"),
            ("origin", "http://10.0.0.1:8081"),
            ("origin", "https://10.0.0.1:8080"),
            ("referer", "http://evil.example/http://10.0.0.1:8080/"),
            ("sec-fetch-site", "cross-site"),
            ("sec-fetch-site", "same-site"),
        ] {
            assert!(!from(&[(name, value)]), "{name}: {value}");
        }
    }
}
