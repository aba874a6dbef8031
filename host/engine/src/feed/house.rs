//! A feed for tests, with its journal at hand.

use amatelier_debate::{Debate, Event, Pinned, Rules, Seat, Setup};
use amatelier_journal::{Commit, Journal, Options};
use amatelier_types::{MemberName, Role, RoundtableId, Seed, Timestamp};

use super::*;
use crate::stream;

/// The watcher of a process that has none.
struct Nobody;

impl Watcher for Nobody {
    fn event(&self, _: &Debate, _: &Event) {}
    fn text(&self, _: &MemberName, _: &str) {}
    fn note(&self, _: &str) {}
}

/// A debate that was opened, in a folder of its own.
pub(crate) struct House {
    pub feed: Arc<Feed>,
    pub journal: Journal,
    pub id: RoundtableId,
    pub folder: tempfile::TempDir,
}

impl House {
    pub(crate) async fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let journal = crate::views::open(folder.path(), Options::default()).unwrap();
        let id = RoundtableId::from_random([7; 6]);
        let feed = Arc::new(Feed::new(Arc::new(Nobody), journal.clone(), id.clone(), 0));
        let house = House { feed, journal, id, folder };
        house.happen(opened(&house.id)).await;
        house
    }

    /// The feed of another process that takes the debate up after this event.
    pub(crate) fn feed_after(&self, seq: u64) -> Arc<Feed> {
        Arc::new(Feed::new(Arc::new(Nobody), self.journal.clone(), self.id.clone(), seq))
    }

    /// An event is committed and told.
    pub(crate) async fn happen(&self, event: Event) {
        self.commit(&event).await;
        self.feed.publish(&event);
    }

    /// An event is committed, and nobody lives to tell it.
    pub(crate) async fn commit(&self, event: &Event) {
        let new = stream::encode(event, "host", Timestamp(0)).unwrap();
        self.journal.append(stream::name(&self.id), None, vec![new], Commit::NoFsync).await.unwrap();
    }
}

fn opened(id: &RoundtableId) -> Event {
    let seat = |name: &str, role| Seat {
        name: name.parse().unwrap(),
        role,
        tagline: String::new(),
        component: "scripted".into(),
        provider: "rehearsal".into(),
        label: "sonnet".into(),
        model: "rehearsal".into(),
        pinned: Pinned::default(),
    };
    let setup = Setup {
        id: id.clone(),
        topic: "Bridge or tunnel?".into(),
        briefing: "The river is wide.".into(),
        seed: Seed(1),
        mode: "rehearsal".into(),
        workers: vec![seat("ada", Role::Worker)],
        judge: seat("judge", Role::Judge),
        rubric: None,
        steward: None,
        first_speaker: None,
        store: Vec::new(),
        extras: std::collections::BTreeMap::new(),
        rules: Rules::default(),
        notices: vec![],
        opened_at: Timestamp(0),
    };
    Event::RoundtableOpened { setup: Box::new(setup) }
}

/// An event of some length.
pub(crate) fn remark(number: u32) -> Event {
    Event::Remarked { text: format!("{number}: {}", "word ".repeat(40)), seq: number }
}

pub(crate) fn ada() -> MemberName {
    "ada".parse().unwrap()
}
