//! Two skills in few words: `socratic-questions`, as another teacher would teach it, and `laconic-answers`. No grants, no settings.
//!
//! Meant to be put in the place of `skill-socratic`: who has learnt `socratic-questions` there is taught this text from then on.

use amatelier_sdk::{
    Phase, Skills,
    skill::{Learner, Skill},
};

/// One technique.
struct Technique {
    id: &'static str,
    title: &'static str,
    summary: &'static str,
    lesson: &'static str,
    reminder: &'static str,
}

const ALL: [Technique; 2] = [
    Technique {
        id: "socratic-questions",
        title: "Three questions",
        summary: "Take a claim apart with three questions.",
        lesson: "# Three questions\n\n1. What do you mean?\n2. How do you know?\n3. What if not?\n\nThen be silent until you are answered.",
        reminder: "Mean, know, if not: ask one of the three.",
    },
    Technique {
        id: "laconic-answers",
        title: "Laconic answers",
        summary: "Answer in one sentence, and stop.",
        lesson: "# Laconic answers\n\nSay the answer. Say the one reason that carries it. Stop.\n\nWhat you could leave out, the others have already heard.",
        reminder: "One sentence, one reason, full stop.",
    },
];

struct Laconic;

impl Skills for Laconic {
    fn skills(&self) -> Vec<Skill> {
        let skill = |technique: &Technique| Skill {
            id: technique.id.into(),
            title: technique.title.into(),
            summary: technique.summary.into(),
            tags: vec!["brevity".into()],
            axes: vec!["brevity".into()],
            suggested_price: 4,
        };
        ALL.iter().map(skill).collect()
    }

    fn teach(&self, id: &str, _who: &Learner) -> Result<String, String> {
        find(id).map(|technique| technique.lesson.into()).ok_or_else(|| format!("nobody here teaches `{id}`"))
    }

    fn advise(&self, id: &str, phase: &Phase, _round: u32) -> Option<String> {
        let technique = find(id)?;
        (*phase == Phase::Speak).then(|| technique.reminder.into())
    }
}

amatelier_sdk::skills!(Laconic);

fn find(id: &str) -> Option<&'static Technique> {
    ALL.iter().find(|technique| technique.id == id)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_listed_is_taught_and_nothing_else() {
        let who = Learner { name: "ada".into(), tier: 0, weakest_axis: None, uses: 0 };
        for skill in Laconic.skills() {
            assert!(
                Laconic.teach(&skill.id, &who).is_ok_and(|lesson| lesson.starts_with("# ")),
                "{}",
                skill.id
            );
            assert!(Laconic.advise(&skill.id, &Phase::Speak, 1).is_some());
            assert_eq!(Laconic.advise(&skill.id, &Phase::Floor, 1), None);
        }
        assert!(Laconic.teach("whistling", &who).is_err());
        assert_eq!(Laconic.advise("whistling", &Phase::Speak, 1), None);
    }
}
