//! Where all chance in a debate comes from.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::Sha256;

/// A debate's seed. Every draw (seating, ties, dice, labels) is derived from it and from what the draw is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Seed(pub u64);

impl Seed {
    /// Key material for one purpose, such as `seating` or `turn/r1/speak/elena`. Different purposes are independent.
    pub fn derive(self, purpose: &str) -> [u8; 32] {
        let mut material = self.0.to_le_bytes().to_vec();
        material.extend_from_slice(purpose.as_bytes());
        *Sha256::of(&material).bytes()
    }
}

impl fmt::Display for Seed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}
