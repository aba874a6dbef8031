//! What can go wrong with a debate as a whole; a turn that fails is none of it.

use std::path::PathBuf;

use amatelier_types::RoundtableId;
use amatelier_workspace::BadFile;

use crate::{BadSteer, ComponentError, OpeningError, ProviderError, RescoringError, SeasonId};

/// Why a debate could not be opened, carried on, or shown.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The debate cannot be opened like this.
    #[error(transparent)]
    Opening(#[from] OpeningError),
    /// A file of the workspace is wrong.
    #[error(transparent)]
    File(#[from] BadFile),
    /// No model can be asked.
    #[error(transparent)]
    Provider(#[from] ProviderError),
    /// A component cannot be used.
    #[error(transparent)]
    Component(#[from] ComponentError),
    /// The plugin runtime does not start.
    #[error("the plugin runtime does not start")]
    Runtime(#[from] amatelier_runtime::StartError),
    /// The journal cannot be opened.
    #[error(transparent)]
    Open(#[from] amatelier_journal::OpenError),
    /// The journal cannot be read or written.
    #[error("the journal failed: {0}")]
    Journal(#[from] amatelier_journal::Error),
    /// The events of the ledger cannot be read or written.
    #[error("the ledger cannot be used: {0}")]
    BadLedger(String),
    /// The rules of the economy do not allow it.
    #[error(transparent)]
    Refused(#[from] amatelier_economy::Refusal),
    /// The debate cannot be scored again.
    #[error(transparent)]
    Rescoring(#[from] RescoringError),
    /// There is no such season.
    #[error("there is no season {0}")]
    NoSuchSeason(SeasonId),
    /// The events of a season do not make one.
    #[error("the events of season {id} cannot be read: {reason}")]
    BadSeason {
        /// The season.
        id: SeasonId,
        /// What is wrong.
        reason: String,
    },
    /// Another process holds it.
    #[error("season {id} is being held by another process{}", .pid.map(|pid| format!(" ({pid})")).unwrap_or_default())]
    SeasonHeld {
        /// The season.
        id: SeasonId,
        /// The process.
        pid: Option<u32>,
    },
    /// There is no such debate.
    #[error("there is no roundtable {0}")]
    NoSuchRoundtable(RoundtableId),
    /// The events of a debate do not make one.
    #[error("the events of roundtable {id} cannot be read: {reason}")]
    BadEvents {
        /// The debate.
        id: RoundtableId,
        /// What is wrong.
        reason: String,
    },
    /// Another process drives it.
    #[error("roundtable {id} is being driven by another process{}", .pid.map(|pid| format!(" ({pid})")).unwrap_or_default())]
    Driven {
        /// The debate.
        id: RoundtableId,
        /// The process.
        pid: Option<u32>,
    },
    /// Its project root cannot be opened any more.
    #[error(
        "the registered files of roundtable {id} cannot be opened; put them back where they were, then resume"
    )]
    Root {
        /// The debate.
        id: RoundtableId,
        /// Why.
        #[source]
        source: amatelier_steward::RootError,
    },
    /// Nobody drives it.
    #[error("nobody is driving roundtable {0} now")]
    NotDriven(RoundtableId),
    /// What the operator wants makes sense in no debate.
    #[error(transparent)]
    BadSteer(#[from] BadSteer),
    /// What the operator wants makes no sense in this debate now.
    #[error("roundtable {id} goes on as it was: {reason}")]
    Senseless {
        /// The debate.
        id: RoundtableId,
        /// Why it makes none.
        reason: String,
    },
    /// The process that drives it does not answer.
    #[error("the process that drives roundtable {id} does not answer")]
    Unreachable {
        /// The debate.
        id: RoundtableId,
        /// Why.
        #[source]
        source: std::io::Error,
    },
    /// There is no room for what is thrown away again.
    #[error("no temporary folder can be made")]
    Scratch(#[source] std::io::Error),
    /// The lock of a debate cannot be taken.
    #[error("the lock {path} cannot be used")]
    Lock {
        /// The lock file.
        path: PathBuf,
        /// Why.
        #[source]
        source: std::io::Error,
    },
    /// A turn ended in a way that no debate can go on from.
    #[error("roundtable {id} cannot go on: {reason}")]
    Stuck {
        /// The debate.
        id: RoundtableId,
        /// Why.
        reason: String,
    },
}
