//! One file per command.

mod adjust;
mod book;
mod calls;
mod completions;
mod config;
mod cost;
mod docs;
mod drive;
mod init;
mod key;
mod leaderboard;
mod ledger;
mod list;
mod lookups;
mod models;
mod plugin;
mod promote;
mod prompt;
mod refresh_seeds;
mod registered;
mod relegation;
mod replay;
mod requests;
mod resume;
mod roundtable;
mod score;
mod season;
mod show;
mod skills;
mod sparks;
mod steer;
mod steward;
mod store;
mod team;
mod tell;
mod uncertain;
mod venture;
mod watch;

use amatelier_engine::{Archive, Error, Listed, Wish};
use amatelier_types::RoundtableId;
use amatelier_workspace::Realm;

pub(crate) use config::Report;
pub(crate) use init::{Initialised, Started};
pub(crate) use key::Found;
pub(crate) use leaderboard::Board;
pub(crate) use ledger::Postings;
pub(crate) use models::Imported;
pub(crate) use plugin::{
    Changed, Compared, Done, Imported as PluginImport, Inspected, Kept, Listed as PluginListed, Measured,
    PluginListing, Shown, State as PluginState, Tested, Verified,
};
pub(crate) use relegation::Questions;
pub(crate) use requests::Asked;
pub(crate) use season::{Closing, Debated, Stood};
pub(crate) use skills::SkillShown;
pub(crate) use sparks::{Audited, Balance, Balances, Detail};
pub(crate) use store::{Affordable, Held, Holding};
pub(crate) use team::{Listing, Templates};
#[cfg(test)]
pub(crate) use {
    ledger::Line,
    relegation::{Benched, Loss, Question},
    season::{Bought, Brought},
    sparks::{Lost, Netted, Owned, Staked, Tallied},
    team::{Roster, Row},
};

pub(crate) use venture::Stake;

use crate::{
    args::{Arguments, Command},
    context::Context,
    exit::Exit,
    failure::Failure,
    logging, output,
};

/// Carry out what was typed.
pub(crate) async fn run(arguments: Arguments) -> Result<Exit, Failure> {
    let context = Context::new(&arguments)?;
    let driving = matches!(
        arguments.command,
        Command::Roundtable(_) | Command::Resume(_) | Command::Score(_) | Command::Season(_)
    );
    let flags = arguments.flags();
    let logs = context.workspace.root().join("logs");
    logging::start(arguments.verbose, driving.then_some(logs.as_path()));
    for notice in &context.configuration.notices {
        tracing::warn!("{notice}");
    }
    match arguments.command {
        Command::Roundtable(arguments) => roundtable::run(&context, arguments).await,
        Command::Season(season) => season::run(&context, season, flags).await,
        Command::Resume(arguments) => resume::run(&context, arguments).await,
        Command::Score(arguments) => score::run(&context, arguments).await,
        Command::Pause(arguments) => tell::run(&context, &arguments, Wish::Pause),
        Command::Stop(arguments) => tell::run(&context, &arguments, Wish::Stop),
        Command::Interject(arguments) => steer::interject(&context, &arguments),
        Command::Whisper(arguments) => steer::whisper(&context, &arguments),
        Command::Next(arguments) => steer::next(&context, &arguments),
        Command::Mute(arguments) => steer::mute(&context, &arguments),
        Command::Watch(arguments) => watch::run(&context, arguments).await,
        Command::Show(arguments) => show::run(&context, &arguments),
        Command::List(arguments) => list::run(&context, &arguments),
        Command::Replay(arguments) => replay::run(&context, arguments).await,
        Command::Calls(arguments) => calls::run(&context, &arguments),
        Command::Cost(arguments) => cost::run(&context, &arguments),
        Command::Prompt(arguments) => prompt::run(&context, &arguments),
        Command::Lookups(arguments) => lookups::run(&context, &arguments),
        Command::Steward(arguments) => steward::run(&context, arguments).await,
        Command::Sparks(arguments) => sparks::run(&context, &arguments),
        Command::Ledger(arguments) => ledger::run(&context, &arguments),
        Command::Leaderboard(arguments) => leaderboard::run(&context, &arguments),
        Command::Venture(arguments) => venture::run(&context, arguments).await,
        Command::Outcome(arguments) => adjust::outcome(&context, arguments).await,
        Command::Grant(arguments) => adjust::grant(&context, arguments).await,
        Command::Penalty(arguments) => adjust::penalty(&context, arguments).await,
        Command::Promote(arguments) => promote::run(&context, arguments).await,
        Command::Relegation(arguments) => relegation::run(&context, arguments).await,
        Command::Config(arguments) => config::run(&context, &arguments).await,
        Command::Models(arguments) => models::run(&context, arguments).await,
        Command::Key(arguments) => key::run(&context, arguments),
        Command::Init(arguments) => init::run(&context, &arguments).await,
        Command::Team(arguments) => team::run(&context, arguments).await,
        Command::Store(arguments) => store::run(&context, arguments).await,
        Command::Requests(arguments) => requests::run(&context, arguments).await,
        Command::Skills(arguments) => skills::run(&context, arguments).await,
        Command::Plugin(arguments) => plugin::run(&context, arguments).await,
        Command::RefreshSeeds(arguments) => refresh_seeds::run(&context, &arguments),
        Command::Docs(arguments) => docs::run(&arguments),
        Command::Completions(arguments) => completions::run(&arguments),
        Command::Man(arguments) => completions::man(&arguments),
    }
}

/// The archives there are, of real debates and of rehearsals.
fn archives(context: &Context) -> Result<Vec<Archive>, Failure> {
    let mut archives = Vec::new();
    for realm in Realm::ALL {
        archives.extend(Archive::open(&context.workspace, realm)?);
    }
    Ok(archives)
}

/// What an archive has of a debate, wherever the debate is.
fn found<T>(
    context: &Context,
    id: &RoundtableId,
    look: impl Fn(&Archive) -> Result<Option<T>, Error>,
) -> Result<T, Failure> {
    for archive in archives(context)? {
        if let Some(found) = look(&archive)? {
            return Ok(found);
        }
    }
    Err(Error::NoSuchRoundtable(id.clone()).into())
}

/// The newest debate of all archives.
fn newest(archives: &[Archive]) -> Result<(&Archive, Listed), Failure> {
    let mut all = Vec::new();
    for archive in archives {
        all.extend(archive.list()?.into_iter().map(|listed| (archive, listed)));
    }
    let newest = all.into_iter().max_by(|(_, one), (_, other)| {
        one.opened_at.cmp(&other.opened_at).then_with(|| one.id.cmp(&other.id))
    });
    newest.ok_or_else(|| {
        let help = format!("`{} roundtable --help` shows how to hold one", output::program());
        Failure::new(Exit::NotFound, "there is no roundtable yet", help)
    })
}
