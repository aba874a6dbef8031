//! What members ask for: in private to the operator, in public to all.

use amatelier_types::{MemberName, Sparks, Timestamp};

use crate::RequestId;

/// Where a request stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RequestState {
    /// It waits.
    Open,
    /// It was fulfilled.
    Fulfilled,
    /// It was closed.
    Closed,
    /// It saw too many debates.
    Expired,
}

/// A request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Request {
    /// Its id.
    pub id: RequestId,
    /// Who asks.
    pub member: MemberName,
    /// Whether the operator alone reads it. Only public ones grow old.
    pub private: bool,
    /// What is asked for.
    pub text: String,
    /// What the buyer wrote with it.
    pub note: String,
    /// What was paid for it.
    pub paid: Sparks,
    /// How many debates it has seen.
    pub age: u32,
    /// Where it stands.
    pub state: RequestState,
    /// When it was opened.
    pub at: Timestamp,
}
