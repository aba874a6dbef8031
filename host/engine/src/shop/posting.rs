//! Purchases of a turn that ended well, decided once more on the ledger as it is by then.
//!
//! What a component was told when it bought holds unless somebody else moved sparks meanwhile; then the ledger has the last word, and
//! whoever looks on is told.

use amatelier_economy::{Event, Installed, Ledger, Rules};
use amatelier_types::MemberName;

use super::Purchase;

/// What came of some purchases.
#[derive(Debug, Default)]
pub(crate) struct Posted {
    /// To be appended.
    pub events: Vec<Event>,
    /// What was refused, in words.
    pub refused: Vec<String>,
}

/// Post the purchases of a member in their order; those that are refused by now are left out.
pub(crate) fn post(
    ledger: &mut Ledger,
    rules: &Rules,
    installed: &Installed,
    member: &MemberName,
    purchases: &[Purchase],
) -> Posted {
    let mut posted = Posted::default();
    for Purchase { offer, deal } in purchases {
        match deal.post(ledger, rules, installed, member, offer) {
            Ok(events) => {
                events.iter().for_each(|event| ledger.apply(event));
                posted.events.extend(events);
            }
            Err(why) => posted.refused.push(format!("{member} did not get {}: {why}", offer.id)),
        }
    }
    posted
}
