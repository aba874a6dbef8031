//! A model provider for tests: every protocol that Amatelier speaks, on this machine, with answers that are a function of the request
//! alone, whichever protocol it comes in.
//!
//! The same prompt always gets the same answer and different prompts get different ones, so a debate against it can be repeated,
//! interrupted and compared. Nothing goes wrong unless a test's script says so, and everything that was asked is kept, together with
//! whether its answer was written to the end: the provider is the witness to what was paid for.

mod answer;
mod anthropic;
mod asked;
mod book;
mod claude;
mod delivery;
mod desk;
mod dice;
mod gemini;
mod hold;
mod ollama;
mod openai;
mod openrouter;
mod prompt;
mod protocol;
mod reaction;
mod refusal;
mod schema;
mod script;
mod sent;
mod server;
mod speech;
#[cfg(test)]
mod tests;

use std::{
    collections::BTreeMap,
    net::SocketAddr,
    path::PathBuf,
    sync::{Arc, OnceLock},
    thread::JoinHandle,
};

use amatelier_types::Usage;
use serde_json::Value;
use tokio::{runtime::Handle, sync::oneshot};

pub use asked::Asked;
use book::Book;
use claude::StandIn;
use desk::Desk;
pub use hold::Hold;
pub use prompt::{Offer, Prompt, Said};
pub use protocol::Protocol;
pub use reaction::Reaction;
use script::Script;

/// A running provider; it ends with this value, whatever it is in the middle of.
pub struct FakeProvider {
    address: SocketAddr,
    desk: Desk,
    runtime: Handle,
    stand_in: OnceLock<StandIn>,
    stop: Option<oneshot::Sender<()>>,
    thread: Option<JoinHandle<()>>,
}

impl FakeProvider {
    /// A provider on a free port of this machine that answers everything.
    pub fn start() -> Self {
        let desk = Desk { script: Arc::new(Script::default()), book: Arc::new(Book::default()) };
        let (stop, stopped) = oneshot::channel();
        let (address, runtime, thread) = server::start(desk.clone(), stopped);
        let stand_in = OnceLock::new();
        FakeProvider { address, desk, runtime, stand_in, stop: Some(stop), thread: Some(thread) }
    }

    /// What `OPENAI_BASE_URL` is set to.
    pub fn base_url(&self) -> String {
        format!("http://{}/v1", self.address)
    }

    /// The base URL of the OpenRouter in it.
    pub fn openrouter_url(&self) -> String {
        format!("http://{}/openrouter/api/v1", self.address)
    }

    /// The base URL of the Anthropic in it.
    pub fn anthropic_url(&self) -> String {
        format!("http://{}/anthropic", self.address)
    }

    /// The base URL of the Gemini in it.
    pub fn gemini_url(&self) -> String {
        format!("http://{}/gemini", self.address)
    }

    /// The base URL of the Ollama in it.
    pub fn ollama_url(&self) -> String {
        format!("http://{}/ollama", self.address)
    }

    /// A program that stands in for the `claude` command; it is there as long as this provider is.
    pub fn claude_command(&self) -> PathBuf {
        self.stand_in.get_or_init(|| StandIn::new(self.desk.clone(), self.runtime.clone())).path()
    }

    /// Do this to every request that fits. Of several lines that fit, the one that was added first counts.
    pub fn whenever(
        &self,
        fits: impl Fn(&Asked) -> bool + Send + Sync + 'static,
        reaction: Reaction,
    ) -> &Self {
        self.desk.script.always(fits, reaction);
        self
    }

    /// Do this to the first request that fits.
    pub fn once(&self, fits: impl Fn(&Asked) -> bool + Send + Sync + 'static, reaction: Reaction) -> &Self {
        self.desk.script.once(fits, reaction);
        self
    }

    /// Keep the first request that fits without an answer until the test releases it.
    pub fn hold_when(&self, fits: impl Fn(&Asked) -> bool + Send + Sync + 'static) -> Hold {
        self.desk.script.hold(fits)
    }

    /// Forget the script: everything is answered again.
    pub fn behave(&self) {
        self.desk.script.clear();
    }

    /// How many requests arrived.
    pub fn asked(&self) -> usize {
        self.desk.book.read(|requests| requests.len())
    }

    /// How many answers were written to the end.
    pub fn finished(&self) -> usize {
        self.desk.book.read(|requests| requests.iter().filter(|asked| asked.finished).count())
    }

    /// The bodies of all requests, in the order in which they arrived.
    pub fn bodies(&self) -> Vec<Value> {
        self.requests().into_iter().map(|asked| asked.body).collect()
    }

    /// All requests, in the order in which they arrived.
    pub fn requests(&self) -> Vec<Asked> {
        self.desk.book.read(<[Asked]>::to_vec)
    }

    /// The ids of answers that were looked up, in the order in which they were.
    pub fn looked_up(&self) -> Vec<String> {
        self.desk.book.looked_up()
    }

    /// What every model is billed for, in each protocol: all answers that were worked out, whether or not they arrived.
    pub fn billed(&self) -> BTreeMap<(Protocol, String), Usage> {
        let mut bills: BTreeMap<_, Usage> = BTreeMap::new();
        for asked in self.requests() {
            if let Some(usage) = asked.usage {
                *bills.entry((asked.protocol, asked.prompt.model)).or_default() += usage;
            }
        }
        bills
    }

    /// Wait until this is true of what was asked; `what` names it in the message of a wait in vain.
    pub fn wait_for(&self, what: &str, so: impl Fn(&[Asked]) -> bool) {
        self.desk.book.wait(what, so);
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
        drop(self.stand_in.take());
        drop(self.stop.take());
        if let Some(thread) = self.thread.take() {
            // Its panic, if it had one, has failed the test through the missing answer already.
            let _ = thread.join();
        }
    }
}
