//! What to do when a plugin is refused.

use amatelier_plugins::{Disagreements, ManifestError, PackageError};

use super::Failure;
use crate::exit::Exit;

impl From<PackageError> for Failure {
    fn from(error: PackageError) -> Self {
        let exit = match &error {
            // It may be as good as it likes: this host does not take it.
            PackageError::TooLarge { .. }
            | PackageError::TooMany { .. }
            | PackageError::Metadata { .. }
            | PackageError::NameOption { .. }
            | PackageError::Twice(_)
            | PackageError::Manifest(_) => Exit::Refused,
            PackageError::NotWasm
            | PackageError::CoreModule
            | PackageError::OtherVersion
            | PackageError::CutOff { .. }
            | PackageError::Broken(_)
            | PackageError::NoManifest => Exit::Usage,
        };
        let help = match &error {
            PackageError::Manifest(ManifestError::Problems(_)) => {
                Some("its author has to mend it; nothing of it was run".to_owned())
            }
            _ => None,
        };
        Failure::new(exit, error, help)
    }
}

impl From<Disagreements> for Failure {
    fn from(error: Disagreements) -> Self {
        let help = "what a plugin says and what it is have to agree; its author has to mend it, and nothing of it was run";
        Failure::new(Exit::Refused, error, help.to_owned())
    }
}
