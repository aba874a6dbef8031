//! What a debate is opened with: everything that must not change while it runs.

use std::collections::BTreeMap;

use amatelier_types::{Capabilities, MemberName, Moderation, Role, RoundtableId, Seed, Timestamp};
use serde::{Deserialize, Serialize};

/// The numbers of the game. The defaults are those of the design's chapter "A debate".
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rules {
    /// The last round there can be; at least 1.
    pub max_rounds: u32,
    /// Floor contributions per worker for the whole debate.
    pub floor_turns: u32,
    /// How often the judge is asked for remarks.
    pub moderation: Moderation,
    /// Gate bonuses that count in one debate.
    pub gate_bonuses: u32,
    /// Whether there is a research phase, which needs an active Steward.
    pub research: bool,
}

impl Default for Rules {
    fn default() -> Self {
        Rules {
            max_rounds: 3,
            floor_turns: 3,
            moderation: Moderation::PerPhase,
            gate_bonuses: 3,
            research: false,
        }
    }
}

/// What a member brings to the table, as it was when the debate opened: a file that is edited later changes the next debate.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Pinned {
    /// Documents of the persona's folder by name without `.md`.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub documents: BTreeMap<String, String>,
    /// Settings of the team file.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub settings: BTreeMap<String, String>,
    /// What its component may do.
    #[serde(default, skip_serializing_if = "Capabilities::is_empty")]
    pub granted: Capabilities,
}

/// One member of the debate.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Seat {
    /// Its name.
    pub name: MemberName,
    /// What it does.
    pub role: Role,
    /// One line of what it stands for.
    pub tagline: String,
    /// Its component as the team file names it: an id or a path.
    pub component: String,
    /// The provider that answers for it.
    pub provider: String,
    /// The team's label for its model.
    pub label: String,
    /// The model as the provider calls it.
    pub model: String,
    /// What it brings.
    pub pinned: Pinned,
}

/// Everything a debate starts from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Setup {
    /// The debate's id.
    pub id: RoundtableId,
    /// The question, one line.
    pub topic: String,
    /// The whole briefing.
    pub briefing: String,
    /// Where all chance comes from.
    pub seed: Seed,
    /// How models are chosen, such as `rehearsal` or `openai-compat`.
    pub mode: String,
    /// The workers, in the team's order; at least one.
    pub workers: Vec<Seat>,
    /// The judge.
    pub judge: Seat,
    /// Who marks the debate, under the name `rubric`; none leaves it unscored.
    pub rubric: Option<Seat>,
    /// Who bought the right to speak first.
    pub first_speaker: Option<MemberName>,
    /// The numbers of the game.
    pub rules: Rules,
    /// What the user should know about this debate, such as a provider that was replaced.
    pub notices: Vec<String>,
    /// When it was opened.
    pub opened_at: Timestamp,
}

impl Setup {
    /// Every seat: workers, judge, rubric.
    pub fn seats(&self) -> impl Iterator<Item = &Seat> {
        self.workers.iter().chain([&self.judge]).chain(&self.rubric)
    }

    /// The seat of a member.
    pub fn seat(&self, name: &MemberName) -> Option<&Seat> {
        self.seats().find(|seat| seat.name == *name)
    }

    /// Whether a member debates.
    pub fn is_worker(&self, name: &MemberName) -> bool {
        self.workers.iter().any(|seat| seat.name == *name)
    }
}
