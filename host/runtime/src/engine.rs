//! The one engine of the process.
//!
//! What a component may be made of is decided here, once: core WebAssembly with SIMD as the usual toolchains emit it, and nothing
//! that plugins do not need. Every feature that is off is compiler and runtime code that a hostile component cannot reach. Floating
//! point is canonical, so that a replay computes the same bits.

use std::{io, path::PathBuf, sync::Arc};

use amatelier_plugins::{Package, PackageLimits};
use amatelier_types::Sha256;
use wasmtime::{
    Config, Engine, WasmBacktraceDetails,
    component::{Component as Native, Linker},
};

use crate::{
    Component, LoadError, Stats,
    aot::{AotCache, Found},
    aside::Aside,
    component, failure, host,
    state::State,
    stats::Counters,
    ticker, wasi,
};

/// Compiles components and calls them. Cheap to clone; one per process is enough.
#[derive(Clone)]
pub struct Runtime(Arc<Inner>);

struct Inner {
    engine: Engine,
    linker: Linker<State>,
    cache: Option<AotCache>,
    aside: Aside,
    counters: Counters,
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
        Runtime::start(None)
    }

    /// The same, keeping compiled code in a folder of this user's alone, so that a component that was compiled once is not compiled
    /// again. Nothing is written before a component is compiled. A folder that cannot be used, or is not private, only costs the time.
    pub fn with_cache(folder: PathBuf) -> Result<Self, StartError> {
        Runtime::start(Some(folder))
    }

    fn start(cache: Option<PathBuf>) -> Result<Self, StartError> {
        let fault = |error: wasmtime::Error| StartError::Engine(format!("{error:#}"));
        let engine = Engine::new(&config()).map_err(fault)?;
        let mut linker = Linker::new(&engine);
        wasi::add_to_linker(&mut linker).map_err(fault)?;
        host::add_to_linker(&mut linker).map_err(fault)?;
        ticker::start(&engine).map_err(StartError::Ticker)?;
        let cache = cache.map(|folder| AotCache::new(folder, &engine));
        Ok(Runtime(Arc::new(Inner {
            engine,
            linker,
            cache,
            aside: Aside::new(),
            counters: Counters::default(),
        })))
    }

    /// Compile a component, or find its code in the cache, and check that it can be linked. Compiling takes CPU time in proportion to
    /// its size and blocks: off the async threads, please. The bytes must come from the operator or from a verified package, never
    /// from a model.
    pub fn compile(&self, bytes: &[u8]) -> Result<Component, LoadError> {
        component::check_bytes(bytes)?;
        // Before the cache is asked, because what this host speaks is not what it spoke when the code was kept; and before the compiler, whose
        // own parser follows types within types as deep as they go, on its stack.
        let package = Package::read(bytes, &PackageLimits::default())
            .map_err(|error| LoadError::Refused(failure::one_line(&error.to_string())))?;
        let worlds = package.worlds().map_err(LoadError::Contracts)?;
        let hash = Sha256::of(bytes);
        let Inner { engine, linker, counters, .. } = &*self.0;
        if let Some(native) = self.cached(&hash) {
            return Component::link(linker, hash, &native, &worlds);
        }
        let native = Native::new(engine, bytes)
            .map_err(|error| LoadError::Invalid(failure::one_line(&format!("{error:#}"))))?;
        Counters::one_more(&counters.compiled);
        let component = Component::link(linker, hash, &native, &worlds)?;
        self.keep(&hash, &native);
        Ok(component)
    }

    /// The same for a component that nobody is waiting for: on half of the machine, after those that were asked for before it, and off
    /// the async threads by itself.
    pub async fn compile_aside(&self, bytes: Arc<Vec<u8>>) -> Result<Component, LoadError> {
        let this = self.clone();
        let compiled = self.0.aside.run(move || this.compile(&bytes)).await;
        compiled.unwrap_or_else(|| Err(LoadError::Invalid("the compiler gave up".into())))
    }

    /// Whether the code of a component is in the cache, so that [`Runtime::compile`] would not have to compile it.
    pub fn has_code(&self, hash: &Sha256) -> bool {
        self.0.cache.as_ref().is_some_and(|cache| cache.holds(hash))
    }

    /// How components came to be so far.
    pub fn stats(&self) -> Stats {
        self.0.counters.read()
    }

    fn cached(&self, hash: &Sha256) -> Option<Native> {
        let Inner { engine, cache, counters, .. } = &*self.0;
        match cache.as_ref()?.find(engine, hash) {
            Found::Code(native) => {
                Counters::one_more(&counters.loaded);
                Some(*native)
            }
            Found::Refused => {
                Counters::one_more(&counters.refused);
                None
            }
            Found::Nothing => None,
        }
    }

    fn keep(&self, hash: &Sha256, native: &Native) {
        let Some(cache) = &self.0.cache else { return };
        match cache.keep(hash, native) {
            Ok(()) => Counters::one_more(&self.0.counters.kept),
            Err(error) => {
                tracing::info!(component = hash.short(), %error, "compiled code is not kept");
            }
        }
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
        // What joins the components within a component copies from one memory to another: JavaScript engines come that way, and without
        // this the compiler panics on it. The call's limit counts all memories together.
        .wasm_multi_memory(true)
        .wasm_tail_call(false)
        // The contracts are synchronous; without concurrent tasks in one store a call costs a third.
        .concurrency_support(false)
        // Otherwise an environment variable would decide, and file names of an author's machine could reach a message.
        .wasm_backtrace_details(WasmBacktraceDetails::Disable);
    config
}
