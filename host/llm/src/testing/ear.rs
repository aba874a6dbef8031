//! An ear that keeps what it heard.

use std::sync::Mutex;

use crate::{Billing, Stopped, Wire};

/// Hears everything.
#[derive(Debug, Default)]
pub(crate) struct Ear {
    stop_at: Option<u32>,
    heard: Mutex<Vec<String>>,
}

impl Ear {
    /// One that stops this request.
    pub(crate) fn stopping(n: u32) -> Self {
        Ear { stop_at: Some(n), ..Ear::default() }
    }

    /// What was heard, in order.
    pub(crate) fn heard(&self) -> Vec<String> {
        self.heard.lock().unwrap().clone()
    }

    fn hear(&self, line: String) {
        self.heard.lock().unwrap().push(line);
    }
}

#[async_trait::async_trait]
impl Wire for Ear {
    fn turned_to(&self, provider: &str, model: &str, billing: Billing) {
        self.hear(format!("turned to {provider}, {model}, {}", billing.name()));
    }

    async fn before_request(&self, n: u32) -> Result<(), Stopped> {
        self.hear(format!("before {n}"));
        if self.stop_at == Some(n) { Err(Stopped("enough".into())) } else { Ok(()) }
    }

    fn response_id(&self, n: u32, _id: &str) {
        self.hear(format!("id {n}"));
    }

    fn text(&self, n: u32, piece: &str) {
        self.hear(format!("text {n} {piece}"));
    }

    fn request_failed(&self, n: u32, _why: &str) {
        self.hear(format!("failed {n}"));
    }
}
