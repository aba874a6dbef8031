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
use amatelier_types::{MemberName, RoundtableId};
use tokio::sync::broadcast;

use crate::{Happening, Watcher, stream};

/// How many happenings wait for a subscriber that is slow. Pieces of text are a few words each, so this is some seconds of a fast model.
const WAITING: usize = 256;
/// How much of an unfinished answer is kept for those who come late, in bytes and up to one piece more; no answer that is asked for is
/// longer.
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
}

/// A happening as it is written, with its line break. All of them can be written.
fn line(happening: &Happening) -> Option<String> {
    serde_json::to_string(happening).ok().map(|line| line + "\n")
}

#[cfg(unix)]
mod serving {
    use std::io;

    use tokio::{
        io::{AsyncWrite, AsyncWriteExt as _},
        sync::broadcast::error::RecvError,
    };

    use super::*;

    /// Where a subscriber stands when it joins, or joins again.
    struct Joined {
        seq: u64,
        said: Vec<(MemberName, String)>,
        /// None when nothing more will happen.
        receiver: Option<broadcast::Receiver<Sent>>,
    }

    impl Feed {
        /// Write everything that happened after the event `after`, and what follows, until nothing more happens.
        ///
        /// # Errors
        /// The subscriber is gone, or the journal cannot be read.
        pub(crate) async fn serve(&self, after: u64, mut out: impl AsyncWrite + Unpin) -> io::Result<()> {
            let mut last = after;
            loop {
                let Joined { seq, said, receiver } = self.join();
                for line in self.log.clone().lines(last, seq).await? {
                    out.write_all(line.as_bytes()).await?;
                }
                last = last.max(seq);
                for (member, text) in said {
                    let so_far = line(&Happening::TextSoFar { member, text }).unwrap_or_default();
                    out.write_all(so_far.as_bytes()).await?;
                }
                let Some(mut receiver) = receiver else { return out.flush().await };
                loop {
                    match receiver.recv().await {
                        Ok((seq, line)) => {
                            out.write_all(line.as_bytes()).await?;
                            last = seq;
                        }
                        Err(RecvError::Lagged(_)) => break,
                        Err(RecvError::Closed) => return out.flush().await,
                    }
                }
            }
        }

        /// From one moment on: every event up to it is in the journal, every one after it comes through the receiver.
        fn join(&self) -> Joined {
            let state = self.state();
            Joined {
                seq: state.seq,
                said: state.said.iter().map(|(member, text)| (member.clone(), text.clone())).collect(),
                receiver: state.sender.as_ref().map(broadcast::Sender::subscribe),
            }
        }
    }

    impl Log {
        /// The events after one and up to another, as lines.
        async fn lines(self, after: u64, to: u64) -> io::Result<Vec<String>> {
            let read = move || {
                let stored = self.journal.events(&stream::name(&self.id), after).map_err(io::Error::other)?;
                let upto = stored.iter().take_while(|stored| stored.seq <= to);
                let lines = upto.map(|stored| {
                    let event = stream::decode(stored).map_err(io::Error::other)?;
                    let event = Happening::Event { seq: stored.seq, event: Box::new(event) };
                    line(&event).ok_or_else(|| io::ErrorKind::InvalidData.into())
                });
                lines.collect()
            };
            tokio::task::spawn_blocking(read).await.map_err(io::Error::other)?
        }
    }
}

#[cfg(test)]
#[cfg(unix)]
pub(crate) mod house;

#[cfg(test)]
#[cfg(unix)]
mod tests {
    use amatelier_types::Timestamp;
    use tokio::io::{AsyncBufReadExt as _, BufReader, DuplexStream, Lines};

    use super::{
        house::{House, ada, remark},
        *,
    };

    /// Somebody subscribes through a pipe that holds so many bytes.
    fn subscribe(house: &House, after: u64, bytes: usize) -> Lines<BufReader<DuplexStream>> {
        let (ours, theirs) = tokio::io::duplex(bytes);
        let feed = house.feed.clone();
        tokio::spawn(async move { feed.serve(after, theirs).await });
        BufReader::new(ours).lines()
    }

    async fn next(lines: &mut Lines<BufReader<DuplexStream>>) -> Option<Happening> {
        lines.next_line().await.unwrap().map(|line| serde_json::from_str(&line).unwrap())
    }

    /// The sequence numbers of the events that are left, in the order in which they come.
    async fn rest(lines: &mut Lines<BufReader<DuplexStream>>) -> Vec<u64> {
        let mut seqs = Vec::new();
        while let Some(happening) = next(lines).await {
            if let Happening::Event { seq, .. } = happening {
                seqs.push(seq);
            }
        }
        seqs
    }

    #[tokio::test]
    async fn who_comes_late_gets_what_was_and_then_what_happens() {
        let house = House::new().await;
        house.happen(remark(1)).await;
        house.feed.publish_text(&ada(), "The river ");
        house.feed.publish_text(&ada(), "is ");
        let mut lines = subscribe(&house, 0, 1 << 16);
        assert!(matches!(next(&mut lines).await, Some(Happening::Event { seq: 1, .. })));
        let second = Happening::Event { seq: 2, event: Box::new(remark(1)) };
        assert_eq!(next(&mut lines).await, Some(second));
        let so_far = Happening::TextSoFar { member: ada(), text: "The river is ".into() };
        assert_eq!(next(&mut lines).await, Some(so_far));
        house.feed.publish_text(&ada(), "wide.");
        assert_eq!(next(&mut lines).await, Some(Happening::Text { member: ada(), text: "wide.".into() }));
        house.feed.note("a note");
        assert_eq!(next(&mut lines).await, Some(Happening::Note { text: "a note".into() }));
        house.happen(remark(2)).await;
        house.feed.end();
        assert_eq!(rest(&mut lines).await, [3]);
    }

    #[tokio::test]
    async fn who_comes_again_goes_on_where_it_was() {
        let house = House::new().await;
        for number in 1..=4 {
            house.happen(remark(number)).await;
        }
        let mut lines = subscribe(&house, 3, 1 << 16);
        house.feed.end();
        assert_eq!(rest(&mut lines).await, [4, 5]);
    }

    #[tokio::test]
    async fn a_subscriber_that_stalls_holds_nothing_up_and_still_gets_every_event_once() {
        let house = House::new().await;
        // The pipe holds less than one line: the feed can hand over next to nothing before it is read.
        let mut lines = subscribe(&house, 0, 64);
        assert!(matches!(next(&mut lines).await, Some(Happening::Event { seq: 1, .. })));
        let many = 3 * WAITING as u32;
        for number in 1..=many {
            house.happen(remark(number)).await;
            house.feed.publish_text(&ada(), "piece ");
        }
        let sender = house.feed.state().sender.clone().unwrap();
        assert!(sender.len() <= WAITING, "what waits is bounded");
        drop(sender);
        house.feed.end();
        assert_eq!(rest(&mut lines).await, (2..=u64::from(many) + 1).collect::<Vec<u64>>());
    }

    #[tokio::test]
    async fn text_that_was_settled_is_not_told_again() {
        let house = House::new().await;
        house.feed.publish_text(&ada(), "dropped by a stop");
        let stop = amatelier_debate::Stop {
            reason: amatelier_debate::StopReason::Operator,
            detail: "told to".into(),
        };
        house.happen(Event::RoundtableClosed { stop, at: Timestamp(1) }).await;
        let mut lines = subscribe(&house, 2, 1 << 16);
        house.feed.publish_text(&ada(), "new");
        let text = loop {
            match next(&mut lines).await {
                Some(Happening::Text { text, .. } | Happening::TextSoFar { text, .. }) => break text,
                Some(_) => {}
                None => panic!("no text"),
            }
        };
        assert_eq!(text, "new");
    }
}
