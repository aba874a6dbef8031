//! A case, run.

use std::path::Path;

use amatelier_runtime::{Profile, Runtime};
use amatelier_types::Role;
use amatelier_types::World;

use super::{
    Case, GoldenError, GoldenState, Unmet,
    files::{read_case, read_golden, write_golden},
    snapshot,
};
use crate::{Answering, Played, Script, Stock, Subject, VirtualHost};

/// What came of a case.
#[derive(Clone, Debug)]
pub struct CaseReport {
    /// Its name: that of its file, without `.toml`.
    pub name: String,
    /// Its calls in order, each with its line in the case and with the expectations that do not hold.
    pub calls: Vec<(usize, Played, Vec<Unmet>)>,
    /// How they compare with the golden file.
    pub golden: GoldenState,
    /// Answers of the scripted model that nobody asked for.
    pub answers_left: usize,
}

impl CaseReport {
    /// Whether everything is as expected.
    pub fn passed(&self) -> bool {
        let met = self.calls.iter().all(|(_, _, unmet)| unmet.is_empty());
        met && self.answers_left == 0 && !matches!(self.golden, GoldenState::Differs { .. })
    }
}

/// Run a case from its file. With `update`, the golden file is written anew instead of compared, unless an expectation does not hold.
///
/// # Errors
/// [`GoldenError`]: the case is none, or files cannot be read or written.
pub async fn run_case(
    runtime: &Runtime,
    subject: &Subject,
    path: &Path,
    update: Update,
) -> Result<CaseReport, GoldenError> {
    let case = read_case(path, &subject.id)?;
    let file = read_golden(path)?;
    let name = path.file_stem().map(|stem| stem.to_string_lossy().into_owned()).unwrap_or_default();
    let setup = |why: String| GoldenError::Setup { path: path.to_owned(), why };
    let mut host = host(&case, subject).map_err(|error| setup(error.to_string()))?;
    let mut calls = Vec::new();
    for planned in &case.calls {
        host.role = role(planned.occasion.world());
        let played = host.play(runtime, subject, planned.occasion.clone()).await;
        let unmet = planned.expect.unmet(&played);
        calls.push((planned.line, played, unmet));
    }
    let played: Vec<Played> = calls.iter().map(|(_, played, _)| played.clone()).collect();
    let text = snapshot::text(&played);
    let golden = GoldenState::of(file.as_deref(), &text);
    let mut report = CaseReport { name, calls, golden, answers_left: host.models.left().unwrap_or_default() };
    let met = report.calls.iter().all(|(_, _, unmet)| unmet.is_empty());
    if update == Update::Write && met && report.golden != GoldenState::Same {
        write_golden(path, &text)?;
        report.golden = GoldenState::Written;
    }
    Ok(report)
}

/// What becomes of the golden file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Update {
    /// It is compared.
    Compare,
    /// It is written anew.
    Write,
}

fn role(world: World) -> Role {
    match world {
        World::Judge => Role::Judge,
        World::Rubric => Role::Rubric,
        _ => Role::Worker,
    }
}

fn host(case: &Case, subject: &Subject) -> std::io::Result<VirtualHost> {
    let mut host = VirtualHost::of(subject, case.member.clone(), Role::Worker);
    host.table = case.table.clone();
    host.max_rounds = case.max_rounds;
    host.seed = case.seed;
    if let Some(allow) = &case.allow {
        host.granted = allow.clone();
    }
    host.settings.extend(case.settings.clone());
    host.profile = Profile { documents: case.documents.clone(), tier: case.tier, ..Profile::default() };
    host.models = Answering::of(Script::InOrder(case.models.clone().into()));
    host.stock = Stock { catalog: case.wares.clone(), owned: Vec::new(), balance: case.balance };
    host.notebook = case.notes.iter().map(|(key, note)| (key.clone(), note.clone().into_bytes())).collect();
    if !case.files.is_empty() {
        host.register(&case.files, case.requests)?;
    }
    Ok(host)
}
