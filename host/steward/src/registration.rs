//! What becomes of the entries of a briefing.

use std::collections::HashSet;

use amatelier_types::Sha256;

use crate::{
    Caps, Entry, RegisteredFile, Unregistered, Warning,
    name::{checked, is_glob},
    root::{Root, Unopened},
    secret,
    text::as_text,
    walk::{Room, walk},
};

/// The most files of one glob that are warned of one by one.
const WARNED: usize = 20;

/// The most entries of a briefing that are looked at.
const ENTRIES: usize = 2_000;

/// A registration under way.
pub(crate) struct Registration<'a> {
    root: &'a Root,
    caps: &'a Caps,
    names: HashSet<String>,
    bytes: u64,
    room: Room,
    pub(crate) registered: Vec<RegisteredFile>,
    pub(crate) warnings: Vec<Warning>,
}

impl<'a> Registration<'a> {
    pub(crate) fn new(root: &'a Root, caps: &'a Caps) -> Self {
        Registration {
            root,
            caps,
            names: HashSet::new(),
            bytes: 0,
            room: Room::new(caps.walked),
            registered: Vec::new(),
            warnings: Vec::new(),
        }
    }

    /// Register what entries name.
    pub(crate) fn entries(&mut self, entries: &[Entry]) {
        entries.iter().take(ENTRIES).for_each(|entry| self.entry(entry));
        if let Some(entry) = entries.get(ENTRIES) {
            self.warn(entry, None, Unregistered::TooManyEntries(ENTRIES));
        }
    }

    fn entry(&mut self, entry: &Entry) {
        let outcome = checked(&entry.text).map_err(Unregistered::from).and_then(|name| {
            // `[id].md` may be the name of a file as well as a pattern; a file that is there is meant.
            match is_glob(name) && matches!(self.root.file(name), Err(Unopened::Missing)) {
                true => self.glob(entry, name),
                false => self.file(name),
            }
        });
        if let Err(why) = outcome {
            self.warn(entry, None, why);
        }
    }

    fn glob(&mut self, entry: &Entry, pattern: &str) -> Result<(), Unregistered> {
        let matched = walk(self.root, pattern, &mut self.room)?;
        if matched.names.is_empty() && matched.left_out.is_empty() {
            return Err(Unregistered::NoMatch);
        }
        let mut left_out = matched.left_out;
        for name in matched.names {
            match checked(&name).map_err(Unregistered::from).and_then(|_| self.file(&name)) {
                Ok(()) => {}
                // The files after this one would fare no better.
                Err(why @ Unregistered::TooMany(_)) => return Err(why),
                Err(why) => left_out.push((name, why)),
            }
        }
        let more = left_out.len().saturating_sub(WARNED);
        for (name, why) in left_out.into_iter().take(WARNED) {
            self.warn(entry, Some(name), why);
        }
        if more > 0 {
            self.warn(entry, None, Unregistered::More(more));
        }
        Ok(())
    }

    /// Register one file. Its name is checked first, then what it is, and only then is it read.
    fn file(&mut self, name: &str) -> Result<(), Unregistered> {
        if self.names.contains(name) {
            return Ok(());
        }
        let clean = |name: &str| match secret::in_name(name) {
            Some(what) => Err(Unregistered::LooksSecret(what.to_owned())),
            None => Ok(()),
        };
        clean(name)?;
        let opened = self.root.file(name)?;
        // A link may have a harmless name. The file that was opened was seen, after that, under the name that is screened here; it has
        // no other.
        let path = self.root.without_links(name)?;
        clean(&path.to_string_lossy().replace('\\', "/"))?;
        if !self.root.is_at(&opened, &path)? {
            return Err(Unregistered::Unsteady);
        }
        if opened.names > 1 {
            return Err(Unregistered::HardLinked(opened.names));
        }
        let Caps { file_bytes, total_bytes, files, .. } = *self.caps;
        if opened.bytes > file_bytes {
            return Err(Unregistered::TooLarge { bytes: opened.bytes, limit: file_bytes });
        }
        let bytes = self.bytes.saturating_add(opened.bytes);
        if bytes > total_bytes {
            return Err(Unregistered::TooLargeTogether(total_bytes));
        }
        if self.registered.len() >= files {
            return Err(Unregistered::TooMany(files));
        }
        let (size, device, inode) = (opened.bytes, opened.device, opened.inode);
        let content = opened.read().map_err(|why| Unregistered::Unreadable(why.to_string()))?;
        let content = content.ok_or(Unregistered::Unsteady)?;
        let sha256 = Sha256::of(&content);
        let text = as_text(content).ok_or(Unregistered::NotText)?;
        if let Some(what) = secret::in_content(&text) {
            return Err(Unregistered::LooksSecret(what.to_owned()));
        }
        self.bytes = bytes;
        self.names.insert(name.to_owned());
        self.registered.push(RegisteredFile { name: name.to_owned(), bytes: size, device, inode, sha256 });
        Ok(())
    }

    fn warn(&mut self, entry: &Entry, file: Option<String>, why: Unregistered) {
        self.warnings.push(Warning { line: entry.line, entry: entry.text.clone(), file, why });
    }
}

impl From<Unopened> for Unregistered {
    fn from(unopened: Unopened) -> Self {
        match unopened {
            Unopened::Missing => Unregistered::Missing,
            Unopened::Outside => Unregistered::Outside,
            Unopened::Folder => Unregistered::Folder,
            Unopened::Special => Unregistered::Special,
            Unopened::Io(error) => Unregistered::Unreadable(error.to_string()),
        }
    }
}
