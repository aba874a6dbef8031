//! `promote`: the next tier, for what the catalog asks under `tier-1`, `tier-2`, …

use amatelier_economy::{Event, Ledger, Refusal};
use amatelier_engine::Shop;
use amatelier_types::MemberName;
use serde::Serialize;

use super::book::{Book, member, now};
use crate::{args::Promote, context::Context, exit::Exit, failure::Failure, output};

#[derive(Serialize)]
struct Promoted {
    schema: &'static str,
    realm: &'static str,
    member: String,
    tier: u32,
    price: i64,
    balance: i64,
    slots: u32,
}

pub(crate) async fn run(context: &Context, arguments: Promote) -> Result<Exit, Failure> {
    let book = Book::write(context, &arguments.of)?;
    let (ledger, rules, at) = (book.ledger()?, book.rules(), now());
    let name = member(&arguments.member, &ledger, [])?;
    let prices = Shop::prices(&context.workspace)?;
    let item = next_tier(&ledger, &name);
    if !prices.contains_key(&item) && highest(&ledger, &name) < rules.tiers.highest() {
        return Err(Failure::new(
            Exit::NotFound,
            format!("the catalog has no `{item}`, so nobody knows what that tier costs"),
            format!("add it to {}", context.workspace.catalog_file().display()),
        ));
    }
    let promote = |ledger: &Ledger| {
        // Somebody may have promoted it meanwhile, to a tier above which nothing is for sale.
        let price = prices.get(&next_tier(ledger, &name)).copied();
        let nothing = || Refusal::HighestTier { member: name.clone(), tier: highest(ledger, &name) };
        ledger.promote(&rules, &name, price.ok_or_else(nothing)?, at)
    };
    let events = book.decide(|ledger, _| promote(ledger)).await?;
    let ledger = book.ledger()?;
    let promoted = Promoted {
        schema: "amatelier/promote/v1",
        realm: book.realm.name(),
        member: name.to_string(),
        tier: highest(&ledger, &name),
        price: -events.iter().flat_map(Event::postings).map(|posting| posting.amount.0).sum::<i64>(),
        balance: ledger.balance(&name).0,
        slots: ledger.account(&name).map_or(0, |account| account.slots(&rules)),
    };
    if arguments.of.json {
        output::print_json(&promoted)?;
    } else {
        let Promoted { tier, price, balance, slots, .. } = promoted;
        output::print(&format!(
            "{name}: tier {tier} for {price} sparks, {slots} skill slots, now {balance}\n"
        ))?;
    }
    Ok(Exit::Ok)
}

fn highest(ledger: &Ledger, name: &MemberName) -> u32 {
    ledger.account(name).map_or(0, |account| account.tier())
}

fn next_tier(ledger: &Ledger, name: &MemberName) -> String {
    format!("tier-{}", highest(ledger, name).saturating_add(1))
}
