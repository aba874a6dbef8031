//! What is true of every `SKILL.md`, whatever is in it. The body of the fuzz target `skill`, on stable.

#![allow(clippy::unwrap_used, reason = "tests")]

use amatelier_workspace::{Severity, skill_document};
use proptest::prelude::*;

/// A text is a skill within its bounds, or there is an error with a line that the text has.
fn holds(text: &str) {
    match skill_document("slow-reading", text) {
        Ok(skill) => {
            assert!((1..=64).contains(&skill.name.len()) && skill.name.is_ascii(), "{}", skill.name);
            assert!((1..=1_024).contains(&skill.description.trim().chars().count()));
            assert!((1..=20_000).contains(&skill.body.chars().count()));
            let texts = [
                Some(&skill.description),
                Some(&skill.body),
                skill.license.as_ref(),
                skill.compatibility.as_ref(),
            ];
            let texts =
                texts.into_iter().flatten().chain(skill.metadata.iter().flat_map(<[&String; 2]>::from));
            for text in texts {
                assert!(!text.contains(|c: char| c.is_control() && !matches!(c, '\n' | '\t')), "{text:?}");
            }
            assert!(skill.warnings.iter().all(|warning| warning.severity == Severity::Warning));
        }
        Err(complaints) => {
            assert!(complaints.iter().any(|complaint| complaint.severity == Severity::Error));
            let lines = text.replace("\r\n", "\n").lines().count().max(1) + 1;
            assert!(
                complaints
                    .iter()
                    .filter_map(|complaint| complaint.line)
                    .all(|line| (1..=lines).contains(&line))
            );
        }
    }
}

/// Pieces of which skills are made, well or badly.
fn piece() -> impl Strategy<Value = String> {
    let known = [
        "---\n",
        "name: slow-reading\n",
        "name: ",
        "description: Read it: twice\n",
        "description: |\n  two\n  lines\n",
        "metadata:\n",
        "  version: 1.0\n",
        "license: \"MIT\n",
        "license: \"\\e[2J\"\n",
        "allowed-tools: Bash\n",
        "&a [*a]\n",
        "? \n",
        "\r\n",
        "\u{feff}",
        "\u{1b}[2J",
        "# Body\n",
        "é: ü\n",
    ];
    prop_oneof![prop::sample::select(known.to_vec()).prop_map(str::to_owned), "\\PC{0,12}"]
}

proptest! {
    #[test]
    fn a_skill_is_within_its_bounds_or_refused_with_a_line(pieces in prop::collection::vec(piece(), 0..12)) {
        holds(&pieces.concat());
        holds(&format!("---\nname: slow-reading\ndescription: d\n{}---\n{}", pieces.concat(), pieces.concat()));
    }
}
