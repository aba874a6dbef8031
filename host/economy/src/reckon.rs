//! What a debate is worth to one member: the arithmetic of rules §4.
//!
//! In this order: marks become an award (one spark a point, or the member's share of the cap); gate bonuses of the debate's first
//! gates are added; sanctions take what they cost, oldest first, as long as there is something to take, so that the gross is never
//! below zero; the fee comes off last and may leave less than nothing. Every spark belongs to one figure.

use std::collections::BTreeSet;

use amatelier_types::{RoundtableId, Sparks};

use crate::{
    Bounds, Category, Entrant, Gate, MemberSettlement, Sanction, Scored, Terms, cause::Figure, words,
};

/// One figure and what it is.
#[derive(Clone, Debug)]
pub(crate) struct Line {
    pub figure: Figure,
    pub amount: Sparks,
    pub category: Category,
    pub reason: String,
}

/// What a debate is worth to one member, in all and in its figures.
#[derive(Clone, Debug)]
pub(crate) struct Reckoned {
    pub settlement: MemberSettlement,
    pub lines: Vec<Line>,
}

/// Reckon one entrant.
pub(crate) fn reckon(scored: &Scored, entrant: &Entrant, terms: &Terms, bounds: &Bounds) -> Reckoned {
    let mut lines = Vec::new();
    let (marks, award) = award(scored, entrant, terms, bounds, &mut lines);
    let gates = gates(scored, entrant, terms, &mut lines);
    let sanctions = sanctions(scored, entrant, terms, award + gates, bounds, &mut lines);
    let gross = award + gates - sanctions;
    let (id, member) = (&scored.roundtable, &entrant.member);
    lines.push(Line {
        figure: Figure::fee(id, member),
        amount: -entrant.fee,
        category: Category::EntryFee,
        reason: format!("entry fee ({})", words::excerpt(&entrant.label, bounds.id_chars)),
    });
    let settlement = MemberSettlement {
        member: member.clone(),
        identity: entrant.identity,
        marks,
        award,
        gates,
        sanctions,
        gross,
        fee: entrant.fee,
        net: gross - entrant.fee,
    };
    Reckoned { settlement, lines }
}

/// The marks and what they earn. The share of each axis is what the award grows by when its mark is added, so that rounding down
/// happens once, at the end, and the axes add up to the award.
fn award(
    scored: &Scored,
    entrant: &Entrant,
    terms: &Terms,
    bounds: &Bounds,
    lines: &mut Vec<Line>,
) -> (u64, Sparks) {
    let (id, member): (&RoundtableId, _) = (&scored.roundtable, &entrant.member);
    let highest = scored.highest();
    let (mut marks, mut so_far) = (0_u64, Sparks::ZERO);
    for axis in &scored.axes {
        let value = scored.value(member, &axis.id);
        marks = marks.saturating_add(value.into());
        let earned = share(marks, highest, terms.award_cap);
        let top = axis.scale.iter().copied().max().unwrap_or(0);
        lines.push(Line {
            figure: Figure::award(id, member, &axis.id),
            amount: earned - so_far,
            category: Category::ScoreAward,
            reason: format!("{}: {value} of {top}", words::excerpt(&axis.id, bounds.id_chars)),
        });
        so_far = earned;
    }
    (marks, so_far)
}

/// The part of the cap that some marks earn, rounded down; never more than the cap.
fn share(marks: u64, highest: u64, cap: u32) -> Sparks {
    let part =
        u128::from(marks).saturating_mul(u128::from(cap)).checked_div(u128::from(highest)).unwrap_or(0);
    Sparks(i64::try_from(part.min(u128::from(cap))).unwrap_or(i64::MAX))
}

fn gates(scored: &Scored, entrant: &Entrant, terms: &Terms, lines: &mut Vec<Line>) -> Sparks {
    let mut all: Vec<&Gate> = scored.gates.iter().collect();
    all.sort_by_key(|gate| gate.seq);
    let mut seen = BTreeSet::new();
    all.retain(|gate| seen.insert((gate.seq, &gate.member)));
    let counted = all.into_iter().take(usize::try_from(terms.gates).unwrap_or(usize::MAX));
    let mut total = Sparks::ZERO;
    for gate in counted.filter(|gate| gate.member == entrant.member) {
        let amount = Sparks::from(terms.gate_bonus);
        total += amount;
        lines.push(Line {
            figure: Figure::gate(&scored.roundtable, &gate.member, gate.seq),
            amount,
            category: Category::GateBonus,
            reason: format!("gate bonus, message {}", gate.seq),
        });
    }
    total
}

fn sanctions(
    scored: &Scored,
    entrant: &Entrant,
    terms: &Terms,
    available: Sparks,
    bounds: &Bounds,
    lines: &mut Vec<Line>,
) -> Sparks {
    let mut own: Vec<&Sanction> =
        scored.sanctions.iter().filter(|sanction| sanction.member == entrant.member).collect();
    own.sort_by_key(|sanction| sanction.seq);
    own.dedup_by_key(|sanction| sanction.seq);
    let mut total = Sparks::ZERO;
    for sanction in own {
        let amount = terms.sanction(&sanction.offence).min(available - total);
        total += amount;
        lines.push(Line {
            figure: Figure::sanction(&scored.roundtable, &sanction.member, sanction.seq),
            amount: -amount,
            category: Category::Sanction,
            reason: format!(
                "{}, message {}",
                words::excerpt(&sanction.offence, bounds.id_chars),
                sanction.seq
            ),
        });
    }
    total
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_earn_a_spark_a_point_or_their_share_of_the_cap() {
        for (marks, highest, expected) in [
            (5, 40, 5),
            (40, 40, 40),
            (0, 40, 0),
            (6, 12, 20),
            (1, 12, 3),
            (50, 100, 20),
            (7, 100, 2),
            (3, 0, 0),
            (80, 40, 40),
            (u64::MAX, u64::MAX, 40),
        ] {
            assert_eq!(share(marks, highest, 40), Sparks(expected), "{marks} of {highest}");
        }
    }
}
