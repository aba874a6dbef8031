//! What can be configured of each provider.

use std::path::PathBuf;

use serde::{Deserialize, Serialize};

/// A service that is reached over HTTP, with a key where it wants one.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub struct Service {
    /// Its address, such as `http://localhost:8080/v1`; none means the usual one.
    pub base_url: Option<String>,
    /// The variable that holds the key, in the environment or in `keys.toml`.
    pub api_key_env: String,
    /// The model for labels that `[models]` does not name.
    pub model: Option<String>,
    /// How many tokens, prompt and answer together, its models take; none means as much as is known of each model.
    pub context_tokens: Option<u32>,
    /// How many requests a minute all debates of this process may make.
    pub requests_per_minute: Option<u32>,
    /// How many tokens a minute they may take, in and out.
    pub tokens_per_minute: Option<u32>,
}

impl Service {
    pub(super) fn keyed(variable: &str) -> Self {
        Service { api_key_env: variable.into(), ..Service::default() }
    }
}

/// OpenAI's own service.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub struct OpenAi {
    /// What it has in common with others.
    #[serde(flatten)]
    pub service: Service,
    /// Whether answers may be kept on its side, so that one whose connection broke can be fetched instead of bought again.
    pub store: YesNo,
}

/// Any other server that speaks the OpenAI chat-completions protocol.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub struct OpenAiCompat {
    /// What it has in common with others.
    #[serde(flatten)]
    pub service: Service,
    /// Whether its models can call tools.
    pub tools: Tools,
    /// How its answers are paid for.
    pub billing: BillingChoice,
}

/// An Ollama server.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, rename_all = "kebab-case")]
pub struct Ollama {
    /// Its address; none means the usual port of this machine.
    pub base_url: Option<String>,
    /// The model for labels that `[models]` does not name; none means the first that it lists.
    pub model: Option<String>,
    /// The largest context that is asked for, in tokens; none means what the model was made for.
    pub context_tokens: Option<u32>,
}

/// The `claude` command.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, rename_all = "kebab-case")]
pub struct ClaudeCode {
    /// What is started: a name that is looked for on the `PATH`, or a path.
    pub command: PathBuf,
    /// The model for labels that `[models]` does not name.
    pub model: Option<String>,
}

impl Default for ClaudeCode {
    fn default() -> Self {
        ClaudeCode { command: "claude".into(), model: None }
    }
}

/// Answers that were recorded.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, rename_all = "kebab-case")]
pub struct Cassette {
    /// What is played back, in the place of every provider.
    pub file: Option<PathBuf>,
    /// Where every answer is recorded.
    pub record: Option<PathBuf>,
}

/// Yes or no.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum YesNo {
    /// Yes.
    Yes,
    /// No.
    #[default]
    No,
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

/// How the answers of a server are paid for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum BillingChoice {
    /// Not at all on this machine, by the token elsewhere.
    #[default]
    Auto,
    /// Not at all.
    Free,
    /// By the token.
    Metered,
}
