//! The bundled components, as far as a team file is concerned.

use amatelier_bundle::World;
use amatelier_types::Role;
use amatelier_workspace::{KnownComponent, Serves};

/// What every persona knows that speaks through `persona-voice`.
const VOICE: &[&str] = &["tone", "words-research", "words-speak", "words-rebuttal", "words-floor"];

/// The settings that bundled components know; whoever is not named here takes none. `plugins/` has the code that reads them.
const SETTINGS: [(World, &str, &[&str]); 3] = [
    (World::Persona, "challenger", VOICE),
    (World::Persona, "classic", VOICE),
    (World::Persona, "scripted", &["research", "speak", "rebuttal", "floor", "answer"]),
];

/// The components that a team file may name by their ids.
pub fn known_components() -> Vec<KnownComponent> {
    let known = |bundled: &amatelier_bundle::Bundled| {
        let serves = match bundled.world {
            World::Persona => Serves::Seat(Role::Worker),
            World::Judge => Serves::Seat(Role::Judge),
            World::Rubric => Serves::Seat(Role::Rubric),
            World::Store => Serves::Store,
            World::Skill => Serves::Skill,
        };
        let of = SETTINGS.iter().find(|(world, id, _)| *world == bundled.world && *id == bundled.id);
        KnownComponent {
            serves,
            id: bundled.id,
            reads_documents: matches!(bundled.id, "classic" | "challenger")
                && matches!(bundled.world, World::Persona | World::Judge),
            settings: Some(of.map_or(&[], |(_, _, settings)| *settings)),
        }
    };
    amatelier_bundle::all().iter().map(known).collect()
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
