//! `team import`.

use amatelier_engine::seed_files;
use amatelier_workspace::{Edited, Imported, MemberLine, Written};
use serde::Serialize;

use super::{names, template};
use crate::{args::TeamImport, context::Context, exit::Exit, failure::Failure, output};

#[derive(Serialize)]
struct Brought {
    schema: &'static str,
    template: String,
    joined: Vec<MemberLine>,
    stayed: Vec<String>,
    second_judge: Option<String>,
    written: Vec<String>,
    backup: Option<String>,
}

pub(crate) fn run(context: &Context, arguments: &TeamImport) -> Result<Exit, Failure> {
    let seeds = seed_files();
    let template = template(&seeds, &arguments.template)?;
    // A workspace without a team becomes that of the template.
    let imported = match context.workspace.ensure(&seeds, &template)? {
        Written::Created => Imported { joined: template.members.clone(), ..Imported::default() },
        Written::Found => {
            let members = if arguments.replace { Edited::Replace } else { Edited::Keep };
            context.workspace.import(&seeds, &template, members)?
        }
    };
    let brought = Brought {
        schema: "amatelier/team-import/v1",
        template: template.name,
        joined: imported.joined,
        stayed: imported.stayed.iter().map(ToString::to_string).collect(),
        second_judge: imported.second_judge.map(|name| name.to_string()),
        written: imported.written,
        backup: imported.backup.map(|path| path.display().to_string()),
    };
    if arguments.json {
        output::print_json(&brought)?;
    } else {
        output::print(&told(&brought))?;
    }
    Ok(Exit::Ok)
}

fn told(brought: &Brought) -> String {
    let mut text = String::new();
    let mut say = |line: String| text.push_str(&format!("{line}\n"));
    if let Some(backup) = &brought.backup {
        say(format!("kept the old team file as {backup}"));
    }
    for path in &brought.written {
        say(format!("made agents/{path}"));
    }
    match names(&brought.joined) {
        nobody if nobody.is_empty() => say(format!("nobody of {} was missing", brought.template)),
        joined => say(format!("joined: {joined}")),
    }
    if !brought.stayed.is_empty() {
        say(format!("there already, and left as they were: {}", brought.stayed.join(", ")));
    }
    if let Some(judge) = &brought.second_judge {
        say(format!("left out: {judge}, because the team has a judge"));
    }
    text
}
