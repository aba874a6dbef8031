//! Whose fault it was.

use amatelier_runtime::LogLevel;
use amatelier_types::FailureKind;

use crate::stage::attack;

#[tokio::test]
async fn the_time_inside_is_known_however_a_call_ends() {
    for name in ["turn", "panic", "loop"] {
        let ended = attack(name).limit(|limits| limits.cpu_ticks = 2).run().await;
        assert_eq!(ended.result.is_ok(), name == "turn");
        assert!(!ended.record.inside.is_zero(), "{name}: {:?}", ended.record);
    }
}

#[tokio::test]
async fn a_trap_is_named_with_the_function_it_happened_in() {
    attack("panic").fails_as(FailureKind::Trap, "it panicked or aborted, in take-turn").await;
    attack("abort").fails_as(FailureKind::Trap, "it panicked or aborted").await;
    attack("divide").fails_as(FailureKind::Trap, "it panicked or aborted, in hostile::divide").await;
    attack("recurse").fails_as(FailureKind::Trap, "its stack was used up, in hostile::recurse").await;
    attack("exit").fails_as(FailureKind::Trap, "it exited with status").await;
}

#[tokio::test]
async fn a_panics_words_are_in_the_log() {
    let log = attack("panic").run().await.record.log;
    assert!(
        log.iter().any(|line| line.level == LogLevel::Error && line.text == "a bug of the author"),
        "{log:?}"
    );
}

#[tokio::test]
async fn an_error_is_the_guests_own() {
    let failure = attack("guest-error").fails().await;
    assert_eq!(failure.to_string(), "guest-error: I would rather not");
}

#[tokio::test]
async fn a_message_is_one_clean_line_whatever_the_guest_says() {
    let failure = attack("ugly-error").fails().await;
    assert_eq!(failure.message, "one two [31mthree");
}

#[tokio::test]
async fn no_message_holds_a_path() {
    for name in ["panic", "abort", "recurse", "divide", "memory", "exit"] {
        let failure = attack(name).fails().await;
        assert!(!failure.message.contains(".rs") && !failure.message.contains('/'), "{failure}");
    }
}
