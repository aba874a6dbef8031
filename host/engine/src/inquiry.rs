//! What is put to a model on behalf of a turn: by its component, or by the Steward.

use amatelier_llm::{PromptTurn, Speaker, Tool};
use amatelier_runtime::{Completion, ModelError, Suspended};

use crate::recorded::RecordedAnswer;

/// One question to a model. A component's has no tools.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Inquiry {
    /// A label; none means the member's own model.
    pub model: Option<String>,
    pub system: String,
    /// Oldest first.
    pub messages: Vec<PromptTurn>,
    /// 0 means the host's default.
    pub max_tokens: u32,
    pub temperature: Option<f32>,
    pub effort: Option<String>,
    pub stop: Vec<String>,
    /// JSON Schema of the answer, as text.
    pub schema: Option<String>,
    pub tools: Vec<Tool>,
    /// Messages that its author says it leaves out.
    pub left_out: Vec<u32>,
    /// Whether whoever is watching may read along.
    pub visible: bool,
}

/// Who can be asked.
#[async_trait::async_trait]
pub(crate) trait Inquire: Send + Sync {
    /// Whether the model of a label can call tools; none means the asker's own.
    fn has_tools(&self, label: Option<&str>) -> bool;

    /// Put a question. The inner error is the asker's; the outer one ends everything.
    async fn put(&self, what: Inquiry) -> Result<Result<RecordedAnswer, ModelError>, Suspended>;
}

impl From<Completion> for Inquiry {
    fn from(what: Completion) -> Self {
        let turn = |turn: amatelier_runtime::PromptTurn| {
            let speaker = match turn.speaker {
                amatelier_runtime::Speaker::User => Speaker::User,
                amatelier_runtime::Speaker::Assistant => Speaker::Assistant,
            };
            PromptTurn::said(speaker, turn.text)
        };
        Inquiry {
            model: what.model,
            system: what.system,
            messages: what.messages.into_iter().map(turn).collect(),
            max_tokens: what.max_tokens,
            temperature: what.temperature,
            effort: what.effort,
            stop: what.stop,
            schema: what.schema,
            tools: Vec::new(),
            left_out: what.left_out,
            visible: what.visible,
        }
    }
}
