//! The one trait.

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

    /// Ask. Every request that leaves is announced to `wire` first, retries included; a provider that sends nothing announces one.
    ///
    /// # Errors
    /// [`Error`], after the provider's own retries.
    async fn complete(&self, request: &Request, wire: &dyn Wire) -> Result<Reply, Error>;
}
