//! Files that change while they are looked at.

use std::fs;

use super::*;
use crate::read_plugin;

const OPEN: Asks<'_> = &[(LlmComplete, &["haiku"])];

#[test]
fn what_was_read_is_what_is_looked_through_and_kept_whatever_becomes_of_the_file() {
    let place = Place::new();
    let file = place.folder.path().join("given.wasm");
    let good = plugin("0.2.0", OPEN);
    fs::write(&file, &good).unwrap();
    let read = read_plugin(&file).unwrap();
    let seen = place.shelf.inspect(&read).unwrap();
    // Between the look and the yes, the file becomes another one.
    fs::write(&file, plugin("0.2.0", &[(LlmComplete, &["haiku"]), (MarketBuy, &[])])).unwrap();
    place.install(&read, &granting(OPEN)).unwrap();
    let one = place.one();
    assert_eq!(one.entry.sha256, seen.package.digest);
    assert_eq!(place.shelf.bytes(&one).unwrap(), good);
    assert!(!one.manifest.asks.contains_key(&MarketBuy));
}

#[test]
fn bytes_that_are_replaced_before_they_are_read_are_refused_and_after_it_change_nothing() {
    let place = Place::new();
    let good = plugin("0.2.0", OPEN);
    place.install(&good, &granting(OPEN)).unwrap();
    let one = place.one();
    let path = place.folder.path().join(format!("components/{}.wasm", one.entry.sha256));
    let loaded = place.shelf.bytes(&one).unwrap();
    fs::write(&path, plugin("0.3.0", OPEN)).unwrap();
    assert_eq!(loaded, good);
    assert!(matches!(place.shelf.bytes(&one), Err(ShelfError::Store(_))));
    assert!(place.shelf.accept(&id(), &Sha256::of(&good), None).is_err());
}

#[test]
fn an_entry_that_was_read_before_an_update_still_gets_its_own_bytes_and_the_lock_knows_better() {
    let place = Place::new();
    let old = plugin("0.2.0", OPEN);
    place.install(&old, &granting(OPEN)).unwrap();
    let one = place.one();
    place.install(&plugin("0.3.0", OPEN), &InstallOptions::default()).unwrap();
    assert_eq!(place.shelf.bytes(&one).unwrap(), old);
    let error = place.shelf.check_digest(&id(), &one.entry.sha256).unwrap_err().to_string();
    assert!(error.starts_with("`socratic` is not what was installed"), "{error}");
}

#[test]
fn held_bytes_that_are_replaced_are_not_accepted() {
    let place = Place::new();
    place.install(&plugin("0.2.0", &[]), &InstallOptions::default()).unwrap();
    place.install(&plugin("0.3.0", OPEN), &InstallOptions::default()).unwrap();
    let held = place.one().held.unwrap().entry.sha256;
    let path = place.folder.path().join(format!("components/{held}.wasm"));
    fs::write(&path, plugin("0.3.0", &[])).unwrap();
    let error = place.shelf.accept(&id(), &held, Some(&rights(OPEN))).unwrap_err().to_string();
    assert!(error.contains("holds other bytes than were stored"), "{error}");
    assert_eq!(place.version(), "0.2.0");
    assert!(place.told().iter().any(|told| told.starts_with("Note `socratic` cannot accept version 0.3.0")));
}

#[test]
fn a_previous_version_that_is_gone_is_not_gone_back_to() {
    let place = Place::new();
    place.install(&plugin("0.2.0", &[]), &InstallOptions::default()).unwrap();
    let old = place.one().entry.sha256;
    place.install(&plugin("0.3.0", &[]), &InstallOptions::default()).unwrap();
    fs::remove_file(place.folder.path().join(format!("components/{old}.wasm"))).unwrap();
    let error = place.shelf.rollback(&id()).unwrap_err().to_string();
    assert!(error.contains("is not in the component store"), "{error}");
    assert_eq!((place.version().as_str(), place.one().previous.len()), ("0.3.0", 1));
}

#[test]
fn readers_see_whole_states_while_others_change_them() {
    let place = Place::new();
    place.install(&plugin("0.2.0", OPEN), &InstallOptions::default()).unwrap();
    let one = place.one();
    std::thread::scope(|scope| {
        let writer = scope.spawn(|| {
            let shelf = place.again();
            for _ in 0..10 {
                shelf.grant(&id(), &rights(OPEN)).unwrap();
                shelf.revoke(&id(), None).unwrap();
            }
        });
        let shelf = place.again();
        while !writer.is_finished() {
            let granted = shelf.granted(&one).unwrap();
            let known = [None, Some(rights(OPEN)), Some(Rights::none())];
            assert!(known.contains(&granted), "{granted:?}");
            assert!(!shelf.get(&id()).unwrap().unwrap().grant_changed);
        }
    });
    assert_eq!(place.shelf.granted(&one).unwrap(), Some(Rights::none()));
}

#[test]
fn a_yes_goes_to_the_update_that_was_looked_at_and_to_no_other() {
    let place = Place::new();
    place.install(&plugin("0.2.0", &[]), &InstallOptions::default()).unwrap();
    place.install(&plugin("0.3.0", OPEN), &InstallOptions::default()).unwrap();
    let shown = place.one().held.unwrap().entry.sha256;
    place.install(&plugin("0.4.0", OPEN), &InstallOptions::default()).unwrap();
    let error = place.shelf.accept(&id(), &shown, Some(&rights(OPEN))).unwrap_err();
    assert!(matches!(error, ShelfError::OtherHeld { .. }), "{error}");
    assert_eq!((place.version().as_str(), place.one().granted), ("0.2.0", None));
}
