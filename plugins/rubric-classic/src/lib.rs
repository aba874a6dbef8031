//! The rubric `classic`: four axes, marked once, after reading the whole debate. Asks for `llm.complete`.
//!
//! A debate that fits is put to the model as it is. A longer one is read in parts first: each part yields quotations, those that stand in
//! the debate word for word are kept, and the marks are given once, at the end, on these quotations. Marks of parts are never combined.
//! What members wrote is data: it stands between tags it cannot close, and the members' names are whatever the host calls them here.

mod axes;
mod evidence;
mod marks;
mod prompts;
mod record;

use std::cell::Cell;

use amatelier_sdk::{
    Axis, Rubric, Scorecard, chat,
    llm::{self, Error, Finish, Reply},
    log, prompt,
};
use record::Record;

/// The longest part that is read in one piece, in characters: about 25,000 tokens, which the smallest models in use take with room for
/// the task and the answer.
const PART: usize = 80_000;

/// Requests to a model that one call may make, unless its operator allows more. One too many would end the call without a word.
const REQUESTS: usize = 8;

/// Below this a part is no longer halved: a model that takes no more cannot judge a debate.
const SMALLEST_PART: usize = 5_000;

struct Classic;

impl Rubric for Classic {
    fn axes(&self) -> Vec<Axis> {
        axes::all()
    }

    fn score(&self, members: &[String], retry_note: Option<&str>) -> Result<Vec<Scorecard>, String> {
        let record = Record::of(&chat::recall().all(), members);
        let mut part = PART;
        // Larger parts before more requests than there are: the last one is for the marks.
        while record.parts(part).len() >= REQUESTS {
            part *= 2;
        }
        let left = Cell::new(REQUESTS);
        loop {
            match score(&record, members, retry_note, part, &left) {
                Err(Failure::TooLong) if part > SMALLEST_PART => part /= 2,
                Err(Failure::TooLong) => {
                    return Err("no part of the debate is short enough for the model".into());
                }
                Err(Failure::Other(why)) => return Err(why),
                Ok(cards) => return Ok(cards),
            }
            log::info!("the prompt was too long; reading in parts of {part} characters");
        }
    }
}

amatelier_sdk::rubric!(Classic);

/// Why there are no cards yet.
enum Failure {
    /// A prompt was longer than the model takes; smaller parts may fit.
    TooLong,
    /// Anything else.
    Other(String),
}

fn score(
    record: &Record,
    members: &[String],
    note: Option<&str>,
    part: usize,
    left: &Cell<usize>,
) -> Result<Vec<Scorecard>, Failure> {
    let parts = record.parts(part);
    let needed = if parts.len() == 1 { 1 } else { parts.len() + 1 };
    if needed > left.get() {
        return Err(Failure::Other(format!(
            "the debate is too long for the model: it would take {needed} requests, and {} are left",
            left.get()
        )));
    }
    let reply = match parts.as_slice() {
        [whole] => mark(prompts::whole(whole), members, note, left)?,
        parts => match mark(prompts::gathered(&gather(record, members, parts, left)?), members, note, left) {
            // Smaller parts would only yield more evidence, at the price of reading everything again.
            Err(Error::TooLong(_)) => {
                return Err(Failure::Other("the evidence alone is longer than the model takes".into()));
            }
            other => other?,
        },
    };
    marks::read(&text(reply)?).map_err(Failure::Other)
}

fn mark(
    material: String,
    members: &[String],
    note: Option<&str>,
    left: &Cell<usize>,
) -> Result<Reply, Error> {
    left.set(left.get().saturating_sub(1));
    llm::ask(prompts::system())
        .user(prompt::fenced("briefing", &chat::briefing()))
        .user(material)
        .user(prompts::mark(members, note))
        .schema(marks::schema(members))
        .send()
}

/// The quotations of every part, in the debate's order.
fn gather(
    record: &Record,
    members: &[String],
    parts: &[String],
    left: &Cell<usize>,
) -> Result<Vec<evidence::Item>, Failure> {
    let mut items = Vec::new();
    for (index, part) in parts.iter().enumerate() {
        left.set(left.get().saturating_sub(1));
        let ask = llm::ask(prompts::system())
            .user(prompt::fenced("briefing", &chat::briefing()))
            .user(prompts::part(part, index + 1, parts.len()))
            .user(prompts::gather(members))
            .schema(evidence::schema(members));
        let found = evidence::read(&text(ask.send()?)?).map_err(Failure::Other)?;
        items.extend(found.into_iter().filter(|item| record.holds(&item.member, item.seq, &item.quote)));
    }
    Ok(items)
}

/// The text of a whole answer; half a JSON value is none.
fn text(reply: Reply) -> Result<String, Failure> {
    match reply.finish {
        Finish::Refused => Err(Failure::Other("the model declined to mark this debate".into())),
        Finish::Length | Finish::Broken => Err(Failure::Other("the model's answer was cut off".into())),
        Finish::Done | Finish::Other(_) => Ok(reply.text),
    }
}

impl From<Error> for Failure {
    fn from(error: Error) -> Failure {
        match error {
            Error::TooLong(_) => Failure::TooLong,
            other => Failure::Other(other.to_string()),
        }
    }
}
