//! A whole debate, played the way the host plays one: who speaks when, who hears what, which facts come with a call.

use std::sync::{Arc, Mutex};

use amatelier_llm::{CallFacts, Provider, Purpose, Reply, Request, Stopped, Wire, rehearsal::Rehearsal};
use amatelier_types::{MemberName, Message, MessageKind, Phase, Role, Seed};
use futures_util::FutureExt as _;
use serde_json::Value;

pub(crate) const TEAM: &[(&str, &str)] = &[
    ("elena", "synthesis and architecture"),
    ("marcus", "challenge and exploit detection"),
    ("clare", "concise structure"),
    ("simon", "triage and sequencing"),
    ("naomi", "cross-model blind spots"),
];

/// What the caller of a provider sees of it.
#[derive(Default)]
pub(crate) struct Ear {
    pub(crate) announced: Mutex<Vec<u32>>,
    pub(crate) text: Mutex<String>,
    pub(crate) failed: Mutex<Vec<String>>,
    pub(crate) stops: bool,
}

#[async_trait::async_trait]
impl Wire for Ear {
    async fn before_request(&self, n: u32) -> Result<(), Stopped> {
        self.announced.lock().unwrap().push(n);
        if self.stops { Err(Stopped("enough".into())) } else { Ok(()) }
    }

    fn response_id(&self, _: u32, id: &str) {
        panic!("the rehearsal has no ids, not even {id}");
    }

    fn text(&self, _: u32, piece: &str) {
        self.text.lock().unwrap().push_str(piece);
    }

    fn request_failed(&self, _: u32, why: &str) {
        self.failed.lock().unwrap().push(why.into());
    }
}

pub(crate) fn request(facts: CallFacts, schema: Option<Value>) -> Request {
    Request {
        model: "haiku".into(),
        system: "Ignored.".into(),
        messages: Vec::new(),
        max_tokens: 4000,
        temperature: None,
        effort: None,
        stop: Vec::new(),
        schema,
        tools: Vec::new(),
        facts: Arc::new(facts),
    }
}

/// Asks. The rehearsal never waits, so its future is ready at once.
pub(crate) fn ask(request: &Request, ear: &Ear) -> Result<Reply, amatelier_llm::Error> {
    Rehearsal.complete(request, ear).now_or_never().expect("the rehearsal waits for nothing")
}

/// A debate being played.
pub(crate) struct Debate {
    pub(crate) seed: Seed,
    pub(crate) topic: String,
    pub(crate) briefing: String,
    pub(crate) workers: Vec<(MemberName, String)>,
    pub(crate) max_rounds: u32,
    pub(crate) messages: Vec<Arc<Message>>,
    pub(crate) converged: Option<u32>,
}

impl Debate {
    pub(crate) fn new(topic: &str, briefing: &str, seed: u64) -> Self {
        Self::of(TEAM, topic, briefing, seed)
    }

    pub(crate) fn of(team: &[(&str, &str)], topic: &str, briefing: &str, seed: u64) -> Self {
        Debate {
            seed: Seed(seed),
            topic: topic.into(),
            briefing: briefing.into(),
            workers: team
                .iter()
                .map(|(name, tagline)| (name.parse().unwrap(), (*tagline).to_owned()))
                .collect(),
            max_rounds: 3,
            messages: Vec::new(),
            converged: None,
        }
    }

    /// Plays the first speeches only.
    pub(crate) fn open(mut self) -> Self {
        self.phase(1, Phase::Speak, (0..self.workers.len()).collect());
        self
    }

    /// Plays all of it.
    pub(crate) fn play(mut self) -> Self {
        let mut budgets = vec![3; self.workers.len()];
        self.phase(0, Phase::Research, (0..self.workers.len()).collect());
        for round in 1..=self.max_rounds {
            // The first speaker moves to the end after every round.
            let first = (round as usize - 1) % self.workers.len();
            let seating: Vec<usize> =
                (0..self.workers.len()).map(|seat| (seat + first) % self.workers.len()).collect();
            self.phase(round, Phase::Speak, seating.clone());
            self.moderate(round, Phase::Speak);
            self.phase(round, Phase::Rebuttal, seating.iter().rev().copied().collect());
            self.moderate(round, Phase::Rebuttal);
            let ruling = self.judge(round, Phase::Gate, Purpose::Rule, None);
            let is_converged = ruling.starts_with("CONVERGED: ");
            assert!(is_converged || ruling.starts_with("CONTINUE: "), "{ruling}");
            self.post("judge", Role::Judge, round, Phase::Gate, MessageKind::Verdict, &ruling);
            if is_converged {
                self.converged = Some(round);
                break;
            }
            let mut floor: Vec<usize> = seating.clone();
            while !floor.is_empty() {
                floor.retain(|worker| budgets[*worker] > 0);
                let mut still = Vec::new();
                for worker in floor {
                    if self.turn(worker, round, Phase::Floor, 1) {
                        budgets[worker] -= 1;
                        still.push(worker);
                    }
                }
                floor = still;
            }
            let state = self.judge(round, Phase::Summary, Purpose::Summarise, None);
            self.post("judge", Role::Judge, round, Phase::Summary, MessageKind::Summary, &state);
        }
        self
    }

    fn phase(&mut self, round: u32, phase: Phase, order: Vec<usize>) {
        for (position, worker) in order.into_iter().enumerate() {
            self.turn(worker, round, phase, position as u32 + 1);
        }
    }

    /// One turn; false for a pass.
    fn turn(&mut self, worker: usize, round: u32, phase: Phase, position: u32) -> bool {
        let (name, tagline) = self.workers[worker].clone();
        let mut facts = self.facts(name.clone(), Role::Worker, Purpose::Speak, round, phase);
        facts.tagline = tagline;
        facts.position = position;
        let ear = Ear::default();
        let reply = ask(&request(facts, None), &ear).unwrap();
        assert_eq!(*ear.text.lock().unwrap(), reply.text);
        let speaks = reply.text != "PASS";
        let kind = if speaks { MessageKind::Speech } else { MessageKind::Pass };
        self.post(name.as_str(), Role::Worker, round, phase, kind, &reply.text);
        speaks
    }

    fn moderate(&mut self, round: u32, phase: Phase) {
        let said = self.judge(round, phase, Purpose::Moderate, None);
        for line in said.lines().filter(|line| *line != "PASS") {
            let posted = match line.split_once(' ') {
                Some(("REDIRECT", rest)) => {
                    let (name, reason) = rest.split_once(": ").unwrap();
                    self.check_worker(name);
                    format!("REDIRECT: {name} — {reason}")
                }
                Some(("GATE:", rest)) => {
                    let (name, _) = rest.split_once(" — ").unwrap();
                    self.check_worker(name);
                    line.to_owned()
                }
                Some(("REMARK:", _)) => line.to_owned(),
                _ => panic!("unknown intervention: {line}"),
            };
            self.post("judge", Role::Judge, round, phase, MessageKind::Intervention, &posted);
        }
    }

    fn check_worker(&self, name: &str) {
        assert!(self.workers.iter().any(|(worker, _)| worker.as_str() == name), "{name}");
    }

    pub(crate) fn judge(&self, round: u32, phase: Phase, purpose: Purpose, schema: Option<Value>) -> String {
        let facts = self.facts("judge".parse().unwrap(), Role::Judge, purpose, round, phase);
        ask(&request(facts, schema), &Ear::default()).unwrap().text
    }

    pub(crate) fn facts(
        &self,
        member: MemberName,
        role: Role,
        purpose: Purpose,
        round: u32,
        phase: Phase,
    ) -> CallFacts {
        let hears = |message: &&Arc<Message>| {
            purpose == Purpose::Score
                || message.round == round
                || (message.round + 1 == round && message.kind == MessageKind::Speech)
        };
        let turn = format!("turn/{round}/{phase}/{member}/{}/{purpose:?}", self.messages.len());
        CallFacts {
            member,
            role,
            tagline: String::new(),
            purpose,
            phase,
            round,
            max_rounds: self.max_rounds,
            position: 1,
            topic: self.topic.clone(),
            briefing: self.briefing.clone(),
            files: Vec::new(),
            purse: None,
            workers: self.workers.iter().map(|(name, _)| name.clone()).collect(),
            heard: self.messages.iter().filter(hears).cloned().collect(),
            debate_seed: self.seed,
            turn_seed: self.seed.derive(&turn),
            call: 1,
        }
    }

    fn post(&mut self, author: &str, role: Role, round: u32, phase: Phase, kind: MessageKind, text: &str) {
        let seq = self.messages.len() as u32 + 1;
        let author = author.parse().unwrap();
        self.messages.push(Arc::new(Message {
            seq,
            round,
            phase,
            author,
            role,
            kind,
            to: None,
            text: text.into(),
        }));
    }

    pub(crate) fn speeches(&self) -> impl Iterator<Item = &Message> {
        self.messages.iter().map(AsRef::as_ref).filter(|message| message.kind == MessageKind::Speech)
    }

    pub(crate) fn of_kind(&self, kind: MessageKind) -> impl Iterator<Item = &Message> {
        self.messages.iter().map(AsRef::as_ref).filter(move |message| message.kind == kind)
    }

    pub(crate) fn transcript(&self) -> String {
        self.messages
            .iter()
            .map(|m| format!("[{} r{} {} {}] {}: {}\n\n", m.seq, m.round, m.phase, m.kind, m.author, m.text))
            .collect()
    }
}
