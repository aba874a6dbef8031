//! What can be configured. Where values come from is the business of `layers`.

mod provider;

use std::collections::BTreeMap;

use amatelier_types::{Capabilities, Capability, Moderation};
use serde::{Deserialize, Serialize};

pub use self::provider::{
    BillingChoice, Cassette, ClaudeCode, Ollama, OpenAi, OpenAiCompat, Service, Tools, YesNo,
};
use crate::{Mode, ModelLine, Money};

/// Everything that can be configured; each value has a default. Keys are never in here: only the name of the variable that holds one.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default, rename_all = "kebab-case")]
pub struct Config {
    /// How models are chosen: `auto`, or the name of a [`Mode`](crate::Mode).
    pub mode: String,
    /// What a committed step survives.
    pub durability: Durability,
    /// Anthropic's own service.
    pub anthropic: Service,
    /// OpenAI's own service.
    pub openai: OpenAi,
    /// OpenRouter, which passes requests on to others.
    pub openrouter: Service,
    /// Google's Gemini service.
    pub gemini: Service,
    /// An Ollama server.
    pub ollama: Ollama,
    /// Any other server that speaks the OpenAI protocol.
    pub openai_compat: OpenAiCompat,
    /// The `claude` command.
    pub claude_code: ClaudeCode,
    /// Recorded answers.
    pub cassette: Cassette,
    /// Labels and the models they stand for.
    pub models: BTreeMap<String, ModelLine>,
    /// The numbers of a debate.
    pub roundtable: Roundtable,
    /// What may be spent on models.
    pub money: Money,
    /// Lookups in registered files.
    pub steward: Steward,
    /// Plugins.
    pub plugins: Plugins,
}

impl Default for Config {
    fn default() -> Self {
        Config {
            mode: "auto".into(),
            durability: Durability::default(),
            anthropic: Service::keyed("ANTHROPIC_API_KEY"),
            openai: OpenAi { service: Service::keyed("OPENAI_API_KEY"), store: YesNo::No },
            openrouter: Service::keyed("OPENROUTER_API_KEY"),
            gemini: Service::keyed("GEMINI_API_KEY"),
            ollama: Ollama::default(),
            openai_compat: OpenAiCompat {
                service: Service::keyed("OPENAI_API_KEY"),
                tools: Tools::default(),
                billing: BillingChoice::default(),
            },
            claude_code: ClaudeCode::default(),
            cassette: Cassette::default(),
            models: BTreeMap::new(),
            roundtable: Roundtable::default(),
            money: Money::default(),
            steward: Steward::default(),
            plugins: Plugins::default(),
        }
    }
}

impl Config {
    /// The section of a provider that is reached over HTTP with a key.
    pub fn service(&self, mode: Mode) -> Option<&Service> {
        match mode {
            Mode::Anthropic => Some(&self.anthropic),
            Mode::OpenAi => Some(&self.openai.service),
            Mode::OpenRouter => Some(&self.openrouter),
            Mode::Gemini => Some(&self.gemini),
            Mode::OpenAiCompat => Some(&self.openai_compat.service),
            Mode::Ollama | Mode::ClaudeCode | Mode::Rehearsal | Mode::Cassette => None,
        }
    }

    /// The model that a provider's section names for labels that `[models]` does not.
    pub fn model(&self, mode: Mode) -> Option<&str> {
        match mode {
            Mode::Ollama => self.ollama.model.as_deref(),
            Mode::ClaudeCode => self.claude_code.model.as_deref(),
            _ => self.service(mode)?.model.as_deref(),
        }
    }

    /// How many tokens a provider's section says that its models take.
    pub fn context_tokens(&self, mode: Mode) -> Option<u32> {
        match mode {
            Mode::Ollama => self.ollama.context_tokens,
            _ => self.service(mode)?.context_tokens,
        }
    }

    /// The variables that may hold a provider's key, the first that is set counts; empty where it takes none.
    pub fn key_variables(&self, mode: Mode) -> Vec<&str> {
        let Some(service) = self.service(mode) else { return Vec::new() };
        let own = service.api_key_env.as_str();
        // Google's own programs know the key by either name.
        let also = (mode == Mode::Gemini && own == "GEMINI_API_KEY").then_some("GOOGLE_API_KEY");
        [own].into_iter().chain(also).collect()
    }
}

/// What a committed step survives.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Durability {
    /// A power cut.
    #[default]
    Power,
    /// A killed process.
    Process,
}

/// The numbers of a debate.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default, rename_all = "kebab-case")]
pub struct Roundtable {
    /// The last round there can be.
    pub max_rounds: u32,
    /// Floor contributions per worker for the whole debate.
    pub floor_turns: u32,
    /// The longest a turn may take, model included, in seconds.
    pub speaker_timeout: u32,
    /// When the judge is asked for remarks.
    pub moderation: Moderation,
    /// Whether a debate is scored in opposite orders, with a third ballot where the two differ.
    pub double_score: YesNo,
    /// Tokens of all models, in and out, that a debate may take; none is no cap.
    pub max_tokens: Option<u32>,
    /// Minutes that a debate may run; none is no cap.
    pub max_minutes: Option<u32>,
    /// What is done about a request that was in flight when the program died.
    pub on_uncertain: OnUncertain,
}

/// What is done about a request that was in flight when the program died, and of which nobody knows whether it was answered and paid for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum OnUncertain {
    /// It is asked once more; if that is cut off too, the operator is asked.
    #[default]
    Resend,
    /// The operator is asked where there is somebody to ask; otherwise the debate waits.
    Ask,
    /// It is never asked again: the call fails.
    Skip,
}

impl OnUncertain {
    /// The name in files and flags.
    pub fn name(self) -> &'static str {
        match self {
            OnUncertain::Resend => "resend",
            OnUncertain::Ask => "ask",
            OnUncertain::Skip => "skip",
        }
    }
}

/// Lookups in the files that a briefing registers.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default, rename_all = "kebab-case")]
pub struct Steward {
    /// The label of the model that helps where the grammar does not suffice.
    pub model: String,
    /// Requests per member for the whole debate; as many more are free in the research phase.
    pub requests: u32,
    /// Who hears a finding.
    pub findings: Findings,
    /// Whether a model at another machine may be shown what stands in registered files.
    pub consent: Consent,
}

/// What plugins are allowed at most.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default, rename_all = "kebab-case")]
pub struct Plugins {
    /// What an installed plugin may have at most, whatever it is granted.
    pub ceiling: Capabilities,
}

impl Default for Plugins {
    fn default() -> Self {
        Plugins { ceiling: Capability::ALL.into() }
    }
}

/// Who hears a finding.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Findings {
    /// Its asker and the judge.
    #[default]
    Private,
    /// All.
    Public,
}

/// Whether a model at another machine may be shown what stands in registered files.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Consent {
    /// Ask where there is somebody to ask; otherwise no.
    #[default]
    Ask,
    /// It may.
    Yes,
    /// It may not: only the grammar answers.
    No,
}

impl Default for Steward {
    fn default() -> Self {
        // Rules §2; the smallest model of the usual labels extracts well enough (§7 of the facts).
        Steward {
            model: "haiku".into(),
            requests: 3,
            findings: Findings::default(),
            consent: Consent::default(),
        }
    }
}

impl Default for Roundtable {
    fn default() -> Self {
        // §1 of the facts.
        Roundtable {
            max_rounds: 3,
            floor_turns: 3,
            speaker_timeout: 200,
            moderation: Moderation::PerPhase,
            double_score: YesNo::No,
            max_tokens: None,
            max_minutes: None,
            on_uncertain: OnUncertain::default(),
        }
    }
}
