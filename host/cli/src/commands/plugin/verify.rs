//! `plugin verify`: everything that is installed, held against what was locked.

use amatelier_plugins::{Finding, Shelf, Weight};
use serde::Serialize;

use crate::{args::PluginVerify, context::Context, exit::Exit, failure::Failure, output, render};

/// What was found.
#[derive(Serialize)]
pub(crate) struct Verified {
    pub schema: &'static str,
    /// How many plugins were looked at.
    pub plugins: usize,
    /// Whether nothing keeps any of them from being loaded.
    pub intact: bool,
    pub findings: Vec<Found>,
}

/// One thing that is not as it should be.
#[derive(Serialize)]
pub(crate) struct Found {
    /// The plugin; null where it is about all of them.
    pub id: Option<String>,
    /// Whether it keeps a plugin from being loaded.
    pub refused: bool,
    pub what: String,
}

impl From<Finding> for Found {
    fn from(finding: Finding) -> Self {
        Found {
            id: finding.id.as_ref().map(ToString::to_string),
            refused: finding.weight == Weight::Refused,
            what: finding.what,
        }
    }
}

pub(super) fn run(context: &Context, arguments: &PluginVerify) -> Result<Exit, Failure> {
    let shelf = Shelf::of(context.workspace.root());
    let findings: Vec<Found> = shelf.verify().into_iter().map(Found::from).collect();
    let verified = Verified {
        schema: "amatelier/plugin-verify/v1",
        // Where the lock itself cannot be read, that is among what was found.
        plugins: super::locked::entries(context).map(|entries| entries.len()).unwrap_or_default(),
        intact: !findings.iter().any(|found| found.refused),
        findings,
    };
    if arguments.json {
        output::print_json(&verified)?;
    } else {
        output::print(&render::verified(&verified))?;
    }
    Ok(if verified.intact { Exit::Ok } else { Exit::Integrity })
}
