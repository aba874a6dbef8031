//! A provider that nobody set up, in the place of one.
//!
//! Components name labels while a debate runs, and a label may stand for a provider whose key is gone. Whoever asks for it is refused,
//! before anything is written down or sent; the debate goes on.

use amatelier_llm::{Billing, Error, Provider, Reply, Request, Wire};

#[derive(Debug)]
pub(super) struct Absent {
    pub(super) name: &'static str,
    pub(super) why: String,
}

#[async_trait::async_trait]
impl Provider for Absent {
    fn name(&self) -> &str {
        self.name
    }

    /// No prompt is too long for somebody who reads none.
    fn context_tokens(&self, _model: &str) -> u32 {
        u32::MAX
    }

    fn billing(&self) -> Billing {
        Billing::Free
    }

    async fn complete(&self, _request: &Request, _wire: &dyn Wire) -> Result<Reply, Error> {
        Err(Error::Invalid { provider: self.name.to_owned(), reason: self.why.clone() })
    }
}
