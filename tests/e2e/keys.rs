//! Keys in a file of one's own.

use std::fs;

use amatelier_test_support::{Amatelier, FakeProvider, Protocol};
use serde_json::json;

use crate::{empty, find};

/// Store a key, as whoever pipes it in does.
fn store(house: &Amatelier, name: &str, key: &str) -> amatelier_test_support::Ran {
    let file = house.workspace().with_file_name("typed");
    fs::write(&file, key).unwrap();
    house.args(["key", "set", name]).stdin(&file).run()
}

#[test]
fn a_stored_key_opens_its_provider_and_is_never_shown() {
    let provider = FakeProvider::start();
    let key = Protocol::OpenAi.key().unwrap();
    let house =
        empty().team(crate::PAIR).speaking(&provider, Protocol::OpenAi).variable("OPENAI_API_KEY", "");
    let mut shown = vec![store(&house, "OPENAI_API_KEY", &format!("{key}\n")).ok()];
    let file = house.path("keys.toml");
    let config = house.args(["config", "--json"]).run().ok();
    let because = format!("OPENAI_API_KEY is in {}", file.display());
    let told = config.digest();
    assert_eq!(
        (&told["mode"], &told["because"], &told["key_found"]),
        (&json!("openai"), &json!(because), &json!(because))
    );
    shown.push(config);
    shown.push(
        house
            .args([
                "-vv",
                "roundtable",
                "--topic",
                "Why?",
                "--max-rounds",
                "1",
                "--budget",
                "0",
                "--briefing",
            ])
            .arg(house.briefing_path())
            .run()
            .ok(),
    );
    assert!(provider.asked() > 0 && provider.requests().iter().all(|asked| asked.key_seen() == Some(key)));

    let listed = house.args(["key", "list", "--json"]).run().ok();
    let keys = listed.digest();
    assert_eq!(keys["schema"], "amatelier/keys/v1");
    let own = find(&keys["keys"], "name", "OPENAI_API_KEY");
    assert_eq!((&own["source"], &own["providers"]), (&json!(file), &json!(["openai", "openai-compat"])));
    assert_eq!(find(&keys["keys"], "name", "GEMINI_API_KEY")["source"], json!(null));
    shown.push(listed);
    let set = house.args(["key", "list"]).variable("OPENAI_API_KEY", key).run().ok();
    assert!(
        set.stdout.lines().any(|line| line.starts_with("OPENAI_API_KEY") && line.contains("environment")),
        "{set}"
    );
    shown.extend([
        set,
        house.args(["models", "--json"]).run().ok(),
        house.args(["key", "remove", "OPENAI_API_KEY"]).run().ok(),
    ]);
    for ran in &shown {
        let command = ran.command.replace(&format!("OPENAI_API_KEY={key:?}"), "");
        assert!(!(command + &ran.stdout + &ran.stderr).contains(key), "{ran}");
    }
    house.args(["key", "remove", "OPENAI_API_KEY"]).run().exits(4);
    let logs: Vec<_> = fs::read_dir(house.path("logs")).unwrap().map(|entry| entry.unwrap().path()).collect();
    assert!(!logs.is_empty() && logs.iter().all(|log| !fs::read_to_string(log).unwrap().contains(key)));
}

#[test]
fn what_is_no_key_is_not_stored_and_not_repeated() {
    let house = empty();
    for (name, key) in
        [("OPENAI_API_KEY", ""), ("OPENAI_API_KEY", "sk hush"), ("sk-hush", "x"), ("A", "sk-\"hush")]
    {
        let ran = store(&house, name, key).exits(2);
        assert!(ran.stderr.contains("nothing was stored"), "{ran}");
        assert!(!ran.stderr.contains("hush"), "{ran}");
    }
    assert!(!house.path("keys.toml").exists());
    house.args(["key", "set", "A", "sk-1"]).run().exits(2);
}

#[cfg(unix)]
#[test]
fn a_file_of_keys_that_others_can_open_is_refused_with_the_remedy() {
    use std::os::unix::fs::PermissionsExt as _;

    let house = empty();
    store(&house, "ANTHROPIC_API_KEY", "sk-hush").ok();
    let file = house.path("keys.toml");
    let mode = |bits| fs::set_permissions(&file, fs::Permissions::from_mode(bits)).unwrap();
    assert_eq!(fs::metadata(&file).unwrap().permissions().mode() & 0o777, 0o600);
    mode(0o644);
    for arguments in [&["config"][..], &["models"], &["key", "list"], &["resume"]] {
        let ran = house.args(arguments).run().exits(3);
        assert!(ran.stderr.contains("mode 644") && ran.stderr.contains("chmod 600 "), "{ran}");
        assert!(!ran.stderr.contains("hush"), "{ran}");
    }
    house.args(["list"]).run().ok();
    mode(0o600);
    assert_eq!(house.args(["config", "--json"]).run().ok().digest()["mode"], "anthropic");
    fs::write(&file, "ANTHROPIC_API_KEY = sk-hush\n").unwrap();
    let ran = house.args(["config"]).run().exits(3).stderr_has("line 1");
    assert!(!ran.stderr.contains("hush"), "{ran}");
}
