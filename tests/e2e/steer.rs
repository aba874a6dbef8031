//! A debate that runs, steered from another terminal: what is said to it, and who may speak.

use std::path::Path;

use amatelier_test_support::{Amatelier, Asked, FakeProvider, Hold, Running, normalised};
use serde_json::{Value, json};

use crate::{all, empty, find, pair, prompts, said};

const SHORT: [&str; 6] = ["--max-rounds", "2", "--budget", "0", "--seed", "4"];

/// Three workers: one who speaks, one who would be next, and one behind.
const TRIO: &str = "[members]\n\
    elena = { role = \"worker\", tagline = \"joins\" }\n\
    marcus = { role = \"worker\", tagline = \"attacks\" }\n\
    simon = { role = \"worker\", tagline = \"counts\" }\n\
    judge = { role = \"judge\" }\n\
    [rubric]\n\
    component = \"classic\"\n";

fn trio(provider: &FakeProvider) -> Amatelier {
    empty().team(TRIO).provider(provider)
}

/// Who contributed in a phase, in the order of the transcript.
fn speakers(digest: &Value, round: u32, phase: &str) -> Vec<String> {
    let lines = digest["transcript"].as_array().unwrap().iter();
    let of_phase =
        lines.filter(|line| line["kind"] == "speech" && line["round"] == round && line["phase"] == phase);
    of_phase.map(|line| line["agent"].as_str().unwrap().to_owned()).collect()
}

/// The order in which the trio speaks when nobody steers.
fn order() -> [String; 3] {
    let provider = FakeProvider::start();
    let digest = trio(&provider).roundtable().args(SHORT).run().ok().digest();
    speakers(&digest, 1, "speak").try_into().unwrap()
}

/// Who makes this request.
fn member(asked: &Asked, members: &[&'static str]) -> &'static str {
    members.iter().find(|name| prompts::of(name)(asked)).unwrap()
}

fn is_of_the_judge(asked: &Asked) -> bool {
    prompts::moderates(asked)
        || prompts::rules(1)(asked)
        || prompts::rules(2)(asked)
        || prompts::sums_up(asked)
}

/// A debate of a house whose first speaker is held.
fn begun(house: &Amatelier, provider: &FakeProvider) -> (Running, Hold, Asked) {
    let hold = provider.hold_when(prompts::speaks(1));
    let running = house.roundtable().args(SHORT).spawn();
    let held = hold.reached();
    (running, hold, held)
}

#[test]
fn what_is_interjected_is_heard_by_whoever_is_called_next_and_stays_in_the_transcript() {
    let (first, second, late) =
        ("Think of the hospital on the other bank.", "And of [judge]: the school.", "And now decide.");
    let provider = FakeProvider::start();
    let house = pair(&provider);
    let between = provider.hold_when(prompts::sums_up);
    let (running, hold, held) = begun(&house, &provider);
    let told = house.args(["interject", first, "--json"]).run().ok().digest();
    assert_eq!(
        (&told["schema"], &told["steer"]["interject"]["text"], &told["pid"]),
        (&json!("amatelier/steered/v1"), &json!(first), &json!(running.pid()))
    );
    let piped = ["-c", "printf '%s\\n' \"$1\" | \"$0\" interject -", env!("CARGO_BIN_EXE_amatelier"), second];
    let told = house.through(Path::new("sh"), piped).run().ok();
    assert!(told.stdout.contains("said to all"), "{told}");
    hold.release();
    // The round is over and everybody has spoken: the next one hears it all the same.
    between.reached();
    house.args(["interject", late]).run().ok();
    between.release();
    let digest = running.wait().ok().digest();

    assert_eq!(said(&digest, "interjection"), [first, second, late]);
    let line = find(&digest["transcript"], "message", first);
    assert_eq!((&line["agent"], &line["round"]), (&json!("user"), &json!(1)));
    let heard = |text: &str| {
        let named = format!("[user, who holds this debate]: {text}");
        provider.requests().into_iter().filter(move |asked| asked.says(&named)).collect::<Vec<_>>()
    };
    let of_both = |requests: &[Asked], fits: &dyn Fn(&Asked) -> bool| {
        ["elena", "marcus"]
            .map(|name| requests.iter().filter(|asked| prompts::of(name)(asked) && fits(asked)).count())
    };
    assert!(!held.says(first), "who was speaking was not interrupted");
    assert_eq!(heard(first)[0].n, held.n + 1);
    assert_eq!(heard(second)[0].n, held.n + 1);
    assert_eq!(of_both(&heard(first), &prompts::rebuts(1)), [1, 1]);
    assert_eq!(of_both(&heard(late), &prompts::speaks(2)), [1, 1]);
}

#[test]
fn a_whisper_reaches_whom_it_is_for_and_the_judge_and_nobody_else() {
    let secret = "Ask what the ferry costs.";
    let provider = FakeProvider::start();
    let house = pair(&provider);
    let (running, hold, held) = begun(&house, &provider);
    let other = if member(&held, &["elena", "marcus"]) == "elena" { "marcus" } else { "elena" };
    let told = house.args(["whisper", other, secret]).run().ok();
    assert!(told.stdout.contains(other), "{told}");
    hold.release();
    let digest = running.wait().ok().digest();

    let line = find(&digest["transcript"], "message", secret);
    assert_eq!((&line["agent"], &line["to"]), (&json!("user"), &json!(other)));
    let heard: Vec<Asked> = provider.requests().into_iter().filter(|asked| asked.says(secret)).collect();
    let of_addressee = |asked: &&Asked| prompts::of(other)(asked);
    let (own, others): (Vec<&Asked>, Vec<&Asked>) = heard.iter().partition(of_addressee);
    assert!(own.iter().any(|asked| prompts::speaks(1)(asked) && asked.says("to you and the judge only]")));
    // When all is over, the rubric reads what the addressee was told, to mark what it made of it.
    let (of_judge, rest): (Vec<&Asked>, Vec<&Asked>) =
        others.into_iter().partition(|asked| is_of_the_judge(asked));
    assert!(!of_judge.is_empty() && rest.iter().all(|asked| prompts::marks(asked)), "{rest:#?}");
}

#[test]
fn who_is_wanted_next_speaks_next() {
    let [first, second, third] = order();
    let provider = FakeProvider::start();
    let house = trio(&provider);
    let (running, hold, _) = begun(&house, &provider);
    house.args(["next", &first]).run().exits(5).stderr_has("not waiting to speak");
    let told = house.args(["next", &third, "--json"]).run().ok().digest();
    assert_eq!(told["steer"], json!({ "next": { "member": third } }));
    hold.release();
    let digest = running.wait().ok().digest();
    assert_eq!(speakers(&digest, 1, "speak"), [first, third.clone(), second]);
    assert_eq!(said(&digest, "note"), [format!("NEXT: {third} — by the operator")]);
}

#[test]
fn who_is_muted_is_not_called_until_the_word_is_given_back() {
    let [first, second, third] = order();
    let provider = FakeProvider::start();
    let house = trio(&provider);
    let later = provider.hold_when(prompts::speaks(2));
    let (running, hold, _) = begun(&house, &provider);
    house.args(["mute", &second, "--off"]).run().exits(5).stderr_has("is not muted");
    house.args(["mute", &second]).run().ok();
    house.args(["mute", &second]).run().exits(5).stderr_has("muted already");
    hold.release();
    later.reached();
    let called = |asked: &[Asked]| asked.iter().any(prompts::of(&second));
    assert!(!called(&provider.requests()), "it was called while it was muted");
    let told = house.args(["mute", &second, "--off", "--json"]).run().ok().digest();
    assert_eq!(told["steer"], json!({ "mute": { "member": second, "muted": false } }));
    later.release();
    let digest = running.wait().ok().digest();
    for (round, phase, absent) in
        [(1, "speak", true), (1, "rebuttal", true), (2, "speak", true), (2, "rebuttal", false)]
    {
        let spoke = speakers(&digest, round, phase);
        assert!(spoke.contains(&first) && spoke.contains(&third), "round {round} {phase}: {spoke:?}");
        assert_eq!(!spoke.contains(&second), absent, "round {round} {phase}: {spoke:?}");
    }
    let notes =
        [format!("MUTED: {second} — by the operator"), format!("UNMUTED: {second} — by the operator")];
    assert_eq!(said(&digest, "note"), notes);
}

#[test]
fn what_makes_no_sense_is_refused_in_words_and_changes_nothing() {
    let provider = FakeProvider::start();
    let house = pair(&provider);
    for arguments in
        [&["interject", "Why?"][..], &["whisper", "elena", "Why?"], &["next", "elena"], &["mute", "elena"]]
    {
        house.args(arguments).run().exits(4).stderr_has("no roundtable is running");
    }
    let marks = provider.hold_when(prompts::marks);
    let (running, hold, _) = begun(&house, &provider);
    let (most, more) = ("ä".repeat(4000), "ä".repeat(4001));
    for (arguments, code, words) in [
        (&["whisper", "elna", "Why?"][..], 4, "did you mean `elena`?"),
        (&["whisper", "zoe", "Why?"], 4, "name one of elena, marcus, judge"),
        (&["next", "judge"], 4, "name one of elena, marcus"),
        (&["mute", "Marcus"], 4, "did you mean `marcus`?"),
        (&["interject", " \n"], 2, "nothing to say"),
        (&["interject", "-"], 2, "nothing to say"),
        (&["whisper", "elena", ""], 2, "nothing to say"),
        (&["interject", &more], 2, "longer than 4000 characters"),
        (&["interject", "Why?", "nonsense"], 2, "ID"),
        (&["interject", "Why?", "000000000000"], 4, "no roundtable"),
    ] {
        house.args(arguments).run().exits(code).stderr_has(words);
    }
    house.args(["whisper", "judge", &most]).run().ok();
    hold.release();
    marks.reached();
    house.args(["interject", "Too late."]).run().exits(5).stderr_has("closed");
    marks.release();
    let digest = running.wait().ok().digest();
    assert_eq!(said(&digest, "interjection"), [most]);
    let id = digest["roundtable_id"].as_str().unwrap();
    house.args(["interject", "Why?", id]).run().exits(4).stderr_has("nobody is driving");
}

#[test]
fn of_several_debates_the_newest_is_steered_unless_one_is_named() {
    let provider = FakeProvider::start();
    let house = pair(&provider);
    let (one, first_hold, _) = begun(&house, &provider);
    let listed = house.args(["list", "--json"]).run().ok().digest();
    let first = all(&listed["roundtables"], "id")[0].as_str().unwrap().to_owned();
    let (other, second_hold, _) = begun(&house, &provider);
    house.args(["interject", "To the newest."]).run().ok();
    house.args(["interject", "To the older one.", &first]).run().ok();
    first_hold.release();
    second_hold.release();
    assert_eq!(said(&one.wait().ok().digest(), "interjection"), ["To the older one."]);
    assert_eq!(said(&other.wait().ok().digest(), "interjection"), ["To the newest."]);
}

#[test]
fn a_steered_debate_that_is_killed_goes_on_as_it_was_steered() {
    let [_, second, third] = order();
    let steered = |killed: bool| {
        let provider = FakeProvider::start();
        let house = trio(&provider);
        let (running, hold, _) = begun(&house, &provider);
        house.args(["interject", "Think of the hospital."]).run().ok();
        house.args(["whisper", &third, "Ask what the ferry costs."]).run().ok();
        house.args(["next", &third]).run().ok();
        house.args(["mute", &second]).run().ok();
        if !killed {
            hold.release();
            return running.wait().ok().digest();
        }
        running.kill();
        house.args(["interject", "Why?"]).run().exits(4);
        house.args(["resume"]).run().ok().digest()
    };
    let (calm, resumed) = (steered(false), steered(true));
    assert_eq!(resumed["resent"].as_array().unwrap().len(), 1);
    assert_eq!(speakers(&calm, 1, "speak").last(), Some(&third));
    assert_eq!(said(&calm, "interjection").len(), 2);
    assert_eq!(normalised(resumed), normalised(calm));
}
