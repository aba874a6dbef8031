//! Marks in the making: which scoring of the debate it is, whose, and its ballots.
//!
//! A plain scoring has one ballot. A double one has two, in opposite orders, which may be cast side by side; where they differ on any mark
//! a third, in another order, decides by the median of each mark. A ballot that is spoilt for good leaves the debate unscored: the others
//! are waited for, because they are paid for, and then nobody guesses.

use amatelier_types::{Insight, Mark, MemberName};

use crate::{Action, ActionId, CheckedCard, Labels, Scores, Seat, Setup, Task};

/// A scoring that is not concluded.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Scoring {
    /// From 1; every scoring of a debate has action ids of its own.
    pub number: u32,
    /// Who marks; none for the rubric that the debate was opened with.
    pub rubric: Option<Box<Seat>>,
    /// Whether its marks settle the debate.
    pub official: bool,
    ballots: Vec<Ballot>,
}

/// One ballot: from 1, the order in which it shows the speakers follows from its number.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Ballot {
    /// What was wrong with the first cards.
    note: Option<String>,
    /// Its marks, or why there are none.
    ended: Option<Result<Scores, String>>,
}

impl Scoring {
    pub(crate) fn new(number: u32, rubric: Option<Box<Seat>>, official: bool, double: bool) -> Self {
        let ballots = if double { 2 } else { 1 };
        Scoring { number, rubric, official, ballots: vec![Ballot::default(); ballots] }
    }

    /// Who marks.
    pub(crate) fn seat<'a>(&'a self, setup: &'a Setup) -> Option<&'a Seat> {
        self.rubric.as_deref().or(setup.rubric.as_ref())
    }

    /// Whether one ballot is all there is.
    pub(crate) fn is_single(&self) -> bool {
        self.ballots.len() == 1
    }

    /// The ballots that are not cast.
    pub(crate) fn actions(&self, setup: &Setup) -> Vec<Action> {
        let Some(seat) = self.seat(setup) else { return Vec::new() };
        let workers: Vec<MemberName> = setup.workers.iter().map(|seat| seat.name.clone()).collect();
        let open = (1..).zip(&self.ballots).filter(|(_, ballot)| ballot.ended.is_none());
        open.map(|(number, ballot)| Action {
            id: ActionId::new(self.path(number), if ballot.note.is_some() { 2 } else { 1 }),
            member: seat.name.clone(),
            task: Task::Score {
                labels: Labels::of_ballot(setup.seed, &workers, number),
                ballot: number,
                retry_note: ballot.note.clone(),
            },
        })
        .collect()
    }

    /// `score`, `score/ballot-2`; of the second scoring `score-2`, `score-2/ballot-2`.
    fn path(&self, ballot: u32) -> String {
        let scoring = if self.number > 1 { format!("score-{}", self.number) } else { "score".to_owned() };
        if ballot > 1 { format!("{scoring}/ballot-{ballot}") } else { scoring }
    }

    fn ballot(&mut self, number: u32) -> Option<&mut Ballot> {
        self.ballots.get_mut(usize::try_from(number).ok()?.checked_sub(1)?)
    }

    /// The first cards of a ballot were refused.
    pub(crate) fn refused(&mut self, ballot: u32, why: &str) {
        if let Some(ballot) = self.ballot(ballot) {
            ballot.note = Some(why.to_owned());
        }
    }

    /// A ballot ended. Where two differ there is a third from now on.
    pub(crate) fn ended(&mut self, ballot: u32, marks: Result<Scores, String>) {
        if let Some(ballot) = self.ballot(ballot) {
            ballot.ended = Some(marks);
        }
        if let [Ballot { ended: Some(Ok(one)), .. }, Ballot { ended: Some(Ok(two)), .. }] =
            self.ballots.as_slice()
            && one.axes == two.axes
            && !agree(one, two)
        {
            self.ballots.push(Ballot::default());
        }
    }

    /// What all ballots together say, once they all ended.
    pub(crate) fn result(&self) -> Option<Result<Scores, String>> {
        let mut cast = Vec::new();
        let mut spoilt = Vec::new();
        for (number, ballot) in (1_u32..).zip(&self.ballots) {
            match ballot.ended.as_ref()? {
                Ok(scores) => cast.push(scores),
                Err(why) => spoilt.push(format!("ballot {number}: {why}")),
            }
        }
        if !spoilt.is_empty() {
            return Some(Err(spoilt.join("; ")));
        }
        let first = cast.first()?;
        if cast.iter().any(|other| other.axes != first.axes) {
            return Some(Err("the rubric's axes were others in another ballot".to_owned()));
        }
        Some(Ok(combined(first, &cast)))
    }
}

/// Whether two ballots give the same marks, whatever their reasons.
fn agree(one: &Scores, two: &Scores) -> bool {
    let values = |scores: &Scores| -> Vec<u32> {
        scores.cards.iter().flat_map(|card| card.marks.iter().map(|mark| mark.value)).collect()
    };
    values(one) == values(two)
}

/// The median of every mark, with the reason and the insights of the first ballot that gave it. All have the same axes, and the same
/// members in the same order.
fn combined(first: &Scores, cast: &[&Scores]) -> Scores {
    let mut notes: Vec<String> = (1..)
        .zip(cast)
        .flat_map(|(number, scores): (u32, _)| {
            scores.notes.iter().map(move |note| format!("ballot {number}: {note}"))
        })
        .collect();
    let mut cards = Vec::new();
    for (place, card) in first.cards.iter().enumerate() {
        let mut marks = Vec::new();
        let mut insights: Vec<Insight> = Vec::new();
        for (column, axis) in first.axes.iter().enumerate() {
            let given: Vec<(&Mark, &CheckedCard)> = cast
                .iter()
                .filter_map(|scores| scores.cards.get(place))
                .filter_map(|card| Some((card.marks.get(column)?, card)))
                .collect();
            let Some((mark, from)) = median(&given) else { continue };
            if given.iter().any(|(other, _)| other.value != mark.value) {
                let values: Vec<String> = given.iter().map(|(mark, _)| mark.value.to_string()).collect();
                notes.push(format!(
                    "{}: {} was given {} and counts {}",
                    card.member,
                    axis.id,
                    values.join(", "),
                    mark.value
                ));
            }
            marks.push(mark.clone());
            insights.extend(from.insights.iter().filter(|insight| insight.axis == axis.id).cloned());
        }
        cards.push(CheckedCard { member: card.member.clone(), marks, insights });
    }
    let ballots = u32::try_from(cast.len()).unwrap_or(u32::MAX);
    Scores { rubric: first.rubric.clone(), axes: first.axes.clone(), cards, notes, ballots }
}

/// The mark in the middle, and the first card that gave it; of two, which then agree, the first.
fn median<'a>(given: &[(&'a Mark, &'a CheckedCard)]) -> Option<(&'a Mark, &'a CheckedCard)> {
    let mut values: Vec<u32> = given.iter().map(|(mark, _)| mark.value).collect();
    values.sort_unstable();
    let middle = values.get(values.len().saturating_sub(1) / 2)?;
    given.iter().find(|(mark, _)| mark.value == *middle).copied()
}
