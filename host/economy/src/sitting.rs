//! What the ledger knows of one debate.

use std::collections::BTreeMap;

use amatelier_types::{MemberName, Sparks};

use crate::{
    Category, Entered, Entrant, MemberSettlement, Posting, PurchaseId, Settlement, Terms, VoidReason,
    cause::Figure,
};

/// Where a debate's account stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SittingState {
    /// It is not over, or not scored yet.
    Running,
    /// It was settled, so many times.
    Settled(u32),
    /// It pays and costs nothing; one that was merely unscored may be settled yet.
    Void(VoidReason),
}

/// What was posted for one figure so far.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Posted {
    pub member: MemberName,
    pub amount: Sparks,
    pub category: Category,
}

/// A debate that members entered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sitting {
    pub(crate) terms: Terms,
    pub(crate) entrants: Vec<Entrant>,
    pub(crate) claims: Vec<PurchaseId>,
    pub(crate) state: SittingState,
    pub(crate) posted: BTreeMap<Figure, Posted>,
    pub(crate) last: Option<LastSettlement>,
}

/// What the last settlement said, to tell whether another one says anything else.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct LastSettlement {
    pub rubric: String,
    pub highest: u64,
    pub members: Vec<MemberSettlement>,
}

impl Sitting {
    pub(crate) fn of(entered: &Entered) -> Self {
        Sitting {
            terms: entered.terms.clone(),
            entrants: entered.entrants.clone(),
            claims: entered.claims.iter().map(|claim| claim.purchase).collect(),
            state: SittingState::Running,
            posted: BTreeMap::new(),
            last: None,
        }
    }

    /// Where it stands.
    pub fn state(&self) -> &SittingState {
        &self.state
    }

    /// Who entered, in the team's order.
    pub fn entrants(&self) -> &[Entrant] {
        &self.entrants
    }

    /// What the last settlement said of everybody; nothing before the first.
    pub fn settled(&self) -> &[MemberSettlement] {
        self.last.as_ref().map_or(&[], |last| &last.members)
    }

    /// The entrant of this name.
    pub fn entrant(&self, member: &MemberName) -> Option<&Entrant> {
        self.entrants.iter().find(|entrant| entrant.member == *member)
    }

    pub(crate) fn revision(&self) -> u32 {
        match self.state {
            SittingState::Settled(revision) => revision,
            SittingState::Running | SittingState::Void(_) => 0,
        }
    }

    pub(crate) fn settle(&mut self, settlement: &Settlement) {
        self.state = SittingState::Settled(settlement.revision);
        self.claims.clear();
        self.last = Some(LastSettlement {
            rubric: settlement.rubric.clone(),
            highest: settlement.highest,
            members: settlement.members.clone(),
        });
    }

    /// Remember a posting of a figure.
    pub(crate) fn post(&mut self, posting: &Posting) {
        if let Some(figure) = posting.cause.figure() {
            let nothing = || Posted {
                member: posting.member.clone(),
                amount: Sparks::ZERO,
                category: posting.category,
            };
            self.posted.entry(figure).or_insert_with(nothing).amount += posting.amount;
        }
    }
}
