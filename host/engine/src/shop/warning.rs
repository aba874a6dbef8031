//! What is left out of the store or the school, and why.

use serde::Serialize;

/// Something that does not keep the others from being sold or taught.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(transparent)]
pub struct ShopWarning(pub String);

impl std::fmt::Display for ShopWarning {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}
