//! The components that a team file may name by their ids, as far as it is concerned: what is installed, and what is bundled and has
//! nothing installed in its place.

use amatelier_bundle::World;
use amatelier_plugins::{Installed, Shelf};
use amatelier_types::Role;
use amatelier_workspace::{KnownComponent, Serves, Workspace};

use crate::components::serves;

/// What every persona knows that speaks through `persona-voice`.
const VOICE: &[&str] = &["tone", "words-research", "words-speak", "words-rebuttal", "words-floor"];

/// The settings that bundled components know; whoever is not named here takes none. `plugins/` has the code that reads them.
const SETTINGS: [(World, &str, &[&str]); 3] = [
    (World::Persona, "challenger", VOICE),
    (World::Persona, "classic", VOICE),
    (World::Persona, "scripted", &["research", "speak", "rebuttal", "floor", "answer"]),
];

/// The components that a team file of a workspace may name by their ids. Where the shelf cannot be read nothing is installed: whoever opens
/// a debate is told why.
pub fn known_components(workspace: &Workspace) -> Vec<KnownComponent> {
    let installed = Shelf::of(workspace.root()).all().unwrap_or_default();
    let replaced = |bundled: &&amatelier_bundle::Bundled| {
        installed.iter().any(|own| own.entry.id.as_str() == bundled.id && serves(own, bundled.world))
    };
    let bundled = amatelier_bundle::all().iter().filter(|bundled| !replaced(bundled)).map(of_bundled);
    bundled.chain(installed.iter().flat_map(of_installed)).collect()
}

fn of_bundled(bundled: &amatelier_bundle::Bundled) -> KnownComponent {
    let of = SETTINGS.iter().find(|(world, id, _)| *world == bundled.world && *id == bundled.id);
    let settings = of.map_or(&[][..], |(_, _, settings)| settings);
    KnownComponent {
        serves: of_world(bundled.world),
        id: bundled.id.into(),
        reads_documents: matches!(bundled.id, "classic" | "challenger")
            && matches!(bundled.world, World::Persona | World::Judge),
        settings: Some(settings.iter().map(|key| (*key).into()).collect()),
    }
}

/// A plugin in each of its worlds. One that declares no settings takes any.
fn of_installed(installed: &Installed) -> impl Iterator<Item = KnownComponent> {
    let settings = &installed.manifest.settings;
    World::ALL.into_iter().filter(|world| serves(installed, *world)).map(move |world| KnownComponent {
        serves: of_world(world),
        id: installed.entry.id.to_string().into(),
        reads_documents: false,
        settings: (!settings.is_empty())
            .then(|| settings.iter().map(|line| line.key.clone().into()).collect()),
    })
}

fn of_world(world: World) -> Serves {
    match world {
        World::Persona => Serves::Seat(Role::Worker),
        World::Judge => Serves::Seat(Role::Judge),
        World::Rubric => Serves::Seat(Role::Rubric),
        World::Store => Serves::Store,
        World::Skill => Serves::Skill,
    }
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
