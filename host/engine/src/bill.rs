//! What an answer costs, and what it can cost at worst.

use amatelier_llm::{Billing, Finish, Price, Rate, Reply, Request, estimate_tokens};
use amatelier_types::{MicroUsd, Usage};

use crate::{
    answering::{Answering, Rates},
    cover::{Took, Worst},
};

/// On which terms somebody answers.
#[derive(Clone, Debug)]
pub(crate) struct Terms {
    pub provider: String,
    pub model: String,
    pub billing: Billing,
}

/// The most that one request may take: every prompt token at the dearest rate, and the longest answer that is asked for.
pub(crate) fn worst(request: &Request, terms: &Terms, rates: &Rates) -> Worst {
    let (input, output) = (u64::from(prompt_tokens(request)), u64::from(request.max_tokens));
    let cost = terms.is_paid().then(|| terms.rate(rates, input).counted().worst(input, output));
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
    /// What its outcome charges.
    pub took: Took,
}

impl Bill {
    /// What is known of the cost.
    pub(crate) fn known_cost(&self) -> Option<MicroUsd> {
        (self.usage.unpriced == 0).then_some(self.usage.cost)
    }
}

/// What an answer took.
pub(crate) fn bill(reply: &Reply, terms: &Terms, rates: &Rates) -> Bill {
    let mut usage = reply.usage;
    let tokens = usage.input_tokens.saturating_add(usage.output_tokens);
    // Long prompts may cost more by the token.
    let rate = terms.rate(rates, usage.input_tokens);
    let cost = match (terms.is_paid(), reply.billed, rate) {
        (false, ..) => MicroUsd(0),
        // Whoever sends the bill knows best.
        (true, Some(billed), _) => billed,
        (true, None, rate) => rate.counted().cost(&usage),
    };
    match (terms.is_paid(), reply.billed, rate) {
        (true, None, Rate::Unknown(_)) => usage.unpriced = 1,
        _ => usage.cost = cost,
    }
    // What broke off was not counted to its end: nobody knows for how long it went on at the other end.
    let took = match (reply.finish, terms.is_paid(), reply.billed) {
        (Finish::Broken, true, None) => {
            (usage.cost, usage.unpriced) = (MicroUsd(0), 1);
            Took::Unknown
        }
        _ => Took::Known { tokens, cost },
    };
    Bill { usage, tokens, cost, took }
}

impl Terms {
    /// Those of whoever is asked.
    pub(crate) fn of(answering: &Answering) -> Self {
        // A provider with others to turn to is as dear as the dearest of them; the one that is asked first may be free.
        let billing = match answering.rate.known() {
            Some(Price::FREE) => Billing::Free,
            _ => answering.provider.billing(),
        };
        let provider = answering.provider.name().to_owned();
        Terms { provider, model: answering.model.clone(), billing }
    }

    fn rate(&self, rates: &Rates, prompt_tokens: u64) -> Rate {
        rates(&self.provider, &self.model, self.billing, prompt_tokens)
    }

    fn is_paid(&self) -> bool {
        self.billing != Billing::Free
    }
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

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;

    const DEAR: Price = Price { input: 1_000_000, output: 2_000_000, cached: 0, cache_write: 0 };

    #[test]
    fn what_the_provider_says_that_it_charged_comes_before_what_the_price_list_says() {
        let usage = Usage { calls: 1, input_tokens: 10, output_tokens: 20, ..Usage::default() };
        let reply = |billed| Reply {
            text: String::new(),
            calls: vec![],
            model: "m".into(),
            finish: Finish::Done,
            usage,
            response_id: None,
            billed,
        };
        let (known, unknown) = (Rate::Known(DEAR), Rate::Unknown(DEAR));
        let paid = Some(MicroUsd(7));
        for (billing, rate, billed, counted, shown, unpriced) in [
            (Billing::Metered, known, None, 50, 50, 0),
            (Billing::Subscription, known, None, 50, 50, 0),
            (Billing::Metered, known, paid, 7, 7, 0),
            (Billing::Metered, unknown, None, 50, 0, 1),
            (Billing::Metered, unknown, paid, 7, 7, 0),
            (Billing::Free, unknown, None, 0, 0, 0),
            (Billing::Free, known, paid, 0, 0, 0),
        ] {
            let terms = Terms { provider: "p".into(), model: "m".into(), billing };
            let rates: Rates =
                Arc::new(move |_, _, _, prompt| if prompt == 10 { rate } else { panic!("{prompt}") });
            let bill = bill(&reply(billed), &terms, &rates);
            let row = format!("{billing:?} {rate:?} {billed:?}");
            assert_eq!((bill.tokens, bill.cost), (30, MicroUsd(counted)), "{row}");
            assert_eq!((bill.usage.cost, bill.usage.unpriced), (MicroUsd(shown), unpriced), "{row}");
            assert_eq!(bill.known_cost(), (unpriced == 0).then_some(MicroUsd(shown)), "{row}");
        }
    }
}
