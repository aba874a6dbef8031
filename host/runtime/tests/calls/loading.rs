//! What does not load, and what its author is told.

use amatelier_plugins::Contract;
use amatelier_runtime::{Limits, LoadError};

use crate::stage::RUNTIME;

fn error(wat: &str) -> LoadError {
    RUNTIME.compile(&wat::parse_str(wat).unwrap()).unwrap_err()
}

/// Of a component that could be called as a persona, were it not for this import.
fn import(text: &str) -> LoadError {
    persona(&format!("(import {text})"))
}

fn persona(inside: &str) -> LoadError {
    error(&format!(
        r#"(component {inside} (instance $i) (export "amatelier:persona/persona@0.1.0" (instance $i)))"#
    ))
}

/// What exports this and nothing else.
fn export(interface: &str) -> LoadError {
    error(&format!(r#"(component (instance $i) (export "{interface}" (instance $i)))"#))
}

#[test]
fn what_is_no_component_is_told_apart() {
    assert_eq!(RUNTIME.compile(b"").unwrap_err(), LoadError::NotWasm);
    assert_eq!(RUNTIME.compile(b"#!/bin/sh").unwrap_err(), LoadError::NotWasm);
    assert_eq!(error("(module)"), LoadError::CoreModule);
    let huge = vec![0; Limits::COMPONENT_BYTES + 1];
    assert_eq!(
        RUNTIME.compile(&huge).unwrap_err(),
        LoadError::TooLarge { bytes: 33_554_433, limit: 33_554_432 }
    );
}

#[test]
fn a_broken_component_does_not_compile() {
    let bytes = amatelier_test_support::guest("ada");
    assert!(matches!(RUNTIME.compile(&bytes[..bytes.len() / 2]).unwrap_err(), LoadError::Refused(_)));
}

#[test]
fn types_within_types_without_end_are_refused_before_they_exhaust_the_stack() {
    let depth = 50_000;
    // A section with one type: a component type that declares a component type that declares …
    let mut types = vec![1];
    types.extend([0x41, 1, 1].repeat(depth));
    types.extend([0x41, 0]);
    let mut bytes = b"\0asm\x0d\0\x01\0\x07".to_vec();
    let mut length = types.len();
    while length >= 0x80 {
        bytes.push((length & 0x7f) as u8 | 0x80);
        length >>= 7;
    }
    bytes.push(length as u8);
    bytes.extend(types);
    assert!(matches!(RUNTIME.compile(&bytes).unwrap_err(), LoadError::Refused(_)));
}

/// What passes the text on is made by the compiler, and has two memories. With that feature off the compiler does not refuse it, it panics.
#[test]
fn components_that_pass_texts_to_each_other_within_one_compile() {
    let joined = r#"
        (component $inner
            (core module $m (memory (export "memory") 1)
                (func (export "realloc") (param i32 i32 i32 i32) (result i32) i32.const 0)
                (func (export "take") (param i32 i32)))
            (core instance $i (instantiate $m))
            (func (export "take") (param "text" string)
                (canon lift (core func $i "take") (memory (core memory $i "memory")) (realloc (core func $i "realloc")))))
        (component $outer
            (import "take" (func $take (param "text" string)))
            (core module $libc (memory (export "memory") 1))
            (core instance $l (instantiate $libc))
            (core func $t (canon lower (func $take) (memory (core memory $l "memory"))))
            (core module $m (import "h" "take" (func (param i32 i32))) (func (export "run")))
            (core instance $i (instantiate $m (with "h" (instance (export "take" (func $t))))))
            (func (export "run") (canon lift (core func $i "run"))))
        (instance $a (instantiate $inner))
        (instance $b (instantiate $outer (with "take" (func $a "take"))))
        "#;
    assert_eq!(persona(joined), persona(""), "nothing but the persona's own functions is missing");
}

#[test]
fn features_that_plugins_do_not_need_do_not_compile() {
    for feature in [
        "(core module (memory 1 1 shared))",
        "(core module (memory i64 1))",
        "(core module (func (param v128 v128) (result v128) (i8x16.relaxed_swizzle (local.get 0) (local.get 1))))",
        "(core module (type (struct)))",
        "(core module (tag))",
        "(core module (func return_call 0))",
    ] {
        let error = persona(feature);
        assert!(matches!(error, LoadError::Invalid(_)), "{feature}: {error}");
    }
}

#[test]
fn an_import_that_is_not_offered_is_named() {
    for name in ["wasi:http/types@0.2.0", "wasi:sockets/tcp@0.2.0"] {
        let text = format!(r#""{name}" (instance (export "f" (func)))"#);
        assert_eq!(import(&text), LoadError::Import { interface: name.into(), item: "f".into() });
    }
    for (name, why) in [
        ("amatelier:secrets/keys@0.1.0", "which this host does not have"),
        ("evil:x/y@1.0.0", "which no host of plugins has"),
    ] {
        let told = import(&format!(r#""{name}" (instance (export "f" (func)))"#)).to_string();
        assert!(told.starts_with(&format!("it needs `{name}`, {why}")), "{told}");
    }
}

#[test]
fn a_function_that_a_contract_does_not_have_is_named() {
    let text =
        r#""amatelier:kit/clock@0.1.0" (instance (export "now" (func (result u32))) (export "zone" (func)))"#;
    let words = "it imports `zone` of `amatelier:kit/clock@0.1.0`, which this host does not offer";
    assert_eq!(import(text).to_string(), words);
}

#[test]
fn another_version_of_a_contract_is_named_before_anything_is_compiled() {
    let ahead = "it needs a newer amatelier than this one (0.1.0); update amatelier, or build the plugin against 0.1.0";
    for version in ["0.2.0", "0.1.9"] {
        let name = format!("amatelier:kit/clock@{version}");
        let told = import(&format!(r#""{name}" (instance (export "now" (func (result u32))))"#)).to_string();
        assert_eq!(told, format!("it needs `{name}`; this amatelier speaks amatelier:kit 0.1.0: {ahead}"));
    }
    let told = export("amatelier:persona/persona@1.0.0").to_string();
    assert!(
        told.starts_with("it offers `amatelier:persona/persona@1.0.0`; ") && told.ends_with(ahead),
        "{told}"
    );
}

#[test]
fn every_version_of_every_extension_point_in_the_table_is_called() {
    for contract in Contract::all() {
        let Some(called) = contract.called() else { continue };
        for version in contract.versions() {
            let name = format!("amatelier:{}/{called}@{version}", contract.package());
            let LoadError::Shape { interface, reason } = export(&name) else { panic!("{name}") };
            assert_eq!(interface, name);
            assert!(reason.starts_with("it has no function `"), "{reason}");
        }
    }
}

#[test]
fn another_shape_of_a_contract_is_named() {
    let text = r#""amatelier:kit/clock@0.1.0" (instance (export "now" (func (result string))))"#;
    let reason = "`now`: expected `u32` found `string`".to_owned();
    assert_eq!(import(text), LoadError::Shape { interface: "amatelier:kit/clock@0.1.0".into(), reason });
    let LoadError::Shape { interface, reason } = export("amatelier:persona/persona@0.1.0") else { panic!() };
    assert_eq!(
        (interface.as_str(), reason.as_str()),
        ("amatelier:persona/persona@0.1.0", "it has no function `take-turn`")
    );
}

#[test]
fn a_component_without_an_opinion_does_not_load() {
    let told = "it exports no persona, judge, rubric, store or skills that this host calls: export one of the worlds in `wit/`";
    assert_eq!(error("(component)").to_string(), told);
    assert_eq!(export("a:b/c@1.0.0").to_string(), told);
}
