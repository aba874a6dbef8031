//! The table.

use std::{
    collections::BTreeMap,
    sync::{Arc, LazyLock},
};

use jiff::civil::Date;

use super::{BadPrices, Price, Rate, name, row::Row};

/// What no cap allows.
const PRICELESS: Price = Price { input: u64::MAX, output: u64::MAX, cached: u64::MAX, cache_write: u64::MAX };

/// A provider and a model that a label means.
pub(super) type Meaning = (String, String);

/// What models cost and how many tokens they take.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Prices {
    pub(super) date: Date,
    pub(super) source: String,
    /// By provider, then by model as the provider writes it.
    pub(super) models: BTreeMap<String, BTreeMap<String, Row>>,
    pub(super) labels: BTreeMap<String, Meaning>,
    /// By provider and plain name; what [`Self::find`] looks into.
    index: BTreeMap<String, BTreeMap<String, Row>>,
    dearest: Price,
}

impl Prices {
    /// The table that comes with the program.
    pub fn bundled() -> Arc<Prices> {
        static BUNDLED: LazyLock<Arc<Prices>> =
            LazyLock::new(|| {
                let read = Prices::read(include_str!("../../prices.toml"));
                // A test reads it; were it unreadable all the same, every price is unknown rather than wrong.
                Arc::new(read.unwrap_or_else(|_| {
                    Prices::new(Date::ZERO, String::new(), BTreeMap::new(), BTreeMap::new())
                }))
            });
        Arc::clone(&BUNDLED)
    }

    /// A table written by [`Self::to_text`], or by hand in the same form.
    ///
    /// # Errors
    /// [`BadPrices`].
    pub fn read(text: &str) -> Result<Prices, BadPrices> {
        super::text::read(text)
    }

    /// The table as text, for a file in the workspace.
    pub fn to_text(&self) -> String {
        super::text::write(self)
    }

    pub(super) fn new(
        date: Date,
        source: String,
        models: BTreeMap<String, BTreeMap<String, Row>>,
        labels: BTreeMap<String, Meaning>,
    ) -> Prices {
        let plain = |rows: &BTreeMap<String, Row>| {
            rows.iter().map(|(model, row)| (name::plain(model), *row)).collect()
        };
        let index: BTreeMap<_, BTreeMap<_, _>> =
            models.iter().map(|(provider, rows)| (provider.clone(), plain(rows))).collect();
        let rows = models.values().flat_map(BTreeMap::values);
        // Without any price, nothing is affordable.
        let dearest = rows.map(Row::dearest).reduce(Price::dearer).unwrap_or(PRICELESS);
        Prices { date, source, models, labels, index, dearest }
    }

    /// This table with the models of another one over its own. Labels are this one's.
    #[must_use]
    pub fn merged(&self, over: &Prices) -> Prices {
        let mut models = self.models.clone();
        for (provider, rows) in &over.models {
            // The same model under another spelling would stand in the table twice.
            let named: Vec<String> = rows.keys().map(|model| name::plain(model)).collect();
            let kept = models.entry(provider.clone()).or_default();
            kept.retain(|model, _| !named.contains(&name::plain(model)));
            kept.extend(rows.iter().map(|(model, row)| (model.clone(), *row)));
        }
        let source = format!("{}; for the rest: {}, {}", over.source, self.source, self.date);
        let mut labels = over.labels.clone();
        labels.extend(self.labels.clone());
        Prices::new(over.date, source, models, labels)
    }

    /// What a model costs for a prompt of ordinary length. See [`Self::rate_for`].
    pub fn rate(&self, provider: &str, model: &str) -> Rate {
        self.rate_for(provider, model, 0)
    }

    /// What a request with a prompt of this many tokens costs: some models charge more for all of it when it is long. Not in the table:
    /// the dearest rates there are.
    pub fn rate_for(&self, provider: &str, model: &str, prompt_tokens: u64) -> Rate {
        match self.find(provider, model) {
            Some(row) => Rate::Known(row.price_for(prompt_tokens)),
            None => Rate::Unknown(self.dearest),
        }
    }

    /// How many tokens, prompt and answer together, a model takes, where the table says so.
    pub fn context_tokens(&self, provider: &str, model: &str) -> Option<u32> {
        self.find(provider, model)?.context_tokens
    }

    /// The provider and the model that a label means, such as `sonnet`, unless the operator says otherwise.
    pub fn label(&self, label: &str) -> Option<(&str, &str)> {
        self.labels.get(label).map(|(provider, model)| (provider.as_str(), model.as_str()))
    }

    /// The labels there are.
    pub fn labels(&self) -> impl Iterator<Item = &str> {
        self.labels.keys().map(String::as_str)
    }

    /// When the prices were read from their source.
    pub fn date(&self) -> Date {
        self.date
    }

    /// Where they come from.
    pub fn source(&self) -> &str {
        &self.source
    }

    /// How many models it has.
    pub fn len(&self) -> usize {
        self.models.values().map(BTreeMap::len).sum()
    }

    /// Whether it has none.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    fn find(&self, provider: &str, model: &str) -> Option<Row> {
        let rows = |seller: &str| self.index.get(seller);
        let places = name::places(provider, model);
        let exact = places.iter().find_map(|(seller, model)| rows(seller)?.get(model));
        let dated = || {
            places.iter().find_map(|(seller, model)| {
                let rows = rows(seller)?;
                name::undated(model).find_map(|model| rows.get(model))
            })
        };
        // `claude --model sonnet`.
        let label = || {
            let (vendor, meant) = self.labels.get(model)?;
            places.iter().find(|(seller, _)| seller == vendor)?;
            rows(vendor)?.get(&name::plain(meant))
        };
        exact.or_else(dated).or_else(label).copied()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn table(text: &str) -> Prices {
        Prices::read(&format!("format = 1\ndate = \"2026-01-02\"\nsource = \"a list\"\n{text}")).unwrap()
    }

    fn input(prices: &Prices, provider: &str, model: &str) -> Option<u64> {
        prices.rate(provider, model).known().map(|price| price.input)
    }

    #[test]
    fn the_bundled_table_is_read_and_says_what_it_is() {
        let prices = Prices::bundled();
        assert!(prices.len() > 50, "{}", prices.len());
        assert!(prices.date() > Date::constant(2026, 1, 1) && prices.source().contains("to be checked"));
        assert_eq!(prices.context_tokens("anthropic", "claude-sonnet-4-5-20250929"), Some(200_000));
        for label in ["haiku", "sonnet", "opus", "flash"] {
            let (provider, model) = prices.label(label).unwrap();
            assert!(prices.rate(provider, model).known().is_some(), "{label}");
        }
        assert_eq!(prices.labels().count(), 4);
        for row in prices.models.values().flat_map(BTreeMap::values) {
            assert!(row.price.input > 0 && row.price.output >= row.price.input && row.price.cached > 0);
            assert!(row.price.cached <= row.price.input && row.price.cache_write >= row.price.input);
        }
    }

    #[test]
    fn a_price_is_found_under_every_name_of_the_model_and_under_no_other() {
        let prices = table(
            r#"
            [labels]
            sonnet = { provider = "anthropic", model = "claude-sonnet-4-5" }
            [models.anthropic]
            claude-sonnet-4-5 = { input = "3", output = "15" }
            claude-opus-5 = { input = "5", output = "25" }
            [models.openai]
            gpt-4o = { input = "2.5", output = "10" }
            gpt-4o-2024-05-13 = { input = "5", output = "15" }
            "#,
        );
        for (provider, model, expected) in [
            ("anthropic", "claude-sonnet-4-5", Some(3_000_000)),
            ("anthropic", "claude-sonnet-4-5-20250929", Some(3_000_000)),
            ("openrouter", "anthropic/claude-sonnet-4.5", Some(3_000_000)),
            ("claude-code", "claude-sonnet-4-5", Some(3_000_000)),
            ("claude-code", "sonnet", Some(3_000_000)),
            ("openai", "gpt-4o-2024-08-06", Some(2_500_000)),
            ("openai", "gpt-4o-2024-05-13", Some(5_000_000)),
            ("openai", "sonnet", None),
            ("openai", "claude-sonnet-4-5", None),
            ("anthropic", "claude-opus-5-5", None),
            ("openai", "gpt-4o-mini", None),
            ("my-server", "gpt-4o", None),
            ("openrouter", "anthropic/claude-sonnet-4.5:free", None),
        ] {
            assert_eq!(input(&prices, provider, model), expected, "{provider} {model}");
        }
    }

    #[test]
    fn an_unknown_price_counts_as_the_dearest_of_all() {
        let prices = table(
            r#"
            [models.a]
            x = { input = "1", output = "90", cached = "0.1" }
            [models.b]
            y = { input = "7", output = "8", cache-write = "9", long = { over = 5, input = "70", output = "80" } }
            "#,
        );
        let dearest =
            Price { input: 70_000_000, output: 90_000_000, cached: 70_000_000, cache_write: 70_000_000 };
        assert_eq!(prices.rate("c", "z"), Rate::Unknown(dearest));
        assert_eq!(prices.rate("b", "y").counted().input, 7_000_000);
        assert_eq!(prices.rate_for("b", "y", 5).counted().input, 7_000_000);
        assert_eq!(prices.rate_for("b", "y", 6).counted().input, 70_000_000);
    }

    #[test]
    fn without_a_table_nothing_is_affordable() {
        let none = Prices::new(Date::ZERO, String::new(), BTreeMap::new(), BTreeMap::new());
        assert!(none.is_empty());
        assert_eq!(
            none.rate("a", "b").counted().worst(1, 0),
            amatelier_types::MicroUsd(u64::MAX / 1_000_000 + 1)
        );
    }

    #[test]
    fn another_table_goes_over_this_one() {
        let mine = table(
            "[labels]\nl = { provider = \"a\", model = \"x\" }\n[models.a]\n\"x.1\" = { input = \"1\", output = \"1\" }\ny = { input = \"2\", output = \"2\" }",
        );
        let over = table(
            "[models.a]\nx-1 = { input = \"9\", output = \"9\" }\n[models.b]\nz = { input = \"4\", output = \"4\" }",
        );
        let merged = mine.merged(&over);
        let found = [("a", "x.1"), ("a", "y"), ("b", "z")].map(|(p, m)| input(&merged, p, m).unwrap());
        assert_eq!(found, [9_000_000, 2_000_000, 4_000_000]);
        assert_eq!(merged.len(), 3);
        assert_eq!(merged.label("l"), Some(("a", "x")));
        assert_eq!(merged.source(), "a list; for the rest: a list, 2026-01-02");
    }
}
