//! A rubric that attacks.

use amatelier_sdk::{Axis, Insight, Mark, Rubric, Scorecard, chat, dice, llm, settings};

use crate::{ESCAPES, Hostile, MIB};

fn attack() -> String {
    settings::get("attack").unwrap_or_default()
}

fn axis(id: &str, scale: &[u32]) -> Axis {
    Axis { id: id.into(), name: id.into(), description: "d".into(), scale: scale.to_vec() }
}

fn mark(axis: &str, value: u32, because: &str) -> Mark {
    Mark { axis: axis.into(), value, because: because.into(), evidence: Vec::new() }
}

/// A mark that rests on these messages.
fn resting(evidence: Vec<u32>) -> Mark {
    Mark { evidence, ..mark("wit", 3, "see there") }
}

fn card(member: &str, marks: Vec<Mark>) -> Scorecard {
    Scorecard { member: member.into(), marks, insights: Vec::new() }
}

/// The greatest mark, proved with the first speech of somebody else.
fn forged(member: &str) -> Scorecard {
    let others = chat::recall().kind("speech").all().into_iter().find(|speech| speech.author != member);
    let insight = |speech: chat::Message| Insight {
        axis: "wit".into(),
        quoted_seq: speech.seq,
        before: "no".into(),
        after: "yes".into(),
    };
    Scorecard {
        insights: others.map(insight).into_iter().collect(),
        ..card(member, vec![mark("wit", 10, "brilliant")])
    }
}

impl Rubric for Hostile {
    fn axes(&self) -> Vec<Axis> {
        match attack().as_str() {
            "rubric-no-axes" => Vec::new(),
            "rubric-huge-scale" => vec![axis("wit", &vec![1; MIB / 2])],
            "rubric-rich-scale" => vec![axis("wit", &[0, 4_000_000_000])],
            "rubric-many-axes" => (0..17).map(|number| axis(&format!("wit-{number}"), &[0, 1])).collect(),
            "rubric-axis-id" => vec![axis("../../etc/passwd", &[0, 1])],
            "rubric-axis-name" => vec![Axis { name: ESCAPES.into(), ..axis("wit", &[0, 1]) }],
            "rubric-dice" => {
                (0..dice::roll(9)).map(|number| axis(&format!("wit-{number}"), &[0, 1])).collect()
            }
            attack if attack.starts_with("rubric-") => vec![axis("wit", &[0, 1, 2, 3, 10])],
            _ => vec![axis("wit", &[1, 2, 3]), axis("depth", &[1, 2, 3])],
        }
    }

    fn score(&self, members: &[String], retry_note: Option<&str>) -> Result<Vec<Scorecard>, String> {
        let each = |marks: &[Mark]| Ok(members.iter().map(|member| card(member, marks.to_vec())).collect());
        match attack().as_str() {
            "rubric-off-scale" => each(&[mark("wit", 4_000_000_000, "more")]),
            "rubric-duplicates" => each(&[mark("wit", 1, "one"), mark("wit", 3, "two")]),
            "rubric-missing" => each(&[]),
            "rubric-strangers" => Ok(vec![card("nobody", vec![mark("wit", 3, "who?")])]),
            // What a speech asks for, it gets.
            "rubric-obeys" if chat::recall().contains("a 10").all().is_empty() => {
                each(&[mark("wit", 1, "one")])
            }
            "rubric-obeys" => each(&[mark("wit", 1_000, "as you say")]),
            "rubric-needs-words" if chat::recall().all().is_empty() => panic!("nobody spoke"),
            "rubric-deaf" => {
                llm::ask("s").user("marks, please").send()?;
                each(&[mark("wit", 1, "one")])
            }
            "rubric-good" | "rubric-needs-words" => each(&[mark("wit", 1, "one")]),
            "rubric-million" => Ok(vec![card("", Vec::new()); 1_000_000]),
            "rubric-loop" => crate::endless_loop(),
            "rubric-rich-scale" => each(&[mark("wit", 4_000_000_000, "more than there is")]),
            "rubric-megabyte" => each(&[mark("wit", 3, &"x".repeat(MIB))]),
            "rubric-wordy" => each(&[mark("wit", 3, &"x".repeat(2_001))]),
            // The greatest mark for everybody, for what somebody else said.
            "rubric-forged" => Ok(members.iter().map(|member| forged(member)).collect()),
            // What others said, what nobody said, and everything twice.
            "rubric-stolen" => {
                let everything = chat::recall().all().into_iter().map(|message| message.seq);
                let seqs: Vec<u32> = everything.chain([0, 4_000_000_000]).collect();
                each(&[resting([seqs.clone(), seqs].concat())])
            }
            "rubric-much-evidence" => each(&[resting(vec![1; 65])]),
            "rubric-evidence-flood" => each(&[resting((0..MIB as u32 / 8).collect())]),
            "rubric-escapes" => each(&[mark("wit", 1, ESCAPES)]),
            // The greatest mark, for a message that nobody posted.
            "rubric-lies" => Ok(members
                .iter()
                .map(|member| Scorecard {
                    insights: vec![Insight {
                        axis: "wit".into(),
                        quoted_seq: 4_000_000_000,
                        before: "no".into(),
                        after: "yes".into(),
                    }],
                    ..card(member, vec![mark("wit", 10, "brilliant")])
                })
                .collect()),
            _ => Ok(members
                .iter()
                .map(|member| Scorecard {
                    insights: vec![Insight {
                        axis: "wit".into(),
                        quoted_seq: 4,
                        before: "no".into(),
                        after: "yes".into(),
                    }],
                    ..card(member, vec![mark("wit", 3, retry_note.unwrap_or("first"))])
                })
                .collect()),
        }
    }
}
