//! What every provider says of itself when it is asked, and what is known besides: which models there are, how much they take, what
//! they cost, and which of that is a guess.

use std::collections::BTreeMap;

use amatelier_llm::{Billing, ListedModel, Price, Provider, Rate};
use amatelier_workspace::Mode;
use serde::Serialize;
use tokio::task::JoinSet;

use super::{Providers, State, make, meaning::Meaning, state};

/// What there is to choose from.
#[derive(Clone, Debug, Serialize)]
pub struct Survey {
    /// The date of the price table.
    pub prices_of: String,
    /// Where its prices come from.
    pub prices_from: String,
    /// Every provider that was asked.
    pub providers: Vec<Surveyed>,
    /// Every label, and what it stands for.
    pub labels: Vec<Labelled>,
}

/// One provider.
#[derive(Clone, Debug, Serialize)]
pub struct Surveyed {
    /// What is known without asking it.
    #[serde(flatten)]
    pub state: State,
    /// How its answers are paid for: `free`, `metered` or `subscription`; none where it is not set up.
    pub billing: Option<&'static str>,
    /// Whether it answered; none where it was not asked.
    pub reachable: Option<bool>,
    /// Why not.
    pub trouble: Option<String>,
    /// Its models, as far as it lists them.
    pub models: Vec<Offered>,
}

/// A model.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Offered {
    /// Its name, as the provider calls it.
    pub id: String,
    /// How many tokens it takes, prompt and answer together.
    pub context_tokens: u32,
    /// Who says so.
    pub context_from: Source,
    /// What it costs, in millionths of a dollar for a million tokens; none where nobody knows.
    pub price: Option<Price>,
    /// Who says so.
    pub price_from: Source,
}

/// Who says something of a model.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Source {
    /// The operator.
    Configured,
    /// The provider.
    Provider,
    /// The price table.
    Table,
    /// Nobody: it costs nothing.
    Free,
    /// Nobody: what most models of the provider take is assumed.
    Guessed,
    /// Nobody, and nothing is assumed.
    Unknown,
}

/// A label.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Labelled {
    /// The label.
    pub label: String,
    /// Whose model it stands for.
    pub provider: String,
    /// Why that cannot be asked.
    pub trouble: Option<String>,
    /// The model.
    #[serde(flatten)]
    pub model: Offered,
    /// The label behind it.
    pub fallback: Option<String>,
}

impl Providers {
    /// Ask every provider that is set up which models it has, all at once; or only one, set up or not.
    pub async fn survey(&self, only: Option<Mode>) -> Survey {
        let mut asking = JoinSet::new();
        for (place, mode) in Mode::PROVIDERS.into_iter().enumerate() {
            let state = state::state(self, mode);
            if only.map_or(state.configured, |only| only == mode) {
                let providers = self.clone();
                asking.spawn(async move { (place, providers.surveyed(mode, state).await) });
            }
        }
        let mut providers: BTreeMap<usize, Surveyed> = BTreeMap::new();
        while let Some(asked) = asking.join_next().await {
            providers.extend(asked.ok());
        }
        let labels = self.labels().into_iter().map(|label| self.labelled(label));
        let labels = labels.filter(|label| only.is_none_or(|only| label.provider == only.name())).collect();
        let prices = &self.inner.prices;
        Survey {
            prices_of: prices.date().to_string(),
            prices_from: prices.source().to_owned(),
            providers: providers.into_values().collect(),
            labels,
        }
    }

    async fn surveyed(&self, mode: Mode, state: State) -> Surveyed {
        let provider = match self.provider(mode) {
            Ok(provider) => provider,
            Err(error) => {
                let trouble = Some(error.to_string());
                return Surveyed { state, billing: None, reachable: None, trouble, models: Vec::new() };
            }
        };
        let billing = Some(provider.billing().name());
        // A cassette, the rehearsal and a command have nobody to reach.
        let asked = make::base_url(&self.inner, mode).is_ok() && self.inner.played.is_none();
        let (reached, models) = match asked {
            true => tokio::join!(provider.reach(), provider.models()),
            false => (Ok(()), provider.models().await),
        };
        self.listed().insert(mode, models.clone());
        let models = models.into_iter().map(|model| self.offered(mode, provider.as_ref(), model)).collect();
        let trouble = reached.as_ref().err().map(ToString::to_string);
        Surveyed { state, billing, reachable: asked.then_some(reached.is_ok()), trouble, models }
    }

    fn offered(&self, mode: Mode, provider: &dyn Provider, model: ListedModel) -> Offered {
        let told = Offered {
            context_tokens: model.context_tokens.unwrap_or_default(),
            context_from: Source::Provider,
            price: model.price,
            price_from: Source::Provider,
            id: model.id,
        };
        let meant = self.known(mode, provider, &Meaning { mode, model: told.id.clone(), line: None });
        let context = model.context_tokens.filter(|_| meant.context_from != Source::Configured);
        let price = model.price.filter(|_| meant.price_from != Source::Free);
        Offered {
            context_tokens: context.unwrap_or(meant.context_tokens),
            context_from: context.map_or(meant.context_from, |_| Source::Provider),
            price: price.or(meant.price),
            price_from: price.map_or(meant.price_from, |_| Source::Provider),
            id: meant.id,
        }
    }

    /// What is known of a model without its provider's word.
    fn known(&self, mode: Mode, provider: &dyn Provider, meaning: &Meaning<'_>) -> Offered {
        let line = meaning.line.and_then(|line| line.context_tokens);
        let configured = line.or_else(|| self.config().context_tokens(mode));
        let listed = self.listed();
        let listed =
            listed.get(&mode).and_then(|models| models.iter().find(|model| model.id == meaning.model));
        let told = listed.and_then(|model| model.context_tokens);
        let table = self.inner.prices.context_tokens(self.seller(mode.name()), &meaning.model);
        let (context_tokens, context_from) = match (configured, told, table) {
            (Some(tokens), ..) => (tokens, Source::Configured),
            (None, Some(tokens), _) => (tokens, Source::Provider),
            (None, None, Some(tokens)) => (tokens, Source::Table),
            (None, None, None) => (provider.context_tokens(&meaning.model), Source::Guessed),
        };
        let (price, price_from) = match provider.billing() {
            Billing::Free => (Some(Price::FREE), Source::Free),
            billing => match self.rate(mode.name(), &meaning.model, billing, 0) {
                Rate::Known(price) => (Some(price), Source::Table),
                Rate::Unknown(_) => match listed.and_then(|model| model.price) {
                    Some(price) => (Some(price), Source::Provider),
                    None => (None, Source::Unknown),
                },
            },
        };
        Offered { id: meaning.model.clone(), context_tokens, context_from, price, price_from }
    }

    fn labelled(&self, label: String) -> Labelled {
        let meaning = self.meaning(&label);
        let fallback = meaning.line.and_then(|line| line.fallback.clone());
        let provider = self.provider(meaning.mode);
        let trouble = provider.as_ref().err().map(ToString::to_string);
        let model = match provider {
            Ok(provider) => self.known(meaning.mode, provider.as_ref(), &meaning),
            Err(_) => Offered {
                id: meaning.model,
                context_tokens: 0,
                context_from: Source::Unknown,
                price: None,
                price_from: Source::Unknown,
            },
        };
        Labelled { label, provider: meaning.mode.name().to_owned(), trouble, model, fallback }
    }
}
