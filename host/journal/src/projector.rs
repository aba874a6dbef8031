//! Keeps the projections level with the log.
//!
//! Where the log ends and how far each projection has come is read from the file once per transaction, for another process may have
//! written since the last, and written back once before the commit. A projection that is behind (another process appended without
//! it) first takes what it missed. One whose tables another binary has built in another version is left to that binary: events are
//! safe, and the tables are made level again when this one is opened again.

use std::{collections::HashMap, sync::Arc};

use rusqlite::{Connection, params};

use crate::{Error, Projection, StoredEvent};

pub(crate) struct Projector {
    projections: Vec<Box<dyn Projection>>,
    standing: Option<Standing>,
}

/// Where everybody stands inside the current transaction.
#[derive(Clone)]
pub(crate) struct Standing {
    /// The last position of the log.
    head: u64,
    /// How far each projection has come; none where it belongs to another version.
    reached: Vec<Option<u64>>,
    changed: bool,
}

impl Projector {
    pub(crate) fn new(projections: Vec<Box<dyn Projection>>) -> Self {
        Projector { projections, standing: None }
    }

    /// A transaction begins: forget what the last one knew.
    pub(crate) fn begin(&mut self) {
        self.standing = None;
    }

    /// What to give back to [`Projector::undo`] if the unit that starts now fails.
    pub(crate) fn mark(&self) -> Option<Standing> {
        self.standing.clone()
    }

    pub(crate) fn undo(&mut self, mark: Option<Standing>) {
        self.standing = mark;
    }

    /// The last position of the log.
    pub(crate) fn head(&mut self, conn: &Connection) -> Result<u64, Error> {
        Ok(standing_in(&mut self.standing, &self.projections, conn)?.head)
    }

    /// Hand events that were just appended at the end of the log to all projections.
    pub(crate) fn take(&mut self, conn: &Connection, events: &[StoredEvent]) -> Result<(), Error> {
        let Some(head) = events.last().map(|event| event.pos) else { return Ok(()) };
        let Projector { projections, standing } = self;
        let standing = standing_in(standing, projections, conn)?;
        for (projection, reached) in projections.iter().zip(&mut standing.reached) {
            let Some(pos) = *reached else { continue };
            if pos == standing.head {
                for event in events {
                    apply(conn, &**projection, event)?;
                }
            } else {
                catch_up(conn, &**projection, pos)?;
            }
            *reached = Some(head);
        }
        standing.head = head;
        standing.changed = true;
        Ok(())
    }

    /// Write down how far everybody has come. To be called before the commit.
    pub(crate) fn save(&self, conn: &Connection) -> rusqlite::Result<()> {
        let Some(standing) = self.standing.as_ref().filter(|standing| standing.changed) else {
            return Ok(());
        };
        for (projection, reached) in self.projections.iter().zip(&standing.reached) {
            if let Some(pos) = reached {
                save(conn, &**projection, *pos)?;
            }
        }
        Ok(())
    }

    /// Bring every projection to the end of the log, anew where its tables are of another version.
    pub(crate) fn level(&mut self, conn: &Connection) -> Result<(), Error> {
        self.begin();
        let Projector { projections, standing } = self;
        let standing = standing_in(standing, projections, conn)?;
        for (projection, reached) in projections.iter().zip(&mut standing.reached) {
            match *reached {
                Some(pos) if pos == standing.head => continue,
                Some(pos) => catch_up(conn, &**projection, pos)?,
                None => rebuild(conn, &**projection)?,
            }
            *reached = Some(standing.head);
            standing.changed = true;
        }
        Ok(self.save(conn)?)
    }

    /// Build one projection anew.
    pub(crate) fn rebuild(&mut self, conn: &Connection, name: &str) -> Result<(), Error> {
        let Projector { projections, standing } = self;
        let standing = standing_in(standing, projections, conn)?;
        let (projection, reached) = projections
            .iter()
            .zip(&mut standing.reached)
            .find(|(projection, _)| projection.name() == name)
            .ok_or_else(|| Error::NoProjection(name.into()))?;
        rebuild(conn, &**projection)?;
        *reached = Some(standing.head);
        standing.changed = true;
        Ok(())
    }
}

/// The standing inside this transaction, read from the file the first time.
fn standing_in<'a>(
    standing: &'a mut Option<Standing>,
    projections: &[Box<dyn Projection>],
    conn: &Connection,
) -> rusqlite::Result<&'a mut Standing> {
    let known = match standing.take() {
        Some(known) => known,
        None => Standing::read(projections, conn)?,
    };
    Ok(standing.insert(known))
}

impl Standing {
    fn read(projections: &[Box<dyn Projection>], conn: &Connection) -> rusqlite::Result<Self> {
        // Not max(pos): even if somebody forces events out of the file, no position is given twice.
        let head = conn
            .prepare_cached("SELECT coalesce(max(seq), 0) FROM sqlite_sequence WHERE name = 'events'")?
            .query_row([], |row| row.get(0))?;
        let mut stored: HashMap<String, (u32, u64)> = HashMap::new();
        let mut select = conn.prepare_cached("SELECT name, version, pos FROM projections")?;
        let mut rows = select.query([])?;
        while let Some(row) = rows.next()? {
            stored.insert(row.get(0)?, (row.get(1)?, row.get(2)?));
        }
        let reached = projections
            .iter()
            .map(|projection| match stored.get(projection.name()) {
                Some((version, pos)) if *version == projection.version() => Some(*pos),
                _ => None,
            })
            .collect();
        Ok(Standing { head, reached, changed: false })
    }
}

fn apply(conn: &Connection, projection: &dyn Projection, event: &StoredEvent) -> Result<(), Error> {
    projection
        .apply(conn, event)
        .map_err(|source| Error::Projection { name: projection.name(), source: Arc::new(source) })
}

/// Apply everything in the log after a position.
fn catch_up(conn: &Connection, projection: &dyn Projection, after: u64) -> Result<(), Error> {
    let columns = StoredEvent::COLUMNS;
    let mut select =
        conn.prepare_cached(&format!("SELECT {columns} FROM events WHERE pos > ?1 ORDER BY pos"))?;
    let mut rows = select.query([after])?;
    while let Some(row) = rows.next()? {
        apply(conn, projection, &StoredEvent::from_row(row)?)?;
    }
    Ok(())
}

fn rebuild(conn: &Connection, projection: &dyn Projection) -> Result<(), Error> {
    projection
        .reset(conn)
        .map_err(|source| Error::Projection { name: projection.name(), source: Arc::new(source) })?;
    catch_up(conn, projection, 0)
}

fn save(conn: &Connection, projection: &dyn Projection, pos: u64) -> rusqlite::Result<()> {
    conn.prepare_cached(
        "INSERT INTO projections (name, version, pos) VALUES (?1, ?2, ?3)
         ON CONFLICT (name) DO UPDATE SET version = excluded.version, pos = excluded.pos",
    )?
    .execute(params![projection.name(), projection.version(), pos])?;
    Ok(())
}
