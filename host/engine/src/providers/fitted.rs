//! A provider with what the operator, the server or the price table says of the size of a model.

use std::sync::Arc;

use amatelier_llm::{Billing, Error, ListedModel, LookedUp, Provider, Reply, Request, Wire};

/// Another provider, as it is asked for one model.
#[derive(Debug)]
pub(super) struct Fitted {
    pub(super) inner: Arc<dyn Provider>,
    /// How many tokens the model takes; none means what the provider says.
    pub(super) context_tokens: Option<u32>,
}

impl Fitted {
    /// Another provider as it is.
    pub(super) fn of(inner: Arc<dyn Provider>) -> Self {
        Fitted { inner, context_tokens: None }
    }
}

#[async_trait::async_trait]
impl Provider for Fitted {
    fn name(&self) -> &str {
        self.inner.name()
    }

    fn context_tokens(&self, model: &str) -> u32 {
        self.context_tokens.unwrap_or_else(|| self.inner.context_tokens(model))
    }

    fn has_tools(&self) -> bool {
        self.inner.has_tools()
    }

    fn billing(&self) -> Billing {
        self.inner.billing()
    }

    async fn complete(&self, request: &Request, wire: &dyn Wire) -> Result<Reply, Error> {
        self.inner.complete(request, wire).await
    }

    async fn look_up(&self, response_id: &str, request: &Request) -> LookedUp {
        self.inner.look_up(response_id, request).await
    }

    async fn models(&self) -> Vec<ListedModel> {
        self.inner.models().await
    }
}
