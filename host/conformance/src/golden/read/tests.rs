use amatelier_types::Turn;

use super::*;

const CASE: &str = r#"
allow = ["llm.complete"]

[debate]
topic = "Bridge or tunnel?"
briefing = "Decide."
members = ["grace", "ada"]

[settings]
tone = "dry"
words = 40

[[message]]
author = "grace"
text = "A bridge."

[[message]]
author = "judge"
kind = "intervention"
text = "GATE: grace"

[[model]]
says = "A tunnel."

[[model]]
fails = "unavailable"

[[call]]
function = "take-turn"
phase = "rebuttal"
round = 2
expect = { says = "A tunnel." }

[[call]]
function = "answer"
question = "Why?"
expect = { fails = "host-fault" }
"#;

fn wrong(text: &str) -> Vec<String> {
    match Case::read(text, "ada") {
        Err(CaseError::Problems(problems)) => problems.iter().map(ToString::to_string).collect(),
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_case_is_a_debate_and_calls() {
    let case = Case::read(CASE, "ada").unwrap();
    let seats: Vec<_> = case.table.members.iter().map(|member| member.name.as_str()).collect();
    assert_eq!(seats, ["grace", "ada", "judge"]);
    assert_eq!(case.table.messages().iter().map(|message| message.seq).collect::<Vec<_>>(), [1, 2]);
    assert_eq!((case.settings["tone"].as_str(), case.settings["words"].as_str()), ("dry", "40"));
    assert_eq!(case.models.len(), 2);
    let turn =
        Turn { phase: Phase::Rebuttal, round: 2, max_rounds: 3, position: 2, of: 2, floor_turns_left: 3 };
    assert_eq!(case.calls[0].occasion, Occasion::TakeTurn(turn));
    assert_eq!((case.calls[0].line, case.calls[1].line), (28, 34));
}

#[test]
fn a_judge_sits_last_and_is_no_worker() {
    let case = Case::read(
        "[[message]]\nauthor = \"grace\"\ntext = \"Hm.\"\n[[call]]\nfunction = \"rule\"\n",
        "strict",
    );
    let case = case.unwrap();
    assert_eq!(case.member.as_str(), "judge");
    assert_eq!(case.table.workers().iter().map(MemberName::as_str).collect::<Vec<_>>(), ["grace"]);
    assert_eq!(case.calls[0].occasion, Occasion::Rule { round: 1, max_rounds: 3 });
}

#[test]
fn everything_that_is_wrong_is_said_at_once_with_its_line() {
    let told = wrong(
        "alow = []\n[debate]\ntopic = 3\n[[message]]\nauthor = \"Grace!\"\nkind = \"speach\"\ntext = \"x\"\n\
         [[model]]\nsays = \"a\"\nfails = \"unavailable\"\n[[call]]\nfunction = \"take-turns\"\n\
         [[call]]\nfunction = \"rule\"\nphase = \"speak\"\nexpect = { sais = \"x\" }\n[[file]]\nname = \"../x\"\ntext = \"\"\n",
    );
    let starts = [
        "line 1: `alow` is no key here; did you mean `allow`?",
        "line 3: `topic` must be a text, not a whole number",
        "line 5: `message.author` is `Grace!`",
        "line 6: `kind` is `speach`; did you mean `speech`?",
        "line 8: a model either says something or fails",
        "line 12: `function` is `take-turns`; did you mean `take-turn`?",
        "line 15: `phase` is no key here",
        "line 16: `sais` is no key here; did you mean `says`?",
        "line 17: `file.name` is no plain name",
    ];
    assert_eq!(told.len(), starts.len(), "{told:#?}");
    for (told, start) in told.iter().zip(starts) {
        assert!(told.starts_with(start), "{told} / {start}");
    }
}

#[test]
fn a_case_without_calls_tests_nothing() {
    assert_eq!(wrong("[debate]\n"), ["line 1: `call` is missing; add `[[call]]`"]);
    assert!(Case::read("call = []\n", "ada").is_err());
    assert!(matches!(Case::read(&"#".repeat(Case::BYTES + 1), "ada"), Err(CaseError::TooLarge { .. })));
}

#[test]
fn expectations_must_be_able_to_hold() {
    for (expect, told) in [
        ("{ }", "nothing is expected"),
        ("{ pass = false }", "`pass` is either `true` or not there"),
        ("{ pass = true, says = \"x\" }", "cannot both hold"),
        ("{ fails = \"trap\", contains = [\"x\"] }", "cannot both hold"),
        ("{ fails = \"tarp\" }", "did you mean `trap`?"),
        ("{ denied = [\"llm.compleat\"] }", "no capability"),
    ] {
        let said = wrong(&format!("[[call]]\nfunction = \"take-turn\"\nexpect = {expect}\n"));
        assert!(said.iter().any(|said| said.contains(told)), "{expect}: {said:?}");
    }
}

#[test]
fn arguments_are_called_as_in_wit_and_may_be_left_out() {
    let case = Case::read(
        "[[call]]\nfunction = \"may-buy\"\nid = \"lamp\"\nwho = { balance = 3, owned = [\"bell\"] }\n\
         [[call]]\nfunction = \"redeem\"\nid = \"lamp\"\nnote = \"red\"\n\
         [[call]]\nfunction = \"teach\"\nid = \"calm\"\nwho = { name = \"grace\", weakest-axis = \"wit\" }\n\
         [[call]]\nfunction = \"advise\"\nid = \"calm\"\nphase = \"floor\"\n\
         [[call]]\nfunction = \"rule\"\nround = 2\nmax-rounds = 5\n",
        "shop",
    );
    let calls: Vec<_> = case.unwrap().calls.into_iter().map(|call| call.occasion).collect();
    let Occasion::MayBuy { buyer, .. } = &calls[0] else { panic!("{calls:?}") };
    assert_eq!((buyer.name.as_str(), buyer.balance, buyer.owned.len()), ("shop", Sparks(3), 1));
    assert!(
        matches!(&calls[1], Occasion::Redeem { note, buyer, .. } if note == "red" && buyer.balance == Sparks(100))
    );
    assert!(
        matches!(&calls[2], Occasion::Teach { learner, .. } if learner.name.as_str() == "grace" && learner.uses == 0)
    );
    assert_eq!(calls[3], Occasion::Advise { skill: "calm".into(), phase: Phase::Floor, round: 1 });
    assert_eq!(calls[4], Occasion::Rule { round: 2, max_rounds: 5 });
    let told = wrong(
        "[[call]]\nfunction = \"teach\"\nid = \"calm\"\nwho = { balance = 3 }\n[[call]]\nfunction = \"advise\"\n",
    );
    assert!(told[0].starts_with("line 4: `balance` is no key here"), "{told:?}");
    assert!(told[1].starts_with("line 5: `call.id` is missing"), "{told:?}");
}
