//! A scored debate, as it comes to be settled.

use std::collections::BTreeSet;

use amatelier_types::{Axis, Mark, MemberName, RoundtableId, Timestamp};

use crate::{Bounds, Entrant, words};

/// The marks of one member.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Card {
    /// Who.
    pub member: MemberName,
    /// One for each axis.
    pub marks: Vec<Mark>,
}

/// A contribution that the judge rewarded.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Gate {
    /// Whose.
    pub member: MemberName,
    /// The message that says so.
    pub seq: u32,
}

/// An offence that the judge named.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sanction {
    /// Whose.
    pub member: MemberName,
    /// What.
    pub offence: String,
    /// The message that says so.
    pub seq: u32,
}

/// What the official rubric and the judge made of a debate.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Scored {
    /// Which.
    pub roundtable: RoundtableId,
    /// Whose marks these are.
    pub rubric: String,
    /// Its axes.
    pub axes: Vec<Axis>,
    /// One for each entrant.
    pub cards: Vec<Card>,
    /// Every gate bonus, whether it counts or not.
    pub gates: Vec<Gate>,
    /// Every sanction.
    pub sanctions: Vec<Sanction>,
    /// When it was scored.
    pub at: Timestamp,
}

impl Scored {
    /// The highest total that the rubric knows.
    pub(crate) fn highest(&self) -> u64 {
        self.axes.iter().map(|axis| u64::from(axis.scale.iter().copied().max().unwrap_or(0))).sum()
    }

    /// What a card has on an axis.
    pub(crate) fn value(&self, member: &MemberName, axis: &str) -> u32 {
        let card = self.cards.iter().find(|card| card.member == *member);
        let mark = card.and_then(|card| card.marks.iter().find(|mark| mark.axis == axis));
        mark.map_or(0, |mark| mark.value)
    }

    /// Everything that is wrong, one clause each. The debate checks its cards where they come in; what reaches the ledger is checked
    /// once more, for sparks follow from it.
    pub(crate) fn problems(&self, entrants: &[Entrant], bounds: &Bounds) -> Vec<String> {
        let mut wrong = Vec::new();
        let mut axes = BTreeSet::new();
        for axis in &self.axes {
            let shown = words::excerpt(&axis.id, bounds.id_chars);
            if !words::is_text(&axis.id, bounds.id_chars) {
                wrong.push(format!("`{shown}` cannot name an axis"));
            } else if !axes.insert(axis.id.as_str()) {
                wrong.push(format!("two axes are called {shown}"));
            }
        }
        if self.axes.is_empty() {
            wrong.push("the rubric has no axes".to_owned());
        }
        for Entrant { member, .. } in entrants {
            let mut own = self.cards.iter().filter(|card| card.member == *member);
            match (own.next(), own.next()) {
                (Some(card), None) => self.check_card(card, bounds, &mut wrong),
                (None, _) => wrong.push(format!("{member} has no card")),
                (Some(_), Some(_)) => wrong.push(format!("{member} has more than one card")),
            }
        }
        let gates = self.gates.iter().map(|gate| &gate.member);
        let sanctions = self.sanctions.iter().map(|sanction| &sanction.member);
        let named: BTreeSet<&MemberName> =
            self.cards.iter().map(|card| &card.member).chain(gates).chain(sanctions).collect();
        for stranger in named {
            if !entrants.iter().any(|entrant| entrant.member == *stranger) {
                wrong.push(format!("{stranger} took no part"));
            }
        }
        wrong
    }

    fn check_card(&self, card: &Card, bounds: &Bounds, wrong: &mut Vec<String>) {
        let member = &card.member;
        for axis in &self.axes {
            let shown = words::excerpt(&axis.id, bounds.id_chars);
            let mut own = card.marks.iter().filter(|mark| mark.axis == axis.id);
            match (own.next(), own.next()) {
                (Some(mark), None) if !axis.scale.contains(&mark.value) => {
                    wrong.push(format!("{member}: {} is not on the scale of {shown}", mark.value));
                }
                (Some(_), None) => {}
                (None, _) => wrong.push(format!("{member} has no mark for {shown}")),
                (Some(_), Some(_)) => wrong.push(format!("{member} has more than one mark for {shown}")),
            }
        }
        for mark in &card.marks {
            if !self.axes.iter().any(|axis| axis.id == mark.axis) {
                wrong.push(format!("{member}: {} is no axis", words::excerpt(&mark.axis, bounds.id_chars)));
            }
        }
    }
}
