//! `team validate`.

use amatelier_engine::known_components;
use amatelier_workspace::{Complaint, Severity};
use serde::Serialize;

use super::needs_team;
use crate::{
    args::TeamPrinted, commands::plugin::heed, context::Context, exit::Exit, failure::Failure, output, render,
};

#[derive(Serialize)]
struct Checked {
    schema: &'static str,
    team_file: String,
    errors: usize,
    warnings: usize,
    complaints: Vec<Complaint>,
}

pub(crate) fn run(context: &Context, arguments: &TeamPrinted) -> Result<Exit, Failure> {
    needs_team(&context.workspace)?;
    heed(context);
    let complaints = context.workspace.check_team(&known_components(&context.workspace))?;
    let of = |severity| complaints.iter().filter(|complaint| complaint.severity == severity).count();
    let (errors, warnings) = (of(Severity::Error), of(Severity::Warning));
    let team_file = context.workspace.team_file().display().to_string();
    if arguments.json {
        let schema = "amatelier/team-validate/v1";
        output::print_json(&Checked { schema, team_file, errors, warnings, complaints })?;
    } else {
        output::print(&render::complaints(&team_file, &complaints))?;
    }
    Ok(if errors == 0 { Exit::Ok } else { Exit::Configuration })
}
