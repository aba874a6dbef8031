//! A debate played by hand or by dice: setups, a driver that keeps the log, and answers.

#![allow(
    dead_code,
    unreachable_pub,
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "test support"
)]

use std::collections::BTreeMap;

use amatelier_debate::{
    Action, Answer, Ballot, Debate, Event, Outcome, Pinned, Rules, Seat, Setup, Spent, StewardSeat, Task,
};
use amatelier_types::{
    Axis, Citation, Failure, FailureKind, FileRead, Finding, Intervention, LookupOutcome, Mark, MemberName,
    Move, RegisteredFile, Role, RoundtableId, Scorecard, Seed, Sha256, Timestamp, Verdict,
};

pub fn name(text: &str) -> MemberName {
    text.parse().unwrap()
}

pub fn seat(text: &str, role: Role) -> Seat {
    Seat {
        name: name(text),
        role,
        tagline: String::new(),
        component: "scripted".into(),
        provider: "rehearsal".into(),
        label: "sonnet".into(),
        model: "rehearsal".into(),
        pinned: Pinned::default(),
    }
}

pub fn setup(workers: &[&str], seed: u64, rules: Rules) -> Setup {
    Setup {
        id: RoundtableId::from_random([1, 2, 3, 4, 5, 6]),
        topic: "Bridge or tunnel?".into(),
        briefing: "The river is 400 m wide.".into(),
        seed: Seed(seed),
        mode: "rehearsal".into(),
        workers: workers.iter().map(|worker| seat(worker, Role::Worker)).collect(),
        judge: seat("judge", Role::Judge),
        rubric: Some(seat("rubric", Role::Rubric)),
        steward: None,
        first_speaker: None,
        store: Vec::new(),
        extras: BTreeMap::new(),
        rules,
        notices: vec![],
        opened_at: Timestamp(0),
    }
}

/// The same with a Steward, who has one file.
pub fn grounded(workers: &[&str], seed: u64, rules: Rules) -> Setup {
    let file = RegisteredFile {
        name: "river.csv".into(),
        bytes: 12,
        device: 1,
        inode: 2,
        sha256: Sha256::of(b"river"),
    };
    let steward = StewardSeat {
        root: "/briefings".into(),
        files: vec![file],
        assisted: true,
        provider: "rehearsal".into(),
        label: "haiku".into(),
        model: "rehearsal".into(),
        labels: vec!["haiku".into(), "sonnet".into()],
        public: false,
    };
    Setup { steward: Some(steward), ..setup(workers, seed, rules) }
}

/// What the Steward says about everything.
pub fn finding(question: &str) -> Finding {
    let citation = Citation {
        file: "river.csv".into(),
        first_line: 3,
        last_line: 4,
        text: "width,400".into(),
        sha256: Sha256::of(b"river"),
    };
    Finding {
        text: format!("{question}: 400 m (river.csv:3-4)"),
        citations: vec![citation],
        files: vec![FileRead { name: "river.csv".into(), bytes: 12, sha256: Sha256::of(b"river") }],
        struck: vec![],
        looked_at: vec![],
        outcome: LookupOutcome::Found,
        assisted: false,
        model: None,
        rounds: 0,
    }
}

/// A debate and the log it came from.
pub struct Played {
    pub debate: Debate,
    pub log: Vec<Event>,
    pub clock: i64,
}

impl Played {
    pub fn open(setup: Setup) -> Self {
        let (debate, log) = Debate::open(setup);
        Played { debate, log, clock: 0 }
    }

    pub fn tell(&mut self, outcome: Outcome) {
        let events = self.debate.decide(outcome);
        events.iter().for_each(|event| self.debate.apply(event));
        self.log.extend(events);
    }

    pub fn now(&mut self) -> Timestamp {
        self.clock += 1000;
        Timestamp(self.clock)
    }

    pub fn call(&mut self, action: &Action) {
        let at = self.now();
        self.tell(Outcome::Called {
            action: action.id.clone(),
            component: Some(Sha256::of(b"component")),
            ledger: 0,
            rights: None,
            at,
        });
    }

    pub fn end(&mut self, action: &Action, answer: Result<Answer, Failure>) {
        let at = self.now();
        self.tell(Outcome::Ended {
            action: action.id.clone(),
            answer,
            spent: Spent::default(),
            asked: vec![],
            at,
        });
    }

    /// Call the one next action and answer it.
    pub fn play(&mut self, answer: impl FnOnce(&Action) -> Result<Answer, Failure>) -> Action {
        let action = self.debate.next().into_iter().next().unwrap();
        self.call(&action);
        let answer = answer(&action);
        self.end(&action, answer);
        action
    }

    /// Play with the same answers until an action whose id starts so would come; to the end, with an empty one.
    pub fn play_until(&mut self, id: &str, mut answer: impl FnMut(&Action) -> Result<Answer, Failure>) {
        while let Some(action) = self.debate.next().into_iter().next() {
            if !id.is_empty() && action.id.as_str().starts_with(id) {
                return;
            }
            self.play(&mut answer);
        }
    }

    pub fn texts(&self) -> Vec<&str> {
        self.debate.transcript().iter().map(|posted| posted.message.text.as_str()).collect()
    }

    pub fn turns_called(&self) -> Vec<&str> {
        let called = self.log.iter().filter_map(|event| match event {
            Event::TurnCalled { action, .. } => Some(action.as_str()),
            _ => None,
        });
        called.collect()
    }
}

pub fn failure(kind: FailureKind) -> Failure {
    Failure::new(kind, "as the test wants it")
}

/// An agreeable answer of the right kind: speeches never repeat, the judge goes on, marks are on the scale.
pub fn plain(action: &Action) -> Result<Answer, Failure> {
    Ok(match &action.task {
        Task::Turn(turn) => Answer::Moved(Move::Say(format!(
            "{} {} {} holds {}",
            action.member, turn.phase, turn.round, action.id
        ))),
        Task::Moderate { .. } => Answer::Moderated(vec![]),
        Task::Rule { .. } => Answer::Ruled(Verdict::Proceed("the numbers".into())),
        Task::Summarise { round } => Answer::Summarised(format!("state after {round}")),
        Task::Lookup { question, .. } => Answer::Found(Box::new(finding(question))),
        Task::Score { labels, .. } => Answer::Scored(ballot(&labels.labels(), 2)),
    })
}

pub fn ballot(members: &[MemberName], value: u32) -> Ballot {
    let axis = Axis {
        id: "impact".into(),
        name: "Impact".into(),
        description: String::new(),
        scale: vec![0, 1, 2, 3, 10],
    };
    let card = |member: &MemberName| Scorecard {
        member: member.to_string(),
        marks: vec![Mark { axis: "impact".into(), value, because: "said so".into(), evidence: Vec::new() }],
        insights: vec![],
    };
    Ballot { axes: vec![axis], cards: members.iter().map(card).collect() }
}

pub fn intervene(interventions: Vec<Intervention>) -> Result<Answer, Failure> {
    Ok(Answer::Moderated(interventions))
}

pub type Counts = BTreeMap<MemberName, u32>;
