//! The economy's events in the journal.

use amatelier_economy::Event;
use amatelier_journal::{NewEvent, StoredEvent};

/// The stream of all of them. The rules range over accounts, debates, requests and the store at once, so one stream is what a decision
/// must have seen to its end (decision 0010).
pub(crate) const STREAM: &str = "economy";

/// An event as it is appended. `actor` is who caused it.
pub(crate) fn encode(event: &Event, actor: &str) -> Result<NewEvent, serde_json::Error> {
    Ok(NewEvent {
        at: event.at(),
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
            "event {} of the ledger has version {}; this Amatelier knows {}",
            stored.seq,
            stored.version,
            Event::VERSION
        ));
    }
    serde_json::from_slice(&stored.body)
        .map_err(|error| format!("event {} of the ledger ({}): {error}", stored.seq, stored.kind))
}
