//! What is measured of components while a process works: kept in memory, handed over in one piece.

use std::{
    collections::BTreeMap,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use amatelier_journal::Unit;
use amatelier_types::Sha256;

use super::{
    table,
    tally::{Measured, Tally},
};

/// By what a component is called by, and by its bytes.
pub(crate) type Counted = BTreeMap<(String, Sha256), Tally>;

/// See the module's documentation. Clones are the same.
#[derive(Clone, Debug, Default)]
pub(crate) struct Tallies(Arc<Mutex<Counted>>);

impl Tallies {
    /// Count one call of a component.
    pub(crate) fn count(&self, name: &str, digest: Sha256, call: &Measured<'_>) {
        self.lock().entry((name.to_owned(), digest)).or_default().count(call);
    }

    /// A unit that writes down what was counted since the last one, too. What is lost with a unit that fails is numbers.
    pub(crate) fn hand_over(&self, unit: Unit) -> Unit {
        let counted = std::mem::take(&mut *self.lock());
        if counted.is_empty() { unit } else { unit.tally(move |conn| table::add(conn, &counted)) }
    }

    fn lock(&self) -> MutexGuard<'_, Counted> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
