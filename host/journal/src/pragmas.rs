//! How every connection is set up.

use std::{path::Path, time::Duration};

use rusqlite::{Connection, ErrorCode, OpenFlags, config::DbConfig};

use crate::Durability;

/// How long a connection waits for another process's transaction, which takes milliseconds unless that process is stuck.
const BUSY_TIMEOUT: Duration = Duration::from_secs(5);

/// How often to try to switch to a write-ahead log: each time somebody else was faster, and there are only so many.
const SWITCHES: usize = 100;

/// Prepared statements kept per connection: all of ours and those of a dozen projections.
const STATEMENTS: usize = 128;

/// The one connection of a journal that writes; nothing about the file is changed yet.
pub(crate) fn writer(path: &Path) -> rusqlite::Result<Connection> {
    let flags =
        OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_CREATE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let conn = Connection::open_with_flags(path, flags)?;
    guard(&conn)?;
    Ok(conn)
}

/// Make a connection ready to write a file that is ours. Returns the journal mode that the file is in then.
pub(crate) fn ready(conn: &Connection, durability: Durability) -> rusqlite::Result<String> {
    conn.pragma_update(None, "foreign_keys", true)?;
    // Without this, INSERT OR REPLACE deletes a row past the trigger that keeps events.
    conn.pragma_update(None, "recursive_triggers", true)?;
    // macOS: fsync there leaves data in the drive's cache unless asked for the real thing. Ignored elsewhere.
    conn.pragma_update(None, "fullfsync", durability == Durability::Power)?;
    conn.pragma_update(None, "checkpoint_fullfsync", durability == Durability::Power)?;
    let mode = write_ahead(conn)?;
    conn.pragma_update(None, "synchronous", "normal")?;
    Ok(mode)
}

/// Switch to a write-ahead log, which only the first to open a file really does. SQLite asks for that lock while it holds a shared one
/// and gives up at once if somebody else has it, lest two wait for each other; so wait as a transaction would, and ask again.
fn write_ahead(conn: &Connection) -> rusqlite::Result<String> {
    let mut answer = Ok(String::new());
    for _ in 0..SWITCHES {
        answer = conn.pragma_update_and_check(None, "journal_mode", "wal", |row| row.get(0));
        match &answer {
            Err(error) if error.sqlite_error_code() == Some(ErrorCode::DatabaseBusy) => {
                conn.execute_batch("BEGIN IMMEDIATE; ROLLBACK")?;
            }
            _ => break,
        }
    }
    answer
}

/// A connection that only reads.
pub(crate) fn reader(path: &Path) -> rusqlite::Result<Connection> {
    let conn = Connection::open_with_flags(
        path,
        OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX,
    )?;
    guard(&conn)?;
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
