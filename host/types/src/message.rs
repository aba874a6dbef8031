//! What is posted at the table.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::{MemberName, Phase, Role};

/// What a message is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum MessageKind {
    /// The briefing, the first message of every debate.
    Briefing,
    /// A line of the host that says what happens next.
    Control,
    /// A worker's contribution.
    Speech,
    /// A worker had nothing to add.
    Pass,
    /// A worker asked the Steward instead of speaking.
    Request,
    /// The Steward's answer.
    Finding,
    /// The judge interfered.
    Intervention,
    /// The judge ruled at the gate.
    Verdict,
    /// The operator said something, to all or to one.
    Interjection,
    /// The state of the debate after a round.
    Summary,
    /// A turn failed.
    Fault,
    /// Anything else that the host has to say.
    Note,
}

impl MessageKind {
    /// The name used in events, WIT and JSON.
    pub fn name(self) -> &'static str {
        match self {
            MessageKind::Briefing => "briefing",
            MessageKind::Control => "control",
            MessageKind::Speech => "speech",
            MessageKind::Pass => "pass",
            MessageKind::Request => "request",
            MessageKind::Finding => "finding",
            MessageKind::Intervention => "intervention",
            MessageKind::Verdict => "verdict",
            MessageKind::Interjection => "interjection",
            MessageKind::Summary => "summary",
            MessageKind::Fault => "fault",
            MessageKind::Note => "note",
        }
    }
}

impl fmt::Display for MessageKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.name())
    }
}

/// One posted message.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Message {
    /// Its place in the transcript, from 1, without gaps.
    pub seq: u32,
    /// The round, from 1; 0 before the first.
    pub round: u32,
    /// The phase it was posted in.
    pub phase: Phase,
    /// Who posted it.
    pub author: MemberName,
    /// As what.
    pub role: Role,
    /// What it is.
    pub kind: MessageKind,
    /// Set when it is for one member (and the judge) only.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub to: Option<MemberName>,
    /// Plain text.
    pub text: String,
}
