//! A model provider for tests: the chat-completions protocol on this machine, with answers that are a function of the request alone.
//!
//! The same prompt always gets the same answer and different prompts get different ones, so a debate against it can be repeated,
//! interrupted and compared. Nothing goes wrong unless a test's script says so, and everything that was asked is kept, together with
//! whether its answer was written to the end: the provider is the witness to what was paid for.

mod answer;
mod asked;
mod book;
mod delivery;
mod dice;
mod hold;
mod reaction;
mod schema;
mod script;
mod server;
mod speech;
#[cfg(test)]
mod tests;

use std::{net::SocketAddr, sync::Arc, thread::JoinHandle};

use serde_json::Value;
use tokio::sync::oneshot;

pub use asked::Asked;
use book::Book;
pub use hold::Hold;
pub use reaction::Reaction;
use script::Script;

/// A running provider; it ends with this value, whatever it is in the middle of.
pub struct FakeProvider {
    address: SocketAddr,
    script: Arc<Script>,
    book: Arc<Book>,
    stop: Option<oneshot::Sender<()>>,
    thread: Option<JoinHandle<()>>,
}

impl FakeProvider {
    /// A provider on a free port of this machine that answers everything.
    pub fn start() -> Self {
        let (script, book) = (Arc::new(Script::default()), Arc::new(Book::default()));
        let (stop, stopped) = oneshot::channel();
        let (address, thread) = server::start(script.clone(), book.clone(), stopped);
        FakeProvider { address, script, book, stop: Some(stop), thread: Some(thread) }
    }

    /// What `OPENAI_BASE_URL` is set to.
    pub fn base_url(&self) -> String {
        format!("http://{}/v1", self.address)
    }

    /// Do this to every request that fits. Of several lines that fit, the one that was added first counts.
    pub fn whenever(
        &self,
        fits: impl Fn(&Asked) -> bool + Send + Sync + 'static,
        reaction: Reaction,
    ) -> &Self {
        self.script.always(fits, reaction);
        self
    }

    /// Do this to the first request that fits.
    pub fn once(&self, fits: impl Fn(&Asked) -> bool + Send + Sync + 'static, reaction: Reaction) -> &Self {
        self.script.once(fits, reaction);
        self
    }

    /// Keep the first request that fits without an answer until the test releases it.
    pub fn hold_when(&self, fits: impl Fn(&Asked) -> bool + Send + Sync + 'static) -> Hold {
        self.script.hold(fits)
    }

    /// Forget the script: everything is answered again.
    pub fn behave(&self) {
        self.script.clear();
    }

    /// How many requests arrived.
    pub fn asked(&self) -> usize {
        self.book.read(|requests| requests.len())
    }

    /// How many answers were written to the end.
    pub fn finished(&self) -> usize {
        self.book.read(|requests| requests.iter().filter(|asked| asked.finished).count())
    }

    /// The bodies of all requests, in the order in which they arrived.
    pub fn bodies(&self) -> Vec<Value> {
        self.requests().into_iter().map(|asked| asked.body).collect()
    }

    /// All requests, in the order in which they arrived.
    pub fn requests(&self) -> Vec<Asked> {
        self.book.read(<[Asked]>::to_vec)
    }

    /// Wait until this is true of what was asked; `what` names it in the message of a wait in vain.
    pub fn wait_for(&self, what: &str, so: impl Fn(&[Asked]) -> bool) {
        self.book.wait(what, so);
    }

    /// Wait until this many answers have been written to the end.
    pub fn wait_for_finished(&self, many: usize) {
        self.wait_for(&format!("{many} finished answers"), |requests| {
            requests.iter().filter(|asked| asked.finished).count() >= many
        });
    }
}

impl Drop for FakeProvider {
    fn drop(&mut self) {
        drop(self.stop.take());
        if let Some(thread) = self.thread.take() {
            // Its panic, if it had one, has failed the test through the missing answer already.
            let _ = thread.join();
        }
    }
}
