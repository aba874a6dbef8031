//! A place to run the binary in.

use std::{
    cell::Cell,
    collections::BTreeMap,
    ffi::OsStr,
    fs,
    path::{Path, PathBuf},
    thread,
};

use tempfile::TempDir;

use crate::{Call, FakeProvider};

/// The topic of [`Amatelier::roundtable`].
const TOPIC: &str = "Should the bridge be closed this winter?";

/// The beginnings of variables that would make a run depend on who runs the tests.
const FOREIGN: [&str; 5] = ["OPENAI_", "AMATELIER_", "ANTHROPIC_", "GEMINI_", "OPENROUTER_"];

/// A home folder with a workspace in it, and the binary that works there. The folder goes with this value, and before it goes every
/// debate that came to its end in there is run again: it must come out as it did.
pub struct Amatelier {
    binary: PathBuf,
    home: TempDir,
    variables: BTreeMap<String, String>,
    tampered: Cell<bool>,
}

impl Drop for Amatelier {
    fn drop(&mut self) {
        if self.tampered.get() || thread::panicking() {
            return;
        }
        let databases = ["roundtable.db", "rehearsal/roundtable.db"];
        if !databases.iter().any(|database| self.path(database).exists()) {
            return;
        }
        let listed = self.args(["list", "--json"]).run().ok().digest();
        for roundtable in listed["roundtables"].as_array().unwrap() {
            if ["closed", "aborted"].iter().any(|status| roundtable["status"] == *status) {
                self.args(["replay", roundtable["id"].as_str().unwrap(), "--verify"]).run().ok();
            }
        }
    }
}

impl Amatelier {
    /// An empty place for the binary at this path, which a test target knows as `env!("CARGO_BIN_EXE_amatelier")`.
    pub fn at(binary: impl Into<PathBuf>) -> Self {
        let home = tempfile::tempdir().unwrap();
        fs::create_dir(home.path().join("workspace")).unwrap();
        Amatelier { binary: binary.into(), home, variables: BTreeMap::new(), tampered: Cell::new(false) }
    }

    /// What stands in the briefing that [`Amatelier::roundtable`] passes.
    #[must_use]
    pub fn briefing(self, text: impl AsRef<[u8]>) -> Self {
        fs::write(self.briefing_path(), text).unwrap();
        self
    }

    /// The team file; without it the workspace gets the starter roster.
    #[must_use]
    pub fn team(self, toml: &str) -> Self {
        self.file("team.toml", toml)
    }

    /// A file of the workspace.
    #[must_use]
    pub fn file(self, path: &str, bytes: impl AsRef<[u8]>) -> Self {
        let path = self.path(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, bytes).unwrap();
        self
    }

    /// Ask this provider, for the model `fake`.
    #[must_use]
    pub fn provider(self, provider: &FakeProvider) -> Self {
        self.variable("OPENAI_BASE_URL", &provider.base_url()).variable("OPENAI_MODEL", "fake")
    }

    /// A variable of the environment.
    #[must_use]
    pub fn variable(mut self, name: &str, value: &str) -> Self {
        self.variables.insert(name.into(), value.into());
        self
    }

    /// What is in the workspace is not what the program left there: its debates are not run again in the end.
    pub fn tampered(&self) {
        self.tampered.set(true);
    }

    /// A call of the binary with these arguments.
    pub fn args<A: AsRef<OsStr>>(&self, arguments: impl IntoIterator<Item = A>) -> Call {
        self.call(&self.binary).args(arguments)
    }

    /// A call of another program, with these arguments first, in the place of the binary: one that looks at the binary as it runs.
    pub fn through<A: AsRef<OsStr>>(&self, program: &Path, arguments: impl IntoIterator<Item = A>) -> Call {
        self.call(program).args(arguments)
    }

    fn call(&self, program: &Path) -> Call {
        let mut command = std::process::Command::new(program);
        for (name, _) in std::env::vars_os() {
            if name.to_str().is_some_and(|name| FOREIGN.iter().any(|start| name.starts_with(start))) {
                command.env_remove(name);
            }
        }
        command
            .current_dir(self.home.path())
            .env("HOME", self.home.path())
            .env("AMATELIER_WORKSPACE", self.workspace())
            .envs(&self.variables);
        Call::new(command)
    }

    /// `roundtable` with a topic and the briefing.
    pub fn roundtable(&self) -> Call {
        let briefing = self.briefing_path();
        self.args(["roundtable", "--topic", TOPIC, "--briefing"]).arg(briefing)
    }

    /// The workspace.
    pub fn workspace(&self) -> PathBuf {
        self.home.path().join("workspace")
    }

    /// A path in the workspace.
    pub fn path(&self, path: impl AsRef<Path>) -> PathBuf {
        self.workspace().join(path)
    }

    /// Where the briefing stands, if one was given.
    pub fn briefing_path(&self) -> PathBuf {
        self.home.path().join("briefing.md")
    }

    /// Put bytes in the place of a file of the workspace the way careful programs do: written aside, then renamed.
    pub fn replace(&self, path: &str, bytes: impl AsRef<[u8]>) {
        let aside = self.path(format!("{path}.new"));
        fs::write(&aside, bytes).unwrap();
        fs::rename(aside, self.path(path)).unwrap();
    }
}
