//! What every command starts from: the environment, the workspace, the configuration.

use std::{path::PathBuf, time::Duration};

use amatelier_engine::{Engine, Providers, STARTER, seed_files};
use amatelier_workspace::{Choice, Config, Template, Workspace, Written, choose_mode};

use crate::failure::Failure;

/// The workspace and its configuration.
pub(crate) struct Context {
    pub workspace: Workspace,
    pub config: Config,
}

/// A variable of the environment, if it is set to text.
pub(crate) fn variable(name: &str) -> Option<String> {
    std::env::var(name).ok()
}

impl Context {
    pub(crate) fn new() -> Result<Self, Failure> {
        let workspace = Workspace::locate(std::env::var_os("AMATELIER_WORKSPACE").map(PathBuf::from))?;
        let config = workspace.config()?;
        Ok(Context { workspace, config })
    }

    /// Make the workspace if it is not there, and say so.
    pub(crate) fn ensure(&self) -> Result<(), Failure> {
        let seeds = seed_files();
        let template = Template::find(&seeds, STARTER)?;
        if self.workspace.ensure(&seeds, &template)? == Written::Created {
            eprintln!("made a workspace with the team `{STARTER}` in {}", self.workspace.root().display());
        }
        Ok(())
    }

    pub(crate) fn choose(&self, flag: Option<&str>) -> Result<Choice, Failure> {
        Ok(choose_mode(flag, variable, &self.config)?)
    }

    pub(crate) async fn providers(
        &self,
        choice: &Choice,
        speaker_timeout: Option<u32>,
    ) -> Result<Providers, Failure> {
        let turn =
            Duration::from_secs(u64::from(speaker_timeout.unwrap_or(self.config.roundtable.speaker_timeout)));
        let providers = Providers::new(choice, &self.config, variable, turn);
        Ok(providers.map_err(amatelier_engine::Error::from)?.discover().await)
    }

    pub(crate) async fn engine(
        &self,
        choice: &Choice,
        speaker_timeout: Option<u32>,
    ) -> Result<Engine, Failure> {
        let providers = self.providers(choice, speaker_timeout).await?;
        Ok(Engine::open(self.workspace.clone(), self.config.clone(), choice, providers)?)
    }
}
