//! Real components, as the toolchain makes them.
#![allow(clippy::unwrap_used, reason = "a helper that fails fails its test")]

use amatelier_plugins::{Agreement, Manifest, Package, PackageError, PackageLimits, embed};
use amatelier_test_support::{example, guest};
use semver::Version;

const MANIFEST: &str = r#"schema = 1
[plugin]
id = "ada"
version = "1.2.3"
description = "Speaks."
license = "MIT"
min-host = "0.1.0"
authors = ["Ada"]
"#;

fn host() -> Version {
    Version::new(0, 1, 0)
}

fn limits() -> PackageLimits {
    PackageLimits::default()
}

fn embedded(name: &str) -> Vec<u8> {
    embed(guest(name), &Manifest::of_toml(MANIFEST, &host()).unwrap(), &limits()).unwrap()
}

#[test]
fn what_a_real_persona_is_made_of_is_known_from_outside() {
    let package = Package::read(guest("ada"), &limits()).unwrap();
    let exports: Vec<_> = package.exports.iter().map(ToString::to_string).collect();
    assert_eq!(exports, ["amatelier:persona/persona@0.1.0"]);
    // Of an interface, the toolchain imports what is used and no more.
    let ours: Vec<_> = package
        .imports
        .iter()
        .filter(|import| import.name.interface().unwrap().namespace == "amatelier")
        .map(|import| format!("{} {}", import.name, import.functions.join(" ")))
        .collect();
    let expected = [
        "amatelier:types/types@0.1.0 ",
        "amatelier:chat/chat@0.1.0 topic",
        "amatelier:kit/settings@0.1.0 get",
    ];
    assert_eq!(ours, expected);
    assert_eq!(package.worlds().unwrap().len(), 1);
    assert!(!package.has_manifest());
    assert!(
        package.metadata.producers.iter().any(|tool| tool.name == "wit-component"),
        "{:?}",
        package.metadata
    );
}

#[test]
fn what_is_embedded_in_a_real_component_comes_out_again_and_the_rest_is_what_it_was() {
    let bytes = embedded("ada");
    let package = Package::read(&bytes, &limits()).unwrap();
    let manifest = package.manifest(&host()).unwrap();
    assert_eq!((manifest.id.as_str(), manifest.version.to_string().as_str()), ("ada", "1.2.3"));
    assert_eq!(package.metadata.authors.as_deref(), Some("Ada"));
    assert!(bytes.starts_with(guest("ada")));
    let before = Package::read(guest("ada"), &limits()).unwrap();
    assert_eq!((package.imports, package.exports), (before.imports, before.exports));
    assert_eq!(embed(&bytes, &manifest, &limits()).unwrap(), bytes);
}

#[test]
fn a_real_component_that_is_cut_off_anywhere_is_refused() {
    let bytes = embedded("ada");
    // Every place near a border of a section is tried, and of the long middle of the code every hundredth.
    for end in (0..bytes.len()).filter(|end| end % 101 == 0 || *end < 4000 || bytes.len() - end < 20_000) {
        let read = Package::read(&bytes[..end], &limits());
        let error = read.and_then(|package| package.manifest(&host())).unwrap_err();
        let expected =
            matches!(error, PackageError::CutOff { .. } | PackageError::NoManifest | PackageError::NotWasm);
        assert!(expected, "{end} of {}: {error:?}", bytes.len());
    }
}

#[test]
fn a_real_component_with_a_flipped_bit_is_another_one_or_none() {
    let bytes = embedded("ada");
    let digest = Package::read(&bytes, &limits()).unwrap().digest;
    let mut refused = 0;
    // What stands before the code and behind it is where the walk reads; of the code a sample.
    let places = (0..bytes.len()).filter(|at| *at < 6000 || bytes.len() - at < 12_000 || at % 997 == 0);
    for (turn, at) in places.enumerate() {
        let mut flipped = bytes.clone();
        flipped[at] ^= 1 << (turn % 8);
        match Package::read(&flipped, &limits()).and_then(|package| {
            let _ = package.manifest(&host())?;
            Ok(package)
        }) {
            Ok(package) => assert_ne!(package.digest, digest, "byte {at}"),
            Err(error) => {
                refused += 1;
                assert!(
                    !error.to_string().contains(|c: char| c.is_control() && c != '\n'),
                    "byte {at}: {error}"
                );
            }
        }
    }
    assert!(refused > 100, "{refused}");
}

#[test]
fn every_kind_of_example_fits_this_host() {
    for (name, world) in [
        ("rubric-clarity", "amatelier:rubric/rubric@0.1.0"),
        ("rubric-courtesy", "amatelier:rubric/rubric@0.2.0"),
        ("store-curios", "amatelier:store/items@0.1.0"),
        ("skill-laconic", "amatelier:skill/skills@0.1.0"),
    ] {
        let package = Package::read(example(name), &limits()).unwrap();
        let worlds: Vec<_> = package.worlds().unwrap().iter().map(ToString::to_string).collect();
        assert_eq!(worlds, [world], "{name}");
    }
}

#[test]
fn a_real_component_and_its_manifest_agree_and_a_lying_manifest_does_not() {
    let package = Package::read(&embedded("ada"), &limits()).unwrap();
    let agreement = Agreement::of(&package.manifest(&host()).unwrap(), &package).unwrap();
    assert!(agreement.uses.is_empty() && agreement.notes.is_empty(), "{agreement:?}");
    let greedy = format!("{MANIFEST}[capabilities]\n\"market.buy\" = {{ reason = \"likes shopping\" }}\n");
    let greedy = Manifest::of_toml(&greedy, &host()).unwrap();
    let package = Package::read(&embed(guest("ada"), &greedy, &limits()).unwrap(), &limits()).unwrap();
    let error = Agreement::of(&greedy, &package).unwrap_err().to_string();
    assert!(
        error.starts_with("its manifest asks for `market.buy`, and it imports nothing that needs it"),
        "{error}"
    );
}
