//! Somebody who looks on at a debate from another process, or later.
//!
//! Where the debate is driven, its door tells what happens; where it is not, or not any more, the log has all that did. Going from one to
//! the other leaves nothing out and tells nothing twice: both count the same events.

use std::{collections::VecDeque, path::PathBuf};

use amatelier_debate::{Debate, Digest};
use amatelier_journal::Journal;
use amatelier_types::RoundtableId;

use crate::{
    Error, Happening,
    door::{self, Heard},
    feed::log_book::happenings,
    treasury,
};

/// The happenings of one debate, oldest first.
pub struct Watching {
    journal: Journal,
    id: RoundtableId,
    lock: PathBuf,
    /// The last event that was told.
    last: u64,
    /// What was read from the log and not told yet.
    waiting: VecDeque<Happening>,
    source: Source,
}

/// Where what happens next is to be learnt.
enum Source {
    /// Nobody was asked yet.
    Unasked,
    /// The process that drives the debate tells, and has told something or not.
    Door { heard: Box<Heard>, spoke: Spoke },
    /// The log was read to its end.
    Over,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Spoke {
    Not,
    Yes,
}

impl Watching {
    pub(crate) fn new(journal: Journal, id: RoundtableId, lock: PathBuf) -> Self {
        Watching { journal, id, lock, last: 0, waiting: VecDeque::new(), source: Source::Unasked }
    }

    /// What happens next; none when everything was told and nobody drives the debate, or can be asked about it.
    ///
    /// # Errors
    /// Why the log cannot be read.
    pub async fn next(&mut self) -> Result<Option<Happening>, Error> {
        loop {
            if let Some(happening) = self.waiting.pop_front() {
                return Ok(Some(happening));
            }
            match &mut self.source {
                Source::Unasked => match door::listen(&self.lock, self.last).await {
                    Ok(heard) => {
                        self.source = Source::Door { heard: Box::new(heard), spoke: Spoke::Not };
                    }
                    Err(_) => self.read_log()?,
                },
                Source::Door { heard, spoke } => match heard.next().await {
                    Some(happening) => {
                        *spoke = Spoke::Yes;
                        if let Happening::Event { seq, .. } = happening {
                            self.last = seq;
                        }
                        return Ok(Some(happening));
                    }
                    // Another process may have taken the debate up at once. A door that says nothing is asked once.
                    None if *spoke == Spoke::Yes => self.source = Source::Unasked,
                    None => self.read_log()?,
                },
                Source::Over => return Ok(None),
            }
        }
    }

    /// The digest of the debate that was watched, with what the ledger adds to it.
    ///
    /// # Errors
    /// Why the ledger cannot be read.
    pub fn digest(&self, debate: &Debate) -> Result<Digest, Error> {
        treasury::complete(&self.journal, debate.digest())
    }

    /// Take what is left from the log.
    fn read_log(&mut self) -> Result<(), Error> {
        self.source = Source::Over;
        for happening in happenings(&self.journal, &self.id, self.last, u64::MAX)? {
            if let Happening::Event { seq, .. } = happening {
                self.last = seq;
            }
            self.waiting.push_back(happening);
        }
        Ok(())
    }
}

#[cfg(test)]
#[cfg(unix)]
mod tests {
    use super::*;
    use crate::{
        Control, Watcher as _,
        door::Door,
        feed::house::{House, ada, remark},
    };

    fn seq(happening: Option<Happening>) -> Option<u64> {
        match happening {
            Some(Happening::Event { seq, .. }) => Some(seq),
            other => panic!("no event: {other:?}"),
        }
    }

    #[tokio::test]
    async fn from_the_door_to_the_log_nothing_is_left_out_and_nothing_told_twice() {
        let house = House::new().await;
        let lock = house.folder.path().join("x.lock");
        let door = Door::open(&lock, Control::default(), house.feed.clone()).unwrap();
        let mut watching = Watching::new(house.journal.clone(), house.id.clone(), lock);
        assert_eq!(seq(watching.next().await.unwrap()), Some(1));
        house.feed.note("it is heard");
        let note = Happening::Note { text: "it is heard".into() };
        assert_eq!(watching.next().await.unwrap(), Some(note));
        house.happen(remark(1)).await;
        house.commit(&remark(2)).await;
        drop(door);
        assert_eq!(seq(watching.next().await.unwrap()), Some(2), "told at the door");
        assert_eq!(seq(watching.next().await.unwrap()), Some(3), "found in the log");
        assert_eq!(watching.next().await.unwrap(), None);
        assert_eq!(watching.next().await.unwrap(), None, "it stays so");
    }

    #[tokio::test]
    async fn whoever_takes_a_debate_up_again_is_heard_from_where_the_other_left() {
        let house = House::new().await;
        let lock = house.folder.path().join("x.lock");
        let door = Door::open(&lock, Control::default(), house.feed.clone()).unwrap();
        let mut watching = Watching::new(house.journal.clone(), house.id.clone(), lock.clone());
        assert_eq!(seq(watching.next().await.unwrap()), Some(1));
        drop(door);
        let feed = house.feed_after(1);
        let _door = Door::open(&lock, Control::default(), feed.clone()).unwrap();
        feed.text(&ada(), "I was saying");
        let so_far = Happening::TextSoFar { member: ada(), text: "I was saying".into() };
        assert_eq!(watching.next().await.unwrap(), Some(so_far));
    }

    #[tokio::test]
    async fn a_door_that_says_nothing_is_asked_once() {
        let house = House::new().await;
        let lock = house.folder.path().join("x.lock");
        let door = Door::open(&lock, Control::default(), house.feed.clone()).unwrap();
        let mut watching = Watching::new(house.journal.clone(), house.id.clone(), lock.clone());
        assert_eq!(seq(watching.next().await.unwrap()), Some(1));
        drop(door);
        let silent = house.feed_after(1);
        silent.end();
        let _door = Door::open(&lock, Control::default(), silent).unwrap();
        house.commit(&remark(1)).await;
        assert_eq!(seq(watching.next().await.unwrap()), Some(2), "the log is looked into instead");
        assert_eq!(watching.next().await.unwrap(), None);
    }

    #[tokio::test]
    async fn where_nobody_is_the_log_tells_all() {
        let house = House::new().await;
        house.happen(remark(1)).await;
        let lock = house.folder.path().join("x.lock");
        let mut watching = Watching::new(house.journal.clone(), house.id.clone(), lock);
        assert_eq!(seq(watching.next().await.unwrap()), Some(1));
        assert_eq!(
            watching.next().await.unwrap(),
            Some(Happening::Event { seq: 2, event: Box::new(remark(1)) })
        );
        assert_eq!(watching.next().await.unwrap(), None);
    }
}
