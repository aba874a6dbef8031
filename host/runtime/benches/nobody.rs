//! A call on behalf of nobody: no debate, no models, no grants.

use std::sync::Arc;

use amatelier_runtime::{
    Call, Chat, ChatMember, Completion, CompletionReply, Filter, Limits, ModelError, Models, Noted, Suspended,
};
use amatelier_types::{Message, Phase, Role, Turn};

pub(crate) const TURN: Turn =
    Turn { phase: Phase::Speak, round: 2, max_rounds: 3, position: 1, of: 4, floor_turns_left: 5 };

/// A call with these settings; nothing in it is made anew for the next clone but what the runtime makes itself.
pub(crate) fn call(settings: &[(&str, &str)]) -> Call {
    let settings = settings.iter().map(|(key, value)| ((*key).to_owned(), (*value).to_owned())).collect();
    Call {
        member: "elena".parse().unwrap(),
        role: Role::Worker,
        seed: [7; 32],
        now: 42,
        granted: [].into(),
        settings: Arc::new(settings),
        limits: Limits::default(),
        wall_clock: Some(amatelier_runtime::Patience::new(std::time::Duration::from_secs(200))),
        profile: Arc::default(),
        chat: Arc::new(Nobody),
        desk: Arc::new(amatelier_runtime::NoDesk),
        sparks: Arc::new(amatelier_runtime::NoSparks),
        market: Arc::new(amatelier_runtime::NoMarket),
        models: Arc::new(Nobody),
        notebook: Arc::default(),
    }
}

struct Nobody;

impl Chat for Nobody {
    fn topic(&self) -> String {
        "Is it quiet?".into()
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

    fn citations(&self) -> Vec<amatelier_runtime::SpokenCitation> {
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
