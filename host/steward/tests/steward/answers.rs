//! Questions in the grammar, answered without a model.

use amatelier_steward::{
    Caps, Desk, Files, Finding, Halted, LocalDesk, Observation, Operation, Outcome, Refusal, RegisteredFile,
    answer,
};
use amatelier_types::Sha256;
use async_trait::async_trait;

use crate::project::{Project, briefing};

const CSV: &str = "name,Width\nElm,12\noak,9\nash,x\n";

fn desk(project: &Project) -> LocalDesk {
    project.desk(&["Data/River.csv", "a.md", "plan.yaml"])
}

fn project() -> Project {
    Project::with(&[
        ("Data/River.csv", CSV),
        ("a.md", "# Title\nthe Span is 12\n## End\n"),
        ("plan.yaml", "a:\n  b: 3\n"),
        ("unregistered.md", "canary"),
    ])
}

async fn ask(question: &str) -> Finding {
    let project = project();
    answer(&desk(&project), None, question).await.unwrap()
}

#[tokio::test]
async fn every_form_is_answered_with_its_places() {
    for (question, text) in [
        (
            "count rows where Width >= 9 in Data/River.csv",
            "2 of 3 rows of Data/River.csv where Width >= 9 (Data/River.csv:2, Data/River.csv:3)\n\
             (1 row has no number in Width)\n\
             Data/River.csv:2: {\"name\": \"Elm\", \"Width\": \"12\"}\n\
             Data/River.csv:3: {\"name\": \"oak\", \"Width\": \"9\"}",
        ),
        ("count rows where name == elm in Data/River.csv", "0 of 3 rows of Data/River.csv where name == elm"),
        ("value of a.b in plan.yaml", "a.b of plan.yaml:\nplan.yaml:2: 3"),
        ("lines 1-2 of a.md", "a.md:1-2 (of 3 lines)\n1: # Title\n2: the Span is 12"),
        ("grep [Ss]pan in *.md", "a.md:2: the Span is 12"),
        ("outline of a.md", "a.md has 3 lines\na.md:1: Title\na.md:3:   End"),
    ] {
        let finding = ask(question).await;
        assert_eq!(finding.text, text, "{question}");
        assert_eq!(
            (finding.outcome, finding.assisted, finding.rounds),
            (Outcome::Found, false, 0),
            "{question}"
        );
        assert_eq!(finding.files.len(), 1, "{question}");
        assert_eq!(finding.looked_at.len(), 1, "{question}");
    }
}

#[tokio::test]
async fn an_answer_carries_its_citations_and_the_hash_of_the_file() {
    let finding = ask("count rows where Width >= 9 in Data/River.csv").await;
    let places: Vec<String> = finding.citations.iter().map(|citation| citation.place()).collect();
    assert_eq!(places, ["Data/River.csv:2", "Data/River.csv:3"]);
    assert!(finding.citations.iter().all(|citation| citation.sha256 == Sha256::of(CSV.as_bytes())));
    assert_eq!(finding.files[0].sha256, Sha256::of(CSV.as_bytes()));
    assert_eq!(finding.files[0].bytes, CSV.len() as u64);
}

#[tokio::test]
async fn what_is_not_there_is_said_with_what_was_looked_at() {
    for (question, outcome, expected) in [
        (
            "grep nowhere in *",
            Outcome::NotFound,
            "Not found: no line of * matches nowhere; searched: a.md, plan.yaml.",
        ),
        ("grep nowhere in **", Outcome::NotFound, "searched: Data/River.csv, a.md, plan.yaml"),
        ("value of c in plan.yaml", Outcome::NotFound, "Not found: `plan.yaml` has no key `c`; it has a."),
        (
            "count rows where width > 1 in Data/River.csv",
            Outcome::NotFound,
            "no field `width`; they have name, Width",
        ),
        ("lines 9-9 of a.md", Outcome::NotFound, "`a.md` has 3 lines"),
        (
            "outline of unregistered.md",
            Outcome::Failed { why: String::new() },
            "`unregistered.md` is not registered in the briefing; registered are Data/River.csv, a.md, plan.yaml",
        ),
        ("grep ( in a.md", Outcome::Failed { why: String::new() }, "bad pattern"),
    ] {
        let finding = ask(question).await;
        assert!(finding.text.contains(expected), "{question}: {}", finding.text);
        assert_eq!(std::mem::discriminant(&finding.outcome), std::mem::discriminant(&outcome), "{question}");
        assert_eq!(finding.looked_at.len(), 1);
        assert!(!format!("{finding:?}").contains("canary"));
    }
}

#[tokio::test]
async fn without_a_model_other_questions_get_the_forms() {
    for question in ["how wide is the river?", "", "count the bridges in town"] {
        let finding = ask(question).await;
        assert!(matches!(finding.outcome, Outcome::Failed { .. }));
        assert!(
            finding.text.contains("grep PATTERN in FILE|GLOB")
                && finding.text.contains("Data/River.csv, a.md")
        );
    }
}

#[tokio::test]
async fn nothing_is_looked_up_where_nothing_is_registered() {
    let project = project();
    let (files, _) = Files::register(&project.root(), "", Caps::default()).unwrap();
    let finding = answer(&LocalDesk::new(files), None, "outline of a.md").await.unwrap();
    assert_eq!(finding.outcome, Outcome::Failed { why: "no files are registered".into() });
    let (files, _) = Files::register(&project.root(), &briefing(&["a.md"]), Caps::default()).unwrap();
    let finding = answer(&LocalDesk::new(files), None, &"x".repeat(4_001)).await.unwrap();
    assert!(finding.text.contains("more than 4000 bytes"));
}

/// A desk that is closed.
struct Closed(Vec<RegisteredFile>);

#[async_trait]
impl Desk for Closed {
    fn files(&self) -> &[RegisteredFile] {
        &self.0
    }

    async fn perform(&self, _: Operation) -> Result<Result<Observation, Refusal>, Halted> {
        Err(Halted("paused".into()))
    }
}

#[tokio::test]
async fn a_halt_is_no_answer() {
    let project = project();
    let files = desk(&project).files().to_vec();
    assert_eq!(answer(&Closed(files), None, "outline of a.md").await, Err(Halted("paused".into())));
}
