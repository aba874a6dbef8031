//! The machine itself.

use std::{sync::Arc, time::Duration};

use amatelier_types::{MemberName, Phase, Usage};

use crate::{
    Action, ActionId, Called, Caps, Event, Notebook, Outcome, PauseReason, Posted, Scores, Seat, Setup,
    SpeechCitation, Stop,
    decide::Draft,
    digest::Digest,
    record::Record,
    table::{Step, Table},
};

/// A debate: its setup, where it stands, and what was said.
#[derive(Clone, Debug)]
pub struct Debate {
    setup: Arc<Setup>,
    table: Table,
    record: Record,
    transcript: Vec<Arc<Posted>>,
}

impl Debate {
    /// Open a debate. The events are already applied.
    pub fn open(setup: Setup) -> (Debate, Vec<Event>) {
        let events = Draft::opening(&setup);
        let debate = Debate::folded(setup, &events);
        (debate, events)
    }

    /// The debate that these events made; none when they do not start with [`Event::RoundtableOpened`].
    pub fn from_events(events: &[Event]) -> Option<Debate> {
        let Event::RoundtableOpened { setup } = events.first()? else { return None };
        Some(Debate::folded((**setup).clone(), events))
    }

    fn folded(setup: Setup, events: &[Event]) -> Debate {
        let table = Table::new(&setup);
        let mut debate =
            Debate { setup: Arc::new(setup), table, record: Record::default(), transcript: Vec::new() };
        events.iter().for_each(|event| debate.apply(event));
        debate
    }

    /// What an outcome means: events to be kept as a whole, then applied. An outcome that does not fit (an action that is not open, a
    /// pause of a finished debate) means nothing.
    pub fn decide(&self, outcome: Outcome) -> Vec<Event> {
        Draft::of(self).decide(outcome)
    }

    /// Take an event in. Total and deterministic; the only mutation.
    pub fn apply(&mut self, event: &Event) {
        self.table.apply(event);
        self.record.apply(event);
        if let Event::MessagePosted(posted) = event {
            self.transcript.push(Arc::new(posted.clone()));
        }
    }

    /// What should be happening now; pure and idempotent. Empty when the debate waits or nothing is left to do.
    pub fn next(&self) -> Vec<Action> {
        self.table.actions(&self.setup)
    }

    /// What it was opened with.
    pub fn setup(&self) -> &Arc<Setup> {
        &self.setup
    }

    /// Everything posted so far, oldest first; `seq` is the place plus one.
    pub fn transcript(&self) -> &[Arc<Posted>] {
        &self.transcript
    }

    /// What an action was called with, if it was started and has not ended.
    pub fn called(&self, action: &ActionId) -> Option<Called> {
        self.table.open.get(action).map(|open| open.called.clone())
    }

    /// How many more requests to the Steward a member has in the phase that is running.
    pub fn requests_left(&self, member: &MemberName) -> u32 {
        match self.setup.steward {
            Some(_) => self.table.lookups.left(member, self.table.phase() == Phase::Research),
            None => 0,
        }
    }

    /// What the debate may take, as the operator last set it.
    pub fn caps(&self) -> Caps {
        self.table.caps
    }

    /// How long it ran so far; the time in which it waited does not count.
    pub fn ran(&self) -> Duration {
        self.record.ran
    }

    /// Whether a model may see what the Steward looks up.
    pub fn is_assisted(&self) -> bool {
        self.table.assisted
    }

    /// What answers of models took so far.
    pub fn usage(&self) -> Usage {
        let ended = self.record.turns.iter().filter_map(|turn| turn.ended.as_ref());
        ended.map(|(_, spent, _)| spent.usage).sum()
    }

    /// The places in registered files that speeches named, oldest first.
    pub fn citations(&self) -> &[SpeechCitation] {
        &self.record.citations
    }

    /// From whom the operator took the word.
    pub fn is_muted(&self, member: &MemberName) -> bool {
        self.table.muted.contains(member)
    }

    /// What a member's component has noted, in debates before and in this one.
    pub fn notebook(&self, member: &MemberName) -> Option<&Notebook> {
        self.table.notebooks.get(member)
    }

    /// The round that is running, from 1; 0 before the first.
    pub fn round(&self) -> u32 {
        self.table.round
    }

    /// Whether it waits.
    pub fn is_paused(&self) -> bool {
        self.table.paused
    }

    /// Whether nothing is left to do, scoring included.
    pub fn is_over(&self) -> bool {
        self.table.step == Step::Over
    }

    /// Why it last waited, if it ever did.
    pub fn pause_reason(&self) -> Option<&PauseReason> {
        self.record.pauses.last()
    }

    /// How many actions were started so far.
    pub fn turns_called(&self) -> usize {
        self.record.turns.len()
    }

    /// The workers in the order in which they first speak.
    pub fn seating(&self) -> &[MemberName] {
        &self.table.seating
    }

    /// Why it ended, once it has.
    pub fn stop(&self) -> Option<&Stop> {
        self.record.stop.as_ref()
    }

    /// The marks that settle it, once there are any.
    pub fn scores(&self) -> Option<&Scores> {
        self.record.standings.official()?.scores.as_ref()
    }

    /// What other rubrics marked, the latest of each.
    pub fn other_scores(&self) -> impl Iterator<Item = &Scores> {
        self.record.standings.others().filter_map(|standing| standing.scores.as_ref())
    }

    /// Who marks it: in the scoring that is under way, or as it was opened.
    pub fn rubric(&self) -> Option<&Seat> {
        match &self.table.step {
            Step::Scoring(scoring) => scoring.seat(&self.setup),
            _ => self.setup.rubric.as_ref(),
        }
    }

    /// The seat of whoever takes an action now: a member's, or that of the rubric that marks.
    pub fn seat(&self, member: &MemberName) -> Option<&Seat> {
        match &self.table.step {
            Step::Scoring(_) => self.rubric().filter(|seat| seat.name == *member),
            _ => self.setup.seat(member),
        }
    }

    /// The scoring that waits to be finished, if it is not the debate's first: its rubric, and whether its marks will settle the debate.
    pub fn rescoring(&self) -> Option<(&Seat, bool)> {
        match &self.table.step {
            Step::Scoring(scoring) => Some((scoring.rubric.as_deref()?, scoring.official)),
            _ => None,
        }
    }

    /// The last state of the debate and the message it stands in.
    pub fn state_of_debate(&self) -> Option<(u32, &str)> {
        self.record.summary.as_ref().map(|(seq, text)| (*seq, text.as_str()))
    }

    /// What the judge did: `(message, kind, member, text)`, oldest first.
    pub fn interventions(
        &self,
    ) -> impl DoubleEndedIterator<Item = (u32, &'static str, Option<&MemberName>, &str)> {
        self.record
            .interventions
            .iter()
            .map(|noted| (noted.seq, noted.kind, noted.member.as_ref(), noted.text.as_str()))
    }

    /// Every gate bonus and the message that says so, oldest first; whether it counts is for the economy to say.
    pub fn gates(&self) -> impl Iterator<Item = (&MemberName, u32)> {
        let gates = self.record.interventions.iter().filter(|noted| noted.kind == "gate");
        gates.filter_map(|noted| Some((noted.member.as_ref()?, noted.seq)))
    }

    /// Every sanction: `(member, offence, message)`, oldest first.
    pub fn sanctions(&self) -> impl Iterator<Item = (&MemberName, &str, u32)> {
        let noted = self.record.interventions.iter();
        noted.filter_map(|noted| Some((noted.member.as_ref()?, noted.offence.as_deref()?, noted.seq)))
    }

    /// The structured result so far.
    pub fn digest(&self) -> Digest {
        Digest::of(&self.setup, &self.table, &self.record, &self.transcript)
    }

    pub(crate) fn table(&self) -> &Table {
        &self.table
    }

    pub(crate) fn author(&self, seq: u32) -> Option<MemberName> {
        let place = usize::try_from(seq.checked_sub(1)?).ok()?;
        self.transcript.get(place).map(|posted| posted.message.author.clone())
    }
}
