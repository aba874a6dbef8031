use amatelier_bundle::World;
use amatelier_types::{Capability, Message, MessageKind, Move, Phase, Turn};

use crate::stage::{RUNTIME, Stage, message, name, speech, stage};

const REBUTTAL: Turn =
    Turn { phase: Phase::Rebuttal, round: 1, max_rounds: 3, position: 1, of: 2, floor_turns_left: 3 };

const CHOICES: &str = "choice,name,build_days,monthly_eur\nA,full-text index,8,0\nB,search server,21,85\nC,rented service,9,410";

/// What is right about grace's first sentence.
const RIGHT: &str =
    "I dispute grace's `35`: choices.csv:3 has `21` under `build_days` (`B,search server,21,85`).";

fn challenger() -> Stage {
    stage(World::Persona, "challenger").heard(vec![
        speech(
            1,
            "grace",
            "The search server takes 35 build days. The rented service is 410 monthly, and nothing else is.",
        ),
        speech(2, "ada", "There are three."),
    ])
}

async fn say(stage: Stage) -> String {
    match RUNTIME.take_turn(&stage.component, stage.call, REBUTTAL).await.result {
        Ok(Move::Say(text)) => text,
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn a_wrong_number_is_disputed_with_its_line_whatever_the_model_says() {
    let (stage, asked) = challenger().answer("I disagree with all of it.").file("choices.csv", CHOICES, 3);
    let notes = stage.notes();
    let said = say(stage).await;
    assert!(said.starts_with(&format!("I disagree with all of it.\n\n{RIGHT}\n")), "{said}");
    assert!(
        said.ends_with("I checked grace's `410`: choices.csv:4 bears it out (`C,rented service,9,410`)."),
        "{said}"
    );
    assert_eq!(*asked.lock().unwrap(), ["lines 3-3 of choices.csv", "lines 4-4 of choices.csv"]);
    let told = notes.only().messages.last().unwrap().text.clone();
    assert!(told.contains(&format!("<checked>\n{RIGHT}")), "{told}");
}

#[tokio::test]
async fn a_model_that_says_it_is_not_repeated() {
    let own = "Grace, it is 21 days (choices.csv:3). But 410 is right (choices.csv:4).";
    assert_eq!(say(challenger().answer(own).file("choices.csv", CHOICES, 3).0).await, own);
}

#[tokio::test]
async fn one_request_left_is_one_number_checked() {
    let (stage, asked) = challenger().answer("No.").file("choices.csv", CHOICES, 1);
    assert_eq!(say(stage).await, format!("No.\n\n{RIGHT}"));
    assert_eq!(asked.lock().unwrap().len(), 1);
}

#[tokio::test]
async fn a_line_that_the_steward_gave_before_is_not_asked_for_again() {
    let given = "[Research result for ada | deterministic]: lines 3-3 of choices.csv\nchoices.csv:3 (of 4 lines)\n3: B,search server,21,85";
    let finding = Message { to: Some(name("ada")), ..message(2, "steward", MessageKind::Finding, given) };
    let heard = vec![speech(1, "grace", "The search server takes 35 build days."), finding];
    let (stage, asked) = challenger().heard(heard).answer("No.").file("choices.csv", CHOICES, 3);
    assert_eq!(say(stage).await, format!("No.\n\n{RIGHT}"));
    assert_eq!(asked.lock().unwrap().len(), 0);
}

#[tokio::test]
async fn without_files_requests_or_grants_it_debates_like_classic() {
    let ungranted = |capability| {
        let (mut stage, asked) = challenger().answer("Two.").file("choices.csv", CHOICES, 3);
        stage.call.granted.remove(&capability);
        (stage, asked)
    };
    for (stage, asked) in [
        (challenger().answer("Two."), Default::default()),
        challenger().answer("Two.").file("choices.csv", CHOICES, 0),
        ungranted(Capability::StewardRead),
        ungranted(Capability::StewardAsk),
    ] {
        assert_eq!(say(stage).await, "Two.");
        assert_eq!(asked.lock().unwrap().len(), 0);
    }
}

#[tokio::test]
async fn what_it_checked_needs_no_model() {
    let (mut stage, _) = challenger().file("choices.csv", CHOICES, 1);
    stage.call.granted.remove(&Capability::LlmComplete);
    assert_eq!(say(stage).await, RIGHT);
}
