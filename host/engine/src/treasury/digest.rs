//! What the ledger adds to a digest: what a debate gave and took, and which ideas were staked on.

use amatelier_debate::{Digest, SparkLine};
use amatelier_economy::{Event, MemberSettlement};
use amatelier_journal::{Journal, StoredEvent};
use amatelier_types::{MemberName, RoundtableId};

use super::{Books, STREAM, decode};
use crate::Error;

/// Complete a digest from the ledger as it was after the last settlement of its debate, so that it is the same whenever it is asked for.
pub(crate) fn complete(journal: &Journal, mut digest: Digest) -> Result<Digest, Error> {
    let Ok(id) = digest.roundtable_id.parse::<RoundtableId>() else { return Ok(digest) };
    let mut stored = journal.events(STREAM, 0)?;
    let last = stored.iter().rposition(|stored| concerns(stored, &id));
    let Some(last) = last else { return Ok(digest) };
    stored.truncate(last.saturating_add(1));
    let mut books = Books::default();
    books.follow(&stored).map_err(Error::BadLedger)?;
    let Some(sitting) = books.ledger.sitting(&id) else { return Ok(digest) };
    for venture in &mut digest.ventures {
        let mut staked = books.ledger.ventures().iter();
        let staked = staked.find(|one| {
            one.roundtable == id
                && one.seq == venture.seq
                && one.member == venture.agent
                && one.idea == venture.idea
        });
        venture.venture = staked.map(|venture| venture.id.to_string());
    }
    digest.sparks = sitting
        .settled()
        .iter()
        .map(|settled| line(settled, books.ledger.balance(&settled.member).0))
        .collect();
    for settled in &digest.sparks {
        digest.entry_fees.insert(settled.agent.clone(), u32::try_from(settled.fee).unwrap_or(0));
    }
    for score in &mut digest.scoring.scores {
        let settled = digest.sparks.iter().find(|settled| settled.agent == score.agent);
        score.sparks_earned = settled.map(|settled| settled.net);
        score.sparks_balance = settled.map(|settled| settled.balance);
    }
    Ok(digest)
}

/// Whether an event changes what a digest says of a debate. Only those that say so are read as a whole.
fn concerns(stored: &StoredEvent, id: &RoundtableId) -> bool {
    if !["settled", "roundtable-voided", "venture-staked"].contains(&stored.kind.as_str()) {
        return false;
    }
    match decode(stored) {
        Ok(Event::Settled(settlement)) => settlement.roundtable == *id,
        Ok(Event::RoundtableVoided { roundtable, .. } | Event::VentureStaked { roundtable, .. }) => {
            roundtable == *id
        }
        _ => false,
    }
}

fn line(settled: &MemberSettlement, balance: i64) -> SparkLine {
    let agent: MemberName = settled.member.clone();
    SparkLine {
        agent,
        award: settled.award.0,
        gates: settled.gates.0,
        sanctions: settled.sanctions.0,
        fee: settled.fee.0,
        net: settled.net.0,
        balance,
    }
}
