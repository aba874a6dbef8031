//! Seasons from the outside: what they hold, what they were to each member, and that none of their debates is held twice or forgotten.

use std::collections::BTreeSet;

use amatelier_test_support::{Amatelier, Call, FakeProvider, Ran, Reaction};
use serde_json::{Value, json};

use crate::{BRIEFING, all, empty, find, pair, prompts};

/// A season over the briefing that is there.
fn season(house: &Amatelier, debates: u32) -> Call {
    let briefing = house.briefing_path();
    house
        .args(["season", "--topic", "Should the bridge be closed?", "--max-rounds", "1", "--briefing"])
        .arg(briefing)
        .args(["--debates", &debates.to_string()])
}

/// The lines of JSON on stdout: those of debates, and the closing one.
fn told(ran: &Ran) -> (Vec<Value>, Value) {
    let mut lines: Vec<Value> = ran.stdout.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let closing = lines.pop().unwrap_or_else(|| panic!("nothing was said: {ran}"));
    assert_eq!(closing["schema"], "amatelier/season/v1", "{ran}");
    (lines, closing)
}

/// The id in what was said when a season began.
fn id(ran: &Ran) -> String {
    let line = ran.stderr.lines().find(|line| line.starts_with("season ")).unwrap_or_else(|| panic!("{ran}"));
    line.split_whitespace().nth(1).unwrap().trim_end_matches(':').to_owned()
}

/// The debates there are, newest first.
fn listed(house: &Amatelier) -> Value {
    house.args(["list", "--json"]).run().ok().digest()["roundtables"].clone()
}

/// The season's debates are those of the house, each held once and over, and every balance is proved.
fn is_whole(house: &Amatelier, closing: &Value, debates: usize) {
    let held: BTreeSet<&str> =
        closing["debates"].as_array().unwrap().iter().map(|id| id.as_str().unwrap()).collect();
    assert_eq!(held.len(), debates, "{closing:#}");
    let listed = listed(house);
    let there: BTreeSet<&str> = all(&listed, "id").into_iter().map(|id| id.as_str().unwrap()).collect();
    assert_eq!(held, there);
    assert!(all(&listed, "status").iter().all(|status| *status == "closed"), "{listed:#}");
    assert_eq!(house.args(["sparks", "--audit", "--json"]).run().ok().digest()["faults"], json!([]));
}

/// What somebody bought in a debate that has two more after it: the debate's place among them, who, and what.
fn bought(debates: &[Value], is_it: impl Fn(&str) -> bool) -> (usize, &str, &str) {
    let all = debates.iter().enumerate().flat_map(|(place, debate)| {
        let purchases = debate["purchases"].as_array().unwrap().iter();
        purchases.map(move |one| (place, one["member"].as_str().unwrap(), one["item"].as_str().unwrap()))
    });
    let mut fitting = all.filter(|(place, _, item)| place + 2 < debates.len() && is_it(item));
    fitting.next().unwrap_or_else(|| panic!("nothing of it was bought: {debates:#?}"))
}

#[test]
fn in_ten_rehearsals_sparks_move_both_ways_and_what_is_bought_is_at_work_in_the_next_one() {
    let house = empty();
    let briefing = house.briefing_path();
    let topic = "Should the bridge be closed this winter?";
    let ran = house
        .args(["season", "--debates", "10", "--mode", "rehearsal", "--seed", "8", "--max-rounds", "2"])
        .args(["--topic", topic, "--briefing"])
        .arg(&briefing)
        .run()
        .ok();
    let (debates, closing) = told(&ran);
    is_whole(&house, &closing, 10);
    let roundtable = |place: usize| debates[place]["roundtable_id"].as_str().unwrap();

    // Balances move both ways, within debates and over the season, and the leaderboard changes.
    let nets: Vec<i64> = debates
        .iter()
        .flat_map(|debate| all(&debate["members"], "net"))
        .map(|net| net.as_i64().unwrap())
        .collect();
    assert!(nets.iter().any(|net| *net > 0) && nets.iter().any(|net| *net < 0), "{nets:?}");
    let mut first: Vec<(i64, &str)> = debates[0]["members"]
        .as_array()
        .unwrap()
        .iter()
        .map(|one| (-one["marks"].as_i64().unwrap(), one["member"].as_str().unwrap()))
        .collect();
    first.sort();
    let last = all(&closing["members"], "member");
    assert_ne!(first.iter().map(|(_, member)| *member).collect::<Vec<_>>(), last, "the leaderboard stays");
    assert_eq!(all(&house.args(["leaderboard", "--json"]).run().ok().digest()["members"], "member"), last);

    // A persona bought a skill by itself, and its text is in that member's next prompt.
    let skills = house.args(["skills", "list", "--json"]).run().ok().digest();
    let skills: Vec<Value> = all(&skills["skills"], "id").into_iter().cloned().collect();
    let (place, member, skill) = bought(&debates, |item| skills.contains(&json!(item)));
    let title = house.args(["skills", "show", skill, "--json"]).run().ok().digest()["title"].clone();
    let lesson = format!("# {}", title.as_str().unwrap());
    let prompt = |place: usize| {
        let turn = format!("r1/speak/{member}");
        house.args(["prompt", roundtable(place), &turn]).run().ok().stdout
    };
    assert!(!prompt(place).contains(&lesson) && prompt(place).contains("[[buy: ID]]"));
    assert!(prompt(place + 1).contains(&lesson), "{skill} of {member}: {}", prompt(place + 1));

    // A boost gives two more floor turns, once.
    let (place, member, boost) = bought(&debates, |item| item == "extra-budget");
    let turns = |place: usize| {
        let digest = house.args(["show", roundtable(place), "--json"]).run().ok().digest();
        digest["budget_usage"][member]["starting_budget"].as_i64().unwrap()
    };
    assert_eq!((turns(place), turns(place + 1)), (3, 5), "{boost} of {member}");
    let again = debates[place + 1]["purchases"].as_array().unwrap();
    let again = again.iter().any(|one| one["member"] == member && one["item"] == boost);
    assert_eq!(turns(place + 2), if again { 5 } else { 3 });

    // Whatever was bought is in the closing table, with what was paid.
    let paid =
        |list: &Value| list.as_array().unwrap().iter().map(|one| one["price"].as_i64().unwrap()).sum::<i64>();
    let by_debate: i64 = debates.iter().map(|debate| paid(&debate["purchases"])).sum();
    let by_member: i64 = all(&closing["members"], "purchases").into_iter().map(paid).sum();
    assert_eq!(by_debate, by_member);
    let postings = house.args(["ledger", "--limit", "0", "--json"]).run().ok().digest()["postings"].clone();
    let posted = postings.as_array().unwrap().iter().filter(|one| one["category"] == "store_purchase");
    assert_eq!(posted.map(|one| -one["amount"].as_i64().unwrap()).sum::<i64>(), by_member);
}

#[test]
fn tasks_are_taken_in_turn_and_every_debate_has_a_seed_of_its_own() {
    let house =
        empty().file("ferry.md", "# The ferry\n\nA second boat costs 4000 euros a week.\n\nDecide.\n");
    let ferry = house.path("ferry.md");
    let ran = season(&house, 3)
        .args(["--mode", "rehearsal", "--seed", "40", "--topic", "A second boat?", "--briefing"])
        .arg(&ferry)
        .run()
        .ok();
    let (debates, closing) = told(&ran);
    assert_eq!(
        all(&Value::Array(debates.clone()), "topic"),
        ["Should the bridge be closed?", "A second boat?", "Should the bridge be closed?"]
    );
    assert_eq!(all(&Value::Array(debates.clone()), "seed"), [&json!(40), &json!(41), &json!(42)]);
    is_whole(&house, &closing, 3);
    for (debate, id) in debates.iter().zip(closing["debates"].as_array().unwrap()) {
        assert_eq!(debate["roundtable_id"], *id);
        let digest = house.args(["show", id.as_str().unwrap(), "--json"]).run().ok().digest();
        assert_eq!((&digest["topic"], &digest["seed"]), (&debate["topic"], &debate["seed"]));
        assert!(house.path(format!("rehearsal/digests/digest-{}.json", id.as_str().unwrap())).exists());
    }
    for one in closing["members"].as_array().unwrap() {
        let name = one["member"].as_str().unwrap();
        let account = house.args(["sparks", name, "--json"]).run().ok().digest();
        assert_eq!((&one["balance_before"], &one["rank_before"]), (&Value::Null, &Value::Null));
        assert_eq!((&one["balance_after"], &one["rank_after"]), (&account["balance"], &account["rank"]));
        let marks: i64 =
            account["results"].as_array().unwrap().iter().map(|r| r["award"].as_i64().unwrap()).sum();
        assert_eq!((&one["debates"], &one["marks"]), (&json!(3), &json!(marks)));
    }
    // A second season begins where the first ended.
    let (_, next) = told(&season(&house, 1).args(["--mode", "rehearsal"]).run().ok());
    for one in next["members"].as_array().unwrap() {
        let before = find(&closing["members"], "member", one["member"].as_str().unwrap());
        assert_eq!(
            (&one["balance_before"], &one["rank_before"]),
            (&before["balance_after"], &before["rank_after"])
        );
    }
    // One that is over is shown again as it was, whatever happened since.
    let shown = house.args(["season", "--resume", closing["season_id"].as_str().unwrap()]).run().ok();
    assert_eq!(told(&shown).1, closing);
    let read =
        house.args(["season", "--summary", "--resume", closing["season_id"].as_str().unwrap()]).run().ok();
    assert!(read.stdout.contains("- → 1") && read.stdout.contains("elena"), "{read}");
}

#[test]
fn a_season_that_dies_anywhere_ends_as_if_nothing_had_happened() {
    let house = empty();
    let (_, undisturbed) = told(&season(&house, 3).args(["--mode", "rehearsal"]).run().ok());
    // A debate of the five asks about fifteen times: the first call of all, the middle of each debate, the last ones.
    let mut deaths = 0;
    for (place, hits) in [
        ("before-intent", 0),
        ("after-answer", 7),
        ("before-answer", 16),
        ("after-intent", 23),
        ("after-answer", 44),
    ] {
        let house = empty();
        let case = format!("{place}={hits}*off->return");
        let mut ran = season(&house, 3).args(["--mode", "rehearsal"]).variable("FAILPOINTS", &case).run();
        let id = id(&ran);
        if ran.code.is_none() {
            deaths += 1;
            ran = house.args(["season", "--resume", &id]).run().ok();
        }
        let (_, closing) = told(&ran);
        assert_eq!(closing["members"], undisturbed["members"], "{case}");
        assert_eq!(closing["season_id"], id.as_str());
        is_whole(&house, &closing, 3);
    }
    assert!(deaths >= 3, "only {deaths} of them died");
}

#[test]
fn what_was_answered_before_a_kill_is_not_asked_again_and_the_rest_is_held() {
    let provider = FakeProvider::start();
    let house = pair(&provider);
    let crashed =
        season(&house, 2).args(["--budget", "0"]).variable("FAILPOINTS", "after-answer=9*off->return").run();
    assert_eq!(crashed.code, None, "{crashed}");
    let answered = provider.finished();
    let ran = house.args(["season", "--resume"]).run().ok();
    let (debates, closing) = told(&ran);
    is_whole(&house, &closing, 2);
    assert_eq!(closing["season_id"], id(&crashed).as_str());
    assert!(answered > 0 && !debates.is_empty());
    // Seeds differ, so no two requests of a season are the same: whoever was asked twice was asked again.
    let times = provider.requests().iter().map(|asked| asked.times).max();
    assert_eq!(times, Some(1));
    house.args(["season", "--resume"]).run().exits(4).stderr_has("no season is unfinished");
}

#[test]
fn ctrl_c_pauses_the_debate_and_the_season() {
    let provider = FakeProvider::start();
    let house = pair(&provider);
    let held = provider.hold_when(prompts::speaks(1));
    let running = season(&house, 2).args(["--budget", "0"]).spawn();
    held.reached();
    let mut running = running;
    running.interrupt();
    running.stderr_line_with("pausing after this turn");
    held.release();
    let ran = running.wait().exits(8);
    let id = id(&ran);
    assert!(ran.stderr.contains(&format!("season --resume {id}")), "{ran}");
    let (_, closing) = told(&house.args(["season", "--resume", &id]).run().ok());
    is_whole(&house, &closing, 2);
}

#[test]
fn a_season_waits_for_its_provider_and_for_room_below_a_cap() {
    let provider = FakeProvider::start();
    let house = pair(&provider);
    provider.whenever(prompts::speaks(1), Reaction::WebPage);
    let down = season(&house, 2).args(["--budget", "0"]).run().exits(7);
    assert!(down.stderr.contains(&format!("season --resume {}", id(&down))), "{down}");
    assert!(down.stderr.contains("debate 1 of 2, roundtable"), "{down}");
    provider.behave();
    let (_, closing) = told(&house.args(["season", "--resume"]).run().ok());
    is_whole(&house, &closing, 2);

    let provider = FakeProvider::start();
    let house = pair(&provider);
    let capped = season(&house, 2).args(["--budget", "0", "--max-tokens", "6000"]).run().exits(6);
    let id = id(&capped);
    assert!(capped.stderr.contains(&format!("season --resume {id} --max-tokens N")), "{capped}");
    // What is typed now holds for the debates that follow, too.
    let raised = house.args(["season", "--resume", &id, "--max-tokens", "2000000"]).run().ok();
    let (_, closing) = told(&raised);
    is_whole(&house, &closing, 2);
    let last = closing["debates"][1].as_str().unwrap();
    assert_eq!(house.args(["show", last, "--json"]).run().ok().digest()["stop"]["reason"], "max-rounds");
}

#[test]
fn a_season_that_makes_no_sense_is_refused_before_it_begins() {
    let house = empty();
    let briefing = house.briefing_path();
    let briefing = briefing.to_str().unwrap();
    for (arguments, code, words) in [
        (vec!["season", "--debates", "2"], 2, "--topic"),
        (vec!["season", "--debates", "0", "--topic", "x", "--briefing", briefing], 2, "0 is not in 1..=1000"),
        (vec!["season", "--debates", "2", "--topic", "x", "--briefing", "none.md"], 4, "none.md"),
        (
            vec!["season", "--debates", "2", "--topic", "x", "--topic", "y", "--briefing", briefing],
            2,
            "2 topics for 1",
        ),
        (
            vec!["season", "--debates", "2", "--topic", "x", "--briefing", briefing, "--workers", "zoe"],
            4,
            "`zoe`",
        ),
        (vec!["season", "--resume", "--debates", "2"], 2, "cannot be used with"),
        (vec!["season", "--resume", "0123456789ab"], 2, "is not the id of a season"),
        (vec!["season", "--resume", "s-0123456789ab"], 4, "no season s-0123456789ab"),
        (vec!["season", "--resume"], 4, "no season is unfinished"),
    ] {
        let ran = house.args(&arguments).run().exits(code);
        assert!(ran.stderr.contains(words), "{arguments:?}: {ran}");
    }
    assert_eq!(listed(&house), json!([]));
    assert!(BRIEFING.contains("bridge"));
}
