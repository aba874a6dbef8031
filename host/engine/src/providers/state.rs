//! What was chosen and why, from what is configured; nobody is asked.

use amatelier_workspace::{Mode, USUAL_LABELS};

use super::{Explained, Providers, State, make};

/// The providers that a key alone makes the default one.
const KEYED: [Mode; 4] = [Mode::Anthropic, Mode::OpenAi, Mode::OpenRouter, Mode::Gemini];

pub(super) fn explained(providers: &Providers) -> Explained {
    let (inner, mode) = (&providers.inner, providers.default());
    let label = |label: &str| {
        let meaning = providers.meaning(label);
        let model = match meaning.mode == mode {
            true => meaning.model,
            false => format!("{}:{}", meaning.mode, meaning.model),
        };
        (label.to_owned(), model)
    };
    let any = providers.config().model(mode).map(str::to_owned).or_else(|| {
        let listed = providers.listed();
        Some(listed.get(&mode)?.first()?.id.clone())
    });
    let any = any.or_else(|| super::Inner::rehearsed(mode));
    // Where one model answers for all, there is nothing to tell of each.
    let usual = USUAL_LABELS.iter().filter(|_| any.is_none()).map(|own| label(own));
    let usual = usual.filter(|(label, model)| label != model);
    let own = providers.config().models.keys().filter(|_| mode != Mode::Rehearsal).map(|own| label(own));
    let sonnet = providers.answering("sonnet");
    let key = make::key(inner, mode);
    Explained {
        mode: inner.choice.mode.name().into(),
        because: inner.choice.because.clone(),
        base_url: make::base_url(inner, mode).ok().map(|url| url.to_string()),
        key: key.is_some(),
        key_found: key.map(|key| key.to_string()),
        key_variable: providers.config().key_variables(mode).first().map(|name| (*name).to_owned()),
        models: usual.chain(own).collect(),
        any_other_model: any,
        context_tokens: sonnet.provider.context_tokens(&sonnet.model),
        providers: Mode::PROVIDERS.into_iter().map(|mode| state(providers, mode)).collect(),
    }
}

pub(super) fn state(providers: &Providers, mode: Mode) -> State {
    let (inner, chosen) = (&providers.inner, providers.inner.choice.mode == mode);
    let made = providers.provider(mode);
    let found = make::key(inner, mode).map(|key| key.to_string());
    let why = match &made {
        _ if chosen => inner.choice.because.clone(),
        Err(super::ProviderError::Unset(several)) => {
            several.iter().map(|unset| unset.why.clone()).collect::<Vec<_>>().join("; ")
        }
        Err(error) => error.to_string(),
        Ok(_) => passed_over(providers, mode, found),
    };
    State {
        provider: mode.name().into(),
        configured: made.is_ok() && is_there(providers, mode),
        chosen,
        why,
        base_url: make::base_url(inner, mode).ok().map(|url| url.to_string()),
    }
}

/// Whether somebody set it up; what works without being set up counts only where it was named.
fn is_there(providers: &Providers, mode: Mode) -> bool {
    let config = providers.config();
    let is_named =
        providers.default() == mode || config.models.values().any(|line| line.provider == Some(mode));
    match mode {
        Mode::OpenAiCompat => is_named || config.openai_compat.service.base_url.is_some(),
        Mode::Ollama => is_named || config.ollama.base_url.is_some(),
        Mode::ClaudeCode => is_named,
        _ => true,
    }
}

/// Why one that works is not the default one.
fn passed_over(providers: &Providers, mode: Mode, found: Option<String>) -> String {
    let config = providers.config();
    let default = providers.default();
    let said = Mode::provider(&config.mode).is_ok() || config.cassette.file.is_some();
    match mode {
        Mode::Rehearsal => "always there; asked where there is nothing else".into(),
        Mode::ClaudeCode => "spends your subscription, so it is asked only where it is named".into(),
        Mode::OpenAiCompat if config.openai_compat.service.base_url.is_none() => "no base-url is set".into(),
        Mode::Ollama if !said => "looked for only where there is nothing else".into(),
        _ if said => format!("{}; {default} was named", found.unwrap_or_else(|| "its address is set".into())),
        _ if KEYED.contains(&mode) && KEYED.contains(&default) => {
            format!("{}; {default} comes first", found.unwrap_or_else(|| "its address is set".into()))
        }
        _ => format!("{}; {default} was found first", found.unwrap_or_else(|| "its address is set".into())),
    }
}
