//! The journal: streams of events, the calls that turns made, and tables projected from events, in one SQLite file.
//!
//! It knows SQLite and nothing of the domain: bodies, requests and answers are bytes. What happened is appended and never changed;
//! a [`Projection`] turns it into tables inside the same transaction. What was bought is written down call by call, so that a turn
//! can be run again without paying again. Everything is written in [`Unit`]s, each of which happens as a whole or not at all; one
//! thread writes, and commits together whatever waits. Several processes may open one file.

mod account;
mod apply;
mod backup;
mod call;
mod columns;
mod error;
mod event;
mod journal;
mod migrations;
mod options;
mod pending;
mod pragmas;
mod projection;
mod projector;
mod queries;
mod readers;
mod request;
mod stats;
mod turn;
mod unit;
mod writer;

pub use account::{Account, Charge, Hold, StoredHold};
pub use backup::BackupError;
pub use call::{CallKey, NewCall, StoredCall};
pub use error::{Error, OpenError};
pub use event::{Appended, NewEvent, StoredEvent};
pub use journal::Journal;
pub use migrations::Migration;
pub use options::{Access, Commit, Durability, Options};
pub use pending::Pending;
pub use projection::Projection;
pub use request::{Intent, Outcome, RequestKey, StoredRequest};
pub use rusqlite;
pub use stats::Stats;
pub use turn::{BegunTurn, NewTurn, StoredTurn, TurnEnd, TurnId};
pub use unit::{Committed, Refusal, Unit};
