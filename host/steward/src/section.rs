//! The section of a briefing that registers files.
//!
//! It begins with a heading line that starts with `## Steward` and has "file" in it, in any case, and ends at the next line that
//! starts with `##`, or at the next heading of the first level. Every `- path` line in it is an entry; other lines are prose. A
//! heading inside a code fence is an example of one.

use serde::{Deserialize, Serialize};

/// One line that registers a file, or, as a glob, several.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entry {
    /// Its line in the briefing, counted from 1.
    pub line: u32,
    /// The path or the glob as written, without a trailing `(comment)`.
    pub text: String,
}

/// What a briefing registers.
pub fn entries(briefing: &str) -> Vec<Entry> {
    let mut found = Vec::new();
    let mut is_inside = false;
    let mut fence = None;
    for (number, line) in briefing.lines().enumerate() {
        let number = u32::try_from(number).unwrap_or(u32::MAX).saturating_add(1);
        let line = line.trim_start_matches('\u{feff}');
        if let Some(mark) = fence_mark(line) {
            match fence {
                None => fence = Some(mark),
                Some(open) if open == mark => fence = None,
                Some(_) => {}
            }
            continue;
        }
        if fence.is_none() && (line.starts_with("##") || line.starts_with("# ")) {
            is_inside = opens_section(line);
        } else if is_inside && let Some(item) = line.trim_start().strip_prefix("- ") {
            let text = without_comment(item.trim());
            if !text.is_empty() {
                found.push(Entry { line: number, text: text.to_owned() });
            }
        }
    }
    found
}

fn opens_section(line: &str) -> bool {
    let lower = line.to_lowercase();
    lower.strip_prefix("##").is_some_and(|title| title.trim_start().starts_with("steward"))
        && !lower.starts_with("###")
        && lower.contains("file")
}

/// The character that a code fence is made of.
fn fence_mark(line: &str) -> Option<char> {
    let line = line.trim_start();
    ['`', '~'].into_iter().find(|mark| line.chars().take_while(|letter| letter == mark).count() >= 3)
}

/// What stands before a trailing comment in parentheses, or between backticks, where nothing is a comment.
fn without_comment(item: &str) -> &str {
    if let Some((quoted, _)) = item.strip_prefix('`').and_then(|rest| rest.split_once('`')) {
        return quoted.trim();
    }
    let mut depth = 0_u32;
    if item.ends_with(')') {
        for (place, letter) in item.char_indices().rev() {
            match letter {
                ')' => depth += 1,
                '(' => depth = depth.saturating_sub(1),
                _ => {}
            }
            if depth == 0 {
                let before = item.get(..place).unwrap_or_default();
                // `report(1).csv` has no comment, and neither has `copy(1)`.
                return if before.is_empty() || before.ends_with(char::is_whitespace) {
                    before.trim_end()
                } else {
                    item
                };
            }
        }
    }
    item
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn texts(briefing: &str) -> Vec<(u32, String)> {
        entries(briefing).into_iter().map(|entry| (entry.line, entry.text)).collect()
    }

    #[test]
    fn a_section_is_opened_by_its_heading_and_closed_by_the_next() {
        for (briefing, expected) in [
            ("## Steward-Registered Files\n- a.md\n", vec![(2, "a.md")]),
            ("## STEWARD registered FILES (read only)\n\n- a.md\n", vec![(3, "a.md")]),
            ("##  Steward: files\r\n- a.md\r\n", vec![(2, "a.md")]),
            ("\u{feff}## Steward files\n- a.md\n", vec![(2, "a.md")]),
            ("## Steward files\n- a.md\n## Next\n- b.md\n", vec![(2, "a.md")]),
            ("## Steward files\n- a.md\n### Data\n- b.md\n", vec![(2, "a.md")]),
            ("## Steward files\n- a.md\n# Next\n- b.md\n", vec![(2, "a.md")]),
            ("## Steward files\n- a.md\n## X\n## Steward files\n- b.md\n", vec![(2, "a.md"), (5, "b.md")]),
            ("## Steward\n- a.md\n", vec![]),
            ("# Steward files\n- a.md\n", vec![]),
            ("### Steward files\n- a.md\n", vec![]),
            ("## The Steward's files\n- a.md\n", vec![]),
            ("- a.md\n", vec![]),
            ("```\n## Steward files\n- a.md\n```\n", vec![]),
            ("~~~md\n```\n## Steward files\n```\n- a.md\n~~~\n- b.md\n", vec![]),
            (
                "## Steward files\n```\n- a.md\n## no heading here\n- b.md\n```\n",
                vec![(3, "a.md"), (5, "b.md")],
            ),
        ] {
            let expected: Vec<(u32, String)> =
                expected.into_iter().map(|(line, text)| (line, text.to_owned())).collect();
            assert_eq!(texts(briefing), expected, "{briefing}");
        }
    }

    #[test]
    fn globs_are_kept_whole_and_comments_are_cut() {
        for (line, expected) in [
            ("- dir/*", Some("dir/*")),
            ("- **/*.[ch]", Some("**/*.[ch]")),
            ("- data/*.json (all of them)", Some("data/*.json")),
            ("- a.md (see (1) and (2))", Some("a.md")),
            ("- a.md (one) (two)", Some("a.md (one)")),
            ("- report (1).csv (the first)", Some("report (1).csv")),
            ("- report (1).csv", Some("report (1).csv")),
            ("- copy(1)", Some("copy(1)")),
            ("- `notes (old)`", Some("notes (old)")),
            ("- ` `", None),
            ("- ` a.md`", Some("a.md")),
            ("- `a b.md` (comment)", Some("a b.md")),
            ("  - a.md", Some("a.md")),
            ("-   a.md  ", Some("a.md")),
            ("- a)", Some("a)")),
            ("- (nothing but a comment)", None),
            ("- ", None),
            ("-a.md", None),
            ("* a.md", None),
            ("some prose", None),
        ] {
            let found = texts(&format!("## Steward files\n{line}\n"));
            assert_eq!(found.first().map(|(_, text)| text.as_str()), expected, "{line}");
        }
    }

    proptest! {
        #[test]
        fn every_entry_stands_in_its_line(lines in proptest::collection::vec(
            prop_oneof!["## Steward files", "## [a-z ]{0,8}", "- [a-z*?/.()\\[\\]` ]{0,20}", "\\PC{0,20}", "```"], 0..12,
        )) {
            let briefing = lines.join("\n");
            let all: Vec<&str> = briefing.lines().collect();
            for entry in entries(&briefing) {
                prop_assert!(all[entry.line as usize - 1].contains(&entry.text));
                prop_assert_eq!(entry.text.trim(), entry.text.as_str());
                prop_assert!(!entry.text.is_empty());
            }
        }
    }
}
