//! Sparks and the store: each function granted and denied, with its limits, its errors, and arguments that nobody in his right mind
//! passes.

use std::sync::{Arc, Mutex};

use amatelier_runtime::{BuyRefusal, Market, Posting, SparkBook, Standing, Suspended, Ware};
use amatelier_types::{
    Capability::{MarketBuy, MarketRead},
    FailureKind::Limit,
    Sparks,
};

use crate::stage::{Stage, attack, using};

/// A purse with more in it than the contract can say.
struct Purse;

impl SparkBook for Purse {
    fn balance(&self) -> Sparks {
        Sparks(i64::MAX)
    }

    /// Gives more than it is asked for.
    fn history(&self, most: usize) -> Vec<Posting> {
        vec![
            Posting { amount: Sparks(-5), category: "entry_fee".into(), reason: "a debate".into() };
            most + 7
        ]
    }

    fn leaderboard(&self) -> Vec<Standing> {
        let name = "elena".parse().unwrap();
        vec![Standing { name, balance: Sparks(-3), average: 4.5, rank: 1, tier: 2 }]
    }
}

/// A shop with one thing, and what was tried in it.
#[derive(Default)]
struct Shop {
    refuses: Option<BuyRefusal>,
    suspended: bool,
    tried: Arc<Mutex<Vec<(String, String)>>>,
}

fn bell() -> Ware {
    Ware {
        id: "bell".into(),
        name: "Bell".into(),
        category: "noises".into(),
        lifetime: "consumable".into(),
        price: 3,
        description: "rings".into(),
    }
}

#[async_trait::async_trait]
impl Market for Shop {
    fn catalog(&self) -> Vec<Ware> {
        vec![bell()]
    }

    fn inventory(&self) -> Vec<Ware> {
        vec![Ware { id: "whistle".into(), ..bell() }]
    }

    async fn buy(&self, id: &str, note: &str) -> Result<Result<u32, BuyRefusal>, Suspended> {
        self.tried.lock().unwrap().push((id.into(), note.into()));
        if self.suspended {
            return Err(Suspended("paused".into()));
        }
        Ok(self.refuses.clone().map_or(Ok(3), Err))
    }
}

fn at(stage: Stage, shop: Shop) -> Stage {
    let mut stage = stage;
    stage.call.sparks = Arc::new(Purse);
    stage.call.market = Arc::new(shop);
    stage
}

/// Function, answer without its grant, part of the answer with it.
const READING: [(&str, &str, &str); 5] = [
    ("sparks.balance", "0", "2147483647"),
    ("sparks.history", "0", "9"),
    ("sparks.leaderboard", "[]", "balance: -3, average: 4.5, rank: 1, tier: 2"),
    (
        "market.catalog",
        "[]",
        "id: \"bell\", name: \"Bell\", category: \"noises\", lifetime: \"consumable\", price: 3",
    ),
    ("market.inventory", "[]", "id: \"whistle\""),
];

#[tokio::test]
async fn reading_answers_as_it_is_granted_and_the_refusal_is_recorded() {
    for (function, denied, granted) in READING {
        let stage = || at(using(function), Shop::default());
        let said = stage().grant(MarketRead).said().await;
        assert!(said.contains(granted), "{function}: {said}");
        for stage in [stage(), stage().grant(MarketBuy)] {
            let ended = stage.run().await;
            assert_eq!(ended.record.denied, [format!("amatelier:economy/{function}")]);
            assert!(
                matches!(ended.result, Ok(amatelier_types::Move::Say(said)) if said == denied),
                "{function}"
            );
        }
    }
}

#[tokio::test]
async fn buying_needs_its_own_grant_and_is_not_even_tried_without() {
    for stage in [using("market.buy"), using("market.buy").grant(MarketRead)] {
        let shop = Shop::default();
        let tried = shop.tried.clone();
        assert_eq!(at(stage, shop).said().await, "Err(Refusal::Denied(\"market.buy\"))");
        assert_eq!(tried.lock().unwrap().len(), 0);
    }
    let shop = Shop::default();
    let tried = shop.tried.clone();
    assert_eq!(at(using("market.buy").grant(MarketBuy), shop).said().await, "Ok(3)");
    assert_eq!(*tried.lock().unwrap(), [("skill".to_owned(), "please".to_owned())]);
}

#[tokio::test]
async fn every_refusal_keeps_its_type() {
    for (refusal, expected) in [
        (BuyRefusal::NoStore, "Refusal::Denied(\"there is no store\")"),
        (BuyRefusal::UnknownItem, "Refusal::UnknownItem"),
        (BuyRefusal::TooPoor(7), "Refusal::TooPoor(7)"),
        (BuyRefusal::NotEligible("a".into()), "Refusal::NotEligible(\"a\")"),
        (BuyRefusal::AlreadyOwned, "Refusal::AlreadyOwned"),
        (BuyRefusal::Other("b".into()), "Refusal::Other(\"b\")"),
    ] {
        let shop = Shop { refuses: Some(refusal), ..Shop::default() };
        let said = at(using("market.buy").grant(MarketBuy), shop).said().await;
        assert_eq!(said, format!("Err({expected})"));
    }
}

#[tokio::test]
async fn a_history_is_as_long_as_the_limits_say() {
    for (limit, expected) in [("0", "100"), ("3", "3"), ("4000000000", "100")] {
        let stage = at(using("sparks.history").set("limit", limit), Shop::default());
        assert_eq!(stage.grant(MarketRead).said().await, expected, "{limit}");
    }
}

#[tokio::test]
async fn purchases_end_at_their_limit() {
    let shop = Shop::default();
    let tried = shop.tried.clone();
    let flood = at(attack("market-flood"), shop).grant(MarketBuy);
    flood.fails_as(Limit, "purchases: it tried to buy more than 8 times in one turn").await;
    assert_eq!(tried.lock().unwrap().len(), 8);
}

#[tokio::test]
async fn what_no_item_is_called_and_no_note_holds_does_not_reach_the_store() {
    for (id, note, times, expected) in [
        ("bell", "", "1", "Ok(3)"),
        ("x", "", "65", "Err(Refusal::UnknownItem)"),
        ("bell", "x", "2001", "Err(Refusal::UnknownItem)"),
        ("", "x", "2000", "Ok(3)"),
        ("", "x", "2001", "Err(Refusal::Other(\"a note has at most 2000 characters\"))"),
    ] {
        let stage = using("market.buy-with-note").set("file", id).set("note", note).set("times", times);
        let shop = Shop::default();
        let tried = shop.tried.clone();
        assert_eq!(at(stage, shop).grant(MarketBuy).said().await, expected, "{id} {note} {times}");
        assert_eq!(tried.lock().unwrap().len(), usize::from(expected == "Ok(3)"));
    }
    let stage = using("market.buy-with-note").set("file", "").set("note", "x").set("times", "1048577");
    let huge = at(stage, Shop::default()).grant(MarketBuy);
    huge.fails_as(Limit, "it passed 1048577 bytes to market.buy").await;
}

#[tokio::test]
async fn a_purchase_that_is_suspended_ends_the_call_without_an_answer() {
    let shop = Shop { suspended: true, ..Shop::default() };
    let ended = at(using("market.buy").grant(MarketBuy), shop).run().await;
    assert_eq!(ended.result, Err(amatelier_runtime::Stop::Suspended("paused".into())));
}
