//! A debate driven on the command line: progress on stderr, the digest on stdout, Ctrl-C to pause.

use std::{sync::Arc, time::Duration};

use amatelier_debate::{Digest, PauseReason};
use amatelier_engine::{Control, Ending, Engine, Roundtable, Watcher, Wish};

use crate::{
    args::{Printed, Watched},
    context::Context,
    exit::Exit,
    failure::Failure,
    output,
    render::{EventLines, Live, Progress},
};

pub(crate) async fn run(
    context: &Context,
    engine: &Engine,
    roundtable: Roundtable,
    timeout: Option<Duration>,
    wish: Wish,
    printed: &Printed,
    watched: &Watched,
) -> Result<Exit, Failure> {
    let print = |digest: &Digest| output::print_digest(digest, printed);
    run_and(context, engine, roundtable, timeout, wish, watched, print).await
}

/// The same, with something else of the digest on stdout.
pub(crate) async fn run_and(
    context: &Context,
    engine: &Engine,
    roundtable: Roundtable,
    timeout: Option<Duration>,
    wish: Wish,
    watched: &Watched,
    print: impl FnOnce(&Digest) -> Result<(), Failure>,
) -> Result<Exit, Failure> {
    let id = roundtable.id().clone();
    let resume = format!("{} resume {id}", output::program());
    let control = Control::default();
    control.want(wish);
    listen(control.clone(), resume.clone());
    let Driven { ending, digest, lines } = watch(engine, roundtable, timeout, control, watched).await?;
    match ending {
        Ending::Over => {
            let folder = context.workspace.data(engine.mode()).join("digests");
            eprintln!("digest: {}", folder.join(format!("digest-{id}.json")).display());
            match lines {
                Some(lines) => lines.digest(&digest),
                None => print(&digest)?,
            }
            Ok(Exit::Ok)
        }
        Ending::Paused(reason) => waits(&format!("roundtable {id}"), reason, &resume),
    }
}

/// What came of driving a debate.
pub(super) struct Driven {
    pub ending: Ending,
    pub digest: Digest,
    /// Where its events were printed, if they were.
    pub lines: Option<Arc<EventLines>>,
}

/// Drive a debate, and show it as it happens.
pub(super) async fn watch(
    engine: &Engine,
    roundtable: Roundtable,
    timeout: Option<Duration>,
    control: Control,
    watched: &Watched,
) -> Result<Driven, Failure> {
    let lines = watched.jsonl.then(|| Arc::new(EventLines::start(&roundtable)));
    let live = (lines.is_none() && !watched.plain && output::is_screen(&std::io::stderr()))
        .then(|| Arc::new(Live::start(roundtable.debate(), watched.pace)));
    let watcher: Arc<dyn Watcher> = match (&lines, &live) {
        (Some(lines), _) => lines.clone(),
        (None, Some(live)) => live.clone(),
        (None, None) => Arc::new(Progress::start(roundtable.debate())),
    };
    let ran = engine.run(roundtable, timeout, control, watcher).await;
    if let Some(live) = live {
        // What is still being read is printed before anything else is; Ctrl-C cuts it short.
        let _ = tokio::task::spawn_blocking(move || live.finish()).await;
    }
    let (ending, digest) = ran?;
    Ok(Driven { ending, digest, lines })
}

/// Say why something waits and how it is gone on with, which is what `resume` is.
pub(super) fn waits(what: &str, reason: PauseReason, resume: &str) -> Result<Exit, Failure> {
    match reason {
        PauseReason::Provider(why) => Err(Failure::new(
            Exit::Provider,
            format!("{what} waits: {why}"),
            format!("nothing is lost; when the provider answers again: {resume}"),
        )),
        PauseReason::Cap(why) => {
            let cap = why.split([' ', ':']).next().unwrap_or_default();
            let remedy = match cap {
                "max-tokens" | "max-minutes" | "max-cost" => format!("{resume} --{cap} N"),
                _ => format!("money.{cap} in the workspace's amatelier.toml, then: {resume}"),
            };
            Err(Failure::new(
                Exit::Capped,
                format!("{what} waits: {why}"),
                format!("nothing is lost; raise the cap and go on: {remedy}"),
            ))
        }
        PauseReason::Uncertain(why) => Err(Failure::new(
            Exit::Interrupted,
            format!("{what} waits: {why}"),
            format!(
                "ask again, and perhaps pay twice: {resume} --on-uncertain resend\ngo on without an answer: {resume} --on-uncertain skip"
            ),
        )),
        PauseReason::Operator => {
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
