//! What the outcome of a ballot means: checked marks, a second try, or a debate that stays unscored. And scoring again.

use amatelier_types::Timestamp;

use crate::{
    Ballot, Event, Labels, Scores, Seat, StopReason, decide::Draft, score, speech::one_line, table::Step,
};

/// The longest refusal that is kept and told to the rubric, in characters.
const REFUSAL_CHARS: usize = 2_000;

impl Draft<'_> {
    /// Whether the debate can be scored (again): it is over, and was not aborted.
    pub(crate) fn is_scorable(&self) -> bool {
        let stop = self.debate.and_then(|debate| debate.stop());
        self.table.is_closed() && stop.is_some_and(|stop| stop.reason != StopReason::Aborted)
    }

    /// Score once more. A scoring that is under way is given up for it; the debate is not unscored by that, and stakes stay where they are.
    pub(crate) fn score_again(&mut self, rubric: Box<Seat>, official: bool, double: bool, at: Timestamp) {
        // One rubric settles a debate: the first that scores it, and whatever it marks later, until another is made official.
        let settles = match &self.table.official {
            None => true,
            Some(settled) => official || *settled == rubric.component,
        };
        self.push(Event::ScoringOpened { rubric, official: settles, double, at });
    }

    /// A rubric gave cards for a ballot; `last` when there is no further try.
    pub(crate) fn scored(
        &mut self,
        cards: Ballot,
        labels: &Labels,
        (ballot, last): (u32, bool),
        at: Timestamp,
    ) {
        let author = |seq| self.debate.and_then(|debate| debate.author(seq));
        match score::check(cards, &self.rubric(), labels, author) {
            Ok(mut scores) => {
                let seats = &self.setup.workers;
                scores.cards.sort_by_key(|card| seats.iter().position(|seat| seat.name == card.member));
                self.cast(ballot, Ok(scores), at);
            }
            Err(why) => self.refuse_scores(one_line(&why, REFUSAL_CHARS), (ballot, last), at),
        }
    }

    pub(crate) fn refuse_scores(&mut self, why: String, (ballot, last): (u32, bool), at: Timestamp) {
        match last {
            true => self.cast(ballot, Err(why), at),
            false => self.push(Event::ScoresRefused { why, ballot }),
        }
    }

    /// A ballot ended. One of several is kept until all have.
    fn cast(&mut self, ballot: u32, marks: Result<Scores, String>, at: Timestamp) {
        let Step::Scoring(scoring) = &self.table.step else { return };
        if scoring.is_single() {
            return self.conclude(marks, at);
        }
        self.push(match marks {
            Ok(scores) => Event::BallotCast { ballot, scores },
            Err(why) => Event::BallotSpoilt { ballot, why },
        });
        let Step::Scoring(scoring) = &self.table.step else { return };
        if let Some(marks) = scoring.result() {
            self.conclude(marks, at);
        }
    }

    fn conclude(&mut self, marks: Result<Scores, String>, at: Timestamp) {
        let Step::Scoring(scoring) = &self.table.step else { return };
        let official = scoring.official;
        match marks {
            Ok(scores) => self.push(Event::Scored { scores, official, at }),
            Err(why) => self.unscored(one_line(&why, REFUSAL_CHARS), at),
        }
    }

    pub(crate) fn unscored(&mut self, why: String, at: Timestamp) {
        let Step::Scoring(scoring) = &self.table.step else { return };
        let rubric = scoring.rubric.as_ref().map(|seat| seat.component.clone());
        let official = self.table.official.is_none();
        self.push(Event::Unscored { why, rubric, official, at });
    }

    /// Who marks, as the team file names it.
    fn rubric(&self) -> String {
        let Step::Scoring(scoring) = &self.table.step else { return String::new() };
        scoring.seat(self.setup).map(|seat| seat.component.clone()).unwrap_or_default()
    }
}
