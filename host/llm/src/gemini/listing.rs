//! Which models the service has.

use serde_json::Value;

use super::Gemini;
use crate::{
    ListedModel,
    http::{
        fetch,
        json::{count, name, word},
    },
};

/// Models asked for at once: the most that the service gives.
const PAGE: &str = "1000";
/// Pages followed; a catalogue that goes on is not Google's.
const MOST_PAGES: usize = 5;

impl Gemini {
    /// The models that can answer; empty where the service does not tell. A list that breaks off is given as far as it came.
    pub(super) async fn list(&self) -> Vec<ListedModel> {
        let mut models = Vec::new();
        let mut token: Option<String> = None;
        for _ in 0..MOST_PAGES {
            let mut url = self.endpoint.base_url.at(["v1beta", "models"]);
            url.query_pairs_mut().append_pair("pageSize", PAGE);
            if let Some(token) = &token {
                url.query_pairs_mut().append_pair("pageToken", token);
            }
            let fetched = fetch(&self.endpoint, self.endpoint.client.get(url)).await;
            let Some((_, page)) = fetched.filter(|(status, _)| status.is_success()) else { break };
            models.extend(read(&page));
            token = word(&page, "nextPageToken").map(str::to_owned);
            if token.is_none() {
                break;
            }
        }
        tracing::debug!(provider = self.endpoint.name, models = models.len(), "asked which models there are");
        models
    }
}

fn read(page: &Value) -> impl Iterator<Item = ListedModel> {
    page.get("models").and_then(Value::as_array).into_iter().flatten().filter_map(model)
}

/// One model. Those that cannot answer (embeddings, pictures) are left out, where the service says what they can do.
fn model(model: &Value) -> Option<ListedModel> {
    let id = name(model, "name")?;
    let methods = model.get("supportedGenerationMethods").and_then(Value::as_array);
    if methods.is_some_and(|methods| !methods.iter().any(|method| method == "generateContent")) {
        return None;
    }
    let context = count(model, "inputTokenLimit").and_then(|tokens| u32::try_from(tokens).ok());
    Some(ListedModel {
        id: id.trim_start_matches("models/").to_owned(),
        context_tokens: context,
        price: None,
    })
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn models_that_answer_are_listed_with_their_context() {
        let page = json!({"models": [
            {"name": "models/gemini-2.5-pro", "inputTokenLimit": 1_048_576, "supportedGenerationMethods": ["generateContent", "countTokens"]},
            {"name": "models/embedding-001", "inputTokenLimit": 2048, "supportedGenerationMethods": ["embedContent"]},
            {"name": "tunedModels/mine", "inputTokenLimit": "many"},
            {"name": "evil\u{1b}[2J"}, {"displayName": "nameless"}, 7,
        ]});
        let listed: Vec<_> = read(&page).map(|model| (model.id, model.context_tokens)).collect();
        assert_eq!(
            listed,
            [("gemini-2.5-pro".to_owned(), Some(1_048_576)), ("tunedModels/mine".to_owned(), None)]
        );
        assert_eq!(read(&json!("no")).count(), 0);
    }
}
