//! How each provider is made from its section of the configuration.

use std::{path::Path, sync::Arc};

use amatelier_llm::{
    Billing, ClaudeCode, ClaudeCodeConfig, Gate, Gates, Pace, Provider, Timers,
    anthropic::{self, Anthropic, AnthropicConfig},
    gemini::{Gemini, GeminiConfig, gemini_base_url},
    ollama::{Ollama, OllamaConfig, ollama_base_url},
    openai::{BaseUrl, Flavour, OpenAiCompat, OpenAiCompatConfig, normalise_base_url},
    rehearsal::Rehearsal,
};
use amatelier_workspace::{BillingChoice, Key, Mode, Tools, YesNo};

use super::{Inner, Made, ProviderError, Unset, played::Played};

/// The address of OpenAI's own service.
const OPENAI: &str = "https://api.openai.com/v1";
/// The address of OpenRouter.
const OPENROUTER: &str = "https://openrouter.ai/api/v1";

/// The provider of a mode.
pub(super) fn provider(inner: &Inner, mode: Mode) -> Made {
    if let Some(played) = &inner.played {
        return Ok(Arc::new(played.in_place_of(mode)));
    }
    match mode {
        Mode::Anthropic => anthropic(inner, mode),
        Mode::OpenAi | Mode::OpenRouter | Mode::OpenAiCompat => openai(inner, mode),
        Mode::Gemini => gemini(inner, mode),
        Mode::Rehearsal => Ok(Arc::new(Rehearsal)),
        Mode::Ollama => ollama(inner, mode),
        Mode::ClaudeCode => claude_code(inner, mode),
        // One that is played was dealt with above.
        Mode::Cassette => {
            Played::open(None).map(|played| Arc::new(played.in_place_of(mode)) as Arc<dyn Provider>)
        }
    }
}

/// Whether a server has whatever somebody put there, so that only it knows its models.
pub(super) fn has_what_was_put_there(inner: &Inner, mode: Mode) -> bool {
    match mode {
        Mode::Ollama => true,
        Mode::OpenAiCompat => !is_openai(inner, mode),
        _ => false,
    }
}

/// Whether OpenAI's own service is behind a mode.
pub(super) fn is_openai(inner: &Inner, mode: Mode) -> bool {
    match mode {
        Mode::OpenAi => true,
        Mode::OpenAiCompat => address(inner, mode).is_some_and(|address| address.starts_with(OPENAI)),
        _ => false,
    }
}

/// The address of a provider, as it was given or by default; none where it has none.
pub(super) fn address(inner: &Inner, mode: Mode) -> Option<&str> {
    let config = &inner.configuration.config;
    let usual = match mode {
        Mode::OpenAi | Mode::OpenAiCompat => OPENAI,
        Mode::OpenRouter => OPENROUTER,
        Mode::Anthropic => Anthropic::BASE_URL,
        Mode::Gemini => GeminiConfig::BASE_URL,
        Mode::Ollama => "",
        Mode::ClaudeCode | Mode::Rehearsal | Mode::Cassette => return None,
    };
    if mode == Mode::Ollama {
        // Nothing at all is the usual port of this machine.
        return Some(config.ollama.base_url.as_deref().unwrap_or_default());
    }
    Some(config.service(mode)?.base_url.as_deref().unwrap_or(usual))
}

/// Where a provider is, in words, unless it is on this machine.
pub(super) fn place(inner: &Inner, mode: Mode) -> Option<String> {
    match mode {
        Mode::Rehearsal | Mode::Cassette => None,
        // Whatever the command asks is elsewhere.
        Mode::ClaudeCode => Some("Anthropic, through the claude command".into()),
        _ => {
            let url = base_url(inner, mode).ok()?;
            (!url.is_loopback()).then(|| url.to_string())
        }
    }
}

/// The address of a provider, read.
pub(super) fn base_url(inner: &Inner, mode: Mode) -> Result<BaseUrl, ProviderError> {
    let address = address(inner, mode).unwrap_or_default();
    let read = match mode {
        Mode::Anthropic => anthropic::normalise_base_url(address),
        Mode::Gemini => gemini_base_url(address),
        Mode::Ollama => ollama_base_url(address),
        _ => normalise_base_url(address),
    };
    read.map_err(|source| {
        let place = inner.configuration.origin(&format!("{mode}.base-url")).to_string();
        ProviderError::BaseUrl { mode, place, source }
    })
}

/// The key of a provider, if there is one.
pub(super) fn key(inner: &Inner, mode: Mode) -> Option<Key> {
    inner.keys.find(&inner.configuration.config.key_variables(mode))
}

/// The key of a provider; a server that somebody named may want none.
fn needed_key(inner: &Inner, mode: Mode) -> Result<Option<Key>, ProviderError> {
    let config = &inner.configuration.config;
    let is_named =
        mode == Mode::OpenAiCompat || config.service(mode).is_some_and(|own| own.base_url.is_some());
    match key(inner, mode) {
        None if !is_named => Err(ProviderError::Unset(vec![keyless(inner, mode)])),
        found => Ok(found),
    }
}

/// What is missing where a key is.
pub(super) fn keyless(inner: &Inner, mode: Mode) -> Unset {
    let names = inner.configuration.config.key_variables(mode);
    let why = match names.as_slice() {
        [only] => format!("{only} is not set"),
        several => format!("neither {} is set", several.join(" nor ")),
    };
    let name = names.first().copied().unwrap_or_default();
    let remedy = format!("set {name}, or store it with `amatelier key set {name}`");
    Unset { who: None, mode, why, remedy }
}

fn timers(inner: &Inner) -> Timers {
    let patient = Timers::default();
    Timers { first_byte: patient.first_byte.max(inner.turn), ..patient }
}

/// What the requests of all debates of this process to an address pass, for each key: who pays is who is limited.
fn gate(inner: &Inner, mode: Mode, base_url: &BaseUrl, key: Option<&Key>) -> Option<Arc<dyn Gate>> {
    let own = inner.configuration.config.service(mode).cloned().unwrap_or_default();
    let pace =
        Pace { requests_per_minute: own.requests_per_minute, tokens_per_minute: own.tokens_per_minute };
    let account = key.map(|key| key.name.as_str()).unwrap_or_default();
    Some(Gates::of_process().gate(&format!("{base_url} {account}"), mode.name(), pace))
}

fn anthropic(inner: &Inner, mode: Mode) -> Made {
    let (base_url, key) = (base_url(inner, mode)?, needed_key(inner, mode)?);
    let gate = gate(inner, mode, &base_url, key.as_ref());
    let plain = AnthropicConfig::new(mode.name(), base_url);
    let context_tokens = inner.configuration.config.context_tokens(mode);
    let provider = Anthropic::new(AnthropicConfig {
        api_key: key.map(|key| key.secret),
        context_tokens: context_tokens.unwrap_or(plain.context_tokens),
        timers: timers(inner),
        gate,
        ..plain
    })?;
    Ok(Arc::new(provider))
}

fn ollama(inner: &Inner, mode: Mode) -> Made {
    let base_url = base_url(inner, mode)?;
    let provider = Ollama::new(OllamaConfig {
        longest_window: inner.configuration.config.context_tokens(mode),
        timers: timers(inner),
        gate: gate(inner, mode, &base_url, None),
        ..OllamaConfig::new(mode.name(), base_url)
    })?;
    Ok(Arc::new(provider))
}

/// The command is looked for, never started, until somebody is asked.
fn claude_code(inner: &Inner, mode: Mode) -> Made {
    let command = &inner.configuration.config.claude_code.command;
    if !is_command(command) {
        let why = format!("there is no command {}", command.display());
        let remedy =
            "install it, or say with claude-code.command in the workspace's amatelier.toml where it is"
                .to_owned();
        return Err(ProviderError::Unset(vec![Unset { who: None, mode, why, remedy }]));
    }
    Ok(Arc::new(ClaudeCode::new(ClaudeCodeConfig {
        timers: timers(inner),
        ..ClaudeCodeConfig::new(command)
    })))
}

/// Whether there is such a file, or one of that name on the `PATH`.
fn is_command(command: &Path) -> bool {
    if command.components().count() > 1 {
        return command.is_file();
    }
    let folders = std::env::var_os("PATH").unwrap_or_default();
    std::env::split_paths(&folders).any(|folder| folder.join(command).is_file())
}

fn gemini(inner: &Inner, mode: Mode) -> Made {
    let (base_url, key) = (base_url(inner, mode)?, needed_key(inner, mode)?);
    let gate = gate(inner, mode, &base_url, key.as_ref());
    let plain = GeminiConfig::new(mode.name(), base_url);
    let context_tokens = inner.configuration.config.context_tokens(mode);
    let provider = Gemini::new(GeminiConfig {
        api_key: key.map(|key| key.secret),
        context_tokens: context_tokens.unwrap_or(plain.context_tokens),
        timers: timers(inner),
        gate,
        ..plain
    })?;
    Ok(Arc::new(provider))
}

fn openai(inner: &Inner, mode: Mode) -> Made {
    let config = &inner.configuration.config;
    let is_named = config.openai_compat.service.base_url.is_some() || inner.default == mode;
    if mode == Mode::OpenAiCompat && !is_named && key(inner, mode).is_none() {
        let why = "no base-url is set".to_owned();
        let remedy =
            "set openai-compat.base-url in the workspace's amatelier.toml, or OPENAI_BASE_URL".to_owned();
        return Err(ProviderError::Unset(vec![Unset { who: None, mode, why, remedy }]));
    }
    let (base_url, key) = (base_url(inner, mode)?, needed_key(inner, mode)?);
    let gate = gate(inner, mode, &base_url, key.as_ref());
    let plain = OpenAiCompatConfig::new(mode.name(), base_url);
    let tools = match (mode, config.openai_compat.tools) {
        (Mode::OpenAiCompat, Tools::Yes) => true,
        (Mode::OpenAiCompat, Tools::No) => false,
        (Mode::OpenAiCompat, Tools::Auto) => is_openai(inner, mode),
        _ => true,
    };
    let provider = OpenAiCompat::new(OpenAiCompatConfig {
        api_key: key.map(|key| key.secret),
        context_tokens: config.context_tokens(mode).unwrap_or(plain.context_tokens),
        tools,
        timers: timers(inner),
        // A relay of OpenRouter's speaks as it does.
        flavour: if mode == Mode::OpenRouter { Flavour::OpenRouter } else { plain.flavour },
        billing: match config.openai_compat.billing {
            // Whoever relays a service of this name pays for it, on this machine, too.
            _ if mode != Mode::OpenAiCompat => Some(Billing::Metered),
            BillingChoice::Auto => None,
            BillingChoice::Free => Some(Billing::Free),
            BillingChoice::Metered => Some(Billing::Metered),
        },
        store: mode == Mode::OpenAi && config.openai.store == YesNo::Yes,
        gate,
        ..plain
    })?;
    Ok(Arc::new(provider))
}
