//! The files that a briefing registers, for the commands that look into them: which they are, and who may see them.

use std::{collections::BTreeSet, path::Path};

use amatelier_engine::{Grounded, Providers};
use amatelier_steward::RootError;
use amatelier_workspace::{Briefing, Consent};

use crate::{context::Context, exit::Exit, failure::Failure, output};

/// Register what a briefing names, beneath a folder or else beside the briefing; none if it names nothing.
pub(super) fn register(
    path: &Path,
    root: Option<&Path>,
    briefing: &Briefing,
) -> Result<Option<Grounded>, Failure> {
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty());
    let root = root.or(folder).unwrap_or(Path::new("."));
    Grounded::register(root, &briefing.text).map_err(|error: RootError| {
        Failure::new(Exit::Usage, error, "name the folder of the registered files with --root".to_owned())
    })
}

/// Refuse a briefing with an entry that cannot be registered.
pub(super) fn must_be_whole(path: &Path, grounded: &Grounded) -> Result<(), Failure> {
    if grounded.warnings.is_empty() {
        return Ok(());
    }
    let lines: Vec<String> = grounded.warnings.iter().map(|warning| format!("  {warning}")).collect();
    let what = format!("{} registers what cannot be registered:\n{}", path.display(), lines.join("\n"));
    let help = "mend these lines, or leave --strict out to go on without them".to_owned();
    Err(Failure::new(Exit::Usage, what, help))
}

/// Every place beyond this machine that a question to the Steward may go to: its own label stands for a model there, or one that a
/// question may be prefixed with does.
pub(super) fn beyond<'a>(
    providers: &Providers,
    labels: impl IntoIterator<Item = &'a str>,
) -> BTreeSet<String> {
    labels.into_iter().flat_map(|label| providers.beyond(label)).collect()
}

/// Whether a model may see what is looked up: at once where nothing leaves this machine, otherwise when the operator said so.
pub(super) fn consented(context: &Context, files: usize, beyond: &BTreeSet<String>) -> bool {
    match context.configuration.config.steward.consent {
        Consent::Yes => true,
        Consent::No => false,
        Consent::Ask if files == 0 || beyond.is_empty() => true,
        Consent::Ask => {
            let address = beyond.iter().map(String::as_str).collect::<Vec<_>>().join(" or ");
            output::ask(&format!(
                "The briefing registers {files} files. May a model at {address} be shown what the Steward looks up in them?"
            ))
            .unwrap_or_else(|| {
                eprintln!(
                    "the Steward answers in its forms only: to let a model at {address} see what it looks up, pass --yes or set \
                     AMATELIER_STEWARD_CONSENT=yes"
                );
                false
            })
        }
    }
}
