//! The rehearsal, heard through whole debates.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "what should not happen fails the test there and then"
)]

mod debate;

use std::{collections::HashSet, sync::LazyLock};

use amatelier_llm::{
    Error, Finish, Provider as _, Purpose, estimate_tokens,
    rehearsal::{Rehearsal, converges},
};
use amatelier_types::{MessageKind, Phase, Role, Seed};
use debate::{Debate, Ear, TEAM, ask, request};
use serde_json::{Value, json};

const HELLO: (&str, &str) = (
    "Should the tool library open on Sundays?",
    include_str!("../../../../examples/briefings/hello-world.md"),
);
const DATA: (&str, &str) = (
    "Which search should the recipe archive use?",
    include_str!("../../../../examples/briefings/decision-with-data.md"),
);
const CODE: (&str, &str) =
    ("Is this retry loop ready to merge?", include_str!("../../../../examples/briefings/code-review.md"));
const SHIPPED: &[(&str, &str)] = &[HELLO, DATA, CODE];

/// Briefings nobody would write on purpose.
const ODD: &[(&str, &str)] = &[
    ("", ""),
    ("x", "Yes or no?"),
    (
        "Vier Tage",
        "# Vier-Tage-Woche\n\nDie Werkstatt hat 23 Beschäftigte. Aufträge warten im Mittel 9 Tage.\n\n## Möglichkeiten\n- Freitag schließen\n- In zwei Schichten arbeiten\n- Nichts ändern\n\nDie Miete beträgt 4 100 EUR im Monat.",
    ),
    ("图书馆", "图书馆是否应该周日开放？我们有 12 名志愿者，每周 300 位读者。预算不足。"),
    (
        "jardin",
        "Le jardin partagé compte 48 parcelles et 61 familles sur liste d'attente. Faut-il diviser les parcelles ? L'eau coûte 2,40 € le mètre cube.",
    ),
    ("Table", "| a | b |\n|---|---|\n| x | 4 |\n| y | 9 |\n"),
    ("code", "```c\nint main(void) { return read_config(argv) || openSocket(8080); }\n```"),
    ("lists", "- - -\n* a\n* b\n1. c\n2. {d}\n{np} {who} **“quoted”** <b>bold</b> [x](y)\n"),
    (
        "noise",
        "1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 %%% $$$ ((( \u{0} \u{202e} 😀😀😀 …… ,,,, a.b.c.d 1.2.3.4",
    ),
];

fn words(text: &str) -> HashSet<String> {
    let clean: String = text.to_lowercase().chars().filter(|c| !c.is_ascii_punctuation()).collect();
    clean.split_whitespace().map(str::to_owned).collect()
}

fn jaccard(a: &HashSet<String>, b: &HashSet<String>) -> f64 {
    let common = a.intersection(b).count();
    common as f64 / (a.len() + b.len() - common).max(1) as f64
}

/// The greatest likeness of two speeches of a debate.
fn closest(debate: &Debate) -> (f64, String) {
    let sets: Vec<_> = debate.speeches().map(|speech| (words(&speech.text), speech)).collect();
    let mut worst = (0.0, String::new());
    for (at, (a, one)) in sets.iter().enumerate() {
        for (b, other) in sets.iter().skip(at + 1) {
            let likeness = jaccard(a, b);
            if likeness > worst.0 {
                worst = (likeness, format!("{} {}\n---\n{} {}", one.seq, one.text, other.seq, other.text));
            }
        }
    }
    worst
}

/// Thirty debates about the first briefing, some about every other; played once, looked at by many tests.
static PLAYED: LazyLock<Vec<Debate>> = LazyLock::new(|| {
    let seeds = |at: usize| [30, 15, 15].get(at).copied().unwrap_or(3);
    let players: Vec<_> = SHIPPED
        .iter()
        .chain(ODD)
        .enumerate()
        .map(|(at, (topic, briefing))| {
            let play = move |seed| Debate::new(topic, briefing, seed).play();
            std::thread::spawn(move || (0..seeds(at)).map(play).collect::<Vec<_>>())
        })
        .collect();
    players.into_iter().flat_map(|player| player.join().unwrap()).collect()
});

/// The debates about our own briefings.
fn shipped() -> impl Iterator<Item = &'static Debate> {
    PLAYED.iter().filter(|debate| SHIPPED.iter().any(|(_, briefing)| *briefing == debate.briefing))
}

#[test]
fn no_two_speeches_are_alike() {
    for debate in PLAYED.iter() {
        let (likeness, pair) = closest(debate);
        assert!(likeness <= 0.6, "{likeness:.2} with seed {}:\n{pair}", debate.seed);
    }
}

#[test]
fn strangers_and_small_tables_differ_too() {
    let strangers: &[(&str, &str)] =
        &[("zoe", ""), ("haiku-2", ""), ("haiku-3", ""), ("x1", "costs"), ("x2", "costs"), ("ann", "costs")];
    let twins: &[(&str, &str)] = &[("a", "risk"), ("b", "risk"), ("c", "risk"), ("d", "risk"), ("e", "risk")];
    for team in [strangers, twins, &TEAM[..2], &TEAM[..1]] {
        for seed in 0..8 {
            let (likeness, pair) = closest(&Debate::of(team, HELLO.0, HELLO.1, seed).play());
            assert!(likeness <= 0.6, "{likeness:.2} with seed {seed}:\n{pair}");
        }
    }
}

#[test]
fn every_speech_has_its_length_and_reads_as_plain_text() {
    for debate in PLAYED.iter() {
        for speech in debate.speeches() {
            let (least, most) = match speech.phase {
                Phase::Speak => (120, 220),
                Phase::Rebuttal => (80, 150),
                Phase::Floor => (40, 100),
                _ => (25, 100),
            };
            let count = speech.text.split_whitespace().count();
            let text = &speech.text;
            assert!((least..=most).contains(&count), "{count} words in {}: {text}", speech.phase);
            assert!(!text.contains(['{', '}', '*', '`', '\n', '#', '[']) && !text.contains("  "), "{text}");
            assert!(!text.to_lowercase().starts_with(&format!("{}:", speech.author)), "{text}");
            assert_eq!(text.matches('“').count(), text.matches('”').count(), "{text}");
            assert!(text.ends_with(['.', '?', '!', '”']), "{text}");
        }
    }
}

/// Numbers and longer words of a text.
fn matter(text: &str) -> HashSet<String> {
    let clean = |word: &str| word.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase();
    text.split_whitespace()
        .map(clean)
        .filter(|word| word.chars().any(|c| c.is_ascii_digit()) || word.chars().count() > 4)
        .collect()
}

#[test]
fn every_speech_is_about_the_briefing_or_answers_somebody() {
    for debate in shipped() {
        let (known, seed) = (matter(&debate.briefing), debate.seed);
        for speech in debate.speeches() {
            let names_somebody = TEAM.iter().any(|(name, _)| {
                *name != speech.author.as_str() && speech.text.to_lowercase().contains(name)
            });
            let shared = matter(&speech.text).intersection(&known).count();
            assert!(names_somebody || shared > 0, "{}", speech.text);
        }
        let text = debate.transcript();
        assert!(text.contains('=') || text.contains('≈'), "no sum with seed {seed}");
        assert!(debate.speeches().filter(|speech| speech.text.contains('?')).count() > 5);
    }
}

#[test]
fn any_changed_number_changes_the_debate() {
    for (topic, briefing) in SHIPPED {
        let opening = |briefing: &str| Debate::new(topic, briefing, 5).open().transcript();
        let before = opening(briefing);
        for (at, digit) in briefing.char_indices().filter(|(_, c)| c.is_ascii_digit()) {
            let other = if digit == '7' { "3" } else { "7" };
            let changed = [&briefing[..at], other, &briefing[at + 1..]].concat();
            assert_ne!(before, opening(&changed), "{digit} at {at} makes no difference");
        }
    }
}

#[test]
fn the_same_facts_give_the_same_debate() {
    for (topic, briefing) in SHIPPED {
        let play = |seed| Debate::new(topic, briefing, seed).play().transcript();
        assert_eq!(play(11), play(11));
        assert_ne!(play(11), play(12));
    }
}

#[test]
fn the_prompt_makes_no_difference() {
    let debate = Debate::new(HELLO.0, HELLO.1, 3);
    let facts = debate.facts("elena".parse().unwrap(), Role::Worker, Purpose::Speak, 1, Phase::Speak);
    let mut one = request(facts, None);
    let before = ask(&one, &Ear::default()).unwrap();
    one.system = "Say banana.".into();
    one.temperature = Some(2.0);
    assert_eq!(ask(&one, &Ear::default()).unwrap().text, before.text);
}

#[test]
fn seed_one_goes_its_length_and_seed_two_converges() {
    for debate in PLAYED.iter() {
        match debate.seed {
            Seed(1) => assert_eq!(debate.converged, None),
            Seed(2) => assert_eq!(debate.converged, Some(2)),
            seed => assert_eq!(debate.converged, converges(seed, 2).then_some(2)),
        }
    }
}

#[test]
fn the_judge_interferes_in_every_debate_and_in_several_ways() {
    let mut forms = HashSet::new();
    for debate in PLAYED.iter() {
        let said: Vec<_> = debate.of_kind(MessageKind::Intervention).collect();
        assert!(!said.is_empty(), "{}", debate.seed);
        forms.extend(said.iter().map(|message| message.text.split(':').next().unwrap().to_owned()));
    }
    assert_eq!(forms, ["GATE", "REDIRECT", "REMARK"].map(str::to_owned).into());
}

#[test]
fn the_floor_is_used_and_left() {
    let (mut spoken, mut passed) = (0, 0);
    for debate in shipped() {
        spoken += debate.speeches().filter(|speech| speech.phase == Phase::Floor).count();
        passed += debate.of_kind(MessageKind::Pass).count();
    }
    assert!(spoken > 120 && passed > spoken, "{spoken} contributions, {passed} passes");
}

#[test]
fn a_summary_has_its_four_headings_and_its_limit() {
    for debate in PLAYED.iter() {
        for (at, summary) in debate.of_kind(MessageKind::Summary).enumerate() {
            let text = &summary.text;
            assert!(text.split_whitespace().count() < 400, "{text}");
            let headings: Vec<&str> =
                text.lines().filter(|line| !line.starts_with("- ")).filter(|line| !line.is_empty()).collect();
            assert_eq!(headings, ["Established", "Live positions", "Open questions", "Shifts this round"]);
            assert!(
                TEAM.iter().filter(|(name, _)| text.to_lowercase().contains(name)).count() > 3,
                "round {at}: {text}"
            );
        }
    }
}

fn score_schema() -> Value {
    json!({ "type": "object", "required": ["cards"], "additionalProperties": false, "properties": { "cards": { "type": "array", "items": {
        "type": "object", "required": ["member", "marks", "insights"], "additionalProperties": false, "properties": {
            "member": { "type": "string" },
            "marks": { "type": "array", "minItems": 4, "maxItems": 4, "items": { "type": "object", "required": ["axis", "evidence", "value", "because"],
                "additionalProperties": false, "properties": { "axis": { "enum": ["novelty", "accuracy", "impact", "challenge"] },
                "value": { "enum": [0, 1, 2, 3, 10] }, "because": { "type": "string" },
                "evidence": { "type": "array", "maxItems": 5, "items": { "type": "integer" } } } } },
            "insights": { "type": "array", "items": { "type": "object", "required": ["axis", "quoted_seq", "before", "after"], "properties": {
                "axis": { "type": "string" }, "quoted_seq": { "type": "integer" }, "before": { "type": "string" }, "after": { "type": "string" } } } }
        } } } } })
}

#[test]
fn marks_follow_what_was_said() {
    let mut totals = Vec::new();
    for debate in shipped() {
        let text = debate.judge(3, Phase::Summary, Purpose::Score, Some(score_schema()));
        let scored: Value = serde_json::from_str(&text).unwrap();
        assert!(jsonschema::is_valid(&score_schema(), &scored));
        let cards = scored["cards"].as_array().unwrap();
        let members: Vec<&str> = cards.iter().map(|card| card["member"].as_str().unwrap()).collect();
        assert_eq!(members, TEAM.iter().map(|(name, _)| *name).collect::<Vec<_>>());
        for card in cards {
            let marks = card["marks"].as_array().unwrap();
            assert_eq!(
                marks.iter().map(|mark| mark["axis"].as_str().unwrap()).collect::<Vec<_>>(),
                ["novelty", "accuracy", "impact", "challenge"]
            );
            assert!(
                marks
                    .iter()
                    .all(|mark| mark["value"] != 10 && mark["because"].as_str().unwrap().contains('“')),
                "{card}"
            );
            for seq in marks.iter().flat_map(|mark| mark["evidence"].as_array().unwrap()) {
                let said =
                    debate.messages.iter().find(|message| Some(u64::from(message.seq)) == seq.as_u64());
                assert_eq!(said.unwrap().author.as_str(), card["member"], "{card}");
            }
            assert!(marks.iter().all(|mark| mark["value"] == 0 || mark["evidence"] != json!([])), "{card}");
            totals.push(marks.iter().map(|mark| mark["value"].as_u64().unwrap()).sum::<u64>());
        }
    }
    let typical = totals.iter().filter(|total| (4..=6).contains(*total)).count();
    assert!(typical * 10 >= totals.len() * 7, "{typical} of {} totals are 4 to 6", totals.len());
    assert!(totals.iter().any(|total| *total != totals[0]));
}

#[test]
fn who_said_nothing_gets_nothing() {
    let mut debate = Debate::new(HELLO.0, HELLO.1, 4).play();
    debate.messages.retain(|message| message.author.as_str() != "clare");
    let text = debate.judge(3, Phase::Summary, Purpose::Score, Some(score_schema()));
    let scored: Value = serde_json::from_str(&text).unwrap();
    assert!(
        scored["cards"][2]["marks"].as_array().unwrap().iter().all(|mark| mark["value"] == 0),
        "{scored}"
    );
    assert!(debate.judge(3, Phase::Summary, Purpose::Score, None).contains("clare: novelty 0"));
}

#[test]
fn a_ruling_takes_the_shape_it_is_asked_for() {
    let schema = json!({ "type": "object", "properties": { "verdict": { "enum": ["converged", "proceed"] }, "reason": { "type": "string" } },
        "required": ["verdict", "reason"], "additionalProperties": false });
    for (seed, round, verdict) in
        [(1, 2, "proceed"), (2, 1, "proceed"), (2, 2, "converged"), (1, 3, "proceed")]
    {
        let text = Debate::new(HELLO.0, HELLO.1, seed).play().judge(
            round,
            Phase::Gate,
            Purpose::Rule,
            Some(schema.clone()),
        );
        let ruling: Value = serde_json::from_str(&text).unwrap();
        assert_eq!(ruling["verdict"], verdict, "{text}");
        assert!(ruling["reason"].as_str().unwrap().len() > 20, "{text}");
    }
}

#[test]
fn the_judge_and_the_workers_fit_other_shapes_too() {
    let debate = Debate::new(DATA.0, DATA.1, 8).play();
    let notes = json!({ "type": "object", "required": ["interventions"], "properties": { "interventions": { "type": "array", "minItems": 1,
        "items": { "type": "object", "required": ["kind", "member", "reason"], "additionalProperties": false, "properties": {
            "kind": { "enum": ["redirect", "gate", "remark"] }, "member": { "type": "string", "minLength": 1 }, "reason": { "type": "string" } } } } } });
    let said: Value =
        serde_json::from_str(&debate.judge(2, Phase::Speak, Purpose::Moderate, Some(notes.clone()))).unwrap();
    assert!(jsonschema::is_valid(&notes, &said), "{said}");
    let facts = debate.facts("elena".parse().unwrap(), Role::Worker, Purpose::Speak, 2, Phase::Speak);
    let schema = json!({ "type": "object", "required": ["text", "confidence"], "properties": { "text": { "type": "string" }, "confidence": { "type": "number", "minimum": 0, "maximum": 1 } } });
    let spoken = ask(&request(facts.clone(), Some(schema.clone())), &Ear::default()).unwrap().text;
    let spoken: Value = serde_json::from_str(&spoken).unwrap();
    assert_eq!(spoken["text"].as_str().unwrap(), ask(&request(facts, None), &Ear::default()).unwrap().text);
    assert!(jsonschema::is_valid(&schema, &spoken));
}

#[test]
fn a_reply_says_what_it_is() {
    let debate = Debate::new(HELLO.0, HELLO.1, 3);
    let facts = debate.facts("elena".parse().unwrap(), Role::Worker, Purpose::Speak, 1, Phase::Speak);
    let ear = Ear::default();
    let mut asked = request(facts, None);
    let reply = ask(&asked, &ear).unwrap();
    assert_eq!((reply.model.as_str(), reply.finish, reply.response_id), ("rehearsal", Finish::Done, None));
    assert_eq!((reply.usage.calls, reply.usage.output_tokens), (1, estimate_tokens(&reply.text).into()));
    assert_eq!(*ear.announced.lock().unwrap(), [1]);
    assert_eq!(Rehearsal.name(), "rehearsal");
    assert_eq!(Rehearsal.context_tokens("any"), 200_000);

    asked.max_tokens = 40;
    let cut = ask(&asked, &Ear::default()).unwrap();
    assert_eq!(cut.finish, Finish::Length);
    assert!(reply.text.starts_with(&cut.text) && estimate_tokens(&cut.text) <= 40);
    asked.max_tokens = 0;
    assert_eq!(ask(&asked, &Ear::default()).unwrap().text, reply.text);

    asked.stop = vec![String::new(), ". ".into()];
    let stopped = ask(&asked, &Ear::default()).unwrap();
    assert_eq!((stopped.finish, stopped.text.contains(". ")), (Finish::Done, false));
    assert!(reply.text.starts_with(&stopped.text));
}

#[test]
fn refusals_are_errors() {
    let debate = Debate::new(HELLO.0, HELLO.1, 3);
    let facts = debate.facts("elena".parse().unwrap(), Role::Worker, Purpose::Speak, 1, Phase::Speak);
    let ear = Ear { stops: true, ..Ear::default() };
    assert!(matches!(ask(&request(facts.clone(), None), &ear), Err(Error::Stopped(_))));
    assert_eq!(*ear.text.lock().unwrap(), "");

    let ear = Ear::default();
    let error = ask(&request(facts.clone(), Some(json!(false))), &ear).unwrap_err();
    assert!(
        matches!(&error, Error::Invalid { reason, .. } if reason.contains("no answer meets the schema")),
        "{error}"
    );
    assert_eq!(ear.failed.lock().unwrap().len(), 1);

    let mut long = request(facts, None);
    long.system = "long ".repeat(200_001);
    assert!(matches!(ask(&long, &Ear::default()), Err(Error::TooLong { limit: 200_000 })));
}

/// Prints a debate: `cargo test -p amatelier-llm --test rehearsal -- --ignored --nocapture a_debate_to_read`. The briefing and the seed are
/// `BRIEFING` (0, 1, 2) and `SEED`.
#[test]
#[ignore = "for people to read"]
fn a_debate_to_read() {
    let number = |name: &str, otherwise| {
        std::env::var(name).ok().and_then(|value| value.parse().ok()).unwrap_or(otherwise)
    };
    let (topic, briefing) = SHIPPED.iter().chain(ODD).nth(number("BRIEFING", 0)).unwrap();
    let debate = Debate::new(topic, briefing, number("SEED", 1) as u64).play();
    println!("{}", debate.transcript());
    println!("{}", debate.judge(3, Phase::Summary, Purpose::Score, None));
    println!("closest pair: {:.2}", closest(&debate).0);
}
