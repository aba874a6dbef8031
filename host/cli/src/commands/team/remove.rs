//! `team remove`.
//!
//! Two things change that are not one transaction: the ledgers, and the team file. The ledgers are first, because they may refuse.
//! Who is cut off in between types the same again: what is closed stays closed, and the line goes.

use amatelier_types::MemberName;
use amatelier_workspace::{Realm, Removed, TeamError, WithFolder};
use serde::Serialize;

use super::{
    accounts::{Closed, close},
    needs_team,
};
use crate::{args::TeamRemove, context::Context, exit::Exit, failure::Failure, output};

#[derive(Serialize)]
struct Gone<'a> {
    schema: &'static str,
    name: &'a str,
    folder: Option<String>,
    folder_deleted: bool,
    /// The accounts that were closed.
    closed: Vec<Account>,
}

#[derive(Serialize)]
struct Account {
    realm: &'static str,
    balance: i64,
}

pub(crate) async fn run(context: &Context, arguments: &TeamRemove) -> Result<Exit, Failure> {
    needs_team(&context.workspace)?;
    // A team file that nobody can read is said before an account is closed.
    context.workspace.team()?;
    let name = arguments.name.to_lowercase();
    let closed = match name.parse::<MemberName>() {
        Ok(member) => close(context, &member).await?,
        Err(_) => Vec::new(),
    };
    let with_folder = if arguments.delete_folder { WithFolder::Delete } else { WithFolder::Keep };
    let removed = match context.workspace.dismiss(&name, with_folder) {
        Ok(removed) => Some(removed),
        // Somebody took its line out by hand; only its accounts were left.
        Err(TeamError::NotThere { .. }) if !closed.is_empty() => None,
        Err(error) => {
            // What cannot be undone is said, whatever comes of the rest.
            eprint!("{}", told(&name, &closed));
            return Err(error.into());
        }
    };
    if let Some(removed) = &removed {
        warn(removed);
    }
    let folder = removed.and_then(|removed| removed.folder).map(|folder| folder.display().to_string());
    if arguments.json {
        let closed = closed.iter().map(|one| Account { realm: one.realm.name(), balance: one.balance.0 });
        output::print_json(&Gone {
            schema: "amatelier/team-remove/v1",
            name: &name,
            folder_deleted: arguments.delete_folder && folder.is_some(),
            folder,
            closed: closed.collect(),
        })?;
        return Ok(Exit::Ok);
    }
    let mut text = told(&name, &closed);
    text.push_str(&format!("{name} is no longer in the team\n"));
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

fn warn(removed: &Removed) {
    if removed.team.judge().is_none() {
        eprintln!("nobody judges now: `{} team new NAME --role judge` adds a judge", output::program());
    }
    if removed.team.workers().next().is_none() {
        eprintln!("nobody debates now: `{} team new NAME` adds a worker", output::program());
    }
}

/// What became of the accounts.
fn told(name: &str, closed: &[Closed]) -> String {
    let line = |one: &Closed| match one.realm {
        Realm::Real => format!("{name} left with {}\n", one.balance),
        Realm::Play => format!("{name} left the ledger of rehearsals with {}\n", one.balance),
    };
    closed.iter().map(line).collect()
}
