//! A server with its script, and the provider that asks it.

use std::{
    sync::{Arc, Mutex},
    time::Duration,
};

use secrecy::SecretString;
use serde_json::Value;

pub(super) use crate::testing::server::{Answer, ok, status};
use crate::{
    Error, Provider, Reply, Request, RetryPolicy, Timers,
    openai::{Flavour, OpenAiCompat, OpenAiCompatConfig, normalise_base_url},
    testing::{
        Log, LogEar,
        server::{Seen, Server},
    },
};

/// A server with its script, and the provider that asks it.
pub(super) struct Scene {
    pub(super) seen: Arc<Mutex<Vec<Seen>>>,
    log: Log,
    refuse: Option<u32>,
    config: OpenAiCompatConfig,
}

impl Scene {
    /// A server that gives these answers, one a request, and 418 afterwards.
    pub(super) async fn new(script: impl IntoIterator<Item = Answer>) -> Self {
        let log = Log::default();
        let Server { url, seen, .. } = Server::start(script, &log).await;
        Scene::at(&url, seen, log)
    }

    /// A port that nobody listens on.
    pub(super) async fn without_server() -> Self {
        let Server { url, seen, .. } = Server::none().await;
        Scene::at(&url, seen, Log::default())
    }

    fn at(url: &str, seen: Arc<Mutex<Vec<Seen>>>, log: Log) -> Self {
        let config = OpenAiCompatConfig {
            context_tokens: 4096,
            tools: true,
            retry: RetryPolicy { first_delay: Duration::from_millis(1), ..RetryPolicy::default() },
            ..OpenAiCompatConfig::new("local", normalise_base_url(url).unwrap())
        };
        Scene { seen, log, refuse: None, config }
    }

    pub(super) fn key(mut self, key: &str) -> Self {
        self.config.api_key = Some(SecretString::from(key));
        self
    }

    pub(super) fn timers(mut self, timers: Timers) -> Self {
        self.config.timers = timers;
        self
    }

    pub(super) fn storing(mut self) -> Self {
        self.config.store = true;
        self
    }

    pub(super) fn flavoured(mut self, flavour: Flavour) -> Self {
        self.config.flavour = flavour;
        self
    }

    pub(super) fn refusing(mut self, n: u32) -> Self {
        self.refuse = Some(n);
        self
    }

    pub(super) fn provider(&self) -> OpenAiCompat {
        OpenAiCompat::new(self.config.clone()).unwrap()
    }

    /// Ask once.
    pub(super) async fn ask(&self, request: &Request) -> Result<Reply, Error> {
        self.ask_with(&self.provider(), request).await
    }

    /// Ask through a provider that may have been asked before.
    pub(super) async fn ask_with(&self, provider: &OpenAiCompat, request: &Request) -> Result<Reply, Error> {
        let ear = LogEar { log: self.log.clone(), refuse: self.refuse };
        provider.complete(request, &ear).await
    }

    /// Everything that happened.
    pub(super) fn log(&self) -> Vec<String> {
        self.log.lock().unwrap().clone()
    }

    /// How many requests arrived.
    pub(super) fn requests(&self) -> usize {
        self.seen.lock().unwrap().len()
    }

    /// The body of the `n`-th request, from 0.
    pub(super) fn body(&self, n: usize) -> Value {
        self.seen.lock().unwrap()[n].body.clone()
    }
}
