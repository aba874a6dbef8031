//! What an answer costs, and what it can cost at worst.

use amatelier_llm::{Billing, Rate, Reply, Request, estimate_tokens};
use amatelier_types::{MicroUsd, Usage};

use crate::{
    answering::Answering,
    cover::{Took, Worst},
};

/// The most that one request may take: every prompt token at the dearest rate, and the longest answer that is asked for.
pub(crate) fn worst(request: &Request, answering: &Answering) -> Worst {
    let (input, output) = (u64::from(prompt_tokens(request)), u64::from(request.max_tokens));
    let cost = is_paid(answering).then(|| answering.rate.counted().worst(input, output));
    Worst { tokens: input.saturating_add(output), cost }
}

/// What an answer took.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Bill {
    /// As it is shown: with its cost, where that is known.
    pub usage: Usage,
    /// Prompt and answer together.
    pub tokens: u64,
    /// As it counts against caps: where nobody knows the price, at the dearest there is.
    pub cost: MicroUsd,
}

impl Bill {
    pub(crate) fn took(&self) -> Took {
        Took::Known { tokens: self.tokens, cost: self.cost }
    }

    /// What is known of the cost.
    pub(crate) fn known_cost(&self) -> Option<MicroUsd> {
        (self.usage.unpriced == 0).then_some(self.usage.cost)
    }
}

/// What an answer took.
pub(crate) fn bill(reply: &Reply, answering: &Answering) -> Bill {
    let mut usage = reply.usage;
    let tokens = usage.input_tokens.saturating_add(usage.output_tokens);
    let cost = match (is_paid(answering), reply.billed, answering.rate) {
        (false, ..) => MicroUsd(0),
        // Whoever sends the bill knows best.
        (true, Some(billed), _) => billed,
        (true, None, rate) => rate.counted().cost(&usage),
    };
    match (is_paid(answering), reply.billed, answering.rate) {
        (true, None, Rate::Unknown(_)) => usage.unpriced = 1,
        _ => usage.cost = cost,
    }
    Bill { usage, tokens, cost }
}

fn is_paid(answering: &Answering) -> bool {
    answering.provider.billing() != Billing::Free
}

/// An estimate of what a request's prompt takes.
fn prompt_tokens(request: &Request) -> u32 {
    let said = request
        .messages
        .iter()
        .flat_map(|turn| turn.calls.iter().map(|call| call.arguments.as_str()).chain([turn.text.as_str()]));
    let schema = request.schema.as_ref().map(ToString::to_string).unwrap_or_default();
    let tools =
        request.tools.iter().map(|tool| format!("{} {} {}", tool.name, tool.description, tool.parameters));
    let rest: Vec<String> = tools.chain([schema]).collect();
    let texts = said.chain([request.system.as_str()]).chain(rest.iter().map(String::as_str));
    texts.map(estimate_tokens).fold(0, u32::saturating_add)
}
