//! `resume`: go on with a debate that was cut off or paused.

use std::time::Duration;

use amatelier_engine::{Archive, Error};
use amatelier_types::RoundtableId;
use amatelier_workspace::{Choice, Mode};

use super::{archives, drive};
use crate::{args::Resume, context::Context, exit::Exit, failure::Failure, output};

pub(crate) async fn run(context: &Context, arguments: Resume) -> Result<Exit, Failure> {
    let archives = archives(context)?;
    let Some((mode, id)) = wanted(&archives, arguments.id.as_ref())? else {
        return newest(&archives, &arguments);
    };
    drop(archives);
    let choice = Choice { mode, because: "the debate was opened with it".into() };
    let engine = context.engine(&choice, arguments.speaker_timeout)?;
    let roundtable = engine.load(&id)?;
    let timeout = arguments.speaker_timeout.map(|seconds| Duration::from_secs(u64::from(seconds)));
    drive::run(context, &engine, roundtable, timeout, &arguments.printed).await
}

/// The debate to go on with: the one that was named, or the newest that is unfinished.
fn wanted(archives: &[Archive], id: Option<&RoundtableId>) -> Result<Option<(Mode, RoundtableId)>, Failure> {
    let mut unfinished = Vec::new();
    for archive in archives {
        for listed in archive.list()? {
            match id {
                Some(id) if listed.id == id.as_str() => return Ok(Some((archive.mode(), id.clone()))),
                None if listed.is_unfinished() => {
                    unfinished.push((listed.opened_at, archive.mode(), listed.id))
                }
                _ => {}
            }
        }
    }
    if let Some(id) = id {
        return Err(Error::NoSuchRoundtable(id.clone()).into());
    }
    unfinished.sort();
    Ok(unfinished.pop().and_then(|(_, mode, id)| Some((mode, id.parse().ok()?))))
}

/// Nothing is unfinished: the newest digest is what there is to see.
fn newest(archives: &[Archive], arguments: &Resume) -> Result<Exit, Failure> {
    let mut all = Vec::new();
    for (place, archive) in archives.iter().enumerate() {
        all.extend(archive.list()?.into_iter().map(|listed| (listed.opened_at, place, listed.id)));
    }
    all.sort();
    let newest = all.pop().and_then(|(_, place, id)| Some((archives.get(place)?, id.parse().ok()?)));
    let Some((archive, id)) = newest else {
        let help = format!("`{} roundtable --help` shows how to hold one", output::program());
        return Err(Failure::new(Exit::NotFound, "there is no roundtable yet", help));
    };
    eprintln!("nothing is unfinished; this is the newest digest");
    let digest = archive.digest(&id)?.ok_or(Error::NoSuchRoundtable(id))?;
    output::print_digest(&digest, &arguments.printed)?;
    Ok(Exit::Ok)
}
