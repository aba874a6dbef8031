//! Golden cases of real components, from files.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "tests may assert the short way"
)]

use std::{fs, path::PathBuf, sync::LazyLock};

use amatelier_conformance::{CaseReport, GoldenError, GoldenState, Subject, Update, cases_in, run_case};
use amatelier_runtime::Runtime;
use amatelier_types::{Capability, FailureKind};
use tempfile::TempDir;

static RUNTIME: LazyLock<Runtime> = LazyLock::new(|| Runtime::new().unwrap());

static HOSTILE: LazyLock<Subject> = LazyLock::new(|| {
    let component = RUNTIME.compile(amatelier_test_support::guest("hostile")).unwrap();
    Subject::of(component, "hostile", Capability::ALL.into())
});

/// A folder with one case in it.
struct Folder {
    home: TempDir,
}

impl Folder {
    fn of(case: &str) -> Self {
        let home = tempfile::tempdir().unwrap();
        fs::create_dir(home.path().join("tests")).unwrap();
        fs::write(home.path().join("tests/case.toml"), case).unwrap();
        Folder { home }
    }

    fn golden(&self) -> PathBuf {
        self.home.path().join("tests/case.golden")
    }

    async fn run(&self, update: Update) -> Result<CaseReport, GoldenError> {
        let cases = cases_in(self.home.path()).unwrap();
        assert_eq!(cases.len(), 1);
        run_case(&RUNTIME, &HOSTILE, &cases[0], update).await
    }
}

async fn ran(case: &str) -> CaseReport {
    Folder::of(case).run(Update::Compare).await.unwrap()
}

fn using(function: &str, rest: &str) -> String {
    format!(
        "[settings]\nattack = \"use\"\nfunction = \"{function}\"\n{rest}\n[[call]]\nfunction = \"take-turn\"\n"
    )
}

#[tokio::test]
async fn a_case_says_what_the_component_sees() {
    let report = ran(
        "[debate]\ntopic = \"Bridge?\"\nbriefing = \"Decide.\"\nmember = \"elena\"\n[settings]\nattack = \"use\"\nfunction = \"chat\"\n\
         [[message]]\nauthor = \"marcus\"\ntext = \"first\"\n[[call]]\nfunction = \"take-turn\"\nexpect = { contains = [\"Bridge?\", \"Decide.\", \"first\", \"marcus\"], lacks = [\"second\"] }\n",
    )
    .await;
    assert!(report.passed(), "{report:#?}");
}

#[tokio::test]
async fn models_answer_in_order_and_every_prompt_is_kept() {
    let think = "[settings]\nattack = \"think\"\n[[model]]\nsays = \"one\"\n[[model]]\nfails = \"timed-out\"\n\
         [[call]]\nfunction = \"take-turn\"\nexpect = { says = \"one\", asks = [\"u\"] }\n\
         [[call]]\nfunction = \"take-turn\"\nexpect = { fails = \"host-fault\" }\n";
    let report = ran(think).await;
    assert!(report.passed(), "{report:#?}");
    assert_eq!(report.calls[0].1.asked[0].messages[0].text, "u");
    // An answer that nobody asks for is a case that does not test what it says.
    let more = ran(&think.replace(
        "[[call]]\nfunction = \"take-turn\"\nexpect = { fails",
        "[[call]]\nfunction = \"axes\"\nexpect = { fails",
    ))
    .await;
    assert_eq!((more.answers_left, more.passed()), (1, false));
    // And a model that is asked more often than the case says is not there.
    let fewer = ran("[settings]\nattack = \"think\"\n[[call]]\nfunction = \"take-turn\"\n").await;
    assert_eq!(fewer.calls[0].1.result.as_ref().unwrap_err().kind, FailureKind::HostFault);
}

#[tokio::test]
async fn what_is_not_allowed_is_denied() {
    let case = "allow = []\n[settings]\nattack = \"think\"\n[[call]]\nfunction = \"take-turn\"\nexpect = { fails = \"denied\", denied = [\"llm.complete\"] }\n";
    let report = ran(case).await;
    assert!(report.passed(), "{report:#?}");
}

#[tokio::test]
async fn notes_last_from_call_to_call_and_a_failed_call_leaves_none() {
    let case = "[settings]\nattack = \"notebook\"\n[notes]\ncount = \"1\"\nold = \"x\"\n\
         [[call]]\nfunction = \"take-turn\"\nexpect = { contains = ['Some(\"1\")'] }\n\
         [[call]]\nfunction = \"take-turn\"\nexpect = { contains = ['Some(\"2\")'], lacks = ['\"old\"'] }\n";
    let report = ran(case).await;
    assert!(report.passed(), "{report:#?}");
}

#[tokio::test]
async fn files_are_looked_up_by_the_real_steward() {
    let file = "[[file]]\nname = \"file\"\ntext = \"one\\ntwo\\nthree\\n\"\n";
    for (function, expected) in [
        ("steward.files", "name: \\\"file\\\", bytes: 14"),
        ("steward.read", "text: \\\""),
        ("steward.requests-left", "3"),
    ] {
        let report =
            ran(&(using(function, file) + &format!("expect = {{ contains = [\"{expected}\"] }}\n"))).await;
        assert!(report.passed(), "{function}: {report:#?}");
    }
}

#[tokio::test]
async fn things_are_bought_with_what_there_is() {
    let buy = "[settings]\nattack = \"use\"\nfunction = \"market.buy\"\n[[item]]\nid = \"skill\"\nprice = 7\nlifetime = \"permanent\"\n\
         [[call]]\nfunction = \"take-turn\"\nexpect = { says = \"Ok(7)\" }\n\
         [[call]]\nfunction = \"take-turn\"\nexpect = { says = \"Err(Refusal::AlreadyOwned)\" }\n";
    let report = ran(&format!("[debate]\nbalance = 10\n{buy}")).await;
    assert!(report.passed(), "{report:#?}");
    let report = ran(&format!(
        "[debate]\nbalance = 5\n{}",
        buy.replace("Ok(7)", "Err(Refusal::TooPoor(2))").replace("AlreadyOwned", "TooPoor(2)")
    ))
    .await;
    assert!(report.passed(), "{report:#?}");
}

#[tokio::test]
async fn a_trap_comes_with_its_place_and_its_last_words() {
    let report = ran("[settings]\nattack = \"panic\"\n[[call]]\nfunction = \"take-turn\"\n").await;
    assert!(!report.passed());
    let (line, played, unmet) = &report.calls[0];
    assert_eq!(*line, 3);
    assert_eq!(unmet[0].expected, "it does not fail");
    assert!(unmet[0].actual.contains("trap: it panicked"), "{unmet:?}");
    assert!(played.record.backtrace.iter().any(|frame| frame.contains("take-turn")), "{played:?}");
    assert!(played.record.log.iter().any(|line| line.text == "a bug of the author"), "{played:?}");
}

#[tokio::test]
async fn a_golden_file_is_written_on_request_and_compared_from_then_on() {
    let case =
        "[settings]\nattack = \"think\"\n[[model]]\nsays = \"one\"\n[[call]]\nfunction = \"take-turn\"\n";
    let folder = Folder::of(case);
    assert_eq!(folder.run(Update::Compare).await.unwrap().golden, GoldenState::Absent);
    assert!(!folder.golden().exists());
    assert_eq!(folder.run(Update::Write).await.unwrap().golden, GoldenState::Written);
    let text = fs::read_to_string(folder.golden()).unwrap();
    assert!(text.contains("== 1: take-turn (speak, round 1)") && text.contains("  user:\n| u\n"), "{text}");
    assert!(text.ends_with("result:\n| one\n"), "{text}");
    for update in [Update::Compare, Update::Write] {
        assert_eq!(folder.run(update).await.unwrap().golden, GoldenState::Same);
    }
    fs::write(folder.golden(), text.replace("| one", "| two")).unwrap();
    let report = folder.run(Update::Compare).await.unwrap();
    assert!(!report.passed());
    let GoldenState::Differs { expected, actual, .. } = report.golden else { panic!("{:?}", report.golden) };
    assert_eq!((expected[0].as_str(), actual[0].as_str()), ("| two", "| one"));
}

#[tokio::test]
async fn what_is_not_as_expected_never_becomes_golden() {
    let folder = Folder::of("[settings]\nattack = \"panic\"\n[[call]]\nfunction = \"take-turn\"\n");
    let report = folder.run(Update::Write).await.unwrap();
    assert_eq!((report.golden, folder.golden().exists()), (GoldenState::Absent, false));
}

#[tokio::test]
async fn the_same_case_gives_the_same_bytes_and_another_seed_others() {
    let case = |seed: u32| {
        format!(
            "[debate]\nseed = {seed}\n[settings]\nattack = \"probe\"\n[[call]]\nfunction = \"take-turn\"\n"
        )
    };
    let said = |report: &CaseReport| report.calls[0].1.result.clone().unwrap().to_string();
    let (one, again, other) = (ran(&case(1)).await, ran(&case(1)).await, ran(&case(2)).await);
    assert_eq!(said(&one), said(&again));
    assert_ne!(said(&one), said(&other));
}

#[tokio::test]
async fn a_case_that_is_none_is_not_run() {
    let error = Folder::of("[[cal]]\n").run(Update::Compare).await.unwrap_err();
    assert!(error.to_string().contains("line 1: `cal` is no key here"), "{error}");
}
