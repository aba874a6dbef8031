//! Copies of what is about to be replaced.

use std::{
    fs,
    path::{Path, PathBuf},
};

use crate::{BadFile, file};

/// Copy a file to a name beside it that bears the date and ends in `.bak`; that name.
pub(crate) fn keep(path: &Path) -> Result<PathBuf, BadFile> {
    let bytes = fs::read(path).map_err(|error| BadFile::io(path, error))?;
    let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
    let stamp = jiff::Timestamp::now().strftime("%Y-%m-%d-%H%M%S").to_string();
    let mut aside = path.with_file_name(format!("{name}.{stamp}.bak"));
    // Twice in a second is rare, and no reason to lose the first.
    for more in 2.. {
        if !aside.exists() {
            break;
        }
        aside = path.with_file_name(format!("{name}.{stamp}-{more}.bak"));
    }
    file::write(&aside, &bytes)?;
    Ok(aside)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_copy_has_a_name_of_its_own() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("team.toml");
        fs::write(&path, "one").unwrap();
        let one = keep(&path).unwrap();
        fs::write(&path, "two").unwrap();
        let two = keep(&path).unwrap();
        assert_eq!([&one, &two].map(|path| fs::read_to_string(path).unwrap()), ["one", "two"]);
        assert!(one.file_name().unwrap().to_str().unwrap().starts_with("team.toml.2"));
    }
}
