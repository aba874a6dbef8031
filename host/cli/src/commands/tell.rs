//! `pause` and `stop`: a wish for a debate that runs in another terminal.

use amatelier_engine::{Archive, Error, Running, Wish};
use amatelier_types::RoundtableId;
use serde::Serialize;

use super::{
    archives,
    watch::{named, running},
};
use crate::{args::Told, context::Context, exit::Exit, failure::Failure, output};

#[derive(Serialize)]
struct Taken<'a> {
    schema: &'static str,
    wish: Wish,
    #[serde(flatten)]
    running: &'a Running,
}

pub(crate) fn run(context: &Context, arguments: &Told, wish: Wish) -> Result<Exit, Failure> {
    let archives = archives(context)?;
    let (archive, running) = driven(context, &archives, arguments.id.as_ref())?;
    archive.tell(&context.workspace, &running.id, wish)?;
    if arguments.json {
        output::print_json(&Taken { schema: "amatelier/told/v1", wish, running: &running })?;
    } else {
        let what = match wish {
            Wish::Stop => "stops, and is scored as it is",
            _ => "pauses after the turn it is in",
        };
        output::print(&format!("roundtable {} {what}\n", running.id))?;
    }
    Ok(Exit::Ok)
}

/// The debate of an id, or the newest that runs: it has to be one that somebody drives.
pub(super) fn driven<'a>(
    context: &Context,
    archives: &'a [Archive],
    id: Option<&RoundtableId>,
) -> Result<(&'a Archive, Running), Failure> {
    let archive = id.map(|id| named(archives, id)).transpose()?;
    let candidates = match archive {
        Some(archive) => vec![archive],
        None => running(context, archives)?.into_iter().map(|(archive, _)| archive).collect(),
    };
    for archive in candidates {
        let driven = archive.running(&context.workspace)?;
        if let Some(found) = driven.into_iter().find(|running| id.is_none_or(|id| running.id == *id)) {
            return Ok((archive, found));
        }
    }
    Err(match id {
        Some(id) => Error::NotDriven(id.clone()).into(),
        None => {
            let help = format!("`{} list` lists them", output::program());
            Failure::new(Exit::NotFound, "no roundtable is running", help)
        }
    })
}
