//! Which models a server has.
//!
//! A local server often has one, under a name that nobody wants to type. Not every server tells: no answer is no error here.

use std::time::Duration;

use reqwest::header::AUTHORIZATION;
use serde_json::Value;

use super::{OpenAiCompat, line::one_line};

/// The longest wait for the list: it is asked for before a debate opens, and a debate can do without.
const PATIENCE: Duration = Duration::from_secs(5);
/// The longest list read, in bytes; the largest catalogue known is a tenth of it.
const LONGEST: usize = 4 << 20;

impl OpenAiCompat {
    /// The ids of the server's models, as it lists them; empty where it does not tell.
    pub async fn models(&self) -> Vec<String> {
        let listed = tokio::time::timeout(PATIENCE, self.list()).await;
        let ids = listed.ok().flatten().unwrap_or_default();
        tracing::debug!(provider = self.config.name, models = ids.len(), "asked which models there are");
        ids
    }

    async fn list(&self) -> Option<Vec<String>> {
        let mut get = self.client.get(self.config.base_url.models());
        if let Some(authorization) = &self.authorization {
            get = get.header(AUTHORIZATION, authorization.clone());
        }
        let mut response = get.send().await.ok().filter(|response| response.status().is_success())?;
        let mut bytes = Vec::new();
        while let Some(piece) = response.chunk().await.ok()? {
            bytes.extend_from_slice(&piece);
            if bytes.len() > LONGEST {
                return None;
            }
        }
        Some(ids(&serde_json::from_slice(&bytes).ok()?))
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
