//! The caller's sparks, and everybody's standing.
//!
//! Plain mirrors of the `sparks` contract. Like the transcript, an implementation is a view fixed at the moment the turn was called, but
//! that the turn's own purchases are taken off; it answers from memory.

use amatelier_types::{MemberName, Sparks};

/// The port to the ledger, as one member may see it.
pub trait SparkBook: Send + Sync {
    /// What the member has.
    fn balance(&self) -> Sparks;

    /// The member's own postings, newest first, at most this many.
    fn history(&self, most: usize) -> Vec<Posting>;

    /// Everybody, best first.
    fn leaderboard(&self) -> Vec<Standing>;
}

/// One entry of the ledger.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Posting {
    /// Negative when paid.
    pub amount: Sparks,
    /// Such as `score_award`.
    pub category: String,
    /// In words.
    pub reason: String,
}

/// A line of the leaderboard.
#[derive(Clone, Debug, PartialEq)]
pub struct Standing {
    /// The member.
    pub name: MemberName,
    /// What it has.
    pub balance: Sparks,
    /// Mean total mark per scored debate.
    pub average: f64,
    /// From 1; 0 while nothing is scored.
    pub rank: u32,
    /// 0 to 3.
    pub tier: u32,
}

/// The ledger of a debate in which nobody has sparks.
#[derive(Clone, Copy, Debug, Default)]
pub struct NoSparks;

impl SparkBook for NoSparks {
    fn balance(&self) -> Sparks {
        Sparks::ZERO
    }

    fn history(&self, _: usize) -> Vec<Posting> {
        Vec::new()
    }

    fn leaderboard(&self) -> Vec<Standing> {
        Vec::new()
    }
}
