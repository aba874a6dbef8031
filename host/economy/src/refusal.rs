//! Why nothing happens. Every reason is data; the text is for people, with the numbers it was decided by.

use amatelier_types::{MemberName, RoundtableId, Sparks};

use crate::{EffectRefusal, PurchaseId, RequestId, VentureId};

/// Why the ledger refuses. No spark moves.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// Nobody has an account under this name.
    #[error("{0} has no account: a member gets one with its first debate")]
    UnknownMember(MemberName),
    /// A name stands twice in a list of members.
    #[error("{0} is named twice")]
    Twice(MemberName),
    /// The member sits out.
    #[error("{member} is on the bench: {served} of {debates} debates sat out")]
    Benched {
        /// Who.
        member: MemberName,
        /// Debates sat out.
        served: u32,
        /// Debates to sit out.
        debates: u32,
    },
    /// Members entered this debate before.
    #[error("the members of {0} have entered already")]
    AlreadyEntered(RoundtableId),
    /// Nobody entered this debate.
    #[error("nobody has entered {0}: only debates that were opened with accounts can be settled")]
    NotEntered(RoundtableId),
    /// The member took no part.
    #[error("{member} took no part in {roundtable}")]
    NotAnEntrant {
        /// Who.
        member: MemberName,
        /// In what.
        roundtable: RoundtableId,
    },
    /// The debate was aborted: it charges nobody and pays nobody.
    #[error("{roundtable} was aborted: {reason}")]
    Aborted {
        /// Which.
        roundtable: RoundtableId,
        /// Why.
        reason: String,
    },
    /// The debate was settled: what it took is used up.
    #[error("{0} is settled already")]
    AlreadySettled(RoundtableId),
    /// The debate is over.
    #[error("{0} is over")]
    Over(RoundtableId),
    /// The debate is not over.
    #[error("{0} is not over yet")]
    StillRunning(RoundtableId),
    /// The cards do not fit the rubric, or the debate.
    #[error("the marks of {roundtable} cannot be settled: {why}")]
    BadMarks {
        /// Which.
        roundtable: RoundtableId,
        /// What is wrong, one clause each.
        why: String,
    },
    /// Whoever owes buys and stakes nothing, whatever it costs.
    #[error("{member} owes {}: nothing can be bought or staked below zero", -*balance)]
    InDebt {
        /// Who.
        member: MemberName,
        /// What it has.
        balance: Sparks,
    },
    /// It costs more than the member has.
    #[error("it costs {price}; {member} has {balance}")]
    TooPoor {
        /// Who.
        member: MemberName,
        /// What it costs.
        price: Sparks,
        /// What it has.
        balance: Sparks,
    },
    /// What lasts is bought once.
    #[error("{member} owns {item} already")]
    AlreadyOwned {
        /// Who.
        member: MemberName,
        /// What.
        item: String,
    },
    /// The member may not have it.
    #[error("{item} is not for {member}: {why}")]
    NotEligible {
        /// Who.
        member: MemberName,
        /// What.
        item: String,
        /// Why.
        why: String,
    },
    /// The item's component answered beyond its bounds.
    #[error("the component of {item} wants {percent} per cent off; {most} are the most")]
    AbsurdDiscount {
        /// What.
        item: String,
        /// The discount.
        percent: u32,
        /// The most.
        most: u32,
    },
    /// The item's effects are refused.
    #[error("{item} cannot be bought: {why}")]
    Effect {
        /// What.
        item: String,
        /// Why.
        why: EffectRefusal,
    },
    /// Somebody has to answer first.
    #[error("{open} requests of {member} are open; {most} are the most")]
    TooManyRequests {
        /// Who asks.
        member: MemberName,
        /// How many are open.
        open: usize,
        /// The most.
        most: u32,
    },
    /// What there is has to be used first.
    #[error("{member} has {waiting} boosts that are not used yet; {most} are the most")]
    TooManyBoosts {
        /// Who buys.
        member: MemberName,
        /// How many there are.
        waiting: usize,
        /// The most.
        most: u32,
    },
    /// The member has nothing like that.
    #[error("{member} does not own {what}")]
    NotOwned {
        /// Who.
        member: MemberName,
        /// An item or a skill.
        what: String,
    },
    /// A purchase that is over.
    #[error("{purchase} cannot be given up: {why}")]
    NotHeld {
        /// Which purchase.
        purchase: PurchaseId,
        /// What became of it.
        why: String,
    },
    /// An item's id says too little.
    #[error("{member} has {} of {item}: {}", purchases.len(), listed(purchases))]
    Several {
        /// Who.
        member: MemberName,
        /// What.
        item: String,
        /// The purchases to choose from.
        purchases: Vec<PurchaseId>,
    },
    /// A debate that runs uses it.
    #[error("{purchase} is claimed by {roundtable}, which is not over yet")]
    Claimed {
        /// Which purchase.
        purchase: PurchaseId,
        /// By what.
        roundtable: RoundtableId,
    },
    /// It is in a slot already.
    #[error("{skill} is equipped already")]
    AlreadyEquipped {
        /// Which skill.
        skill: String,
    },
    /// It is in no slot.
    #[error("{skill} is not equipped")]
    NotEquipped {
        /// Which skill.
        skill: String,
    },
    /// Every slot is taken.
    #[error("all of {member}'s {slots} skill slots are taken")]
    NoSlot {
        /// Whose.
        member: MemberName,
        /// How many there are.
        slots: u32,
    },
    /// The slots that would go are in use.
    #[error(
        "without {item}, {member} has {slots} skill slots for {equipped} equipped skills: unequip some first"
    )]
    SlotsInUse {
        /// Whose.
        member: MemberName,
        /// What would go.
        item: String,
        /// Slots that would be left.
        slots: u32,
        /// Skills in them.
        equipped: u32,
    },
    /// There is no venture with this id.
    #[error("there is no venture {0}")]
    UnknownVenture(VentureId),
    /// The venture is over.
    #[error("{0} is over: a venture is resolved once")]
    VentureOver(VentureId),
    /// An idea is staked on once.
    #[error("the idea is staked on already, with {0}")]
    IdeaTaken(VentureId),
    /// An idea without words, or with too many.
    #[error("an idea has 1 to {most} characters, and no control characters")]
    BadIdea {
        /// The most.
        most: u32,
    },
    /// There is no request with this id.
    #[error("there is no request {0}")]
    UnknownRequest(RequestId),
    /// The request is over.
    #[error("{0} is not open any more")]
    RequestOver(RequestId),
    /// No skill of this name can be taught.
    #[error("no skill `{0}` is installed")]
    NoSuchSkill(String),
    /// The outcome was credited before.
    #[error("{member} was credited for {roundtable} already")]
    AlreadyCredited {
        /// Who.
        member: MemberName,
        /// For what.
        roundtable: RoundtableId,
    },
    /// Sparks are given and taken for a reason.
    #[error("a reason of 1 to {most} characters is needed, without control characters")]
    NoReason {
        /// The most characters.
        most: u32,
    },
    /// A grant or penalty of nothing, or of too much.
    #[error("{amount} cannot be given or taken at once: from 1 to {most}")]
    BadAmount {
        /// How many.
        amount: Sparks,
        /// The most.
        most: u32,
    },
    /// There is no higher tier.
    #[error("{member} has reached tier {tier}, the highest")]
    HighestTier {
        /// Who.
        member: MemberName,
        /// Its tier.
        tier: u32,
    },
    /// The tier needs more debates.
    #[error("tier {tier} needs {needed} settled debates; {member} has {assignments}")]
    TooFewAssignments {
        /// Who.
        member: MemberName,
        /// Which tier.
        tier: u32,
        /// How many are needed.
        needed: u32,
        /// How many there are.
        assignments: u32,
    },
    /// Nobody asked.
    #[error("there is no question about {0} to decide")]
    NoQuestion(MemberName),
    /// Some have to stay.
    #[error("without {member}, {left} workers are left; {least} are the least")]
    TooFewWorkers {
        /// Who would go.
        member: MemberName,
        /// How many would stay.
        left: u32,
        /// How many have to.
        least: u32,
    },
    /// The member of this name is somebody else.
    #[error("{0} is a member already")]
    NameTaken(MemberName),
}

fn listed(purchases: &[PurchaseId]) -> String {
    purchases.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ")
}
