#![no_main]
//! A `SKILL.md` is a skill within its bounds, or there is an error; `host/workspace/tests/skills.rs` says it in full.

use amatelier_workspace::{Severity, skill_document};

libfuzzer_sys::fuzz_target!(|text: &str| match skill_document("skill", text) {
    Ok(skill) => {
        assert!((1..=64).contains(&skill.name.len()) && skill.body.chars().count() <= 20_000);
        assert!(skill.warnings.iter().all(|warning| warning.severity == Severity::Warning));
    }
    Err(complaints) => assert!(complaints.iter().any(|complaint| complaint.severity == Severity::Error)),
});
