//! Tags in speeches: requests to the Steward and ventures.
//!
//! A tag inside a quotation (a line that starts with `>`), a code fence or inline code is somebody else's, or an example: it does
//! not count. Everything else about a speech is left as it was written.

use crate::VentureTier;

/// The longest idea kept, in characters (§8 of the facts).
const IDEA_CHARS: usize = 200;

/// Requests and ventures of one speech: more than anybody could pay for, and few enough that a speech made of nothing but tags costs no
/// more than another. Tags beyond are text.
const TAGS: usize = 16;

/// The texts of the first 16 `[[request: …]]` tags, in order; they may span lines, empty ones do not count.
pub fn requests(speech: &str) -> Vec<String> {
    let own = own_words(speech);
    let mut found = Vec::new();
    let mut rest = own.as_str();
    while let Some(start) = rest.find("[[").filter(|_| found.len() < TAGS) {
        let (_, after) = rest.split_at(start + 2);
        rest = after;
        let head = after.trim_start();
        let is_request = head.get(..8).is_some_and(|word| word.eq_ignore_ascii_case("request:"));
        if !is_request {
            continue;
        }
        let body = head.split_at(8).1;
        let Some(end) = body.find("]]") else { break };
        let (text, after) = body.split_at(end);
        let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
        if !text.is_empty() {
            found.push(text);
        }
        rest = after;
    }
    found
}

/// The first 16 venture tags, in order: `<SCOUT>…`, `<VENTURE>…`, `<MOONSHOT>…`, in any case. The closing tag is optional (then the text goes to
/// the end of the speech); the first line that is not empty is the idea, cut at 200 characters.
pub fn ventures(speech: &str) -> Vec<(VentureTier, String)> {
    let own = own_words(speech);
    let lower = own.to_ascii_lowercase();
    let mut found = Vec::new();
    let mut from = 0;
    for _ in 0..TAGS {
        let Some((start, tier)) = next_tag(&lower, from) else { break };
        let body_start = start + tier.name().len() + 2;
        let close = format!("</{}>", tier.name());
        let own_end = lower.get(body_start..).and_then(|rest| rest.find(&close)).map(|end| body_start + end);
        let next_start = next_tag(&lower, body_start).map(|(start, _)| start);
        let end = [own_end, next_start].into_iter().flatten().min().unwrap_or(own.len());
        let body = own.get(body_start..end).unwrap_or_default();
        if let Some(idea) = body.lines().map(str::trim).find(|line| !line.is_empty()) {
            found.push((tier, idea.chars().take(IDEA_CHARS).collect()));
        }
        from = end.max(body_start);
    }
    found
}

/// The first opening tag at or after `from`, in a text in lower case.
fn next_tag(lower: &str, from: usize) -> Option<(usize, VentureTier)> {
    let rest = lower.get(from..)?;
    VentureTier::ALL
        .into_iter()
        .filter_map(|tier| rest.find(&format!("<{}>", tier.name())).map(|start| (from + start, tier)))
        .min_by_key(|(start, _)| *start)
}

/// The speech without quotations and code; what is left out leaves its line breaks.
fn own_words(speech: &str) -> String {
    let mut own = String::with_capacity(speech.len());
    let mut fenced = false;
    for line in speech.lines() {
        let text = line.trim_start();
        let fence = text.starts_with("```") || text.starts_with("~~~");
        if fence {
            fenced = !fenced;
        } else if !fenced && !text.starts_with('>') {
            push_without_inline_code(&mut own, line);
        }
        own.push('\n');
    }
    own
}

/// A back-tick without a partner on its line is a back-tick.
fn push_without_inline_code(own: &mut String, line: &str) {
    let mut rest = line;
    while let Some(start) = rest.find('`') {
        let (before, opened) = rest.split_at(start);
        own.push_str(before);
        let code = opened.split_at(1).1;
        match code.find('`') {
            Some(end) => rest = code.split_at(end + 1).1,
            None => {
                own.push('`');
                rest = code;
            }
        }
    }
    own.push_str(rest);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn requests_are_found_outside_quotes_and_code_only() {
        for (speech, expected) in [
            ("I need [[request: count rows in a.csv]] now.", vec!["count rows in a.csv"]),
            ("[[REQUEST: one]] and [[ request:\n two\n lines ]]", vec!["one", "two lines"]),
            ("[[request: ]] [[other: x]] [[request: kept]]", vec!["kept"]),
            ("> Simon wrote [[request: his]]\nmine: [[request: mine]]", vec!["mine"]),
            ("```\n[[request: code]]\n```\nand `[[request: inline]]`", vec![]),
            ("a lone ` and [[request: still here]]", vec!["still here"]),
            ("[[request: never closed", vec![]),
            ("é[[requést: no]] [[request: ü]]", vec!["ü"]),
        ] {
            assert_eq!(requests(speech), expected, "{speech}");
        }
    }

    #[test]
    fn a_speech_of_nothing_but_tags_is_read_as_far_as_somebody_means_it() {
        for (tag, ventures_found, requests_found) in [
            ("<scout>a\n", TAGS, 0),
            ("<scout>", 0, 0),
            ("[[request: a]]", 0, TAGS),
            ("[[request:]]", 0, 0),
            ("[[", 0, 0),
        ] {
            let speech = tag.repeat(100_000);
            assert_eq!(
                (ventures(&speech).len(), requests(&speech).len()),
                (ventures_found, requests_found),
                "{tag}"
            );
        }
    }

    #[test]
    fn ventures_take_the_first_line_and_need_no_closing_tag() {
        use VentureTier::{Moonshot, Scout, Venture};
        let one = |tier, idea: &str| vec![(tier, idea.to_owned())];
        for (speech, expected) in [
            ("<SCOUT>Try it</SCOUT> then", one(Scout, "Try it")),
            ("<venture>\n  Line one\nline two", one(Venture, "Line one")),
            ("> <MOONSHOT>quoted</MOONSHOT>", vec![]),
            ("<SCOUT></SCOUT>", vec![]),
            ("<SCOUT>a <MOONSHOT>b", vec![(Scout, "a".to_owned()), (Moonshot, "b".to_owned())]),
        ] {
            assert_eq!(ventures(speech), expected, "{speech}");
        }
        let long = format!("<SCOUT>{}", "é".repeat(300));
        assert_eq!(ventures(&long).first().unwrap().1.chars().count(), 200);
    }
}
