//! For tests of providers: a server that answers by a script, an ear that writes everything down.

use std::{
    collections::{BTreeMap, VecDeque},
    sync::{Arc, Mutex},
};

use axum::{
    Router,
    body::{Body, Bytes},
    extract::Request as Incoming,
    http::{HeaderMap, StatusCode},
    response::Response,
};
use futures_util::{StreamExt, stream};
use serde_json::Value;
use tokio::net::TcpListener;

use crate::{Stopped, Wire};

/// What happens after the last byte of an answer.
#[derive(Clone, Copy)]
enum After {
    End,
    Stall,
    Break,
}

/// One answer of the script.
#[derive(Clone)]
pub(crate) struct Scripted {
    status: u16,
    headers: Vec<(&'static str, String)>,
    pieces: Vec<Bytes>,
    after: After,
}

/// Status 200 with this body.
pub(crate) fn ok(body: impl Into<String>) -> Scripted {
    status(200, body)
}

/// Any status with this body.
pub(crate) fn status(status: u16, body: impl Into<String>) -> Scripted {
    let pieces = Some(body.into()).filter(|body| !body.is_empty()).map(Bytes::from).into_iter().collect();
    Scripted { status, headers: Vec::new(), pieces, after: After::End }
}

impl Scripted {
    pub(crate) fn header(mut self, name: &'static str, value: &str) -> Self {
        self.headers.push((name, value.into()));
        self
    }

    pub(crate) fn in_single_bytes(mut self) -> Self {
        let whole = self.pieces.concat();
        self.pieces = whole.iter().map(|byte| Bytes::copy_from_slice(&[*byte])).collect();
        self
    }

    pub(crate) fn then_stalls(self) -> Self {
        Scripted { after: After::Stall, ..self }
    }

    pub(crate) fn then_breaks(self) -> Self {
        Scripted { after: After::Break, ..self }
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
#[derive(Clone)]
pub(crate) struct Seen {
    /// Path and query.
    pub(crate) target: String,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Value,
}

/// Everything that happens, in order: `before 1`, `sent`, `id 1 x`, `text 1 x`, `failed 1 x`.
type Log = Arc<Mutex<Vec<String>>>;

/// The ear. Refuses the request with the number `refuse`.
pub(crate) struct Ear {
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

/// A server with its script.
pub(crate) struct ScriptedServer {
    pub(crate) url: String,
    seen: Arc<Mutex<Vec<Seen>>>,
    log: Log,
}

impl ScriptedServer {
    /// A server that gives these answers, one a request, and 418 afterwards.
    pub(crate) async fn new(script: impl IntoIterator<Item = Scripted>) -> Self {
        Self::with_fixed(script, BTreeMap::new()).await
    }

    /// The same, but requests for these paths always get the same answer, and are neither in the log nor of the script.
    pub(crate) async fn with_fixed(
        script: impl IntoIterator<Item = Scripted>,
        fixed: BTreeMap<&'static str, Scripted>,
    ) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let script = Arc::new(Mutex::new(script.into_iter().collect::<VecDeque<_>>()));
        let fixed = Arc::new(fixed);
        let (seen, log) = (Arc::new(Mutex::new(Vec::new())), Log::default());
        let (server_seen, server_log) = (seen.clone(), log.clone());
        let app = Router::new().fallback(move |request: Incoming| async move {
            let (head, body) = request.into_parts();
            let body = axum::body::to_bytes(body, usize::MAX).await.unwrap();
            server_seen.lock().unwrap().push(Seen {
                target: head.uri.to_string(),
                headers: head.headers,
                body: serde_json::from_slice(&body).unwrap_or_default(),
            });
            if let Some(answer) = fixed.get(head.uri.path()) {
                return answer.clone().into_response();
            }
            server_log.lock().unwrap().push("sent".into());
            let answer = script.lock().unwrap().pop_front();
            answer.unwrap_or_else(|| status(418, "the script is over")).into_response()
        });
        tokio::spawn(async move { axum::serve(listener, app).await });
        ScriptedServer { url, seen, log }
    }

    /// An ear that writes into the server's log.
    pub(crate) fn ear(&self) -> Ear {
        Ear { log: self.log.clone(), refuse: None }
    }

    /// An ear that refuses the `n`-th request.
    pub(crate) fn ear_refusing(&self, n: u32) -> Ear {
        Ear { refuse: Some(n), ..self.ear() }
    }

    /// Everything that happened.
    pub(crate) fn log(&self) -> Vec<String> {
        self.log.lock().unwrap().clone()
    }

    /// Every request that arrived.
    pub(crate) fn seen(&self) -> Vec<Seen> {
        self.seen.lock().unwrap().clone()
    }
}
