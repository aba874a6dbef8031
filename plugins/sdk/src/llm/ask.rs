//! One request to a model, built step by step.

use super::{Error, Reply};
use crate::bindings::imports::llm::llm::{self, PromptTurn, Request, Speaker};

/// The key under which a request says what it leaves out.
const LEFT_OUT: &str = "left-out";

/// Start a request. Put what stays the same from call to call into `system`, and first: the host caches stable prefixes.
pub fn ask(system: impl Into<String>) -> Ask {
    Ask {
        request: Request {
            model: None,
            system: system.into(),
            messages: Vec::new(),
            max_tokens: 0,
            temperature: None,
            effort: None,
            stop: Vec::new(),
            schema: None,
            visible: false,
            tools: Vec::new(),
            extra: Vec::new(),
        },
    }
}

/// A request; see [`ask`].
#[derive(Clone, Debug, PartialEq)]
#[must_use = "nobody is asked before `send`"]
pub struct Ask {
    request: Request,
}

impl Ask {
    /// Put something to the model. Joined to the message before it when that is the user's too: some models take only turns that alternate.
    pub fn user(self, text: impl Into<String>) -> Ask {
        self.turn(Speaker::User, text.into())
    }

    /// Something the model said earlier.
    pub fn assistant(self, text: impl Into<String>) -> Ask {
        self.turn(Speaker::Assistant, text.into())
    }

    /// A label from the team's model map instead of the member's own model.
    pub fn model(mut self, label: impl Into<String>) -> Ask {
        self.request.model = Some(label.into());
        self
    }

    /// The longest answer wanted, in tokens; without it the host's default.
    pub fn max_tokens(mut self, tokens: u32) -> Ask {
        self.request.max_tokens = tokens;
        self
    }

    /// 0 to 2.
    pub fn temperature(mut self, temperature: f32) -> Ask {
        self.request.temperature = Some(temperature);
        self
    }

    /// `low`, `medium`, `high` or `max`.
    pub fn effort(mut self, effort: impl Into<String>) -> Ask {
        self.request.effort = Some(effort.into());
        self
    }

    /// A text that ends the answer.
    pub fn stop(mut self, text: impl Into<String>) -> Ask {
        self.request.stop.push(text.into());
        self
    }

    /// A JSON Schema; the answer is then one JSON value that meets it.
    pub fn schema(mut self, schema: impl Into<String>) -> Ask {
        self.request.schema = Some(schema.into());
        self
    }

    /// Show the text to whoever is watching while it arrives.
    pub fn visible(mut self) -> Ask {
        self.request.visible = true;
        self
    }

    /// A granted tool that the model may call on the way.
    pub fn tool(mut self, name: impl Into<String>) -> Ask {
        self.request.tools.push(name.into());
        self
    }

    /// Say which messages of the debate were left out of this prompt so that it fits; `amatelier prompt` shows it. [`fitting`](super::fitting)
    /// does this by itself.
    pub fn left_out(mut self, messages: &[u32]) -> Ask {
        self.request.extra.retain(|(key, _)| key != LEFT_OUT);
        if !messages.is_empty() {
            let numbers: Vec<String> = messages.iter().map(u32::to_string).collect();
            self.request.extra.push((LEFT_OUT.into(), numbers.join(",")));
        }
        self
    }

    /// An estimate of how many tokens the prompt takes, by an estimate of how many a text takes.
    pub(super) fn tokens(&self, of: impl Fn(&str) -> u32) -> u32 {
        let texts = self.request.messages.iter().map(|turn| turn.text.as_str());
        texts.chain([self.request.system.as_str()]).map(of).fold(0, u32::saturating_add)
    }

    /// Ask. May take minutes; waiting costs the caller no CPU budget.
    pub fn send(&self) -> Result<Reply, Error> {
        Ok(llm::complete(&self.request)?.into())
    }

    /// Ask, and when the answer is cut short ask once more for a shorter one. The second answer may be cut too: see [`Reply::is_cut`].
    pub fn send_whole(&self) -> Result<Reply, Error> {
        let reply = self.send()?;
        if !reply.is_cut() {
            return Ok(reply);
        }
        let again = self.clone().user(
            "(Your answer to this was cut off before its end and nobody has seen it. Give it again from the start, in at most half as many \
             words, and finish your last sentence.)",
        );
        again.send()
    }

    fn turn(mut self, speaker: Speaker, text: String) -> Ask {
        match self.request.messages.last_mut() {
            Some(last) if last.speaker == speaker => {
                last.text.push_str("\n\n");
                last.text.push_str(&text);
            }
            _ => self.request.messages.push(PromptTurn { speaker, text }),
        }
        self
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn turns_alternate_whatever_the_caller_does() {
        let ask = ask("s").user("one").user("two").assistant("three").user("four");
        let turns: Vec<_> =
            ask.request.messages.iter().map(|turn| (turn.speaker, turn.text.as_str())).collect();
        assert_eq!(
            turns,
            [(Speaker::User, "one\n\ntwo"), (Speaker::Assistant, "three"), (Speaker::User, "four")]
        );
    }

    #[test]
    fn what_is_left_out_is_said_once_and_nothing_needs_no_words() {
        let ask = ask("s").user("u").left_out(&[3]).left_out(&[3, 5]);
        assert_eq!(ask.request.extra, [("left-out".to_owned(), "3,5".to_owned())]);
        assert_eq!(ask.left_out(&[]).request.extra, []);
    }
}
