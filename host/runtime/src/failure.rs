//! From what wasmtime says to the five kinds of failure.
//!
//! In this order: what the host itself decided (a suspension, a limit in a host function), what ran out (data copied to the host,
//! memory, tables, instances, handles), what the operating system refused (a host fault), and then whatever is left is the guest's own
//! trap. Messages are one line, short, free of control characters, and hold nothing of this machine, nor of the names that a guest gave its
//! functions: a message is heard by the whole table, a backtrace by the plugin's author.

use amatelier_types::{Failure, FailureKind};
use wasmtime::{Trap, WasmBacktrace, component::ResourceTableError};
use wasmtime_wasi::I32Exit;

use crate::{
    Stop,
    halt::Halt,
    state::{State, Trouble},
};

/// The longest message, in characters: a line in a transcript.
const MESSAGE_CHARS: usize = 300;

/// How many of a guest's functions its author is told: what recursed without end says nothing new after that.
const FRAMES: usize = 32;

/// Why a call trapped.
pub(crate) fn of_trap(error: &wasmtime::Error, state: &State) -> Stop {
    match error.downcast_ref::<Halt>() {
        Some(Halt::Suspended(suspended)) => return Stop::Suspended(suspended.0.clone()),
        Some(Halt::Failed(failure)) => return failed(failure.kind, &failure.message),
        None => {}
    }
    if let Some(what) = limit_hit(error, state) {
        return failed(FailureKind::Limit, &what);
    }
    if error.downcast_ref::<std::io::Error>().is_some() {
        // Its text may name a path.
        return failed(FailureKind::HostFault, "the operating system refused something that the call needed");
    }
    let what = match (error.downcast_ref::<Trap>(), error.downcast_ref::<I32Exit>()) {
        (Some(Trap::StackOverflow), _) => "it recursed until its stack was used up".to_owned(),
        (Some(Trap::UnreachableCodeReached), _) => "it panicked or aborted".to_owned(),
        (Some(trap), _) => trap.to_string().trim_start_matches("wasm trap: ").to_owned(),
        (None, Some(I32Exit(status))) => format!("it exited with status {status} instead of returning"),
        (None, None) => error.root_cause().to_string(),
    };
    failed(FailureKind::Trap, &what)
}

/// Why an error that the guest returned stands for a failed call, and whose it is.
pub(crate) fn of_guest_error(text: &str, trouble: &Trouble) -> Stop {
    match trouble {
        Trouble::ModelDown(why) => failed(FailureKind::HostFault, &format!("{why}; it said: {text}")),
        Trouble::Denied(function) => {
            failed(FailureKind::Denied, &format!("`{function}` was refused; it said: {text}"))
        }
        Trouble::None => failed(FailureKind::GuestError, text),
    }
}

/// A failed call; the message is made fit to show.
pub(crate) fn failed(kind: FailureKind, message: &str) -> Stop {
    Stop::Failed(Failure::new(kind, one_line(message)))
}

/// One short line without control characters, also without those that reorder what is shown.
pub(crate) fn one_line(text: &str) -> String {
    let shown =
        |c: &char| !matches!(c, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    // Enough of a long text to fill the line even if most of it is white space, and no more.
    let text: String = text.chars().take(20 * MESSAGE_CHARS).filter(shown).collect();
    let words = text.split(|c: char| c.is_whitespace() || c.is_control()).filter(|word| !word.is_empty());
    let line = words.collect::<Vec<_>>().join(" ");
    match line.char_indices().nth(MESSAGE_CHARS) {
        None => line,
        Some(_) => line.chars().take(MESSAGE_CHARS - 1).chain(['…']).collect(),
    }
}

fn limit_hit(error: &wasmtime::Error, state: &State) -> Option<String> {
    // wasmtime has no public types for three of these; tests guard their words. Only the innermost cause counts: the others hold names
    // that the guest chose.
    let cause = error.root_cause().to_string();
    let says = |words: &str| cause.contains(words);
    if says("fuel allocated for hostcalls") {
        let limit = state.call.limits.host_call_fuel_bytes;
        return Some(format!("data: it passed or returned more than {limit} bytes at once"));
    }
    if says("resource limit exceeded") {
        return Some("instances: it is made of more instances, memories or tables than a call has".into());
    }
    let table_full = matches!(error.downcast_ref::<ResourceTableError>(), Some(ResourceTableError::Full));
    if table_full || says("store handle limit exceeded") {
        return Some(format!("handles: it holds more than {}", state.call.limits.handles));
    }
    // Whatever the guest says it died of: it asked for more than there is, was told no, and did not live with it.
    state.limiter.refused().map(str::to_owned)
}

/// Where in the guest it happened, innermost first, without Rust's own library and its panics.
pub(crate) fn backtrace(error: &wasmtime::Error) -> Vec<String> {
    let frames = error.downcast_ref::<WasmBacktrace>().map_or(&[][..], WasmBacktrace::frames);
    let names = frames.iter().filter_map(|frame| frame.func_name());
    // An export is called `package/interface@version#function`.
    let names = names.map(|name| name.rsplit('#').next().unwrap_or(name));
    let names = names.map(|name| format!("{:#}", rustc_demangle::demangle(name)));
    names.filter(|name| !is_library(name)).map(|name| one_line(&name)).take(FRAMES).collect()
}

fn is_library(name: &str) -> bool {
    ["std::", "core::", "alloc::", "__rust", "rust_", "abort"].iter().any(|prefix| name.starts_with(prefix))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_message_is_one_short_line_without_control_characters() {
        assert_eq!(one_line("a\n\tb\u{1b}[31mred\u{202e}x \u{7}"), "a b [31mredx");
        let long = one_line(&"é".repeat(1_000));
        assert_eq!(long.chars().count(), MESSAGE_CHARS);
        assert!(long.ends_with('…'));
        assert_eq!(one_line(&"x".repeat(MESSAGE_CHARS)), "x".repeat(MESSAGE_CHARS));
    }

    #[test]
    fn an_error_after_the_hosts_own_trouble_is_not_the_guests() {
        let kind = |trouble| match of_guest_error("so", &trouble) {
            Stop::Failed(failure) => failure.kind,
            Stop::Suspended(_) => unreachable!(),
        };
        assert_eq!(kind(Trouble::None), FailureKind::GuestError);
        assert_eq!(kind(Trouble::Denied("llm.complete")), FailureKind::Denied);
        assert_eq!(kind(Trouble::ModelDown("down".into())), FailureKind::HostFault);
    }
}
