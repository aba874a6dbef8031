//! What was changed past the host.

use super::*;

const OPEN: Asks<'_> = &[(LlmComplete, &["haiku"])];
const MORE: Asks<'_> = &[(LlmComplete, &["haiku"]), (MarketBuy, &[])];

fn place() -> Place {
    let place = Place::new();
    place.install(&plugin("0.2.0", MORE), &granting(OPEN)).unwrap();
    place
}

fn component_path(place: &Place) -> std::path::PathBuf {
    place.folder.path().join(format!("components/{}.wasm", place.one().entry.sha256))
}

fn manifest_path(place: &Place) -> std::path::PathBuf {
    place.folder.path().join(format!("plugins/manifests/{}.json", place.one().entry.manifest))
}

#[test]
fn a_grant_that_was_given_past_the_host_is_none() {
    let place = place();
    let one = place.one();
    place.edit("plugins/grants.toml", "\"llm.complete\"", "\"market.buy\" = {}\n\"llm.complete\"");
    assert!(place.shelf.granted(&one).is_err());
    let one = place.one();
    assert_eq!((one.standing(), one.granted), (Standing::GrantChanged, None));
    let told = place.told();
    assert!(
        told[0].starts_with("Refused what is granted to `socratic` is not what amatelier.lock remembers"),
        "{told:?}"
    );
    // Whatever is granted next blesses nothing that was smuggled in.
    place.shelf.grant(&id(), &rights(OPEN)).unwrap();
    assert_eq!((place.one().standing(), place.one().granted), (Standing::Ready, Some(rights(OPEN))));
    place.edit("plugins/grants.toml", "\"llm.complete\"", "\"market.buy\" = {}\n\"llm.complete\"");
    place.shelf.revoke(&id(), Some(LlmComplete)).unwrap();
    assert_eq!(place.one().granted, Some(Rights::none()));
}

#[test]
fn a_smuggled_grant_is_not_carried_into_an_update() {
    let place = place();
    place.edit("plugins/grants.toml", "\"llm.complete\"", "\"market.buy\" = {}\n\"llm.complete\"");
    place.install(&plugin("0.3.0", MORE), &InstallOptions::default()).unwrap();
    assert_eq!((place.version().as_str(), place.one().granted), ("0.3.0", None));
}

#[test]
fn a_lock_that_was_changed_past_the_host_is_refused_entry_by_entry() {
    for (from, to, said) in [
        ("0.2.0", "0.9.0", "its version is 0.9.0 there and 0.2.0 in its bytes"),
        ("persona/persona", "judge/judge", "its list of worlds is amatelier:judge/judge@0.1.0 there"),
        ("grant = \"", "grant = \"0000\" # \"", "`plugin.grant` is `0000`"),
        ("\nschema = 1", "\nschema = 9", "`schema` is not one that this host reads"),
    ] {
        let place = place();
        place.edit("amatelier.lock", from, to);
        let told = place.told().join("\n");
        assert!(told.contains(said), "{told}");
        assert!(told.starts_with("Refused amatelier.lock "), "{told}");
        if let Ok(Some(one)) = place.shelf.get(&id()) {
            assert!(place.shelf.bytes(&one).is_err());
        }
    }
}

#[test]
fn other_locked_bytes_are_missing_and_other_grants_are_no_grant() {
    let place = place();
    let entry = place.one().entry;
    place.edit("amatelier.lock", &entry.sha256.to_string(), &Sha256::of(b"other").to_string());
    let told = place.told();
    assert!(
        told.iter().any(|told| told.starts_with("Refused `socratic` cannot be loaded: component")
            && told.contains("is not in the component store")),
        "{told:?}"
    );
    place.edit("amatelier.lock", &Sha256::of(b"other").to_string(), &entry.sha256.to_string());
    place.edit("amatelier.lock", &rights(OPEN).hash().to_string(), &rights(MORE).hash().to_string());
    assert_eq!(place.one().standing(), Standing::GrantChanged);
}

#[test]
fn a_component_that_was_replaced_is_refused_and_installing_it_again_mends_it() {
    let bytes = plugin("0.2.0", MORE);
    for with in [b"".to_vec(), bytes[..100].to_vec(), plugin("0.3.0", MORE)] {
        let place = place();
        let one = place.one();
        std::fs::write(component_path(&place), &with).unwrap();
        let error = place.shelf.bytes(&one).unwrap_err().to_string();
        assert!(
            error.contains("is damaged") && error.contains("holds other bytes than were stored"),
            "{error}"
        );
        let told = format!(
            "Refused `socratic` cannot be loaded: {error}; install it anew (it came from https://example.org/socratic.wasm), or `amatelier plugin rollback socratic`"
        );
        assert_eq!(place.told(), [told]);
        assert_eq!(place.install(&bytes, &InstallOptions::default()).unwrap(), Installation::Same);
        assert_eq!(place.shelf.bytes(&one).unwrap(), bytes);
        assert_eq!((place.told(), place.one().granted), (vec![], Some(rights(OPEN))));
    }
}

#[test]
fn a_manifest_that_was_replaced_is_not_believed() {
    let place = place();
    let path = manifest_path(&place);
    let greedy = Inspection::of(&plugin("0.2.0", &[(StewardRead, &[])])).unwrap().manifest.to_json();
    for with in ["", "{}", &greedy] {
        std::fs::write(&path, with).unwrap();
        let one = place.again().get(&id()).unwrap().unwrap();
        assert!(one.manifest.asks.contains_key(&MarketBuy));
        let told = place.told();
        assert!(
            told[0].starts_with("Note the copy of the manifest of `socratic` holds something else"),
            "{told:?}"
        );
    }
    std::fs::remove_file(&path).unwrap();
    assert!(place.told()[0].contains("is missing"));
    // Without its bytes, too, nothing is known of it.
    std::fs::remove_file(component_path(&place)).unwrap();
    assert!(place.again().get(&id()).is_err());
    assert_eq!(place.shelf.all().unwrap(), []);
    let broken = place.shelf.broken().unwrap();
    assert_eq!(broken[0].0.id, id());
    place.install(&plugin("0.2.0", MORE), &InstallOptions::default()).unwrap();
    assert_eq!(place.told(), [""; 0]);
}

#[test]
fn damaged_files_of_the_host_are_each_told_and_nothing_is_changed() {
    for (file, said) in [
        ("amatelier.lock", "amatelier.lock is damaged"),
        ("plugins/grants.toml", "the grants are damaged, so nothing is granted"),
        ("plugins/state.toml", "plugins/state.toml is damaged"),
    ] {
        let place = place();
        place.shelf.disable(&id()).unwrap();
        place.edit(file, "schema = 1", "schema = \"x\"");
        let text = std::fs::read_to_string(place.folder.path().join(file)).unwrap();
        assert!(place.told()[0].contains(said), "{:?}", place.told());
        assert!(place.shelf.all().unwrap_err().to_string().starts_with(said));
        assert!(place.shelf.enable(&id()).unwrap_err().to_string().starts_with(said));
        assert_eq!(std::fs::read_to_string(place.folder.path().join(file)).unwrap(), text);
        let other = "other".parse().unwrap();
        assert_eq!(place.shelf.get(&other).is_ok(), file != "amatelier.lock");
    }
}

#[test]
fn everything_that_is_wrong_is_told_at_once() {
    let place = place();
    place.install(&plugin("0.3.0", MORE), &InstallOptions::default()).unwrap();
    let old = place.one().previous[0].sha256;
    std::fs::write(component_path(&place), b"x").unwrap();
    std::fs::write(place.folder.path().join(format!("components/{old}.wasm")), b"x").unwrap();
    std::fs::remove_file(manifest_path(&place)).unwrap();
    place.edit("plugins/grants.toml", "[\"haiku\"]", "[\"opus\"]");
    place.edit(
        "plugins/grants.toml",
        "schema = 1\n",
        &format!(
            "schema = 1\n[[grant]]\nid = \"socratic\"\nsha256 = \"{}\"\n[grant.capabilities]\n",
            Sha256::of(b"stray")
        ),
    );
    let told = place.told();
    let kinds = [
        "Refused `socratic` cannot be loaded",
        "Note the copy",
        "Refused what is granted",
        "Note `socratic` cannot go back to version 0.2.0",
        "Note there is a grant",
    ];
    assert_eq!(told.len(), kinds.len(), "{told:#?}");
    for (told, kind) in told.iter().zip(kinds) {
        assert!(told.starts_with(kind), "{told}");
    }
}

#[cfg(unix)]
#[test]
fn what_others_may_write_is_not_read() {
    use std::os::unix::fs::PermissionsExt as _;
    for file in ["amatelier.lock", "plugins/grants.toml", "plugins/state.toml"] {
        let place = place();
        place.shelf.disable(&id()).unwrap();
        let path = place.folder.path().join(file);
        std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o666)).unwrap();
        let error = place.shelf.get(&id()).unwrap_err().to_string();
        assert!(error.contains("may be written by others"), "{error}");
    }
}
