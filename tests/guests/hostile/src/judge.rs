//! A judge that attacks.

use amatelier_sdk::{Intervention, Judge, Note, Phase, Sanction, Verdict, settings};

use crate::{ESCAPES, Hostile, MIB};

fn attack() -> String {
    settings::get("attack").unwrap_or_default()
}

impl Judge for Hostile {
    fn moderate(&self, phase: &Phase, after: u32) -> Result<Vec<Intervention>, String> {
        let note = |member: &str| Note { member: member.into(), reason: format!("{} {after}", phase.name()) };
        match attack().as_str() {
            "quiet" => Ok(Vec::new()),
            "huge-return" => Ok(vec![Intervention::Remark(String::new()); MIB / 8]),
            "judge-flood" if *phase == Phase::Speak => Ok(vec![Intervention::Remark(String::new()); MIB / 8]),
            "judge-flood" => Ok(Vec::new()),
            // Names that are nobody's, or no names.
            "judge-nobody" => {
                Ok(["nobody", "", "judge", "rubric", "..", "\u{1b}[2J", "<b>", "a\nb", "runner"]
                    .into_iter()
                    .flat_map(|name| [Intervention::Redirect(note(name)), Intervention::Halt(note(name))])
                    .collect())
            }
            "judge-escapes" => Ok(vec![
                Intervention::Remark(ESCAPES.into()),
                Intervention::Other((ESCAPES.into(), ESCAPES.into())),
                Intervention::Gate(Note { member: "good".into(), reason: ESCAPES.into() }),
                Intervention::Sanction(Sanction {
                    member: "good".into(),
                    offence: ESCAPES.into(),
                    reason: ESCAPES.into(),
                }),
            ]),
            _ => Ok(vec![
                Intervention::Redirect(note("a")),
                Intervention::Gate(note("b")),
                Intervention::Sanction(Sanction {
                    member: "c".into(),
                    offence: "redundancy".into(),
                    reason: "again".into(),
                }),
                Intervention::Halt(note("d")),
                Intervention::Remark("hm".into()),
                Intervention::Other(("applause".into(), "well said".into())),
            ]),
        }
    }

    fn rule(&self, round: u32, max_rounds: u32) -> Result<Verdict, String> {
        match attack().as_str() {
            "guest-error" => Err("undecided".into()),
            "judge-loop" => crate::endless_loop(),
            "judge-trap" => panic!("order!"),
            "judge-mute" => Ok(Verdict::Proceed(" ".into())),
            _ if round < max_rounds => Ok(Verdict::Proceed(format!("{round} of {max_rounds}"))),
            _ => Ok(Verdict::Converged("that was it".into())),
        }
    }

    fn summarise(&self, round: u32) -> Result<String, String> {
        match attack().as_str() {
            "judge-blank" => Ok(String::new()),
            _ => Ok(format!("after round {round}")),
        }
    }
}
