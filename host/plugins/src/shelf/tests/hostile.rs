//! Packages that mean no good, as somebody would be told who installs them.

use super::*;
use crate::{Manifest, SECTION};

const PERSONA: &str = "amatelier:persona/persona@0.1.0";
const LLM: (&str, &[&str]) = ("amatelier:llm/llm@0.1.0", &["complete"]);
const ASKS: &str = r#""capabilities":{"llm.complete":{"reason":"writes"}},"#;

/// A component with these words for a manifest, whatever they are.
fn saying(component: &[u8], manifest: &str) -> Vec<u8> {
    with_section(component, SECTION, manifest.as_bytes())
}

fn manifest(asks: &str, id: &str, version: &str, description: &str) -> String {
    format!(
        r#"{{{asks}"plugin":{{"description":"{description}","id":"{id}","license":"MIT","min-host":"0.1.0","version":"{version}"}},"schema":1}}"#
    )
}

fn plain(asks: &str) -> String {
    manifest(asks, "socratic", "0.2.0", "Asks.")
}

/// A persona of this version of the contracts.
fn of_version(version: &str) -> Vec<u8> {
    saying(&component(&[LLM], &[&format!("amatelier:persona/persona@{version}")]), &plain(ASKS))
}

/// What is said, and that nothing was kept.
fn refused(bytes: &[u8]) -> String {
    let place = Place::new();
    let error = place.install(bytes, &granting(&[])).unwrap_err().to_string();
    assert_eq!(place.shelf.all().unwrap(), []);
    for folder in ["components", "plugins/manifests"] {
        assert!(!place.folder.path().join(folder).exists(), "{folder}: {error}");
    }
    assert!(!error.contains(|c: char| c.is_control() && c != '\n'), "{error:?}");
    assert_eq!(place.shelf.inspect(bytes).unwrap_err().to_string(), error);
    error
}

#[test]
fn every_lie_is_refused_in_its_own_words_and_leaves_nothing() {
    let persona = component(&[LLM], &[PERSONA]);
    let quiet = component(&[], &[PERSONA]);
    let fine = saying(&persona, &plain(ASKS));
    assert!(Inspection::of(&fine).is_ok());
    let (long, escape) = ("x".repeat(201), r"\u001b[2J\u001b]0;owned\u0007");
    let asking = |capability: &str| format!(r#""capabilities":{{"{capability}":{{"reason":"writes"}}}},"#);
    for (bytes, said) in [
        // Worlds.
        (
            saying(&component(&[LLM], &[]), &plain(ASKS)),
            "it exports no persona, judge, rubric, store or skills that this host calls",
        ),
        (
            saying(&component(&[LLM], &["wasi:cli/run@0.2.0"]), &plain(ASKS)),
            "it exports no persona, judge, rubric, store or skills that this host calls",
        ),
        (
            saying(&component(&[LLM], &["amatelier:llm/llm@0.1.0"]), &plain(ASKS)),
            "it exports no persona, judge, rubric, store or skills that this host calls",
        ),
        // Versions of contracts.
        (
            of_version("1.0.0"),
            "it offers `amatelier:persona/persona@1.0.0`; this amatelier speaks amatelier:persona 0.1.0: it needs a newer amatelier than this one (0.1.0); update amatelier, or build the plugin against 0.1.0",
        ),
        (
            of_version("0.9.0"),
            "it offers `amatelier:persona/persona@0.9.0`; this amatelier speaks amatelier:persona 0.1.0: it needs a newer amatelier than this one (0.1.0); update amatelier, or build the plugin against 0.1.0",
        ),
        (
            of_version("0.0.1"),
            "it offers `amatelier:persona/persona@0.0.1`; this amatelier speaks amatelier:persona 0.1.0: that version is not served; build the plugin against 0.1.0",
        ),
        (
            saying(&component(&[("amatelier:llm/llm@2.0.0", &["complete"])], &[PERSONA]), &plain(ASKS)),
            "it needs `amatelier:llm/llm@2.0.0`; this amatelier speaks amatelier:llm 0.1.0: it needs a newer amatelier than this one (0.1.0); update amatelier, or build the plugin against 0.1.0",
        ),
        (
            saying(&component(&[LLM, ("amatelier:files/files@0.1.0", &["open"])], &[PERSONA]), &plain(ASKS)),
            "it needs `amatelier:files/files@0.1.0`, which this host does not have",
        ),
        (
            saying(&component(&[LLM, ("evil:host/shell@1.0.0", &["run"])], &[PERSONA]), &plain(ASKS)),
            "it needs `evil:host/shell@1.0.0`, which no host of plugins has",
        ),
        // Capabilities.
        (
            saying(&persona, &plain("")),
            "it imports `complete` of `amatelier:llm/llm@0.1.0`, which needs `llm.complete`",
        ),
        (
            saying(&quiet, &plain(ASKS)),
            "its manifest asks for `llm.complete`, and it imports nothing that needs it",
        ),
        (saying(&persona, &plain(&asking("market.buy"))), "its manifest asks for `market.buy`"),
        (saying(&persona, &plain(&asking("llm.compleat"))), "`llm.compleat` is no capability"),
        (saying(&persona, &plain(&asking("files.write"))), "`files.write` is no capability"),
        // What is no package at all.
        (Vec::new(), "it is not a WebAssembly file"),
        (b"#!/bin/sh\nrm -rf /\n".to_vec(), "it is not a WebAssembly file"),
        (b"PK\x03\x04".to_vec(), "it is not a WebAssembly file"),
        (b"\0asm\x01\0\0\0".to_vec(), "it is a core WebAssembly module, not a component"),
        (b"\0asm\x0e\0\x01\0".to_vec(), "it is of another version of WebAssembly than this host knows"),
        (persona.clone(), "it has no section `amatelier:manifest`"),
        (vec![0; PackageLimits::COMPONENT_BYTES + 1], "it has 33554433 bytes; a plugin has at most 33554432"),
        // Manifests.
        (saying(&persona, ""), "at the top"),
        (saying(&persona, "[]"), "must be a table, not a list"),
        (
            saying(&persona, &plain(ASKS).replace("\"schema\":1", "\"schema\":2")),
            "this host reads schema 1: update amatelier",
        ),
        (
            saying(&persona, &plain(ASKS).replace("min-host\":\"0.1.0", "min-host\":\"7.0.0")),
            "`socratic` needs amatelier 7.0.0 or newer; this is 0.1.0: update amatelier",
        ),
        (saying(&persona, &format!("{} ", plain(ASKS))), "the manifest is not in its canonical form"),
        (saying(&fine, &plain(ASKS)), "it has more than one section `amatelier:manifest`"),
        (
            saying(&persona, &"x".repeat(Manifest::BYTES + 1)),
            "the manifest has 65537 bytes; the limit is 65536",
        ),
        // Names and metadata.
        (
            saying(&persona, &manifest(ASKS, escape, "0.2.0", "Asks.")),
            r"is `\u{1b}[2J\u{1b}]0;owned\u{7}`: an id is words",
        ),
        (
            saying(&persona, &manifest(ASKS, "<script>alert(1)</script>", "0.2.0", "Asks.")),
            "an id is words of lower-case letters",
        ),
        (
            saying(&persona, &manifest(ASKS, "../../etc/passwd", "0.2.0", "Asks.")),
            "an id is words of lower-case letters",
        ),
        (
            saying(&persona, &manifest(ASKS, &"a".repeat(65), "0.2.0", "Asks.")),
            "an id is words of lower-case letters",
        ),
        (saying(&persona, &manifest(ASKS, "socratic", escape, "Asks.")), r"`plugin.version` is `\u{1b}[2J"),
        (
            saying(&persona, &manifest(ASKS, "socratic", "0.2.0", escape)),
            r"cannot be shown: it holds the character \u{1b}",
        ),
        (
            saying(&persona, &manifest(ASKS, "socratic", "0.2.0", "a\u{202e}b")),
            r"cannot be shown: it holds the character \u{202e}",
        ),
        (
            saying(&persona, &manifest(ASKS, "socratic", "0.2.0", &long)),
            "cannot be shown: it is longer than 200 characters",
        ),
        (
            with_section(&fine, "description", b"Answers."),
            "its section `description` says `Answers.`, its manifest `Asks.`",
        ),
        (
            with_section(&fine, "authors", &vec![b'x'; 1 << 20]),
            "its section `authors` has 1048576 bytes; the limit is 4096",
        ),
        (
            with_section(&fine, "authors", b"\x1b[31mme"),
            r"its section `authors` cannot be shown: it holds the character \u{1b}",
        ),
        (
            with_section(&fine, "version", b"9.9.9"),
            "its section `version` says `9.9.9`, its manifest `0.2.0`",
        ),
    ] {
        let told = refused(&bytes);
        assert!(told.contains(said), "{said}\n--\n{told}");
    }
}

#[test]
fn what_is_cut_off_at_any_byte_is_refused() {
    let bytes = plugin("0.2.0", &[(LlmComplete, &[])]);
    for end in 0..bytes.len() {
        assert!(Inspection::of(&bytes[..end]).is_err(), "{end}");
    }
}

#[test]
fn a_flipped_bit_is_refused_wherever_it_is() {
    let place = Place::new();
    let bytes = plugin("0.2.0", &[(LlmComplete, &[])]);
    place.install(&bytes, &granting(&[])).unwrap();
    let (one, entry) = (place.one(), place.one().entry);
    let host = host_version();
    // All of a small one: its head, its types, its names, its manifest.
    for bit in 0..bytes.len() * 8 {
        let mut flipped = bytes.clone();
        flipped[bit / 8] ^= 1 << (bit % 8);
        let error = entry.check(&flipped, &PackageLimits::default(), &host).unwrap_err().to_string();
        assert!(
            error.starts_with("`socratic` is not what was installed: amatelier.lock has sha256 "),
            "{error}"
        );
        // A stranger to the lock is another plugin, or none; it says nothing that a terminal obeys.
        if let Err(error) = Inspection::of(&flipped) {
            let error = error.to_string();
            assert!(!error.contains(|c: char| c.is_control() && c != '\n'), "bit {bit}: {error:?}");
        }
    }
    assert!(place.shelf.bytes(&one).is_ok());
}

#[test]
fn markup_in_a_description_is_text_like_any_other() {
    let bytes = saying(
        &component(&[LLM], &[PERSONA]),
        &manifest(ASKS, "socratic", "0.2.0", "<script>alert(1)</script> [b](javascript:x)"),
    );
    let place = Place::new();
    place.install(&bytes, &granting(&[])).unwrap();
    assert!(place.shelf.inspect(&bytes).unwrap().sheet.to_string().contains("<script>alert(1)</script>"));
}
