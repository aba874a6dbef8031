//! Which models a server has.
//!
//! A local server often has one, under a name that nobody wants to type; a service has hundreds, and some tell how long their prompts may
//! be and what they cost. Not every server tells: no answer is no error here.

use serde_json::Value;

use super::OpenAiCompat;
use crate::{
    ListedModel, Price,
    http::{fetch, json::count, money::per_million, one_line},
};

impl OpenAiCompat {
    /// The server's models, as it lists them; empty where it does not tell.
    pub(super) async fn list(&self) -> Vec<ListedModel> {
        let get = self.endpoint.client.get(self.endpoint.base_url.at(["models"]));
        let listed = fetch(&self.endpoint, get).await.filter(|(status, _)| status.is_success());
        let models = listed.map(|(_, answer)| read(&answer)).unwrap_or_default();
        tracing::debug!(provider = self.endpoint.name, models = models.len(), "asked which models there are");
        models
    }
}

/// `{"data": [{"id": …}, …]}`, or the bare list that some servers send.
fn read(answer: &Value) -> Vec<ListedModel> {
    let list = answer.get("data").unwrap_or(answer).as_array();
    list.into_iter().flatten().filter_map(model).collect()
}

fn model(model: &Value) -> Option<ListedModel> {
    let id = model.get("id")?.as_str()?;
    // A name with line breaks or control characters is nobody's model.
    if id.is_empty() || one_line(id, None) != id {
        return None;
    }
    Some(ListedModel {
        id: id.to_owned(),
        context_tokens: context(model),
        price: model.get("pricing").and_then(price),
    })
}

/// The name of the field differs: OpenRouter, vLLM, Groq and LM Studio. llama.cpp tells what it was started with.
fn context(model: &Value) -> Option<u32> {
    let fields = ["context_length", "max_model_len", "context_window", "max_context_length"];
    let own = fields.into_iter().find_map(|field| count(model, field));
    let tokens = own.or_else(|| model.get("meta").and_then(|meta| count(meta, "n_ctx")))?;
    u32::try_from(tokens).ok()
}

/// Dollars a token, as text; negative where it depends on the model that a router picks. What a cache costs is the price of the prompt
/// where nothing else is said.
fn price(pricing: &Value) -> Option<Price> {
    let rate = |field: &str| pricing.get(field).and_then(per_million);
    let (input, output) = (rate("prompt")?, rate("completion")?);
    Some(Price {
        input,
        output,
        cached: rate("input_cache_read").unwrap_or(input),
        cache_write: rate("input_cache_write").unwrap_or(input),
    })
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn ids_are_read_from_either_shape_and_nonsense_is_left_out() {
        for (answer, expected) in [
            (json!({"object": "list", "data": [{"id": "a"}, {"id": "b/c:7b"}]}), vec!["a", "b/c:7b"]),
            (json!([{"id": "a"}, {"name": "no id"}, {"id": ""}, {"id": "evil\u{1b}[2J"}]), vec!["a"]),
            (json!({"models": []}), vec![]),
            (json!("no"), vec![]),
        ] {
            let ids: Vec<String> = read(&answer).into_iter().map(|model| model.id).collect();
            assert_eq!(ids, expected, "{answer}");
        }
    }

    #[test]
    fn contexts_and_prices_are_read_where_they_are_given() {
        let listed = |fields: Value| {
            let mut model = json!({"id": "m"});
            model.as_object_mut().unwrap().extend(fields.as_object().unwrap().clone());
            let model = read(&json!({ "data": [model] })).remove(0);
            (model.context_tokens, model.price)
        };
        let priced = Price { input: 3_000_000, output: 15_000_000, cached: 300_000, cache_write: 3_000_000 };
        for (fields, expected) in [
            (json!({}), (None, None)),
            (
                json!({"context_length": 200_000, "pricing": {
                    "prompt": "0.000003", "completion": "0.000015", "input_cache_read": "0.0000003",
                }}),
                (Some(200_000), Some(priced)),
            ),
            (json!({"pricing": {"prompt": "0", "completion": "0"}}), (None, Some(Price::FREE))),
            (json!({"pricing": {"prompt": "-1", "completion": "-1"}}), (None, None)),
            (json!({"pricing": {"prompt": "0.1"}}), (None, None)),
            (json!({"max_model_len": 8192}), (Some(8192), None)),
            (json!({"meta": {"n_ctx": 4096}}), (Some(4096), None)),
            (json!({"context_length": 0}), (None, None)),
            (json!({"context_length": 1e14}), (None, None)),
        ] {
            assert_eq!(listed(fields.clone()), expected, "{fields}");
        }
    }
}
