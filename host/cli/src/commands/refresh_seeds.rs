//! `refresh-seeds`: bring bundled documents up to date, but nobody's work.

use std::collections::BTreeSet;

use amatelier_engine::seed_files;
use amatelier_workspace::{Earnest, Edited, Refreshed, SeedFile, nearest};
use serde::Serialize;

use crate::{args::RefreshSeeds, context::Context, exit::Exit, failure::Failure, output};

#[derive(Serialize)]
struct Report {
    schema: &'static str,
    dry_run: bool,
    documents: Vec<Document>,
}

#[derive(Serialize)]
struct Document {
    /// Below `agents/`.
    path: String,
    written: bool,
    #[serde(flatten)]
    outcome: Refreshed,
}

pub(crate) fn run(context: &Context, arguments: &RefreshSeeds) -> Result<Exit, Failure> {
    let seeds = seed_files();
    let edited = if arguments.force { Edited::Replace } else { Edited::Keep };
    let earnest = if arguments.dry_run { Earnest::Say } else { Earnest::Do };
    let mut documents = Vec::new();
    for persona in personas(context, &seeds, arguments.agent.as_deref())? {
        for (path, outcome) in context.workspace.refresh(&seeds, persona, edited, earnest)? {
            documents.push(Document { path, written: outcome.is_written() && !arguments.dry_run, outcome });
        }
    }
    if arguments.json {
        let schema = "amatelier/refresh-seeds/v1";
        output::print_json(&Report { schema, dry_run: arguments.dry_run, documents })?;
    } else {
        output::print(&told(&documents, arguments.dry_run))?;
    }
    Ok(Exit::Ok)
}

/// The bundled personas to look at: the one that was named, or those that have a folder or a line in the team.
fn personas<'a>(
    context: &Context,
    seeds: &'a [SeedFile<'a>],
    named: Option<&str>,
) -> Result<BTreeSet<&'a str>, Failure> {
    let all: BTreeSet<&str> = seeds.iter().filter_map(|seed| Some(seed.path.split_once('/')?.0)).collect();
    let Some(name) = named else {
        let workspace = &context.workspace;
        let team = if workspace.team_file().exists() { workspace.team()?.members } else { Vec::new() };
        let is_ours = |persona: &&str| {
            workspace.persona(persona).exists() || team.iter().any(|member| member.name.as_str() == *persona)
        };
        return Ok(all.into_iter().filter(is_ours).collect());
    };
    match all.iter().find(|persona| **persona == name) {
        Some(persona) => Ok([*persona].into()),
        None => {
            let help = match nearest(name, all.iter().copied()) {
                Some(meant) => format!("did you mean `{meant}`?"),
                None => format!("bundled are {}", all.iter().copied().collect::<Vec<_>>().join(", ")),
            };
            Err(Failure::new(Exit::NotFound, format!("no documents of `{name}` are bundled"), help))
        }
    }
}

fn told(documents: &[Document], dry_run: bool) -> String {
    let mut text = String::new();
    for Document { path, outcome, .. } in documents {
        let mark = if outcome.is_written() { "[WRITE]" } else { "[SKIP] " };
        let why = match outcome {
            Refreshed::Missing => "was missing".to_owned(),
            Refreshed::Updated => "updated; nobody had edited it".to_owned(),
            Refreshed::Replaced { backup: Some(copy) } => {
                format!("replaced; your text is in {}", copy.display())
            }
            Refreshed::Replaced { backup: None } => "replaced; a copy of your text would be kept".to_owned(),
            Refreshed::Current => "already current".to_owned(),
            Refreshed::Edited => "edited; --force replaces it and keeps a copy".to_owned(),
        };
        text.push_str(&format!("{mark} agents/{path}: {why}\n"));
    }
    if documents.is_empty() {
        text.push_str("no bundled persona is in this workspace\n");
    }
    if dry_run {
        text.push_str("nothing was written (--dry-run)\n");
    }
    text
}
