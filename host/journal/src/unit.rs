//! A unit of work: what happens as a whole or not at all.
//!
//! Steps are taken in the order in which they were added, so a later one sees what an earlier one did. The first that fails undoes
//! the unit, and only the unit: others that share its transaction are not touched.

use std::sync::Arc;

use amatelier_types::Timestamp;
use rusqlite::Connection;

use crate::{
    Appended, BegunTurn, CallKey, Charge, Hold, Intent, NewCall, NewEvent, NewTurn, Outcome, RequestKey,
    TurnEnd, TurnId,
};

/// Steps to be taken together. It can be kept, and written again when another writer was faster.
#[derive(Clone, Default)]
pub struct Unit {
    pub(crate) steps: Vec<Step>,
}

/// What the steps of a unit brought about.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Committed {
    /// One for every append, in order.
    pub appended: Vec<Appended>,
    /// One for every turn begun, in order.
    pub turns: Vec<BegunTurn>,
}

/// Why a guard does not let its unit happen.
#[derive(Debug)]
pub enum Refusal {
    /// Something does not hold; the text says what.
    Because(String),
    /// It could not be found out.
    Sqlite(rusqlite::Error),
}

impl From<rusqlite::Error> for Refusal {
    fn from(error: rusqlite::Error) -> Self {
        Refusal::Sqlite(error)
    }
}

/// What a step writes into a table of its own.
pub(crate) type Tally = Arc<dyn Fn(&Connection) -> rusqlite::Result<()> + Send + Sync>;

pub(crate) type Guard = Arc<dyn Fn(&Connection) -> Result<(), Refusal> + Send + Sync>;

#[derive(Clone)]
pub(crate) enum Step {
    Append { stream: String, expected_seq: Option<u64>, events: Vec<NewEvent> },
    BeginTurn(NewTurn),
    EndTurn { turn: TurnId, end: TurnEnd, at: Timestamp },
    Call(NewCall),
    Answer { call: CallKey, answer: Vec<u8>, at: Timestamp },
    Intent { intent: Intent, holds: Vec<Hold> },
    ResponseId { request: RequestKey, id: String },
    Partial { request: RequestKey, text: String },
    Outcome { request: RequestKey, outcome: Outcome, charges: Vec<Charge> },
    Guard(Guard),
    Tally(Tally),
}

impl Unit {
    /// Nothing yet. Written as it is with [`Commit::Fsync`](crate::Commit), it is a barrier for what was written before.
    pub fn new() -> Self {
        Unit::default()
    }

    fn with(mut self, step: Step) -> Self {
        self.steps.push(step);
        self
    }

    /// Append events to a stream. With an expected number, the stream must end there (0: it must not exist yet).
    pub fn append(self, stream: impl Into<String>, expected_seq: Option<u64>, events: Vec<NewEvent>) -> Self {
        self.with(Step::Append { stream: stream.into(), expected_seq, events })
    }

    /// Begin the next attempt at an action. Its id is in [`Committed::turns`].
    pub fn begin_turn(self, turn: NewTurn) -> Self {
        self.with(Step::BeginTurn(turn))
    }

    /// End a turn that runs.
    pub fn end_turn(self, turn: TurnId, end: TurnEnd, at: Timestamp) -> Self {
        self.with(Step::EndTurn { turn, end, at })
    }

    /// Write down a call of a turn.
    pub fn call(self, call: NewCall) -> Self {
        self.with(Step::Call(call))
    }

    /// Write down the answer of a call that has none. The partial texts of its requests go.
    pub fn answer(self, call: CallKey, answer: Vec<u8>, at: Timestamp) -> Self {
        self.with(Step::Answer { call, answer, at })
    }

    /// Write down that a request is about to leave, and hold what it may take. A hold that would exceed its limit refuses the unit
    /// with [`Error::Exceeded`](crate::Error::Exceeded): no intent is written without its cover.
    pub fn intent(self, intent: Intent, holds: Vec<Hold>) -> Self {
        self.with(Step::Intent { intent, holds })
    }

    /// Note the provider's id of the answer to a request without outcome.
    pub fn response_id(self, request: RequestKey, id: impl Into<String>) -> Self {
        self.with(Step::ResponseId { request, id: id.into() })
    }

    /// Note all the text received so far for a request without outcome.
    pub fn partial(self, request: RequestKey, text: impl Into<String>) -> Self {
        self.with(Step::Partial { request, text: text.into() })
    }

    /// Write down what became of a request without outcome. Its holds are released, and what it took is charged.
    pub fn outcome(self, request: RequestKey, outcome: Outcome, charges: Vec<Charge>) -> Self {
        self.with(Step::Outcome { request, outcome, charges })
    }

    /// Let the unit happen only if a condition holds inside its transaction, where no other writer can change the answer: a cap
    /// that is not reached, a boost that nobody claimed. It holds up every writer while it runs; it must only read, and it may be
    /// asked twice.
    pub fn guard(self, check: impl Fn(&Connection) -> Result<(), Refusal> + Send + Sync + 'static) -> Self {
        self.with(Step::Guard(Arc::new(check)))
    }

    /// Write into a table that holds no facts: what is counted and measured, and missed by nobody when it is lost. It holds up every
    /// writer while it runs, it must touch no table of the journal, and it may be asked twice; what it wrote the first time is undone then.
    pub fn tally(self, write: impl Fn(&Connection) -> rusqlite::Result<()> + Send + Sync + 'static) -> Self {
        self.with(Step::Tally(Arc::new(write)))
    }
}
