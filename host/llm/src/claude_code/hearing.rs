//! An answer as it comes together from the lines of the command.

use super::{
    line::{Line, Outcome},
    verdict::Verdict,
};
use crate::{Finish, Reply, Request, Wire, estimate_tokens, http::estimate_prompt};

/// What the caller is told at once.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Heard {
    Id(String),
    Piece(String),
}

impl Heard {
    pub(super) fn tell(&self, wire: &dyn Wire) {
        match self {
            Heard::Id(id) => wire.response_id(1, id),
            Heard::Piece(piece) => wire.text(1, piece),
        }
    }
}

/// What was heard so far.
#[derive(Debug, Default)]
pub(super) struct Hearing {
    session: Option<String>,
    model: Option<String>,
    text: String,
    stop_reason: Option<String>,
    /// What the command said in the model's place.
    synthetic: Option<String>,
    is_limited: bool,
    result: Option<Outcome>,
}

impl Hearing {
    /// Take a line; what the caller should know of it.
    pub(super) fn hear(&mut self, line: &str) -> Vec<Heard> {
        let mut heard = Vec::new();
        for line in Line::read(line) {
            match line {
                Line::Began(session) => heard.extend(self.named(session)),
                Line::Model(model) => self.model = Some(model),
                Line::Piece(piece) => heard.push(self.said(piece)),
                Line::Stopped(reason) => self.stop_reason = Some(reason),
                Line::Whole { text, is_synthetic: true } => self.synthetic = Some(text),
                // Without pieces, this is the first that is heard of it.
                Line::Whole { text, .. } if self.text.is_empty() => heard.push(self.said(text)),
                Line::Whole { .. } => {}
                Line::Limited => self.is_limited = true,
                Line::Result(outcome) => {
                    heard.extend(self.named(outcome.session.clone()));
                    let is_answer = !outcome.is_error && self.synthetic.is_none();
                    if is_answer && self.text.is_empty() && !outcome.text.is_empty() {
                        heard.push(self.said(outcome.text.clone()));
                    }
                    self.result = Some(*outcome);
                }
            }
        }
        heard
    }

    /// Whether nothing more is to come.
    pub(super) fn is_over(&self) -> bool {
        self.result.is_some()
    }

    fn named(&mut self, session: Option<String>) -> Option<Heard> {
        if self.session.is_some() {
            return None;
        }
        self.session = session;
        self.session.clone().map(Heard::Id)
    }

    fn said(&mut self, piece: String) -> Heard {
        self.text.push_str(&piece);
        Heard::Piece(piece)
    }

    /// The command is done. `aside` is what it said on its standard error.
    pub(super) fn into_reply(mut self, request: &Request, aside: &str) -> Result<Reply, Verdict> {
        let Some(outcome) = self.result.take() else {
            let reason = if aside.is_empty() {
                "it ended without an answer".into()
            } else {
                format!("it ended: {aside}")
            };
            let verdict = self.judged(Verdict::lost(reason));
            return self.cut_short(request, verdict);
        };
        let is_cut = outcome.is_error && outcome.subtype == "error_max_turns";
        let failed = (outcome.is_error && !is_cut) || (self.text.is_empty() && self.synthetic.is_some());
        if failed || self.text.is_empty() {
            let said = [
                self.synthetic.as_deref(),
                Some(outcome.text.as_str()),
                Some(aside),
                Some(outcome.subtype.as_str()),
            ];
            let said =
                said.into_iter().flatten().find(|text| !text.is_empty()).unwrap_or("it gave no answer");
            return Err(Verdict::of(said, outcome.status, self.is_limited));
        }
        let reason = self.stop_reason.take().or_else(|| outcome.stop_reason.clone());
        let finish = if is_cut { Finish::Broken } else { finish(reason.as_deref()) };
        Ok(self.reply(request, finish, Some(outcome)))
    }

    /// It did not get to its end: what was said counts, and says that it is not whole.
    pub(super) fn cut_short(self, request: &Request, verdict: Verdict) -> Result<Reply, Verdict> {
        if self.text.is_empty() {
            return Err(verdict);
        }
        tracing::warn!(reason = verdict.reason, "an answer broke off");
        Ok(self.reply(request, Finish::Broken, None))
    }

    fn judged(&self, otherwise: Verdict) -> Verdict {
        match &self.synthetic {
            Some(said) => Verdict::of(said, None, self.is_limited),
            None if self.is_limited => Verdict::of(&otherwise.reason, None, true),
            None => otherwise,
        }
    }

    fn reply(self, request: &Request, finish: Finish, outcome: Option<Outcome>) -> Reply {
        let Hearing { session, model, mut text, .. } = self;
        let counted = outcome.as_ref().and_then(|outcome| outcome.usage);
        let usage = counted.unwrap_or_else(|| amatelier_types::Usage {
            calls: 1,
            input_tokens: estimate_prompt(request),
            output_tokens: estimate_tokens(&text).into(),
            ..Default::default()
        });
        // The command knows no texts that end an answer.
        let stops = request.stop.iter().filter(|stop| !stop.is_empty());
        if let Some(end) = stops.filter_map(|stop| text.find(stop.as_str())).min() {
            text.truncate(end);
        }
        Reply {
            text,
            calls: Vec::new(),
            model: model.unwrap_or_else(|| request.model.clone()),
            finish,
            usage,
            response_id: session,
            billed: outcome.and_then(|outcome| outcome.billed),
        }
    }
}

/// A model that wanted a tool did not come to its end.
fn finish(reason: Option<&str>) -> Finish {
    match reason {
        Some("max_tokens" | "model_context_window_exceeded") => Finish::Length,
        Some("refusal") => Finish::Refused,
        Some("tool_use" | "pause_turn") => Finish::Broken,
        _ => Finish::Done,
    }
}

#[cfg(test)]
mod tests {
    use amatelier_types::MicroUsd;

    use super::*;
    use crate::{Error, testing::request};

    fn hear(output: &str) -> (Vec<Heard>, Result<Reply, Verdict>) {
        let mut hearing = Hearing::default();
        let heard = output.lines().flat_map(|line| hearing.hear(line)).collect();
        (heard, hearing.into_reply(&request("Why?"), ""))
    }

    #[test]
    fn a_recorded_answer_means_what_it_says() {
        let (heard, reply) = hear(include_str!("../../tests/recorded/claude-code/plain.ndjson"));
        let id = "0b6c2c5e-0000-4000-8000-000000000001";
        let pieces = ["Because “dough” ", "rests. 🥖"].map(|piece| Heard::Piece(piece.into()));
        assert_eq!(heard, [[Heard::Id(id.into())].as_slice(), &pieces].concat());
        let reply = reply.unwrap();
        assert_eq!((reply.text.as_str(), reply.finish), ("Because “dough” rests. 🥖", Finish::Done));
        assert_eq!((reply.model.as_str(), reply.billed), ("claude-sonnet-5-5", Some(MicroUsd(218))));
        assert_eq!(
            (reply.usage.input_tokens, reply.usage.cached_tokens, reply.usage.output_tokens),
            (97, 88, 14)
        );
    }

    #[test]
    fn a_recorded_refusal_says_that_the_subscription_is_used_up() {
        let (heard, reply) = hear(include_str!("../../tests/recorded/claude-code/used-up.ndjson"));
        assert!(heard.iter().all(|heard| matches!(heard, Heard::Id(_))), "nothing of it is an answer");
        let Error::Unavailable { reason, .. } = reply.unwrap_err().into_error(1) else { panic!("available") };
        assert!(reason.starts_with("You've hit your limit") && reason.contains("used up"), "{reason}");
    }
}
