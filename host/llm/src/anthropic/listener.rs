//! What the events of an answer add up to.
//!
//! Events are known by the `type` inside them; those of a kind that nobody knew when this was written are passed over, as the service
//! asks. A missing end is no matter where the reason for the end was given.

use std::collections::BTreeMap;

use serde_json::Value;

use super::body::ANSWER_TOOL;
use crate::http::{
    Answer, CallPiece, Counts, Ended, Ending, Framing, Listener, Trouble,
    json::{count, name, word},
    said_error,
};

/// The reader of events.
#[derive(Debug, Default)]
pub(crate) struct EventListener {
    /// The answer comes as the arguments of a call, and is text to the caller.
    forced: bool,
    /// The calls that are under way, by the number of their block.
    calls: BTreeMap<u64, Call>,
    usage: Totals,
}

/// A call that is being written.
#[derive(Debug, Default)]
struct Call {
    /// Its place among the calls; none for the answer itself.
    place: Option<usize>,
    /// Arguments that came with its announcement; they count if no pieces follow.
    announced: Option<String>,
}

impl Call {
    fn stop(self, answer: &mut Answer) {
        if let Some(arguments) = self.announced {
            add_arguments(self.place, &arguments, answer);
        }
    }
}

/// Prompt tokens as the service counts them: three parts beside each other.
#[derive(Clone, Copy, Debug, Default)]
struct Totals {
    plain: Option<u64>,
    written: Option<u64>,
    read: Option<u64>,
}

impl EventListener {
    /// Nothing heard yet. `forced` says whether the model was made to answer by a call.
    pub(crate) fn new(forced: bool) -> Self {
        EventListener { forced, ..EventListener::default() }
    }

    fn start_block(&mut self, index: u64, block: &Value, answer: &mut Answer) {
        match word(block, "type") {
            Some("text") => answer.text.push_str(word(block, "text").unwrap_or_default()),
            Some("thinking") => answer.thinking.push_str(word(block, "thinking").unwrap_or_default()),
            Some("tool_use") => {
                let announced = match block.get("input") {
                    Some(Value::String(text)) if !text.is_empty() => text.clone(),
                    Some(input @ Value::Object(_)) => input.to_string(),
                    _ => "{}".to_owned(),
                };
                let place =
                    (!self.forced || word(block, "name") != Some(ANSWER_TOOL)).then(|| answer.calls().len());
                if let Some(index) = place {
                    let (id, name) = (name(block, "id"), name(block, "name"));
                    answer.add_call(CallPiece { index, id, name, arguments: String::new() });
                }
                self.calls.insert(index, Call { place, announced: Some(announced) });
            }
            _ => {}
        }
    }

    fn delta(&mut self, index: u64, delta: &Value, answer: &mut Answer) {
        match word(delta, "type") {
            Some("text_delta") => answer.text.push_str(word(delta, "text").unwrap_or_default()),
            Some("thinking_delta") => answer.thinking.push_str(word(delta, "thinking").unwrap_or_default()),
            Some("input_json_delta") => {
                let piece = word(delta, "partial_json").unwrap_or_default();
                if let Some(call) = self.calls.get_mut(&index).filter(|_| !piece.is_empty()) {
                    call.announced = None;
                    add_arguments(call.place, piece, answer);
                }
            }
            // Signatures, citations, and what comes after them.
            _ => {}
        }
    }

    /// A block is over: a call without pieces has the arguments it was announced with.
    fn stop_block(&mut self, index: u64, answer: &mut Answer) {
        if let Some(call) = self.calls.remove(&index) {
            call.stop(answer);
        }
    }

    fn stop_all(&mut self, answer: &mut Answer) {
        for call in std::mem::take(&mut self.calls).into_values() {
            call.stop(answer);
        }
    }

    /// Running totals, of which each report may leave out any.
    fn count_prompt(&mut self, usage: &Value, answer: &mut Answer) {
        let totals = &mut self.usage;
        totals.plain = count(usage, "input_tokens").or(totals.plain);
        totals.written = count(usage, "cache_creation_input_tokens").or(totals.written);
        totals.read = count(usage, "cache_read_input_tokens").or(totals.read);
        let parts = [totals.plain, totals.written, totals.read];
        let input = parts.iter().flatten().fold(0_u64, |sum, part| sum.saturating_add(*part));
        answer.counts.update(Counts {
            input: (input > 0).then_some(input),
            output: None,
            cached: totals.read,
            cache_write: totals.written,
        });
    }

    fn end(&mut self, said: &Value, usage: Option<&Value>, answer: &mut Answer) {
        answer.ending = word(said, "stop_reason").map(ending_of).or(answer.ending);
        if let Some(usage) = usage {
            self.count_prompt(usage, answer);
            answer.counts.output = count(usage, "output_tokens").or(answer.counts.output);
        }
    }
}

impl Listener for EventListener {
    const FRAMING: Framing = Framing::Events;

    fn piece(&mut self, event: &str, value: &Value, answer: &mut Answer) -> Result<Option<Ended>, Trouble> {
        let index = value.get("index").and_then(Value::as_u64).unwrap_or(0);
        match word(value, "type").unwrap_or(event) {
            "message_start" => {
                if let Some(message) = value.get("message") {
                    answer.name(name(message, "id"));
                    answer.model = answer.model.take().or(name(message, "model"));
                    // The answer tokens counted here are a placeholder: nothing has been said yet.
                    message.get("usage").into_iter().for_each(|usage| self.count_prompt(usage, answer));
                }
            }
            "content_block_start" => {
                value
                    .get("content_block")
                    .into_iter()
                    .for_each(|block| self.start_block(index, block, answer));
            }
            "content_block_delta" => {
                value.get("delta").into_iter().for_each(|delta| self.delta(index, delta, answer));
            }
            "content_block_stop" => self.stop_block(index, answer),
            "message_delta" => {
                self.stop_all(answer);
                self.end(value.get("delta").unwrap_or(&Value::Null), value.get("usage"), answer);
            }
            "message_stop" => {
                self.stop_all(answer);
                return Ok(Some(Ended::Marked));
            }
            "message" => self.whole(value, answer)?,
            "error" => return Err(Trouble::Error(said_error(value).unwrap_or_else(|| value.clone()))),
            _ => {
                if let Some(error) = said_error(value) {
                    return Err(Trouble::Error(error));
                }
            }
        }
        Ok(None)
    }

    fn whole(&mut self, value: &Value, answer: &mut Answer) -> Result<(), Trouble> {
        if let Some(error) = said_error(value) {
            return Err(Trouble::Error(error));
        }
        let Some(blocks) = value.get("content").and_then(Value::as_array) else {
            return Err(Trouble::Foreign);
        };
        answer.name(name(value, "id"));
        answer.model = answer.model.take().or(name(value, "model"));
        for (index, block) in (0..).zip(blocks) {
            self.start_block(index, block, answer);
            self.stop_block(index, answer);
        }
        self.end(value, value.get("usage"), answer);
        Ok(())
    }
}

/// Arguments of a call, or of the answer itself.
fn add_arguments(place: Option<usize>, arguments: &str, answer: &mut Answer) {
    match place {
        Some(index) => {
            answer.add_call(CallPiece { index, arguments: arguments.into(), ..CallPiece::default() })
        }
        None => answer.text.push_str(arguments),
    }
}

/// What the service's word for the end means; a word nobody knows is an end like any other.
fn ending_of(reason: &str) -> Ending {
    match reason {
        "max_tokens" | "model_context_window_exceeded" => Ending::Length,
        "refusal" => Ending::Refused,
        // The service wants to be asked to go on, which we do not: the answer is not whole.
        "pause_turn" => Ending::Interrupted,
        _ => Ending::Done,
    }
}
