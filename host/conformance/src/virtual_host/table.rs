//! The transcript.

use std::sync::Arc;

use amatelier_runtime::{Chat, ChatMember, Filter, Noted, SpokenCitation};
use amatelier_types::{MemberName, Message, Role};

/// Who sits there, and what has been said.
#[derive(Clone, Debug, Default)]
pub struct Table {
    /// The question, one line.
    pub topic: String,
    /// The whole briefing.
    pub briefing: String,
    /// In seating order, the judge last.
    pub members: Vec<ChatMember>,
    /// The state of the debate after the last finished round.
    pub state: Option<String>,
    /// What the judge did.
    pub interventions: Vec<Noted>,
    /// The places in files that speeches named.
    pub citations: Vec<SpokenCitation>,
    messages: Vec<Arc<Message>>,
}

impl Table {
    /// A debate about something, at which nobody sits yet.
    pub fn about(topic: impl Into<String>, briefing: impl Into<String>) -> Self {
        Table { topic: topic.into(), briefing: briefing.into(), ..Table::default() }
    }

    /// Post a message at the end; its number is given to it.
    pub fn post(&mut self, message: Message) {
        let seq = u32::try_from(self.messages.len()).unwrap_or(u32::MAX).saturating_add(1);
        self.messages.push(Arc::new(Message { seq, ..message }));
    }

    /// Seat somebody at the end, unless the name sits there already.
    pub fn seat(&mut self, name: MemberName, role: Role) {
        if self.members.iter().all(|member| member.name != name) {
            self.members.push(ChatMember { name, role, tagline: String::new() });
        }
    }

    /// Everything that was said, oldest first.
    pub fn messages(&self) -> &[Arc<Message>] {
        &self.messages
    }

    /// The workers, in seating order.
    pub fn workers(&self) -> Vec<MemberName> {
        let workers = self.members.iter().filter(|member| member.role == Role::Worker);
        workers.map(|member| member.name.clone()).collect()
    }

    /// Logical time: one second a message.
    pub(crate) fn now(&self) -> u32 {
        u32::try_from(self.messages.len()).unwrap_or(u32::MAX)
    }
}

/// What one of them hears of it.
pub(crate) struct View {
    table: Table,
    listener: Option<MemberName>,
}

impl View {
    /// What this member hears; nobody stands for somebody who hears all.
    pub(crate) fn of(table: Table, listener: Option<MemberName>) -> Self {
        View { table, listener }
    }

    fn hears(&self, message: &Message) -> bool {
        match (&self.listener, &message.to) {
            (Some(listener), Some(to)) => listener == to,
            _ => true,
        }
    }
}

impl Chat for View {
    fn topic(&self) -> String {
        self.table.topic.clone()
    }

    fn briefing(&self) -> String {
        self.table.briefing.clone()
    }

    fn members(&self) -> Vec<ChatMember> {
        self.table.members.clone()
    }

    fn recall(&self, which: &Filter) -> Vec<Arc<Message>> {
        let heard = self.table.messages.iter().filter(|message| self.hears(message));
        heard.filter(|message| which.matches(message)).cloned().collect()
    }

    fn state_of_debate(&self) -> Option<String> {
        self.table.state.clone()
    }

    fn interventions(&self) -> Vec<Noted> {
        self.table.interventions.clone()
    }

    fn citations(&self) -> Vec<SpokenCitation> {
        self.table.citations.clone()
    }
}

#[cfg(test)]
mod tests {
    use amatelier_types::{MessageKind, Phase};

    use super::*;

    #[test]
    fn a_message_for_one_is_heard_by_that_one_and_by_who_hears_all() {
        let mut table = Table::default();
        for to in [None, Some("ada"), Some("grace")] {
            table.post(Message {
                seq: 0,
                round: 1,
                phase: Phase::Speak,
                author: "runner".parse().unwrap(),
                role: Role::Runner,
                kind: MessageKind::Note,
                to: to.map(|name| name.parse().unwrap()),
                text: "psst".into(),
            });
        }
        for (listener, expected) in [(Some("ada"), vec![1, 2]), (None, vec![1, 2, 3])] {
            let view = View::of(table.clone(), listener.map(|name| name.parse().unwrap()));
            let heard: Vec<_> = view.recall(&Filter::default()).iter().map(|message| message.seq).collect();
            assert_eq!(heard, expected);
        }
        assert_eq!(table.now(), 3);
    }
}
