//! Debates one after the other.

use std::path::PathBuf;

use amatelier_engine::SeasonId;
use amatelier_workspace::{Mode, OnUncertain};
use clap::{
    Args,
    builder::{PossibleValuesParser, TypedValueParser as _},
};

use super::{Capped, Printed, Watched, on_uncertain};

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
    /// Who debates, instead of all workers of the team
    #[arg(long, value_delimiter = ',', value_name = "NAME,NAME")]
    pub workers: Vec<String>,
    /// The last round that a debate can have [default: 3]
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..=1000))]
    pub max_rounds: Option<u32>,
    /// Leave out naomi and every member on gemini
    #[arg(long)]
    pub skip_naomi: bool,
    /// Leave out a worker (repeatable)
    #[arg(long, value_name = "NAME")]
    pub skip_agent: Vec<String>,
    /// The longest a turn may take, model included, in seconds [default: 200]
    #[arg(long, value_name = "SECONDS", value_parser = clap::value_parser!(u32).range(1..=86_400))]
    pub speaker_timeout: Option<u32>,
    /// Floor turns per worker for a whole debate [default: 3]
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(0..=1000))]
    pub budget: Option<u32>,
    /// Leave out what follows scoring (nothing does, yet)
    #[arg(long)]
    pub skip_post: bool,
    /// Where answers come from
    #[arg(long, value_name = "MODE", value_parser = PossibleValuesParser::new(Mode::WORDS))]
    pub mode: Option<String>,
    /// Play back answers that were recorded, in the place of every provider: no network, no cost
    #[arg(long, value_name = "FILE", conflicts_with_all = ["mode", "record"])]
    pub cassette: Option<PathBuf>,
    /// Record every answer to this file, prompts included; one that exists is gone on with
    #[arg(long, value_name = "FILE")]
    pub record: Option<PathBuf>,
    /// The seed of the first debate; each one after it has the next
    #[arg(long, value_name = "N")]
    pub seed: Option<u64>,
    /// When the judge is asked for remarks [default: per-phase]
    #[arg(long, value_name = "WHEN", value_parser = PossibleValuesParser::new(["per-phase", "per-message", "gate-only"]))]
    pub moderation: Option<String>,
    /// Score in opposite orders, and a third time where the two differ
    #[arg(long)]
    pub double_score: bool,
    /// The folder that the briefings' registered files are in [default: the briefing's]
    #[arg(long, value_name = "DIR")]
    pub root: Option<PathBuf>,
    /// Refuse a briefing with an entry that cannot be registered, instead of warning
    #[arg(long)]
    pub strict: bool,
    /// Post the Steward's findings to all, instead of to the asker and the judge
    #[arg(long)]
    pub steward_public: bool,
    /// Let a model at another machine see what the Steward looks up, without being asked
    #[arg(long)]
    pub yes: bool,
    /// With --resume: what to do about requests that were in flight when the program died [default: resend, once]
    #[arg(long, value_name = "HOW", requires = "resume", value_parser = PossibleValuesParser::new(["resend", "ask", "skip"]).map(|how| on_uncertain(&how)))]
    pub on_uncertain: Option<OnUncertain>,
    /// The caps of each debate
    #[command(flatten)]
    pub capped: Capped,
    #[command(flatten)]
    pub printed: Printed,
    #[command(flatten)]
    pub watched: Watched,
}
