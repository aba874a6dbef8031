//! A workspace in which one debate after the other is held, in this process, without any model.

use std::{fs, sync::Arc, time::Duration};

use amatelier_debate::{Debate, Digest, Event};
use amatelier_economy::{Event as Entry, Posting};
use amatelier_engine::{
    Control, Ending, Engine, Grounded, Opening, Prices, Proof, Providers, Treasury, Watcher,
};
use amatelier_runtime::Limits;
use amatelier_types::{MemberName, Moderation};

use amatelier_workspace::{Choice, Configuration, Durability, Keys, Mode, Realm, Workspace};
use tempfile::TempDir;

/// Who debates with an attacker. Their lines do not depend on what they hear.
pub(crate) const GOOD: [&str; 2] = ["good", "better"];

pub(crate) struct House {
    folder: TempDir,
}

/// A list of files as a briefing has it.
pub(crate) const FACTS: &str = "\n\n## Steward-Registered Files\n\n- facts.csv\n";

/// What a debate is like.
pub(crate) struct Table {
    /// More lines of `[members]`.
    pub(crate) members: String,
    /// What follows `judge = `.
    pub(crate) judge: String,
    /// Lines of `[rubric]`.
    pub(crate) rubric: String,
    pub(crate) moderation: Moderation,
    pub(crate) limits: Limits,
    pub(crate) speaker_timeout: Duration,
    pub(crate) max_rounds: u32,
    /// What the briefing registers; nothing is no Steward.
    pub(crate) files: &'static str,
}

/// What a component of the tests is told to do, as TOML.
pub(crate) fn hostile(attack: &str) -> String {
    format!("component = \"hostile.wasm\", settings = {{ attack = \"{attack}\" }}")
}

impl Default for Table {
    fn default() -> Self {
        Table {
            members: String::new(),
            judge: format!("{{ role = \"judge\", {} }}", hostile("quiet")),
            rubric: "component = \"classic\"".into(),
            moderation: Moderation::PerPhase,
            limits: Limits::default(),
            speaker_timeout: Duration::from_secs(200),
            max_rounds: 1,
            files: "",
        }
    }
}

impl House {
    pub(crate) fn new() -> Self {
        let house = House { folder: tempfile::tempdir().unwrap() };
        house.put("hostile.wasm", amatelier_test_support::guest("hostile"));
        house.put("facts.csv", b"what,number\nhangers,32\n");
        house.put("secret", b"nobody registered this");
        house
    }

    /// Put a file into the workspace, at once.
    pub(crate) fn put(&self, name: &str, bytes: &[u8]) {
        let aside = self.folder.path().join(format!("{name}.new"));
        fs::write(&aside, bytes).unwrap();
        fs::rename(aside, self.folder.path().join(name)).unwrap();
    }

    fn workspace(&self) -> Workspace {
        Workspace::locate(Some(self.folder.path().to_owned())).unwrap()
    }

    /// Everything that was posted so far.
    pub(crate) fn postings(&self) -> Vec<Posting> {
        let treasury = Treasury::of(&self.workspace(), Realm::Play).unwrap();
        let events = treasury.map_or_else(Vec::new, |treasury| treasury.events().unwrap());
        events.iter().flat_map(Entry::postings).cloned().collect()
    }

    /// The proof of every balance.
    pub(crate) fn proof(&self) -> Proof {
        Treasury::of(&self.workspace(), Realm::Play).unwrap().unwrap().prove().unwrap()
    }

    pub(crate) fn engine(&self, table: &Table) -> Engine {
        let workspace = self.workspace();
        let good = GOOD.map(|name| {
            format!(
                "{name} = {{ role = \"worker\", component = \"scripted\", settings = {{ speak = \"{name} speaks in round {{round}}\", \
                 rebuttal = \"{name} rebuts in round {{round}}\" }} }}\n"
            )
        });
        let Table { members, judge, rubric, .. } = table;
        let team = format!("[members]\n{}{members}\njudge = {judge}\n[rubric]\n{rubric}\n", good.concat());
        self.put("team.toml", team.as_bytes());
        let mut configuration = Configuration::default();
        configuration.config.durability = Durability::Process;
        configuration.config.roundtable.moderation = table.moderation;
        let choice = Choice { mode: Mode::Rehearsal, because: "a test".into() };
        let providers = Providers::new(
            &choice,
            &configuration,
            &Keys::default(),
            Prices::bundled(),
            table.speaker_timeout,
        )
        .unwrap();
        let config = configuration.config;
        Engine::open(workspace, config, &choice, providers).unwrap().limited(table.limits.clone())
    }

    /// Hold a debate to its end.
    pub(crate) async fn hold(&self, table: &Table, watcher: Arc<dyn Watcher>) -> Digest {
        let engine = self.engine(table);
        let mut opening = opening(table);
        opening.grounded = Grounded::register(self.folder.path(), &opening.briefing).unwrap();
        let roundtable = engine.open_roundtable(&opening).await.unwrap();
        let timeout = Some(table.speaker_timeout);
        let (ending, digest) = engine.run(roundtable, timeout, Control::default(), watcher).await.unwrap();
        assert_eq!(ending, Ending::Over);
        digest
    }
}

pub(crate) fn opening(table: &Table) -> Opening {
    Opening {
        topic: "Should the bridge be closed?".into(),
        briefing: format!("It carries 4200 vehicles a day.{}", table.files),
        max_rounds: Some(table.max_rounds),
        floor_turns: Some(0),
        seed: Some(7),
        ..Opening::default()
    }
}

/// Somebody who does not look.
pub(crate) struct Nobody;

impl Watcher for Nobody {
    fn event(&self, _: &Debate, _: &Event) {}

    fn text(&self, _: &MemberName, _: &str) {}

    fn note(&self, _: &str) {}
}
