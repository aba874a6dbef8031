//! Small questions to the server: its version, its models, how long a prompt each takes. They load nothing and cost nothing.

use std::time::Duration;

use futures_util::{StreamExt, stream};
use serde_json::{Value, json};

use super::{Ollama, OllamaConfig};
use crate::{
    BaseUrl, ListedModel, RetryPolicy, Timers,
    http::{
        Endpoint, KeyHeader, fetch,
        json::{count, name},
    },
};

/// The longest wait for a server that may not be there.
const PROBE: Duration = Duration::from_millis(500);
/// Models whose context is asked for when all are listed; a question each.
const MOST_SHOWN: usize = 100;
/// Such questions under way at once.
const AT_ONCE: usize = 4;

/// The version of the server at this address; none where there is no server within half a second. For finding out whether there is one:
/// it is asked nothing else.
pub async fn probe_ollama(base_url: &BaseUrl) -> Option<String> {
    let timers = Timers { connect: PROBE, first_byte: PROBE, idle: PROBE };
    let config = OllamaConfig {
        timers,
        retry: RetryPolicy::default(),
        ..OllamaConfig::new("ollama", base_url.clone())
    };
    let endpoint = Endpoint::new(config.endpoint(), KeyHeader::Bearer).ok()?;
    tokio::time::timeout(PROBE, version(&endpoint)).await.ok().flatten()
}

/// What the server says it is.
pub(super) async fn version(endpoint: &Endpoint) -> Option<String> {
    let get = endpoint.client.get(endpoint.base_url.at(["api", "version"]));
    let (_, answer) = fetch(endpoint, get).await.filter(|(status, _)| status.is_success())?;
    name(&answer, "version")
}

/// How many tokens a model takes, as its file says.
pub(super) async fn context(endpoint: &Endpoint, model: &str) -> Option<u32> {
    let post = endpoint.client.post(endpoint.base_url.at(["api", "show"]));
    // Older versions know the model by the other name.
    let body = json!({ "model": model, "name": model }).to_string();
    let post = post.header("content-type", "application/json").body(body);
    let (_, answer) = fetch(endpoint, post).await.filter(|(status, _)| status.is_success())?;
    read_context(&answer)
}

/// `<architecture>.context_length`: the named architecture's, or the only one there is.
fn read_context(answer: &Value) -> Option<u32> {
    let info = answer.get("model_info")?.as_object()?;
    let architecture = info.get("general.architecture").and_then(Value::as_str).unwrap_or_default();
    let named = format!("{architecture}.context_length");
    let key = match info.contains_key(&named) {
        true => Some(named),
        false => info.keys().find(|key| key.ends_with(".context_length")).cloned(),
    };
    u32::try_from(count(answer.get("model_info")?, &key?)?).ok()
}

impl Ollama {
    /// The models that are installed, each with its context; empty where the server does not tell.
    pub(super) async fn list(&self) -> Vec<ListedModel> {
        let get = self.endpoint.client.get(self.endpoint.base_url.at(["api", "tags"]));
        let listed = fetch(&self.endpoint, get).await.filter(|(status, _)| status.is_success());
        let names = listed.map(|(_, answer)| read_names(&answer)).unwrap_or_default();
        tracing::debug!(provider = self.endpoint.name, models = names.len(), "asked which models there are");
        let ask = |(place, id): (usize, String)| async move {
            let context_tokens = if place < MOST_SHOWN { self.learn_context(&id).await } else { None };
            ListedModel { id, context_tokens, price: None }
        };
        stream::iter(names.into_iter().enumerate()).map(ask).buffered(AT_ONCE).collect().await
    }
}

fn read_names(answer: &Value) -> Vec<String> {
    let models = answer.get("models").and_then(Value::as_array).into_iter().flatten();
    models.filter_map(|model| name(model, "model").or_else(|| name(model, "name"))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_context_is_found_under_the_architectures_name() {
        for (info, expected) in [
            (json!({"general.architecture": "llama", "llama.context_length": 131_072}), Some(131_072)),
            (
                json!({"general.architecture": "gemma3", "clip.context_length": 77, "gemma3.context_length": 8192}),
                Some(8192),
            ),
            (json!({"qwen2.context_length": 32_768.0}), Some(32_768)),
            (json!({"general.architecture": "x"}), None),
            (json!({"llama.context_length": 0}), None),
            (json!({"llama.context_length": "long"}), None),
            (json!(7), None),
        ] {
            assert_eq!(read_context(&json!({ "model_info": info })), expected, "{info}");
        }
        assert_eq!(read_context(&json!({})), None);
    }

    #[test]
    fn names_are_read_and_nonsense_is_left_out() {
        let answer = json!({"models": [{"name": "a:latest", "model": "a:latest"}, {"name": "b"}, {"name": ""}, {"name": "x\u{1b}[2J"}, 7]});
        assert_eq!(read_names(&answer), ["a:latest", "b"]);
        assert_eq!(read_names(&json!("no")), Vec::<String>::new());
    }
}
