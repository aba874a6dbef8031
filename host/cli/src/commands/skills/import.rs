//! `skills import`: a folder's `SKILL.md` becomes a skill of the workspace.

use amatelier_workspace::{Edited, SkillImport, SkillImported};
use serde::Serialize;

use crate::{args::SkillsImport, context::Context, exit::Exit, failure::Failure, output, render};

#[derive(Serialize)]
struct Report {
    schema: &'static str,
    id: String,
    description: String,
    path: String,
    outcome: &'static str,
    warnings: Vec<String>,
}

pub(crate) fn run(context: &Context, arguments: &SkillsImport) -> Result<Exit, Failure> {
    super::needs_team(&context.workspace)?;
    let other = if arguments.replace { Edited::Replace } else { Edited::Keep };
    let SkillImported { skill, path, outcome } = context.workspace.import_skill(&arguments.folder, other)?;
    let word = match outcome {
        SkillImport::Added => "added",
        SkillImport::Same => "same",
        SkillImport::Replaced => "replaced",
        SkillImport::Kept => {
            return Err(Failure::new(
                Exit::Refused,
                format!("there is another skill `{}` in {}", skill.name, path.display()),
                "`--replace` puts this one in its place; nothing was changed".to_owned(),
            ));
        }
    };
    let warnings: Vec<String> = skill.warnings.iter().map(ToString::to_string).collect();
    for warning in &warnings {
        tracing::warn!("{}", render::plain(warning));
    }
    let (id, path) = (skill.name, path.display().to_string());
    if arguments.json {
        let description = skill.description;
        let schema = "amatelier/skill-import/v1";
        output::print_json(&Report { schema, id, description, path, outcome: word, warnings })?;
    } else {
        output::print(&format!("{word}: {id}, in {path}\n"))?;
    }
    Ok(Exit::Ok)
}
