//! Numbered SQL files, forward only.
//!
//! The n-th migration takes the file from schema version n − 1 to n; the version is SQLite's `user_version`. All that are missing
//! run in one transaction that begins with the right to write, and the version is read inside it: of two processes that open an
//! old file at once, one migrates and the other finds it done. Before a file with content is changed it is copied to
//! `<file>.before-<new version>.bak`; the copy is taken inside the transaction too, so it holds exactly what is migrated.

use std::path::{Path, PathBuf};

use rusqlite::{Connection, TransactionBehavior};

use crate::{OpenError, backup};

/// `AMTL`: how the file says whose it is.
const APPLICATION_ID: i32 = 0x414d_544c;

/// One step of the schema.
#[derive(Clone, Copy, Debug)]
pub struct Migration {
    /// Its file's name, such as `0001_journal`.
    pub name: &'static str,
    /// Its statements.
    pub sql: &'static str,
}

/// What a file is found to be.
enum Found {
    /// Nothing is in it.
    Empty,
    /// A journal with this schema version.
    Version(usize),
}

/// Refuse a file of somebody else's or of a newer binary, before anything about it is changed.
pub(crate) fn recognise(conn: &Connection, path: &Path, migrations: &[Migration]) -> Result<(), OpenError> {
    current(conn, path, migrations).map(|_| ())
}

/// Bring a file to the last version.
pub(crate) fn migrate(conn: &mut Connection, path: &Path, migrations: &[Migration]) -> Result<(), OpenError> {
    let fail = |source| OpenError::Sqlite { path: path.into(), source };
    // The common case, without a lock.
    if current(conn, path, migrations)? == Some(migrations.len()) {
        return Ok(());
    }
    let tx = conn.transaction_with_behavior(TransactionBehavior::Immediate).map_err(fail)?;
    let version = match current(&tx, path, migrations)? {
        Some(version) if version == migrations.len() => return Ok(()),
        Some(version) => {
            let backup = beside(path, migrations.len());
            backup::copy(path, &backup).map_err(|source| OpenError::Backup { path: path.into(), source })?;
            tracing::info!(from = version, to = migrations.len(), backup = %backup.display(), "migrating the journal");
            version
        }
        None => 0,
    };
    for migration in migrations.iter().skip(version) {
        tx.execute_batch(migration.sql).map_err(|source| OpenError::Migration {
            path: path.into(),
            name: migration.name,
            source,
        })?;
    }
    tx.pragma_update(None, "application_id", APPLICATION_ID).map_err(fail)?;
    tx.pragma_update(None, "user_version", migrations.len()).map_err(fail)?;
    tx.commit().map_err(fail)
}

/// Refuse a file that is not at the last version.
pub(crate) fn verify(conn: &Connection, path: &Path, migrations: &[Migration]) -> Result<(), OpenError> {
    let known = migrations.len();
    match current(conn, path, migrations)?.unwrap_or(0) {
        found if found == known => Ok(()),
        found => Err(OpenError::Older { path: path.into(), found, known }),
    }
}

/// The version of a journal, or none for an empty file.
fn current(conn: &Connection, path: &Path, migrations: &[Migration]) -> Result<Option<usize>, OpenError> {
    let known = migrations.len();
    match find(conn).map_err(|source| OpenError::Sqlite { path: path.into(), source })? {
        Some(Found::Empty) => Ok(None),
        Some(Found::Version(found)) if found > known => {
            Err(OpenError::Newer { path: path.into(), found, known })
        }
        Some(Found::Version(found)) => Ok(Some(found)),
        None => Err(OpenError::Foreign { path: path.into() }),
    }
}

/// None: it belongs to somebody else.
fn find(conn: &Connection) -> rusqlite::Result<Option<Found>> {
    // Whether it is empty is asked first: another process may create the journal between two of these questions, and a file that has
    // tables has had its mark since the same commit.
    let objects: i64 = conn.query_row("SELECT count(*) FROM sqlite_schema", [], |row| row.get(0))?;
    let id: i32 = conn.pragma_query_value(None, "application_id", |row| row.get(0))?;
    if id == APPLICATION_ID {
        let version = conn.pragma_query_value(None, "user_version", |row| row.get(0))?;
        return Ok(Some(Found::Version(version)));
    }
    Ok((id == 0 && objects == 0).then_some(Found::Empty))
}

fn beside(path: &Path, version: usize) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(format!(".before-{version}.bak"));
    name.into()
}
