//! The suite: the bundled components pass it, and it catches everybody else.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "tests may assert the short way"
)]

use std::{sync::LazyLock, time::Duration};

use amatelier_conformance::{Checked, Subject, Terms, Verdict, conform, conform_in};
use amatelier_runtime::{Component, Runtime};
use amatelier_types::World;
use amatelier_types::{Capabilities, Capability};

static RUNTIME: LazyLock<Runtime> = LazyLock::new(|| Runtime::new().unwrap());

static HOSTILE: LazyLock<Component> =
    LazyLock::new(|| RUNTIME.compile(amatelier_test_support::guest("hostile")).unwrap());

fn told(checked: &[Checked]) -> Vec<String> {
    let fault = |check: &Checked| match &check.verdict {
        Verdict::Failed(fault) => Some(format!("{} {}: {}", check.world, check.name, fault.what)),
        _ => None,
    };
    checked.iter().filter_map(fault).collect()
}

/// The hostile guest, in this attack.
fn hostile(attack: &str, asks: Capabilities) -> Subject {
    let mut subject = Subject::of(HOSTILE.clone(), "hostile", asks);
    subject.settings.insert("attack".into(), attack.into());
    // A loop need not be waited for.
    subject.limits.cpu_ticks = 20;
    subject
}

async fn failed(world: World, subject: &Subject) -> Vec<&'static str> {
    let checked = conform_in(world, &RUNTIME, subject, &Terms { patience: Duration::from_secs(20) }).await;
    checked.iter().filter(|check| check.failed()).map(|check| check.name).collect()
}

#[tokio::test]
async fn every_bundled_component_passes() {
    for bundled in amatelier_bundle::all() {
        let component = RUNTIME.compile(bundled.bytes).unwrap();
        let subject = Subject::of(component, bundled.id, bundled.grants.iter().copied().collect());
        let checked = conform(&RUNTIME, &subject, &Terms::default()).await;
        assert!(checked.iter().any(|check| matches!(check.verdict, Verdict::Passed)));
        assert_eq!(told(&checked), Vec::<String>::new(), "{} {}", bundled.world, bundled.id);
    }
}

#[tokio::test]
async fn components_that_ask_for_nothing_skip_what_is_about_asking() {
    let component = RUNTIME.compile(amatelier_test_support::guest("ada")).unwrap();
    let checked =
        conform(&RUNTIME, &Subject::of(component, "ada", Capabilities::new()), &Terms::default()).await;
    assert_eq!(told(&checked), Vec::<String>::new());
    let skipped: Vec<_> = checked
        .iter()
        .filter(|check| matches!(check.verdict, Verdict::Skipped(_)))
        .map(|check| check.name)
        .collect();
    assert_eq!(skipped, ["stands-denial", "stands-model-trouble", "recovers"]);
}

#[tokio::test]
async fn a_persona_that_misbehaves_is_caught() {
    for (attack, check) in [
        ("panic", "answers-every-phase"),
        ("loop", "answers-every-phase"),
        ("memory", "answers-every-phase"),
        ("recurse", "answers-every-phase"),
        ("huge-return", "answers-every-phase"),
        ("exit", "answers-every-phase"),
        ("guest-error", "answers-every-phase"),
        ("panic-once", "answers-every-phase"),
        ("too-many-model-calls", "answers-every-phase"),
        ("escapes", "answers-every-phase"),
        ("blank", "answers-every-phase"),
        ("answer-trap", "answers-questions"),
        ("answer-blank", "answers-questions"),
        ("trust-models", "stands-denial"),
        ("trust-models", "stands-model-trouble"),
        ("sulk", "recovers"),
        ("trust-words", "stands-hostile-words"),
        ("swallow", "stands-the-longest-debate"),
    ] {
        let failed = failed(World::Persona, &hostile(attack, Capability::ALL.into())).await;
        assert!(failed.contains(&check), "{attack}: {failed:?}");
    }
}

#[tokio::test]
async fn a_plugin_that_uses_what_it_does_not_ask_for_is_caught() {
    let failed = failed(World::Persona, &hostile("think", Capabilities::new())).await;
    assert!(failed.contains(&"asks-for-what-it-uses"), "{failed:?}");
}

#[tokio::test]
async fn a_judge_that_misbehaves_is_caught() {
    let good = failed(World::Judge, &hostile("quiet", Capability::ALL.into())).await;
    assert_eq!(good, Vec::<&str>::new());
    for (attack, check) in [
        ("judge-nobody", "moderates"),
        ("judge-escapes", "moderates"),
        ("huge-return", "moderates-nothing"),
        ("judge-trap", "rules-every-round"),
        ("judge-loop", "rules-every-round"),
        ("judge-mute", "rules-every-round"),
        ("judge-blank", "sums-up"),
        ("judge-escapes", "is-not-ordered-about"),
    ] {
        let failed = failed(World::Judge, &hostile(attack, Capability::ALL.into())).await;
        assert!(failed.contains(&check), "{attack}: {failed:?}");
    }
}

#[tokio::test]
async fn a_rubric_that_misbehaves_is_caught() {
    let good = failed(World::Rubric, &hostile("rubric-good", Capability::ALL.into())).await;
    assert_eq!(good, Vec::<&str>::new());
    for (attack, check) in [
        ("rubric-no-axes", "axes-stay"),
        ("rubric-dice", "axes-stay"),
        ("rubric-huge-scale", "axes-stay"),
        ("rubric-rich-scale", "marks-everybody"),
        ("rubric-axis-id", "marks-everybody"),
        ("rubric-axis-name", "marks-everybody"),
        ("rubric-off-scale", "marks-everybody"),
        ("rubric-duplicates", "marks-everybody"),
        ("rubric-missing", "marks-everybody"),
        ("rubric-strangers", "marks-everybody"),
        ("rubric-million", "marks-everybody"),
        ("rubric-megabyte", "marks-everybody"),
        ("rubric-wordy", "marks-everybody"),
        ("rubric-loop", "marks-everybody"),
        ("rubric-needs-words", "marks-silence"),
        ("rubric-deaf", "heeds-a-retry"),
        ("rubric-obeys", "cannot-be-talked-into-marks"),
    ] {
        let failed = failed(World::Rubric, &hostile(attack, Capability::ALL.into())).await;
        assert!(failed.contains(&check), "{attack}: {failed:?}");
    }
}

#[tokio::test]
async fn a_store_that_misbehaves_is_caught() {
    for (attack, check) in [
        ("store-loop", "lists-the-same"),
        ("store-flood", "lists-the-same"),
        ("store-price", "lists-the-same"),
        ("store-duplicates", "lists-the-same"),
        ("store-id", "lists-the-same"),
        ("store-escapes", "lists-the-same"),
        ("store-lifetime", "lists-the-same"),
        ("store-percent", "answers-every-buyer"),
        ("store-reason", "answers-every-buyer"),
        ("store-effects", "keeps-promises"),
        ("store-mint", "keeps-promises"),
        ("store-turns", "keeps-promises"),
        ("store-lasting", "keeps-promises"),
        ("store-refuses", "keeps-promises"),
        ("store-teaches", "knows-its-items"),
    ] {
        let failed = failed(World::Store, &hostile(attack, Capabilities::new())).await;
        assert!(failed.contains(&check), "{attack}: {failed:?}");
    }
}

#[tokio::test]
async fn a_teacher_that_misbehaves_is_caught() {
    for (attack, check) in [
        ("skill-list-loop", "lists-the-same"),
        ("skill-flood", "lists-the-same"),
        ("skill-title", "lists-the-same"),
        ("skill-loop", "teaches-every-skill"),
        ("skill-megabyte", "teaches-every-skill"),
        ("skill-escapes", "teaches-every-skill"),
        ("skill-empty", "teaches-every-skill"),
        ("skill-refuses", "teaches-every-skill"),
        ("skill-advice", "advises-briefly"),
        ("skill-advice-lines", "advises-briefly"),
        ("none", "knows-its-skills"),
    ] {
        let failed = failed(World::Skill, &hostile(attack, Capabilities::new())).await;
        assert!(failed.contains(&check), "{attack}: {failed:?}");
    }
}
