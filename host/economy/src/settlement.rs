//! What a scored debate paid and took.

use amatelier_types::{MemberName, RoundtableId, Sparks, Timestamp};
use serde::{Deserialize, Serialize};

use crate::{Posting, PurchaseId, RequestId};

/// One settlement of one debate. The first posts everything; each further revision posts the difference to what was posted before.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub struct Settlement {
    /// The debate.
    pub roundtable: RoundtableId,
    /// From 1.
    pub revision: u32,
    /// Whose marks these are.
    pub rubric: String,
    /// The highest total that the rubric knows.
    pub highest: u64,
    /// Every entrant that is still a member, in the team's order.
    pub members: Vec<MemberSettlement>,
    /// Who sat this debate out on the bench; named by the first revision only, as is everything below.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub benched: Vec<MemberName>,
    /// The boosts that it used up.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub used: Vec<PurchaseId>,
    /// The public requests that it made older.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub aged: Vec<AgedRequest>,
    /// What changed for whom.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub postings: Vec<Posting>,
    /// When.
    pub at: Timestamp,
}

/// What a debate was to one member, whatever was posted for it before.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub struct MemberSettlement {
    /// The member.
    pub member: MemberName,
    /// Which of the members that had this name.
    pub identity: u32,
    /// Its marks, added up.
    pub marks: u64,
    /// What they earn: the marks where the rubric's highest total is that of the terms, else their share of it, rounded down.
    pub award: Sparks,
    /// Gate bonuses.
    pub gates: Sparks,
    /// What sanctions took: at most what there was to take.
    pub sanctions: Sparks,
    /// `award + gates − sanctions`, never below zero.
    pub gross: Sparks,
    /// The entry fee.
    pub fee: Sparks,
    /// `gross − fee`.
    pub net: Sparks,
}

/// A public request after one more debate.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub struct AgedRequest {
    /// Which.
    pub request: RequestId,
    /// How many debates it has seen.
    pub age: u32,
    /// Whether that was one too many.
    pub expired: bool,
}
