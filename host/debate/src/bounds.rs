//! What a rubric may say, and how much of it. A rubric is a component that anybody may write, with a model behind it that members talk
//! to: whatever it says is shown, kept, and paid for, so its form is checked before its marks are.
//!
//! Axes are checked first. Cards are only read against axes that are good: a scale of a million values says nothing about a mark.

use std::collections::BTreeSet;

use amatelier_types::{Axis, Insight};

use crate::speech::one_line;

/// Axes of one rubric.
const AXES: usize = 16;
/// The longest id of an axis, in characters; ids elsewhere are as long.
const ID_CHARS: usize = 64;
/// The longest name of an axis, in characters.
const NAME_CHARS: usize = 80;
/// The longest description of an axis, in characters.
const DESCRIPTION_CHARS: usize = 2_000;
/// How many values a scale may have: with one there would be nothing to say.
const SCALE_VALUES: std::ops::RangeInclusive<usize> = 2..=32;
/// The highest value of a scale.
const HIGHEST: u32 = 1_000;
/// The longest reason of a mark, and either side of an insight, in characters.
const TEXT_CHARS: usize = 2_000;
/// Messages that one mark may rest on.
const EVIDENCE: usize = 64;
/// Insights on one card: several for each axis that can have any.
const INSIGHTS: usize = 64;
/// Clauses of a refusal; what else is wrong is counted.
const CLAUSES: usize = 20;
/// How much a refusal repeats of what it refuses, in characters.
const SHOWN_CHARS: usize = 64;

/// The mark that needs an insight, and what it counts without one (rules §3).
pub(crate) const EXTRAORDINARY: u32 = 10;
const WITHOUT_INSIGHT: u32 = 3;

/// What is wrong, one clause each, of which not more are kept than are told.
#[derive(Default)]
pub(crate) struct Wrong {
    clauses: Vec<String>,
    left_out: usize,
}

impl Wrong {
    pub(crate) fn push(&mut self, clause: impl FnOnce() -> String) {
        match self.clauses.len() {
            CLAUSES.. => self.left_out += 1,
            _ => self.clauses.push(clause()),
        }
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.clauses.is_empty()
    }

    /// All of it on one line.
    pub(crate) fn told(self) -> String {
        let told = self.clauses.join("; ");
        if self.left_out == 0 { told } else { format!("{told}; and {} more", self.left_out) }
    }
}

/// What a 10 without an insight counts: 3, or, on a scale that has no 3, the highest value below 10. None where there is nothing below
/// it; [`axes`] refuses such a scale.
pub(crate) fn without_insight(scale: &[u32]) -> Option<u32> {
    match scale.contains(&WITHOUT_INSIGHT) {
        true => Some(WITHOUT_INSIGHT),
        false => scale.iter().copied().filter(|value| *value < EXTRAORDINARY).max(),
    }
}

/// Check the dimensions of a rubric.
pub(crate) fn axes(axes: &[Axis], wrong: &mut Wrong) {
    if axes.is_empty() {
        return wrong.push(|| "the rubric has no axes".to_owned());
    }
    if axes.len() > AXES {
        return wrong.push(|| format!("the rubric has {} axes; at most {AXES} can be shown", axes.len()));
    }
    let mut ids = BTreeSet::new();
    for axis in axes {
        let id = shown(&axis.id);
        if !is_id(&axis.id) {
            wrong.push(|| {
                format!(
                    "\"{id}\" is no id of an axis: lower-case letters, digits and dashes, at most {ID_CHARS}, a letter first"
                )
            });
        }
        if !ids.insert(axis.id.as_str()) {
            wrong.push(|| format!("two axes have the id {id}"));
        }
        if axis.name.trim().is_empty() || !is_line(&axis.name, NAME_CHARS) {
            wrong.push(|| format!("the name of {id} is not one line of at most {NAME_CHARS} characters"));
        }
        if !is_line(&axis.description, DESCRIPTION_CHARS) {
            let most = DESCRIPTION_CHARS;
            wrong.push(|| format!("the description of {id} is not one line of at most {most} characters"));
        }
        scale(&id, &axis.scale, wrong);
    }
}

fn scale(id: &str, scale: &[u32], wrong: &mut Wrong) {
    let (least, most) = (SCALE_VALUES.start(), SCALE_VALUES.end());
    if !SCALE_VALUES.contains(&scale.len()) {
        return wrong
            .push(|| format!("the scale of {id} has {} values; it needs {least} to {most}", scale.len()));
    }
    if scale.iter().zip(scale.iter().skip(1)).any(|(one, next)| one >= next) {
        wrong.push(|| format!("the scale of {id} does not ascend, each value once"));
    }
    if scale.iter().any(|value| *value > HIGHEST) {
        wrong.push(|| format!("the scale of {id} goes beyond {HIGHEST}"));
    }
    if scale.contains(&EXTRAORDINARY) && without_insight(scale).is_none() {
        wrong.push(|| {
            format!("the scale of {id} has nothing that a {EXTRAORDINARY} without an insight could count")
        });
    }
}

/// Check the reason of a mark.
pub(crate) fn because(label: &str, axis: &str, text: &str, wrong: &mut Wrong) {
    if !fits(text, TEXT_CHARS) {
        wrong.push(|| format!("{label}: the reason for {axis} is longer than {TEXT_CHARS} characters"));
    }
}

/// Check how much evidence a mark has.
pub(crate) fn evidence(label: &str, axis: &str, evidence: &[u32], wrong: &mut Wrong) {
    if evidence.len() > EVIDENCE {
        let found = evidence.len();
        wrong.push(|| format!("{label}: {axis} rests on {found} messages; at most {EVIDENCE} are read"));
    }
}

/// Check the insights of a card.
pub(crate) fn insights(label: &str, insights: &[Insight], axes: &[Axis], wrong: &mut Wrong) {
    if insights.len() > INSIGHTS {
        wrong.push(|| format!("{label} has {} insights; at most {INSIGHTS} are read", insights.len()));
    }
    for insight in insights.iter().take(INSIGHTS) {
        let axis = shown(&insight.axis);
        if !axes.iter().any(|own| own.id == insight.axis) {
            wrong.push(|| format!("{label}: {axis} is no axis of this rubric"));
        } else if !fits(&insight.before, TEXT_CHARS) || !fits(&insight.after, TEXT_CHARS) {
            wrong.push(|| {
                format!("{label}: an insight for {axis} is longer than {TEXT_CHARS} characters on a side")
            });
        }
    }
}

/// The beginning of a text that is refused, on one line.
pub(crate) fn shown(text: &str) -> String {
    // Whoever sends a megabyte has it read no further than needed.
    let head: String = text.chars().take(4 * SHOWN_CHARS).collect();
    one_line(&head, SHOWN_CHARS)
}

fn is_id(text: &str) -> bool {
    text.starts_with(|c: char| c.is_ascii_lowercase())
        && text.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-')
        && fits(text, ID_CHARS)
}

fn is_line(text: &str, most: usize) -> bool {
    fits(text, most) && !text.chars().any(|c| c.is_control() || matches!(c, '\u{2028}' | '\u{2029}'))
}

fn fits(text: &str, most: usize) -> bool {
    text.chars().nth(most).is_none()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn axis() -> Axis {
        Axis {
            id: "impact".into(),
            name: "Impact".into(),
            description: "Others changed.".into(),
            scale: vec![0, 1, 2, 3, 10],
        }
    }

    fn refused(checked: &[Axis]) -> String {
        let mut wrong = Wrong::default();
        axes(checked, &mut wrong);
        wrong.told()
    }

    #[test]
    fn axes_have_a_form() {
        assert_eq!(refused(&[axis()]), "");
        let with = |change: fn(&mut Axis)| {
            let mut axis = axis();
            change(&mut axis);
            refused(&[axis])
        };
        type Change = fn(&mut Axis);
        let checks: [(Change, &str); 17] = [
            (|axis| axis.id = "a".repeat(64), ""),
            (|axis| axis.id = "a".repeat(65), "no id of an axis"),
            (|axis| axis.id = "Impact".into(), "no id of an axis"),
            (|axis| axis.id = "\u{1b}[2J".into(), "\"[2J\" is no id"),
            (|axis| axis.name = "n".repeat(80), ""),
            (|axis| axis.name = "n".repeat(81), "the name of impact is not one line"),
            (|axis| axis.name = " ".into(), "the name of impact is not one line"),
            (|axis| axis.name = "two\nlines".into(), "the name of impact is not one line"),
            (|axis| axis.description = "d".repeat(2_001), "the description of impact is not one line"),
            (|axis| axis.description = "bell\u{7}".into(), "the description of impact is not one line"),
            (|axis| axis.scale = vec![0], "has 1 values; it needs 2 to 32"),
            (|axis| axis.scale = (0..33).collect(), "has 33 values; it needs 2 to 32"),
            (|axis| axis.scale = vec![1, 0], "does not ascend"),
            (|axis| axis.scale = vec![1, 1], "does not ascend"),
            (|axis| axis.scale = vec![0, 1_000], ""),
            (|axis| axis.scale = vec![0, 1_001], "goes beyond 1000"),
            (|axis| axis.scale = vec![10, 20], "nothing that a 10 without an insight could count"),
        ];
        for (place, (change, expected)) in checks.into_iter().enumerate() {
            let told = with(change);
            assert!(told.contains(expected) && told.is_empty() == expected.is_empty(), "{place}: {told}");
        }
        assert_eq!(refused(&[axis(), axis()]), "two axes have the id impact");
        let many =
            |count: usize| (0..count).map(|n| Axis { id: format!("axis-{n}"), ..axis() }).collect::<Vec<_>>();
        assert_eq!(refused(&many(16)), "");
        assert_eq!(refused(&many(17)), "the rubric has 17 axes; at most 16 can be shown");
        assert_eq!(refused(&[]), "the rubric has no axes");
    }

    #[test]
    fn a_ten_without_an_insight_counts_less_on_any_scale() {
        for (scale, expected) in [
            (vec![0, 1, 2, 3, 10], Some(3)),
            (vec![0, 5, 10], Some(5)),
            (vec![0, 10, 20], Some(0)),
            (vec![10, 20], None),
        ] {
            assert_eq!(without_insight(&scale), expected, "{scale:?}");
        }
    }

    #[test]
    fn a_refusal_is_short_however_much_is_wrong() {
        let axes: Vec<Axis> = (0..16).map(|_| Axis { id: "X".repeat(1 << 20), ..axis() }).collect();
        let told = refused(&axes);
        assert!(told.len() < 5_000 && told.ends_with("; and 11 more"), "{} {told}", told.len());
    }
}
