//! `plugin test`: golden cases and the conformance suites, on a virtual host. No workspace, no model, no network.

use std::path::{Path, PathBuf};

use amatelier_conformance::{
    CaseReport, Checked, GoldenError, Subject, SubjectError, Terms, Update, cases_in, conform, run_case,
};
use amatelier_plugins::read_plugin;
use amatelier_runtime::Runtime;

use super::made::made;
use crate::{args::PluginTest, exit::Exit, failure::Failure, output, render};

/// What came of a test.
pub(crate) struct Tested {
    pub subject: Subject,
    /// What was tested.
    pub file: PathBuf,
    pub cases: Vec<CaseReport>,
    pub checked: Vec<Checked>,
}

impl Tested {
    /// Whether nothing failed.
    pub(crate) fn passed(&self) -> bool {
        self.cases.iter().all(CaseReport::passed) && !self.checked.iter().any(Checked::failed)
    }
}

pub(crate) async fn run(arguments: PluginTest) -> Result<Exit, Failure> {
    let is_folder = arguments.path.is_dir();
    let wasm = match (is_folder, arguments.no_build) {
        (false, _) => arguments.path.clone(),
        (true, true) => last_built(&arguments.path)?,
        (true, false) => made(&arguments.path).await?.path,
    };
    let bytes = read_plugin(&wasm)?;
    let runtime = Runtime::new().map_err(|error| Failure::new(Exit::Failure, error, None))?;
    let subject = Subject::load(&runtime, &bytes)?;
    let mut cases = Vec::new();
    if is_folder {
        let wanted = |path: &PathBuf| match (&arguments.case, path.file_stem()) {
            (Some(part), Some(stem)) => stem.to_string_lossy().contains(part),
            _ => true,
        };
        let update = if arguments.update { Update::Write } else { Update::Compare };
        for path in cases_in(&arguments.path)?.into_iter().filter(wanted) {
            cases.push(run_case(&runtime, &subject, &path, update).await?);
        }
    }
    if let Some(part) = arguments.case.as_ref().filter(|_| cases.is_empty()) {
        let help = "golden cases are the files tests/*.toml in the plugin's folder".to_owned();
        return Err(Failure::new(Exit::NotFound, format!("no golden case has `{part}` in its name"), help));
    }
    let checked = match arguments.case {
        Some(_) => Vec::new(),
        None => conform(&runtime, &subject, &Terms::default()).await,
    };
    let tested = Tested { subject, file: wasm, cases, checked };
    if arguments.json {
        output::print_json(&render::TestReport::of(&tested))?;
    } else {
        output::print(&render::tested(&tested))?;
    }
    Ok(if tested.passed() { Exit::Ok } else { Exit::Failure })
}

/// The one product in a plugin's folder.
fn last_built(folder: &Path) -> Result<PathBuf, Failure> {
    let dist = folder.join("dist");
    let entries = std::fs::read_dir(&dist).into_iter().flatten().flatten().map(|entry| entry.path());
    let mut built: Vec<_> = entries.filter(|path| path.extension().is_some_and(|it| it == "wasm")).collect();
    let help = || format!("{} plugin build {}", output::program(), folder.display());
    match (built.pop(), built.is_empty()) {
        (Some(one), true) => Ok(one),
        (Some(_), false) => {
            let what = format!("there are several .wasm files in {}", dist.display());
            Err(Failure::new(Exit::Usage, what, "name the one to be tested".to_owned()))
        }
        (None, _) => {
            let what = format!("there is no .wasm file in {}", dist.display());
            Err(Failure::new(Exit::NotFound, what, help()))
        }
    }
}

impl From<SubjectError> for Failure {
    fn from(error: SubjectError) -> Self {
        match error {
            SubjectError::Package(error) => error.into(),
            SubjectError::Disagrees(error) => error.into(),
            SubjectError::Unloadable(error) => {
                let help = "a component imports and exports what the contracts in wit/ say, in a version of this host";
                Failure::new(Exit::Refused, error, help.to_owned())
            }
        }
    }
}

impl From<GoldenError> for Failure {
    fn from(error: GoldenError) -> Self {
        let help = format!("`{} docs plugin-tests` has every key of a case", output::program());
        Failure::new(Exit::Usage, error, help)
    }
}
