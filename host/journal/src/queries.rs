//! What can be asked of a journal. All of it blocks on the disk for as long as a read takes: from async code, short reads may be made
//! in place, long ones belong on a blocking thread.

use std::collections::HashMap;

use rusqlite::{Connection, Params};

use crate::{CallKey, Error, Journal, StoredCall, StoredEvent, StoredRequest, StoredTurn};

impl Journal {
    /// The events of a stream after a sequence number (0: all), in order.
    ///
    /// # Errors
    /// What SQLite says.
    pub fn events(&self, stream: &str, after_seq: u64) -> Result<Vec<StoredEvent>, Error> {
        let columns = StoredEvent::COLUMNS;
        let sql = format!("SELECT {columns} FROM events WHERE stream = ?1 AND seq > ?2 ORDER BY seq");
        self.read(|conn| {
            conn.prepare_cached(&sql)?.query_map((stream, after_seq), StoredEvent::from_row)?.collect()
        })
    }

    /// The events of all streams after a position (0: from the start), in order, at most so many.
    ///
    /// # Errors
    /// What SQLite says.
    pub fn all_events(&self, after_pos: u64, limit: usize) -> Result<Vec<StoredEvent>, Error> {
        let columns = StoredEvent::COLUMNS;
        let sql = format!("SELECT {columns} FROM events WHERE pos > ?1 ORDER BY pos LIMIT ?2");
        self.read(|conn| {
            conn.prepare_cached(&sql)?.query_map((after_pos, limit), StoredEvent::from_row)?.collect()
        })
    }

    /// The names of the streams that begin with a prefix, in order.
    ///
    /// # Errors
    /// What SQLite says.
    pub fn streams(&self, prefix: &str) -> Result<Vec<String>, Error> {
        // Jumps in the index from one stream to the next, instead of reading every event of each.
        let sql = "WITH RECURSIVE names (name) AS (
                SELECT min(stream) FROM events WHERE stream >= ?1
                UNION ALL
                SELECT (SELECT min(stream) FROM events WHERE stream > name) FROM names WHERE name IS NOT NULL
            ) SELECT name FROM names WHERE name IS NOT NULL";
        self.read(|conn| {
            let mut select = conn.prepare_cached(sql)?;
            let names = select.query_map([prefix], |row| row.get::<_, String>(0))?;
            names.take_while(|name| name.as_ref().map_or(true, |name| name.starts_with(prefix))).collect()
        })
    }

    /// The attempts at an action, in order.
    ///
    /// # Errors
    /// What SQLite says.
    pub fn attempts(&self, stream: &str, action: &str) -> Result<Vec<StoredTurn>, Error> {
        let columns = StoredTurn::COLUMNS;
        let sql = format!("SELECT {columns} FROM turns WHERE stream = ?1 AND action = ?2 ORDER BY attempt");
        self.read(|conn| {
            conn.prepare_cached(&sql)?.query_map((stream, action), StoredTurn::from_row)?.collect()
        })
    }

    /// The calls that all attempts at an action made, by attempt and place, with their requests.
    ///
    /// # Errors
    /// What SQLite says.
    pub fn calls_of_action(&self, stream: &str, action: &str) -> Result<Vec<StoredCall>, Error> {
        self.read(|conn| calls(conn, "turns.stream = ?1 AND turns.action = ?2", (stream, action)))
    }

    /// The calls that all turns of a stream made, in the order in which the turns began, with their requests.
    ///
    /// # Errors
    /// What SQLite says.
    pub fn calls(&self, stream: &str) -> Result<Vec<StoredCall>, Error> {
        self.read(|conn| calls(conn, "turns.stream = ?1", (stream,)))
    }
}

/// Turns are numbered as they begin, so the order of their ids is the order of attempts.
fn calls(conn: &Connection, which: &str, params: impl Params + Copy) -> rusqlite::Result<Vec<StoredCall>> {
    let columns = StoredRequest::COLUMNS;
    let mut requests: HashMap<CallKey, Vec<StoredRequest>> = HashMap::new();
    let mut select = conn.prepare_cached(&format!(
        "SELECT {columns} FROM turns JOIN calls ON calls.turn = turns.id JOIN requests ON requests.call = calls.id
         WHERE {which} ORDER BY requests.n"
    ))?;
    for request in select.query_map(params, StoredRequest::from_row)? {
        let request = request?;
        requests.entry(request.intent.key.call).or_default().push(request);
    }
    let columns = StoredCall::COLUMNS;
    let mut select = conn.prepare_cached(&format!(
        "SELECT {columns} FROM turns JOIN calls ON calls.turn = turns.id WHERE {which} ORDER BY turns.id, calls.ordinal"
    ))?;
    select
        .query_map(params, StoredCall::from_row)?
        .map(|call| {
            call.map(|call| StoredCall { requests: requests.remove(&call.key).unwrap_or_default(), ..call })
        })
        .collect()
}
