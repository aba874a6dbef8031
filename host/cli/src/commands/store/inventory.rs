//! `store inventory` and `store history`: what members have, and what they ever bought.

use amatelier_economy::{Account, Ledger, Possession, PossessionState};
use amatelier_types::MemberName;
use serde::Serialize;

use crate::{
    args::StoreOf,
    commands::book::{Book, member},
    context::Context,
    exit::Exit,
    failure::Failure,
    output, render,
};

#[derive(Serialize)]
struct Inventory {
    schema: &'static str,
    realm: &'static str,
    members: Vec<Holding>,
}

/// What a member has.
#[derive(Serialize)]
pub(crate) struct Holding {
    pub member: String,
    pub balance: i64,
    pub tier: u32,
    pub slots: u32,
    /// Skills in slots, in their order.
    pub equipped: Vec<String>,
    /// Every skill.
    pub skills: Vec<String>,
    pub items: Vec<Held>,
}

#[derive(Serialize)]
struct History {
    schema: &'static str,
    realm: &'static str,
    purchases: Vec<Held>,
}

/// A purchase, and where it stands.
#[derive(Serialize)]
pub(crate) struct Held {
    pub member: String,
    pub purchase: String,
    pub item: String,
    pub name: String,
    pub lifetime: &'static str,
    pub price: i64,
    /// `done`, `owned`, `waiting`, `claimed`, `used`, `retired`.
    pub state: &'static str,
    /// The debate that has it or used it up; the reason why it was given up.
    pub by: Option<String>,
    pub bought_at: String,
}

impl Held {
    fn of(member: &MemberName, one: &Possession) -> Self {
        let (state, by) = match &one.state {
            PossessionState::Done => ("done", None),
            PossessionState::Owned => ("owned", None),
            PossessionState::Waiting => ("waiting", None),
            PossessionState::Claimed(id) => ("claimed", Some(id.to_string())),
            PossessionState::Used(id) => ("used", Some(id.to_string())),
            PossessionState::Retired(why) => ("retired", Some(why.clone())),
        };
        Held {
            member: member.to_string(),
            purchase: one.purchase.to_string(),
            item: one.item.clone(),
            name: one.name.clone(),
            lifetime: one.lifetime.name(),
            price: one.price.0,
            state,
            by,
            bought_at: one.at.rfc3339(),
        }
    }
}

pub(crate) fn run(context: &Context, arguments: &StoreOf) -> Result<Exit, Failure> {
    let book = Book::read(context, &arguments.of)?;
    let (ledger, rules) = (book.ledger()?, book.rules());
    let holding = |(name, account): (&MemberName, &Account)| Holding {
        member: name.to_string(),
        balance: account.balance().0,
        tier: account.tier(),
        slots: account.slots(&rules),
        equipped: account.equipped().to_vec(),
        skills: account.skills().into_iter().map(str::to_owned).collect(),
        items: account
            .possessions()
            .iter()
            .filter(|one| one.is_held())
            .map(|one| Held::of(name, one))
            .collect(),
    };
    let members = accounts(&ledger, arguments.member.as_deref())?.into_iter().map(holding).collect();
    let inventory = Inventory { schema: "amatelier/inventory/v1", realm: book.realm.name(), members };
    if arguments.of.json {
        output::print_json(&inventory)?;
    } else {
        output::print(&render::inventory(&inventory.members, render::width()))?;
    }
    Ok(Exit::Ok)
}

pub(crate) fn history(context: &Context, arguments: &StoreOf) -> Result<Exit, Failure> {
    let book = Book::read(context, &arguments.of)?;
    let ledger = book.ledger()?;
    let mut all: Vec<(&MemberName, &Possession)> = Vec::new();
    for (name, account) in accounts(&ledger, arguments.member.as_deref())? {
        all.extend(account.possessions().iter().map(|one| (name, one)));
    }
    all.sort_by_key(|(_, one)| std::cmp::Reverse(one.purchase));
    let purchases = all.into_iter().map(|(name, one)| Held::of(name, one)).collect();
    let history = History { schema: "amatelier/purchases/v1", realm: book.realm.name(), purchases };
    if arguments.of.json {
        output::print_json(&history)?;
    } else {
        output::print(&render::purchases(&history.purchases, render::width()))?;
    }
    Ok(Exit::Ok)
}

/// The account of a member, or all of them.
pub(super) fn accounts<'a>(
    ledger: &'a Ledger,
    typed: Option<&str>,
) -> Result<Vec<(&'a MemberName, &'a Account)>, Failure> {
    let named = typed.map(|typed| member(typed, ledger, [])).transpose()?;
    let wanted = |name: &MemberName| named.as_ref().is_none_or(|named| named == name);
    Ok(ledger.accounts().filter(|(name, _)| wanted(name)).collect())
}
