//! Whole debates, by the release binary as a user runs it.

use std::{error::Error, time::Duration};

use super::{
    built::Built,
    house::{Held, House},
    machine,
    row::{Durability, Goal, Row, Unit},
    samples::Samples,
};

/// What the host may add to a debate without models, besides the disk.
const OVERHEAD: Duration = Duration::from_millis(60);

/// One figure of the critical path.
struct Path {
    name: &'static str,
    delay_ms: u64,
    rounds: u32,
    repeats: usize,
    goal: Goal,
}

const PATHS: [Path; 4] = [
    Path { name: "critical-path-0", delay_ms: 0, rounds: 3, repeats: 9, goal: Goal::None },
    Path { name: "critical-path-50", delay_ms: 50, rounds: 3, repeats: 5, goal: Goal::None },
    Path { name: "critical-path-200", delay_ms: 200, rounds: 3, repeats: 3, goal: Goal::AtMost(1.03) },
    Path { name: "critical-path-2000", delay_ms: 2_000, rounds: 1, repeats: 1, goal: Goal::AtMost(1.005) },
];

/// Wall time over the time that the answers take one after another.
pub(crate) fn critical_path(
    built: &Built,
    wanted: impl Fn(&str) -> bool,
) -> Result<Vec<Row>, Box<dyn Error>> {
    let house = House::warm(&built.amatelier)?;
    PATHS.iter().filter(|path| wanted(path.name)).map(|path| path.row(built, &house)).collect()
}

impl Path {
    fn row(&self, built: &Built, house: &House) -> Result<Row, Box<dyn Error>> {
        let delay = Duration::from_millis(self.delay_ms);
        let held = held(built, house, delay, self.rounds, self.repeats)?;
        let walls = Samples::of_times(held.iter().map(|held| held.took.wall)).ok_or("no debate")?;
        let calls = held.first().map_or(0, |held| held.calls);
        let many = format!("{calls} calls in a row, wall {:.3} s, of {} runs", walls.median(), held.len());
        let (value, unit, beside) = if delay.is_zero() {
            (walls.median() * 1e3, Unit::Milliseconds, format!("{calls} calls, of {} runs", held.len()))
        } else {
            (walls.median() / (delay.as_secs_f64() * calls as f64), Unit::Times, many)
        };
        Ok(Row { name: self.name, value, unit, goal: self.goal, durability: Durability::Power, beside })
    }
}

fn held(
    built: &Built,
    house: &House,
    delay: Duration,
    rounds: u32,
    times: usize,
) -> Result<Vec<Held>, Box<dyn Error>> {
    (0..times).map(|_| house.hold(&built.amatelier, delay, rounds)).collect()
}

/// Waits for the disk per model call.
pub(crate) fn durable_commits(built: &Built) -> Result<Vec<Row>, Box<dyn Error>> {
    let held = House::warm(&built.amatelier)?.hold(&built.amatelier, Duration::ZERO, 3)?;
    let Held { calls, commits, fsyncs, events, .. } = held;
    // The last one of a debate makes its end durable and belongs to no call.
    let value = fsyncs.saturating_sub(1) as f64 / calls as f64;
    let beside =
        format!("{fsyncs} fsyncs with the one at the end, {commits} commits, {events} events, {calls} calls");
    let (name, unit, goal) = ("durable-commits", Unit::Count, Goal::AtMost(1.0));
    Ok(vec![Row { name, value, unit, goal, durability: Durability::Power, beside }])
}

/// A debate whose model answers at once.
pub(crate) fn overhead(built: &Built) -> Result<Vec<Row>, Box<dyn Error>> {
    let house = House::warm(&built.amatelier)?;
    let (mut debates, mut syncs) = (Vec::new(), Vec::new());
    for _ in 0..9 {
        syncs.push(machine::fsync(&house.folder(), 30)?.mean());
        debates.push(house.hold(&built.amatelier, Duration::ZERO, 3)?);
    }
    let of = |measure: fn(&Held) -> f64| Samples::of(debates.iter().map(measure)).ok_or("no debate");
    let fsync = Samples::of(syncs).ok_or("no fsync")?.median();
    let (wall, cpu) = (of(|held| held.took.wall.as_secs_f64())?, of(|held| held.took.cpu.as_secs_f64())?);
    let memory = of(|held| held.took.peak_bytes as f64)?;
    let fsyncs = of(|held| held.fsyncs as f64)?.median();
    let goal = OVERHEAD.as_secs_f64() + fsyncs * fsync;
    let row = |name, value, unit, goal, beside| {
        let durability = Durability::Power;
        Row { name, value, unit, goal, durability, beside }
    };
    let disk = format!(
        "60 ms + {fsyncs:.0} fsyncs of {:.2} ms; without the disk {:.0} ms",
        fsync * 1e3,
        (wall.median() - fsyncs * fsync) * 1e3
    );
    let memory = memory.median() / f64::from(1 << 20);
    Ok(vec![
        row("overhead-wall", wall.median() * 1e3, Unit::Milliseconds, Goal::AtMost(goal * 1e3), disk),
        row("overhead-cpu", cpu.median() * 1e3, Unit::Milliseconds, Goal::None, "user and system".into()),
        row("overhead-memory", memory, Unit::Mebibytes, Goal::None, "peak".into()),
    ])
}
