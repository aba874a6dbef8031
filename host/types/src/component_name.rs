//! What a team file may call a component.

use std::{
    fmt,
    path::{Path, PathBuf},
    str::FromStr,
};

/// A component by id (bundled or installed) or by path (the operator's own file).
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ComponentName {
    /// Lower-case letters, digits and dashes.
    Id(String),
    /// Anything with a `/` or the ending `.wasm`; relative to the workspace.
    Path(PathBuf),
}

/// A text that is neither an id nor a path.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error(
    "`{0}` names no component: an id has lower-case letters, digits and dashes (such as `classic`), a path has a `/` or ends in `.wasm`"
)]
pub struct BadComponentName(pub String);

impl FromStr for ComponentName {
    type Err = BadComponentName;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        if text.contains(['/', '\\']) || Path::new(text).extension().is_some_and(|ending| ending == "wasm") {
            return Ok(ComponentName::Path(text.into()));
        }
        let good = text.starts_with(|c: char| c.is_ascii_lowercase())
            && text.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-');
        if good { Ok(ComponentName::Id(text.into())) } else { Err(BadComponentName(text.into())) }
    }
}

impl fmt::Display for ComponentName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            ComponentName::Id(id) => f.write_str(id),
            ComponentName::Path(path) => path.display().fmt(f),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_and_paths_are_told_apart_by_their_looks() {
        assert_eq!("classic".parse(), Ok(ComponentName::Id("classic".into())));
        for path in ["ada.wasm", "./ada", "plugins/ada.wasm", "/opt/ada.wasm"] {
            assert_eq!(path.parse(), Ok(ComponentName::Path(path.into())));
        }
        for bad in ["", "Classic", "1x", "a b"] {
            assert!(bad.parse::<ComponentName>().is_err(), "{bad}");
        }
    }
}
