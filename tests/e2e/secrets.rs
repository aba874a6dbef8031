//! Keys go to the provider they belong to, and nowhere else.

use std::{fs, path::Path};

use amatelier_test_support::{FakeProvider, Protocol, Ran, Reaction};

use crate::protocols::{SPEAKERS, house};

/// Every file below a folder, as bytes.
fn files(folder: &Path, found: &mut Vec<(String, Vec<u8>)>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        // Sockets and pipes hold nothing.
        let kind = fs::symlink_metadata(&path).unwrap();
        if kind.is_dir() {
            files(&path, found);
        } else if kind.is_file() {
            found.push((path.display().to_string(), fs::read(&path).unwrap()));
        }
    }
}

fn holds(bytes: &[u8], key: &str) -> bool {
    bytes.windows(key.len()).any(|window| window == key.as_bytes())
}

#[test]
fn nothing_that_a_run_leaves_or_prints_holds_a_key() {
    let provider = FakeProvider::start();
    let house = house(&provider, &SPEAKERS).variable("AMATELIER_LOG", "trace");
    let mut runs: Vec<Ran> = Vec::new();
    let debate = ["--max-rounds", "1", "--budget", "0"];
    // A debate, one that is refused by servers that repeat the key they were given, and whatever tells of both.
    runs.push(house.roundtable().args(debate).run().ok());
    provider.whenever(|_| true, Reaction::WrongKey);
    runs.push(house.roundtable().args(debate).run().exits(7));
    for arguments in [
        &["list", "--json"][..],
        &["config"],
        &["config", "--json"],
        &["models", "--json"],
        &["models"],
        &["cost", "--json"],
        &["show", "--json"],
        &["show", "--summary"],
    ] {
        runs.push(house.args(arguments).run());
    }
    let id = runs[0].digest()["roundtable_id"].as_str().unwrap().to_owned();
    runs.push(house.args(["calls", &id, "--json"]).run().ok());
    assert!(runs[0].stderr.contains("TRACE"), "the log says all it can: {}", runs[0]);

    let mut left = Vec::new();
    files(house.briefing_path().parent().unwrap(), &mut left);
    assert!(
        left.iter().any(|(name, _)| name.ends_with("roundtable.db")),
        "{:?}",
        left.iter().map(|file| &file.0).collect::<Vec<_>>()
    );
    for protocol in Protocol::ALL {
        let Some(key) = protocol.key() else { continue };
        let seen = provider.requests().into_iter().filter(|asked| asked.protocol == protocol);
        assert!(seen.count() > 0, "{protocol:?}");
        for asked in provider.requests() {
            let own = if asked.protocol == protocol { Some(key) } else { asked.protocol.key() };
            assert_eq!(asked.key_seen(), own, "{:?} got a key that is not its own", asked.protocol);
        }
        for (name, bytes) in &left {
            assert!(!holds(bytes, key), "{name} holds the key of {protocol:?}");
        }
        for ran in &runs {
            assert!(
                !ran.stdout.contains(key) && !ran.stderr.contains(key),
                "the key of {protocol:?} in {ran}"
            );
        }
    }
}

#[test]
fn a_key_from_the_file_is_used_and_stays_in_it() {
    let provider = FakeProvider::start();
    let key = "sk-ant-fake-from-a-file-5Tn2";
    let house = house(&provider, &SPEAKERS[..1])
        .variable("ANTHROPIC_API_KEY", "")
        .file("keys.toml", format!("ANTHROPIC_API_KEY = \"{key}\"\n"));
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        fs::set_permissions(house.path("keys.toml"), fs::Permissions::from_mode(0o600)).unwrap();
    }
    let ran = house.roundtable().args(["--max-rounds", "1", "--budget", "0", "-vv"]).run().ok();
    assert!(provider.requests().iter().all(|asked| asked.key_seen() == Some(key)));
    assert!(!ran.stdout.contains(key) && !ran.stderr.contains(key), "{ran}");
    let mut left = Vec::new();
    files(house.briefing_path().parent().unwrap(), &mut left);
    let holding: Vec<_> = left.iter().filter(|(_, bytes)| holds(bytes, key)).map(|(name, _)| name).collect();
    assert!(matches!(&holding[..], [only] if only.ends_with("keys.toml")), "{holding:?}");
}
