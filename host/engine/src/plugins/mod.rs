//! Installed plugins as they stand: whether they can be called, whether they are compiled, and what was measured of them.

mod overview;
mod state;
mod statistics;
mod table;
mod tallies;
mod tally;

pub use self::{
    overview::{ByPath, Plugins, Prepared},
    state::PluginState,
    statistics::{Failures, PluginStatistics},
};
pub(crate) use self::{tallies::Tallies, tally::Measured};
