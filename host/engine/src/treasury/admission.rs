//! Members enter a debate: what that costs is fixed, and what they bought for their next debate is claimed.

use amatelier_debate::{Extras, Setup};
use amatelier_economy::{Event, Ledger, Opening, Refusal, Rules, Seated, StewardPresence};

/// Let the workers of a setup enter; what their boosts give goes into the setup.
pub(crate) fn admit(ledger: &Ledger, rules: &Rules, setup: &mut Setup) -> Result<Vec<Event>, Refusal> {
    let seated = setup.workers.iter();
    let workers = seated.map(|seat| Seated { member: seat.name.clone(), label: seat.label.clone() });
    let steward = match setup.steward {
        Some(_) => StewardPresence::Present,
        None => StewardPresence::Absent,
    };
    let opening =
        Opening { roundtable: setup.id.clone(), workers: workers.collect(), steward, at: setup.opened_at };
    let events = ledger.enter(rules, &opening)?;
    setup.first_speaker = None;
    setup.extras.clear();
    for event in &events {
        if let Event::RoundtableEntered(entered) = event {
            setup.first_speaker = entered.first_speaker().cloned();
            let perks = entered.perks().into_iter();
            setup.extras = perks
                .map(|(member, perks)| {
                    (member, Extras { floor_turns: perks.floor_turns, requests: perks.steward_requests })
                })
                .collect();
        }
    }
    Ok(events)
}
