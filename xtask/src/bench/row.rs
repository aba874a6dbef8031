//! One figure and what it should be.

use std::fmt;

use serde_json::{Value, json};

/// How a figure is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Unit {
    Milliseconds,
    Microseconds,
    Mebibytes,
    /// So many times something.
    Times,
    /// A plain number.
    Count,
}

/// What a figure should be.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Goal {
    AtMost(f64),
    AtLeast(f64),
    /// One of both sides of 1, by at most this.
    Flat(f64),
    /// It is told, and compared with nothing.
    None,
}

/// What a commit waited for while the figure was taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Durability {
    /// The disk: `synchronous=FULL`.
    Power,
    /// The system's cache: `synchronous=NORMAL`.
    Process,
    /// Nothing was committed.
    None,
}

/// A line of the table.
#[derive(Clone, Debug)]
pub(crate) struct Row {
    pub(crate) name: &'static str,
    pub(crate) value: f64,
    pub(crate) unit: Unit,
    pub(crate) goal: Goal,
    pub(crate) durability: Durability,
    /// What else was seen.
    pub(crate) beside: String,
}

impl Unit {
    pub(crate) fn show(self, value: f64) -> String {
        match self {
            // Not measured; what is told beside it says why.
            _ if value.is_nan() => "skipped".into(),
            Unit::Milliseconds => format!("{value:.1} ms"),
            Unit::Microseconds => format!("{value:.0} µs"),
            Unit::Mebibytes => format!("{value:.1} MiB"),
            Unit::Times => format!("{value:.3} ×"),
            Unit::Count => format!("{value:.2}"),
        }
    }
}

impl Row {
    /// The figure as part of what it should be; none where it should be nothing in particular.
    pub(crate) fn ratio(&self) -> Option<f64> {
        match self.goal {
            Goal::AtMost(goal) | Goal::AtLeast(goal) => Some(self.value / goal),
            Goal::Flat(_) => Some(self.value),
            Goal::None => None,
        }
    }

    /// By which part of the goal it is missed.
    pub(crate) fn missed_by(&self) -> Option<f64> {
        let missed = match self.goal {
            Goal::AtMost(goal) => self.value / goal - 1.0,
            Goal::AtLeast(goal) => 1.0 - self.value / goal,
            Goal::Flat(most) => (self.value - 1.0).abs() - most,
            Goal::None => 0.0,
        };
        (missed > 0.0 || missed.is_nan()).then_some(missed)
    }

    /// The cells of its line.
    pub(crate) fn cells(&self) -> [String; 7] {
        let goal = match self.goal {
            Goal::AtMost(goal) => format!("≤ {}", self.unit.show(goal)),
            Goal::AtLeast(goal) => format!("≥ {}", self.unit.show(goal)),
            Goal::Flat(most) => format!("1 ± {most}"),
            Goal::None => String::new(),
        };
        let verdict = match (self.goal, self.missed_by()) {
            (Goal::None, _) => String::new(),
            (_, None) => "OK".into(),
            (_, Some(by)) => format!("missed by {:.0} %", (by * 100.0).max(1.0)),
        };
        let ratio = self.ratio().map(|ratio| format!("{ratio:.2}")).unwrap_or_default();
        [
            self.name.into(),
            self.unit.show(self.value),
            goal,
            ratio,
            verdict,
            self.durability.to_string(),
            self.beside.clone(),
        ]
    }

    pub(crate) fn json(&self) -> Value {
        let (goal, sense) = match self.goal {
            Goal::AtMost(goal) => (Some(goal), Some("at-most")),
            Goal::AtLeast(goal) => (Some(goal), Some("at-least")),
            Goal::Flat(most) => (Some(most), Some("one-give-or-take")),
            Goal::None => (None, None),
        };
        json!({
            "name": self.name,
            "value": self.value,
            "unit": format!("{:?}", self.unit).to_lowercase(),
            "goal": goal,
            "goal_is": sense,
            "ratio": self.ratio(),
            "ok": self.missed_by().is_none(),
            "durability": self.durability.to_string(),
            "beside": self.beside,
        })
    }
}

impl fmt::Display for Durability {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Durability::Power => "power",
            Durability::Process => "process",
            Durability::None => "",
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_not_measured_says_so_and_meets_no_goal() {
        let (name, beside) = ("row", "skipped: no Python".to_owned());
        let (value, goal, durability) = (f64::NAN, Goal::None, Durability::None);
        let row = Row { name, value, unit: Unit::Milliseconds, goal, durability, beside };
        assert_eq!((row.cells()[1].as_str(), row.cells()[4].as_str()), ("skipped", ""));
        assert_eq!(row.json()["value"], Value::Null);
    }

    #[test]
    fn a_goal_is_met_or_missed_by_its_part() {
        for (value, goal, missed) in [
            (0.9, Goal::AtMost(1.0), None),
            (1.5, Goal::AtMost(1.0), Some("missed by 50 %")),
            (0.9, Goal::AtLeast(0.8), None),
            (0.4, Goal::AtLeast(0.8), Some("missed by 50 %")),
            (0.95, Goal::Flat(0.1), None),
            (1.25, Goal::Flat(0.125), Some("missed by 12 %")),
        ] {
            let (name, beside) = ("row", String::new());
            let row = Row { name, value, unit: Unit::Times, goal, durability: Durability::None, beside };
            assert_eq!(row.cells()[4], missed.unwrap_or("OK"), "{row:?}");
        }
    }
}
