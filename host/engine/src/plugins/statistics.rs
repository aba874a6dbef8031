//! What was measured of one plugin, for people.

use amatelier_types::{Sha256, Timestamp};
use serde::Serialize;

use super::tally::Tally;

/// Calls of one plugin with the same bytes, over all debates of one realm.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct PluginStatistics {
    /// Its id, or its path as the team file names it.
    pub plugin: String,
    /// The digest of its bytes.
    pub digest: Sha256,
    /// How often it was called: turns, and questions to stores and teachers.
    pub calls: u64,
    /// Half of the calls computed no longer than this, in microseconds; waiting for models and lookups does not count.
    pub p50_micros: u64,
    /// The same of 99 in a hundred.
    pub p99_micros: u64,
    /// The most memory that a call of it held, in bytes.
    pub peak_memory_bytes: u64,
    /// Functions that it was refused, each counted once a call.
    pub denials: u64,
    /// Calls that failed, by kind.
    pub failures: Failures,
    /// Tokens of prompts that it sent.
    pub input_tokens: u64,
    /// Tokens of answers that it got.
    pub output_tokens: u64,
    /// When it was called last.
    pub last_call: Timestamp,
}

/// Calls that failed, by kind.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct Failures {
    /// It needed what it was refused.
    pub denied: u64,
    /// It ran into a limit.
    pub limits: u64,
    /// It trapped.
    pub traps: u64,
    /// It returned an error.
    pub guest_errors: u64,
    /// The host could not do its part.
    pub host_faults: u64,
}

impl PluginStatistics {
    pub(crate) fn of((plugin, digest): (String, Sha256), tally: &Tally) -> Self {
        PluginStatistics {
            plugin,
            digest,
            calls: tally.calls,
            p50_micros: tally.micros_at(0.5),
            p99_micros: tally.micros_at(0.99),
            peak_memory_bytes: tally.peak_memory_bytes,
            denials: tally.denials,
            failures: Failures {
                denied: tally.denied,
                limits: tally.limits,
                traps: tally.traps,
                guest_errors: tally.guest_errors,
                host_faults: tally.host_faults,
            },
            input_tokens: tally.input_tokens,
            output_tokens: tally.output_tokens,
            last_call: tally.last_call,
        }
    }
}
