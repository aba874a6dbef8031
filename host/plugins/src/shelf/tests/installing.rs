//! Installing, updating, holding, accepting, going back.

use super::*;

const OPEN: Asks<'_> = &[(LlmComplete, &["haiku"])];
const MORE: Asks<'_> = &[(LlmComplete, &["haiku"]), (MarketBuy, &[])];

#[test]
fn what_is_installed_is_there_for_every_process_with_its_bytes() {
    let place = Place::new();
    assert_eq!(place.shelf.all().unwrap(), []);
    assert_eq!(place.shelf.get(&id()).unwrap(), None);
    let bytes = plugin("0.2.0", OPEN);
    assert_eq!(place.install(&bytes, &InstallOptions::default()).unwrap(), Installation::New);
    for shelf in [place.shelf.clone(), place.again()] {
        let one = shelf.get(&id()).unwrap().unwrap();
        assert_eq!(shelf.all().unwrap(), std::slice::from_ref(&one));
        assert_eq!((one.entry.source.clone(), one.granted.clone()), (source(), None));
        assert_eq!(one.standing(), Standing::NeedsGrant);
        assert_eq!(shelf.bytes(&one).unwrap(), bytes);
        assert_eq!(shelf.granted(&one).unwrap(), None);
        assert!(shelf.check_digest(&id(), &Sha256::of(&bytes)).is_ok());
        assert!(shelf.check_digest(&id(), &Sha256::of(b"")).is_err());
    }
    assert_eq!(place.install(&bytes, &InstallOptions::default()).unwrap(), Installation::Same);
    assert_eq!(place.told(), [""; 0]);
}

#[test]
fn what_asks_for_nothing_needs_no_grant() {
    let place = Place::new();
    place.install(&plugin("0.2.0", &[]), &InstallOptions::default()).unwrap();
    assert_eq!(place.one().standing(), Standing::Ready);
}

#[test]
fn an_update_that_asks_for_no_more_takes_its_predecessors_place_and_grant() {
    let place = Place::new();
    place.install(&plugin("0.2.0", OPEN), &granting(OPEN)).unwrap();
    let update = place.install(&plugin("0.3.0", OPEN), &InstallOptions::default()).unwrap();
    let Installation::Updated { from, diff } = update else { panic!("{update:?}") };
    assert_eq!((from.to_string().as_str(), diff.changes.len()), ("0.2.0", 0));
    let one = place.one();
    assert_eq!((place.version().as_str(), one.granted.as_ref()), ("0.3.0", Some(&rights(OPEN))));
    assert_eq!(one.previous.len(), 1);
    assert_eq!(place.told(), [""; 0]);
}

#[test]
fn an_update_that_asks_for_more_is_held_until_it_is_accepted() {
    let place = Place::new();
    place.install(&plugin("0.2.0", OPEN), &granting(OPEN)).unwrap();
    for options in [InstallOptions::default(), granting(OPEN)] {
        let held = place.install(&plugin("0.3.0", MORE), &options).unwrap();
        let Installation::Held(diff) = held else { panic!("{held:?}") };
        assert!(diff.to_string().starts_with("+ market.buy"), "{diff}");
        let one = place.one();
        assert_eq!((place.version().as_str(), one.standing()), ("0.2.0", Standing::Held));
        assert_eq!(one.granted, Some(rights(OPEN)));
        assert_eq!(one.held.unwrap().diff, diff);
    }
    let shelf = place.again();
    let held = place.one().held.unwrap().entry.sha256;
    let accepted = shelf.accept(&id(), &held, Some(&rights(&[(MarketBuy, &[])]))).unwrap();
    assert!(matches!(accepted, Installation::Updated { .. }), "{accepted:?}");
    let one = place.one();
    assert_eq!((place.version().as_str(), one.standing()), ("0.3.0", Standing::Ready));
    assert_eq!((one.granted, one.held), (Some(rights(MORE)), None));
    assert!(matches!(shelf.accept(&id(), &held, None), Err(ShelfError::NothingHeld { .. })));
}

#[test]
fn what_is_accepted_without_a_grant_has_what_it_had() {
    let place = Place::new();
    place.install(&plugin("0.2.0", OPEN), &granting(OPEN)).unwrap();
    place.install(&plugin("0.3.0", MORE), &InstallOptions::default()).unwrap();
    let held = place.one().held.unwrap().entry.sha256;
    place.shelf.accept(&id(), &held, None).unwrap();
    assert_eq!((place.version().as_str(), place.one().granted), ("0.3.0", Some(rights(OPEN))));
    // It was refused, so it is not asked about again.
    let update = place.install(&plugin("0.4.0", MORE), &InstallOptions::default()).unwrap();
    assert!(matches!(update, Installation::Updated { .. }), "{update:?}");
    assert_eq!(place.one().granted, Some(rights(OPEN)));
}

#[test]
fn an_update_that_is_granted_all_that_is_more_is_not_held() {
    let place = Place::new();
    place.install(&plugin("0.2.0", OPEN), &granting(OPEN)).unwrap();
    let update = place.install(&plugin("0.3.0", MORE), &granting(&[(MarketBuy, &[])])).unwrap();
    assert!(matches!(update, Installation::Updated { .. }), "{update:?}");
    assert_eq!(place.one().granted, Some(rights(MORE)));
}

#[test]
fn a_plugin_that_asked_for_nothing_and_asks_now_is_held() {
    let place = Place::new();
    place.install(&plugin("0.2.0", &[]), &InstallOptions::default()).unwrap();
    let held = place.install(&plugin("0.3.0", OPEN), &InstallOptions::default()).unwrap();
    assert!(matches!(held, Installation::Held(_)), "{held:?}");
    assert_eq!(place.one().standing(), Standing::Held);
    assert!(place.shelf.refuse(&id()).unwrap());
    assert_eq!(place.one().standing(), Standing::Ready);
    assert!(!place.shelf.refuse(&id()).unwrap());
}

#[test]
fn one_that_waits_for_its_grant_is_updated_and_waits_on() {
    let place = Place::new();
    place.install(&plugin("0.2.0", OPEN), &InstallOptions::default()).unwrap();
    let update = place.install(&plugin("0.3.0", MORE), &InstallOptions::default()).unwrap();
    assert!(matches!(update, Installation::Updated { .. }), "{update:?}");
    assert_eq!((place.version().as_str(), place.one().standing()), ("0.3.0", Standing::NeedsGrant));
}

#[test]
fn nothing_gets_older_or_changes_its_version_silently() {
    let place = Place::new();
    let bytes = plugin("0.2.0", OPEN);
    place.install(&bytes, &granting(OPEN)).unwrap();
    let refused = |bytes: &[u8]| {
        place
            .install(bytes, &InstallOptions { replace_bundled: true, ..granting(OPEN) })
            .unwrap_err()
            .to_string()
    };
    assert_eq!(
        refused(&plugin("0.1.9", OPEN)),
        "`socratic` 0.2.0 is installed, and this is 0.1.9, which is older: say so with --downgrade"
    );
    for other in [other_bytes(&bytes), plugin("0.2.0+other", OPEN)] {
        let said = refused(&other);
        assert!(said.contains("a version does not change; ask its author"), "{said}");
    }
    assert_eq!(place.version(), "0.2.0");
    let same = InstallOptions { same_version: true, ..InstallOptions::default() };
    assert!(matches!(place.install(&other_bytes(&bytes), &same).unwrap(), Installation::Updated { .. }));
    let older = InstallOptions { downgrade: true, ..InstallOptions::default() };
    assert!(matches!(place.install(&plugin("0.1.9", OPEN), &older).unwrap(), Installation::Updated { .. }));
    assert_eq!((place.version().as_str(), place.one().previous.len()), ("0.1.9", 2));
}

#[test]
fn what_is_built_in_is_replaced_only_by_saying_so() {
    let place = Place::new();
    let mut options = InstallOptions { bundled: [id()].into(), ..InstallOptions::default() };
    let error = place.install(&plugin("0.2.0", &[]), &options).unwrap_err();
    assert!(error.to_string().ends_with("--replace-bundled"), "{error}");
    assert_eq!(place.shelf.all().unwrap(), []);
    options.replace_bundled = true;
    place.install(&plugin("0.2.0", &[]), &options).unwrap();
    options.replace_bundled = false;
    assert!(matches!(place.install(&plugin("0.3.0", &[]), &options).unwrap(), Installation::Updated { .. }));
}

#[test]
fn a_rollback_goes_back_one_by_one_and_never_gives_anything() {
    let place = Place::new();
    place.install(&plugin("0.2.0", MORE), &granting(MORE)).unwrap();
    place.install(&plugin("0.3.0", OPEN), &InstallOptions::default()).unwrap();
    place.install(&plugin("0.4.0", OPEN), &InstallOptions::default()).unwrap();
    assert_eq!(place.shelf.rollback(&id()).unwrap().version.to_string(), "0.3.0");
    assert_eq!((place.one().granted, place.one().previous.len()), (Some(rights(OPEN)), 1));
    place.shelf.rollback(&id()).unwrap();
    // 0.2.0 had market.buy; 0.4.0 and 0.3.0 did not, so it does not come back by itself.
    assert_eq!((place.version().as_str(), place.one().granted), ("0.2.0", Some(rights(OPEN))));
    assert!(matches!(place.shelf.rollback(&id()), Err(ShelfError::NoPrevious { .. })));
    // What it was rolled back from is a stranger again.
    place.shelf.grant(&id(), &rights(&[(MarketBuy, &[])])).unwrap();
    assert_eq!(place.one().granted, Some(rights(MORE)));
    assert_eq!(place.told(), [""; 0]);
}

#[test]
fn what_was_revoked_stays_revoked_in_a_rollback() {
    let place = Place::new();
    place.install(&plugin("0.2.0", MORE), &granting(MORE)).unwrap();
    place.install(&plugin("0.3.0", MORE), &InstallOptions::default()).unwrap();
    assert!(place.shelf.revoke(&id(), Some(MarketBuy)).unwrap());
    place.shelf.rollback(&id()).unwrap();
    assert_eq!(place.one().granted, Some(rights(OPEN)));
}

#[test]
fn five_versions_are_remembered() {
    let place = Place::new();
    for minor in 0..8 {
        place.install(&plugin(&format!("0.{minor}.0"), OPEN), &granting(OPEN)).unwrap();
    }
    let previous: Vec<_> = place.one().previous.iter().map(|old| old.version.to_string()).collect();
    assert_eq!(previous, ["0.6.0", "0.5.0", "0.4.0", "0.3.0", "0.2.0"]);
    assert_eq!(place.told(), [""; 0]);
}

#[test]
fn what_is_put_aside_stays_so_until_it_is_taken_up() {
    let place = Place::new();
    place.install(&plugin("0.2.0", OPEN), &granting(OPEN)).unwrap();
    assert!(place.shelf.disable(&id()).unwrap());
    assert!(!place.shelf.disable(&id()).unwrap());
    place.install(&plugin("0.3.0", OPEN), &InstallOptions::default()).unwrap();
    assert_eq!(place.again().get(&id()).unwrap().unwrap().standing(), Standing::Disabled);
    assert!(place.shelf.enable(&id()).unwrap());
    assert!(!place.shelf.enable(&id()).unwrap());
    assert_eq!(place.one().standing(), Standing::Ready);
}

#[test]
fn what_is_taken_away_is_asked_about_again_when_it_comes_back() {
    let place = Place::new();
    let bytes = plugin("0.2.0", OPEN);
    place.install(&bytes, &granting(OPEN)).unwrap();
    let one = place.one();
    place.shelf.disable(&id()).unwrap();
    assert_eq!(place.shelf.remove(&id()).unwrap().sha256, Sha256::of(&bytes));
    assert_eq!(place.shelf.get(&id()).unwrap(), None);
    assert_eq!(place.shelf.granted(&one).unwrap(), None);
    assert!(matches!(place.shelf.remove(&id()), Err(ShelfError::NotInstalled { .. })));
    // Debates that were held with it can still be read again.
    assert_eq!(
        ComponentStore::new(place.folder.path().join("components")).get(&Sha256::of(&bytes)).unwrap(),
        bytes
    );
    place.install(&bytes, &InstallOptions::default()).unwrap();
    assert_eq!(place.one().standing(), Standing::NeedsGrant);
}

#[test]
fn nothing_is_done_to_what_is_not_installed() {
    let shelf = Place::new().shelf;
    let none = rights(&[]);
    for (what, error) in [
        ("accept", shelf.accept(&id(), &Sha256::of(b""), None).unwrap_err()),
        ("refuse", shelf.refuse(&id()).unwrap_err()),
        ("grant", shelf.grant(&id(), &none).unwrap_err()),
        ("revoke", shelf.revoke(&id(), None).unwrap_err()),
        ("rollback", shelf.rollback(&id()).unwrap_err()),
        ("disable", shelf.disable(&id()).unwrap_err()),
        ("enable", shelf.enable(&id()).unwrap_err()),
        ("remove", shelf.remove(&id()).unwrap_err()),
    ] {
        assert!(matches!(error, ShelfError::NotInstalled { .. }), "{what}: {error}");
    }
}

#[test]
fn a_second_machine_installs_exactly_what_the_lock_names() {
    let (first, second) = (Place::new(), Place::new());
    let bytes = plugin("0.2.0", OPEN);
    first.install(&bytes, &granting(OPEN)).unwrap();
    let lock = std::fs::read(first.folder.path().join("amatelier.lock")).unwrap();
    let shared = second.folder.path().join("amatelier.lock");
    let locked = InstallOptions { locked: true, ..InstallOptions::default() };
    let error = second.install(&bytes, &locked).unwrap_err();
    assert!(error.to_string().starts_with("`socratic` is not in amatelier.lock"), "{error}");
    std::fs::write(&shared, &lock).unwrap();
    assert_eq!(second.shelf.all().unwrap(), []);
    assert_eq!(second.shelf.broken().unwrap().len(), 1);
    assert!(second.told().iter().any(|told| told.contains("is missing")), "{:?}", second.told());
    for other in [plugin("0.2.1", OPEN), other_bytes(&bytes)] {
        let error = second.install(&other, &locked).unwrap_err();
        assert!(error.to_string().starts_with("amatelier.lock does not name this: the "), "{error}");
    }
    let other_grant = InstallOptions { locked: true, ..granting(&[]) };
    let error = second.install(&bytes, &other_grant).unwrap_err().to_string();
    assert!(error.contains("the hash of the grant of `socratic`"), "{error}");
    assert_eq!(second.install(&bytes, &locked).unwrap(), Installation::New);
    assert_eq!(second.one().standing(), Standing::NeedsGrant);
    assert_eq!(
        second.install(&bytes, &InstallOptions { locked: true, ..granting(OPEN) }).unwrap(),
        Installation::Same
    );
    assert_eq!(second.one().standing(), Standing::Ready);
    assert_eq!(std::fs::read(shared).unwrap(), lock);
}
