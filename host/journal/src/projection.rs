//! Tables that are made from events.

use rusqlite::Connection;

use crate::StoredEvent;

/// Keeps tables that follow from the events alone. It must be a function of the events in their order: applying all of them after
/// [`Projection::reset`] gives what applying them one by one as they came gave.
///
/// An error of [`Projection::apply`] makes the append fail that brought the event. Neither method may begin or end transactions,
/// or write anything but the projection's own tables, which migrations create.
pub trait Projection: Send + Sync {
    /// Its name, unique in the journal.
    fn name(&self) -> &'static str;

    /// Which edition of its rules this is. When it differs from the one that filled the tables, they are built anew.
    fn version(&self) -> u32;

    /// Take one event into the tables.
    ///
    /// # Errors
    /// What SQLite says.
    fn apply(&self, tx: &Connection, event: &StoredEvent) -> rusqlite::Result<()>;

    /// Empty the tables.
    ///
    /// # Errors
    /// What SQLite says.
    fn reset(&self, tx: &Connection) -> rusqlite::Result<()>;
}
