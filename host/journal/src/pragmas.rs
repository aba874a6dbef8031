//! How every connection is set up.

use std::{path::Path, time::Duration};

use rusqlite::{Connection, OpenFlags, config::DbConfig};

use crate::{Durability, OpenError};

/// How long a connection waits for another process's transaction, which takes milliseconds unless that process is stuck.
const BUSY_TIMEOUT: Duration = Duration::from_secs(5);

/// Prepared statements kept per connection: all of ours and those of a dozen projections.
const STATEMENTS: usize = 128;

/// The one connection of a journal that writes.
pub(crate) fn writer(path: &Path, durability: Durability) -> Result<Connection, OpenError> {
    let flags =
        OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_CREATE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let fail = |source| OpenError::Sqlite { path: path.into(), source };
    let conn = Connection::open_with_flags(path, flags).map_err(fail)?;
    guard(&conn).map_err(fail)?;
    let mode: String =
        conn.pragma_update_and_check(None, "journal_mode", "wal", |row| row.get(0)).map_err(fail)?;
    if mode != "wal" {
        return Err(OpenError::NoWal { path: path.into(), mode });
    }
    write_settings(&conn, durability).map_err(fail)?;
    Ok(conn)
}

/// A connection that only reads.
pub(crate) fn reader(path: &Path) -> rusqlite::Result<Connection> {
    let conn = Connection::open_with_flags(
        path,
        OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX,
    )?;
    guard(&conn)?;
    conn.pragma_update(None, "query_only", true)?;
    Ok(conn)
}

/// What every connection has: patience, and distrust of what is in the file.
fn guard(conn: &Connection) -> rusqlite::Result<()> {
    conn.busy_timeout(BUSY_TIMEOUT)?;
    conn.set_prepared_statement_cache_capacity(STATEMENTS);
    conn.set_db_config(DbConfig::SQLITE_DBCONFIG_TRUSTED_SCHEMA, false)?;
    conn.pragma_update(None, "cell_size_check", true)?;
    // A page that is mapped shows damage done by a stray pointer of anybody in the process; a page that is read does not.
    conn.pragma_update_and_check(None, "mmap_size", 0, |_| Ok(())).or_else(|error| match error {
        // A build without mapping answers with no row.
        rusqlite::Error::QueryReturnedNoRows => Ok(()),
        other => Err(other),
    })
}

fn write_settings(conn: &Connection, durability: Durability) -> rusqlite::Result<()> {
    conn.pragma_update(None, "foreign_keys", true)?;
    // Without this, INSERT OR REPLACE deletes a row past the trigger that keeps events.
    conn.pragma_update(None, "recursive_triggers", true)?;
    // macOS: fsync there leaves data in the drive's cache unless asked for the real thing. Ignored elsewhere.
    conn.pragma_update(None, "fullfsync", durability == Durability::Power)?;
    conn.pragma_update(None, "checkpoint_fullfsync", durability == Durability::Power)?;
    conn.pragma_update(None, "synchronous", "normal")
}
