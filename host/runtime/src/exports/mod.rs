//! What the host calls in a guest, one file per extension point.
//!
//! Each file finds its interface in a component and checks its types, calls it, and turns what comes back into the plain shapes of
//! `amatelier-types`. What comes back is measured before anybody uses it; whether it makes sense is decided where the rules are. What
//! stores and skills offer is for sale, for prompts and for terminals alike, so it is checked as it arrives (`offered`).

pub(crate) mod judge;
mod offered;
pub(crate) mod persona;
pub(crate) mod rubric;
pub(crate) mod skill;
pub(crate) mod store;

use amatelier_types::FailureKind;

use crate::{Ended, Limits, Record, Stop, failure};

/// Something an export returns.
pub(crate) trait Returned {
    /// The shape that the rest of the host knows.
    type Plain;

    /// The size of all texts in it, and of its lists.
    fn bytes(&self) -> usize;

    /// Whether the host takes it, once its bytes are counted; most shapes are checked where the rules are.
    fn check(&self, _limits: &Limits) -> Result<(), Stop> {
        Ok(())
    }

    fn into_plain(self) -> Self::Plain;
}

impl Returned for String {
    type Plain = String;

    fn bytes(&self) -> usize {
        self.len()
    }

    fn into_plain(self) -> String {
        self
    }
}

impl<T: Returned> Returned for Vec<T> {
    type Plain = Vec<T::Plain>;

    fn bytes(&self) -> usize {
        self.iter().map(|item| item.bytes() + size_of::<T>()).sum()
    }

    fn into_plain(self) -> Self::Plain {
        self.into_iter().map(T::into_plain).collect()
    }
}

/// The host asked a component for what it does not export: a mistake of the host's, since it knows the exports of every component.
fn not_exported<T>(interface: &str) -> Ended<T> {
    let stop = failure::failed(FailureKind::HostFault, &format!("the component exports no {interface}"));
    Ended { result: Err(stop), record: Record::default() }
}
