//! What happened to the ledger, a line each, for whoever looks on.

use amatelier_economy::{Event, VoidReason};

/// The line for an event; none for what belongs to another that has one.
pub(crate) fn told(event: &Event) -> Option<String> {
    Some(match event {
        Event::Settled(settlement) => {
            let mut members: Vec<_> = settlement.members.iter().collect();
            members.sort_by_key(|member| std::cmp::Reverse(member.net));
            let nets: Vec<String> =
                members.iter().map(|one| format!("{} {:+}", one.member, one.net.0)).collect();
            let again = if settlement.revision > 1 { " again" } else { "" };
            format!("settled{again}: {}", nets.join(", "))
        }
        Event::RoundtableVoided { reason, postings, .. } => {
            let why = match reason {
                VoidReason::Aborted(_) => "aborted",
                VoidReason::Unscored(_) => "unscored",
            };
            let back = if postings.is_empty() { "" } else { "; stakes are given back" };
            format!("{why}: nobody pays and nobody earns{back}")
        }
        Event::VentureStaked { venture, member, tier, terms, .. } => {
            format!("{member} stakes {} sparks on a {tier} ({venture})", terms.stake)
        }
        Event::ItemBought(bought) => {
            format!("{} buys {} for {}", bought.member, bought.name, bought.price)
        }
        Event::RelegationRaised { member, .. } => {
            format!("{member} has lost too often: `relegation list` shows what there is to decide")
        }
        Event::RelegationWithdrawn { member, .. } => {
            format!(
                "there is nothing to decide about {member} any more: it is not last by its last debates, or won one"
            )
        }
        Event::MemberReturned { member, .. } => format!("{member} is back from the bench"),
        _ => return None,
    })
}
