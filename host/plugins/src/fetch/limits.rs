//! How much of anything a download may take.

use std::time::Duration;

use crate::PackageLimits;

/// The bounds of one download.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FetchLimits {
    /// Bytes of the body.
    pub bytes: usize,
    /// How often one is sent on. Large hosters of files do it twice.
    pub redirects: usize,
    /// Until a host is looked up, and until a connection stands.
    pub connect: Duration,
    /// Until an answer begins.
    pub answer: Duration,
    /// Between two pieces of the body.
    pub idle: Duration,
    /// For all of it: 32 MiB in ten minutes is a slow line of half a megabit.
    pub total: Duration,
}

impl Default for FetchLimits {
    fn default() -> Self {
        FetchLimits {
            bytes: PackageLimits::COMPONENT_BYTES,
            redirects: 5,
            connect: Duration::from_secs(10),
            answer: Duration::from_secs(30),
            idle: Duration::from_secs(30),
            total: Duration::from_secs(600),
        }
    }
}
