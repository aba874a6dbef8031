//! A provider that misbehaves.

use std::time::Duration;

use amatelier_test_support::{FakeProvider, Reaction, normalised};
use serde_json::json;

use crate::{all, find, pair, prompts, said};

/// The endings of the turns of this digest, by action.
fn ending<'a>(digest: &'a serde_json::Value, action: &str) -> &'a str {
    find(&digest["turns"], "id", action)["ending"].as_str().unwrap()
}

#[test]
fn a_turn_that_gets_no_answer_is_lost_and_the_debate_goes_on() {
    for stall in [Reaction::StallForever, Reaction::StallMidStream] {
        let provider = FakeProvider::start();
        let (elena, speaks) = (prompts::of("elena"), prompts::speaks(1));
        provider.whenever(move |asked| elena(asked) && speaks(asked), stall);
        let house = pair(&provider);
        let short = ["--max-rounds", "1", "--budget", "0", "--speaker-timeout", "1"];
        let digest = house.roundtable().args(short).run().ok().digest();
        assert_eq!(ending(&digest, "r1/speak/elena"), "host-fault", "it was the model that was slow");
        assert_eq!(ending(&digest, "r1/rebuttal/elena"), "done", "she is called again");
        assert_eq!(said(&digest, "fault").len(), 1);
        assert!(said(&digest, "fault")[0].contains("elena"), "{:?}", said(&digest, "fault"));
        assert_eq!(
            (&digest["contributions"]["elena"], &digest["contributions"]["marcus"]),
            (&json!(1), &json!(2))
        );
        assert_eq!(digest["scoring_status"], "complete");
    }
}

#[test]
fn a_provider_that_answers_nobody_pauses_the_debate() {
    let provider = FakeProvider::start();
    provider.whenever(|_| true, Reaction::StallForever);
    let house = pair(&provider);
    let short = ["--max-rounds", "1", "--budget", "0", "--speaker-timeout", "1"];
    house.roundtable().args(short).run().exits(7).stderr_has("did not answer within");
    provider.behave();
    let digest = house.args(["resume"]).run().ok().digest();
    assert_eq!(digest["contributions"], json!({"elena": 2, "marcus": 2}));
    assert_eq!(digest["benched"], json!({}));
}

#[test]
fn a_provider_that_stays_down_pauses_the_debate_and_resume_finishes_it() {
    let provider = FakeProvider::start();
    provider.whenever(prompts::speaks(2), Reaction::Status(500));
    let house = pair(&provider);
    let down = house.roundtable().args(["--max-rounds", "2", "--budget", "1"]).run().exits(7);
    assert!(down.stderr.contains("resume") && down.stderr.contains("500"), "{down}");
    assert_eq!(down.stdout, "", "there is no result yet");
    let answered = provider.finished();
    let listed = house.args(["list", "--json"]).run().ok().digest();
    assert_eq!(all(&listed["roundtables"], "status"), ["paused"]);

    // Still down: it waits on, and only the phase that failed is tried.
    house.args(["resume"]).run().exits(7);
    assert_eq!(provider.finished(), answered);

    provider.behave();
    let digest = house.args(["resume"]).run().ok().digest();
    assert_eq!((&digest["rounds"], &digest["scoring_status"]), (&json!(2), &json!("complete")));
    assert_eq!(digest["stop"]["reason"], "max-rounds");
    assert_eq!(digest["contributions"]["elena"], 5);
    assert_eq!(digest["benched"], json!({}), "nobody at the table is to blame");
    let answered_twice = provider.requests().into_iter().filter(|asked| asked.finished && asked.times > 1);
    let again: Vec<_> = answered_twice.filter(|asked| !prompts::speaks(2)(asked)).collect();
    assert!(again.is_empty(), "{again:#?}");
}

#[test]
fn a_provider_that_is_none_is_named_for_what_it_is() {
    let provider = FakeProvider::start();
    provider.whenever(|_| true, Reaction::WebPage);
    let ran = pair(&provider).roundtable().run().exits(7);
    assert!(ran.stderr.contains("web page") && ran.stderr.contains("base URL"), "{ran}");
    assert_eq!(provider.asked(), 2, "one request a turn, and none of them twice");
}

#[test]
fn garbage_for_one_is_a_fault_of_the_host_and_no_end() {
    let provider = FakeProvider::start();
    let (marcus, speaks) = (prompts::of("marcus"), prompts::speaks(1));
    provider.once(move |asked| marcus(asked) && speaks(asked), Reaction::WebPage);
    let house = pair(&provider);
    let digest = house.roundtable().args(["--max-rounds", "1", "--budget", "0"]).run().ok().digest();
    assert_eq!(ending(&digest, "r1/speak/marcus"), "host-fault");
    assert_eq!(ending(&digest, "r1/rebuttal/marcus"), "done");
    assert_eq!(digest["scoring_status"], "complete");
}

#[test]
fn a_damaged_answer_is_asked_for_again() {
    let provider = FakeProvider::start();
    provider.once(prompts::speaks(1), Reaction::BrokenJson);
    let house = pair(&provider);
    let digest = house.roundtable().args(["--max-rounds", "1", "--budget", "0"]).run().ok().digest();
    assert_eq!(said(&digest, "fault"), Vec::<&str>::new());
    let requests = provider.requests();
    assert_eq!(requests[0].key, requests[1].key);
    assert_eq!(digest["usage"]["calls"], provider.finished());
}

#[test]
fn an_answer_that_breaks_off_is_asked_for_once_more_and_half_of_it_is_never_posted() {
    let provider = FakeProvider::start();
    provider.once(prompts::speaks(1), Reaction::CutMidStream);
    let house = pair(&provider);
    let digest = house.roundtable().args(["--max-rounds", "1", "--budget", "0"]).run().ok().digest();
    let cut = provider.requests()[0].answer.clone().unwrap();
    let beginning: String = cut.chars().take(40).collect();
    assert!(!said(&digest, "speech").iter().any(|speech| speech.starts_with(&beginning)));
    assert_eq!(digest["contributions"], json!({"elena": 2, "marcus": 2}));
}

#[test]
fn a_rate_limit_is_waited_out_and_changes_nothing() {
    let arguments = ["--max-rounds", "1", "--budget", "1", "--seed", "3"];
    let calm = FakeProvider::start();
    let expected = normalised(pair(&calm).roundtable().args(arguments).run().ok().digest());

    let busy = FakeProvider::start();
    busy.whenever(|asked| asked.times == 1 && asked.n % 3 == 1, Reaction::RateLimit { retry_after_ms: 20 });
    let digest = pair(&busy).roundtable().args(arguments).run().ok().digest();
    assert!(busy.asked() > calm.asked());
    assert_eq!(busy.finished(), calm.finished());
    assert_eq!(normalised(digest), expected);
}

#[test]
fn a_slow_stream_is_a_good_answer() {
    let provider = FakeProvider::start();
    provider.whenever(prompts::speaks(1), Reaction::Slowly(Duration::from_millis(5)));
    let house = pair(&provider);
    let digest = house.roundtable().args(["--max-rounds", "1", "--budget", "0"]).run().ok().digest();
    assert_eq!(said(&digest, "fault"), Vec::<&str>::new());
}

#[test]
fn a_rubric_that_gets_no_answer_leaves_the_debate_unscored() {
    let provider = FakeProvider::start();
    provider.whenever(prompts::marks, Reaction::Status(500));
    let house = pair(&provider);
    let digest = house.roundtable().args(["--max-rounds", "1", "--budget", "0"]).run().ok().digest();
    assert_eq!((&digest["scoring_status"], &digest["scoring"]["scores"]), (&json!("unscored"), &json!([])));
    assert!(digest["scoring"]["reason"].as_str().unwrap().contains("500"), "{}", digest["scoring"]);
}

#[test]
fn nobody_there_is_a_provider_that_is_down() {
    let house = {
        let provider = FakeProvider::start();
        pair(&provider)
    };
    let ran = house.roundtable().run().exits(7);
    assert!(ran.stderr.contains("127.0.0.1") && ran.stderr.contains("resume"), "{ran}");
}
