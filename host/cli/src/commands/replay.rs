//! `replay`: a past debate as it happened, or run again to be verified.

use std::time::Duration;

use amatelier_debate::{Debate, Event};
use amatelier_engine::{Archive, Error, Verification, Watcher as _};
use amatelier_types::RoundtableId;
use serde::Serialize;

use super::archives;
use crate::{args::Replay, context::Context, exit::Exit, failure::Failure, output, render};

/// The longest wait between two messages of a replay, in milliseconds: a night in which a debate was paused is not waited out.
const LONGEST_WAIT: f64 = 10_000.0;

#[derive(Serialize)]
struct Report<'a> {
    schema: &'static str,
    roundtable_id: &'a str,
    #[serde(flatten)]
    found: &'a Verification,
}

pub(crate) async fn run(context: &Context, arguments: Replay) -> Result<Exit, Failure> {
    let (archive, events) = find(context, &arguments.id)?;
    if !arguments.verify {
        show(&events, arguments.speed).await;
        return Ok(Exit::Ok);
    }
    let found = archive.verify(&context.workspace, &arguments.id).await?;
    if arguments.json {
        let report = Report {
            schema: "amatelier/verification/v1",
            roundtable_id: arguments.id.as_str(),
            found: &found,
        };
        output::print_json(&report)?;
    } else {
        output::print(&render::verification(&arguments.id, &found))?;
    }
    Ok(match found {
        Verification::Same { .. } => Exit::Ok,
        Verification::Different(_) => Exit::Integrity,
    })
}

fn find(context: &Context, id: &RoundtableId) -> Result<(Archive, Vec<Event>), Failure> {
    for archive in archives(context)? {
        if let Some(events) = archive.events(id)? {
            return Ok((archive, events));
        }
    }
    Err(Error::NoSuchRoundtable(id.clone()).into())
}

/// Print the debate message by message, at the pace at which it happened times `speed`; at once with 0.
async fn show(events: &[Event], speed: f64) {
    let Some(opened) = events.get(..1).and_then(Debate::from_events) else { return };
    let progress = render::Progress::start(&opened);
    let mut debate = opened;
    let mut before = None;
    for event in events.iter().skip(1) {
        if let Event::MessagePosted(posted) = event {
            let waited = before.map_or(0, |before: i64| posted.at.0.saturating_sub(before));
            before = Some(posted.at.0);
            pace(waited, speed).await;
        }
        debate.apply(event);
        progress.event(&debate, event);
        if let Event::MessagePosted(posted) = event {
            render::lines::whole(&posted.message).iter().for_each(|whole| progress.say(whole));
        }
    }
}

#[allow(
    clippy::disallowed_methods,
    reason = "a replay shows a debate at the pace at which it happened: waiting is the feature"
)]
async fn pace(milliseconds: i64, speed: f64) {
    if speed > 0.0 && milliseconds > 0 {
        let wait = (milliseconds as f64 / speed).min(LONGEST_WAIT);
        tokio::time::sleep(Duration::from_secs_f64(wait / 1000.0)).await;
    }
}
