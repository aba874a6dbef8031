//! The whole life of a plugin, as its operator sees it.

use std::{
    fs,
    io::{BufRead as _, BufReader, Write as _},
    net::TcpListener,
    thread,
};

use amatelier_test_support::{Amatelier, guest};
use amatelier_types::Sha256;
use serde_json::Value;

use super::{
    SOCRATIC,
    package::{VOICE, voice},
    packaged,
};
use crate::{all, empty};

const IDLE: &str = "0.2.0";

/// A folder with versions of one plugin: the first asks for nothing, the second for much, the third for nothing again.
fn versions() -> Amatelier {
    let of = |version: &str| SOCRATIC.replace(IDLE, version);
    empty()
        .file("../one.wasm", packaged(guest("ada"), SOCRATIC))
        .file("../two.wasm", packaged(voice(), &format!("{}{VOICE}", of("0.3.0"))))
        .file("../three.wasm", packaged(guest("grace"), &of("0.4.0")))
}

/// `plugin …`, with its JSON.
fn plugin(house: &Amatelier, arguments: &[&str], code: i32) -> Value {
    house.args(["plugin"]).args(arguments).arg("--json").run().exits(code).digest()
}

#[test]
fn a_plugin_is_installed_held_accepted_revoked_rolled_back_and_taken_out() {
    let house = versions();
    let one = plugin(&house, &["install", "one.wasm"], 0);
    assert_eq!((&one["schema"], &one["done"]), (&"amatelier/plugin-change/v1".into(), &"installed".into()));
    assert_eq!((&one["state"], &one["granted"]), (&"ready".into(), &Value::Null));
    assert_eq!(plugin(&house, &["install", "one.wasm"], 0)["done"], "same");

    // The update asks for more: what was there stays, and what to type is said.
    let said = house.args(["plugin", "update", "socratic", "two.wasm"]).run().exits(5);
    assert!(
        said.stdout.starts_with("held: socratic 0.3.0 asks for more than 0.2.0, which stays\n"),
        "{said}"
    );
    assert!(said.stdout.contains("  + llm.complete: ask language models in your name"), "{said}");
    assert!(said.stdout.contains("plugin update socratic --accept --grant-all"), "{said}");
    let shown = plugin(&house, &["show", "socratic"], 0);
    assert_eq!((&shown["version"], &shown["state"]), (&IDLE.into(), &"ready".into()));
    assert_eq!(shown["held"]["version"], "0.3.0");

    // Nobody can be asked here, so something has to be said.
    house.args(["plugin", "update", "socratic", "--accept"]).run().exits(2).stderr_has("--grant-none");
    let granted = ["update", "socratic", "--accept", "--grant", "llm.complete=haiku", "--grant", "notebook"];
    let accepted = plugin(&house, &granted, 0);
    assert_eq!((&accepted["done"], &accepted["from"]), (&"updated".into(), &IDLE.into()));
    assert_eq!(accepted["granted"], serde_json::json!(["llm.complete=haiku", "notebook"]));

    let revoked = plugin(&house, &["revoke", "socratic", "notebook"], 0);
    assert_eq!(revoked["granted"], serde_json::json!(["llm.complete=haiku"]));
    assert_eq!(plugin(&house, &["revoke", "socratic", "notebook"], 0)["done"], "unchanged");
    let granted = plugin(&house, &["grant", "socratic", "market.read"], 0);
    assert_eq!(granted["granted"], serde_json::json!(["llm.complete=haiku", "market.read"]));

    let back = plugin(&house, &["rollback", "socratic"], 0);
    assert_eq!((&back["done"], &back["version"]), (&"rolled-back".into(), &IDLE.into()));
    house
        .args(["plugin", "rollback", "socratic"])
        .run()
        .exits(4)
        .stderr_has("no earlier version of `socratic`");

    assert_eq!(plugin(&house, &["disable", "socratic"], 0)["state"], "suspended");
    assert_eq!(plugin(&house, &["disable", "socratic"], 0)["done"], "unchanged");
    assert_eq!(plugin(&house, &["enable", "socratic"], 0)["state"], "ready");
    let verified = plugin(&house, &["verify"], 0);
    assert_eq!((&verified["plugins"], &verified["intact"]), (&1.into(), &true.into()), "{verified}");

    assert_eq!(plugin(&house, &["remove", "socratic"], 0)["done"], "removed");
    house.args(["plugin", "show", "socratic"]).run().exits(4).stderr_has("`socratic` is not installed");
    assert_eq!(plugin(&house, &["list"], 0)["plugins"], serde_json::json!([]));
}

#[test]
fn what_asks_for_something_waits_for_a_grant_and_says_so_loudly() {
    let house = versions();
    let said = house.args(["plugin", "install", "two.wasm"]).run().ok();
    assert!(said.stdout.starts_with("installed: socratic 0.3.0\n  state: needs grant\n"), "{said}");
    let said = said
        .stderr_has("its author says: \"writes its questions\"")
        .stderr_has("`socratic` waits for a grant: no debate can seat it before")
        .stderr_has("plugin grant socratic --all");
    drop(said);
    let listed = house.args(["plugin", "list"]).run().ok();
    assert!(listed.stdout.contains("needs grant"), "{listed}");
    assert!(listed.stdout.contains("plugin grant socratic --all\n"), "{listed}");
    // Without a word of what, and nobody to ask, nothing is granted.
    house.args(["plugin", "grant", "socratic"]).run().exits(2).stderr_has("plugin grant socratic --all");
    house
        .args(["plugin", "grant", "socratic", "llm.embed"])
        .run()
        .exits(2)
        .stderr_has("`socratic` does not ask for `llm.embed`");
    house.args(["plugin", "grant", "socratic", "llm.complete=opus"]).run().exits(2).stderr_has("`opus`");
    assert_eq!(plugin(&house, &["show", "socratic"], 0)["granted"], Value::Null);
    let granted = plugin(&house, &["grant", "socratic", "--all"], 0);
    assert_eq!((&granted["state"], granted["granted"].as_array().unwrap().len()), (&"ready".into(), 6));
}

#[test]
fn unattended_the_flags_decide() {
    for (flags, granted) in [
        (vec!["--grant", "notebook"], serde_json::json!(["notebook"])),
        (vec!["--grant-none"], serde_json::json!([])),
    ] {
        let house = versions();
        let arguments: Vec<_> = ["install", "two.wasm"].into_iter().chain(flags).collect();
        let installed = plugin(&house, &arguments, 0);
        assert_eq!((&installed["granted"], &installed["state"]), (&granted, &"ready".into()));
    }
    for all in ["--grant-all", "--yes"] {
        let house = versions();
        assert_eq!(plugin(&house, &["install", "two.wasm", all], 0)["granted"].as_array().unwrap().len(), 6);
        // The same words let an update through that asks for no more.
        assert_eq!(plugin(&house, &["update", "socratic", "three.wasm"], 0)["done"], "updated");
    }
}

#[test]
fn an_update_goes_where_the_plugin_came_from_and_takes_no_other() {
    let house =
        versions().file("../other.wasm", packaged(guest("ada"), &SOCRATIC.replace("socratic", "other")));
    plugin(&house, &["install", "one.wasm"], 0);
    house
        .args(["plugin", "update", "socratic", "other.wasm"])
        .run()
        .exits(2)
        .stderr_has("is the plugin `other`, not `socratic`");
    fs::copy(house.path("../three.wasm"), house.path("../one.wasm")).unwrap();
    assert_eq!(plugin(&house, &["update", "socratic"], 0)["version"], "0.4.0");
    // Backwards only when told to.
    house.args(["plugin", "update", "socratic", "two.wasm"]).run().exits(5).stderr_has("--downgrade");
    assert_eq!(plugin(&house, &["update", "socratic", "two.wasm", "--downgrade"], 5)["done"], "held");
    assert_eq!(plugin(&house, &["update", "socratic", "--refuse"], 0)["held"], Value::Null);
}

#[test]
fn a_second_machine_takes_exactly_what_the_lock_names() {
    let house = versions();
    plugin(&house, &["install", "one.wasm"], 0);
    let lock = fs::read_to_string(house.path("amatelier.lock")).unwrap();
    let second = versions().file("amatelier.lock", &lock);
    assert_eq!(plugin(&second, &["verify"], 9)["intact"], false, "the bytes are not there yet");
    second
        .args(["plugin", "install", "three.wasm", "--locked"])
        .run()
        .exits(5)
        .stderr_has("amatelier.lock does not name this");
    assert_eq!(plugin(&second, &["install", "one.wasm", "--locked"], 0)["done"], "installed");
    assert_eq!(fs::read_to_string(second.path("amatelier.lock")).unwrap(), lock, "the lock stays as it is");
    // All of it at once, from where it came from.
    let third = versions().file("amatelier.lock", &lock);
    let report = plugin(&third, &["install", "--locked"], 0);
    assert_eq!(all(&report["plugins"], "name"), ["socratic"]);
    assert_eq!(plugin(&third, &["verify"], 0)["intact"], true);
    // What is lost comes back the same way.
    fs::remove_dir_all(third.path("components")).unwrap();
    assert_eq!(plugin(&third, &["verify"], 9)["intact"], false);
    assert_eq!(plugin(&third, &["install", "one.wasm"], 0)["done"], "same");
    assert_eq!(plugin(&third, &["verify"], 0)["intact"], true);
}

/// A server in this machine that gives these bytes once; its address, as an operator would type one.
fn served(bytes: Vec<u8>) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = listener.local_addr().unwrap().port();
    thread::spawn(move || {
        let (mut stream, _) = listener.accept().unwrap();
        let mut head = BufReader::new(stream.try_clone().unwrap());
        let mut line = String::new();
        while head.read_line(&mut line).unwrap() > 2 {
            line.clear();
        }
        let head = format!("HTTP/1.1 200 OK\r\nContent-Length: {}\r\nConnection: close\r\n\r\n", bytes.len());
        stream.write_all(head.as_bytes()).unwrap();
        stream.write_all(&bytes).unwrap();
    });
    format!("https://127.0.0.1:{port}/socratic.wasm")
}

#[test]
fn an_address_needs_a_digest_and_gives_these_bytes_or_none() {
    let bytes = packaged(guest("ada"), SOCRATIC);
    let digest = Sha256::of(&bytes).to_string();
    let house = empty();
    // As released, it goes nowhere into this machine.
    let private = house.args(["plugin", "install", "https://127.0.0.1:1/a.wasm", "--sha256", &digest]).run();
    private.exits(5).stderr_has("which is no public address");
    house.args(["plugin", "install", "https://example.org/a.wasm"]).run().exits(2).stderr_has("--sha256 HEX");
    house
        .args(["plugin", "install", "http://example.org/a.wasm"])
        .run()
        .exits(2)
        .stderr_has("an https address");
    let fetch = |url: &str, digest: &str| {
        let call = house.args(["plugin", "install", url, "--sha256", digest, "--json"]);
        call.variable("FAILPOINTS", "fetch-from-loopback=return").run()
    };
    let other = fetch(&served(bytes.clone()), &Sha256::of(b"other").to_string());
    other.exits(9).stderr_has("what is there is not what you asked for");
    assert!(!house.path("amatelier.lock").exists());
    let url = served(bytes);
    let installed = fetch(&url, &digest).ok().digest();
    assert_eq!((&installed["done"], &installed["source"]), (&"installed".into(), &url.as_str().into()));
}

#[test]
fn what_was_called_says_how_it_did() {
    let team = "[members]\nelena = { role = \"worker\", component = \"socratic\" }\n\
        marcus = { role = \"worker\", component = \"scripted\" }\njudge = { role = \"judge\" }\n";
    let house = versions().team(team);
    plugin(&house, &["install", "one.wasm"], 0);
    assert_eq!(plugin(&house, &["show", "socratic"], 0)["measured"], Value::Null);
    house.roundtable().args(["--mode", "rehearsal", "--max-rounds", "1", "--budget", "0"]).run().ok();
    let measured = &plugin(&house, &["show", "socratic"], 0)["measured"];
    assert_eq!((&measured["of"], &measured["calls"]), (&"rehearsals".into(), &2.into()), "{measured}");
    let listed = house.args(["plugin", "list", "--all"]).run().ok();
    assert!(listed.stdout.contains("  2 calls in rehearsals: p50 "), "{listed}");
}

#[test]
fn who_seats_a_plugin_that_waits_is_told_with_every_command() {
    let team = "[members]\nelena = { role = \"worker\", component = \"socratic\" }\n\
        marcus = { role = \"worker\", component = \"scripted\" }\njudge = { role = \"judge\" }\n";
    let house = versions().team(team);
    plugin(&house, &["install", "two.wasm"], 0);
    let told = "`socratic` (elena) is waiting for a grant";
    house.args(["team", "list"]).run().ok().stderr_has(told).stderr_has("plugin grant socratic --all");
    house.args(["team", "validate"]).run().stderr_has(told);
    let refused = house.roundtable().args(["--mode", "rehearsal"]).run().exits(5);
    refused.stderr_has(told).stderr_has("plugin grant socratic");
    plugin(&house, &["grant", "socratic", "--all"], 0);
    assert_eq!(house.args(["team", "list"]).run().ok().stderr, "");
    plugin(&house, &["disable", "socratic"], 0);
    house.args(["team", "list"]).run().ok().stderr_has("plugin enable socratic");
}

#[test]
fn the_list_has_what_is_installed_what_is_named_by_its_path_and_what_is_bundled() {
    let team = "[members]\nelena = { role = \"worker\", component = \"socratic\" }\n\
        mine = { role = \"worker\", component = \"mine.wasm\" }\njudge = { role = \"judge\" }\n[rubric]\ncomponent = \"mine.wasm\"\n";
    let house = versions().team(team);
    plugin(&house, &["install", "one.wasm"], 0);
    let listed = plugin(&house, &["list"], 0);
    let plugins = &listed["plugins"];
    assert_eq!(all(plugins, "name"), ["socratic", "mine.wasm"]);
    assert_eq!(all(plugins, "kept"), ["installed", "by-path"]);
    assert_eq!(plugins[0]["seats"], serde_json::json!(["elena"]));
    assert_eq!(plugins[1]["seats"], serde_json::json!(["mine", "rubric"]));
    assert!(plugins[1]["sha256"].is_null());
    let said = house.args(["plugin", "list"]).run().ok();
    assert!(said.stdout.contains("by path: yours, not locked"), "{said}");
    let bundled = amatelier_bundle::all().len();
    assert_eq!(plugin(&house, &["list", "--all"], 0)["plugins"].as_array().unwrap().len(), 2 + bundled);
}
