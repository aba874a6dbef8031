//! A body on its way out, step by step.

use std::{collections::VecDeque, io, sync::Arc, time::Duration};

use axum::body::{Body, Bytes};
use futures_util::stream;

use super::book::Book;

/// What happens next to a body.
pub(super) enum Step {
    /// Bytes leave.
    Send(Bytes),
    /// Nothing, for so long.
    Wait(Duration),
    /// Nothing, for ever.
    Stall,
    /// The connection breaks.
    Break,
    /// That was the whole answer.
    Finish,
}

/// A body that follows steps and notes when the answer of the `n`-th request is out.
pub(super) struct Delivery {
    steps: VecDeque<Step>,
    book: Arc<Book>,
    n: usize,
}

impl Delivery {
    pub(super) fn new(steps: impl IntoIterator<Item = Step>, book: Arc<Book>, n: usize) -> Self {
        Delivery { steps: steps.into_iter().collect(), book, n }
    }

    pub(super) fn into_body(self) -> Body {
        Body::from_stream(stream::unfold(self, |mut delivery| async move {
            let sent = delivery.next().await?;
            Some((sent, delivery))
        }))
    }

    pub(super) async fn next(&mut self) -> Option<io::Result<Bytes>> {
        loop {
            // A step is taken off when it is done, so that a body that is dropped in its middle knows where it was.
            match self.steps.front()? {
                Step::Send(bytes) => {
                    let bytes = bytes.clone();
                    self.steps.pop_front();
                    self.book.send(self.n);
                    return Some(Ok(bytes));
                }
                Step::Wait(length) => pause(*length).await,
                Step::Stall => std::future::pending().await,
                Step::Break => {
                    flushed().await;
                    self.steps.pop_front();
                    return Some(Err(io::Error::other("cut")));
                }
                Step::Finish => {
                    flushed().await;
                    self.book.finish(self.n);
                }
            }
            self.steps.pop_front();
        }
    }
}

impl Drop for Delivery {
    /// A client that has read the end mark may hang up before the server looks at the body again. The answer is out all the same.
    fn drop(&mut self) {
        if matches!(self.steps.front(), Some(Step::Finish)) {
            self.book.finish(self.n);
        }
    }
}

/// The server writes out what it has when nothing more is ready.
async fn flushed() {
    tokio::task::yield_now().await;
}

#[allow(
    clippy::disallowed_methods,
    reason = "a slow provider is what the test asked for; nothing is measured by it"
)]
pub(super) async fn pause(length: Duration) {
    tokio::time::sleep(length).await;
}
