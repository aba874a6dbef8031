//! The public JSON of model prices that many tools share: an object of models, each with prices in dollars for one token.
//!
//! A foreign file: what it names too large, odd or twice is left out and told, and nothing in it is taken for more than it says. A model
//! that is said to cost nothing is left out too: such rows are mostly placeholders, and a price of nothing is a cap of nothing. Numbers
//! are read from their digits, as strings or as numbers.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;
use serde_json::value::RawValue;

use super::{BadPrices, Price, Prices, decimal, name, row::Row, text::MAX_MODELS};

/// The longest file, in bytes; the list of 2026 has two million.
const MAX_BYTES: usize = 16 << 20;
/// The longest name of a model or a provider, in bytes.
const MAX_NAME: usize = 200;
/// From dollars for one token to millionths for a million tokens.
const SHIFT: i64 = 12;

/// What is said of one model.
type Fields<'a> = BTreeMap<String, &'a RawValue>;

/// What an import came to.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ImportReport {
    /// How many models were taken.
    pub taken: usize,
    /// Those that were not, as the file names them.
    pub skipped: Vec<Skipped>,
}

impl ImportReport {
    /// How many were left out for each reason.
    pub fn reasons(&self) -> BTreeMap<NotTaken, usize> {
        let mut reasons = BTreeMap::new();
        for skipped in &self.skipped {
            *reasons.entry(skipped.why).or_default() += 1;
        }
        reasons
    }
}

/// A model that was left out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Skipped {
    /// Its name in the file, cut to [`MAX_NAME`] bytes; foreign text.
    pub model: String,
    /// Why.
    pub why: NotTaken,
}

/// Why a model was left out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, thiserror::Error)]
pub enum NotTaken {
    /// It is the file's example, or not an object.
    #[error("not a description of a model")]
    NoModel,
    /// It makes pictures, vectors or sound.
    #[error("not a model that answers in words")]
    OtherMode,
    /// Its prices are not by the token.
    #[error("no price for tokens")]
    NoTokenPrice,
    /// It is said to cost nothing.
    #[error("said to cost nothing")]
    Free,
    /// A price is negative, too large, or no number.
    #[error("a price that is none")]
    BadNumber,
    /// Its name or its provider's is empty, too long, or has control characters.
    #[error("a name that cannot be one")]
    BadName,
    /// Another spelling of it was taken already.
    #[error("there already, in another spelling")]
    Twice,
    /// So many were taken already that it does not fit.
    #[error("one too many")]
    TooMany,
}

impl Prices {
    /// The prices of a public JSON list, `{"model": {"input_cost_per_token": 3e-06, …}, …}`. Its `date` and `source` are the caller's
    /// to say: the file says neither.
    ///
    /// # Errors
    /// [`BadPrices`] if it is too large, no JSON object, or without a single price.
    pub fn import(json: &str, date: Date, source: &str) -> Result<(Prices, ImportReport), BadPrices> {
        if json.len() > MAX_BYTES {
            return Err(BadPrices::TooLarge { bytes: json.len(), limit: MAX_BYTES });
        }
        let file: BTreeMap<String, &RawValue> =
            serde_json::from_str(json).map_err(|error| BadPrices::Unreadable(error.to_string()))?;
        let mut report = ImportReport::default();
        let mut models: BTreeMap<String, BTreeMap<String, Row>> = BTreeMap::new();
        let mut known = BTreeSet::new();
        for (key, value) in &file {
            let taken = match read(key, value.get()) {
                Ok(_) if report.taken >= MAX_MODELS => Err(NotTaken::TooMany),
                Ok((provider, model, _)) if !known.insert((provider.clone(), name::plain(&model))) => {
                    Err(NotTaken::Twice)
                }
                read => read,
            };
            match taken {
                Ok((provider, model, row)) => {
                    models.entry(provider).or_default().insert(model, row);
                    report.taken += 1;
                }
                Err(why) => report.skipped.push(Skipped { model: cut(key), why }),
            }
        }
        if report.taken == 0 {
            return Err(BadPrices::Empty);
        }
        Ok((Prices::new(date, source.to_owned(), models, BTreeMap::new()), report))
    }
}

/// One entry: its provider, the model as that provider calls it, and what it costs.
fn read(key: &str, value: &str) -> Result<(String, String, Row), NotTaken> {
    if key == "sample_spec" {
        return Err(NotTaken::NoModel);
    }
    let fields: Fields<'_> = serde_json::from_str(value).map_err(|_| NotTaken::NoModel)?;
    let mode = word(&fields, "mode");
    if mode.is_some_and(|mode| !matches!(mode, "chat" | "completion" | "responses")) {
        return Err(NotTaken::OtherMode);
    }
    let price = price(&fields, "")?.ok_or(NotTaken::NoTokenPrice)?;
    if price == Price::FREE {
        return Err(NotTaken::Free);
    }
    let provider = word(&fields, "litellm_provider").unwrap_or_default();
    let model = key.strip_prefix(provider).and_then(|rest| rest.strip_prefix('/')).unwrap_or(key);
    for text in [provider, model] {
        if text.is_empty()
            || text.len() > MAX_NAME
            || text.chars().any(|c| c.is_control() || c.is_whitespace())
        {
            return Err(NotTaken::BadName);
        }
    }
    let context = number(&fields, "max_input_tokens", 0)?.and_then(|tokens| u32::try_from(tokens).ok());
    let row = Row { price, long: long(&fields)?, context_tokens: context.filter(|tokens| *tokens > 0) };
    Ok((provider.to_owned(), model.to_owned(), row))
}

/// The prices whose names end so; none without those of input and output.
fn price(fields: &Fields<'_>, ending: &str) -> Result<Option<Price>, NotTaken> {
    let rate = |name: &str| number(fields, &format!("{name}{ending}"), SHIFT);
    let (Some(input), Some(output)) = (rate("input_cost_per_token")?, rate("output_cost_per_token")?) else {
        return Ok(None);
    };
    let cached = rate("cache_read_input_token_cost")?.unwrap_or(input);
    let cache_write = rate("cache_creation_input_token_cost")?.unwrap_or(input);
    Ok(Some(Price { input, output, cached, cache_write }))
}

/// The prices of long prompts, `input_cost_per_token_above_200k_tokens` and so on. Of several steps the first counts, at the dearest
/// prices of all: what is reserved does not fall short.
fn long(fields: &Fields<'_>) -> Result<Option<(u64, Price)>, NotTaken> {
    let mut found: Option<(u64, Price)> = None;
    for key in fields.keys() {
        let Some(thousands) =
            key.strip_prefix("input_cost_per_token_above_").and_then(|rest| rest.strip_suffix("k_tokens"))
        else {
            continue;
        };
        let over = thousands.parse::<u64>().ok().and_then(|thousands| thousands.checked_mul(1000));
        let (Some(over), Some(price)) = (over, price(fields, &format!("_above_{thousands}k_tokens"))?) else {
            continue;
        };
        found =
            Some(found.map_or((over, price), |(least, dearest)| (least.min(over), dearest.dearer(price))));
    }
    Ok(found)
}

/// A number, which may stand in a string; `null` and nothing are none.
fn number(fields: &Fields<'_>, name: &str, shift: i64) -> Result<Option<u64>, NotTaken> {
    let Some(raw) = fields.get(name).map(|value| value.get()) else { return Ok(None) };
    let text = raw.strip_prefix('"').and_then(|text| text.strip_suffix('"')).unwrap_or(raw);
    if matches!(text, "null" | "") {
        return Ok(None);
    }
    decimal::shifted(text, shift).map(Some).ok_or(NotTaken::BadNumber)
}

/// A string without escapes.
fn word<'a>(fields: &Fields<'a>, name: &str) -> Option<&'a str> {
    let raw = fields.get(name)?.get();
    serde_json::from_str(raw).ok()
}

fn cut(name: &str) -> String {
    let end = name.floor_char_boundary(MAX_NAME);
    name.get(..end).unwrap_or_default().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Rate;

    const DAY: Date = Date::constant(2026, 11, 21);

    #[test]
    fn the_public_list_is_read() {
        let json = r#"{
            "sample_spec": {"input_cost_per_token": 0.1, "output_cost_per_token": 0.1},
            "claude-sonnet-4-5": {
                "cache_creation_input_token_cost": 3.75e-06, "cache_creation_input_token_cost_above_200k_tokens": 7.5e-06,
                "cache_read_input_token_cost": 3e-07, "cache_read_input_token_cost_above_200k_tokens": 6e-07,
                "input_cost_per_token": 3e-06, "input_cost_per_token_above_200k_tokens": 6e-06,
                "litellm_provider": "anthropic", "max_input_tokens": 200000, "max_tokens": 64000, "mode": "chat",
                "output_cost_per_token": 1.5e-05, "output_cost_per_token_above_200k_tokens": 2.25e-05,
                "supports_vision": true, "search_context_cost_per_query": {"search_context_size_high": 0.01}
            },
            "gemini/gemini-2.5-flash": {
                "input_cost_per_token": "3.0000000000000004e-07", "output_cost_per_token": "0.0000025",
                "litellm_provider": "gemini", "max_input_tokens": "1048576", "cache_read_input_token_cost": null
            },
            "openrouter/x-ai/grok": {"input_cost_per_token": 2e-6, "output_cost_per_token": 1e-5, "litellm_provider": "openrouter", "mode": "chat"}
        }"#;
        let (prices, report) = Prices::import(json, DAY, "a file").unwrap();
        assert_eq!((report.taken, prices.len()), (3, 3));
        assert_eq!((prices.date(), prices.source()), (DAY, "a file"));
        let sonnet = Price { input: 3_000_000, output: 15_000_000, cached: 300_000, cache_write: 3_750_000 };
        let long = Price { input: 6_000_000, output: 22_500_000, cached: 600_000, cache_write: 7_500_000 };
        assert_eq!(prices.rate("anthropic", "claude-sonnet-4-5"), Rate::Known(sonnet));
        assert_eq!(prices.rate_for("anthropic", "claude-sonnet-4-5", 200_001), Rate::Known(long));
        let flash = Price { input: 300_000, output: 2_500_000, cached: 300_000, cache_write: 300_000 };
        assert_eq!(prices.rate("gemini", "gemini-2.5-flash"), Rate::Known(flash));
        assert_eq!(prices.context_tokens("gemini", "gemini-2.5-flash"), Some(1_048_576));
        assert_eq!(prices.rate("openrouter", "x-ai/grok").counted().input, 2_000_000);
        assert_eq!(Prices::read(&prices.to_text()).unwrap(), prices);
    }

    #[test]
    fn what_is_no_price_of_a_model_is_left_out_and_told() {
        let long_name = "n".repeat(MAX_NAME + 1);
        let two = |input: &str, output: &str, rest: &str| {
            format!(
                "{{\"input_cost_per_token\": {input}, \"output_cost_per_token\": {output}, \"litellm_provider\": \"p\"{rest}}}"
            )
        };
        for (name, value, why) in [
            ("sample_spec", two("1", "1", ""), NotTaken::NoModel),
            ("x", "3".into(), NotTaken::NoModel),
            ("x", "null".into(), NotTaken::NoModel),
            ("x", two("1", "1", ", \"mode\": \"embedding\""), NotTaken::OtherMode),
            ("x", "{\"input_cost_per_second\": 1}".into(), NotTaken::NoTokenPrice),
            ("x", two("1e-6", "null", ""), NotTaken::NoTokenPrice),
            ("x", two("0.0", "0", ""), NotTaken::Free),
            ("x", two("-1e-6", "1e-6", ""), NotTaken::BadNumber),
            ("x", two("1e9", "1e-6", ""), NotTaken::BadNumber),
            ("x", two("\"much\"", "1e-6", ""), NotTaken::BadNumber),
            ("x", two("[1]", "1e-6", ""), NotTaken::BadNumber),
            ("x", two("1e-6", "1e-6", ", \"cache_read_input_token_cost\": true"), NotTaken::BadNumber),
            ("x", two("1e-6", "1e-6", ", \"litellm_provider\": \"\""), NotTaken::BadName),
            ("x\\u001b[2J", two("1e-6", "1e-6", ""), NotTaken::BadName),
            ("p/", two("1e-6", "1e-6", ""), NotTaken::BadName),
            (&long_name, two("1e-6", "1e-6", ""), NotTaken::BadName),
            ("p/good-1", two("1e-6", "1e-6", ""), NotTaken::Twice),
        ] {
            let json = format!("{{\"good.1\": {}, \"{name}\": {value}}}", two("1e-6", "1e-6", ""));
            let (prices, report) = Prices::import(&json, DAY, "s").unwrap();
            assert_eq!((prices.len(), report.taken), (1, 1), "{value}");
            assert_eq!(report.reasons(), [(why, 1)].into(), "{name} {value}");
            assert!(report.skipped[0].model.len() <= MAX_NAME);
        }
    }

    #[test]
    fn a_file_that_is_no_list_is_refused() {
        for json in ["", "[]", "{\"a\": ", "<html>"] {
            assert!(matches!(Prices::import(json, DAY, "s"), Err(BadPrices::Unreadable(_))), "{json}");
        }
        assert_eq!(Prices::import("{}", DAY, "s"), Err(BadPrices::Empty));
        let large = format!("{{{}}}", " ".repeat(MAX_BYTES));
        assert!(matches!(Prices::import(&large, DAY, "s"), Err(BadPrices::TooLarge { .. })));
    }

    #[test]
    fn no_more_models_are_taken_than_the_table_holds() {
        let price =
            "{\"input_cost_per_token\":1e-6,\"output_cost_per_token\":1e-6,\"litellm_provider\":\"p\"}";
        let rows: Vec<String> = (0..=MAX_MODELS).map(|n| format!("\"m{n}\":{price}")).collect();
        let (prices, report) = Prices::import(&format!("{{{}}}", rows.join(",")), DAY, "s").unwrap();
        assert_eq!((prices.len(), report.taken), (MAX_MODELS, MAX_MODELS));
        assert_eq!(report.reasons(), [(NotTaken::TooMany, 1)].into());
        assert!(Prices::read(&prices.to_text()).is_ok());
    }
}
