//! What somebody who looks on is told, one line of JSON each.

use amatelier_debate::Event;
use amatelier_types::{MemberName, MicroUsd};
use serde::{Deserialize, Serialize};

/// Something that happened in a debate.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Happening {
    /// An event was committed.
    Event {
        /// Its place in the debate's stream, from 1, without gaps.
        seq: u64,
        /// The event.
        event: Box<Event>,
    },
    /// A piece of a member's answer arrived. Provisional, as with [`crate::Watcher::text`].
    Text {
        /// Whose.
        member: MemberName,
        /// The piece.
        text: String,
    },
    /// All that a member who is speaking has said so far: it stands in the place of the pieces before it.
    TextSoFar {
        /// Whose.
        member: MemberName,
        /// All the pieces.
        text: String,
    },
    /// What the debate has cost so far.
    Spent {
        /// What was spent.
        spent: MicroUsd,
        /// What requests without an answer may still take.
        held: MicroUsd,
        /// The most that may be spent.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        cap: Option<MicroUsd>,
    },
    /// Something the operator should know.
    Note {
        /// In words.
        text: String,
    },
}
