//! A settlement reckoned once more from the marks it came from.

use amatelier_debate::{Debate, Event as Happened};
use amatelier_economy::{Event, Rules, Settlement};
use amatelier_journal::{Journal, StoredEvent};
use serde_json::{Value, json};

use super::{Books, Closing, STREAM, decode};
use crate::{Difference, Error, replay::first_difference};

/// Settle what a batch of a debate's events led to on the ledger as it was before them, and compare. The terms are those under which
/// the members entered, so that only marks, gates and sanctions count; stakes depend on numbers that the operator may have changed since,
/// and are not reckoned again.
pub(crate) fn settled_again(
    journal: &Journal,
    rules: &Rules,
    debate: &Debate,
    happened: &[Happened],
    batch: &[StoredEvent],
) -> Result<Option<Difference>, Error> {
    let Some(first) = batch.first().filter(|_| Closing::concerns(happened)) else { return Ok(None) };
    let mut before = journal.events(STREAM, 0)?;
    before.retain(|event| event.batch <= first.batch);
    let with = before.iter().position(|event| event.batch == first.batch).unwrap_or(before.len());
    let with = before.split_off(with);
    let mut books = Books::default();
    books.follow(&before).map_err(Error::BadLedger)?;
    let recorded = with.iter().map(decode).collect::<Result<Vec<Event>, _>>().map_err(Error::BadLedger)?;
    let at = recorded.first().map_or_else(Default::default, Event::at);
    let again = Closing::of(&books.ledger, rules, debate, happened, at);
    let (recorded, again) = (figures(&recorded), figures(&again.events));
    Ok(first_difference(&recorded, &again, String::new()).map(|(place, recorded, replayed)| Difference {
        turn: None,
        what: format!("the settlement{place}"),
        recorded,
        replayed,
    }))
}

/// What settlements gave and took.
fn figures(events: &[Event]) -> Value {
    let settled = events.iter().filter_map(|event| match event {
        Event::Settled(settlement) => Some(settlement),
        _ => None,
    });
    settled
        .map(|settlement| {
            let Settlement { revision, rubric, members, benched, postings, .. } = &**settlement;
            json!({ "revision": revision, "rubric": rubric, "members": members, "benched": benched, "postings": postings })
        })
        .collect()
}
