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
async fn a_traps_place_is_told_to_the_author_and_not_to_the_table() {
    for (name, message, places) in [
        ("panic", "it panicked or aborted", &["take-turn"][..]),
        ("abort", "it panicked or aborted", &["take-turn"]),
        ("divide", "it panicked or aborted", &["hostile::divide", "take-turn"]),
        ("recurse", "it recursed until its stack was used up", &["hostile::recurse"]),
    ] {
        let failure = attack(name).fails().await;
        assert_eq!((failure.kind, failure.message.as_str()), (FailureKind::Trap, message), "{name}");
        let backtrace = attack(name).run().await.record.backtrace;
        for place in places {
            assert!(backtrace.iter().any(|frame| frame.contains(place)), "{name}: {backtrace:?}");
        }
    }
    assert!(attack("guest-error").run().await.record.backtrace.is_empty());
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
