//! A project folder with files in it.

use std::path::PathBuf;

use amatelier_steward::{Caps, Files, LocalDesk, Observation, Operation, Refusal, Warning};

/// A folder that has a project in it, and things beside it that are nobody's business.
pub(crate) struct Project {
    folder: tempfile::TempDir,
}

impl Project {
    pub(crate) fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        std::fs::create_dir(folder.path().join("project")).unwrap();
        Project { folder }
    }

    pub(crate) fn with(files: &[(&str, &str)]) -> Self {
        let project = Project::new();
        for (name, content) in files {
            project.write(name, content);
        }
        project
    }

    pub(crate) fn root(&self) -> PathBuf {
        self.folder.path().join("project")
    }

    /// A place in the project, or with `..` beside it.
    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.root().join(name)
    }

    pub(crate) fn write(&self, name: &str, content: impl AsRef<[u8]>) {
        let path = self.path(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, content).unwrap();
    }

    pub(crate) fn register(&self, entries: &[&str]) -> (Files, Vec<Warning>) {
        self.register_within(entries, Caps::default())
    }

    pub(crate) fn register_within(&self, entries: &[&str], caps: Caps) -> (Files, Vec<Warning>) {
        Files::register(&self.root(), &briefing(entries), caps).unwrap()
    }

    /// A desk over entries that can all be registered.
    pub(crate) fn desk(&self, entries: &[&str]) -> LocalDesk {
        let (files, warnings) = self.register(entries);
        assert_eq!(warnings, [], "all can be registered");
        LocalDesk::new(files)
    }
}

pub(crate) fn briefing(entries: &[&str]) -> String {
    format!("# Task\n\n## Steward-Registered Files\n\n- {}\n", entries.join("\n- "))
}

/// Every operation that names a file, naming this one.
pub(crate) fn every_operation(name: &str) -> Vec<Operation> {
    let file = || name.to_owned();
    vec![
        Operation::Read { file: file(), first_line: 1, lines: 0 },
        Operation::Grep { pattern: ".".into(), files: Some(file()), ignore_case: false, limit: 0 },
        Operation::Query { file: file(), part: None, conditions: vec![] },
        Operation::Value { file: file(), key: "a".into() },
        Operation::Outline { file: file() },
        Operation::Check { file: file(), first_line: 1, last_line: 1, quote: "a".into() },
    ]
}

pub(crate) fn read(files: &Files, name: &str) -> Result<String, Refusal> {
    match files.perform(&Operation::Read { file: name.into(), first_line: 1, lines: 0 })? {
        Observation::Excerpt(excerpt) => Ok(excerpt.text),
        other => panic!("{other:?}"),
    }
}
