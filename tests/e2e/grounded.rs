//! Debates with registered files: what is asked of the Steward, when it is answered, who hears it, and that nothing else can be reached.

use std::{fs, path::Path};

use amatelier_test_support::{Amatelier, Asked, FakeProvider, Reaction, normalised};
use serde_json::{Value, json};

use crate::{all, empty, find, pair, prompts, said};

/// A briefing that registers two files.
const BRIEFING: &str = "# The old bridge\n\nDecide whether to close it.\n\n## Steward-Registered Files\n\n\
    - data/hangers.csv (the inspection)\n- data/costs.json\n";

const HANGERS: &str = "hanger,state,loss_percent\n1,corroded,12\n2,sound,0\n3,corroded,31\n4,sound,1\n";
const COSTS: &str = "{\"closure\": 310000, \"partial\": 90000}\n";

/// Workers who say what their lines say, under a judge who says nothing.
fn scripted(lines: &[(&str, &str)]) -> String {
    let member = |(name, settings): &(&str, &str)| {
        format!("{name} = {{ role = \"worker\", component = \"scripted\", settings = {{ {settings} }} }}\n")
    };
    let members: String = lines.iter().map(member).collect();
    format!("[members]\n{members}judge = {{ role = \"judge\" }}\n")
}

fn house(team: &str, provider: &FakeProvider) -> Amatelier {
    let house = empty().team(team).provider(provider).briefing(BRIEFING);
    put(&house, "data/hangers.csv", HANGERS);
    put(&house, "data/costs.json", COSTS);
    house
}

/// A file of the project.
fn put(house: &Amatelier, path: &str, text: &str) {
    let path = house.briefing_path().parent().unwrap().join(path);
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(path, text).unwrap();
}

/// A request of the Steward for help.
fn looks_up(asked: &Asked) -> bool {
    asked.says("You are the Steward of a debate")
}

fn not_found() -> Reaction {
    Reaction::Say(json!({"answer": "Nothing there says so.", "found": false, "citations": []}).to_string())
}

#[test]
fn a_worker_asks_waits_its_turn_and_speaks_with_the_finding() {
    let provider = FakeProvider::start();
    let team = scripted(&[
        ("ada", "speak = \"First [[request: count rows where state == corroded in data/hangers.csv]]\""),
        ("bob", "speak = \"Two are corroded, see data/hangers.csv:2 and data/hangers.csv:9.\""),
    ]);
    let house = house(&team, &provider);
    let digest = house.roundtable().args(["--max-rounds", "1", "--budget", "0"]).run().ok().digest();
    let kinds: Vec<(&str, &str)> = digest["transcript"]
        .as_array()
        .unwrap()
        .iter()
        .filter(|line| line["phase"] == "speak" && line["role"] != "runner")
        .map(|line| (line["agent"].as_str().unwrap(), line["kind"].as_str().unwrap()))
        .filter(|(agent, _)| *agent != "judge")
        .collect();
    let mut bobs_place = kinds.clone();
    bobs_place.retain(|line| *line != ("bob", "speech"));
    // The same text twice: asked instead of spoken the first time, spoken the second time.
    assert_eq!(bobs_place, [("ada", "request"), ("steward", "finding"), ("ada", "speech")], "{kinds:?}");
    let lookup = find(&digest["lookups"], "agent", "ada");
    assert_eq!(lookup["outcome"], "found");
    assert!(lookup["answer"].as_str().unwrap().starts_with("2 of 4 rows"), "{lookup:#}");
    assert_eq!(all(&lookup["files"], "name"), ["data/hangers.csv"]);
    assert_eq!(lookup["model"], Value::Null);
    let finding = find(&digest["transcript"], "kind", "finding");
    assert_eq!(finding["to"], "ada", "nobody else is told");
    let cited: Vec<(&Value, &Value)> = digest["citations"]
        .as_array()
        .unwrap()
        .iter()
        .map(|cited| (&cited["first_line"], &cited["verified"]))
        .collect();
    assert_eq!(
        cited[1],
        (&json!(9), &json!(false)),
        "no finding says anything about a line that is not there"
    );
    assert_eq!(provider.requests().into_iter().filter(looks_up).count(), 0, "the grammar needs no model");
}

#[test]
fn four_lookups_are_under_way_at_once_and_the_debate_goes_on() {
    let provider = FakeProvider::start();
    let names = ["ada", "bob", "cyd", "dan"];
    let settings = "research = \"[[request: why is {name} worried]]\", speak = \"{name} speaks\"";
    let team = scripted(&names.map(|name| (name, settings)));
    let house = house(&team, &provider);
    let holds = names.map(|name| {
        let wanted = format!("why is {name} worried");
        provider.hold_when(move |asked| looks_up(asked) && asked.says(&wanted))
    });
    provider.whenever(looks_up, not_found());
    let running = house.roundtable().args(["--max-rounds", "1", "--budget", "0"]).spawn();
    // None is answered before all four are in.
    for hold in &holds {
        hold.reached();
    }
    // The answers come in another order than the questions.
    for hold in holds.iter().rev() {
        hold.release();
    }
    let digest = running.wait().ok().digest();
    assert_eq!(digest["contributions"], json!({"ada": 1, "bob": 1, "cyd": 1, "dan": 1}));
    assert_eq!(all(&digest["lookups"], "outcome"), ["not-found"; 4]);
    assert_eq!(all(&digest["lookups"], "free"), [true; 4]);
    assert_eq!(said(&digest, "finding").len(), 4);
}

#[test]
fn a_model_helps_and_what_it_cites_is_held_against_the_file() {
    let provider = FakeProvider::start();
    let team = scripted(&[("ada", "speak = \"Is it bad? [[request: how bad is the worst hanger]]\"")]);
    let house = house(&team, &provider);
    let look = json!({"tool": "grep", "arguments": {"pattern": "corroded"}}).to_string();
    provider.once(looks_up, Reaction::Say(look));
    let answer = json!({
        "answer": "Hanger 3 lost 31 percent (data/hangers.csv:4), hanger 2 lost 90 (data/hangers.csv:3).",
        "found": true,
        "citations": [
            {"file": "data/hangers.csv", "first_line": 4, "last_line": 4, "quote": "3,corroded,31"},
            {"file": "data/hangers.csv", "first_line": 3, "last_line": 3, "quote": "2,sound,90"},
        ],
    });
    provider.whenever(looks_up, Reaction::Say(answer.to_string()));
    let digest = house.roundtable().args(["--max-rounds", "1", "--budget", "0"]).run().ok().digest();
    let lookup = &digest["lookups"][0];
    assert_eq!((&lookup["outcome"], &lookup["model"]), (&json!("found"), &json!("fake")));
    assert_eq!(all(&lookup["citations"], "first_line"), [4], "{lookup:#}");
    assert_eq!(lookup["struck"].as_array().unwrap().len(), 1, "{lookup:#}");
    let shown: Vec<Asked> = provider.requests().into_iter().filter(looks_up).collect();
    assert_eq!(shown.len(), 3, "two for the request that defers, one for that of the speech");
    assert!(shown[1].says("3,corroded,31"), "it was shown what it looked for");
}

#[test]
fn a_model_that_has_tools_is_given_them() {
    let provider = FakeProvider::start();
    let team =
        scripted(&[("ada", "research = \"[[request: how bad is the worst hanger]]\", speak = \"Well.\"")]);
    let house = house(&team, &provider).variable("AMATELIER_OPENAI_COMPAT_TOOLS", "yes");
    provider.once(looks_up, Reaction::Call("read", json!({"file": "../secret.txt"}).to_string()));
    provider.once(looks_up, Reaction::Call("grep", json!({"pattern": "corroded"}).to_string()));
    provider.once(looks_up, Reaction::Call("no-such-tool", "not even JSON".into()));
    let answer = json!({
        "answer": "Hanger 3 lost 31 percent (data/hangers.csv:4).",
        "found": true,
        "citations": [{"file": "data/hangers.csv", "first_line": 4, "last_line": 4, "quote": "3,corroded,31"}],
    });
    provider.whenever(looks_up, Reaction::Say(answer.to_string()));
    let digest = house.roundtable().args(["--max-rounds", "1", "--budget", "0"]).run().ok().digest();
    assert_eq!(digest["lookups"][0]["outcome"], "found", "{}", digest["lookups"]);
    let asked: Vec<Asked> = provider.requests().into_iter().filter(looks_up).collect();
    assert_eq!(asked.len(), 4);
    assert!(asked[0].body["tools"].as_array().unwrap().len() >= 4 && asked[0].schema().is_none());
    let last = &asked[3].body["messages"];
    let results: Vec<&str> = last
        .as_array()
        .unwrap()
        .iter()
        .filter(|message| message["role"] == "tool")
        .map(|message| message["content"].as_str().unwrap())
        .collect();
    assert!(results[0].contains("not registered") && results[1].contains("3,corroded,31"), "{results:#?}");
    assert!(results[2].contains("not carried out"), "{results:#?}");
}

#[test]
fn without_consent_only_the_forms_are_answered() {
    let provider = FakeProvider::start();
    let team = scripted(&[("ada", "speak = \"[[request: how bad is it]]\"")]);
    let house = house(&team, &provider).variable("AMATELIER_STEWARD_CONSENT", "no");
    let digest = house.roundtable().args(["--max-rounds", "1", "--budget", "0"]).run().ok().digest();
    assert_eq!(all(&digest["lookups"], "outcome"), ["failed", "failed"]);
    assert_eq!(provider.requests().into_iter().filter(looks_up).count(), 0);
}

#[test]
fn what_cannot_be_registered_is_named_with_its_line() {
    let provider = FakeProvider::start();
    let house = house(&scripted(&[("ada", "speak = \"Yes.\"")]), &provider).briefing(
        "# Q\n\n## Steward-Registered Files\n\n- data/hangers.csv\n- ../outside.csv\n- data/missing.csv\n",
    );
    let strict = house.roundtable().args(["--strict"]).run().exits(2);
    assert!(strict.stderr.contains("line 6") && strict.stderr.contains("line 7"), "{strict}");
    assert_eq!(provider.asked(), 0);
    let digest = house.roundtable().args(["--max-rounds", "1", "--budget", "0"]).run().ok().digest();
    let notices = digest["notices"].to_string();
    assert!(notices.contains("line 6") && notices.contains("line 7"), "{notices}");
    house.roundtable().args(["--root", "nowhere"]).run().exits(2).stderr_has("--root");
}

#[test]
fn a_killed_lookup_is_carried_out_again_and_nothing_else_is() {
    let settings =
        |question: &str| format!("research = \"[[request: {question}]]\", speak = \"{{name}} speaks\"");
    let (ada, bob) = (settings("lines 1-2 of data/hangers.csv"), settings("why is it so"));
    let team = scripted(&[("ada", &ada), ("bob", &bob)]);
    let arguments = ["--max-rounds", "1", "--budget", "0", "--seed", "5"];
    let undisturbed = {
        let provider = FakeProvider::start();
        provider.whenever(looks_up, not_found());
        normalised(house(&team, &provider).roundtable().args(arguments).run().ok().digest())
    };
    let provider = FakeProvider::start();
    let house = house(&team, &provider);
    let hold = provider.hold_when(looks_up);
    let running = house.roundtable().args(arguments).spawn();
    hold.reached();
    running.kill();
    provider.behave();
    provider.whenever(looks_up, not_found());
    let digest = house.args(["resume"]).run().ok().digest();
    assert_eq!(digest["resent"], json!(["lookup/bob/1"]));
    assert_eq!(normalised(digest), undisturbed);
    assert_eq!(provider.requests().into_iter().filter(looks_up).count(), 2);
}

#[test]
fn a_steward_that_gets_no_answer_holds_nobody_up_for_longer_than_a_turn() {
    let provider = FakeProvider::start();
    provider.whenever(looks_up, Reaction::StallForever);
    let team = scripted(&[("ada", "research = \"[[request: why is it so]]\", speak = \"Well.\"")]);
    let house = house(&team, &provider);
    let short = ["--max-rounds", "1", "--budget", "0", "--speaker-timeout", "1"];
    let digest = house.roundtable().args(short).run().ok().digest();
    assert_eq!(digest["lookups"][0]["outcome"], "failed");
    assert_eq!(digest["contributions"], json!({"ada": 1}));
}

#[test]
fn who_goes_on_with_an_action_goes_on_as_it_began() {
    let provider = FakeProvider::start();
    let team = scripted(&[("ada", "research = \"[[request: how bad is it]]\", speak = \"Well.\"")]);
    let house = house(&team, &provider);
    let look = json!({"tool": "grep", "arguments": {"pattern": "corroded"}}).to_string();
    provider.once(looks_up, Reaction::Say(look));
    let hold = provider.hold_when(looks_up);
    let running = house.roundtable().args(["--max-rounds", "1", "--budget", "0"]).spawn();
    hold.reached();
    running.kill();
    provider.behave();
    provider.whenever(looks_up, not_found());
    // Tools by now; the lookup was begun without.
    let house = house.variable("AMATELIER_OPENAI_COMPAT_TOOLS", "yes");
    let digest = house.args(["resume"]).run().ok().digest();
    assert_eq!(digest["lookups"][0]["outcome"], "not-found");
    let asked: Vec<Asked> = provider.requests().into_iter().filter(looks_up).collect();
    assert_eq!(asked.len(), 3, "what was answered is not asked again");
    assert!(asked.iter().all(|asked| asked.body["tools"].is_null()));
}

#[test]
fn consent_is_asked_anew_when_a_debate_goes_on() {
    let provider = FakeProvider::start();
    let settings =
        "research = \"[[request: why is {name} here]]\", speak = \"{name} speaks [[request: why is it so]]\"";
    let house = house(&scripted(&[("ada", settings)]), &provider);
    let hold = provider.hold_when(looks_up);
    let running = house.roundtable().args(["--max-rounds", "1", "--budget", "0"]).spawn();
    hold.reached();
    running.kill();
    provider.behave();
    let house = house.variable("AMATELIER_STEWARD_CONSENT", "no");
    let digest = house.args(["resume"]).run().ok().digest();
    assert!(all(&digest["lookups"], "outcome").iter().all(|outcome| *outcome == "failed"), "{digest:#}");
    assert_eq!(provider.requests().into_iter().filter(looks_up).count(), 1, "only the one before the kill");
}

#[test]
fn a_file_that_is_another_by_now_is_refused() {
    let provider = FakeProvider::start();
    let team = scripted(&[("ada", "speak = \"{name} [[request: lines 1-9 of data/hangers.csv]]\"")]);
    let house = house(&team, &provider);
    let hold = provider.hold_when(prompts::rules(1));
    let running = house.roundtable().args(["--max-rounds", "2", "--budget", "0"]).spawn();
    hold.reached();
    put(&house, "data/hangers.csv", &HANGERS.replace("sound", "CANARY"));
    hold.release();
    let ran = running.wait().ok();
    let digest = ran.digest();
    let outcomes = all(&digest["lookups"], "outcome");
    assert_eq!(outcomes.first().unwrap(), &"found");
    assert_eq!(outcomes.last().unwrap(), &"failed", "{}", digest["lookups"]);
    assert!(!digest.to_string().contains("CANARY"));
}

/// What a speech or a model may try to reach. Each must end in a refusal or in registered bytes.
const ESCAPES: [&str; 22] = [
    "../secret.txt",
    "data/../../secret.txt",
    "./data/../secret.txt",
    "..\\\\secret.txt",
    "/etc/passwd",
    "//etc/passwd",
    "/proc/self/environ",
    "/proc/self/fd/3",
    "file:///etc/passwd",
    "data/%2e%2e/%2e%2e/secret.txt",
    "data/hangers.csv.",
    "data/hangers.csv ",
    "data/hangers.csv/",
    "data//hangers.csv",
    "data/link.csv",
    "data/other.csv",
    "data",
    ".",
    "~/secret.txt",
    "secret.txt",
    ".env",
    "data/hangers.csv\\u0000.txt",
];

/// Everything that is in a folder, as bytes.
fn holds(folder: &Path, needle: &str) -> Vec<String> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.extend(holds(&path, needle));
        } else if path.is_file() {
            let bytes = fs::read(&path).unwrap();
            if bytes.windows(needle.len()).any(|window| window == needle.as_bytes()) {
                found.push(path.display().to_string());
            }
        }
    }
    found
}

/// A project with secrets around its registered files.
#[cfg(unix)]
fn besieged(team: &str, provider: &FakeProvider) -> Amatelier {
    let house = house(team, provider).briefing(format!("{BRIEFING}- data/*.pem\n- .env\n- data/link.csv\n"));
    for path in ["../secret.txt", "secret.txt", "data/other.csv", "data/key.pem", ".env"] {
        // Beside the registered files, or above them: the project is a folder of its own below the home.
        let path = path.strip_prefix("../").unwrap_or(path);
        put(&house, path, "CANARY-1f7a\n");
    }
    let data = house.briefing_path().parent().unwrap().join("data");
    std::os::unix::fs::symlink(data.join("../secret.txt"), data.join("link.csv")).unwrap();
    house
}

#[cfg(unix)]
fn is_tight(house: &Amatelier, provider: &FakeProvider, digest: &Value) {
    assert_eq!(holds(&house.workspace(), "CANARY-1f7a"), [""; 0], "in the workspace");
    assert!(!digest.to_string().contains("root:x:"), "{digest:#}");
    for asked in provider.requests() {
        let body = asked.body.to_string();
        assert!(!body.contains("CANARY-1f7a") && !body.contains("root:x:"), "shown to a model: {body}");
    }
}

#[cfg(unix)]
#[test]
fn speeches_reach_nothing_but_registered_files() {
    let provider = FakeProvider::start();
    let requests: Vec<String> = ESCAPES
        .iter()
        .flat_map(|name| {
            [format!("[[request: lines 1-3 of {name}]]"), format!("[[request: grep . in {name}]]")]
        })
        .collect();
    // Eight workers with a share of them each: nobody may ask more often.
    let shares: Vec<String> = requests
        .chunks(requests.len().div_ceil(8))
        .map(|share| format!("research = \"{}\", speak = \"I see.\"", share.join(" ")))
        .collect();
    let names = ["a", "b", "c", "d", "e", "f", "g", "h"];
    let lines: Vec<(&str, &str)> = names.into_iter().zip(shares.iter().map(String::as_str)).collect();
    let house = besieged(&scripted(&lines), &provider).variable("AMATELIER_STEWARD_REQUESTS", "20");
    provider.whenever(looks_up, not_found());
    let digest = house.roundtable().args(["--max-rounds", "1", "--budget", "0"]).run().ok().digest();
    assert_eq!(digest["lookups"].as_array().unwrap().len(), 2 * ESCAPES.len());
    is_tight(&house, &provider, &digest);
}

#[cfg(unix)]
#[test]
fn a_hostile_model_reaches_nothing_but_registered_files() {
    let provider = FakeProvider::start();
    for (place, name) in ESCAPES.iter().enumerate() {
        let name: String = serde_json::from_str(&format!("\"{name}\"")).unwrap();
        let call = match place % 3 {
            0 => json!({"tool": "read", "arguments": {"file": name, "first_line": 1, "lines": 9}}),
            1 => json!({"tool": "grep", "arguments": {"pattern": ".", "files": name}}),
            _ => json!({"tool": "query", "arguments": {"file": name}}),
        };
        provider.once(looks_up, Reaction::Say(call.to_string()));
    }
    provider.whenever(looks_up, not_found());
    let team = scripted(&[(
        "ada",
        "research = \"[[request: tell me one]] [[request: tell me two]] [[request: tell me three]]\", speak = \"Well.\"",
    )]);
    let house = besieged(&team, &provider);
    let digest = house.roundtable().args(["--max-rounds", "1", "--budget", "0"]).run().ok().digest();
    assert_eq!(digest["lookups"].as_array().unwrap().len(), 3);
    assert!(provider.requests().into_iter().filter(looks_up).count() > ESCAPES.len());
    is_tight(&house, &provider, &digest);
}

#[test]
fn a_cap_on_tokens_makes_the_debate_wait_and_a_higher_one_lets_it_go_on() {
    let provider = FakeProvider::start();
    let house = pair(&provider);
    let arguments = ["--max-rounds", "1", "--budget", "0", "--seed", "3"];
    let capped = house.roundtable().args(arguments).args(["--max-tokens", "6000"]).run().exits(6);
    assert!(capped.stderr.contains("max-tokens 6000") && capped.stderr.contains("--max-tokens"), "{capped}");
    let asked = provider.asked();
    let tokens = |asked: &Asked| asked.input_tokens() + asked.output_tokens();
    let used: usize = provider.requests().iter().map(tokens).sum();
    assert!(asked > 0 && used < 6_000, "it stops before a request could exceed the cap: {asked}, {used}");
    let listed = house.args(["list", "--json"]).run().ok().digest();
    assert_eq!(all(&listed["roundtables"], "status"), ["paused"]);
    house.args(["resume"]).run().exits(6);
    assert_eq!(provider.asked(), asked, "and nothing is asked while it is not raised");
    let digest = house.args(["resume", "--max-tokens", "9000000"]).run().ok().digest();
    assert_eq!(digest["scoring_status"], "complete");
    assert_eq!(digest["stop"]["reason"], "max-rounds");
    assert!(provider.requests().iter().all(|asked| asked.times == 1), "nothing was asked twice");
}

#[test]
fn a_debate_that_waits_at_a_cap_can_be_closed_and_scored_as_it_is() {
    let provider = FakeProvider::start();
    let house = pair(&provider);
    let arguments = ["--max-rounds", "1", "--budget", "0", "--seed", "3", "--max-tokens", "6000"];
    house.roundtable().args(arguments).run().exits(6);
    let id = house.args(["list", "--json"]).run().ok().digest()["roundtables"][0]["id"]
        .as_str()
        .unwrap()
        .to_owned();
    house.args(["stop", &id]).run().exits(4).stderr_has("--stop");
    let digest = house.args(["resume", "--stop", "--max-tokens", "90000"]).run().ok().digest();
    assert_eq!(
        (&digest["stop"]["reason"], &digest["scoring_status"]),
        (&json!("operator"), &json!("complete"))
    );
}

#[test]
fn a_cap_on_minutes_that_not_one_request_fits_into() {
    let provider = FakeProvider::start();
    let house = pair(&provider);
    let short = ["--max-rounds", "1", "--budget", "0", "--max-minutes", "1"];
    house.roundtable().args(short).run().exits(2).stderr_has("--speaker-timeout");
    let waits = house.roundtable().args(short).args(["--speaker-timeout", "60"]).run().exits(6);
    assert!(waits.stderr.contains("max-minutes 1"), "{waits}");
    assert_eq!(provider.asked(), 0);
    let digest = house.args(["resume", "--max-minutes", "30", "--speaker-timeout", "60"]).run().ok().digest();
    assert_eq!(digest["scoring_status"], "complete");
}

#[test]
fn a_worker_whose_provider_is_down_costs_the_others_nothing() {
    let provider = FakeProvider::start();
    provider.whenever(prompts::of("elena"), Reaction::Status(500));
    let house = pair(&provider);
    let digest = house.roundtable().args(["--max-rounds", "2", "--budget", "1"]).run().ok().digest();
    assert_eq!(digest["contributions"], json!({"marcus": 5}));
    assert_eq!(digest["benched"], json!({}), "nobody is benched for a provider's fault");
    let turns = digest["turns"].as_array().unwrap().iter().filter(|turn| turn["agent"] == "elena").count();
    let retries = provider.requests().into_iter().filter(prompts::of("elena")).count();
    assert!(retries <= turns * 4, "{retries} requests for {turns} turns");
}

#[test]
fn a_research_turn_that_gets_no_answer_is_lost_and_the_debate_can_be_run_again() {
    let provider = FakeProvider::start();
    provider.once(|_| true, Reaction::StallForever);
    let house = house(crate::PAIR, &provider);
    let short = ["--max-rounds", "1", "--budget", "0", "--speaker-timeout", "4"];
    let digest = house.roundtable().args(short).run().ok().digest();
    let research: Vec<&str> = digest["turns"]
        .as_array()
        .unwrap()
        .iter()
        .filter(|turn| turn["id"].as_str().unwrap().starts_with("r0/"))
        .map(|turn| turn["ending"].as_str().unwrap())
        .collect();
    assert!(research.contains(&"host-fault") && research.len() == 2, "{research:?}");
    // Nobody knows what the request took: the worst is counted, and nothing is held for ever.
    let cost = house.args(["cost", "--json"]).run().ok().digest();
    assert_eq!(cost["total"]["held_microusd"], 0, "nothing was paid");
}
