//! Everything that was asked, and somebody who waits for it.

use std::{
    sync::{Condvar, Mutex},
    time::Duration,
};

use serde_json::Value;

use super::asked::Asked;

/// How long a test waits for something that never comes before it fails. No test depends on it: it turns a hang into a message.
const PATIENCE: Duration = Duration::from_secs(300);

/// The requests, in the order in which they arrived.
#[derive(Default)]
pub(super) struct Book {
    requests: Mutex<Vec<Asked>>,
    changed: Condvar,
}

impl Book {
    /// Write a request down.
    pub(super) fn open(&self, body: Value) -> Asked {
        let mut requests = self.requests.lock().unwrap();
        let asked = Asked::new(requests.len() + 1, &requests, body);
        requests.push(asked.clone());
        self.changed.notify_all();
        asked
    }

    /// What the `n`-th request is being answered.
    pub(super) fn answering(&self, n: usize, text: &str) {
        self.requests.lock().unwrap()[n - 1].answer = Some(text.to_owned());
    }

    /// A piece of the `n`-th request's answer is on its way.
    pub(super) fn send(&self, n: usize) {
        self.requests.lock().unwrap()[n - 1].pieces += 1;
        self.changed.notify_all();
    }

    /// The `n`-th request's answer is out.
    pub(super) fn finish(&self, n: usize) {
        self.requests.lock().unwrap()[n - 1].finished = true;
        self.changed.notify_all();
    }

    /// Look at it.
    pub(super) fn read<T>(&self, look: impl FnOnce(&[Asked]) -> T) -> T {
        look(&self.requests.lock().unwrap())
    }

    /// Wait until it is so.
    pub(super) fn wait(&self, what: &str, so: impl Fn(&[Asked]) -> bool) {
        let requests = self.requests.lock().unwrap();
        let (requests, timeout) =
            self.changed.wait_timeout_while(requests, PATIENCE, |requests| !so(requests)).unwrap();
        let asked = requests.len();
        // Not while the lock is held: a panic would poison it and hide this message behind another.
        drop(requests);
        assert!(!timeout.timed_out(), "waited for {what}; there were {asked} requests");
    }
}
