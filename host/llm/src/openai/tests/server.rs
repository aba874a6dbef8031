//! A server that answers by a script, an ear that writes everything down, and a provider that asks the one and tells the other.

use std::{
    collections::VecDeque,
    sync::{Arc, Mutex},
    time::Duration,
};

use axum::{
    Router,
    body::{Body, Bytes},
    extract::Request as Incoming,
    http::{HeaderMap, StatusCode},
    response::Response,
};
use futures_util::{StreamExt, stream};
use secrecy::SecretString;
use serde_json::Value;
use tokio::net::TcpListener;

use crate::{
    Error, Provider, Reply, Request, RetryPolicy, Stopped, Timers, Wire,
    openai::{Flavour, OpenAiCompat, OpenAiCompatConfig, normalise_base_url},
};

/// What happens after the last byte of an answer.
#[derive(Clone, Copy)]
enum After {
    End,
    Stall,
    Break,
}

/// One answer of the script.
pub(super) struct Answer {
    status: u16,
    headers: Vec<(&'static str, String)>,
    pieces: Vec<Bytes>,
    after: After,
}

/// Status 200 with this body.
pub(super) fn ok(body: impl Into<String>) -> Answer {
    status(200, body)
}

/// Any status with this body.
pub(super) fn status(status: u16, body: impl Into<String>) -> Answer {
    let pieces = Some(body.into()).filter(|body| !body.is_empty()).map(Bytes::from).into_iter().collect();
    Answer { status, headers: Vec::new(), pieces, after: After::End }
}

impl Answer {
    pub(super) fn header(mut self, name: &'static str, value: &str) -> Self {
        self.headers.push((name, value.into()));
        self
    }

    pub(super) fn in_single_bytes(mut self) -> Self {
        let whole = self.pieces.concat();
        self.pieces = whole.iter().map(|byte| Bytes::copy_from_slice(&[*byte])).collect();
        self
    }

    pub(super) fn then_stalls(self) -> Self {
        Answer { after: After::Stall, ..self }
    }

    pub(super) fn then_breaks(self) -> Self {
        Answer { after: After::Break, ..self }
    }

    fn into_response(self) -> Response {
        let mut response = Response::builder().status(StatusCode::from_u16(self.status).unwrap());
        for (name, value) in self.headers {
            response = response.header(name, value);
        }
        let pieces = stream::iter(self.pieces.into_iter().map(Ok));
        let body = match self.after {
            After::End => Body::from_stream(pieces),
            After::Stall => {
                Body::from_stream(pieces.chain(stream::pending::<Result<Bytes, std::io::Error>>()))
            }
            After::Break => Body::from_stream(pieces.chain(stream::once(async {
                // The server writes out what it has when nothing more is ready; an error at once would discard it.
                tokio::task::yield_now().await;
                Err(std::io::Error::other("cut"))
            }))),
        };
        response.body(body).unwrap()
    }
}

/// A request as the server saw it.
pub(super) struct Seen {
    pub(super) path: String,
    pub(super) headers: HeaderMap,
    pub(super) body: Value,
}

/// Everything that happens, in order: `before 1`, `sent`, `id 1 x`, `text 1 x`, `failed 1 x`.
type Log = Arc<Mutex<Vec<String>>>;

/// The ear. Refuses the request with the number `refuse`.
struct Ear {
    log: Log,
    refuse: Option<u32>,
}

#[async_trait::async_trait]
impl Wire for Ear {
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
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let script = Arc::new(Mutex::new(script.into_iter().collect::<VecDeque<_>>()));
        let (seen, log) = (Arc::new(Mutex::new(Vec::new())), Log::default());
        let (server_seen, server_log) = (seen.clone(), log.clone());
        let app = Router::new().fallback(move |request: Incoming| async move {
            let (head, body) = request.into_parts();
            let body = axum::body::to_bytes(body, usize::MAX).await.unwrap();
            server_log.lock().unwrap().push("sent".into());
            server_seen.lock().unwrap().push(Seen {
                path: head.uri.path().into(),
                headers: head.headers,
                body: serde_json::from_slice(&body).unwrap_or_default(),
            });
            let answer = script.lock().unwrap().pop_front();
            answer.unwrap_or_else(|| status(418, "the script is over")).into_response()
        });
        tokio::spawn(async move { axum::serve(listener, app).await });
        Scene::at(&format!("http://{address}"), seen, log)
    }

    /// A port that nobody listens on.
    pub(super) async fn without_server() -> Self {
        let address = TcpListener::bind("127.0.0.1:0").await.unwrap().local_addr().unwrap();
        Scene::at(&format!("http://{address}"), Arc::default(), Log::default())
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
        let ear = Ear { log: self.log.clone(), refuse: self.refuse };
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
