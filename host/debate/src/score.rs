//! Cards of a rubric: refused unless every worker is marked on every axis, on its scale. Insights that quote no message of the worker are
//! left out, evidence that is none is struck out and told.

use std::collections::BTreeSet;

use amatelier_types::{Axis, Insight, Mark, MemberName};
use serde::{Deserialize, Serialize};

use crate::{
    Ballot, Labels,
    bounds::{self, EXTRAORDINARY, Wrong, shown, without_insight},
};

/// Messages that a note names; the others are counted.
const NAMED: usize = 8;

/// The checked marks of one worker.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CheckedCard {
    /// The worker.
    pub member: MemberName,
    /// One per axis, in the axes' order; their evidence is messages of the worker, ascending.
    pub marks: Vec<Mark>,
    /// Only those whose quotation was found.
    pub insights: Vec<Insight>,
}

impl CheckedCard {
    /// All marks added up.
    pub fn total(&self) -> u32 {
        self.marks.iter().map(|mark| mark.value).sum()
    }
}

/// The checked marks of a debate.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Scores {
    /// The rubric, as the team file names it.
    pub rubric: String,
    /// Its dimensions.
    pub axes: Vec<Axis>,
    /// One per worker, in seating order.
    pub cards: Vec<CheckedCard>,
    /// What the host changed, and where ballots differed, in words.
    pub notes: Vec<String>,
    /// How many ballots they come from.
    #[serde(default = "one", skip_serializing_if = "is_one")]
    pub ballots: u32,
}

pub(crate) fn one() -> u32 {
    1
}

pub(crate) fn is_one(number: &u32) -> bool {
    *number == 1
}

/// Check a ballot. `author_of` says who posted a message.
///
/// # Errors
/// Everything that is wrong, one clause each: the text is given to the rubric on its second try.
pub fn check(
    ballot: Ballot,
    rubric: &str,
    labels: &Labels,
    author_of: impl Fn(u32) -> Option<MemberName>,
) -> Result<Scores, String> {
    let mut wrong = Wrong::default();
    bounds::axes(&ballot.axes, &mut wrong);
    if !wrong.is_empty() {
        return Err(wrong.told());
    }
    let mut notes = Vec::new();
    let mut cards = Vec::new();
    for label in labels.labels() {
        let mut own = ballot.cards.iter().filter(|card| card.member == label.as_str());
        let (Some(card), Some(member)) = (own.next(), labels.member(label.as_str())) else {
            wrong.push(|| format!("{label} has no card"));
            continue;
        };
        if own.next().is_some() {
            wrong.push(|| format!("{label} has more than one card"));
        }
        bounds::insights(label.as_str(), &card.insights, &ballot.axes, &mut wrong);
        let insights: Vec<Insight> = card
            .insights
            .iter()
            .filter(|insight| author_of(insight.quoted_seq).as_ref() == Some(member))
            .filter(|insight| !insight.before.trim().is_empty() && !insight.after.trim().is_empty())
            .map(|insight| Insight {
                before: labels.reveal(&insight.before),
                after: labels.reveal(&insight.after),
                ..insight.clone()
            })
            .collect();
        let mut marks = Vec::new();
        for axis in &ballot.axes {
            let mut given = card.marks.iter().filter(|mark| mark.axis == axis.id);
            let Some(mark) = given.next() else {
                wrong.push(|| format!("{label} has no mark for {}", axis.id));
                continue;
            };
            if given.next().is_some() {
                wrong.push(|| format!("{label} has more than one mark for {}", axis.id));
            }
            if !axis.scale.contains(&mark.value) {
                wrong.push(|| {
                    format!("{label}: {} is not on the scale {:?} of {}", mark.value, axis.scale, axis.id)
                });
            }
            bounds::because(label.as_str(), &axis.id, &mark.because, &mut wrong);
            bounds::evidence(label.as_str(), &axis.id, &mark.evidence, &mut wrong);
            let (evidence, struck) =
                sorted_out(&mark.evidence, |seq| author_of(seq).as_ref() == Some(member));
            if !struck.is_empty() {
                notes.push(format!(
                    "{member}: {} does not rest on {}, which {member} did not post",
                    axis.id,
                    listed(&struck)
                ));
            }
            let mut mark = Mark { because: labels.reveal(&mark.because), evidence, ..mark.clone() };
            let unproven =
                mark.value == EXTRAORDINARY && !insights.iter().any(|insight| insight.axis == axis.id);
            if let (true, Some(instead)) = (unproven, without_insight(&axis.scale)) {
                mark.value = instead;
                notes.push(format!("{member}: {} counts {instead}, a {EXTRAORDINARY} needs an insight that quotes one of its messages", axis.id));
            }
            marks.push(mark);
        }
        for mark in &card.marks {
            if !ballot.axes.iter().any(|axis| axis.id == mark.axis) {
                wrong.push(|| format!("{label}: {} is no axis of this rubric", shown(&mark.axis)));
            }
        }
        cards.push(CheckedCard { member: member.clone(), marks, insights });
    }
    for card in &ballot.cards {
        if labels.member(&card.member).is_none() {
            wrong.push(|| format!("{} is nobody to be scored", shown(&card.member)));
        }
    }
    if wrong.is_empty() {
        Ok(Scores { rubric: rubric.to_owned(), axes: ballot.axes, cards, notes, ballots: 1 })
    } else {
        Err(wrong.told())
    }
}

/// Evidence in the debate's order, each message once: what is the worker's own, and what is not.
fn sorted_out(evidence: &[u32], is_own: impl Fn(u32) -> bool) -> (Vec<u32>, Vec<u32>) {
    let seqs: BTreeSet<u32> = evidence.iter().copied().collect();
    seqs.into_iter().partition(|seq| is_own(*seq))
}

/// `message 4`, `messages 4, 5`, of many the first few.
fn listed(seqs: &[u32]) -> String {
    let named: Vec<String> = seqs.iter().take(NAMED).map(u32::to_string).collect();
    let messages = if seqs.len() == 1 { "message" } else { "messages" };
    match seqs.len().saturating_sub(NAMED) {
        0 => format!("{messages} {}", named.join(", ")),
        more => format!("{messages} {} and {more} more", named.join(", ")),
    }
}

#[cfg(test)]
mod tests {
    use amatelier_types::{Scorecard, Seed};

    use super::*;

    fn ballot(value: u32, insight: Option<u32>) -> Ballot {
        let axis = Axis {
            id: "impact".into(),
            name: "Impact".into(),
            description: String::new(),
            scale: vec![0, 1, 2, 3, 10],
        };
        let mark = Mark { axis: "impact".into(), value, because: "said so".into(), evidence: vec![] };
        let insights = insight
            .map(|quoted_seq| Insight {
                axis: "impact".into(),
                quoted_seq,
                before: "a".into(),
                after: "b".into(),
            })
            .into_iter()
            .collect();
        let card = Scorecard { member: "speaker-a".into(), marks: vec![mark], insights };
        Ballot { axes: vec![axis], cards: vec![card] }
    }

    fn checked(ballot: Ballot) -> Result<Scores, String> {
        let ada: MemberName = "ada".parse().unwrap();
        let labels = Labels::draw(Seed(1), std::slice::from_ref(&ada));
        check(ballot, "classic", &labels, |seq| (seq == 5).then(|| ada.clone()))
    }

    #[test]
    fn a_ten_needs_an_insight_that_quotes_a_real_message() {
        let total = |ballot| checked(ballot).unwrap().cards.first().unwrap().total();
        assert_eq!(total(ballot(10, Some(5))), 10);
        assert_eq!(total(ballot(10, Some(6))), 3);
        assert_eq!(total(ballot(10, None)), 3);
        assert_eq!(total(ballot(2, None)), 2);
    }

    #[test]
    fn evidence_that_is_no_message_of_the_worker_is_struck_out_and_told() {
        for (evidence, kept, told) in [
            (vec![], vec![], None),
            (vec![5, 5], vec![5], None),
            (
                vec![6, 5, 0],
                vec![5],
                Some("ada: impact does not rest on messages 0, 6, which ada did not post"),
            ),
            (vec![6], vec![], Some("ada: impact does not rest on message 6, which ada did not post")),
            (
                (10..30).collect(),
                vec![],
                Some(
                    "ada: impact does not rest on messages 10, 11, 12, 13, 14, 15, 16, 17 and 12 more, which ada did not post",
                ),
            ),
        ] {
            let mut given = ballot(2, None);
            given.cards[0].marks[0].evidence = evidence;
            let scores = checked(given).unwrap();
            let mark = &scores.cards[0].marks[0];
            assert_eq!((mark.value, &mark.evidence), (2, &kept), "marks stay");
            assert_eq!(scores.notes, told.into_iter().collect::<Vec<_>>());
        }
    }

    #[test]
    fn what_is_wrong_with_cards_is_said_all_at_once() {
        let mut bad = ballot(4, None);
        bad.cards.push(Scorecard { member: "bob".into(), marks: vec![], insights: vec![] });
        let why = checked(bad).unwrap_err();
        assert_eq!(
            why,
            "speaker-a: 4 is not on the scale [0, 1, 2, 3, 10] of impact; bob is nobody to be scored"
        );
        let none = Ballot { axes: vec![], cards: vec![] };
        assert_eq!(checked(none).unwrap_err(), "the rubric has no axes");
        let missing = Ballot { cards: vec![], ..ballot(2, None) };
        assert_eq!(checked(missing).unwrap_err(), "speaker-a has no card");
    }

    #[test]
    fn hostile_cards_are_refused_in_a_few_words() {
        let change = |change: fn(&mut Ballot)| {
            let mut ballot = ballot(2, Some(5));
            change(&mut ballot);
            checked(ballot).unwrap_err()
        };
        type Change = fn(&mut Ballot);
        let checks: [(Change, &str); 8] = [
            (
                |ballot| ballot.cards[0].marks[0].evidence = vec![5; 65],
                "speaker-a: impact rests on 65 messages; at most 64 are read",
            ),
            (|ballot| ballot.cards.push(ballot.cards[0].clone()), "speaker-a has more than one card"),
            (
                |ballot| ballot.cards[0].marks = vec![ballot.cards[0].marks[0].clone(); 2],
                "speaker-a has more than one mark for impact",
            ),
            (|ballot| ballot.cards[0].marks.clear(), "speaker-a has no mark for impact"),
            (
                |ballot| ballot.cards[0].marks[0].because = "y".repeat(1 << 20),
                "speaker-a: the reason for impact is longer than 2000 characters",
            ),
            (
                |ballot| ballot.cards[0].insights[0].after = "y".repeat(2_001),
                "speaker-a: an insight for impact is longer than 2000 characters on a side",
            ),
            (
                |ballot| ballot.cards[0].insights = vec![ballot.cards[0].insights[0].clone(); 65],
                "speaker-a has 65 insights; at most 64 are read",
            ),
            (
                |ballot| ballot.cards[0].insights[0].axis = "fame\n".into(),
                "speaker-a: fame is no axis of this rubric",
            ),
        ];
        for (bad, expected) in checks {
            assert_eq!(change(bad), expected);
        }
        let mut many = ballot(2, None);
        many.cards.extend((0..10_000).map(|n| Scorecard {
            member: format!("nobody-{n}-{}", "z".repeat(1_000)),
            marks: vec![],
            insights: vec![],
        }));
        let why = checked(many).unwrap_err();
        assert!(why.len() < 3_000 && why.ends_with("; and 9980 more"), "{why}");
        let mut good = ballot(2, None);
        good.cards[0].marks[0].because = "x".repeat(2_000);
        assert!(checked(good).is_ok(), "2000 characters are not too many");
    }
}
