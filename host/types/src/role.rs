//! What somebody does at the table.

use std::fmt;

use serde::{Deserialize, Serialize};

/// What an author of a message, or a member of a team, does.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Role {
    /// Debates and is scored.
    Worker,
    /// Moderates, rules at the gate, sums up.
    Judge,
    /// Debriefs members after a debate.
    #[serde(alias = "therapist")]
    Coach,
    /// Marks a debate once it is over.
    Rubric,
    /// The host's own lines.
    Runner,
    /// The lookup service.
    Steward,
    /// A person.
    User,
}

impl Role {
    /// The name used in events, WIT and JSON.
    pub fn name(self) -> &'static str {
        match self {
            Role::Worker => "worker",
            Role::Judge => "judge",
            Role::Coach => "coach",
            Role::Rubric => "rubric",
            Role::Runner => "runner",
            Role::Steward => "steward",
            Role::User => "user",
        }
    }
}

impl fmt::Display for Role {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.name())
    }
}
