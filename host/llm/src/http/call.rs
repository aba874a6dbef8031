//! One call: a loop of requests, each let through by the gate and announced before it leaves.
//!
//! A failed one is repeated without, or with another spelling of, a field that the server said it does not take; else as the
//! [`RetryPolicy`](crate::RetryPolicy) decides. What a server sends is read tolerantly; what is lost is never made up: an answer
//! without an end is [`Finish::Broken`](crate::Finish::Broken).

use std::time::Duration;

use super::{Exchange, Failed, Passage, Protocol, estimate_prompt};
use crate::{
    Error, Outcome, Reply, Request, Wire,
    retry::{Decision, Jitter},
};

/// Ask over this protocol.
///
/// # Errors
/// [`Error`], after the retries.
pub(crate) async fn complete<P: Protocol>(
    protocol: &P,
    request: &Request,
    wire: &dyn Wire,
) -> Result<Reply, Error> {
    let endpoint = protocol.endpoint();
    let tokens = estimate_prompt(request).saturating_add(request.max_tokens.into());
    let mut dialect = protocol.first_dialect(request);
    let mut jitter = Jitter::new(request.facts.turn_seed, request.facts.call);
    let mut failures = 0;
    let mut n = 0;
    let mut last: Option<Failed> = None;
    loop {
        n += 1;
        let passage = match Passage::enter(endpoint.gate.as_ref(), tokens).await {
            Ok(passage) => passage,
            Err(closed) => return Err(shut(&endpoint.name, closed, last)),
        };
        if let Err(stopped) = wire.before_request(n).await {
            passage.left(Outcome::NotSent);
            return Err(stopped.into());
        }
        let failed = match (Exchange { protocol, request, wire, n }).run(dialect).await {
            Ok((answer, finish)) => {
                protocol.remember(request, dialect);
                let reply = answer.into_reply(finish, request);
                passage.left(outcome_of(&reply));
                return Ok(reply);
            }
            Err(failed) => failed,
        };
        passage.left(failed.outcome());
        match failed.is_free() {
            true => wire.request_refused(n, &failed.reason),
            false => wire.request_failed(n, &failed.reason),
        }
        let other = failed.complaint.as_ref().and_then(|said| protocol.after(dialect, request, said));
        if let Some(other) = other {
            tracing::debug!(provider = endpoint.name, ?other, "asking in another dialect");
            dialect = other;
            continue;
        }
        failures += 1;
        match endpoint.retry.decide(failures, failed.cause, failed.hints, jitter.next()) {
            Decision::Retry(after) => back_off(after).await,
            Decision::GiveUp(note) => return Err(failed.into_error(&endpoint.name, note)),
        }
        last = Some(failed);
    }
}

/// The gate let a repetition not pass: what failed before says more than the gate does.
fn shut(provider: &str, closed: Error, last: Option<Failed>) -> Error {
    match last {
        Some(failed) if !matches!(closed, Error::Stopped(_)) => {
            failed.into_error(provider, Some(format!("not asked again: {closed}")))
        }
        _ => closed,
    }
}

fn outcome_of(reply: &Reply) -> Outcome {
    match reply.finish {
        crate::Finish::Broken => Outcome::Lost,
        _ => Outcome::Answered { tokens: reply.usage.input_tokens.saturating_add(reply.usage.output_tokens) },
    }
}

#[allow(clippy::disallowed_methods, reason = "the back-off before a retry is the one wait that is a sleep")]
async fn back_off(after: Duration) {
    tokio::time::sleep(after).await;
}
