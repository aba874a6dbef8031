//! Old artefacts go.
//!
//! A new engine makes all artefacts of the old one useless, and an author who builds all day leaves one per build. The newest are
//! kept, of other engines only a few, for whoever changes between two versions. Another process may be using what is removed: its
//! mapping stays, and its next start compiles.

use std::{fs, io, path::Path, time::SystemTime};

/// Files of this engine: an artefact and its seal for each of the components in use and of their recent builds.
const OWN: usize = 1024;

/// Files of all other engines.
const OTHERS: usize = 64;

/// Remove the oldest files of a cache, seen from the engine whose files have this prefix.
pub(crate) fn sweep(folder: &Path, prefix: &str) -> io::Result<()> {
    let mut own = Vec::new();
    let mut others = Vec::new();
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        // Gone since it was listed, if there is none.
        let Ok(metadata) = entry.metadata() else { continue };
        let is_own = entry.file_name().to_string_lossy().starts_with(prefix);
        let files = if is_own { &mut own } else { &mut others };
        files.push((metadata.modified().unwrap_or(SystemTime::UNIX_EPOCH), entry.path()));
    }
    for (mut files, kept) in [(own, OWN), (others, OTHERS)] {
        files.sort_by(|one, other| other.cmp(one));
        for (_, path) in files.into_iter().skip(kept) {
            // Another process may have been faster.
            let _ = fs::remove_file(path);
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;

    #[test]
    fn the_newest_stay_and_few_of_other_engines() {
        let folder = tempfile::tempdir().unwrap();
        let file = |name: &str, age: u64| {
            let file = fs::File::create(folder.path().join(name)).unwrap();
            file.set_modified(SystemTime::UNIX_EPOCH + Duration::from_secs(1_000_000 - age)).unwrap();
        };
        (0..OWN as u64 + 3).for_each(|age| file(&format!("mine-{age}"), age));
        (0..OTHERS as u64 + 3).for_each(|age| file(&format!("other-{age}"), age));
        sweep(folder.path(), "mine-").unwrap();
        let is_there = |name: String| folder.path().join(name).exists();
        assert!(is_there(format!("mine-{}", OWN - 1)) && !is_there(format!("mine-{OWN}")));
        assert!(is_there(format!("other-{}", OTHERS - 1)) && !is_there(format!("other-{OTHERS}")));
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), OWN + OTHERS);
    }
}
