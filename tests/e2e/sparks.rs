//! The ledger from the outside: what debates cost and bring, what the operator decides, and what proves it.

use amatelier_test_support::{Amatelier, FakeProvider, Reaction, guest};
use rusqlite::Connection;
use serde_json::{Value, json};

use crate::{all, empty, find, pair, prompts};

/// Who speaks in short sentences with figures earns; who is silent pays.
fn league(others: &str) -> String {
    format!(
        "[members]\n\
         ada = {{ role = \"worker\", model = \"haiku\", component = \"scripted\", settings = {{ speak = \"It costs 90 euros in round {{round}}. That is 7 a day.\" }} }}\n\
         bob = {{ role = \"worker\", model = \"opus\", component = \"scripted\" }}\n\
         cleo = {{ role = \"worker\", model = \"sonnet\", component = \"scripted\", settings = {{ speak = \"I count 12 hangers in round {{round}}. 3 may break.\" }} }}\n\
         {others}\
         judge = {{ role = \"judge\", component = \"hostile.wasm\", settings = {{ attack = \"quiet\" }} }}\n\
         [rubric]\ncomponent = \"evidence\"\n"
    )
}

fn house(team: &str) -> Amatelier {
    empty().team(team).file("hostile.wasm", guest("hostile"))
}

/// A rehearsal of one round.
fn debate(house: &Amatelier) -> Value {
    let arguments = ["--mode", "rehearsal", "--max-rounds", "1", "--budget", "0"];
    house.roundtable().args(arguments).run().ok().digest()
}

/// What a command prints as JSON.
fn told(house: &Amatelier, arguments: &[&str]) -> Value {
    house.args(arguments).arg("--json").run().ok().digest()
}

fn balance(house: &Amatelier, member: &str) -> i64 {
    find(&told(house, &["sparks"])["members"], "member", member)["balance"].as_i64().unwrap()
}

/// What was posted for a debate, by member and kind.
fn sum(postings: &Value, member: &str, category: &str) -> i64 {
    let postings = postings["postings"].as_array().unwrap().iter();
    let own = postings.filter(|posting| posting["member"] == member && posting["category"] == category);
    own.map(|posting| posting["amount"].as_i64().unwrap()).sum()
}

/// Whether somebody had a seat.
fn sat(digest: &Value, member: &str) -> bool {
    all(&digest["members"], "name").contains(&&json!(member))
}

fn id(digest: &Value) -> &str {
    digest["roundtable_id"].as_str().unwrap()
}

#[test]
fn a_debate_pays_for_marks_and_gates_takes_for_sanctions_and_costs_by_label() {
    let provider = FakeProvider::start();
    let lines = "GATE: elena — 7 of 32 hangers is the number that decides\n\
                 SANCTION [marcus] (hallucination): the ferry is nowhere in the briefing";
    provider.once(prompts::moderates, Reaction::Say(lines.into()));
    let team = crate::PAIR.replace("tagline = \"attacks\"", "model = \"opus\", tagline = \"attacks\"");
    let house = pair(&provider).team(&team);
    let digest = house.roundtable().args(["--max-rounds", "1"]).run().ok().digest();
    let postings = told(&house, &["ledger", "--roundtable", id(&digest), "--limit", "0"]);
    assert_eq!(postings["realm"], "real");
    for (member, fee, gates, offence) in [("elena", 8, 3, 0), ("marcus", 15, 0, 5)] {
        let total = find(&digest["scoring"]["scores"], "agent", member)["total"].as_i64().unwrap();
        let sanctions = offence.min(total + gates);
        assert_eq!(sum(&postings, member, "score_award"), total, "{member}");
        assert_eq!(sum(&postings, member, "entry_fee"), -fee, "{member}");
        assert_eq!(sum(&postings, member, "gate_bonus"), gates, "{member}");
        assert_eq!(sum(&postings, member, "sanction"), -sanctions, "{member}");
        assert_eq!(balance(&house, member), 30 + total + gates - sanctions - fee, "{member}");
        let account = told(&house, &["sparks", member]);
        let result = &account["results"][0];
        assert_eq!((&result["fee"], &result["net"]), (&json!(fee), &json!(total + gates - sanctions - fee)));
    }
    let newest = &postings["postings"][0];
    assert_eq!(newest["balance"], balance(&house, newest["member"].as_str().unwrap()));
    assert_eq!(told(&house, &["sparks", "--audit"])["faults"], json!([]));
    assert!(
        house.args(["ledger", "--rt", "abcdefabcdef"]).run().exits(4).stderr.contains("--mode rehearsal")
    );
}

#[test]
fn the_operator_gives_and_takes_with_a_reason_and_nothing_else_moves() {
    let house = house(&league(""));
    assert!(house.args(["sparks"]).run().ok().stdout.contains("nobody has an account yet"));
    house.args(["grant", "ada", "5", "--reason", "x"]).run().exits(4);
    let digest = debate(&house);
    let before = balance(&house, "ada");
    let granted = told(&house, &["grant", "ada", "5", "--reason", "the \u{202e}bridge"]);
    assert_eq!(
        (&granted["moved"][0]["amount"], &granted["moved"][0]["balance"]),
        (&json!(5), &json!(before + 5))
    );
    told(&house, &["penalty", "ada", "2", "--reason", "late"]);
    let credited = told(&house, &["outcome", id(&digest), "ada,bob", "--proposal", "the lane stays open"]);
    assert_eq!(all(&credited["moved"], "amount"), [&json!(5), &json!(5)]);
    assert_eq!(balance(&house, "ada"), before + 5 - 2 + 5);
    let shown = house.args(["ledger", "ada"]).run().ok().stdout;
    assert!(shown.contains("the \u{fffd}bridge") && shown.contains("admin_penalty"), "{shown}");

    let counted = told(&house, &["ledger", "--limit", "0"])["of"].clone();
    for (arguments, code, words) in [
        (&["grant", "adda", "5", "--reason", "x"][..], 4, "did you mean `ada`?"),
        (&["grant", "ada", "0", "--reason", "x"], 2, "0 is not in 1.."),
        (&["grant", "ada", "-3", "--reason", "x"], 2, "-3 is not in 1.."),
        (&["grant", "ada", "10001", "--reason", "x"], 2, "from 1 to 10000"),
        (&["grant", "ada", "5", "--reason", " "], 2, "a reason of 1 to 2000 characters"),
        (&["grant", "ada", "5", "--reason", "a\u{1b}b"], 2, "without control characters"),
        (&["penalty", "ada", "5"], 2, "--reason"),
        (&["outcome", id(&digest), "ada", "--proposal", "again"], 5, "was credited for"),
        (&["outcome", id(&digest), "zoe", "--proposal", "x"], 4, "`zoe` has no account"),
        (&["outcome", "abcdefabcdef", "ada", "--proposal", "x"], 4, "no roundtable abcdefabcdef"),
        (&["venture", "resolve", "v-001", "--success", "--note", "x"], 4, "no venture v-001"),
        (&["venture", "resolve", "p-001", "--success", "--note", "x"], 2, "looks like `v-001`"),
        (&["venture", "resolve", "v-001", "--note", "x"], 2, "--success"),
        (&["relegation", "decide", "ada", "keep"], 4, "no question about ada"),
        (&["relegation", "decide", "ada", "keep", "--successor", "zoe"], 2, "has a successor"),
        (&["sparks", "adda"], 4, "did you mean `ada`?"),
        (&["ledger", "zoe"], 4, "accounts have ada, bob, cleo"),
    ] {
        let ran = house.args(arguments).run().exits(code);
        assert!(ran.stderr.contains(words), "{arguments:?}: {ran}");
    }
    assert_eq!(told(&house, &["ledger", "--limit", "0"])["of"], counted);
    assert_eq!(told(&house, &["sparks", "--mode", "openai"])["members"], json!([]), "that is another ledger");
}

#[test]
fn a_stake_is_taken_when_it_is_said_and_pays_when_it_comes_true() {
    let team = league("").replace("It costs", "<SCOUT>Toll for\\u202e lorries</SCOUT> It costs");
    let house =
        house(&team.replace("I count", "<MOONSHOT>A tunnel</MOONSHOT> <VENTURE>A ferry</VENTURE> I count"));
    debate(&house);
    let ventures = told(&house, &["venture", "list"])["ventures"].clone();
    // Newest first; cleo has 30, and its tunnel takes them all.
    assert_eq!(all(&ventures, "tier").len(), 2, "{ventures}");
    let (toll, tunnel) = (find(&ventures, "tier", "scout"), find(&ventures, "tier", "moonshot"));
    assert_eq!((&toll["stake"], &toll["payout"], &toll["state"]), (&json!(5), &json!(15), &json!("pending")));
    assert!(!house.args(["venture", "list"]).run().ok().stdout.contains('\u{202e}'));
    let (toll, tunnel) = (toll["id"].as_str().unwrap(), tunnel["id"].as_str().unwrap());
    let (ada, cleo) = (balance(&house, "ada"), balance(&house, "cleo"));
    let won = told(&house, &["venture", "resolve", toll, "--success", "--note", "the council did it"]);
    assert_eq!(
        (&won["state"], &won["paid"], &won["balance"]),
        (&json!("success"), &json!(15), &json!(ada + 15))
    );
    let lost = told(&house, &["venture", "resolve", tunnel, "--fail", "--note", "too deep"]);
    assert_eq!((&lost["paid"], &lost["balance"]), (&json!(0), &json!(cleo)));
    house
        .args(["venture", "resolve", toll, "--fail", "--note", "x"])
        .run()
        .exits(5)
        .stderr_has("is resolved once");
    assert_eq!(told(&house, &["venture", "list"])["ventures"], json!([]));
    assert_eq!(told(&house, &["venture", "list", "--all"])["ventures"].as_array().unwrap().len(), 2);
    assert_eq!(told(&house, &["sparks", "--audit"])["faults"], json!([]));
}

#[test]
fn an_aborted_debate_charges_nobody_and_gives_stakes_back() {
    let trapping = "role = \"worker\", component = \"hostile.wasm\", settings = { attack = \"trap\" }";
    let team = format!(
        "[members]\n\
         ada = {{ role = \"worker\", component = \"scripted\", settings = {{ speak = \"<SCOUT>Toll</SCOUT> It costs 90 euros.\" }} }}\n\
         bob = {{ {trapping} }}\ncleo = {{ {trapping} }}\n\
         judge = {{ role = \"judge\", component = \"hostile.wasm\", settings = {{ attack = \"quiet\" }} }}\n"
    );
    let house = house(&team);
    let digest = debate(&house);
    assert_eq!(digest["stop"]["reason"], "aborted", "{digest:#}");
    assert_eq!(told(&house, &["venture", "list", "--all"])["ventures"][0]["state"], "returned");
    for member in ["ada", "bob", "cleo"] {
        assert_eq!(balance(&house, member), 30, "{member}");
    }
    let postings = told(&house, &["ledger", "ada"]);
    assert_eq!(sum(&postings, "ada", "venture_stake") + sum(&postings, "ada", "refund_aborted_rt"), 0);
    assert_eq!(sum(&postings, "ada", "refund_aborted_rt"), 5);
}

#[test]
fn who_loses_three_times_in_a_row_is_benched_paid_for_it_and_back_after_three() {
    let house = house(&league(""));
    for _ in 0..2 {
        debate(&house);
    }
    assert_eq!(told(&house, &["relegation", "list"])["asked"], json!([]));
    debate(&house);
    let asked = told(&house, &["relegation", "list"])["asked"].clone();
    assert_eq!(all(&asked, "member"), ["bob"]);
    assert_eq!(all(&asked[0]["lost"], "net"), [&json!(-15), &json!(-15), &json!(-15)]);
    assert_eq!(balance(&house, "bob"), 30 - 45);
    assert!(house.args(["sparks", "bob"]).run().ok().stdout.contains("to be decided about: lost -15"));

    told(&house, &["relegation", "decide", "bob", "bench"]);
    for served in 1..=3 {
        let digest = debate(&house);
        assert!(!sat(&digest, "bob"), "{digest:#}");
        let bench = told(&house, &["relegation", "list"])["bench"].clone();
        match served {
            3 => assert_eq!(bench, json!([])),
            _ => assert_eq!(all(&bench, "served"), [&json!(served)]),
        }
        assert_eq!(balance(&house, "bob"), -15 + 2 * served);
        if served == 1 {
            let named =
                house.roundtable().args(["--mode", "rehearsal", "--workers", "ada,bob"]).run().exits(5);
            assert!(named.stderr.contains("bob is on the bench: 1 of 3"), "{named}");
            let seated = house.roundtable().args(["--mode", "rehearsal", "--dry-run"]).run().ok().digest();
            assert!(seated["notices"].to_string().contains("bob is on the bench"), "{seated:#}");
        }
    }
    assert!(sat(&debate(&house), "bob"), "it is back");
    assert_eq!(told(&house, &["relegation", "list"])["asked"], json!([]), "the count began again");
    assert_eq!(told(&house, &["sparks", "--audit"])["faults"], json!([]));
}

#[test]
fn who_is_replaced_leaves_with_nothing_and_its_successor_starts_with_thirty() {
    let provider = FakeProvider::start();
    let house = house(&league("# who looks on\n")).provider(&provider);
    let debate = || {
        let debated = house.roundtable().args(["--max-rounds", "1", "--budget", "0"]).run().ok().digest();
        assert_eq!(told(&house, &["sparks"])["realm"], "real");
        debated
    };
    for _ in 0..3 {
        debate();
    }
    let decide = |more: &[&str]| house.args(["relegation", "decide", "bob", "replace"]).args(more).run();
    decide(&["--successor", "cleo"]).exits(5).stderr_has("cleo is a member already");
    decide(&["--successor", "Not A Name"]).exits(2).stderr_has("is not a member name");
    let team = || std::fs::read_to_string(house.path("team.toml")).unwrap();
    let before = team();
    let decided = decide(&["--successor", "vera", "--json"]).ok().digest();
    assert_eq!(decided["successor"], "vera");
    assert_eq!(team(), before.replace("bob = ", "vera = "));
    assert!(house.path("agents/vera/identity.md").exists());
    assert_eq!(balance(&house, "vera"), 30);
    let past = told(&house, &["ledger", "bob"]);
    assert_eq!(
        (&past["postings"][0]["category"], &past["postings"][0]["balance"]),
        (&json!("account_closed"), &json!(0))
    );
    house.args(["sparks", "bob"]).run().exits(4);
    assert!(sat(&debate(), "vera"));
    assert_eq!(balance(&house, "vera"), 15);
    assert_eq!(told(&house, &["sparks", "--audit"])["faults"], json!([]));
}

#[test]
fn a_rehearsal_replaces_nobody_in_the_team_and_touches_no_document() {
    let house = house(&league("")).file("agents/bob/notes.md", "# Notes\n\nThe lane.\n");
    for _ in 0..3 {
        debate(&house);
    }
    let decide = |more: &[&str]| house.args(["relegation", "decide", "bob", "replace"]).args(more).run();
    let files = || {
        let mut folder: Vec<_> = std::fs::read_dir(house.path("agents/bob")).unwrap().flatten().collect();
        folder.sort_by_key(std::fs::DirEntry::path);
        let mut texts: Vec<String> =
            folder.iter().map(|entry| std::fs::read_to_string(entry.path()).unwrap()).collect();
        texts.push(std::fs::read_to_string(house.path("team.toml")).unwrap());
        texts
    };
    let before = files();
    let refused = decide(&["--successor", "vera"]).exits(5);
    assert!(refused.stderr.contains("a rehearsal puts nobody else into the team"), "{refused}");
    assert!(refused.stderr.contains("relegation decide bob replace --mode rehearsal"), "{refused}");
    decide(&["--successor", "vera", "--mode", "rehearsal"]).exits(5);
    assert!(!house.path("agents/vera").exists());
    assert_eq!(files(), before);
    assert_eq!(all(&told(&house, &["relegation", "list"])["asked"], "member"), ["bob"]);

    let anew = decide(&[]).ok();
    assert!(anew.stdout.contains("bob begins anew in the ledger of rehearsals"), "{anew}");
    assert_eq!(files(), before);
    assert_eq!(balance(&house, "bob"), 30);
}

#[test]
fn a_tier_costs_what_the_catalog_says_and_needs_debates() {
    let house = house(&league("")).file("economy.toml", "[tiers]\nassignments = [2]\nslots = [2, 3]\n");
    debate(&house);
    let promote = || house.args(["promote", "ada"]).run();
    promote().exits(5).stderr_has("tier 1 needs 2 settled debates; ada has 1");
    debate(&house);
    told(&house, &["penalty", "ada", "5", "--reason", "to be poor"]);
    told(&house, &["penalty", "ada", &balance(&house, "ada").to_string(), "--reason", "to be poorer"]);
    promote().exits(5).stderr_has("it costs 25 sparks; ada has 0 sparks");
    told(&house, &["grant", "ada", "26", "--reason", "to be rich"]);
    assert!(promote().ok().stdout.contains("ada: tier 1 for 25 sparks, 3 skill slots, now 1"));
    promote().exits(5).stderr_has("has reached tier 1, the highest");
    let house = house.file("store/catalog.toml", "component = \"classic\"\n");
    house.args(["promote", "cleo"]).run().exits(4).stderr_has("the catalog has no `tier-1`");
    assert_eq!(told(&house, &["sparks", "--audit"])["faults"], json!([]));
}

#[test]
fn a_ledger_that_was_tampered_with_does_not_pass() {
    let house = house(&league(""));
    debate(&house);
    assert!(house.args(["sparks", "--audit"]).run().ok().stdout.contains("every balance is their sum"));
    house.tampered();
    let change = |sql: &str| {
        Connection::open(house.path("rehearsal/roundtable.db")).unwrap().execute_batch(sql).unwrap();
    };
    for (sql, words) in [
        (
            "UPDATE spark_ledger SET amount = 400 WHERE cause = 'opening/ada/1'",
            "has the amount `400`; posted was `30`",
        ),
        ("DELETE FROM spark_ledger WHERE cause = 'opening/bob/1'", "has no row for opening/bob/1"),
        (
            "INSERT INTO spark_ledger (agent_name, amount, reason, category, created_at, cause, seq)
             VALUES ('ada', 5, 'x', 'admin_grant', 0, 'mine', 1)",
            "`mine`, was never posted",
        ),
    ] {
        change(sql);
        let ran = house.args(["sparks", "--audit"]).run().exits(9);
        assert!(ran.stdout.contains(words) && ran.stderr.contains("does not add up"), "{ran}");
    }
    let audit = house.args(["sparks", "--audit", "--json"]).run().exits(9).digest();
    assert_eq!(audit["faults"].as_array().unwrap().len(), 3);
}

#[test]
fn the_leaderboard_ranks_by_marks_and_forgets_what_is_too_long_ago() {
    let house = house(&league(""));
    debate(&house);
    let board = told(&house, &["leaderboard", "--days", "7"]);
    assert_eq!(all(&board["members"], "member").last(), Some(&&json!("bob")));
    assert_eq!(all(&board["members"], "debates"), [&json!(1), &json!(1), &json!(1)]);
    assert_eq!(all(&board["members"], "rank"), [&json!(1), &json!(2), &json!(3)]);
    house.args(["leaderboard", "--days", "0"]).run().exits(2);
}
