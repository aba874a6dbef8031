//! What can be typed. Flags keep the names of the Python system (§1 of the facts).

mod authoring;
mod cost;
mod flags;
mod models;
mod plugin;
mod roundtable;
mod score;
mod season;
mod setup;
mod skills;
mod sparks;
mod steer;
mod steward;
mod store;

use std::path::PathBuf;

use amatelier_types::RoundtableId;
use amatelier_workspace::{CostCap, Mode, OnUncertain};
use clap::{
    ArgAction, Args, Parser, Subcommand, ValueEnum,
    builder::{PossibleValuesParser, TypedValueParser as _},
};

pub(crate) use authoring::{PluginBuild, PluginDev, PluginNew, PluginTest};
pub(crate) use cost::Cost;
pub(crate) use models::{Key, KeyCommand, KeyList, KeyRemove, KeySet, Models};
pub(crate) use plugin::{
    GrantArgument, Granting, Odd, Plugin, PluginCommand, PluginGrant, PluginInspect, PluginInstall,
    PluginList, PluginNamed, PluginRevoke, PluginUpdate, PluginVerify,
};
pub(crate) use roundtable::{Held, Roundtable};
pub(crate) use score::Score;
pub(crate) use season::Season;
pub(crate) use setup::{
    Completions, Docs, Init, Man, MemberRole, RefreshSeeds, Team, TeamCommand, TeamImport, TeamNew,
    TeamPrinted, TeamRemove,
};
pub(crate) use skills::{Skills, SkillsCommand, SkillsImport, SkillsList, SkillsShow, SkillsTeach};
pub(crate) use sparks::{
    Adjust, Leaderboard, Ledger, Ledgered, Outcome, Promote, Relegation, RelegationCommand, RelegationDecide,
    RelegationList, Sparks, Venture, VentureCommand, VentureList, VentureResolve, Verdict,
};
pub(crate) use steer::{Interject, Mute, Next, Steered, Whisper};
pub(crate) use steward::{
    Registering, Steward, StewardAsk, StewardCommand, StewardFiles, StewardGrep, StewardRead,
};
pub(crate) use store::{
    Requests, RequestsClose, RequestsCommand, RequestsFulfil, RequestsList, Store, StoreBuy, StoreCommand,
    StoreEquip, StoreList, StoreOf, StoreRetire, StoreShow,
};

/// Debates between personas, each a sandboxed WebAssembly component, under a judge.
#[derive(Debug, Parser)]
#[command(
    name = "amatelier",
    version,
    arg_required_else_help = true,
    after_help = "Examples:\n  amatelier roundtable --topic \"Bridge or tunnel?\" --briefing briefing.md\n  \
                  amatelier roundtable --mode rehearsal --topic \"Bridge or tunnel?\" --briefing briefing.md --summary\n  \
                  amatelier resume"
)]
pub(crate) struct Arguments {
    #[command(subcommand)]
    pub command: Command,
    /// Say more on stderr; twice for still more. AMATELIER_LOG takes a filter such as `amatelier_engine=debug`
    #[arg(short, long, global = true, action = ArgAction::Count)]
    pub verbose: u8,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Hold a debate and print its digest
    Roundtable(Roundtable),
    /// Go on with a debate that was cut off or paused: the newest one, or that of an id
    Resume(Resume),
    /// Have a debate that is over scored once more, by its own rubric or by another
    Score(Score),
    /// Hold debates one after the other, and say what they were to each member
    Season(Season),
    /// Pause a debate that runs in another terminal, after the turn it is in
    Pause(Told),
    /// Stop a debate that runs in another terminal: it is closed and scored as it is
    Stop(Told),
    /// Say something to all in a debate that runs in another terminal
    Interject(Interject),
    /// Say something to one member of a debate that runs in another terminal, and to its judge
    Whisper(Whisper),
    /// Let a worker of a debate that runs in another terminal speak next
    Next(Next),
    /// Take the word from a worker of a debate that runs in another terminal, or give it back
    Mute(Mute),
    /// Look on at a debate: one that runs in another terminal as it happens, or a past one
    Watch(Watch),
    /// Print the digest of a debate
    Show(Show),
    /// List the debates, newest first
    List(List),
    /// Show a past debate as it happened, or run it again and compare
    Replay(Replay),
    /// List what models were asked in a debate
    Calls(Calls),
    /// Print exactly what a model was shown in a turn, and what it answered
    Prompt(Prompt),
    /// Add up what debates cost, by member, model, debate or day
    Cost(Cost),
    /// List what the Steward was asked in a debate, what it read and what it found
    Lookups(Lookups),
    /// Ask the Steward about the files that a briefing registers, without a debate
    Steward(Steward),
    /// Say what members have and are, or everything about one; prove every balance
    Sparks(Sparks),
    /// List what was earned and spent, newest first
    Ledger(Ledger),
    /// Rank the members by what their marks earned
    Leaderboard(Leaderboard),
    /// List stakes on ideas, and say which came true
    Venture(Venture),
    /// Credit members for a proposal that was implemented
    Outcome(Outcome),
    /// Give a member sparks
    Grant(Adjust),
    /// Take sparks from a member
    Penalty(Adjust),
    /// Raise a member to the next tier, for what the catalog asks
    Promote(Promote),
    /// Decide about members that lost too often
    Relegation(Relegation),
    /// Say which provider was chosen and why, and where things are
    Config(Config),
    /// List the models of every provider that is set up, what they cost, and what labels stand for
    Models(Models),
    /// Store the keys of providers, and say which there are
    Key(Key),
    /// Make the workspace and its team, or say what is there
    Init(Init),
    /// Say who is in the team; add and remove members
    Team(Team),
    /// Say what is on sale for sparks and what members have of it; buy for them, equip their skills
    Store(Store),
    /// Answer what members ask for
    Requests(Requests),
    /// List what can be learnt, read a lesson as somebody would get it, take over skills from folders
    Skills(Skills),
    /// Write plugins; look into those of others, decide what they may do, and keep them
    Plugin(Plugin),
    /// Bring bundled persona documents up to date; edited ones are kept
    RefreshSeeds(RefreshSeeds),
    /// Print the documentation, or find something in it
    Docs(Docs),
    /// Print a completion script for a shell
    Completions(Completions),
    /// Print the manual page
    Man(Man),
}

#[derive(Args, Debug)]
pub(crate) struct Printed {
    /// Print the digest as JSON, on a terminal, too
    #[arg(long, conflicts_with = "summary")]
    pub json: bool,
    /// Print a readable digest, off a terminal, too
    #[arg(long)]
    pub summary: bool,
}

#[derive(Args, Debug)]
pub(crate) struct Watched {
    /// Print every event as a line of JSON on stdout as it happens, and the digest last
    #[arg(long, conflicts_with_all = ["json", "summary"])]
    pub jsonl: bool,
    /// On a terminal: show the text no faster than so many words a minute; the debate itself never waits
    #[arg(long, value_name = "WORDS", num_args = 0..=1, default_missing_value = "240", value_parser = clap::value_parser!(u32).range(30..=6000))]
    pub pace: Option<u32>,
    /// On a terminal, too: one line a contribution, no streaming text
    #[arg(long, conflicts_with_all = ["pace", "jsonl"])]
    pub plain: bool,
}

#[derive(Args, Debug)]
pub(crate) struct Capped {
    /// Tokens of all models, in and out, that the debate may take: before a request could exceed it, the debate waits
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..))]
    pub max_tokens: Option<u32>,
    /// Minutes that the debate may run: before a request could exceed it, the debate waits
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..=43_200))]
    pub max_minutes: Option<u32>,
    /// Dollars that the debate may cost, such as 2.50, or none: before a request could exceed it, the debate waits [default: 2.00]
    #[arg(long, value_name = "USD")]
    pub max_cost: Option<CostCap>,
}

#[derive(Args, Debug)]
pub(crate) struct Resume {
    /// The debate
    pub id: Option<RoundtableId>,
    /// The longest a turn may take, model included, in seconds [default: 200]
    #[arg(long, value_name = "SECONDS", value_parser = clap::value_parser!(u32).range(1..=86_400))]
    pub speaker_timeout: Option<u32>,
    /// Play back answers that were recorded: for a debate that was opened so
    #[arg(long, value_name = "FILE", conflicts_with = "record")]
    pub cassette: Option<PathBuf>,
    /// Record every answer from here on to this file, prompts included
    #[arg(long, value_name = "FILE")]
    pub record: Option<PathBuf>,
    /// Hear nobody any more: close the debate and score it as it is
    #[arg(long)]
    pub stop: bool,
    /// Let a model at another machine see what the Steward looks up, without being asked
    #[arg(long)]
    pub yes: bool,
    /// What to do about requests that were in flight when the program died: resend asks them again, however often that was done
    /// [default: resend, once]
    #[arg(long, value_name = "HOW", value_parser = PossibleValuesParser::new(["resend", "ask", "skip"]).map(|how| on_uncertain(&how)))]
    pub on_uncertain: Option<OnUncertain>,
    #[command(flatten)]
    pub capped: Capped,
    #[command(flatten)]
    pub printed: Printed,
    #[command(flatten)]
    pub watched: Watched,
}

/// One of the values that the parser lets through.
fn on_uncertain(how: &str) -> OnUncertain {
    match how {
        "ask" => OnUncertain::Ask,
        "skip" => OnUncertain::Skip,
        _ => OnUncertain::Resend,
    }
}

#[derive(Args, Debug)]
pub(crate) struct Told {
    /// The debate; the newest that runs, without one
    pub id: Option<RoundtableId>,
    /// Print JSON
    #[arg(long)]
    pub json: bool,
}

/// How much is shown of what nobody said at the table.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Research {
    /// A line each
    Collapsed,
    /// The first rows
    Preview,
    /// Everything
    Full,
}

#[derive(Args, Debug)]
pub(crate) struct Watch {
    /// The debate; without one, the one that runs, a choice of those that run, or the newest
    pub id: Option<RoundtableId>,
    /// How much to show of findings, the briefing and the states of the debate
    #[arg(long, value_enum, default_value = "collapsed", conflicts_with = "json")]
    pub research: Research,
    /// On a terminal, too: one line a contribution
    #[arg(long, conflicts_with = "json")]
    pub plain: bool,
    /// Print every event as a line of JSON, and the digest last, once there is one
    #[arg(long)]
    pub json: bool,
}

#[derive(Args, Debug)]
pub(crate) struct Show {
    /// The debate
    pub id: RoundtableId,
    #[command(flatten)]
    pub printed: Printed,
}

#[derive(Args, Debug)]
pub(crate) struct List {
    /// Print JSON
    #[arg(long)]
    pub json: bool,
}

#[derive(Args, Debug)]
pub(crate) struct Replay {
    /// The debate
    pub id: RoundtableId,
    /// Run every component again over the journal, offline, and name the first difference
    #[arg(long, conflicts_with = "speed")]
    pub verify: bool,
    /// How many times faster than it happened; 0 prints it at once
    #[arg(long, value_name = "X", default_value_t = 1.0, value_parser = speed)]
    pub speed: f64,
    /// Print what --verify found as JSON
    #[arg(long, requires = "verify")]
    pub json: bool,
}

fn speed(text: &str) -> Result<f64, String> {
    let speed: f64 = text.parse().map_err(|_| "a number such as 1, 20 or 0.5".to_owned())?;
    if speed.is_finite() && speed >= 0.0 { Ok(speed) } else { Err("a number from 0 up".into()) }
}

#[derive(Args, Debug)]
pub(crate) struct Calls {
    /// The debate
    pub id: RoundtableId,
    /// Only those of this member
    #[arg(long, value_name = "NAME")]
    pub member: Option<String>,
    /// Print JSON, with the whole requests and answers
    #[arg(long)]
    pub json: bool,
}

#[derive(Args, Debug)]
pub(crate) struct Lookups {
    /// The debate
    pub id: RoundtableId,
    /// Only those of this member
    #[arg(long, value_name = "NAME")]
    pub member: Option<String>,
    /// Print JSON, with the whole answers
    #[arg(long)]
    pub json: bool,
}

#[derive(Args, Debug)]
pub(crate) struct Prompt {
    /// The debate
    pub id: RoundtableId,
    /// The turn, as `calls` and the digest name it, such as r1/speak/elena
    pub turn: String,
    /// Print JSON
    #[arg(long)]
    pub json: bool,
}

#[derive(Args, Debug)]
pub(crate) struct Config {
    /// Print JSON
    #[arg(long)]
    pub json: bool,
    /// Say of every value where it was set: default, workspace, project, environment or flag
    #[arg(long)]
    pub origin: bool,
    /// Explain this mode instead of the one that would be chosen
    #[arg(long, value_name = "MODE", value_parser = PossibleValuesParser::new(Mode::WORDS))]
    pub mode: Option<String>,
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory as _;

    use super::*;

    #[test]
    fn the_command_line_is_consistent() {
        Arguments::command().debug_assert();
    }
}
