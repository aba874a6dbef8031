//! Ventures: staked when the turn that proposes them commits, resolved by the operator.

use amatelier_types::{MemberName, RoundtableId, Sparks, Timestamp, VentureTier};

use crate::{
    Category, Cause, Event, Ledger, Posting, Refusal, Rules, SittingState, VentureId, VentureOutcome,
    VentureState, operator::reasoned, words,
};

/// A member stakes on an idea.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stake {
    /// In which debate.
    pub roundtable: RoundtableId,
    /// Who.
    pub member: MemberName,
    /// Of which size.
    pub tier: VentureTier,
    /// The idea, one line.
    pub idea: String,
    /// The message it stands in.
    pub seq: u32,
    /// When.
    pub at: Timestamp,
}

impl Ledger {
    /// Take a stake.
    ///
    /// # Errors
    /// A debate that does not run or that the member takes no part in; an idea that is staked on already, by the member itself in any
    /// debate or by anybody in this one; a balance that does not cover it.
    pub fn stake(&self, rules: &Rules, stake: &Stake) -> Result<Vec<Event>, Refusal> {
        let Stake { roundtable, member, tier, idea, seq, at } = stake;
        let sitting = self.sittings.get(roundtable).ok_or_else(|| Refusal::NotEntered(roundtable.clone()))?;
        if *sitting.state() != SittingState::Running {
            return Err(Refusal::Over(roundtable.clone()));
        }
        if sitting.entrant(member).is_none() {
            return Err(Refusal::NotAnEntrant { member: member.clone(), roundtable: roundtable.clone() });
        }
        if !words::is_text(idea, rules.bounds.text_chars) {
            return Err(Refusal::BadIdea { most: rules.bounds.text_chars });
        }
        let standing = self.ventures.iter().filter(|venture| venture.state != VentureState::Returned);
        let mut near =
            standing.filter(|venture| venture.member == *member || venture.roundtable == *roundtable);
        if let Some(taken) = near.find(|venture| words::same_idea(&venture.idea, idea)) {
            return Err(Refusal::IdeaTaken(taken.id));
        }
        let terms = rules.ventures.of(*tier);
        let price = Sparks::from(terms.stake);
        self.cover(member, price)?;
        let venture = self.next_venture();
        let posting = Posting {
            member: member.clone(),
            amount: -price,
            category: Category::VentureStake,
            reason: format!("{tier} {venture}"),
            roundtable: Some(roundtable.clone()),
            cause: Cause::stake(venture),
        };
        Ok(vec![Event::VentureStaked {
            venture,
            roundtable: roundtable.clone(),
            member: member.clone(),
            tier: *tier,
            terms,
            idea: idea.clone(),
            seq: *seq,
            postings: Some(posting).filter(|posting| posting.amount != Sparks::ZERO).into_iter().collect(),
            at: *at,
        }])
    }

    /// Whether a member can pay a price now.
    pub(crate) fn cover(&self, member: &MemberName, price: Sparks) -> Result<(), Refusal> {
        let account = self.account(member).ok_or_else(|| Refusal::UnknownMember(member.clone()))?;
        let balance = account.balance();
        if balance.is_negative() {
            return Err(Refusal::InDebt { member: member.clone(), balance });
        }
        if price > balance {
            return Err(Refusal::TooPoor { member: member.clone(), price, balance });
        }
        Ok(())
    }

    /// End a venture: success pays the stake times its multiplier, failure nothing.
    ///
    /// # Errors
    /// No word on why; an unknown venture, one that is over, or one whose debate is not: an abort would still give the stake back.
    pub fn resolve_venture(
        &self,
        rules: &Rules,
        id: VentureId,
        outcome: VentureOutcome,
        note: &str,
        at: Timestamp,
    ) -> Result<Vec<Event>, Refusal> {
        let venture = self.venture(id).ok_or(Refusal::UnknownVenture(id))?;
        if venture.state != VentureState::Pending {
            return Err(Refusal::VentureOver(id));
        }
        let sitting = self.sittings.get(&venture.roundtable);
        if sitting.is_some_and(|sitting| *sitting.state() == SittingState::Running) {
            return Err(Refusal::StillRunning(venture.roundtable.clone()));
        }
        let payout = match outcome {
            VentureOutcome::Success => venture.terms.payout(),
            VentureOutcome::Failure => Sparks::ZERO,
        };
        let posting = Posting {
            member: venture.member.clone(),
            amount: payout,
            category: Category::VenturePayout,
            reason: format!("{} {id} came true", venture.tier),
            roundtable: Some(venture.roundtable.clone()),
            cause: Cause::payout(id),
        };
        Ok(vec![Event::VentureResolved {
            venture: id,
            roundtable: venture.roundtable.clone(),
            outcome,
            note: reasoned(rules, note)?,
            postings: Some(posting).filter(|posting| posting.amount != Sparks::ZERO).into_iter().collect(),
            at,
        }])
    }
}
