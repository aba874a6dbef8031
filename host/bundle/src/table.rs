//! Which components ship with the host, and what each may do.
//!
//! The build script makes a constant of every plugin in `plugins/`; one that is missing in this table is an unused constant, which the
//! compiler reports, and one that is gone is an error. Grants stand here and not beside the plugin's code: no component grants itself
//! anything.

use amatelier_types::Capability::{
    self, LlmComplete, MarketBuy, MarketRead, Notebook, StewardAsk, StewardRead,
};

use crate::{Bundled, World};

/// What the build script knows of a plugin.
pub(crate) struct Component {
    version: &'static str,
    bytes: &'static [u8],
}

mod built {
    use super::Component;

    include!(concat!(env!("OUT_DIR"), "/components.rs"));
}

/// What a persona may do that speaks through `persona-voice`: ask, look up, buy, and remember a refusal.
const VOICE: &[Capability] = &[LlmComplete, StewardRead, StewardAsk, MarketRead, MarketBuy, Notebook];

static ALL: [Bundled; 8] = [
    bundled(World::Persona, "challenger", built::PERSONA_CHALLENGER, VOICE),
    bundled(World::Persona, "classic", built::PERSONA_CLASSIC, VOICE),
    bundled(World::Persona, "scripted", built::PERSONA_SCRIPTED, &[]),
    bundled(World::Judge, "classic", built::JUDGE_CLASSIC, &[LlmComplete, StewardRead, StewardAsk]),
    bundled(World::Rubric, "classic", built::RUBRIC_CLASSIC, &[LlmComplete]),
    bundled(World::Rubric, "evidence", built::RUBRIC_EVIDENCE, &[]),
    bundled(World::Store, "classic", built::STORE_CLASSIC, &[]),
    bundled(World::Skill, "foundations", built::SKILL_FOUNDATIONS, &[]),
];

const fn bundled(
    world: World,
    id: &'static str,
    component: Component,
    grants: &'static [Capability],
) -> Bundled {
    Bundled { world, id, version: component.version, bytes: component.bytes, grants }
}

/// Every bundled component, by world and then by id.
pub fn all() -> &'static [Bundled] {
    &ALL
}

/// The bundled component with this id, if the world has one.
pub fn component(world: World, id: &str) -> Option<&'static Bundled> {
    ALL.iter().find(|bundled| bundled.world == world && bundled.id == id)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_component_is_found_by_its_world_and_id_and_by_no_other() {
        for bundled in all() {
            let found = component(bundled.world, bundled.id).unwrap();
            assert_eq!(found.bytes, bundled.bytes);
            // The component layer's magic and version, as the component model's binary format has them.
            assert_eq!(
                found.bytes.get(..8),
                Some(&b"\0asm\x0d\0\x01\0"[..]),
                "{} {}",
                bundled.world,
                bundled.id
            );
            assert!(!found.version.is_empty());
        }
        assert!(component(World::Judge, "scripted").is_none());
        assert!(component(World::Persona, "nobody").is_none());
    }

    #[test]
    fn the_table_is_sorted_and_holds_nothing_twice() {
        let keys: Vec<_> = all().iter().map(|bundled| (bundled.world, bundled.id)).collect();
        assert!(keys.is_sorted_by(|a, b| a < b), "{keys:?}");
    }
}
