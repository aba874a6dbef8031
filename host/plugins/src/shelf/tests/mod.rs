//! Shelves on a disk, whole and tampered with.

mod dying;
mod granting;
mod hostile;
mod installing;
mod racing;
mod tampering;

use amatelier_types::{Capability, Capability::*};
use tempfile::TempDir;

use super::*;
use crate::{
    Ask, ComponentStore, Source, embed,
    manifest::tests::socratic,
    package::tests::{component, with_section},
    rights::rights::tests::rights,
};

type Asks<'a> = &'a [(Capability, &'a [&'a str])];

/// A workspace with its shelf.
struct Place {
    folder: TempDir,
    shelf: Shelf,
}

fn id() -> PluginId {
    "socratic".parse().unwrap()
}

fn source() -> Source {
    "https://example.org/socratic.wasm".parse().unwrap()
}

/// Version so-and-so of the same plugin, which imports what it asks for.
fn plugin(version: &str, asks: Asks<'_>) -> Vec<u8> {
    let mut manifest = socratic();
    manifest.version = version.parse().unwrap();
    manifest.asks = rights(asks)
        .iter()
        .map(|(asked, right)| (asked, Ask { reason: format!("why {asked}"), labels: right.labels.clone() }))
        .collect();
    let imports: Vec<(&str, &[&str])> = asks
        .iter()
        .map(|(capability, _)| match capability {
            LlmComplete => ("amatelier:llm/llm@0.1.0", &["complete"] as &[&str]),
            StewardRead => ("amatelier:steward/steward@0.1.0", &["read"] as &[&str]),
            MarketBuy => ("amatelier:economy/market@0.1.0", &["buy"] as &[&str]),
            other => panic!("{other}"),
        })
        .collect();
    let bytes = component(&imports, &["amatelier:persona/persona@0.1.0"]);
    embed(&bytes, &manifest, &PackageLimits::default()).unwrap()
}

/// The same with other bytes.
fn other_bytes(bytes: &[u8]) -> Vec<u8> {
    let package = Inspection::of(bytes).unwrap();
    let extra = with_section(bytes, "extra", b"x");
    embed(&extra, &package.manifest, &PackageLimits::default()).unwrap()
}

fn granting(asks: Asks<'_>) -> InstallOptions {
    InstallOptions { grants: Some(rights(asks)), ..InstallOptions::default() }
}

impl Place {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        Place { shelf: Shelf::of(folder.path()), folder }
    }

    /// Another process's shelf.
    fn again(&self) -> Shelf {
        Shelf::of(self.folder.path())
    }

    fn install(&self, bytes: &[u8], options: &InstallOptions) -> Result<Installation, ShelfError> {
        self.shelf.install(bytes, source(), options)
    }

    fn one(&self) -> Installed {
        self.shelf.get(&id()).unwrap().unwrap()
    }

    fn version(&self) -> String {
        self.one().entry.version.to_string()
    }

    fn edit(&self, file: &str, from: &str, to: &str) {
        let path = self.folder.path().join(file);
        let text = std::fs::read_to_string(&path).unwrap();
        assert!(text.contains(from), "{from} in {text}");
        std::fs::write(path, text.replace(from, to)).unwrap();
    }

    fn told(&self) -> Vec<String> {
        self.again().verify().iter().map(|finding| format!("{:?} {finding}", finding.weight)).collect()
    }
}
