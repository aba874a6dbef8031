//! One call on a virtual host, and everything that happened in it.

use amatelier_runtime::{Completion, Record};
use amatelier_types::Failure;

use crate::{Occasion, Returned};

/// How a call went.
#[derive(Clone, Debug, PartialEq)]
pub struct Played {
    /// What it was called for.
    pub occasion: Occasion,
    /// What it returned, or how it failed.
    pub result: Result<Returned, Failure>,
    /// What happened on the way.
    pub record: Record,
    /// What models were asked, in order.
    pub asked: Vec<Completion>,
}

impl Played {
    /// Whether it did the same as another call: everything but how much time and memory it took.
    pub fn is_like(&self, other: &Played) -> bool {
        self.result == other.result
            && self.asked == other.asked
            && self.record.notes == other.record.notes
            && self.record.denied == other.record.denied
    }
}
