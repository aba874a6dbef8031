//! What the Steward was asked and what speeches cite, as the digest tells it.

use std::collections::BTreeSet;

use amatelier_types::{Citation, FileRead, MemberName};
use serde::{Deserialize, Serialize};

use crate::{
    SpeechCitation,
    record::{LookupRecord, Record},
};

/// The most places of an answer that are told on one line.
const TOLD_PLACES: usize = 3;
/// The most characters of a question that are told on one line.
const TOLD_CHARS: usize = 100;

/// A request to the Steward and its answer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LookupLine {
    /// Its id.
    pub id: String,
    /// Who asked.
    pub agent: MemberName,
    /// What, in its own words.
    pub question: String,
    /// The message it stands in; none when a component asked during its turn.
    pub asked_in: Option<u32>,
    /// The label of the model that its asker chose.
    pub label: Option<String>,
    /// Whether it was one of those that cost no request.
    pub free: bool,
    /// `found`, `not-found`, `failed`, or `open` when the debate ended before.
    pub outcome: String,
    /// The whole answer.
    pub answer: String,
    /// Where it stands.
    pub citations: Vec<Citation>,
    /// Citations of the model that the files do not bear out.
    pub struck: Vec<String>,
    /// What was read for it.
    pub files: Vec<FileRead>,
    /// The model that helped; none when the grammar sufficed.
    pub model: Option<String>,
    /// The message that gave it to its asker, if one did.
    pub seq: Option<u32>,
    /// From call to end, in milliseconds; 0 for one that a component made during its turn.
    pub milliseconds: i64,
}

impl LookupLine {
    pub(crate) fn of(record: &Record, lookup: &LookupRecord) -> Self {
        let turn = record.turns.iter().find(|turn| turn.action == lookup.action);
        let took = turn.and_then(|turn| Some(turn.ended.as_ref()?.2.0.saturating_sub(turn.called_at.0)));
        let finding = lookup.finding.as_ref();
        LookupLine {
            id: lookup.action.to_string(),
            agent: lookup.asker.clone(),
            question: lookup.question.clone(),
            asked_in: lookup.seq,
            label: lookup.label.clone(),
            free: lookup.free,
            outcome: finding.map_or("open", |finding| finding.outcome.name()).into(),
            answer: finding.map(|finding| finding.text.clone()).unwrap_or_default(),
            citations: finding.map(|finding| finding.citations.clone()).unwrap_or_default(),
            struck: finding.map(|finding| finding.struck.clone()).unwrap_or_default(),
            files: finding.map(|finding| finding.files.clone()).unwrap_or_default(),
            model: finding.and_then(|finding| finding.model.clone()),
            seq: lookup.given,
            milliseconds: took.unwrap_or_default(),
        }
    }

    /// Where the answer stands, each place once, as `file:line` or `file:line-line`.
    pub fn places(&self) -> Vec<String> {
        let mut places: Vec<String> = self.citations.iter().map(Citation::place).collect();
        let mut seen = BTreeSet::new();
        places.retain(|place| seen.insert(place.clone()));
        places
    }

    /// The lookup on one line: who asked what, how it ended, and the first places where the answer stands.
    pub fn told(&self) -> String {
        let mut places = self.places();
        let more = places.len().saturating_sub(TOLD_PLACES);
        places.truncate(TOLD_PLACES);
        let mut at = if places.is_empty() { String::new() } else { format!(" at {}", places.join(", ")) };
        if more > 0 {
            at.push_str(&format!(" and {more} more"));
        }
        let struck =
            if self.struck.is_empty() { String::new() } else { format!(", {} struck", self.struck.len()) };
        let mut question: String = self.question.chars().take(TOLD_CHARS).collect();
        if question.len() < self.question.len() {
            question.push('…');
        }
        format!("{}: {question}: {}{at}{struck}", self.agent, self.outcome)
    }
}

/// A place in a registered file that a speech named.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CitationLine {
    /// The message.
    pub seq: u32,
    /// Who cited.
    pub agent: MemberName,
    /// The file.
    pub file: String,
    /// From 1.
    pub first_line: u32,
    /// The last one, included.
    pub last_line: u32,
    /// Whether a finding that was given before says something about these lines.
    pub verified: bool,
}

impl CitationLine {
    pub(crate) fn of(citation: &SpeechCitation) -> Self {
        CitationLine {
            seq: citation.seq,
            agent: citation.member.clone(),
            file: citation.file.clone(),
            first_line: citation.first_line,
            last_line: citation.last_line,
            verified: citation.verified,
        }
    }

    /// The citation on one line; a ✓ stands before what a finding bears out.
    pub fn told(&self) -> String {
        let CitationLine { seq, agent, file, first_line, last_line, verified } = self;
        let (mark, unsure) = if *verified { ("✓", "") } else { ("?", ", in no finding") };
        let last = if first_line == last_line { String::new() } else { format!("-{last_line}") };
        format!("{mark} {file}:{first_line}{last} by {agent} in message {seq}{unsure}")
    }
}

#[cfg(test)]
mod tests {
    use amatelier_types::Sha256;

    use super::*;

    fn lookup(lines: &[u32]) -> LookupLine {
        let citation = |line: &u32| Citation {
            file: "costs.json".into(),
            first_line: *line,
            last_line: *line,
            text: "x".into(),
            sha256: Sha256::of(b""),
        };
        LookupLine {
            id: "lookup/elena/1".into(),
            agent: MemberName::try_from("elena".to_owned()).unwrap(),
            question: "lines 3-9 of costs.json".into(),
            asked_in: Some(3),
            label: None,
            free: false,
            outcome: "found".into(),
            answer: "x".into(),
            citations: lines.iter().map(citation).collect(),
            struck: Vec::new(),
            files: Vec::new(),
            model: None,
            seq: Some(4),
            milliseconds: 1,
        }
    }

    #[test]
    fn a_line_has_each_place_once_and_only_a_few() {
        let head = "elena: lines 3-9 of costs.json: found";
        for (lines, expected) in [
            (&[][..], ""),
            (&[3, 3, 3], " at costs.json:3"),
            (&[3, 5, 3, 7], " at costs.json:3, costs.json:5, costs.json:7"),
            (&[1, 2, 3, 4, 5], " at costs.json:1, costs.json:2, costs.json:3 and 2 more"),
        ] {
            assert_eq!(lookup(lines).told(), format!("{head}{expected}"));
        }
        let struck = LookupLine { struck: vec!["a".into(), "b".into()], ..lookup(&[3]) };
        assert!(struck.told().ends_with("costs.json:3, 2 struck"));
        let long = LookupLine { question: "é".repeat(101), ..lookup(&[]) };
        assert_eq!(long.told(), format!("elena: {}…: found", "é".repeat(100)));
    }

    #[test]
    fn a_citation_says_whether_a_finding_bears_it_out() {
        let LookupLine { agent, .. } = lookup(&[]);
        let file = "costs.json".to_owned();
        let cited = CitationLine { seq: 9, agent, file, first_line: 3, last_line: 3, verified: true };
        assert_eq!(cited.told(), "✓ costs.json:3 by elena in message 9");
        let unsure = CitationLine { last_line: 5, verified: false, ..cited };
        assert_eq!(unsure.told(), "? costs.json:3-5 by elena in message 9, in no finding");
    }
}
