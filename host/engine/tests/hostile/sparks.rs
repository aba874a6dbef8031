//! What an attack did to the ledger: nobody is paid for a lie, and nothing moves where nobody was marked.

use std::collections::BTreeMap;

use amatelier_debate::Digest;
use amatelier_economy::{Category, Posting};

/// The most that marks, and that gates, give in one debate (rules §4).
const AWARD: i64 = 40;
const GATES: i64 = 9;

/// What is wrong with the postings that were made while a debate was held. What members start with is theirs whatever happens.
pub(crate) fn wrong(moved: &[Posting], digest: &Digest) -> Vec<String> {
    let moved: Vec<&Posting> =
        moved.iter().filter(|posting| posting.category != Category::OpeningBalance).collect();
    if digest.scoring_status != "complete" {
        return moved.iter().map(|posting| format!("nobody was marked, but {posting:?}")).collect();
    }
    let mut wrong = Vec::new();
    let mut sums: BTreeMap<(&str, Category), i64> = BTreeMap::new();
    for posting in moved {
        *sums.entry((posting.member.as_str(), posting.category)).or_default() += posting.amount.0;
    }
    for ((member, category), sum) in &sums {
        let is_fine = match category {
            Category::ScoreAward => (0..=AWARD).contains(sum),
            Category::GateBonus => (0..=GATES).contains(sum),
            Category::EntryFee | Category::Sanction => *sum <= 0,
            _ => false,
        };
        if !is_fine {
            wrong.push(format!("{member} has {sum} of {category}"));
        }
    }
    for score in &digest.scoring.scores {
        let award = sums.get(&(score.agent.as_str(), Category::ScoreAward)).copied().unwrap_or_default();
        // Every rubric here has scales that end at 10, on which nothing above 3 counts without proof.
        if score.grand_insight.is_empty() && award > AWARD * 3 / 10 {
            wrong.push(format!("{} earned {award} without proof", score.agent));
        }
    }
    wrong
}
