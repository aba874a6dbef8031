//! What the bundled components export and import: the one interface of their world, and no power that they are not granted.

#![allow(clippy::unwrap_used, reason = "a component that does not parse fails its test there and then")]

use std::collections::BTreeSet;

use amatelier_bundle::{Bundled, World, all, component};
use amatelier_plugins::Contract;
use amatelier_types::Capability;
use wasmparser::{Parser, Payload};

/// The interfaces that a component exports and imports, without WASI's.
fn shape(bundled: &Bundled) -> (BTreeSet<String>, BTreeSet<String>) {
    let (mut exports, mut imports) = (BTreeSet::new(), BTreeSet::new());
    // Components hold modules and components; only the outermost level is the component's own type.
    let mut depth = 0;
    for payload in Parser::new(0).parse_all(bundled.bytes) {
        match payload.unwrap() {
            Payload::ModuleSection { .. } | Payload::ComponentSection { .. } => depth += 1,
            Payload::End(_) => depth -= 1,
            Payload::ComponentImportSection(section) if depth == 0 => {
                imports.extend(section.into_iter().map(|import| import.unwrap().name.name.to_owned()));
            }
            Payload::ComponentExportSection(section) if depth == 0 => {
                exports.extend(section.into_iter().map(|export| export.unwrap().name.name.to_owned()));
            }
            _ => {}
        }
    }
    imports.retain(|import| !import.starts_with("wasi:"));
    (exports, imports)
}

#[test]
fn every_component_exports_the_newest_interface_of_its_world_and_nothing_else() {
    for bundled in all() {
        let world = bundled.world;
        let contract = Contract::all().iter().find(|contract| contract.package() == world.name()).unwrap();
        let (called, newest) = (contract.called().unwrap(), contract.versions().next_back().unwrap());
        let expected = BTreeSet::from([format!("amatelier:{world}/{called}@{newest}")]);
        assert_eq!(shape(bundled).0, expected, "{world} {}", bundled.id);
    }
}

#[test]
fn a_component_imports_a_power_only_if_it_is_granted_it() {
    let powers = [
        ("amatelier:llm/llm@0.1.0", Capability::LlmComplete),
        ("amatelier:steward/steward@0.1.0", Capability::StewardRead),
        ("amatelier:member/notebook@0.1.0", Capability::Notebook),
        ("amatelier:economy/market@0.1.0", Capability::MarketBuy),
        ("amatelier:economy/sparks@0.1.0", Capability::MarketRead),
    ];
    for bundled in all() {
        let imports = shape(bundled).1;
        for (interface, capability) in powers {
            if imports.contains(interface) {
                assert!(
                    bundled.grants.contains(&capability),
                    "{} {} imports {interface}",
                    bundled.world,
                    bundled.id
                );
            }
        }
    }
}

#[test]
fn the_reference_has_every_component_with_its_grants() {
    let page = include_str!("../../../docs/reference/components.md");
    for bundled in all() {
        let seat = match bundled.world {
            World::Persona => "workers",
            World::Judge => "the judge",
            World::Rubric => "the rubric",
            World::Store => "the store",
            World::Skill => "skills",
        };
        let grants: Vec<String> = bundled.grants.iter().map(|grant| format!("`{grant}`")).collect();
        let grants = if grants.is_empty() { "none".into() } else { grants.join(", ") };
        let row = format!("| `{}` | {seat} | {grants} |", bundled.id);
        assert!(page.contains(&row), "no row `{row}`");
    }
}

#[test]
fn stores_skills_and_the_rubric_evidence_have_no_power_at_all() {
    for (world, id) in [(World::Store, "classic"), (World::Skill, "foundations"), (World::Rubric, "evidence")]
    {
        let bundled = component(world, id).unwrap();
        assert_eq!(bundled.grants, []);
        let mut imports = shape(bundled).1;
        imports.retain(|import| {
            !import.starts_with("amatelier:types/") && !import.starts_with("amatelier:chat/")
        });
        assert_eq!(imports, BTreeSet::new(), "{world} {id}");
    }
}

#[test]
fn the_scripted_persona_can_reach_no_model_and_has_no_grant() {
    let scripted = component(World::Persona, "scripted").unwrap();
    assert_eq!(scripted.grants, []);
    let expected =
        ["amatelier:chat/chat@0.1.0", "amatelier:kit/settings@0.1.0", "amatelier:member/profile@0.1.0"];
    let found: BTreeSet<String> =
        shape(scripted).1.into_iter().filter(|import| !import.starts_with("amatelier:types/")).collect();
    assert_eq!(found, expected.map(String::from).into());
}
