//! `store equip`, `store unequip`, `store retire`: what becomes of things that a member has.

use amatelier_economy::{Event, PurchaseId};
use amatelier_types::MemberName;
use serde::Serialize;

use crate::{
    args::{Ledgered, StoreEquip, StoreRetire},
    commands::book::{Book, member, nobody, now},
    context::Context,
    exit::Exit,
    failure::Failure,
    output,
};

#[derive(Serialize)]
struct Report {
    schema: &'static str,
    realm: &'static str,
    member: String,
    slots: u32,
    equipped: Vec<String>,
}

pub(crate) async fn equip(context: &Context, arguments: &StoreEquip) -> Result<Exit, Failure> {
    let (book, name) = whose(context, &arguments.of, &arguments.member)?;
    let (skill, at) = (&arguments.skill, now());
    book.decide(|ledger, rules| ledger.equip(rules, &name, skill, at)).await?;
    told(&book, &name, &arguments.of, &format!("{skill} is in a slot: it comes to the next debate"))
}

pub(crate) async fn unequip(context: &Context, arguments: &StoreEquip) -> Result<Exit, Failure> {
    let (book, name) = whose(context, &arguments.of, &arguments.member)?;
    let (skill, at) = (&arguments.skill, now());
    book.decide(|ledger, rules| ledger.unequip(rules, &name, skill, at)).await?;
    told(&book, &name, &arguments.of, &format!("{skill} is out of its slot, and stays {name}'s"))
}

pub(crate) async fn retire(context: &Context, arguments: &StoreRetire) -> Result<Exit, Failure> {
    let (book, name) = whose(context, &arguments.of, &arguments.member)?;
    let (what, at) = (arguments.purchase.as_str(), now());
    let named: Option<PurchaseId> = what.parse().ok();
    let events = book
        .decide(|ledger, rules| {
            let purchase = named.map_or_else(|| ledger.purchase_of(rules, &name, what), Ok)?;
            ledger.retire(rules, &name, purchase, &arguments.reason, at)
        })
        .await?;
    let gone = events.iter().find_map(|event| match event {
        Event::ItemRetired { purchase, item, .. } => Some(format!("{purchase}, {item},")),
        _ => None,
    });
    told(&book, &name, &arguments.of, &format!("{} is given up", gone.as_deref().unwrap_or(what)))
}

fn whose(context: &Context, of: &Ledgered, typed: &str) -> Result<(Book, MemberName), Failure> {
    let book = Book::write(context, of)?;
    let ledger = book.ledger()?;
    if ledger.accounts().next().is_none() {
        return Err(nobody());
    }
    let name = member(typed, &ledger, [])?;
    Ok((book, name))
}

fn told(book: &Book, name: &MemberName, of: &Ledgered, what: &str) -> Result<Exit, Failure> {
    let (ledger, rules) = (book.ledger()?, book.rules());
    let account = ledger.account(name);
    let report = Report {
        schema: "amatelier/equipped/v1",
        realm: book.realm.name(),
        member: name.to_string(),
        slots: account.map_or(0, |account| account.slots(&rules)),
        equipped: account.map(|account| account.equipped().to_vec()).unwrap_or_default(),
    };
    if of.json {
        output::print_json(&report)?;
    } else {
        let Report { slots, equipped, .. } = &report;
        output::print(&format!("{what}\n{name}: {} of {slots} slots taken\n", equipped.len()))?;
    }
    Ok(Exit::Ok)
}
