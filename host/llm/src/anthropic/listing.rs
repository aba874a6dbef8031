//! Which models the service has: `{"data": [{"type": "model", "id": …}, …]}`.

use serde_json::Value;

use super::Anthropic;
use crate::{
    ListedModel,
    http::{fetch, json::count, one_line},
};

impl Anthropic {
    /// The models, newest first; empty where nobody tells.
    pub(super) async fn list(&self) -> Vec<ListedModel> {
        let mut url = self.endpoint.base_url.at(["v1", "models"]);
        url.query_pairs_mut().append_pair("limit", "1000");
        let listed = fetch(&self.endpoint, self.endpoint.client.get(url)).await;
        let listed = listed.filter(|(status, _)| status.is_success());
        listed.map(|(_, answer)| read(&answer)).unwrap_or_default()
    }
}

fn read(answer: &Value) -> Vec<ListedModel> {
    let list = answer.get("data").and_then(Value::as_array);
    let models = list.into_iter().flatten().filter_map(|model| {
        let id = model.get("id")?.as_str()?;
        let context = count(model, "max_input_tokens").and_then(|tokens| u32::try_from(tokens).ok());
        // A name with line breaks or control characters is nobody's model.
        let is_name = !id.is_empty() && one_line(id, None) == id;
        is_name.then(|| ListedModel { id: id.to_owned(), context_tokens: context, price: None })
    });
    models.collect()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn models_are_read_and_nonsense_is_left_out() {
        let listed = read(&json!({"data": [
            {"type": "model", "id": "a", "display_name": "A", "max_input_tokens": 200_000},
            {"id": "b"}, {"id": ""}, {"id": "evil\u{1b}[2J"}, 7,
        ]}));
        let model = |id: &str, context_tokens| ListedModel { id: id.into(), context_tokens, price: None };
        assert_eq!(listed, [model("a", Some(200_000)), model("b", None)]);
        assert!(read(&json!([])).is_empty());
    }
}
