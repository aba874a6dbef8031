//! The leaderboard.

use std::cmp::Reverse;

use amatelier_types::{MemberName, Sparks, Timestamp};

use crate::{Account, Average, Ledger};

/// One line of the leaderboard.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Standing {
    /// From 1; no two members share one.
    pub rank: u32,
    /// Who.
    pub member: MemberName,
    /// What it has now.
    pub balance: Sparks,
    /// What its marks earned on average, in the window.
    pub average: Average,
    /// What its debates brought in the window, fees included.
    pub net: Sparks,
    /// Its tier now.
    pub tier: u32,
    /// Whether it sits on the bench.
    pub is_benched: bool,
}

/// Which debates count.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Window {
    /// All of them.
    Always,
    /// Those first settled at or after a time.
    Since(Timestamp),
}

impl Window {
    /// The last so many days before a time.
    pub fn days(days: u32, now: Timestamp) -> Self {
        const DAY: i64 = 24 * 60 * 60 * 1000;
        Window::Since(Timestamp(now.0.saturating_sub(i64::from(days).saturating_mul(DAY))))
    }

    fn has(self, at: Timestamp) -> bool {
        match self {
            Window::Always => true,
            Window::Since(since) => at >= since,
        }
    }
}

impl Ledger {
    /// Everybody with an account, best first: by average, then by the number of debates, then by balance, then by name. Who had no
    /// debate in the window comes last.
    pub fn leaderboard(&self, window: Window) -> Vec<Standing> {
        let mut standings: Vec<Standing> =
            self.accounts().map(|(member, account)| standing(member, account, window)).collect();
        // Accounts come by name, and the sort is stable.
        standings.sort_by_key(|one| Reverse((one.average, one.average.debates(), one.balance)));
        for (rank, standing) in (1..).zip(&mut standings) {
            standing.rank = rank;
        }
        standings
    }

    /// A member's place on the leaderboard of all debates.
    pub fn rank(&self, member: &MemberName) -> Option<u32> {
        let board = self.leaderboard(Window::Always);
        board.into_iter().find(|standing| standing.member == *member).map(|standing| standing.rank)
    }
}

fn standing(member: &MemberName, account: &Account, window: Window) -> Standing {
    let mut average = Average::default();
    let mut net = Sparks::ZERO;
    for result in account.results().iter().filter(|result| window.has(result.at)) {
        average.add(result.award);
        net += result.net;
    }
    Standing {
        rank: 0,
        member: member.clone(),
        balance: account.balance(),
        average,
        net,
        tier: account.tier(),
        is_benched: account.bench().is_some(),
    }
}
