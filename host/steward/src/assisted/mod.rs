//! A question in words, answered by a model that looks for itself.
//!
//! The model is asked at most [`ROUNDS`] times. It sees the list of files and what it looks up, as data between marks, and has no
//! other way to a file than the operations of the desk. What it answers is held against the files before anybody sees it.

mod protocol;
mod tools;
mod verdict;

use protocol::{Step, enclosed, step};
use serde_json::Value;

use crate::{
    Desk, FileRead, Finding, Halted, Mind, Prompt, PromptTurn, Reply, ToolCall,
    plain::{cut, cut_marked},
    show::{looked_at, seen},
};

/// How often the model is asked about one question (§7 of the facts).
const ROUNDS: u32 = 10;
/// How often a reply that cannot be used is sent back, in a row.
const REPAIRS: u32 = 1;
/// The most calls in one reply that are carried out.
const CALLS: usize = 8;
/// The most tokens of one reply (§2 of the facts).
const REPLY_TOKENS: u32 = 2_000;
/// The most bytes of one result that the model is shown.
const RESULT_BYTES: usize = 12 << 10;
/// The most bytes of all results together; a small model has no room for more.
const MATERIAL_BYTES: usize = 96 << 10;
/// The most bytes of a reply that the model is shown again.
const REPLY_BYTES: usize = 16 << 10;
/// What is said before the last round.
const LAST: &str = "\n\n(This is the last round: reply with the answer object now.)";

/// Answer a question with a model.
pub(crate) async fn answer(desk: &dyn Desk, mind: &dyn Mind, question: &str) -> Result<Finding, Halted> {
    let has_tools = mind.has_tools();
    let mut inquiry = Inquiry {
        desk,
        has_tools,
        prompt: Prompt {
            system: protocol::system(has_tools),
            turns: vec![PromptTurn::User { text: protocol::opening(question, desk.files()) }],
            tools: if has_tools { tools::tools() } else { Vec::new() },
            schema: (!has_tools).then(protocol::schema),
            max_tokens: REPLY_TOKENS,
        },
        room: MATERIAL_BYTES,
        looked_at: Vec::new(),
        files: Vec::new(),
        repairs: 0,
    };
    for round in 1..=ROUNDS {
        if round == ROUNDS {
            inquiry.say_last();
        }
        match mind.ask(&inquiry.prompt).await? {
            Err(why) => {
                return Ok(
                    inquiry.failed(round, format!("the model did not answer: {}", crate::plain::plain(&why)))
                );
            }
            Ok(reply) => match inquiry.hear(reply).await? {
                Heard::Answer(answer) => {
                    let verdict = verdict::of(desk, answer, &inquiry.looked_at).await?;
                    return Ok(inquiry.found(round, verdict));
                }
                Heard::Nonsense(why) => return Ok(inquiry.failed(round, why)),
                Heard::More => {}
            },
        }
    }
    Ok(inquiry.failed(ROUNDS, format!("the model had no answer after {ROUNDS} rounds")))
}

/// A question that is being worked on.
struct Inquiry<'a> {
    desk: &'a dyn Desk,
    has_tools: bool,
    prompt: Prompt,
    /// How many bytes of results there is room for.
    room: usize,
    looked_at: Vec<String>,
    files: Vec<FileRead>,
    /// How many replies in a row could not be used.
    repairs: u32,
}

/// What a reply came to.
enum Heard {
    Answer(protocol::Answer),
    More,
    Nonsense(String),
}

impl Inquiry<'_> {
    async fn hear(&mut self, reply: Reply) -> Result<Heard, Halted> {
        let text = cut_marked(&reply.text, REPLY_BYTES);
        if self.has_tools && !reply.calls.is_empty() {
            self.repairs = 0;
            self.prompt.turns.push(PromptTurn::Assistant { text, calls: reply.calls.clone() });
            for (number, ToolCall { id, name, arguments }) in reply.calls.into_iter().enumerate() {
                let text = match number < CALLS {
                    true => self.call(&name, &arguments).await?,
                    false => format!("not carried out: one reply has at most {CALLS} calls"),
                };
                self.prompt.turns.push(PromptTurn::ToolResult { id, text });
            }
            return Ok(Heard::More);
        }
        let step = step(&reply.text, self.has_tools);
        self.prompt.turns.push(PromptTurn::Assistant { text, calls: Vec::new() });
        let text = match step {
            Ok(Step::Answer(answer)) => return Ok(Heard::Answer(answer)),
            Ok(Step::Call { name, arguments }) => {
                self.repairs = 0;
                self.call(&name, &arguments).await?
            }
            Err(why) if self.repairs < REPAIRS => {
                self.repairs += 1;
                format!("That reply cannot be used: {why}. Reply again, in the form that was asked for.")
            }
            Err(why) => return Ok(Heard::Nonsense(format!("the model's reply could not be used: {why}"))),
        };
        self.prompt.turns.push(PromptTurn::User { text });
        Ok(Heard::More)
    }

    /// Carry out a call; what comes of it, for the model.
    async fn call(&mut self, name: &str, arguments: &Value) -> Result<String, Halted> {
        let operation = match tools::operation(name, arguments) {
            Ok(operation) => operation,
            Err(why) => return Ok(format!("not carried out: {}", crate::plain::plain(&why))),
        };
        if self.room == 0 {
            return Ok("not carried out: there is no room for further results; answer with what was found"
                .to_owned());
        }
        let outcome = self.desk.perform(operation.clone()).await?;
        let looked = looked_at(&operation, &outcome);
        self.looked_at.push(looked.clone());
        Ok(match outcome {
            // A refusal may name keys and fields, which are somebody's words.
            Err(_) => format!("refused:\n{}", enclosed(&looked)),
            Ok(observation) => {
                remember(&mut self.files, observation.files());
                let text = seen(&observation);
                let (part, is_cut) = cut(&text, RESULT_BYTES.min(self.room));
                self.room -= part.len();
                let cut =
                    if is_cut { "\n(cut here; ask for less, or for the lines after these)" } else { "" };
                format!("{looked}\n{}{cut}", enclosed(part.trim_end_matches('\n')))
            }
        })
    }

    fn say_last(&mut self) {
        if let Some(PromptTurn::User { text } | PromptTurn::ToolResult { text, .. }) =
            self.prompt.turns.last_mut()
        {
            text.push_str(LAST);
        }
    }

    fn found(mut self, rounds: u32, verdict: verdict::Verdict) -> Finding {
        remember(&mut self.files, &verdict.files);
        let verdict::Verdict { text, citations, struck, outcome, .. } = verdict;
        Finding {
            text,
            citations,
            files: self.files,
            struck,
            looked_at: self.looked_at,
            outcome,
            assisted: true,
            model: None,
            rounds,
        }
    }

    fn failed(self, rounds: u32, why: String) -> Finding {
        let looked_at = match self.looked_at.is_empty() {
            true => String::new(),
            false => format!("\n\nLooked at:\n- {}", self.looked_at.join("\n- ")),
        };
        Finding {
            text: format!("No answer: {why}.{looked_at}"),
            files: self.files,
            looked_at: self.looked_at,
            assisted: true,
            model: None,
            rounds,
            ..crate::answer::failed(why)
        }
    }
}

/// Add the files that are not there yet.
fn remember(files: &mut Vec<FileRead>, read: &[FileRead]) {
    for file in read {
        if !files.contains(file) {
            files.push(file.clone());
        }
    }
}
