//! `list`: the debates, newest first.

use serde::Serialize;

use super::archives;
use crate::{args::List, context::Context, exit::Exit, failure::Failure, output, render};

#[derive(Serialize)]
struct Listing {
    schema: &'static str,
    roundtables: Vec<amatelier_engine::Listed>,
}

pub(crate) fn run(context: &Context, arguments: &List) -> Result<Exit, Failure> {
    let mut roundtables = Vec::new();
    for archive in archives(context)? {
        roundtables.extend(archive.list()?);
    }
    roundtables.sort_by(|one, other| other.opened_at.cmp(&one.opened_at).then_with(|| one.id.cmp(&other.id)));
    if arguments.json {
        output::print_json(&Listing { schema: "amatelier/list/v1", roundtables })?;
    } else {
        output::print(&render::list(&roundtables))?;
    }
    Ok(Exit::Ok)
}
