//! How large a prompt is: no larger in a late round than in an early one, and what it leaves out where the model takes less.

use amatelier_test_support::{Asked, FakeProvider, Reaction};
use serde_json::Value;

use crate::{all, empty, pair, prompts};

const TRIO: [&str; 3] = ["elena", "marcus", "clare"];

fn team() -> String {
    let members = TRIO.map(|name| format!("{name} = {{ role = \"worker\" }}\n"));
    format!(
        "[members]\n{}judge = {{ role = \"judge\" }}\n[rubric]\ncomponent = \"classic\"\n",
        members.concat()
    )
}

/// Words that nobody else says, so many of them, each as long as the others.
fn speech(member: &str, phase: &str, round: u32, words: usize) -> String {
    let words: Vec<String> = (0..words).map(|n| format!("{member}-{phase}{round:02}x{n:04}")).collect();
    words.join(" ")
}

/// The characters of a request's prompt.
fn size(asked: &Asked) -> usize {
    let messages = asked.body["messages"].as_array().unwrap().iter();
    messages.map(|message| message["content"].as_str().unwrap().chars().count()).sum()
}

#[test]
fn a_prompt_of_round_thirty_is_no_larger_than_one_of_round_three() {
    let provider = FakeProvider::start();
    for round in 1..=30 {
        for member in TRIO {
            let says = |phase: &str| Reaction::Say(speech(member, phase, round, 120));
            let (of, speaks) = (prompts::of(member), prompts::speaks(round));
            provider.whenever(move |asked| of(asked) && speaks(asked), says("speak"));
            let (of, rebuts) = (prompts::of(member), prompts::rebuts(round));
            provider.whenever(move |asked| of(asked) && rebuts(asked), says("rebut"));
        }
    }
    provider.whenever(prompts::moderates, Reaction::Say("PASS".into()));
    provider.whenever(
        prompts::sums_up,
        Reaction::Say(format!("Established\n{}", speech("judge", "state", 0, 300))),
    );
    let house = empty().team(&team()).provider(&provider);
    let digest = house.roundtable().args(["--max-rounds", "30", "--budget", "0"]).run().ok().digest();
    assert_eq!(digest["rounds"], 30);

    let requests = provider.requests();
    let sized = |fits: &dyn Fn(&Asked) -> bool| -> usize {
        let found: Vec<usize> = requests.iter().filter(|asked| fits(asked)).map(size).collect();
        assert_eq!(found.len(), 1, "each is asked once");
        found[0]
    };
    let grows = |what: &str, early: usize, late: usize| {
        assert!(late * 100 <= early * 105, "{what}: {early} characters early on, {late} in the end");
    };
    for member in TRIO {
        // Thirty rounds are nine times three: the seating has come round to where it was.
        let speaks = |round| sized(&|asked| prompts::of(member)(asked) && prompts::speaks(round)(asked));
        let rebuts = |round| sized(&|asked| prompts::of(member)(asked) && prompts::rebuts(round)(asked));
        grows(&format!("{member} speaks"), speaks(3), speaks(30));
        grows(&format!("{member} rebuts"), rebuts(3), rebuts(30));
        assert!(rebuts(3) > 3 * speech(member, "speak", 3, 120).len(), "it holds the round");
    }
    // In the last round the judge is told that it is the last.
    let rules = |round| sized(&prompts::rules(round));
    grows("the judge rules", rules(3), rules(29));
    let sums_up = |round: u32| {
        let task = format!("write the state of the debate after round {round}.");
        sized(&move |asked: &Asked| asked.says(&task))
    };
    grows("the judge sums up", sums_up(3), sums_up(29));
    let moderates = |round: u32| {
        let newest = speech("elena", "speak", round, 1);
        let of_round = |asked: &&Asked| prompts::moderates(asked) && asked.says(&newest);
        requests.iter().filter(of_round).map(size).max().unwrap()
    };
    grows("the judge moderates", moderates(3), moderates(29));
}

#[test]
fn what_a_prompt_leaves_out_to_fit_is_listed() {
    const WORDS: usize = 3_000;
    let provider = FakeProvider::start();
    for member in TRIO {
        for (phase, fits) in [("speak", true), ("rebut", false)] {
            let (of, speaks, rebuts) = (prompts::of(member), prompts::speaks(1), prompts::rebuts(1));
            let so = move |asked: &Asked| {
                asked.input_tokens() <= WORDS && of(asked) && if fits { speaks(asked) } else { rebuts(asked) }
            };
            provider.whenever(so, Reaction::Say(speech(member, phase, 1, 700)));
        }
    }
    provider.whenever(|asked| asked.input_tokens() > WORDS, Reaction::TooLong(WORDS as u32));
    let house = empty().team(&team()).provider(&provider);
    let ran = house.roundtable().args(["--max-rounds", "1", "--budget", "0", "--seed", "7"]).run().ok();
    let digest = ran.digest();
    let id = digest["roundtable_id"].as_str().unwrap();
    let rebuttals: Vec<&Value> = digest["turns"]
        .as_array()
        .unwrap()
        .iter()
        .filter(|turn| turn["id"].as_str().unwrap().contains("/rebuttal/"))
        .collect();
    assert!(rebuttals.iter().all(|turn| turn["ending"] == "done"), "{rebuttals:#?}");

    // Who rebuts last has most to hear.
    let turn = rebuttals.last().unwrap()["id"].as_str().unwrap();
    let shown = house.args(["prompt", id, turn, "--json"]).run().ok().digest();
    let calls = shown["calls"].as_array().unwrap();
    assert_eq!(calls[0]["left_out"], Value::Array(Vec::new()), "nothing before the model refuses");
    let last = calls.last().unwrap();
    let left_out: Vec<u64> =
        last["left_out"].as_array().unwrap().iter().map(|n| n.as_u64().unwrap()).collect();
    assert!(!left_out.is_empty(), "{shown:#}");
    let lines = digest["transcript"].as_array().unwrap();
    let prompt = last["request"].to_string();
    for line in lines.iter().filter(|line| line["kind"] == "speech") {
        let first = line["message"].as_str().unwrap().split(' ').next().unwrap();
        if left_out.contains(&line["seq"].as_u64().unwrap()) {
            assert!(!prompt.contains(first), "{first} was said to be left out");
        }
    }
    let numbers: Vec<String> = left_out.iter().map(u64::to_string).collect();
    let printed = house.args(["prompt", id, turn]).run().ok().stdout;
    assert!(
        printed.contains(&format!("left out so that it fits: message {}", numbers.join(", "))),
        "{printed}"
    );

    // The judge reads with the same model.
    let gate = house.args(["prompt", id, "r1/gate", "--json"]).run().ok().digest();
    let left = all(&gate["calls"], "left_out");
    assert!(left.last().unwrap().as_array().is_some_and(|left| !left.is_empty()), "{left:?}");
}

#[test]
fn a_prompt_that_fits_leaves_nothing_out() {
    let provider = FakeProvider::start();
    let house = pair(&provider);
    let digest = house.roundtable().args(["--max-rounds", "1", "--budget", "0"]).run().ok().digest();
    let id = digest["roundtable_id"].as_str().unwrap();
    let printed = house.args(["prompt", id, "r1/rebuttal/elena"]).run().ok().stdout;
    assert!(!printed.contains("left out"), "{printed}");
}
