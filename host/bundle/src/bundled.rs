//! One component inside the binary.

use amatelier_types::Capability;

use crate::World;

/// A component that ships with the host.
#[derive(Clone, Copy, Debug)]
pub struct Bundled {
    /// The extension point it serves.
    pub world: World,
    /// Its id among the components of its world.
    pub id: &'static str,
    /// The version of its crate.
    pub version: &'static str,
    /// The component.
    pub bytes: &'static [u8],
    /// What it may do without being asked for. The host's ceiling still applies.
    pub grants: &'static [Capability],
}
