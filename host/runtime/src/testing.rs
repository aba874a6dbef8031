//! A call of nobody, for unit tests.

use std::sync::Arc;

use amatelier_types::{Message, Role};

use crate::{
    Call, Chat, ChatMember, Completion, CompletionReply, Filter, Limits, ModelError, Models, NoDesk,
    NoMarket, NoSparks, Noted, SpokenCitation, Suspended,
};

pub(crate) fn call() -> Call {
    Call {
        member: "elena".parse().unwrap(),
        role: Role::Worker,
        seed: [7; 32],
        now: 0,
        granted: [].into(),
        settings: Arc::default(),
        limits: Limits::default(),
        wall_clock: None,
        profile: Arc::default(),
        chat: Arc::new(Nobody),
        models: Arc::new(Nobody),
        desk: Arc::new(NoDesk),
        sparks: Arc::new(NoSparks),
        market: Arc::new(NoMarket),
        notebook: Arc::default(),
    }
}

struct Nobody;

impl Chat for Nobody {
    fn topic(&self) -> String {
        String::new()
    }

    fn briefing(&self) -> String {
        String::new()
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

#[async_trait::async_trait]
impl Models for Nobody {
    async fn complete(&self, _: Completion) -> Result<Result<CompletionReply, ModelError>, Suspended> {
        Ok(Err(ModelError::Other("nobody".into())))
    }

    fn count_tokens(&self, _: &str) -> u32 {
        0
    }
}
