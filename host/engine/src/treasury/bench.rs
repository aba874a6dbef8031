//! Who sits on the bench is left out of debates that nobody is named for; who is named all the same is refused when members enter.

use std::borrow::Cow;

use amatelier_economy::{Ledger, Rules};
use amatelier_workspace::Team;

use crate::Opening;

/// The opening without those who sit out, and what the operator is told about each.
pub(crate) fn without_benched<'a>(
    ledger: &Ledger,
    rules: &Rules,
    team: &Team,
    opening: &'a Opening,
) -> (Cow<'a, Opening>, Vec<String>) {
    let mut notices = Vec::new();
    if !opening.workers.is_empty() {
        return (Cow::Borrowed(opening), notices);
    }
    let mut opening = Cow::Borrowed(opening);
    for worker in team.workers() {
        let Some(served) = ledger.account(&worker.name).and_then(|account| account.bench()) else { continue };
        let debates = rules.relegation.bench;
        notices.push(format!("{} is on the bench: {served} of {debates} debates sat out", worker.name));
        opening.to_mut().skip.push(worker.name.to_string());
    }
    (opening, notices)
}
