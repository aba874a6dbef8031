//! Packages and files that mean no good, each through the binary: refused with its own words and its own exit code, and nothing is left.
//!
//! `docs/reference/hostile-packages.md` is what this run produces; `UPDATE_DOCS=1` writes it.

use std::{
    fs,
    os::unix::fs::PermissionsExt as _,
    path::{Path, PathBuf},
};

use amatelier_plugins::{Manifest, SECTION, host_version};
use amatelier_test_support::{Amatelier, Ran, guest};
use amatelier_types::Sha256;

use super::{
    SOCRATIC,
    package::{VOICE, voice},
    packaged,
};
use crate::empty;

const TEAM: &str = "[members]\nelena = { role = \"worker\", component = \"socratic\" }\n\
    marcus = { role = \"worker\", component = \"scripted\" }\njudge = { role = \"judge\" }\n";

/// An attack, what stops it, and how that is told.
struct Attack {
    name: &'static str,
    does: &'static str,
    stops: &'static str,
    /// Sets the scene and makes the attempt.
    attempt: fn(&Amatelier) -> Ran,
    code: i32,
    said: &'static str,
}

/// The attempt to install some bytes.
fn install(house: &Amatelier, bytes: impl AsRef<[u8]>, more: &[&str]) -> Ran {
    fs::write(house.path("../p.wasm"), bytes).unwrap();
    house.args(["plugin", "install", "p.wasm"]).args(more).run()
}

/// A debate that seats the plugin.
fn debate(house: &Amatelier) -> Ran {
    house.roundtable().args(["--mode", "rehearsal", "--max-rounds", "1", "--budget", "0"]).run()
}

/// A debate after a good plugin was installed and something was done to what is kept of it.
fn tampered(house: &Amatelier, change: impl FnOnce(&Amatelier)) -> Ran {
    install(house, good(), &[]).ok();
    house.tampered();
    change(house);
    debate(house)
}

fn good() -> Vec<u8> {
    packaged(guest("ada"), SOCRATIC)
}

/// The same text wherever it stands in the bytes, for another of the same length.
fn patched(bytes: &[u8], from: &str, to: &str) -> Vec<u8> {
    assert_eq!(from.len(), to.len());
    let mut bytes = bytes.to_vec();
    let mut found = 0;
    for at in 0..bytes.len() - from.len() {
        if bytes[at..].starts_with(from.as_bytes()) {
            bytes[at..at + from.len()].copy_from_slice(to.as_bytes());
            found += 1;
        }
    }
    assert!(found > 0, "no {from}");
    bytes
}

/// The bytes with one more custom section at their end.
fn with_section(bytes: &[u8], name: &str, data: &[u8]) -> Vec<u8> {
    fn leb(mut number: usize) -> Vec<u8> {
        let mut bytes = Vec::new();
        loop {
            let low = u8::try_from(number & 0x7f).unwrap();
            number >>= 7;
            bytes.push(if number > 0 { low | 0x80 } else { low });
            if number == 0 {
                return bytes;
            }
        }
    }
    let body = [leb(name.len()), name.as_bytes().to_vec(), data.to_vec()].concat();
    [bytes.to_vec(), vec![0], leb(body.len()), body].concat()
}

/// A component with a manifest whose text was changed after it was written.
fn with_manifest(change: impl FnOnce(String) -> String) -> Vec<u8> {
    let manifest = Manifest::of_toml(SOCRATIC, &host_version()).unwrap();
    with_section(guest("ada"), SECTION, change(manifest.to_json()).as_bytes())
}

fn rewrite(path: &Path, change: impl FnOnce(String) -> String) {
    let before = fs::read_to_string(path).unwrap();
    let after = change(before.clone());
    assert_ne!(after, before);
    fs::write(path, after).unwrap();
}

/// The files of a folder, in whatever depth.
fn files(folder: &Path) -> Vec<PathBuf> {
    let Ok(entries) = fs::read_dir(folder) else { return Vec::new() };
    let paths = entries.map(|entry| entry.unwrap().path());
    paths.flat_map(|path| if path.is_dir() { files(&path) } else { vec![path] }).collect()
}

fn attacks() -> Vec<Attack> {
    vec![
        Attack {
            name: "hides-capabilities",
            does: "imports models and the store, and its manifest asks for nothing",
            stops: "the agreement of manifest and component",
            attempt: |house| install(house, packaged(voice(), SOCRATIC), &[]),
            code: 5,
            said: "its manifest does not ask for that",
        },
        Attack {
            name: "asks-in-advance",
            does: "asks for what it does not use yet, so that an update would not be held",
            stops: "the agreement of manifest and component",
            attempt: |house| {
                let ask = format!("{SOCRATIC}[capabilities]\n\"notebook\" = {{ reason = \"later\" }}\n");
                install(house, packaged(guest("ada"), &ask), &["--grant-all"])
            },
            code: 5,
            said: "its manifest asks for `notebook`, and it imports nothing that needs it",
        },
        Attack {
            name: "no-world",
            does: "exports nothing that anybody calls",
            stops: "the agreement of manifest and component",
            attempt: |house| {
                let other = patched(&good(), "amatelier:persona/persona@", "amatelier:persoma/persona@");
                install(house, other, &[])
            },
            code: 5,
            said: "it exports no persona, judge, rubric, store or skills that this host calls",
        },
        Attack {
            name: "empty-world",
            does: "exports a persona by its name, without the function of one",
            stops: "the linker, when it is compiled; what was installed is taken out again",
            attempt: |house| install(house, patched(&good(), "take-turn", "take-tarn"), &[]),
            code: 3,
            said: "take-turn",
        },
        Attack {
            name: "other-minor",
            does: "is built for another minor version of a contract",
            stops: "the versions of contracts",
            attempt: |house| {
                install(house, patched(&good(), "persona/persona@0.1.0", "persona/persona@0.9.0"), &[])
            },
            code: 5,
            said: "it offers `amatelier:persona/persona@0.9.0`; this amatelier speaks amatelier:persona 0.1.0",
        },
        Attack {
            name: "other-major",
            does: "is built for another major version of a contract",
            stops: "the versions of contracts",
            attempt: |house| {
                install(house, patched(&good(), "persona/persona@0.1.0", "persona/persona@3.1.0"), &[])
            },
            code: 5,
            said: "it offers `amatelier:persona/persona@3.1.0`; this amatelier speaks amatelier:persona 0.1.0",
        },
        Attack {
            name: "too-new",
            does: "needs a host that there is not yet",
            stops: "`min-host`",
            attempt: |house| {
                let newer = SOCRATIC.replace("min-host = \"0.1.0\"", "min-host = \"9.0.0\"");
                let manifest = Manifest::of_toml(&newer, &"9.0.0".parse().unwrap()).unwrap();
                let json = manifest.to_json();
                install(house, with_section(guest("ada"), SECTION, json.as_bytes()), &[])
            },
            code: 5,
            said: "needs amatelier 9.0.0 or newer",
        },
        Attack {
            name: "cut-off",
            does: "is cut off in the middle",
            stops: "the look through its sections",
            attempt: |house| install(house, &good()[..good().len() / 2], &[]),
            code: 2,
            said: "it is cut off after",
        },
        Attack {
            name: "cut-off-at-the-end",
            does: "lacks its last section, which is its manifest",
            stops: "the look through its sections",
            attempt: |house| install(house, guest("ada"), &[]),
            code: 2,
            said: "it has no section `amatelier:manifest`",
        },
        Attack {
            name: "flipped",
            does: "has one bit that is another",
            stops: "the digest that the operator was told",
            attempt: |house| {
                let digest = Sha256::of(&good()).to_string();
                let mut bytes = good();
                let middle = bytes.len() / 2;
                bytes[middle] ^= 1;
                install(house, bytes, &["--sha256", &digest])
            },
            code: 9,
            said: "was wanted",
        },
        Attack {
            name: "two-hundred-megabytes",
            does: "is a file of 200 MB",
            stops: "the largest size of a plugin; the file is not read",
            attempt: |house| {
                fs::File::create(house.path("../p.wasm")).unwrap().set_len(200 << 20).unwrap();
                house.args(["plugin", "install", "p.wasm"]).run()
            },
            code: 5,
            said: "has 209715200 bytes or more; at most 33554432 are read",
        },
        Attack {
            name: "folder",
            does: "is a folder",
            stops: "the look at what it is",
            attempt: |house| {
                fs::create_dir(house.path("../p.wasm")).unwrap();
                house.args(["plugin", "install", "p.wasm"]).run()
            },
            code: 2,
            said: "is not a file",
        },
        Attack {
            name: "no-wasm",
            does: "is a web page",
            stops: "the look through its sections",
            attempt: |house| install(house, "<!doctype html><title>Sign in</title>", &[]),
            code: 2,
            said: "it is not a WebAssembly file",
        },
        Attack {
            name: "core-module",
            does: "is a core module",
            stops: "the look through its sections",
            attempt: |house| install(house, b"\0asm\x01\0\0\0", &[]),
            code: 2,
            said: "it is a core WebAssembly module, not a component",
        },
        Attack {
            name: "absurd-metadata",
            does: "has a homepage of five thousand characters",
            stops: "the bounds of metadata",
            attempt: |house| install(house, with_section(&good(), "homepage", &[b'a'; 5000]), &[]),
            code: 5,
            said: "has 5000 bytes; the limit is 4096",
        },
        Attack {
            name: "absurd-description",
            does: "describes itself with a hundred thousand characters",
            stops: "the largest size of a manifest",
            attempt: |house| {
                let words = |json: String| json.replace("Answers every claim", &"a".repeat(100_000));
                install(house, with_manifest(words), &[])
            },
            code: 5,
            said: "the limit is 65536",
        },
        Attack {
            name: "escapes",
            does: "clears the screen in its description",
            stops: "texts are one plain line",
            attempt: |house| {
                install(house, with_manifest(|json| json.replace("Answers", "\\u001b[2JAnswers")), &[])
            },
            code: 5,
            said: "\\u{1b}",
        },
        Attack {
            name: "escapes-in-metadata",
            does: "turns the direction of writing in its homepage",
            stops: "texts are one plain line",
            attempt: |house| install(house, with_section(&good(), "homepage", "a\u{202e}b".as_bytes()), &[]),
            code: 5,
            said: "\\u{202e}",
        },
        Attack {
            name: "path-in-name",
            does: "calls itself `../../etc`",
            stops: "the form of ids",
            attempt: |house| {
                install(house, with_manifest(|json| json.replace("\"socratic\"", "\"../../etc\"")), &[])
            },
            code: 5,
            said: "`../../etc`",
        },
        Attack {
            name: "two-manifests",
            does: "has two manifests, for whoever reads the other one",
            stops: "one section of each kind",
            attempt: |house| install(house, with_section(&good(), SECTION, b"{}"), &[]),
            code: 5,
            said: "more than one section `amatelier:manifest`",
        },
        Attack {
            name: "bundled-name",
            does: "takes the name of a bundled persona",
            stops: "`--replace-bundled`",
            attempt: |house| {
                install(house, packaged(guest("ada"), &SOCRATIC.replace("socratic", "classic")), &[])
            },
            code: 5,
            said: "--replace-bundled",
        },
        Attack {
            name: "more-than-it-asks-for",
            does: "is to be granted what it does not ask for",
            stops: "a grant is for what is asked for",
            attempt: |house| install(house, good(), &["--grant", "market.buy"]),
            code: 2,
            said: "`socratic` does not ask for `market.buy`",
        },
        Attack {
            name: "replaced-before-install",
            does: "is replaced between `inspect` and `install`",
            stops: "the digest that the operator was shown",
            attempt: |house| {
                fs::write(house.path("../p.wasm"), good()).unwrap();
                let shown = house.args(["plugin", "inspect", "p.wasm", "--json"]).run().ok().digest();
                let other = packaged(voice(), &format!("{SOCRATIC}{VOICE}"));
                install(house, other, &["--grant-all", "--sha256", shown["sha256"].as_str().unwrap()])
            },
            code: 9,
            said: "was wanted",
        },
        Attack {
            name: "replaced-bytes",
            does: "has its kept bytes replaced by another plugin's",
            stops: "the digest, at every load",
            attempt: |house| {
                tampered(house, |house| {
                    let kept = house.path(format!("components/{}.wasm", Sha256::of(&good())));
                    fs::write(kept, packaged(guest("grace"), SOCRATIC)).unwrap();
                    fs::remove_dir_all(house.path("cache")).unwrap();
                })
            },
            code: 9,
            said: "is damaged",
        },
        Attack {
            name: "tampered-lock",
            does: "has its entry in the lock changed",
            stops: "the lock is held against the bytes, at every load",
            attempt: |house| {
                tampered(house, |house| {
                    rewrite(&house.path("amatelier.lock"), |lock| lock.replace("0.2.0", "0.9.0"));
                })
            },
            code: 9,
            said: "its version is 0.9.0 there and 0.2.0 in its bytes",
        },
        Attack {
            name: "damaged-lock",
            does: "has a line in the lock that nobody wrote",
            stops: "a lock that is damaged anywhere loads nothing",
            attempt: |house| {
                tampered(house, |house| {
                    rewrite(&house.path("amatelier.lock"), |lock| format!("{lock}run = \"me\"\n"));
                })
            },
            code: 9,
            said: "amatelier.lock is damaged",
        },
        Attack {
            name: "smuggled-grant",
            does: "has a grant written into the grants file past the host",
            stops: "the lock remembers what is granted",
            attempt: |house| {
                let voice = packaged(voice(), &format!("{SOCRATIC}{VOICE}"));
                install(house, &voice, &["--grant-none"]).ok();
                house.tampered();
                rewrite(&house.path("plugins/grants.toml"), |grants| {
                    grants.replace("[grant.capabilities]\n", "[grant.capabilities]\n\"market.buy\" = {}\n")
                });
                debate(house)
            },
            code: 9,
            said: "what is granted to it was changed past amatelier",
        },
        Attack {
            name: "open-grants",
            does: "is granted in a file that anybody may write",
            stops: "the mode of the grants file",
            attempt: |house| {
                let voice = packaged(voice(), &format!("{SOCRATIC}{VOICE}"));
                install(house, &voice, &["--grant-all"]).ok();
                house.tampered();
                let mode = fs::Permissions::from_mode(0o666);
                fs::set_permissions(house.path("plugins/grants.toml"), mode).unwrap();
                debate(house)
            },
            code: 9,
            said: "may be written by others",
        },
        Attack {
            name: "tampered-code",
            does: "has its compiled code overwritten",
            stops: "compiled code is derived: what is not as it was written is compiled anew",
            attempt: |house| {
                install(house, good(), &[]).ok();
                let code = files(&house.path("cache/aot"));
                assert!(!code.is_empty());
                for path in code {
                    let length = fs::metadata(&path).unwrap().len();
                    fs::set_permissions(&path, fs::Permissions::from_mode(0o600)).unwrap();
                    fs::write(&path, vec![0x5a; usize::try_from(length).unwrap()]).unwrap();
                }
                let call = house.roundtable().args(["-v", "--mode", "rehearsal", "--max-rounds", "1"]);
                call.args(["--budget", "0"]).run()
            },
            code: 0,
            said: "compiled code in the cache",
        },
    ]
}

/// What is installed and granted.
fn kept(house: &Amatelier) -> Vec<Option<Vec<u8>>> {
    ["amatelier.lock", "plugins/grants.toml"].map(|file| fs::read(house.path(file)).ok()).to_vec()
}

const HEAD: &str = "# Hostile packages\n\n\
    Plugins, and files of the host's, that mean no good, one per line, and what became of them. This page is written by a test that\n\
    makes every attempt with the program itself (`cargo test -p amatelier --test e2e plugins::hostile`, with `UPDATE_DOCS=1` to write it) and\n\
    that fails when the page is not what it saw. What attacks from inside of a debate is in [hostile guests](hostile-guests.md).\n\n\
    A line passes when the program ended with this exit code and said why in words of its own, nothing that a terminal obeys was\n\
    printed, and an attempt to install left neither an entry in the lock nor a grant.\n\n";

#[test]
fn every_hostile_package_is_refused_in_words_of_its_own_and_leaves_nothing() {
    let mut rows = String::new();
    let attacks = attacks();
    for attack in &attacks {
        let house = empty().team(TEAM);
        let ran = (attack.attempt)(&house).exits(attack.code).stderr_has(attack.said);
        for text in [&ran.stdout, &ran.stderr] {
            let obeyed = text.find(|c: char| (c.is_control() && c != '\n') || c == '\u{202e}');
            assert_eq!(obeyed, None, "{}: {ran}", attack.name);
        }
        if ran.command.contains("\"install\"") {
            let left = kept(&house).into_iter().flatten().map(|bytes| String::from_utf8(bytes).unwrap());
            let entries = left.filter(|text| text.contains("[[plugin]]") || text.contains("[[grant]]"));
            assert_eq!(entries.count(), 0, "{}", attack.name);
        }
        rows.push_str(&format!(
            "| {} | {} | {} | {} | PASS |\n",
            attack.name, attack.does, attack.stops, attack.code
        ));
    }
    let count = attacks.len();
    let page = format!(
        "{HEAD}{count} of {count} pass.\n\n| attempt | what it does | what stops it | exit code | |\n|---|---|---|---|---|\n{rows}"
    );
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/reference/hostile-packages.md");
    if std::env::var_os("UPDATE_DOCS").is_some() {
        fs::write(&path, &page).unwrap();
    }
    let committed = fs::read_to_string(&path).unwrap_or_default();
    assert_eq!(committed, page, "the page is out of date; UPDATE_DOCS=1 writes it");
}

#[test]
fn no_world_has_a_function_that_grants_and_no_project_and_no_variable_does() {
    let wit = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../wit");
    let mut functions = Vec::new();
    for path in files(&wit).iter().filter(|path| path.extension().is_some_and(|ending| ending == "wit")) {
        let text = fs::read_to_string(path).unwrap();
        let of = |line: &str| Some(line.split_once(": func(")?.0.trim().to_owned());
        functions.extend(text.lines().filter_map(of));
    }
    assert!(functions.iter().any(|name| name == "take-turn"), "{functions:?}");
    for name in &functions {
        let grants = ["grant", "revoke", "allow", "permit", "install", "accept", "enable"];
        assert!(!grants.iter().any(|word| name.contains(word)), "{name}");
    }

    let project = |text: &str| {
        let house = empty().team(TEAM).file("../amatelier.toml", text);
        install(&house, packaged(voice(), &format!("{SOCRATIC}{VOICE}")), &[]).ok();
        (debate(&house), house)
    };
    for text in [
        "[plugins]\ngrant = [\"market.buy\"]\n",
        "[grants]\nsocratic = [\"market.buy\"]\n",
        "[plugins]\nceiling = []\n",
    ] {
        project(text).0.exits(3);
    }
    let house = empty().team(TEAM);
    install(&house, packaged(voice(), &format!("{SOCRATIC}{VOICE}")), &[]).ok();
    for name in ["AMATELIER_GRANT", "AMATELIER_PLUGINS_GRANT", "AMATELIER_YES"] {
        let call = house.roundtable().args(["--mode", "rehearsal", "--max-rounds", "1"]);
        assert_ne!(call.variable(name, "all").run().code, Some(0), "{name}");
    }
    assert!(!house.path("plugins/grants.toml").exists());
    // A manifest cannot say so, either.
    let bytes = with_manifest(|json| json.replacen('{', "{\"allow\":[\"market.buy\"],", 1));
    install(&house, bytes, &[]).exits(5).stderr_has("`allow` is no key here");
}
