//! The one unsafe call.

use std::path::Path;

use wasmtime::{Engine, component::Component};

/// Map the code in a file that has been checked.
///
/// wasmtime refuses code of another version, target or setting by itself. That the bytes are what a compiler made is on us.
pub(crate) fn load(engine: &Engine, path: &Path) -> wasmtime::Result<Component> {
    #[allow(unsafe_code, reason = "deserialising compiled code, the only unsafe call of the project")]
    // SAFETY: the file holds, unchanged, what `Component::serialize` gave this host on this machine, and does not change while it is
    // mapped. Unchanged: `AotCache::check` is called right before and compares its SHA-256 and its identity with a seal that only this
    // user can have written, in a folder that only this user can enter. Does not change: files are written under another name and
    // renamed, never written to again; a file that is replaced or removed lives on behind its mapping.
    unsafe {
        Component::deserialize_file(engine, path)
    }
}
