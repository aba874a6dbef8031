//! `plugin_statistics`: what was measured, in the journal's file. See `migrations/0007_plugin_statistics.sql`.

use std::time::Duration;

use amatelier_journal::rusqlite::{self, Connection, OptionalExtension as _, Row, params, types::Type};
use amatelier_types::{Sha256, Timestamp};

use super::{tallies::Counted, tally::Tally};

const COLUMNS: &str = "calls, durations, peak_memory_bytes, denials, denied, limits, traps, guest_errors, \
    host_faults, input_tokens, output_tokens, last_call_at, plugin, digest";

/// Add what was counted to what is there.
pub(crate) fn add(conn: &Connection, counted: &Counted) -> rusqlite::Result<()> {
    for ((plugin, digest), fresh) in counted {
        let mut tally = conn
            .prepare_cached(&format!(
                "SELECT {COLUMNS} FROM plugin_statistics WHERE plugin = ?1 AND digest = ?2"
            ))?
            .query_row(params![plugin, digest.to_string()], tally)
            .optional()?
            .unwrap_or_default();
        tally.add(fresh);
        let durations = serde_json::to_string(&tally.durations())
            .map_err(|error| rusqlite::Error::ToSqlConversionFailure(error.into()))?;
        conn.prepare_cached(&format!(
            "INSERT OR REPLACE INTO plugin_statistics ({COLUMNS})
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14)"
        ))?
        .execute(params![
            tally.calls,
            durations,
            tally.peak_memory_bytes,
            tally.denials,
            tally.denied,
            tally.limits,
            tally.traps,
            tally.guest_errors,
            tally.host_faults,
            tally.input_tokens,
            tally.output_tokens,
            tally.last_call.0,
            plugin,
            digest.to_string(),
        ])?;
    }
    Ok(())
}

/// Everything that was measured, by name and digest.
pub(crate) fn all(conn: &Connection) -> rusqlite::Result<Counted> {
    let mut select = conn.prepare_cached(&format!("SELECT {COLUMNS} FROM plugin_statistics"))?;
    let rows = select.query_map([], |row| {
        let digest: String = row.get(13)?;
        let digest: Sha256 = digest.parse().map_err(|error| bad(13, error))?;
        Ok(((row.get(12)?, digest), tally(row)?))
    })?;
    rows.collect()
}

fn tally(row: &Row<'_>) -> rusqlite::Result<Tally> {
    let mut tally = Tally {
        calls: row.get(0)?,
        peak_memory_bytes: row.get(2)?,
        denials: row.get(3)?,
        denied: row.get(4)?,
        limits: row.get(5)?,
        traps: row.get(6)?,
        guest_errors: row.get(7)?,
        host_faults: row.get(8)?,
        input_tokens: row.get(9)?,
        output_tokens: row.get(10)?,
        last_call: Timestamp(row.get(11)?),
        ..Tally::default()
    };
    let durations: String = row.get(1)?;
    let durations: Vec<[u64; 2]> = serde_json::from_str(&durations).map_err(|error| bad(1, error))?;
    for [micros, calls] in durations {
        tally.lasted(Duration::from_micros(micros), calls);
    }
    Ok(tally)
}

fn bad(column: usize, error: impl std::error::Error + Send + Sync + 'static) -> rusqlite::Error {
    rusqlite::Error::FromSqlConversionFailure(column, Type::Text, error.into())
}

#[cfg(test)]
mod tests {
    use amatelier_journal::{Commit, Options, Unit};
    use amatelier_runtime::Record;
    use amatelier_types::Usage;

    use super::*;
    use crate::{
        plugins::{tallies::Tallies, tally::Measured},
        views,
    };

    #[tokio::test]
    async fn what_two_processes_measured_adds_up() {
        let folder = tempfile::tempdir().unwrap();
        let journal = views::open(folder.path(), Options::default()).unwrap();
        let (digest, other) = (Sha256::of(b"one"), Sha256::of(b"other"));
        for (name, digest, micros) in
            [("socratic", digest, 100), ("socratic", digest, 300), ("./ada.wasm", other, 7)]
        {
            // Each as a process of its own.
            let tallies = Tallies::default();
            let record = Record { inside: Duration::from_micros(micros), ..Record::default() };
            let call = Measured { record: &record, stop: None, usage: Usage::default(), at: Timestamp(5) };
            tallies.count(name, digest, &call);
            journal.write(tallies.hand_over(Unit::new()), Commit::NoFsync).await.unwrap();
            let events = journal.stats().events;
            assert_eq!(events, 0, "it is no fact");
        }
        let all = journal.read(all).unwrap();
        let told: Vec<_> = all.iter().map(|((name, _), tally)| (name.as_str(), tally.calls)).collect();
        assert_eq!(told, [("./ada.wasm", 1), ("socratic", 2)]);
        let socratic = &all[&("socratic".to_owned(), digest)];
        assert_eq!((socratic.micros_at(0.5), socratic.last_call), (100, Timestamp(5)));
    }
}
