//! `pause` and `stop`: a wish for a debate that runs in another terminal.

use amatelier_engine::{Archive, Error, Running, Wish};
use serde::Serialize;

use super::archives;
use crate::{args::Told, context::Context, exit::Exit, failure::Failure, output};

#[derive(Serialize)]
struct Taken<'a> {
    schema: &'static str,
    wish: Wish,
    #[serde(flatten)]
    running: &'a Running,
}

pub(crate) fn run(context: &Context, arguments: &Told, wish: Wish) -> Result<Exit, Failure> {
    let mut running: Vec<(Archive, Running)> = Vec::new();
    for archive in archives(context)? {
        let found = archive.running(&context.workspace)?;
        let wanted =
            found.into_iter().find(|running| arguments.id.as_ref().is_none_or(|id| running.id == *id));
        running.extend(wanted.map(|wanted| (archive, wanted)));
    }
    let Some((archive, running)) = running.into_iter().next() else {
        return Err(match &arguments.id {
            Some(id) => Error::NotDriven(id.clone()).into(),
            None => Failure::new(
                Exit::NotFound,
                "no roundtable is running",
                format!("`{} list` lists them", output::program()),
            ),
        });
    };
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
