//! A question and what becomes of it.

use crate::{Desk, FORMS, Finding, Halted, Mind, Outcome, assisted, direct, grammar, plain::listed};

/// The longest question, in bytes.
const QUESTION_BYTES: usize = 4_000;

/// Answer a question: in the fixed grammar without a model, anything else with one, if there is one.
///
/// What it does depends on nothing but the question and what the desk and the mind answer: with recorded answers it does the same again.
///
/// # Errors
/// [`Halted`], from the desk or the mind; then there is no answer, and the question can be asked again.
pub async fn answer(desk: &dyn Desk, mind: Option<&dyn Mind>, question: &str) -> Result<Finding, Halted> {
    let question = question.trim();
    if desk.files().is_empty() {
        return Ok(failed("no files are registered".to_owned()));
    }
    if question.len() > QUESTION_BYTES {
        return Ok(failed(format!("the question has more than {QUESTION_BYTES} bytes")));
    }
    let is_registered = |name: &str| desk.files().iter().any(|file| file.name == name);
    match (grammar::read(question, &is_registered), mind) {
        (Some(operation), _) => direct::answer(desk, operation).await,
        (None, Some(mind)) if !question.is_empty() => assisted::answer(desk, mind, question).await,
        (None, _) => {
            let names: Vec<String> = desk.files().iter().map(|file| file.name.clone()).collect();
            let why =
                "the question is not in the fixed grammar, and there is no model to answer it".to_owned();
            let text = format!(
                "No answer: {why}. The forms are:\n- {}{}",
                FORMS.join("\n- "),
                listed("\nRegistered files:", &names)
            );
            Ok(Finding { text, ..failed(why) })
        }
    }
}

/// Whether a question is in the fixed grammar: then no model is asked.
pub fn is_in_grammar(desk: &dyn Desk, question: &str) -> bool {
    let is_registered = |name: &str| desk.files().iter().any(|file| file.name == name);
    grammar::read(question, &is_registered).is_some()
}

/// A finding that only says why there is none.
pub(crate) fn failed(why: String) -> Finding {
    Finding {
        text: format!("No answer: {why}."),
        citations: Vec::new(),
        files: Vec::new(),
        struck: Vec::new(),
        looked_at: Vec::new(),
        outcome: Outcome::Failed { why },
        assisted: false,
        model: None,
        rounds: 0,
    }
}
