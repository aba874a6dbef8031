//! Which texts can be the name of a registered file.
//!
//! A name is written in one way only. Whatever some system would read as another spelling of a path is not a name, so that two names
//! are the same file only if a link makes them so.

/// Why a text cannot be a name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum BadName {
    /// Nothing is written.
    #[error("it is empty")]
    Empty,
    /// It begins at the root of a file system, or at the home folder.
    #[error("it is not relative to the project; write the path from the project's folder on")]
    Absolute,
    /// It has `..` in it.
    #[error("it has `..` in it; the project's folder is the limit, and `--root` says which one that is")]
    Parent,
    /// A folder.
    #[error("it is a folder; name its files, such as `folder/*`")]
    Folder,
    /// It has `//` or `.` in it.
    #[error("it has an empty step or `.` in it; write it without")]
    EmptyStep,
    /// It has a backslash in it.
    #[error("it has a backslash in it; folders are divided by `/`")]
    Backslash,
    /// It has a colon in it, which is a drive or a stream on some systems.
    #[error("it has a colon in it")]
    Colon,
    /// A step of it ends in a dot or a space, which some systems drop.
    #[error("a step of it begins or ends with a space, or ends with a dot")]
    Edge,
    /// It has a character in it that is not seen.
    #[error("it has a character in it that cannot be seen")]
    Invisible,
    /// It is longer than any path.
    #[error("it is longer than {LONGEST} bytes")]
    Long,
}

/// The longest name, in bytes; the longest path of the usual systems.
const LONGEST: usize = 4_096;

/// Check a text that may be a name or a glob. A leading `./` is no part of it.
pub(crate) fn checked(text: &str) -> Result<&str, BadName> {
    let text = text.strip_prefix("./").unwrap_or(text);
    if text.is_empty() {
        return Err(BadName::Empty);
    }
    if text.len() > LONGEST {
        return Err(BadName::Long);
    }
    if text.chars().any(crate::plain::is_active) {
        return Err(BadName::Invisible);
    }
    if text.contains('\\') {
        return Err(BadName::Backslash);
    }
    if text.starts_with('/') || text.starts_with('~') {
        return Err(BadName::Absolute);
    }
    if text.contains(':') {
        return Err(BadName::Colon);
    }
    if text.split('/').any(|step| step == "..") {
        return Err(BadName::Parent);
    }
    if text.ends_with('/') {
        return Err(BadName::Folder);
    }
    for step in text.split('/') {
        if step.is_empty() || step == "." {
            return Err(BadName::EmptyStep);
        }
        if step.ends_with('.') || step.starts_with(char::is_whitespace) || step.ends_with(char::is_whitespace)
        {
            return Err(BadName::Edge);
        }
    }
    Ok(text)
}

/// Whether a text has a character of a glob in it.
pub(crate) fn is_glob(text: &str) -> bool {
    text.contains(['*', '?', '[', '{'])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_written_in_one_way_only() {
        for (text, expected) in [
            ("a.md", Ok("a.md")),
            ("./a.md", Ok("a.md")),
            ("a b/c.md", Ok("a b/c.md")),
            ("a/%2e%2e/b", Ok("a/%2e%2e/b")),
            ("...", Err(BadName::Edge)),
            ("", Err(BadName::Empty)),
            ("./", Err(BadName::Empty)),
            ("/etc/passwd", Err(BadName::Absolute)),
            ("//etc/passwd", Err(BadName::Absolute)),
            ("~/x", Err(BadName::Absolute)),
            ("../x", Err(BadName::Parent)),
            ("a/../../x", Err(BadName::Parent)),
            ("a/..", Err(BadName::Parent)),
            (".././x", Err(BadName::Parent)),
            ("a//b", Err(BadName::EmptyStep)),
            ("a/./b", Err(BadName::EmptyStep)),
            ("././a", Err(BadName::EmptyStep)),
            ("a/", Err(BadName::Folder)),
            ("a.md.", Err(BadName::Edge)),
            ("a.md ", Err(BadName::Edge)),
            (" a.md", Err(BadName::Edge)),
            ("a /b", Err(BadName::Edge)),
            ("a\u{a0}", Err(BadName::Edge)),
            ("..\\x", Err(BadName::Backslash)),
            ("C:x", Err(BadName::Colon)),
            ("a.md:stream", Err(BadName::Colon)),
            ("a\0b", Err(BadName::Invisible)),
            ("a\u{202e}b", Err(BadName::Invisible)),
            ("a\u{200b}", Err(BadName::Invisible)),
        ] {
            assert_eq!(checked(text), expected, "{text:?}");
        }
        assert_eq!(checked(&"x".repeat(4_097)), Err(BadName::Long));
    }
}
