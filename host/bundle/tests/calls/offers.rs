//! The store `classic` and the skills `foundations`.

use amatelier_bundle::World;
use amatelier_types::{BuyAnswer, Buyer, Learner, Phase, PromisedEffect, Sparks};

use crate::stage::{RUNTIME, Stage, name, stage};

fn store() -> Stage {
    stage(World::Store, "classic")
}

fn foundations() -> Stage {
    stage(World::Skill, "foundations")
}

fn buyer(tier: u32, assignments: u32) -> Buyer {
    Buyer { name: name("ada"), balance: Sparks(100), tier, assignments, rank: 1, owned: Vec::new() }
}

async fn redeem(id: &str, note: &str) -> Result<Vec<PromisedEffect>, String> {
    let Stage { component, call, .. } = store();
    let ended = RUNTIME.redeem(&component, call, id, &buyer(0, 0), note).await;
    ended.result.map_err(|stop| format!("{stop:?}"))
}

#[tokio::test]
async fn the_store_has_eighteen_things_and_each_promises_one_effect() {
    let Stage { component, call, .. } = store();
    let items = RUNTIME.list_items(&component, call).await.result.unwrap();
    assert_eq!(items.len(), 18);
    let page = include_str!("../../../../docs/reference/components.md");
    for item in items {
        assert!(page.contains(&format!("`{}`", item.id)), "the reference has no {}", item.id);
        assert_eq!(redeem(&item.id, "please").await.unwrap().len(), 1, "{}", item.id);
    }
    assert!(redeem("private-request", "").await.unwrap_err().contains("needs words"));
    assert!(redeem("crown", "").await.unwrap_err().contains("has no `crown`"));
}

#[tokio::test]
async fn tiers_are_for_those_who_have_held_enough_debates() {
    let may = |id: &'static str, who: Buyer| async move {
        let Stage { component, call, .. } = store();
        RUNTIME.may_buy(&component, call, id, &who).await.result.unwrap()
    };
    assert_eq!(may("tier-1", buyer(0, 5)).await, BuyAnswer::Yes);
    assert!(
        matches!(may("tier-1", buyer(0, 4)).await, BuyAnswer::No(why) if why.contains("needs 5 debates"))
    );
    assert!(matches!(may("crown", buyer(0, 4)).await, BuyAnswer::No(_)));
}

#[tokio::test]
async fn the_store_sells_exactly_the_skills_that_are_taught() {
    let Stage { component, call, .. } = foundations();
    let taught = RUNTIME.list_skills(&component, call).await.result.unwrap();
    let Stage { component, call, .. } = store();
    let mut sold = RUNTIME.list_items(&component, call).await.result.unwrap();
    sold.retain(|item| item.category == "skills");
    let mut sold: Vec<_> =
        sold.into_iter().map(|item| (item.id, item.name, item.description, item.suggested_price)).collect();
    sold.sort();
    let taught: Vec<_> = taught
        .into_iter()
        .map(|skill| (skill.id, skill.title, skill.summary, skill.suggested_price))
        .collect();
    assert_eq!(sold, taught);
    for (id, ..) in taught {
        assert_eq!(redeem(&id, "").await.unwrap(), [PromisedEffect::GrantSkill(id)]);
    }
}

#[tokio::test]
async fn every_skill_is_taught_to_everybody_and_advises_somewhere() {
    let Stage { component, call, .. } = foundations();
    let skills = RUNTIME.list_skills(&component, call).await.result.unwrap();
    assert_eq!(skills.len(), 8);
    for skill in skills {
        let mut lessons = Vec::new();
        for (tier, uses, weakest) in [(0, 0, None), (3, 9, skill.axes.first().cloned())] {
            let who = Learner { name: name("ada"), tier, weakest_axis: weakest, uses };
            let Stage { component, call, .. } = foundations();
            lessons.push(RUNTIME.teach(&component, call, &skill.id, &who).await.result.unwrap());
        }
        assert!(lessons[0] != lessons[1] && lessons[0].contains("## Worked example"), "{}", skill.id);
        let mut advised = 0;
        for phase in [Phase::Research, Phase::Speak, Phase::Rebuttal, Phase::Gate, Phase::Floor] {
            let Stage { component, call, .. } = foundations();
            let advice = RUNTIME.advise(&component, call, &skill.id, phase, 1).await.result.unwrap();
            assert!(advice.is_none() || phase != Phase::Gate);
            advised += usize::from(advice.is_some());
        }
        assert!((1..=3).contains(&advised), "{}", skill.id);
    }
    let who = Learner { name: name("ada"), tier: 0, weakest_axis: None, uses: 0 };
    let Stage { component, call, .. } = foundations();
    let stop = RUNTIME.teach(&component, call, "magic", &who).await.result.unwrap_err();
    assert!(format!("{stop:?}").contains("nobody here teaches `magic`"));
}
