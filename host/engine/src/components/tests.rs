use std::fs;

use amatelier_debate::CallRights;
use amatelier_plugins::{
    InstallOptions, Manifest, PackageLimits, PluginId, Right, Source, embed, host_version,
};
use amatelier_runtime::Limits;
use amatelier_test_support::guest;

use super::*;
use crate::plugins::{PluginState, Plugins, Prepared};

const HEAD: &str = "schema = 1\n[plugin]\nid = \"ID\"\nversion = \"0.1.0\"\ndescription = \"Says something.\"\n\
    license = \"MIT\"\nmin-host = \"0.1.0\"\n";

fn manifest(id: &str, rest: &str) -> Manifest {
    Manifest::of_toml(&(HEAD.replace("ID", id) + rest), &host_version()).unwrap()
}

fn packed(id: &str, component: &[u8]) -> Vec<u8> {
    embed(component, &manifest(id, ""), &PackageLimits::default()).unwrap()
}

struct House {
    folder: tempfile::TempDir,
    components: Components,
}

impl House {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let components = Components::of(&Workspace::locate(Some(folder.path().to_owned())).unwrap()).unwrap();
        House { folder, components }
    }

    fn shelf(&self) -> Shelf {
        Shelf::of(self.folder.path())
    }

    fn install(&self, bytes: &[u8]) {
        let options = InstallOptions { replace_bundled: true, ..InstallOptions::default() };
        self.shelf().install(bytes, Source::Path("x.wasm".into()), &options).unwrap();
    }

    async fn load(&self, world: World, name: &str) -> Result<Component, ComponentError> {
        self.components.load(world, &name.parse().unwrap()).await
    }
}

#[tokio::test]
async fn what_is_installed_under_an_id_comes_before_what_is_bundled_in_the_worlds_that_it_serves() {
    let house = House::new();
    let bundled = house.load(World::Persona, "classic").await.unwrap().hash();
    let bytes = packed("classic", guest("ada"));
    house.install(&bytes);
    assert_eq!(house.load(World::Persona, "classic").await.unwrap().hash(), Sha256::of(&bytes));
    let judge = house.load(World::Judge, "classic").await.unwrap();
    assert!(judge.exports().judge, "ada is no judge, the bundled one is");
    let id: PluginId = "classic".parse().unwrap();
    house.shelf().disable(&id).unwrap();
    let error = house.load(World::Persona, "classic").await.unwrap_err();
    assert_eq!(error.to_string(), "the plugin `classic` is disabled", "the bundled one is no substitute");
    house.shelf().remove(&id).unwrap();
    assert_eq!(house.load(World::Persona, "classic").await.unwrap().hash(), bundled);
}

#[tokio::test]
async fn the_lock_is_asked_at_every_load_though_the_code_is_at_hand() {
    let house = House::new();
    let bytes = packed("ada", guest("ada"));
    house.install(&bytes);
    let hash = house.load(World::Persona, "ada").await.unwrap().hash();
    let path = house.folder.path().join("amatelier.lock");
    let lock = fs::read_to_string(&path).unwrap();
    fs::write(&path, lock.replace(&hash.to_string(), &Sha256::of(b"other").to_string())).unwrap();
    assert!(matches!(house.load(World::Persona, "ada").await, Err(ComponentError::Changed { .. })));
    fs::write(&path, "").unwrap();
    assert!(matches!(house.load(World::Persona, "ada").await, Err(ComponentError::Changed { .. })));
    fs::write(&path, &lock).unwrap();
    assert_eq!(house.load(World::Persona, "ada").await.unwrap().hash(), hash);
    fs::remove_file(&path).unwrap();
    let error = house.load(World::Persona, "ada").await.unwrap_err().to_string();
    assert!(error.starts_with("there is no persona `ada`; bundled are challenger, "), "{error}");
}

#[tokio::test]
async fn what_is_named_by_its_path_and_is_no_component_file_is_refused_and_not_waited_for() {
    let house = House::new();
    let path = |name: &str| house.folder.path().join(name);
    fs::create_dir(path("folder")).unwrap();
    fs::write(path("text.wasm"), "text").unwrap();
    fs::File::create(path("huge.wasm")).unwrap().set_len(200 << 20).unwrap();
    let mut files = vec![
        ("./folder", "cannot be read: it is not a file"),
        ("./text.wasm", "does not load: it is not a WebAssembly file"),
        ("./huge.wasm", "200"),
        ("./gone.wasm", "cannot be read: "),
    ];
    if cfg!(target_os = "linux") {
        files.push(("/dev/zero", "cannot be read: it is not a file"));
    }
    for (name, said) in files {
        let error = house.load(World::Persona, name).await.unwrap_err().to_string();
        assert!(error.contains(said), "{name}: {error}");
    }
}

#[tokio::test]
async fn an_unknown_id_is_told_what_there_is_and_another_world_what_it_is() {
    let house = House::new();
    house.install(&packed("ada", guest("ada")));
    let error = house.load(World::Persona, "eve").await.unwrap_err().to_string();
    assert_eq!(
        error,
        "there is no persona `eve`; bundled are challenger, classic, scripted; installed are ada"
    );
    let error = house.load(World::Rubric, "ada").await.unwrap_err().to_string();
    assert_eq!(error, "the plugin `ada` is no rubric: it is installed as persona");
}

#[tokio::test]
async fn a_plugin_is_preparing_until_it_is_compiled() {
    let house = House::new();
    let plugins = Plugins::of(&Workspace::locate(Some(house.folder.path().to_owned())).unwrap());
    let id: PluginId = "ada".parse().unwrap();
    assert_eq!(plugins.state_of(&id).unwrap(), None);
    house.install(&packed("ada", guest("ada")));
    assert_eq!(plugins.state_of(&id).unwrap(), Some(PluginState::Preparing));
    let installed = plugins.shelf().get(&id).unwrap().unwrap();
    assert_eq!(plugins.prepare(&installed).await.unwrap(), Prepared::Compiled);
    assert_eq!(plugins.state_of(&id).unwrap(), Some(PluginState::Ready));
    assert_eq!(plugins.prepare(&installed).await.unwrap(), Prepared::Ready);
    plugins.shelf().disable(&id).unwrap();
    let why = "the plugin `ada` is disabled".to_owned();
    assert_eq!(plugins.state_of(&id).unwrap(), Some(PluginState::Suspended(why)));
}

#[test]
fn settings_of_the_line_come_before_defaults_and_limits_are_only_lowered() {
    let own = [("tone".to_owned(), "wild".to_owned()), ("other".to_owned(), "x".to_owned())].into();
    let settings_of = "[[settings]]\nkey = \"tone\"\ndefault = \"dry\"\n[[settings]]\nkey = \"length\"\n\
        default = 3\n[[settings]]\nkey = \"none\"\n";
    let told = settings(Some(&manifest("x", settings_of)), &own);
    let told: Vec<_> = told.iter().map(|(key, value)| (key.as_str(), value.as_str())).collect();
    assert_eq!(told, [("length", "3"), ("other", "x"), ("tone", "wild")]);
    assert_eq!(settings(None, &own), own);

    let host = Limits::default();
    for (asks, memory_mib, calls) in [
        ("", 64, 8),
        ("[limits]\nmemory-mib = 16\n", 16, 8),
        ("[limits]\nmemory-mib = 4096\ncalls-per-turn = 1000\n", 64, 8),
        ("[limits]\ncalls-per-turn = 1\n", 64, 1),
    ] {
        let lowered = limits(Some(&manifest("x", asks)), host.clone());
        assert_eq!((lowered.memory_bytes, lowered.model_calls_per_turn), (memory_mib << 20, calls), "{asks}");
        let others = Limits {
            memory_bytes: host.memory_bytes,
            model_calls_per_turn: host.model_calls_per_turn,
            ..lowered
        };
        assert_eq!(others, host);
    }
}

#[test]
fn rights_are_what_manifest_grant_ceiling_and_line_have_in_common() {
    let labels = |list: &[&str]| Some(list.iter().map(|label| (*label).to_owned()).collect());
    let granted: Rights = [
        (Capability::LlmComplete, Right { labels: labels(&["haiku", "opus"]) }),
        (Capability::Notebook, Right::default()),
    ]
    .into_iter()
    .collect();
    let plugin = Plugin { manifest: Arc::new(manifest("x", "")), rights: granted };
    let narrowed = plugin.for_member(&[Capability::LlmComplete, Capability::MarketBuy].into());
    let expected: CallRights = [(Capability::LlmComplete, labels(&["haiku", "opus"]))].into_iter().collect();
    assert_eq!(narrowed, expected);
    let fewer: CallRights = [(Capability::LlmComplete, labels(&["haiku"]))].into_iter().collect();
    assert_eq!(both(&expected, &fewer), fewer);
    assert_eq!(both(&expected, &CallRights::default()), CallRights::default());
}
