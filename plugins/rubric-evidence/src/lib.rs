//! The rubric `evidence`: marks without a model. No grants, no settings; the same debate gets the same marks.
//!
//! It counts what can be counted: places in registered files that a member cited and the host had shown (`grounding`), colleagues whose
//! words it took up by name (`engagement`), words that nobody had used before it and others used after it (`freshness`), and objections
//! to somebody, with a reason (`challenge`). Every mark says what was counted and in which messages. What cannot be counted, such as
//! whether a member was right, it does not pretend to know; its scale ends at 3.

mod axes;
mod challenge;
mod engagement;
mod freshness;
mod grounding;
mod mark;
mod speech;

use amatelier_sdk::{
    Axis, Rubric, Scorecard, chat,
    minutes::{self, Citation},
};
use speech::Speech;

struct Evidence;

impl Rubric for Evidence {
    fn axes(&self) -> Vec<Axis> {
        axes::all()
    }

    fn score(&self, members: &[String], _retry_note: Option<&str>) -> Result<Vec<Scorecard>, String> {
        let asked = format!("{}\n{}", chat::topic(), chat::briefing());
        let speeches = speech::all(&chat::recall().kind("speech").all(), members);
        Ok(cards(members, &asked, &speeches, &minutes::citations()))
    }
}

amatelier_sdk::rubric!(Evidence);

fn cards(members: &[String], asked: &str, speeches: &[Speech], citations: &[Citation]) -> Vec<Scorecard> {
    let card = |member: &String| Scorecard {
        member: member.clone(),
        marks: vec![
            grounding::mark(member, citations),
            engagement::mark(member, members, speeches),
            freshness::mark(member, asked, speeches),
            challenge::mark(member, speeches),
        ],
        insights: Vec::new(),
    };
    members.iter().map(card).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::speech::tests::said;

    #[test]
    fn every_member_has_one_mark_on_every_axis_and_on_its_scale() {
        let members = ["ada".to_owned(), "grace".to_owned()];
        let speeches =
            speech::all(&[said(1, "ada", "Lanterns burn brighter."), said(2, "eve", "Hm.")], &members);
        let cards = cards(&members, "Which lamp?", &speeches, &[]);
        let axes = axes::all();
        assert_eq!(cards.iter().map(|card| card.member.as_str()).collect::<Vec<_>>(), ["ada", "grace"]);
        for card in cards {
            let marked: Vec<_> = card.marks.iter().map(|mark| mark.axis.as_str()).collect();
            assert_eq!(marked, axes.iter().map(|axis| axis.id.as_str()).collect::<Vec<_>>());
            for (mark, axis) in card.marks.iter().zip(&axes) {
                assert!(axis.scale.contains(&mark.value) && !mark.because.is_empty(), "{mark:?}");
            }
        }
    }
}
