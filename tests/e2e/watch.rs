//! Somebody looks on at a debate: from another process while it runs, and later.

use std::{
    io::{Read as _, Write as _},
    os::unix::net::UnixStream,
};

use amatelier_test_support::{Amatelier, FakeProvider, Reaction, normalised};
use serde_json::{Value, json};

use crate::{find, pair, prompts};

const SHORT: [&str; 6] = ["--max-rounds", "2", "--budget", "0", "--seed", "4"];

/// The lines of `--json`, the digest taken off the end.
fn lines(stdout: &str) -> (Vec<Value>, Option<Value>) {
    let mut lines: Vec<Value> = stdout.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let digest = lines.pop_if(|last| last.get("digest").is_some()).map(|mut last| last["digest"].take());
    (lines, digest)
}

fn ids(house: &Amatelier) -> Vec<String> {
    let listed = house.args(["list", "--json"]).run().ok().digest();
    let listed = listed["roundtables"].as_array().unwrap().clone();
    listed.iter().map(|listed| listed["id"].as_str().unwrap().to_owned()).collect()
}

#[test]
fn another_process_sees_every_event_as_it_happens_and_the_end() {
    let provider = FakeProvider::start();
    let house = pair(&provider);
    let hold = provider.hold_when(prompts::speaks(2));
    let driver = house.roundtable().args(SHORT).arg("--jsonl").spawn();
    hold.reached();
    let mut watcher = house.args(["watch", "--json"]).spawn();
    // It came late and knows how it began, and it is there while the model is held.
    watcher.stdout_line_with(r#""event":"roundtable-opened""#);
    watcher.stdout_line_with(r#""action":"r2/speak/"#);
    assert!(watcher.is_alive());
    hold.release();
    let driven = driver.wait().ok();
    let watched = watcher.wait().ok();
    assert_eq!(watched.stdout, driven.stdout, "the same lines as those of the driver, the digest included");

    let id = &ids(&house)[0];
    let past = house.args(["watch", id, "--json"]).run().ok();
    assert_eq!(past.stdout, driven.stdout, "a past debate is the same once more");
    let (events, digest) = lines(&past.stdout);
    assert!(events.iter().enumerate().all(|(place, event)| event["line"] == place + 1));
    assert_eq!(digest.unwrap(), house.args(["show", id, "--json"]).run().ok().digest());
}

#[test]
fn who_looks_on_changes_nothing_and_one_that_stalls_holds_nothing_up() {
    // Long speeches, so that what is told is more than what the system keeps for one that does not read.
    let speech = format!("A bridge, because {}.", "of the tolls and the view and the winters, ".repeat(600));
    let calm = FakeProvider::start();
    calm.whenever(prompts::of("elena"), Reaction::Say(speech.clone()));
    let expected = normalised(pair(&calm).roundtable().args(SHORT).run().ok().digest());

    let provider = FakeProvider::start();
    let house = pair(&provider);
    let hold = provider.hold_when(|asked| prompts::of("marcus")(asked) && prompts::rebuts(1)(asked));
    provider.whenever(prompts::of("elena"), Reaction::Say(speech));
    let driver = house.roundtable().args(SHORT).spawn();
    hold.reached();
    let id = &ids(&house)[0];
    let mut stalled = subscribe(&house, id);
    hold.release();
    // Nobody reads from the subscription, and the debate comes to its end as it does without one.
    assert!(normalised(driver.wait().ok().digest()) == expected, "another debate came of it");
    let mut told = String::new();
    stalled.read_to_string(&mut told).unwrap();
    assert!(told.contains("roundtable-opened") && !told.contains("roundtable-closed"), "it did not stall");
    assert!(told.contains(r#"{"text":{"member":"marcus","text":""#), "what is being said was told, too");
}

/// Ask the door of a debate for what happens, and do not read it.
fn subscribe(house: &Amatelier, id: &str) -> UnixStream {
    let mut door = UnixStream::connect(house.path(format!("run/{id}.sock"))).unwrap();
    door.write_all(b"{\"watch\":{\"after\":0}}\n").unwrap();
    door
}

#[test]
fn off_a_terminal_and_with_plain_it_is_a_line_a_contribution() {
    let provider = FakeProvider::start();
    let house = pair(&provider);
    let hold = provider.hold_when(prompts::speaks(2));
    let driver = house.roundtable().args(SHORT).arg("--plain").spawn();
    hold.reached();
    let mut watcher = house.args(["watch"]).spawn();
    watcher.stdout_line_with("round 2 of at most 2");
    hold.release();
    let driven = driver.wait().ok();
    let watched = watcher.wait().ok();
    let progress: Vec<&str> = driven.stderr.lines().filter(|line| !line.starts_with("digest: ")).collect();
    let workspace = progress.iter().position(|line| line.starts_with("roundtable ")).unwrap();
    assert_eq!(watched.stdout.lines().collect::<Vec<_>>(), progress[workspace..]);

    let newest = house.args(["watch", "--plain"]).run().ok().stderr_has("no roundtable is running");
    assert_eq!(newest.stdout, watched.stdout);
}

#[test]
fn a_pause_and_a_kill_end_what_is_to_be_seen_and_say_how_it_goes_on() {
    let provider = FakeProvider::start();
    let house = pair(&provider);
    let hold = provider.hold_when(prompts::speaks(2));
    let driver = house.roundtable().args(SHORT).spawn();
    hold.reached();
    let mut watcher = house.args(["watch", "--json"]).spawn();
    watcher.stdout_line_with(r#""action":"r2/speak/"#);
    house.args(["pause"]).run().ok();
    hold.release();
    driver.wait().exits(8);
    let watched = watcher.wait().ok().stderr_has("it is paused").stderr_has("resume");
    let (events, digest) = lines(&watched.stdout);
    assert_eq!((&events.last().unwrap()["event"], digest), (&json!("roundtable-paused"), None));

    let hold = provider.hold_when(prompts::rebuts(2));
    let driver = house.args(["resume"]).spawn();
    hold.reached();
    let mut watcher = house.args(["watch", "--json"]).spawn();
    watcher.stdout_line_with(r#""action":"r2/rebuttal/"#);
    driver.kill();
    let again = watcher.wait().ok().stderr_has("it is not over").stderr_has("resume");
    assert!(again.stdout.starts_with(&watched.stdout), "it has what happened before");
}

#[test]
fn of_several_one_has_to_be_named_and_what_is_nowhere_is_not_found() {
    let provider = FakeProvider::start();
    let house = pair(&provider);
    house.args(["watch"]).run().exits(4).stderr_has("there is no roundtable yet");
    let holds = [(); 2].map(|()| provider.hold_when(prompts::speaks(1)));
    let mut drivers = Vec::new();
    for hold in &holds {
        drivers.push(house.roundtable().args(SHORT).spawn());
        hold.reached();
    }
    let ids = ids(&house);
    house.args(["watch"]).run().exits(2).stderr_has(&ids[0]).stderr_has(&ids[1]);
    let mut watcher = house.args(["watch", &ids[1], "--json"]).spawn();
    watcher.stdout_line_with(&ids[1]);
    holds.iter().for_each(amatelier_test_support::Hold::release);
    drivers.into_iter().for_each(|driver| drop(driver.wait().ok()));
    let (events, digest) = lines(&watcher.wait().ok().stdout);
    assert!(events.iter().all(|event| event["roundtable_id"] == ids[1].as_str()));
    assert_eq!(
        find(&json!([digest.unwrap()]), "roundtable_id", &ids[1])["topic"],
        events[0]["setup"]["topic"]
    );

    let mut slip = ids[0].clone();
    let last = if slip.pop() == Some('0') { '1' } else { '0' };
    slip.push(last);
    house.args(["watch", &slip]).run().exits(4).stderr_has("did you mean");
    house.args(["watch", "nonsense"]).run().exits(2);
}

#[test]
fn a_rehearsal_is_found_beside_the_debates_of_a_model() {
    let provider = FakeProvider::start();
    let house = pair(&provider);
    house.roundtable().args(SHORT).run().ok();
    let rehearsal = house.roundtable().args(SHORT).args(["--mode", "rehearsal"]).run().ok().digest();
    let newest = house.args(["watch", "--json"]).run().ok();
    let (events, digest) = lines(&newest.stdout);
    assert_eq!((&events[0]["setup"]["mode"], digest.unwrap()), (&json!("rehearsal"), rehearsal));
}
