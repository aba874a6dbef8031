//! `team templates`.

use amatelier_engine::{STARTER, seed_files};
use amatelier_workspace::{MemberLine, Template};
use serde::Serialize;

use crate::{args::TeamPrinted, exit::Exit, failure::Failure, output, render};

/// The starter rosters.
#[derive(Serialize)]
pub(crate) struct Templates {
    pub schema: &'static str,
    /// The one that a new workspace starts with.
    pub starter: &'static str,
    pub templates: Vec<Roster>,
}

/// One of them.
#[derive(Serialize)]
pub(crate) struct Roster {
    pub name: String,
    pub members: Vec<MemberLine>,
}

pub(crate) fn run(arguments: &TeamPrinted) -> Result<Exit, Failure> {
    let roster = |template: Template| Roster { name: template.name, members: template.members };
    let templates = Template::all(&seed_files())?.into_iter().map(roster).collect();
    let templates = Templates { schema: "amatelier/templates/v1", starter: STARTER, templates };
    if arguments.json {
        output::print_json(&templates)?;
    } else {
        output::print(&render::templates(&templates, render::width()))?;
    }
    Ok(Exit::Ok)
}
