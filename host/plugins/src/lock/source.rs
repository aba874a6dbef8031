//! Where a plugin came from.

use std::{fmt, str::FromStr};

use crate::plain_text::not_a_line;

/// A file of the operator's, or an address. Kept as it was given: an update goes there again.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Source {
    /// A file, by its path.
    Path(String),
    /// An `https` address.
    Url(String),
}

/// A text that is neither.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error(
    "a source is an https address without a name, a password or blanks, or the path of a file, of at most {max} characters",
    max = Source::MAX
)]
pub struct BadSource;

impl Source {
    /// The longest source, in characters.
    pub const MAX: usize = 2000;
}

impl FromStr for Source {
    type Err = BadSource;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        if not_a_line(text, Self::MAX).is_some() {
            return Err(BadSource);
        }
        let Some((scheme, rest)) = text.split_once("://") else { return Ok(Source::Path(text.into())) };
        let host = rest.split(['/', '?', '#']).next().unwrap_or_default();
        // A name and a password would be a secret in a file that people share.
        let good = scheme == "https"
            && !host.is_empty()
            && !host.contains('@')
            && rest.bytes().all(|byte| byte.is_ascii_graphic() && byte != b'\\');
        if good { Ok(Source::Url(text.into())) } else { Err(BadSource) }
    }
}

impl fmt::Display for Source {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Source::Path(text) | Source::Url(text) => f.write_str(text),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_source_is_an_https_address_or_a_path() {
        for url in ["https://example.org/a.wasm", "https://example.org:8443/a?b=c#d", "https://[::1]/a"] {
            assert_eq!(url.parse(), Ok(Source::Url(url.into())));
        }
        for path in ["a.wasm", "./dir with blanks/a.wasm", "/opt/ä.wasm"] {
            assert_eq!(path.parse(), Ok(Source::Path(path.into())));
        }
        for bad in [
            "",
            "http://example.org/a",
            "file:///etc/passwd",
            "https://",
            "https:///a",
            "https://user:secret@example.org/a",
            "https://example.org/a b",
            "https://example.org\\@evil.org",
            "a\u{1b}[2J",
            "a\nb",
        ] {
            assert_eq!(bad.parse::<Source>(), Err(BadSource), "{bad:?}");
        }
    }
}
