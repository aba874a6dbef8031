//! Which files of the project a glob of the briefing matches.
//!
//! Links to folders are not followed. As in a shell, `*` and `?` do not match `/`, and a wildcard does not match a hidden file or
//! folder: one that is wanted is named with its dot. Folders that tools fill are left out unless the glob names them.

use std::collections::BTreeSet;

use globset::{GlobBuilder, GlobMatcher};

use crate::{
    Unregistered,
    name::is_glob,
    root::{Root, Unopened},
    secret,
};

/// Folders that tools fill with what nobody wrote for a reader.
const FILLED: [&str; 10] = [
    "node_modules",
    "venv",
    "__pycache__",
    "target",
    "CVS",
    "_darcs",
    "bower_components",
    "Pods",
    "DerivedData",
    "__MACOSX",
];

/// What a glob matches.
#[derive(Debug, Default)]
pub(crate) struct Matched {
    /// The names, sorted.
    pub(crate) names: BTreeSet<String>,
    /// What is left out and should be known.
    pub(crate) left_out: Vec<(String, Unregistered)>,
}

/// A glob over whole names.
pub(crate) fn matcher(pattern: &str) -> Result<GlobMatcher, globset::Error> {
    Ok(GlobBuilder::new(pattern).literal_separator(true).backslash_escape(false).build()?.compile_matcher())
}

struct Walk<'a> {
    root: &'a Root,
    whole: GlobMatcher,
    /// The steps of the pattern that begin with a dot: what may be hidden.
    dotted: Vec<GlobMatcher>,
    steps: Vec<&'a str>,
    /// How many steps a name may have; none if the pattern takes any number.
    depth: Option<usize>,
    room: &'a mut Room,
    matched: Matched,
}

/// Find the files that a glob matches, as long as there is room.
pub(crate) fn walk(root: &Root, pattern: &str, room: &mut Room) -> Result<Matched, Unregistered> {
    let bad = |error: globset::Error| Unregistered::BadGlob(error.kind().to_string());
    let steps: Vec<&str> = pattern.split('/').collect();
    let mut walk = Walk {
        root,
        whole: matcher(pattern).map_err(bad)?,
        dotted: steps
            .iter()
            .filter(|s| s.starts_with('.'))
            .map(|s| matcher(s))
            .collect::<Result<_, _>>()
            .map_err(bad)?,
        depth: (!pattern.contains("**")).then_some(steps.len()),
        room,
        matched: Matched::default(),
        steps,
    };
    let fixed = walk.steps.iter().take_while(|step| !is_glob(step)).count();
    let first: Vec<&str> = walk.steps.iter().take(fixed).copied().collect();
    let mut folders = vec![first.join("/")];
    while let Some(folder) = folders.pop() {
        walk.folder(&folder, &mut folders)?;
    }
    Ok(walk.matched)
}

/// How many entries of folders may still be looked at, for all globs together.
#[derive(Debug)]
pub(crate) struct Room {
    left: usize,
    most: usize,
}

impl Room {
    pub(crate) fn new(most: usize) -> Self {
        Room { left: most, most }
    }

    fn take_one(&mut self) -> Result<(), Unregistered> {
        self.left = self.left.checked_sub(1).ok_or(Unregistered::TooWide(self.most))?;
        Ok(())
    }
}

impl Walk<'_> {
    fn folder(&mut self, folder: &str, folders: &mut Vec<String>) -> Result<(), Unregistered> {
        let entries = match self.root.entries(folder) {
            Ok(entries) => entries,
            Err(Unopened::Missing) => return Ok(()),
            Err(unopened) => {
                self.matched.left_out.push((folder.to_owned(), unopened.into()));
                return Ok(());
            }
        };
        for entry in entries {
            self.room.take_one()?;
            let Ok(entry) = entry else { continue };
            let Ok(kind) = entry.file_type() else { continue };
            // A name that is no text cannot be a key, and a pattern of text does not match it.
            let Ok(step) = entry.file_name().into_string() else { continue };
            let name = if folder.is_empty() { step.clone() } else { format!("{folder}/{step}") };
            if kind.is_dir() {
                if self.enters(&step, &name) {
                    folders.push(name);
                }
            } else if self.whole.is_match(&name) {
                self.file(&step, name);
            }
        }
        Ok(())
    }

    fn enters(&self, step: &str, name: &str) -> bool {
        let is_shallow = self.depth.is_none_or(|depth| name.split('/').count() < depth);
        let is_filled = FILLED.contains(&step) && !self.steps.contains(&step);
        is_shallow && !is_filled && self.may_be_seen(step)
    }

    fn file(&mut self, step: &str, name: String) {
        if self.may_be_seen(step) {
            self.matched.names.insert(name);
        } else if let Some(what) = secret::in_name(&name) {
            // It is left out twice over; whoever wonders where it is wants to be told.
            self.matched.left_out.push((name, Unregistered::LooksSecret(what.to_owned())));
        }
    }

    fn may_be_seen(&self, step: &str) -> bool {
        !step.starts_with('.') || self.dotted.iter().any(|dotted| dotted.is_match(step))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_glob_matches_as_in_a_shell() {
        let folder = tempfile::tempdir().unwrap();
        for name in [
            "a.md",
            "b.md",
            "c.txt",
            ".hidden.md",
            ".env",
            "d/a.md",
            "d/e/a.md",
            "d/e/f/a.md",
            ".git/a.md",
            "node_modules/x/a.md",
            "target/a.md",
            "[x].md",
        ] {
            let path = folder.path().join(name);
            std::fs::create_dir_all(path.parent().unwrap()).unwrap();
            std::fs::write(path, "x").unwrap();
        }
        let root = Root::open(folder.path()).unwrap();
        for (pattern, expected) in [
            ("*.md", vec!["[x].md", "a.md", "b.md"]),
            ("?.md", vec!["a.md", "b.md"]),
            ("[bx].md", vec!["b.md"]),
            ("[!b].md", vec!["a.md"]),
            ("d/*", vec!["d/a.md"]),
            ("d/**", vec!["d/a.md", "d/e/a.md", "d/e/f/a.md"]),
            ("d/**/a.md", vec!["d/a.md", "d/e/a.md", "d/e/f/a.md"]),
            ("*/a.md", vec!["d/a.md"]),
            ("*/*/a.md", vec!["d/e/a.md"]),
            ("**/f/*", vec!["d/e/f/a.md"]),
            ("**/a.md", vec!["a.md", "d/a.md", "d/e/a.md", "d/e/f/a.md"]),
            (".h*", vec![".hidden.md"]),
            (".git/*", vec![".git/a.md"]),
            ("target/*", vec!["target/a.md"]),
            ("{a,c}.*", vec!["a.md", "c.txt"]),
            ("none/*", vec![]),
        ] {
            let matched = walk(&root, pattern, &mut Room::new(1_000)).unwrap();
            assert_eq!(matched.names.iter().map(String::as_str).collect::<Vec<_>>(), expected, "{pattern}");
        }
        assert!(matches!(walk(&root, "[", &mut Room::new(1_000)), Err(Unregistered::BadGlob(_))));
        assert!(matches!(walk(&root, "*", &mut Room::new(3)), Err(Unregistered::TooWide(3))));
        let mut room = Room::new(2);
        assert!(walk(&root, "d/e/*", &mut room).is_ok(), "two entries");
        assert!(walk(&root, "d/*", &mut room).is_err(), "what was looked at for another glob counts");
        let left_out = walk(&root, "*", &mut Room::new(1_000)).unwrap().left_out;
        assert_eq!(left_out.iter().map(|(name, _)| name.as_str()).collect::<Vec<_>>(), [".env"]);
    }
}
