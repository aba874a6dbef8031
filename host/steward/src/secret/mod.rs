//! What looks like a secret.
//!
//! By name before a file is opened, by content before anything of it is returned. A file that looks like one is left alone as a
//! whole: a part that looks harmless may be the other half of it.

mod content;
mod name;

pub(crate) use content::in_content;
pub(crate) use name::in_name;
