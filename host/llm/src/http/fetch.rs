//! Small questions beside the answers: which models there are, what became of a request. They cost nothing and are asked once.

use std::time::Duration;

use reqwest::{RequestBuilder, StatusCode, Url};
use serde_json::Value;

use super::{Endpoint, root_cause};
use crate::Error;

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

/// Whether the server is there and takes our key: it is asked which models it has, and need not know.
pub(crate) async fn reach(endpoint: &Endpoint, url: Url) -> Result<(), Error> {
    let request = endpoint.client.get(url).headers(endpoint.headers.clone());
    let unavailable = |reason: String| Error::Unavailable { provider: endpoint.name.clone(), reason };
    match tokio::time::timeout(PATIENCE, request.send()).await {
        Err(_) => {
            let timer = format!("no answer within {} s", PATIENCE.as_secs());
            Err(Error::TimedOut { provider: endpoint.name.clone(), timer })
        }
        Ok(Err(error)) => {
            Err(unavailable(format!("{} at {}", root_cause(&error), endpoint.base_url.origin())))
        }
        Ok(Ok(response)) => match response.status() {
            status @ (StatusCode::UNAUTHORIZED | StatusCode::FORBIDDEN) => {
                Err(unavailable(format!("the key is refused ({status})")))
            }
            status if status.is_server_error() => Err(unavailable(status.to_string())),
            _ => Ok(()),
        },
    }
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
