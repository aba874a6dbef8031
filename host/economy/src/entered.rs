//! A debate that members entered: what it will cost them, by which terms it pays, and which boosts it took.

use std::collections::BTreeMap;

use amatelier_types::{MemberName, RoundtableId, Sparks, Timestamp};
use serde::{Deserialize, Serialize};

use crate::{Effect, PurchaseId, Terms};

/// Who sits down.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub struct Entrant {
    /// The worker.
    pub member: MemberName,
    /// Which of the members that had this name.
    pub identity: u32,
    /// The label that it runs as.
    pub label: String,
    /// What it pays when the debate is settled.
    pub fee: Sparks,
}

/// A boost that a debate took.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub struct Claim {
    /// Which purchase.
    pub purchase: PurchaseId,
    /// Whose.
    pub member: MemberName,
    /// What it does.
    pub effects: Vec<Effect>,
}

/// Members entered a debate.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub struct Entered {
    /// Which.
    pub roundtable: RoundtableId,
    /// By what it is settled.
    pub terms: Terms,
    /// Who, in the team's order.
    pub entrants: Vec<Entrant>,
    /// The boosts it took.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub claims: Vec<Claim>,
    /// When.
    pub at: Timestamp,
}

/// What boosts give one member in one debate.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Perks {
    /// Floor turns beyond those that everybody has.
    pub floor_turns: u32,
    /// Requests to the Steward beyond those that everybody has.
    pub steward_requests: u32,
}

impl Entered {
    /// What boosts give; members without any are not named.
    pub fn perks(&self) -> BTreeMap<MemberName, Perks> {
        let mut perks: BTreeMap<MemberName, Perks> = BTreeMap::new();
        for claim in &self.claims {
            let own = perks.entry(claim.member.clone()).or_default();
            own.add(&claim.effects);
        }
        perks
    }

    /// Who speaks first, if somebody bought that.
    pub fn first_speaker(&self) -> Option<&MemberName> {
        let first = self.claims.iter().find(|claim| claim.effects.contains(&Effect::FirstSpeaker));
        first.map(|claim| &claim.member)
    }
}

impl Perks {
    pub(crate) fn add(&mut self, effects: &[Effect]) {
        for effect in effects {
            match effect {
                Effect::FloorTurns { turns } => self.floor_turns = self.floor_turns.saturating_add(*turns),
                Effect::StewardRequests { requests } => {
                    self.steward_requests = self.steward_requests.saturating_add(*requests);
                }
                _ => {}
            }
        }
    }
}
