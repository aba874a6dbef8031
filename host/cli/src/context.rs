//! What every command starts from: the environment, the workspace, the configuration.

use std::{collections::BTreeMap, path::PathBuf, sync::Arc, time::Duration};

use amatelier_engine::{Engine, Prices, Providers, STARTER, catalog_text, find_local, seed_files};
use amatelier_workspace::{
    Choice, Configuration, Flag, Keys, SETTINGS, Sources, Template, Workspace, Written, choose_mode,
};

use crate::{args::Arguments, exit::Exit, failure::Failure, output::program};

/// The workspace and the configuration.
pub(crate) struct Context {
    pub workspace: Workspace,
    /// The defaults, where the command does nothing that it decides.
    pub configuration: Configuration,
    /// The keys there are; none, where the command asks nobody.
    pub keys: Keys,
}

/// A variable of the environment, if it is set to text.
pub(crate) fn variable(name: &str) -> Option<String> {
    std::env::var(name).ok()
}

impl Context {
    pub(crate) fn new(arguments: &Arguments) -> Result<Self, Failure> {
        let workspace = Workspace::locate(std::env::var_os("AMATELIER_WORKSPACE").map(PathBuf::from))?;
        let configuration = if arguments.is_configured() {
            configuration(&workspace, arguments.flags())?
        } else {
            Configuration::default()
        };
        let keys = Keys::of_environment(variable);
        let keys = if arguments.is_configured() { keys.and_of(&workspace.keys_file())? } else { keys };
        Ok(Context { workspace, configuration, keys })
    }

    /// The same with these flags in the place of those that were typed.
    pub(crate) fn flagged(&self, flags: Vec<Flag>) -> Result<Self, Failure> {
        let configuration = configuration(&self.workspace, flags)?;
        Ok(Context { workspace: self.workspace.clone(), configuration, keys: self.keys.clone() })
    }

    /// Make the workspace if it is not there, and say so.
    pub(crate) fn ensure(&self) -> Result<(), Failure> {
        let seeds = seed_files();
        let template = Template::find(&seeds, STARTER)?;
        if !self.workspace.team_file().exists() {
            self.workspace.seed_catalog(catalog_text())?;
        }
        if self.workspace.ensure(&seeds, &template)? == Written::Created {
            eprintln!("made a workspace with the team `{STARTER}` in {}", self.workspace.root().display());
        }
        Ok(())
    }

    /// The default provider: what was said, what is there, and where that is nothing, an Ollama server if one answers.
    pub(crate) async fn choose(&self) -> Choice {
        let choice = choose_mode(&self.configuration, &self.keys);
        let local = match choice.is_last_resort(&self.configuration) {
            true => find_local(&self.configuration).await,
            false => None,
        };
        local.unwrap_or(choice)
    }

    pub(crate) async fn providers(
        &self,
        choice: &Choice,
        speaker_timeout: Option<u32>,
    ) -> Result<Providers, Failure> {
        let configured = self.configuration.config.roundtable.speaker_timeout;
        let turn = Duration::from_secs(u64::from(speaker_timeout.unwrap_or(configured)));
        let providers = Providers::new(choice, &self.configuration, &self.keys, self.prices()?, turn);
        Ok(providers.map_err(amatelier_engine::Error::from)?.discover().await)
    }

    /// What models cost: what was imported into the workspace, over what comes with the program.
    pub(crate) fn prices(&self) -> Result<Arc<Prices>, Failure> {
        let Some(text) = self.workspace.imported_prices()? else { return Ok(Prices::bundled()) };
        let imported = Prices::read(&text).map_err(|error| {
            let path = self.workspace.prices_file();
            let help = format!(
                "import it anew: `{} models --import-prices FILE`; or delete {}",
                program(),
                path.display()
            );
            Failure::new(Exit::Configuration, format!("{}: {error}", path.display()), help)
        })?;
        Ok(Arc::new(Prices::bundled().merged(&imported)))
    }

    pub(crate) fn engine(&self, choice: &Choice, providers: Providers) -> Result<Engine, Failure> {
        Ok(Engine::open(self.workspace.clone(), self.configuration.config.clone(), choice, providers)?)
    }
}

fn configuration(workspace: &Workspace, flags: Vec<Flag>) -> Result<Configuration, Failure> {
    Ok(Configuration::read(&Sources {
        user: workspace.config_file(),
        folder: std::env::current_dir().ok(),
        home: std::env::home_dir(),
        variables: variables(),
        flags,
    })?)
}

/// The variables that may be settings.
fn variables() -> BTreeMap<String, String> {
    let texts = std::env::vars_os()
        .filter_map(|(name, text)| Some((name.into_string().ok()?, text.into_string().ok()?)));
    let others: Vec<&str> = SETTINGS.iter().filter_map(|setting| setting.also_variable).collect();
    texts.filter(|(name, _)| name.starts_with("AMATELIER_") || others.contains(&name.as_str())).collect()
}
