//! A debate's events in the journal.

use amatelier_debate::Event;
use amatelier_journal::{Journal, NewEvent, StoredEvent};
use amatelier_types::{RoundtableId, Timestamp};

use crate::Error;

/// The prefix of the streams of debates.
pub(crate) const PREFIX: &str = "roundtable/";

/// The stream of a debate.
pub(crate) fn name(id: &RoundtableId) -> String {
    format!("{PREFIX}{id}")
}

/// An event as it is appended. `actor` is who caused it.
pub(crate) fn encode(event: &Event, actor: &str, at: Timestamp) -> Result<NewEvent, serde_json::Error> {
    Ok(NewEvent {
        at,
        actor: actor.to_owned(),
        kind: event.kind().to_owned(),
        version: Event::VERSION,
        body: serde_json::to_vec(event)?,
    })
}

/// An event as it was appended.
pub(crate) fn decode(stored: &StoredEvent) -> Result<Event, String> {
    if stored.version > Event::VERSION {
        return Err(format!(
            "event {} has version {}; this Amatelier knows {}",
            stored.pos,
            stored.version,
            Event::VERSION
        ));
    }
    serde_json::from_slice(&stored.body)
        .map_err(|error| format!("event {} ({}): {error}", stored.pos, stored.kind))
}

/// All events of a debate, and the sequence number of the last.
pub(crate) fn load(journal: &Journal, id: &RoundtableId) -> Result<(Vec<Event>, u64), Error> {
    let stored = journal.events(&name(id), 0)?;
    let last = stored.last().ok_or_else(|| Error::NoSuchRoundtable(id.clone()))?.seq;
    let decoded: Result<Vec<Event>, String> = stored.iter().map(decode).collect();
    let events = decoded.map_err(|reason| Error::BadEvents { id: id.clone(), reason })?;
    Ok((events, last))
}
