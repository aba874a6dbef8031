//! The `.golden` file beside a case: every result and every prompt, as text that can be read and compared.
//!
//! What a guest or a prompt says stands behind a bar on every line, with everything in it written out that a terminal would obey, so that
//! nothing in it can be taken for a line of the file's own.

use std::fmt::Write as _;

use amatelier_plugins::Escaped;
use amatelier_runtime::{Completion, Speaker};
use serde::Serialize;

use crate::Played;

/// The first line of every such file.
const HEAD: &str = "# Written by `amatelier plugin test --update`: read what changed before you keep it.\n";

/// Lines that are shown where two files begin to differ.
const SHOWN: usize = 3;

/// How the results compare with the golden file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case", tag = "state")]
pub enum GoldenState {
    /// There is no such file.
    Absent,
    /// They are the same.
    Same,
    /// They differ.
    Differs {
        /// The first line that does, from 1.
        line: usize,
        /// What the file has there.
        expected: Vec<String>,
        /// What there is now.
        actual: Vec<String>,
    },
    /// The file was written anew.
    Written,
}

impl GoldenState {
    /// Hold what there is now against the file.
    pub(super) fn of(file: Option<&str>, now: &str) -> Self {
        let Some(file) = file else { return GoldenState::Absent };
        // Files that went through another system's hands may have its line ends.
        let file = file.replace("\r\n", "\n");
        if file == now {
            return GoldenState::Same;
        }
        let same = file.lines().zip(now.lines()).take_while(|(file, now)| file == now).count();
        let from =
            |text: &str| text.lines().skip(same).take(SHOWN).map(|line| Escaped(line).to_string()).collect();
        GoldenState::Differs { line: same + 1, expected: from(&file), actual: from(now) }
    }
}

/// The text of the calls of a case.
pub(super) fn text(calls: &[Played]) -> String {
    let mut text = String::from(HEAD);
    for (number, played) in (1..).zip(calls) {
        // Writing to a string does not fail.
        let _ = write_call(&mut text, number, played);
    }
    text
}

fn write_call(text: &mut String, number: usize, played: &Played) -> std::fmt::Result {
    writeln!(text, "\n== {number}: {}", Escaped(&played.occasion.label()))?;
    for (number, asked) in (1..).zip(&played.asked) {
        write_prompt(text, number, asked)?;
    }
    for (key, note) in &played.record.notes {
        match note {
            Some(note) => {
                writeln!(text, "note {}:", Escaped(key))?;
                quote(text, &String::from_utf8_lossy(note))?;
            }
            None => writeln!(text, "note {} removed", Escaped(key))?,
        }
    }
    for function in &played.record.denied {
        writeln!(text, "denied: {function}")?;
    }
    match &played.result {
        Ok(returned) if returned.is_pass() => writeln!(text, "result: pass"),
        Ok(returned) => {
            writeln!(text, "result:")?;
            quote(text, &returned.to_string())
        }
        Err(failure) => {
            writeln!(text, "failed ({}):", failure.kind)?;
            quote(text, &failure.message)
        }
    }
}

fn write_prompt(text: &mut String, number: usize, asked: &Completion) -> std::fmt::Result {
    let model = asked.model.as_deref().unwrap_or("its own");
    writeln!(text, "asked {number} (model: {})", Escaped(model))?;
    if asked.max_tokens > 0 {
        writeln!(text, "  at most {} tokens", asked.max_tokens)?;
    }
    if let Some(temperature) = asked.temperature {
        writeln!(text, "  temperature {temperature}")?;
    }
    if let Some(effort) = &asked.effort {
        writeln!(text, "  effort {}", Escaped(effort))?;
    }
    if let Some(schema) = &asked.schema {
        writeln!(text, "  schema:")?;
        quote(text, schema)?;
    }
    for stop in &asked.stop {
        writeln!(text, "  stops at:")?;
        quote(text, stop)?;
    }
    if !asked.left_out.is_empty() {
        writeln!(text, "  left out: {:?}", asked.left_out)?;
    }
    writeln!(text, "  system:")?;
    quote(text, &asked.system)?;
    for turn in &asked.messages {
        let speaker = match turn.speaker {
            Speaker::User => "user",
            Speaker::Assistant => "assistant",
        };
        writeln!(text, "  {speaker}:")?;
        quote(text, &turn.text)?;
    }
    Ok(())
}

fn quote(text: &mut String, quoted: &str) -> std::fmt::Result {
    quoted.split('\n').try_for_each(|line| match line {
        "" => writeln!(text, "|"),
        line => writeln!(text, "| {}", Escaped(line)),
    })
}

#[cfg(test)]
mod tests {
    use amatelier_runtime::Record;
    use amatelier_types::{Failure, FailureKind, Move};

    use super::*;
    use crate::{Occasion, Returned};

    fn played(said: &str) -> Played {
        let result = Ok(Returned::Moved(Move::Say(said.into())));
        Played { occasion: Occasion::Axes, result, record: Record::default(), asked: Vec::new() }
    }

    #[test]
    fn nothing_a_guest_says_can_be_taken_for_a_line_of_the_file() {
        let forged = text(&[played("a\n== 2: axes\nresult: pass\u{1b}[2J\r")]);
        let expected =
            format!("{HEAD}\n== 1: axes\nresult:\n| a\n| == 2: axes\n| result: pass\\u{{1b}}[2J\\u{{d}}\n");
        assert_eq!(forged, expected);
        let failed = Played { result: Err(Failure::new(FailureKind::Trap, "it broke")), ..played("") };
        assert!(text(&[failed]).ends_with("failed (trap):\n| it broke\n"));
    }

    #[test]
    fn the_first_difference_is_shown() {
        let (one, other) = (text(&[played("a\nb\nc")]), text(&[played("a\nB\nc")]));
        assert_eq!(GoldenState::of(None, &one), GoldenState::Absent);
        assert_eq!(GoldenState::of(Some(&one.replace('\n', "\r\n")), &one), GoldenState::Same);
        let expected = GoldenState::Differs {
            line: 6,
            expected: vec!["| b".into(), "| c".into()],
            actual: vec!["| B".into(), "| c".into()],
        };
        assert_eq!(GoldenState::of(Some(&one), &other), expected);
        let GoldenState::Differs { line, actual, .. } = GoldenState::of(Some(&one), HEAD) else { panic!() };
        assert_eq!((line, actual), (2, Vec::new()));
    }
}
