//! `store buy`: the operator buys on behalf of a member, who pays.

use serde::Serialize;

use super::counter;
use crate::{
    args::StoreBuy,
    commands::book::{Book, member, nobody},
    context::Context,
    exit::Exit,
    failure::Failure,
    output, render,
};

#[derive(Serialize)]
struct Report {
    schema: &'static str,
    realm: &'static str,
    member: String,
    purchase: String,
    item: String,
    price: i64,
    /// What the member has now.
    balance: i64,
    effects: Vec<String>,
    /// Skills that went into a free slot at once.
    equipped: Vec<String>,
    /// The request that it opened.
    request: Option<String>,
}

pub(crate) async fn run(context: &Context, arguments: &StoreBuy) -> Result<Exit, Failure> {
    super::needs_team(&context.workspace)?;
    let book = Book::write(context, &arguments.of)?;
    let ledger = book.ledger()?;
    if ledger.accounts().next().is_none() {
        return Err(nobody());
    }
    let name = member(&arguments.member, &ledger, [])?;
    let counter = counter(context, &book).await?;
    let bought = counter.buy(&name, &arguments.id, &arguments.note).await?;
    let balance = counter.treasury().books()?.ledger.balance(&name).0;
    let report = Report {
        schema: "amatelier/bought/v1",
        realm: book.realm.name(),
        member: name.to_string(),
        purchase: bought.purchase.to_string(),
        item: bought.item,
        price: bought.price.0,
        balance,
        effects: bought.effects.iter().map(ToString::to_string).collect(),
        equipped: bought.equipped,
        request: bought.request.map(|id| id.to_string()),
    };
    if arguments.of.json {
        output::print_json(&report)?;
    } else {
        output::print(&told(&report))?;
    }
    Ok(Exit::Ok)
}

fn told(report: &Report) -> String {
    let Report { member, purchase, item, price, balance, effects, equipped, request, .. } = report;
    let mut text = format!("{member} bought {item} for {price} sparks ({purchase}), now {balance}\n");
    for effect in effects {
        text.push_str(&format!("  {}\n", render::line(effect, 200)));
    }
    for skill in equipped {
        text.push_str(&format!("  {skill} is in a slot: it comes to the next debate\n"));
    }
    if let Some(request) = request {
        text.push_str(&format!("  it waits as {request}\n"));
    }
    text
}
