//! What to do when a plugin of one's own does not get made.

use amatelier_authoring::{BuildError, CreateError};

use super::Failure;
use crate::exit::Exit;

impl From<BuildError> for Failure {
    fn from(error: BuildError) -> Self {
        let exit = match &error {
            BuildError::NoPlugin(_) => Exit::NotFound,
            BuildError::Manifest { .. } | BuildError::NoRecipe(_) => Exit::Usage,
            _ => Exit::Failure,
        };
        let help = error.help();
        match error {
            // What it said was shown while it said it.
            BuildError::Tool { name, .. } => {
                Failure::new(exit, format!("`{name}` failed; its messages stand above"), help)
            }
            error => Failure::new(exit, error, help),
        }
    }
}

impl From<CreateError> for Failure {
    fn from(error: CreateError) -> Self {
        let exit = match &error {
            CreateError::NoTemplate { .. } => Exit::Usage,
            CreateError::NotEmpty(_) => Exit::Refused,
            CreateError::Io { .. } => Exit::Failure,
        };
        let help = error.help();
        Failure::new(exit, error, help)
    }
}
