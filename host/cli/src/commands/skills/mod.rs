//! `skills`: what can be learnt, as whom, and from where.

mod import;
mod list;
mod show;
mod teach;

pub(crate) use show::SkillShown;

use amatelier_engine::{School, SchoolError, Teachable};
use amatelier_workspace::nearest;

use super::{store::warn, team::needs_team};
use crate::{
    args::{Skills, SkillsCommand},
    context::Context,
    exit::Exit,
    failure::Failure,
    output,
};

pub(crate) async fn run(context: &Context, arguments: Skills) -> Result<Exit, Failure> {
    match arguments.command {
        SkillsCommand::List(arguments) => list::run(context, &arguments).await,
        SkillsCommand::Show(arguments) => show::run(context, &arguments).await,
        SkillsCommand::Teach(arguments) => teach::run(context, &arguments).await,
        SkillsCommand::Import(arguments) => import::run(context, &arguments),
    }
}

/// The school of the workspace; what is left out is told on stderr.
async fn school(context: &Context) -> Result<School, Failure> {
    needs_team(&context.workspace)?;
    let school = School::open(&context.workspace).await?;
    warn(school.warnings());
    Ok(school)
}

/// The skill of that id.
fn find<'a>(school: &'a School, id: &str) -> Result<&'a Teachable, Failure> {
    let known = || school.skills().map(|listed| listed.skill.id.clone()).collect();
    school.find(id).ok_or_else(|| SchoolError::Unknown { id: id.to_owned(), known: known() }.into())
}

impl From<SchoolError> for Failure {
    fn from(error: SchoolError) -> Self {
        match &error {
            SchoolError::Unknown { id, known } => {
                let help = match nearest(id, known.iter().map(String::as_str)) {
                    Some(meant) => format!("did you mean `{meant}`?"),
                    None => format!(
                        "`{0} skills list` lists what is taught; `{0} skills import FOLDER` takes a skill over",
                        output::program()
                    ),
                };
                Failure::new(Exit::NotFound, error, help)
            }
            SchoolError::Failed { .. } => {
                let help = "mend the component, or name another one in a [[skill]] table of team.toml";
                Failure::new(Exit::Failure, error, help.to_owned())
            }
        }
    }
}
