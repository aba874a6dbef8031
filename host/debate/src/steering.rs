//! What the operator does to a debate that runs: every wish is a line in the transcript and a fact.
//!
//! A wish that makes no sense (a worker who is not waiting to speak, a name that is nobody's) means nothing: no event. Whoever passes
//! it on says so.

use amatelier_types::{MemberName, Message, MessageKind, Role, Timestamp};

use crate::{Caps, Event, Posted, control, decide::Draft, table::Step};

/// The longest interjection kept, in characters: a page. More is a briefing.
pub const INTERJECTION_CHARS: usize = 4_000;

impl Draft<'_> {
    /// The operator says something, to one member and the judge or to all.
    pub(crate) fn interject(&mut self, to: Option<MemberName>, text: &str, at: Timestamp) {
        let text: String = text.trim().chars().take(INTERJECTION_CHARS).collect();
        let unknown =
            to.as_ref().is_some_and(|name| !self.setup.is_worker(name) && self.setup.judge.name != *name);
        if text.is_empty() || unknown {
            return;
        }
        let (seq, round, phase) = (self.table.next_seq, self.table.round, self.table.phase());
        let (author, role, kind) = (MemberName::user(), Role::User, MessageKind::Interjection);
        let message = Message { seq, round, phase, author, role, kind, to, text };
        self.push(Event::MessagePosted(Posted { message, at }));
    }

    /// The operator wants to hear a worker next.
    pub(crate) fn prefer(&mut self, member: MemberName, at: Timestamp) {
        let Step::Turns(turns) = &self.table.step else { return };
        if !turns.queue.iter().skip(1).any(|waiting| *waiting == member) {
            return;
        }
        self.note(control::preferred(&member), at);
        self.push(Event::MemberPreferred { member });
    }

    /// The operator takes the word from a worker, or gives it back.
    pub(crate) fn mute(&mut self, member: MemberName, muted: bool, at: Timestamp) {
        if !self.setup.is_worker(&member) || self.table.muted.contains(&member) == muted {
            return;
        }
        self.note(control::muted(&member, muted), at);
        self.push(Event::MemberMuted { member, muted });
    }

    /// The operator lets a model see what is looked up, or no longer does.
    pub(crate) fn consent(&mut self, assisted: bool, at: Timestamp) {
        if self.setup.steward.is_some() && assisted != self.table.assisted {
            self.push(Event::ConsentSet { assisted, at });
        }
    }

    /// The operator sets other caps.
    pub(crate) fn cap(&mut self, caps: Caps, at: Timestamp) {
        if caps != self.table.caps {
            self.push(Event::CapsSet { caps, at });
        }
    }
}
