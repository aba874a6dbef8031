//! The skills `foundations`: eight techniques of debate. No model, no grants, no settings.
//!
//! Each technique is a lesson in `lessons/`, with a table entry in `techniques` that says what else a learner is told: where to begin, what
//! to add with experience, what to do about its weakest axis, and the reminder for the phase in which the technique matters most.

mod lesson;
mod techniques;

use amatelier_sdk::{
    Phase, Skills,
    skill::{Learner, Skill},
};

struct Foundations;

impl Skills for Foundations {
    fn skills(&self) -> Vec<Skill> {
        techniques::ALL.iter().map(techniques::Technique::skill).collect()
    }

    fn teach(&self, id: &str, who: &Learner) -> Result<String, String> {
        let technique = techniques::find(id).ok_or_else(|| format!("nobody here teaches `{id}`"))?;
        Ok(lesson::of(technique, who))
    }

    fn advise(&self, id: &str, phase: &Phase, round: u32) -> Option<String> {
        lesson::reminder(techniques::find(id)?, phase, round).map(str::to_owned)
    }
}

amatelier_sdk::skills!(Foundations);
