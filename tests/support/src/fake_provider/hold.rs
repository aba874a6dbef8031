//! A request that the test keeps waiting.

use std::{
    sync::{Arc, Condvar, Mutex},
    time::Duration,
};

use tokio::sync::watch;

use super::asked::Asked;

/// Turns a hang into a message; see the same number in the book.
const PATIENCE: Duration = Duration::from_secs(300);

/// A place in the conversation at which the provider stops until [`Hold::release`].
#[derive(Clone)]
pub struct Hold(Arc<Latch>);

struct Latch {
    reached: Mutex<Option<Asked>>,
    told: Condvar,
    released: watch::Sender<bool>,
}

impl Hold {
    pub(super) fn new() -> Self {
        let (reached, told, released) = (Mutex::new(None), Condvar::new(), watch::Sender::new(false));
        Hold(Arc::new(Latch { reached, told, released }))
    }

    /// Wait until the request has arrived; it stays without an answer.
    pub fn reached(&self) -> Asked {
        let Latch { reached, told, .. } = &*self.0;
        let reached = reached.lock().unwrap();
        let (reached, _) = told.wait_timeout_while(reached, PATIENCE, |reached| reached.is_none()).unwrap();
        let asked = reached.clone();
        drop(reached);
        asked.expect("the request that was to be held never arrived")
    }

    /// Let it be answered.
    pub fn release(&self) {
        self.0.released.send_replace(true);
    }

    /// The provider's side: say that it has arrived, and wait for the release.
    pub(super) async fn keep(&self, asked: &Asked) {
        *self.0.reached.lock().unwrap() = Some(asked.clone());
        self.0.told.notify_all();
        // An error means that the sender is gone, and it is not: it lives in `self`.
        let _ = self.0.released.subscribe().wait_for(|released| *released).await;
    }
}
