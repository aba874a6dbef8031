//! Which provider answers for whom.

use std::{collections::BTreeMap, sync::Arc, time::Duration};

use amatelier_llm::{
    Billing, Longest, Prices, Provider, Rate, Timers,
    openai::{BadBaseUrl, BadConfig, OpenAiCompat, OpenAiCompatConfig, normalise_base_url},
    rehearsal::Rehearsal,
};
use amatelier_workspace::{Choice, Configuration, Mode, Tools};
use secrecy::SecretString;
use serde::Serialize;

use crate::answering::Answering;

/// The address that keys without an address belong to.
const OPENAI: &str = "https://api.openai.com/v1";

/// The models that the usual labels stand for at that address (§18 of the facts).
const OPENAI_MODELS: [(&str, &str); 4] =
    [("haiku", "gpt-4o-mini"), ("flash", "gpt-4o-mini"), ("sonnet", "gpt-4o"), ("opus", "gpt-4o")];

/// Why no model can be asked.
#[derive(Debug, thiserror::Error)]
pub enum ProviderError {
    /// The base URL is none.
    #[error("the base URL of openai-compat is wrong ({place}): {source}")]
    BaseUrl {
        /// Where it was given.
        place: String,
        /// What is wrong.
        source: BadBaseUrl,
    },
    /// The rest of the configuration cannot work.
    #[error(transparent)]
    Config(#[from] BadConfig),
}

/// The provider of a mode and the models that labels stand for.
#[derive(Clone, Debug)]
pub struct Providers {
    default: Arc<dyn Provider>,
    models: BTreeMap<String, String>,
    any_model: Option<String>,
    /// Set where labels have no models and the server may tell which it has.
    undecided: Option<Arc<OpenAiCompat>>,
    remote: bool,
    explained: Explained,
}

/// What was chosen and why; never a key.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Explained {
    /// The mode.
    pub mode: String,
    /// Why it was chosen.
    pub because: String,
    /// The address, where there is one.
    pub base_url: Option<String>,
    /// Whether a key is sent.
    pub key: bool,
    /// The variable that would hold it.
    pub key_variable: Option<String>,
    /// Labels and their models.
    pub models: BTreeMap<String, String>,
    /// The model for every other label.
    pub any_other_model: Option<String>,
    /// How many tokens the models take.
    pub context_tokens: u32,
}

/// A member's model.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Assigned {
    pub provider: String,
    pub model: String,
    pub context_tokens: u32,
    /// What the reader of the digest should know about it.
    pub notice: Option<String>,
}

impl Providers {
    /// The providers of a mode. `variable` reads the environment, for keys; `turn` is the longest a turn may take, so that no timer outlives it.
    ///
    /// # Errors
    /// What is wrong with the configuration.
    pub fn new(
        choice: &Choice,
        configuration: &Configuration,
        variable: impl Fn(&str) -> Option<String>,
        turn: Duration,
    ) -> Result<Self, ProviderError> {
        match choice.mode {
            Mode::Rehearsal => Ok(Providers::rehearsal(choice)),
            Mode::OpenAiCompat => Providers::openai_compat(choice, configuration, variable, turn),
        }
    }

    fn rehearsal(choice: &Choice) -> Self {
        let default = Arc::new(Rehearsal);
        let context_tokens = Rehearsal::CONTEXT_TOKENS;
        Providers {
            default,
            models: BTreeMap::new(),
            any_model: Some(Rehearsal::NAME.into()),
            undecided: None,
            remote: false,
            explained: Explained {
                mode: choice.mode.name().into(),
                because: choice.because.clone(),
                base_url: None,
                key: false,
                key_variable: None,
                models: BTreeMap::new(),
                any_other_model: Some(Rehearsal::NAME.into()),
                context_tokens,
            },
        }
    }

    fn openai_compat(
        choice: &Choice,
        configuration: &Configuration,
        variable: impl Fn(&str) -> Option<String>,
        turn: Duration,
    ) -> Result<Self, ProviderError> {
        let own = &configuration.config.openai_compat;
        let set = |name: &str| variable(name).filter(|value| !value.trim().is_empty());
        let address = own.base_url.as_deref().unwrap_or(OPENAI);
        let base_url = normalise_base_url(address).map_err(|source| ProviderError::BaseUrl {
            place: configuration.origin("openai-compat.base-url").to_string(),
            source,
        })?;
        let key = set(&own.api_key_env).map(SecretString::from);
        let mut models: BTreeMap<String, String> = BTreeMap::new();
        if base_url.to_string().starts_with(OPENAI) {
            models.extend(OPENAI_MODELS.map(|(label, model)| (label.to_owned(), model.to_owned())));
        }
        let named = own.model.clone();
        if named.is_some() {
            models.clear();
        }
        models.extend(configuration.config.models.clone());
        let explained = Explained {
            mode: choice.mode.name().into(),
            because: choice.because.clone(),
            base_url: Some(base_url.to_string()),
            key: key.is_some(),
            key_variable: Some(own.api_key_env.clone()),
            models: models.clone(),
            any_other_model: named.clone(),
            context_tokens: own.context_tokens,
        };
        let patient = Timers::default();
        let timers = Timers { first_byte: patient.first_byte.max(turn), ..patient };
        let remote = !base_url.is_loopback();
        let tools = match own.tools {
            Tools::Yes => true,
            Tools::No => false,
            Tools::Auto => base_url.to_string().starts_with(OPENAI),
        };
        let provider = OpenAiCompat::new(OpenAiCompatConfig {
            api_key: key,
            context_tokens: own.context_tokens,
            tools,
            timers,
            ..OpenAiCompatConfig::new(choice.mode.name(), base_url)
        })?;
        let provider = Arc::new(provider);
        let undecided = (named.is_none() && models.is_empty()).then(|| provider.clone());
        Ok(Providers { default: provider, models, any_model: named, undecided, remote, explained })
    }

    /// Where nobody named a model, ask the server which it has and take the first: a local server usually has one. A server that does
    /// not tell is asked by label.
    pub async fn discover(mut self) -> Self {
        if let Some(server) = self.undecided.take()
            && let Some(first) = server.models().await.into_iter().next()
        {
            self.explained.any_other_model = Some(first.id.clone());
            self.any_model = Some(first.id);
        }
        self
    }

    /// Whether what is asked leaves this machine.
    pub fn is_remote(&self) -> bool {
        self.remote
    }

    /// Whether anything that can be asked has to be paid for.
    pub fn is_paid(&self) -> bool {
        self.default.billing() != Billing::Free
    }

    /// What was chosen and why.
    pub fn explained(&self) -> &Explained {
        &self.explained
    }

    /// The model of a member whose line says this.
    pub(crate) fn assign(&self, who: &str, label: &str, provider: Option<&str>) -> Assigned {
        let own = self.default.name();
        let notice = provider.filter(|wanted| *wanted != own).map(|wanted| {
            format!("{who} is meant to run on {wanted}, which is not configured; {own} answers for it")
        });
        let model = self.model(label);
        Assigned {
            provider: own.to_owned(),
            context_tokens: self.default.context_tokens(&model),
            model,
            notice,
        }
    }

    /// The model that a label stands for; a label that nobody knows is taken for a model's own name.
    pub(crate) fn model(&self, label: &str) -> String {
        self.models.get(label).or(self.any_model.as_ref()).cloned().unwrap_or_else(|| label.to_owned())
    }

    /// The labels that a member can choose a model by: the usual ones and the operator's.
    pub(crate) fn labels(&self) -> Vec<String> {
        let mut labels: Vec<String> = OPENAI_MODELS.map(|(label, _)| label.to_owned()).into();
        labels.extend(self.models.keys().cloned());
        labels.sort();
        labels.dedup();
        labels
    }

    /// The same with models that say as much as they may, and that nobody asks anything.
    pub(crate) fn imagined(&self) -> Providers {
        Providers { default: Arc::new(Longest::of(self.default.clone())), ..self.clone() }
    }

    /// Who answers for a label.
    pub(crate) fn answering(&self, label: &str) -> Answering {
        self.asked(self.model(label))
    }

    /// Who answers for a seat, as it was pinned when the debate was opened.
    pub(crate) fn pinned(&self, _provider: &str, _label: &str, model: &str) -> Answering {
        self.asked(model.to_owned())
    }

    /// What an answer of a provider costs, where it is paid for.
    pub(crate) fn rate(&self, provider: &str, model: &str) -> Rate {
        Prices::bundled().rate(provider, model)
    }

    fn asked(&self, model: String) -> Answering {
        let plain = Answering::plain(self.default.clone(), model);
        let rate = match self.is_paid() {
            true => self.rate(plain.provider.name(), &plain.model),
            false => plain.rate,
        };
        Answering { rate, ..plain }
    }
}
