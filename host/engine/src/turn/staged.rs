//! What a turn needs to run, and what came of it.

use std::{collections::BTreeMap, sync::Arc};

use amatelier_debate::{Action, Answer, Asked, CallRights, Note, Notebook, Seat, Spent};
use amatelier_journal::{RequestKey, TurnId};
use amatelier_plugins::Manifest;
use amatelier_runtime::{Component, Stop};
use amatelier_types::Failure;

use crate::{Books, cover::Cover, shop::Purchase};

/// A turn that is about to run.
pub(crate) struct Staged {
    pub action: Action,
    /// None for a lookup, which the host carries out itself.
    pub component: Option<Component>,
    /// None for a replay, which leaves no trace.
    pub turn: Option<TurnId>,
    /// Whether the journal cannot have calls of this action yet.
    pub first: bool,
    pub heard: u32,
    pub state: Option<Arc<str>>,
    /// How many questions the member may put to the Steward in this turn.
    pub requests: u32,
    /// Whether a model may help the Steward.
    pub assisted: bool,
    /// What its component noted before.
    pub notebook: Notebook,
    /// The ledger that it may read.
    pub books: Books,
    /// Who marks, where that is not the rubric that the debate was opened with.
    pub rubric: Option<Box<Seat>>,
    /// What its component may do, where that was looked up when it was called.
    pub rights: Option<CallRights>,
    /// What its component says about itself, where it is an installed plugin.
    pub manifest: Option<Arc<Manifest>>,
    /// Why its component is not called at all.
    pub refused: Option<Failure>,
}

/// A turn that ran.
pub(crate) struct Carried {
    pub action: Action,
    pub turn: Option<TurnId>,
    pub answer: Result<Answer, Stop>,
    pub spent: Spent,
    /// What the component asked the Steward on the way.
    pub asked: Vec<Asked>,
    /// What it bought on the way; nothing of it is posted yet.
    pub purchases: Vec<Purchase>,
    /// What it changed in its notebook.
    pub notes: BTreeMap<String, Option<Note>>,
    /// Requests whose answers nobody waited for any more, with what they hold.
    pub abandoned: Vec<(RequestKey, Cover)>,
    /// Functions that its component was refused, as `wit/` names them.
    pub denied: Vec<String>,
    /// Of a replay: what was asked that the journal does not have, and how many of its answers were not asked for.
    pub strayed: (Option<String>, usize),
}

impl Carried {
    /// A turn that failed before its component was called.
    pub(super) fn refused(action: Action, turn: Option<TurnId>, failure: Failure) -> Self {
        Carried {
            action,
            turn,
            answer: Err(Stop::Failed(failure)),
            spent: Spent::default(),
            asked: Vec::new(),
            purchases: Vec::new(),
            notes: BTreeMap::new(),
            abandoned: Vec::new(),
            denied: Vec::new(),
            strayed: (None, 0),
        }
    }
}
