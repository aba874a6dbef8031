//! A server that says what it is told to, byte for byte.

use std::{
    net::SocketAddr,
    sync::{Arc, Mutex},
};

use tokio::{
    io::{AsyncReadExt as _, AsyncWriteExt as _},
    net::{TcpListener, TcpStream},
    task::JoinSet,
};

/// One answer for each path; the connection is closed after it.
pub(super) struct Server {
    pub(super) address: SocketAddr,
    asked: Arc<Mutex<Vec<String>>>,
    /// Ends with the server.
    _serving: JoinSet<()>,
}

impl Server {
    pub(super) async fn with(answers: &[(&str, String)]) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let asked = Arc::new(Mutex::new(Vec::new()));
        let answers: Vec<_> =
            answers.iter().map(|(path, answer)| ((*path).to_owned(), answer.clone())).collect();
        let mut serving = JoinSet::new();
        let seen = Arc::clone(&asked);
        serving.spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                serve(stream, &answers, &seen).await;
            }
        });
        Server { address, asked, _serving: serving }
    }

    pub(super) fn url(&self, path: &str) -> String {
        format!("http://{}{path}", self.address)
    }

    /// The head of everything that was asked.
    pub(super) fn asked(&self) -> Vec<String> {
        self.asked.lock().unwrap().clone()
    }
}

async fn serve(mut stream: TcpStream, answers: &[(String, String)], asked: &Mutex<Vec<String>>) {
    let mut head = Vec::new();
    while !head.ends_with(b"\r\n\r\n") {
        let Ok(byte) = stream.read_u8().await else { return };
        head.push(byte);
    }
    let head = String::from_utf8(head).unwrap();
    let path = head.split(' ').nth(1).unwrap_or_default().to_owned();
    asked.lock().unwrap().push(head);
    let missing = "HTTP/1.1 404 Not Found\r\ncontent-length: 0\r\nconnection: close\r\n\r\n";
    let answer = answers.iter().find(|(own, _)| *own == path).map_or(missing, |(_, answer)| answer);
    // Whoever has heard enough goes away.
    let _ = stream.write_all(answer.as_bytes()).await;
}
