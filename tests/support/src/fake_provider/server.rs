//! The server: a thread with a runtime of its own, so that a test may block.

use std::{net::SocketAddr, sync::mpsc, thread::JoinHandle};

use axum::{
    Json, Router,
    body::Body,
    extract::{DefaultBodyLimit, State},
    http::{HeaderMap, StatusCode, Uri, header::CONTENT_TYPE},
    response::{IntoResponse as _, Response},
    routing::{MethodRouter, get, post},
};
use serde_json::Value;
use tokio::{net::TcpListener, runtime::Handle, sync::oneshot};

use super::{
    anthropic,
    asked::Asked,
    desk::{self, Desk},
    gemini, ollama, openai, openrouter,
    protocol::Protocol,
    refusal::{Refusal, Refused},
    sent::Sent,
};

/// Serve until `stopped` resolves. Requests that are being answered then are dropped.
pub(super) fn start(desk: Desk, stopped: oneshot::Receiver<()>) -> (SocketAddr, Handle, JoinHandle<()>) {
    let (tell, told) = mpsc::channel();
    let thread = std::thread::spawn(move || {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        let handle = runtime.handle().clone();
        runtime.block_on(async move {
            let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
            tell.send((listener.local_addr().unwrap(), handle)).unwrap();
            let app = routes().with_state(desk);
            tokio::select! {
                _ = stopped => {}
                served = async { axum::serve(at_once(listener), app).await } => served.unwrap(),
            }
        });
    });
    let (address, handle) = told.recv().unwrap();
    (address, handle, thread)
}

/// Without this the system keeps the end of an answer back until its beginning was acknowledged, which takes it 40 ms.
fn at_once(listener: TcpListener) -> impl axum::serve::Listener<Addr = SocketAddr> {
    axum::serve::ListenerExt::tap_io(listener, |stream| stream.set_nodelay(true).unwrap())
}

/// Who speaks what, where.
fn routes() -> Router<Desk> {
    Router::new()
        .route("/v1/chat/completions", ask(Protocol::OpenAi))
        .route("/v1/chat/completions/{id}", look_up(Protocol::OpenAi, openai::stored))
        .route("/v1/models", list(openai::models))
        .route("/openrouter/api/v1/chat/completions", ask(Protocol::OpenRouter))
        .route("/openrouter/api/v1/generation", look_up(Protocol::OpenRouter, openrouter::generation))
        .route("/openrouter/api/v1/models", list(openrouter::models))
        .route("/anthropic/v1/messages", ask(Protocol::Anthropic))
        .route("/anthropic/v1/models", list(anthropic::models))
        .route("/gemini/v1beta/models/{target}", ask(Protocol::Gemini))
        .route("/gemini/v1beta/models", list(gemini::models))
        .route("/ollama/api/chat", ask(Protocol::Ollama))
        .route("/ollama/api/tags", list(ollama::tags))
        .route("/ollama/api/show", post(async || Json(ollama::show())))
        .route("/ollama/api/version", list(ollama::version))
        .layer(DefaultBodyLimit::disable())
}

/// A request for an answer.
fn ask(protocol: Protocol) -> MethodRouter<Desk> {
    post(async move |State(desk): State<Desk>, uri: Uri, headers: HeaderMap, Json(body): Json<Value>| {
        let (target, query) = parts(&uri);
        match desk.attend(protocol, Sent { target, query, headers, body }).await {
            desk::Response::Refused(refused) => refuse(refused),
            desk::Response::Body { media_type, headers, delivery } => {
                headed(Response::new(delivery.into_body()), media_type, headers)
            }
        }
    })
}

/// A question after what became of a request, by the id that ends the path or stands behind the `?`.
fn look_up(protocol: Protocol, find: fn(&[Asked], &str) -> Option<Value>) -> MethodRouter<Desk> {
    get(async move |State(desk): State<Desk>, uri: Uri, headers: HeaderMap| {
        let (target, query) = parts(&uri);
        let sent = Sent { target, query, headers, ..Sent::default() };
        let id = sent.parameter("id").unwrap_or(&sent.target).to_owned();
        desk.book.look_up(&id);
        match desk.book.read(|requests| find(requests, &id)) {
            Some(found) => Json(found).into_response(),
            None => refuse(protocol.dialect().refuse(&Refusal::NotFound(id))),
        }
    })
}

fn list(models: fn() -> Value) -> MethodRouter<Desk> {
    get(async move || Json(models()))
}

/// The last part of the path, and the query.
fn parts(uri: &Uri) -> (String, String) {
    let target = uri.path().rsplit('/').next().unwrap_or_default();
    (target.replace("%3A", ":"), uri.query().unwrap_or_default().to_owned())
}

fn refuse(refused: Refused) -> Response {
    let body = Body::from(refused.body.to_string());
    let mut response = headed(Response::new(body), "application/json", refused.headers);
    *response.status_mut() = StatusCode::from_u16(refused.status).unwrap();
    response
}

fn headed(mut response: Response, media_type: &str, headers: Vec<(&'static str, String)>) -> Response {
    let into = response.headers_mut();
    into.insert(CONTENT_TYPE, media_type.parse().unwrap());
    for (name, value) in headers {
        into.insert(name, value.parse().unwrap());
    }
    response
}
