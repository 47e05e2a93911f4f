//! The address under which a server in front of this one is reached.
//!
//! Owns what such an address may be: a scheme and a host, without a path, since the pages know
//! no folder that they could stand in.

use std::fmt;
use std::str::FromStr;

/// An address such as `https://rank.example.org`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PublicUrl {
    secure: bool,
    host: String,
}

impl PublicUrl {
    /// Whether what is sent is encrypted on the way.
    pub const fn is_secure(&self) -> bool {
        self.secure
    }

    /// Host and port, as browsers write them into a request.
    pub fn host(&self) -> &str {
        &self.host
    }
}

impl FromStr for PublicUrl {
    type Err = String;

    fn from_str(typed: &str) -> Result<Self, String> {
        let typed = typed.trim().trim_end_matches('/');
        let wrong = || {
            format!("{typed:?} is no address for phones; write one like https://rank.example.org")
        };
        let (scheme, host) = typed.split_once("://").ok_or_else(wrong)?;
        let secure = match scheme.to_ascii_lowercase().as_str() {
            "https" => true,
            "http" => false,
            _ => return Err(wrong()),
        };
        let fits = |c: char| c.is_ascii_alphanumeric() || ".-:[]".contains(c);
        if host.is_empty() || host.len() > 253 || !host.chars().all(fits) {
            return Err(wrong());
        }
        let host = host.to_ascii_lowercase();
        let usual = if secure { ":443" } else { ":80" };
        let host = host.strip_suffix(usual).unwrap_or(&host).to_owned();
        Ok(Self { secure, host })
    }
}

impl fmt::Display for PublicUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let scheme = if self.secure { "https" } else { "http" };
        write!(f, "{scheme}://{}", self.host)
    }
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]
mod tests {
    use super::PublicUrl;

    #[test]
    fn an_address_is_a_scheme_and_a_host() {
        let url: PublicUrl = "https://Rank.example.org:443/".parse().unwrap();
        assert_eq!(url.to_string(), "https://rank.example.org");
        assert!(url.is_secure());
        let url: PublicUrl = "http://10.0.0.1:8080".parse().unwrap();
        assert_eq!(url.host(), "10.0.0.1:8080");
        assert!(!url.is_secure());
    }

    #[test]
    fn what_is_none_is_refused_with_one_that_is() {
        for typed in [
            "",
            "rank.example.org",
            "ftp://a",
            "https://",
            "https://a/b",
            "https://a@b",
            "https://a b",
        ] {
            let refused = typed.parse::<PublicUrl>().unwrap_err();
            assert!(refused.contains("https://rank.example.org"), "{refused}");
        }
    }
}
