//! The economy's facts. Folding them from empty gives the [`Ledger`](crate::Ledger).
//!
//! Every spark that moves is a posting of one of them; there is no other way.

use amatelier_types::{MemberName, RoundtableId, Sparks, Timestamp, VentureTier};
use serde::{Deserialize, Serialize};

use crate::{Bought, Entered, Posting, PurchaseId, RequestId, Settlement, VentureId, VentureTerms};

/// Why a debate pays and costs nothing.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", tag = "why", content = "reason")]
pub enum VoidReason {
    /// It was aborted: for good.
    Aborted(String),
    /// It was not scored: it may be yet.
    Unscored(String),
}

/// How a venture ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum VentureOutcome {
    /// The idea came true.
    Success,
    /// It did not.
    Failure,
}

/// What the operator decided about a member that lost too often.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", tag = "verdict")]
pub enum RelegationVerdict {
    /// It stays as it is.
    Keep,
    /// It sits out some debates.
    Bench,
    /// A new identity takes its place.
    Replace {
        /// The name of the new one; it may be the same.
        successor: MemberName,
    },
}

/// A debate's net, as a question to the operator quotes it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub struct Net {
    /// The debate.
    pub roundtable: RoundtableId,
    /// What it brought, fee included.
    pub net: Sparks,
}

/// One fact, in the past tense.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", tag = "event")]
pub enum Event {
    /// A member got its account.
    MemberEnrolled {
        /// Who.
        member: MemberName,
        /// The n-th that had this name, from 1.
        identity: u32,
        /// The opening balance.
        postings: Vec<Posting>,
        /// When.
        at: Timestamp,
    },
    /// Members entered a debate.
    RoundtableEntered(Box<Entered>),
    /// A scored debate was settled, or settled again.
    Settled(Box<Settlement>),
    /// A debate pays and costs nothing; what it took is given back.
    RoundtableVoided {
        /// Which.
        roundtable: RoundtableId,
        /// Why.
        #[serde(flatten)]
        reason: VoidReason,
        /// Boosts that wait again for a debate.
        boosts: Vec<PurchaseId>,
        /// Ventures that were never staked.
        ventures: Vec<VentureId>,
        /// The stakes.
        postings: Vec<Posting>,
        /// When.
        at: Timestamp,
    },
    /// A member staked on an idea.
    VentureStaked {
        /// The venture.
        venture: VentureId,
        /// In which debate.
        roundtable: RoundtableId,
        /// Who.
        member: MemberName,
        /// Of which size.
        tier: VentureTier,
        /// What it takes and gives.
        terms: VentureTerms,
        /// The idea, one line.
        idea: String,
        /// The message it stands in.
        seq: u32,
        /// The stake.
        postings: Vec<Posting>,
        /// When.
        at: Timestamp,
    },
    /// A venture ended.
    VentureResolved {
        /// Which.
        venture: VentureId,
        /// The debate it was proposed in.
        roundtable: RoundtableId,
        /// How.
        outcome: VentureOutcome,
        /// Why, in the operator's words.
        note: String,
        /// What it paid.
        postings: Vec<Posting>,
        /// When.
        at: Timestamp,
    },
    /// A member's proposal was implemented.
    OutcomeCredited {
        /// The debate it was made in.
        roundtable: RoundtableId,
        /// Whose.
        member: MemberName,
        /// What.
        proposal: String,
        /// The bonus.
        postings: Vec<Posting>,
        /// When.
        at: Timestamp,
    },
    /// The operator gave sparks.
    SparksGranted {
        /// To whom.
        member: MemberName,
        /// Why.
        reason: String,
        /// How many.
        postings: Vec<Posting>,
        /// When.
        at: Timestamp,
    },
    /// The operator took sparks.
    MemberPenalised {
        /// From whom.
        member: MemberName,
        /// Why.
        reason: String,
        /// How many.
        postings: Vec<Posting>,
        /// When.
        at: Timestamp,
    },
    /// The operator raised a member's tier.
    MemberPromoted {
        /// Whose.
        member: MemberName,
        /// To which.
        tier: u32,
        /// What it cost.
        postings: Vec<Posting>,
        /// When.
        at: Timestamp,
    },
    /// A member bought something.
    ItemBought(Box<Bought>),
    /// A member gave something up.
    ItemRetired {
        /// Who.
        member: MemberName,
        /// The purchase.
        purchase: PurchaseId,
        /// The item's id.
        item: String,
        /// Why.
        reason: String,
        /// When.
        at: Timestamp,
    },
    /// A skill was put into a slot.
    SkillEquipped {
        /// Whose.
        member: MemberName,
        /// Which.
        skill: String,
        /// When.
        at: Timestamp,
    },
    /// A skill was taken out of its slot.
    SkillUnequipped {
        /// Whose.
        member: MemberName,
        /// Which.
        skill: String,
        /// When.
        at: Timestamp,
    },
    /// A request was fulfilled.
    RequestFulfilled {
        /// Which.
        request: RequestId,
        /// With what, in the operator's words.
        note: String,
        /// The skill that the member now has, if it is one.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        skill: Option<String>,
        /// Skills that found a free slot.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        equipped: Vec<String>,
        /// When.
        at: Timestamp,
    },
    /// A request was closed without being fulfilled.
    RequestClosed {
        /// Which.
        request: RequestId,
        /// Why.
        reason: String,
        /// What was paid for it.
        postings: Vec<Posting>,
        /// When.
        at: Timestamp,
    },
    /// The operator is asked about a member.
    RelegationRaised {
        /// Whom.
        member: MemberName,
        /// What it lost, oldest first.
        nets: Vec<Net>,
        /// When.
        at: Timestamp,
    },
    /// There is nothing left to ask about a member.
    RelegationWithdrawn {
        /// Whom.
        member: MemberName,
        /// When.
        at: Timestamp,
    },
    /// The operator decided about a member.
    RelegationDecided {
        /// Whom.
        member: MemberName,
        /// What.
        #[serde(flatten)]
        verdict: RelegationVerdict,
        /// Who is back from the bench for it.
        returned: Vec<MemberName>,
        /// The account that was closed, and the one that was opened.
        postings: Vec<Posting>,
        /// When.
        at: Timestamp,
    },
    /// A member is back from the bench.
    MemberReturned {
        /// Who.
        member: MemberName,
        /// When.
        at: Timestamp,
    },
    /// A member left the team for good.
    MemberDismissed {
        /// Who.
        member: MemberName,
        /// What it had, or owed.
        postings: Vec<Posting>,
        /// When.
        at: Timestamp,
    },
}

impl Event {
    /// The version of the shapes in here; a later one may add kinds and fields.
    pub const VERSION: u32 = 1;

    /// Every kind there is, as the journal files it. None is also a kind of the debate's.
    pub const KINDS: [&'static str; 21] = [
        "member-enrolled",
        "roundtable-entered",
        "settled",
        "roundtable-voided",
        "venture-staked",
        "venture-resolved",
        "outcome-credited",
        "sparks-granted",
        "member-penalised",
        "member-promoted",
        "item-bought",
        "item-retired",
        "skill-equipped",
        "skill-unequipped",
        "request-fulfilled",
        "request-closed",
        "relegation-raised",
        "relegation-withdrawn",
        "relegation-decided",
        "member-returned",
        "member-dismissed",
    ];

    /// The fact's kind, as the journal files it.
    pub fn kind(&self) -> &'static str {
        match self {
            Event::MemberEnrolled { .. } => "member-enrolled",
            Event::RoundtableEntered(_) => "roundtable-entered",
            Event::Settled(_) => "settled",
            Event::RoundtableVoided { .. } => "roundtable-voided",
            Event::VentureStaked { .. } => "venture-staked",
            Event::VentureResolved { .. } => "venture-resolved",
            Event::OutcomeCredited { .. } => "outcome-credited",
            Event::SparksGranted { .. } => "sparks-granted",
            Event::MemberPenalised { .. } => "member-penalised",
            Event::MemberPromoted { .. } => "member-promoted",
            Event::ItemBought(_) => "item-bought",
            Event::ItemRetired { .. } => "item-retired",
            Event::SkillEquipped { .. } => "skill-equipped",
            Event::SkillUnequipped { .. } => "skill-unequipped",
            Event::RequestFulfilled { .. } => "request-fulfilled",
            Event::RequestClosed { .. } => "request-closed",
            Event::RelegationRaised { .. } => "relegation-raised",
            Event::RelegationWithdrawn { .. } => "relegation-withdrawn",
            Event::RelegationDecided { .. } => "relegation-decided",
            Event::MemberReturned { .. } => "member-returned",
            Event::MemberDismissed { .. } => "member-dismissed",
        }
    }

    /// When it happened.
    pub fn at(&self) -> Timestamp {
        match self {
            Event::RoundtableEntered(entered) => entered.at,
            Event::Settled(settlement) => settlement.at,
            Event::ItemBought(bought) => bought.at,
            Event::MemberEnrolled { at, .. }
            | Event::RoundtableVoided { at, .. }
            | Event::VentureStaked { at, .. }
            | Event::VentureResolved { at, .. }
            | Event::OutcomeCredited { at, .. }
            | Event::SparksGranted { at, .. }
            | Event::MemberPenalised { at, .. }
            | Event::MemberPromoted { at, .. }
            | Event::ItemRetired { at, .. }
            | Event::SkillEquipped { at, .. }
            | Event::SkillUnequipped { at, .. }
            | Event::RequestFulfilled { at, .. }
            | Event::RequestClosed { at, .. }
            | Event::RelegationRaised { at, .. }
            | Event::RelegationWithdrawn { at, .. }
            | Event::RelegationDecided { at, .. }
            | Event::MemberReturned { at, .. }
            | Event::MemberDismissed { at, .. } => *at,
        }
    }

    /// The sparks that it moved.
    pub fn postings(&self) -> &[Posting] {
        match self {
            Event::Settled(settlement) => &settlement.postings,
            Event::ItemBought(bought) => &bought.postings,
            Event::MemberEnrolled { postings, .. }
            | Event::RoundtableVoided { postings, .. }
            | Event::VentureStaked { postings, .. }
            | Event::VentureResolved { postings, .. }
            | Event::OutcomeCredited { postings, .. }
            | Event::SparksGranted { postings, .. }
            | Event::MemberPenalised { postings, .. }
            | Event::MemberPromoted { postings, .. }
            | Event::RequestClosed { postings, .. }
            | Event::RelegationDecided { postings, .. }
            | Event::MemberDismissed { postings, .. } => postings,
            Event::RoundtableEntered(_)
            | Event::ItemRetired { .. }
            | Event::SkillEquipped { .. }
            | Event::SkillUnequipped { .. }
            | Event::RequestFulfilled { .. }
            | Event::RelegationRaised { .. }
            | Event::RelegationWithdrawn { .. }
            | Event::MemberReturned { .. } => &[],
        }
    }
}
