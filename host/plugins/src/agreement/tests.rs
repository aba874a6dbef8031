//! Manifests against components, most of them lying.

use amatelier_types::Capability;

use super::*;
use crate::{
    Ask, PackageLimits, embed,
    manifest::tests::socratic,
    package::tests::{component, persona, read, with_section},
};

const PERSONA: &str = "amatelier:persona/persona@0.1.0";
const LLM: (&str, &[&str]) = ("amatelier:llm/llm@0.1.0", &["complete"]);
const STEWARD: (&str, &[&str]) = ("amatelier:steward/steward@0.1.0", &["read"]);

fn wrong(imports: &[(&str, &[&str])], exports: &[&str]) -> Vec<String> {
    let package = read(&component(imports, exports)).unwrap();
    let Err(Disagreements(wrong)) = Agreement::of(&socratic(), &package) else { return Vec::new() };
    wrong.iter().map(ToString::to_string).collect()
}

#[test]
fn what_asks_for_what_it_uses_and_offers_what_is_called_is_agreed() {
    let agreement = Agreement::of(&socratic(), &read(&persona()).unwrap()).unwrap();
    assert_eq!(agreement.worlds.iter().map(ToString::to_string).collect::<Vec<_>>(), [PERSONA]);
    assert_eq!(agreement.uses, Capabilities::from([Capability::LlmComplete, Capability::StewardRead]));
    assert_eq!(agreement.notes, []);
    let wasi: (&str, &[&str]) = ("wasi:io/streams@0.2.6", &["x"]);
    assert_eq!(wrong(&[LLM, STEWARD, wasi], &[PERSONA, "amatelier:rubric/rubric@0.1.0"]), [""; 0]);
}

#[test]
fn every_lie_has_its_own_words() {
    let buy: (&str, &[&str]) = ("amatelier:economy/market@0.1.0", &["buy"]);
    for (imports, exports, expected) in [
        (
            vec![LLM, STEWARD, buy],
            vec![PERSONA],
            "it imports `buy` of `amatelier:economy/market@0.1.0`, which needs `market.buy`, and its manifest does not ask for that: add it to \
             [capabilities] with a reason, or build the plugin without the import",
        ),
        (
            vec![LLM],
            vec![PERSONA],
            "its manifest asks for `steward.read`, and it imports nothing that needs it: take it out of [capabilities]",
        ),
        (
            vec![LLM, STEWARD],
            vec![],
            "it exports no persona, judge, rubric, store or skills that this host calls: export one of the worlds in `wit/`",
        ),
        (
            vec![LLM, STEWARD],
            vec!["amatelier:llm/llm@0.1.0"],
            "it exports no persona, judge, rubric, store or skills that this host calls: export one of the worlds in `wit/`",
        ),
        (
            vec![LLM, STEWARD],
            vec!["amatelier:persona/persona@0.2.0"],
            "it offers `amatelier:persona/persona@0.2.0`; this amatelier speaks amatelier:persona 0.1.0: it needs a newer amatelier \
             than this one (0.1.0); update amatelier, or build the plugin against 0.1.0",
        ),
        (
            vec![LLM, STEWARD],
            vec!["amatelier:persona/persona@0.0.9"],
            "it offers `amatelier:persona/persona@0.0.9`; this amatelier speaks amatelier:persona 0.1.0: that version is not served; \
             build the plugin against 0.1.0",
        ),
        (
            vec![LLM, STEWARD],
            vec!["amatelier:persona/persona"],
            "it offers `amatelier:persona/persona`; this amatelier speaks amatelier:persona 0.1.0: build the plugin against 0.1.0, with the version \
             in the name",
        ),
        (
            vec![LLM, STEWARD, ("amatelier:chat/chat@1.0.0", &["topic"])],
            vec![PERSONA],
            "it needs `amatelier:chat/chat@1.0.0`; this amatelier speaks amatelier:chat 0.1.0: it needs a newer amatelier than this one (0.1.0); \
             update amatelier, or build the plugin against 0.1.0",
        ),
        (
            vec![LLM, STEWARD, ("amatelier:net/http@0.1.0", &["get"])],
            vec![PERSONA],
            "it needs `amatelier:net/http@0.1.0`, which this host does not have: update amatelier, or build the plugin without it",
        ),
        (
            vec![LLM, STEWARD, ("evil:host/shell@1.0.0", &["run"])],
            vec![PERSONA],
            "it needs `evil:host/shell@1.0.0`, which no host of plugins has: build it without it",
        ),
        (
            vec![LLM, STEWARD, ("\u{1b}[2J", &["run"])],
            vec![PERSONA],
            "it needs `\\u{1b}[2J`, which no host of plugins has: build it without it",
        ),
    ] {
        assert_eq!(wrong(&imports, &exports), [expected]);
    }
    assert_eq!(wrong(&[buy, ("amatelier:llm/llm@0.2.0", &["complete"])], &["x:y/z"]).len(), 4);
}

#[test]
fn a_package_with_several_versions_says_which_way_to_go() {
    for (version, expected) in [
        (
            "0.3.0",
            "it needs a newer amatelier than this one (0.1.0); update amatelier, or build the plugin against 0.2.0",
        ),
        (
            "0.1.5",
            "it needs a newer amatelier than this one (0.1.0); update amatelier, or build the plugin against 0.2.0",
        ),
        (
            "1.0.0",
            "it needs a newer amatelier than this one (0.1.0); update amatelier, or build the plugin against 0.2.0",
        ),
        ("0.0.4", "that version is not served; build the plugin against 0.2.0"),
        (
            "0.2.0-draft",
            "0.2.0-draft was a draft, which nobody promised to keep; build the plugin against 0.2.0",
        ),
    ] {
        let rubric = format!("amatelier:rubric/rubric@{version}");
        let told = wrong(&[LLM, STEWARD], &[&rubric]);
        assert_eq!(
            told,
            [format!(
                "it offers `{rubric}`; this amatelier speaks amatelier:rubric 0.1.0 and 0.2.0: {expected}"
            )]
        );
    }
}

#[test]
fn a_component_for_hosts_of_both_ages_is_called_for_both() {
    let both = ["amatelier:rubric/rubric@0.1.0", "amatelier:rubric/rubric@0.2.0"];
    let package = read(&component(&[], &both)).unwrap();
    assert_eq!(package.worlds().unwrap().iter().map(ToString::to_string).collect::<Vec<_>>(), both);
}

#[test]
fn an_interface_that_is_asked_for_in_part_is_a_note() {
    let whole: (&str, &[&str]) = ("amatelier:llm/llm@0.1.0", &["complete", "embed", "count-tokens"]);
    let package = read(&component(&[whole, STEWARD], &[PERSONA, "amatelier:persona/persona@0.2.0"])).unwrap();
    let agreement = Agreement::of(&socratic(), &package).unwrap();
    let notes: Vec<_> = agreement.notes.iter().map(ToString::to_string).collect();
    let expected = [
        "it offers `amatelier:persona/persona@0.2.0`, which this host does not call",
        "it imports `embed` of `amatelier:llm/llm@0.1.0`, which answers `denied`: its manifest does not ask for `llm.embed`",
    ];
    assert_eq!(notes, expected);
}

#[test]
fn two_places_that_tell_different_versions_are_a_disagreement() {
    let mut manifest = socratic();
    let bytes = embed(&persona(), &manifest, &PackageLimits::default()).unwrap();
    assert!(Agreement::of(&manifest, &read(&bytes).unwrap()).is_ok());
    let forged = with_section(&persona(), "version", b"9.0.0");
    let error = Agreement::of(&manifest, &read(&forged).unwrap()).unwrap_err();
    assert_eq!(
        error.to_string(),
        "its section `version` says `9.0.0`, its manifest `0.2.0`: embed the manifest anew with `amatelier plugin build`"
    );
    manifest.license = "GPL-3.0-only".into();
    assert!(Agreement::of(&manifest, &read(&bytes).unwrap()).is_err());
}

#[test]
fn a_component_without_a_manifest_is_held_against_the_host_alone() {
    assert_eq!(read(&persona()).unwrap().worlds().unwrap().len(), 1);
    assert_eq!(read(&component(&[], &[])).unwrap().worlds(), Err(Disagreements(vec![Disagreement::NoWorld])));
}

#[test]
fn asking_for_nothing_and_using_nothing_is_fine() {
    let mut manifest = socratic();
    manifest.asks.clear();
    let package = read(&component(&[], &[PERSONA])).unwrap();
    assert!(Agreement::of(&manifest, &package).unwrap().uses.is_empty());
    manifest.asks.insert(Capability::Notebook, Ask { reason: "x".into(), labels: None });
    assert!(Agreement::of(&manifest, &package).is_err());
}
