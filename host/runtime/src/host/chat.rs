//! `amatelier:chat`: the transcript, through the [`Chat`](crate::Chat) port.

use std::sync::Arc;

use amatelier_types::Message;

use crate::{
    Filter,
    bindings::amatelier::chat::{chat, minutes},
    state::State,
};

impl chat::Host for State {
    fn topic(&mut self) -> wasmtime::Result<String> {
        Ok(self.call.chat.topic())
    }

    fn briefing(&mut self) -> wasmtime::Result<String> {
        Ok(self.call.chat.briefing())
    }

    fn members(&mut self) -> wasmtime::Result<Vec<chat::Member>> {
        let member = |member: crate::ChatMember| chat::Member {
            name: member.name.into(),
            role: member.role.name().into(),
            tagline: member.tagline,
        };
        Ok(self.call.chat.members().into_iter().map(member).collect())
    }

    fn recall(&mut self, which: chat::Filter) -> wasmtime::Result<Vec<chat::Message>> {
        let texts = [&which.author, &which.phase, &which.kind, &which.contains];
        self.accept("chat.recall", texts.into_iter().flatten().map(String::as_str))?;
        let filter = Filter {
            author: which.author,
            round: which.round,
            phase: which.phase,
            kind: which.kind,
            contains: which.contains,
            after: which.after,
            before: which.before,
            limit: which.limit,
        };
        let found = self.call.chat.recall(&filter);
        let most = match filter.limit as usize {
            0 => self.call.limits.recall_messages,
            limit => limit.min(self.call.limits.recall_messages),
        };
        Ok(newest(&found, most, self.call.limits.recall_bytes))
    }

    fn state_of_debate(&mut self) -> wasmtime::Result<Option<String>> {
        Ok(self.call.chat.state_of_debate())
    }
}

impl minutes::Host for State {
    fn citations(&mut self) -> wasmtime::Result<Vec<minutes::Citation>> {
        let citation = |cited: crate::SpokenCitation| minutes::Citation {
            seq: cited.seq,
            member: cited.member.to_string(),
            file: cited.file,
            first_line: cited.first_line,
            last_line: cited.last_line,
            verified: cited.verified,
        };
        // The newest ones, as many as messages are given at once.
        let cited = self.call.chat.citations();
        let spare = cited.len().saturating_sub(self.call.limits.recall_messages);
        Ok(cited.into_iter().skip(spare).map(citation).collect())
    }

    fn interventions(&mut self) -> wasmtime::Result<Vec<minutes::Intervention>> {
        let intervention = |noted: crate::Noted| minutes::Intervention {
            seq: noted.seq,
            kind: noted.kind,
            member: noted.member.map(String::from),
            text: noted.text,
        };
        Ok(self.call.chat.interventions().into_iter().map(intervention).collect())
    }

    /// No call is made after the official scores are in.
    fn marks(&mut self) -> wasmtime::Result<Vec<(String, String, u32)>> {
        Ok(Vec::new())
    }
}

/// The newest messages within two limits, oldest first. A single message over the byte limit is given cut, or nobody could ever page
/// past it.
fn newest(found: &[Arc<Message>], most: usize, most_bytes: usize) -> Vec<chat::Message> {
    let mut left = most_bytes;
    let mut messages = Vec::new();
    for message in found.iter().rev().take(most) {
        let fits = message.text.len() <= left;
        if !fits && !messages.is_empty() {
            break;
        }
        let text = if fits { message.text.as_str() } else { cut(&message.text, left) };
        left -= text.len();
        messages.push(posted(message, text));
    }
    messages.reverse();
    messages
}

fn posted(message: &Message, text: &str) -> chat::Message {
    chat::Message {
        seq: message.seq,
        round: message.round,
        phase: message.phase.name().into(),
        author: message.author.to_string(),
        role: message.role.name().into(),
        kind: message.kind.name().into(),
        to: message.to.as_ref().map(ToString::to_string),
        text: text.to_owned(),
    }
}

/// At most this many bytes of a text, ending between two characters.
fn cut(text: &str, most_bytes: usize) -> &str {
    text.get(..text.floor_char_boundary(most_bytes)).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use amatelier_types::{MessageKind, Phase, Role};

    use super::*;

    fn messages(texts: &[&str]) -> Vec<Arc<Message>> {
        let message = |(seq, text): (u32, &&str)| Message {
            seq,
            round: 1,
            phase: Phase::Speak,
            author: "elena".parse().unwrap(),
            role: Role::Worker,
            kind: MessageKind::Speech,
            to: None,
            text: (*text).into(),
        };
        (1..).zip(texts).map(message).map(Arc::new).collect()
    }

    #[test]
    fn recall_keeps_the_newest_that_fit_in_their_order() {
        let found = messages(&["aaaa", "bbbb", "cccc"]);
        for (most, most_bytes, expected) in [
            (9, 99, vec![(1, "aaaa"), (2, "bbbb"), (3, "cccc")]),
            (2, 99, vec![(2, "bbbb"), (3, "cccc")]),
            (9, 9, vec![(2, "bbbb"), (3, "cccc")]),
            (9, 3, vec![(3, "ccc")]),
            (9, 0, vec![(3, "")]),
        ] {
            let given = newest(&found, most, most_bytes);
            let given: Vec<_> = given.iter().map(|message| (message.seq, message.text.as_str())).collect();
            assert_eq!(given, expected, "{most} {most_bytes}");
        }
    }

    #[test]
    fn a_cut_never_splits_a_character() {
        assert_eq!(cut("aé", 2), "a");
        assert_eq!(cut("aé", 3), "aé");
    }
}
