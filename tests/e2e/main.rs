//! The real binary, from the outside: whole debates against a provider of our own, what goes wrong with one, and what is left of it.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, reason = "tests")]

mod authoring;
mod caps;
mod cassette;
mod challenger;
mod config;
mod context;
mod control;
mod cost;
mod crash_points;
mod debates;
mod docs;
mod evidence;
mod examples;
mod faults;
mod fetched;
mod forecast;
mod grounded;
mod hostile;
mod hostile_purchases;
mod hostile_rubrics;
mod hostile_shops;
mod input;
mod keys;
mod kill;
mod lookups;
mod models;
mod notebook;
mod page;
mod pause;
mod plugins;
mod prompts;
mod protocols;
mod providers;
mod refusals;
mod rehearsal;
mod scoring;
mod season;
mod secrets;
mod settlement;
mod side_by_side;
mod skills;
mod sparks;
mod steer;
mod steward_command;
mod store;
mod store_turns;
mod swap;
mod swapped_shops;
mod swaps;
mod team;
mod till;
mod verify;
mod watch;

use amatelier_test_support::{Amatelier, FakeProvider};
use serde_json::Value;

/// Something to debate.
const BRIEFING: &str = "# The old bridge\n\nThe bridge over the Lahn carries 4200 vehicles a day. An inspection found \
    corrosion in 7 of 32 hangers. Closing it for the winter costs the town 310000 euros; a partial closure keeps one lane \
    open at 90000 euros.\n\nDecide whether to close it, and until when.\n";

/// Two workers on the bundled components, a judge and a rubric.
const PAIR: &str = "[members]\n\
    elena = { role = \"worker\", tagline = \"joins\" }\n\
    marcus = { role = \"worker\", tagline = \"attacks\" }\n\
    judge = { role = \"judge\" }\n\
    [rubric]\n\
    component = \"classic\"\n";

/// An empty workspace.
fn empty() -> Amatelier {
    Amatelier::at(env!("CARGO_BIN_EXE_amatelier")).briefing(BRIEFING)
}

/// A workspace with the pair, on this provider.
fn pair(provider: &FakeProvider) -> Amatelier {
    empty().team(PAIR).provider(provider)
}

/// What every list of objects has under this name.
fn all<'a>(list: &'a Value, field: &str) -> Vec<&'a Value> {
    list.as_array().unwrap().iter().map(|object| &object[field]).collect()
}

/// The texts of the transcript's messages of this kind.
fn said<'a>(digest: &'a Value, kind: &str) -> Vec<&'a str> {
    let lines = digest["transcript"].as_array().unwrap().iter();
    lines.filter(|line| line["kind"] == kind).map(|line| line["message"].as_str().unwrap()).collect()
}

/// The entry of the list whose `field` is `value`.
fn find<'a>(list: &'a Value, field: &str, value: &str) -> &'a Value {
    let found = list.as_array().unwrap().iter().find(|object| object[field] == value);
    found.unwrap_or_else(|| panic!("no {field} {value} in {list:#}"))
}
