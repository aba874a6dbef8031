//! Every protocol in one debate, and one debate in every protocol.

use std::collections::BTreeMap;

use amatelier_llm::Prices;
use amatelier_test_support::{Amatelier, Asked, FakeProvider, Protocol, Reaction, normalised};
use amatelier_types::{MicroUsd, Usage};
use serde_json::{Value, json};

use crate::{all, empty, find, prompts, said};

/// A model of each protocol, and whoever speaks through it.
pub(crate) const SPEAKERS: [(&str, Protocol, &str); 6] = [
    ("ada", Protocol::Anthropic, "claude-haiku-4-5"),
    ("bob", Protocol::OpenAi, "gpt-5-mini"),
    ("cyd", Protocol::Gemini, "gemini-2.5-flash"),
    ("dan", Protocol::Ollama, "qwen3:8b"),
    ("eve", Protocol::ClaudeCode, "claude-sonnet-4-5"),
    ("fay", Protocol::OpenRouter, "anthropic/claude-haiku-4.5"),
];

/// `provider:model`, as the operator writes it and reports name it.
pub(crate) fn named(protocol: Protocol, model: &str) -> String {
    format!("{}:{model}", protocol.name())
}

/// Workers on models of these, and a judge and a rubric on the last.
pub(crate) fn team(speakers: &[(&str, Protocol, &str)]) -> String {
    let worker = |(name, protocol, model): &(&str, Protocol, &str)| {
        format!("{name} = {{ role = \"worker\", model = \"{}\" }}\n", named(*protocol, model))
    };
    let workers: String = speakers.iter().map(worker).collect();
    let (_, protocol, model) = speakers.last().unwrap();
    let last = named(*protocol, model);
    format!(
        "[members]\n{workers}judge = {{ role = \"judge\", model = \"{last}\" }}\n[rubric]\ncomponent = \"classic\"\nmodel = \"{last}\"\n"
    )
}

/// A house where everybody can be asked. Who is asked first is named, for nobody is to be looked for.
pub(crate) fn house(provider: &FakeProvider, speakers: &[(&str, Protocol, &str)]) -> Amatelier {
    let (_, first, _) = speakers[0];
    empty().team(&team(speakers)).protocols(provider).variable("AMATELIER_MODE", first.name())
}

/// What an answer costs by the price list, or by the provider's own word where it gives it.
fn cost(asked: &Asked) -> MicroUsd {
    let usage = asked.usage.unwrap_or_default();
    match asked.protocol {
        Protocol::OpenRouter | Protocol::ClaudeCode => usage.cost,
        Protocol::Ollama => MicroUsd(0),
        protocol => {
            let rate = Prices::bundled().rate_for(protocol.name(), asked.model(), usage.input_tokens);
            rate.known().expect("a model in the price list").cost(&usage)
        }
    }
}

#[test]
fn six_members_on_six_protocols_debate_and_the_bills_add_up() {
    let provider = FakeProvider::start();
    let house = house(&provider, &SPEAKERS);
    let digest = house.roundtable().args(["--max-rounds", "1", "--budget", "1"]).run().ok().digest();
    assert!(all(&digest["turns"], "ending").iter().all(|ending| *ending == "done"), "{:#}", digest["turns"]);
    assert_eq!(digest["scoring_status"], "complete");
    let requests = provider.requests();
    for (name, protocol, model) in SPEAKERS {
        assert_eq!(digest["contributions"][name], 3, "{name}");
        assert_eq!(find(&digest["members"], "name", name)["model"], model);
        let own: Vec<&Asked> = requests.iter().filter(|asked| prompts::of(name)(asked)).collect();
        assert!(own.iter().all(|asked| (asked.protocol, asked.model()) == (protocol, model)), "{name}");
        let last = digest["final_positions"][name].as_str().unwrap();
        assert!(own.iter().any(|asked| asked.answer.as_deref() == Some(last)), "{name}: {last}");
        assert!(said(&digest, "speech").contains(&last));
    }
    assert!(requests.iter().all(|asked| asked.complaint.is_none() && asked.times == 1));

    let mut costs: BTreeMap<String, MicroUsd> = BTreeMap::new();
    for asked in &requests {
        *costs.entry(named(asked.protocol, asked.model())).or_default() += cost(asked);
    }
    let report = house.args(["cost", "--by", "model", "--json"]).run().ok().digest();
    let billed = provider.billed();
    assert_eq!(report["rows"].as_array().unwrap().len(), billed.len(), "{report:#}");
    for ((protocol, model), usage) in billed {
        let of = named(protocol, &model);
        let Usage { calls, input_tokens, output_tokens, cached_tokens, .. } = usage;
        let row = find(&report["rows"], "of", &of);
        let told =
            ["requests", "input_tokens", "output_tokens", "cached_tokens"].map(|field| row[field].as_u64());
        let expected = [u64::from(calls), input_tokens, output_tokens, cached_tokens].map(Some);
        assert_eq!(told, expected, "{of}");
        assert_eq!(row["cost_microusd"], costs[&of].0, "{of}");
        assert_eq!((&row["unpriced"], &row["unknown"]), (&json!(0), &json!(0)), "{of}");
    }
    let total: MicroUsd = costs.values().copied().sum();
    assert!(total > MicroUsd(0) && report["total"]["cost_microusd"] == total.0, "{report:#}");
    assert_eq!(digest["usage"]["cost"], total.0, "{:#}", digest["usage"]);
}

/// A request of the Steward for help.
fn looks_up(asked: &Asked) -> bool {
    asked.says("You are the Steward of a debate")
}

#[test]
fn the_stewards_tools_and_the_rubrics_marks_work_with_each() {
    for (name, protocol, model) in SPEAKERS {
        let provider = FakeProvider::start();
        let house = house(&provider, &[(name, protocol, model)])
            .variable("AMATELIER_STEWARD_MODEL", &named(protocol, model))
            .variable("AMATELIER_STEWARD_CONSENT", "yes")
            .briefing("# Close it?\n\n## Steward-Registered Files\n\n- hangers.csv (the inspection)\n");
        let lines = "hanger,state,loss_percent\n1,corroded,12\n2,sound,0\n3,corroded,31\n";
        std::fs::write(house.briefing_path().with_file_name("hangers.csv"), lines).unwrap();
        let look = json!({"pattern": "corroded"}).to_string();
        let answer = json!({
            "answer": "Hanger 3 lost 31 percent (hangers.csv:4).",
            "found": true,
            "citations": [{"file": "hangers.csv", "first_line": 4, "last_line": 4, "quote": "3,corroded,31"}],
        });
        provider
            .once(looks_up, Reaction::Call("grep", look))
            .whenever(looks_up, Reaction::Say(answer.to_string()))
            .once(
                prompts::speaks(1),
                Reaction::Say("How bad is it? [[request: how bad is the worst hanger]]".into()),
            );
        let digest = house.roundtable().args(["--max-rounds", "1", "--budget", "0"]).run().ok().digest();

        let asked: Vec<Asked> = provider.requests().into_iter().filter(looks_up).collect();
        assert_eq!(asked.len(), 2, "{protocol:?}: {:#}", digest["lookups"]);
        assert!(asked.iter().all(|asked| asked.protocol == protocol), "{protocol:?}");
        assert!(
            asked[1].last_message().contains("3,corroded,31"),
            "{protocol:?}: {}",
            asked[1].last_message()
        );
        let lookup = find(&digest["lookups"], "agent", name);
        assert_eq!((&lookup["outcome"], &lookup["model"]), (&json!("found"), &json!(model)), "{lookup:#}");
        assert_eq!(all(&lookup["citations"], "first_line"), [4], "{protocol:?}");

        let marking = provider.requests().into_iter().find(prompts::marks).unwrap();
        assert_eq!(marking.protocol, protocol);
        assert_eq!(digest["scoring"]["status"], "complete", "{protocol:?} {:#}", digest["scoring"]);
        let marks: Value = serde_json::from_str(marking.answer.as_deref().unwrap()).unwrap();
        assert!(
            marks.to_string().len() > 20
                && all(&digest["scoring"]["scores"], "agent").contains(&&json!(name))
        );
        assert!(provider.requests().iter().all(|asked| asked.complaint.is_none()), "{protocol:?}");
    }
}

/// The longest answer that a request allows, wherever its protocol says so; the command is told by its environment.
fn longest(asked: &Asked) -> Option<u64> {
    let places = [
        "/max_tokens",
        "/max_completion_tokens",
        "/generationConfig/maxOutputTokens",
        "/options/num_predict",
    ];
    places.iter().find_map(|place| asked.body.pointer(place)?.as_u64())
}

#[test]
fn a_debate_that_is_killed_on_any_protocol_becomes_what_it_would_have_been() {
    for (name, protocol, model) in SPEAKERS {
        // Everybody is named with a provider that is not the default one.
        let other = if protocol == Protocol::OpenAi { Protocol::Gemini } else { Protocol::OpenAi };
        let speakers = [(name, protocol, model), ("zoe", protocol, model)];
        let house = |provider| house(provider, &speakers).variable("AMATELIER_MODE", other.name());
        let arguments = ["--max-rounds", "1", "--budget", "0", "--seed", "5"];
        let provider = FakeProvider::start();
        let undisturbed = normalised(house(&provider).roundtable().args(arguments).run().ok().digest());
        let limits: Vec<Option<u64>> = provider.requests().iter().map(longest).collect();

        let provider = FakeProvider::start();
        let house = house(&provider);
        let hold = provider.hold_when(|asked| asked.n == 3);
        let running = house.roundtable().args(arguments).spawn();
        hold.reached();
        running.kill();
        assert_eq!(normalised(house.args(["resume"]).run().ok().digest()), undisturbed, "{protocol:?}");
        let mut limits_then: Vec<Option<u64>> = provider.requests().iter().map(longest).collect();
        // What was on its way when it was killed is the one request that left twice.
        limits_then.remove(2);
        assert_eq!(limits_then, limits, "{protocol:?}");
    }
}
