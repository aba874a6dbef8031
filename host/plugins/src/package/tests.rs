//! Components made by hand, most of them to be refused. Real ones are in `tests/packages.rs`.

use wasm_encoder::{
    Component, ComponentBuilder, ComponentExportKind, ComponentExportSection, ComponentTypeRef,
    CustomSection, InstanceType, Module,
};

use super::*;
use crate::{ManifestError, SECTION, manifest::tests as manifests};

/// A component that imports these functions of these interfaces and exports these (empty) interfaces.
pub(crate) fn component(imports: &[(&str, &[&str])], exports: &[&str]) -> Vec<u8> {
    let mut builder = ComponentBuilder::default();
    for (interface, functions) in imports {
        let mut instance = InstanceType::new();
        let func = instance.type_count();
        instance.ty().function().params([("x", wasm_encoder::PrimitiveValType::U32)]).result(None);
        for function in *functions {
            instance.export(*function, ComponentTypeRef::Func(func));
        }
        let ty = builder.type_instance(None, &instance);
        builder.import(*interface, ComponentTypeRef::Instance(ty));
    }
    for interface in exports {
        let index = builder.component(None, ComponentBuilder::default());
        let instance = builder.instantiate(None, index, Vec::<(&str, ComponentExportKind, u32)>::new());
        builder.export(*interface, ComponentExportKind::Instance, instance, None);
    }
    builder.finish()
}

/// A persona that asks a model.
pub(crate) fn persona() -> Vec<u8> {
    component(
        &[
            ("amatelier:chat/chat@0.1.0", &["topic"]),
            ("amatelier:llm/llm@0.1.0", &["complete"]),
            ("amatelier:steward/steward@0.1.0", &["read", "files"]),
        ],
        &["amatelier:persona/persona@0.1.0"],
    )
}

pub(crate) fn read(bytes: &[u8]) -> Result<Package, PackageError> {
    Package::read(bytes, &PackageLimits::default())
}

/// The bytes with one more custom section.
pub(crate) fn with_section(bytes: &[u8], name: &str, data: &[u8]) -> Vec<u8> {
    let mut bytes = bytes.to_vec();
    let section = CustomSection { name: name.into(), data: data.into() };
    bytes.push(wasm_encoder::Section::id(&section));
    wasm_encoder::Encode::encode(&section, &mut bytes);
    bytes
}

fn embedded() -> Vec<u8> {
    embed(&persona(), &manifests::socratic(), &PackageLimits::default()).unwrap()
}

#[test]
fn imports_with_their_functions_and_exports_are_known_from_outside() {
    let package = read(&persona()).unwrap();
    let imports: Vec<_> =
        package.imports.iter().map(|import| (import.name.to_string(), import.functions.join(" "))).collect();
    let expected = [
        ("amatelier:chat/chat@0.1.0", "topic"),
        ("amatelier:llm/llm@0.1.0", "complete"),
        ("amatelier:steward/steward@0.1.0", "files read"),
    ];
    assert_eq!(imports, expected.map(|(name, functions)| (name.to_owned(), functions.to_owned())));
    assert_eq!(package.exports.len(), 1);
    assert_eq!(package.exports[0].to_string(), "amatelier:persona/persona@0.1.0");
    assert_eq!((package.bytes, package.digest), (persona().len(), Sha256::of(&persona())));
}

#[test]
fn a_manifest_is_embedded_once_and_again_without_a_change() {
    let limits = PackageLimits::default();
    let bytes = embedded();
    let package = read(&bytes).unwrap();
    assert_eq!(package.manifest(&manifests::host()), Ok(manifests::socratic()));
    assert_eq!(package.metadata.version.as_deref(), Some("0.2.0"));
    assert_eq!(package.metadata.licenses.as_deref(), Some("MIT"));
    assert_eq!(package.metadata.description.as_deref(), Some("Answers every claim with a question."));
    assert_eq!((package.metadata.authors.clone(), package.metadata.source.clone()), (None, None));
    assert_eq!(embed(&bytes, &manifests::socratic(), &limits).unwrap(), bytes);
    let mut other = manifests::socratic();
    other.authors = vec!["Ada".into(), "Grace".into()];
    other.source = Some("https://example.org".into());
    let other_bytes = embed(&bytes, &other, &limits).unwrap();
    let package = read(&other_bytes).unwrap();
    assert_eq!(package.manifest(&manifests::host()), Ok(other));
    assert_eq!(package.metadata.authors.as_deref(), Some("Ada, Grace"));
    assert_eq!(embed(&other_bytes, &manifests::socratic(), &limits).unwrap(), bytes);
}

#[test]
fn a_manifest_of_something_within_is_not_the_plugins() {
    let mut builder = ComponentBuilder::default();
    builder.component(None, ComponentBuilder::default());
    let json = manifests::socratic().to_json();
    let mut inner = ComponentBuilder::default();
    inner.custom_section(&CustomSection { name: SECTION.into(), data: json.as_bytes().into() });
    builder.component(None, inner);
    let package = read(&builder.finish()).unwrap();
    assert!(!package.has_manifest());
    assert_eq!(package.manifest(&manifests::host()), Err(PackageError::NoManifest));
}

#[test]
fn what_is_no_component_is_told_apart() {
    let module = Module::new().finish();
    let mut later = persona();
    later[4] = 0x7f;
    for (bytes, expected) in [
        (b"".as_slice(), PackageError::NotWasm),
        (b"#!/bin/sh\n", PackageError::NotWasm),
        (b"\0asm", PackageError::CutOff { bytes: 4 }),
        (&module, PackageError::CoreModule),
        (&later, PackageError::OtherVersion),
    ] {
        assert_eq!(read(bytes), Err(expected), "{bytes:?}");
        assert!(embed(bytes, &manifests::socratic(), &PackageLimits::default()).is_err());
    }
}

#[test]
fn every_prefix_is_an_error_of_its_own() {
    let bytes = embedded();
    for end in 0..bytes.len() {
        let cut = &bytes[..end];
        let error = read(cut).and_then(|package| package.manifest(&manifests::host())).unwrap_err();
        let expected = match end {
            0..4 => matches!(error, PackageError::NotWasm),
            4..8 => matches!(error, PackageError::CutOff { .. }),
            // Where a section ends, what is left is a component: the manifest, which is last, is what it lacks.
            _ => matches!(error, PackageError::CutOff { .. } | PackageError::NoManifest),
        };
        assert!(expected, "{end} of {}: {error:?}", bytes.len());
    }
}

#[test]
fn no_flipped_bit_is_taken_for_the_same_and_none_is_fatal() {
    let bytes = embedded();
    let whole = read(&bytes).unwrap();
    for at in 0..bytes.len() * 8 {
        let mut flipped = bytes.clone();
        flipped[at / 8] ^= 1 << (at % 8);
        match read(&flipped) {
            Ok(package) => {
                assert_ne!(package.digest, whole.digest, "bit {at}");
                let _ = package.manifest(&manifests::host());
            }
            Err(error) => assert!(!error.to_string().contains(|c: char| c.is_control()), "bit {at}: {error}"),
        }
    }
}

#[test]
fn twice_the_same_section_is_refused() {
    for (name, data) in
        [(SECTION, "{}"), ("version", "1.0.0"), ("authors", "Ada"), ("source", "https://example.org")]
    {
        let once = with_section(&persona(), name, data.as_bytes());
        assert!(read(&once).is_ok(), "{name}");
        let twice = with_section(&once, name, data.as_bytes());
        assert_eq!(read(&twice), Err(PackageError::Twice(name.into())));
    }
}

#[test]
fn absurd_metadata_is_refused_with_the_name_of_its_section() {
    let long = "x".repeat(5000);
    for (name, data, why) in [
        ("authors", long.as_bytes(), "its section `authors` has 5000 bytes; the limit is 4096"),
        ("version", b"\xff\xfe", "its section `version` is not UTF-8 text"),
        (
            "description",
            b"\x1b]0;owned\x07",
            "its section `description` cannot be shown: it holds the character \\u{1b}, which is not shown as itself",
        ),
        ("licenses", b"", "its section `licenses` cannot be shown: it is empty"),
    ] {
        let error = read(&with_section(&persona(), name, data)).unwrap_err();
        assert_eq!(error.to_string(), why);
    }
    for name in ["producers", "component-name"] {
        let error = read(&with_section(&persona(), name, b"\x00\x7f\x01")).unwrap_err();
        assert!(matches!(error, PackageError::Metadata { .. }), "{error:?}");
    }
    let bytes = with_section(&persona(), SECTION, "x".repeat(Manifest::BYTES + 1).as_bytes());
    assert!(matches!(read(&bytes), Err(PackageError::Manifest(ManifestError::TooLarge { .. }))));
}

#[test]
fn everything_that_could_grow_has_a_bound() {
    let limits = PackageLimits::default;
    let wide: Vec<String> = (0..20).map(|n| format!("a:b/c{n}")).collect();
    let imports: Vec<(&str, &[&str])> = wide.iter().map(|name| (name.as_str(), &["f", "g"][..])).collect();
    let exports: Vec<&str> = wide.iter().map(String::as_str).collect();
    let bytes = component(&imports, &exports);
    assert!(read(&bytes).is_ok());
    let producers = b"\x01\x08language\x03\x01a\x00\x01b\x00\x01c\x00";
    let made = with_section(&bytes, "producers", producers);
    for (limits, expected) in [
        (PackageLimits { bytes: 100, ..limits() }, PackageError::TooLarge { bytes: made.len(), limit: 100 }),
        (PackageLimits { externs: 19, ..limits() }, PackageError::TooMany { what: "imports", limit: 19 }),
        (
            PackageLimits { functions: 39, ..limits() },
            PackageError::TooMany { what: "imported functions", limit: 39 },
        ),
        (PackageLimits { types: 19, ..limits() }, PackageError::TooMany { what: "types", limit: 19 }),
        (
            PackageLimits { type_bytes: 50, ..limits() },
            PackageError::TooMany { what: "bytes of types", limit: 50 },
        ),
        (
            PackageLimits { nesting: 0, ..limits() },
            PackageError::TooMany { what: "components within one another", limit: 0 },
        ),
        (
            PackageLimits { metadata_bytes: 3, ..limits() },
            PackageError::TooMany { what: "bytes in one name", limit: 3 },
        ),
        (PackageLimits { producers: 2, ..limits() }, PackageError::TooMany { what: "producers", limit: 2 }),
    ] {
        assert_eq!(Package::read(&made, &limits), Err(expected));
    }
}

/// A component whose only type is instance types within one another.
fn nested_types(depth: usize) -> Vec<u8> {
    let mut types = vec![1];
    types.extend([0x42, 1, 1].repeat(depth));
    types.push(0x7f);
    section(7, &types)
}

/// Components within one another.
fn nested_components(depth: usize) -> Vec<u8> {
    let mut bytes = b"\0asm\x0d\0\x01\0".to_vec();
    for _ in 0..depth {
        bytes = section(4, &bytes);
    }
    bytes
}

fn section(id: u8, data: &[u8]) -> Vec<u8> {
    let mut bytes = b"\0asm\x0d\0\x01\0".to_vec();
    bytes.push(id);
    wasm_encoder::Encode::encode(data, &mut bytes);
    bytes
}

#[test]
fn what_is_nested_deeper_than_a_reader_descends_is_refused() {
    assert!(read(&nested_types(50)).is_ok());
    for depth in [101, 10_000, 200_000] {
        let error = read(&nested_types(depth)).unwrap_err();
        assert!(error.to_string().contains("component type nesting is too deep"), "{error}");
        // The compiler would read the one within, too.
        assert!(read(&section(4, &nested_types(depth))).is_err());
    }
    assert!(read(&nested_components(30)).is_ok());
    assert!(matches!(read(&nested_components(1000)), Err(PackageError::TooMany { .. })));
}

#[test]
fn sizes_that_lie_are_not_believed() {
    let head = b"\0asm\x0d\0\x01\0";
    for (id, size) in [(0_u8, u32::MAX), (1, 1 << 30), (4, u32::MAX), (7, 1 << 20), (10, 1000)] {
        let mut bytes = head.to_vec();
        bytes.push(id);
        wasm_encoder::Encode::encode(&size, &mut bytes);
        bytes.extend([0x80; 3]);
        let error = read(&bytes).unwrap_err();
        assert!(matches!(error, PackageError::CutOff { .. } | PackageError::Broken(_)), "{id}: {error:?}");
    }
    // Four thousand million imports, in five bytes.
    for id in [7, 10, 11, 6] {
        assert!(read(&section(id, &[0xff, 0xff, 0xff, 0xff, 0x0f])).is_err(), "{id}");
    }
}

#[test]
fn names_that_mean_something_beside_them_are_refused() {
    // An import of kind 0x02: a name with options, here `implements`.
    let mut data = vec![1, 0x02];
    data.extend(b"\x01x\x01\x00\x17amatelier:llm/llm@0.1.0");
    data.extend([0x05, 0x00]);
    let mut bytes = section(7, b"\x01\x42\x00");
    bytes.push(10);
    wasm_encoder::Encode::encode(&data[..], &mut bytes);
    let error = read(&bytes).unwrap_err();
    assert_eq!(error.to_string(), "its name `x` has `implements`, which this host does not know");
}

#[test]
fn an_import_of_no_declared_interface_is_refused() {
    let mut exports = ComponentExportSection::new();
    exports.export("x", ComponentExportKind::Func, 0, None);
    let mut component = Component::new();
    component.section(&exports);
    assert_eq!(read(&component.finish()).unwrap().exports, [ExternName::Plain("x".into())]);
    let mut data = vec![1, 0x00];
    data.extend(b"\x17amatelier:llm/llm@0.1.0\x05\x07");
    let error = read(&section(10, &data)).unwrap_err();
    assert!(error.to_string().contains("of no interface that it declares"), "{error}");
}

proptest::proptest! {
    #[test]
    fn no_bytes_at_all_make_the_reader_fall_over(tail in proptest::collection::vec(0_u8.., 0..200)) {
        let mut bytes = b"\0asm\x0d\0\x01\0".to_vec();
        bytes.extend(tail);
        let _ = read(&bytes);
        let _ = embed(&bytes, &manifests::socratic(), &PackageLimits::default());
    }

    #[test]
    fn no_hole_or_splice_makes_the_reader_fall_over(
        at in 0_usize..600,
        with in proptest::collection::vec(0_u8.., 0..8),
        gone in 0_usize..20,
    ) {
        let mut bytes = embedded();
        let at = at.min(bytes.len());
        let end = (at + gone).min(bytes.len());
        bytes.splice(at..end, with);
        let _ = read(&bytes).and_then(|package| package.manifest(&manifests::host()));
    }
}
