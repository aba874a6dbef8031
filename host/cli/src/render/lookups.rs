//! What the Steward was asked, for people.

use std::fmt::Write as _;

use amatelier_debate::{CitationLine, LookupLine};

use super::{line, width};

/// The longest question and the longest reason on a line, in characters.
const WORDS: usize = 300;

// Writing to a String cannot fail, so the results below are dropped.

/// Every lookup as a block, then what speeches cited.
pub(crate) fn lookups(lookups: &[LookupLine], citations: &[CitationLine]) -> String {
    if lookups.is_empty() && citations.is_empty() {
        return "the Steward was asked nothing, and no speech cites a registered file\n".into();
    }
    let mut text = String::new();
    for lookup in lookups {
        block(&mut text, lookup);
    }
    if !citations.is_empty() {
        let _ = writeln!(text, "Cited in speeches");
        cited(&mut text, citations);
    }
    text
}

fn block(text: &mut String, lookup: &LookupLine) {
    let asked = lookup.asked_in.map_or("during a turn".into(), |seq| format!("in message {seq}"));
    let free = if lookup.free { ", free of charge" } else { "" };
    let label = lookup.label.as_deref().map(|label| format!(", of {}", line(label, 40))).unwrap_or_default();
    let _ = writeln!(text, "{}: asked by {} {asked}{free}{label}", line(&lookup.id, 100), lookup.agent);
    let _ = writeln!(text, "  {}", line(&lookup.question, WORDS));
    let given = lookup.seq.map_or("not posted".into(), |seq| format!("given in message {seq}"));
    let model =
        lookup.model.as_deref().map_or("without a model".into(), |model| format!("with {}", line(model, 80)));
    let _ = writeln!(text, "  {}, {given}, {model}, {} ms", lookup.outcome, lookup.milliseconds);
    if let Some(why) = why(lookup) {
        let _ = writeln!(text, "  {why}");
    }
    if lookup.outcome == "found" {
        for said in lookup.answer.lines() {
            let _ = writeln!(text, "    {}", line(said, WORDS));
        }
    }
    let places: Vec<String> = lookup.places().iter().map(|place| line(place, WORDS)).collect();
    if !places.is_empty() {
        let options =
            textwrap::Options::new(width()).initial_indent("  cites ").subsequent_indent("        ");
        let _ = writeln!(text, "{}", textwrap::fill(&places.join(", "), &options));
    }
    for struck in &lookup.struck {
        let _ = writeln!(text, "  struck {}", line(struck, WORDS));
    }
    for file in &lookup.files {
        let _ = writeln!(
            text,
            "  read {}, {} bytes, sha256 {}",
            line(&file.name, WORDS),
            file.bytes,
            file.sha256
        );
    }
    text.push('\n');
}

/// The places that speeches named, a line each.
pub(crate) fn cited(text: &mut String, citations: &[CitationLine]) {
    for citation in citations {
        let _ = writeln!(text, "  {}", line(&citation.told(), WORDS));
    }
}

/// Why there is no answer, as the answer begins.
fn why(lookup: &LookupLine) -> Option<String> {
    let has_answer = matches!(lookup.outcome.as_str(), "found" | "open");
    let first = lookup.answer.lines().find(|line| !line.trim().is_empty())?;
    (!has_answer).then(|| line(first, WORDS))
}

#[cfg(test)]
mod tests {
    use amatelier_types::{Citation, FileRead, MemberName, Sha256};

    use super::*;

    fn lookup() -> LookupLine {
        let citation = |first_line, last_line| Citation {
            file: "costs.json".into(),
            first_line,
            last_line,
            text: "x".into(),
            sha256: Sha256::of(b""),
        };
        LookupLine {
            id: "lookup/elena/1".into(),
            agent: MemberName::try_from("elena".to_owned()).unwrap(),
            question: "what does\nit cost \x1b[31m?".into(),
            asked_in: Some(3),
            label: Some("sonnet".into()),
            free: true,
            outcome: "found".into(),
            answer: "12 (costs.json:3)".into(),
            citations: vec![citation(3, 3), citation(5, 8), citation(9, 9), citation(10, 10)],
            struck: vec!["costs.json:99: `costs.json` has 20 lines".into()],
            files: vec![FileRead { name: "costs.json".into(), bytes: 812, sha256: Sha256::of(b"") }],
            model: Some("fake\x07".into()),
            seq: Some(9),
            milliseconds: 41,
        }
    }

    #[test]
    fn a_lookup_is_a_block_with_everything_that_is_known_of_it() {
        let mut failed =
            LookupLine { outcome: "failed".into(), answer: "No answer: why.\nmore".into(), ..lookup() };
        (failed.asked_in, failed.seq, failed.model, failed.label, failed.free) =
            (None, None, None, None, false);
        (failed.citations, failed.struck, failed.files) = (Vec::new(), Vec::new(), Vec::new());
        let cites = |seq, verified| CitationLine {
            seq,
            agent: lookup().agent,
            file: "costs.json".into(),
            first_line: 3,
            last_line: 4,
            verified,
        };
        insta::assert_snapshot!(lookups(&[lookup(), failed], &[cites(11, true), cites(12, false)]));
    }
}
