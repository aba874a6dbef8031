//! Servers that mean no good, each with its own message.

use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};

use super::*;

fn head(lines: &str, body: &str) -> String {
    format!("HTTP/1.1 200 OK\r\n{lines}connection: close\r\n\r\n{body}")
}

#[tokio::test]
async fn every_way_to_send_something_else_is_refused_in_its_own_words() {
    let long = "x".repeat(101);
    let answers = [
        ("/other", ok("other")),
        ("/large", ok(&long)),
        // Says that it is larger than anything, and sends nothing.
        ("/huge", head("content-length: 9000000000000000\r\n", "")),
        ("/endless", head("", &long)),
        ("/chunks", head("transfer-encoding: chunked\r\n", &format!("65\r\n{long}\r\n0\r\n\r\n"))),
        ("/cut-off", head("content-length: 90\r\n", "component")),
        ("/cut-chunk", head("transfer-encoding: chunked\r\n", "9\r\ncompo")),
        ("/packed", head("content-encoding: gzip\r\n", "component")),
        ("/nowhere", "HTTP/1.1 302 Found\r\ncontent-length: 0\r\nconnection: close\r\n\r\n".into()),
        ("/private", to(302, "http://192.168.0.1/router")),
        ("/metadata", to(301, "http://169.254.169.254/latest/meta-data/")),
        ("/mapped", to(303, "http://[::ffff:10.0.0.1]/")),
        ("/number", to(307, "http://0xa000001/")),
        ("/file", to(308, "file:///etc/passwd")),
        ("/ftp", to(302, "ftp://example.org/a.wasm")),
        ("/secret", to(302, "http://name:password@127.0.0.1/")),
        ("/escape", to(302, "gopher://\u{9b}2J")),
        ("/round", to(302, "/round")),
        ("/error", "HTTP/1.1 500 Oops\r\ncontent-length: 0\r\nconnection: close\r\n\r\n".into()),
        ("/no-http", "SSH-2.0-OpenSSH_9.6\r\n".into()),
        ("/silence", String::new()),
    ];
    let server = Server::with(&answers).await;
    for (path, said) in [
        ("/other", "what is there is not what you asked for: its 5 bytes have sha256 "),
        ("/large", "it has 101 bytes; a plugin has at most 100"),
        ("/huge", "it has 9000000000000000 bytes; a plugin has at most 100"),
        ("/endless", "it does not end in time; a plugin has at most 100"),
        ("/chunks", "it does not end in time; a plugin has at most 100"),
        ("/cut-off", "the connection failed: `"),
        ("/cut-chunk", "the connection failed: `"),
        ("/packed", "it comes packed as `gzip`; a plugin comes as it is"),
        ("/nowhere", "`127.0.0.1` sends on without saying where to"),
        ("/private", "`192.168.0.1` is at 192.168.0.1, which is no public address"),
        ("/metadata", "`169.254.169.254` is at 169.254.169.254, which is no public address"),
        ("/mapped", "`::ffff:a00:1` is at ::ffff:10.0.0.1, which is no public address"),
        ("/number", "`10.0.0.1` is at 10.0.0.1, which is no public address"),
        ("/file", "`file:///etc/passwd` is no https address"),
        ("/ftp", "`ftp://example.org/a.wasm` is no https address"),
        ("/secret", "`http://127.0.0.1/` is no address to get a plugin from"),
        ("/escape", "`127.0.0.1` sends on without saying where to"),
        ("/round", "it leads on more than 5 times"),
        ("/error", "`127.0.0.1` answers with status 500; look whether the address is right"),
        ("/no-http", "the connection failed: `"),
        ("/silence", "the connection failed: `"),
        ("/not-there", "`127.0.0.1` answers with status 404"),
    ] {
        let error = got(&near(Names::default()), &server.url(path)).await.unwrap_err().to_string();
        assert!(error.starts_with(said), "{path}: {error}");
        assert!(!error.contains(char::is_control), "{path}: {error:?}");
    }
}

#[tokio::test]
async fn everybodys_policy_knows_https_and_public_addresses_alone() {
    let server = Server::with(&[("/a", ok("component"))]).await;
    let port = server.address.port();
    for (url, said) in [
        (server.url("/a"), "is no https address"),
        ("http://example.org/a".into(), "is no https address"),
        ("file:///etc/passwd".into(), "is no https address"),
        (format!("https://127.0.0.1:{port}/a"), "`127.0.0.1` is at 127.0.0.1, which is no public address"),
        (format!("https://localhost:{port}/a"), "which is no public address"),
        (format!("https://[::1]:{port}/a"), "`::1` is at ::1, which is no public address"),
        (format!("https://0x7f.1:{port}/a"), "`127.0.0.1` is at 127.0.0.1, which is no public address"),
        ("https://name@example.org/a".into(), "is no address to get a plugin from"),
        ("https://".into(), "is no address to get a plugin from"),
        ("a.wasm".into(), "is no address to get a plugin from"),
        (format!("https://example.org/{}", "a".repeat(3000)), "is no address to get a plugin from"),
    ] {
        let error = got(&Fetch::default(), &url).await.unwrap_err().to_string();
        assert!(error.contains(said), "{url}: {error}");
    }
    assert_eq!(server.asked(), [""; 0]);
    let hop = Hop::first("https://example.org/a", &FetchPolicy::internet()).unwrap();
    let downgraded = hop.next("http://example.org/a", &FetchPolicy::internet());
    assert!(matches!(downgraded, Err(FetchError::Scheme { .. })), "{downgraded:?}");
    assert!(hop.next("//example.net/b", &FetchPolicy::internet()).is_ok());
}

#[tokio::test]
async fn a_name_with_a_private_address_among_public_ones_is_refused() {
    let addresses: Vec<SocketAddr> = ["8.8.8.8:443", "10.0.0.1:443"].map(|text| text.parse().unwrap()).into();
    let mut policy = FetchPolicy::internet();
    policy.names = Names::knowing("mixed.example", &[&addresses]);
    let hop = Hop::first("https://mixed.example/", &policy).unwrap();
    let error = hop.resolve(&policy).await.unwrap_err();
    assert_eq!(error, FetchError::Private { host: "mixed.example".into(), address: addresses[1].ip() });
    policy.names = Names::knowing("mixed.example", &[&addresses[..1]]);
    assert_eq!(hop.resolve(&policy).await.unwrap(), &addresses[..1]);
    policy.names = Names::knowing("mixed.example", &[&[]]);
    let error = hop.resolve(&policy).await.unwrap_err().to_string();
    assert_eq!(error, "`mixed.example` cannot be looked up: `it has no address`");
}

#[tokio::test]
async fn a_server_that_is_not_there_is_told_so() {
    let server = Server::with(&[]).await;
    let url = server.url("/a");
    drop(server);
    let error = got(&near(Names::default()), &url).await.unwrap_err();
    assert!(matches!(error, FetchError::Lost { .. }), "{error:?}");
}

#[tokio::test]
async fn an_answer_that_does_not_begin_and_a_whole_that_does_not_end_are_left() {
    // Nobody accepts: the connection stands, and nothing comes.
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}/a", listener.local_addr().unwrap());
    let mut fetch = near(Names::default());
    fetch.limits.answer = Duration::ZERO;
    let error = got(&fetch, &url).await.unwrap_err();
    assert_eq!(error, FetchError::Late { what: "its answer", seconds: 0 });
    fetch.limits = FetchLimits { total: Duration::ZERO, ..FetchLimits::default() };
    let error = got(&fetch, &url).await.unwrap_err();
    assert_eq!(error, FetchError::Late { what: "the whole of it", seconds: 0 });
}

#[tokio::test]
async fn an_https_address_speaks_tls_with_the_address_that_was_looked_at_or_not_at_all() {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let (fetch, address) = (Fetch::default(), listener.local_addr().unwrap());
    let url = format!("https://plugins.example:{}/a", address.port());
    let hop = Hop::first(&url, &FetchPolicy::internet()).unwrap();
    let client = match fetch.client(&hop, vec![address]) {
        Ok(client) => client,
        // On a machine without certificates there is nothing to try.
        Err(error) => return assert!(matches!(error, FetchError::Client(_)), "{error}"),
    };
    let asked = client.get(hop.url().clone()).send();
    let (hello, asked) = tokio::join!(
        async {
            let (mut stream, _) = listener.accept().await.unwrap();
            let mut hello = [0; 1];
            stream.read_exact(&mut hello).await.unwrap();
            stream.write_all(b"HTTP/1.1 200 OK\r\ncontent-length: 9\r\n\r\ncomponent").await.unwrap();
            hello
        },
        asked
    );
    // A handshake (RFC 8446 §5.1), in which the server has no part.
    assert_eq!(hello, [22]);
    let error = lost(&asked.unwrap_err()).to_string();
    assert!(error.starts_with("the connection failed: `") && !error.contains("component"), "{error}");
    // What is no https is not even tried with a client for https.
    let plain = client.get(format!("http://plugins.example:{}/a", address.port())).send().await;
    assert!(plain.is_err_and(|error| error.is_builder()));
}
