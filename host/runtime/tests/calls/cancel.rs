//! A call that is dropped in the middle: at every point where it can be.

use std::{
    pin::pin,
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering::SeqCst},
    },
    task::Poll,
};

use amatelier_runtime::{Completion, CompletionReply, ModelError, Models, Suspended};
use amatelier_types::Capability;

use crate::stage::attack;

/// A model that makes its caller wait twice, and knows how many requests it has in hand.
struct Thoughtful(Arc<AtomicUsize>);

struct InHand(Arc<AtomicUsize>);

impl Drop for InHand {
    fn drop(&mut self) {
        self.0.fetch_sub(1, SeqCst);
    }
}

#[async_trait::async_trait]
impl Models for Thoughtful {
    async fn complete(&self, _: Completion) -> Result<Result<CompletionReply, ModelError>, Suspended> {
        self.0.fetch_add(1, SeqCst);
        let _in_hand = InHand(self.0.clone());
        tokio::task::yield_now().await;
        tokio::task::yield_now().await;
        Ok(Err(ModelError::Other("thought in vain".into())))
    }

    fn count_tokens(&self, _: &str) -> u32 {
        0
    }
}

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
async fn a_call_can_be_dropped_at_every_await_and_nothing_of_it_is_left() {
    let in_hand = Arc::new(AtomicUsize::new(0));
    let mut seen_in_hand = 0;
    for times in 0.. {
        // Five requests, and then an error of its own.
        let stage =
            attack("think-recover").grant(Capability::LlmComplete).models(Thoughtful(in_hand.clone()));
        let ended = {
            let mut call = pin!(stage.run());
            let ended = polled(times, call.as_mut()).await;
            seen_in_hand += in_hand.load(SeqCst);
            ended
        };
        assert_eq!(in_hand.load(SeqCst), 0, "a request outlived its call");
        assert!(attack("turn").said().await.contains("round: 2"), "after {times} polls");
        if let Some(ended) = ended {
            assert_eq!(ended.record.model_calls, 5);
            assert!(times > 10, "ten awaits of requests at least");
            break;
        }
    }
    // Two awaits for each request are ten; a tick of the clock can add a poll to a run and shift its place by one.
    assert!(seen_in_hand >= 5, "dropped {seen_in_hand} times while a request was in hand");
}
