//! How much of anything a package may have.

/// The bounds within which a package is read; beyond them it is refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PackageLimits {
    /// The whole file, [`PackageLimits::COMPONENT_BYTES`].
    pub bytes: usize,
    /// Imports, and exports. The widest world has a dozen of ours, and WASI adds thirty.
    pub externs: usize,
    /// Functions of all imported interfaces together.
    pub functions: usize,
    /// Types on one level of a component. A Python persona has some hundred.
    pub types: usize,
    /// Bytes of all sections that declare types of components: read types take forty times the room, so they get little. Some thousand are usual.
    pub type_bytes: usize,
    /// Components within components. Composed ones have three.
    pub nesting: usize,
    /// Bytes of one section of metadata, and of one name.
    pub metadata_bytes: usize,
    /// Tools that say that they had a hand in it.
    pub producers: usize,
}

impl PackageLimits {
    /// The largest component that is read, kept or compiled. Compiling is native work that nothing can interrupt (12 MB of JavaScript runtime
    /// take 6 s), so the size is the only brake. A Python persona is 18 MB.
    pub const COMPONENT_BYTES: usize = 32 << 20;
}

impl Default for PackageLimits {
    fn default() -> Self {
        PackageLimits {
            bytes: PackageLimits::COMPONENT_BYTES,
            externs: 1000,
            functions: 10_000,
            types: 100_000,
            type_bytes: 2 << 20,
            nesting: 32,
            metadata_bytes: 4096,
            producers: 64,
        }
    }
}
