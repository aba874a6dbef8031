//! What advances the epoch.
//!
//! A thread of the operating system rather than a task: when every worker thread of the async runtime is inside a guest, a task would
//! never run, and nothing would stop the guests. It holds the engine weakly and ends with it.

use std::{io, thread, time::Duration};

use wasmtime::Engine;

use crate::Limits;

/// Start ticking for an engine.
pub(crate) fn start(engine: &Engine) -> io::Result<()> {
    let engine = engine.weak();
    let tick = move || {
        while let Some(engine) = engine.upgrade() {
            engine.increment_epoch();
            drop(engine);
            #[allow(
                clippy::disallowed_methods,
                reason = "the epoch ticker: an OS thread with nothing to wait for but time"
            )]
            thread::sleep(Duration::from_millis(Limits::TICK_MS));
        }
    };
    thread::Builder::new().name("amatelier-epoch".into()).spawn(tick).map(drop)
}
