//! A debate that pays and costs nothing: aborted for good, or not scored (rules §1 and §3). Nobody is charged; boosts wait again and
//! stakes are given back. One that was merely unscored can be scored later; what was given back then stays where it is.

use amatelier_types::{RoundtableId, Timestamp};

use crate::{
    Category, Cause, Event, Ledger, Posting, Refusal, SittingState, Venture, VentureState, VoidReason,
};

impl Ledger {
    /// Give back what a debate took. Nothing where it was given back before.
    ///
    /// # Errors
    /// A debate that nobody entered, or that was settled.
    pub fn void(&self, id: &RoundtableId, reason: VoidReason, at: Timestamp) -> Result<Vec<Event>, Refusal> {
        let sitting = self.sittings.get(id).ok_or_else(|| Refusal::NotEntered(id.clone()))?;
        match sitting.state() {
            SittingState::Settled(_) => return Err(Refusal::AlreadySettled(id.clone())),
            SittingState::Void(_) => return Ok(Vec::new()),
            SittingState::Running => {}
        }
        let staked: Vec<&Venture> = self
            .ventures
            .iter()
            .filter(|venture| venture.roundtable == *id && venture.state == VentureState::Pending)
            .collect();
        let postings = staked.iter().filter(|venture| venture.terms.stake > 0).map(|venture| Posting {
            member: venture.member.clone(),
            amount: venture.terms.stake.into(),
            category: Category::RefundAbortedRt,
            reason: format!("stake of {} given back", venture.id),
            roundtable: Some(id.clone()),
            cause: Cause::stake_back(venture.id),
        });
        Ok(vec![Event::RoundtableVoided {
            roundtable: id.clone(),
            reason,
            boosts: sitting.claims.clone(),
            ventures: staked.iter().map(|venture| venture.id).collect(),
            postings: postings.collect(),
            at,
        }])
    }
}
