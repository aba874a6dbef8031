//! Scoring a debate once more: by its own rubric or by another, beside the marks that settled it or in their place.

use amatelier_debate::{Debate, Outcome, Seat, StopReason};
use amatelier_types::{BadComponentName, Capabilities, RoundtableId, Timestamp};

use crate::{Engine, Error, Roundtable};

/// What a debate is to be scored with.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Rescoring {
    /// The rubric: an id or a path, as the team file names components. None for the debate's own.
    pub rubric: Option<String>,
    /// The label of its model; none for that of its line in the team file, or of the debate's own rubric.
    pub model: Option<String>,
    /// What its component may do; none for what its line grants, or what is built in.
    pub allow: Option<Capabilities>,
    /// Whether its marks are to settle the debate. They do in any case where nothing has settled it, or the same rubric has.
    pub official: bool,
    /// Whether it is scored in opposite orders.
    pub double: bool,
}

/// Why a debate cannot be scored again.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum RescoringError {
    /// It is not over.
    #[error("roundtable {0} is not over; it is scored when it is")]
    Unfinished(RoundtableId),
    /// It was aborted.
    #[error("roundtable {0} was aborted: nobody is marked for it, and nobody pays")]
    Aborted(RoundtableId),
    /// Neither the debate nor the team names a rubric.
    #[error("roundtable {0} was opened without a rubric, and the team has none")]
    NoRubric(RoundtableId),
    /// The rubric is named in no way that a component can be.
    #[error(transparent)]
    BadName(#[from] BadComponentName),
}

/// A scoring that was asked for and is not written down yet.
#[derive(Clone, Debug)]
pub(crate) struct Wanted {
    pub rubric: Box<Seat>,
    pub official: bool,
    pub double: bool,
}

impl Wanted {
    pub(crate) fn outcome(self, at: Timestamp) -> Outcome {
        let Wanted { rubric, official, double } = self;
        Outcome::Rescored { rubric, official, double, at }
    }

    /// Whether this is what a debate is being scored with, and waits to be finished.
    fn is_under_way(&self, debate: &Debate) -> bool {
        match debate.rescoring() {
            Some((rubric, official)) => *rubric == *self.rubric && (official || !self.official),
            // The debate's first scoring goes on where its own rubric is wanted.
            None => !debate.is_over() && debate.rubric() == Some(&*self.rubric),
        }
    }
}

impl Engine {
    /// Have a debate that is over scored once more when it is run next. A scoring of the same kind that was cut off goes on instead; one
    /// of another kind is given up. Nothing is written yet.
    ///
    /// # Errors
    /// It is not over or was aborted; the rubric, its component or its provider is not there.
    pub async fn score_again(&self, roundtable: Roundtable, wanted: &Rescoring) -> Result<Roundtable, Error> {
        let debate = roundtable.debate();
        let id = || roundtable.id().clone();
        match debate.stop() {
            None => return Err(RescoringError::Unfinished(id()).into()),
            Some(stop) if stop.reason == StopReason::Aborted => {
                return Err(RescoringError::Aborted(id()).into());
            }
            Some(_) => {}
        }
        let rubric = self.rubric_of(debate.setup(), wanted).await?;
        let rubric = Box::new(rubric.ok_or_else(|| RescoringError::NoRubric(id()))?);
        let wanted = Wanted { rubric, official: wanted.official, double: wanted.double };
        let rescored = if wanted.is_under_way(debate) { None } else { Some(wanted) };
        Ok(roundtable.rescored(rescored))
    }
}
