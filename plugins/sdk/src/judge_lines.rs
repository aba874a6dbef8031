//! For judges whose model writes text: the lines in it that mean something.
//!
//! A line counts only where it *starts* with one of the words, written in capitals: not inside a quotation (`>`), a code block or an
//! indented block, not in the middle of a sentence, and not when it concerns somebody who is not in the team. The order of the checks:
//! where the line stands, its word, its name, its separator, its reason. Whatever fails one of them is prose and means nothing, so
//! `Nobody deserves a GATE: ada said nothing new` pays nobody.
//!
//! | line | means |
//! |---|---|
//! | `REDIRECT [name]: reason` | come back to the question |
//! | `OFF-DIRECTIVE [name]: reason` | a sanction for being off the directive |
//! | `SANCTION [name] (offence): reason` | a sanction |
//! | `GATE: name — reason` | a gate bonus |
//! | `HALT [name]: reason` | the member sits out the rest of the round |
//! | `REMARK: text`, `DRIFT: text` | a remark to all |
//! | `CONVERGED: reason`, `CONTINUE: what is missing` | the verdict at a gate |
//! | `PASS` | nothing, like every other line |
//!
//! Brackets around names may be left out; colon, dash of any length, list bullets and bold type are all understood.

use std::iter;

use crate::{Intervention, Note, Sanction, Verdict};

/// What one line means.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum JudgeLine {
    /// Ask a member to come back to the question.
    Redirect {
        /// The member, as the team spells it.
        member: String,
        /// Why.
        reason: String,
    },
    /// A penalty.
    Sanction {
        /// The member, as the team spells it.
        member: String,
        /// In kebab-case, such as `off-directive`.
        offence: String,
        /// Why.
        reason: String,
    },
    /// A gate bonus.
    Gate {
        /// The member, as the team spells it.
        member: String,
        /// For what.
        reason: String,
    },
    /// The member sits out the rest of the round.
    Halt {
        /// The member, as the team spells it.
        member: String,
        /// Why.
        reason: String,
    },
    /// A remark to all.
    Remark(String),
    /// The debate is decided.
    Converged(String),
    /// The debate goes on.
    Continue(String),
}

/// The meaningful lines of a text, in their order. `team` is whom a line may concern.
pub fn parse<S: AsRef<str>>(text: &str, team: &[S]) -> Vec<JudgeLine> {
    let team: Vec<&str> = team.iter().map(AsRef::as_ref).collect();
    own_lines(text).filter_map(|line| parse_line(line, &team)).collect()
}

/// The interventions in a text; lines about the verdict mean nothing here.
pub fn interventions<S: AsRef<str>>(text: &str, team: &[S]) -> Vec<Intervention> {
    parse(text, team).into_iter().filter_map(JudgeLine::into_intervention).collect()
}

/// The verdict in a text. Where there are several the last one counts, as models think aloud first.
pub fn verdict(text: &str) -> Option<Verdict> {
    parse::<&str>(text, &[]).into_iter().rev().find_map(JudgeLine::into_verdict)
}

impl JudgeLine {
    fn into_intervention(self) -> Option<Intervention> {
        Some(match self {
            JudgeLine::Redirect { member, reason } => Intervention::Redirect(Note { member, reason }),
            JudgeLine::Gate { member, reason } => Intervention::Gate(Note { member, reason }),
            JudgeLine::Halt { member, reason } => Intervention::Halt(Note { member, reason }),
            JudgeLine::Sanction { member, offence, reason } => {
                Intervention::Sanction(Sanction { member, offence, reason })
            }
            JudgeLine::Remark(text) => Intervention::Remark(text),
            JudgeLine::Converged(_) | JudgeLine::Continue(_) => return None,
        })
    }

    fn into_verdict(self) -> Option<Verdict> {
        match self {
            JudgeLine::Converged(reason) => Some(Verdict::Converged(reason)),
            JudgeLine::Continue(missing) => Some(Verdict::Proceed(missing)),
            _ => None,
        }
    }
}

/// Lines that are the writer's own words: outside code blocks, quotations and indented blocks.
fn own_lines(text: &str) -> impl Iterator<Item = &str> {
    let mut lines = text.lines();
    // The character and the length of the fence that is open; one that is never closed runs to the end.
    let mut open: Option<(char, usize)> = None;
    iter::from_fn(move || {
        loop {
            let line = lines.next()?;
            let fence = fence(line);
            match (open, fence) {
                (None, Some((mark, length, _))) => open = Some((mark, length)),
                (Some((mark, length)), Some((closing, run, true))) if closing == mark && run >= length => {
                    open = None
                }
                (Some(_), _) => {}
                (None, None) if is_indented(line) || line.trim_start().starts_with('>') => {}
                (None, None) => return Some(line),
            }
        }
    })
}

/// A line of three or more backticks or tildes: the character, how many, and whether nothing follows, as at the end of a block.
fn fence(line: &str) -> Option<(char, usize, bool)> {
    let line = line.trim();
    let mark = line.chars().next().filter(|mark| matches!(mark, '`' | '~'))?;
    let rest = line.trim_start_matches(mark);
    let length = line.len() - rest.len();
    (length >= 3).then_some((mark, length, rest.is_empty()))
}

/// Code by indentation: four blanks or a tab.
fn is_indented(line: &str) -> bool {
    line.starts_with("    ") || line.starts_with('\t')
}

fn parse_line(line: &str, team: &[&str]) -> Option<JudgeLine> {
    let (word, rest) = word(without_bullet(line))?;
    match word {
        "REMARK" | "DRIFT" => Some(JudgeLine::Remark(after_separator(rest)?)),
        "CONVERGED" => after_separator(rest).filter(|reason| !is_denial(reason)).map(JudgeLine::Converged),
        "CONTINUE" => Some(JudgeLine::Continue(after_separator(rest)?)),
        _ => about_a_member(word, rest, team),
    }
}

fn about_a_member(word: &str, rest: &str, team: &[&str]) -> Option<JudgeLine> {
    let (member, rest) = member(rest, team)?;
    if word == "SANCTION" {
        let (offence, rest) = offence(rest)?;
        return Some(JudgeLine::Sanction { member, offence, reason: after_separator(rest)? });
    }
    let reason = after_separator(rest)?;
    match word {
        "REDIRECT" => Some(JudgeLine::Redirect { member, reason }),
        "OFF-DIRECTIVE" => Some(JudgeLine::Sanction { member, offence: "off-directive".into(), reason }),
        "GATE" => Some(JudgeLine::Gate { member, reason }),
        "HALT" => Some(JudgeLine::Halt { member, reason }),
        _ => None,
    }
}

fn without_bullet(line: &str) -> &str {
    let line = line.trim();
    ["- ", "* ", "• "]
        .iter()
        .find_map(|bullet| line.strip_prefix(bullet))
        .unwrap_or(line)
        .trim_start_matches(is_decoration)
}

/// Bold, italics, and the blanks between them.
fn is_decoration(c: char) -> bool {
    c == '*' || c == '_' || c.is_whitespace()
}

/// The capitals (and dashes between them) that a line starts with, and what follows. A letter or digit may not: `GATES` is no `GATE`.
fn word(line: &str) -> Option<(&str, &str)> {
    let end = line.find(|c: char| !c.is_ascii_uppercase() && c != '-').unwrap_or(line.len());
    let (word, rest) = line.split_at(end);
    let word_only = word.trim_end_matches('-');
    let rest = line.get(word_only.len()..).unwrap_or(rest);
    let ends = rest.chars().next().is_none_or(|c| !c.is_alphanumeric());
    (!word_only.is_empty() && ends).then_some((word_only, rest))
}

/// A name of the team, in brackets or not, and what follows it. The longest name that fits is meant.
fn member<'a>(rest: &'a str, team: &[&str]) -> Option<(String, &'a str)> {
    let rest = rest.trim_start_matches(|c: char| is_decoration(c) || is_separator(c));
    let (rest, bracketed) =
        rest.strip_prefix('[').map_or((rest, false), |inside| (inside.trim_start(), true));
    let fits = |name: &&&str| {
        rest.get(..name.len()).is_some_and(|start| start.eq_ignore_ascii_case(name))
            && rest.get(name.len()..).is_some_and(ends_a_name)
    };
    let name = team.iter().filter(fits).max_by_key(|name| name.len())?;
    let rest = rest.get(name.len()..)?;
    let rest = if bracketed { rest.trim_start().strip_prefix(']')? } else { rest };
    Some(((*name).into(), rest))
}

/// `jean` is not named by `jean-luc`, but it is by `jean - because`.
fn ends_a_name(rest: &str) -> bool {
    let mut characters = rest.chars();
    match characters.next() {
        None => true,
        Some('-') => characters.next().is_none_or(|c| !c.is_alphanumeric()),
        Some(c) => !c.is_alphanumeric(),
    }
}

/// What stands in parentheses, in kebab-case, and what follows.
fn offence(rest: &str) -> Option<(String, &str)> {
    let rest = rest.trim_start_matches(is_decoration).strip_prefix('(')?;
    let (offence, rest) = rest.split_once(')')?;
    let words: Vec<String> = offence.split_whitespace().map(str::to_lowercase).collect();
    (!words.is_empty()).then(|| (words.join("-"), rest))
}

/// The rest of the line behind its separator; a line without one, or with nothing behind it, gives no reason and means nothing.
fn after_separator(rest: &str) -> Option<String> {
    let rest = rest.trim_start_matches(is_decoration);
    let reason = rest.strip_prefix(is_separator)?;
    let reason = reason.trim_start_matches(|c: char| is_separator(c) || is_decoration(c)).trim_end();
    (!reason.is_empty()).then(|| reason.into())
}

fn is_separator(c: char) -> bool {
    matches!(c, ':' | '-' | '–' | '—')
}

/// `CONVERGED: not yet` says the opposite. Ending a debate by mistake is worse than a round too many, so a doubtful line counts as one.
fn is_denial(reason: &str) -> bool {
    let mut words = reason.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    let first = words.next().unwrap_or_default().to_lowercase();
    let stands_alone =
        reason.get(first.len()..).is_none_or(|rest| !rest.starts_with(' ') || words.next().is_none());
    matches!(first.as_str(), "not" | "never" | "false" | "hardly") || (first == "no" && stands_alone)
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEAM: [&str; 4] = ["ada", "grace", "jean", "jean-luc"];

    fn redirect(member: &str, reason: &str) -> JudgeLine {
        JudgeLine::Redirect { member: member.into(), reason: reason.into() }
    }

    fn gate(member: &str, reason: &str) -> JudgeLine {
        JudgeLine::Gate { member: member.into(), reason: reason.into() }
    }

    fn sanction(member: &str, offence: &str, reason: &str) -> JudgeLine {
        JudgeLine::Sanction { member: member.into(), offence: offence.into(), reason: reason.into() }
    }

    #[test]
    fn every_form_is_understood() {
        let cases = [
            ("REDIRECT [ada]: back to cost", redirect("ada", "back to cost")),
            ("REDIRECT ada: back to cost", redirect("ada", "back to cost")),
            ("REDIRECT: ada — back to cost", redirect("ada", "back to cost")),
            ("OFF-DIRECTIVE [grace]: speaks of ships", sanction("grace", "off-directive", "speaks of ships")),
            (
                "SANCTION ada (hallucination): no such paper",
                sanction("ada", "hallucination", "no such paper"),
            ),
            ("SANCTION [Ada] (Off Directive) — ships", sanction("ada", "off-directive", "ships")),
            ("GATE: ada — names the trade-off", gate("ada", "names the trade-off")),
            ("GATE: [ada] – names it", gate("ada", "names it")),
            ("GATE: ADA - names it: twice", gate("ada", "names it: twice")),
            ("GATE ada: names it", gate("ada", "names it")),
            ("**GATE:** ada — names it", gate("ada", "names it")),
            ("- **GATE: ada** — names it", gate("ada", "names it")),
            ("  GATE: jean-luc - it", gate("jean-luc", "it")),
            ("GATE: jean - it", gate("jean", "it")),
            ("HALT [ada]: repeats", JudgeLine::Halt { member: "ada".into(), reason: "repeats".into() }),
            ("REMARK: slow down", JudgeLine::Remark("slow down".into())),
            ("DRIFT — towards ships", JudgeLine::Remark("towards ships".into())),
            ("CONVERGED: all agree on B", JudgeLine::Converged("all agree on B".into())),
            ("CONVERGED: no objection is left", JudgeLine::Converged("no objection is left".into())),
            ("CONTINUE: cost is open", JudgeLine::Continue("cost is open".into())),
        ];
        for (line, expected) in cases {
            assert_eq!(parse(line, &TEAM), [expected], "{line}");
        }
    }

    #[test]
    fn prose_means_nothing() {
        for line in [
            "PASS",
            "",
            "I would not write GATE: ada — yet",
            "Nobody earns a GATE: ada — nothing new",
            "NOT CONVERGED: cost is open",
            "CONVERGED: not yet, cost is open",
            "CONVERGED: No.",
            "CONVERGED: no, cost is open",
            "CONVERGED",
            "CONVERGED:",
            "converged: all agree",
            "Gate: ada — names it",
            "GATES: ada — names it",
            "GATE: bob — names it",
            "GATE: adam — names it",
            "GATE: jean-paul - it",
            "GATE: nobody — nothing new",
            "GATE: ada",
            "GATE: ada was close",
            "HALT ada is too strong a word",
            "GATE: [ada — names it",
            "SANCTION ada: no offence named",
            "SANCTION ada (): empty",
            "REMARK:",
            "\"GATE: ada — names it\"",
            "`GATE: ada — names it`",
        ] {
            assert_eq!(parse(line, &TEAM), [], "{line}");
        }
    }

    #[test]
    fn quotations_and_code_are_not_the_judges_own_words() {
        let text = "> GATE: ada — quoted\n\
                    \x20 > GATE: ada — quoted deeper\n\
                    ```\nGATE: ada — code\n~~~\nGATE: ada — still code\n```\n\
                    \x20   GATE: ada — indented\n\
                    \tGATE: ada — indented\n\
                    ````text\n```\nGATE: ada — a shorter fence closes nothing\n````\n\
                    GATE: grace — her own\n\
                    ~~~\nGATE: ada — never closed";
        assert_eq!(parse(text, &TEAM), [gate("grace", "her own")]);
    }

    #[test]
    fn several_lines_keep_their_order() {
        let text = "Some thoughts first.\nGATE: ada — one\nREDIRECT [grace]: two\r\nREMARK: three\n";
        let expected = [gate("ada", "one"), redirect("grace", "two"), JudgeLine::Remark("three".into())];
        assert_eq!(parse(text, &TEAM), expected);
        assert_eq!(interventions(text, &TEAM).len(), 3);
    }

    #[test]
    fn the_last_verdict_counts_and_is_no_intervention() {
        let text = "CONTINUE: cost\nOn reflection:\nCONVERGED: all agree";
        assert_eq!(verdict(text), Some(Verdict::Converged("all agree".into())));
        assert_eq!(verdict("CONTINUE: cost"), Some(Verdict::Proceed("cost".into())));
        assert_eq!(verdict("PASS"), None);
        assert_eq!(interventions(text, &TEAM), []);
    }
}
