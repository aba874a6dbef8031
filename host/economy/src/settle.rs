//! A scored debate is settled.
//!
//! In this order: the cards are checked, and refused as a whole; every member is reckoned by the terms it entered under; what is
//! already posted for a figure is taken off what it should be, and the difference is posted under the next revision; the first
//! settlement also pays the bench, uses up the boosts and makes public requests older. Settling the same cards again finds no
//! difference and says nothing. Then come the consequences: who is back from the bench, and whom the operator is asked about.

use std::collections::{BTreeMap, BTreeSet};

use amatelier_types::{MemberName, RoundtableId, Sparks};

use crate::{
    AgedRequest, Category, Event, Ledger, Posting, Refusal, RequestState, Rules, Scored, Settlement, Sitting,
    SittingState, VoidReason,
    cause::Figure,
    reckon::{Line, Reckoned, reckon},
    sitting::{LastSettlement, Posted},
};

impl Ledger {
    /// Settle a scored debate, or settle it again with other marks. Nothing where there is nothing to change.
    ///
    /// # Errors
    /// A debate that nobody entered or that was aborted; cards that do not fit.
    pub fn settle(&self, rules: &Rules, scored: &Scored) -> Result<Vec<Event>, Refusal> {
        let id = &scored.roundtable;
        let sitting = self.sittings.get(id).ok_or_else(|| Refusal::NotEntered(id.clone()))?;
        if let SittingState::Void(VoidReason::Aborted(reason)) = sitting.state() {
            return Err(Refusal::Aborted { roundtable: id.clone(), reason: reason.clone() });
        }
        let wrong = scored.problems(sitting.entrants(), &rules.bounds);
        if !wrong.is_empty() {
            return Err(Refusal::BadMarks { roundtable: id.clone(), why: wrong.join("; ") });
        }
        let mut after = self.clone();
        let mut events = Vec::new();
        if let Some(settlement) = self.settlement(rules, scored, sitting) {
            let event = Event::Settled(Box::new(settlement));
            after.apply(&event);
            events.push(event);
        }
        events.extend(after.consequences(rules, scored.at));
        Ok(events)
    }

    /// The next settlement; none where it would say what the last one said.
    fn settlement(&self, rules: &Rules, scored: &Scored, sitting: &Sitting) -> Option<Settlement> {
        let present =
            sitting.entrants().iter().filter(|entrant| self.is_present(&entrant.member, entrant.identity));
        let reckoned: Vec<Reckoned> =
            present.map(|entrant| reckon(scored, entrant, &sitting.terms, &rules.bounds)).collect();
        let (members, lines): (Vec<_>, Vec<_>) = reckoned
            .into_iter()
            .map(|one| ((one.settlement.clone()), (one.settlement.member, one.lines)))
            .unzip();
        let says = LastSettlement {
            rubric: scored.rubric.clone(),
            highest: scored.highest(),
            members: members.clone(),
        };
        let revision = sitting.revision().saturating_add(1);
        let mut postings = differences(&scored.roundtable, lines, &sitting.posted, revision);
        if postings.is_empty() && sitting.last.as_ref() == Some(&says) {
            return None;
        }
        let first = revision == 1;
        let benched = if first { self.sitting_out(sitting) } else { Vec::new() };
        postings.extend(benched.iter().filter_map(|member| bench_pay(&scored.roundtable, member, sitting)));
        Some(Settlement {
            roundtable: scored.roundtable.clone(),
            revision,
            rubric: says.rubric,
            highest: says.highest,
            members,
            benched,
            used: if first { sitting.claims.clone() } else { Vec::new() },
            aged: if first { self.ageing(rules) } else { Vec::new() },
            postings,
            at: scored.at,
        })
    }

    /// Whether this very member is still there.
    pub(crate) fn is_present(&self, member: &MemberName, identity: u32) -> bool {
        self.account(member).is_some_and(|account| account.identity() == identity)
    }

    fn sitting_out(&self, sitting: &Sitting) -> Vec<MemberName> {
        let benched = self.accounts().filter(|(_, account)| account.bench().is_some());
        benched
            .map(|(member, _)| member)
            .filter(|member| sitting.entrant(member).is_none())
            .cloned()
            .collect()
    }

    fn ageing(&self, rules: &Rules) -> Vec<AgedRequest> {
        let open =
            self.requests.iter().filter(|request| !request.private && request.state == RequestState::Open);
        open.map(|request| {
            let age = request.age.saturating_add(1);
            AgedRequest { request: request.id, age, expired: age >= rules.request_expires }
        })
        .collect()
    }
}

fn bench_pay(id: &RoundtableId, member: &MemberName, sitting: &Sitting) -> Option<Posting> {
    let amount = Sparks::from(sitting.terms.bench_pay);
    let posting = Posting {
        member: member.clone(),
        amount,
        category: Category::PassiveIncome,
        reason: "a debate on the bench".to_owned(),
        roundtable: Some(id.clone()),
        cause: Figure::bench(id, member).in_revision(1),
    };
    (amount != Sparks::ZERO).then_some(posting)
}

/// What has to be posted so that every figure is what it should be. A figure that is gone is taken back; those of members that are
/// gone stay as they were.
fn differences(
    id: &RoundtableId,
    wanted: Vec<(MemberName, Vec<Line>)>,
    posted: &BTreeMap<Figure, Posted>,
    revision: u32,
) -> Vec<Posting> {
    let mut postings = Vec::new();
    let mut post =
        |member: &MemberName, figure: &Figure, amount: Sparks, category: Category, reason: String| {
            if amount != Sparks::ZERO {
                postings.push(Posting {
                    member: member.clone(),
                    amount,
                    category,
                    reason,
                    roundtable: Some(id.clone()),
                    cause: figure.in_revision(revision),
                });
            }
        };
    for (member, lines) in wanted {
        let mut kept = BTreeSet::new();
        for line in lines {
            let before = posted.get(&line.figure).map_or(Sparks::ZERO, |posted| posted.amount);
            post(&member, &line.figure, line.amount - before, line.category, line.reason);
            kept.insert(line.figure);
        }
        for (figure, before) in posted.iter().filter(|(_, posted)| posted.member == member) {
            if !kept.contains(figure) {
                post(&member, figure, -before.amount, before.category, "marked no more".to_owned());
            }
        }
    }
    postings
}
