//! A provider without a wire.

use amatelier_types::{MicroUsd, Usage};

use crate::{Billing, Error, Finish, LookedUp, Provider, Reply, Request, Wire};

/// A provider that sends so many requests and then ends so, always.
#[derive(Clone, Debug)]
pub(crate) struct Scripted {
    pub(crate) name: &'static str,
    pub(crate) requests: u32,
    pub(crate) ends: Result<String, Error>,
    pub(crate) context: u32,
    pub(crate) tools: bool,
    pub(crate) billing: Billing,
    /// Whether it still has an answer that is looked up.
    pub(crate) knows: bool,
}

impl Default for Scripted {
    fn default() -> Self {
        Scripted {
            name: "scripted",
            requests: 1,
            ends: Ok("yes".into()),
            context: 1000,
            tools: true,
            billing: Billing::Metered,
            knows: false,
        }
    }
}

impl Scripted {
    fn reply(&self, text: &str, model: &str) -> Reply {
        Reply {
            text: text.to_owned(),
            calls: Vec::new(),
            model: model.to_owned(),
            finish: Finish::Done,
            usage: Usage { calls: 1, input_tokens: 10, output_tokens: 5, ..Usage::default() },
            response_id: Some(format!("{}-1", self.name)),
            billed: Some(MicroUsd(42)),
        }
    }
}

#[async_trait::async_trait]
impl Provider for Scripted {
    fn name(&self) -> &str {
        self.name
    }

    fn context_tokens(&self, _model: &str) -> u32 {
        self.context
    }

    fn has_tools(&self) -> bool {
        self.tools
    }

    fn billing(&self) -> Billing {
        self.billing
    }

    async fn complete(&self, request: &Request, wire: &dyn Wire) -> Result<Reply, Error> {
        for n in 1..=self.requests {
            wire.before_request(n).await?;
            match &self.ends {
                Ok(text) if n == self.requests => {
                    let reply = self.reply(text, &request.model);
                    wire.response_id(n, reply.response_id.as_deref().unwrap());
                    wire.text(n, text);
                    return Ok(reply);
                }
                _ => wire.request_failed(n, "failed"),
            }
        }
        self.ends.clone().map(|text| self.reply(&text, &request.model))
    }

    async fn look_up(&self, _response_id: &str, request: &Request) -> LookedUp {
        match (&self.ends, self.knows) {
            (Ok(text), true) => LookedUp::Reply(Box::new(self.reply(text, &request.model))),
            _ => LookedUp::Unknown,
        }
    }
}
