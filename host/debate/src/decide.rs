//! What an outcome means: a draft applies each event to a copy of the table as it goes, so that every consequence is decided on the
//! state that the one before it left.

use amatelier_types::{
    Failure, FailureKind, MemberName, Message, MessageKind, Move, Phase, Role, Sha256, Timestamp, Verdict,
};

use crate::{
    Action, ActionId, Answer, Asked, CallRights, Debate, Duty, Ending, Event, HeldAnswer, Outcome,
    PauseReason, Posted, Setup, Spent, Stop, StopReason, Task, control,
    speech::{normalise, one_line},
    table::{Step, Table},
    tags,
};

/// The longest line a failure or a ruling takes in the transcript, in characters.
const LINE_CHARS: usize = 500;

/// Events in the making.
pub(crate) struct Draft<'a> {
    pub(crate) setup: &'a Setup,
    pub(crate) table: Table,
    pub(crate) debate: Option<&'a Debate>,
    events: Vec<Event>,
    /// The failure that this outcome brought, for the reason of a pause that follows from it.
    last_fault: String,
}

impl<'a> Draft<'a> {
    /// A draft on top of a debate as it is.
    pub(crate) fn of(debate: &'a Debate) -> Self {
        Draft {
            setup: debate.setup(),
            table: debate.table().clone(),
            debate: Some(debate),
            events: Vec::new(),
            last_fault: String::new(),
        }
    }

    /// The first events of a debate.
    pub(crate) fn opening(setup: &'a Setup) -> Vec<Event> {
        let mut draft = Draft {
            setup,
            table: Table::new(setup),
            debate: None,
            events: Vec::new(),
            last_fault: String::new(),
        };
        draft.push(Event::RoundtableOpened { setup: Box::new(setup.clone()) });
        draft.runner(MessageKind::Briefing, control::briefing(&setup.briefing), setup.opened_at);
        draft.advance(setup.opened_at);
        draft.events
    }

    /// What an outcome means.
    pub(crate) fn decide(mut self, outcome: Outcome) -> Vec<Event> {
        match outcome {
            Outcome::Called { action, component, ledger, rights, at } => {
                if let Some(called) = self.startable(&action) {
                    self.call(called, component, ledger, rights, at);
                }
            }
            Outcome::Curtailed { action, rights, at } => {
                if self.called_with(&action).is_some_and(|before| *before != rights) {
                    self.push(Event::RightsCurtailed { action, rights, at });
                }
            }
            Outcome::Ended { action, answer, spent, asked, at } => {
                if let Some(ended) = self.open_action(&action) {
                    self.end(ended, answer, spent, asked, at);
                    self.advance(at);
                }
            }
            Outcome::Noted { member, notes } if !notes.is_empty() => {
                self.push(Event::NotesKept { member, notes });
            }
            Outcome::Paused { reason, at } if self.is_running() => {
                self.push(Event::RoundtablePaused { reason, at })
            }
            Outcome::Resumed { at } if self.table.paused => {
                self.push(Event::RoundtableResumed { at });
                self.advance(at);
            }
            Outcome::Stopped { at } if self.is_running() || self.table.paused => {
                self.close(StopReason::Operator, "the operator stopped the debate".into(), at);
            }
            Outcome::Interjected { to, text, at } if !self.table.is_closed() => self.interject(to, &text, at),
            Outcome::Preferred { member, at } if self.is_running() => self.prefer(member, at),
            Outcome::Muted { member, muted, at } if !self.table.is_closed() => {
                self.mute(member, muted, at);
                self.advance(at);
            }
            Outcome::Rescored { rubric, official, double, at } if self.is_scorable() => {
                self.score_again(rubric, official, double, at);
            }
            Outcome::Capped { caps, at } => self.cap(caps, at),
            Outcome::Consented { assisted, at } => self.consent(assisted, at),
            Outcome::Noted { .. }
            | Outcome::Paused { .. }
            | Outcome::Resumed { .. }
            | Outcome::Stopped { .. }
            | Outcome::Interjected { .. }
            | Outcome::Preferred { .. }
            | Outcome::Muted { .. }
            | Outcome::Rescored { .. } => {}
        }
        self.events
    }

    pub(crate) fn push(&mut self, event: Event) {
        self.table.apply(&event);
        self.events.push(event);
    }

    /// Post a message; its `seq`.
    pub(crate) fn post(
        &mut self,
        author: MemberName,
        role: Role,
        kind: MessageKind,
        text: String,
        at: Timestamp,
    ) -> u32 {
        let (seq, round, phase) = (self.table.next_seq, self.table.round, self.table.phase());
        let message = Message { seq, round, phase, author, role, kind, to: None, text };
        self.push(Event::MessagePosted(Posted { message, at }));
        seq
    }

    pub(crate) fn note(&mut self, text: String, at: Timestamp) {
        self.runner(MessageKind::Note, text, at);
    }

    fn runner(&mut self, kind: MessageKind, text: String, at: Timestamp) {
        self.post(MemberName::runner(), Role::Runner, kind, text, at);
    }

    fn is_running(&self) -> bool {
        !self.table.paused && !self.table.is_closed()
    }

    fn startable(&self, id: &ActionId) -> Option<Action> {
        let action = self.table.actions(self.setup).into_iter().find(|action| action.id == *id)?;
        (!self.table.open.contains_key(id)).then_some(action)
    }

    fn open_action(&self, id: &ActionId) -> Option<Action> {
        let action = self.table.actions(self.setup).into_iter().find(|action| action.id == *id)?;
        self.table.open.contains_key(id).then_some(action)
    }

    /// The rights that an open action was called with, where it has its own.
    fn called_with(&self, id: &ActionId) -> Option<&CallRights> {
        self.table.open.get(id)?.called.rights.as_ref()
    }

    fn call(
        &mut self,
        action: Action,
        component: Option<Sha256>,
        ledger: u64,
        rights: Option<CallRights>,
        at: Timestamp,
    ) {
        if !matches!(action.task, Task::Lookup { .. } | Task::Score { .. }) {
            self.give(Some(&action.member), at);
        }
        if let Task::Turn(turn) = &action.task {
            self.runner(MessageKind::Control, control::your_turn(&action.member, turn), at);
        }
        let (heard, duty) = (self.table.next_seq.saturating_sub(1), action.task.duty());
        let Action { id: action, member, .. } = action;
        self.push(Event::TurnCalled { action, member, duty, component, heard, ledger, rights, at });
    }

    fn end(
        &mut self,
        action: Action,
        answer: Result<Answer, Failure>,
        spent: Spent,
        asked: Vec<Asked>,
        at: Timestamp,
    ) {
        if matches!(action.task, Task::Lookup { .. }) {
            return self.looked_up(action, answer, spent, at);
        }
        let Action { id, member, task } = action;
        let mismatch =
            || Failure::new(FailureKind::HostFault, "the answer is not of the kind that was asked for");
        match (task, answer) {
            (Task::Turn(turn), Ok(Answer::Moved(made))) if turn.phase == Phase::Research => {
                self.hold(id, HeldAnswer::Moved(made), spent, asked, at);
            }
            (Task::Turn(turn), Err(failure)) if turn.phase == Phase::Research => {
                self.hold(id, HeldAnswer::Failed(failure), spent, asked, at);
            }
            (Task::Turn(_), Ok(Answer::Moved(made))) => {
                self.asked_on_the_way(&member, asked, at);
                self.moved(id, member, made, spent, at);
            }
            (Task::Moderate { .. }, Ok(Answer::Moderated(interventions))) => {
                self.asked_on_the_way(&member, asked, at);
                self.intervene(interventions, at);
                self.finished(id, member, Ending::Done, spent, at);
            }
            (Task::Rule { round, .. }, Ok(Answer::Ruled(verdict))) => {
                self.asked_on_the_way(&member, asked, at);
                self.ruled(id, member, round, verdict, spent, at)
            }
            (Task::Summarise { round }, Ok(Answer::Summarised(state))) => {
                self.asked_on_the_way(&member, asked, at);
                self.sum_up(round, state.trim(), at);
                self.finished(id, member, Ending::Done, spent, at);
            }
            (Task::Score { labels, ballot, retry_note }, Ok(Answer::Scored(cards))) => {
                self.finished(id, member, Ending::Done, spent, at);
                self.scored(cards, &labels, (ballot, retry_note.is_some()), at);
            }
            (Task::Score { ballot, retry_note, .. }, Err(failure)) => {
                let last = retry_note.is_some() || failure.kind == FailureKind::HostFault;
                let why = one_line(&failure.to_string(), LINE_CHARS);
                self.finished(id, member, Ending::Failed(failure.kind), spent, at);
                self.refuse_scores(why, (ballot, last), at);
            }
            // What was asked before it failed was answered all the same.
            (task, Err(failure)) => {
                self.asked_on_the_way(&member, asked, at);
                self.failed(id, member, &task, failure, spent, at);
            }
            (task, Ok(_)) => {
                self.asked_on_the_way(&member, asked, at);
                self.failed(id, member, &task, mismatch(), spent, at);
            }
        }
    }

    pub(crate) fn finished(
        &mut self,
        action: ActionId,
        member: MemberName,
        ending: Ending,
        spent: Spent,
        at: Timestamp,
    ) {
        self.push(Event::TurnFinished { action, member, ending, spent, at });
    }

    fn hold(&mut self, action: ActionId, answer: HeldAnswer, spent: Spent, asked: Vec<Asked>, at: Timestamp) {
        self.push(Event::AnswerHeld { action, answer, spent, asked, at });
        // The last one in lets all of them speak, in the order of the phase.
        if !self.table.due(self.setup).is_empty() {
            return;
        }
        let Step::Turns(turns) = self.table.step.clone() else { return };
        for name in &turns.queue {
            let id = self.table.turn(self.setup, &turns, name).id;
            let Some((answer, spent, asked)) = turns.held.get(&id) else { continue };
            match answer.clone() {
                HeldAnswer::Moved(made) => {
                    self.asked_on_the_way(name, asked.clone(), at);
                    self.moved(id, name.clone(), made, *spent, at);
                }
                HeldAnswer::Failed(failure) => {
                    self.asked_on_the_way(name, asked.clone(), at);
                    self.turn_failed(id, name.clone(), failure, *spent, at);
                }
            }
        }
    }

    fn moved(&mut self, id: ActionId, member: MemberName, made: Move, spent: Spent, at: Timestamp) {
        match normalise(made) {
            Move::Pass => {
                self.post(member.clone(), Role::Worker, MessageKind::Pass, "PASS".into(), at);
                self.finished(id, member, Ending::Passed, spent, at);
            }
            Move::Say(text) => {
                let requests = tags::requests(&text);
                let ventures = tags::ventures(&text);
                let research = self.table.phase() == Phase::Research;
                let deferred = self.table.may_defer(&member) && self.takes(&member, &requests) > 0;
                let kind = if research || deferred { MessageKind::Request } else { MessageKind::Speech };
                let seq = self.post(member.clone(), Role::Worker, kind, text, at);
                if kind == MessageKind::Speech {
                    for (tier, idea) in ventures {
                        self.push(Event::VentureProposed { member: member.clone(), tier, idea, seq });
                    }
                }
                self.request(&member, requests, seq, at);
                let ending = if deferred { Ending::Deferred } else { Ending::Done };
                self.finished(id, member, ending, spent, at);
            }
        }
    }

    fn ruled(
        &mut self,
        id: ActionId,
        judge: MemberName,
        round: u32,
        verdict: Verdict,
        spent: Spent,
        at: Timestamp,
    ) {
        let (line, converged) = match &verdict {
            Verdict::Converged(reason) => {
                (format!("CONVERGED: {}", one_line(reason, LINE_CHARS)), Some(reason.clone()))
            }
            Verdict::Proceed(missing) => (format!("CONTINUE: {}", one_line(missing, LINE_CHARS)), None),
        };
        self.post(judge.clone(), Role::Judge, MessageKind::Verdict, line, at);
        self.push(Event::GateRuled { round, verdict });
        self.finished(id, judge, Ending::Done, spent, at);
        if let Some(reason) = converged {
            self.close(StopReason::Converged, one_line(&reason, LINE_CHARS), at);
        }
    }

    fn sum_up(&mut self, round: u32, state: &str, at: Timestamp) {
        let text = control::summary(round, state, &self.table.index, self.table.index_left_out);
        self.runner(MessageKind::Summary, text, at);
    }

    fn failed(
        &mut self,
        id: ActionId,
        member: MemberName,
        task: &Task,
        failure: Failure,
        spent: Spent,
        at: Timestamp,
    ) {
        if let Task::Summarise { round } = task {
            let state = control::fallback_state(&self.table.speakers);
            self.sum_up(*round, &state, at);
        }
        self.turn_failed(id, member, failure, spent, at);
    }

    fn turn_failed(
        &mut self,
        id: ActionId,
        member: MemberName,
        failure: Failure,
        spent: Spent,
        at: Timestamp,
    ) {
        let failure = Failure::new(failure.kind, one_line(&failure.message, LINE_CHARS));
        self.runner(MessageKind::Fault, control::fault(&member, &failure), at);
        self.finished(id, member.clone(), Ending::Failed(failure.kind), spent, at);
        self.last_fault = failure.message.clone();
        if self.table.struck_out(&member) && !self.table.benched.contains(&member) {
            self.runner(MessageKind::Note, control::benched(&member), at);
            self.push(Event::MemberBenched { member, reason: failure.to_string() });
        }
    }

    fn close(&mut self, reason: StopReason, detail: String, at: Timestamp) {
        self.push(Event::RoundtableClosed { stop: Stop { reason, detail }, at });
        if self.setup.rubric.is_none() && matches!(self.table.step, Step::Scoring(_)) {
            self.unscored("the team has no rubric".into(), at);
        }
    }

    fn begin(&mut self, phase: Phase, round: u32, at: Timestamp) {
        self.begin_again(phase, round, 1, at);
    }

    fn begin_again(&mut self, phase: Phase, round: u32, attempt: u32, at: Timestamp) {
        let order = self.table.order(phase, round);
        let called = !order.is_empty() || phase == Phase::Gate;
        self.push(Event::PhaseBegan { round, phase, order, attempt });
        if phase == Phase::Speak && attempt == 1 {
            self.runner(MessageKind::Control, control::round(round, &self.table.floor_left), at);
        }
        if let (Phase::Research, Some(steward)) = (phase, &self.setup.steward) {
            let rules = &self.setup.rules;
            let line =
                control::research(&steward.files, rules.free_requests, rules.requests, &self.setup.extras);
            self.runner(MessageKind::Control, line, at);
        }
        if let (true, Some(line)) = (called, control::phase(phase, round)) {
            self.runner(MessageKind::Control, line, at);
        }
    }

    /// Begin what follows what is finished, until there is something to do, to wait for, or nothing left.
    fn advance(&mut self, at: Timestamp) {
        while self.is_running() {
            if let Some(why) = self.table.abort_reason(self.setup) {
                return self.close(StopReason::Aborted, why, at);
            }
            if !self.table.due(self.setup).is_empty() {
                return;
            }
            // The judge rules, and a round ends, with everything that was asked for on the table.
            if matches!(&self.table.step, Step::Turns(turns) if matches!(turns.phase, Phase::Rebuttal | Phase::Floor))
            {
                if self.table.lookups.any_open() {
                    return;
                }
                self.give(None, at);
            }
            let (round, rules) = (self.table.round, &self.setup.rules);
            match &self.table.step {
                Step::Opening if self.setup.steward.is_some() => self.begin(Phase::Research, 0, at),
                Step::Opening => self.begin(Phase::Speak, 1, at),
                Step::Turns(turns) if self.table.is_unanswered(turns) => {
                    let (phase, attempt) = (turns.phase, turns.attempt);
                    let again = self.debate.is_some_and(Debate::is_paused);
                    if !again {
                        let reason =
                            format!("every turn of the {phase} phase failed through the host or a provider");
                        return self
                            .push(Event::RoundtablePaused { reason: PauseReason::Provider(reason), at });
                    }
                    self.begin_again(phase, round, attempt + 1, at);
                }
                Step::Turns(turns) => match turns.phase {
                    Phase::Speak => self.begin(Phase::Rebuttal, round, at),
                    Phase::Rebuttal if self.table.anything_new => self.begin(Phase::Gate, round, at),
                    Phase::Rebuttal => {
                        let detail = match self.table.is_silent() {
                            true => "the operator muted every worker".to_owned(),
                            false => {
                                "every worker passed or repeated itself in speak and rebuttal".to_owned()
                            }
                        };
                        return self.close(StopReason::NothingNew, detail, at);
                    }
                    Phase::Floor if round >= rules.max_rounds => {
                        let detail = format!("the last of {} rounds is over", rules.max_rounds);
                        return self.close(StopReason::MaxRounds, detail, at);
                    }
                    Phase::Floor => self.begin(Phase::Summary, round, at),
                    _ => self.begin(Phase::Speak, 1, at),
                },
                Step::Gate { .. } => self.begin(Phase::Floor, round, at),
                Step::Summary { .. } => self.begin(Phase::Speak, round + 1, at),
                Step::Scoring(_) | Step::Over => return,
            }
        }
    }
}

impl Action {
    /// Whether an answer is of the kind that this action asks for.
    pub fn takes(&self, answer: &Answer) -> bool {
        let duty = match answer {
            Answer::Moved(_) => Duty::Turn,
            Answer::Moderated(_) => Duty::Moderate,
            Answer::Ruled(_) => Duty::Rule,
            Answer::Summarised(_) => Duty::Summarise,
            Answer::Scored(_) => Duty::Score,
            Answer::Found(_) => Duty::Lookup,
        };
        duty == self.task.duty()
    }
}
