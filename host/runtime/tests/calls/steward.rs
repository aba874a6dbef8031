//! The Steward's functions: each granted and denied, with their limits, their errors, and arguments that nobody in his right mind passes.

use std::sync::{
    Arc, Mutex,
    atomic::{AtomicU32, Ordering::SeqCst},
};

use amatelier_runtime::{Desk, LineHit, Lines, LookupError, Suspended};
use amatelier_types::{Capability, Citation, FailureKind::Limit, Finding, LookupOutcome, Sha256};

use crate::stage::{Stage, attack, using};

/// One file of one line, and a budget.
struct Shelf {
    left: AtomicU32,
    /// What every lookup ends with instead.
    error: Option<LookupError>,
    /// What was asked for.
    asked: Arc<Mutex<Vec<String>>>,
}

impl Shelf {
    fn new(left: u32) -> Self {
        Shelf { left: AtomicU32::new(left), error: None, asked: Arc::default() }
    }

    fn failing(error: LookupError) -> Self {
        Shelf { error: Some(error), ..Shelf::new(3) }
    }

    fn note<T>(&self, what: &str, answer: T) -> Result<Result<T, LookupError>, Suspended> {
        self.asked.lock().unwrap().push(what.to_owned());
        Ok(match &self.error {
            Some(error) => Err(error.clone()),
            None => Ok(answer),
        })
    }
}

fn place() -> Citation {
    Citation {
        file: "file".into(),
        first_line: 1,
        last_line: 1,
        text: "three".into(),
        sha256: Sha256::of(b"three"),
    }
}

#[async_trait::async_trait]
impl Desk for Shelf {
    fn files(&self) -> Vec<(String, u64)> {
        vec![("file".into(), u64::MAX)]
    }

    async fn read(&self, file: &str, _: u32, _: u32) -> Result<Result<Lines, LookupError>, Suspended> {
        self.note(file, Lines { place: place(), truncated: true })
    }

    async fn grep(
        &self,
        pattern: &str,
        _: Option<&str>,
        _: bool,
        _: u32,
    ) -> Result<Result<Vec<LineHit>, LookupError>, Suspended> {
        self.note(pattern, vec![LineHit { file: "file".into(), line: 1, text: "three".into() }])
    }

    async fn ask(&self, question: &str) -> Result<Result<Finding, LookupError>, Suspended> {
        if self.left.load(SeqCst) == 0 {
            return Ok(Err(LookupError::NoRequestsLeft));
        }
        self.left.fetch_sub(1, SeqCst);
        let finding =
            Finding { citations: vec![place()], outcome: LookupOutcome::Found, ..Finding::failed("nothing") };
        self.note(question, Finding { text: "file:1 says three".into(), ..finding })
    }

    fn requests_left(&self) -> u32 {
        self.left.load(SeqCst)
    }
}

const READ: Capability = Capability::StewardRead;
const ASK: Capability = Capability::StewardAsk;

/// Function, capability, answer without it, part of the answer with it.
const FUNCTIONS: [(&str, Capability, &str, &str); 5] = [
    ("steward.files", READ, "[]", "name: \"file\", bytes: 4294967295"),
    ("steward.read", READ, "Err(Denied(\"steward.read\"))", "text: \"three\", truncated: true"),
    ("steward.grep", READ, "Err(Denied(\"steward.read\"))", "line: 1, text: \"three\""),
    ("steward.ask", ASK, "Err(Denied(\"steward.ask\"))", "text: \"file:1 says three\""),
    ("steward.requests-left", ASK, "0", "3"),
];

fn both(stage: Stage) -> Stage {
    stage.grant(READ).grant(ASK)
}

#[tokio::test]
async fn every_function_answers_with_its_grant() {
    for (function, capability, _, granted) in FUNCTIONS {
        let said = using(function).desk(Shelf::new(3)).grant(capability).said().await;
        assert!(said.contains(granted), "{function}: {said}");
    }
}

#[tokio::test]
async fn every_function_is_denied_without_its_grant_and_nothing_is_looked_at() {
    for (function, capability, denied, _) in FUNCTIONS {
        let other = if capability == READ { ASK } else { READ };
        for stage in [using(function), using(function).grant(other)] {
            let shelf = Shelf::new(3);
            let asked = shelf.asked.clone();
            assert_eq!(stage.desk(shelf).said().await, denied, "{function}");
            assert_eq!(asked.lock().unwrap().len(), 0, "{function}");
        }
    }
}

#[tokio::test]
async fn a_budget_that_is_spent_is_a_typed_error_and_reading_goes_on() {
    let said = both(using("steward.ask")).desk(Shelf::new(0)).said().await;
    assert_eq!(said, "Err(NoRequestsLeft)");
    assert_eq!(both(using("steward.requests-left")).desk(Shelf::new(0)).said().await, "0");
    let said = both(using("steward.read")).desk(Shelf::new(0)).said().await;
    assert!(said.contains("three"), "{said}");
}

#[tokio::test]
async fn every_error_keeps_its_type() {
    for (error, expected) in [
        (LookupError::Off, "Denied(\"the Steward is off: no files are registered\")"),
        (LookupError::NotRegistered("a".into()), "NotRegistered(\"a\")"),
        (LookupError::NotFound("b".into()), "NotFound(\"b\")"),
        (LookupError::LooksSecret("c".into()), "LooksSecret(\"c\")"),
        (LookupError::TooLarge(7), "TooLarge(7)"),
        (LookupError::BadPattern("d".into()), "BadPattern(\"d\")"),
        (LookupError::NoRequestsLeft, "NoRequestsLeft"),
        (LookupError::Other("e".into()), "Other(\"e\")"),
    ] {
        for function in ["steward.read", "steward.grep", "steward.ask"] {
            let said = both(using(function)).desk(Shelf::failing(error.clone())).said().await;
            assert_eq!(said, format!("Err({expected})"), "{function}");
        }
    }
}

#[tokio::test]
async fn lookups_end_at_their_limit() {
    let shelf = Shelf::new(3);
    let asked = shelf.asked.clone();
    let flood = both(attack("steward-flood")).desk(shelf).limit(|limits| limits.lookups_per_turn = 5);
    flood.fails_as(Limit, "lookups: it asked the Steward more than 5 times in one turn").await;
    assert_eq!(asked.lock().unwrap().len(), 5);
}

#[tokio::test]
async fn odd_names_reach_the_desk_as_they_are_and_huge_ones_stop_the_guest() {
    for name in ["", "..", "../../etc/passwd", "file\0", "/proc/self/fd/3", "\u{ff0e}\u{ff0e}/file"] {
        for function in ["steward.read", "steward.ask"] {
            let shelf = Shelf::failing(LookupError::NotRegistered("no".into()));
            let asked = shelf.asked.clone();
            let said = both(using(function)).set("file", name).desk(shelf).said().await;
            assert_eq!(said, "Err(NotRegistered(\"no\"))", "{function} {name:?}");
            assert_eq!(*asked.lock().unwrap(), [name], "{function}");
        }
    }
    for function in ["steward.read", "steward.ask"] {
        let shelf = Shelf::new(3);
        let asked = shelf.asked.clone();
        let huge = both(using(function)).set("file", "x").set("times", "1048577").desk(shelf);
        huge.fails_as(Limit, &format!("it passed 1048577 bytes to {function}")).await;
        assert_eq!(asked.lock().unwrap().len(), 0);
    }
}
