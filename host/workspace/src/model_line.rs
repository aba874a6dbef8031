//! A line of `[models]`: what a label stands for.

use std::ops::Range;

use serde::{Deserialize, Serialize};
use toml::{
    Table, Value,
    de::{DeTable, DeValue},
};

use crate::{Mode, nearest, setting::kind_of};

/// What a label stands for. What is not said is as the provider and the label have it without this line.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(from = "Written", into = "Written")]
pub struct ModelLine {
    /// Whose model it is; none means the default provider's.
    pub provider: Option<Mode>,
    /// The model, as the provider calls it; none means what the provider has for the label.
    pub model: Option<String>,
    /// The temperature where the asker names none, from 0 to 2.
    pub temperature: Option<f32>,
    /// The effort where the asker names none: `low`, `medium`, `high` or `max`.
    pub effort: Option<String>,
    /// The longest answer, in tokens, whatever the asker wants.
    pub max_tokens: Option<u32>,
    /// How many tokens the model takes, prompt and answer together.
    pub context_tokens: Option<u32>,
    /// The label whose model answers when this one's provider is down.
    pub fallback: Option<String>,
}

impl ModelLine {
    /// The line that a bare text is: a model, or `provider:model`.
    pub fn of_text(text: &str) -> Self {
        let (provider, model) =
            Mode::prefixed(text).map_or((None, text), |(mode, model)| (Some(mode), model));
        ModelLine { provider, model: Some(model.to_owned()), ..ModelLine::default() }
    }
}

/// The line as it stands in a file.
#[derive(Serialize, Deserialize)]
#[serde(untagged)]
enum Written {
    Text(String),
    Table(InFull),
}

#[derive(Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
struct InFull {
    #[serde(skip_serializing_if = "Option::is_none")]
    provider: Option<Mode>,
    #[serde(skip_serializing_if = "Option::is_none")]
    model: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    temperature: Option<f32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    effort: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    max_tokens: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    context_tokens: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    fallback: Option<String>,
}

impl From<Written> for ModelLine {
    fn from(written: Written) -> Self {
        match written {
            Written::Text(text) => ModelLine::of_text(&text),
            Written::Table(InFull {
                provider,
                model,
                temperature,
                effort,
                max_tokens,
                context_tokens,
                fallback,
            }) => {
                let model = model.map(|text| match provider {
                    None => ModelLine::of_text(&text),
                    Some(_) => ModelLine { provider, model: Some(text), ..ModelLine::default() },
                });
                let ModelLine { provider, model, .. } =
                    model.unwrap_or(ModelLine { provider, ..ModelLine::default() });
                ModelLine { provider, model, temperature, effort, max_tokens, context_tokens, fallback }
            }
        }
    }
}

impl From<ModelLine> for Written {
    fn from(line: ModelLine) -> Self {
        if let ModelLine { provider, model: Some(model), .. } = &line
            && line == (ModelLine { provider: *provider, model: Some(model.clone()), ..ModelLine::default() })
        {
            return Written::Text(
                provider.map_or_else(|| model.clone(), |provider| format!("{provider}:{model}")),
            );
        }
        let ModelLine { provider, model, temperature, effort, max_tokens, context_tokens, fallback } = line;
        Written::Table(InFull { provider, model, temperature, effort, max_tokens, context_tokens, fallback })
    }
}

/// The efforts that there are.
const EFFORTS: [&str; 4] = ["low", "medium", "high", "max"];
/// What a line may say.
const KEYS: [&str; 7] =
    ["provider", "model", "temperature", "effort", "max-tokens", "context-tokens", "fallback"];

/// The line that a table is; everything that is wrong with it is complained of, with its place in the file.
pub(crate) fn of_toml(
    path: &str,
    table: &DeTable<'_>,
    complain: &mut dyn FnMut(Range<usize>, String),
) -> Option<Value> {
    let mut line = Table::new();
    let mut is_good = true;
    for (key, value) in table {
        let name: &str = key.get_ref();
        match read(name, value.get_ref()) {
            Ok(value) => drop(line.insert(name.to_owned(), value)),
            Err(what) => {
                is_good = false;
                complain(key.span(), format!("`{path}.{name}` {what}"));
            }
        }
    }
    is_good.then_some(Value::Table(line))
}

fn read(name: &str, value: &DeValue<'_>) -> Result<Value, String> {
    let wanted = |wanted: &str| Err(format!("must be {wanted}, not {}", shown(value)));
    let meant = |text: &str, known: &[&'static str]| {
        nearest(text, known.iter().copied())
            .map(|meant| format!("; did you mean `{meant}`?"))
            .unwrap_or_default()
    };
    match (name, value) {
        ("provider", DeValue::String(text)) => Mode::provider(text)
            .map(|mode| mode.name().into())
            .map_err(|bad| format!("makes no sense: {bad}")),
        ("model" | "fallback", DeValue::String(text)) if !text.trim().is_empty() => Ok(text.as_ref().into()),
        ("provider" | "model" | "fallback", _) => wanted("some text"),
        ("effort", DeValue::String(text)) if EFFORTS.contains(&text.as_ref()) => Ok(text.as_ref().into()),
        ("effort", DeValue::String(text)) => {
            wanted(&format!("one of {}", EFFORTS.join(", "))).map_err(|what| what + &meant(text, &EFFORTS))
        }
        ("effort", _) => wanted(&format!("one of {}", EFFORTS.join(", "))),
        ("temperature", _) => match number(value).filter(|number| (0.0..=2.0).contains(number)) {
            Some(number) => Ok(number.into()),
            None => wanted("a number from 0 to 2"),
        },
        ("max-tokens", _) => {
            whole(value, 1..=10_000_000).map_or_else(|| wanted("a whole number from 1 to 10000000"), Ok)
        }
        // The range of the sections' own `context-tokens`.
        ("context-tokens", _) => whole(value, 1_000..=100_000_000)
            .map_or_else(|| wanted("a whole number from 1000 to 100000000"), Ok),
        _ => Err(format!("is no setting of a model; known are {}{}", KEYS.join(", "), meant(name, &KEYS))),
    }
}

fn whole(value: &DeValue<'_>, range: std::ops::RangeInclusive<i64>) -> Option<Value> {
    let DeValue::Integer(digits) = value else { return None };
    let number = i64::from_str_radix(&digits.as_str().replace('_', ""), digits.radix()).ok()?;
    range.contains(&number).then(|| number.into())
}

fn number(value: &DeValue<'_>) -> Option<f64> {
    match value {
        DeValue::Float(digits) => digits.as_str().replace('_', "").parse().ok(),
        DeValue::Integer(digits) => digits.as_str().replace('_', "").parse().ok(),
        _ => None,
    }
}

fn shown(value: &DeValue<'_>) -> String {
    match value {
        DeValue::Integer(digits) => digits.as_str().to_owned(),
        DeValue::Float(digits) => digits.as_str().to_owned(),
        DeValue::String(text) if !text.trim().is_empty() => format!("`{text}`"),
        DeValue::String(_) => "nothing".to_owned(),
        other => kind_of(other).to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_a_model_with_or_without_its_provider() {
        for (text, provider, model) in [
            ("gpt-5", None, "gpt-5"),
            ("gemini:gemini-2.5-pro", Some(Mode::Gemini), "gemini-2.5-pro"),
            ("qwen3:4b", None, "qwen3:4b"),
        ] {
            let line = ModelLine::of_text(text);
            assert_eq!((line.provider, line.model.as_deref()), (provider, Some(model)), "{text}");
        }
    }

    #[test]
    fn a_line_is_written_and_read_the_same() {
        let line = ModelLine {
            provider: Some(Mode::Ollama),
            temperature: Some(0.5),
            fallback: Some("haiku".into()),
            ..ModelLine::default()
        };
        let value = Value::try_from(&line).unwrap();
        assert_eq!(value.to_string(), "{ provider = \"ollama\", temperature = 0.5, fallback = \"haiku\" }");
        assert_eq!(value.try_into::<ModelLine>().unwrap(), line);
        for text in ["large", "gemini:pro"] {
            assert_eq!(Value::try_from(ModelLine::of_text(text)).unwrap(), Value::from(text));
        }
        let long = toml::toml! { model = "gemini:pro" };
        assert_eq!(Value::Table(long).try_into::<ModelLine>().unwrap(), ModelLine::of_text("gemini:pro"));
    }
}
