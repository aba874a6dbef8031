//! A debate's log as those who look on are told it: its events, and after each batch what it moved on the ledger.

use std::collections::BTreeMap;

use amatelier_journal::{Journal, StoredEvent};

use crate::{
    Error, Happening, stream,
    treasury::{self, told},
};

/// What happened in a debate after an event, and up to another if one is named.
///
/// # Errors
/// The journal cannot be read; an event cannot be.
pub(crate) fn happenings(
    journal: &Journal,
    id: &amatelier_types::RoundtableId,
    after: u64,
    to: u64,
) -> Result<Vec<Happening>, Error> {
    let mut stored = journal.events(&stream::name(id), after)?;
    stored.retain(|stored| stored.seq <= to);
    let mut moved = moved(journal, &stored)?;
    let mut happenings = Vec::with_capacity(stored.len());
    for batch in stored.chunk_by(|one, next| one.batch == next.batch) {
        for stored in batch {
            let event =
                stream::decode(stored).map_err(|reason| Error::BadEvents { id: id.clone(), reason })?;
            happenings.push(Happening::Event { seq: stored.seq, event: Box::new(event) });
        }
        let lines = batch.first().and_then(|first| moved.remove(&first.batch)).unwrap_or_default();
        happenings.extend(lines.into_iter().map(|text| Happening::Note { text }));
    }
    Ok(happenings)
}

/// The lines for what these batches moved on the ledger.
fn moved(journal: &Journal, stored: &[StoredEvent]) -> Result<BTreeMap<u64, Vec<String>>, Error> {
    let mut lines: BTreeMap<u64, Vec<String>> = BTreeMap::new();
    let (Some(first), Some(last)) = (stored.first(), stored.last()) else { return Ok(lines) };
    let ledger = journal.events(treasury::STREAM, 0)?;
    for entry in ledger.iter().filter(|entry| (first.batch..=last.batch).contains(&entry.batch)) {
        let event = treasury::decode(entry).map_err(Error::BadLedger)?;
        lines.entry(entry.batch).or_default().extend(told(&event));
    }
    Ok(lines)
}
