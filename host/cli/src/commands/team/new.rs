//! `team new`.

use amatelier_engine::seed_files;
use amatelier_types::{ComponentName, MemberName, Role};
use amatelier_workspace::{FromTemplate, MemberLine, TeamError};
use serde::Serialize;

use super::{names, template_names};
use crate::{
    args::{MemberRole, TeamNew},
    context::Context,
    exit::Exit,
    failure::Failure,
    output,
};

/// The model of a member that nobody named one for.
const MODEL: &str = "sonnet";

#[derive(Serialize)]
struct Added {
    schema: &'static str,
    member: MemberLine,
    written: Vec<String>,
    kept: Vec<String>,
}

pub(crate) fn run(context: &Context, arguments: TeamNew) -> Result<Exit, Failure> {
    let name: MemberName = arguments
        .name
        .to_lowercase()
        .parse()
        .map_err(|bad| Failure::new(Exit::Usage, bad, "choose another name".to_owned()))?;
    if let Some(component) = &arguments.component {
        let parsed: Result<ComponentName, _> = component.parse();
        parsed.map_err(|bad| Failure::new(Exit::Usage, bad, None))?;
    }
    context.ensure()?;
    let copied = arguments.from_template.as_deref().map(|persona| to_copy(context, persona)).transpose()?;
    let line = line(name, arguments.role, &arguments, copied.as_ref());
    let enrolled = context.workspace.enrol(&line, copied.as_ref())?;
    let paths = |paths: &[std::path::PathBuf]| {
        paths.iter().map(|path| path.display().to_string()).collect::<Vec<_>>()
    };
    let added = Added {
        schema: "amatelier/team-new/v1",
        written: paths(&enrolled.written),
        kept: paths(&enrolled.kept),
        member: line,
    };
    if arguments.json {
        output::print_json(&added)?;
    } else {
        output::print(&told(context, &added))?;
    }
    Ok(Exit::Ok)
}

fn line(
    name: MemberName,
    role: MemberRole,
    arguments: &TeamNew,
    copied: Option<&FromTemplate>,
) -> MemberLine {
    let copied = copied.and_then(|copied| copied.line.as_ref());
    let model = arguments.model.clone().or_else(|| copied.map(|line| line.model.clone()));
    MemberLine {
        name,
        role: match role {
            MemberRole::Worker => Role::Worker,
            MemberRole::Judge => Role::Judge,
            MemberRole::Coach => Role::Coach,
        },
        model: model.unwrap_or_else(|| MODEL.into()),
        provider: arguments.provider.clone().or_else(|| copied.and_then(|line| line.provider.clone())),
        tagline: (arguments.tagline.clone())
            .or_else(|| copied.map(|line| line.tagline.clone()))
            .unwrap_or_default(),
        component: arguments.component.clone(),
    }
}

/// The persona to copy; whoever names a whole template is told who is in it.
fn to_copy(context: &Context, persona: &str) -> Result<FromTemplate, Failure> {
    let seeds = seed_files();
    context.workspace.persona_to_copy(&seeds, persona).map_err(|error| match error {
        TeamError::NoPersona { .. }
            if template_names().is_ok_and(|all| all.split(", ").any(|one| one == persona)) =>
        {
            let template = amatelier_workspace::Template::find(&seeds, persona);
            let people = template.map(|template| names(&template.members)).unwrap_or_default();
            Failure::new(
                Exit::NotFound,
                format!("`{persona}` is a whole team"),
                format!(
                    "copy one of its members: {people}; or `{} team import {persona}`",
                    output::program()
                ),
            )
        }
        error => error.into(),
    })
}

fn told(context: &Context, added: &Added) -> String {
    let MemberLine { name, role, model, component, .. } = &added.member;
    let mut text = String::new();
    for path in &added.written {
        text.push_str(&format!("made {path}\n"));
    }
    for path in &added.kept {
        text.push_str(&format!("kept {path}, which was there\n"));
    }
    let component = component.as_deref().unwrap_or("classic");
    text.push_str(&format!(
        "{name} is in the team: {role}, model {model}, component {component} ({})\n",
        context.workspace.team_file().display()
    ));
    let program = output::program();
    if component.contains(['/', '\\']) || component.ends_with(".wasm") {
        text.push_str(
            "What its component may do is what `allow` in its line says: nothing, until you write it.\n",
        );
    }
    text.push_str(&format!(
        "\nNext: write who {name} is, and look whether all is well:\n  {program} team validate\n"
    ));
    text
}
