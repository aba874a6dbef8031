//! `amatelier:llm`: language models, through the [`Models`](crate::Models) port.
//!
//! In this order: the grant, the sizes (over the limit stops the guest), the number of calls (over the limit stops the guest), the
//! sense of the request (nonsense is answered `invalid`, costs nothing and does not count), and then the port. How the last request
//! ended is remembered, because an error that a guest returns after its provider went down is not the guest's.

use amatelier_types::Capability;

use crate::{
    Completion, CompletionReply, ModelError, PromptTurn, Speaker,
    bindings::amatelier::{
        llm::llm::{self, Error},
        types::types::Usage,
    },
    halt::Halt,
    state::{State, Trouble},
};

/// Stop texts of one request; providers take four to sixteen.
const STOP_TEXTS: usize = 16;

/// The key of `extra` that tells which messages were left out of a prompt.
const LEFT_OUT: &str = "left-out";

/// Messages that one prompt can leave out: as many as the longest debate has, and more than anybody reads about.
const MOST_LEFT_OUT: usize = 1_000;

impl llm::Host for State {
    async fn complete(&mut self, what: llm::Request) -> wasmtime::Result<Result<llm::Reply, Error>> {
        if !self.is_granted(Capability::LlmComplete) {
            self.deny("llm.complete");
            return Ok(Err(Error::Denied(Capability::LlmComplete.name().into())));
        }
        self.accept("llm.complete", texts(&what))?;
        let limits = &self.call.limits;
        let left_out = check(&what, limits.prompt_messages).and_then(|()| left_out(&what.extra));
        let left_out = match left_out {
            Ok(left_out) => left_out,
            Err(nonsense) => {
                self.trouble = Trouble::None;
                return Ok(Err(Error::Invalid(nonsense)));
            }
        };
        if self.model_calls >= limits.model_calls_per_turn {
            let most = limits.model_calls_per_turn;
            return Err(Halt::limit(format!(
                "model calls: it asked a model more than {most} times in one turn"
            )));
        }
        self.model_calls += 1;
        // Read when the wall clock runs out: whoever waits for a model then is not to blame.
        self.model_in_flight = true;
        let answer = self.ports.measure(self.call.models.complete(completion(what, left_out))).await;
        self.model_in_flight = false;
        Ok(match answer.map_err(Halt::Suspended)? {
            Ok(answer) => {
                self.trouble = Trouble::None;
                Ok(reply(answer))
            }
            Err(error) => Err(self.no_answer(error)),
        })
    }

    fn embed(&mut self, texts: Vec<String>) -> wasmtime::Result<Result<Vec<Vec<f32>>, Error>> {
        self.accept("llm.embed", texts.iter().map(String::as_str))?;
        if !self.is_granted(Capability::LlmEmbed) {
            self.deny("llm.embed");
            return Ok(Err(Error::Denied(Capability::LlmEmbed.name().into())));
        }
        Ok(Err(Error::Unavailable("this host offers no embeddings".into())))
    }

    fn count_tokens(&mut self, text: String) -> wasmtime::Result<u32> {
        self.accept("llm.count-tokens", [text.as_str()])?;
        if !self.is_granted(Capability::LlmComplete) {
            self.deny("llm.count-tokens");
            return Ok(0);
        }
        Ok(self.call.models.count_tokens(&text))
    }
}

impl State {
    fn no_answer(&mut self, error: ModelError) -> Error {
        self.trouble = Trouble::None;
        if matches!(error, ModelError::TimedOut | ModelError::Unavailable(_)) {
            self.trouble = Trouble::ModelDown(error.to_string());
        }
        match error {
            ModelError::Denied(what) => {
                self.deny("llm.complete");
                Error::Denied(what)
            }
            ModelError::TooLong(limit) => Error::TooLong(limit),
            ModelError::TimedOut => Error::TimedOut,
            ModelError::Unavailable(why) => Error::Unavailable(why),
            ModelError::Invalid(why) => Error::Invalid(why),
            ModelError::Other(why) => Error::Other(why),
        }
    }
}

fn texts(what: &llm::Request) -> impl Iterator<Item = &str> {
    let named = [&what.model, &what.effort, &what.schema].into_iter().flatten();
    let extra = what.extra.iter().flat_map(|(key, value)| [key, value]);
    let listed = what.stop.iter().chain(&what.tools).chain(extra);
    let prompt = what.messages.iter().map(|turn| &turn.text).chain([&what.system]);
    named.chain(listed).chain(prompt).map(String::as_str)
}

fn check(what: &llm::Request, prompt_messages: usize) -> Result<(), String> {
    if what.messages.is_empty() {
        return Err("a request needs at least one message".into());
    }
    if what.messages.len() > prompt_messages {
        return Err(format!(
            "{} messages are more than the {prompt_messages} of a request",
            what.messages.len()
        ));
    }
    if what.stop.len() > STOP_TEXTS {
        return Err(format!("{} stop texts are more than the {STOP_TEXTS} of a request", what.stop.len()));
    }
    if let Some(tool) = what.tools.first() {
        return Err(format!("there is no tool `{tool}`; this host offers none"));
    }
    if what.temperature.is_some_and(|temperature| !(0.0..=2.0).contains(&temperature)) {
        return Err("a temperature is between 0 and 2".into());
    }
    Ok(())
}

/// What a request says it leaves out: numbers of messages, separated by commas. Other keys mean nothing to this host.
fn left_out(extra: &[(String, String)]) -> Result<Vec<u32>, String> {
    let said = extra.iter().filter(|(key, _)| key == LEFT_OUT).flat_map(|(_, value)| value.split(','));
    let numbers: Result<Vec<u32>, _> =
        said.take(MOST_LEFT_OUT + 1).map(|number| number.trim().parse()).collect();
    match numbers {
        Ok(numbers) if numbers.len() <= MOST_LEFT_OUT => Ok(numbers),
        Ok(_) => Err(format!("a prompt leaves out {MOST_LEFT_OUT} messages at most")),
        Err(_) => Err(format!("`{LEFT_OUT}` takes numbers of messages, separated by commas")),
    }
}

fn completion(what: llm::Request, left_out: Vec<u32>) -> Completion {
    let turn = |turn: llm::PromptTurn| PromptTurn {
        speaker: match turn.speaker {
            llm::Speaker::User => Speaker::User,
            llm::Speaker::Assistant => Speaker::Assistant,
        },
        text: turn.text,
    };
    Completion {
        model: what.model,
        system: what.system,
        messages: what.messages.into_iter().map(turn).collect(),
        max_tokens: what.max_tokens,
        temperature: what.temperature,
        effort: what.effort,
        stop: what.stop,
        schema: what.schema,
        visible: what.visible,
        left_out,
    }
}

fn reply(answer: CompletionReply) -> llm::Reply {
    let count = |count: u64| u32::try_from(count).unwrap_or(u32::MAX);
    llm::Reply {
        text: answer.text,
        model: answer.model,
        finish: answer.finish,
        usage: Usage {
            input_tokens: count(answer.usage.input_tokens),
            output_tokens: count(answer.usage.output_tokens),
            cached_tokens: count(answer.usage.cached_tokens),
            cost_microusd: count(answer.cost.0),
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_left_out_is_a_list_of_numbers_of_bounded_length() {
        let extra =
            |value: &str| vec![("other".to_owned(), "x".to_owned()), (LEFT_OUT.to_owned(), value.to_owned())];
        assert_eq!(left_out(&[]), Ok(vec![]));
        assert_eq!(left_out(&extra("3, 5")), Ok(vec![3, 5]));
        for nonsense in ["", "3,", "-1", "all", "4294967296", "3;5"] {
            assert!(left_out(&extra(nonsense)).unwrap_err().contains("numbers of messages"), "{nonsense}");
        }
        let many = |count| vec!["1"; count].join(",");
        assert_eq!(left_out(&extra(&many(MOST_LEFT_OUT))).map(|left| left.len()), Ok(MOST_LEFT_OUT));
        assert!(left_out(&extra(&many(MOST_LEFT_OUT + 1))).unwrap_err().contains("at most"));
    }
}
