//! How a technique is told to one learner.
//!
//! The lesson itself is the same for all; in front of it stands what this learner should do with it. In this order: where to begin, while
//! the skill is new; else how to check itself; what a higher tier adds; what to do about the weakest axis, where this technique helps it.

use amatelier_sdk::{Phase, skill::Learner};

use crate::techniques::Technique;

/// Debates after which a technique is no longer new: a debate has up to nine turns to practise in.
const PRACTISED: u32 = 3;

/// The tier from which somebody is told how to go further.
const EXPERIENCED: u32 = 2;

/// The lesson, adapted.
pub(crate) fn of(technique: &Technique, who: &Learner) -> String {
    let mut notes = Vec::new();
    if who.uses == 0 {
        notes.push(format!("This is your first debate with it. {}", technique.begin));
    } else if who.uses < PRACTISED {
        notes.push(format!("You have used it in {} before. {}", debates(who.uses), technique.begin));
    } else {
        notes.push(format!(
            "You have used it in {}, so check yourself: {}",
            debates(who.uses),
            technique.check
        ));
    }
    if who.tier >= EXPERIENCED {
        notes.push(format!("At your tier: {}", technique.further));
    }
    if let Some(hint) = who.weakest_axis.as_deref().and_then(|axis| technique.hint(axis)) {
        notes.push(hint.to_owned());
    }
    let notes: Vec<String> = notes.iter().map(|note| format!("- {note}")).collect();
    format!("# {}\n\n## For you, now\n\n{}\n\n{}", technique.title, notes.join("\n"), technique.lesson.trim())
}

/// What is said of a technique in a phase; nothing where it has nothing to say. The first time it is the reminder itself, in later rounds
/// the follow-up, so that nobody reads the same line all evening.
pub(crate) fn reminder(technique: &Technique, phase: &Phase, round: u32) -> Option<&'static str> {
    let reminder = technique.reminders.iter().find(|reminder| reminder.phase == phase.name())?;
    Some(if round > 1 { reminder.later } else { reminder.first })
}

fn debates(uses: u32) -> String {
    if uses == 1 { "one debate".into() } else { format!("{uses} debates") }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::techniques::{ALL, find};

    fn learner(tier: u32, weakest: Option<&str>, uses: u32) -> Learner {
        Learner { name: "ada".into(), tier, weakest_axis: weakest.map(str::to_owned), uses }
    }

    #[test]
    fn a_lesson_depends_on_tier_use_and_weakest_axis() {
        let technique = find("debate-tactics").unwrap();
        let told = |tier, weakest, uses| of(technique, &learner(tier, weakest, uses));
        let new = told(0, None, 0);
        assert!(
            new.starts_with("# Debate tactics\n\n## For you, now\n\n- This is your first debate"),
            "{new}"
        );
        assert!(
            new.contains(technique.begin) && !new.contains(technique.check) && !new.contains("At your tier")
        );
        assert!(told(0, None, 1).contains("used it in one debate before"));
        let old = told(2, Some("impact"), 4);
        assert!(
            old.contains(technique.check) && old.contains("in 4 debates") && !old.contains(technique.begin)
        );
        assert!(old.contains(technique.further) && old.contains(technique.hint("impact").unwrap()));
        assert_eq!(told(0, Some("novelty"), 0), new, "it does not help novelty");
        assert!(new.ends_with(technique.lesson.trim()));
    }

    #[test]
    fn every_lesson_fits_however_it_is_adapted() {
        for technique in &ALL {
            for (axis, _) in technique.axes {
                for uses in [0, 1, 9] {
                    let lesson = of(technique, &learner(3, Some(axis), uses));
                    assert!(lesson.chars().count() <= 6_000, "{}", technique.id);
                    assert!(lesson.chars().all(|c| !c.is_control() || c == '\n'), "{}", technique.id);
                }
            }
        }
    }

    #[test]
    fn a_reminder_comes_in_its_phase_and_changes_after_the_first_round() {
        let technique = find("evidence-gathering").unwrap();
        let first = reminder(technique, &Phase::Research, 0).unwrap();
        assert!(first.contains("without which"), "{first}");
        assert_eq!(reminder(technique, &Phase::Gate, 1), None);
        assert_eq!(reminder(technique, &Phase::Other("interlude".into()), 1), None);
        let (one, two) = (reminder(technique, &Phase::Speak, 1), reminder(technique, &Phase::Speak, 2));
        assert!(one.is_some() && two.is_some() && one != two);
    }
}
