//! What a season was to each member: the ledger before it, the ledger after it, and what happened in between.

use std::collections::BTreeMap;

use amatelier_economy::Event;
use amatelier_types::{MemberName, Sparks};

use super::Season;
use crate::{Error, Treasury};

/// One member.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SeasonRow {
    /// Who.
    pub member: MemberName,
    /// What it had when the season opened; none if it had no account then.
    pub before: Option<Sparks>,
    /// What it has now, or had when the season closed; none if it left.
    pub after: Option<Sparks>,
    /// Its place on the leaderboard when the season opened.
    pub rank_before: Option<u32>,
    /// Its place now, or when the season closed.
    pub rank_after: Option<u32>,
    /// Debates of the season that were settled with it.
    pub debates: u32,
    /// The marks of those, added up.
    pub marks: u64,
    /// What it bought, in order.
    pub purchases: Vec<SeasonPurchase>,
}

/// Something bought during a season.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SeasonPurchase {
    /// The item's id.
    pub item: String,
    /// Its name.
    pub name: String,
    /// What was paid.
    pub price: Sparks,
}

impl Season {
    /// Everybody, in the order of the leaderboard after it.
    ///
    /// # Errors
    /// The ledger cannot be read.
    pub fn table(&self, treasury: &Treasury) -> Result<Vec<SeasonRow>, Error> {
        let before = treasury.books_at(self.ledger.0)?;
        let after = match self.ledger.1 {
            Some(seq) => treasury.books_at(seq)?,
            None => treasury.books()?,
        };
        let mut bought: BTreeMap<MemberName, Vec<SeasonPurchase>> = BTreeMap::new();
        let in_between = treasury.events_between(self.ledger.0, after.seq)?;
        for event in &in_between {
            if let Event::ItemBought(one) = event {
                bought.entry(one.member.clone()).or_default().push(SeasonPurchase {
                    item: one.item.clone(),
                    name: one.name.clone(),
                    price: one.price,
                });
            }
        }
        let names = before.ledger.accounts().chain(after.ledger.accounts()).map(|(name, _)| name);
        let mut names: Vec<MemberName> = names.chain(bought.keys()).cloned().collect();
        names.sort();
        names.dedup();
        let held: Vec<_> = self.debates.iter().filter_map(|id| after.ledger.sitting(id)).collect();
        let mut rows: Vec<SeasonRow> = names
            .into_iter()
            .map(|member| {
                let own = held.iter().flat_map(|sitting| sitting.settled());
                let own: Vec<_> = own.filter(|settled| settled.member == member).collect();
                SeasonRow {
                    before: before.ledger.account(&member).map(|account| account.balance()),
                    after: after.ledger.account(&member).map(|account| account.balance()),
                    rank_before: before.ledger.rank(&member),
                    rank_after: after.ledger.rank(&member),
                    debates: u32::try_from(own.len()).unwrap_or(u32::MAX),
                    marks: own.iter().map(|settled| settled.marks).sum(),
                    purchases: bought.remove(&member).unwrap_or_default(),
                    member,
                }
            })
            .collect();
        rows.sort_by_key(|row| row.rank_after.unwrap_or(u32::MAX));
        Ok(rows)
    }
}
