//! Figures taken inside one process, by the benchmarks of the crates.

use std::error::Error;

use super::{
    built::{Bench, Built},
    row::{Durability, Goal, Row, Unit},
    samples::Samples,
};

/// An almost empty call through the runtime, over one in a plain engine.
pub(crate) fn sandbox(built: &Built) -> Result<Vec<Row>, Box<dyn Error>> {
    let printed = built.bench(Bench::Calls, "sandbox")?;
    let (ours, bare) = (printed.all("ours")?, printed.all("bare")?);
    Ok(vec![Row {
        name: "sandbox",
        value: ours.median() / bare.median(),
        unit: Unit::Times,
        goal: Goal::AtMost(1.25),
        durability: Durability::None,
        beside: format!(
            "ours p50 {:.1} µs, p99 {:.1} µs; bare p50 {:.1} µs, p99 {:.1} µs",
            ours.median() / 1e3,
            ours.p99() / 1e3,
            bare.median() / 1e3,
            bare.p99() / 1e3
        ),
    }])
}

/// Turns beside a guest that loops for ever, over turns without it.
pub(crate) fn neighbours(built: &Built) -> Result<Vec<Row>, Box<dyn Error>> {
    let printed = built.bench(Bench::Calls, "neighbours")?;
    let (quiet, beside) = (printed.all("quiet")?, printed.all("beside")?);
    Ok(vec![Row {
        name: "neighbours",
        value: beside.p99() / quiet.p99(),
        unit: Unit::Times,
        goal: Goal::AtMost(2.0),
        durability: Durability::None,
        beside: format!(
            "quiet p50 {:.0} µs, p99 {:.0} µs; beside a loop p50 {:.0} µs, p99 {:.0} µs",
            quiet.median() / 1e3,
            quiet.p99() / 1e3,
            beside.median() / 1e3,
            beside.p99() / 1e3
        ),
    }])
}

/// A turn, and a late turn over an early one.
pub(crate) fn debate(built: &Built) -> Result<Vec<Row>, Box<dyn Error>> {
    let printed = built.bench(Bench::Debate, "turns")?;
    let turns = printed.all("worker")?;
    let durability = Durability::Process;
    let tenths = |name| -> Result<(f64, f64, f64), Box<dyn Error>> {
        let pairs: Option<Vec<(f64, f64)>> = printed.each(name).map(first_and_last_tenth).collect();
        let pairs = pairs.filter(|pairs| !pairs.is_empty()).ok_or("a debate was too short")?;
        let middle =
            |of: fn(&(f64, f64)) -> f64| Samples::of(pairs.iter().map(of)).map_or(0.0, |all| all.median());
        Ok((middle(|(first, last)| last / first), middle(|(first, _)| *first), middle(|(_, last)| *last)))
    };
    let (late, first, last) = tenths("worker")?;
    let (judge, ..) = tenths("judge")?;
    let grown = printed.each("memory").filter_map(growth);
    let grown = Samples::of(grown).ok_or("the debates told nothing of their memory")?;
    let peak = printed.all("memory")?.quantile(1.0) / f64::from(1 << 20);
    Ok(vec![
        Row {
            name: "turn",
            value: turns.median() / 1e3,
            unit: Unit::Microseconds,
            goal: Goal::AtMost(300.0),
            durability,
            beside: format!("p99 {:.0} µs", turns.p99() / 1e3),
        },
        Row {
            name: "long-debate",
            value: late,
            unit: Unit::Times,
            goal: Goal::Flat(0.1),
            durability,
            beside: format!(
                "mean of the first tenth of 2 000 turns {:.0} µs, of the last {:.0} µs; the judge's {judge:.2} ×",
                first / 1e3,
                last / 1e3
            ),
        },
        Row {
            name: "long-debate-memory",
            value: grown.median(),
            unit: Unit::Times,
            goal: Goal::AtMost(1.1),
            durability,
            beside: format!("growth of the second half over the first; at most {peak:.0} MiB in all"),
        },
    ])
}

/// The means of the first and of the last tenth.
fn first_and_last_tenth(turns: &[f64]) -> Option<(f64, f64)> {
    let tenth = turns.len() / 10;
    let mean = |part: &[f64]| Some(Samples::of(part.iter().copied())?.mean());
    Some((mean(turns.get(..tenth)?)?, mean(turns.get(turns.len() - tenth..)?)?))
}

/// What was added in the second half, over what was in the first.
fn growth(looks: &[f64]) -> Option<f64> {
    let (first, middle, last) = (looks.first()?, looks.get(looks.len() / 2)?, looks.last()?);
    (middle > first).then(|| (last - middle) / (middle - first))
}

/// Durable events through the journal, over bare SQLite.
pub(crate) fn storage(built: &Built) -> Result<Vec<Row>, Box<dyn Error>> {
    let printed = built.bench(Bench::Storage, "")?;
    let events = printed.all("events")?.median();
    let (ours, bare) = (printed.all("ours")?.median() / 1e9, printed.all("bare")?.median() / 1e9);
    let commits = printed.all("commits")?.median();
    Ok(vec![Row {
        name: "storage",
        value: bare / ours,
        unit: Unit::Times,
        goal: Goal::AtLeast(0.8),
        durability: Durability::Power,
        beside: format!(
            "{:.0} durable events a second in {commits:.0} commits; bare SQLite {:.0}",
            events / ours,
            events / bare
        ),
    }])
}
