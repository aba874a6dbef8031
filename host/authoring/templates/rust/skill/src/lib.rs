//! The skill `steelman`: before you answer a claim, put it in its strongest form.
//!
//! The host reads the list when it opens the team, and pins lesson and reminders when a debate opens, so all of it may depend on its
//! arguments and settings only.

// One Rust module per interface in wit/, such as `exports::amatelier::skill::skills`.
wit_bindgen::generate!({ path: "wit", world: "plugin", generate_all });

use exports::amatelier::skill::skills::{Guest, Learner, Skill};

const ID: &str = "steelman";

struct Steelman;

export!(Steelman);

impl Guest for Steelman {
    fn list_skills() -> Vec<Skill> {
        vec![Skill {
            id: ID.into(),
            title: "Steelman".into(),
            summary: "Put a claim in its strongest form before you answer it.".into(),
            tags: ["rebuttal", "fairness"].map(String::from).into(),
            axes: ["challenge", "accuracy"].map(String::from).into(),
            suggested_price: 8,
        }]
    }

    fn teach(id: String, who: Learner) -> Result<String, String> {
        if id != ID {
            return Err(format!("nobody here teaches `{id}`"));
        }
        let first = match who.uses {
            0 => "Your first debate with it: do it once, with the claim you like least.",
            _ => "You know the steps. This time, steelman the claim that most of the table agrees with.",
        };
        Ok(format!("{first}\n\n{}", include_str!("steelman.md")))
    }

    fn advise(id: String, phase: String, round: u32) -> Option<String> {
        match (id.as_str(), phase.as_str()) {
            (ID, "rebuttal") if round == 1 => Some("Whose claim is weaker than it need be? Make it strong, then answer it.".into()),
            (ID, "rebuttal") => Some("Did you answer the strong form last time, or the weak one?".into()),
            _ => None,
        }
    }
}
