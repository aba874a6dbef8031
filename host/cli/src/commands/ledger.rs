//! `ledger`: what was earned and spent, newest first.

use amatelier_engine::Posted;
use amatelier_types::RoundtableId;
use serde::Serialize;

use super::book::{Book, member};
use crate::{args::Ledger, context::Context, exit::Exit, failure::Failure, output, render};

#[derive(Serialize)]
pub(crate) struct Postings {
    pub schema: &'static str,
    pub realm: &'static str,
    /// How many there are, shown or not.
    pub of: usize,
    /// Newest first.
    pub postings: Vec<Line>,
}

/// One posting.
#[derive(Serialize)]
pub(crate) struct Line {
    pub at: String,
    pub member: String,
    pub amount: i64,
    /// What its member had after it.
    pub balance: i64,
    pub category: &'static str,
    pub reason: String,
    pub roundtable_id: Option<String>,
    pub cause: String,
}

pub(crate) fn run(context: &Context, arguments: &Ledger) -> Result<Exit, Failure> {
    let book = Book::read(context, &arguments.of)?;
    let mut posted = book.posted()?;
    if let Some(typed) = &arguments.member {
        // Who left has no account any more, and a past all the same.
        let name = member(typed, &*book.ledger()?, posted.iter().map(|posted| &posted.posting.member))?;
        posted.retain(|posted| posted.posting.member == name);
    }
    if let Some(id) = &arguments.roundtable {
        if book.ledger()?.sitting(id).is_none() {
            return Err(unknown(id));
        }
        posted.retain(|posted| posted.posting.roundtable.as_ref() == Some(id));
    }
    let of = posted.len();
    let most = if arguments.limit == 0 { of } else { arguments.limit };
    let postings = Postings {
        schema: "amatelier/ledger/v1",
        realm: book.realm.name(),
        of,
        postings: posted.iter().rev().take(most).map(line).collect(),
    };
    if arguments.of.json {
        output::print_json(&postings)?;
    } else {
        output::print(&render::postings(&postings))?;
    }
    Ok(Exit::Ok)
}

fn line(posted: &Posted) -> Line {
    let posting = &posted.posting;
    Line {
        at: posted.at.rfc3339(),
        member: posting.member.to_string(),
        amount: posting.amount.0,
        balance: posted.balance.0,
        category: posting.category.name(),
        reason: posting.reason.clone(),
        roundtable_id: posting.roundtable.as_ref().map(ToString::to_string),
        cause: posting.cause.to_string(),
    }
}

fn unknown(id: &RoundtableId) -> Failure {
    Failure::new(
        Exit::NotFound,
        format!("this ledger knows no roundtable {id}"),
        format!(
            "`{} list` lists the debates; rehearsals have a ledger of their own (--mode rehearsal)",
            output::program()
        ),
    )
}
