//! The operator's queue: requests are fulfilled or closed. They grow old when debates are settled (see `settle.rs`).

use amatelier_types::{Sparks, Timestamp};

use crate::{
    Category, Cause, Event, Installed, Ledger, Posting, Refusal, Request, RequestId, RequestState, Rules,
    operator::reasoned,
};

impl Ledger {
    /// Requests that wait, oldest first.
    pub fn open_requests(&self) -> impl Iterator<Item = &Request> {
        self.requests().iter().filter(|request| request.state == RequestState::Open)
    }

    /// Fulfil a request, with a skill if that is what was asked for: the member has it from then on, in a slot if one is free.
    ///
    /// # Errors
    /// A request that is unknown or not open; no words about what was done; a skill that nobody teaches or that the member has.
    pub fn fulfil_request(
        &self,
        rules: &Rules,
        installed: &Installed,
        id: RequestId,
        note: &str,
        skill: Option<&str>,
        at: Timestamp,
    ) -> Result<Vec<Event>, Refusal> {
        let request = self.open_request(id)?;
        let account = self.known(&request.member)?;
        let note = reasoned(rules, note)?;
        let mut equipped = Vec::new();
        if let Some(skill) = skill {
            if !installed.skills.contains(skill) {
                return Err(Refusal::NoSuchSkill(crate::words::excerpt(skill, rules.bounds.id_chars)));
            }
            if account.has_skill(skill) {
                return Err(Refusal::AlreadyOwned { member: request.member.clone(), item: skill.to_owned() });
            }
            equipped = account.fitting(&[skill.to_owned()], rules);
        }
        Ok(vec![Event::RequestFulfilled { request: id, note, skill: skill.map(str::to_owned), equipped, at }])
    }

    /// Close a request that will not be fulfilled; what was paid for it is given back.
    ///
    /// # Errors
    /// A request that is unknown or not open; no reason.
    pub fn close_request(
        &self,
        rules: &Rules,
        id: RequestId,
        reason: &str,
        at: Timestamp,
    ) -> Result<Vec<Event>, Refusal> {
        let request = self.open_request(id)?;
        let reason = reasoned(rules, reason)?;
        let posting = Posting {
            member: request.member.clone(),
            amount: request.paid,
            category: Category::StoreRefund,
            reason: format!("{id} closed: {reason}"),
            roundtable: None,
            cause: Cause::refund(id),
        };
        let postings = Some(posting).filter(|posting| posting.amount != Sparks::ZERO).into_iter().collect();
        Ok(vec![Event::RequestClosed { request: id, reason, postings, at }])
    }

    fn open_request(&self, id: RequestId) -> Result<&Request, Refusal> {
        let request = self.request(id).ok_or(Refusal::UnknownRequest(id))?;
        if request.state == RequestState::Open { Ok(request) } else { Err(Refusal::RequestOver(id)) }
    }
}
