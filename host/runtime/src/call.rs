//! Everything that one call of a component sees and may do.
//!
//! A call is a function of this value, of the component's bytes and of the answers of the ports: the same three give the same result.

use std::{collections::BTreeMap, sync::Arc};

use amatelier_types::{Capabilities, MemberName, Role};

use crate::{Chat, Desk, Limits, Market, Models, Patience, SparkBook};

/// One call of a component.
#[derive(Clone)]
pub struct Call {
    /// On whose behalf.
    pub member: MemberName,
    /// What the member does in this debate.
    pub role: Role,
    /// Where the call's dice and its WASI randomness come from.
    pub seed: [u8; 32],
    /// Logical seconds since the debate opened; stands still during the call.
    pub now: u32,
    /// What the component may do.
    pub granted: Capabilities,
    /// What the operator set for the member.
    pub settings: Arc<BTreeMap<String, String>>,
    /// What it may use.
    pub limits: Limits,
    /// The longest the call may take, waiting for models included; none means that only CPU time is limited (as in a replay).
    pub wall_clock: Option<Patience>,
    /// Who the member is.
    pub profile: Arc<Profile>,
    /// The debate.
    pub chat: Arc<dyn Chat>,
    /// The models.
    pub models: Arc<dyn Models>,
    /// The Steward.
    pub desk: Arc<dyn Desk>,
    /// The member's sparks, and everybody's standing.
    pub sparks: Arc<dyn SparkBook>,
    /// The store.
    pub market: Arc<dyn Market>,
    /// The member's notes as of the last committed turn.
    pub notebook: Arc<BTreeMap<String, Vec<u8>>>,
}

/// What a member was taught and remembers, pinned when the debate opens.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Profile {
    /// Markdown documents by their name without `.md`: `instructions`, `identity`, …
    pub documents: BTreeMap<String, String>,
    /// 0 to 3.
    pub tier: u32,
    /// Rendered memory; empty when there is none.
    pub memory: String,
    /// Behaviours chosen for this briefing, most relevant first.
    pub heuristics: Vec<String>,
    /// Texts of equipped skills.
    pub skills: Vec<String>,
    /// Short reminders from equipped skills for this turn.
    pub advice: Vec<String>,
}
