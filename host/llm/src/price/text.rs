//! The table as a file: TOML, a line for a model, amounts as decimal numbers of dollars for a million tokens.

use std::{collections::BTreeMap, fmt::Write as _};

use jiff::civil::Date;
use serde::Deserialize;

use super::{BadPrices, Price, Prices, decimal, row::Row};

/// The version of the form.
const FORMAT: u32 = 1;
/// The longest file, in bytes: the largest public list makes a tenth of it.
const MAX_BYTES: usize = 8 << 20;
/// The most models in it.
pub(super) const MAX_MODELS: usize = 20_000;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    format: u32,
    date: Date,
    source: String,
    #[serde(default)]
    labels: BTreeMap<String, Meaning>,
    #[serde(default)]
    models: BTreeMap<String, BTreeMap<String, Line>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Meaning {
    provider: String,
    model: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct Line {
    context: Option<u32>,
    input: String,
    output: String,
    cached: Option<String>,
    cache_write: Option<String>,
    long: Option<Long>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct Long {
    over: u64,
    input: String,
    output: String,
    cached: Option<String>,
    cache_write: Option<String>,
}

/// Which model a price is of, for complaints.
struct Of<'a> {
    provider: &'a str,
    model: &'a str,
}

impl Of<'_> {
    fn amount(&self, rate: &'static str, value: &str) -> Result<u64, BadPrices> {
        decimal::shifted(value, 6).ok_or_else(|| BadPrices::Amount {
            provider: self.provider.to_owned(),
            model: self.model.to_owned(),
            rate,
            value: value.to_owned(),
        })
    }

    fn price(
        &self,
        input: &str,
        output: &str,
        cached: Option<&str>,
        written: Option<&str>,
    ) -> Result<Price, BadPrices> {
        Ok(Price {
            input: self.amount("input", input)?,
            output: self.amount("output", output)?,
            cached: self.amount("cached", cached.unwrap_or(input))?,
            cache_write: self.amount("cache-write", written.unwrap_or(input))?,
        })
    }

    fn row(&self, line: &Line) -> Result<Row, BadPrices> {
        let Line { context, input, output, cached, cache_write, long } = line;
        let price = self.price(input, output, cached.as_deref(), cache_write.as_deref())?;
        let long = long.as_ref().map(|long| {
            let Long { over, input, output, cached, cache_write } = long;
            Ok((*over, self.price(input, output, cached.as_deref(), cache_write.as_deref())?))
        });
        Ok(Row { price, long: long.transpose()?, context_tokens: *context })
    }
}

/// Read a file.
pub(super) fn read(text: &str) -> Result<Prices, BadPrices> {
    if text.len() > MAX_BYTES {
        return Err(BadPrices::TooLarge { bytes: text.len(), limit: MAX_BYTES });
    }
    let file: File = toml::from_str(text)
        .map_err(|error| BadPrices::Unreadable(error.to_string().trim_end().to_owned()))?;
    if file.format != FORMAT {
        return Err(BadPrices::Format { found: file.format, expected: FORMAT });
    }
    let count = file.models.values().map(BTreeMap::len).sum();
    if count > MAX_MODELS {
        return Err(BadPrices::TooMany { models: count, limit: MAX_MODELS });
    }
    if count == 0 {
        return Err(BadPrices::Empty);
    }
    let mut models = BTreeMap::new();
    for (provider, lines) in &file.models {
        let rows = lines.iter().map(|(model, line)| Ok((model.clone(), Of { provider, model }.row(line)?)));
        models.insert(provider.clone(), rows.collect::<Result<BTreeMap<_, _>, BadPrices>>()?);
    }
    let labels = file.labels.into_iter().map(|(label, means)| (label, (means.provider, means.model)));
    Ok(Prices::new(file.date, file.source, models, labels.collect()))
}

/// Write a file that [`read`] reads as the same table.
pub(super) fn write(prices: &Prices) -> String {
    let mut text = String::from("# US dollars for a million tokens; see `amatelier models`.\n");
    // Writing to a string cannot fail.
    let _ =
        writeln!(text, "format = {FORMAT}\ndate = \"{}\"\nsource = {}", prices.date, quoted(&prices.source));
    if !prices.labels.is_empty() {
        text.push_str("\n[labels]\n");
    }
    for (label, (provider, model)) in &prices.labels {
        let _ = writeln!(
            text,
            "{} = {{ provider = {}, model = {} }}",
            quoted(label),
            quoted(provider),
            quoted(model)
        );
    }
    for (provider, rows) in &prices.models {
        let _ = writeln!(text, "\n[models.{}]", quoted(provider));
        for (model, row) in rows {
            let context =
                row.context_tokens.map(|tokens| format!("context = {tokens}, ")).unwrap_or_default();
            let long =
                row.long.map(|(over, price)| format!(", long = {{ over = {over}, {} }}", amounts(&price)));
            let (amounts, long) = (amounts(&row.price), long.unwrap_or_default());
            let _ = writeln!(text, "{} = {{ {context}{amounts}{long} }}", quoted(model));
        }
    }
    text
}

fn amounts(price: &Price) -> String {
    let Price { input, output, cached, cache_write } = *price;
    let mut text =
        format!("input = \"{}\", output = \"{}\"", decimal::dollars(input), decimal::dollars(output));
    for (name, rate) in [("cached", cached), ("cache-write", cache_write)] {
        if rate != input {
            let _ = write!(text, ", {name} = \"{}\"", decimal::dollars(rate));
        }
    }
    text
}

/// A TOML string on one line: what JSON escapes, TOML reads; but it wants one character more escaped.
fn quoted(text: &str) -> String {
    serde_json::Value::from(text).to_string().replace('\u{7f}', "\\u007f")
}

#[cfg(test)]
mod tests {
    use super::*;

    const HEAD: &str = "format = 1\ndate = \"2026-01-02\"\nsource = \"s\"\n";

    #[test]
    fn a_table_is_written_as_it_was_read() {
        let bundled = Prices::bundled();
        let text = bundled.to_text();
        assert_eq!(Prices::read(&text).unwrap(), *bundled);
        assert!(text.contains("\n\"claude-haiku-4-5\" = { context = 200000, input = \"1\","), "{text}");

        let odd = Prices::new(
            bundled.date(),
            "two\nlines \"quoted\" \u{1b}".into(),
            [(
                "a b".to_owned(),
                [(
                    "x/y \"z\"\\\n.1".to_owned(),
                    Row { price: Price::FREE, long: None, context_tokens: None },
                )]
                .into(),
            )]
            .into(),
            [("l l".to_owned(), ("a b".to_owned(), "\u{7f}".to_owned()))].into(),
        );
        assert_eq!(Prices::read(&odd.to_text()).unwrap(), odd);
    }

    #[test]
    fn what_is_not_given_costs_as_much_as_input() {
        let text = format!("{HEAD}[models.a]\nx = {{ input = \"2\", output = \"0.5\" }}");
        let price = Prices::read(&text).unwrap().rate("a", "x").known().unwrap();
        assert_eq!(
            price,
            Price { input: 2_000_000, output: 500_000, cached: 2_000_000, cache_write: 2_000_000 }
        );
    }

    #[test]
    fn a_bad_table_is_refused_by_what_is_wrong_with_it() {
        let with = |rest: &str| Prices::read(&format!("{HEAD}{rest}")).unwrap_err();
        assert_eq!(with(""), BadPrices::Empty);
        assert_eq!(with("[models.a]"), BadPrices::Empty);
        let amount = with("[models.a]\nx = { input = \"-2\", output = \"1\" }");
        assert_eq!(
            amount.to_string(),
            "the price list says that the input of a/x is \"-2\", which is no amount of dollars"
        );
        let newer = Prices::read(&HEAD.replace("format = 1", "format = 2")).unwrap_err();
        assert_eq!(newer, BadPrices::Format { found: 2, expected: 1 });
        for rest in [
            "colour = 1",
            "[models.a]\nx = { input = 2.0, output = \"1\" }",
            "[models.a]\nx = { input = \"1\" }",
        ] {
            assert!(matches!(with(rest), BadPrices::Unreadable(_)), "{rest}");
        }
        let long = format!("{HEAD}# {}", "x".repeat(MAX_BYTES));
        assert!(matches!(Prices::read(&long), Err(BadPrices::TooLarge { .. })));
        let lines: String =
            (0..=MAX_MODELS).map(|n| format!("m{n} = {{ input = \"1\", output = \"1\" }}\n")).collect();
        let many = with(&format!("[models.a]\n{lines}"));
        assert_eq!(many, BadPrices::TooMany { models: MAX_MODELS + 1, limit: MAX_MODELS });
    }
}
