//! `roundtable`: hold a debate.

use std::time::Duration;

use amatelier_engine::{Engine, Forecast, Grounded, Opening, Wish};
use amatelier_workspace::Briefing;
use serde::Serialize;

use super::{drive, plugin::heed, registered};
use crate::{
    args::{Printed, Roundtable},
    context::Context,
    exit::Exit,
    failure::Failure,
    output, render,
};

pub(crate) async fn run(context: &Context, arguments: Roundtable) -> Result<Exit, Failure> {
    let briefing = Briefing::read(&arguments.briefing)?;
    check_time(context)?;
    let grounded = registered::register(&arguments.briefing, arguments.held.root.as_deref(), &briefing)?;
    if let Some(grounded) = grounded.as_ref().filter(|_| arguments.held.strict) {
        registered::must_be_whole(&arguments.briefing, grounded)?;
    }
    let choice = context.choose().await;
    context.ensure()?;
    heed(context);
    let providers = context.providers(&choice, arguments.held.speaker_timeout).await?;
    let grounded = grounded.map(|grounded| {
        let (own, labels) = (&context.configuration.config.steward.model, providers.labels());
        let labels = labels.iter().chain([own]).map(String::as_str);
        let assisted =
            registered::consented(context, grounded.files.len(), &registered::beyond(&providers, labels));
        Grounded { assisted, ..grounded }
    });
    let engine = context.engine(&choice, providers)?;
    let opening = Opening {
        topic: arguments.topic,
        briefing: briefing.text,
        workers: arguments.held.workers,
        skip: arguments.held.skip_agent,
        skip_naomi: arguments.held.skip_naomi,
        max_rounds: arguments.held.max_rounds,
        floor_turns: arguments.held.budget,
        grounded,
        seed: arguments.held.seed,
    };
    if arguments.held.skip_post {
        tracing::info!("--skip-post: nothing follows scoring in this version");
    }
    if arguments.dry_run {
        return forecast(&engine, &opening, &arguments.held.printed).await;
    }
    let roundtable = engine.open_roundtable(&opening).await?;
    let timeout = arguments.held.speaker_timeout.map(|seconds| Duration::from_secs(u64::from(seconds)));
    drive::run(
        context,
        &engine,
        roundtable,
        timeout,
        Wish::GoOn,
        &arguments.held.printed,
        &arguments.held.watched,
    )
    .await
}

/// Say what the debate would take, instead of holding it.
async fn forecast(engine: &Engine, opening: &Opening, printed: &Printed) -> Result<Exit, Failure> {
    let forecast = engine.forecast(opening).await?;
    if output::is_readable(printed) {
        output::print(&render::forecast(&forecast))?;
    } else {
        output::print_json(&Printout { schema: "amatelier/forecast/v1", forecast })?;
    }
    Ok(Exit::Ok)
}

#[derive(Serialize)]
struct Printout {
    schema: &'static str,
    #[serde(flatten)]
    forecast: Forecast,
}

/// A cap that not even one request fits into is a slip of the finger.
pub(super) fn check_time(context: &Context) -> Result<(), Failure> {
    let own = &context.configuration.config.roundtable;
    let fits = own.max_minutes.is_none_or(|minutes| minutes.saturating_mul(60) >= own.speaker_timeout);
    if fits {
        return Ok(());
    }
    Err(Failure::new(
        Exit::Usage,
        format!(
            "--max-minutes {} is less than one turn may take ({} s)",
            own.max_minutes.unwrap_or_default(),
            own.speaker_timeout
        ),
        "allow more minutes, or lower --speaker-timeout".to_owned(),
    ))
}
