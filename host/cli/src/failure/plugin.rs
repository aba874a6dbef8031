//! What to do when a plugin is refused.

use std::io;

use amatelier_plugins::{
    Disagreements, FetchError, FileError, GrantError, HostFileError, LockError, ManifestError, PackageError,
    ShelfError, StoreError,
};

use super::Failure;
use crate::{exit::Exit, output::program};

impl From<ShelfError> for Failure {
    fn from(error: ShelfError) -> Self {
        let (exit, help) = of_shelf(&error);
        Failure::new(exit, error, help)
    }
}

impl From<PackageError> for Failure {
    fn from(error: PackageError) -> Self {
        let (exit, help) = of_package(&error);
        Failure::new(exit, error, help)
    }
}

impl From<FileError> for Failure {
    fn from(error: FileError) -> Self {
        let (exit, help) = match &error {
            FileError::Io { source, .. } if source.kind() == io::ErrorKind::NotFound => {
                (Exit::NotFound, None)
            }
            FileError::Io { .. } => (Exit::Failure, None),
            FileError::NotAFile { .. } => (Exit::Usage, Some("name the .wasm file itself".to_owned())),
            FileError::TooLarge { .. } => (Exit::Refused, None),
        };
        Failure::new(exit, error, help)
    }
}

impl From<FetchError> for Failure {
    fn from(error: FetchError) -> Self {
        let exit = match &error {
            FetchError::BadAddress { .. } => Exit::Usage,
            FetchError::Scheme { .. }
            | FetchError::Private { .. }
            | FetchError::Redirects { .. }
            | FetchError::NowhereTo { .. }
            | FetchError::Encoded { .. }
            | FetchError::TooLarge { .. } => Exit::Refused,
            FetchError::Status { status: 404 | 410, .. } => Exit::NotFound,
            FetchError::Unknown { .. }
            | FetchError::Status { .. }
            | FetchError::Late { .. }
            | FetchError::Lost { .. }
            | FetchError::Client(_) => Exit::Failure,
            FetchError::Digest { .. } => Exit::Integrity,
        };
        Failure::new(exit, error, None)
    }
}

impl From<Disagreements> for Failure {
    fn from(error: Disagreements) -> Self {
        Failure::new(Exit::Refused, error, DISAGREES.to_owned())
    }
}

const DISAGREES: &str =
    "what a plugin says and what it is have to agree; its author has to mend it, and nothing of it was run";

/// The exit code of what the shelf says, and the remedy where its own words have none.
fn of_shelf(error: &ShelfError) -> (Exit, Option<String>) {
    let program = program();
    let verify = || Some(format!("`{program} plugin verify` says what else is not as it was"));
    match error {
        ShelfError::Lock(error) => of_lock(error),
        ShelfError::Grants(error) => match &**error {
            GrantError::File(error) => of_file(error),
            GrantError::Problems(_) => (
                Exit::Integrity,
                Some("put the file back as it was, or take it away and grant anew what you grant".into()),
            ),
        },
        ShelfError::State(_) => (Exit::Integrity, verify()),
        ShelfError::Store(error) => match &**error {
            StoreError::Io { .. } => (Exit::Failure, None),
            StoreError::Missing { .. } | StoreError::Damaged { .. } => {
                (Exit::Integrity, Some("install the same file again: it is put back".into()))
            }
        },
        ShelfError::File(error) => of_file(error),
        ShelfError::Package(error) => of_package(error),
        ShelfError::Fit { .. } => (Exit::Refused, Some(DISAGREES.into())),
        ShelfError::ManifestCopy { .. } => (Exit::Integrity, verify()),
        ShelfError::NotInstalled { .. } => {
            (Exit::NotFound, Some(format!("`{program} plugin list` lists what is")))
        }
        ShelfError::Bundled { .. }
        | ShelfError::Older { .. }
        | ShelfError::SameVersion { .. }
        | ShelfError::NotAsLocked { .. } => (Exit::Refused, Some("nothing was changed".into())),
        ShelfError::NotAsked { id, .. } => (
            Exit::Usage,
            Some(format!("nothing was changed; `{program} plugin show {id}` says what it asks for")),
        ),
        ShelfError::OtherHeld { .. } => (Exit::Refused, Some("nothing was changed".into())),
        ShelfError::NothingHeld { .. } | ShelfError::NoPrevious { .. } => (Exit::NotFound, None),
    }
}

fn of_lock(error: &LockError) -> (Exit, Option<String>) {
    let program = program();
    match error {
        LockError::File(error) => of_file(error),
        LockError::Problems(_) => (
            Exit::Integrity,
            Some("put the file back as it was, or take it away and install your plugins anew".into()),
        ),
        LockError::NotLocked { .. } => (Exit::NotFound, None),
        LockError::Bytes { .. } | LockError::Entry { .. } => {
            (Exit::Integrity, Some(format!("`{program} plugin verify` says what else is not as it was")))
        }
        LockError::Grant { .. } => (Exit::Integrity, None),
        LockError::Package { error, .. } => of_package(error),
        LockError::Fit { .. } => (Exit::Refused, None),
    }
}

fn of_file(error: &HostFileError) -> (Exit, Option<String>) {
    match error {
        HostFileError::Io { .. } => (Exit::Failure, None),
        HostFileError::Open { .. } => (Exit::Integrity, None),
        HostFileError::TooLarge { .. } | HostFileError::NotText { .. } => {
            (Exit::Integrity, Some("put the file back as it was".into()))
        }
    }
}

fn of_package(error: &PackageError) -> (Exit, Option<String>) {
    match error {
        PackageError::Manifest(ManifestError::Problems(_)) => {
            (Exit::Refused, Some("its author has to mend it; nothing of it was run".into()))
        }
        // It may be as good as it likes: this host does not take it.
        PackageError::TooLarge { .. }
        | PackageError::TooMany { .. }
        | PackageError::Metadata { .. }
        | PackageError::NameOption { .. }
        | PackageError::Twice(_)
        | PackageError::Manifest(_) => (Exit::Refused, None),
        PackageError::NotWasm
        | PackageError::CoreModule
        | PackageError::OtherVersion
        | PackageError::CutOff { .. }
        | PackageError::Broken(_)
        | PackageError::NoManifest => (Exit::Usage, None),
    }
}
