//! The identity of a registered file.

use amatelier_types::Sha256;
use serde::{Deserialize, Serialize};

/// A registered file: what it is called, and what it was when the debate opened.
///
/// A lookup opens it by name and refuses whatever is another file, has another size or another content. Because the content is
/// pinned, every answer about it, in this process or after a crash, is about the same bytes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RegisteredFile {
    /// Relative to the project root, `/`-separated: the key of every lookup.
    pub name: String,
    /// Its size.
    pub bytes: u64,
    /// The device it is on.
    pub device: u64,
    /// Its number on that device.
    pub inode: u64,
    /// Of its content.
    pub sha256: Sha256,
}

/// A file that was read for an answer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FileRead {
    /// Its registered name.
    pub name: String,
    /// Its size.
    pub bytes: u64,
    /// Of the whole content as read.
    pub sha256: Sha256,
}
