//! The body of an answer, piece by piece, under the timers and a bound on its size.

use std::time::Duration;

use bytes::Bytes;
use reqwest::Response;
use tokio::time::{Instant, timeout_at};

use super::root_cause;
use crate::Timers;

/// The largest body. An answer of 100 000 tokens streams in about that: every token comes in an envelope of some 150 bytes.
const MAX_BODY_BYTES: usize = 16 << 20;

/// The most of an error's body that is read; only a line of it is ever shown.
const MAX_ERROR_BYTES: usize = 64 << 10;

/// Why no further piece comes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Stall {
    /// A timer ran out; its name and length.
    Timer(String),
    /// The connection broke.
    Lost(String),
    /// The body outgrew [`MAX_BODY_BYTES`].
    TooLarge,
}

/// A body that is being read.
pub(crate) struct Incoming {
    response: Response,
    timers: Timers,
    /// When the next piece must be there.
    deadline: Instant,
    read: usize,
}

impl Incoming {
    /// The body of this response; its first byte is due at `deadline`.
    pub(crate) fn new(response: Response, timers: Timers, deadline: Instant) -> Self {
        Incoming { response, timers, deadline, read: 0 }
    }

    /// The next piece; none at the end.
    pub(crate) async fn next(&mut self) -> Result<Option<Bytes>, Stall> {
        let piece = match timeout_at(self.deadline, self.response.chunk()).await {
            Err(_) if self.read == 0 => return Err(Stall::Timer(first_byte_timer(self.timers.first_byte))),
            Err(_) => return Err(Stall::Timer(format!("silent for {:?}", self.timers.idle))),
            Ok(Err(error)) => return Err(Stall::Lost(root_cause(&error))),
            Ok(Ok(piece)) => piece,
        };
        self.deadline = Instant::now() + self.timers.idle;
        self.read = self.read.saturating_add(piece.as_ref().map_or(0, Bytes::len));
        if self.read > MAX_BODY_BYTES { Err(Stall::TooLarge) } else { Ok(piece) }
    }

    /// The beginning of an error's body: as much as comes, up to its bound. That it is an error is known already, so nothing that
    /// happens on the way matters.
    pub(crate) async fn error_text(mut self) -> String {
        let mut body = Vec::new();
        while body.len() < MAX_ERROR_BYTES
            && let Ok(Some(piece)) = self.next().await
        {
            body.extend_from_slice(&piece);
        }
        body.truncate(MAX_ERROR_BYTES);
        String::from_utf8_lossy(&body).into_owned()
    }
}

/// The name of the timer that runs from sending a request.
pub(crate) fn first_byte_timer(length: Duration) -> String {
    format!("no first byte within {length:?}")
}
