//! How soon the program is there.

use std::{
    error::Error,
    time::{Duration, Instant},
};

use super::{
    built::Built,
    house::House,
    row::{Durability, Goal, Row, Unit},
    samples::Samples,
};

/// How a contribution shows on stderr.
pub(super) const CONTRIBUTION: &str = " words  ";

pub(crate) fn start(built: &Built) -> Result<Vec<Row>, Box<dyn Error>> {
    let house = House::warm(&built.amatelier)?;
    let row = |name, times: Vec<Duration>, goal, durability| -> Result<Row, Box<dyn Error>> {
        let samples = Samples::of_times(times).ok_or("nothing was started")?;
        let beside = format!("p99 {:.1} ms", samples.p99() * 1e3);
        let (value, unit, goal) = (samples.median() * 1e3, Unit::Milliseconds, Goal::AtMost(goal));
        Ok(Row { name, value, unit, goal, durability, beside })
    };
    let version = (0..50).map(|_| {
        let begun = Instant::now();
        house.args(&["--version"]).run().ok();
        begun.elapsed()
    });
    let first_turn = (0..20).map(|_| {
        let begun = Instant::now();
        let mut running = house.roundtable(3).spawn();
        running.stderr_line_with(CONTRIBUTION);
        let took = begun.elapsed();
        running.kill();
        took
    });
    Ok(vec![
        row("start-version", version.collect(), 15.0, Durability::None)?,
        row("start-first-turn", first_turn.collect(), 120.0, Durability::Power)?,
    ])
}
