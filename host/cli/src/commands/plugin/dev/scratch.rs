//! A workspace of a plugin's own, gone when its author leaves: a team with the plugin in its place, and rehearsal's model.

use std::{
    fs, io,
    path::{Path, PathBuf},
    sync::Arc,
};

use amatelier_conformance::Subject;
use amatelier_engine::{Control, Engine, Opening, Watcher};
use amatelier_types::{MemberName, World};
use amatelier_workspace::{Flag, Keys, Workspace};
use tempfile::TempDir;

use crate::{context::Context, exit::Exit, failure::Failure, render::Rehearsed};

/// The file that the team names.
const PLUGIN: &str = "plugin.wasm";

/// Those who debate beside the plugin.
const OTHERS: [&str; 2] = ["grace", "linus"];

/// The workspace.
pub(super) struct Scratch {
    home: TempDir,
    context: Context,
}

impl Scratch {
    pub(super) fn make() -> Result<Self, Failure> {
        let home = tempfile::Builder::new().prefix("amatelier-dev-").tempdir().map_err(failed)?;
        let workspace = Workspace::locate(Some(home.path().to_owned()))?;
        let context = Context { workspace, configuration: Default::default(), keys: Keys::default() };
        // Nobody is asked who costs, whatever this machine is set up for.
        let mode = Flag { flag: "plugin dev", key: ("", "mode"), text: "rehearsal".into() };
        let context = context.flagged(vec![mode])?;
        Ok(Scratch { home, context })
    }

    /// The file in the plugin's place.
    pub(super) fn plugin(&self) -> PathBuf {
        self.home.path().join(PLUGIN)
    }

    /// Seat the plugin: one team for each of its worlds.
    pub(super) fn seat(&self, subject: &Subject) -> Result<(), Failure> {
        self.context.workspace.seed_catalog(&catalog(subject))?;
        fs::write(self.context.workspace.team_file(), team(subject)).map_err(failed)
    }

    /// Hold one debate, and print it.
    pub(super) async fn hold(&self, subject: &Subject, opening: &Opening) -> Result<(), Failure> {
        // A new one each time: what is in the file is what is loaded at opening; the file is followed from then on.
        let choice = self.context.choose().await;
        let providers = self.context.providers(&choice, None).await?;
        let engine: Engine = self.context.engine(&choice, providers)?;
        let roundtable = engine.open_roundtable(opening).await?;
        let watcher: Arc<dyn Watcher> = Arc::new(Rehearsed::start(roundtable.debate(), seats(subject)));
        engine.run(roundtable, None, Control::default(), watcher).await?;
        Ok(())
    }
}

/// Put a component into its place, whole.
pub(super) fn place(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let folder = path.parent().unwrap_or(Path::new("."));
    let file = tempfile::NamedTempFile::new_in(folder)?;
    fs::write(file.path(), bytes)?;
    file.persist(path).map_err(|error| error.error)?;
    Ok(())
}

fn failed(error: io::Error) -> Failure {
    Failure::new(Exit::Failure, format!("the scratch workspace: {error}"), None)
}

/// Whom the plugin plays: its own name where that is free.
fn own_name(subject: &Subject) -> String {
    let taken = |name: &str| {
        OTHERS.contains(&name) || ["judge", "rubric", "runner", "steward", "user"].contains(&name)
    };
    match subject.id.parse::<MemberName>() {
        Ok(name) if !taken(name.as_str()) => name.to_string(),
        _ => "plugin".into(),
    }
}

/// The seats whose turns are the plugin's.
fn seats(subject: &Subject) -> Vec<String> {
    let seat = |world: World| match world {
        World::Persona => Some(own_name(subject)),
        World::Judge => Some("judge".into()),
        World::Rubric => Some("rubric".into()),
        World::Store | World::Skill => None,
    };
    subject.worlds().into_iter().filter_map(seat).collect()
}

/// The team file.
fn team(subject: &Subject) -> String {
    let worlds = subject.worlds();
    let is = |world: World| worlds.contains(&world);
    let keys = keys(subject);
    let (line, table) = (keys.join(", "), keys.join("\n"));
    let mut text = String::from("[members]\n");
    if is(World::Persona) {
        text.push_str(&format!("{} = {{ role = \"worker\", {line} }}\n", own_name(subject)));
    }
    for other in OTHERS {
        text.push_str(&format!("{other} = {{ role = \"worker\" }}\n"));
    }
    match is(World::Judge) {
        true => text.push_str(&format!("judge = {{ role = \"judge\", {line} }}\n")),
        false => text.push_str("judge = { role = \"judge\" }\n"),
    }
    match is(World::Rubric) {
        true => text.push_str(&format!("[rubric]\n{table}\n")),
        false => text.push_str("[rubric]\ncomponent = \"classic\"\n"),
    }
    for (world, name) in [(World::Skill, "skill"), (World::Store, "store")] {
        if is(world) {
            text.push_str(&format!("[[{name}]]\n{table}\n"));
        }
    }
    text
}

/// The catalog: everything that the plugin sells, at its author's prices.
fn catalog(subject: &Subject) -> String {
    let open = if subject.worlds().contains(&World::Store) {
        format!("open = [{PLUGIN:?}]\n")
    } else {
        String::new()
    };
    format!("component = \"classic\"\n{open}")
}

/// What is said of the plugin in the team file.
fn keys(subject: &Subject) -> Vec<String> {
    // A JSON text is a TOML text.
    let quoted = |text: &str| serde_json::to_string(text).unwrap_or_default();
    let allow: Vec<_> = subject.asks.iter().map(|capability| quoted(capability.name())).collect();
    let mut keys = vec![format!("component = {}", quoted(PLUGIN)), format!("allow = [{}]", allow.join(", "))];
    let settings = subject.settings.iter().map(|(key, value)| format!("{} = {}", quoted(key), quoted(value)));
    let settings: Vec<_> = settings.collect();
    if !settings.is_empty() {
        keys.push(format!("settings = {{ {} }}", settings.join(", ")));
    }
    keys
}

#[cfg(test)]
mod tests {
    use amatelier_runtime::Runtime;
    use amatelier_test_support::guest;
    use amatelier_types::{Capability, Role};

    use super::*;

    fn seated(id: &str, component: &str) -> amatelier_workspace::Team {
        let runtime = Runtime::new().unwrap();
        let component = runtime.compile(guest(component)).unwrap();
        let mut subject = Subject::of(component, id, [Capability::LlmComplete, Capability::Notebook].into());
        subject.settings.insert("tone".into(), "dry \"and\" quick".into());
        let scratch = Scratch::make().unwrap();
        scratch.seat(&subject).unwrap();
        scratch.context.workspace.team().unwrap()
    }

    #[test]
    fn a_persona_sits_under_its_own_name_with_what_it_asks_for_and_its_defaults() {
        let team = seated("ada", "ada");
        let names: Vec<_> = team.members.iter().map(|member| member.name.as_str()).collect();
        assert_eq!(names, ["ada", "grace", "linus", "judge"]);
        assert_eq!(team.members[0].allow.as_ref().unwrap().len(), 2);
        assert_eq!(team.members[0].settings["tone"], "dry \"and\" quick");
    }

    #[test]
    fn a_plugin_of_every_world_sits_in_every_place_and_takes_nobodys_name() {
        let team = seated("grace", "hostile");
        let own = |component: &amatelier_types::ComponentName| component.to_string().contains(PLUGIN);
        let places: Vec<_> = team
            .members
            .iter()
            .filter(|member| own(&member.component))
            .map(|member| member.name.as_str())
            .collect();
        assert_eq!(places, ["plugin", "judge"]);
        assert!(
            team.members.iter().any(|member| member.name.as_str() == "grace" && member.role == Role::Worker)
        );
        assert!(own(&team.rubric.unwrap().component));
        assert!(team.skills.iter().chain(&team.stores).all(|line| own(&line.component)));
        assert_eq!((team.skills.len(), team.stores.len()), (1, 1));
    }
}
