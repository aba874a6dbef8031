//! `venture`: stakes on ideas, and which came true.

use amatelier_economy::{Event, Venture as Staked, VentureOutcome, VentureState};
use serde::Serialize;

use super::book::{Book, now};
use crate::{
    args::{Venture, VentureCommand, VentureList, VentureResolve},
    context::Context,
    exit::Exit,
    failure::Failure,
    output, render,
};

#[derive(Serialize)]
pub(crate) struct Ventures {
    pub schema: &'static str,
    pub realm: &'static str,
    pub ventures: Vec<Stake>,
}

#[derive(Serialize)]
pub(crate) struct Stake {
    pub id: String,
    pub member: String,
    pub tier: &'static str,
    pub stake: u32,
    /// What success pays.
    pub payout: i64,
    /// `pending`, `success`, `failure`, `returned`, `lapsed`.
    pub state: &'static str,
    pub roundtable_id: String,
    pub staked_at: String,
    pub idea: String,
}

#[derive(Serialize)]
struct Resolved {
    schema: &'static str,
    realm: &'static str,
    #[serde(flatten)]
    venture: Stake,
    paid: i64,
    balance: i64,
}

pub(crate) async fn run(context: &Context, arguments: Venture) -> Result<Exit, Failure> {
    match arguments.command {
        VentureCommand::List(arguments) => list(context, &arguments),
        VentureCommand::Resolve(arguments) => resolve(context, &arguments).await,
    }
}

fn list(context: &Context, arguments: &VentureList) -> Result<Exit, Failure> {
    let book = Book::read(context, &arguments.of)?;
    let ledger = book.ledger()?;
    let wanted = ledger.ventures().iter().rev();
    let wanted = wanted.filter(|venture| arguments.all || venture.state == VentureState::Pending);
    let ventures = Ventures {
        schema: "amatelier/ventures/v1",
        realm: book.realm.name(),
        ventures: wanted.map(stake).collect(),
    };
    if arguments.of.json {
        output::print_json(&ventures)?;
    } else {
        output::print(&render::ventures(&ventures.ventures))?;
    }
    Ok(Exit::Ok)
}

async fn resolve(context: &Context, arguments: &VentureResolve) -> Result<Exit, Failure> {
    let book = Book::write(context, &arguments.of)?;
    let outcome = if arguments.success { VentureOutcome::Success } else { VentureOutcome::Failure };
    let (id, at) = (arguments.id, now());
    let events =
        book.decide(|ledger, rules| ledger.resolve_venture(rules, id, outcome, &arguments.note, at)).await?;
    let ledger = book.ledger()?;
    let gone = || Failure::new(Exit::Integrity, format!("{id} is not in the ledger"), None);
    let venture = ledger.ventures().iter().find(|venture| venture.id == id).ok_or_else(gone)?;
    let resolved = Resolved {
        schema: "amatelier/venture-resolve/v1",
        realm: book.realm.name(),
        venture: stake(venture),
        paid: events.iter().flat_map(Event::postings).map(|posting| posting.amount.0).sum(),
        balance: ledger.balance(&venture.member).0,
    };
    if arguments.of.json {
        output::print_json(&resolved)?;
    } else {
        let Resolved { venture, paid, balance, .. } = &resolved;
        let paid = if *paid == 0 {
            format!("the stake of {} is lost", venture.stake)
        } else {
            format!("it pays {paid}")
        };
        output::print(&format!("{id}: {}; {paid}; {} has {balance}\n", venture.state, venture.member))?;
    }
    Ok(Exit::Ok)
}

fn stake(venture: &Staked) -> Stake {
    Stake {
        id: venture.id.to_string(),
        member: venture.member.to_string(),
        tier: venture.tier.name(),
        stake: venture.terms.stake,
        payout: venture.terms.payout().0,
        state: match venture.state {
            VentureState::Pending => "pending",
            VentureState::Resolved(VentureOutcome::Success) => "success",
            VentureState::Resolved(VentureOutcome::Failure) => "failure",
            VentureState::Returned => "returned",
            VentureState::Lapsed => "lapsed",
        },
        roundtable_id: venture.roundtable.to_string(),
        staked_at: venture.at.rfc3339(),
        idea: venture.idea.clone(),
    }
}
