//! The ledger as one turn may read it: fixed when the turn was called, so that a turn that is run again reads the same.

use std::sync::{
    Arc,
    atomic::{AtomicI64, Ordering},
};

use amatelier_economy::Window;
use amatelier_runtime::{Posting, SparkBook, Standing};
use amatelier_types::{MemberName, Sparks};

use super::Books;

/// The ledger for the component of one member.
pub(crate) struct TurnBook {
    pub member: MemberName,
    pub books: Books,
    /// Sparks that this turn has promised away; they are posted when it commits.
    pub promised: Arc<AtomicI64>,
}

impl SparkBook for TurnBook {
    fn balance(&self) -> Sparks {
        self.books.ledger.balance(&self.member) - Sparks(self.promised.load(Ordering::Relaxed))
    }

    fn history(&self, most: usize) -> Vec<Posting> {
        let own = self.books.recent(&self.member).take(most);
        own.map(|posting| Posting {
            amount: posting.amount,
            category: posting.category.name().to_owned(),
            reason: posting.reason.clone(),
        })
        .collect()
    }

    fn leaderboard(&self) -> Vec<Standing> {
        let board = self.books.ledger.leaderboard(Window::Always);
        let is_scored = board.iter().any(|standing| standing.average.debates() > 0);
        board
            .into_iter()
            .map(|standing| Standing {
                name: standing.member,
                balance: standing.balance,
                average: standing.average.hundredths() as f64 / 100.0,
                rank: if is_scored { standing.rank } else { 0 },
                tier: standing.tier,
            })
            .collect()
    }
}
