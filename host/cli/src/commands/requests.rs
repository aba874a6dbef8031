//! `requests`: what members ask for, and what the operator says to it.

use amatelier_economy::{Event, Installed, Request, RequestState};
use amatelier_engine::School;
use amatelier_types::Sparks;
use serde::Serialize;

use super::book::{Book, now};
use crate::{
    args::{Ledgered, Requests, RequestsClose, RequestsCommand, RequestsFulfil, RequestsList},
    context::Context,
    exit::Exit,
    failure::Failure,
    output, render,
};

#[derive(Serialize)]
struct Listing {
    schema: &'static str,
    realm: &'static str,
    requests: Vec<Asked>,
}

/// A request.
#[derive(Serialize)]
pub(crate) struct Asked {
    pub id: String,
    pub member: String,
    /// Whether the operator alone reads it.
    pub private: bool,
    /// `open`, `fulfilled`, `closed`, `expired`.
    pub state: &'static str,
    /// How many debates it has seen; only public ones grow old.
    pub age: u32,
    pub paid: i64,
    pub text: String,
    pub note: String,
    pub asked_at: String,
}

impl Asked {
    fn of(request: &Request) -> Self {
        Asked {
            id: request.id.to_string(),
            member: request.member.to_string(),
            private: request.private,
            state: match request.state {
                RequestState::Open => "open",
                RequestState::Fulfilled => "fulfilled",
                RequestState::Closed => "closed",
                RequestState::Expired => "expired",
            },
            age: request.age,
            paid: request.paid.0,
            text: request.text.clone(),
            note: request.note.clone(),
            asked_at: request.at.rfc3339(),
        }
    }
}

#[derive(Serialize)]
struct Answered {
    schema: &'static str,
    realm: &'static str,
    request: String,
    state: &'static str,
    /// A skill that the member got with it.
    skill: Option<String>,
    /// What was given back.
    refund: i64,
}

pub(crate) async fn run(context: &Context, arguments: Requests) -> Result<Exit, Failure> {
    match arguments.command {
        RequestsCommand::List(arguments) => list(context, &arguments),
        RequestsCommand::Fulfil(arguments) => fulfil(context, &arguments).await,
        RequestsCommand::Close(arguments) => close(context, &arguments).await,
    }
}

fn list(context: &Context, arguments: &RequestsList) -> Result<Exit, Failure> {
    let book = Book::read(context, &arguments.of)?;
    let ledger = book.ledger()?;
    let wanted = ledger.requests().iter().filter(|one| arguments.all || one.state == RequestState::Open);
    let requests = wanted.map(Asked::of).collect();
    let listing = Listing { schema: "amatelier/requests/v1", realm: book.realm.name(), requests };
    if arguments.of.json {
        output::print_json(&listing)?;
    } else {
        output::print(&render::requests(&listing.requests))?;
    }
    Ok(Exit::Ok)
}

async fn fulfil(context: &Context, arguments: &RequestsFulfil) -> Result<Exit, Failure> {
    let book = Book::write(context, &arguments.of)?;
    let installed = match &arguments.skill {
        Some(_) => School::open(&context.workspace).await?.installed(),
        None => Installed::default(),
    };
    let (id, note, skill, at) = (arguments.id, &arguments.note, arguments.skill.as_deref(), now());
    book.decide(|ledger, rules| ledger.fulfil_request(rules, &installed, id, note, skill, at)).await?;
    let answered = Answered {
        schema: "amatelier/request/v1",
        realm: book.realm.name(),
        request: id.to_string(),
        state: "fulfilled",
        skill: arguments.skill.clone(),
        refund: 0,
    };
    told(&arguments.of, &answered)
}

async fn close(context: &Context, arguments: &RequestsClose) -> Result<Exit, Failure> {
    let book = Book::write(context, &arguments.of)?;
    let (id, at) = (arguments.id, now());
    let events = book.decide(|ledger, rules| ledger.close_request(rules, id, &arguments.reason, at)).await?;
    let refund: Sparks = events.iter().flat_map(Event::postings).map(|posting| posting.amount).sum();
    let answered = Answered {
        schema: "amatelier/request/v1",
        realm: book.realm.name(),
        request: id.to_string(),
        state: "closed",
        skill: None,
        refund: refund.0,
    };
    told(&arguments.of, &answered)
}

fn told(of: &Ledgered, answered: &Answered) -> Result<Exit, Failure> {
    if of.json {
        output::print_json(answered)?;
        return Ok(Exit::Ok);
    }
    let Answered { request, state, skill, refund, .. } = answered;
    let skill = skill.as_ref().map(|skill| format!(", with the skill {skill}")).unwrap_or_default();
    let refund = if *refund == 0 { String::new() } else { format!(", {refund} sparks given back") };
    output::print(&format!("{request} is {state}{skill}{refund}\n"))?;
    Ok(Exit::Ok)
}
