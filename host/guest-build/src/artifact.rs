//! What cargo says it has built (`--message-format=json`).
//!
//! Cargo reports every artifact of a build, fresh ones included, so the messages are both the list of guests and the list of the
//! packages on this disk whose sources have to be watched.

use std::path::{Path, PathBuf};

use serde::Deserialize;

use crate::{Guest, GuestBuildError};

/// The messages that are of use here; cargo sends more, and may send kinds that do not exist yet.
#[derive(Deserialize)]
#[serde(tag = "reason", rename_all = "kebab-case")]
enum Message {
    CompilerArtifact(Artifact),
    #[serde(other)]
    Other,
}

/// One crate that is built.
#[derive(Clone, Debug, Deserialize)]
pub struct Artifact {
    package_id: String,
    manifest_path: PathBuf,
    target: Target,
    filenames: Vec<PathBuf>,
}

#[derive(Clone, Debug, Deserialize)]
struct Target {
    kind: Vec<String>,
    src_path: PathBuf,
}

impl Artifact {
    /// All artifacts in cargo's output, in its order.
    ///
    /// # Errors
    /// [`GuestBuildError::BadMessage`]: a line is no message.
    pub fn parse_all(output: &str) -> Result<Vec<Artifact>, GuestBuildError> {
        let mut artifacts = Vec::new();
        for line in output.lines() {
            if let Message::CompilerArtifact(artifact) = serde_json::from_str(line)? {
                artifacts.push(artifact);
            }
        }
        Ok(artifacts)
    }

    /// The component, where the crate is one.
    pub fn guest(&self) -> Option<Guest> {
        if !self.target.kind.iter().any(|kind| kind == "cdylib") {
            return None;
        }
        let wasm =
            self.filenames.iter().find(|file| file.extension().is_some_and(|ending| ending == "wasm"))?;
        let (name, version) = self.name_and_version()?;
        Some(Guest { name: name.into(), version: version.into(), wasm: wasm.clone() })
    }

    /// The `Cargo.toml` of the crate.
    pub fn manifest_path(&self) -> &Path {
        &self.manifest_path
    }

    /// The manifest and the source folder of a package on this disk; nothing for packages from a registry, which never change.
    pub(crate) fn sources(&self) -> Vec<PathBuf> {
        if !self.package_id.starts_with("path+") {
            return Vec::new();
        }
        let mut sources = vec![self.manifest_path.clone()];
        sources.extend(self.target.src_path.parent().map(PathBuf::from));
        sources
    }

    /// A package id ends in `#name@version`, or in `#version` where the folder is named like the package.
    fn name_and_version(&self) -> Option<(&str, &str)> {
        let (url, fragment) = self.package_id.rsplit_once('#')?;
        fragment.split_once('@').or_else(|| Some((url.rsplit_once('/')?.1, fragment)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const OUTPUT: &str = concat!(
        r#"{"reason":"compiler-artifact","package_id":"registry+https://example.org#index@1.0.0","manifest_path":"/r/index/Cargo.toml","#,
        r#""target":{"kind":["lib"],"src_path":"/r/index/src/lib.rs"},"filenames":["/t/libindex.rlib"]}"#,
        "\n",
        r#"{"reason":"compiler-artifact","package_id":"path+file:///p/sdk#amatelier-sdk@0.1.0","manifest_path":"/p/sdk/Cargo.toml","#,
        r#""target":{"kind":["lib"],"src_path":"/p/sdk/src/lib.rs"},"filenames":["/t/libsdk.rlib"]}"#,
        "\n",
        r#"{"reason":"compiler-artifact","package_id":"path+file:///p/ada#0.2.0","manifest_path":"/p/ada/Cargo.toml","#,
        r#""target":{"kind":["cdylib"],"src_path":"/p/ada/src/lib.rs"},"filenames":["/t/ada.wasm"],"fresh":true}"#,
        "\n",
        r#"{"reason":"build-finished","success":true}"#,
    );

    #[test]
    fn the_guests_are_the_cdylibs_with_a_component() {
        let guests: Vec<_> =
            Artifact::parse_all(OUTPUT).unwrap().iter().filter_map(Artifact::guest).collect();
        assert_eq!(
            guests,
            [Guest { name: "ada".into(), version: "0.2.0".into(), wasm: "/t/ada.wasm".into() }]
        );
    }

    #[test]
    fn only_packages_on_this_disk_are_watched() {
        let sources: Vec<_> =
            Artifact::parse_all(OUTPUT).unwrap().iter().flat_map(Artifact::sources).collect();
        let expected =
            ["/p/sdk/Cargo.toml", "/p/sdk/src", "/p/ada/Cargo.toml", "/p/ada/src"].map(PathBuf::from);
        assert_eq!(sources, expected);
    }

    #[test]
    fn a_package_id_carries_the_name_where_the_folder_does_not() {
        let artifacts = Artifact::parse_all(OUTPUT).unwrap();
        let named: Vec<_> = artifacts.iter().filter_map(Artifact::name_and_version).collect();
        assert_eq!(named, [("index", "1.0.0"), ("amatelier-sdk", "0.1.0"), ("ada", "0.2.0")]);
    }
}
