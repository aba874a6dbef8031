//! A debate of nobody, in which `tests/guests/hostile` is called.

use std::{
    collections::BTreeMap,
    sync::{Arc, LazyLock, Mutex},
    time::Duration,
};

use amatelier_runtime::{
    Call, Chat, ChatMember, Completion, CompletionReply, Component, Desk, Ended, Filter, Limits, ModelError,
    Models, Noted, Patience, Profile, Runtime, Stop, Suspended,
};
use amatelier_types::{
    Capabilities, Capability, Failure, FailureKind, Message, MessageKind, MicroUsd, Move, Phase, Role, Turn,
    Usage,
};

pub(crate) static RUNTIME: LazyLock<Runtime> = LazyLock::new(|| Runtime::new().unwrap());

pub(crate) static HOSTILE: LazyLock<Component> =
    LazyLock::new(|| RUNTIME.compile(amatelier_test_support::guest("hostile")).unwrap());

pub(crate) const TURN: Turn =
    Turn { phase: Phase::Speak, round: 2, max_rounds: 3, position: 1, of: 4, floor_turns_left: 5 };

/// One call, to be changed before it is made.
pub(crate) struct Stage {
    pub(crate) call: Call,
}

/// A call in which the guest attacks in this way.
pub(crate) fn attack(name: &str) -> Stage {
    let call = Call {
        member: "elena".parse().unwrap(),
        role: Role::Worker,
        seed: [7; 32],
        now: 42,
        granted: Capabilities::new(),
        settings: Arc::default(),
        limits: Limits::default(),
        wall_clock: Some(Patience::new(Duration::from_secs(120))),
        profile: Arc::new(Profile::default()),
        chat: Arc::new(Silence),
        desk: Arc::new(amatelier_runtime::NoDesk),
        sparks: Arc::new(amatelier_runtime::NoSparks),
        market: Arc::new(amatelier_runtime::NoMarket),
        models: Arc::new(Scripted::always(Ok("an answer"))),
        notebook: Arc::default(),
    };
    Stage { call }.set("attack", name)
}

/// A call in which the guest uses one function and says what was answered.
pub(crate) fn using(function: &str) -> Stage {
    attack("use").set("function", function)
}

impl Stage {
    pub(crate) fn set(mut self, key: &str, value: &str) -> Self {
        Arc::make_mut(&mut self.call.settings).insert(key.into(), value.into());
        self
    }

    pub(crate) fn grant(mut self, capability: Capability) -> Self {
        self.call.granted.insert(capability);
        self
    }

    pub(crate) fn limit(mut self, change: impl FnOnce(&mut Limits)) -> Self {
        change(&mut self.call.limits);
        self
    }

    pub(crate) fn wall_clock(mut self, limit: Duration) -> Self {
        self.call.wall_clock = Some(Patience::new(limit));
        self
    }

    pub(crate) fn models(mut self, models: impl Models + 'static) -> Self {
        self.call.models = Arc::new(models);
        self
    }

    pub(crate) fn desk(mut self, desk: impl Desk + 'static) -> Self {
        self.call.desk = Arc::new(desk);
        self
    }

    pub(crate) fn notes(mut self, notes: &[(&str, &str)]) -> Self {
        let notes = notes.iter().map(|(key, text)| ((*key).to_owned(), text.as_bytes().to_vec()));
        self.call.notebook = Arc::new(notes.collect::<BTreeMap<_, _>>());
        self
    }

    pub(crate) async fn run(self) -> Ended<Move> {
        RUNTIME.take_turn(&HOSTILE, self.call, TURN).await
    }

    /// What the guest said.
    pub(crate) async fn said(self) -> String {
        let ended = self.run().await;
        match ended.result {
            Ok(Move::Say(text)) => text,
            other => panic!("{other:?} {:?}", ended.record),
        }
    }

    /// How the call failed; and whatever happened, the next one works.
    pub(crate) async fn fails(self) -> Failure {
        let ended = self.run().await;
        let next = attack("turn").said().await;
        assert!(next.contains("round: 2"), "{next}");
        match ended.result {
            Err(Stop::Failed(failure)) => failure,
            other => panic!("{other:?} {:?}", ended.record),
        }
    }

    /// The call fails in this way, with these words in its message.
    pub(crate) async fn fails_as(self, kind: FailureKind, words: &str) {
        let failure = self.fails().await;
        assert_eq!(failure.kind, kind, "{failure}");
        assert!(failure.message.contains(words), "{failure}");
    }
}

/// A table with two messages on it.
pub(crate) struct Silence;

impl Chat for Silence {
    fn topic(&self) -> String {
        "Is it quiet?".into()
    }

    fn briefing(&self) -> String {
        "Listen.".into()
    }

    fn members(&self) -> Vec<ChatMember> {
        vec![ChatMember { name: "elena".parse().unwrap(), role: Role::Worker, tagline: "listens".into() }]
    }

    fn recall(&self, which: &Filter) -> Vec<Arc<Message>> {
        let message = |seq, text: &str| Message {
            seq,
            round: 1,
            phase: Phase::Speak,
            author: "marcus".parse().unwrap(),
            role: Role::Worker,
            kind: MessageKind::Speech,
            to: None,
            text: text.into(),
        };
        let all = [message(1, "first"), message(2, "second")];
        all.into_iter().filter(|message| which.matches(message)).map(Arc::new).collect()
    }

    fn state_of_debate(&self) -> Option<String> {
        Some("nobody spoke".into())
    }

    fn interventions(&self) -> Vec<Noted> {
        vec![Noted { seq: 3, kind: "gate".into(), member: "elena".parse().ok(), text: "well put".into() }]
    }

    fn citations(&self) -> Vec<amatelier_runtime::SpokenCitation> {
        Vec::new()
    }
}

type Answer = Result<&'static str, ModelError>;

/// Models that answer from a list, its last entry for ever.
pub(crate) struct Scripted {
    answers: Mutex<Vec<Answer>>,
    pub(crate) asked: Arc<Mutex<Vec<Completion>>>,
}

impl Scripted {
    pub(crate) fn always(answer: Answer) -> Self {
        Scripted::then([answer])
    }

    pub(crate) fn then<const N: usize>(answers: [Answer; N]) -> Self {
        let mut answers = Vec::from(answers);
        answers.reverse();
        Scripted { answers: Mutex::new(answers), asked: Arc::default() }
    }
}

#[async_trait::async_trait]
impl Models for Scripted {
    async fn complete(&self, request: Completion) -> Result<Result<CompletionReply, ModelError>, Suspended> {
        self.asked.lock().unwrap().push(request);
        let mut answers = self.answers.lock().unwrap();
        let answer = if answers.len() > 1 { answers.pop() } else { answers.last().cloned() };
        Ok(answer.unwrap().map(|text| CompletionReply {
            text: text.into(),
            model: "scripted".into(),
            finish: "done".into(),
            usage: Usage::default(),
            cost: MicroUsd(3),
        }))
    }

    fn count_tokens(&self, text: &str) -> u32 {
        text.len() as u32
    }
}
