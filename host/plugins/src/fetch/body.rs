//! A body, piece by piece, under its bounds.

use bytes::Bytes;
use futures_util::{Stream, StreamExt as _};
use tokio::time::timeout;

use super::{FetchError, FetchLimits, lost};

/// How far a download is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Progress {
    /// Bytes that are there.
    pub bytes: u64,
    /// Bytes that there will be, if the server says so and is right.
    pub total: Option<u64>,
}

/// All of a body. What is said to be too large is not begun; what becomes too large is not kept.
pub(super) async fn collect(
    body: impl Stream<Item = Result<Bytes, reqwest::Error>>,
    said: Option<u64>,
    limits: &FetchLimits,
    progress: &mut (dyn FnMut(Progress) + Send),
) -> Result<Vec<u8>, FetchError> {
    let limit = limits.bytes;
    if said.is_some_and(|said| usize::try_from(said).map_or(true, |said| said > limit)) {
        return Err(FetchError::TooLarge { said, limit });
    }
    // Nothing is reserved for what is only said.
    let mut bytes = Vec::new();
    let mut body = std::pin::pin!(body);
    loop {
        let late = |_| FetchError::Late { what: "the next piece of it", seconds: limits.idle.as_secs() };
        let Some(piece) = timeout(limits.idle, body.next()).await.map_err(late)? else { break };
        let piece = piece.map_err(|error| lost(&error))?;
        if piece.len() > limit.saturating_sub(bytes.len()) {
            return Err(FetchError::TooLarge { said: None, limit });
        }
        bytes.extend_from_slice(&piece);
        progress(Progress { bytes: bytes.len() as u64, total: said });
    }
    Ok(bytes)
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use futures_util::stream;

    use super::*;

    fn limits() -> FetchLimits {
        FetchLimits { bytes: 10, ..FetchLimits::default() }
    }

    async fn collected(
        pieces: &[&'static str],
        said: Option<u64>,
    ) -> (Result<Vec<u8>, FetchError>, Vec<Progress>) {
        let mut seen = Vec::new();
        let body = stream::iter(pieces.iter().map(|piece| Ok(Bytes::from_static(piece.as_bytes()))));
        let bytes = collect(body, said, &limits(), &mut |progress| seen.push(progress)).await;
        (bytes, seen)
    }

    #[tokio::test]
    async fn pieces_are_counted_as_they_come_and_end_at_the_limit() {
        let (bytes, seen) = collected(&["abc", "defghij"], Some(10)).await;
        assert_eq!(bytes.unwrap(), b"abcdefghij");
        let expected = [3, 10].map(|bytes| Progress { bytes, total: Some(10) });
        assert_eq!(seen, expected);
        assert_eq!(collected(&[], None).await.0.unwrap(), b"");
        for (pieces, said, begun) in [
            (&["abc", "defghijk"] as &[_], None, 1),
            (&["abc", "defghijk"], Some(3), 1),
            (&["abc"], Some(11), 0),
            (&["abc"], Some(u64::MAX), 0),
            (&["abcdefghijk"], None, 0),
        ] {
            let (bytes, seen) = collected(pieces, said).await;
            assert!(matches!(bytes, Err(FetchError::TooLarge { limit: 10, .. })), "{bytes:?}");
            assert_eq!(seen.len(), begun);
        }
    }

    #[tokio::test(start_paused = true)]
    async fn a_body_that_falls_silent_is_left() {
        let silent = stream::iter([Ok(Bytes::from_static(b"a"))]).chain(stream::pending());
        let error = collect(silent, None, &limits(), &mut |_| ()).await.unwrap_err();
        assert_eq!(error.to_string(), "the next piece of it did not come within 30 seconds; try again later");
    }

    #[tokio::test(start_paused = true)]
    async fn a_body_that_drips_is_slow_and_no_silence() {
        let pieces = stream::unfold(0, |at| async move {
            // A piece comes just before it would be late.
            let wait = timeout(Duration::from_secs(29), std::future::pending::<()>()).await;
            (wait.is_err() && at < 5).then(|| (Ok(Bytes::from_static(b"x")), at + 1))
        });
        assert_eq!(collect(pieces, None, &limits(), &mut |_| ()).await.unwrap(), b"xxxxx");
    }
}
