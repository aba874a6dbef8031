//! Who answers a request.

use std::{fmt, sync::Arc};

use amatelier_llm::{Billing, Price, Provider, Rate};

/// A provider, a model of it, and how the model is asked where the asker does not say.
#[derive(Clone)]
pub(crate) struct Answering {
    pub provider: Arc<dyn Provider>,
    /// As the provider calls it.
    pub model: String,
    /// What it costs.
    pub rate: Rate,
    /// The temperature where the asker names none.
    pub temperature: Option<f32>,
    /// The effort where the asker names none.
    pub effort: Option<String>,
    /// The longest answer, in tokens, whatever the asker wants.
    pub max_tokens: Option<u32>,
}

impl Answering {
    /// A model asked as it is, for nothing.
    pub(crate) fn plain(provider: Arc<dyn Provider>, model: String) -> Self {
        Answering {
            provider,
            model,
            rate: Rate::Known(Price::FREE),
            temperature: None,
            effort: None,
            max_tokens: None,
        }
    }
}

impl fmt::Debug for Answering {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} at {} for {:?}", self.model, self.provider.name(), self.rate.known())
    }
}

/// What a request to a model of a provider costs whose prompt has so many tokens.
pub(crate) type Rates = Arc<dyn Fn(&str, &str, Billing, u64) -> Rate + Send + Sync>;

/// What a label stands for.
pub(crate) type Labels = Arc<dyn Fn(&str) -> Answering + Send + Sync>;
