//! When a lookup has to be done.

use std::time::{Duration, Instant};

use crate::Refusal;

/// The end of the time that a lookup has. It is asked for between pieces of work that are small.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Deadline {
    end: Instant,
    time: Duration,
}

/// The time is over.
#[derive(Clone, Copy, Debug)]
pub(crate) struct OutOfTime(Duration);

impl Deadline {
    pub(crate) fn after(time: Duration) -> Self {
        let now = Instant::now();
        Deadline { end: now.checked_add(time).unwrap_or(now), time }
    }

    pub(crate) fn check(&self) -> Result<(), OutOfTime> {
        if Instant::now() < self.end { Ok(()) } else { Err(OutOfTime(self.time)) }
    }
}

impl From<OutOfTime> for Refusal {
    fn from(OutOfTime(time): OutOfTime) -> Self {
        Refusal::TimedOut { seconds: time.as_secs() }
    }
}
