//! What is done with a request, whichever protocol it came in.

use std::sync::Arc;

use axum::body::Bytes;

use super::{
    answer::Answer,
    asked::Asked,
    book::Book,
    delivery::{Delivery, Step, pause},
    protocol::Protocol,
    reaction::Reaction,
    refusal::{Refusal, Refused},
    script::{Fate, Script},
    sent::Sent,
};

/// The script and the book.
#[derive(Clone)]
pub(super) struct Desk {
    pub(super) script: Arc<Script>,
    pub(super) book: Arc<Book>,
}

/// What comes of a request.
pub(super) enum Response {
    /// Nothing but words about why not.
    Refused(Refused),
    /// A body.
    Body { media_type: &'static str, headers: Vec<(&'static str, String)>, delivery: Delivery },
}

impl Desk {
    /// Do to a request what the script says.
    pub(super) async fn attend(&self, protocol: Protocol, sent: Sent) -> Response {
        let dialect = protocol.dialect();
        let asked = self.book.open(protocol, dialect.read(&sent), sent.body);
        if let Some(complaint) = &asked.complaint {
            return Response::Refused(dialect.refuse(&Refusal::Invalid(complaint.clone())));
        }
        let reaction = match self.script.fate(&asked) {
            Fate::Now(reaction) => reaction,
            Fate::Held(hold) => {
                hold.keep(&asked).await;
                Reaction::Answer
            }
        };
        let refusal = match reaction {
            Reaction::Status(code) => Refusal::Status(code),
            Reaction::RateLimit { retry_after_ms } => Refusal::RateLimit { retry_after_ms },
            Reaction::TooLong(limit) => Refusal::TooLong { limit, tokens: asked.input_tokens() as u64 },
            Reaction::WrongKey => Refusal::WrongKey(asked.key_seen().unwrap_or_default().to_owned()),
            Reaction::MoneyGone => Refusal::MoneyGone,
            Reaction::Overloaded => Refusal::Overloaded,
            Reaction::WebPage => {
                return self.body("text/html", &asked, vec![page()]);
            }
            Reaction::BrokenJson => {
                return self.body(dialect.media_type(&asked), &asked, vec![Step::Send(dialect.damaged())]);
            }
            Reaction::StallForever => std::future::pending().await,
            Reaction::Delay(length) => {
                pause(length).await;
                return self.deliver(&asked, &reaction);
            }
            _ => return self.deliver(&asked, &reaction),
        };
        Response::Refused(dialect.refuse(&refusal))
    }

    fn deliver(&self, asked: &Asked, reaction: &Reaction) -> Response {
        let dialect = asked.protocol.dialect();
        let answer = Answer::to(asked, reaction);
        self.book.answering(asked.n, &answer);
        let pieces = dialect.write(asked, &answer);
        let half = pieces.len() / 2;
        let sent = pieces.into_iter().map(Step::Send);
        let steps: Vec<Step> = match reaction {
            Reaction::StallMidStream => sent.take(half).chain([Step::Stall]).collect(),
            Reaction::CutMidStream => sent.take(half).chain([Step::Break]).collect(),
            Reaction::ErrorInside => sent.take(half).chain([Step::Send(dialect.fail_inside())]).collect(),
            Reaction::Slowly(breath) => {
                sent.flat_map(|piece| [Step::Wait(*breath), piece]).chain([Step::Finish]).collect()
            }
            _ => sent.chain([Step::Finish]).collect(),
        };
        self.body(dialect.media_type(asked), asked, steps)
    }

    fn body(&self, media_type: &'static str, asked: &Asked, steps: Vec<Step>) -> Response {
        let headers = asked.protocol.dialect().headers(asked);
        Response::Body { media_type, headers, delivery: Delivery::new(steps, self.book.clone(), asked.n) }
    }
}

fn page() -> Step {
    Step::Send(Bytes::from_static(b"<!doctype html><title>Welcome</title>"))
}
