//! What a plugin says about itself: who it is, what it asks for and why.
//!
//! One content, two forms. Authors write `plugin.toml`; in the component it stands as JSON in the custom section [`SECTION`], in one
//! canonical encoding, so that the same manifest always has the same hash. Both are read by the same rules: unknown keys are errors, every
//! text is bounded and plain, and everything that is wrong is said at once. A manifest that is meant for a newer host is not read any
//! further than it takes to say so, because what else it holds may make sense to that one.

mod ask;
mod error;
mod limits;
mod plugin_id;
mod read;
mod recipe;
mod setting;
mod write;

use std::collections::BTreeMap;

use amatelier_types::{Capability, Sha256};
use semver::Version;

pub use self::{
    ask::Ask,
    error::ManifestError,
    limits::LimitRequests,
    plugin_id::{BadPluginId, PluginId},
    recipe::{Language, Recipe, UnknownLanguage},
    setting::SettingLine,
};

/// The custom section of a component that holds its manifest.
pub const SECTION: &str = "amatelier:manifest";

/// The manifest of a plugin.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Manifest {
    /// Its name in a workspace.
    pub id: PluginId,
    /// Its own version.
    pub version: Version,
    /// One line about it.
    pub description: String,
    /// Its licence, as an SPDX expression.
    pub license: String,
    /// The oldest host that it runs on.
    pub min_host: Version,
    /// Who made it; may be empty.
    pub authors: Vec<String>,
    /// Where its source is.
    pub source: Option<String>,
    /// What it asks for.
    pub asks: BTreeMap<Capability, Ask>,
    /// What it would like to have of what is limited. The host's ceiling wins.
    pub limits: LimitRequests,
    /// What its operator may set, in the author's order.
    pub settings: Vec<SettingLine>,
}

/// What an author writes: the manifest, and how the plugin is built.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Authored {
    /// What becomes part of the plugin.
    pub manifest: Manifest,
    /// What stays behind; none where the file has no `[build]`.
    pub recipe: Option<Recipe>,
}

impl Manifest {
    /// The schema that this host reads and writes.
    pub const SCHEMA: u32 = 1;
    /// The largest manifest, in bytes, in either form. A talkative one has two thousand.
    pub const BYTES: usize = 64 << 10;

    /// The hash of its canonical form: what a lock remembers of it.
    pub fn hash(&self) -> Sha256 {
        Sha256::of(self.to_json().as_bytes())
    }
}

/// The version of this host, which a manifest's `min-host` is held against.
pub fn host_version() -> Version {
    // Cargo has parsed it before; were it ever none, every plugin would be too new, which is the safe side.
    Version::parse(env!("CARGO_PKG_VERSION")).unwrap_or(Version::new(0, 0, 0))
}

#[cfg(test)]
pub(crate) mod tests;
