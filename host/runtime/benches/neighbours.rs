//! Turns of well-behaved guests, with and without a guest beside them that loops for ever.
//!
//! A turn begins and ends as a debate's does: it is woken by a thread outside of the async runtime (where the journal's writer
//! answers), runs as a task of its own, and hands over to that thread again.

use std::{
    sync::mpsc,
    thread,
    time::{Duration, Instant},
};

use amatelier_runtime::{Component, Runtime};
use tokio::sync::oneshot;

use crate::{nobody, print};

/// Turns measured, in each of several stretches with and without the loop: what the machine does meanwhile meets both.
const TURNS: usize = 1_000;
const STRETCHES: usize = 5;

pub(crate) async fn measure() {
    let runtime = Runtime::new().unwrap();
    let hostile = runtime.compile(amatelier_test_support::guest("hostile")).unwrap();
    let ada = runtime.compile(amatelier_test_support::guest("ada")).unwrap();
    let echo = Echo::start();
    turns(&runtime, &ada, &echo).await;
    let (mut quiet, mut beside) = (Vec::new(), Vec::new());
    for _ in 0..STRETCHES {
        quiet.extend(turns(&runtime, &ada, &echo).await);
        let looping = tokio::spawn(loop_for_ever(runtime.clone(), hostile.clone()));
        beside.extend(turns(&runtime, &ada, &echo).await);
        looping.abort();
        let _ = looping.await;
    }
    print("quiet", &quiet);
    print("beside", &beside);
}

/// A guest that loops until its CPU time is over, again and again.
async fn loop_for_ever(runtime: Runtime, hostile: Component) {
    let call = nobody::call(&[("attack", "loop")]);
    loop {
        runtime.take_turn(&hostile, call.clone(), nobody::TURN).await.result.unwrap_err();
    }
}

async fn turns(runtime: &Runtime, ada: &Component, echo: &Echo) -> Vec<Duration> {
    let mut samples = Vec::with_capacity(TURNS);
    for _ in 0..TURNS {
        let (runtime, ada) = (runtime.clone(), ada.clone());
        let begun = Instant::now();
        echo.hear().await;
        let turn = async move { runtime.take_turn(&ada, nobody::call(&[]), nobody::TURN).await };
        tokio::spawn(turn).await.unwrap().result.unwrap();
        echo.hear().await;
        samples.push(begun.elapsed());
    }
    samples
}

/// A thread that answers at once.
struct Echo(mpsc::Sender<oneshot::Sender<()>>);

impl Echo {
    fn start() -> Echo {
        let (ask, asked) = mpsc::channel::<oneshot::Sender<()>>();
        thread::spawn(move || asked.into_iter().for_each(|reply| reply.send(()).unwrap_or_default()));
        Echo(ask)
    }

    async fn hear(&self) {
        let (reply, heard) = oneshot::channel();
        self.0.send(reply).unwrap();
        heard.await.unwrap();
    }
}
