//! Why bytes do not become a component.

use amatelier_plugins::Disagreements;

/// In plain words for whoever wrote, built or installed it.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum LoadError {
    /// It is larger than the host compiles.
    #[error("it has {bytes} bytes; the host compiles at most {limit}")]
    TooLarge {
        /// Its size.
        bytes: usize,
        /// The most.
        limit: usize,
    },
    /// It is no WebAssembly at all.
    #[error("it is not a WebAssembly file")]
    NotWasm,
    /// It is a core module, not a component.
    #[error(
        "it is a core WebAssembly module, not a component; build it for wasm32-wasip2, or wrap it with `wasm-tools component new`"
    )]
    CoreModule,
    /// It is broken, or holds more than any component needs: found before the compiler sees it.
    #[error("{0}")]
    Refused(String),
    /// The compiler refused it: it is broken, or uses a feature of WebAssembly that is off.
    #[error("it does not compile: {0}")]
    Invalid(String),
    /// It imports what the host does not offer.
    #[error("it imports `{item}` of `{interface}`, which this host does not offer")]
    Import {
        /// The interface with its version.
        interface: String,
        /// The first thing in it that is missing.
        item: String,
    },
    /// It needs or offers contracts that this host does not speak, or offers none that it calls.
    #[error("{0}")]
    Contracts(Disagreements),
    /// It names a contract of the host, but means something else by it.
    #[error("its `{interface}` is not the host's: {reason}")]
    Shape {
        /// The interface with its version.
        interface: String,
        /// What differs.
        reason: String,
    },
}
