//! The numbers of the economy: the defaults, and what the operator's `economy.toml` changes of them.

use amatelier_economy::Rules;
use amatelier_workspace::{BadFile, Problem, Workspace};

use crate::Error;

/// The numbers of a workspace.
///
/// # Errors
/// A file that says something else than numbers of the economy, with the place.
pub(crate) fn rules(workspace: &Workspace) -> Result<Rules, Error> {
    let Some(text) = workspace.economy_text()? else { return Ok(Rules::default()) };
    toml::from_str(&text).map_err(|error| {
        let problem = Problem::Toml(error.to_string().trim_end().to_owned());
        Error::File(BadFile { path: workspace.economy_file(), problem })
    })
}
