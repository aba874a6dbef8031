//! What is said to a request, before a protocol puts it into its own words.

use amatelier_types::Usage;
use serde_json::{Value, json};

use super::{asked::Asked, dice::Dice, reaction::Reaction, schema, speech};

/// How many words come in one piece.
const WORDS: usize = 6;

/// An answer.
#[derive(Clone, Debug, Default)]
pub(super) struct Answer {
    /// Its words.
    pub(super) text: String,
    /// What it calls instead.
    pub(super) call: Option<Call>,
    /// What went before it in the model's mind.
    pub(super) thought: Option<String>,
    /// It has reached its longest length in the middle of a sentence.
    pub(super) cut: bool,
    /// What it takes.
    pub(super) usage: Usage,
}

/// A call of a tool.
#[derive(Clone, Debug)]
pub(super) struct Call {
    pub(super) id: String,
    pub(super) name: String,
    /// JSON, if the script says so.
    pub(super) arguments: String,
}

impl Answer {
    /// The answer to a request.
    pub(super) fn to(asked: &Asked, reaction: &Reaction) -> Self {
        let mut answer = Answer { thought: thought(asked), ..Answer::default() };
        match reaction {
            Reaction::Call(name, arguments) if !asked.prompt.tools.is_empty() => {
                answer.call = Some(Call::of(asked, name, arguments.clone()));
            }
            // A model that was offered no tools can still write what it would call.
            Reaction::Call(name, arguments) => {
                let arguments = serde_json::from_str(arguments).unwrap_or_else(|_| json!(arguments));
                answer.text = json!({"tool": name, "arguments": arguments}).to_string();
            }
            Reaction::Length => {
                let whole = words(asked, reaction);
                let pieces: Vec<&str> = whole.split_inclusive(' ').collect();
                answer.text = pieces[..pieces.len().div_ceil(2)].concat();
                answer.cut = true;
            }
            _ => answer.text = words(asked, reaction),
        }
        if let Some(tool) = asked.prompt.forced.as_ref().filter(|_| answer.call.is_none()) {
            let arguments = std::mem::take(&mut answer.text);
            answer.call = Some(Call::of(asked, tool, arguments));
        }
        let dialect = asked.protocol.dialect();
        let said =
            [Some(&answer.text), answer.thought.as_ref(), answer.call.as_ref().map(|call| &call.arguments)];
        let output: u64 = said.into_iter().flatten().map(|text| dialect.tokens(text)).sum();
        // Nothing at all is one token, too: the one that ends it.
        answer.usage = dialect.bill(asked, output.max(1));
        answer
    }

    /// What was said: words, or the arguments of a call.
    pub(super) fn said(&self) -> &str {
        self.call.as_ref().map_or(&self.text, |call| &call.arguments)
    }

    /// Tokens of the thought.
    pub(super) fn thought_tokens(&self, asked: &Asked) -> u64 {
        self.thought.as_deref().map_or(0, |thought| asked.protocol.dialect().tokens(thought))
    }

    /// The text in pieces that give it again when put together.
    pub(super) fn pieces(&self) -> Vec<String> {
        let words: Vec<&str> = self.text.split_inclusive(' ').collect();
        words.chunks(WORDS).map(|chunk| chunk.concat()).collect()
    }

    /// The reason for its end, in a protocol's words for these three.
    pub(super) fn ending<'a>(&self, done: &'a str, length: &'a str, calls: &'a str) -> &'a str {
        match (&self.call, self.cut) {
            (_, true) => length,
            (Some(_), false) => calls,
            (None, false) => done,
        }
    }
}

impl Call {
    fn of(asked: &Asked, name: &str, arguments: String) -> Self {
        Call { id: format!("call_{}", asked.n), name: name.to_owned(), arguments }
    }

    /// The arguments as an object; none where they are none.
    pub(super) fn object(&self) -> Option<Value> {
        serde_json::from_str(&self.arguments).ok().filter(Value::is_object)
    }

    /// The arguments in two pieces.
    pub(super) fn halves(&self) -> (&str, &str) {
        let middle = self.arguments.len() / 2;
        self.arguments
            .split_at((0..=middle).rev().find(|at| self.arguments.is_char_boundary(*at)).unwrap_or(0))
    }
}

fn words(asked: &Asked, reaction: &Reaction) -> String {
    let mut dice = Dice::of(&asked.key);
    match (reaction, asked.schema()) {
        (Reaction::Say(words), _) => words.clone(),
        (Reaction::Converge, Some(wanted)) => schema::value(wanted, "converged", &mut dice).to_string(),
        (Reaction::Converge, None) => format!("CONVERGED: {}", speech::sentence(&mut dice)),
        (_, Some(wanted)) => schema::value(wanted, "proceed", &mut dice).to_string(),
        (_, None) => speech::about(asked, &mut dice),
    }
}

/// From dice of its own: whether a model thinks changes nothing of what it says.
fn thought(asked: &Asked) -> Option<String> {
    asked.prompt.thinks.then(|| speech::sentence(&mut Dice::of(&asked.key)))
}
