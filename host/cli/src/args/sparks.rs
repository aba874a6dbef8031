//! What members earned and spent, and what the operator decides about it.

use amatelier_economy::VentureId;
use amatelier_types::RoundtableId;
use amatelier_workspace::Mode;
use clap::{Args, Subcommand, builder::PossibleValuesParser};

/// Whose ledger.
#[derive(Args, Debug)]
pub(crate) struct Ledgered {
    /// The ledger of debates in this mode: rehearsals and cassettes have one of their own [default: that of real debates, if there were any]
    #[arg(long, value_name = "MODE", value_parser = PossibleValuesParser::new(Mode::WORDS))]
    pub mode: Option<String>,
    /// Print JSON
    #[arg(long)]
    pub json: bool,
}

#[derive(Args, Debug)]
pub(crate) struct Sparks {
    /// Only this member, in detail
    pub member: Option<String>,
    /// Prove every balance from the log: it is the sum of its postings, and no cause was posted twice
    #[arg(long)]
    pub audit: bool,
    #[command(flatten)]
    pub of: Ledgered,
}

#[derive(Args, Debug)]
pub(crate) struct Ledger {
    /// Only postings of this member
    pub member: Option<String>,
    /// Only postings of this debate
    #[arg(long, alias = "rt", value_name = "ID")]
    pub roundtable: Option<RoundtableId>,
    /// At most so many, newest first; 0 for all
    #[arg(long, value_name = "N", default_value_t = 50)]
    pub limit: usize,
    #[command(flatten)]
    pub of: Ledgered,
}

#[derive(Args, Debug)]
pub(crate) struct Leaderboard {
    /// Only debates that were settled in the last so many days [default: all]
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..=36_500))]
    pub days: Option<u32>,
    #[command(flatten)]
    pub of: Ledgered,
}

#[derive(Args, Debug)]
#[command(arg_required_else_help = true)]
pub(crate) struct Venture {
    #[command(subcommand)]
    pub command: VentureCommand,
}

#[derive(Debug, Subcommand)]
pub(crate) enum VentureCommand {
    /// List the ventures that nobody has resolved, or all
    List(VentureList),
    /// Say whether an idea came true: success pays its member, failure keeps the stake
    Resolve(VentureResolve),
}

#[derive(Args, Debug)]
pub(crate) struct VentureList {
    /// Those that are over, too
    #[arg(long)]
    pub all: bool,
    #[command(flatten)]
    pub of: Ledgered,
}

#[derive(Args, Debug)]
#[command(group = clap::ArgGroup::new("outcome").required(true))]
pub(crate) struct VentureResolve {
    /// The venture, such as v-001
    pub id: VentureId,
    /// The idea came true
    #[arg(long, group = "outcome")]
    pub success: bool,
    /// It did not
    #[arg(long, group = "outcome")]
    pub fail: bool,
    /// Why, in your words
    #[arg(long, value_name = "TEXT")]
    pub note: String,
    #[command(flatten)]
    pub of: Ledgered,
}

#[derive(Args, Debug)]
pub(crate) struct Outcome {
    /// The debate in which it was proposed
    pub id: RoundtableId,
    /// Whose proposal it was; several share it: each is credited
    #[arg(value_delimiter = ',', required = true, value_name = "MEMBER")]
    pub members: Vec<String>,
    /// What was implemented
    #[arg(long, alias = "desc", value_name = "TEXT")]
    pub proposal: String,
    /// Print JSON
    #[arg(long)]
    pub json: bool,
}

/// `grant` and `penalty`.
#[derive(Args, Debug)]
pub(crate) struct Adjust {
    /// Whose balance
    pub member: String,
    /// How many sparks, from 1
    #[arg(value_parser = clap::value_parser!(u32).range(1..), allow_negative_numbers = true)]
    pub amount: u32,
    /// Why
    #[arg(long, value_name = "TEXT")]
    pub reason: String,
    #[command(flatten)]
    pub of: Ledgered,
}

#[derive(Args, Debug)]
pub(crate) struct Promote {
    /// Who rises
    pub member: String,
    #[command(flatten)]
    pub of: Ledgered,
}

#[derive(Args, Debug)]
#[command(arg_required_else_help = true)]
pub(crate) struct Relegation {
    #[command(subcommand)]
    pub command: RelegationCommand,
}

#[derive(Debug, Subcommand)]
pub(crate) enum RelegationCommand {
    /// List the members about whom there is something to decide, and those on the bench
    List(RelegationList),
    /// Decide about a member
    Decide(RelegationDecide),
}

#[derive(Args, Debug)]
pub(crate) struct RelegationList {
    #[command(flatten)]
    pub of: Ledgered,
}

/// What can be decided.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub(crate) enum Verdict {
    /// It stays as it is
    Keep,
    /// It sits out three debates, for 2 sparks each
    Bench,
    /// Somebody new takes its place, and keeps its memory
    Replace,
}

#[derive(Args, Debug)]
pub(crate) struct RelegationDecide {
    /// About whom
    pub member: String,
    /// What becomes of it
    #[arg(value_enum)]
    pub verdict: Verdict,
    /// With replace: the name of the new one [default: the same name]
    #[arg(long, value_name = "NAME")]
    pub successor: Option<String>,
    /// With --successor: copy who it is from a persona
    #[arg(long, value_name = "PERSONA", requires = "successor")]
    pub from_template: Option<String>,
    #[command(flatten)]
    pub of: Ledgered,
}
