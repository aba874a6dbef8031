//! The Markdown file that states the task.

use std::path::Path;

use crate::{BadFile, Problem, file};

/// The longest briefing read, in bytes. What a model takes is checked against the model when the debate opens.
const LIMIT: u64 = 8 << 20;

/// A briefing: some text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Briefing {
    /// The text, as it stands in the file.
    pub text: String,
}

/// Why a file is no briefing.
#[derive(Debug, thiserror::Error)]
pub enum BriefingError {
    /// It is not there.
    #[error("there is no briefing at {0}")]
    Missing(std::path::PathBuf),
    /// It has no text.
    #[error("the briefing {0} is empty")]
    Empty(std::path::PathBuf),
    /// It is something else, or cannot be read.
    #[error("the briefing cannot be used: {0}")]
    Unusable(#[from] BadFile),
}

impl Briefing {
    /// Read a briefing.
    ///
    /// # Errors
    /// [`BriefingError`].
    pub fn read(path: &Path) -> Result<Self, BriefingError> {
        let text = match file::read(path, LIMIT) {
            Ok(text) => text,
            Err(BadFile { problem: Problem::Missing, path }) => return Err(BriefingError::Missing(path)),
            Err(bad) => return Err(bad.into()),
        };
        if text.contains('\0') {
            return Err(BadFile::new(path, Problem::NotText).into());
        }
        if text.trim().is_empty() {
            return Err(BriefingError::Empty(path.into()));
        }
        Ok(Briefing { text: text.strip_prefix('\u{feff}').unwrap_or(&text).to_owned() })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_text_is_a_briefing() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("b.md");
        assert!(matches!(Briefing::read(&path), Err(BriefingError::Missing(_))));
        for (bytes, expected) in [
            (&b"\xef\xbb\xbf# Bridge\n"[..], Some("# Bridge\n")),
            (b" \n\t", None),
            (b"\xff\xfe", None),
            (b"PK\0\0", None),
        ] {
            std::fs::write(&path, bytes).unwrap();
            assert_eq!(Briefing::read(&path).ok().map(|briefing| briefing.text).as_deref(), expected);
        }
        std::fs::write(&path, vec![b'x'; LIMIT as usize + 1]).unwrap();
        assert!(Briefing::read(&path).unwrap_err().to_string().contains("8388609 bytes"));
        assert!(Briefing::read(folder.path()).is_err(), "a folder");
    }
}
