//! One request and what comes of it.
//!
//! Sends, listens under the timers, tells the caller's ear, and sorts what went wrong. It never sends twice: redirects are not
//! followed (they would carry the key, and leave without being announced), and repeating is the caller's decision.

use std::error::Error as _;

use jiff::Timestamp;
use reqwest::{
    Response, StatusCode,
    header::{ACCEPT, AUTHORIZATION, CONTENT_TYPE, HeaderMap, LOCATION},
};
use tokio::time::{Instant, timeout_at};

use super::{
    OpenAiCompat,
    answer::{Answer, Ended},
    complaint::Complaint,
    failed::Failed,
    hearing::{Heard, Hearing, Trouble},
    incoming::{Incoming, Stall, first_byte_timer},
    line::one_line,
};
use crate::{
    Finish, Wire,
    retry::{Cause, Hints},
};

/// Why listening ended, other than by a marked end.
enum Fault {
    /// Reported if nothing was said until then; text that was said, and paid for, outweighs it.
    IfEmpty(Failed),
    /// Reported whatever was said.
    Always(Failed),
}

/// The `n`-th request of a call.
pub(crate) struct Exchange<'a> {
    pub(crate) provider: &'a OpenAiCompat,
    pub(crate) wire: &'a dyn Wire,
    pub(crate) n: u32,
}

impl Exchange<'_> {
    /// Send this body and listen to the end.
    pub(crate) async fn run(&self, body: Vec<u8>) -> Result<(Answer, Finish), Failed> {
        let timers = self.provider.config.timers;
        let deadline = Instant::now() + timers.first_byte;
        let response = match timeout_at(deadline, self.send(body)).await {
            Ok(sent) => sent?,
            Err(_) => return Err(Failed::timed_out(Cause::Final, first_byte_timer(timers.first_byte))),
        };
        if response.status().is_success() {
            self.listen(response, deadline).await
        } else {
            Err(self.refusal(response, deadline).await)
        }
    }

    async fn send(&self, body: Vec<u8>) -> Result<Response, Failed> {
        let config = &self.provider.config;
        let mut post = self
            .provider
            .client
            .post(config.base_url.chat_completions())
            .header(CONTENT_TYPE, "application/json")
            .header(ACCEPT, "text/event-stream, application/json")
            .body(body);
        if let Some(authorization) = &self.provider.authorization {
            post = post.header(AUTHORIZATION, authorization.clone());
        }
        post.send().await.map_err(|error| {
            let server = config.base_url.origin();
            if error.is_connect() && error.is_timeout() {
                let timer = format!("no connection to {server} within {:?}", config.timers.connect);
                Failed::timed_out(Cause::Connection, timer)
            } else if error.is_connect() {
                let reason = format!("cannot connect to {server}: {}", self.line(&root_cause(&error)));
                Failed::unavailable(Cause::Connection, reason)
            } else {
                let reason = format!("the connection broke: {}", self.line(&root_cause(&error)));
                Failed::unavailable(Cause::Connection, reason)
            }
        })
    }

    /// What a status that is no success means.
    async fn refusal(&self, response: Response, deadline: Instant) -> Failed {
        let config = &self.provider.config;
        let (status, headers) = (response.status(), response.headers().clone());
        if let Some(id) = header(&headers, "x-request-id") {
            self.wire.response_id(self.n, &self.line(&id));
        }
        if status.is_redirection() {
            let target = header(&headers, LOCATION.as_str())
                .and_then(|location| config.base_url.origin_of(&location))
                .unwrap_or_else(|| "nowhere".into());
            let reason = format!("{} redirects to {target}: is the base URL right?", status.as_u16());
            return Failed::unavailable(Cause::Final, reason);
        }
        let hints = Hints::read(&headers, Timestamp::now());
        let text = Incoming::new(response, config.timers, deadline).error_text().await;
        let mut complaint = Complaint::of_status(status, &text, config.api_key.as_ref());
        if status == StatusCode::UNAUTHORIZED && config.api_key.is_none() {
            complaint.reason.push_str(" (no key is set)");
        }
        Failed::refused(complaint, hints)
    }

    async fn listen(&self, response: Response, deadline: Instant) -> Result<(Answer, Finish), Failed> {
        let headers = response.headers().clone();
        // A generation id is the answer's own name. A request id is not, but better than none if the answer turns out nameless.
        let mut hearing = Hearing::new(header(&headers, "x-generation-id").map(|id| self.line(&id)));
        if let Some(id) = &hearing.answer.id {
            self.wire.response_id(self.n, id);
        }
        let mut incoming = Incoming::new(response, self.provider.config.timers, deadline);
        let mut heard = Vec::new();
        let (ended, fault) = loop {
            let step = match incoming.next().await {
                Ok(Some(bytes)) => hearing.hear(&bytes, &mut heard),
                Ok(None) => hearing.end(&mut heard).map(Some),
                Err(stall) => {
                    // A last event that lacks only its closing line counts; anything else that trails is half of one.
                    let fault = match hearing.end(&mut heard) {
                        Err(Trouble::Error(error)) => self.troubled(Trouble::Error(error)),
                        _ => self.stalled(stall),
                    };
                    self.tell(&mut heard);
                    break (Ended::Early, fault);
                }
            };
            self.tell(&mut heard);
            match step {
                Ok(None) => {}
                Ok(Some(ended)) => break (ended, cut("its answer ended before the first word")),
                Err(trouble) => break (Ended::Early, self.troubled(trouble)),
            }
        };
        let failed = match fault {
            Fault::IfEmpty(failed) => failed,
            Fault::Always(failed) => return Err(failed),
        };
        let Some(finish) = hearing.answer.finish(ended) else { return Err(failed) };
        if finish == Finish::Broken {
            tracing::warn!(provider = self.provider.config.name, n = self.n, "an answer broke off");
        }
        let mut answer = hearing.answer;
        if answer.id.is_none()
            && let Some(id) = header(&headers, "x-request-id")
        {
            let id = self.line(&id);
            self.wire.response_id(self.n, &id);
            answer.id = Some(id);
        }
        Ok((answer, finish))
    }

    fn tell(&self, heard: &mut Vec<Heard>) {
        for heard in heard.drain(..) {
            match heard {
                Heard::Id(id) => self.wire.response_id(self.n, &id),
                Heard::Text(piece) => self.wire.text(self.n, &piece),
            }
        }
    }

    /// The bytes stopped coming.
    fn stalled(&self, stall: Stall) -> Fault {
        match stall {
            Stall::TooLarge => Fault::Always(Failed::invalid("its answer does not end")),
            Stall::Timer(timer) => Fault::IfEmpty(Failed::timed_out(Cause::Final, timer)),
            Stall::Lost(why) => cut(&format!("the connection broke: {}", self.line(&why))),
        }
    }

    /// The bytes make no sense.
    fn troubled(&self, trouble: Trouble) -> Fault {
        Fault::Always(match trouble {
            Trouble::Damaged => return cut("its answer is damaged"),
            Trouble::WebPage => {
                Failed::unavailable(Cause::Final, "answered with a web page: is the base URL right?")
            }
            Trouble::Foreign => Failed::invalid("answered with JSON that is no chat completion"),
            Trouble::EventTooLarge => Failed::invalid("a line of its answer does not end"),
            Trouble::Error(error) => {
                let complaint = Complaint::inside_answer(&error, self.provider.config.api_key.as_ref());
                Failed::refused(complaint, Hints::default())
            }
        })
    }

    fn line(&self, text: &str) -> String {
        one_line(text, self.provider.config.api_key.as_ref())
    }
}

fn cut(reason: &str) -> Fault {
    Fault::IfEmpty(Failed::unavailable(Cause::Cut, reason))
}

fn header(headers: &HeaderMap, name: &str) -> Option<String> {
    let value = headers.get(name)?.to_str().ok()?.trim();
    (!value.is_empty()).then(|| value.to_owned())
}

/// The innermost error, which says what happened; those around it say where in the client, and name the address.
pub(crate) fn root_cause(error: &reqwest::Error) -> String {
    let mut source = error.source();
    let mut text = "the request could not be sent".to_owned();
    while let Some(inner) = source {
        text = inner.to_string();
        source = inner.source();
    }
    text
}
