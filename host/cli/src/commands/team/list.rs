//! `team list`.

use std::collections::BTreeMap;

use amatelier_workspace::Member;
use serde::Serialize;

use super::needs_team;
use crate::{
    args::TeamPrinted, commands::plugin::heed, context::Context, exit::Exit, failure::Failure, output, render,
};

/// The team, in the order of its file.
#[derive(Serialize)]
pub(crate) struct Listing {
    pub schema: &'static str,
    pub team_file: String,
    pub members: Vec<Row>,
    /// What marks debates, if anything does.
    pub rubric: Option<String>,
}

/// A member.
#[derive(Serialize)]
pub(crate) struct Row {
    pub name: String,
    pub role: String,
    pub model: String,
    /// The provider it is meant to run on; none means the default one.
    pub provider: Option<String>,
    pub component: String,
    pub allow: Option<Vec<&'static str>>,
    pub settings: BTreeMap<String, String>,
    pub tagline: String,
}

impl Row {
    fn of(member: Member) -> Self {
        Row {
            name: member.name.to_string(),
            role: member.role.to_string(),
            model: member.model,
            provider: member.provider,
            component: member.component.to_string(),
            allow: member.allow.map(|allowed| allowed.iter().map(|capability| capability.name()).collect()),
            settings: member.settings,
            tagline: member.tagline,
        }
    }
}

pub(crate) fn run(context: &Context, arguments: &TeamPrinted) -> Result<Exit, Failure> {
    needs_team(&context.workspace)?;
    heed(context);
    let team = context.workspace.team()?;
    let listing = Listing {
        schema: "amatelier/team/v1",
        team_file: context.workspace.team_file().display().to_string(),
        members: team.members.into_iter().map(Row::of).collect(),
        rubric: team.rubric.map(|rubric| rubric.component.to_string()),
    };
    if arguments.json {
        output::print_json(&listing)?;
    } else {
        output::print(&render::team(&listing, render::width()))?;
    }
    Ok(Exit::Ok)
}
