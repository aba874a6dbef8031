//! The text of `keys.toml`: a name, an equals sign and a quoted key a line, and comments.
//!
//! A part of TOML, read by hand so that no copy of a key is left behind in a parser. Complaints have the line, never what stands in it.

use std::collections::BTreeMap;

use secrecy::{ExposeSecret as _, SecretString};
use zeroize::Zeroizing;

/// The longest key, in bytes; real ones have at most a few hundred.
pub(crate) const KEY_BYTES: usize = 8 << 10;

/// The keys of a text, or the first line that is none and why.
pub(super) fn parse(text: &str) -> Result<BTreeMap<String, SecretString>, (usize, &'static str)> {
    let mut keys = BTreeMap::new();
    for (number, line) in text.lines().enumerate() {
        let line = line.trim();
        if line.is_empty() || line.starts_with('#') {
            continue;
        }
        let wrong = |what| (number + 1, what);
        let (name, rest) = line.split_once('=').ok_or_else(|| wrong("a line is NAME = \"key\""))?;
        let name = name.trim();
        if !is_name(name) {
            return Err(wrong("what stands before the = is no name of a variable"));
        }
        let key = quoted(rest.trim()).ok_or_else(|| wrong("the key has to stand in quotes, and alone"))?;
        let key = check(key).map_err(wrong)?;
        if keys.insert(name.to_owned(), SecretString::from(key)).is_some() {
            return Err(wrong("this name stands in the file twice"));
        }
    }
    Ok(keys)
}

/// What is between quotes, with nothing behind them but a comment.
fn quoted(text: &str) -> Option<&str> {
    let quote = text.chars().next().filter(|quote| matches!(quote, '"' | '\''))?;
    let (key, rest) = text.get(1..)?.split_once(quote)?;
    let rest = rest.trim();
    (rest.is_empty() || rest.starts_with('#')).then_some(key)
}

/// A key as it can be stored and sent, without the white space around it.
pub(super) fn check(key: &str) -> Result<&str, &'static str> {
    let key = key.trim();
    match key {
        "" => Err("the key is empty"),
        _ if key.len() > KEY_BYTES => Err("the key is longer than any real one"),
        _ if !key.bytes().all(|byte| byte.is_ascii_graphic() && !matches!(byte, b'"' | b'\'' | b'\\')) => {
            Err("the key has a character that no key has: a space, a quote, or one that is not ASCII")
        }
        _ => Ok(key),
    }
}

/// Whether a key can be stored under a name.
pub(super) fn is_name(name: &str) -> bool {
    name.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_')
        && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_')
}

/// The text of these keys.
pub(super) fn write(keys: &BTreeMap<String, SecretString>) -> Zeroizing<String> {
    const HEAD: &str =
        "# Keys of model providers. `amatelier key set NAME` writes this file; only its owner may read it.\n";
    let room = keys.iter().map(|(name, key)| name.len() + key.expose_secret().len() + 6).sum::<usize>();
    // As large as it gets: one that grew would leave a copy behind.
    let mut text = Zeroizing::new(String::with_capacity(HEAD.len() + room));
    text.push_str(HEAD);
    for (name, key) in keys {
        for part in [name, " = \"", key.expose_secret(), "\"\n"] {
            text.push_str(part);
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_names_and_quoted_keys() {
        let keys = parse("# mine\n\nA_KEY = \"sk-1\"  # the old one\n  b='x=y'\r\n").unwrap();
        let read: Vec<_> = keys.iter().map(|(name, key)| (name.as_str(), key.expose_secret())).collect();
        assert_eq!(read, [("A_KEY", "sk-1"), ("b", "x=y")]);
        assert_eq!(parse(&write(&keys)).unwrap().len(), 2, "what is written can be read");
    }

    #[test]
    fn what_is_wrong_is_said_with_its_line_and_without_the_key() {
        for (text, line) in [
            ("sk-secret", 1),
            ("A = sk-secret", 1),
            ("\nA = \"sk-secret", 2),
            ("A = \"sk-secret\" x", 1),
            ("A = \"\"", 1),
            ("A = \"sk secret\"", 1),
            ("A = \"sk\\nsecret\"", 1),
            ("A = \"schlüssel\"", 1),
            ("sk-secret = \"x\"", 1),
            ("A = \"x\"\nA = \"y\"", 2),
            ("[keys]", 1),
        ] {
            let (at, what) = parse(text).unwrap_err();
            assert_eq!(at, line, "{text}");
            assert!(!what.contains("secret"), "{what}");
        }
    }
}
