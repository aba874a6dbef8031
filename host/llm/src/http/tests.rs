//! What the call loop does with its gate.

use std::sync::{Arc, Mutex};

use futures_util::FutureExt;

use crate::{
    Error, Gate, Outcome, Pass, Provider, Stopped, Wire,
    openai::{OpenAiCompat, OpenAiCompatConfig, normalise_base_url},
    testing::{Scene, request, server::status},
};

/// Lets `open` requests in and writes everything down.
#[derive(Debug, Default)]
struct Porter {
    open: usize,
    log: Mutex<Vec<String>>,
}

impl Porter {
    fn note(&self, line: String) {
        self.log.lock().unwrap().push(line);
    }
}

#[async_trait::async_trait]
impl Gate for Porter {
    async fn enter(&self, tokens: u64) -> Result<Pass, Error> {
        let entered = self.log.lock().unwrap().iter().filter(|line| line.starts_with("enter")).count();
        if entered >= self.open {
            return Err(Error::Unavailable { provider: "local".into(), reason: "resting".into() });
        }
        self.note(format!("enter {tokens}"));
        Ok(Pass::default())
    }

    fn left(&self, _pass: Pass, outcome: Outcome) {
        self.note(format!("{outcome:?}"));
    }
}

/// Announces to the porter; stops the request with the number `stop`.
struct Ear {
    porter: Arc<Porter>,
    stop: Option<u32>,
}

#[async_trait::async_trait]
impl Wire for Ear {
    async fn before_request(&self, n: u32) -> Result<(), Stopped> {
        self.porter.note(format!("before {n}"));
        if self.stop == Some(n) { Err(Stopped("enough".into())) } else { Ok(()) }
    }

    fn response_id(&self, _n: u32, _id: &str) {}

    fn text(&self, _n: u32, _piece: &str) {}

    fn request_failed(&self, _n: u32, _why: &str) {}

    fn request_refused(&self, n: u32, _why: &str) {
        self.porter.note(format!("free {n}"));
    }
}

/// A provider of a server that is not there, behind this gate.
async fn provider(porter: &Arc<Porter>) -> OpenAiCompat {
    let address = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap().local_addr().unwrap();
    let base_url = normalise_base_url(&format!("http://{address}")).unwrap();
    let gate: Arc<dyn Gate> = porter.clone();
    let retry = crate::RetryPolicy { first_delay: std::time::Duration::ZERO, ..Default::default() };
    OpenAiCompat::new(OpenAiCompatConfig {
        gate: Some(gate),
        retry,
        ..OpenAiCompatConfig::new("local", base_url)
    })
    .unwrap()
}

#[tokio::test]
async fn every_request_enters_before_it_is_announced_and_leaves_once() {
    let porter = Arc::new(Porter { open: 9, ..Porter::default() });
    let ear = Ear { porter: porter.clone(), stop: None };
    provider(&porter).await.complete(&request("Why?"), &ear).await.unwrap_err();
    let once = |n| ["enter 102".to_owned(), format!("before {n}"), "Lost".into(), format!("free {n}")];
    assert_eq!(*porter.log.lock().unwrap(), [once(1), once(2), once(3)].concat());
}

#[tokio::test]
async fn a_shut_gate_lets_nothing_out_and_a_retry_keeps_its_reason() {
    let porter = Arc::new(Porter::default());
    let ear = Ear { porter: porter.clone(), stop: None };
    let error = provider(&porter).await.complete(&request("Why?"), &ear).await.unwrap_err();
    assert_eq!(error.to_string(), "local is unavailable: resting");
    assert!(porter.log.lock().unwrap().is_empty());

    let porter = Arc::new(Porter { open: 1, ..Porter::default() });
    let ear = Ear { porter: porter.clone(), stop: None };
    let error = provider(&porter).await.complete(&request("Why?"), &ear).await.unwrap_err().to_string();
    assert!(error.contains("cannot connect") && error.contains("not asked again"), "{error}");
    assert_eq!(*porter.log.lock().unwrap(), ["enter 102", "before 1", "Lost", "free 1"]);
}

#[tokio::test]
async fn a_request_that_is_stopped_or_dropped_leaves_all_the_same() {
    let porter = Arc::new(Porter { open: 9, ..Porter::default() });
    let ear = Ear { porter: porter.clone(), stop: Some(1) };
    provider(&porter).await.complete(&request("Why?"), &ear).await.unwrap_err();
    assert_eq!(*porter.log.lock().unwrap(), ["enter 102", "before 1", "NotSent"]);

    let porter = Arc::new(Porter { open: 9, ..Porter::default() });
    let ear = Ear { porter: porter.clone(), stop: None };
    let provider = provider(&porter).await;
    let asked = request("Why?");
    // Polled once, then dropped: it waits for its connection.
    assert!(provider.complete(&asked, &ear).now_or_never().is_none());
    assert_eq!(*porter.log.lock().unwrap(), ["enter 102", "before 1", "Abandoned"]);
}

#[tokio::test]
async fn whether_a_server_can_be_reached_is_told_with_the_reason_and_without_the_key() {
    let url = {
        let nobody = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
        format!("http://{}/v1", nobody.local_addr().unwrap())
    };
    let provider = |url: &str| {
        let config = OpenAiCompatConfig::new("local", normalise_base_url(url).unwrap());
        OpenAiCompat::new(OpenAiCompatConfig { api_key: Some("sk-hush".into()), ..config }).unwrap()
    };
    let gone = provider(&url).reach().await.unwrap_err().to_string();
    assert!(gone.starts_with("local is unavailable: ") && gone.contains("127.0.0.1"), "{gone}");
    for (answer, expected) in [
        (status(200, "{}"), None),
        // It lists no models, and is there.
        (status(404, "no"), None),
        (status(401, "sk-hush is wrong"), Some("the key is refused (401 Unauthorized)")),
        (status(403, "no"), Some("the key is refused (403 Forbidden)")),
        (status(503, "no"), Some("503 Service Unavailable")),
    ] {
        let server = Scene::with_asides([], vec![("/v1/models", answer)]).await;
        let reached = provider(server.url()).reach().await.map_err(|error| error.to_string());
        let expected = expected.map_or(Ok(()), |reason| Err(format!("local is unavailable: {reason}")));
        assert_eq!(reached, expected);
    }
}
