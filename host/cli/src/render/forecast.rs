//! What a debate would take at most, for people.

use std::fmt::Write as _;

use amatelier_engine::{Forecast, Planned, SpentBy};
use amatelier_types::MicroUsd;

use super::{cost, line, prose, width};

// Writing to a String cannot fail, so the results below are dropped.

/// The schedule, what each model takes, and what that means for the caps.
pub(crate) fn forecast(forecast: &Forecast) -> String {
    let mut text = format!("{}\n\n", line(&forecast.topic, width()));
    let _ = writeln!(
        text,
        "{:16}  {:>5}  {:>8}  {:>14}  {:>10}  {:>9}  {:>11}",
        "phase", "turns", "requests", "longest prompt", "tokens in", "out", "at most"
    );
    for planned in &forecast.schedule {
        let _ = writeln!(text, "{}", row(planned));
    }
    let _ = write!(text, "\n{}", cost::cost(SpentBy::Model, &forecast.models, &forecast.total));
    let _ = writeln!(text, "\n{}", prose(&verdict(forecast)).trim_end());
    for notice in &forecast.notices {
        let _ = writeln!(text, "note: {}", line(notice, 400));
    }
    text
}

fn row(planned: &Planned) -> String {
    let Planned { place, turns, requests, longest_prompt, input_tokens, output_tokens, .. } = planned;
    let cost = cost::money(planned.cost_microusd, u64::from(planned.unpriced));
    format!(
        "{:16}  {turns:>5}  {requests:>8}  {longest_prompt:>14}  {input_tokens:>10}  {output_tokens:>9}  {cost:>11}",
        line(place, 16)
    )
}

fn verdict(forecast: &Forecast) -> String {
    let total = &forecast.total;
    let tokens = total.input_tokens.saturating_add(total.output_tokens);
    let what = match (total.cost_microusd, total.unpriced) {
        (MicroUsd(0), 0) => format!("At most {tokens} tokens, and nothing to pay"),
        (cost, 0) => format!("At most {cost} for {tokens} tokens"),
        (..) => format!(
            "At most {tokens} tokens, for which the caps would count {}: some at prices that nobody here knows",
            forecast.counted_microusd
        ),
    };
    let mut text = format!(
        "{what} (seed {}): every round is held, every answer is as long as it may be, every budget is used up. Nothing was asked.",
        forecast.seed.0
    );
    if let Some(most) = forecast.caps.max_cost.filter(|most| forecast.counted_microusd > *most) {
        let _ = write!(text, " The cap of {most} (--max-cost) may be reached: the debate would wait there.");
    }
    if forecast.caps.max_tokens.is_some_and(|most| tokens > most) {
        let _ = write!(
            text,
            " The cap of {} tokens may be reached: the debate would wait there.",
            forecast.caps.max_tokens.unwrap_or_default()
        );
    }
    text
}
