//! Components made into plugins, good and bad ones.

use amatelier_bundle::World;
use amatelier_plugins::{Manifest, PackageLimits, embed, host_version};

/// A persona that asks for nothing.
pub(super) const SOCRATIC: &str = "schema = 1\n[plugin]\nid = \"socratic\"\nversion = \"0.2.0\"\n\
    description = \"Answers every claim with a question.\"\nlicense = \"MIT\"\nmin-host = \"0.1.0\"\nauthors = [\"Ada\"]\n";

/// What a persona asks for that does what the bundled ones do.
pub(super) const VOICE: &str = "[capabilities]\n\"llm.complete\" = { labels = [\"haiku\"], reason = \"writes its questions\" }\n\
    \"steward.read\" = { reason = \"checks numbers\" }\n\"steward.ask\" = { reason = \"asks for numbers\" }\n\
    \"market.read\" = { reason = \"knows what it can afford\" }\n\"market.buy\" = { reason = \"buys words\" }\n\
    \"notebook\" = { reason = \"remembers\" }\n";

/// A component with a manifest in it, the way `plugin build` puts it there.
pub(super) fn packaged(component: &[u8], manifest: &str) -> Vec<u8> {
    let manifest = Manifest::of_toml(manifest, &host_version()).unwrap();
    embed(component, &manifest, &PackageLimits::default()).unwrap()
}

/// The component of the bundled persona, which uses whatever a persona can be granted.
pub(super) fn voice() -> &'static [u8] {
    amatelier_bundle::component(World::Persona, "classic").unwrap().bytes
}
