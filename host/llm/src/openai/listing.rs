//! Which models a server has.
//!
//! A local server often has one, under a name that nobody wants to type. Not every server tells: no answer is no error here.

use serde_json::Value;

use super::OpenAiCompat;
use crate::http::{fetch, one_line};

impl OpenAiCompat {
    /// The ids of the server's models, as it lists them; empty where it does not tell.
    pub async fn models(&self) -> Vec<String> {
        let get = self.endpoint.client.get(self.endpoint.base_url.at(["models"]));
        let listed = fetch(&self.endpoint, get).await.filter(|(status, _)| status.is_success());
        let ids = listed.map(|(_, answer)| ids(&answer)).unwrap_or_default();
        tracing::debug!(provider = self.endpoint.name, models = ids.len(), "asked which models there are");
        ids
    }
}

/// `{"data": [{"id": …}, …]}`, or the bare list that some servers send.
fn ids(answer: &Value) -> Vec<String> {
    let list = answer.get("data").unwrap_or(answer).as_array();
    let ids = list.into_iter().flatten().filter_map(|model| model.get("id")?.as_str());
    // A name with line breaks or control characters is nobody's model.
    ids.filter(|id| !id.is_empty() && one_line(id, None) == *id).map(str::to_owned).collect()
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
            assert_eq!(ids(&answer), expected, "{answer}");
        }
    }
}
