//! `team`: who is in it, who joins, who leaves, and what is wrong with it.

mod accounts;
mod import;
mod list;
mod new;
mod remove;
mod templates;
mod validate;

use amatelier_engine::seed_files;
use amatelier_workspace::{MemberLine, SeedFile, Template, Workspace, nearest};

pub(crate) use list::Listing;
#[cfg(test)]
pub(crate) use list::Row;
#[cfg(test)]
pub(crate) use templates::Roster;
pub(crate) use templates::Templates;

use crate::{
    args::{Team, TeamCommand},
    context::Context,
    exit::Exit,
    failure::Failure,
    output,
};

pub(crate) async fn run(context: &Context, arguments: Team) -> Result<Exit, Failure> {
    match arguments.command {
        TeamCommand::List(arguments) => list::run(context, &arguments),
        TeamCommand::New(arguments) => new::run(context, arguments),
        TeamCommand::Remove(arguments) => remove::run(context, &arguments).await,
        TeamCommand::Import(arguments) => import::run(context, &arguments),
        TeamCommand::Templates(arguments) => templates::run(&arguments),
        TeamCommand::Validate(arguments) => validate::run(context, &arguments),
    }
}

/// The template of that name, or which there are.
pub(crate) fn template(seeds: &[SeedFile<'_>], name: &str) -> Result<Template, Failure> {
    let mut all = Template::all(seeds)?;
    if let Some(at) = all.iter().position(|template| template.name == name) {
        return Ok(all.swap_remove(at));
    }
    let known: Vec<&str> = all.iter().map(|template| template.name.as_str()).collect();
    let help = match nearest(name, known.iter().copied()) {
        Some(meant) => format!("did you mean `{meant}`?"),
        None => format!(
            "there are {}; `{} team templates` says who is in them",
            known.join(", "),
            output::program()
        ),
    };
    Err(Failure::new(Exit::NotFound, format!("there is no template `{name}`"), help))
}

/// Refuse to speak of a team that is not there.
pub(crate) fn needs_team(workspace: &Workspace) -> Result<(), Failure> {
    if workspace.team_file().exists() {
        return Ok(());
    }
    Err(Failure::new(
        Exit::NotFound,
        format!("there is no team in {}", workspace.root().display()),
        format!("`{} init` makes one", output::program()),
    ))
}

/// Names in a row.
fn names<'a>(lines: impl IntoIterator<Item = &'a MemberLine>) -> String {
    lines.into_iter().map(|line| line.name.as_str()).collect::<Vec<_>>().join(", ")
}

/// The names of all templates, for a sentence.
fn template_names() -> Result<String, Failure> {
    let all = Template::all(&seed_files())?;
    Ok(all.iter().map(|template| template.name.as_str()).collect::<Vec<_>>().join(", "))
}
