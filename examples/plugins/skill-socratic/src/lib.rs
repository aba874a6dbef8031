//! The skill `socratic-questions`: six questions to put to a claim, one at a time. It needs no grant and has no settings.
//!
//! The lesson is `lesson.md`; in front of it stands one line for this learner. Reminders come where questions are put: in the rebuttal
//! and on the floor.

use amatelier_sdk::{
    Phase, Skills,
    skill::{Learner, Skill},
};

const ID: &str = "socratic-questions";
const LESSON: &str = include_str!("lesson.md");

struct Socratic;

impl Skills for Socratic {
    fn skills(&self) -> Vec<Skill> {
        vec![Skill {
            id: ID.into(),
            title: "Socratic questions".into(),
            summary: "Test a claim by asking what it means, what it stands on, and what would follow.".into(),
            tags: ["questions", "rebuttal"].map(String::from).into(),
            axes: ["challenge", "asking"].map(String::from).into(),
            suggested_price: 9,
        }]
    }

    fn teach(&self, id: &str, who: &Learner) -> Result<String, String> {
        if id != ID {
            return Err(format!("nobody here teaches `{id}`"));
        }
        let now = match who.uses {
            0 => "Your first debate with it: put one question, and wait for the answer before the next."
                .to_owned(),
            uses => format!(
                "You have used it {uses} times. Put the question that you would least like to be asked."
            ),
        };
        Ok(format!("{now}\n\n{LESSON}"))
    }

    fn advise(&self, id: &str, phase: &Phase, round: u32) -> Option<String> {
        let line = match (id == ID, phase) {
            (true, Phase::Rebuttal) if round == 1 => {
                "Before you answer a claim, ask what would show that it is wrong."
            }
            (true, Phase::Rebuttal) => {
                "Which of your questions was never answered? Put it again, to the same person."
            }
            (true, Phase::Floor) => "One question, to one person, about one claim.",
            _ => return None,
        };
        Some(line.into())
    }
}

amatelier_sdk::skills!(Socratic);

#[cfg(test)]
mod tests {
    use super::*;

    fn learner(uses: u32) -> Learner {
        Learner { name: "ada".into(), tier: 0, weakest_axis: None, uses }
    }

    #[test]
    fn a_lesson_begins_with_its_learner_and_fits() {
        for (uses, begins) in [(0, "Your first debate"), (4, "You have used it 4 times")] {
            let lesson = Socratic.teach(ID, &learner(uses)).unwrap();
            assert!(lesson.starts_with(begins) && lesson.chars().count() <= 6_000, "{lesson}");
        }
        assert!(Socratic.teach("whistling", &learner(0)).is_err());
    }

    #[test]
    fn reminders_come_where_questions_are_put() {
        assert!(Socratic.advise(ID, &Phase::Rebuttal, 1) != Socratic.advise(ID, &Phase::Rebuttal, 2));
        assert!(Socratic.advise(ID, &Phase::Floor, 1).is_some());
        assert_eq!(Socratic.advise(ID, &Phase::Speak, 1), None);
        assert_eq!(Socratic.advise("whistling", &Phase::Floor, 1), None);
    }
}
