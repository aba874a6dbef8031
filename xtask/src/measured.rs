//! One program, run and measured.
//!
//! The system adds up what all children of a process took and keeps the largest memory of any of them. So each program that is measured
//! is the only child of a process of its own, which is this one, started again.

use std::{
    error::Error,
    path::Path,
    process::{Command, ExitCode},
    time::{Duration, Instant},
};

/// How the line begins that tells.
const HEAD: &str = "measured";

/// What a program took.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Took {
    /// From its start to its end.
    pub(crate) wall: Duration,
    /// CPU time, in it and in the system for it.
    pub(crate) cpu: Duration,
    /// The most memory it had.
    pub(crate) peak_bytes: u64,
}

/// Run a program to its end; its outputs are ours, and so is its exit code.
pub(crate) fn run(program: &Path, arguments: &[String]) -> Result<ExitCode, Box<dyn Error>> {
    let begun = Instant::now();
    let status = Command::new(program).args(arguments).status()?;
    let wall = begun.elapsed();
    let (cpu, peak_bytes) = of_children()?;
    eprintln!("{HEAD} {} {} {peak_bytes}", wall.as_micros(), cpu.as_micros());
    Ok(status.code().and_then(|code| u8::try_from(code).ok()).map_or(ExitCode::FAILURE, ExitCode::from))
}

/// What [`run`] told on stderr.
pub(crate) fn read(stderr: &str) -> Option<Took> {
    let line = stderr.lines().rev().find_map(|line| line.strip_prefix(HEAD))?;
    let numbers: Result<Vec<u64>, _> = line.split_whitespace().map(str::parse).collect();
    let [wall, cpu, peak_bytes] = *numbers.ok()? else { return None };
    Some(Took { wall: Duration::from_micros(wall), cpu: Duration::from_micros(cpu), peak_bytes })
}

#[cfg(unix)]
fn of_children() -> Result<(Duration, u64), Box<dyn Error>> {
    use nix::sys::{
        resource::{UsageWho, getrusage},
        time::TimeValLike as _,
    };

    let usage = getrusage(UsageWho::RUSAGE_CHILDREN)?;
    let micros = usage.user_time().num_microseconds() + usage.system_time().num_microseconds();
    // The BSDs and macOS differ in the unit.
    let unit = if cfg!(target_os = "macos") { 1 } else { 1024 };
    Ok((Duration::from_micros(u64::try_from(micros)?), u64::try_from(usage.max_rss())? * unit))
}

#[cfg(not(unix))]
fn of_children() -> Result<(Duration, u64), Box<dyn Error>> {
    Ok((Duration::ZERO, 0))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_told_can_be_read() {
        let took =
            Took { wall: Duration::from_micros(1_500), cpu: Duration::from_micros(700), peak_bytes: 4_096 };
        assert_eq!(read("digest: d.json\nmeasured 1500 700 4096\n"), Some(took));
        assert_eq!(read("measured 1500\n"), None);
        assert_eq!(read(""), None);
    }
}
