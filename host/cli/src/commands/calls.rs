//! `calls`: what models were asked in a debate, one line a call.

use amatelier_engine::Asked;
use amatelier_types::RoundtableId;
use serde::Serialize;

use super::found;
use crate::{args::Calls, context::Context, exit::Exit, failure::Failure, output, render};

#[derive(Serialize)]
struct Listing {
    schema: &'static str,
    calls: Vec<Asked>,
}

pub(crate) fn run(context: &Context, arguments: &Calls) -> Result<Exit, Failure> {
    let mut calls = asked(context, &arguments.id)?;
    if let Some(member) = &arguments.member {
        calls.retain(|call| call.member == *member);
    }
    if arguments.json {
        output::print_json(&Listing { schema: "amatelier/calls/v1", calls })?;
    } else {
        output::print(&render::calls(&calls))?;
    }
    Ok(Exit::Ok)
}

/// The calls of a debate, wherever it is.
pub(super) fn asked(context: &Context, id: &RoundtableId) -> Result<Vec<Asked>, Failure> {
    found(context, id, |archive| archive.asked(id))
}
