//! A debate on paper, in which one bundled component is called.

use std::{
    collections::{BTreeMap, VecDeque},
    sync::{Arc, LazyLock, Mutex},
};

use amatelier_bundle::{World, all, component};
use amatelier_runtime::{
    Call, Chat, ChatMember, Completion, CompletionReply, Component, Desk, Filter, Limits, LineHit, Lines,
    LookupError, ModelError, Models, Noted, Profile, Runtime, SpokenCitation, Suspended,
};
use amatelier_types::{
    Citation, Finding, LookupOutcome, MemberName, Message, MessageKind, MicroUsd, Phase, Role, Sha256, Usage,
};

pub(crate) static RUNTIME: LazyLock<Runtime> = LazyLock::new(|| Runtime::new().unwrap());

/// Compiled once: compiling takes longer than all the calls together.
static COMPILED: LazyLock<BTreeMap<(World, &str), Component>> = LazyLock::new(|| {
    all().iter().map(|it| ((it.world, it.id), RUNTIME.compile(it.bytes).unwrap())).collect()
});

/// One call of a bundled component, with the grants it ships with.
pub(crate) struct Stage {
    pub(crate) component: Component,
    pub(crate) call: Call,
    paper: Paper,
    models: Arc<Scripted>,
}

pub(crate) fn stage(world: World, id: &str) -> Stage {
    let bundled = component(world, id).unwrap();
    let models = Arc::new(Scripted::default());
    let documents = [("identity", "You count."), ("instructions", "Count twice.")];
    let profile = Profile {
        documents: documents.map(|(name, text)| (name.into(), text.into())).into(),
        ..Profile::default()
    };
    let call = Call {
        member: name(if world == World::Persona { "ada" } else { "judge" }),
        role: if world == World::Persona { Role::Worker } else { Role::Judge },
        seed: [7; 32],
        now: 42,
        granted: bundled.grants.iter().copied().collect(),
        settings: Arc::default(),
        limits: Limits::default(),
        wall_clock: None,
        profile: Arc::new(profile),
        chat: Arc::new(Paper::default()),
        desk: Arc::new(amatelier_runtime::NoDesk),
        sparks: Arc::new(amatelier_runtime::NoSparks),
        market: Arc::new(amatelier_runtime::NoMarket),
        models: models.clone(),
        notebook: Arc::new(BTreeMap::new()),
    };
    Stage { component: COMPILED[&(world, id)].clone(), call, paper: Paper::default(), models }
}

impl Stage {
    pub(crate) fn set(mut self, key: &str, value: &str) -> Self {
        Arc::make_mut(&mut self.call.settings).insert(key.into(), value.into());
        self
    }

    /// What has been said, oldest first.
    pub(crate) fn heard(mut self, messages: Vec<Message>) -> Self {
        self.paper.messages = messages.into_iter().map(Arc::new).collect();
        self.call.chat = Arc::new(self.paper.clone());
        self
    }

    /// The places that speeches named.
    pub(crate) fn cited(mut self, citations: Vec<SpokenCitation>) -> Self {
        self.paper.citations = citations;
        self.call.chat = Arc::new(self.paper.clone());
        self
    }

    /// A file is registered, and so many requests are left; the questions that are put are written down.
    pub(crate) fn file(mut self, name: &'static str, text: &'static str, requests: u32) -> (Self, Questions) {
        let asked = Questions::default();
        self.call.desk = Arc::new(Shelf { name, text, requests, asked: asked.clone() });
        (self, asked)
    }

    /// The next answer of the model.
    pub(crate) fn answer(self, text: impl Into<String>) -> Self {
        self.ends("done", text)
    }

    /// The next answer of the model, which ends like this.
    pub(crate) fn ends(self, finish: &'static str, text: impl Into<String>) -> Self {
        self.models.answers.lock().unwrap().push_back(Ok((text.into(), finish)));
        self
    }

    /// The model fails next.
    pub(crate) fn fails(self, error: ModelError) -> Self {
        self.models.answers.lock().unwrap().push_back(Err(error));
        self
    }

    /// Every request so far is written down here.
    pub(crate) fn notes(&self) -> Notes {
        Notes(self.models.clone())
    }
}

/// What the model was asked.
pub(crate) struct Notes(Arc<Scripted>);

impl Notes {
    pub(crate) fn requests(&self) -> Vec<Completion> {
        self.0.asked.lock().unwrap().clone()
    }

    /// The last thing put to the model, of the only request there was.
    pub(crate) fn only(&self) -> Completion {
        let requests = self.requests();
        assert_eq!(requests.len(), 1, "{requests:?}");
        requests[0].clone()
    }
}

pub(crate) fn name(text: &str) -> MemberName {
    text.parse().unwrap()
}

/// A message of the first round.
pub(crate) fn message(seq: u32, author: &str, kind: MessageKind, text: &str) -> Message {
    let role = if author == "judge" { Role::Judge } else { Role::Worker };
    Message {
        seq,
        round: 1,
        phase: Phase::Speak,
        author: name(author),
        role,
        kind,
        to: None,
        text: text.into(),
    }
}

pub(crate) fn speech(seq: u32, author: &str, text: &str) -> Message {
    message(seq, author, MessageKind::Speech, text)
}

/// What was put to the Steward.
pub(crate) type Questions = Arc<Mutex<Vec<String>>>;

/// One registered file, of which every line matches every pattern, and which answers `lines N-N of FILE`.
struct Shelf {
    name: &'static str,
    text: &'static str,
    requests: u32,
    asked: Questions,
}

impl Shelf {
    fn place(&self, line: u32) -> Citation {
        let text = self.text.lines().nth(line as usize - 1).unwrap_or_default().to_owned();
        let sha256 = Sha256::of(self.text.as_bytes());
        Citation { file: self.name.into(), first_line: line, last_line: line, text, sha256 }
    }
}

#[async_trait::async_trait]
impl Desk for Shelf {
    fn files(&self) -> Vec<(String, u64)> {
        vec![(self.name.into(), self.text.len() as u64)]
    }

    async fn read(&self, _: &str, first_line: u32, _: u32) -> Result<Result<Lines, LookupError>, Suspended> {
        Ok(Ok(Lines { place: self.place(first_line), truncated: false }))
    }

    async fn grep(
        &self,
        _: &str,
        _: Option<&str>,
        _: bool,
        _: u32,
    ) -> Result<Result<Vec<LineHit>, LookupError>, Suspended> {
        let hit = |(line, text): (u32, &str)| LineHit { file: self.name.into(), line, text: text.into() };
        Ok(Ok((1..).zip(self.text.lines()).map(hit).collect()))
    }

    async fn ask(&self, question: &str) -> Result<Result<Finding, LookupError>, Suspended> {
        if self.requests_left() == 0 {
            return Ok(Err(LookupError::NoRequestsLeft));
        }
        self.asked.lock().unwrap().push(question.into());
        let line = question.strip_prefix("lines ").and_then(|rest| rest.split_once('-')?.0.parse().ok());
        let finding = Finding { outcome: LookupOutcome::Found, ..Finding::failed("") };
        Ok(Ok(Finding { citations: line.map(|line| self.place(line)).into_iter().collect(), ..finding }))
    }

    fn requests_left(&self) -> u32 {
        self.requests.saturating_sub(u32::try_from(self.asked.lock().unwrap().len()).unwrap())
    }
}

#[derive(Clone, Default)]
struct Paper {
    messages: Vec<Arc<Message>>,
    citations: Vec<SpokenCitation>,
}

impl Chat for Paper {
    fn topic(&self) -> String {
        "How many?".into()
    }

    fn briefing(&self) -> String {
        "Say how many there are.".into()
    }

    fn members(&self) -> Vec<ChatMember> {
        let member = |text: &str, role| ChatMember { name: name(text), role, tagline: String::new() };
        vec![member("ada", Role::Worker), member("grace", Role::Worker), member("judge", Role::Judge)]
    }

    fn recall(&self, which: &Filter) -> Vec<Arc<Message>> {
        self.messages.iter().filter(|message| which.matches(message)).cloned().collect()
    }

    fn state_of_debate(&self) -> Option<String> {
        None
    }

    fn interventions(&self) -> Vec<Noted> {
        Vec::new()
    }

    fn citations(&self) -> Vec<SpokenCitation> {
        self.citations.clone()
    }
}

#[derive(Default)]
struct Scripted {
    answers: Mutex<VecDeque<Result<(String, &'static str), ModelError>>>,
    asked: Mutex<Vec<Completion>>,
}

#[async_trait::async_trait]
impl Models for Scripted {
    async fn complete(&self, request: Completion) -> Result<Result<CompletionReply, ModelError>, Suspended> {
        self.asked.lock().unwrap().push(request);
        let answer = self.answers.lock().unwrap().pop_front();
        let answer = answer.unwrap_or_else(|| Err(ModelError::Other("nothing was expected".into())));
        Ok(answer.map(|(text, finish)| CompletionReply {
            text,
            model: "scripted".into(),
            finish: finish.into(),
            usage: Usage::default(),
            cost: MicroUsd(0),
        }))
    }

    fn count_tokens(&self, text: &str) -> u32 {
        u32::try_from(text.len()).unwrap()
    }
}
