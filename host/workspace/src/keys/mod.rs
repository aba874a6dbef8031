//! Keys: where they are looked for, and how they are held.
//!
//! The environment comes first, then `keys.toml` in the workspace. A key is held in a type that nothing prints, from the file to the
//! header of a request; what was read to find it is wiped. The file has to be the user's own, and nobody else's to read.

mod file;
mod text;

use std::{collections::BTreeMap, fmt, path::PathBuf, sync::Arc};

use secrecy::{ExposeSecret as _, SecretString};

pub use self::file::{BadKeys, KeysFile};

/// The variables of the environment.
type Environment = Arc<dyn Fn(&str) -> Option<String> + Send + Sync>;

/// All keys that can be found.
#[derive(Clone)]
pub struct Keys {
    environment: Environment,
    file: BTreeMap<String, SecretString>,
    path: Option<PathBuf>,
}

/// Where a key was found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum KeySource {
    /// A variable of the environment.
    Environment,
    /// The file.
    File(PathBuf),
}

/// A key that was found.
#[derive(Clone, Debug)]
pub struct Key {
    /// Its name.
    pub name: String,
    /// The key itself.
    pub secret: SecretString,
    /// Where it was found.
    pub source: KeySource,
}

/// What is known of it without the key.
impl fmt::Display for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.source {
            KeySource::Environment => write!(f, "{} is set", self.name),
            KeySource::File(path) => write!(f, "{} is in {}", self.name, path.display()),
        }
    }
}

impl Default for Keys {
    fn default() -> Self {
        Keys::of_environment(|_| None)
    }
}

impl fmt::Debug for Keys {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Keys").field("file", &self.file.keys()).finish_non_exhaustive()
    }
}

impl Keys {
    /// The keys of an environment alone.
    pub fn of_environment(variable: impl Fn(&str) -> Option<String> + Send + Sync + 'static) -> Self {
        Keys { environment: Arc::new(variable), file: BTreeMap::new(), path: None }
    }

    /// The same with those of a file, if it is there.
    ///
    /// # Errors
    /// [`BadKeys`], which never repeats what stands in the file.
    pub fn and_of(self, file: &KeysFile) -> Result<Self, BadKeys> {
        Ok(Keys { file: file.read()?, path: Some(file.path().to_owned()), ..self })
    }

    /// The first of these keys that is anywhere; an empty one counts as none.
    pub fn find(&self, names: &[&str]) -> Option<Key> {
        names.iter().find_map(|name| self.one(name))
    }

    fn one(&self, name: &str) -> Option<Key> {
        let key = |secret: SecretString, source| Key { name: name.to_owned(), secret, source };
        let set = (self.environment)(name).map(SecretString::from);
        if let Some(secret) = set.filter(|secret| !secret.expose_secret().trim().is_empty()) {
            return Some(key(secret, KeySource::Environment));
        }
        let stored = self.file.get(name)?.clone();
        Some(key(stored, KeySource::File(self.path.clone()?)))
    }

    /// The names of the keys in the file.
    pub fn stored(&self) -> impl Iterator<Item = &str> {
        self.file.keys().map(String::as_str)
    }
}

#[cfg(test)]
mod tests;
