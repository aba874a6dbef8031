//! What one store holds: the call, and what was counted while it ran.

use std::{collections::BTreeMap, time::Duration};

use amatelier_types::Capability;
use wasmtime::component::ResourceTable;
use wasmtime_wasi::WasiCtx;

use crate::{
    Call, Record,
    cpu::Cpu,
    halt::Halt,
    limiter::Limiter,
    log_book::LogBook,
    random::{Dice, SeededRandom},
    stopwatch::Stopwatch,
    wasi,
};

pub(crate) struct State {
    pub(crate) call: Call,
    pub(crate) wasi: WasiCtx,
    pub(crate) table: ResourceTable,
    pub(crate) random: SeededRandom,
    pub(crate) dice: Dice,
    pub(crate) limiter: Limiter,
    pub(crate) cpu: Cpu,
    pub(crate) log: LogBook,
    pub(crate) model_calls: u32,
    pub(crate) lookups: u32,
    pub(crate) purchases: u32,
    /// A request is with the models' port right now.
    pub(crate) model_in_flight: bool,
    /// What the host last could not, or would not, do for the guest.
    pub(crate) trouble: Trouble,
    pub(crate) denied: Vec<String>,
    /// How long the ports were at work for the call.
    pub(crate) ports: Stopwatch,
    pub(crate) notes: BTreeMap<String, Option<Vec<u8>>>,
}

/// The host's part in an error that a guest returns.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Trouble {
    /// None: the error is the guest's own.
    None,
    /// The last function that needs a grant was refused.
    Denied(&'static str),
    /// The last answer of a model was that there is none to be had.
    ModelDown(String),
}

impl State {
    pub(crate) fn new(call: Call) -> Self {
        let log = LogBook::new(&call.limits);
        let mut table = ResourceTable::new();
        table.set_max_capacity(call.limits.handles);
        State {
            wasi: wasi::context(call.now, &log),
            table,
            random: SeededRandom::new(call.seed, call.limits.random_bytes),
            dice: Dice::new(call.seed),
            limiter: Limiter::new(call.limits.clone()),
            cpu: Cpu::new(&call.limits),
            log,
            model_calls: 0,
            lookups: 0,
            purchases: 0,
            model_in_flight: false,
            trouble: Trouble::None,
            denied: Vec::new(),
            ports: Stopwatch::default(),
            notes: BTreeMap::new(),
            call,
        }
    }

    /// Whether a capability is granted; using it successfully ends an earlier refusal's part in what follows.
    pub(crate) fn is_granted(&mut self, capability: Capability) -> bool {
        let granted = self.call.granted.contains(&capability);
        if granted && matches!(self.trouble, Trouble::Denied(_)) {
            self.trouble = Trouble::None;
        }
        granted
    }

    /// A function was refused: `interface.function`.
    pub(crate) fn deny(&mut self, function: &'static str) {
        let denied = wit_name(function);
        if !self.denied.contains(&denied) {
            self.denied.push(denied);
        }
        // A provider that is down explains more than a refusal after it.
        if !matches!(self.trouble, Trouble::ModelDown(_)) {
            self.trouble = Trouble::Denied(function);
        }
    }

    /// Stop a guest that passes more to a function than a call may.
    pub(crate) fn accept<'a>(
        &self,
        function: &str,
        texts: impl IntoIterator<Item = &'a str>,
    ) -> wasmtime::Result<()> {
        let bytes: usize = texts.into_iter().map(str::len).sum();
        let limit = self.call.limits.returned_bytes;
        if bytes > limit {
            return Err(Halt::limit(format!("it passed {bytes} bytes to {function}, the most is {limit}")));
        }
        Ok(())
    }

    /// What is left when the call is over.
    pub(crate) fn into_record(self) -> Record {
        Record {
            log: self.log.close(),
            backtrace: Vec::new(),
            cpu_ticks: self.cpu.spent_ticks(),
            inside: Duration::ZERO,
            peak_memory_bytes: self.limiter.peak_memory_bytes(),
            model_calls: self.model_calls,
            denied: self.denied,
            notes: self.notes,
        }
    }
}

/// A function with the package of its interface, as `wit/` names it: `amatelier:llm/llm.complete`.
fn wit_name(function: &str) -> String {
    let package = match function.split_once('.').map_or(function, |(interface, _)| interface) {
        "market" | "sparks" => "economy",
        "notebook" => "member",
        interface => interface,
    };
    format!("amatelier:{package}/{function}")
}
