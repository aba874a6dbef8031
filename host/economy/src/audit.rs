//! Proof of every balance.
//!
//! The fold keeps balances as it goes; this adds the postings up by themselves, and says where the two disagree, which cause was used
//! twice, and who bought or staked what it could not pay. On a ledger that this crate made there is nothing to say.

use std::collections::{BTreeMap, BTreeSet};

use amatelier_types::{MemberName, Sparks};

use crate::{Category, Cause, Event, Ledger, Posting};

/// The postings of one name, added up.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// How many there are.
    pub postings: u32,
    /// Their sum.
    pub sum: Sparks,
}

/// Something that must not be.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Fault {
    /// Two postings share a cause.
    #[error("{0} was posted twice")]
    Twice(Cause),
    /// A posting of nothing.
    #[error("{0} posts nothing")]
    Empty(Cause),
    /// Something was bought or staked that could not be paid.
    #[error("{cause} left {member} with {balance}")]
    Uncovered {
        /// The posting.
        cause: Cause,
        /// Whose.
        member: MemberName,
        /// What was left.
        balance: Sparks,
    },
    /// The ledger says something else than the postings.
    #[error("the ledger says {ledger} for {member}; the postings add up to {sum}")]
    Balance {
        /// Whose.
        member: MemberName,
        /// What the ledger says.
        ledger: Sparks,
        /// What the postings add up to.
        sum: Sparks,
    },
}

/// What the postings of some events add up to.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Audit {
    /// By name; who left has zero.
    pub tallies: BTreeMap<MemberName, Tally>,
    /// What must not be.
    pub faults: Vec<Fault>,
}

impl Audit {
    /// Add up the postings of all events there are, oldest first, and compare them with the ledger that is shown to people.
    pub fn of<'a>(events: impl IntoIterator<Item = &'a Event>, ledger: &Ledger) -> Audit {
        let mut audit = Audit::default();
        let mut causes = BTreeSet::new();
        for posting in events.into_iter().flat_map(Event::postings) {
            audit.take(posting, &mut causes);
        }
        let left = audit.tallies.keys().filter(|member| ledger.account(member).is_none());
        let all: BTreeSet<&MemberName> = ledger.accounts().map(|(member, _)| member).chain(left).collect();
        for member in all {
            let sum = audit.tallies.get(member).copied().unwrap_or_default().sum;
            let ledger = ledger.balance(member);
            if ledger != sum {
                audit.faults.push(Fault::Balance { member: member.clone(), ledger, sum });
            }
        }
        audit
    }

    fn take<'a>(&mut self, posting: &'a Posting, causes: &mut BTreeSet<&'a Cause>) {
        if !causes.insert(&posting.cause) {
            self.faults.push(Fault::Twice(posting.cause.clone()));
        }
        if posting.amount == Sparks::ZERO {
            self.faults.push(Fault::Empty(posting.cause.clone()));
        }
        let tally = self.tallies.entry(posting.member.clone()).or_default();
        tally.postings = tally.postings.saturating_add(1);
        tally.sum += posting.amount;
        let paid = matches!(
            posting.category,
            Category::StorePurchase | Category::VentureStake | Category::TierPromotion
        );
        if paid && tally.sum.is_negative() {
            self.faults.push(Fault::Uncovered {
                cause: posting.cause.clone(),
                member: posting.member.clone(),
                balance: tally.sum,
            });
        }
    }
}
