//! A page of the documentation as somebody follows it: its commands, section by section, typed into a shell.

use std::{
    fs,
    path::{Path, PathBuf},
    process::{Command, Output},
};

use amatelier_test_support::isolate;

/// Where the documentation lies.
pub(crate) const DOCS: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs");

/// The commands of a page: its blocks marked `sh`, each under the last heading of the second level before it.
pub(crate) struct Page {
    name: String,
    sections: Vec<(String, String)>,
}

impl Page {
    /// A page by its path below `docs/`.
    pub(crate) fn read(name: &str) -> Self {
        let text = fs::read_to_string(Path::new(DOCS).join(name)).unwrap();
        let mut sections = vec![(String::new(), String::new())];
        let mut inside = false;
        for line in text.lines() {
            match line {
                "```sh" => inside = true,
                "```" => inside = false,
                _ if inside => sections.last_mut().unwrap().1.extend([line, "\n"]),
                _ => {
                    if let Some(heading) = line.strip_prefix("## ") {
                        sections.push((heading.to_owned(), String::new()));
                    }
                }
            }
        }
        sections.retain(|(_, commands)| !commands.is_empty());
        assert!(!sections.is_empty(), "{name} has no commands");
        Page { name: name.to_owned(), sections }
    }

    /// All commands, in the order of the page.
    pub(crate) fn commands(&self) -> String {
        self.sections.iter().map(|(_, commands)| commands.as_str()).collect()
    }

    /// The commands under one heading.
    pub(crate) fn section(&self, heading: &str) -> &str {
        let found = self.sections.iter().find(|(own, _)| own == heading);
        &found.unwrap_or_else(|| panic!("{} has no commands under `{heading}`", self.name)).1
    }

    /// The headings under which there are commands.
    pub(crate) fn headings(&self) -> impl Iterator<Item = &str> {
        self.sections.iter().map(|(heading, _)| heading.as_str())
    }
}

/// Somebody's terminal in an empty folder, with `amatelier` on the `PATH` and the workspace beside.
pub(crate) struct Reader {
    folder: PathBuf,
    variables: Vec<(&'static str, PathBuf)>,
}

impl Reader {
    /// A reader who works in this folder, as the user who runs the tests.
    pub(crate) fn of(folder: &Path) -> Self {
        let variables = vec![("AMATELIER_WORKSPACE", folder.join("workspace"))];
        Reader { folder: folder.to_owned(), variables }
    }

    /// With another variable in the environment.
    pub(crate) fn variable(mut self, name: &'static str, value: PathBuf) -> Self {
        self.variables.push((name, value));
        self
    }

    /// Type some commands, and stop at the first that fails.
    pub(crate) fn types(&self, commands: &str) -> Output {
        let binaries = Path::new(env!("CARGO_BIN_EXE_amatelier")).parent().unwrap();
        let paths = std::env::var_os("PATH").unwrap();
        let paths = std::iter::once(binaries.to_owned()).chain(std::env::split_paths(&paths));
        let mut shell = Command::new("sh");
        isolate(&mut shell);
        shell
            .args(["-eu", "-c", commands])
            .current_dir(&self.folder)
            .env("PATH", std::env::join_paths(paths).unwrap())
            .envs(self.variables.iter().map(|(name, value)| (name, value)))
            .output()
            .unwrap()
    }

    /// The same for commands that have to succeed: what was printed to stdout.
    pub(crate) fn follows(&self, what: &str, commands: &str) -> String {
        let ran = self.types(commands);
        let (stdout, stderr) = (String::from_utf8_lossy(&ran.stdout), String::from_utf8_lossy(&ran.stderr));
        assert!(ran.status.success(), "{what}: {}\n--- stdout\n{stdout}\n--- stderr\n{stderr}", ran.status);
        stdout.into_owned()
    }
}
