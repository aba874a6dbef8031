//! The one engine of the process.
//!
//! What a component may be made of is decided here, once: core WebAssembly with SIMD as the usual toolchains emit it, and nothing
//! that plugins do not need. Every feature that is off is compiler and runtime code that a hostile component cannot reach. Floating
//! point is canonical, so that a replay computes the same bits.

use std::{io, sync::Arc};

use wasmtime::{Config, Engine, WasmBacktraceDetails, component::Linker};

use crate::{Component, LoadError, host, state::State, ticker, wasi};

/// Compiles components and calls them. Cheap to clone; one per process is enough.
#[derive(Clone)]
pub struct Runtime(Arc<Inner>);

struct Inner {
    engine: Engine,
    linker: Linker<State>,
}

/// The engine did not start: this machine, or this build, cannot run WebAssembly.
#[derive(Debug, thiserror::Error)]
pub enum StartError {
    /// The engine refused its configuration.
    #[error("the WebAssembly engine does not start: {0}")]
    Engine(String),
    /// The thread that counts CPU time did not start.
    #[error("the thread that counts CPU time does not start")]
    Ticker(#[source] io::Error),
}

impl Runtime {
    /// Start the engine and the thread that counts CPU time; both end with the last clone.
    pub fn new() -> Result<Self, StartError> {
        let fault = |error: wasmtime::Error| StartError::Engine(format!("{error:#}"));
        let engine = Engine::new(&config()).map_err(fault)?;
        let mut linker = Linker::new(&engine);
        wasi::add_to_linker(&mut linker).map_err(fault)?;
        host::add_to_linker(&mut linker).map_err(fault)?;
        ticker::start(&engine).map_err(StartError::Ticker)?;
        Ok(Runtime(Arc::new(Inner { engine, linker })))
    }

    /// Compile a component and check that it can be linked. Takes CPU time in proportion to its size and blocks: off the async
    /// threads, please. The bytes must come from the operator or from a verified package, never from a model.
    pub fn compile(&self, bytes: &[u8]) -> Result<Component, LoadError> {
        Component::compile(&self.0.engine, &self.0.linker, bytes)
    }

    pub(crate) fn engine(&self) -> &Engine {
        &self.0.engine
    }

    /// A component that is linked and not checked.
    #[cfg(test)]
    pub(crate) fn link(&self, bytes: &[u8]) -> wasmtime::component::InstancePre<State> {
        let component = wasmtime::component::Component::new(&self.0.engine, bytes).unwrap();
        self.0.linker.instantiate_pre(&component).unwrap()
    }
}

fn config() -> Config {
    let mut config = Config::new();
    config
        .epoch_interruption(true)
        .cranelift_nan_canonicalization(true)
        .wasm_relaxed_simd(false)
        .wasm_memory64(false)
        .wasm_multi_memory(false)
        .wasm_tail_call(false)
        // The contracts are synchronous; without concurrent tasks in one store a call costs a third.
        .concurrency_support(false)
        // Otherwise an environment variable would decide, and file names of an author's machine could reach a message.
        .wasm_backtrace_details(WasmBacktraceDetails::Disable);
    config
}
