//! A debate driven on the command line: progress on stderr, the digest on stdout, Ctrl-C to pause.

use std::{sync::Arc, time::Duration};

use amatelier_debate::PauseReason;
use amatelier_engine::{Control, Ending, Engine, Roundtable, Wish};

use crate::{args::Printed, context::Context, exit::Exit, failure::Failure, output, render::Progress};

pub(crate) async fn run(
    context: &Context,
    engine: &Engine,
    roundtable: Roundtable,
    timeout: Option<Duration>,
    printed: &Printed,
) -> Result<Exit, Failure> {
    let id = roundtable.id().clone();
    let resume = format!("{} resume {id}", output::program());
    let progress = Progress::start(roundtable.debate());
    let control = Control::default();
    listen(control.clone(), resume.clone());
    let (ending, digest) = engine.run(roundtable, timeout, control, Arc::new(progress)).await?;
    match ending {
        Ending::Over => {
            let folder = context.workspace.data(engine.mode()).join("digests");
            eprintln!("digest: {}", folder.join(format!("digest-{id}.json")).display());
            output::print_digest(&digest, printed)?;
            Ok(Exit::Ok)
        }
        Ending::Paused(PauseReason::Provider(why)) => Err(Failure::new(
            Exit::Provider,
            format!("roundtable {id} waits: {why}"),
            format!("nothing is lost; when the provider answers again: {resume}"),
        )),
        Ending::Paused(PauseReason::Operator) => {
            eprintln!("paused; go on with: {resume}");
            Ok(Exit::Interrupted)
        }
    }
}

/// Ctrl-C once finishes the turns that run and pauses; twice stops now. Both are resumable.
fn listen(control: Control, resume: String) {
    tokio::spawn(async move {
        if tokio::signal::ctrl_c().await.is_err() {
            return;
        }
        control.want(Wish::Pause);
        eprintln!("pausing after this turn (Ctrl-C again stops now)");
        if tokio::signal::ctrl_c().await.is_ok() {
            eprintln!("stopped; go on with: {resume}");
            std::process::exit(Exit::Interrupted as i32);
        }
    });
}
