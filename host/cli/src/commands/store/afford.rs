//! `store afford`: what members could buy now, and what keeps them from the rest.

use amatelier_types::MemberName;
use serde::Serialize;

use super::{counter, inventory::accounts};
use crate::{
    args::StoreOf, commands::book::Book, context::Context, exit::Exit, failure::Failure, output, render,
};

#[derive(Serialize)]
struct Report {
    schema: &'static str,
    realm: &'static str,
    members: Vec<Affordable>,
}

/// What a member could buy.
#[derive(Serialize)]
pub(crate) struct Affordable {
    pub member: String,
    pub balance: i64,
    pub items: Vec<Price>,
}

/// An item for a member.
#[derive(Serialize)]
pub(crate) struct Price {
    pub item: String,
    /// What it would pay; none where it cannot buy.
    pub price: Option<i64>,
    /// Why not.
    pub why: Option<String>,
}

pub(crate) async fn run(context: &Context, arguments: &StoreOf) -> Result<Exit, Failure> {
    super::needs_team(&context.workspace)?;
    let book = Book::read(context, &arguments.of)?;
    let ledger = book.ledger()?;
    let mut members = Vec::new();
    let named: Vec<MemberName> =
        accounts(&ledger, arguments.member.as_deref())?.into_iter().map(|(name, _)| name.clone()).collect();
    // Without accounts there is no ledger to open.
    if !named.is_empty() {
        let counter = counter(context, &book).await?;
        for name in named {
            let items = counter.afford(&name).await?.into_iter().map(|(offer, quoted)| match quoted {
                Ok(price) => Price { item: offer.id.clone(), price: Some(price.0), why: None },
                Err(why) => Price { item: offer.id.clone(), price: None, why: Some(why.to_string()) },
            });
            let balance = ledger.balance(&name).0;
            members.push(Affordable { member: name.to_string(), balance, items: items.collect() });
        }
    }
    let report = Report { schema: "amatelier/afford/v1", realm: book.realm.name(), members };
    if arguments.of.json {
        output::print_json(&report)?;
    } else {
        output::print(&render::affordable(&report.members, render::width()))?;
    }
    Ok(Exit::Ok)
}
