//! A model that replies what it was told to, and remembers what it was asked.

use std::{collections::VecDeque, sync::Mutex};

use amatelier_steward::{Halted, Mind, Prompt, PromptTurn, Reply, ToolCall};
use async_trait::async_trait;
use serde_json::Value;

pub(crate) struct Scripted {
    has_tools: bool,
    replies: Mutex<VecDeque<Result<Result<Reply, String>, Halted>>>,
    asked: Mutex<Vec<Prompt>>,
}

impl Scripted {
    pub(crate) fn new(has_tools: bool, replies: impl IntoIterator<Item = Reply>) -> Self {
        let replies = replies.into_iter().map(|reply| Ok(Ok(reply))).collect();
        Scripted { has_tools, replies: Mutex::new(replies), asked: Mutex::new(Vec::new()) }
    }

    pub(crate) fn then(self, reply: Result<Result<Reply, String>, Halted>) -> Self {
        self.replies.lock().unwrap().push_back(reply);
        self
    }

    pub(crate) fn asked(&self) -> Vec<Prompt> {
        self.asked.lock().unwrap().clone()
    }

    /// The text of the last turn of the prompt before a reply.
    pub(crate) fn last_heard(&self, round: usize) -> String {
        match self.asked()[round].turns.last().unwrap() {
            PromptTurn::User { text }
            | PromptTurn::ToolResult { text, .. }
            | PromptTurn::Assistant { text, .. } => text.clone(),
        }
    }
}

#[async_trait]
impl Mind for Scripted {
    fn has_tools(&self) -> bool {
        self.has_tools
    }

    async fn ask(&self, prompt: &Prompt) -> Result<Result<Reply, String>, Halted> {
        self.asked.lock().unwrap().push(prompt.clone());
        self.replies.lock().unwrap().pop_front().expect("it is asked no more often than it was told replies")
    }
}

pub(crate) fn says(text: impl ToString) -> Reply {
    Reply { text: text.to_string(), calls: Vec::new() }
}

/// A call of a tool, as a model with or without tools makes it.
pub(crate) fn calls(has_tools: bool, name: &str, arguments: Value) -> Reply {
    match has_tools {
        true => Reply {
            text: String::new(),
            calls: vec![ToolCall { id: "c1".into(), name: name.into(), arguments }],
        },
        false => says(serde_json::json!({"tool": name, "arguments": arguments})),
    }
}
