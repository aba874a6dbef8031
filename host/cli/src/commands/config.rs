//! `config`: what was chosen and why.

use amatelier_engine::Explained;
use amatelier_workspace::{Config as Configured, Said};
use serde::Serialize;

use crate::{args::Config, context::Context, exit::Exit, failure::Failure, output, render};

/// Everything a user may want to know before spending money; never a key.
#[derive(Serialize)]
pub(crate) struct Report {
    pub schema: &'static str,
    pub version: &'static str,
    #[serde(flatten)]
    pub chosen: Explained,
    pub workspace: String,
    pub team_file: String,
    pub config_file: String,
    pub config_file_exists: bool,
    pub project_file: Option<String>,
    pub configuration: Configured,
    /// Every value and where it was set, with `--origin`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub origins: Option<Vec<Said>>,
}

pub(crate) async fn run(context: &Context, arguments: &Config) -> Result<Exit, Failure> {
    let choice = context.choose().await;
    let providers = context.providers(&choice, None).await?;
    let workspace = &context.workspace;
    let report = Report {
        schema: "amatelier/config/v1",
        version: env!("CARGO_PKG_VERSION"),
        chosen: providers.explained().clone(),
        workspace: workspace.root().display().to_string(),
        team_file: workspace.team_file().display().to_string(),
        config_file: workspace.config_file().display().to_string(),
        config_file_exists: workspace.config_file().exists(),
        project_file: context.configuration.project.as_ref().map(|path| path.display().to_string()),
        configuration: context.configuration.config.clone(),
        origins: arguments.origin.then(|| context.configuration.values()),
    };
    if arguments.json {
        output::print_json(&report)?
    } else {
        output::print(&render::config(&report))?
    }
    Ok(Exit::Ok)
}
