//! What somebody sees and hears who is asked before the debate: its topic and its briefing, and no model.

use std::sync::Arc;

use amatelier_runtime::{
    Chat, ChatMember, Completion, CompletionReply, Filter, ModelError, Models, Noted, SpokenCitation,
    Suspended,
};
use amatelier_types::{Capability, Message};

/// A table at which nobody has said anything.
#[derive(Clone, Debug, Default)]
pub(crate) struct Blackboard {
    pub topic: String,
    pub briefing: String,
}

impl Chat for Blackboard {
    fn topic(&self) -> String {
        self.topic.clone()
    }

    fn briefing(&self) -> String {
        self.briefing.clone()
    }

    fn members(&self) -> Vec<ChatMember> {
        Vec::new()
    }

    fn recall(&self, _: &Filter) -> Vec<Arc<Message>> {
        Vec::new()
    }

    fn state_of_debate(&self) -> Option<String> {
        None
    }

    fn interventions(&self) -> Vec<Noted> {
        Vec::new()
    }

    fn citations(&self) -> Vec<SpokenCitation> {
        Vec::new()
    }
}

/// No model at all.
pub(crate) struct Mute;

#[async_trait::async_trait]
impl Models for Mute {
    async fn complete(&self, _: Completion) -> Result<Result<CompletionReply, ModelError>, Suspended> {
        Ok(Err(ModelError::Denied(Capability::LlmComplete.name().into())))
    }

    fn count_tokens(&self, text: &str) -> u32 {
        amatelier_llm::estimate_tokens(text)
    }
}
