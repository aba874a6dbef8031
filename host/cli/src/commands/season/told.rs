//! What is said of a season: a line for each debate, and what it was to each member.

use amatelier_debate::Digest;
use amatelier_economy::Event;
use amatelier_engine::{Engine, Error, Season, SeasonPurchase, SeasonRow};
use amatelier_workspace::Realm;
use serde::Serialize;

/// A debate of the season.
#[derive(Serialize)]
pub(crate) struct Debated {
    pub schema: &'static str,
    pub season_id: String,
    pub roundtable_id: String,
    /// Its place, from 1, of so many.
    pub debate: u32,
    pub of: u32,
    pub topic: String,
    pub seed: u64,
    pub rounds: u32,
    pub stop_reason: String,
    pub scoring_status: String,
    /// What it brought to whom; nobody where it was not settled.
    pub members: Vec<Brought>,
    pub purchases: Vec<Bought>,
}

#[derive(Serialize)]
pub(crate) struct Brought {
    pub member: String,
    pub marks: u64,
    pub net: i64,
    pub balance: i64,
}

#[derive(Serialize)]
pub(crate) struct Bought {
    pub member: String,
    pub item: String,
    pub name: String,
    pub price: i64,
}

/// The whole.
#[derive(Serialize)]
pub(crate) struct Closing {
    pub schema: &'static str,
    pub season_id: String,
    pub realm: &'static str,
    pub debates: Vec<String>,
    pub members: Vec<Stood>,
}

/// A member before and after.
#[derive(Serialize)]
pub(crate) struct Stood {
    pub member: String,
    pub balance_before: Option<i64>,
    pub balance_after: Option<i64>,
    pub rank_before: Option<u32>,
    pub rank_after: Option<u32>,
    pub debates: u32,
    pub marks: u64,
    pub purchases: Vec<Bought>,
}

impl Debated {
    /// What a debate was, of a season that it is the last of, after so many events of the ledger.
    pub(super) fn of(engine: &Engine, season: &Season, digest: &Digest, before: u64) -> Result<Self, Error> {
        let books = engine.treasury().books()?;
        let id = season.debates().last();
        let settled = id.and_then(|id| books.ledger.sitting(id)).map(|sitting| sitting.settled());
        let members = settled.unwrap_or_default().iter().map(|settled| Brought {
            member: settled.member.to_string(),
            marks: settled.marks,
            net: settled.net.0,
            balance: books.ledger.balance(&settled.member).0,
        });
        let events = engine.treasury().events_between(before, books.seq)?;
        let purchases = events.iter().filter_map(|event| match event {
            Event::ItemBought(bought) => Some(Bought {
                member: bought.member.to_string(),
                item: bought.item.clone(),
                name: bought.name.clone(),
                price: bought.price.0,
            }),
            _ => None,
        });
        Ok(Debated {
            schema: "amatelier/season-debate/v1",
            season_id: season.id().to_string(),
            roundtable_id: digest.roundtable_id.clone(),
            debate: season.place(),
            of: season.plan().debates,
            topic: digest.topic.clone(),
            seed: season.plan().seed(season.place()),
            rounds: digest.rounds,
            stop_reason: digest.stop.as_ref().map(|stop| stop.reason.clone()).unwrap_or_default(),
            scoring_status: digest.scoring_status.to_string(),
            members: members.collect(),
            purchases: purchases.collect(),
        })
    }
}

impl Closing {
    pub(super) fn of(engine: &Engine, season: &Season) -> Result<Self, Error> {
        let rows = season.table(engine.treasury())?;
        Ok(Closing {
            schema: "amatelier/season/v1",
            season_id: season.id().to_string(),
            realm: Realm::from(engine.mode()).name(),
            debates: season.debates().iter().map(ToString::to_string).collect(),
            members: rows.into_iter().map(Stood::from).collect(),
        })
    }
}

impl From<SeasonRow> for Stood {
    fn from(row: SeasonRow) -> Self {
        let bought = |purchase: SeasonPurchase| Bought {
            member: row.member.to_string(),
            item: purchase.item,
            name: purchase.name,
            price: purchase.price.0,
        };
        Stood {
            member: row.member.to_string(),
            balance_before: row.before.map(|sparks| sparks.0),
            balance_after: row.after.map(|sparks| sparks.0),
            rank_before: row.rank_before,
            rank_after: row.rank_after,
            debates: row.debates,
            marks: row.marks,
            purchases: row.purchases.into_iter().map(bought).collect(),
        }
    }
}
