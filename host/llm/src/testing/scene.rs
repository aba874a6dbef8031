//! A server with its log, for tests of one provider.

use super::{
    Log, LogEar,
    server::{Answer, Asides, Seen, Server},
};

/// A server, and everything that happens.
pub(crate) struct Scene {
    log: Log,
    server: Server,
}

impl Scene {
    /// A server that gives these answers, one a request.
    pub(crate) async fn new(script: impl IntoIterator<Item = Answer>) -> Self {
        Scene::with_asides(script, Asides::new()).await
    }

    /// The same, with answers to questions beside the script.
    pub(crate) async fn with_asides(script: impl IntoIterator<Item = Answer>, asides: Asides) -> Self {
        let log = Log::default();
        let server = Server::with_asides(script, asides, &log).await;
        Scene { log, server }
    }

    /// The server's address without a path.
    pub(crate) fn url(&self) -> &str {
        &self.server.url
    }

    /// An ear that writes into the log.
    pub(crate) fn ear(&self) -> LogEar {
        LogEar { log: self.log.clone(), refuse: None }
    }

    /// An ear that refuses the `n`-th request.
    pub(crate) fn ear_refusing(&self, n: u32) -> LogEar {
        LogEar { refuse: Some(n), ..self.ear() }
    }

    /// Everything that happened.
    pub(crate) fn log(&self) -> Vec<String> {
        self.log.lock().unwrap().clone()
    }

    /// Every request that was of the script.
    pub(crate) fn seen(&self) -> Vec<Seen> {
        self.server.seen.lock().unwrap().clone()
    }

    /// The paths of all other questions.
    pub(crate) fn aside(&self) -> Vec<String> {
        self.server.aside.lock().unwrap().clone()
    }
}
