//! Debates one after the other.

use std::path::PathBuf;

use amatelier_engine::SeasonId;
use amatelier_workspace::OnUncertain;
use clap::{
    Args,
    builder::{PossibleValuesParser, TypedValueParser as _},
};

use super::{Held, on_uncertain};

#[derive(Args, Debug)]
#[command(
    after_help = "Examples:\n  amatelier season --debates 10 --mode rehearsal --topic \"Bridge or tunnel?\" --briefing briefing.md\n  \
                        amatelier season --debates 6 --topic \"Bridge?\" --briefing bridge.md --topic \"Ferry?\" --briefing ferry.md\n  \
                        amatelier season --resume"
)]
pub(crate) struct Season {
    /// How many debates
    #[arg(long, value_name = "N", required_unless_present = "resume", value_parser = clap::value_parser!(u32).range(1..=1000))]
    pub debates: Option<u32>,
    /// The question, one line; with several briefings, one for all or one for each
    #[arg(long, required_unless_present = "resume")]
    pub topic: Vec<String>,
    /// The Markdown file that states the task (repeatable: the debates take them in turn)
    #[arg(long, value_name = "FILE", required_unless_present = "resume")]
    pub briefing: Vec<PathBuf>,
    /// Go on with a season that was cut off or waits: that of an id, or the newest
    #[arg(
        long,
        value_name = "ID",
        num_args = 0..=1,
        conflicts_with_all = [
            "debates", "topic", "briefing", "workers", "max_rounds", "skip_naomi", "skip_agent", "budget", "mode",
            "cassette", "seed", "moderation", "double_score", "root", "strict", "steward_public"
        ]
    )]
    pub resume: Option<Option<SeasonId>>,
    /// With --resume: what to do about requests that were in flight when the program died [default: resend, once]
    #[arg(long, value_name = "HOW", requires = "resume", value_parser = PossibleValuesParser::new(["resend", "ask", "skip"]).map(|how| on_uncertain(&how)))]
    pub on_uncertain: Option<OnUncertain>,
    #[command(flatten)]
    pub held: Held,
}
