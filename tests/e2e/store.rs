//! What sparks buy, by the operator's hand: each effect shown in a debate that follows, each refusal with its reason and without a spark.

use amatelier_test_support::{Amatelier, FakeProvider, guest};
use serde_json::{Value, json};

use crate::{all, empty, find, prompts};

/// Two workers who say these words on every occasion, under a judge who says nothing.
const WORKERS: &str = "[members]\n\
    ada = { role = \"worker\", model = \"haiku\", upgrades = [\"opus\"], component = \"scripted\", settings = { speak = \"It costs 90 euros.\", floor = [\"Another thing.\", \"A third thing.\", \"A fourth thing.\", \"A fifth thing.\"] } }\n\
    bob = { role = \"worker\", component = \"scripted\", settings = { speak = \"Close it.\", floor = [\"I see it so.\", \"And so.\", \"Then so.\", \"Or so.\"] } }\n\
    judge = { role = \"judge\", component = \"hostile.wasm\", settings = { attack = \"quiet\" } }\n\
    [rubric]\ncomponent = \"evidence\"\n";

fn house() -> Amatelier {
    empty().team(WORKERS).file("hostile.wasm", guest("hostile"))
}

fn hold(house: &Amatelier, arguments: &[&str]) -> Value {
    let usual = ["--mode", "rehearsal", "--max-rounds", "1", "--seed", "11"];
    house.roundtable().args(usual).args(arguments).run().ok().digest()
}

/// A house in which everybody has an account, and sparks to spend.
fn rich() -> Amatelier {
    let house = house();
    hold(&house, &["--budget", "0"]);
    for member in ["ada", "bob"] {
        house.args(["grant", member, "400", "--reason", "for the test"]).run().ok();
    }
    house
}

fn json(house: &Amatelier, arguments: &[&str]) -> Value {
    house.args(arguments).arg("--json").run().ok().digest()
}

fn buy(house: &Amatelier, member: &str, item: &str) -> Value {
    json(house, &["store", "buy", item, "--member", member, "--note", "A course on costs."])
}

/// What a member has, and what it cannot be told otherwise.
fn inventory(house: &Amatelier, member: &str) -> Value {
    json(house, &["store", "inventory", member])["members"][0].clone()
}

fn balances(house: &Amatelier) -> Vec<Value> {
    let inventory = json(house, &["store", "inventory"]);
    all(&inventory["members"], "balance").into_iter().cloned().collect()
}

/// Who said what on the floor, and who spoke first.
fn on_the_floor(digest: &Value, member: &str) -> usize {
    let lines = digest["transcript"].as_array().unwrap().iter();
    lines
        .filter(|line| line["phase"] == "floor" && line["agent"] == member && line["kind"] == "speech")
        .count()
}

fn first(digest: &Value) -> String {
    let mut lines = digest["transcript"].as_array().unwrap().iter();
    lines.find(|line| line["kind"] == "speech").unwrap()["agent"].as_str().unwrap().to_owned()
}

#[test]
fn a_boost_gives_two_more_floor_turns_in_one_debate_and_is_used_up() {
    let house = rich();
    // The quiet judge opens no floor; this one does.
    let judge =
        "judge = { role = \"judge\", component = \"hostile.wasm\", settings = { attack = \"quiet\" } }";
    house.replace("team.toml", WORKERS.replace(judge, "judge = { role = \"judge\" }"));
    buy(&house, "ada", "extra-budget");
    let next = hold(&house, &["--budget", "1"]);
    assert_eq!((on_the_floor(&next, "ada"), on_the_floor(&next, "bob")), (3, 1), "{next:#}");
    let history = json(&house, &["store", "history", "ada"]);
    assert_eq!(history["purchases"][0]["state"], "used");
    assert_eq!(history["purchases"][0]["by"], next["roundtable_id"]);
    let last = hold(&house, &["--budget", "1"]);
    assert_eq!((on_the_floor(&last, "ada"), on_the_floor(&last, "bob")), (1, 1));
}

#[test]
fn of_two_who_bought_the_first_word_the_better_rank_has_it_and_the_other_the_next_one() {
    let house = rich();
    for member in ["ada", "bob"] {
        buy(&house, member, "first-speaker");
    }
    let board = json(&house, &["leaderboard"]);
    let best = board["members"][0]["member"].as_str().unwrap().to_owned();
    let other = if best == "ada" { "bob" } else { "ada" };
    assert_eq!(first(&hold(&house, &["--budget", "0"])), best);
    assert_eq!(inventory(&house, &best)["items"], json!([]));
    assert_eq!(inventory(&house, other)["items"][0]["state"], "waiting");
    assert_eq!(first(&hold(&house, &["--budget", "0"])), other);
}

#[test]
fn tiers_are_sold_to_who_has_debated_enough_and_give_slots() {
    let house = rich();
    let early = house.args(["store", "buy", "tier-1", "--member", "ada"]).run().exits(5);
    assert!(early.stderr.contains("it needs 5 debates"), "{early}");
    for _ in 0..4 {
        assert_eq!(hold(&house, &["--budget", "0"])["entry_fees"]["ada"], 5);
    }
    let bought = buy(&house, "ada", "tier-1");
    assert_eq!(bought["effects"], json!(["tier 1"]));
    let ada = inventory(&house, "ada");
    assert_eq!((&ada["tier"], &ada["slots"]), (&json!(1), &json!(3)));
    // The team opens a better model to tier 1, with the fee that goes with it.
    let fees = hold(&house, &["--budget", "0"])["entry_fees"].clone();
    assert_eq!(fees["ada"], 15, "haiku takes 5, opus 15");
    let skipping = house.args(["store", "buy", "tier-3", "--member", "ada"]).run().exits(5);
    assert!(skipping.stderr.contains("tier-3 is not for ada"), "{skipping}");
    let again = house.args(["store", "buy", "tier-1", "--member", "ada"]).run().exits(5);
    assert!(again.stderr.contains("ada owns tier-1 already"), "{again}");
}

#[test]
fn slots_limit_what_is_equipped_and_one_more_can_be_bought() {
    let house = rich();
    for skill in ["debate-tactics", "risk-assessment", "conciseness-training"] {
        buy(&house, "ada", skill);
    }
    let ada = inventory(&house, "ada");
    assert_eq!(ada["equipped"], json!(["debate-tactics", "risk-assessment"]), "two slots, two skills");
    assert_eq!(ada["skills"].as_array().unwrap().len(), 3);
    let equip = ["store", "equip", "conciseness-training", "--member", "ada"];
    let full = house.args(equip).run().exits(5);
    assert!(full.stderr.contains("all of ada's 2 skill slots are taken"), "{full}");
    assert!(full.stderr.contains("store unequip SKILL --member ada"), "{full}");
    buy(&house, "ada", "extra-slot");
    house.args(equip).run().ok();
    assert_eq!(inventory(&house, "ada")["equipped"].as_array().unwrap().len(), 3);
    let needed =
        house.args(["store", "retire", "extra-slot", "--member", "ada", "--reason", "no use"]).run().exits(5);
    assert!(needed.stderr.contains("unequip some first"), "{needed}");
    house.args(["store", "unequip", "debate-tactics", "--member", "ada"]).run().ok();
    house.args(["store", "retire", "extra-slot", "--member", "ada", "--reason", "no use"]).run().ok();
    assert_eq!(inventory(&house, "ada")["slots"], 2);
}

#[test]
fn a_purchase_that_is_named_is_given_up_and_never_another_one_of_its_kind() {
    let house = rich();
    buy(&house, "ada", "extra-budget");
    hold(&house, &["--budget", "0"]);
    for _ in 0..2 {
        buy(&house, "ada", "extra-budget");
    }
    let retire =
        |what: &str| house.args(["store", "retire", what, "--member", "ada", "--reason", "no use"]).run();
    let used = retire("p-001").exits(5);
    assert!(used.stderr.contains("p-001 cannot be given up"), "{used}");
    let which = retire("extra-budget").exits(2);
    assert!(which.stderr.contains("ada has 2 of extra-budget: p-002, p-003"), "{which}");
    assert_eq!(all(&inventory(&house, "ada")["items"], "purchase"), ["p-002", "p-003"]);
    let gone = retire("p-002").ok();
    assert!(gone.stdout.contains("p-002, extra-budget, is given up"), "{gone}");
    assert_eq!(all(&inventory(&house, "ada")["items"], "purchase"), ["p-003"]);
    retire("extra-budget").ok();
    assert_eq!(inventory(&house, "ada")["items"], json!([]));
}

#[test]
fn requests_reach_the_queue_and_public_ones_grow_old_and_expire() {
    let house = rich();
    assert_eq!(buy(&house, "ada", "private-request")["request"], "q-001");
    assert_eq!(buy(&house, "bob", "public-request")["request"], "q-002");
    let age = |all: bool| {
        let arguments: &[&str] = if all { &["requests", "list", "--all"] } else { &["requests", "list"] };
        json(&house, arguments)["requests"].clone()
    };
    assert_eq!(all(&age(false), "text"), ["A course on costs.", "A course on costs."]);
    for debates in 1..=2 {
        hold(&house, &["--budget", "0"]);
        assert_eq!(find(&age(false), "id", "q-002")["age"], debates);
        assert_eq!(find(&age(false), "id", "q-001")["age"], 0, "private ones do not grow old");
    }
    hold(&house, &["--budget", "0"]);
    assert_eq!(all(&age(false), "id"), ["q-001"]);
    assert_eq!(find(&age(true), "id", "q-002")["state"], "expired");

    let before = inventory(&house, "ada")["balance"].as_i64().unwrap();
    let closed = json(&house, &["requests", "close", "q-001", "--reason", "nobody teaches that"]);
    assert_eq!((&closed["state"], &closed["refund"]), (&json!("closed"), &json!(20)));
    assert_eq!(inventory(&house, "ada")["balance"], before + 20);
    let over = house.args(["requests", "fulfil", "q-001", "--note", "done"]).run().exits(5);
    assert!(over.stderr.contains("q-001 is not open any more"), "{over}");
    buy(&house, "ada", "private-request");
    let nobody =
        house.args(["requests", "fulfil", "q-003", "--note", "done", "--skill", "chess"]).run().exits(4);
    assert!(nobody.stderr.contains("no skill `chess` is installed"), "{nobody}");
    json(&house, &["requests", "fulfil", "q-003", "--note", "done", "--skill", "influence-mapping"]);
    assert_eq!(inventory(&house, "ada")["equipped"], json!(["influence-mapping"]));
}

#[test]
fn whatever_is_refused_moves_no_spark_and_says_what_to_do() {
    let house = house();
    let none = house.args(["store", "buy", "extra-budget", "--member", "ada"]).run().exits(4);
    assert!(none.stderr.contains("nobody has an account yet"), "{none}");
    hold(&house, &["--budget", "0"]);
    let before = balances(&house);
    for (arguments, exit, words) in [
        (&["buy", "dev-call", "--member", "ada"][..], 5, "dev-call cannot be bought: no coach is installed"),
        (
            &["buy", "strategy-review", "--member", "ada"],
            5,
            "strategy-review cannot be bought: no coach is installed",
        ),
        (&["buy", "tier-3", "--member", "ada"], 5, "it costs 250"),
        (&["buy", "private-request", "--member", "ada"], 5, "a request needs words"),
        (&["buy", "extra-bugdet", "--member", "ada"], 4, "did you mean `extra-budget`?"),
        (&["buy", "extra-budget", "--member", "eve"], 4, "`eve` has no account"),
        (&["equip", "debate-tactics", "--member", "ada"], 5, "ada does not own debate-tactics"),
        (&["unequip", "debate-tactics", "--member", "ada"], 5, "debate-tactics is not equipped"),
        (&["retire", "p-007", "--member", "ada", "--reason", "x"], 5, "ada does not own p-007"),
        (&["show", "nothing"], 4, "nothing is on sale as `nothing`"),
    ] {
        let ran = house.args(["store"]).args(arguments).run().exits(exit);
        assert!(ran.stderr.contains(words), "{arguments:?}: {ran}");
    }
    assert_eq!(balances(&house), before);
    let afford = json(&house, &["store", "afford", "ada"]);
    let items = &afford["members"][0]["items"];
    assert!(find(items, "item", "dev-call")["why"].as_str().unwrap().contains("no coach is installed"));
    assert_eq!(find(items, "item", "extra-budget")["price"], 8);
    house.args(["sparks", "--audit"]).run().ok();
}

#[test]
fn all_eight_skills_are_taught_to_their_owner_and_to_nobody_else() {
    let provider = FakeProvider::start();
    let house = crate::pair(&provider);
    let hold = || house.roundtable().args(["--max-rounds", "1", "--budget", "0"]).run().ok().digest();
    hold();
    house.args(["grant", "elena", "400", "--reason", "for the test"]).run().ok();
    let listed = json(&house, &["skills", "list"]);
    let skills: Vec<&str> = all(&listed["skills"], "id").into_iter().map(|id| id.as_str().unwrap()).collect();
    assert_eq!(skills.len(), 8);
    for skill in &skills {
        buy(&house, "elena", skill);
    }
    let mut worn = vec!["code-review-framework", "conciseness-training"];
    for two in skills.chunks(2) {
        for skill in worn.drain(..) {
            house.args(["store", "unequip", skill, "--member", "elena"]).run().ok();
        }
        for skill in two {
            house.args(["store", "equip", skill, "--member", "elena"]).run().ok();
        }
        worn = two.to_vec();
        let lessons: Vec<String> = two
            .iter()
            .map(|skill| {
                let arguments = ["skills", "teach", skill, "--member", "elena"];
                json(&house, &arguments)["text"].as_str().unwrap().to_owned()
            })
            .collect();
        let asked = provider.asked();
        let digest = hold();
        let requests = provider.requests().split_off(asked);
        let own = requests.iter().filter(|asked| prompts::of("elena")(asked));
        assert!(own.clone().count() > 0);
        for request in own {
            // Long lessons are cut in a prompt; how one begins is what this learner was told.
            assert!(lessons.iter().all(|lesson| request.says(lesson.get(..600).unwrap())), "{two:?}");
        }
        let others = requests.iter().filter(|asked| !prompts::of("elena")(asked));
        for request in others {
            assert!(lessons.iter().all(|lesson| !request.says(lesson.get(..200).unwrap())), "{two:?}");
        }
        let id = digest["roundtable_id"].as_str().unwrap();
        let shown = house.args(["prompt", id, "r1/speak/elena"]).run().ok();
        assert!(shown.stdout.contains("This is your first debate with it."), "{shown}");
    }
}
