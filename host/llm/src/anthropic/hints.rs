//! When the service will take requests again.
//!
//! A rate limit usually comes with `retry-after`. Where it does not, the limits themselves say when they are full again: the latest of
//! those that are used up counts, or the latest of all where none says that it is.

use jiff::{SignedDuration, Timestamp};
use reqwest::header::HeaderMap;

use crate::retry::Hints;

const LIMITS: [&str; 4] = ["requests", "tokens", "input-tokens", "output-tokens"];

/// The hints of a refusal.
pub(super) fn read(headers: &HeaderMap, body: &str, now: Timestamp) -> Hints {
    let hints = Hints::read(headers, now);
    if hints.after.is_some() || !body.contains("rate_limit_error") {
        return hints;
    }
    let text = |name: String| headers.get(name).and_then(|value| value.to_str().ok()).map(str::trim);
    let resets = LIMITS.iter().filter_map(|limit| {
        let reset: Timestamp = text(format!("anthropic-ratelimit-{limit}-reset"))?.parse().ok()?;
        let used_up = text(format!("anthropic-ratelimit-{limit}-remaining")) == Some("0");
        Some((used_up, reset))
    });
    let after = resets.max().and_then(|(_, reset)| {
        std::time::Duration::try_from(reset.duration_since(now).max(SignedDuration::ZERO)).ok()
    });
    Hints { after, ..hints }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use reqwest::header::{HeaderName, HeaderValue};

    use super::*;

    #[test]
    fn a_limit_that_is_used_up_says_when_it_is_not() {
        const LIMITED: &str = r#"{"error":{"type":"rate_limit_error"}}"#;
        let now: Timestamp = "2026-08-01T12:00:00Z".parse().unwrap();
        let (soon, late) = ("2026-08-01T12:00:07Z", "2026-08-01T12:00:50Z");
        let (requests, tokens) = ("anthropic-ratelimit-requests", "anthropic-ratelimit-tokens");
        type Row<'a> = (&'a [(&'a str, &'a str, &'a str)], &'a str, Option<u64>);
        let table: &[Row<'_>] = &[
            (&[], LIMITED, None),
            (&[(requests, "reset", soon), (tokens, "reset", late)], LIMITED, Some(50)),
            (
                &[(requests, "reset", soon), (requests, "remaining", "0"), (tokens, "reset", late)],
                LIMITED,
                Some(7),
            ),
            (&[(requests, "reset", late), ("retry", "after", "3")], LIMITED, Some(3)),
            (&[(requests, "reset", "2026-08-01T11:00:00Z")], LIMITED, Some(0)),
            (&[(requests, "reset", "soon")], LIMITED, None),
            (&[(requests, "reset", late)], r#"{"error":{"type":"overloaded_error"}}"#, None),
        ];
        for (headers, body, after) in table {
            let headers = headers.iter().map(|(limit, field, value)| {
                let name = format!("{limit}-{field}");
                (HeaderName::from_bytes(name.as_bytes()).unwrap(), HeaderValue::from_str(value).unwrap())
            });
            let hints = read(&headers.collect(), body, now);
            assert_eq!(hints.after, after.map(Duration::from_secs), "{body}");
        }
    }
}
