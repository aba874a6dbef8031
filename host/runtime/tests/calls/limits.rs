//! Every limit is hit, is named, and costs nobody but the call that hit it.

use std::time::Duration;

use amatelier_runtime::LogLevel;
use amatelier_types::{Capability, FailureKind::Limit, Move};

use crate::stage::{attack, using};

#[tokio::test]
async fn a_loop_ends_at_the_cpu_limit() {
    attack("loop")
        .limit(|limits| limits.cpu_ticks = 3)
        .fails_as(Limit, "CPU: it computed for more than the 30 ms")
        .await;
}

#[tokio::test]
async fn a_loop_does_not_keep_other_calls_of_its_thread_waiting() {
    let hog = attack("loop").limit(|limits| limits.cpu_ticks = 30).run();
    let guest = attack("turn").said();
    tokio::select! {
        biased;
        _ = hog => panic!("the loop ended before a call that needs no time"),
        said = guest => assert!(said.contains("round")),
    }
}

#[tokio::test]
async fn memory_that_was_refused_is_what_the_guest_died_of() {
    let ended = attack("memory").limit(|limits| limits.memory_bytes = 8 << 20).run().await;
    assert!(
        (2 << 20..=8 << 20).contains(&ended.record.peak_memory_bytes),
        "{}",
        ended.record.peak_memory_bytes
    );
    attack("memory").limit(|limits| limits.memory_bytes = 8 << 20).fails_as(Limit, "a call has 8 MiB").await;
}

#[tokio::test]
async fn a_component_that_starts_with_too_much_does_not_start() {
    attack("turn").limit(|limits| limits.memory_bytes = 1 << 16).fails_as(Limit, "memory").await;
    attack("turn").limit(|limits| limits.table_elements = 1).fails_as(Limit, "tables").await;
    attack("turn").limit(|limits| limits.instances = 1).fails_as(Limit, "instances").await;
    attack("turn")
        .limit(|limits| limits.memories_and_tables = 0)
        .fails_as(Limit, "instances, memories or tables")
        .await;
}

#[tokio::test]
async fn a_huge_result_is_refused() {
    attack("huge-return").fails_as(Limit, "result: it returned 2097152 bytes, the most is 1048576").await;
    attack("huge-error").fails_as(Limit, "result").await;
}

#[tokio::test]
async fn a_huge_argument_is_refused() {
    attack("huge-log").fails_as(Limit, "it passed 2097152 bytes to log.write").await;
}

#[tokio::test]
async fn data_that_would_fill_the_host_is_not_even_copied() {
    attack("host-call-fuel").fails_as(Limit, "data: it passed or returned more than 4194304 bytes").await;
    let small = attack("huge-return").limit(|limits| limits.host_call_fuel_bytes = 1 << 20);
    small.fails_as(Limit, "data").await;
}

#[tokio::test]
async fn a_flood_of_lines_is_cut_and_counted_and_costs_no_turn() {
    for flood in ["log-flood", "print-flood"] {
        let ended = attack(flood).run().await;
        assert_eq!(ended.result.unwrap(), Move::Pass, "{flood}");
        let log = ended.record.log;
        let bytes: usize = log.iter().map(|line| line.text.len()).sum();
        assert!(bytes <= 64 << 10, "{flood} {bytes}");
        let last = log.last().unwrap();
        assert_eq!(last.level, LogLevel::Warn);
        assert!(last.text.contains("more lines were dropped"), "{flood} {}", last.text);
    }
}

#[tokio::test]
async fn models_are_asked_so_often_and_no_more() {
    let stage = || attack("too-many-model-calls").grant(Capability::LlmComplete);
    assert_eq!(stage().run().await.record.model_calls, 8);
    stage().fails_as(Limit, "it asked a model more than 8 times in one turn").await;
}

#[tokio::test]
async fn a_notebook_is_full_at_its_limit() {
    let stage = || attack("notebook-flood").grant(Capability::Notebook);
    let said = stage().limit(|limits| limits.notebook_bytes = 10_000).said().await;
    assert_eq!(said, "9: Full(9054)");
    let said = stage().limit(|limits| limits.note_bytes = 100).said().await;
    assert_eq!(said, "0: TooLarge(100)");
    let ended = stage().run().await;
    let kept: usize = ended.record.notes.values().flatten().map(Vec::len).sum();
    assert!(kept <= 256 << 10, "{kept}");
}

#[tokio::test(start_paused = true)]
async fn whoever_sleeps_is_woken_by_the_wall_clock() {
    attack("sleep")
        .wall_clock(Duration::from_secs(60))
        .fails_as(Limit, "wall clock: it took longer than the 60 s")
        .await;
}

#[tokio::test]
async fn handles_end() {
    attack("handles").fails_as(Limit, "handles: it holds more than 256").await;
}

#[tokio::test]
async fn random_bytes_end() {
    attack("random-flood").fails_as(Limit, "random bytes").await;
}

#[tokio::test]
async fn a_prompt_has_so_many_messages_and_no_more() {
    let stage = using("llm.complete").grant(Capability::LlmComplete);
    let said = stage.limit(|limits| limits.prompt_messages = 0).said().await;
    assert!(said.contains("Invalid") && said.contains("more than the 0 of a request"), "{said}");
}
