//! The bundled components, as far as a team file is concerned.

use amatelier_bundle::World;
use amatelier_types::Role;
use amatelier_workspace::KnownComponent;

/// What every persona knows that speaks through `persona-voice`.
const VOICE: &[&str] = &["tone", "words-research", "words-speak", "words-rebuttal", "words-floor"];

/// The settings that bundled components know; whoever is not named here takes none. `plugins/` has the code that reads them.
const SETTINGS: [(World, &str, &[&str]); 3] = [
    (World::Persona, "challenger", VOICE),
    (World::Persona, "classic", VOICE),
    (World::Persona, "scripted", &["research", "speak", "rebuttal", "floor", "answer"]),
];

/// The components that a team file may name by their ids. Stores and skills sit at no table: the catalog names them.
pub fn known_components() -> Vec<KnownComponent> {
    let known = |bundled: &amatelier_bundle::Bundled| {
        let role = match bundled.world {
            World::Persona => Role::Worker,
            World::Judge => Role::Judge,
            World::Rubric => Role::Rubric,
            World::Store | World::Skill => return None,
        };
        let of = SETTINGS.iter().find(|(world, id, _)| *world == bundled.world && *id == bundled.id);
        Some(KnownComponent {
            role,
            id: bundled.id,
            reads_documents: matches!(bundled.id, "classic" | "challenger") && bundled.world != World::Rubric,
            settings: Some(of.map_or(&[], |(_, _, settings)| *settings)),
        })
    };
    amatelier_bundle::all().iter().filter_map(known).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_setting_belongs_to_a_bundled_component() {
        for (world, id, _) in SETTINGS {
            assert!(amatelier_bundle::component(world, id).is_some(), "{world} {id}");
        }
    }
}
