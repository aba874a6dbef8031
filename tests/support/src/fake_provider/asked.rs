//! A request as the provider saw it.

use amatelier_types::Sha256;
use serde_json::Value;

/// A request and what became of it.
#[derive(Clone, Debug)]
pub struct Asked {
    /// Its place among all requests, from 1.
    pub n: usize,
    /// How often the same was asked up to now, this time included.
    pub times: usize,
    /// The same for two requests that put the same messages to the same model.
    pub key: Sha256,
    /// What was sent.
    pub body: Value,
    /// What it is answered, once and as far as it is answered at all.
    pub answer: Option<String>,
    /// How many pieces of the answer have left.
    pub pieces: usize,
    /// Whether the answer was written to the end.
    pub finished: bool,
}

impl Asked {
    pub(super) fn new(n: usize, earlier: &[Asked], body: Value) -> Self {
        let key = key(&body);
        let times = earlier.iter().filter(|asked| asked.key == key).count() + 1;
        Asked { n, times, key, body, answer: None, pieces: 0, finished: false }
    }

    /// Whether one of its messages holds this text.
    pub fn says(&self, text: &str) -> bool {
        self.messages().any(|(_, content)| content.contains(text))
    }

    /// The last message.
    pub fn last_message(&self) -> &str {
        self.messages().last().map_or("", |(_, content)| content)
    }

    /// The schema that the answer has to meet, if one was sent.
    pub fn schema(&self) -> Option<&Value> {
        self.body.pointer("/response_format/json_schema/schema")
    }

    /// Tokens of the prompt as this provider counts them: its words.
    pub fn input_tokens(&self) -> usize {
        self.messages().map(|(_, content)| words(content)).sum()
    }

    /// Tokens of the answer, counted likewise.
    pub fn output_tokens(&self) -> usize {
        self.answer.as_deref().map_or(0, words)
    }

    fn messages(&self) -> impl Iterator<Item = (&str, &str)> {
        messages(&self.body)
    }
}

fn messages(body: &Value) -> impl Iterator<Item = (&str, &str)> {
    body["messages"].as_array().into_iter().flatten().map(|message| {
        (message["role"].as_str().unwrap_or_default(), message["content"].as_str().unwrap_or_default())
    })
}

/// Field names and separators take part, so that no two different conversations read the same.
fn key(body: &Value) -> Sha256 {
    let said: Vec<_> = messages(body).collect();
    Sha256::of(format!("{:?} {said:?}", body["model"].as_str()).as_bytes())
}

fn words(text: &str) -> usize {
    text.split_whitespace().count()
}
