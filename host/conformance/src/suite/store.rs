//! What is asked of a store.

use std::collections::BTreeSet;

use amatelier_economy::{Bounds, Installed, Lifetime, Tiers, check_effects};
use amatelier_types::{BuyAnswer, Buyer, FailureKind, MemberName, PromisedEffect, Sparks, StoreItem};

use super::{
    Bench, Checked, Fault,
    checked::{Check, Outcome},
    common,
};
use crate::{Occasion, Returned};

const LISTS: Check = Check {
    name: "lists-the-same",
    reason: "the catalog is opened once and sold from ever after: there is at least one item, and the list never changes",
    remedy: "return a constant list with kebab-case ids, each once",
};
const BUYERS: Check = Check {
    name: "answers-every-buyer",
    reason: "the poor and the rich ask, newcomers and those who own everything",
    remedy: "answer `no` with a reason of one line, or at most 100 per cent off",
};
const PROMISES: Check = Check {
    name: "keeps-promises",
    reason: "an item whose promise goes beyond the host's bounds, or does not fit its lifetime, is refused when it is bought",
    remedy: "promise effects that the host knows, within its bounds (`amatelier docs store`), and of the item's own lifetime",
};
const STRANGERS: Check = Check {
    name: "knows-its-items",
    reason: "a catalog may name an item that this store has no more",
    remedy: "return an error in redeem for an id that is not in the list; in may-buy, answer anything",
};

const WORKERS: [&str; 3] = ["ada", "grace", "linus"];

pub(super) async fn run(bench: &Bench<'_>) -> Vec<Checked> {
    let world = bench.world;
    let items = items(bench).await;
    let listed = items.as_deref().unwrap_or_default();
    let mut checked = vec![
        LISTS.ended(world, lists(bench, &items).await),
        BUYERS.ended(world, buyers(bench, listed).await),
        PROMISES.ended(world, promises(bench, listed).await),
        STRANGERS.ended(world, strangers(bench).await),
    ];
    let mut occasions = vec![Occasion::ListItems];
    for item in listed.iter().take(2) {
        let buyers = [rich(&[]), poor(&[])].into_iter().flatten();
        occasions.extend(buyers.map(|buyer| Occasion::MayBuy { item: item.id.clone(), buyer }));
    }
    checked.extend(common::run(bench, &occasions, &occasions, &WORKERS).await);
    checked
}

async fn items(bench: &Bench<'_>) -> Result<Vec<StoreItem>, Box<Fault>> {
    match bench.returns(&mut bench.host(), &Occasion::ListItems).await? {
        (Returned::Items(items), _) => Ok(items),
        (_, played) => Err(Fault::of("list-items returned something else", played)),
    }
}

async fn lists(bench: &Bench<'_>, items: &Result<Vec<StoreItem>, Box<Fault>>) -> Outcome {
    let items = items.as_ref().map_err(Clone::clone)?;
    if items.is_empty() {
        return Err(Fault::new("there is nothing in it"));
    }
    let mut host = bench.host();
    host.seed = amatelier_types::Seed(2);
    let (again, played) = bench.returns(&mut host, &Occasion::ListItems).await?;
    if again != Returned::Items(items.clone()) {
        return Err(Fault::of("list-items returned something else the second time", played));
    }
    Ok(())
}

fn buyer(balance: i64, tier: u32, assignments: u32, owned: &[String]) -> Option<Buyer> {
    let name: MemberName = "ada".parse().ok()?;
    Some(Buyer {
        name,
        balance: Sparks(balance),
        tier,
        assignments,
        rank: assignments.min(1),
        owned: owned.to_vec(),
    })
}

fn rich(owned: &[String]) -> Option<Buyer> {
    buyer(10_000, 3, 50, owned)
}

fn poor(owned: &[String]) -> Option<Buyer> {
    buyer(-5, 0, 0, owned)
}

async fn buyers(bench: &Bench<'_>, items: &[StoreItem]) -> Outcome {
    let all: Vec<String> = items.iter().map(|item| item.id.clone()).collect();
    for item in items {
        for buyer in [rich(&[]), rich(&all), poor(&[]), buyer(100, 1, 3, &[])].into_iter().flatten() {
            let occasion = Occasion::MayBuy { item: item.id.clone(), buyer };
            bench.returns(&mut bench.host(), &occasion).await?;
        }
    }
    Ok(())
}

async fn promises(bench: &Bench<'_>, items: &[StoreItem]) -> Outcome {
    for item in items {
        let (Ok(lifetime), Some(buyer)) = (item.lifetime.parse::<Lifetime>(), rich(&[])) else { continue };
        let may = Occasion::MayBuy { item: item.id.clone(), buyer: buyer.clone() };
        if let (Returned::Allowed(BuyAnswer::No(_)), _) = bench.returns(&mut bench.host(), &may).await? {
            continue;
        }
        let note = "Please have the lamp in the hall mended.".to_owned();
        let occasion = Occasion::Redeem { item: item.id.clone(), buyer, note };
        let (returned, played) = bench.returns(&mut bench.host(), &occasion).await?;
        let Returned::Promised(effects) = returned else {
            return Err(Fault::of("redeem returned something else", played));
        };
        // Which skills and coaches there are is the workspace's; here, all of them are.
        let skills: BTreeSet<String> = effects
            .iter()
            .filter_map(|effect| match effect {
                PromisedEffect::GrantSkill(skill) => Some(skill.clone()),
                _ => None,
            })
            .collect();
        let installed = Installed { coach: true, skills };
        let checked = check_effects(effects, lifetime, &Bounds::default(), &Tiers::default(), &installed);
        if let Err(refusal) = checked {
            return Err(Fault::of(format!("{} is refused: {refusal}", occasion.label()), played));
        }
    }
    Ok(())
}

async fn strangers(bench: &Bench<'_>) -> Outcome {
    for id in ["no-such-item", "taken-out-long-ago"] {
        let Some(buyer) = rich(&[]) else { continue };
        let may = Occasion::MayBuy { item: id.into(), buyer: buyer.clone() };
        // Whatever it answers: what counts is that nothing is promised.
        bench.returns(&mut bench.host(), &may).await?;
        let redeem = Occasion::Redeem { item: id.into(), buyer, note: String::new() };
        let played = bench.play(&mut bench.host(), &redeem).await;
        match &played.result {
            Err(failure) if failure.kind == FailureKind::GuestError => {}
            Err(failure) => return Err(Fault::of(format!("{} failed: {failure}", redeem.label()), played)),
            Ok(_) => {
                return Err(Fault::of(
                    format!("{} promises what is not in the list", redeem.label()),
                    played,
                ));
            }
        }
    }
    Ok(())
}
