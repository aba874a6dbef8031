//! `resume`: go on with a debate that was cut off or paused.

use std::time::Duration;

use amatelier_debate::Caps;
use amatelier_engine::{Archive, Engine, Error, Listed, Providers, Roundtable, Wish};
use amatelier_types::RoundtableId;
use amatelier_workspace::{Choice, Mode, OnUncertain, Realm};

use super::{archives, drive, newest, registered, uncertain};
use crate::{
    args::{Capped, Resume},
    context::Context,
    exit::Exit,
    failure::Failure,
    output,
};

pub(crate) async fn run(context: &Context, arguments: Resume) -> Result<Exit, Failure> {
    let archives = archives(context)?;
    let wanted = match &arguments.id {
        Some(id) => vec![named(&archives, id)?],
        None => unfinished(&archives)?,
    };
    if wanted.is_empty() {
        return show_newest(context, &archives, &arguments);
    }
    drop(archives);
    let mut driven = None;
    for (mode, id) in wanted {
        let choice = Choice { mode, because: "the debate was opened with it".into() };
        let providers = context.providers(&choice, arguments.speaker_timeout).await?;
        let engine = context.engine(&choice, providers.clone())?;
        let roundtable = match engine.load(&id) {
            Ok(roundtable) => roundtable,
            // One that runs is no debate that was cut off; the next older one may be.
            Err(error @ Error::Driven { .. }) => {
                driven = Some(error);
                continue;
            }
            Err(error) => return Err(error.into()),
        };
        let typed = (&arguments.capped, arguments.on_uncertain);
        let roundtable = taken_up(context, &engine, &providers, roundtable, typed)?;
        let timeout = arguments.speaker_timeout.map(|seconds| Duration::from_secs(u64::from(seconds)));
        let wish = if arguments.stop { Wish::Stop } else { Wish::GoOn };
        return drive::run(
            context,
            &engine,
            roundtable,
            timeout,
            wish,
            &arguments.printed,
            &arguments.watched,
        )
        .await;
    }
    Err(driven.map_or_else(|| Failure::new(Exit::NotFound, "nothing is unfinished", None), Failure::from))
}

/// A debate as it is gone on with: with the caps that were typed, the consent for who is asked now, and a policy for what was in flight.
pub(super) fn taken_up(
    context: &Context,
    engine: &Engine,
    providers: &Providers,
    roundtable: Roundtable,
    (capped, how): (&Capped, Option<OnUncertain>),
) -> Result<Roundtable, Failure> {
    let roundtable = raised(context, engine, roundtable, capped);
    let roundtable = consented(context, roundtable, providers);
    let policy = uncertain::policy(context, engine, &roundtable, how)?;
    Ok(roundtable.on_uncertain(policy))
}

/// The debate with the caps that were typed in the place of those it had.
///
/// What a call and a member may cost is nobody's to type: what the configuration says by now holds.
pub(super) fn raised(
    context: &Context,
    engine: &Engine,
    roundtable: Roundtable,
    typed: &Capped,
) -> Roundtable {
    let (own, is_paid) = (roundtable.debate().caps(), engine.is_paid(&roundtable));
    let money = &context.configuration.config.money;
    let caps = Caps {
        max_tokens: typed.max_tokens.map(u64::from).or(own.max_tokens),
        max_minutes: typed.max_minutes.or(own.max_minutes),
        // One that cost nothing until now was opened without a cap on money, and nobody said that it needs none.
        max_cost: match typed.max_cost {
            Some(typed) => typed.0,
            None => own.max_cost.or(money.max_cost.0.filter(|_| is_paid && !engine.has_cost(&roundtable))),
        },
        max_cost_per_call: money.max_cost_per_call.0.filter(|_| is_paid),
        max_cost_per_member: money.max_cost_per_member.0.filter(|_| is_paid),
    };
    roundtable.capped(caps)
}

/// The debate with the consent for the provider it goes on with, which may be another one than it was opened with.
fn consented(context: &Context, roundtable: Roundtable, providers: &Providers) -> Roundtable {
    let Some(steward) = &roundtable.debate().setup().steward else { return roundtable };
    // One that is closed looks nothing up any more.
    if roundtable.debate().stop().is_some() {
        return roundtable;
    }
    let labels = steward.labels.iter().map(String::as_str);
    let mut beyond = registered::beyond(providers, labels);
    // Its own model is the one that it was opened with, whatever its label means now.
    beyond.extend(steward.provider.parse().ok().and_then(|mode| providers.place_of(mode)));
    let assisted = registered::consented(context, steward.files.len(), &beyond);
    roundtable.assisted(assisted)
}

/// The debate of an id, and the mode it was opened in.
pub(super) fn named(archives: &[Archive], id: &RoundtableId) -> Result<(Mode, RoundtableId), Failure> {
    for archive in archives {
        if let Some(listed) = archive.list()?.iter().find(|listed| listed.id == id.as_str()) {
            return Ok((mode_of(archive, listed), id.clone()));
        }
    }
    Err(Error::NoSuchRoundtable(id.clone()).into())
}

/// The mode that a debate was opened in.
fn mode_of(archive: &Archive, listed: &Listed) -> Mode {
    let stand_in = if archive.realm() == Realm::Play { Mode::Rehearsal } else { Mode::OpenAiCompat };
    // The events of a debate are checked when it is loaded; here it only has to be found.
    listed.mode.parse().unwrap_or(stand_in)
}

/// The debates in which something is left to be done, newest first.
fn unfinished(archives: &[Archive]) -> Result<Vec<(Mode, RoundtableId)>, Failure> {
    let mut unfinished = Vec::new();
    for archive in archives {
        let open = archive.list()?.into_iter().filter(Listed::is_unfinished);
        unfinished
            .extend(open.map(|listed| (listed.opened_at.clone(), mode_of(archive, &listed), listed.id)));
    }
    unfinished.sort();
    Ok(unfinished.into_iter().rev().filter_map(|(_, mode, id)| Some((mode, id.parse().ok()?))).collect())
}

/// Nothing is unfinished: the newest digest is what there is to see.
fn show_newest(context: &Context, archives: &[Archive], arguments: &Resume) -> Result<Exit, Failure> {
    let (archive, listed) = newest(archives)?;
    let id: RoundtableId = listed.id.parse().map_err(|bad| Failure::new(Exit::Integrity, bad, None))?;
    eprintln!("nothing is unfinished; this is the newest digest");
    let digest = archive.digest(&id)?.ok_or(Error::NoSuchRoundtable(id))?;
    archive.publish_missing(&context.workspace, &digest)?;
    output::print_digest(&digest, &arguments.printed)?;
    Ok(Exit::Ok)
}
