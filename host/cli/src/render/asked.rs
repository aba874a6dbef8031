//! What models were asked, for people.

use std::fmt::Write as _;

use amatelier_engine::{Asked, Exchange};

use super::{line, plain, prose};

pub(crate) fn calls(calls: &[Asked]) -> String {
    if calls.is_empty() {
        return "no model was asked\n".into();
    }
    let mut text = format!(
        "{:24}  {:10}  {:24}  {:>8}  {:>8}  outcome\n",
        "turn", "member", "model", "tokens in", "out"
    );
    for call in calls {
        let last = call.requests.last();
        let model = last.map(|request| request.model.as_str()).unwrap_or_default();
        let (input, output) = last.map_or((0, 0), |request| (request.input_tokens, request.output_tokens));
        let outcome = last.map_or_else(|| "unknown".to_owned(), outcome);
        let retries = match call.requests.len() {
            0 | 1 => String::new(),
            n => format!(" ({n} requests)"),
        };
        let again = if call.attempt > 1 { format!(" (attempt {})", call.attempt) } else { String::new() };
        // Writing to a String cannot fail.
        let _ = writeln!(
            text,
            "{:24}  {:10}  {:24}  {input:>9}  {output:>8}  {}{retries}{again}",
            call.turn,
            call.member,
            line(model, 24),
            line(&outcome, 200)
        );
    }
    text
}

/// What became of a request, in words.
fn outcome(request: &Exchange) -> String {
    match (&request.outcome, &request.partial) {
        (Some(outcome), _) => outcome.clone(),
        (None, Some(partial)) => format!("unknown, broke off after {} characters", partial.chars().count()),
        (None, None) => "unknown".into(),
    }
}

pub(crate) fn prompt(calls: &[Asked]) -> String {
    let mut text = String::new();
    for call in calls {
        let model = call.requests.last().map(|request| line(&request.model, 80)).unwrap_or_default();
        let _ = writeln!(
            text,
            "=== {} · {} · call {} · attempt {} · {model}",
            call.turn, call.member, call.ordinal, call.attempt
        );
        if !call.left_out.is_empty() {
            let numbers: Vec<String> = call.left_out.iter().map(u32::to_string).collect();
            let _ = writeln!(text, "left out so that it fits: message {}", numbers.join(", "));
        }
        for (speaker, shown) in call.shown() {
            let _ = writeln!(text, "\n--- {speaker}\n{}", plain(&shown));
        }
        if let Some(schema) = call.request.get("schema").and_then(serde_json::Value::as_str) {
            let _ = writeln!(text, "\n--- the answer had to meet this JSON Schema\n{}", plain(schema));
        }
        match call.told() {
            Ok(answer) => {
                let _ = writeln!(text, "\n--- answer\n{}\n", plain(&answer));
            }
            Err(why) => {
                let _ = write!(text, "\n--- no answer\n{}\n", prose(&why));
                if let Some(partial) =
                    call.requests.iter().rev().find_map(|request| request.partial.as_deref())
                {
                    let _ =
                        writeln!(text, "--- what had arrived when the program stopped\n{}\n", plain(partial));
                }
            }
        }
    }
    text
}
