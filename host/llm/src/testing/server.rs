//! A server that answers by a script and remembers what it was asked.

use std::{
    collections::VecDeque,
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

use super::Log;

/// What happens after the last byte of an answer.
#[derive(Clone, Copy)]
enum After {
    End,
    Stall,
    Break,
}

/// One answer of the script.
#[derive(Clone)]
pub(crate) struct Answer {
    status: u16,
    headers: Vec<(&'static str, String)>,
    pieces: Vec<Bytes>,
    after: After,
}

/// Status 200 with this body.
pub(crate) fn ok(body: impl Into<String>) -> Answer {
    status(200, body)
}

/// Any status with this body.
pub(crate) fn status(status: u16, body: impl Into<String>) -> Answer {
    raw(status, body.into().into_bytes())
}

/// Any status with any bytes.
pub(crate) fn raw(status: u16, body: Vec<u8>) -> Answer {
    let pieces = Some(body).filter(|body| !body.is_empty()).map(Bytes::from).into_iter().collect();
    Answer { status, headers: Vec::new(), pieces, after: After::End }
}

impl Answer {
    pub(crate) fn header(mut self, name: &'static str, value: &str) -> Self {
        self.headers.push((name, value.into()));
        self
    }

    pub(crate) fn in_single_bytes(self) -> Self {
        self.in_pieces(1)
    }

    /// Sent in pieces of so many bytes.
    pub(crate) fn in_pieces(mut self, size: usize) -> Self {
        let whole = self.pieces.concat();
        self.pieces = whole.chunks(size).map(Bytes::copy_from_slice).collect();
        self
    }

    pub(crate) fn then_stalls(self) -> Self {
        Answer { after: After::Stall, ..self }
    }

    pub(crate) fn then_breaks(self) -> Self {
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

/// Answers to questions beside the script, by path.
pub(crate) type Asides = Vec<(&'static str, Answer)>;

/// A request as the server saw it.
#[derive(Clone)]
pub(crate) struct Seen {
    pub(crate) path: String,
    /// Path and query.
    pub(crate) target: String,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Value,
}

/// A server that runs as long as its test.
pub(crate) struct Server {
    /// Its address without a path.
    pub(crate) url: String,
    pub(crate) seen: Arc<Mutex<Vec<Seen>>>,
    /// The paths of questions beside the script.
    pub(crate) aside: Arc<Mutex<Vec<String>>>,
}

impl Server {
    /// One that gives these answers, one a request, and 418 afterwards; the log gets a `sent` for each request.
    pub(crate) async fn start(script: impl IntoIterator<Item = Answer>, log: &Log) -> Self {
        Self::with_asides(script, Asides::new(), log).await
    }

    /// The same, but questions for these paths always get the same answer: they are neither of the script nor in the log.
    pub(crate) async fn with_asides(
        script: impl IntoIterator<Item = Answer>,
        asides: Asides,
        log: &Log,
    ) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let script = Arc::new(Mutex::new(script.into_iter().collect::<VecDeque<_>>()));
        let (seen, aside) = (Arc::new(Mutex::new(Vec::new())), Arc::new(Mutex::new(Vec::new())));
        let (server_seen, server_aside, server_log) = (seen.clone(), aside.clone(), log.clone());
        let asides = Arc::new(asides);
        let app = Router::new().fallback(move |request: Incoming| async move {
            let (head, body) = request.into_parts();
            let body = axum::body::to_bytes(body, usize::MAX).await.unwrap();
            if let Some((path, answer)) = asides.iter().find(|(path, _)| *path == head.uri.path()) {
                server_aside.lock().unwrap().push((*path).to_owned());
                return answer.clone().into_response();
            }
            server_log.lock().unwrap().push("sent".into());
            server_seen.lock().unwrap().push(Seen {
                path: head.uri.path().into(),
                target: head.uri.to_string(),
                headers: head.headers,
                body: serde_json::from_slice(&body).unwrap_or_default(),
            });
            let answer = script.lock().unwrap().pop_front();
            answer.unwrap_or_else(|| status(418, "the script is over")).into_response()
        });
        tokio::spawn(async move { axum::serve(listener, app).await });
        Server { url: format!("http://{address}"), seen, aside }
    }

    /// A port that nobody listens on.
    pub(crate) async fn none() -> Self {
        let address = TcpListener::bind("127.0.0.1:0").await.unwrap().local_addr().unwrap();
        Server { url: format!("http://{address}"), seen: Arc::default(), aside: Arc::default() }
    }
}
