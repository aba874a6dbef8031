//! `prompt`: exactly what a model was shown in a turn, and what it answered.

use amatelier_engine::Asked;
use serde::Serialize;

use super::calls::asked;
use crate::{args::Prompt, context::Context, exit::Exit, failure::Failure, output, render};

#[derive(Serialize)]
struct Shown {
    schema: &'static str,
    turn: String,
    calls: Vec<Asked>,
}

pub(crate) fn run(context: &Context, arguments: &Prompt) -> Result<Exit, Failure> {
    let all = asked(context, &arguments.id)?;
    let mut turns: Vec<&str> = all.iter().map(|call| call.turn.as_str()).collect();
    turns.dedup();
    let known = turns.join(", ");
    let calls: Vec<Asked> = all.iter().filter(|call| call.turn == arguments.turn).cloned().collect();
    if calls.is_empty() {
        let help = if known.is_empty() {
            "no model was asked in this debate".into()
        } else {
            format!("models were asked in {known}")
        };
        return Err(Failure::new(
            Exit::NotFound,
            format!("no model was asked in a turn `{}`", arguments.turn),
            help,
        ));
    }
    if arguments.json {
        output::print_json(&Shown { schema: "amatelier/prompt/v1", turn: arguments.turn.clone(), calls })?;
    } else {
        output::print(&render::prompt(&calls))?;
    }
    Ok(Exit::Ok)
}
