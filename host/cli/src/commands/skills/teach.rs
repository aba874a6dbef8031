//! `skills teach`: the lesson that somebody would get now.

use amatelier_debate::Lesson;
use amatelier_types::{Learner, MemberName};
use serde::Serialize;

use super::{find, school};
use crate::{
    args::SkillsTeach,
    commands::{archives, book},
    context::Context,
    exit::Exit,
    failure::Failure,
    output, render,
};

#[derive(Serialize)]
struct Report<'a> {
    schema: &'static str,
    #[serde(flatten)]
    lesson: &'a Lesson,
    /// Who learns; none for anybody who begins.
    learner: Option<&'a Learner>,
}

pub(crate) async fn run(context: &Context, arguments: &SkillsTeach) -> Result<Exit, Failure> {
    let school = school(context).await?;
    find(&school, &arguments.id)?;
    let learner = arguments.member.as_ref().map(|name| learner(context, arguments, name)).transpose()?;
    let beginner = || Learner { name: MemberName::user(), tier: 0, weakest_axis: None, uses: 0 };
    let lesson = school.teach(&arguments.id, &learner.clone().unwrap_or_else(beginner)).await?;
    if arguments.of.json {
        let report = Report { schema: "amatelier/lesson/v1", lesson: &lesson, learner: learner.as_ref() };
        output::print_json(&report)?;
    } else {
        output::print(&format!("{}\n", render::plain(&lesson.text)))?;
    }
    Ok(Exit::Ok)
}

/// What the teacher is told of a member, as the ledger in question has it.
fn learner(context: &Context, arguments: &SkillsTeach, name: &str) -> Result<Learner, Failure> {
    let book = book::Book::read(context, &arguments.of)?;
    let team = context.workspace.team()?;
    let ledger = book.ledger()?;
    let member = book::member(name, &ledger, team.workers().map(|worker| &worker.name))?;
    let archive = archives(context)?.into_iter().find(|archive| archive.realm() == book.realm);
    match archive {
        Some(archive) => Ok(archive.learner(&context.workspace, &member, &arguments.id)?),
        None => Ok(Learner { name: member, tier: 0, weakest_axis: None, uses: 0 }),
    }
}
