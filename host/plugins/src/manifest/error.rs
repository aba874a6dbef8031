//! Why a text is no manifest.

use semver::Version;

use crate::{Manifest, Problem, plain_text::Quoted};

/// In plain words for whoever wrote it, or wants to install it.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ManifestError {
    /// It is larger than anybody would write.
    #[error("the manifest has {bytes} bytes; the limit is {max}", max = Manifest::BYTES)]
    TooLarge {
        /// Its size.
        bytes: usize,
    },
    /// It is not text.
    #[error("the manifest is not UTF-8 text")]
    NotText,
    /// It is written for hosts that know more.
    #[error("the manifest has schema {found}; this host reads schema {known}: update amatelier", known = Manifest::SCHEMA)]
    NewSchema {
        /// The schema it has.
        found: i64,
    },
    /// It says that this host is too old for it.
    #[error("{} needs amatelier {min_host} or newer; this is {host}: update amatelier, or take an older version of the plugin", id.as_ref().map_or("the plugin".into(), |id| Quoted(id).to_string()))]
    NewerHost {
        /// The plugin's id, as far as there is one; it has not been checked.
        id: Option<String>,
        /// What it needs.
        min_host: Version,
        /// What there is.
        host: Version,
    },
    /// Everything that is wrong with it.
    #[error("{}", .0.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n"))]
    Problems(Vec<Problem>),
    /// It means something, but is written otherwise than a host writes it: keys that are there twice, another order, blanks.
    #[error("the manifest is not in its canonical form; embed it anew with `amatelier plugin build`")]
    NotCanonical,
}
