//! The bundled persona folders, as the workspace takes them.

use amatelier_bundle::{CATALOG, SEEDS};
use amatelier_workspace::SeedFile;
use include_dir::{Dir, DirEntry};

/// The roster a new workspace starts with.
pub const STARTER: &str = "curated-five";

/// The catalog a new workspace starts with.
pub fn catalog_text() -> &'static str {
    CATALOG
}

/// Every bundled file with its path below `agents/`.
pub fn seed_files() -> Vec<SeedFile<'static>> {
    fn collect(folder: &'static Dir<'static>, files: &mut Vec<SeedFile<'static>>) {
        for entry in folder.entries() {
            match entry {
                DirEntry::Dir(inner) => collect(inner, files),
                DirEntry::File(file) => {
                    if let Some(path) = file.path().to_str() {
                        files.push(SeedFile { path, contents: file.contents() });
                    }
                }
            }
        }
    }
    let mut files = Vec::new();
    collect(&SEEDS, &mut files);
    files
}

#[cfg(test)]
mod tests {
    use amatelier_workspace::Template;

    use super::*;

    #[test]
    fn every_starter_roster_has_its_people() {
        let files = seed_files();
        for name in ["curated-five", "minimal", "empty"] {
            assert!(Template::find(&files, name).is_ok(), "{name}");
        }
        for name in ["elena", "marcus", "clare", "simon", "naomi", "judge", "therapist", "alpha", "beta"] {
            for document in ["identity.md", "instructions.md"] {
                assert!(
                    files.iter().any(|file| file.path == format!("{name}/{document}")),
                    "{name}/{document}"
                );
            }
        }
    }
}
