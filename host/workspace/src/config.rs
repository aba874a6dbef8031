//! What can be configured. Where values come from is the business of `layers`.

use std::collections::BTreeMap;

use amatelier_types::Moderation;
use serde::{Deserialize, Serialize};

use crate::Money;

/// Everything that can be configured; each value has a default. Keys are never in here: only the name of the variable that holds one.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default, rename_all = "kebab-case")]
pub struct Config {
    /// How models are chosen: `auto`, `rehearsal` or `openai-compat`.
    pub mode: String,
    /// What a committed step survives.
    pub durability: Durability,
    /// The server that speaks the OpenAI protocol.
    pub openai_compat: OpenAiCompat,
    /// Labels and the models they stand for.
    pub models: BTreeMap<String, String>,
    /// The numbers of a debate.
    pub roundtable: Roundtable,
    /// What may be spent on models.
    pub money: Money,
    /// Lookups in registered files.
    pub steward: Steward,
}

impl Default for Config {
    fn default() -> Self {
        Config {
            mode: "auto".into(),
            durability: Durability::default(),
            openai_compat: OpenAiCompat::default(),
            models: BTreeMap::new(),
            roundtable: Roundtable::default(),
            money: Money::default(),
            steward: Steward::default(),
        }
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

/// A server that speaks the OpenAI chat-completions protocol.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default, rename_all = "kebab-case")]
pub struct OpenAiCompat {
    /// Its address, such as `http://localhost:8080/v1`; `OPENAI_BASE_URL` wins.
    pub base_url: Option<String>,
    /// The environment variable that holds the key.
    pub api_key_env: String,
    /// The model for labels that `[models]` does not name; `OPENAI_MODEL` wins.
    pub model: Option<String>,
    /// How many tokens, prompt and answer together, its models take.
    pub context_tokens: u32,
    /// Whether its models can call tools.
    pub tools: Tools,
}

/// Whether the models of a server can call tools; those that cannot are asked for JSON.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Tools {
    /// Yes at the default address, no at any other.
    #[default]
    Auto,
    /// They can.
    Yes,
    /// They cannot.
    No,
}

impl Default for OpenAiCompat {
    fn default() -> Self {
        // 128 000 is what the models of the default address take; a local server usually takes less and should say so here.
        OpenAiCompat {
            base_url: None,
            api_key_env: "OPENAI_API_KEY".into(),
            model: None,
            context_tokens: 128_000,
            tools: Tools::default(),
        }
    }
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
            max_tokens: None,
            max_minutes: None,
            on_uncertain: OnUncertain::default(),
        }
    }
}
