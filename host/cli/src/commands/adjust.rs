//! `grant`, `penalty` and `outcome`: sparks that the operator gives and takes.

use std::collections::BTreeSet;

use amatelier_economy::{Event, Ledger, Refusal};
use amatelier_types::{MemberName, Sparks};
use serde::Serialize;

use super::book::{Book, member, now};
use crate::{
    args::{Adjust, Outcome},
    context::Context,
    exit::Exit,
    failure::Failure,
    output,
};

#[derive(Serialize)]
struct Moved {
    schema: &'static str,
    realm: &'static str,
    moved: Vec<Change>,
}

#[derive(Serialize)]
struct Change {
    member: String,
    amount: i64,
    category: &'static str,
    reason: String,
    cause: String,
    balance: i64,
}

pub(crate) async fn grant(context: &Context, arguments: Adjust) -> Result<Exit, Failure> {
    let book = Book::write(context, &arguments.of)?;
    let (name, at) = (member(&arguments.member, &*book.ledger()?, [])?, now());
    let amount = Sparks::from(arguments.amount);
    let events =
        book.decide(|ledger, rules| ledger.grant(rules, &name, amount, &arguments.reason, at)).await?;
    print(&book, &events, arguments.of.json)
}

pub(crate) async fn penalty(context: &Context, arguments: Adjust) -> Result<Exit, Failure> {
    let book = Book::write(context, &arguments.of)?;
    let (name, at) = (member(&arguments.member, &*book.ledger()?, [])?, now());
    let amount = Sparks::from(arguments.amount);
    let events =
        book.decide(|ledger, rules| ledger.penalise(rules, &name, amount, &arguments.reason, at)).await?;
    print(&book, &events, arguments.of.json)
}

/// All are credited or nobody.
pub(crate) async fn outcome(context: &Context, arguments: Outcome) -> Result<Exit, Failure> {
    let book = Book::of_debate(context, &arguments.id)?;
    let (ledger, at) = (book.ledger()?, now());
    let names: Result<Vec<MemberName>, Failure> =
        arguments.members.iter().map(|typed| member(typed.trim(), &ledger, [])).collect();
    // Who is named twice is credited once, as who was credited before is.
    let mut names = names?;
    let mut seen = BTreeSet::new();
    names.retain(|name| seen.insert(name.clone()));
    let events = book
        .decide(|ledger, rules| {
            let credit = |ledger: &Ledger, name: &MemberName| {
                ledger.credit_outcome(rules, &arguments.id, name, &arguments.proposal, at)
            };
            one_after_the_other(ledger, &names, credit)
        })
        .await?;
    print(&book, &events, arguments.json)
}

/// Decide for each on the ledger that those before it left.
fn one_after_the_other(
    ledger: &Ledger,
    names: &[MemberName],
    decide: impl Fn(&Ledger, &MemberName) -> Result<Vec<Event>, Refusal>,
) -> Result<Vec<Event>, Refusal> {
    let (mut ledger, mut all) = (ledger.clone(), Vec::new());
    for name in names {
        let events = decide(&ledger, name)?;
        events.iter().for_each(|event| ledger.apply(event));
        all.extend(events);
    }
    Ok(all)
}

fn print(book: &Book, events: &[Event], json: bool) -> Result<Exit, Failure> {
    let ledger = book.ledger()?;
    let postings = events.iter().flat_map(Event::postings);
    let moved: Vec<Change> = postings
        .map(|posting| Change {
            member: posting.member.to_string(),
            amount: posting.amount.0,
            category: posting.category.name(),
            reason: posting.reason.clone(),
            cause: posting.cause.to_string(),
            balance: ledger.balance(&posting.member).0,
        })
        .collect();
    if json {
        output::print_json(&Moved { schema: "amatelier/moved/v1", realm: book.realm.name(), moved })?;
        return Ok(Exit::Ok);
    }
    let lines = moved.iter().map(|change| {
        format!("{}: {:+} ({}), now {}\n", change.member, change.amount, change.category, change.balance)
    });
    let lines: String = lines.collect();
    output::print(if lines.is_empty() { "noted; no spark moved\n" } else { &lines })?;
    Ok(Exit::Ok)
}
