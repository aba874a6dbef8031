//! The part of WASI 0.2 that a guest's standard library links, and nothing behind it.
//!
//! No environment, no arguments, no preopened directory, an empty stdin. Clocks show the logical time of the debate and stand still
//! during a call; randomness comes from the call's seed; stdout and stderr become lines of the log. Sockets and HTTP are not linked
//! at all: a component that imports them does not load. The interfaces are added one by one rather than with wasmtime-wasi's
//! `add_to_linker_async`, which would bring sockets along.

use std::time::Duration;

use wasmtime::component::{HasSelf, Linker, ResourceTable};
use wasmtime_wasi::{
    HostMonotonicClock, HostWallClock, WasiCtx, WasiCtxView, WasiView,
    cli::{WasiCli, WasiCliView as _},
    clocks::{WasiClocks, WasiClocksView as _},
    filesystem::{WasiFilesystem, WasiFilesystemView as _},
    p2::bindings::{cli, clocks, filesystem, random},
};
use wasmtime_wasi_io::IoView;

use crate::{log_book::LogBook, random::SeededRandom, state::State, stdio::Stdio};

/// 2000-01-01T00:00:00Z. Old enough that nobody takes it for today, new enough that no library thinks its clock is broken.
const EPOCH_SECONDS: u64 = 946_684_800;

/// What wasmtime-wasi needs for one call.
pub(crate) fn context(now: u32, log: &LogBook) -> WasiCtx {
    let clock = LogicalClock { seconds: u64::from(now) };
    WasiCtx::builder()
        .wall_clock(clock)
        .monotonic_clock(clock)
        .stdout(Stdio::stdout(log.clone()))
        .stderr(Stdio::stderr(log.clone()))
        .build()
}

/// Link the interfaces.
pub(crate) fn add_to_linker(linker: &mut Linker<State>) -> wasmtime::Result<()> {
    wasmtime_wasi_io::add_to_linker_async(linker)?;
    clocks::wall_clock::add_to_linker::<State, WasiClocks>(linker, State::clocks)?;
    clocks::monotonic_clock::add_to_linker::<State, WasiClocks>(linker, State::clocks)?;
    filesystem::preopens::add_to_linker::<State, WasiFilesystem>(linker, State::filesystem)?;
    filesystem::types::add_to_linker::<State, WasiFilesystem>(linker, State::filesystem)?;
    random::random::add_to_linker::<State, HasSelf<SeededRandom>>(linker, |state| &mut state.random)?;
    random::insecure::add_to_linker::<State, HasSelf<SeededRandom>>(linker, |state| &mut state.random)?;
    random::insecure_seed::add_to_linker::<State, HasSelf<SeededRandom>>(linker, |state| &mut state.random)?;
    cli::environment::add_to_linker::<State, WasiCli>(linker, State::cli)?;
    cli::exit::add_to_linker::<State, WasiCli>(linker, State::cli)?;
    cli::stdin::add_to_linker::<State, WasiCli>(linker, State::cli)?;
    cli::stdout::add_to_linker::<State, WasiCli>(linker, State::cli)?;
    cli::stderr::add_to_linker::<State, WasiCli>(linker, State::cli)?;
    cli::terminal_input::add_to_linker::<State, WasiCli>(linker, State::cli)?;
    cli::terminal_output::add_to_linker::<State, WasiCli>(linker, State::cli)?;
    cli::terminal_stdin::add_to_linker::<State, WasiCli>(linker, State::cli)?;
    cli::terminal_stdout::add_to_linker::<State, WasiCli>(linker, State::cli)?;
    cli::terminal_stderr::add_to_linker::<State, WasiCli>(linker, State::cli)?;
    Ok(())
}

impl WasiView for State {
    fn ctx(&mut self) -> WasiCtxView<'_> {
        WasiCtxView { ctx: &mut self.wasi, table: &mut self.table }
    }
}

impl IoView for State {
    fn table(&mut self) -> &mut ResourceTable {
        &mut self.table
    }
}

#[derive(Clone, Copy)]
struct LogicalClock {
    seconds: u64,
}

impl HostWallClock for LogicalClock {
    fn resolution(&self) -> Duration {
        Duration::from_secs(1)
    }

    fn now(&self) -> Duration {
        Duration::from_secs(EPOCH_SECONDS + self.seconds)
    }
}

impl HostMonotonicClock for LogicalClock {
    fn resolution(&self) -> u64 {
        1_000_000_000
    }

    fn now(&self) -> u64 {
        self.seconds.saturating_mul(1_000_000_000)
    }
}
