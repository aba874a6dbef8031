//! Members enter a debate.
//!
//! In this order: whoever has no account gets one; nobody on the bench enters; fees and terms are written down as they are now; boosts
//! are claimed, oldest first, as far as one debate may use them. The first word goes to the bidder with the best rank; the others keep
//! their boosts.

use std::collections::BTreeSet;

use amatelier_types::{MemberName, RoundtableId, Sparks, Timestamp};

use crate::{
    Category, Cause, Claim, Effect, Entered, Entrant, Event, Ledger, Perks, Possession, PossessionState,
    Posting, Refusal, Rules, Window,
};

/// A worker that sits down.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Seated {
    /// Who.
    pub member: MemberName,
    /// The label that it runs as.
    pub label: String,
}

/// Whether anything can be looked up in a debate.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum StewardPresence {
    /// Files are registered.
    Present,
    /// None are: boosts that are about lookups wait for another debate.
    Absent,
}

/// A debate that opens.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Opening {
    /// Which.
    pub roundtable: RoundtableId,
    /// Its workers, in the team's order.
    pub workers: Vec<Seated>,
    /// Whether anything can be looked up.
    pub steward: StewardPresence,
    /// When.
    pub at: Timestamp,
}

impl Ledger {
    /// Let the workers of a debate enter. The last event is [`Event::RoundtableEntered`]; the ones before it open accounts.
    ///
    /// # Errors
    /// Members that are benched or named twice; a debate that was entered before.
    pub fn enter(&self, rules: &Rules, opening: &Opening) -> Result<Vec<Event>, Refusal> {
        if self.sittings.contains_key(&opening.roundtable) {
            return Err(Refusal::AlreadyEntered(opening.roundtable.clone()));
        }
        let mut names = BTreeSet::new();
        for seated in &opening.workers {
            if !names.insert(&seated.member) {
                return Err(Refusal::Twice(seated.member.clone()));
            }
            if let Some(served) = self.account(&seated.member).and_then(|account| account.bench()) {
                let debates = rules.relegation.bench;
                return Err(Refusal::Benched { member: seated.member.clone(), served, debates });
            }
        }
        let mut events = Vec::new();
        let mut entrants = Vec::new();
        for Seated { member, label } in &opening.workers {
            let identity = match self.account(member) {
                Some(account) => account.identity(),
                None => {
                    let identity = self.next_identity(member);
                    let postings = opening_postings(rules, member, identity);
                    events.push(Event::MemberEnrolled {
                        member: member.clone(),
                        identity,
                        postings,
                        at: opening.at,
                    });
                    identity
                }
            };
            let fee = rules.fees.of(label);
            entrants.push(Entrant { member: member.clone(), identity, label: label.clone(), fee });
        }
        events.push(Event::RoundtableEntered(Box::new(Entered {
            roundtable: opening.roundtable.clone(),
            terms: rules.terms.clone(),
            entrants,
            claims: self.claims(rules, opening),
            at: opening.at,
        })));
        Ok(events)
    }

    fn claims(&self, rules: &Rules, opening: &Opening) -> Vec<Claim> {
        let first = self.first_speaker(&names(opening));
        let mut claims = Vec::new();
        for Seated { member, .. } in &opening.workers {
            let mut perks = Perks::default();
            let mut speaks_first = false;
            for boost in self.waiting(member) {
                let wants_first = boost.effects.contains(&Effect::FirstSpeaker);
                let asks =
                    boost.effects.iter().any(|effect| matches!(effect, Effect::StewardRequests { .. }));
                let mut with = perks;
                with.add(&boost.effects);
                let useless = (wants_first && (speaks_first || first != Some(member)))
                    || (asks && opening.steward == StewardPresence::Absent)
                    || with.floor_turns > rules.bounds.floor_turns_per_debate
                    || with.steward_requests > rules.bounds.steward_requests_per_debate;
                if useless {
                    continue;
                }
                perks = with;
                speaks_first |= wants_first;
                claims.push(Claim {
                    purchase: boost.purchase,
                    member: member.clone(),
                    effects: boost.effects.clone(),
                });
            }
        }
        claims
    }

    /// Boosts that wait for a debate, oldest first.
    pub fn waiting(&self, member: &MemberName) -> impl Iterator<Item = &Possession> {
        let all = self.account(member).into_iter().flat_map(|account| account.possessions());
        all.filter(|possession| possession.state == PossessionState::Waiting)
    }

    fn first_speaker<'a>(&self, members: &[&'a MemberName]) -> Option<&'a MemberName> {
        let bids = |member: &MemberName| {
            self.waiting(member).any(|boost| boost.effects.contains(&Effect::FirstSpeaker))
        };
        let board = self.leaderboard(Window::Always);
        let rank = |member: &MemberName| {
            board
                .iter()
                .find(|standing| standing.member == *member)
                .map_or(u32::MAX, |standing| standing.rank)
        };
        members.iter().copied().filter(|member| bids(member)).min_by_key(|member| rank(member))
    }
}

fn names(opening: &Opening) -> Vec<&MemberName> {
    opening.workers.iter().map(|seated| &seated.member).collect()
}

/// What opens an account; nothing where members start with nothing.
pub(crate) fn opening_postings(rules: &Rules, member: &MemberName, identity: u32) -> Vec<Posting> {
    let amount = Sparks::from(rules.opening_balance);
    let posting = Posting {
        member: member.clone(),
        amount,
        category: Category::OpeningBalance,
        reason: "opening balance".to_owned(),
        roundtable: None,
        cause: Cause::opening(member, identity),
    };
    Some(posting).filter(|posting| posting.amount != Sparks::ZERO).into_iter().collect()
}
