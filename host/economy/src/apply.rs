//! What each event means for the ledger.

use amatelier_types::{MemberName, RoundtableId};

use crate::{
    Account, Bought, DebateResult, Effect, Entered, Event, Ledger, Possession, PossessionState, Posting,
    PurchaseId, RelegationVerdict, Request, RequestState, Settlement, Sitting, SittingState, Venture,
    VentureId, VentureState,
};

impl Ledger {
    /// Take an event in. Total and deterministic; the only mutation.
    pub fn apply(&mut self, event: &Event) {
        match event {
            Event::MemberEnrolled { member, identity, .. } => self.enrolled(member, *identity),
            Event::RoundtableEntered(entered) => self.entered(entered),
            Event::Settled(settlement) => self.settled(settlement),
            Event::RoundtableVoided { roundtable, reason, boosts, ventures, .. } => {
                self.set_boosts(boosts, &PossessionState::Waiting);
                ventures.iter().for_each(|id| self.set_venture(*id, VentureState::Returned));
                if let Some(sitting) = self.sittings.get_mut(roundtable) {
                    sitting.state = SittingState::Void(reason.clone());
                    sitting.claims.clear();
                }
            }
            Event::VentureStaked { venture, roundtable, member, tier, terms, idea, seq, at, .. } => {
                self.ventures.push(Venture {
                    id: *venture,
                    roundtable: roundtable.clone(),
                    member: member.clone(),
                    tier: *tier,
                    terms: *terms,
                    idea: idea.clone(),
                    seq: *seq,
                    state: VentureState::Pending,
                    at: *at,
                });
            }
            Event::VentureResolved { venture, outcome, .. } => {
                self.set_venture(*venture, VentureState::Resolved(*outcome));
            }
            Event::OutcomeCredited { roundtable, member, .. } => {
                self.outcomes.insert((roundtable.clone(), member.clone()));
            }
            Event::SparksGranted { member, .. } | Event::MemberPenalised { member, .. } => {
                let so_far = self.adjustments.entry(member.clone()).or_default();
                *so_far = so_far.saturating_add(1);
            }
            Event::MemberPromoted { member, tier, .. } => {
                self.change(member, |account| account.promoted = account.promoted.max(*tier));
            }
            Event::ItemBought(bought) => self.bought(bought),
            Event::ItemRetired { member, purchase, reason, .. } => self.change(member, |account| {
                for possession in account.possessions.iter_mut().filter(|one| one.purchase == *purchase) {
                    possession.state = PossessionState::Retired(reason.clone());
                }
                account.drop_unowned();
            }),
            Event::SkillEquipped { member, skill, .. } => self.change(member, |account| account.equip(skill)),
            Event::SkillUnequipped { member, skill, .. } => {
                self.change(member, |account| account.equipped.retain(|equipped| equipped != skill));
            }
            Event::RequestFulfilled { request, skill, equipped, .. } => {
                if let Some(member) = self.end_request(*request, RequestState::Fulfilled) {
                    self.change(&member, |account| {
                        account.given_skills.extend(skill.clone());
                        equipped.iter().for_each(|skill| account.equip(skill));
                    });
                }
            }
            Event::RequestClosed { request, .. } => {
                self.end_request(*request, RequestState::Closed);
            }
            Event::RelegationRaised { member, nets, .. } => {
                self.questions.insert(member.clone(), nets.clone());
            }
            Event::RelegationWithdrawn { member, .. } => {
                self.questions.remove(member);
            }
            Event::RelegationDecided { member, verdict, returned, .. } => {
                self.decided(member, verdict, returned);
            }
            Event::MemberReturned { member, .. } => self.change(member, |account| account.bench = None),
            Event::MemberDismissed { member, .. } => self.close(member),
        }
        event.postings().iter().for_each(|posting| self.post(posting));
    }

    /// A closing posting comes after its account is gone: what it takes off was added to nobody's balance since.
    fn post(&mut self, posting: &Posting) {
        if !self.causes.insert(posting.cause.clone()) {
            return;
        }
        if let Some(account) = self.accounts.get_mut(&posting.member)
            && posting.category != crate::Category::AccountClosed
        {
            account.balance += posting.amount;
        }
    }

    fn change(&mut self, member: &MemberName, how: impl FnOnce(&mut Account)) {
        if let Some(account) = self.accounts.get_mut(member) {
            how(account);
        }
    }

    fn enrolled(&mut self, member: &MemberName, identity: u32) {
        if self.identities.insert(member.clone(), identity) == Some(identity) {
            return;
        }
        self.accounts.insert(member.clone(), Account::of(identity));
    }

    /// An account ends: the ledger forgets what belonged to it alone, and its ventures come to nothing.
    fn close(&mut self, member: &MemberName) {
        self.accounts.remove(member);
        self.questions.remove(member);
        for venture in self.ventures.iter_mut().filter(|venture| venture.member == *member) {
            if venture.state == VentureState::Pending {
                venture.state = VentureState::Lapsed;
            }
        }
        for request in self.requests.iter_mut().filter(|request| request.member == *member) {
            if request.state == RequestState::Open {
                request.state = RequestState::Closed;
            }
        }
    }

    fn entered(&mut self, entered: &Entered) {
        for claim in &entered.claims {
            self.set_boosts(&[claim.purchase], &PossessionState::Claimed(entered.roundtable.clone()));
        }
        for entrant in &entered.entrants {
            self.change(&entrant.member, |account| {
                for skill in &account.equipped {
                    let times = account.uses.entry(skill.clone()).or_default();
                    *times = times.saturating_add(1);
                }
            });
        }
        self.sittings.insert(entered.roundtable.clone(), Sitting::of(entered));
    }

    fn settled(&mut self, settlement: &Settlement) {
        self.set_boosts(&settlement.used, &PossessionState::Used(settlement.roundtable.clone()));
        for aged in &settlement.aged {
            for request in self.requests.iter_mut().filter(|request| request.id == aged.request) {
                request.age = aged.age;
                if aged.expired {
                    request.state = RequestState::Expired;
                }
            }
        }
        for member in &settlement.benched {
            self.change(member, |account| {
                account.bench = account.bench.map(|served| served.saturating_add(1))
            });
        }
        for line in &settlement.members {
            let Some(account) = self.accounts.get_mut(&line.member) else { continue };
            let at =
                known(&account.results, &settlement.roundtable).map_or(settlement.at, |result| result.at);
            let result = DebateResult {
                roundtable: settlement.roundtable.clone(),
                award: line.award,
                gross: line.gross,
                fee: line.fee,
                net: line.net,
                at,
            };
            match account.results.iter_mut().find(|result| result.roundtable == settlement.roundtable) {
                Some(before) => *before = result,
                None => account.results.push(result),
            }
        }
        if let Some(sitting) = self.sittings.get_mut(&settlement.roundtable) {
            for posting in settlement.postings.iter().filter(|posting| !self.causes.contains(&posting.cause))
            {
                sitting.post(posting);
            }
            sitting.settle(settlement);
        }
    }

    fn bought(&mut self, bought: &Bought) {
        self.purchases = self.purchases.saturating_add(1);
        let Some(account) = self.accounts.get_mut(&bought.member) else { return };
        account.possessions.push(Possession::of(bought));
        bought.equipped.iter().for_each(|skill| account.equip(skill));
        let asked = bought.effects.iter().find_map(|effect| match effect {
            Effect::AskFor { private, text } => Some((*private, text)),
            _ => None,
        });
        if let (Some(id), Some((private, text))) = (bought.request, asked) {
            self.requests.push(Request {
                id,
                member: bought.member.clone(),
                private,
                text: text.clone(),
                note: bought.note.clone(),
                paid: bought.price,
                age: 0,
                state: RequestState::Open,
                at: bought.at,
            });
        }
    }

    fn decided(&mut self, member: &MemberName, verdict: &RelegationVerdict, returned: &[MemberName]) {
        self.questions.remove(member);
        for back in returned {
            self.change(back, |account| account.bench = None);
        }
        match verdict {
            RelegationVerdict::Keep => {
                self.change(member, |account| account.streak_from = account.results.len());
            }
            RelegationVerdict::Bench => self.change(member, |account| {
                account.streak_from = account.results.len();
                account.bench = Some(0);
            }),
            RelegationVerdict::Replace { successor } => {
                self.close(member);
                let identity = self.next_identity(successor);
                self.enrolled(successor, identity);
            }
        }
    }

    fn set_boosts(&mut self, purchases: &[PurchaseId], state: &PossessionState) {
        let all = self.accounts.values_mut().flat_map(|account| &mut account.possessions);
        for possession in all.filter(|possession| purchases.contains(&possession.purchase)) {
            possession.state = state.clone();
        }
    }

    fn set_venture(&mut self, id: VentureId, state: VentureState) {
        for venture in self.ventures.iter_mut().filter(|venture| venture.id == id) {
            venture.state = state;
        }
    }

    /// End a request; the member that asked.
    fn end_request(&mut self, id: crate::RequestId, state: RequestState) -> Option<MemberName> {
        let request = self.requests.iter_mut().find(|request| request.id == id)?;
        request.state = state;
        Some(request.member.clone())
    }
}

fn known<'a>(results: &'a [DebateResult], id: &RoundtableId) -> Option<&'a DebateResult> {
    results.iter().find(|result| result.roundtable == *id)
}
