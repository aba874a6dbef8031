//! A stake on an idea, and what became of it.

use amatelier_types::{MemberName, RoundtableId, Timestamp, VentureTier};

use crate::{VentureId, VentureOutcome, VentureTerms};

/// Where a venture stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum VentureState {
    /// Nobody knows yet.
    Pending,
    /// It ended.
    Resolved(VentureOutcome),
    /// Its debate paid and cost nothing; the stake was given back.
    Returned,
    /// Its member is gone.
    Lapsed,
}

/// A stake on an idea.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Venture {
    /// Its id.
    pub id: VentureId,
    /// The debate it was proposed in.
    pub roundtable: RoundtableId,
    /// Who staked.
    pub member: MemberName,
    /// Its size.
    pub tier: VentureTier,
    /// What it took and may give.
    pub terms: VentureTerms,
    /// The idea.
    pub idea: String,
    /// The message it stands in.
    pub seq: u32,
    /// Where it stands.
    pub state: VentureState,
    /// When it was staked.
    pub at: Timestamp,
}
