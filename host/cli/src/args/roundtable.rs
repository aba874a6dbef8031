//! A debate, and how one is held.

use std::path::PathBuf;

use amatelier_workspace::Mode;
use clap::{Args, builder::PossibleValuesParser};

use super::{Capped, Printed, Watched};

#[derive(Args, Debug)]
pub(crate) struct Roundtable {
    /// The question, one line
    #[arg(long)]
    pub topic: String,
    /// The Markdown file that states the task
    #[arg(long, value_name = "FILE")]
    pub briefing: PathBuf,
    /// Ask nobody: print what would happen, how long the prompts get, and what it can cost at most
    #[arg(long, conflicts_with_all = ["jsonl", "pace", "plain"])]
    pub dry_run: bool,
    #[command(flatten)]
    pub held: Held,
}

/// How debates are held: what `roundtable` and `season` have in common.
#[derive(Args, Debug)]
pub(crate) struct Held {
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
    /// Where all chance comes from: the same seed and the same answers give the same debate; in a season, the seed of the first
    #[arg(long, value_name = "N")]
    pub seed: Option<u64>,
    /// When the judge is asked for remarks [default: per-phase]
    #[arg(long, value_name = "WHEN", value_parser = PossibleValuesParser::new(["per-phase", "per-message", "gate-only"]))]
    pub moderation: Option<String>,
    /// Score in opposite orders, and a third time where the two differ
    #[arg(long)]
    pub double_score: bool,
    /// The folder that the registered files of a briefing are in [default: the briefing's]
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
    /// The caps of a debate
    #[command(flatten)]
    pub capped: Capped,
    #[command(flatten)]
    pub printed: Printed,
    #[command(flatten)]
    pub watched: Watched,
}
