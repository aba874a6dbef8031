//! `prompt`: exactly what a model was shown in a turn, and what it answered.

use amatelier_engine::Asked;
use amatelier_workspace::nearest;
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
    let calls: Vec<Asked> = all.iter().filter(|call| call.turn == arguments.turn).cloned().collect();
    if calls.is_empty() {
        let (program, id) = (output::program(), &arguments.id);
        let meant = nearest(&arguments.turn, all.iter().map(|call| call.turn.as_str()));
        let meant = meant.map(|turn| format!("did you mean `{turn}`? ")).unwrap_or_default();
        let help = if all.is_empty() {
            "no model was asked in this debate".into()
        } else if arguments.turn.starts_with("lookup/") {
            format!(
                "a question in one of the Steward's forms needs no model: `{program} lookups {id}` has what was found"
            )
        } else {
            format!("{meant}`{program} calls {id}` lists the turns in which models were asked")
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
