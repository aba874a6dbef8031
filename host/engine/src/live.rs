//! A provider as a turn may ask it: the intent is durable before a request leaves, the answer is on disk (safe from a kill, from a power
//! cut with the next intent) before the component sees it.

use std::sync::Arc;

use amatelier_journal::{Commit, Journal, NewCall, TurnId, Unit};
use amatelier_llm::{CallFacts, Request};
use amatelier_runtime::{ModelError, Patience, Suspended};
use amatelier_types::MemberName;
use tracing::Instrument as _;

use crate::{
    OnUncertain, Watcher,
    answering::{Answering, Labels, Rates},
    bill,
    calls::Calls,
    clock,
    cover::Took,
    failpoint,
    inquiry::Inquiry,
    meter::{Meter, UnderWay},
    models,
    recorded::RecordedAnswer,
    wire::{CallWire, outcome},
};

/// What it takes to ask a provider.
pub(crate) struct Live {
    pub journal: Journal,
    pub turn: TurnId,
    pub action: String,
    pub calls: Arc<Calls>,
    /// Whoever answers where the asker names no label.
    pub own: Answering,
    pub labels: Labels,
    /// What whoever answers instead of somebody else charges.
    pub rates: Rates,
    pub facts: CallFacts,
    pub member: MemberName,
    pub watcher: Arc<dyn Watcher>,
    pub meter: Arc<Meter>,
    pub on_uncertain: OnUncertain,
    /// How long the turn may take.
    pub patience: Patience,
}

impl Live {
    /// Who answers under a label.
    pub(crate) fn answering(&self, label: Option<&str>) -> Answering {
        label.map_or_else(|| self.own.clone(), |label| (self.labels)(label))
    }

    /// Who is to answer, and what it is asked.
    pub(crate) fn request(&self, what: Inquiry, call: u32) -> Result<(Answering, Request), ModelError> {
        let facts = CallFacts { call, ..self.facts.clone() };
        let answering = self.answering(what.model.as_deref());
        let request = models::request(what, &answering, facts)?;
        Ok((answering, request))
    }

    /// Ask, and write the answer down.
    pub(crate) async fn ask(
        &self,
        answering: &Answering,
        request: &Request,
        call: NewCall,
        visible: bool,
    ) -> Result<RecordedAnswer, Suspended> {
        let key = call.key;
        let wire = CallWire::new(self, answering, request, call, visible);
        let span = tracing::info_span!("call", ordinal = key.ordinal, model = %request.model);
        let mut replied = answering.provider.complete(request, &wire).instrument(span).await;
        failpoint::here("before-answer");
        let took = match &mut replied {
            Ok(reply) => {
                let bill = bill::bill(reply, &wire.terms(), &self.rates);
                reply.usage = bill.usage;
                Some((outcome(reply.finish.name(), bill.usage, bill.known_cost()), bill.took))
            }
            Err(_) => None,
        };
        let closed = wire.close();
        let answer = RecordedAnswer::of(replied)?;
        let bytes = serde_json::to_vec(&answer).map_err(|error| Suspended(error.to_string()))?;
        // Where nothing left the host the turn goes on from this answer all the same: a replay has to find it, though what refused the
        // request may not refuse it then.
        let mut unit = closed.unwritten.into_iter().fold(Unit::new(), Unit::call);
        let mut settled: Option<(UnderWay<'_>, Took)> = None;
        if let (Some((request, under_way)), Some((outcome, took))) = (closed.last, took) {
            unit = unit.outcome(request, outcome, under_way.charges(took));
            settled = Some((under_way, took));
        }
        let written = self.journal.write(unit.answer(key, bytes, clock::now()), Commit::NoFsync).await;
        written.map_err(|error| Suspended(error.to_string()))?;
        if let Some((under_way, took)) = settled {
            under_way.settle(took);
        }
        failpoint::here("after-answer");
        Ok(answer)
    }
}
