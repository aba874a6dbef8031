//! What a debate is opened with: everything that must not change while it runs.

use std::collections::BTreeMap;

use amatelier_types::{
    Capabilities, MemberName, MicroUsd, Moderation, RegisteredFile, Role, RoundtableId, Seed, Timestamp,
};
use serde::{Deserialize, Serialize};

use crate::{Lesson, Notebook, Reminder, Ware};

/// The numbers of the game. The defaults are those of the design's chapter "A debate".
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Rules {
    /// The last round there can be; at least 1.
    pub max_rounds: u32,
    /// Floor contributions per worker for the whole debate.
    pub floor_turns: u32,
    /// How often the judge is asked for remarks.
    pub moderation: Moderation,
    /// Gate bonuses that count in one debate.
    pub gate_bonuses: u32,
    /// Requests to the Steward per member for the whole debate.
    pub requests: u32,
    /// Requests of the research phase per worker, which cost nothing.
    pub free_requests: u32,
    /// What the debate may take.
    pub caps: Caps,
    /// Whether it is scored in opposite orders, with a third ballot where the two differ.
    #[serde(skip_serializing_if = "is_false")]
    pub double_score: bool,
}

fn is_zero(number: &u32) -> bool {
    *number == 0
}

fn is_false(flag: &bool) -> bool {
    !*flag
}

/// What a member bought for one debate, beside what everybody has.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", default)]
pub struct Extras {
    /// Floor contributions.
    pub floor_turns: u32,
    /// Requests to the Steward.
    pub requests: u32,
}

/// What a debate may take; none is no cap. A request whose worst case could exceed one is not made: the debate waits until the cap
/// is raised.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", default)]
pub struct Caps {
    /// Tokens of all models, in and out.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub max_tokens: Option<u64>,
    /// Minutes in which the debate runs; the time in which it waits does not count.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub max_minutes: Option<u32>,
    /// Money for all models.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub max_cost: Option<MicroUsd>,
    /// Money for one call: one question to a model, with all that is tried to have it answered.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub max_cost_per_call: Option<MicroUsd>,
    /// Money for all calls of one member.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub max_cost_per_member: Option<MicroUsd>,
}

impl Default for Rules {
    fn default() -> Self {
        Rules {
            max_rounds: 3,
            floor_turns: 3,
            moderation: Moderation::PerPhase,
            gate_bonuses: 3,
            requests: 3,
            free_requests: 3,
            caps: Caps::default(),
            double_score: false,
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
    /// The most that the member's line allows it, where its component is a plugin whose rights are looked up turn by turn.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub allow: Option<Capabilities>,
    /// Its tier; 0 without an account.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub tier: u32,
    /// The lessons of its equipped skills, as they were taught when the debate opened.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub skills: Vec<Lesson>,
    /// What those skills remind it of, by phase and round.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub advice: Vec<Reminder>,
    /// What its component noted in debates before.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub notebook: Notebook,
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

/// The Steward of a debate: there is one when the briefing registers files.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct StewardSeat {
    /// The folder that registered names are relative to.
    pub root: String,
    /// The registered files; at least one.
    pub files: Vec<RegisteredFile>,
    /// Whether a model may help where the grammar does not suffice.
    pub assisted: bool,
    /// The provider that answers for it.
    pub provider: String,
    /// The team's label for its model.
    pub label: String,
    /// The model as the provider calls it.
    pub model: String,
    /// The labels with which the judge can choose another model.
    pub labels: Vec<String>,
    /// Whether findings are posted to all, instead of to the asker and the judge.
    pub public: bool,
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
    /// Who looks things up; none when no files are registered.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub steward: Option<StewardSeat>,
    /// Who bought the right to speak first.
    pub first_speaker: Option<MemberName>,
    /// What is on sale, in the catalog's order.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub store: Vec<Ware>,
    /// What workers bought for this debate.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub extras: BTreeMap<MemberName, Extras>,
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

    /// Floor contributions that a worker has in this debate: everybody's, and what it bought.
    pub fn floor_turns(&self, member: &MemberName) -> u32 {
        let bought = self.extras.get(member).map_or(0, |extras| extras.floor_turns);
        self.rules.floor_turns.saturating_add(bought)
    }

    /// Whether a member debates.
    pub fn is_worker(&self, name: &MemberName) -> bool {
        self.workers.iter().any(|seat| seat.name == *name)
    }
}
