//! Requests that were in flight when the program died.
//!
//! Nobody knows whether such a request was answered and paid for. In this order: the provider is asked for the answer, where it named
//! one and keeps it; then the operator's policy says what is done. Whatever is done, what the request may have taken stays held until
//! somebody knows better.

use amatelier_debate::PauseReason;
use amatelier_journal::{CallKey, Charge, Commit, RequestKey, StoredCall, Unit};
use amatelier_llm::{LookedUp, Reply, Request};
use amatelier_runtime::Suspended;
use amatelier_types::{MicroUsd, Usage};
use serde::Serialize;

use crate::{
    answering::Answering,
    bill::{self, Terms},
    calls::Calls,
    clock,
    cover::{Counted, money_of},
    live::Live,
    recorded::{COMPLETE, RecordedAnswer},
    wire::outcome,
};

/// What is done about a call whose request was in flight when the program died.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum OnUncertain {
    /// It is asked once more; if that is cut off too, the debate waits.
    #[default]
    ResendOnce,
    /// It is asked once more, however often it was.
    Resend,
    /// The debate waits for its operator.
    Ask,
    /// It is never asked again: the call fails.
    Skip,
}

impl OnUncertain {
    /// Whether the operator has to say what is done about a call that was lost so often.
    fn waits(self, times: u32) -> bool {
        match self {
            OnUncertain::Ask => true,
            OnUncertain::ResendOnce => times > 1,
            OnUncertain::Resend | OnUncertain::Skip => false,
        }
    }
}

/// The outcome of a request that was paid for and whose answer is gone begins so.
const LOST: &str = "lost: ";

/// What earlier attempts at one call left without an answer.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Lost {
    /// How often the call was lost.
    pub times: u32,
    /// The call as it was lost last.
    pub last: Option<CallKey>,
    /// Requests of which nobody knows what became of them.
    pub requests: Vec<LostRequest>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct LostRequest {
    key: RequestKey,
    provider: String,
    model: String,
    response_id: Option<String>,
    reserved: Option<MicroUsd>,
}

impl Lost {
    /// A call without an answer.
    pub(crate) fn add(&mut self, call: &StoredCall) {
        let is_lost = |name: &str| name.starts_with(LOST);
        let open = |request: &&amatelier_journal::StoredRequest| request.outcome.is_none();
        let gone = call.requests.iter().any(|request| match &request.outcome {
            None => true,
            Some(outcome) => is_lost(&outcome.name),
        });
        if !gone {
            return;
        }
        self.times += 1;
        self.last = Some(call.key);
        self.requests.extend(call.requests.iter().filter(open).map(|request| LostRequest {
            key: request.intent.key,
            provider: request.intent.provider.clone(),
            model: request.intent.model.clone(),
            response_id: request.response_id.clone(),
            reserved: request.intent.reserved,
        }));
    }
}

/// A call about which the operator has to decide.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct UncertainCall {
    /// The action that made it.
    pub action: String,
    /// Who was asked last.
    pub provider: String,
    /// Its model.
    pub model: String,
    /// How often the call was cut off.
    pub times: u32,
    /// The most that its requests may have cost so far; none where nothing is paid.
    pub reserved: Option<MicroUsd>,
}

/// The calls of actions that a policy does not settle by itself.
pub(crate) fn undecided(
    stored: Vec<StoredCall>,
    policy: OnUncertain,
    is_open: impl Fn(&str) -> bool,
) -> Vec<UncertainCall> {
    let mut actions: Vec<(String, Vec<StoredCall>)> = Vec::new();
    for call in stored.into_iter().filter(|call| call.function == COMPLETE && is_open(&call.action)) {
        match actions.iter_mut().find(|(action, _)| *action == call.action) {
            Some((_, calls)) => calls.push(call),
            None => actions.push((call.action.clone(), vec![call])),
        }
    }
    let mut undecided = Vec::new();
    for (action, calls) in actions {
        for lost in Calls::of(calls).lost().filter(|lost| policy.waits(lost.times)) {
            let last = lost.requests.last();
            undecided.push(UncertainCall {
                action: action.clone(),
                provider: last.map(|request| request.provider.clone()).unwrap_or_default(),
                model: last.map(|request| request.model.clone()).unwrap_or_default(),
                times: lost.times,
                reserved: lost
                    .requests
                    .iter()
                    .filter_map(|request| request.reserved)
                    .reduce(MicroUsd::saturating_add),
            });
        }
    }
    undecided
}

impl Live {
    /// Find out what became of a lost call, or do what the policy says; none when it is to be asked once more.
    ///
    /// # Errors
    /// The debate has to wait for its operator, or the journal cannot be written.
    pub(crate) async fn settle(
        &self,
        lost: &Lost,
        answering: &Answering,
        request: &Request,
    ) -> Result<Option<RecordedAnswer>, Suspended> {
        for one in &lost.requests {
            if let Some(found) = self.look_up(one, answering, request).await? {
                self.watcher.note(&format!(
                    "{}: the answer to a request that was in flight when the program stopped was still to be had",
                    self.action
                ));
                return Ok(Some(found));
            }
        }
        let Some(last) = lost.last else { return Ok(None) };
        if self.on_uncertain.waits(lost.times) {
            let why = self.in_flight(lost);
            self.meter.wait_for(PauseReason::Uncertain(why.clone()));
            return Err(Suspended(why));
        }
        let requests = u32::try_from(lost.requests.len()).unwrap_or(u32::MAX).max(1);
        self.calls.uncertain(requests);
        if self.on_uncertain == OnUncertain::Skip {
            let why = "a request was in flight when the program stopped, and was not asked again";
            self.watcher.note(&format!("{}: {why}", self.action));
            let answer = RecordedAnswer::Unavailable(why.into());
            self.record(Unit::new(), last, &answer).await?;
            return Ok(Some(answer));
        }
        self.calls.resend(requests);
        self.watcher.note(&format!(
            "{}: a request was in flight when the program stopped and is asked once more",
            self.action
        ));
        Ok(None)
    }

    fn in_flight(&self, lost: &Lost) -> String {
        let times = match lost.times {
            1 => String::new(),
            times => format!(", {times} times now"),
        };
        let worst: Option<MicroUsd> =
            lost.requests.iter().filter_map(|request| request.reserved).reduce(MicroUsd::saturating_add);
        let worst = worst.map(|worst| format!(", and may have cost up to {worst}")).unwrap_or_default();
        let action = &self.action;
        format!(
            "{action}: a request was in flight when the program stopped{times}; nobody knows whether it was answered{worst}"
        )
    }

    /// Ask the provider what became of a request.
    async fn look_up(
        &self,
        lost: &LostRequest,
        answering: &Answering,
        request: &Request,
    ) -> Result<Option<RecordedAnswer>, Suspended> {
        let Some(id) = &lost.response_id else { return Ok(None) };
        if lost.provider != answering.provider.name() {
            return Ok(None);
        }
        match answering.provider.look_up(id, request).await {
            LookedUp::Unknown => Ok(None),
            LookedUp::Charged(cost) => {
                let outcome =
                    outcome(&format!("{LOST}paid for, and the answer is gone"), Usage::default(), Some(cost));
                let charges = self.late(lost.key, None, cost)?;
                let unit = Unit::new().outcome(lost.key, outcome, charges);
                let written = self.journal.write(unit, Commit::NoFsync).await;
                written.map_err(|error| Suspended(error.to_string()))?;
                Ok(None)
            }
            LookedUp::Reply(reply) => self.found(lost, *reply, answering).await.map(Some),
        }
    }

    /// An answer that was still to be had is the answer of the call that was lost.
    async fn found(
        &self,
        lost: &LostRequest,
        mut reply: Reply,
        answering: &Answering,
    ) -> Result<RecordedAnswer, Suspended> {
        // Whoever was asked then, not whoever would be asked first now.
        let billing = Terms::of(answering).billing;
        let terms = Terms { provider: lost.provider.clone(), model: lost.model.clone(), billing };
        let bill = bill::bill(&reply, &terms, &self.rates);
        reply.usage = bill.usage;
        let outcome = outcome(reply.finish.name(), bill.usage, bill.known_cost());
        let charges = self.late(lost.key, Some(bill.tokens), bill.cost)?;
        let answer = RecordedAnswer::of(Ok(reply))?;
        self.record(Unit::new().outcome(lost.key, outcome, charges), lost.key.call, &answer).await?;
        Ok(answer)
    }

    /// What a request of an earlier attempt took, charged to the accounts that it holds something of. Where nobody says how many tokens
    /// it took, it took as many as it could.
    fn late(
        &self,
        request: RequestKey,
        tokens: Option<u64>,
        cost: MicroUsd,
    ) -> Result<Vec<Charge>, Suspended> {
        let held = self.journal.holds_of(request).map_err(|error| Suspended(error.to_string()))?;
        let own = money_of(self.meter.debate());
        let mut charges = Vec::new();
        for (account, held) in held {
            let amount = match Counted::by(&account) {
                Counted::Tokens => tokens.unwrap_or(held),
                Counted::Money => cost.0,
            };
            if account == own {
                self.meter.settled_late(MicroUsd(held), cost);
            }
            charges.push(Charge { account, amount });
        }
        Ok(charges)
    }

    async fn record(&self, unit: Unit, call: CallKey, answer: &RecordedAnswer) -> Result<(), Suspended> {
        let bytes = serde_json::to_vec(answer).map_err(|error| Suspended(error.to_string()))?;
        let written = self.journal.write(unit.answer(call, bytes, clock::now()), Commit::NoFsync).await;
        written.map(drop).map_err(|error| Suspended(error.to_string()))
    }
}

#[cfg(test)]
mod tests;
