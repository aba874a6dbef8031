//! How a debate stands with the rubrics that marked it: for each the latest marks, and which of them settle it.

use crate::{Event, Scores, Seat};

/// What one rubric made of the debate.
#[derive(Clone, Debug)]
pub(crate) struct Standing {
    /// The rubric, as the team file names it.
    pub rubric: String,
    /// The label of the model behind its last scoring, and the model; none where it was the debate's own rubric.
    pub model: Option<(String, String)>,
    /// Its latest marks.
    pub scores: Option<Scores>,
    /// Why its last scoring came to nothing, if so.
    pub failed: Option<String>,
}

/// All of them.
#[derive(Clone, Debug, Default)]
pub(crate) struct Standings {
    /// In the order in which they first marked.
    rubrics: Vec<Standing>,
    official: Option<String>,
    /// Why the debate is unscored, as long as it is.
    pub unscored: Option<String>,
    /// Who marks now, where it is not the debate's first scoring.
    opened: Option<Box<Seat>>,
}

impl Standings {
    pub(crate) fn apply(&mut self, event: &Event) {
        match event {
            Event::ScoringOpened { rubric, .. } => self.opened = Some(rubric.clone()),
            Event::Scored { scores, official, .. } => {
                if *official {
                    self.official = Some(scores.rubric.clone());
                    self.unscored = None;
                }
                self.note(&scores.rubric, Ok(scores));
            }
            Event::Unscored { why, rubric, official, .. } => {
                if *official {
                    self.unscored = Some(why.clone());
                }
                if let Some(rubric) = rubric {
                    self.note(rubric, Err(why));
                }
            }
            _ => {}
        }
    }

    fn note(&mut self, rubric: &str, result: Result<&Scores, &str>) {
        if !self.rubrics.iter().any(|standing| standing.rubric == rubric) {
            let rubric = rubric.to_owned();
            self.rubrics.push(Standing { rubric, model: None, scores: None, failed: None });
        }
        let Some(standing) = self.rubrics.iter_mut().find(|standing| standing.rubric == rubric) else {
            return;
        };
        standing.model = self.opened.as_ref().map(|seat| (seat.label.clone(), seat.model.clone()));
        standing.failed = result.err().map(str::to_owned);
        if let Ok(scores) = result {
            standing.scores = Some(scores.clone());
        }
    }

    /// What settles the debate.
    pub(crate) fn official(&self) -> Option<&Standing> {
        self.rubrics.iter().find(|standing| Some(&standing.rubric) == self.official.as_ref())
    }

    /// What is shown beside it. While nothing settles the debate there is nothing else: the first marks do.
    pub(crate) fn others(&self) -> impl Iterator<Item = &Standing> {
        let official = self.official.as_ref();
        self.rubrics.iter().filter(move |standing| official.is_some_and(|own| *own != standing.rubric))
    }
}
