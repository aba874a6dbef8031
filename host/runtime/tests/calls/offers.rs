//! Stores and skills: what they may offer, and what is refused with its reason.

use amatelier_runtime::{Ended, Stop};
use amatelier_types::{
    BuyAnswer, Buyer, FailureKind, Learner, Phase, PromisedEffect, Skill, Sparks, StoreItem,
};

use crate::stage::{HOSTILE, RUNTIME, attack};

fn buyer() -> Buyer {
    Buyer {
        name: "elena".parse().unwrap(),
        balance: Sparks(i64::MIN),
        tier: 1,
        assignments: 6,
        rank: 2,
        owned: vec!["bell".into()],
    }
}

fn learner() -> Learner {
    Learner { name: "elena".parse().unwrap(), tier: 2, weakest_axis: Some("wit".into()), uses: 3 }
}

async fn items(name: &str) -> Ended<Vec<StoreItem>> {
    RUNTIME.list_items(&HOSTILE, attack(name).call).await
}

async fn may_buy(name: &str, who: &Buyer) -> Ended<BuyAnswer> {
    RUNTIME.may_buy(&HOSTILE, attack(name).call, "bell", who).await
}

async fn redeem(name: &str) -> Ended<Vec<PromisedEffect>> {
    RUNTIME.redeem(&HOSTILE, attack(name).call, "bell", &buyer(), "loud").await
}

async fn skills(name: &str) -> Ended<Vec<Skill>> {
    RUNTIME.list_skills(&HOSTILE, attack(name).call).await
}

async fn teach(name: &str) -> Ended<String> {
    RUNTIME.teach(&HOSTILE, attack(name).call, "whistling", &learner()).await
}

async fn advise(name: &str) -> Ended<Option<String>> {
    RUNTIME.advise(&HOSTILE, attack(name).call, "whistling", Phase::Floor, 2).await
}

fn refused<T: std::fmt::Debug>(ended: Ended<T>, kind: FailureKind, words: &str) {
    match ended.result {
        Err(Stop::Failed(failure)) => {
            assert_eq!(failure.kind, kind, "{failure}");
            assert!(failure.message.contains(words), "{failure}");
            assert!(!failure.message.contains(char::is_control), "{failure:?}");
            assert!(failure.message.chars().count() <= 300, "{failure}");
        }
        other => panic!("{words}: {other:?}"),
    }
}

#[tokio::test]
async fn a_store_lists_judges_and_promises() {
    let listed = items("none").await.result.unwrap();
    assert_eq!(listed.iter().map(|item| item.id.as_str()).collect::<Vec<_>>(), ["bell", "whistle"]);
    assert_eq!((listed[0].suggested_price, listed[0].lifetime.as_str()), (3, "consumable"));
    assert_eq!(listed[0].description, "A bell.\nNothing more.");
    let answer = |who: Buyer| async move { may_buy("none", &who).await.result.unwrap() };
    assert_eq!(answer(buyer()).await, BuyAnswer::No("bell is not for elena with -2147483648".into()));
    let rich = Buyer { balance: Sparks(9), ..buyer() };
    assert_eq!(answer(rich.clone()).await, BuyAnswer::PercentOff(18));
    assert_eq!(answer(Buyer { owned: Vec::new(), ..rich }).await, BuyAnswer::Yes);
    assert_eq!(
        redeem("none").await.result.unwrap(),
        [
            PromisedEffect::FloorTurns(2),
            PromisedEffect::StewardRequests(1),
            PromisedEffect::FirstSpeaker,
            PromisedEffect::UnlockTier(1),
            PromisedEffect::SkillSlots(1),
            PromisedEffect::GrantSkill("bell".into()),
            PromisedEffect::Coaching("strategy".into()),
            PromisedEffect::AskFor { private: true, text: "loud".into() },
            PromisedEffect::Other { kind: "applause".into(), text: String::new() },
        ]
    );
    refused(redeem("store-refuses").await, FailureKind::GuestError, "sold out, elena");
}

#[tokio::test]
async fn skills_are_listed_taught_and_recalled() {
    let listed = skills("none").await.result.unwrap();
    assert_eq!((listed[0].id.as_str(), listed[0].suggested_price), ("whistling", 5));
    assert_eq!((&listed[0].tags, &listed[0].axes), (&vec!["noise".to_owned()], &vec!["wit".to_owned()]));
    assert_eq!(teach("none").await.result.unwrap(), "# whistling\n\nelena 2 Some(\"wit\") 3");
    assert_eq!(advise("none").await.result.unwrap().unwrap(), "whistling: breathe (floor 2)");
    assert_eq!(advise("skill-quiet").await.result.unwrap(), None);
    refused(teach("skill-refuses").await, FailureKind::GuestError, "nobody here teaches whistling");
}

#[tokio::test]
async fn items_out_of_bounds_are_refused_with_the_reason() {
    use FailureKind::{GuestError, Limit};
    for (name, kind, words) in [
        ("store-flood", Limit, "data: it passed or returned more than"),
        ("store-many", Limit, "items: there are 501, the most is 500"),
        ("store-megabyte", Limit, "result: it returned"),
        ("store-long", Limit, "the description of the item `bell` is longer than 2000 characters"),
        ("store-long-name", Limit, "the name of the item `bell` is longer than 80 characters"),
        ("store-price", Limit, "the item `bell`: a price of 4000000000 sparks, the most is 10000"),
        ("store-duplicates", GuestError, "the id of an item: `bell` is there twice"),
        ("store-id", GuestError, "`../../etc/passwd` is no id"),
        ("store-lifetime", GuestError, "the lifetime of the item `bell` is none"),
        ("store-escapes", GuestError, "the name of the item `bell` is not one plain line"),
        ("store-escapes-below", GuestError, "the description of the item `bell` holds control characters"),
    ] {
        refused(items(name).await, kind, words);
    }
}

#[tokio::test]
async fn answers_and_promises_out_of_bounds_are_refused_with_the_reason() {
    use FailureKind::{GuestError, Limit};
    refused(may_buy("store-percent", &buyer()).await, GuestError, "4000000000 per cent off");
    refused(may_buy("store-reason", &buyer()).await, Limit, "longer than 300 characters");
    refused(may_buy("store-escapes", &buyer()).await, GuestError, "not one plain line");
    refused(redeem("store-effects").await, Limit, "data: it passed or returned more than");
    refused(redeem("store-some-effects").await, Limit, "effects: there are 17, the most is 16");
    refused(redeem("store-request").await, Limit, "the text of a request is longer than 2000 characters");
    refused(redeem("store-escapes").await, Limit, "a granted skill is longer than 64 characters");
    let mint = PromisedEffect::Other { kind: "mint".into(), text: "1000000 sparks".into() };
    let promised = redeem("store-mint").await.result.unwrap();
    assert_eq!(
        promised,
        [mint, PromisedEffect::FloorTurns(u32::MAX)],
        "whether it is kept is for the rules to say"
    );
}

#[tokio::test]
async fn skills_out_of_bounds_are_refused_with_the_reason() {
    use FailureKind::{GuestError, Limit};
    refused(skills("skill-flood").await, Limit, "data: it passed or returned more than");
    refused(skills("skill-duplicates").await, GuestError, "the id of a skill: `whistling` is there twice");
    refused(skills("skill-price").await, Limit, "the skill `whistling`: a price of 4294967295 sparks");
    refused(skills("skill-tags").await, Limit, "tags of the skill `whistling`: there are 17, the most is 16");
    refused(
        skills("skill-title").await,
        GuestError,
        "the title of the skill `whistling` is not one plain line",
    );
    refused(teach("skill-megabyte").await, Limit, "the lesson is longer than 6000 characters");
    refused(teach("skill-long").await, Limit, "the lesson is longer than 6000 characters");
    refused(teach("skill-escapes").await, GuestError, "the lesson holds control characters");
    refused(teach("skill-empty").await, GuestError, "the lesson is empty");
    refused(advise("skill-advice").await, Limit, "the reminder is longer than 300 characters");
    refused(advise("skill-advice-lines").await, GuestError, "the reminder is not one plain line");
}

#[tokio::test]
async fn a_loop_in_a_store_or_a_skill_ends_at_the_cpu_limit() {
    let call = |name| attack(name).limit(|limits| limits.cpu_ticks = 3).call;
    let words = "CPU: it computed for more than the 30 ms";
    refused(RUNTIME.list_items(&HOSTILE, call("store-loop")).await, FailureKind::Limit, words);
    refused(RUNTIME.teach(&HOSTILE, call("skill-loop"), "x", &learner()).await, FailureKind::Limit, words);
    refused(RUNTIME.list_skills(&HOSTILE, call("skill-list-loop")).await, FailureKind::Limit, words);
}

#[tokio::test]
async fn a_component_that_offers_nothing_is_not_asked() {
    let ada = RUNTIME.compile(amatelier_test_support::guest("ada")).unwrap();
    let words = "the component exports no store";
    refused(RUNTIME.list_items(&ada, attack("none").call).await, FailureKind::HostFault, words);
    let words = "the component exports no skills";
    refused(RUNTIME.list_skills(&ada, attack("none").call).await, FailureKind::HostFault, words);
}
