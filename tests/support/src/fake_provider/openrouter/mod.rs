//! Chat completions through OpenRouter: the same, but for comments in the stream, a bill, and ids to look it up by.

use amatelier_types::{MicroUsd, Usage};
use axum::body::Bytes;
use serde_json::{Value, json};

use super::{
    answer::Answer,
    asked::Asked,
    openai::{chunks, event, read, whole},
    prompt::Prompt,
    protocol::{Dialect, Protocol},
    refusal::{Refusal, Refused, seconds},
    sent::Sent,
};

/// What a token costs, in millionths of a dollar.
const INPUT: u64 = 3;
const CACHED: u64 = 1;
const OUTPUT: u64 = 15;

/// Chat completions, billed.
pub(super) struct OpenRouter;

impl Dialect for OpenRouter {
    fn read(&self, sent: &Sent) -> Result<Prompt, String> {
        read(sent)
    }

    /// Half of the first message is cached.
    fn bill(&self, asked: &Asked, output: u64) -> Usage {
        let input = asked.input_tokens() as u64;
        let cached = asked.prompt.messages.first().map_or(0, |said| self.tokens(&said.text) / 2);
        Usage {
            calls: 1,
            input_tokens: input,
            cached_tokens: cached,
            output_tokens: output,
            cost: MicroUsd((input - cached) * INPUT + cached * CACHED + output * OUTPUT),
            ..Usage::default()
        }
    }

    fn id(&self, asked: &Asked) -> String {
        format!("gen-{}", asked.key.short())
    }

    fn media_type(&self, asked: &Asked) -> &'static str {
        if asked.prompt.stream { "text/event-stream" } else { "application/json" }
    }

    fn headers(&self, asked: &Asked) -> Vec<(&'static str, String)> {
        vec![("x-generation-id", self.id(asked))]
    }

    /// Usage is told whether or not it was asked for.
    fn write(&self, asked: &Asked, answer: &Answer) -> Vec<Bytes> {
        let (id, usage) = (self.id(asked), usage(asked, answer));
        if !asked.prompt.stream {
            return vec![whole(asked, &id, answer, usage).to_string().into()];
        }
        let comment = Bytes::from_static(b": OPENROUTER PROCESSING\n\n");
        [comment.clone(), comment].into_iter().chain(chunks(asked, &id, answer, Some(usage))).collect()
    }

    fn fail_inside(&self) -> Bytes {
        let error = json!({"code": 502, "message": "Provider disconnected unexpectedly"});
        let choice = json!({"index": 0, "delta": {"content": ""}, "finish_reason": "error"});
        event(&json!({"object": "chat.completion.chunk", "error": error, "choices": [choice]}))
    }

    fn damaged(&self) -> Bytes {
        Bytes::from_static(b": OPENROUTER PROCESSING\n\ndata: {\"choices\": [{\n\n")
    }

    fn refuse(&self, refusal: &Refusal) -> Refused {
        let (status, message): (u16, String) = match refusal {
            Refusal::Status(status) => (*status, "out of order".into()),
            Refusal::RateLimit { .. } => (429, "Rate limit exceeded".into()),
            Refusal::TooLong { limit, tokens } => (
                400,
                format!(
                    "This endpoint's maximum context length is {limit} tokens. However, you requested about {tokens} tokens."
                ),
            ),
            Refusal::WrongKey(key) => (401, format!("No auth credentials found for {key}")),
            Refusal::MoneyGone => {
                (402, "Insufficient credits. Add more credits and retry the request.".into())
            }
            Refusal::Overloaded => (503, "There is no available model provider".into()),
            Refusal::Invalid(reason) => (400, reason.clone()),
            Refusal::NotFound(what) => (404, format!("{what} not found")),
        };
        let headers = refusal.retry_after_ms().map(|wait| ("retry-after", seconds(wait)));
        let error = json!({"code": status, "message": message});
        Refused { status, headers: headers.into_iter().collect(), body: json!({"error": error}) }
    }
}

fn usage(asked: &Asked, answer: &Answer) -> Value {
    let taken = answer.usage;
    json!({
        "prompt_tokens": taken.input_tokens,
        "completion_tokens": taken.output_tokens,
        "total_tokens": taken.input_tokens + taken.output_tokens,
        "cost": dollars(taken.cost),
        "is_byok": false,
        "prompt_tokens_details": {"cached_tokens": taken.cached_tokens},
        "cost_details": {"upstream_inference_cost": dollars(taken.cost)},
        "completion_tokens_details": {"reasoning_tokens": answer.thought_tokens(asked)},
    })
}

fn dollars(cost: MicroUsd) -> f64 {
    cost.0 as f64 / 1e6
}

/// The models, with what they cost.
pub(super) fn models() -> Value {
    let price = |micro: u64| format!("{:.6}", dollars(MicroUsd(micro)));
    json!({"data": [{
        "id": "anthropic/claude-haiku-4.5",
        "name": "Anthropic: Claude Haiku 4.5",
        "context_length": 200_000,
        "pricing": {"prompt": price(INPUT), "completion": price(OUTPUT), "input_cache_read": price(CACHED)},
        "supported_parameters": ["max_tokens", "response_format", "structured_outputs", "tools"],
    }]})
}

/// What became of a generation, once it was worked out.
pub(super) fn generation(requests: &[Asked], id: &str) -> Option<Value> {
    let found = |asked: &&Asked| asked.protocol == Protocol::OpenRouter && OpenRouter.id(asked) == id;
    let asked = requests.iter().filter(|asked| asked.usage.is_some()).find(found)?;
    let usage = asked.usage?;
    Some(json!({"data": {
        "id": id,
        "model": asked.model(),
        "streamed": asked.prompt.stream,
        "cancelled": !asked.finished,
        "finish_reason": "stop",
        "tokens_prompt": usage.input_tokens,
        "tokens_completion": usage.output_tokens,
        "native_tokens_prompt": usage.input_tokens,
        "native_tokens_completion": usage.output_tokens,
        "native_tokens_cached": usage.cached_tokens,
        "total_cost": dollars(usage.cost),
        "usage": dollars(usage.cost),
        "is_byok": false,
    }}))
}
