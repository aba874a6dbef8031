//! Caps, with everybody asking at once.

use amatelier_test_support::{Amatelier, Asked, FakeProvider, Reaction};
use serde_json::Value;

use crate::{all, empty};

/// Twenty workers with names of the same length, so that what they ask costs the same.
fn team() -> String {
    let members: String =
        (1..=20).map(|n| format!("w{n:02} = {{ role = \"worker\", tagline = \"one of many\" }}\n")).collect();
    format!("[members]\n{members}judge = {{ role = \"judge\" }}\n")
}

/// A debate that begins with a research phase, in which all workers ask at once.
fn house(provider: &FakeProvider) -> Amatelier {
    let briefing =
        "# The old bridge\n\nDecide whether to close it.\n\n## Steward-Registered Files\n\n- costs.json\n";
    let house = empty().team(&team()).provider(provider).briefing(briefing);
    std::fs::write(house.briefing_path().parent().unwrap().join("costs.json"), "{\"closure\": 310000}\n")
        .unwrap();
    house
}

const ARGUMENTS: [&str; 6] = ["--max-rounds", "1", "--budget", "0", "--seed", "5"];

/// What the next request may take, as a debate says that reached a cap.
fn next_request(stderr: &str) -> u64 {
    let (_, after) = stderr.split_once("the next request may take ").unwrap();
    let number: String = after.chars().take_while(|c| c.is_ascii_digit()).collect();
    number.parse().unwrap()
}

fn tokens(asked: &Asked) -> usize {
    asked.input_tokens() + asked.output_tokens()
}

/// A cap that seven requests fit into, and no eighth.
fn cap_for_seven() -> u64 {
    let provider = FakeProvider::start();
    let refused = house(&provider).roundtable().args(ARGUMENTS).args(["--max-tokens", "1"]).run().exits(6);
    assert_eq!(provider.asked(), 0);
    let worst = next_request(&refused.stderr);
    7 * worst + worst / 2
}

/// Everything that was answered is in the journal, and nothing else is held.
fn account(house: &Amatelier) -> (u64, u64) {
    let journal = rusqlite::Connection::open(house.path("roundtable.db")).unwrap();
    let sql = "SELECT spent, held FROM accounts WHERE name LIKE 'debate/%/tokens'";
    journal
        .query_row(sql, [], |row| Ok((row.get::<_, i64>(0)? as u64, row.get::<_, i64>(1)? as u64)))
        .unwrap()
}

fn is_paused(house: &Amatelier) {
    let listed = house.args(["list", "--json"]).run().ok().digest();
    assert_eq!(all(&listed["roundtables"], "status"), ["paused"]);
}

/// It goes on to its end, and nothing that was answered is asked again.
fn goes_on(house: &Amatelier, provider: &FakeProvider, answered: &[Asked]) -> Value {
    let digest = house.args(["resume", "--max-tokens", "900000000"]).run().ok().digest();
    assert_eq!(digest["stop"]["reason"], "max-rounds");
    for asked in answered {
        let times = provider.requests().into_iter().filter(|other| other.key == asked.key).count();
        assert_eq!(times, 1, "what was answered was asked again");
    }
    digest
}

#[test]
fn of_twenty_who_ask_at_once_under_a_cap_for_seven_seven_are_let_through() {
    let cap = cap_for_seven();
    let provider = FakeProvider::start();
    let house = house(&provider);
    let hold = provider.hold_when(|_| true);
    let running = house.roundtable().args(ARGUMENTS).args(["--max-tokens", &cap.to_string()]).spawn();
    provider.wait_for("seven requests", |asked| asked.len() >= 7);
    assert_eq!(provider.asked(), 7);
    drop(hold);
    provider.behave();
    // They take less than they might, so others follow, as long as the worst of theirs fits beside what was taken.
    let waits = running.wait().exits(6);
    let answered = provider.requests();
    let used: usize = answered.iter().map(tokens).sum();
    assert!(used as u64 <= cap, "{used} of {cap}: {waits}");
    let (spent, held) = account(&house);
    assert!(spent <= cap && held == 0, "{spent} {held}");
    is_paused(&house);
    house.args(["resume"]).run().exits(6);
    assert_eq!(provider.asked(), answered.len(), "nothing is asked while the cap is not raised");
    goes_on(&house, &provider, &answered);
}

#[test]
fn where_seven_requests_take_all_they_may_there_is_no_eighth() {
    let cap = cap_for_seven();
    let provider = FakeProvider::start();
    // Whoever stands behind a gateway that gave up may have worked all the same: the worst is counted.
    provider.whenever(|_| true, Reaction::Status(502));
    let house = house(&provider);
    house.roundtable().args(ARGUMENTS).args(["--max-tokens", &cap.to_string()]).run().exits(6);
    assert_eq!(provider.asked(), 7);
    let (spent, held) = account(&house);
    assert_eq!((spent, held), ((2 * cap + 1) / 15 * 7, 0), "of {cap}");
    is_paused(&house);
    provider.behave();
    let digest = goes_on(&house, &provider, &[]);
    assert!(
        all(&digest["turns"], "ending").iter().all(|ending| *ending == "done" || *ending == "passed"),
        "{digest:#}"
    );
}
