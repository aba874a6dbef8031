//! Everything that was asked, and somebody who waits for it.

use std::{
    sync::{Condvar, Mutex},
    time::Duration,
};

use serde_json::Value;

use super::{
    answer::Answer,
    asked::{self, Asked},
    prompt::Prompt,
    protocol::Protocol,
};

/// How long a test waits for something that never comes before it fails. No test depends on it: it turns a hang into a message.
const PATIENCE: Duration = Duration::from_secs(300);

/// The requests, in the order in which they arrived.
#[derive(Default)]
pub(super) struct Book {
    requests: Mutex<Vec<Asked>>,
    looked_up: Mutex<Vec<String>>,
    changed: Condvar,
}

impl Book {
    /// Write a request down.
    pub(super) fn open(&self, protocol: Protocol, read: Result<Prompt, String>, body: Value) -> Asked {
        let mut requests = self.requests.lock().unwrap();
        let (prompt, complaint) = match read {
            Ok(prompt) => (prompt, None),
            Err(complaint) => (Prompt::default(), Some(complaint)),
        };
        let key = asked::key(&prompt);
        let asked = Asked {
            n: requests.len() + 1,
            times: requests.iter().filter(|asked| asked.key == key).count() + 1,
            key,
            protocol,
            prompt,
            body,
            complaint,
            answer: None,
            usage: None,
            worked_out: None,
            pieces: 0,
            finished: false,
        };
        requests.push(asked.clone());
        self.changed.notify_all();
        asked
    }

    /// What the `n`-th request is being answered.
    pub(super) fn answering(&self, n: usize, answer: &Answer) {
        let asked = &mut self.requests.lock().unwrap()[n - 1];
        (asked.answer, asked.usage) = (Some(answer.said().to_owned()), Some(answer.usage));
        asked.worked_out = Some(answer.clone());
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

    /// Somebody asked what became of the request with this id.
    pub(super) fn look_up(&self, id: &str) {
        self.looked_up.lock().unwrap().push(id.to_owned());
    }

    /// The ids that were asked for.
    pub(super) fn looked_up(&self) -> Vec<String> {
        self.looked_up.lock().unwrap().clone()
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
