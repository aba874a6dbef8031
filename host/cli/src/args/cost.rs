//! What was spent.

use amatelier_engine::SpentBy;
use amatelier_types::RoundtableId;
use clap::{Args, ValueEnum};

#[derive(Args, Debug)]
pub(crate) struct Cost {
    /// The debate; all of them, without one (rehearsals cost nothing and are left out)
    pub id: Option<RoundtableId>,
    /// What to add up by [default: debate, or member within one]
    #[arg(long, value_enum)]
    pub by: Option<CostBy>,
    /// Only what was spent on this day (UTC) or later
    #[arg(long, value_name = "YYYY-MM-DD")]
    pub since: Option<jiff::civil::Date>,
    /// Print JSON
    #[arg(long)]
    pub json: bool,
}

/// What to add up by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum CostBy {
    Member,
    Model,
    Debate,
    Day,
}

impl From<CostBy> for SpentBy {
    fn from(by: CostBy) -> Self {
        match by {
            CostBy::Member => SpentBy::Member,
            CostBy::Model => SpentBy::Model,
            CostBy::Debate => SpentBy::Debate,
            CostBy::Day => SpentBy::Day,
        }
    }
}
