//! The part of a debate that the next step depends on: bounded by the number of members, never by the length of the debate, so that
//! deciding works on a copy of it.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use amatelier_types::{FailureKind, MemberName, MessageKind, Phase, Role, Turn};

use crate::{
    Action, ActionId, Asked, Called, Caps, Duty, Ending, Event, HeldAnswer, Moderation, Notebook, Scores,
    Seat, Setup, Spent, StopReason, Task, WordSet, draw::shuffle, jaccard, lookups::Lookups,
    scoring::Scoring, speech::one_line,
};

/// Failures in a row that bench a member (rules §1).
const STRIKES: u32 = 2;
/// From this similarity on a speech says nothing new (rules §1).
const REPEATED: f64 = 0.9;
/// Lines that the index keeps, the newest ones.
const INDEX_LINES: usize = 40;
/// How much of a contribution stands in the index, in characters (§5.3 of the facts).
const INDEX_CHARS: usize = 80;

/// Where the debate stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Step {
    /// Opened, nothing begun.
    Opening,
    /// Workers are called.
    Turns(Turns),
    /// The judge rules.
    Gate {
        /// Whether it has.
        ruled: bool,
    },
    /// The judge sums up.
    Summary {
        /// Whether it has.
        written: bool,
    },
    /// The rubric marks.
    Scoring(Scoring),
    /// Nothing is left to do.
    Over,
}

/// A phase in which workers are called.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Turns {
    pub phase: Phase,
    /// Who was to be called when the phase began.
    pub order: Vec<MemberName>,
    /// Who still is.
    pub queue: VecDeque<MemberName>,
    /// Turns each has had in this phase.
    pub taken: BTreeMap<MemberName, u32>,
    /// Answers that wait for their place, where turns run side by side.
    pub held: BTreeMap<ActionId, (HeldAnswer, Spent, Vec<Asked>)>,
    /// Who asked instead of speaking in this phase.
    pub deferred: BTreeSet<MemberName>,
    /// Turns that ended, and how many of them through the host's fault.
    pub ended: u32,
    pub host_faults: u32,
    /// From 1; more when the phase had to begin again.
    pub attempt: u32,
}

/// An action that was started and has not ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Open {
    pub called: Called,
    pub duty: Duty,
    pub member: MemberName,
}

/// See the module's documentation.
#[derive(Clone, Debug)]
pub(crate) struct Table {
    pub step: Step,
    pub round: u32,
    pub paused: bool,
    pub next_seq: u32,
    pub seating: Vec<MemberName>,
    pub floor_left: BTreeMap<MemberName, u32>,
    pub strikes: BTreeMap<MemberName, u32>,
    pub benched: BTreeSet<MemberName>,
    pub halted: BTreeSet<MemberName>,
    /// From whom the operator took the word.
    pub muted: BTreeSet<MemberName>,
    pub lookups: Lookups,
    pub caps: Caps,
    /// Notebooks of members that have any notes.
    pub notebooks: BTreeMap<MemberName, Notebook>,
    /// Whether a model may see what the Steward looks up.
    pub assisted: bool,
    pub gates_left: u32,
    pub open: BTreeMap<ActionId, Open>,
    /// The last message the judge has dealt with, and the last contribution there is.
    pub moderated_to: u32,
    pub last_contribution: u32,
    /// Each worker's last contribution, and whether anybody said something new in this round's speak and rebuttal.
    pub last_words: BTreeMap<MemberName, WordSet>,
    pub anything_new: bool,
    /// This round's newest contributions, for the index, and how many are not in it.
    pub index: VecDeque<String>,
    pub index_left_out: u32,
    pub speakers: Vec<MemberName>,
    /// Whether the first scoring is a double one, how many there were, and whose marks settle the debate.
    double_score: bool,
    scorings: u32,
    pub official: Option<String>,
}

/// What members noted in debates before.
fn notebooks(setup: &Setup) -> BTreeMap<MemberName, Notebook> {
    let noted = setup.seats().filter(|seat| !seat.pinned.notebook.is_empty());
    noted.map(|seat| (seat.name.clone(), seat.pinned.notebook.clone())).collect()
}

impl Table {
    pub(crate) fn new(setup: &Setup) -> Self {
        let mut seating: Vec<MemberName> = setup.workers.iter().map(|seat| seat.name.clone()).collect();
        shuffle(&mut seating, setup.seed, "seating");
        if let Some(place) = seating.iter().position(|name| Some(name) == setup.first_speaker.as_ref()) {
            let first = seating.remove(place);
            seating.insert(0, first);
        }
        Table {
            step: Step::Opening,
            round: 0,
            paused: false,
            next_seq: 1,
            floor_left: seating.iter().map(|name| (name.clone(), setup.floor_turns(name))).collect(),
            seating,
            strikes: BTreeMap::new(),
            benched: BTreeSet::new(),
            halted: BTreeSet::new(),
            muted: BTreeSet::new(),
            lookups: Lookups::new(setup),
            caps: setup.rules.caps,
            notebooks: notebooks(setup),
            assisted: setup.steward.as_ref().is_some_and(|steward| steward.assisted),
            gates_left: setup.rules.gate_bonuses,
            open: BTreeMap::new(),
            moderated_to: 0,
            last_contribution: 0,
            last_words: BTreeMap::new(),
            anything_new: false,
            index: VecDeque::new(),
            index_left_out: 0,
            speakers: Vec::new(),
            double_score: setup.rules.double_score,
            scorings: 0,
            official: None,
        }
    }

    /// The phase messages are posted in now.
    pub(crate) fn phase(&self) -> Phase {
        match &self.step {
            Step::Opening => Phase::Opening,
            Step::Turns(turns) => turns.phase,
            Step::Gate { .. } => Phase::Gate,
            Step::Summary { .. } | Step::Scoring(_) | Step::Over => Phase::Summary,
        }
    }

    /// Who is called in a phase of a round, in order: seating rotated by one place a round, reversed for rebuttals, without those who
    /// are benched, halted, or out of floor budget.
    pub(crate) fn order(&self, phase: Phase, round: u32) -> Vec<MemberName> {
        let mut order = self.seating.clone();
        if !order.is_empty() {
            let places = round.saturating_sub(1) as usize % order.len();
            order.rotate_left(places);
        }
        order.retain(|name| !self.benched.contains(name) && !self.muted.contains(name));
        match phase {
            Phase::Rebuttal => order.reverse(),
            Phase::Floor => order.retain(|name| self.floor_left.get(name).is_some_and(|left| *left > 0)),
            Phase::Research | Phase::Speak => return order,
            Phase::Opening | Phase::Gate | Phase::Summary => return Vec::new(),
        }
        order.retain(|name| !self.halted.contains(name));
        order
    }

    /// The last message the judge has dealt with, when it is to moderate now.
    pub(crate) fn moderation_due(&self, policy: Moderation) -> Option<u32> {
        let Step::Turns(turns) = &self.step else { return None };
        let due = match policy {
            Moderation::GateOnly => false,
            Moderation::PerMessage => turns.phase != Phase::Research,
            Moderation::PerPhase => {
                matches!(turns.phase, Phase::Speak | Phase::Rebuttal) && turns.queue.is_empty()
            }
        };
        (due && self.last_contribution > self.moderated_to).then_some(self.moderated_to)
    }

    /// Why the debate cannot go on, if so.
    pub(crate) fn abort_reason(&self, setup: &Setup) -> Option<String> {
        let workers = setup.workers.len();
        let benched = self.benched.iter().filter(|name| setup.is_worker(name)).count();
        if self.benched.contains(&setup.judge.name) {
            Some(format!("the judge, {}, is benched", setup.judge.name))
        } else if benched * 2 > workers {
            Some(format!("{benched} of {workers} workers are benched"))
        } else {
            None
        }
    }

    /// Whether nobody at the table is heard any more.
    pub(crate) fn is_closed(&self) -> bool {
        matches!(self.step, Step::Scoring(_) | Step::Over)
    }

    /// Whether nobody who was called in a phase got through to a provider. One worker of several says nothing about the others'
    /// providers: a floor that only one has budget for goes on without it.
    pub(crate) fn is_unanswered(&self, turns: &Turns) -> bool {
        let others = self.seating.iter().filter(|name| !self.benched.contains(name)).count();
        let few = turns.phase == Phase::Floor && turns.taken.len() < others.min(2);
        turns.ended > 0 && turns.host_faults == turns.ended && !few
    }

    /// Whether the operator took the word from every worker who could have it.
    pub(crate) fn is_silent(&self) -> bool {
        self.seating.iter().all(|name| self.muted.contains(name) || self.benched.contains(name))
    }

    /// Whether a worker may ask instead of speaking: once in a speak phase.
    pub(crate) fn may_defer(&self, member: &MemberName) -> bool {
        let Step::Turns(turns) = &self.step else { return false };
        turns.phase == Phase::Speak && !turns.deferred.contains(member)
    }

    /// What should be happening now: all lookups, and what is due unless its member waits for a finding.
    pub(crate) fn actions(&self, setup: &Setup) -> Vec<Action> {
        if self.paused {
            return Vec::new();
        }
        let due = self.due(setup).into_iter().filter(|action| !self.lookups.waits(&action.member));
        self.lookups.actions().chain(due).collect()
    }

    /// What the members owe the debate now, whether or not they can do it yet.
    pub(crate) fn due(&self, setup: &Setup) -> Vec<Action> {
        if self.paused {
            return Vec::new();
        }
        let round = self.round;
        let judge = |path: String, attempt, task| {
            vec![Action { id: ActionId::new(path, attempt), member: setup.judge.name.clone(), task }]
        };
        if let (Some(after), Step::Turns(turns)) = (self.moderation_due(setup.rules.moderation), &self.step) {
            let phase = turns.phase;
            let path = format!("r{round}/moderate/{phase}/{}", self.last_contribution);
            return judge(path, turns.attempt, Task::Moderate { phase, after });
        }
        match &self.step {
            Step::Turns(turns) if turns.phase == Phase::Research => {
                let all = turns.queue.iter().map(|name| self.turn(setup, turns, name));
                all.filter(|action| !turns.held.contains_key(&action.id)).collect()
            }
            Step::Turns(turns) => {
                turns.queue.front().map(|name| self.turn(setup, turns, name)).into_iter().collect()
            }
            Step::Gate { ruled: false } => {
                judge(format!("r{round}/gate"), 1, Task::Rule { round, max_rounds: setup.rules.max_rounds })
            }
            Step::Summary { written: false } => {
                judge(format!("r{round}/summary"), 1, Task::Summarise { round })
            }
            Step::Scoring(scoring) => scoring.actions(setup),
            Step::Opening | Step::Gate { ruled: true } | Step::Summary { written: true } | Step::Over => {
                Vec::new()
            }
        }
    }

    pub(crate) fn turn(&self, setup: &Setup, turns: &Turns, name: &MemberName) -> Action {
        let (phase, round) = (turns.phase, self.round);
        let place = turns.order.iter().position(|other| other == name).unwrap_or_default();
        let path = match turns.taken.get(name) {
            Some(taken) if *taken > 0 => format!("r{round}/{phase}/{name}/{}", taken + 1),
            _ => format!("r{round}/{phase}/{name}"),
        };
        let task = Task::Turn(Turn {
            phase,
            round,
            max_rounds: setup.rules.max_rounds,
            position: place as u32 + 1,
            of: turns.order.len() as u32,
            floor_turns_left: self.floor_left.get(name).copied().unwrap_or_default(),
        });
        Action { id: ActionId::new(path, turns.attempt), member: name.clone(), task }
    }

    /// Take an event in. Total: an event that makes no sense here changes nothing.
    pub(crate) fn apply(&mut self, event: &Event) {
        self.lookups.apply(event);
        match event {
            Event::PhaseBegan { round, phase, order, attempt } => self.begin(*round, *phase, order, *attempt),
            Event::TurnCalled { action, member, component, heard, ledger, duty, rights, .. } => {
                let called = Called {
                    component: *component,
                    heard: *heard,
                    ledger: *ledger,
                    rights: rights.clone(),
                    is_curtailed: false,
                };
                let (duty, member) = (*duty, member.clone());
                self.open.insert(action.clone(), Open { called, duty, member });
            }
            Event::RightsCurtailed { action, rights, .. } => {
                if let Some(open) = self.open.get_mut(action) {
                    (open.called.rights, open.called.is_curtailed) = (Some(rights.clone()), true);
                }
            }
            Event::MessagePosted(posted) => self.hear(&posted.message),
            Event::TurnFinished { action, member, ending, .. } => self.finish(action, member, *ending),
            Event::GateGiven { .. } => self.gates_left = self.gates_left.saturating_sub(1),
            Event::MemberHalted { member, .. } => {
                self.halted.insert(member.clone());
            }
            Event::MemberBenched { member, .. } => {
                self.benched.insert(member.clone());
            }
            Event::RoundtablePaused { .. } => self.paused = true,
            Event::RoundtableResumed { .. } => self.paused = false,
            Event::RoundtableClosed { stop, .. } => {
                self.open.clear();
                self.paused = false;
                self.step = Step::Over;
                if stop.reason != StopReason::Aborted {
                    self.score(None, true, self.double_score);
                }
            }
            Event::ScoringOpened { rubric, official, double, .. } => {
                self.open.clear();
                self.score(Some(rubric.clone()), *official, *double);
            }
            Event::ScoresRefused { why, ballot } => {
                if let Step::Scoring(scoring) = &mut self.step {
                    scoring.refused(*ballot, why);
                }
            }
            Event::BallotCast { ballot, scores } => self.cast(*ballot, Ok(scores.clone())),
            Event::BallotSpoilt { ballot, why } => self.cast(*ballot, Err(why.clone())),
            Event::Scored { scores, official, .. } => {
                self.step = Step::Over;
                if *official {
                    self.official = Some(scores.rubric.clone());
                }
            }
            Event::Unscored { .. } => self.step = Step::Over,
            Event::AnswerHeld { action, answer, spent, asked, .. } => {
                if let Step::Turns(turns) = &mut self.step {
                    turns.held.insert(action.clone(), (answer.clone(), *spent, asked.clone()));
                }
            }
            Event::MemberPreferred { member } => self.prefer(member),
            Event::MemberMuted { member, muted } => self.mute(member, *muted),
            Event::CapsSet { caps, .. } => self.caps = *caps,
            Event::NotesKept { member, notes } => {
                let own = self.notebooks.entry(member.clone()).or_default();
                for (key, note) in notes {
                    match note {
                        Some(note) => drop(own.insert(key.clone(), note.clone())),
                        None => drop(own.remove(key)),
                    }
                }
            }
            Event::ConsentSet { assisted, .. } => self.assisted = *assisted,
            Event::RoundtableOpened { .. }
            | Event::GateRuled { .. }
            | Event::MemberRedirected { .. }
            | Event::MemberSanctioned { .. }
            | Event::Remarked { .. }
            | Event::LookupAsked { .. }
            | Event::LookupAnswered { .. }
            | Event::FindingGiven { .. }
            | Event::VentureProposed { .. } => {}
        }
    }

    fn score(&mut self, rubric: Option<Box<Seat>>, official: bool, double: bool) {
        self.scorings += 1;
        self.step = Step::Scoring(Scoring::new(self.scorings, rubric, official, double));
    }

    fn cast(&mut self, ballot: u32, marks: Result<Scores, String>) {
        if let Step::Scoring(scoring) = &mut self.step {
            scoring.ended(ballot, marks);
        }
    }

    fn begin(&mut self, round: u32, phase: Phase, order: &[MemberName], attempt: u32) {
        if phase == Phase::Speak && attempt == 1 {
            self.halted.clear();
            self.index.clear();
            self.index_left_out = 0;
            self.speakers.clear();
            self.anything_new = false;
        }
        self.round = round;
        self.step = match phase {
            Phase::Gate => Step::Gate { ruled: false },
            Phase::Summary | Phase::Opening => Step::Summary { written: false },
            Phase::Research | Phase::Speak | Phase::Rebuttal | Phase::Floor => Step::Turns(Turns {
                phase,
                order: order.to_vec(),
                queue: order.iter().cloned().collect(),
                taken: BTreeMap::new(),
                held: BTreeMap::new(),
                deferred: BTreeSet::new(),
                ended: 0,
                host_faults: 0,
                attempt,
            }),
        };
    }

    fn hear(&mut self, message: &amatelier_types::Message) {
        self.next_seq = message.seq + 1;
        if message.role != Role::Worker || message.kind != MessageKind::Speech {
            return;
        }
        self.last_contribution = message.seq;
        let (author, words) = (&message.author, WordSet::of(&message.text));
        if matches!(message.phase, Phase::Speak | Phase::Rebuttal) {
            let repeated = self.last_words.get(author).is_some_and(|last| jaccard(last, &words) >= REPEATED);
            self.anything_new |= !repeated;
        }
        self.last_words.insert(author.clone(), words);
        if self.index.len() == INDEX_LINES {
            self.index.pop_front();
            self.index_left_out += 1;
        }
        self.index.push_back(format!(
            "R{} {author}: {}",
            message.round,
            one_line(&message.text, INDEX_CHARS)
        ));
        if !self.speakers.contains(author) {
            self.speakers.push(author.clone());
        }
    }

    fn finish(&mut self, action: &ActionId, member: &MemberName, ending: Ending) {
        let Some(open) = self.open.remove(action) else { return };
        match ending {
            Ending::Failed(FailureKind::HostFault) => {}
            Ending::Failed(_) if open.duty == Duty::Lookup => {}
            Ending::Failed(_) => *self.strikes.entry(member.clone()).or_default() += 1,
            Ending::Done | Ending::Passed | Ending::Deferred => {
                self.strikes.remove(member);
            }
        }
        match (open.duty, &mut self.step) {
            (Duty::Turn, Step::Turns(turns)) => {
                turns.queue.retain(|name| name != member);
                turns.ended += 1;
                *turns.taken.entry(member.clone()).or_default() += 1;
                if ending == Ending::Failed(FailureKind::HostFault) {
                    turns.host_faults += 1;
                }
                if matches!(ending, Ending::Failed(_)) {
                    // A failure is neither a pass nor a repetition: it says nothing about whether there is more to say.
                    self.anything_new = true;
                }
                if ending == Ending::Deferred {
                    turns.deferred.insert(member.clone());
                    if !self.muted.contains(member) {
                        turns.queue.push_back(member.clone());
                    }
                }
                if turns.phase == Phase::Floor && ending == Ending::Done {
                    let left = self.floor_left.entry(member.clone()).or_default();
                    *left = left.saturating_sub(1);
                    if *left > 0 && !self.muted.contains(member) {
                        turns.queue.push_back(member.clone());
                    }
                }
            }
            (Duty::Moderate, _) => self.moderated_to = self.next_seq.saturating_sub(1),
            (Duty::Rule, Step::Gate { ruled }) => *ruled = true,
            (Duty::Summarise, Step::Summary { written }) => *written = true,
            _ => {}
        }
    }

    /// Let a worker speak next; one who is speaking now is not interrupted.
    fn prefer(&mut self, member: &MemberName) {
        let Step::Turns(turns) = &mut self.step else { return };
        let Some(place) = turns.queue.iter().position(|name| name == member) else { return };
        let head = turns.queue.front();
        let speaks = self.open.values().any(|open| open.duty == Duty::Turn && Some(&open.member) == head);
        if let Some(name) = turns.queue.remove(place) {
            turns.queue.insert(usize::from(speaks).min(turns.queue.len()), name);
        }
    }

    /// One who is speaking now is not interrupted.
    fn mute(&mut self, member: &MemberName, muted: bool) {
        if !muted {
            self.muted.remove(member);
            return;
        }
        self.muted.insert(member.clone());
        let Step::Turns(turns) = &mut self.step else { return };
        let speaks = self.open.values().any(|open| open.duty == Duty::Turn && open.member == *member);
        if !speaks && turns.phase != Phase::Research {
            turns.queue.retain(|name| name != member);
        }
    }

    /// Whether a member has failed too often.
    pub(crate) fn struck_out(&self, member: &MemberName) -> bool {
        self.strikes.get(member).is_some_and(|strikes| *strikes >= STRIKES)
    }
}
