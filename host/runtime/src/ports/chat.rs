//! The debate as the caller may hear it.
//!
//! An implementation is a view fixed at the moment the turn was called: what it answers never changes during the call, and it holds
//! only messages the caller may hear. It answers from memory; nothing here waits.

use std::sync::Arc;

use amatelier_types::{MemberName, Message, Role};

/// The port to the transcript.
pub trait Chat: Send + Sync {
    /// The question of the debate, one line.
    fn topic(&self) -> String;

    /// The whole briefing.
    fn briefing(&self) -> String;

    /// Everybody at the table, in seating order, the judge last.
    fn members(&self) -> Vec<ChatMember>;

    /// The messages that match, oldest first. The runtime cuts the answer to `which.limit` and to the limits of the call, newest kept.
    fn recall(&self, which: &Filter) -> Vec<Arc<Message>>;

    /// The cumulative state of the debate after the last finished round, once there is one.
    fn state_of_debate(&self) -> Option<String>;

    /// What the judge did that the host acted on, oldest first.
    fn interventions(&self) -> Vec<Noted>;

    /// The places in registered files that speeches named, oldest first.
    fn citations(&self) -> Vec<SpokenCitation>;
}

/// A place in a registered file that a speech named.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SpokenCitation {
    /// The message.
    pub seq: u32,
    /// Who cited.
    pub member: MemberName,
    /// The file.
    pub file: String,
    /// From 1.
    pub first_line: u32,
    /// The last one, included.
    pub last_line: u32,
    /// Whether a finding that was given before says something about these lines.
    pub verified: bool,
}

/// Somebody at the table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ChatMember {
    /// Its name in the team.
    pub name: MemberName,
    /// What it does here.
    pub role: Role,
    /// One line of what it stands for.
    pub tagline: String,
}

/// Something the judge did.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Noted {
    /// The message it was posted as.
    pub seq: u32,
    /// `redirect`, `gate`, `sanction`, `halt`, `remark`.
    pub kind: String,
    /// Whom it concerns.
    pub member: Option<MemberName>,
    /// The reason, or the remark.
    pub text: String,
}

/// Which messages a guest asked for; every field that is set must match. Names come from the guest: an unknown one matches nothing.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Filter {
    /// Posted by this member.
    pub author: Option<String>,
    /// Posted in this round.
    pub round: Option<u32>,
    /// Posted in this phase, by its name.
    pub phase: Option<String>,
    /// Of this kind, by its name.
    pub kind: Option<String>,
    /// Holds this text, in any case.
    pub contains: Option<String>,
    /// Only messages with a greater `seq`.
    pub after: Option<u32>,
    /// Only messages with a smaller `seq`.
    pub before: Option<u32>,
    /// At most this many, newest kept; 0 means the host's maximum.
    pub limit: u32,
}

impl Filter {
    /// Whether a message is one of those asked for; `limit` plays no part.
    pub fn matches(&self, message: &Message) -> bool {
        let author = self.author.as_deref().is_none_or(|author| message.author.as_str() == author);
        let round = self.round.is_none_or(|round| message.round == round);
        let phase = self.phase.as_deref().is_none_or(|phase| message.phase.name() == phase);
        let kind = self.kind.as_deref().is_none_or(|kind| message.kind.name() == kind);
        let after = self.after.is_none_or(|after| message.seq > after);
        let before = self.before.is_none_or(|before| message.seq < before);
        // Last, because it is the dear one.
        author && round && phase && kind && after && before && self.text_matches(message)
    }

    fn text_matches(&self, message: &Message) -> bool {
        self.contains
            .as_deref()
            .is_none_or(|wanted| message.text.to_lowercase().contains(&wanted.to_lowercase()))
    }
}

#[cfg(test)]
mod tests {
    use amatelier_types::{MessageKind, Phase};

    use super::*;

    #[test]
    fn every_field_that_is_set_must_match() {
        let message = Message {
            seq: 7,
            round: 2,
            phase: Phase::Speak,
            author: "elena".parse().unwrap(),
            role: Role::Worker,
            kind: MessageKind::Speech,
            to: None,
            text: "Bridges STAND.".into(),
        };
        let some = |text: &str| Some(text.to_owned());
        for (filter, expected) in [
            (Filter::default(), true),
            (Filter { author: some("elena"), round: Some(2), ..Filter::default() }, true),
            (Filter { author: some("marcus"), round: Some(2), ..Filter::default() }, false),
            (Filter { phase: some("speak"), kind: some("speech"), ..Filter::default() }, true),
            (Filter { phase: some("no such phase"), ..Filter::default() }, false),
            (Filter { contains: some("stand"), ..Filter::default() }, true),
            (Filter { contains: some("fall"), ..Filter::default() }, false),
            (Filter { after: Some(6), before: Some(8), ..Filter::default() }, true),
            (Filter { after: Some(7), ..Filter::default() }, false),
            (Filter { before: Some(7), ..Filter::default() }, false),
        ] {
            assert_eq!(filter.matches(&message), expected, "{filter:?}");
        }
    }
}
