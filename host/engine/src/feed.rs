//! What happens in a debate that runs, handed on to everybody who looks on.
//!
//! Events reach a subscriber in their order, each once, whatever its pace: first those that the journal has, then those that follow. The
//! engine never waits for one: what a subscriber has not taken yet lies in a bounded buffer, and one that falls behind it is served from
//! the journal again, with what is being said at that moment as a whole. So text may arrive in larger pieces; events are never left out.

use std::{
    collections::BTreeMap,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use amatelier_debate::{Debate, Event};
use amatelier_journal::Journal;
use amatelier_types::{MemberName, MicroUsd, RoundtableId};
use tokio::sync::broadcast;

use crate::{Happening, Performed, Watcher};

#[cfg(test)]
#[cfg(unix)]
pub(crate) mod house;
#[cfg(unix)]
pub(crate) mod log_book;
mod serving;
#[cfg(test)]
#[cfg(unix)]
mod tests;

/// How many happenings wait for a subscriber that is slow. Pieces of text are a few words each, so this is some seconds of a fast model.
const WAITING: usize = 256;
/// How much of an unfinished answer is kept for those who come late, in bytes and up to one piece more; an answer has a few thousand
/// tokens of some five bytes.
const SAID_BYTES: usize = 64 << 10;

/// The feed of one debate. It stands between the engine and the watcher of the process's own, which is told first.
pub(crate) struct Feed {
    own: Arc<dyn Watcher>,
    #[cfg_attr(not(unix), allow(dead_code, reason = "nobody subscribes where there are no doors"))]
    log: Log,
    state: Mutex<State>,
}

/// Where the debate's events are.
#[derive(Clone)]
struct Log {
    journal: Journal,
    id: RoundtableId,
}

/// What happened last, as the feed goes out with it.
type Sent = (u64, Arc<str>);

struct State {
    /// The last event that was told.
    seq: u64,
    /// What those who are speaking have said so far.
    said: BTreeMap<MemberName, String>,
    /// None once nobody drives the debate any more.
    sender: Option<broadcast::Sender<Sent>>,
}

impl Feed {
    /// The feed of a debate whose last event so far is `seq`.
    pub(crate) fn new(own: Arc<dyn Watcher>, journal: Journal, id: RoundtableId, seq: u64) -> Self {
        let sender = Some(broadcast::Sender::new(WAITING));
        let state = Mutex::new(State { seq, said: BTreeMap::new(), sender });
        Feed { own, log: Log { journal, id }, state }
    }

    /// Nothing more happens: subscribers get what is left.
    pub(crate) fn end(&self) {
        let mut state = self.state();
        state.said.clear();
        state.sender = None;
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn publish(&self, event: &Event) {
        let mut state = self.state();
        state.seq += 1;
        state.settle(event);
        state.send(|seq| Happening::Event { seq, event: Box::new(event.clone()) });
    }

    fn publish_text(&self, member: &MemberName, text: &str) {
        let mut state = self.state();
        let said = state.said.entry(member.clone()).or_default();
        if said.len() < SAID_BYTES {
            said.push_str(text);
        }
        state.send(|_| Happening::Text { member: member.clone(), text: text.into() });
    }
}

impl State {
    /// Forget what was provisional and is not any more.
    fn settle(&mut self, event: &Event) {
        match event {
            Event::TurnCalled { member, .. } | Event::TurnFinished { member, .. } => {
                self.said.remove(member);
            }
            // Turns that a stop drops end without a word.
            Event::RoundtableClosed { .. } | Event::RoundtablePaused { .. } => self.said.clear(),
            _ => {}
        }
    }

    /// Hand something on, if anybody is there.
    fn send(&self, happening: impl FnOnce(u64) -> Happening) {
        let Some(sender) = self.sender.as_ref().filter(|sender| sender.receiver_count() > 0) else { return };
        if let Some(line) = line(&happening(self.seq)) {
            // The last one may have left just now.
            let _ = sender.send((self.seq, line.into()));
        }
    }
}

impl Watcher for Feed {
    fn event(&self, debate: &Debate, event: &Event) {
        self.own.event(debate, event);
        self.publish(event);
    }

    fn text(&self, member: &MemberName, piece: &str) {
        self.own.text(member, piece);
        self.publish_text(member, piece);
    }

    fn note(&self, text: &str) {
        self.own.note(text);
        self.state().send(|_| Happening::Note { text: text.into() });
    }

    fn performed(&self, performed: &Performed<'_>) {
        // For the author at this terminal; others look on at the debate.
        self.own.performed(performed);
    }

    fn spent(&self, spent: MicroUsd, held: MicroUsd, cap: Option<MicroUsd>) {
        self.own.spent(spent, held, cap);
        self.state().send(|_| Happening::Spent { spent, held, cap });
    }
}

/// A happening as it is written, with its line break. All of them can be written.
fn line(happening: &Happening) -> Option<String> {
    serde_json::to_string(happening).ok().map(|line| line + "\n")
}
