//! A debate to look at in tests: everything that a story can hold happens in it, once, and some of it is malicious.

use amatelier_debate::{
    CheckedCard, Duty, Ending, Event, PauseReason, Pinned, Posted, Rules, Scores, Seat, Setup, Spent, Stop,
    StopReason, VentureTier,
};
use amatelier_engine::Happening;
use amatelier_types::{
    Axis, FailureKind, Mark, MemberName, Message, MessageKind, Phase, Role, RoundtableId, Seed, Sha256,
    Timestamp, Usage,
};

/// Writes the happenings of a debate; each takes five seconds.
pub(crate) struct Sample {
    pub happened: Vec<Happening>,
    seq: u32,
    round: u32,
    phase: Phase,
    clock: i64,
}

pub(crate) fn name(name: &str) -> MemberName {
    name.parse().unwrap()
}

fn seat(member: &str, role: Role) -> Seat {
    Seat {
        name: name(member),
        role,
        tagline: String::new(),
        component: "classic".into(),
        provider: "rehearsal".into(),
        label: "sonnet".into(),
        model: "rehearsal".into(),
        pinned: Pinned::default(),
    }
}

impl Sample {
    /// A debate that was opened.
    pub(crate) fn open() -> Self {
        let setup = Setup {
            id: RoundtableId::from_random([1, 2, 3, 4, 5, 6]),
            topic: "Bridge\x1b[2J or tunnel?".into(),
            briefing: "# The river\n\nIt is 400 m wide.".into(),
            seed: Seed(4),
            mode: "rehearsal".into(),
            workers: vec![seat("elena", Role::Worker), seat("marcus", Role::Worker)],
            judge: seat("judge", Role::Judge),
            rubric: Some(seat("rubric", Role::Rubric)),
            steward: None,
            first_speaker: None,
            store: Vec::new(),
            extras: std::collections::BTreeMap::new(),
            rules: Rules::default(),
            notices: vec!["naomi is answered by the default provider".into()],
            opened_at: Timestamp(0),
        };
        let briefing = format!("BRIEFING:\n\n{}", setup.briefing);
        let mut sample =
            Sample { happened: Vec::new(), seq: 0, round: 0, phase: Phase::Opening, clock: -5_000 };
        sample.event(Event::RoundtableOpened { setup: Box::new(setup) });
        sample.post("runner", Role::Runner, MessageKind::Briefing, &briefing);
        sample
    }

    pub(crate) fn event(&mut self, event: Event) -> &mut Self {
        let seq = self.happened.len() as u64 + 1;
        self.clock += 5_000;
        self.happened.push(Happening::Event { seq, event: Box::new(event) });
        self
    }

    pub(crate) fn phase(&mut self, round: u32, phase: Phase) -> &mut Self {
        (self.round, self.phase) = (round, phase);
        let order = vec![name("elena"), name("marcus")];
        self.event(Event::PhaseBegan { round, phase, order, attempt: 1 })
    }

    pub(crate) fn post(&mut self, author: &str, role: Role, kind: MessageKind, text: &str) -> &mut Self {
        self.post_to(author, role, kind, None, text)
    }

    pub(crate) fn post_to(
        &mut self,
        author: &str,
        role: Role,
        kind: MessageKind,
        to: Option<&str>,
        text: &str,
    ) -> &mut Self {
        self.seq += 1;
        let message = Message {
            seq: self.seq,
            round: self.round,
            phase: self.phase,
            author: name(author),
            role,
            kind,
            to: to.map(name),
            text: text.into(),
        };
        let at = Timestamp(self.clock + 5_000);
        self.event(Event::MessagePosted(Posted { message, at }))
    }

    pub(crate) fn says(&mut self, author: &str, text: &str) -> &mut Self {
        self.post(author, Role::Worker, MessageKind::Speech, text)
    }

    /// A member is called; its action is `path`.
    pub(crate) fn call(&mut self, path: &str, member: &str, duty: Duty) -> &mut Self {
        let action = serde_json::from_value(path.into()).unwrap();
        let at = Timestamp(self.clock + 5_000);
        let component = Sha256::of(b"component");
        self.event(Event::TurnCalled {
            action,
            member: name(member),
            duty,
            component: Some(component),
            heard: self.seq,
            ledger: 0,
            rights: None,
            at,
        })
    }

    pub(crate) fn finish(&mut self, path: &str, member: &str, ending: Ending) -> &mut Self {
        let action = serde_json::from_value(path.into()).unwrap();
        let usage = Usage { calls: 1, input_tokens: 1_000, output_tokens: 100, ..Usage::default() };
        let at = Timestamp(self.clock + 5_000);
        let spent = Spent { usage, ..Spent::default() };
        self.event(Event::TurnFinished { action, member: name(member), ending, spent, at })
    }

    pub(crate) fn text(&mut self, member: &str, text: &str) -> &mut Self {
        self.happened.push(Happening::Text { member: name(member), text: text.into() });
        self
    }

    pub(crate) fn close(&mut self) -> &mut Self {
        let stop = Stop { reason: StopReason::Converged, detail: "the tunnel is dearer".into() };
        self.event(Event::RoundtableClosed { stop, at: Timestamp(self.clock + 5_000) })
    }

    pub(crate) fn score(&mut self) -> &mut Self {
        let axis = |id: &str| Axis {
            id: id.into(),
            name: id.into(),
            description: String::new(),
            scale: vec![0, 1, 2, 3, 10],
        };
        let card = |member: &str, values: [u32; 2]| CheckedCard {
            member: name(member),
            marks: ["novelty", "impact"]
                .into_iter()
                .zip(values)
                .map(|(axis, value)| Mark {
                    axis: axis.into(),
                    value,
                    because: "it did".into(),
                    evidence: Vec::new(),
                })
                .collect(),
            insights: vec![],
        };
        let scores = Scores {
            rubric: "classic".into(),
            axes: vec![axis("novelty"), axis("impact")],
            cards: vec![card("elena", [2, 3]), card("marcus", [1, 1])],
            ballots: 1,
            notes: vec![],
        };
        self.event(Event::Scored { scores, official: true, at: Timestamp(self.clock + 5_000) })
    }
}

/// A first round, to the middle of the second, in which elena is speaking.
pub(crate) fn running() -> Sample {
    use MessageKind::{Control, Fault, Finding, Intervention, Note, Pass, Request, Summary, Verdict};
    use Role::{Judge, Runner, Steward, Worker};
    let mut sample = Sample::open();
    sample.post("runner", Runner, Control, "ROUND 1: begin\nBUDGET STATUS: elena=3, marcus=3");
    sample.phase(1, Phase::Speak).call("r1/speak/elena", "elena", Duty::Turn);
    sample.text("elena", "A bridge").text("elena", " is");
    sample
        .says(
            "elena",
            "A bridge is cheaper, and everybody can see it. \x1b[31mThe tunnel needs pumps\u{202e} for ever, \
             a crew that watches them, and a second way out; the river is four hundred metres wide.\n\nSo: a bridge.",
        )
        .finish("r1/speak/elena", "elena", Ending::Done);
    sample.post("marcus", Worker, Request, "[[request: count rows where kind == heavy in traffic.csv]]");
    let finding = "traffic.csv has 1204 rows where kind == heavy (lines 2 to 4100).\nlooked at: traffic.csv\nrow one\nrow two\nrow \
                   three\nrow four\nrow five";
    sample.post_to("steward", Steward, Finding, Some("marcus"), finding);
    sample.says("marcus", "Heavy traffic speaks for a tunnel.");
    sample.post("judge", Judge, Intervention, "GATE: marcus — brings a number");
    let seq = sample.seq;
    sample.event(Event::GateGiven { member: name("marcus"), reason: "brings a number".into(), seq });
    sample.post("judge", Judge, Intervention, "REDIRECT elena: stay with the costs");
    let seq = sample.seq;
    sample.event(Event::MemberRedirected {
        member: name("elena"),
        reason: "stay with the costs".into(),
        seq,
    });
    sample.phase(1, Phase::Rebuttal).post("marcus", Worker, Pass, "PASS");
    sample.post("runner", Runner, Fault, "TURN FAILED: elena — limit: CPU time");
    sample.finish("r1/rebuttal/elena", "elena", Ending::Failed(FailureKind::Limit));
    let seq = sample.seq;
    sample.event(Event::VentureProposed {
        member: name("elena"),
        tier: VentureTier::Scout,
        idea: "a ferry\x07 for the meantime".into(),
        seq,
    });
    sample.phase(1, Phase::Gate).post("judge", Judge, Verdict, "CONTINUE: what does the tunnel cost?");
    sample.post("runner", Runner, Note, "The gate for marcus earns no bonus: all of this debate's are given");
    sample.post("runner", Runner, Summary, "ROUND 1 SUMMARY:\nElena wants a bridge, Marcus a tunnel.");
    let at = Timestamp(sample.clock);
    sample.event(Event::RoundtablePaused { reason: PauseReason::Operator, at });
    sample.event(Event::RoundtableResumed { at });
    sample.happened.push(Happening::Note { text: "a component was replaced".into() });
    sample.phase(2, Phase::Speak).call("r2/speak/elena", "elena", Duty::Turn);
    sample.text("elena", "The pumps ").text("elena", "\x1b]0;pwned\x07alone");
    sample
}

/// The same debate to its end.
pub(crate) fn past() -> Sample {
    let mut sample = running();
    sample.says("elena", "The pumps alone cost more than the bridge.");
    sample.finish("r2/speak/elena", "elena", Ending::Done);
    sample.call("r2/gate", "judge", Duty::Rule);
    sample.post("judge", Role::Judge, MessageKind::Verdict, "CONVERGED: the tunnel is dearer");
    sample.finish("r2/gate", "judge", Ending::Done);
    sample.close().call("score", "rubric", Duty::Score).finish("score", "rubric", Ending::Done).score();
    sample
}
