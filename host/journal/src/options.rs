//! How a journal is opened, and how durable a write must be.

/// What a durable commit survives.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Durability {
    /// A power cut (on a disk that tells the truth): [`Commit::Fsync`] reaches the disk before it is answered.
    #[default]
    Power,
    /// The death of the process, not a power cut: nothing waits for the disk.
    Process,
}

/// What the holder of a journal may do.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Access {
    /// Read and write; the file is created, migrated and its projections are brought up to date.
    #[default]
    ReadWrite,
    /// Read only; the file must exist in the form that this binary knows, and nothing about it is changed.
    ReadOnly,
}

/// How to open a journal.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Options {
    /// What a durable commit survives.
    pub durability: Durability,
    /// Whether it is written to.
    pub access: Access,
}

/// How durable one unit must be when it is answered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Commit {
    /// A barrier: this unit, and every unit before it, survives a power cut. What may leave the host waits for this.
    Fsync,
    /// Survives the death of the process at once, and a power cut from the next barrier on.
    NoFsync,
}
