//! One request and what comes of it.
//!
//! Sends, listens under the timers, tells the caller's ear, and sorts what went wrong. It never sends twice: redirects are not
//! followed (they would carry the key, and leave without being announced), and repeating is the caller's decision.

use jiff::Timestamp;
use reqwest::{
    Response, StatusCode,
    header::{ACCEPT, CONTENT_TYPE, HeaderMap, LOCATION},
};
use tokio::time::{Instant, timeout_at};

use super::{
    Answer, Complaint, Ended, Failed, Heard, Hearing, Protocol, Trouble,
    incoming::{Incoming, Stall, first_byte_timer},
    root_cause,
};
use crate::{Finish, Request, Wire, retry::Cause};

/// Why listening ended, other than by a marked end.
enum Fault {
    /// Reported if nothing was said until then; text that was said, and paid for, outweighs it.
    IfEmpty(Failed),
    /// Reported whatever was said.
    Always(Failed),
}

/// The `n`-th request of a call.
pub(crate) struct Exchange<'a, P> {
    pub(crate) protocol: &'a P,
    pub(crate) request: &'a Request,
    pub(crate) wire: &'a dyn Wire,
    pub(crate) n: u32,
}

impl<P: Protocol> Exchange<'_, P> {
    /// Send it in this dialect and listen to the end.
    pub(crate) async fn run(&self, dialect: P::Dialect) -> Result<(Answer, Finish), Failed> {
        let body = self.protocol.body(self.request, dialect).to_string().into_bytes();
        let timers = self.protocol.endpoint().timers;
        let deadline = Instant::now() + timers.first_byte;
        let response = match timeout_at(deadline, self.send(body)).await {
            Ok(sent) => sent?,
            Err(_) => return Err(Failed::timed_out(Cause::Final, first_byte_timer(timers.first_byte))),
        };
        if !response.status().is_success() {
            return Err(self.refusal(response, deadline).await);
        }
        let (answer, finish) = self.listen(response, deadline, dialect).await?;
        match self.protocol.objection(self.request, dialect, &answer) {
            Some(failed) => {
                let usage = answer.into_reply(finish, self.request).usage;
                Err(failed.although_answered(usage.input_tokens.saturating_add(usage.output_tokens)))
            }
            None => Ok((answer, finish)),
        }
    }

    async fn send(&self, body: Vec<u8>) -> Result<Response, Failed> {
        let endpoint = self.protocol.endpoint();
        let post = endpoint
            .client
            .post(self.protocol.url(self.request))
            .header(CONTENT_TYPE, "application/json")
            .header(ACCEPT, "text/event-stream, application/x-ndjson, application/json")
            .headers(endpoint.headers.clone())
            .body(body);
        post.send().await.map_err(|error| {
            let server = endpoint.base_url.origin();
            if error.is_connect() && error.is_timeout() {
                let timer = format!("no connection to {server} within {:?}", endpoint.timers.connect);
                Failed::timed_out(Cause::Connection, timer).before_any_work()
            } else if error.is_connect() {
                let reason = format!("cannot connect to {server}: {}", endpoint.line(&root_cause(&error)));
                Failed::unavailable(Cause::Connection, reason).before_any_work()
            } else {
                let reason = format!("the connection broke: {}", endpoint.line(&root_cause(&error)));
                Failed::unavailable(Cause::Connection, reason)
            }
        })
    }

    /// What a status that is no success means.
    async fn refusal(&self, response: Response, deadline: Instant) -> Failed {
        let endpoint = self.protocol.endpoint();
        let (status, headers) = (response.status(), response.headers().clone());
        if let Some(id) = self.header(&headers, P::REQUEST_ID) {
            self.wire.response_id(self.n, &id);
        }
        if status.is_redirection() {
            let target = headers
                .get(LOCATION)
                .and_then(|location| endpoint.base_url.origin_of(location.to_str().ok()?))
                .unwrap_or_else(|| "nowhere".into());
            let reason = format!("{} redirects to {target}: is the base URL right?", status.as_u16());
            return Failed::unavailable(Cause::Final, reason).before_any_work();
        }
        let text = Incoming::new(response, endpoint.timers, deadline).error_text().await;
        let hints = self.protocol.hints(&headers, &text, Timestamp::now());
        let mut complaint = Complaint::of_status(status, &text, endpoint.key());
        if status == StatusCode::UNAUTHORIZED && endpoint.key().is_none() {
            complaint.reason.push_str(" (no key is set)");
        }
        let failed = self.protocol.refusal(self.request, Failed::refused(complaint, hints), &text);
        if is_free(status) { failed.before_any_work() } else { failed }
    }

    async fn listen(
        &self,
        response: Response,
        deadline: Instant,
        dialect: P::Dialect,
    ) -> Result<(Answer, Finish), Failed> {
        let endpoint = self.protocol.endpoint();
        let headers = response.headers().clone();
        let own_id = self.header(&headers, P::ANSWER_ID);
        if let Some(id) = &own_id {
            self.wire.response_id(self.n, id);
        }
        let mut hearing = Hearing::new(self.protocol.listener(self.request, dialect), own_id);
        let mut incoming = Incoming::new(response, endpoint.timers, deadline);
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
            tracing::warn!(provider = endpoint.name, n = self.n, "an answer broke off");
        }
        let mut answer = hearing.answer;
        // A request id is not the answer's name, but better than none.
        if answer.id.is_none()
            && let Some(id) = self.header(&headers, P::REQUEST_ID)
        {
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
            Stall::Lost(why) => {
                cut(&format!("the connection broke: {}", self.protocol.endpoint().line(&why)))
            }
        }
    }

    /// The bytes make no sense.
    fn troubled(&self, trouble: Trouble) -> Fault {
        Fault::Always(match trouble {
            Trouble::Damaged => return cut("its answer is damaged"),
            Trouble::WebPage => {
                Failed::unavailable(Cause::Final, "answered with a web page: is the base URL right?")
            }
            Trouble::Foreign => {
                Failed::invalid("answered with JSON that is no answer: is the base URL right?")
            }
            Trouble::EventTooLarge => Failed::invalid("a line of its answer does not end"),
            Trouble::Error(error) => {
                let complaint = Complaint::inside_answer(&error, self.protocol.endpoint().key());
                let body = error.to_string();
                // The headers were those of an answer that began well: whatever is said about retrying stands in the error.
                let hints = self.protocol.hints(&HeaderMap::new(), &body, Timestamp::now());
                self.protocol.refusal(self.request, Failed::refused(complaint, hints), &body)
            }
        })
    }

    /// What a header says, as a clean line; none where it says nothing.
    fn header(&self, headers: &HeaderMap, name: Option<&str>) -> Option<String> {
        let value = self.protocol.endpoint().line(headers.get(name?)?.to_str().ok()?);
        (!value.is_empty()).then_some(value)
    }
}

fn cut(reason: &str) -> Fault {
    Fault::IfEmpty(Failed::unavailable(Cause::Cut, reason))
}

/// Whether a refusal with this status costs nothing. A gateway that gives up may leave somebody working behind it; whoever refuses in
/// its own name does not work.
fn is_free(status: StatusCode) -> bool {
    let is_own_word = status.is_client_error() || matches!(status.as_u16(), 500 | 503 | 529);
    is_own_word && status != StatusCode::REQUEST_TIMEOUT
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_server_refuses_by_itself_costs_nothing() {
        for (status, free) in [
            (400, true),
            (402, true),
            (429, true),
            (408, false),
            (500, true),
            (502, false),
            (503, true),
            (504, false),
            (524, false),
            (529, true),
        ] {
            assert_eq!(is_free(StatusCode::from_u16(status).unwrap()), free, "{status}");
        }
    }
}
