//! Wall time, as outcomes carry it.

use serde::{Deserialize, Serialize};

/// Milliseconds since the Unix epoch, UTC. Recorded, shown, never decided upon.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Timestamp(pub i64);
