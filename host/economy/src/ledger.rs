//! The ledger: what the economy's events add up to.
//!
//! [`Ledger::apply`] is total and is the only mutation. A posting whose cause was seen before adds nothing, so that a fact that came
//! twice still counts once. Everything else in this crate reads a ledger and says what should happen, as events, or why not.

use std::collections::{BTreeMap, BTreeSet};

use amatelier_types::{MemberName, RoundtableId, Sparks};

use crate::{Account, Cause, Event, PurchaseId, Request, RequestId, Sitting, Venture, VentureId};

/// Accounts, debates, ventures and requests of one workspace.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Ledger {
    pub(crate) accounts: BTreeMap<MemberName, Account>,
    /// How many members had each name.
    pub(crate) identities: BTreeMap<MemberName, u32>,
    pub(crate) sittings: BTreeMap<RoundtableId, Sitting>,
    pub(crate) ventures: Vec<Venture>,
    pub(crate) requests: Vec<Request>,
    /// Members the operator is asked about, and what they lost.
    pub(crate) questions: BTreeMap<MemberName, Vec<crate::Net>>,
    /// Outcomes that were credited.
    pub(crate) outcomes: BTreeSet<(RoundtableId, MemberName)>,
    pub(crate) purchases: usize,
    /// Grants and penalties so far, by name.
    pub(crate) adjustments: BTreeMap<MemberName, u32>,
    pub(crate) causes: BTreeSet<Cause>,
}

impl Ledger {
    /// The ledger that these events made.
    pub fn from_events<'a>(events: impl IntoIterator<Item = &'a Event>) -> Ledger {
        let mut ledger = Ledger::default();
        events.into_iter().for_each(|event| ledger.apply(event));
        ledger
    }

    /// A member's account; none for a name that has none, or none any more.
    pub fn account(&self, member: &MemberName) -> Option<&Account> {
        self.accounts.get(member)
    }

    /// Every account, by name.
    pub fn accounts(&self) -> impl Iterator<Item = (&MemberName, &Account)> {
        self.accounts.iter()
    }

    /// What a member has; nothing where it has no account.
    pub fn balance(&self, member: &MemberName) -> Sparks {
        self.accounts.get(member).map_or(Sparks::ZERO, Account::balance)
    }

    /// A debate that members entered.
    pub fn sitting(&self, id: &RoundtableId) -> Option<&Sitting> {
        self.sittings.get(id)
    }

    /// Every venture, in the order in which they were staked.
    pub fn ventures(&self) -> &[Venture] {
        &self.ventures
    }

    /// Every request, in the order in which they were opened.
    pub fn requests(&self) -> &[Request] {
        &self.requests
    }

    /// The members that the operator is asked about, with what they lost.
    pub fn questions(&self) -> impl Iterator<Item = (&MemberName, &[crate::Net])> {
        self.questions.iter().map(|(member, nets)| (member, nets.as_slice()))
    }

    /// Whether something was posted for a cause.
    pub fn has_posted(&self, cause: &Cause) -> bool {
        self.causes.contains(cause)
    }

    pub(crate) fn venture(&self, id: VentureId) -> Option<&Venture> {
        self.ventures.iter().find(|venture| venture.id == id)
    }

    pub(crate) fn request(&self, id: RequestId) -> Option<&Request> {
        self.requests.iter().find(|request| request.id == id)
    }

    pub(crate) fn next_venture(&self) -> VentureId {
        VentureId::nth(self.ventures.len().saturating_add(1))
    }

    pub(crate) fn next_request(&self) -> RequestId {
        RequestId::nth(self.requests.len().saturating_add(1))
    }

    pub(crate) fn next_purchase(&self) -> PurchaseId {
        PurchaseId::nth(self.purchases.saturating_add(1))
    }

    /// The identity that the next member of this name gets.
    pub(crate) fn next_identity(&self, member: &MemberName) -> u32 {
        self.identities.get(member).copied().unwrap_or(0).saturating_add(1)
    }
}
