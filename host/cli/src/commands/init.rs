//! `init`: make the workspace, or say what it is.

use amatelier_engine::{STARTER, catalog_text, seed_files};
use amatelier_workspace::{Choice, Team, Template};
use serde::Serialize;

use super::team::template;
use crate::{args::Init, context::Context, exit::Exit, failure::Failure, output, render};

/// What became of the team.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum Started {
    Made,
    WasThere,
    MadeAnew,
}

/// Everything a new user needs to go on.
#[derive(Serialize)]
pub(crate) struct Initialised {
    pub schema: &'static str,
    pub version: &'static str,
    pub workspace: String,
    pub team_file: String,
    pub team: Started,
    /// The template, where the team was made from one now.
    pub template: Option<String>,
    /// The copy of the old team file.
    pub backup: Option<String>,
    pub members: Vec<String>,
    pub mode: String,
    pub because: String,
}

pub(crate) async fn run(context: &Context, arguments: &Init) -> Result<Exit, Failure> {
    let seeds = seed_files();
    let wanted: Template = template(&seeds, arguments.template.as_deref().unwrap_or(STARTER))?;
    let workspace = &context.workspace;
    let there = workspace.team_file().exists();
    if there && arguments.template.is_some() && !arguments.force {
        let program = output::program();
        return Err(Failure::new(
            Exit::Refused,
            format!("there is a team in {}", workspace.team_file().display()),
            format!(
                "`{program} team import {0}` adds the members of {0}; `{program} init --template {0} --force` starts over with them and keeps a copy of the team file",
                wanted.name
            ),
        ));
    }
    workspace.seed_catalog(catalog_text())?;
    let (team, backup) = match (there, arguments.force) {
        (true, false) => (Started::WasThere, None),
        (true, true) => (Started::MadeAnew, workspace.start_over(&seeds, &wanted)?),
        (false, _) => {
            workspace.ensure(&seeds, &wanted)?;
            (Started::Made, None)
        }
    };
    let Choice { mode, because } = context.choose().await;
    let members: Team = workspace.team()?;
    let report = Initialised {
        schema: "amatelier/init/v1",
        version: env!("CARGO_PKG_VERSION"),
        workspace: workspace.root().display().to_string(),
        team_file: workspace.team_file().display().to_string(),
        team,
        template: (team != Started::WasThere).then_some(wanted.name),
        backup: backup.map(|path| path.display().to_string()),
        members: members.members.iter().map(|member| format!("{} ({})", member.name, member.role)).collect(),
        mode: mode.name().into(),
        because,
    };
    if arguments.json {
        output::print_json(&report)?;
    } else {
        output::print(&render::initialised(&report, &output::program()))?;
    }
    Ok(Exit::Ok)
}
