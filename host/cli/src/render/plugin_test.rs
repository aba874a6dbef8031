//! What came of testing a plugin.

use std::fmt::Write as _;

use amatelier_conformance::{CaseReport, Checked, GoldenState, Played, Unmet, Verdict};
use amatelier_runtime::{LogLine, Record, Speaker};
use serde::Serialize;

use super::{line, plain};
use crate::commands::Tested;

// Writing to a String cannot fail, so the results below are dropped.

/// The longest line of a guest's that is shown, in characters; JSON has all of it.
const LINE: usize = 400;

/// Lines of a log and functions of a backtrace that are shown.
const MOST: usize = 12;

/// A table for people: every case and every check, and of what failed all that its author needs.
pub(crate) fn tested(tested: &Tested) -> String {
    let mut text = String::new();
    let worlds: Vec<_> = tested.subject.worlds().iter().map(|world| world.name()).collect();
    let _ = writeln!(
        text,
        "{} ({})  {}",
        plain(&tested.subject.id),
        worlds.join(", "),
        plain(&tested.file.display().to_string())
    );
    if !tested.cases.is_empty() {
        text.push_str("\ngolden cases\n");
    }
    for case in &tested.cases {
        golden(&mut text, case);
    }
    let mut world = None;
    for check in &tested.checked {
        if world.replace(check.world) != Some(check.world) {
            let _ = writeln!(text, "\nevery {}", check.world);
        }
        conformance(&mut text, check);
    }
    let count = Count::of(tested);
    let _ = writeln!(text, "\n{} passed, {} failed, {} skipped", count.passed, count.failed, count.skipped);
    text
}

fn golden(text: &mut String, case: &CaseReport) {
    let mark = if case.passed() { "ok" } else { "FAILED" };
    let said = match (&case.golden, case.calls.len()) {
        (GoldenState::Written, _) => "written".to_owned(),
        (GoldenState::Same, calls) => format!("{calls} calls, as in the golden file"),
        (_, calls) => format!("{calls} calls"),
    };
    let _ = writeln!(text, "  {mark:<7}{:<28} {said}", line(&case.name, 60));
    for (place, played, unmet) in case.calls.iter().filter(|(_, _, unmet)| !unmet.is_empty()) {
        let _ = writeln!(text, "         line {place}: {}", plain(&played.occasion.label()));
        for Unmet { expected, actual } in unmet {
            let _ = writeln!(text, "           expected: {}", line(expected, LINE));
            let _ = writeln!(text, "           actual:   {}", line(actual, LINE));
        }
        circumstances(text, &played.record, "           ");
    }
    if case.answers_left > 0 {
        let left = case.answers_left;
        let _ = writeln!(text, "         nobody asked for the last {left} of the scripted answers");
    }
    if let GoldenState::Differs { line: place, expected, actual } = &case.golden {
        let _ = writeln!(text, "         the golden file differs from line {place} on:");
        for (sign, lines) in [('-', expected), ('+', actual)] {
            for shown in lines {
                let _ = writeln!(text, "           {sign} {}", line(shown, LINE));
            }
        }
        text.push_str("         where that is meant: `amatelier plugin test --update`\n");
    }
}

pub(super) fn conformance(text: &mut String, check: &Checked) {
    let (mark, said) = match &check.verdict {
        Verdict::Passed => ("ok", ""),
        Verdict::Skipped(why) => ("skipped", *why),
        Verdict::Failed(_) => ("FAILED", ""),
    };
    let _ = writeln!(text, "  {}", format!("{mark:<8}{:<28} {said}", check.name).trim_end());
    let Verdict::Failed(fault) = &check.verdict else { return };
    let _ = writeln!(text, "         {}", line(&fault.what, LINE));
    let _ = writeln!(text, "         why:  {}", check.reason);
    let _ = writeln!(text, "         help: {}", check.remedy);
    if let Some(played) = &fault.played {
        circumstances(text, &played.record, "           ");
    }
}

/// What else happened in a call: what it wrote for its author, where it trapped, what it was refused.
pub(super) fn circumstances(text: &mut String, record: &Record, indent: &str) {
    let skipped = record.log.len().saturating_sub(MOST);
    if skipped > 0 {
        let _ = writeln!(text, "{indent}log: {skipped} earlier lines");
    }
    for LogLine { level, text: said } in record.log.iter().skip(skipped) {
        let _ = writeln!(text, "{indent}log ({}): {}", level.name(), line(said, LINE));
    }
    for (number, frame) in record.backtrace.iter().take(MOST).enumerate() {
        let how = if number == 0 { "trapped in" } else { "called by" };
        let _ = writeln!(text, "{indent}{how} {}", line(frame, LINE));
    }
    for function in &record.denied {
        let _ = writeln!(text, "{indent}denied: {function}");
    }
}

struct Count {
    passed: usize,
    failed: usize,
    skipped: usize,
}

impl Count {
    fn of(tested: &Tested) -> Self {
        let cases = tested.cases.iter().filter(|case| case.passed()).count();
        let failed = tested.cases.len() - cases;
        let is =
            |wanted: fn(&Verdict) -> bool| tested.checked.iter().filter(|it| wanted(&it.verdict)).count();
        Count {
            passed: cases + is(|verdict| matches!(verdict, Verdict::Passed)),
            failed: failed + is(|verdict| matches!(verdict, Verdict::Failed(_))),
            skipped: is(|verdict| matches!(verdict, Verdict::Skipped(_))),
        }
    }
}

/// The same for programs.
#[derive(Serialize)]
pub(crate) struct TestReport<'a> {
    schema: &'static str,
    id: &'a str,
    file: String,
    worlds: Vec<&'static str>,
    passed: bool,
    cases: Vec<CaseLine<'a>>,
    checks: Vec<CheckLine<'a>>,
}

#[derive(Serialize)]
struct CaseLine<'a> {
    name: &'a str,
    passed: bool,
    golden: &'a GoldenState,
    answers_left: usize,
    calls: Vec<CallLine<'a>>,
}

#[derive(Serialize)]
struct CallLine<'a> {
    /// In the case.
    line: usize,
    unmet: &'a [Unmet],
    #[serde(flatten)]
    call: PlayedLine<'a>,
}

#[derive(Serialize)]
struct CheckLine<'a> {
    world: &'static str,
    name: &'static str,
    verdict: &'static str,
    reason: &'static str,
    what: Option<&'a str>,
    remedy: Option<&'static str>,
    call: Option<PlayedLine<'a>>,
}

#[derive(Serialize)]
struct PlayedLine<'a> {
    call: String,
    returned: Option<String>,
    failed: Option<&'a amatelier_types::Failure>,
    asked: Vec<Prompt<'a>>,
    log: Vec<Logged<'a>>,
    backtrace: &'a [String],
    denied: &'a [String],
}

#[derive(Serialize)]
struct Prompt<'a> {
    model: Option<&'a str>,
    system: &'a str,
    messages: Vec<Turn<'a>>,
}

#[derive(Serialize)]
struct Turn<'a> {
    speaker: &'static str,
    text: &'a str,
}

#[derive(Serialize)]
struct Logged<'a> {
    level: &'static str,
    text: &'a str,
}

impl<'a> TestReport<'a> {
    pub(crate) fn of(tested: &'a Tested) -> Self {
        TestReport {
            schema: "amatelier/plugin-test/v1",
            id: &tested.subject.id,
            file: tested.file.display().to_string(),
            worlds: tested.subject.worlds().iter().map(|world| world.name()).collect(),
            passed: tested.passed(),
            cases: tested.cases.iter().map(case_line).collect(),
            checks: tested.checked.iter().map(check_line).collect(),
        }
    }
}

fn case_line(case: &CaseReport) -> CaseLine<'_> {
    CaseLine {
        name: &case.name,
        passed: case.passed(),
        golden: &case.golden,
        answers_left: case.answers_left,
        calls: case
            .calls
            .iter()
            .map(|(line, played, unmet)| CallLine { line: *line, unmet, call: played_line(played) })
            .collect(),
    }
}

fn check_line(check: &Checked) -> CheckLine<'_> {
    let (verdict, what, call) = match &check.verdict {
        Verdict::Passed => ("passed", None, None),
        Verdict::Skipped(why) => ("skipped", Some(*why), None),
        Verdict::Failed(fault) => ("failed", Some(fault.what.as_str()), fault.played.as_ref()),
    };
    CheckLine {
        world: check.world.name(),
        name: check.name,
        verdict,
        reason: check.reason,
        what,
        remedy: check.failed().then_some(check.remedy),
        call: call.map(played_line),
    }
}

fn played_line(played: &Played) -> PlayedLine<'_> {
    let turn = |turn: &'_ amatelier_runtime::PromptTurn| match turn.speaker {
        Speaker::User => "user",
        Speaker::Assistant => "assistant",
    };
    let asked = played.asked.iter().map(|asked| Prompt {
        model: asked.model.as_deref(),
        system: &asked.system,
        messages: asked.messages.iter().map(|said| Turn { speaker: turn(said), text: &said.text }).collect(),
    });
    PlayedLine {
        call: played.occasion.label(),
        returned: played.result.as_ref().ok().map(ToString::to_string),
        failed: played.result.as_ref().err(),
        asked: asked.collect(),
        log: played
            .record
            .log
            .iter()
            .map(|line| Logged { level: line.level.name(), text: &line.text })
            .collect(),
        backtrace: &played.record.backtrace,
        denied: &played.record.denied,
    }
}
