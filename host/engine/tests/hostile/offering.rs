//! Stores and skills that attack: no debate, one call, and what it gave.

use std::sync::Arc;

use amatelier_runtime::{
    Call, Chat, ChatMember, Completion, CompletionReply, Ended, Filter, Limits, ModelError, Models, NoDesk,
    NoMarket, NoSparks, Noted, Runtime, SpokenCitation, Stop, Suspended,
};
use amatelier_types::{Buyer, Learner, Message, Phase, Role, Sparks};

/// What the component is asked for.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Asked {
    Items,
    MayBuy,
    Redeem,
    Skills,
    Teach,
    Advise,
}

/// How the call ended, what was said about it, and what it gave.
pub(crate) struct Offered {
    pub(crate) seen: &'static str,
    pub(crate) said: String,
    pub(crate) gave: bool,
}

/// Ask `tests/guests/hostile` in the way of this attack.
pub(crate) async fn ask(asked: Asked, attack: &str, cpu_ticks: Option<u64>) -> Offered {
    let runtime = Runtime::new().unwrap();
    let component = runtime.compile(amatelier_test_support::guest("hostile")).unwrap();
    let mut limits = Limits::default();
    limits.cpu_ticks = cpu_ticks.unwrap_or(limits.cpu_ticks);
    let call = call(attack, limits);
    match asked {
        Asked::Items => told(runtime.list_items(&component, call).await),
        Asked::MayBuy => told(runtime.may_buy(&component, call, "bell", &buyer()).await),
        Asked::Redeem => told(runtime.redeem(&component, call, "bell", &buyer(), "").await),
        Asked::Skills => told(runtime.list_skills(&component, call).await),
        Asked::Teach => told(runtime.teach(&component, call, "whistling", &learner()).await),
        Asked::Advise => told(runtime.advise(&component, call, "whistling", Phase::Speak, 1).await),
    }
}

fn told<T>(ended: Ended<T>) -> Offered {
    match ended.result {
        Ok(_) => Offered { seen: "done", said: String::new(), gave: true },
        Err(Stop::Failed(failure)) => {
            Offered { seen: failure.kind.name(), said: failure.message, gave: false }
        }
        Err(Stop::Suspended(why)) => Offered { seen: "suspended", said: why, gave: false },
    }
}

fn buyer() -> Buyer {
    let name = "good".parse().unwrap();
    Buyer { name, balance: Sparks(100), tier: 0, assignments: 9, rank: 1, owned: Vec::new() }
}

fn learner() -> Learner {
    Learner { name: "good".parse().unwrap(), tier: 0, weakest_axis: None, uses: 0 }
}

fn call(attack: &str, limits: Limits) -> Call {
    Call {
        member: "store".parse().unwrap(),
        role: Role::Runner,
        seed: [7; 32],
        now: 0,
        granted: [].into(),
        settings: Arc::new([("attack".to_owned(), attack.to_owned())].into()),
        limits,
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
