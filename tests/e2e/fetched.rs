//! Requests whose answer was lost with the process that waited for it, where the provider can be asked what became of them.

use std::{
    thread,
    time::{Duration, Instant},
};

use amatelier_test_support::{Amatelier, FakeProvider, Protocol, Reaction, normalised};
use rusqlite::Connection;
use serde_json::{Value, json};

use crate::protocols::{SPEAKERS, house};

const ARGUMENTS: [&str; 6] = ["--max-rounds", "1", "--budget", "0", "--seed", "5"];

/// Two members on this protocol.
fn table(provider: &FakeProvider, protocol: Protocol) -> Amatelier {
    let (name, _, model) = *SPEAKERS.iter().find(|speaker| speaker.1 == protocol).unwrap();
    house(provider, &[(name, protocol, model), ("zoe", protocol, model)])
}

/// The debate, whose process is killed when half of the third answer has arrived and its id is written down, and that goes on.
fn interrupted(house: &Amatelier, provider: &FakeProvider) -> Value {
    provider.once(|asked| asked.n == 3, Reaction::StallMidStream);
    let running = house.roundtable().args(ARGUMENTS).spawn();
    provider.wait_for("half of the third answer", |requests| {
        requests.get(2).is_some_and(|asked| asked.pieces > 1)
    });
    let journal = Connection::open(house.path("roundtable.db")).unwrap();
    let named = "SELECT count(*) FROM requests WHERE response_id IS NOT NULL";
    let since = Instant::now();
    // It is written soon, and nobody outside is told when; the bound turns a hang into a message.
    while journal.query_row(named, [], |row| row.get::<_, u32>(0)).unwrap() < 3 {
        assert!(since.elapsed() < Duration::from_secs(300), "the id is never written down");
        thread::yield_now();
    }
    running.kill();
    house.args(["resume"]).run().ok().digest()
}

#[test]
fn an_answer_that_openai_keeps_is_fetched_and_not_bought_again() {
    let provider = FakeProvider::start();
    let stored = table(&provider, Protocol::OpenAi).variable("AMATELIER_OPENAI_STORE", "yes");
    let digest = interrupted(&stored, &provider);
    assert!(provider.requests().iter().all(|asked| asked.times == 1 && asked.body["store"] == true));
    assert_eq!(provider.looked_up().len(), 1);
    let report = stored.args(["cost", "--by", "model", "--json"]).run().ok().digest();
    let billed: u64 = provider.billed().values().map(|usage| usage.output_tokens).sum();
    assert_eq!((&report["total"]["output_tokens"], &report["total"]["unknown"]), (&json!(billed), &json!(0)));

    let calm = FakeProvider::start();
    let undisturbed = table(&calm, Protocol::OpenAi).roundtable().args(ARGUMENTS).run().ok().digest();
    assert_eq!(normalised(digest), normalised(undisturbed));
    assert!(
        calm.requests().iter().all(|asked| asked.body["store"].is_null()),
        "unless it may, nothing is kept"
    );
    assert_eq!(calm.asked(), provider.asked());
}

#[test]
fn what_openrouter_charged_for_a_lost_answer_is_on_the_bill() {
    let provider = FakeProvider::start();
    let house = table(&provider, Protocol::OpenRouter);
    interrupted(&house, &provider);
    let again = provider.requests().iter().filter(|asked| asked.times == 2).count();
    assert_eq!((again, provider.looked_up().len()), (1, 1));
    let report = house.args(["cost", "--by", "model", "--json"]).run().ok().digest();
    let billed: u64 = provider.billed().values().map(|usage| usage.cost.0).sum();
    assert_eq!((&report["total"]["cost_microusd"], &report["total"]["unknown"]), (&json!(billed), &json!(0)));
}
