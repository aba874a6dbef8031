//! Plugins as files: what they say about themselves, what they really are, what they may do, and where their bytes are kept.
//!
//! No wasm is run here. A component's sections are read, from strangers and without trust in any size that they state, so that
//! everything that can be known about a plugin is known before a compiler sees it: [`Manifest`] (what it says), [`Package`] (what it
//! is), [`Agreement`] (whether the two fit, and fit this host), [`Rights`] (what it may do) and [`Lock`] (whether it is still the same).

mod agreement;
mod component_store;
mod contracts;
pub mod document;
mod fetch;
mod grants;
mod host_file;
mod lock;
mod manifest;
mod package;
mod plain_text;
mod regular_file;
mod rights;
mod shelf;

pub use agreement::{Agreement, Direction, Disagreement, Disagreements, explained_by};
pub use component_store::{ComponentStore, StoreError};
pub use contracts::Contract;
pub use document::{Place, Problem};
pub use fetch::{Fetch, FetchError, FetchLimits, Progress};
pub use grants::effective;
pub use host_file::HostFileError;
pub use lock::{BadSource, Checked, Lock, LockEntry, LockError, Source};
pub use manifest::{
    Ask, Authored, BadPluginId, Language, LimitRequests, Manifest, ManifestError, PluginId, Recipe, SECTION,
    SettingLine, UnknownLanguage, host_version,
};
pub use package::{
    ExternName, Import, InterfaceName, Metadata, Package, PackageError, PackageLimits, Producer, embed,
};
pub use plain_text::{Escaped, Quoted};
pub use regular_file::{FileError, read_plugin};
pub use rights::{
    Change, GrantBook, GrantError, PermissionSheet, Right, Rights, SheetLine, UpdateDiff, in_words,
};
pub use shelf::{
    Finding, Held, Inspection, InstallOptions, Installation, Installed, Shelf, ShelfError, Standing,
    StateError, Weight,
};
