//! An ear that writes everything down.

use std::sync::{Arc, Mutex};

use crate::{Stopped, Wire};

/// Everything that happens, in order: `before 1`, `sent`, `id 1 x`, `text 1 x`, `failed 1 x`.
pub(crate) type Log = Arc<Mutex<Vec<String>>>;

/// The ear. Refuses the request with the number `refuse`.
pub(crate) struct LogEar {
    pub(crate) log: Log,
    pub(crate) refuse: Option<u32>,
}

#[async_trait::async_trait]
impl Wire for LogEar {
    async fn before_request(&self, n: u32) -> Result<(), Stopped> {
        if self.refuse == Some(n) {
            return Err(Stopped("the cap is reached".into()));
        }
        self.log.lock().unwrap().push(format!("before {n}"));
        Ok(())
    }

    fn response_id(&self, n: u32, id: &str) {
        self.log.lock().unwrap().push(format!("id {n} {id}"));
    }

    fn text(&self, n: u32, piece: &str) {
        self.log.lock().unwrap().push(format!("text {n} {piece}"));
    }

    fn request_failed(&self, n: u32, why: &str) {
        self.log.lock().unwrap().push(format!("failed {n} {why}"));
    }
}
