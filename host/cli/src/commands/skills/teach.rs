//! `skills teach`: the lesson that somebody would get now.

use amatelier_debate::Lesson;
use amatelier_engine::Counter;
use amatelier_types::{Learner, MemberName};
use serde::Serialize;

use super::{find, school};
use crate::{
    args::SkillsTeach, commands::store, context::Context, exit::Exit, failure::Failure, output, render,
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
    let (lesson, learner) = match &arguments.member {
        None => {
            let school = school(context).await?;
            find(&school, &arguments.id)?;
            let beginner = Learner { name: MemberName::user(), tier: 0, weakest_axis: None, uses: 0 };
            (school.teach(&arguments.id, &beginner).await?, None)
        }
        Some(name) => {
            let counter: Counter = store::counter(context).await?;
            find(counter.school(), &arguments.id)?;
            let member = store::worker(&counter, name)?;
            let learner = counter.learner(&member, &arguments.id)?;
            (counter.school().teach(&arguments.id, &learner).await?, Some(learner))
        }
    };
    if arguments.json {
        let report = Report { schema: "amatelier/lesson/v1", lesson: &lesson, learner: learner.as_ref() };
        output::print_json(&report)?;
    } else {
        output::print(&format!("{}\n", render::plain(&lesson.text)))?;
    }
    Ok(Exit::Ok)
}
