//! Downloads from a server in this machine, which is no friend.

mod hostile;
mod server;

use std::{
    collections::HashMap,
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering::Relaxed},
    },
};

use self::server::Server;
use super::*;

/// Names that only a test knows, and how often one was looked up.
#[derive(Clone, Debug, Default)]
pub(super) struct Names {
    known: HashMap<String, Vec<Vec<SocketAddr>>>,
    asked: Arc<AtomicUsize>,
}

impl Names {
    /// What a name is at, the first time, the second time and so on.
    fn knowing(name: &str, at: &[&[SocketAddr]]) -> Self {
        let known = [(name.to_owned(), at.iter().map(|found| found.to_vec()).collect())].into();
        Names { known, ..Names::default() }
    }

    pub(in crate::fetch) fn look_up(&self, name: &str, _port: u16) -> Option<Vec<SocketAddr>> {
        let found = self.known.get(name)?;
        let turn = self.asked.fetch_add(1, Relaxed);
        Some(found[turn.min(found.len() - 1)].clone())
    }
}

/// A policy for a server in this machine, within small limits.
fn near(names: Names) -> Fetch {
    let mut policy = FetchPolicy::loopback();
    policy.names = names;
    let limits = FetchLimits { bytes: 100, ..FetchLimits::default() };
    Fetch { policy: policy.into(), limits }
}

async fn got(fetch: &Fetch, url: &str) -> Result<Vec<u8>, FetchError> {
    fetch.get(url, &Sha256::of(b"component"), &mut |_| ()).await
}

fn ok(body: &str) -> String {
    format!("HTTP/1.1 200 OK\r\ncontent-length: {}\r\nconnection: close\r\n\r\n{body}", body.len())
}

fn to(status: u16, location: &str) -> String {
    format!(
        "HTTP/1.1 {status} Found\r\nlocation: {location}\r\ncontent-length: 0\r\nconnection: close\r\n\r\n"
    )
}

#[tokio::test]
async fn what_has_the_digest_is_given_with_its_progress() {
    let server = Server::with(&[("/a.wasm", ok("component"))]).await;
    let mut seen = Vec::new();
    let fetched = near(Names::default())
        .get(&server.url("/a.wasm#part"), &Sha256::of(b"component"), &mut |progress| seen.push(progress))
        .await;
    assert_eq!(fetched.unwrap(), b"component");
    assert_eq!(seen.last(), Some(&Progress { bytes: 9, total: Some(9) }));
    let asked = server.asked().join("");
    assert!(
        asked.starts_with("GET /a.wasm HTTP/1.1\r\n") && asked.contains("accept-encoding: identity\r\n"),
        "{asked}"
    );
    assert!(
        !["cookie", "authorization", "referer"].iter().any(|name| asked.to_lowercase().contains(name)),
        "{asked}"
    );
}

#[tokio::test]
async fn a_body_without_a_length_is_taken_and_what_it_calls_itself_is_not_looked_at() {
    let answers = [
        ("/close", "HTTP/1.1 200 OK\r\nconnection: close\r\n\r\ncomponent"),
        (
            "/chunks",
            "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\nconnection: close\r\n\r\n4\r\ncomp\r\n5\r\nonent\r\n0\r\n\r\n",
        ),
        (
            "/html",
            "HTTP/1.1 200 OK\r\ncontent-type: text/html\r\ncontent-encoding: identity\r\ncontent-length: 9\r\nconnection: close\r\n\r\ncomponent",
        ),
    ];
    let server = Server::with(&answers.map(|(path, answer)| (path, answer.to_owned()))).await;
    for (path, _) in answers {
        assert_eq!(got(&near(Names::default()), &server.url(path)).await.unwrap(), b"component", "{path}");
    }
}

#[tokio::test]
async fn five_redirects_are_followed_and_no_sixth() {
    let hops: Vec<_> = (0..6).map(|at| (format!("/{at}"), to(302, &format!("/{}", at + 1)))).collect();
    let mut answers: Vec<_> = hops.iter().map(|(path, answer)| (path.as_str(), answer.clone())).collect();
    answers.push(("/6", ok("component")));
    let server = Server::with(&answers).await;
    assert_eq!(got(&near(Names::default()), &server.url("/1")).await.unwrap(), b"component");
    let error = got(&near(Names::default()), &server.url("/0")).await.unwrap_err();
    assert_eq!(error, FetchError::Redirects { limit: 5 });
    assert_eq!(server.asked().len(), 6 + 6);
}

#[tokio::test]
async fn a_name_is_looked_up_once_for_each_hop_and_that_is_where_the_connection_goes() {
    let server = Server::with(&[("/a", to(307, "/b")), ("/b", ok("component"))]).await;
    // Whoever looked up again between the look and the connection would be elsewhere.
    let elsewhere: SocketAddr = "10.0.0.1:9".parse().unwrap();
    let names = Names::knowing("plugins.example", &[&[server.address], &[server.address], &[elsewhere]]);
    let asked = Arc::clone(&names.asked);
    let url = format!("http://plugins.example:{}/a", server.address.port());
    assert_eq!(got(&near(names), &url).await.unwrap(), b"component");
    assert_eq!(asked.load(Relaxed), 2);
    assert!(server.asked()[0].contains("host: plugins.example"), "{:?}", server.asked());
}

#[tokio::test]
async fn a_second_look_that_ends_elsewhere_is_refused() {
    let server = Server::with(&[("/a", to(307, "/b")), ("/b", ok("component"))]).await;
    let elsewhere: SocketAddr = "169.254.169.254:80".parse().unwrap();
    let names = Names::knowing("plugins.example", &[&[server.address], &[server.address, elsewhere]]);
    let url = format!("http://plugins.example:{}/a", server.address.port());
    let error = got(&near(names), &url).await.unwrap_err();
    assert_eq!(error, FetchError::Private { host: "plugins.example".into(), address: elsewhere.ip() });
}
