//! The caller's ear for several calls that are one to it.

use std::sync::atomic::{AtomicU32, Ordering};

use crate::{Billing, Stopped, Wire};

/// Counts requests on from where the call before ended.
pub(super) struct Onward<'a> {
    wire: &'a dyn Wire,
    /// Requests of the calls before.
    before: AtomicU32,
    /// Requests in all.
    so_far: AtomicU32,
}

impl<'a> Onward<'a> {
    pub(super) fn new(wire: &'a dyn Wire) -> Self {
        Onward { wire, before: AtomicU32::new(0), so_far: AtomicU32::new(0) }
    }

    /// The next request with number 1 is of another call.
    pub(super) fn go_on(&self) {
        self.before.store(self.so_far.load(Ordering::Relaxed), Ordering::Relaxed);
    }

    fn number(&self, n: u32) -> u32 {
        self.before.load(Ordering::Relaxed).saturating_add(n)
    }
}

#[async_trait::async_trait]
impl Wire for Onward<'_> {
    fn turned_to(&self, provider: &str, model: &str, billing: Billing) {
        self.wire.turned_to(provider, model, billing);
    }

    async fn before_request(&self, n: u32) -> Result<(), Stopped> {
        let n = self.number(n);
        self.so_far.fetch_max(n, Ordering::Relaxed);
        self.wire.before_request(n).await
    }

    fn response_id(&self, n: u32, id: &str) {
        self.wire.response_id(self.number(n), id);
    }

    fn text(&self, n: u32, piece: &str) {
        self.wire.text(self.number(n), piece);
    }

    fn request_failed(&self, n: u32, why: &str) {
        self.wire.request_failed(self.number(n), why);
    }

    fn request_refused(&self, n: u32, why: &str) {
        self.wire.request_refused(self.number(n), why);
    }
}
