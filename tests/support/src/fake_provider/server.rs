//! The server: a thread with a runtime of its own, so that a test may block.

use std::{
    net::SocketAddr,
    sync::{Arc, mpsc},
    thread::JoinHandle,
};

use axum::{
    Json, Router,
    extract::State,
    http::{StatusCode, header::CONTENT_TYPE},
    response::{IntoResponse, Response},
    routing::{get, post},
};
use serde_json::{Value, json};
use tokio::{net::TcpListener, sync::oneshot};

use super::{
    answer,
    asked::Asked,
    book::Book,
    delivery::{Delivery, Step, pause},
    reaction::Reaction,
    script::{Fate, Script},
};

#[derive(Clone)]
struct Table {
    script: Arc<Script>,
    book: Arc<Book>,
}

/// Serve until `stopped` resolves. Requests that are being answered then are dropped.
pub(super) fn start(
    script: Arc<Script>,
    book: Arc<Book>,
    stopped: oneshot::Receiver<()>,
) -> (SocketAddr, JoinHandle<()>) {
    let (tell, told) = mpsc::channel();
    let thread = std::thread::spawn(move || {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        runtime.block_on(async move {
            let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
            tell.send(listener.local_addr().unwrap()).unwrap();
            let app = Router::new()
                .route("/v1/chat/completions", post(complete))
                .route("/v1/models", get(models))
                .with_state(Table { script, book });
            tokio::select! {
                _ = stopped => {}
                served = async { axum::serve(at_once(listener), app).await } => served.unwrap(),
            }
        });
    });
    (told.recv().unwrap(), thread)
}

/// Without this the system keeps the end of an answer back until its beginning was acknowledged, which takes it 40 ms.
fn at_once(listener: TcpListener) -> impl axum::serve::Listener<Addr = SocketAddr> {
    axum::serve::ListenerExt::tap_io(listener, |stream| stream.set_nodelay(true).unwrap())
}

async fn models() -> Json<Value> {
    Json(json!({"object": "list", "data": [{"id": "fake", "object": "model", "owned_by": "tests"}]}))
}

async fn complete(State(table): State<Table>, Json(body): Json<Value>) -> Response {
    let asked = table.book.open(body);
    let reaction = match table.script.fate(&asked) {
        Fate::Now(reaction) => reaction,
        Fate::Held(hold) => {
            hold.keep(&asked).await;
            Reaction::Answer
        }
    };
    match reaction {
        Reaction::Status(code) => refuse(code, "out of order", 1),
        Reaction::RateLimit { retry_after_ms } => refuse(429, "too many requests", retry_after_ms),
        Reaction::TooLong(limit) => refuse(400, &format!("maximum context length is {limit} tokens"), 1),
        Reaction::WebPage => of_type("text/html", "<!doctype html><title>Welcome</title>".into_response()),
        Reaction::BrokenJson => of_type("text/event-stream", "data: {\"choices\": [{\n\n".into_response()),
        Reaction::StallForever => std::future::pending().await,
        Reaction::Delay(length) => {
            pause(length).await;
            deliver(&table, &asked, &reaction)
        }
        _ => deliver(&table, &asked, &reaction),
    }
}

fn deliver(table: &Table, asked: &Asked, reaction: &Reaction) -> Response {
    let text = answer::text(asked, reaction);
    table.book.answering(asked.n, &text);
    let (kind, pieces) = if let Reaction::Call(name, arguments) = reaction {
        ("text/event-stream", answer::call(asked, name, arguments))
    } else if asked.body["stream"] == true {
        ("text/event-stream", answer::events(asked, &text))
    } else {
        ("application/json", vec![answer::whole(asked, &text).to_string().into()])
    };
    let half = pieces.len() / 2;
    let sent = pieces.into_iter().map(Step::Send);
    let steps: Vec<Step> = match reaction {
        Reaction::StallMidStream => sent.take(half).chain([Step::Stall]).collect(),
        Reaction::CutMidStream => sent.take(half).chain([Step::Break]).collect(),
        Reaction::Slowly(breath) => {
            sent.flat_map(|piece| [Step::Wait(*breath), piece]).chain([Step::Finish]).collect()
        }
        _ => sent.chain([Step::Finish]).collect(),
    };
    let body = Delivery::new(steps, table.book.clone(), asked.n).into_body();
    of_type(kind, Response::new(body))
}

fn refuse(code: u16, message: &str, retry_after_ms: u64) -> Response {
    let status = StatusCode::from_u16(code).unwrap();
    let hint = [("retry-after-ms", retry_after_ms.to_string())];
    (status, hint, Json(json!({"error": {"message": message, "type": "fake"}}))).into_response()
}

fn of_type(kind: &'static str, mut response: Response) -> Response {
    response.headers_mut().insert(CONTENT_TYPE, kind.parse().unwrap());
    response
}
