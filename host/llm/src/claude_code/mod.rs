//! The `claude` command as a provider, for people who have it.
//!
//! One call is one run of the command in its one-shot mode: no tools, no settings, no session that is kept, an empty folder to work in,
//! the prompt on its standard input and the system prompt in a file that only its owner can read (arguments can be read by everybody on
//! the machine). It answers out of somebody's subscription, which is why it gets no API key from the environment, and why it is never
//! chosen by itself. It repeats failed requests on its own; here, nothing is repeated. Temperature is not passed on, because it takes
//! none.

mod config;
mod hearing;
mod invocation;
mod line;
mod process;
mod prompt;
#[cfg(test)]
mod tests;
mod verdict;

pub use self::config::ClaudeCodeConfig;
use self::{hearing::Hearing, invocation::Invocation, process::Ended, verdict::Verdict};
use crate::{
    Billing, Error, Outcome, Prices, Provider, Reply, Request, Wire,
    http::{Passage, estimate_prompt, one_line},
    ndjson::LineParser,
};

/// The provider.
#[derive(Clone, Debug)]
pub struct ClaudeCode {
    config: ClaudeCodeConfig,
}

impl ClaudeCode {
    /// The name of the provider.
    pub const NAME: &str = "claude-code";

    /// A provider that runs this command. Runs nothing yet.
    pub fn new(config: ClaudeCodeConfig) -> Self {
        ClaudeCode { config }
    }

    /// Run the command, which is announced.
    async fn run(&self, request: &Request, wire: &dyn Wire) -> Result<Reply, Verdict> {
        let invocation = Invocation::of(request, &self.config).map_err(|error| {
            Verdict::not_started(format!("cannot prepare a folder to run it in: {error}"))
        })?;
        let mut hearing = Hearing::default();
        let (ended, said) = process::run(&invocation, &self.config, |line| {
            for heard in hearing.hear(line) {
                heard.tell(wire);
            }
            hearing.is_over()
        })
        .await
        .map_err(|error| Verdict::cannot_start(&self.config.command, &error))?;
        // What it says on the side matters only where it gives no answer.
        let said = one_line(&said, None);
        match ended {
            Ended::Itself => hearing.into_reply(request, &said),
            Ended::Silent(timer) => hearing.cut_short(request, Verdict::timed_out(timer)),
            Ended::Lost(why) => hearing.cut_short(request, Verdict::lost(why)),
        }
    }
}

/// What is told of output that arrives in these pieces; none if one of its lines does not end. For fuzzing.
pub(crate) fn overhear(pieces: &[&[u8]]) -> Option<String> {
    let (mut parser, mut lines, mut hearing) = (LineParser::default(), Vec::new(), Hearing::default());
    for piece in pieces {
        parser.push(piece, &mut lines).ok()?;
    }
    lines.extend(parser.finish());
    let heard: Vec<_> = lines.iter().flat_map(|line| hearing.hear(line)).collect();
    Some(format!("{heard:?} {hearing:?}"))
}

#[async_trait::async_trait]
impl Provider for ClaudeCode {
    fn name(&self) -> &str {
        Self::NAME
    }

    fn context_tokens(&self, model: &str) -> u32 {
        let known = || Prices::bundled().context_tokens(Self::NAME, model);
        self.config.context_tokens.or_else(known).unwrap_or(ClaudeCodeConfig::CONTEXT_TOKENS)
    }

    fn billing(&self) -> Billing {
        Billing::Subscription
    }

    async fn complete(&self, request: &Request, wire: &dyn Wire) -> Result<Reply, Error> {
        let prompt = estimate_prompt(request);
        let limit = self.context_tokens(&request.model);
        if prompt > u64::from(limit) {
            return Err(Error::TooLong { limit });
        }
        let tokens = prompt.saturating_add(request.max_tokens.into());
        let passage = Passage::enter(self.config.gate.as_ref(), tokens).await?;
        if let Err(stopped) = wire.before_request(1).await {
            passage.left(Outcome::NotSent);
            return Err(stopped.into());
        }
        match self.run(request, wire).await {
            Ok(reply) => {
                let used = reply.usage.input_tokens.saturating_add(reply.usage.output_tokens);
                passage.left(match reply.finish {
                    crate::Finish::Broken => Outcome::Lost,
                    _ => Outcome::Answered { tokens: used },
                });
                Ok(reply)
            }
            Err(verdict) => {
                passage.left(verdict.outcome);
                match verdict.outcome {
                    Outcome::NotSent | Outcome::Refused { .. } => wire.request_refused(1, &verdict.reason),
                    _ => wire.request_failed(1, &verdict.reason),
                }
                Err(verdict.into_error(limit))
            }
        }
    }
}
