//! One installed plugin.

use std::fmt;

use amatelier_types::Sha256;
use semver::Version;

use super::Source;
use crate::{
    Agreement, InterfaceName, Manifest, Package, PluginId, Rights,
    document::{Fields, Node, Problems},
    plain_text::Quoted,
};

/// The most worlds of one plugin.
const WORLDS: usize = 64;

/// What a plugin was when it was installed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LockEntry {
    /// Its id.
    pub id: PluginId,
    /// Its version.
    pub version: Version,
    /// Where it came from.
    pub source: Source,
    /// The digest of its bytes.
    pub sha256: Sha256,
    /// The hash of its manifest in its canonical form.
    pub manifest: Sha256,
    /// What it can be called for, sorted.
    pub worlds: Vec<InterfaceName>,
    /// The hash of what it is granted; nothing where nobody has decided yet.
    pub grant: Option<Sha256>,
}

impl LockEntry {
    /// The entry of a plugin that has just been looked through.
    pub fn of(
        manifest: &Manifest,
        package: &Package,
        agreement: &Agreement,
        source: Source,
        granted: Option<&Rights>,
    ) -> Self {
        LockEntry {
            id: manifest.id.clone(),
            version: manifest.version.clone(),
            source,
            sha256: package.digest,
            manifest: manifest.hash(),
            worlds: agreement.worlds.clone(),
            grant: granted.map(Rights::hash),
        }
    }

    pub(crate) fn read(node: &Node, problems: &Problems) -> Option<Self> {
        let keys = ["id", "version", "source", "sha256", "manifest", "worlds", "grant"];
        let fields = Fields::of(node, "plugin.", &keys, problems)?;
        let id = fields.needed_parsed("id", "id = \"socratic\"");
        let version = fields.needed_parsed("version", "version = \"0.1.0\"");
        let source = fields.needed_parsed("source", "source = \"https://example.org/socratic.wasm\"");
        let sha256 = fields.needed_parsed("sha256", "sha256 = \"…\"");
        let manifest = fields.needed_parsed("manifest", "manifest = \"…\"");
        let grant = fields.perhaps_parsed("grant", "grant = \"…\"");
        fields.needed("worlds", "worlds = []");
        let mut worlds = Vec::new();
        for text in fields.perhaps_lines("worlds", WORLDS, 400).unwrap_or_default() {
            match InterfaceName::parse(&text) {
                Some(world) => worlds.push(world),
                None => {
                    let what = format!("`plugin.worlds` has {}, which is no interface", Quoted(&text));
                    problems.add(&node.place, what, "install the plugin anew");
                }
            }
        }
        if !worlds.is_sorted() {
            problems.add(&node.place, "`plugin.worlds` is not sorted", "install the plugin anew");
        }
        Some(LockEntry {
            id: id?,
            version: version?,
            source: source?,
            sha256: sha256?,
            manifest: manifest?,
            worlds,
            grant,
        })
    }
}

/// Its lines in the lock.
impl fmt::Display for LockEntry {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let quoted = |text: &str| toml::Value::from(text).to_string();
        writeln!(f, "id = \"{}\"\nversion = \"{}\"", self.id, self.version)?;
        writeln!(f, "source = {}", quoted(&self.source.to_string()))?;
        writeln!(f, "sha256 = \"{}\"\nmanifest = \"{}\"", self.sha256, self.manifest)?;
        let worlds = self.worlds.iter().map(|world| quoted(&world.to_string())).collect::<Vec<_>>();
        writeln!(f, "worlds = [{}]", worlds.join(", "))?;
        self.grant.map_or(Ok(()), |grant| writeln!(f, "grant = \"{grant}\""))
    }
}
