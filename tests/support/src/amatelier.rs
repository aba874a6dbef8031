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

use crate::{Call, FakeProvider, Protocol, isolate};

/// The topic of [`Amatelier::roundtable`].
const TOPIC: &str = "Should the bridge be closed this winter?";

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
        let realms = [("roundtable.db", "openai-compat"), ("rehearsal/roundtable.db", "rehearsal")];
        let realms: Vec<_> =
            realms.into_iter().filter(|(database, _)| self.path(database).exists()).collect();
        if realms.is_empty() {
            return;
        }
        // Whatever happened in here, every balance is the sum of its postings.
        for (_, mode) in realms {
            self.args(["sparks", "--audit", "--mode", mode]).run().ok();
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

    /// Have this provider speak a protocol: its address and its key, where the protocol has one.
    #[must_use]
    pub fn speaking(self, provider: &FakeProvider, protocol: Protocol) -> Self {
        let (address, url, key) = match protocol {
            Protocol::OpenAi => ("AMATELIER_OPENAI_BASE_URL", provider.base_url(), "OPENAI_API_KEY"),
            Protocol::OpenRouter => {
                ("AMATELIER_OPENROUTER_BASE_URL", provider.openrouter_url(), "OPENROUTER_API_KEY")
            }
            Protocol::Anthropic => {
                ("AMATELIER_ANTHROPIC_BASE_URL", provider.anthropic_url(), "ANTHROPIC_API_KEY")
            }
            Protocol::Gemini => ("AMATELIER_GEMINI_BASE_URL", provider.gemini_url(), "GEMINI_API_KEY"),
            Protocol::Ollama => ("OLLAMA_HOST", provider.ollama_url(), "OLLAMA_API_KEY"),
            Protocol::ClaudeCode => {
                let command = provider.claude_command().to_str().unwrap().to_owned();
                ("AMATELIER_CLAUDE_CODE_COMMAND", command, "CLAUDE_CODE_OAUTH_TOKEN")
            }
        };
        let house = self.variable(address, &url);
        protocol.key().into_iter().fold(house, |house, secret| house.variable(key, secret))
    }

    /// Have this provider speak every protocol.
    #[must_use]
    pub fn protocols(self, provider: &FakeProvider) -> Self {
        Protocol::ALL.into_iter().fold(self, |house, protocol| house.speaking(provider, protocol))
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
        isolate(&mut command);
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
