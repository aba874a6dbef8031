//! Why a folder was not made.

use std::{io, path::PathBuf};

use amatelier_plugins::Language;
use amatelier_types::World;

/// In plain words for whoever wants to write a plugin.
#[derive(Debug, thiserror::Error)]
pub enum CreateError {
    /// Nobody has written a template for this.
    #[error("there is no template for a {world} in {language}")]
    NoTemplate {
        /// What was asked for.
        world: World,
        /// In what.
        language: Language,
        /// All there are.
        known: Vec<(Language, World)>,
    },
    /// There is something at the place.
    #[error("{} is there and not an empty folder", .0.display())]
    NotEmpty(PathBuf),
    /// A file cannot be written.
    #[error("{}: {source}", path.display())]
    Io {
        /// The file.
        path: PathBuf,
        /// What the system says.
        source: io::Error,
    },
}

impl CreateError {
    /// What to do.
    pub fn help(&self) -> Option<String> {
        match self {
            CreateError::NoTemplate { known, .. } => {
                let of = |language: Language| {
                    let worlds: Vec<_> = known
                        .iter()
                        .filter(|(own, _)| *own == language)
                        .map(|(_, world)| world.name())
                        .collect();
                    format!("{language}: {}", worlds.join(", "))
                };
                let lines: Vec<String> = Language::ALL.into_iter().map(of).collect();
                Some(format!("there are, by language: {}", lines.join("; ")))
            }
            CreateError::NotEmpty(_) => Some("name another folder with --path, or empty this one".into()),
            CreateError::Io { .. } => None,
        }
    }
}
