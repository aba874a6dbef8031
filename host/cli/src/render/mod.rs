//! What people read. Text of models and plugins passes through [`plain`] before it meets a terminal.

mod asked;
mod config;
mod cost;
mod digest;
mod flow;
mod forecast;
mod jsonl;
pub(crate) mod lines;
mod list;
mod live;
mod lookups;
mod models;
mod plain;
mod plugin;
mod plugin_test;
mod plugins;
mod progress;
mod rehearsed;
mod season;
mod sparks;
mod steward;
mod store;
mod team;
mod verification;

pub(crate) use asked::{calls, prompt};
pub(crate) use config::config;
pub(crate) use cost::{cost, took};
pub(crate) use digest::{digest, marks};
pub(crate) use forecast::forecast;
pub(crate) use jsonl::EventLines;
pub(crate) use list::list;
pub(crate) use live::Live;
pub(crate) use lookups::lookups;
pub(crate) use models::{imported, keys, models};
pub(crate) use plain::{line, plain, plain_json};
pub(crate) use plugin::inspected;
pub(crate) use plugin_test::{TestReport, tested};
pub(crate) use plugins::{changed, plugin_shown, plugins, verified};
pub(crate) use progress::Progress;
pub(crate) use rehearsed::{Rehearsed, faults, listed};
pub(crate) use season::{debated, season};
pub(crate) use sparks::{account, audit, balances, leaderboard, postings, questions, ventures};
pub(crate) use steward::{excerpt, finding, hits, registered};
pub(crate) use store::{affordable, inventory, offer, offers, purchases, requests, skill, skills};
pub(crate) use team::{complaints, initialised, team, templates};
pub(crate) use verification::verification;

/// The widest that prose is set, in columns.
const WIDEST: usize = 100;

/// The width to set prose in.
pub(crate) fn width() -> usize {
    let columns = terminal_size::terminal_size().map_or(WIDEST, |(width, _)| usize::from(width.0));
    columns.clamp(40, WIDEST)
}

/// Prose, wrapped and indented by two columns; lines keep their breaks.
pub(crate) fn prose(text: &str) -> String {
    let options = textwrap::Options::new(width()).initial_indent("  ").subsequent_indent("  ");
    let mut wrapped = String::new();
    for line in plain(text).lines() {
        wrapped.push_str(textwrap::fill(line, &options).trim_end());
        wrapped.push('\n');
    }
    wrapped
}
