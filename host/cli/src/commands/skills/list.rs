//! `skills list`.

use amatelier_engine::{ShopWarning, Teachable};
use serde::Serialize;

use super::school;
use crate::{args::SkillsList, context::Context, exit::Exit, failure::Failure, output, render};

#[derive(Serialize)]
struct Report<'a> {
    schema: &'static str,
    skills: Vec<&'a Teachable>,
    warnings: &'a [ShopWarning],
}

pub(crate) async fn run(context: &Context, arguments: &SkillsList) -> Result<Exit, Failure> {
    let school = school(context).await?;
    let skills: Vec<&Teachable> = school.skills().collect();
    if arguments.json {
        output::print_json(&Report { schema: "amatelier/skills/v1", skills, warnings: school.warnings() })?;
    } else {
        output::print(&render::skills(&skills, render::width()))?;
    }
    Ok(Exit::Ok)
}
