//! What only several settings together say about labels.

use toml::Value;

use crate::{
    Config, Mode, ModelLine, Setting, nearest,
    setting::{Kind, MODELS},
};

/// The labels that every provider has a model for.
pub const USUAL_LABELS: [&str; 4] = ["haiku", "flash", "sonnet", "opus"];

/// Whether a value chooses the provider that starts a command of the operator's.
pub(super) fn spends_a_subscription(setting: &Setting, value: &Value) -> bool {
    let chooses = |text: &str| text == Mode::ClaudeCode.name();
    match (&setting.kind, value) {
        (Kind::Model, Value::String(text)) => {
            Mode::prefixed(text).is_some_and(|(mode, _)| mode == Mode::ClaudeCode)
        }
        (Kind::Model, Value::Table(line)) => {
            let line: Option<ModelLine> = line.clone().try_into().ok();
            line.is_some_and(|line| line.provider == Some(Mode::ClaudeCode))
        }
        (_, Value::String(text)) => setting.section.is_empty() && chooses(text),
        _ => false,
    }
}

/// Labels of the operator's own that stand for no model: what a service has for them is nothing.
pub(super) fn modelless(config: &Config) -> Vec<(String, String)> {
    let is_open = |(label, line): &(&String, &ModelLine)| {
        let has_its_own = line.provider.is_some_and(|mode| {
            // These two have whatever somebody put there, and are asked.
            matches!(mode, Mode::Ollama | Mode::OpenAiCompat | Mode::Rehearsal)
                || config.model(mode).is_some()
        });
        line.model.is_none() && !USUAL_LABELS.contains(&label.as_str()) && !has_its_own
    };
    let wrong = |(label, _): (&String, &ModelLine)| {
        let key = key_of(label);
        let what = format!(
            "`{key}` names no model, and `{label}` is none of the labels that every provider has a model for ({})",
            USUAL_LABELS.join(", ")
        );
        (key, what)
    };
    config.models.iter().filter(is_open).map(wrong).collect()
}

fn key_of(label: &str) -> String {
    Setting::find(MODELS, label).map_or_else(|| label.to_owned(), |setting| setting.path(label))
}

/// What is wrong with fallbacks, by the key of the label: each has to be a label that is known, and none may lead back to itself.
pub(super) fn fallbacks(config: &Config) -> Vec<(String, String)> {
    let mut wrong = Vec::new();
    for (label, line) in &config.models {
        let Some(fallback) = &line.fallback else { continue };
        let key = key_of(label);
        let known = || config.models.keys().map(String::as_str).chain(USUAL_LABELS);
        if !known().any(|known| known == fallback) {
            let meant = nearest(fallback, known()).map(|meant| format!("; did you mean `{meant}`?"));
            let what = format!("`{key}.fallback` names no label: `{fallback}`{}", meant.unwrap_or_default());
            wrong.push((key, what));
            continue;
        }
        let mut seen = vec![label];
        let mut next = Some(fallback);
        while let Some(label) = next {
            if seen.contains(&label) {
                let way: Vec<&str> =
                    seen.iter().map(|label| label.as_str()).chain([label.as_str()]).collect();
                wrong.push((key.clone(), format!("`{key}.fallback` leads back: {}", way.join(" to "))));
                break;
            }
            seen.push(label);
            next = config.models.get(label).and_then(|line| line.fallback.as_ref());
        }
    }
    wrong
}
