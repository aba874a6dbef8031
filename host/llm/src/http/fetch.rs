//! Small questions beside the answers: which models there are, what became of a request. They cost nothing and are asked once.

use std::time::Duration;

use reqwest::{RequestBuilder, StatusCode};
use serde_json::Value;

use super::Endpoint;

/// The longest wait: a debate can do without what is asked for.
const PATIENCE: Duration = Duration::from_secs(5);
/// The longest answer read, in bytes; the largest catalogue known is a tenth of it.
const LONGEST: usize = 4 << 20;

/// What the server said to this request, made with the endpoint's client; its headers are added. None where there was no connection,
/// no patience left, or no JSON.
pub(crate) async fn fetch(endpoint: &Endpoint, request: RequestBuilder) -> Option<(StatusCode, Value)> {
    let fetched = tokio::time::timeout(PATIENCE, read(request.headers(endpoint.headers.clone()))).await;
    fetched.ok().flatten()
}

async fn read(request: RequestBuilder) -> Option<(StatusCode, Value)> {
    let mut response = request.send().await.ok()?;
    let status = response.status();
    let mut bytes = Vec::new();
    while let Some(piece) = response.chunk().await.ok()? {
        bytes.extend_from_slice(&piece);
        if bytes.len() > LONGEST {
            return None;
        }
    }
    Some((status, serde_json::from_slice(&bytes).ok()?))
}
