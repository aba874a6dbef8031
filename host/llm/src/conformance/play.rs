//! One script, played against one provider, and what must come of it.

use std::time::Duration;

use amatelier_types::Usage;
use secrecy::SecretString;
use serde_json::Value;

use super::scribe::{KEY, Scribe, Setting};
use crate::{
    Error, Finish, Reply, Request, RetryPolicy, Timers,
    testing::{
        Log, LogEar, request,
        server::{Answer, Server},
    },
};

/// What must come of it. What is none is not looked at.
#[derive(Default)]
pub(crate) struct Want {
    pub(crate) text: Option<&'static str>,
    pub(crate) finish: Option<Finish>,
    /// Names and arguments.
    pub(crate) calls: Option<Vec<(&'static str, &'static str)>>,
    pub(crate) usage: Option<Usage>,
    /// The variant and words of the error; a reply is wanted where there is none.
    pub(crate) error: Option<(&'static str, &'static str)>,
    /// How many requests arrive.
    pub(crate) requests: usize,
}

impl Want {
    /// A reply after one request.
    pub(crate) fn reply(text: &'static str, finish: Finish) -> Want {
        Want { text: Some(text), finish: Some(finish), requests: 1, ..Want::default() }
    }

    /// The reply to [`Said::hello`](super::said::Said::hello).
    pub(crate) fn hello() -> Want {
        Want::reply("Hello 木!", Finish::Done)
    }

    /// An error after one request.
    pub(crate) fn error(variant: &'static str, words: &'static str) -> Want {
        Want { error: Some((variant, words)), requests: 1, ..Want::default() }
    }

    /// After so many requests.
    pub(crate) fn after(self, requests: usize) -> Want {
        Want { requests, ..self }
    }

    /// With this usage.
    pub(crate) fn taking(self, usage: Usage) -> Want {
        Want { usage: Some(usage), ..self }
    }
}

/// Whether the bodies of the requests show what they must.
type Shows = fn(&dyn Scribe, &[Value]) -> bool;

/// A script with its outcome.
pub(crate) struct Play {
    script: Vec<Answer>,
    request: Request,
    timers: Timers,
    want: Want,
    /// What the bodies of the requests must show.
    sent: Option<Shows>,
}

impl Play {
    /// Of the smallest request.
    pub(crate) fn new(script: impl IntoIterator<Item = Answer>, want: Want) -> Play {
        let script = script.into_iter().collect();
        Play { script, request: request("Why?"), timers: Timers::default(), want, sent: None }
    }

    pub(crate) fn asking(self, request: Request) -> Play {
        Play { request, ..self }
    }

    pub(crate) fn with_timers(self, timers: Timers) -> Play {
        Play { timers, ..self }
    }

    pub(crate) fn sending(self, sent: Shows) -> Play {
        Play { sent: Some(sent), ..self }
    }

    /// Play it; the error says what was different.
    pub(crate) async fn run(self, scribe: &dyn Scribe) -> Result<(), String> {
        let log = Log::default();
        let server = Server::with_asides(self.script, scribe.asides(), &log).await;
        let provider = scribe.provider(Setting {
            url: server.url.clone(),
            key: SecretString::from(KEY),
            timers: self.timers,
            retry: RetryPolicy { first_delay: Duration::from_millis(1), ..RetryPolicy::default() },
        });
        let ear = LogEar { log: log.clone(), refuse: None };
        let outcome = provider.complete(&self.request, &ear).await;
        let log = log.lock().unwrap().clone();
        let told = format!("{outcome:?} {provider:?} {log:?}");
        if told.contains(KEY) {
            return Err(format!("the key got out: {told}"));
        }
        let seen = server.seen.lock().unwrap();
        let (header, value) = scribe.key_header();
        for request in seen.iter() {
            let keyed = request.headers.get(header).is_some_and(|found| *found == value.as_str());
            if !keyed || request.path != scribe.path() || request.headers.contains_key("accept-encoding") {
                return Err(format!("sent to {} with {:?}", request.path, request.headers));
            }
        }
        let bodies: Vec<Value> = seen.iter().map(|request| request.body.clone()).collect();
        if self.sent.is_some_and(|shows| !shows(scribe, &bodies)) {
            return Err(format!("sent {bodies:?}"));
        }
        self.want.check(&outcome).map_err(|wrong| format!("{wrong}: {told}"))?;
        if seen.len() != self.want.requests {
            return Err(format!("{} requests instead of {}: {told}", seen.len(), self.want.requests));
        }
        // What was told as it came is what the reply says; every request was announced.
        if let Ok(reply) = &outcome {
            let prefix = format!("text {} ", seen.len());
            let text: String = log.iter().filter_map(|line| line.strip_prefix(&prefix)).collect();
            if text != reply.text || reply.response_id.as_deref() != scribe.answer_id() {
                return Err(format!("told otherwise than replied: {told}"));
            }
        }
        let before = log.iter().filter(|line| line.starts_with("before")).count();
        let announced = before == seen.len() && log.first().is_some_and(|line| line == "before 1");
        if announced { Ok(()) } else { Err(format!("requests were not announced: {told}")) }
    }
}

impl Want {
    fn check(&self, outcome: &Result<Reply, Error>) -> Result<(), &'static str> {
        match (outcome, self.error) {
            (Ok(_), Some(_)) => Err("a reply instead of an error"),
            (Err(_), None) => Err("an error instead of a reply"),
            (Err(error), Some((variant, words))) => {
                let (debug, shown) = (format!("{error:?}"), error.to_string());
                let right = debug.starts_with(variant) && shown.contains(words);
                if right { Ok(()) } else { Err("another error") }
            }
            (Ok(reply), None) => {
                let calls: Vec<(&str, &str)> =
                    reply.calls.iter().map(|call| (call.name.as_str(), call.arguments.as_str())).collect();
                if self.text.is_some_and(|text| text != reply.text) {
                    Err("another text")
                } else if self.finish.is_some_and(|finish| finish != reply.finish) {
                    Err("another end")
                } else if self.calls.as_ref().is_some_and(|wanted| *wanted != calls) {
                    Err("other calls")
                } else if self.usage.is_some_and(|usage| usage != reply.usage) {
                    Err("another usage")
                } else {
                    Ok(())
                }
            }
        }
    }
}
