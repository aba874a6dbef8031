//! The registered files.

use std::{
    collections::HashMap,
    path::Path,
    sync::{Arc, OnceLock},
};

use amatelier_types::Sha256;

use crate::{
    Caps, Difference, FileRead, Observation, Operation, Refusal, RegisteredFile, RootError, Warning, entries,
    look,
    plain::cut_marked,
    registration::Registration,
    root::{Root, Unopened},
    secret,
    text::as_text,
};

/// The registered files of one debate, beneath an open project folder. Cheap to clone.
#[derive(Clone, Debug)]
pub struct Files(Arc<Inner>);

#[derive(Debug)]
struct Inner {
    root: Root,
    registered: Vec<RegisteredFile>,
    by_name: HashMap<String, usize>,
    /// By place: whether the content, which is pinned, was screened for secrets.
    screened: Vec<OnceLock<()>>,
    caps: Caps,
}

/// A registered file that was read.
#[derive(Debug)]
pub(crate) struct Loaded {
    pub(crate) file: FileRead,
    pub(crate) text: String,
}

impl Files {
    /// Register what a briefing names, beneath a project folder. What cannot be registered is a warning.
    ///
    /// # Errors
    /// The project folder cannot be opened.
    pub fn register(root: &Path, briefing: &str, caps: Caps) -> Result<(Self, Vec<Warning>), RootError> {
        let root = Root::open(root)?;
        let mut registration = Registration::new(&root, &caps);
        registration.entries(&entries(briefing));
        let Registration { registered, warnings, .. } = registration;
        let screened = vec![OnceLock::from(()); registered.len()];
        Ok((Self::new(root, registered, screened, caps), warnings))
    }

    /// The same files again, after a crash or a pause. What has changed meanwhile is refused when it is looked at.
    ///
    /// # Errors
    /// The project folder cannot be opened.
    pub fn reopen(root: &Path, registered: Vec<RegisteredFile>, caps: Caps) -> Result<Self, RootError> {
        let screened = vec![OnceLock::new(); registered.len()];
        Ok(Self::new(Root::open(root)?, registered, screened, caps))
    }

    fn new(root: Root, registered: Vec<RegisteredFile>, screened: Vec<OnceLock<()>>, caps: Caps) -> Self {
        let by_name = registered.iter().enumerate().map(|(place, file)| (file.name.clone(), place)).collect();
        Files(Arc::new(Inner { root, registered, by_name, screened, caps }))
    }

    /// The registered files, in the order of registration.
    pub fn registered(&self) -> &[RegisteredFile] {
        &self.0.registered
    }

    /// The caps in force.
    pub fn caps(&self) -> &Caps {
        &self.0.caps
    }

    /// Carry out one operation. It reads files and may take as long as the caps allow.
    ///
    /// # Errors
    /// [`Refusal`]; nothing of a file is in it but names of fields and keys.
    pub fn perform(&self, operation: &Operation) -> Result<Observation, Refusal> {
        look::perform(self, operation)
    }

    /// The registered file of that name: of exactly that name.
    pub(crate) fn find(&self, name: &str) -> Result<&RegisteredFile, Refusal> {
        self.0
            .by_name
            .get(name)
            .and_then(|place| self.0.registered.get(*place))
            .ok_or_else(|| Refusal::NotRegistered { name: cut_marked(name, self.0.caps.word_bytes) })
    }

    /// Read a registered file, if it is still what was registered.
    pub(crate) fn load(&self, name: &str) -> Result<Loaded, Refusal> {
        let registered = self.find(name)?;
        let file = || registered.name.clone();
        let changed = |how| Refusal::Changed { file: file(), how };
        let secret = |what: &str| Refusal::LooksSecret { file: file(), what: what.to_owned() };
        if let Some(what) = secret::in_name(&registered.name) {
            return Err(secret(what));
        }
        // What was registered may come from a record, and a record may be made up.
        if crate::name::checked(&registered.name) != Ok(registered.name.as_str()) {
            return Err(changed(Difference::Outside));
        }
        if registered.bytes > self.0.caps.file_bytes {
            return Err(Refusal::TooLarge {
                file: file(),
                bytes: registered.bytes,
                limit: self.0.caps.file_bytes,
            });
        }
        let opened = self.0.root.file(&registered.name).map_err(|unopened| match unopened {
            Unopened::Missing => Refusal::NotFound { file: file() },
            Unopened::Outside => changed(Difference::Outside),
            Unopened::Folder | Unopened::Special => changed(Difference::Kind),
            Unopened::Io(error) => Refusal::Unreadable { file: file(), why: error.to_string() },
        })?;
        if (opened.device, opened.inode) != (registered.device, registered.inode) {
            return Err(changed(Difference::File));
        }
        if opened.bytes != registered.bytes {
            return Err(changed(Difference::Size));
        }
        let content = opened
            .read()
            .map_err(|error| Refusal::Unreadable { file: file(), why: error.to_string() })?
            .ok_or_else(|| changed(Difference::Size))?;
        let sha256 = Sha256::of(&content);
        if sha256 != registered.sha256 {
            return Err(changed(Difference::Content));
        }
        let text = as_text(content).ok_or_else(|| Refusal::NotText { file: file() })?;
        let screened = self.0.by_name.get(name).and_then(|place| self.0.screened.get(*place));
        if screened.and_then(OnceLock::get).is_none() {
            if let Some(what) = secret::in_content(&text) {
                return Err(secret(what));
            }
            screened.and_then(|screened| screened.set(()).ok());
        }
        Ok(Loaded { file: FileRead { name: file(), bytes: registered.bytes, sha256 }, text })
    }
}
