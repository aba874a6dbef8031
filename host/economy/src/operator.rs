//! What the operator gives and takes: bonuses for what was implemented, grants, penalties, tiers.

use amatelier_types::{MemberName, RoundtableId, Sparks, Timestamp};

use crate::{
    Account, Category, Cause, Event, Ledger, Posting, Refusal, Rules, SittingState, VoidReason, words,
};

impl Ledger {
    /// Credit a member for a proposal that was implemented; once for each member and debate.
    ///
    /// # Errors
    /// A debate that is not over, that was aborted or that it took no part in; a second time; no words about what was implemented.
    pub fn credit_outcome(
        &self,
        rules: &Rules,
        id: &RoundtableId,
        member: &MemberName,
        proposal: &str,
        at: Timestamp,
    ) -> Result<Vec<Event>, Refusal> {
        let sitting = self.sittings.get(id).ok_or_else(|| Refusal::NotEntered(id.clone()))?;
        match sitting.state() {
            // It may still be aborted, and an aborted debate pays nobody.
            SittingState::Running => return Err(Refusal::StillRunning(id.clone())),
            SittingState::Void(VoidReason::Aborted(reason)) => {
                return Err(Refusal::Aborted { roundtable: id.clone(), reason: reason.clone() });
            }
            _ => {}
        }
        let entrant = sitting.entrant(member).filter(|entrant| self.is_present(member, entrant.identity));
        if entrant.is_none() {
            return Err(Refusal::NotAnEntrant { member: member.clone(), roundtable: id.clone() });
        }
        if self.outcomes.contains(&(id.clone(), member.clone())) {
            return Err(Refusal::AlreadyCredited { member: member.clone(), roundtable: id.clone() });
        }
        let proposal = reasoned(rules, proposal)?;
        let posting = Posting {
            member: member.clone(),
            amount: rules.outcome_bonus.into(),
            category: Category::OutcomeBonus,
            reason: proposal.clone(),
            roundtable: Some(id.clone()),
            cause: Cause::outcome(id, member),
        };
        Ok(vec![Event::OutcomeCredited {
            roundtable: id.clone(),
            member: member.clone(),
            proposal,
            postings: Some(posting).filter(|posting| posting.amount != Sparks::ZERO).into_iter().collect(),
            at,
        }])
    }

    /// Give a member sparks.
    ///
    /// # Errors
    /// An unknown member, an amount that is not positive or too large, no reason.
    pub fn grant(
        &self,
        rules: &Rules,
        member: &MemberName,
        amount: Sparks,
        reason: &str,
        at: Timestamp,
    ) -> Result<Vec<Event>, Refusal> {
        let reason = reasoned(rules, reason)?;
        let postings = vec![self.adjustment(rules, member, amount, Category::AdminGrant, &reason)?];
        Ok(vec![Event::SparksGranted { member: member.clone(), reason, postings, at }])
    }

    /// Take sparks from a member, whether it has them or not.
    ///
    /// # Errors
    /// An unknown member, an amount that is not positive or too large, no reason.
    pub fn penalise(
        &self,
        rules: &Rules,
        member: &MemberName,
        amount: Sparks,
        reason: &str,
        at: Timestamp,
    ) -> Result<Vec<Event>, Refusal> {
        let reason = reasoned(rules, reason)?;
        let mut posting = self.adjustment(rules, member, amount, Category::AdminPenalty, &reason)?;
        posting.amount = -posting.amount;
        Ok(vec![Event::MemberPenalised { member: member.clone(), reason, postings: vec![posting], at }])
    }

    fn adjustment(
        &self,
        rules: &Rules,
        member: &MemberName,
        amount: Sparks,
        category: Category,
        reason: &str,
    ) -> Result<Posting, Refusal> {
        self.known(member)?;
        let most = rules.bounds.adjustment;
        if amount <= Sparks::ZERO || amount > Sparks::from(most) {
            return Err(Refusal::BadAmount { amount, most });
        }
        let n = self.adjustments.get(member).copied().unwrap_or(0).saturating_add(1);
        Ok(Posting {
            member: member.clone(),
            amount,
            category,
            reason: reason.to_owned(),
            roundtable: None,
            cause: Cause::adjustment(member, n),
        })
    }

    /// Raise a member to the next tier, for a price that may be nothing.
    ///
    /// # Errors
    /// The highest tier, too few assignments, a balance that does not cover the price.
    pub fn promote(
        &self,
        rules: &Rules,
        member: &MemberName,
        price: u32,
        at: Timestamp,
    ) -> Result<Vec<Event>, Refusal> {
        let account = self.known(member)?;
        let tier = account.tier().saturating_add(1);
        if tier > rules.tiers.highest() {
            return Err(Refusal::HighestTier { member: member.clone(), tier: account.tier() });
        }
        check_assignments(rules, member, account, tier)?;
        let price = Sparks::from(price);
        let mut postings = Vec::new();
        if price != Sparks::ZERO {
            self.cover(member, price)?;
            postings.push(Posting {
                member: member.clone(),
                amount: -price,
                category: Category::TierPromotion,
                reason: format!("tier {tier}"),
                roundtable: None,
                cause: Cause::promotion(member, account.identity(), tier),
            });
        }
        Ok(vec![Event::MemberPromoted { member: member.clone(), tier, postings, at }])
    }

    pub(crate) fn known(&self, member: &MemberName) -> Result<&Account, Refusal> {
        self.account(member).ok_or_else(|| Refusal::UnknownMember(member.clone()))
    }
}

/// Whether a member has the assignments that a tier needs.
pub(crate) fn check_assignments(
    rules: &Rules,
    member: &MemberName,
    account: &Account,
    tier: u32,
) -> Result<(), Refusal> {
    let (needed, assignments) = (rules.tiers.needed(tier).unwrap_or(u32::MAX), account.assignments());
    if assignments < needed {
        return Err(Refusal::TooFewAssignments { member: member.clone(), tier, needed, assignments });
    }
    Ok(())
}

/// A reason with words in it.
pub(crate) fn reasoned(rules: &Rules, reason: &str) -> Result<String, Refusal> {
    let most = rules.bounds.text_chars;
    let reason = reason.trim();
    if words::is_text(reason, most) { Ok(reason.to_owned()) } else { Err(Refusal::NoReason { most }) }
}
