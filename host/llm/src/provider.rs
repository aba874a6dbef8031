//! The one trait.

use amatelier_types::MicroUsd;

use crate::{Error, Reply, Request, Wire};

/// A source of answers.
#[async_trait::async_trait]
pub trait Provider: Send + Sync + std::fmt::Debug {
    /// Its name, such as `openai-compat` or `rehearsal`.
    fn name(&self) -> &str;

    /// How many tokens, prompt and answer together, a model of this provider takes.
    fn context_tokens(&self, model: &str) -> u32;

    /// Whether its models can call tools.
    fn has_tools(&self) -> bool {
        false
    }

    /// How its answers are paid for.
    fn billing(&self) -> Billing;

    /// Ask. Every request that leaves is announced to `wire` first, retries included; a provider that sends nothing announces one.
    ///
    /// # Errors
    /// [`Error`], after the provider's own retries.
    async fn complete(&self, request: &Request, wire: &dyn Wire) -> Result<Reply, Error>;

    /// What became of a request whose answer never reached us, by the id that the provider gave it. Nothing is bought by asking. `request`
    /// is what was asked; a reply is read as an answer to it.
    async fn look_up(&self, _response_id: &str, _request: &Request) -> LookedUp {
        LookedUp::Unknown
    }

    /// Whether it can be reached, as far as that can be told without buying anything.
    ///
    /// # Errors
    /// Why not: nobody there, or a key that is refused.
    async fn reach(&self) -> Result<(), Error> {
        Ok(())
    }

    /// The models that can be asked for, as far as the provider tells; empty where it does not.
    async fn models(&self) -> Vec<ListedModel> {
        Vec::new()
    }
}

/// How answers are paid for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Billing {
    /// Not at all: they are made on this machine.
    Free,
    /// By the token, as a price list says.
    Metered,
    /// Out of somebody's subscription; counted as if they were metered.
    Subscription,
}

impl Billing {
    /// The name shown to people.
    pub fn name(self) -> &'static str {
        match self {
            Billing::Free => "free",
            Billing::Metered => "metered",
            Billing::Subscription => "subscription",
        }
    }
}

/// What is known of a request whose answer never reached us.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum LookedUp {
    /// The answer itself: it need not be bought again.
    Reply(Box<Reply>),
    /// It was charged for, and the answer is gone.
    Charged(MicroUsd),
    /// Nothing: the provider does not keep answers, or not this one.
    Unknown,
}

/// A model that a provider lists.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ListedModel {
    /// Its name, as the provider calls it.
    pub id: String,
    /// How many tokens it takes, where the provider says so.
    pub context_tokens: Option<u32>,
    /// What it costs, where the provider says so.
    pub price: Option<crate::Price>,
}
