//! The answer of a model, held against the files.

use super::protocol::{Answer, Claim};
use amatelier_types::cited_in;

use crate::{
    Citation, Desk, FileRead, Halted, Observation, Operation, Outcome,
    place::place,
    plain::{cut_marked, plain},
};

/// The most citations of an answer that are checked.
const CITATIONS: usize = 20;
/// The longest answer and the longest quote that are kept, in bytes.
const TEXT_BYTES: usize = 16 << 10;
/// What stands behind a place in an answer that no true citation covers.
const MARK: &str = " [struck: not confirmed]";

/// What is left of an answer.
#[derive(Debug)]
pub(crate) struct Verdict {
    pub(crate) text: String,
    pub(crate) citations: Vec<Citation>,
    pub(crate) struck: Vec<String>,
    pub(crate) files: Vec<FileRead>,
    pub(crate) outcome: Outcome,
}

/// Check every citation of an answer, strike those that are not true, and say what is left. An answer of which nothing is left is
/// withheld: it would be a guess.
pub(crate) async fn of(desk: &dyn Desk, answer: Answer, looked_at: &[String]) -> Result<Verdict, Halted> {
    let mut verdict = Verdict {
        text: String::new(),
        citations: Vec::new(),
        struck: Vec::new(),
        files: Vec::new(),
        outcome: Outcome::Found,
    };
    let more = answer.citations.len().saturating_sub(CITATIONS);
    for claim in answer.citations.into_iter().take(CITATIONS) {
        verdict.check(desk, claim).await?;
    }
    if more > 0 {
        verdict.struck.push(format!("{more} more citations: only {CITATIONS} are checked"));
    }
    let own = marked(&cut_marked(&answer.answer, TEXT_BYTES), desk, &verdict.citations);
    let mut sections = Vec::new();
    if !answer.found {
        verdict.outcome = Outcome::NotFound;
        sections.push(format!("Not found: {own}"));
    } else if verdict.citations.is_empty() {
        let why = "none of the citations of the answer is true, so it is withheld".to_owned();
        sections.push(format!("No answer: {why}."));
        verdict.outcome = Outcome::Failed { why };
    } else {
        sections.push(own);
    }
    let sources: Vec<String> = verdict
        .citations
        .iter()
        .map(|citation| format!("{}: \"{}\"", citation.place(), one_line(&citation.text)))
        .collect();
    sections.extend(list("Sources", &sources));
    sections.extend(list("Struck", &verdict.struck));
    if verdict.outcome != Outcome::Found {
        sections.extend(list("Looked at", looked_at));
    }
    verdict.text = sections.join("\n\n");
    Ok(verdict)
}

impl Verdict {
    async fn check(&mut self, desk: &dyn Desk, claim: Claim) -> Result<(), Halted> {
        let Claim { file, first_line, last_line, quote } = claim;
        let last_line = last_line.unwrap_or(first_line);
        let at = place(&plain(&file), first_line, last_line);
        if quote.trim().is_empty() || quote.len() > TEXT_BYTES {
            self.struck.push(format!("{at}: there is no quote to compare"));
            return Ok(());
        }
        let check = Operation::Check { file: file.clone(), first_line, last_line, quote: quote.clone() };
        match desk.perform(check).await? {
            Ok(Observation::Checked(checked)) => {
                if checked.holds {
                    let citation =
                        Citation { file, first_line, last_line, text: quote, sha256: checked.file.sha256 };
                    if !self.citations.contains(&citation) {
                        self.citations.push(citation);
                    }
                } else {
                    self.struck.push(format!("{at}: these lines do not have the quoted words"));
                }
                self.files.push(checked.file);
            }
            Ok(_) => self.struck.push(format!("{at}: it could not be compared")),
            Err(refusal) => self.struck.push(format!("{at}: {refusal}")),
        }
        Ok(())
    }
}

/// The text with a mark behind every place in it that no true citation covers.
fn marked(text: &str, desk: &dyn Desk, citations: &[Citation]) -> String {
    let mut out = String::with_capacity(text.len());
    let mut from = 0;
    for cited in cited_in(text, desk.files()) {
        let is_covered = citations.iter().any(|citation| {
            citation.file == cited.file
                && citation.first_line <= cited.first_line
                && cited.last_line <= citation.last_line
        });
        out.push_str(text.get(from..cited.at.end).unwrap_or_default());
        out.push_str(if is_covered { "" } else { MARK });
        from = cited.at.end;
    }
    out.push_str(text.get(from..).unwrap_or_default());
    out
}

fn list(title: &str, items: &[String]) -> Option<String> {
    (!items.is_empty()).then(|| format!("{title}:\n- {}", items.join("\n- ")))
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
