//! A debate that is dropped while it runs: at every point where it can be.

use std::{pin::pin, sync::Arc, task::Poll};

use amatelier_engine::{Control, Ending};

use crate::{
    house::{GOOD, House, Nobody, Table, opening},
    trial,
};

/// Poll so often, then drop.
async fn polled<T>(times: usize, work: impl Future<Output = T>) -> Option<T> {
    let mut work = pin!(work);
    let mut left = times;
    std::future::poll_fn(|context| {
        if left == 0 {
            return Poll::Ready(None);
        }
        left -= 1;
        work.as_mut().poll(context).map(Some)
    })
    .await
}

#[tokio::test]
async fn a_debate_can_be_dropped_at_every_await_and_goes_on_where_it_was() {
    let house = House::new();
    let table = Table { rubric: "component = \"classic\"".into(), ..trial::bystander() };
    let calm = house.hold(&table, Arc::new(Nobody)).await;
    let engine = house.engine(&table);
    for times in 1.. {
        let roundtable = engine.open_roundtable(&opening(&table)).await.unwrap();
        let id = roundtable.id().clone();
        let run = engine.run(roundtable, None, Control::default(), Arc::new(Nobody));
        if polled(times, run).await.is_some() {
            // How often it is polled depends on what becomes ready together.
            assert!(times > 5, "a debate waits more often than {times} times");
            break;
        }
        let again = engine.load(&id).unwrap();
        let (ending, digest) = engine.run(again, None, Control::default(), Arc::new(Nobody)).await.unwrap();
        assert_eq!(ending, Ending::Over, "after {times} polls");
        assert_eq!(trial::good_ones(&digest), trial::good_ones(&calm), "after {times} polls");
        assert!(
            digest
                .turns
                .iter()
                .filter(|turn| GOOD.contains(&turn.agent.as_str()))
                .all(|turn| turn.ending == "done"),
            "after {times} polls"
        );
        assert_eq!(digest.scoring_status, "complete", "after {times} polls");
    }
}
