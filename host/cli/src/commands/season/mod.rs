//! `season`: debates one after the other, held as one thing.

mod interrupt;
mod play;
mod settings;
mod told;

use std::path::{Path, PathBuf};

use amatelier_engine::{Archive, SeasonId, SeasonPlan, SeasonTask, seed};
use amatelier_workspace::{Briefing, Flag, Mode};

use self::play::Play;
#[cfg(test)]
pub(crate) use self::told::{Bought, Brought};
pub(crate) use self::told::{Closing, Debated, Stood};
use super::{archives, registered, roundtable::check_time};
use crate::{args::Season, context::Context, exit::Exit, failure::Failure, output};

pub(crate) async fn run(context: &Context, arguments: Season, flags: Vec<Flag>) -> Result<Exit, Failure> {
    if arguments.held.skip_post {
        tracing::info!("--skip-post: nothing follows scoring in this version");
    }
    match &arguments.resume {
        Some(id) => resume(context, &arguments, id.as_ref(), flags).await,
        None => begin(context, &arguments, &flags).await,
    }
}

async fn begin(context: &Context, arguments: &Season, flags: &[Flag]) -> Result<Exit, Failure> {
    let tasks = tasks(arguments)?;
    check_time(context)?;
    for task in &tasks {
        let path = Path::new(&task.file);
        let grounded =
            registered::register(path, Some(&task.root), &Briefing { text: task.briefing.clone() })?;
        if let Some(grounded) = grounded.filter(|_| arguments.held.strict) {
            registered::must_be_whole(path, &grounded)?;
        }
    }
    let choice = context.choose().await;
    context.ensure()?;
    let providers = context.providers(&choice, None).await?;
    let engine = context.engine(&choice, providers.clone())?;
    let mut settings = settings::kept(flags);
    // A key that turns up later changes nothing for a season that has begun.
    if choice.mode != Mode::Cassette {
        settings.insert("mode".into(), choice.mode.name().into());
    }
    let plan = SeasonPlan {
        debates: arguments.debates.unwrap_or(1),
        tasks,
        seed: seed(arguments.held.seed, choice.mode),
        workers: arguments.held.workers.clone(),
        skip: arguments.held.skip_agent.clone(),
        skip_naomi: arguments.held.skip_naomi,
        strict: arguments.held.strict,
        settings,
    };
    // What keeps the first debate from being held keeps the season from being opened.
    let play = Play::new(context, &engine, &providers, arguments);
    play.rehearse_opening(&plan).await?;
    let season = engine.open_season(plan).await?;
    play.hold(season).await
}

async fn resume(
    context: &Context,
    arguments: &Season,
    id: Option<&SeasonId>,
    typed: Vec<Flag>,
) -> Result<Exit, Failure> {
    let archives = archives(context)?;
    let season = match id {
        Some(id) => named(&archives, id)?,
        None => unfinished(&archives)?,
    };
    drop(archives);
    let settings = settings::kept(&typed);
    let flags = settings::flags(&season.plan().settings, typed);
    let context = &context.flagged(flags)?;
    check_time(context)?;
    let choice = context.choose().await;
    let providers = context.providers(&choice, None).await?;
    let engine = context.engine(&choice, providers.clone())?;
    let mut season = engine.load_season(season.id())?;
    if !season.is_closed() {
        engine.set_season(&mut season, settings).await?;
    }
    Play::new(context, &engine, &providers, arguments).hold(season).await
}

/// The tasks that were typed: a topic for each briefing, or one for all.
fn tasks(arguments: &Season) -> Result<Vec<SeasonTask>, Failure> {
    let (topics, briefings) = (&arguments.topic, &arguments.briefing);
    if topics.len() != 1 && topics.len() != briefings.len() {
        return Err(Failure::new(
            Exit::Usage,
            format!("there are {} topics for {} briefings", topics.len(), briefings.len()),
            "give one --topic for all, or one for each --briefing, in the same order".to_owned(),
        ));
    }
    let topics = topics.iter().cycle();
    briefings
        .iter()
        .zip(topics)
        .map(|(path, topic)| task(path, topic, arguments.held.root.as_deref()))
        .collect()
}

fn task(path: &Path, topic: &str, root: Option<&Path>) -> Result<SeasonTask, Failure> {
    let briefing = Briefing::read(path)?.text;
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty());
    let root: PathBuf = root.or(folder).unwrap_or(Path::new(".")).to_owned();
    Ok(SeasonTask {
        topic: topic.to_owned(),
        file: path.display().to_string(),
        briefing,
        // It is gone on with from any folder.
        root: std::path::absolute(&root).unwrap_or(root),
    })
}

fn named(archives: &[Archive], id: &SeasonId) -> Result<amatelier_engine::Season, Failure> {
    for archive in archives {
        if let Some(season) = archive.season(id)? {
            return Ok(season);
        }
    }
    Err(amatelier_engine::Error::NoSuchSeason(id.clone()).into())
}

/// The newest season that did not come to its end.
fn unfinished(archives: &[Archive]) -> Result<amatelier_engine::Season, Failure> {
    let mut open = Vec::new();
    for archive in archives {
        for id in archive.seasons()? {
            open.extend(archive.season(&id)?.filter(|season| !season.is_closed()));
        }
    }
    let newest = open.into_iter().max_by_key(|season| season.opened_at());
    newest.ok_or_else(|| {
        let help = format!("`{} season --help` shows how to begin one", output::program());
        Failure::new(Exit::NotFound, "no season is unfinished", help)
    })
}

/// The command that goes on with a season.
fn go_on(id: &SeasonId) -> String {
    format!("{} season --resume {id}", output::program())
}
