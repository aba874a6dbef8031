//! `team remove`.

use amatelier_workspace::WithFolder;
use serde::Serialize;

use super::needs_team;
use crate::{args::TeamRemove, context::Context, exit::Exit, failure::Failure, output};

#[derive(Serialize)]
struct Gone<'a> {
    schema: &'static str,
    name: &'a str,
    folder: Option<String>,
    folder_deleted: bool,
}

pub(crate) fn run(context: &Context, arguments: &TeamRemove) -> Result<Exit, Failure> {
    needs_team(&context.workspace)?;
    let name = arguments.name.to_lowercase();
    let with_folder = if arguments.delete_folder { WithFolder::Delete } else { WithFolder::Keep };
    let removed = context.workspace.dismiss(&name, with_folder)?;
    let folder = removed.folder.map(|folder| folder.display().to_string());
    if removed.team.judge().is_none() {
        eprintln!("nobody judges now: `{} team new NAME --role judge` adds a judge", output::program());
    }
    if removed.team.workers().next().is_none() {
        eprintln!("nobody debates now: `{} team new NAME` adds a worker", output::program());
    }
    if arguments.json {
        let folder_deleted = arguments.delete_folder && folder.is_some();
        output::print_json(&Gone {
            schema: "amatelier/team-remove/v1",
            name: &name,
            folder,
            folder_deleted,
        })?;
        return Ok(Exit::Ok);
    }
    let mut text = format!("{name} is no longer in the team\n");
    text.push_str(&match folder {
        Some(folder) if arguments.delete_folder => format!("deleted {folder}\n"),
        Some(folder) => format!(
            "its documents stay in {folder}; `{} team new {name}` takes them up again\n",
            output::program()
        ),
        None => String::new(),
    });
    output::print(&text)?;
    Ok(Exit::Ok)
}
