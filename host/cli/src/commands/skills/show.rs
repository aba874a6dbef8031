//! `skills show`: what a skill is, and what it says when.

use amatelier_engine::Teachable;
use amatelier_types::Phase;
use serde::Serialize;

use super::{find, school};
use crate::{args::SkillsShow, context::Context, exit::Exit, failure::Failure, output, render};

/// When reminders are shown: the research, and each phase of the first and of a later round.
const OCCASIONS: [(Phase, u32); 7] = [
    (Phase::Research, 0),
    (Phase::Speak, 1),
    (Phase::Rebuttal, 1),
    (Phase::Floor, 1),
    (Phase::Speak, 2),
    (Phase::Rebuttal, 2),
    (Phase::Floor, 2),
];

/// A skill with its reminders.
#[derive(Serialize)]
pub(crate) struct SkillShown<'a> {
    schema: &'static str,
    #[serde(flatten)]
    pub listed: &'a Teachable,
    pub reminders: Vec<Reminded>,
}

/// What a skill says in a phase of a round.
#[derive(Serialize)]
pub(crate) struct Reminded {
    pub phase: Phase,
    pub round: u32,
    pub text: String,
}

pub(crate) async fn run(context: &Context, arguments: &SkillsShow) -> Result<Exit, Failure> {
    let school = school(context).await?;
    let listed = find(&school, &arguments.id)?;
    let mut reminders = Vec::new();
    for (phase, round) in OCCASIONS {
        if let Some(text) = school.advise(&arguments.id, phase, round).await? {
            reminders.push(Reminded { phase, round, text });
        }
    }
    let shown = SkillShown { schema: "amatelier/skill/v1", listed, reminders };
    if arguments.json {
        output::print_json(&shown)?;
    } else {
        output::print(&render::skill(&shown))?;
    }
    Ok(Exit::Ok)
}
