//! One file per command.

mod calls;
mod config;
mod drive;
mod list;
mod prompt;
mod replay;
mod resume;
mod roundtable;
mod show;
mod tell;

use amatelier_engine::{Archive, Wish};
use amatelier_workspace::Mode;

pub(crate) use config::Report;

use crate::{
    args::{Arguments, Command},
    context::Context,
    exit::Exit,
    failure::Failure,
    logging,
};

/// Carry out what was typed.
pub(crate) async fn run(arguments: Arguments) -> Result<Exit, Failure> {
    let context = Context::new(&arguments)?;
    let driving = matches!(arguments.command, Command::Roundtable(_) | Command::Resume(_));
    let logs = context.workspace.root().join("logs");
    logging::start(arguments.verbose, driving.then_some(logs.as_path()));
    for notice in &context.configuration.notices {
        tracing::warn!("{notice}");
    }
    match arguments.command {
        Command::Roundtable(arguments) => roundtable::run(&context, arguments).await,
        Command::Resume(arguments) => resume::run(&context, arguments).await,
        Command::Pause(arguments) => tell::run(&context, &arguments, Wish::Pause),
        Command::Stop(arguments) => tell::run(&context, &arguments, Wish::Stop),
        Command::Show(arguments) => show::run(&context, &arguments),
        Command::List(arguments) => list::run(&context, &arguments),
        Command::Replay(arguments) => replay::run(&context, arguments).await,
        Command::Calls(arguments) => calls::run(&context, &arguments),
        Command::Prompt(arguments) => prompt::run(&context, &arguments),
        Command::Config(arguments) => config::run(&context, &arguments).await,
    }
}

/// The archives there are, of real debates and of rehearsals.
fn archives(context: &Context) -> Result<Vec<Archive>, Failure> {
    let mut archives = Vec::new();
    for mode in Mode::ALL {
        archives.extend(Archive::open(&context.workspace, mode)?);
    }
    Ok(archives)
}
