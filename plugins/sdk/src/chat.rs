//! The debate, as far as the caller may hear it. Nothing in here changes during one turn.
//!
//! ```no_run
//! use amatelier_sdk::chat;
//!
//! let heard = chat::recall().round(2).kind("speech").get();
//! ```

pub use crate::bindings::imports::chat::chat::{Member, Message, briefing, members, state_of_debate, topic};
use crate::{
    Phase,
    bindings::imports::chat::chat::{self, Filter},
};

/// Start a question to the transcript. Every method narrows it; without any it means everything.
pub fn recall() -> Recall {
    Recall {
        filter: Filter {
            author: None,
            round: None,
            phase: None,
            kind: None,
            contains: None,
            after: None,
            before: None,
            limit: 0,
        },
    }
}

/// Which messages to recall; see [`recall`].
#[derive(Clone, Debug)]
#[must_use = "nothing is recalled before `get` or `all`"]
pub struct Recall {
    filter: Filter,
}

impl Recall {
    /// Posted by this member.
    pub fn author(mut self, name: impl Into<String>) -> Recall {
        self.filter.author = Some(name.into());
        self
    }

    /// Posted in this round.
    pub fn round(mut self, round: u32) -> Recall {
        self.filter.round = Some(round);
        self
    }

    /// Posted in this phase.
    pub fn phase(mut self, phase: &Phase) -> Recall {
        self.filter.phase = Some(phase.name().into());
        self
    }

    /// Of this kind, such as `speech` or `finding`.
    pub fn kind(mut self, kind: impl Into<String>) -> Recall {
        self.filter.kind = Some(kind.into());
        self
    }

    /// Holding this text, in any case.
    pub fn contains(mut self, text: impl Into<String>) -> Recall {
        self.filter.contains = Some(text.into());
        self
    }

    /// With a greater `seq` than this.
    pub fn after(mut self, seq: u32) -> Recall {
        self.filter.after = Some(seq);
        self
    }

    /// With a smaller `seq` than this.
    pub fn before(mut self, seq: u32) -> Recall {
        self.filter.before = Some(seq);
        self
    }

    /// At most this many, newest kept.
    pub fn limit(mut self, messages: u32) -> Recall {
        self.filter.limit = messages;
        self
    }

    /// One page, oldest first: the newest messages that match, as many as the limit and the host's own limits allow.
    pub fn get(self) -> Vec<Message> {
        chat::recall(&self.filter)
    }

    /// All that match, oldest first, however many pages they take.
    pub fn all(self) -> Vec<Message> {
        let mut filter = self.filter;
        let pages = std::iter::from_fn(|| {
            let page = chat::recall(&filter);
            filter.before = Some(page.first()?.seq);
            Some(page)
        });
        in_order(pages.collect())
    }
}

/// Pages come newest first, the messages of a page oldest first.
fn in_order(mut pages: Vec<Vec<Message>>) -> Vec<Message> {
    pages.reverse();
    pages.into_iter().flatten().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn message(seq: u32) -> Message {
        Message {
            seq,
            round: 1,
            phase: "speak".into(),
            author: "ada".into(),
            role: "worker".into(),
            kind: "speech".into(),
            to: None,
            text: String::new(),
        }
    }

    #[test]
    fn pages_join_oldest_first() {
        let pages = vec![vec![message(5), message(6)], vec![message(2), message(3)], vec![message(1)]];
        let seqs: Vec<u32> = in_order(pages).iter().map(|message| message.seq).collect();
        assert_eq!(seqs, [1, 2, 3, 5, 6]);
    }
}
