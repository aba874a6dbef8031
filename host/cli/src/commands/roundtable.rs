//! `roundtable`: hold a debate.

use std::time::Duration;

use amatelier_engine::{Grounded, Opening, Providers};
use amatelier_workspace::{Briefing, Consent};

use super::drive;
use crate::{args::Roundtable, context::Context, exit::Exit, failure::Failure, output};

pub(crate) async fn run(context: &Context, arguments: Roundtable) -> Result<Exit, Failure> {
    let briefing = Briefing::read(&arguments.briefing)?;
    let grounded = register(context, &arguments, &briefing)?;
    let choice = context.choose();
    context.ensure()?;
    let providers = context.providers(&choice, arguments.speaker_timeout).await?;
    let grounded = grounded.map(|grounded| consented(context, grounded, &providers));
    let engine = context.engine_with(&choice, providers)?;
    let opening = Opening {
        topic: arguments.topic,
        briefing: briefing.text,
        workers: arguments.workers,
        skip: arguments.skip_agent,
        skip_naomi: arguments.skip_naomi,
        max_rounds: arguments.max_rounds,
        floor_turns: arguments.budget,
        grounded,
        seed: arguments.seed,
    };
    if arguments.skip_post {
        tracing::info!("--skip-post: nothing follows scoring in this version");
    }
    let roundtable = engine.open_roundtable(&opening).await?;
    let timeout = arguments.speaker_timeout.map(|seconds| Duration::from_secs(u64::from(seconds)));
    drive::run(context, &engine, roundtable, timeout, &arguments.printed, &arguments.watched).await
}

/// Register the briefing's files; what cannot be registered is said now, before anything is asked.
fn register(
    context: &Context,
    arguments: &Roundtable,
    briefing: &Briefing,
) -> Result<Option<Grounded>, Failure> {
    check_time(context)?;
    let folder = arguments.briefing.parent().filter(|folder| !folder.as_os_str().is_empty());
    let root = arguments.root.as_deref().or(folder).unwrap_or(std::path::Path::new("."));
    let failed = |error: amatelier_steward::RootError| {
        Failure::new(Exit::Usage, error, "name the folder of the registered files with --root".to_owned())
    };
    let grounded = Grounded::register(root, &briefing.text).map_err(failed)?;
    let Some(found) = grounded.as_ref().filter(|found| arguments.strict && !found.warnings.is_empty()) else {
        return Ok(grounded);
    };
    let lines: Vec<String> = found.warnings.iter().map(|warning| format!("  {warning}")).collect();
    Err(Failure::new(
        Exit::Usage,
        format!(
            "{} registers what cannot be registered:\n{}",
            arguments.briefing.display(),
            lines.join("\n")
        ),
        "mend these lines, or leave --strict out to go on without them".to_owned(),
    ))
}

/// A cap that not even one request fits into is a slip of the finger.
fn check_time(context: &Context) -> Result<(), Failure> {
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

/// Whether a model may see what is looked up: at once where nothing leaves this machine, otherwise when the operator said so.
fn consented(context: &Context, grounded: Grounded, providers: &Providers) -> Grounded {
    let assisted = match context.configuration.config.steward.consent {
        Consent::Yes => true,
        Consent::No => false,
        Consent::Ask if grounded.files.is_empty() || !providers.is_remote() => true,
        Consent::Ask => {
            let address = providers.explained().base_url.clone().unwrap_or_default();
            output::ask(&format!(
                "The briefing registers {} files. May a model at {address} be shown what the Steward looks up in them?",
                grounded.files.len()
            ))
            .unwrap_or_else(|| {
                eprintln!(
                    "the Steward answers in its forms only: to let a model at {address} see what it looks up, pass --yes or set \
                     AMATELIER_STEWARD_CONSENT=yes"
                );
                false
            })
        }
    };
    Grounded { assisted, ..grounded }
}
