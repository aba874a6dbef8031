//! How a call ended.

use std::{collections::BTreeMap, time::Duration};

use amatelier_types::Failure;

/// A result, or why there is none, with what happened on the way.
#[derive(Clone, Debug)]
pub struct Ended<T> {
    /// What the component returned. Sizes are checked; names, axes and values in it are not.
    pub result: Result<T, Stop>,
    /// What happened on the way, also when there is no result.
    pub record: Record,
}

/// Why there is no result.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Stop {
    /// The call failed; one of the five kinds.
    Failed(Failure),
    /// The debate was suspended while the call ran: nothing happened, and the call will be made again. Says why.
    Suspended(String),
}

/// What a call did besides its result.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Record {
    /// Lines for the plugin's author, oldest first: its log, and what it wrote to stdout and stderr. Untrusted text.
    pub log: Vec<LogLine>,
    /// Where in the guest a trap happened, innermost first: names of functions without those of Rust's own library. The guest chose them, so
    /// they are for its author and never for a transcript. Untrusted text, one line each.
    pub backtrace: Vec<String>,
    /// CPU time spent inside the guest, in ticks of [`Limits::TICK_MS`](crate::Limits::TICK_MS).
    pub cpu_ticks: u64,
    /// How long its own code was at work, without waiting for models, lookups, purchases and its thread.
    pub inside: Duration,
    /// The most memory it held at once, all linear memories together.
    pub peak_memory_bytes: u64,
    /// Requests that went to the models' port.
    pub model_calls: u32,
    /// Functions that were refused, each once, in the order of the first refusal, as `wit/` names them: `amatelier:llm/llm.complete`.
    pub denied: Vec<String>,
    /// What it wrote into its notebook; `None` is a removed note. To be kept only when the turn commits.
    pub notes: BTreeMap<String, Option<Vec<u8>>>,
}

impl Record {
    /// This and what a later call of the same turn did, as one.
    #[must_use]
    pub fn then(mut self, later: Record) -> Record {
        self.log.extend(later.log);
        self.backtrace.extend(later.backtrace);
        self.cpu_ticks += later.cpu_ticks;
        self.inside += later.inside;
        self.peak_memory_bytes = self.peak_memory_bytes.max(later.peak_memory_bytes);
        self.model_calls += later.model_calls;
        let fresh = later.denied.into_iter().filter(|function| !self.denied.contains(function));
        let fresh: Vec<_> = fresh.collect();
        self.denied.extend(fresh);
        self.notes.extend(later.notes);
        self
    }
}

/// One line for the plugin's author.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LogLine {
    /// How loud.
    pub level: LogLevel,
    /// The line. Untrusted text.
    pub text: String,
}

/// How loud a line is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum LogLevel {
    /// For the author at work.
    Debug,
    /// Worth knowing; stdout is taken as this.
    Info,
    /// Something was worked around.
    Warn,
    /// Something failed; stderr is taken as this.
    Error,
}

impl LogLevel {
    /// The name used in WIT and JSON.
    pub fn name(self) -> &'static str {
        match self {
            LogLevel::Debug => "debug",
            LogLevel::Info => "info",
            LogLevel::Warn => "warn",
            LogLevel::Error => "error",
        }
    }
}
