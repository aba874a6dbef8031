//! What was spent, for people.

use std::fmt::Write as _;

use amatelier_engine::{Spending, SpentBy};
use amatelier_types::{MicroUsd, Usage};

use super::line;

/// What answers took, on one line: tokens, and money where some was spent.
pub(crate) fn took(usage: &Usage) -> String {
    let tokens = format!("{} tokens in, {} out", usage.input_tokens, usage.output_tokens);
    match (usage.cost, usage.unpriced) {
        (MicroUsd(0), 0) => tokens,
        (cost, 0) => format!("{tokens}, {cost}"),
        (MicroUsd(0), _) => format!("{tokens}, price unknown"),
        (cost, unpriced) => format!("{tokens}, {cost} and {unpriced} of unknown price"),
    }
}

/// A table with a row for each group and their sum.
pub(crate) fn cost(by: SpentBy, rows: &[Spending], total: &Spending) -> String {
    if rows.is_empty() {
        return "no model was asked\n".into();
    }
    let head = match by {
        SpentBy::Member => "member",
        SpentBy::Model => "model",
        SpentBy::Debate => "debate",
        SpentBy::Day => "day (UTC)",
    };
    let names: Vec<String> = rows.iter().map(|row| line(&row.of, 48)).collect();
    let wide = names.iter().map(|name| name.chars().count()).max().unwrap_or_default().max(head.len());
    // Writing to a String cannot fail, so the results below are dropped.
    let mut text = format!(
        "{head:wide$}  {:>8}  {:>10}  {:>8}  {:>9}  {:>12}\n",
        "requests", "tokens in", "cached", "out", "cost"
    );
    for (name, row) in names.iter().zip(rows) {
        let _ = writeln!(text, "{}", cells(name, row, wide));
    }
    if rows.len() > 1 {
        let _ = writeln!(text, "{}", cells("all", total, wide));
    }
    if total.unpriced > 0 {
        let _ = writeln!(
            text,
            "\n+ {} of unknown price: not in the cost, counted against caps at the dearest known price",
            many(total.unpriced, "answer")
        );
    }
    if total.unknown > 0 {
        let _ = writeln!(
            text,
            "\n? {} of unknown outcome: at worst {} more, held against the caps",
            many(total.unknown, "request"),
            total.held_microusd
        );
    }
    text
}

fn cells(name: &str, row: &Spending, wide: usize) -> String {
    let mark = if row.unknown > 0 { "?" } else { "" };
    format!(
        "{name:wide$}  {:>8}  {:>10}  {:>8}  {:>9}  {:>12}{mark}",
        row.requests,
        row.input_tokens,
        row.cached_tokens,
        row.output_tokens,
        money(row.cost_microusd, row.unpriced)
    )
}

/// A cost; `unknown` where nothing of it is known, with a `+` where only some is.
pub(super) fn money(known: MicroUsd, unpriced: u64) -> String {
    match (known, unpriced) {
        (known, 0) => known.to_string(),
        (MicroUsd(0), _) => "unknown".into(),
        (known, _) => format!("{known}+"),
    }
}

fn many(count: u64, what: &str) -> String {
    if count == 1 { format!("1 {what}") } else { format!("{count} {what}s") }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(of: &str, cost: u64, unpriced: u64, unknown: u64) -> Spending {
        Spending {
            of: of.into(),
            requests: 3,
            unknown,
            input_tokens: 1_200,
            output_tokens: 300,
            cached_tokens: 0,
            cost_microusd: MicroUsd(cost),
            unpriced,
            held_microusd: MicroUsd(unknown * 40_000),
        }
    }

    #[test]
    fn a_table_adds_up_and_says_what_it_does_not_know() {
        let rows = [row("elena", 12_300, 0, 1), row("marc\u{1b}[2J", 0, 2, 0)];
        let text = cost(SpentBy::Member, &rows, &Spending::total(&rows));
        insta::assert_snapshot!(text);
    }

    #[test]
    fn money_is_named_where_some_was_spent() {
        let usage = Usage { calls: 1, input_tokens: 10, output_tokens: 5, ..Usage::default() };
        assert_eq!(took(&usage), "10 tokens in, 5 out");
        let paid = Usage { cost: MicroUsd(1_500), ..usage };
        assert_eq!(took(&paid), "10 tokens in, 5 out, $0.0015");
        assert_eq!(took(&Usage { unpriced: 1, ..usage }), "10 tokens in, 5 out, price unknown");
        assert_eq!(
            took(&Usage { unpriced: 1, ..paid }),
            "10 tokens in, 5 out, $0.0015 and 1 of unknown price"
        );
    }
}
