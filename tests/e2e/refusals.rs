//! What providers refuse, cut short or break off, in every protocol's own words.

use amatelier_test_support::{Asked, FakeProvider, Protocol, Reaction, normalised};
use serde_json::json;

use crate::{
    prompts,
    protocols::{SPEAKERS, house},
    said,
};

const SHORT: [&str; 4] = ["--max-rounds", "1", "--budget", "0"];

fn speaks_first(asked: &Asked) -> bool {
    prompts::speaks(1)(asked)
}

#[test]
fn where_nobody_pays_nobody_is_asked_twice() {
    for (name, protocol, model) in SPEAKERS {
        let provider = FakeProvider::start();
        provider.whenever(|_| true, Reaction::MoneyGone);
        let house = house(&provider, &[(name, protocol, model), ("zoe", protocol, model)]);
        let ran = house.roundtable().args(SHORT).run().exits(7);
        let requests = provider.requests();
        assert!(!requests.is_empty() && requests.iter().all(|asked| asked.times == 1), "{protocol:?} {ran}");
        let asked = provider.asked();
        house.args(["resume"]).run().exits(7);
        assert!(provider.asked() <= 2 * asked, "{protocol:?}: only the operator has it asked again");
    }
}

#[test]
fn a_wait_that_a_provider_asks_for_is_waited_and_changes_nothing() {
    for (name, protocol, model) in SPEAKERS.into_iter().filter(|speaker| speaker.1 != Protocol::ClaudeCode) {
        let debate = |reaction: Option<Reaction>| {
            let provider = FakeProvider::start();
            if let Some(reaction) = reaction {
                provider.once(speaks_first, reaction);
            }
            let house = house(&provider, &[(name, protocol, model)]);
            let digest = house.roundtable().args(SHORT).args(["--seed", "3"]).run().ok().digest();
            (normalised(digest), provider.asked(), provider.finished())
        };
        let (calm, asked, finished) = debate(None);
        let (limited, asked_then, finished_then) = debate(Some(Reaction::RateLimit { retry_after_ms: 20 }));
        assert_eq!((asked_then, finished_then), (asked + 1, finished), "{protocol:?}");
        assert_eq!(limited, calm, "{protocol:?}");
    }
}

/// Nothing is timed here: the wait is longer than anybody waits, and whoever reads it says so at once.
#[test]
fn a_wait_that_is_too_long_is_understood_and_not_waited() {
    for (name, protocol, model) in SPEAKERS.into_iter().filter(|speaker| speaker.1 != Protocol::ClaudeCode) {
        let provider = FakeProvider::start();
        provider.whenever(|_| true, Reaction::RateLimit { retry_after_ms: 3_725_000 });
        let ran = house(&provider, &[(name, protocol, model)]).roundtable().args(SHORT).run().exits(7);
        assert!(ran.stderr.contains("3725s"), "{protocol:?} {ran}");
        assert!(provider.requests().iter().all(|asked| asked.times == 1), "{protocol:?}");
    }
}

#[test]
fn an_answer_cut_by_length_is_asked_for_again_and_marked_if_it_is_cut_again() {
    for (name, protocol, model) in SPEAKERS {
        let provider = FakeProvider::start();
        provider.once(speaks_first, Reaction::Length);
        provider.whenever(prompts::rebuts(1), Reaction::Length);
        provider.whenever(
            |asked| asked.says("was cut off before its end") && asked.says(": answer the others, "),
            Reaction::Length,
        );
        let house = house(&provider, &[(name, protocol, model)]);
        let digest = house.roundtable().args(SHORT).run().ok().digest();
        let requests = provider.requests();
        let cut = requests.iter().find(|asked| speaks_first(asked)).unwrap().answer.clone().unwrap();
        let speeches = said(&digest, "speech");
        assert!(speeches.iter().all(|speech| *speech != cut), "{protocol:?}: {speeches:#?}");
        let marked: Vec<_> =
            speeches.iter().filter(|speech| speech.ends_with("[The answer was cut off here.]")).collect();
        assert_eq!(marked.len(), 1, "{protocol:?}: {speeches:#?}");

        // What was said is kept as it came, with the word that it is no whole.
        let id = digest["roundtable_id"].as_str().unwrap();
        let calls = house.args(["calls", id, "--json"]).run().ok().digest();
        let kept = calls["calls"]
            .as_array()
            .unwrap()
            .iter()
            .find(|call| call["answer"].to_string().contains("\"length\""));
        let kept = kept.unwrap_or_else(|| panic!("{protocol:?}: no cut answer in {calls:#}"));
        assert!(kept["answer"].to_string().contains(&cut[..40]), "{protocol:?}: {kept:#}");
    }
}

#[test]
fn an_error_inside_an_answer_and_one_that_breaks_off_are_no_answers() {
    for (name, protocol, model) in SPEAKERS {
        for reaction in [Reaction::ErrorInside, Reaction::CutMidStream] {
            let provider = FakeProvider::start();
            provider.once(speaks_first, reaction.clone());
            let house = house(&provider, &[(name, protocol, model)]);
            let digest = match (protocol, &reaction) {
                // It repeats nothing by itself.
                (Protocol::ClaudeCode, Reaction::ErrorInside) => {
                    house.roundtable().args(SHORT).run().exits(7);
                    house.args(["resume"]).run().ok().digest()
                }
                _ => house.roundtable().args(SHORT).run().ok().digest(),
            };
            let half =
                provider.requests().iter().find(|asked| speaks_first(asked)).unwrap().answer.clone().unwrap();
            let beginning: String = half.chars().take(40).collect();
            let speeches = said(&digest, "speech");
            let whole = |speech: &&str| !speech.starts_with(&beginning) || *speech == half;
            assert!(speeches.iter().all(whole), "{protocol:?} {reaction:?}: {speeches:#?}");
            assert_eq!(digest["scoring_status"], json!("complete"), "{protocol:?} {reaction:?}");
        }
    }
}
