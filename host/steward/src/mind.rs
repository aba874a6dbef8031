//! The model that answers questions in words.

use async_trait::async_trait;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::Halted;

/// A model, whatever provider it has.
#[async_trait]
pub trait Mind: Send + Sync {
    /// Whether it can call tools. If not, it is asked for JSON objects instead.
    fn has_tools(&self) -> bool;

    /// Ask it once.
    ///
    /// # Errors
    /// [`Halted`] ends the whole question; a text says why there is no reply, and the question fails with it.
    async fn ask(&self, prompt: &Prompt) -> Result<Result<Reply, String>, Halted>;
}

/// What a model is asked.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Prompt {
    /// What it has to do.
    pub system: String,
    /// The conversation so far.
    pub turns: Vec<PromptTurn>,
    /// What it may call; empty for a model without tools.
    pub tools: Vec<Tool>,
    /// The JSON schema of the answer; none for a model with tools.
    pub schema: Option<Value>,
    /// The most tokens of the reply.
    pub max_tokens: u32,
}

/// One entry of the conversation.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "turn", rename_all = "kebab-case")]
pub enum PromptTurn {
    /// Said to the model.
    User {
        /// The text.
        text: String,
    },
    /// Said by the model.
    Assistant {
        /// The text.
        text: String,
        /// What it called.
        calls: Vec<ToolCall>,
    },
    /// What a call came to.
    ToolResult {
        /// The call's id.
        id: String,
        /// The result.
        text: String,
    },
}

/// A tool.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Tool {
    /// Its name.
    pub name: String,
    /// What it is for.
    pub description: String,
    /// The JSON schema of its arguments.
    pub parameters: Value,
}

/// What a model said.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Reply {
    /// The text; may be empty where there are calls.
    pub text: String,
    /// What it calls.
    pub calls: Vec<ToolCall>,
}

/// A call of a tool.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ToolCall {
    /// What its result is matched by.
    pub id: String,
    /// The tool.
    pub name: String,
    /// The arguments.
    pub arguments: Value,
}
