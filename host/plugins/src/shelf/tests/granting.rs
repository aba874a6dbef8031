//! What is granted, narrowed and taken.

use super::*;

#[test]
fn a_grant_is_remembered_and_what_is_revoked_is_gone_for_every_reader() {
    let place = Place::new();
    place
        .install(&plugin("0.2.0", &[(LlmComplete, &[]), (StewardRead, &[])]), &InstallOptions::default())
        .unwrap();
    let (one, other) = (place.one(), place.again());
    assert_eq!(other.granted(&one).unwrap(), None);
    let granted = place.shelf.grant(&id(), &rights(&[(LlmComplete, &["haiku"])])).unwrap();
    assert_eq!(other.granted(&one).unwrap(), Some(granted));
    place.shelf.grant(&id(), &rights(&[(StewardRead, &[])])).unwrap();
    let both = rights(&[(LlmComplete, &["haiku"] as &[&str]), (StewardRead, &[])]);
    assert_eq!(other.granted(&one).unwrap(), Some(both));
    assert!(place.shelf.revoke(&id(), Some(LlmComplete)).unwrap());
    assert!(!place.shelf.revoke(&id(), Some(LlmComplete)).unwrap());
    assert_eq!(other.granted(&one).unwrap(), Some(rights(&[(StewardRead, &[])])));
    assert!(place.shelf.revoke(&id(), None).unwrap());
    assert_eq!(other.granted(&one).unwrap(), Some(Rights::none()));
    assert_eq!(place.one().standing(), Standing::Ready);
    assert_eq!(place.told(), [""; 0]);
}

#[test]
fn a_no_is_a_decision() {
    let place = Place::new();
    place.install(&plugin("0.2.0", &[(LlmComplete, &[])]), &InstallOptions::default()).unwrap();
    assert!(!place.shelf.revoke(&id(), Some(LlmComplete)).unwrap());
    assert_eq!(place.one().standing(), Standing::NeedsGrant);
    assert!(place.shelf.revoke(&id(), None).unwrap());
    assert_eq!((place.one().standing(), place.one().granted), (Standing::Ready, Some(Rights::none())));
}

#[test]
fn nothing_is_granted_that_is_not_asked_for_and_no_more_of_it_than_is() {
    let place = Place::new();
    let bytes = plugin("0.2.0", &[(LlmComplete, &["haiku"])]);
    for (grant, said) in [
        (
            rights(&[(MarketBuy, &[])]),
            "`socratic` does not ask for `market.buy`, so it cannot be granted; it asks for `llm.complete`",
        ),
        (
            rights(&[(LlmComplete, &["opus", "haiku"])]),
            "`socratic` does not ask for `llm.complete` with `opus`, so it cannot be granted; it asks for `llm.complete`",
        ),
    ] {
        let options = InstallOptions { grants: Some(grant.clone()), ..InstallOptions::default() };
        assert_eq!(place.install(&bytes, &options).unwrap_err().to_string(), said);
    }
    assert_eq!(place.shelf.all().unwrap(), []);
    place.install(&bytes, &granting(&[(LlmComplete, &[])])).unwrap();
    assert_eq!(place.one().granted, Some(rights(&[(LlmComplete, &["haiku"])])));
    // So that one that asks for other models is held.
    let held = place.install(&plugin("0.3.0", &[(LlmComplete, &[])]), &InstallOptions::default()).unwrap();
    assert!(matches!(held, Installation::Held(_)), "{held:?}");
}

#[test]
fn a_version_that_is_still_spoken_with_keeps_its_grant_and_loses_what_is_revoked() {
    let place = Place::new();
    let open: Asks<'_> = &[(LlmComplete, &[])];
    place.install(&plugin("0.2.0", open), &granting(open)).unwrap();
    let speaking = place.one();
    place.install(&plugin("0.3.0", open), &InstallOptions::default()).unwrap();
    assert_eq!(place.shelf.granted(&speaking).unwrap(), Some(rights(open)));
    place.shelf.revoke(&id(), None).unwrap();
    assert_eq!(place.shelf.granted(&speaking).unwrap(), Some(Rights::none()));
}

#[test]
fn inspecting_shows_what_is_granted_and_changes_nothing() {
    let place = Place::new();
    let open: Asks<'_> = &[(LlmComplete, &[])];
    let bytes = plugin("0.2.0", open);
    assert!(place.shelf.inspect(&bytes).unwrap().sheet.lacks_a_grant());
    assert!(std::fs::read_dir(place.folder.path()).unwrap().next().is_none());
    place.install(&bytes, &granting(open)).unwrap();
    assert!(!place.shelf.inspect(&bytes).unwrap().sheet.lacks_a_grant());
    assert!(place.shelf.inspect(&plugin("0.3.0", open)).unwrap().sheet.lacks_a_grant());
}
