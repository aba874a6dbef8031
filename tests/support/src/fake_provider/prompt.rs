//! What a request asks for, the same whichever protocol it came in.

use serde_json::Value;

/// A request, understood.
#[derive(Clone, Debug, Default)]
pub struct Prompt {
    /// The model, as it was named.
    pub model: String,
    /// What is said, oldest first; the system prompt is the first, the results of tools are messages of their own.
    pub messages: Vec<Said>,
    /// The schema that the answer has to meet.
    pub schema: Option<Value>,
    /// What the model may call.
    pub tools: Vec<Offer>,
    /// The tool that it has to call; its arguments are the answer then.
    pub forced: Option<String>,
    /// Whether the answer is to come in pieces.
    pub stream: bool,
    /// Whether the model is to think first.
    pub thinks: bool,
    /// The key that came with it.
    pub key_seen: Option<String>,
}

/// A message.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Said {
    /// `system`, `user`, `assistant` or `tool`.
    pub role: String,
    /// Its words.
    pub text: String,
}

/// A tool that a model may call.
#[derive(Clone, Debug, PartialEq)]
pub struct Offer {
    /// Its name.
    pub name: String,
    /// The schema of its arguments.
    pub parameters: Value,
}

impl Prompt {
    /// It has to call this tool. What is wanted is then what the tool takes.
    pub(super) fn forced(mut self, name: Option<&str>) -> Self {
        let tool = self.tools.iter().find(|tool| Some(tool.name.as_str()) == name);
        if let Some(Offer { name, parameters }) = tool.cloned() {
            (self.forced, self.schema) = (Some(name), Some(parameters));
        }
        self
    }
}

impl Said {
    pub(super) fn new(role: &str, text: impl Into<String>) -> Self {
        Said { role: role.to_owned(), text: text.into() }
    }
}

impl Offer {
    /// The tools of a list whose entries hold a name and, in `parameters`, a schema.
    pub(super) fn list<'a>(tools: impl IntoIterator<Item = &'a Value>, parameters: &str) -> Vec<Self> {
        let offer = |tool: &Value| {
            let name = tool["name"].as_str().unwrap_or_default().to_owned();
            Offer { name, parameters: tool[parameters].clone() }
        };
        tools.into_iter().map(offer).collect()
    }
}

/// The schema that a prompt tells in its words: the first JSON object after the last mention of one.
pub(super) fn told_schema(text: &str) -> Option<Value> {
    let (at, _) = text.to_ascii_lowercase().rmatch_indices("json schema").next()?;
    let rest = text.get(at..)?;
    let object = rest.get(rest.find('{')?..)?;
    serde_json::Deserializer::from_str(object).into_iter::<Value>().next()?.ok()
}
