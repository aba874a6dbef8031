//! CPU time inside the guest.
//!
//! A plain deadline would charge a guest for the minutes it waits for a model. So the deadline is always the next tick, and its
//! callback counts: it runs only while guest code runs, and at most once after each return into it, however many ticks passed
//! meanwhile. Each time it also yields, so that a busy guest neither starves the other tasks of its thread nor escapes the wall clock.

use wasmtime::UpdateDeadline;

use crate::{Limits, halt::Halt};

#[derive(Debug)]
pub(crate) struct Cpu {
    spent_ticks: u64,
    limit_ticks: u64,
}

impl Cpu {
    pub(crate) fn new(limits: &Limits) -> Self {
        Cpu { spent_ticks: 0, limit_ticks: limits.cpu_ticks }
    }

    pub(crate) fn spent_ticks(&self) -> u64 {
        self.spent_ticks
    }

    /// A tick passed inside the guest.
    pub(crate) fn tick(&mut self) -> wasmtime::Result<UpdateDeadline> {
        if self.spent_ticks >= self.limit_ticks {
            let limit_ms = self.limit_ticks.saturating_mul(Limits::TICK_MS);
            return Err(Halt::limit(format!("CPU: it computed for more than the {limit_ms} ms of a call")));
        }
        self.spent_ticks += 1;
        Ok(UpdateDeadline::Yield(1))
    }
}
