//! Whatever dies when, there is the old plugin or the new one.

use std::sync::atomic::Ordering::Relaxed;

use super::*;

const OPEN: Asks<'_> = &[(LlmComplete, &["haiku"])];
const MORE: Asks<'_> = &[(LlmComplete, &["haiku"]), (MarketBuy, &[])];

type Prepare = fn(&Place);
type Change = fn(&Shelf) -> Result<(), ShelfError>;

fn updated(place: &Place) {
    place.install(&plugin("0.2.0", OPEN), &granting(OPEN)).unwrap();
    place.install(&plugin("0.3.0", OPEN), &granting(OPEN)).unwrap();
}

fn held(place: &Place) {
    updated(place);
    place.install(&plugin("0.4.0", MORE), &InstallOptions::default()).unwrap();
    place.shelf.disable(&id()).unwrap();
}

/// What matters of a plugin, without what is only remembered.
fn seen(shelf: &Shelf) -> Option<(String, Option<Rights>, Standing)> {
    let one = shelf.get(&id()).unwrap()?;
    shelf.bytes(&one).unwrap();
    assert_eq!(shelf.granted(&one).unwrap(), one.granted);
    let standing = if one.disabled { Standing::Disabled } else { one.standing() };
    Some((one.entry.version.to_string(), one.granted, standing))
}

#[test]
fn a_change_that_dies_anywhere_leaves_the_old_plugin_or_the_new_one_and_can_be_made_again() {
    let changes: [(&str, Prepare, Change); 10] = [
        (
            "install",
            |_| (),
            |shelf| shelf.install(&plugin("0.2.0", OPEN), source(), &granting(OPEN)).map(drop),
        ),
        ("update", updated, |shelf| {
            shelf.install(&plugin("0.4.0", MORE), source(), &granting(MORE)).map(drop)
        }),
        ("hold", updated, |shelf| {
            shelf.install(&plugin("0.4.0", MORE), source(), &InstallOptions::default()).map(drop)
        }),
        ("accept", held, |shelf| {
            match shelf.accept(&id(), &Sha256::of(&plugin("0.4.0", MORE)), Some(&rights(MORE))) {
                // It was taken before.
                Err(ShelfError::NothingHeld { .. }) => Ok(()),
                other => other.map(drop),
            }
        }),
        (
            "grant",
            |place| drop(place.install(&plugin("0.2.0", MORE), &granting(OPEN))),
            |shelf| shelf.grant(&id(), &rights(MORE)).map(drop),
        ),
        ("revoke", updated, |shelf| shelf.revoke(&id(), None).map(drop)),
        ("rollback", updated, |shelf| match shelf.rollback(&id()) {
            Err(ShelfError::NoPrevious { .. }) => Ok(()),
            other => other.map(drop),
        }),
        ("disable", updated, |shelf| shelf.disable(&id()).map(drop)),
        ("enable", held, |shelf| shelf.enable(&id()).map(drop)),
        ("remove", held, |shelf| match shelf.remove(&id()) {
            Err(ShelfError::NotInstalled { .. }) => Ok(()),
            other => other.map(drop),
        }),
    ];
    for (name, prepare, change) in changes {
        let whole = Place::new();
        prepare(&whole);
        let before = seen(&whole.shelf);
        change(&whole.shelf).unwrap();
        let after = seen(&whole.shelf);
        assert_ne!(before, after, "{name}");
        let mut ways = 0;
        for writes in 0.. {
            let place = Place::new();
            prepare(&place);
            let dying = place.again();
            dying.places.writes_left.store(writes, Relaxed);
            let survived = change(&dying).is_ok();
            let found = seen(&place.again());
            assert!([&before, &after].contains(&&found), "{name} after {writes}: {found:?}");
            // A reader of the same process that had read before the change sees the same.
            assert_eq!(seen(&place.shelf), found, "{name} after {writes}");
            assert!(
                place.told().iter().all(|told| told.starts_with("Note there is a grant for bytes")),
                "{name} after {writes}: {:?}",
                place.told()
            );
            change(&place.again()).unwrap();
            assert_eq!(seen(&place.again()), after, "{name} after {writes}");
            for file in ["amatelier.lock", "plugins/grants.toml", "plugins/state.toml"] {
                let text = |place: &Place| std::fs::read_to_string(place.folder.path().join(file)).ok();
                let said = |text: Option<String>| text.filter(|text| text.contains("[["));
                assert_eq!(said(text(&place)), said(text(&whole)), "{name} after {writes}: {file}");
            }
            ways = writes;
            if survived {
                break;
            }
        }
        assert!(ways >= 1, "{name}");
    }
}

#[test]
fn bytes_without_a_lock_entry_are_nothing() {
    let place = Place::new();
    let bytes = plugin("0.2.0", OPEN);
    place.shelf.places.keep(&bytes, &Inspection::of(&bytes).unwrap().manifest).unwrap();
    assert_eq!(place.shelf.all().unwrap(), []);
    assert_eq!(place.told(), [""; 0]);
}

#[test]
fn changes_by_several_hands_are_made_one_after_another() {
    let place = Place::new();
    std::thread::scope(|scope| {
        for at in 0..8 {
            let shelf = place.again();
            scope.spawn(move || {
                let mut manifest = socratic();
                manifest.id = format!("plugin-{at}").parse().unwrap();
                manifest.asks.clear();
                let bytes = component(&[], &["amatelier:persona/persona@0.1.0"]);
                let bytes = embed(&bytes, &manifest, &PackageLimits::default()).unwrap();
                shelf.install(&bytes, source(), &InstallOptions::default()).unwrap();
                shelf.revoke(&manifest.id, None).unwrap();
            });
        }
    });
    let all = place.shelf.all().unwrap();
    assert_eq!(all.len(), 8);
    assert!(all.iter().all(|one| one.granted == Some(Rights::none())));
    assert_eq!(place.told(), [""; 0]);
}
