//! Marks as the digest shows them: those that settle the debate, and those of other rubrics beside them.

use std::collections::BTreeMap;

use amatelier_types::{Axis, Insight, MemberName};
use serde::{Deserialize, Serialize};

use crate::{
    Scores, Setup, StopReason,
    record::Record,
    score::{is_one, one},
    standing::Standing,
};

/// The marks that settle the debate.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ScoringSection {
    /// As `scoring_status`.
    pub status: String,
    /// Why it is unscored, then.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
    /// Who marked.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub rubric: Option<String>,
    /// The dimensions' ids, in order.
    pub axes: Vec<String>,
    /// One per worker.
    pub scores: Vec<MemberScore>,
    /// What the host changed, and where ballots differed.
    pub notes: Vec<String>,
    /// How many ballots the marks come from.
    #[serde(default = "one", skip_serializing_if = "is_one")]
    pub ballots: u32,
    /// The debate.
    pub rt_id: String,
}

/// What a rubric marked that does not settle the debate.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OtherScores {
    /// The rubric.
    pub rubric: String,
    /// The label of its model; none for the rubric that the debate was opened with, which is among the members.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub label: Option<String>,
    /// The model.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub model: Option<String>,
    /// `complete`, or `unscored` where it never gave marks.
    pub status: String,
    /// Why it is unscored, then.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
    /// The dimensions' ids, in order.
    pub axes: Vec<String>,
    /// One per worker.
    pub scores: Vec<MemberScore>,
    /// What the host changed, and where ballots differed.
    pub notes: Vec<String>,
    /// How many ballots the marks come from.
    #[serde(default = "one", skip_serializing_if = "is_one")]
    pub ballots: u32,
}

/// The marks of a worker.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct MemberScore {
    /// The worker.
    pub agent: MemberName,
    /// All marks added up.
    pub score: u32,
    /// The same, under the name that readers of the Python system's digest look for (§21.3 of the facts).
    pub total: u32,
    /// The marks by axis.
    pub axes: BTreeMap<String, u32>,
    /// The reasons, one line per axis.
    pub reasoning: String,
    /// The messages that marks rest on, by axis; axes whose mark names none are left out.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub evidence: BTreeMap<String, Vec<u32>>,
    /// Evidence for extraordinary marks.
    pub grand_insight: Vec<Insight>,
    /// The rubric.
    pub scored_by: String,
    /// Sparks from this debate, fee included; none while it is not settled.
    pub sparks_earned: Option<i64>,
    /// The balance after it; none while it is not settled.
    pub sparks_balance: Option<i64>,
}

impl MemberScore {
    /// What the marks rest on, in words and in the order of these axes; none where no mark names a message.
    pub fn told_evidence(&self, axes: &[String]) -> Option<String> {
        let on = |axis: &String| {
            let seqs: Vec<String> = self.evidence.get(axis)?.iter().map(u32::to_string).collect();
            Some(format!("{axis} {}", seqs.join(", ")))
        };
        let told: Vec<String> = axes.iter().filter_map(on).collect();
        if told.is_empty() { None } else { Some(format!("rests on messages: {}", told.join("; "))) }
    }
}

impl ScoringSection {
    pub(crate) fn of(setup: &Setup, record: &Record) -> Self {
        let aborted = record.stop.as_ref().is_some_and(|stop| stop.reason == StopReason::Aborted);
        let (official, unscored) = (record.standings.official(), record.standings.unscored.as_ref());
        let status = match (official, unscored) {
            (Some(_), _) => "complete",
            (None, Some(_)) => "unscored",
            (None, None) if aborted => "unscored",
            (None, None) => "pending",
        };
        let scores = official.and_then(|standing| standing.scores.as_ref());
        ScoringSection {
            status: status.into(),
            reason: unscored.cloned().or_else(|| aborted.then(|| "the debate was aborted".to_owned())),
            rubric: official.map(|standing| standing.rubric.clone()),
            axes: axes(scores),
            scores: marks(scores),
            notes: official.map(notes).unwrap_or_default(),
            ballots: scores.map_or(1, |scores| scores.ballots),
            rt_id: setup.id.to_string(),
        }
    }
}

impl OtherScores {
    pub(crate) fn of(standing: &Standing) -> Self {
        let scores = standing.scores.as_ref();
        let (label, model) = standing.model.clone().unzip();
        OtherScores {
            rubric: standing.rubric.clone(),
            label,
            model,
            status: if scores.is_some() { "complete" } else { "unscored" }.into(),
            reason: standing.failed.clone().filter(|_| scores.is_none()),
            axes: axes(scores),
            scores: marks(scores),
            notes: notes(standing),
            ballots: scores.map_or(1, |scores| scores.ballots),
        }
    }
}

fn axes(scores: Option<&Scores>) -> Vec<String> {
    scores.iter().flat_map(|scores| &scores.axes).map(|axis: &Axis| axis.id.clone()).collect()
}

/// What is to be known about marks; that they could not be given anew, too.
fn notes(standing: &Standing) -> Vec<String> {
    let Some(scores) = &standing.scores else { return Vec::new() };
    let failed = standing.failed.iter().map(|why| format!("scoring again came to nothing: {why}"));
    scores.notes.iter().cloned().chain(failed).collect()
}

fn marks(scores: Option<&Scores>) -> Vec<MemberScore> {
    let Some(scores) = scores else { return Vec::new() };
    let cards = scores.cards.iter();
    cards
        .map(|card| MemberScore {
            agent: card.member.clone(),
            score: card.total(),
            total: card.total(),
            axes: card.marks.iter().map(|mark| (mark.axis.clone(), mark.value)).collect(),
            reasoning: card
                .marks
                .iter()
                .map(|mark| format!("{}: {}", mark.axis, mark.because))
                .collect::<Vec<_>>()
                .join("\n"),
            evidence: card
                .marks
                .iter()
                .filter(|mark| !mark.evidence.is_empty())
                .map(|mark| (mark.axis.clone(), mark.evidence.clone()))
                .collect(),
            grand_insight: card.insights.clone(),
            scored_by: scores.rubric.clone(),
            sparks_earned: None,
            sparks_balance: None,
        })
        .collect()
}
