//! Chance, time and the machine, as a guest sees them.

use crate::stage::attack;

#[tokio::test]
async fn the_same_call_sees_the_same_world_and_another_seed_another_one() {
    let probe = |seed: u8| {
        let mut stage = attack("probe");
        stage.call.seed = [seed; 32];
        stage.said()
    };
    let (first, again, other) = (probe(1).await, probe(1).await, probe(2).await);
    assert_eq!(first, again);
    let chance = |said: &str| said.split("Ok(").next().unwrap().to_owned();
    assert_ne!(chance(&first), chance(&other));
}

#[tokio::test]
async fn a_guest_sees_logical_time_and_nothing_of_the_machine() {
    let said = attack("probe").said().await;
    // 2000-01-01 and 42 s; no time passes; no environment, no arguments, no file, nothing on stdin.
    let expected = "Ok(946684842) 0ns 42 [] [false, false, false, false] 0";
    assert!(said.ends_with(expected), "{said}");
}

#[tokio::test]
async fn time_moves_with_the_debate() {
    let mut stage = attack("probe");
    stage.call.now = 100;
    assert!(stage.said().await.contains("Ok(946684900) 0ns 100"));
}
