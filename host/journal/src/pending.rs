//! The answer to a unit that was handed to the writer.

use std::{
    future::Future,
    pin::Pin,
    task::{Context, Poll},
};

use tokio::sync::oneshot;

use crate::{Committed, Error};

pub(crate) type Reply = oneshot::Sender<Result<Committed, Error>>;

/// Resolves when the transaction that holds the unit is committed, or the unit has failed. The unit is written whether or not
/// anybody waits; a failure that nobody waits for is logged.
pub struct Pending<T> {
    answer: oneshot::Receiver<Result<Committed, Error>>,
    pick: fn(Committed) -> T,
}

impl<T> Pending<T> {
    /// A pending answer and the place to send it to.
    pub(crate) fn new(pick: fn(Committed) -> T) -> (Reply, Self) {
        let (reply, answer) = oneshot::channel();
        (reply, Pending { answer, pick })
    }

    /// Wait for it on this thread, which must not be one that drives async tasks (tokio panics there).
    ///
    /// # Errors
    /// Why the unit was not committed.
    pub fn wait(self) -> Result<T, Error> {
        self.answer.blocking_recv().unwrap_or(Err(Error::Closed)).map(self.pick)
    }

    /// Do not wait: for what is worth having and costs nothing to lose, such as a partial text.
    pub fn forget(self) {}
}

impl<T> Future for Pending<T> {
    type Output = Result<T, Error>;

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
        let pick = self.pick;
        Pin::new(&mut self.answer).poll(cx).map(|answer| answer.unwrap_or(Err(Error::Closed)).map(pick))
    }
}
