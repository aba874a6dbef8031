//! `roundtable`: hold a debate.

use std::time::Duration;

use amatelier_engine::Opening;
use amatelier_workspace::Briefing;

use super::drive;
use crate::{args::Roundtable, context::Context, exit::Exit, failure::Failure};

pub(crate) async fn run(context: &Context, arguments: Roundtable) -> Result<Exit, Failure> {
    let briefing = Briefing::read(&arguments.briefing)?;
    let choice = context.choose();
    context.ensure()?;
    let engine = context.engine(&choice, arguments.speaker_timeout).await?;
    let opening = Opening {
        topic: arguments.topic,
        briefing: briefing.text,
        workers: arguments.workers,
        skip: arguments.skip_agent,
        skip_naomi: arguments.skip_naomi,
        max_rounds: arguments.max_rounds,
        floor_turns: arguments.budget,
        seed: arguments.seed,
    };
    if arguments.skip_post {
        tracing::info!("--skip-post: nothing follows scoring in this version");
    }
    let roundtable = engine.open_roundtable(&opening).await?;
    let timeout = arguments.speaker_timeout.map(|seconds| Duration::from_secs(u64::from(seconds)));
    drive::run(context, &engine, roundtable, timeout, &arguments.printed, &arguments.watched).await
}
