//! The sources of a plugin, and when they have changed.
//!
//! What counts is what stands in them: an editor that writes a file anew, a tool that makes the same again, and the build's own products
//! set nothing off. Each folder is watched by itself, so that those of tools, which hold thousands of files, are not.

use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
    time::Duration,
};

use amatelier_types::Sha256;
use notify::{RecommendedWatcher, RecursiveMode, Watcher as _};
use tokio::sync::mpsc::{UnboundedReceiver, unbounded_channel};

/// How long nothing must have happened before a change is taken for a whole one: editors and checkouts write several files.
const QUIET: Duration = Duration::from_millis(200);

/// Folders that hold no sources: products, and what tools install. So do all whose name begins with a dot.
const NOT_SOURCES: [&str; 6] = ["dist", "target", "build", "node_modules", "__pycache__", "venv"];

/// Endings of files that are written by tools.
const NOT_WRITTEN: [&str; 4] = ["golden", "lock", "pyc", "wasm"];

/// Files larger than this are told apart by their size and time alone.
const READ_BYTES: u64 = 4 << 20;

/// The most files and folders that are looked at: whoever has more has something else in there.
const MOST: usize = 10_000;

/// The sources in a folder.
pub(super) struct Sources {
    root: PathBuf,
    seen: BTreeMap<PathBuf, Sha256>,
    watcher: RecommendedWatcher,
    events: UnboundedReceiver<()>,
}

impl Sources {
    /// Look at the sources, and watch them from now on.
    pub(super) fn of(root: &Path) -> notify::Result<Self> {
        let (sender, events) = unbounded_channel();
        let watcher = notify::recommended_watcher(move |_: notify::Result<notify::Event>| {
            // Which file it was does not matter: all are looked at. Nobody listens any more once this is dropped.
            let _ = sender.send(());
        })?;
        let mut sources = Sources { root: root.to_owned(), seen: BTreeMap::new(), watcher, events };
        sources.seen = sources.look();
        Ok(sources)
    }

    /// Wait until something else stands in them. False when nothing can be told any more.
    pub(super) async fn changed(&mut self) -> bool {
        while self.events.recv().await.is_some() {
            while let Ok(Some(())) = tokio::time::timeout(QUIET, self.events.recv()).await {}
            let now = self.look();
            if now != self.seen {
                self.seen = now;
                return true;
            }
        }
        false
    }

    /// What stands in them now. Folders that are new are watched from here on, before they are looked into.
    fn look(&mut self) -> BTreeMap<PathBuf, Sha256> {
        let (mut found, mut folders) = (BTreeMap::new(), vec![self.root.clone()]);
        let mut left = MOST;
        while let Some(folder) = folders.pop() {
            // A folder that went away meanwhile is a change that is told by itself.
            let _ = self.watcher.watch(&folder, RecursiveMode::NonRecursive);
            for entry in fs::read_dir(&folder).into_iter().flatten().flatten() {
                let Some(next) = left.checked_sub(1) else { return found };
                left = next;
                let path = entry.path();
                // Links are not followed: they may lead anywhere, and round and round.
                match entry.file_type() {
                    Ok(kind) if kind.is_dir() && is_source_folder(&path) => folders.push(path),
                    Ok(kind) if kind.is_file() && is_source(&path) => {
                        found.extend(content(&path).map(|content| (path, content)));
                    }
                    _ => {}
                }
            }
        }
        found
    }
}

fn is_source_folder(path: &Path) -> bool {
    let name = path.file_name().and_then(|name| name.to_str()).unwrap_or_default();
    !name.starts_with('.') && !NOT_SOURCES.contains(&name)
}

fn is_source(path: &Path) -> bool {
    let name = path.file_name().and_then(|name| name.to_str()).unwrap_or_default();
    let ending = path.extension().and_then(|ending| ending.to_str()).unwrap_or_default();
    !name.starts_with('.')
        && !name.ends_with('~')
        && name != "package-lock.json"
        && !NOT_WRITTEN.contains(&ending)
}

fn content(path: &Path) -> Option<Sha256> {
    let data = fs::metadata(path).ok()?;
    if data.len() > READ_BYTES {
        return Some(Sha256::of(format!("{} {:?}", data.len(), data.modified().ok()).as_bytes()));
    }
    fs::read(path).ok().map(|bytes| Sha256::of(&bytes))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn write(root: &Path, file: &str, text: &str) {
        let path = root.join(file);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }

    #[test]
    fn sources_are_what_people_write() {
        let home = tempfile::tempdir().unwrap();
        let mut sources = Sources::of(home.path()).unwrap();
        let before = sources.look();
        for file in [
            "dist/a.wasm",
            "target/debug/a.rs",
            "node_modules/x/index.js",
            ".git/HEAD",
            "src/__pycache__/a.pyc",
            "Cargo.lock",
            "package-lock.json",
            "tests/a.golden",
            ".a.rs.swp",
            "src/a.rs~",
        ] {
            write(home.path(), file, "x");
        }
        assert_eq!(sources.look(), before);
        for file in ["plugin.toml", "src/lib.rs", "wit/world.wit", "tests/a.toml", "app.py"] {
            let before = sources.look();
            write(home.path(), file, "x");
            assert_ne!(sources.look(), before, "{file}");
        }
    }

    #[tokio::test]
    async fn a_change_is_told_once_and_the_same_again_is_none() {
        let home = tempfile::tempdir().unwrap();
        write(home.path(), "src/lib.rs", "one");
        let mut sources = Sources::of(home.path()).unwrap();
        write(home.path(), "src/lib.rs", "one");
        write(home.path(), "dist/a.wasm", "x");
        write(home.path(), "src/deep/er.rs", "new");
        assert!(sources.changed().await);
        let seen = sources.seen.clone();
        assert!(seen.keys().any(|path| path.ends_with("src/deep/er.rs")));
        // A folder that is new is watched, too.
        write(home.path(), "src/deep/er.rs", "newer");
        assert!(sources.changed().await);
        assert_ne!(sources.seen, seen);
    }
}
