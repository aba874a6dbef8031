//! What was chosen and why, and what else is there; never a key.

use std::collections::BTreeMap;

use serde::Serialize;

/// The default provider and the others.
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
    /// Where the key was found, in words.
    pub key_found: Option<String>,
    /// The variable that would hold it.
    pub key_variable: Option<String>,
    /// Labels and their models, with their provider where that is another one.
    pub models: BTreeMap<String, String>,
    /// The model for every other label.
    pub any_other_model: Option<String>,
    /// How many tokens the models take, where that is the same for all; else how many the one for `sonnet` takes.
    pub context_tokens: u32,
    /// Every provider there is, in the order in which they are looked for.
    pub providers: Vec<State>,
}

/// What is known of a provider without asking it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct State {
    /// The provider.
    pub provider: String,
    /// Whether it can be asked.
    pub configured: bool,
    /// Whether it is the default one.
    pub chosen: bool,
    /// Why it is the default one, or is not.
    pub why: String,
    /// Its address, where it has one.
    pub base_url: Option<String>,
}
