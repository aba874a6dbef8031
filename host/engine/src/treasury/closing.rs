//! What the events of a debate mean for the ledger: stakes, settlement, or that it pays and costs nothing.

use amatelier_debate::{Debate, Event as Happened, Scores, StopReason};
use amatelier_economy::{Card, Event, Gate, Ledger, Refusal, Rules, Sanction, Scored, Stake, VoidReason};
use amatelier_types::Timestamp;

/// What follows from some events of a debate.
#[derive(Debug, Default)]
pub(crate) struct Closing {
    /// To be appended with them.
    pub events: Vec<Event>,
    /// What the ledger refused, in words.
    pub refused: Vec<String>,
}

impl Closing {
    /// Whether events of a debate can mean anything for the ledger.
    pub(crate) fn concerns(happened: &[Happened]) -> bool {
        happened.iter().any(concerns)
    }

    /// What follows for a ledger from events that a debate is about to take in. A debate that nobody entered has no account: nothing.
    pub(crate) fn of(
        ledger: &Ledger,
        rules: &Rules,
        debate: &Debate,
        happened: &[Happened],
        at: Timestamp,
    ) -> Self {
        let mut closing = Closing::default();
        let id = &debate.setup().id;
        if ledger.sitting(id).is_none() {
            return closing;
        }
        let mut ledger = ledger.clone();
        let mut after = debate.clone();
        for event in happened {
            let decided = match event {
                Happened::VentureProposed { member, tier, idea, seq } => {
                    let stake = Stake {
                        roundtable: id.clone(),
                        member: member.clone(),
                        tier: *tier,
                        idea: idea.clone(),
                        seq: *seq,
                        at,
                    };
                    ledger
                        .stake(rules, &stake)
                        .map_err(|why| format!("nothing is staked on the {tier} of {member}: {why}"))
                }
                Happened::RoundtableClosed { stop, at } if stop.reason == StopReason::Aborted => {
                    told(ledger.void(id, VoidReason::Aborted(stop.detail.clone()), *at))
                }
                Happened::Unscored { why, official: true, at, .. } => void(&ledger, id, why, *at),
                Happened::Scored { scores, official: true, at } => {
                    told(ledger.settle(rules, &scored(&after, scores, *at)))
                }
                _ => Ok(Vec::new()),
            };
            after.apply(event);
            match decided {
                Ok(events) => {
                    events.iter().for_each(|event| ledger.apply(event));
                    closing.events.extend(events);
                }
                Err(why) => closing.refused.push(why),
            }
        }
        closing
    }
}

fn concerns(event: &Happened) -> bool {
    match event {
        Happened::VentureProposed { .. } => true,
        // What other rubrics mark is shown and pays nobody.
        Happened::Scored { official, .. } | Happened::Unscored { official, .. } => *official,
        Happened::RoundtableClosed { stop, .. } => stop.reason == StopReason::Aborted,
        _ => false,
    }
}

fn told(decided: Result<Vec<Event>, Refusal>) -> Result<Vec<Event>, String> {
    decided.map_err(|why| why.to_string())
}

/// Scoring again may fail; what was settled stays settled.
fn void(
    ledger: &Ledger,
    id: &amatelier_types::RoundtableId,
    why: &str,
    at: Timestamp,
) -> Result<Vec<Event>, String> {
    match ledger.void(id, VoidReason::Unscored(why.to_owned()), at) {
        Err(Refusal::AlreadySettled(_)) => Ok(Vec::new()),
        decided => told(decided),
    }
}

fn scored(debate: &Debate, scores: &Scores, at: Timestamp) -> Scored {
    Scored {
        roundtable: debate.setup().id.clone(),
        rubric: scores.rubric.clone(),
        axes: scores.axes.clone(),
        cards: scores
            .cards
            .iter()
            .map(|card| Card { member: card.member.clone(), marks: card.marks.clone() })
            .collect(),
        gates: debate.gates().map(|(member, seq)| Gate { member: member.clone(), seq }).collect(),
        sanctions: debate
            .sanctions()
            .map(|(member, offence, seq)| Sanction {
                member: member.clone(),
                offence: offence.to_owned(),
                seq,
            })
            .collect(),
        at,
    }
}
