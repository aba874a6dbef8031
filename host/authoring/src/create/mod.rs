//! A folder to start a plugin from.
//!
//! The files are those of `templates/<language>/<world>/`, after those of `templates/<language>/shared/`, with two words put in, and the
//! contracts of this host beside them. Nothing is ever written over: a folder that holds anything is refused.

mod created;
mod error;
mod template;

use std::{fs, io, path::PathBuf};

use amatelier_plugins::{Language, PluginId, host_version};
use amatelier_types::World;

pub use self::{created::Created, error::CreateError, template::templates};
use crate::Contracts;

/// What to make.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewPlugin {
    /// Its id.
    pub id: PluginId,
    /// What it is called for.
    pub world: World,
    /// What it is written in.
    pub language: Language,
    /// Where it goes: a folder that is not there, or is empty.
    pub path: PathBuf,
}

/// Make the folder.
///
/// # Errors
/// [`CreateError`]: there is no such template, or the folder is not empty or cannot be written.
pub fn create(plugin: &NewPlugin) -> Result<Created, CreateError> {
    let (world, language) = (plugin.world, plugin.language);
    let no_template = || CreateError::NoTemplate { world, language, known: templates() };
    let contracts = Contracts::of(&[world]).ok_or_else(no_template)?;
    let mut files = template::files(language, world).ok_or_else(no_template)?;
    let words = template::Words { id: plugin.id.as_str(), host: &host_version().to_string() };
    for text in files.values_mut() {
        *text = words.put_into(text);
    }
    files.extend(contracts.paths().map(|(path, text)| (format!("wit/{path}"), text.to_owned())));
    is_free(plugin)?;
    for (path, text) in &files {
        let path = plugin.path.join(path);
        let io = |source| CreateError::Io { path: path.clone(), source };
        path.parent().map_or(Ok(()), fs::create_dir_all).map_err(io)?;
        fs::write(&path, text).map_err(io)?;
    }
    Ok(Created { path: plugin.path.clone(), files: files.into_keys().collect() })
}

/// Whether the folder is not there, or has nothing in it.
fn is_free(plugin: &NewPlugin) -> Result<(), CreateError> {
    let path = plugin.path.clone();
    match fs::read_dir(&path) {
        Ok(mut entries) => match entries.next() {
            None => Ok(()),
            Some(_) => Err(CreateError::NotEmpty(path)),
        },
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(()),
        Err(error) if error.kind() == io::ErrorKind::NotADirectory => Err(CreateError::NotEmpty(path)),
        Err(source) => Err(CreateError::Io { path, source }),
    }
}

#[cfg(test)]
mod tests;
