//! Locks, whole and tampered with.

use amatelier_types::{Capability, Sha256};

use super::*;
use crate::{
    Agreement, GrantBook, PackageLimits, Right, Rights, embed,
    manifest::tests::{host, socratic},
    package::tests::{persona, read},
};

fn id(text: &str) -> PluginId {
    text.parse().unwrap()
}

fn bytes() -> Vec<u8> {
    embed(&persona(), &socratic(), &PackageLimits::default()).unwrap()
}

fn granted() -> Rights {
    Rights::from_iter([(Capability::StewardRead, Right::default())])
}

fn entry(granted: Option<&Rights>) -> LockEntry {
    let package = read(&bytes()).unwrap();
    let agreement = Agreement::of(&socratic(), &package).unwrap();
    let source = "https://example.org/socratic.wasm".parse().unwrap();
    LockEntry::of(&socratic(), &package, &agreement, source, granted)
}

fn lock() -> Lock {
    let mut lock = Lock::default();
    lock.insert(entry(Some(&granted())));
    lock.insert(LockEntry {
        id: id("ada"),
        grant: None,
        source: Source::Path("C:\\a \"b\".wasm".into()),
        ..entry(None)
    });
    lock
}

fn check(lock: &Lock, bytes: &[u8]) -> Result<(), String> {
    let checked = lock.check(&id("socratic"), bytes, &PackageLimits::default(), &host());
    checked.map(|checked| assert_eq!(checked.manifest, socratic())).map_err(|error| error.to_string())
}

#[test]
fn the_text_is_sorted_and_reads_back() {
    let text = lock().to_toml();
    assert_eq!(Lock::parse(&text).unwrap(), lock());
    let ids: Vec<_> = text.lines().filter(|line| line.starts_with("id = ")).collect();
    assert_eq!(ids, ["id = \"ada\"", "id = \"socratic\""]);
    let expected = format!(
        "\n[[plugin]]\nid = \"socratic\"\nversion = \"0.2.0\"\nsource = \"https://example.org/socratic.wasm\"\nsha256 = \"{}\"\nmanifest = \"{}\"\n\
         worlds = [\"amatelier:persona/persona@0.1.0\"]\ngrant = \"{}\"\n",
        Sha256::of(&bytes()),
        socratic().hash(),
        granted().hash(),
    );
    assert!(text.ends_with(&expected), "{text}");
    assert_eq!(Lock::parse(&Lock::default().to_toml()).unwrap(), Lock::default());
}

#[test]
fn what_is_as_it_was_is_loaded() {
    assert_eq!(check(&lock(), &bytes()), Ok(()));
    assert!(lock().check_digest(&id("socratic"), &Sha256::of(&bytes())).is_ok());
}

#[test]
fn other_bytes_are_refused_by_name() {
    let mut flipped = bytes();
    let last = flipped.len() - 1;
    flipped[last] ^= 1;
    for other in [flipped, bytes()[..100].to_vec(), Vec::new()] {
        let error = check(&lock(), &other).unwrap_err();
        assert!(
            error.starts_with("`socratic` is not what was installed: amatelier.lock has sha256 "),
            "{error}"
        );
        assert!(lock().check_digest(&id("socratic"), &Sha256::of(&other)).is_err());
    }
    let error = lock().check_digest(&id("grace"), &Sha256::of(b"")).unwrap_err();
    assert!(matches!(error, LockError::NotLocked { .. }));
}

#[test]
fn a_tampered_entry_is_refused_by_name() {
    let other_hash = Sha256::of(b"other").to_string();
    for (from, to, said) in [
        ("version = \"0.2.0\"", "version = \"0.3.0\"", "its version is 0.3.0 there and 0.2.0 in its bytes"),
        (&socratic().hash().to_string(), &other_hash, "its manifest hash is"),
        (
            "persona/persona@0.1.0",
            "judge/judge@0.1.0",
            "its list of worlds is amatelier:judge/judge@0.1.0 there",
        ),
    ] {
        let lock = Lock::parse(&lock().to_toml().replace(from, to)).unwrap();
        let error = check(&lock, &bytes()).unwrap_err();
        assert!(
            error.starts_with("amatelier.lock does not fit `socratic`: ") && error.contains(said),
            "{error}"
        );
    }
    // The bytes of one plugin under the name of another.
    let error =
        lock().check(&id("ada"), &bytes(), &PackageLimits::default(), &host()).unwrap_err().to_string();
    assert!(error.contains("`ada`: its id is ada there and socratic in its bytes"), "{error}");
}

#[test]
fn bytes_that_fit_no_longer_say_so() {
    let newer = "9.0.0".parse().unwrap();
    let mut manifest = socratic();
    manifest.min_host = newer;
    let bytes = embed(&persona(), &manifest, &PackageLimits::default()).unwrap();
    let mut lock = lock();
    lock.insert(LockEntry { sha256: Sha256::of(&bytes), ..entry(None) });
    let error = check(&lock, &bytes).unwrap_err();
    assert!(error.starts_with("`socratic` cannot be loaded: `socratic` needs amatelier 9.0.0"), "{error}");
    manifest.min_host = host();
    manifest.asks.clear();
    let bytes = embed(&persona(), &manifest, &PackageLimits::default()).unwrap();
    lock.insert(LockEntry { sha256: Sha256::of(&bytes), ..entry(None) });
    let error = check(&lock, &bytes).unwrap_err();
    assert!(error.starts_with("`socratic` does not fit this host:\nit imports `complete`"), "{error}");
}

#[test]
fn grants_that_were_changed_past_the_host_are_not_taken() {
    let mut book = GrantBook::default();
    book.grant(&id("socratic"), &Sha256::of(&bytes()), &granted());
    assert_eq!(lock().granted(&id("socratic"), &book).unwrap(), Some(&granted()));
    assert_eq!(lock().granted(&id("ada"), &book).unwrap(), None);
    book.grant(&id("socratic"), &Sha256::of(&bytes()), &Rights::all());
    let error = lock().granted(&id("socratic"), &book).unwrap_err();
    assert!(
        error.to_string().starts_with("what is granted to `socratic` is not what amatelier.lock remembers")
    );
    // No entry is no grant, and no harm: a lock that came from another machine.
    assert_eq!(lock().granted(&id("socratic"), &GrantBook::default()).unwrap(), None);
    assert!(lock().granted(&id("grace"), &book).is_err());
    let mut lock = lock();
    assert!(lock.remember_grant(&id("socratic"), book.of(&id("socratic"), &Sha256::of(&bytes()))));
    assert_eq!(lock.granted(&id("socratic"), &book).unwrap(), Some(&Rights::all()));
    assert!(!lock.remember_grant(&id("grace"), None));
}

#[test]
fn a_damaged_file_is_refused_with_its_lines() {
    let text = "schema = 2\n[[plugin]]\nid = \"A\"\nversion = \"1\"\nsource = \"http://x\"\nsha256 = \"z\"\nmanifest = 3\nworlds = [\"run\"]\nxyzzy = 1\n";
    let Err(LockError::Problems(problems)) = Lock::parse(text) else { panic!() };
    let lines: Vec<_> = problems.iter().map(|problem| problem.place.to_string()).collect();
    let expected = [1, 2, 3, 4, 5, 6, 7, 9].map(|line| format!("line {line}"));
    assert_eq!(lines, expected, "{problems:?}");
    let twice = format!("{0}\n[[plugin]]\n{1}", lock().to_toml(), entry(None));
    let error = Lock::parse(&twice).unwrap_err().to_string();
    assert!(error.contains("`socratic` is locked twice"), "{error}");
    let without = lock().to_toml().replace("worlds = ", "# worlds = ");
    assert!(Lock::parse(&without).unwrap_err().to_string().contains("`plugin.worlds` is missing"));
}

proptest::proptest! {
    #[test]
    fn no_change_of_a_lock_makes_the_reader_fall_over(at in 0_usize..900, with in "[ -~\n]{0,3}") {
        let mut text = lock().to_toml();
        let at = at.min(text.len() - 1);
        text.replace_range(at..=at, &with);
        if let Ok(read) = Lock::parse(&text) {
            proptest::prop_assert_eq!(Lock::parse(&read.to_toml()).unwrap(), read);
        }
    }
}
