//! A plugin that was built.

use std::path::PathBuf;

use amatelier_plugins::{Disagreement, InterfaceName, Manifest, PermissionSheet};
use amatelier_types::Sha256;

/// What came out.
#[derive(Clone, Debug)]
pub struct Built {
    /// What it says about itself.
    pub manifest: Manifest,
    /// The `.wasm`.
    pub path: PathBuf,
    /// Its bytes.
    pub bytes: Vec<u8>,
    /// Their SHA-256.
    pub digest: Sha256,
    /// What it can be called for.
    pub worlds: Vec<InterfaceName>,
    /// What its operator will be shown.
    pub sheet: PermissionSheet,
    /// What is odd, but does no harm.
    pub notes: Vec<Disagreement>,
    /// Whether the file had these bytes already.
    pub same: bool,
}
