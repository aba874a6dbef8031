//! What a server says when it refuses.
//!
//! Every server words its errors differently, and some say under HTTP 200 that something failed. Machine words (`type`, `code`, the
//! named parameter) and the message are gathered from wherever they stand; decisions look at these words only, never at the rest of
//! the body, which may echo our prompt.

use reqwest::StatusCode;
use secrecy::SecretString;
use serde_json::Value;

use super::line::one_line;

/// A refusal, understood as far as we need it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Complaint {
    /// The HTTP status, or the one that an error inside an answer amounts to.
    pub(crate) status: u16,
    /// One line for people.
    pub(crate) reason: String,
    /// Machine words and message in lower case, for looking things up in.
    pub(crate) words: String,
    context_tokens: Option<u32>,
}

impl Complaint {
    /// The body of an answer with a status that is no success.
    pub(crate) fn of_status(status: StatusCode, body: &str, key: Option<&SecretString>) -> Self {
        let said = match serde_json::from_str::<Value>(body) {
            Ok(value) => Said::gather(&value),
            Err(_) if is_web_page(body) => Said::plain("answered with a web page: is the base URL right?"),
            Err(_) => Said::plain(body),
        };
        let name = match status.canonical_reason() {
            Some(name) => format!("{} {name}", status.as_u16()),
            None => status.as_u16().to_string(),
        };
        let message = one_line(&said.message, key);
        let reason = if message.is_empty() { name } else { format!("{name}: {message}") };
        Complaint {
            status: status.as_u16(),
            reason,
            words: said.words(),
            context_tokens: said.context_tokens,
        }
    }

    /// An `error` value in the middle of an answer.
    pub(crate) fn inside_answer(error: &Value, key: Option<&SecretString>) -> Self {
        let said = Said::gather(error);
        let message = one_line(&said.message, key);
        let reason = format!("an error inside its answer: {message}");
        Complaint { status: said.status(), reason, words: said.words(), context_tokens: said.context_tokens }
    }

    /// Whether the prompt did not fit, and into how many tokens (0 where it does not say).
    pub(crate) fn too_long(&self) -> Option<u32> {
        let says_so = CONTEXT_PHRASES.iter().any(|phrase| self.words.contains(phrase));
        (matches!(self.status, 400 | 413 | 422) && says_so)
            .then(|| self.context_tokens.or_else(|| context_size(&self.words)).unwrap_or(0))
    }
}

/// Whether a body is HTML: a captive portal, a proxy's error page, a base URL that points at a site.
pub(crate) fn is_web_page(body: &str) -> bool {
    body.trim_start_matches('\u{FEFF}').trim_start().starts_with('<')
}

/// How servers say that a prompt is longer than the model takes.
const CONTEXT_PHRASES: [&str; 11] = [
    "context_length",
    "context length",
    "maximum context",
    "context window",
    "context size",
    "context limit",
    "exceed_context_size",
    "prompt is too long",
    "input is too long",
    "too many input tokens",
    "request_too_large",
];

/// The first number after the words that announce the size of the context.
fn context_size(words: &str) -> Option<u32> {
    ["context length", "context size", "context window", "maximum context", " tokens > ", " > "]
        .iter()
        .filter_map(|marker| words.split_once(marker))
        .find_map(|(_, after)| {
            let near: String = after.chars().take(30).filter(|c| !matches!(c, ',' | '_')).collect();
            let digits = near.trim_start_matches(|c: char| !c.is_ascii_digit());
            digits.split(|c: char| !c.is_ascii_digit()).next()?.parse().ok()
        })
}

/// The parts of an error, wherever they stood.
#[derive(Default)]
struct Said {
    message: String,
    /// `type`, `code`, `param` and the like.
    codes: Vec<String>,
    context_tokens: Option<u32>,
}

impl Said {
    fn plain(text: &str) -> Self {
        Said { message: text.into(), ..Said::default() }
    }

    /// `{"error": {…}}`, `{"error": "…"}`, `{"message": …}`, `{"detail": …}`, a list around any of these, or the inner object.
    fn gather(value: &Value) -> Self {
        let value = value.as_array().and_then(|list| list.first()).unwrap_or(value);
        let error = value.get("error").filter(|error| !error.is_null()).unwrap_or(value);
        if let Some(text) = error.as_str() {
            return Said::plain(text);
        }
        let word = |key: &str| match error.get(key) {
            Some(Value::String(text)) => Some(text.clone()),
            Some(Value::Number(number)) => Some(number.to_string()),
            _ => None,
        };
        let codes: Vec<String> = ["type", "code", "status", "param"].into_iter().filter_map(word).collect();
        let message = ["message", "msg", "detail"]
            .into_iter()
            .find_map(word)
            .or_else(|| error.get("detail")?.as_array().map(|list| validation_errors(list)))
            .unwrap_or_else(|| codes.join(" "));
        let context_tokens =
            error.get("n_ctx").and_then(Value::as_u64).and_then(|tokens| u32::try_from(tokens).ok());
        Said { message, codes, context_tokens }
    }

    fn words(&self) -> String {
        format!("{} {}", self.codes.join(" "), self.message).to_lowercase()
    }

    /// The status an error under HTTP 200 would have had. A server that does not say failed while it was answering: 500.
    fn status(&self) -> u16 {
        let named = |code: &String| match code.as_str() {
            "invalid_request_error" => Some(400),
            "authentication_error" => Some(401),
            "billing_error" => Some(402),
            "permission_error" => Some(403),
            "not_found_error" => Some(404),
            "request_too_large" => Some(413),
            "rate_limit_error" | "rate_limit_exceeded" => Some(429),
            "timeout_error" => Some(504),
            "overloaded_error" => Some(529),
            number => number.parse().ok().filter(|status| (400..600).contains(status)),
        };
        self.codes.iter().find_map(named).unwrap_or(500)
    }
}

/// The list that validating frameworks send: where, and what. Its `input` is left out: it is what we sent.
fn validation_errors(list: &[Value]) -> String {
    let error = |entry: &Value| {
        let place: Vec<&str> = match entry.get("loc").and_then(Value::as_array) {
            Some(loc) => loc.iter().filter_map(Value::as_str).collect(),
            None => Vec::new(),
        };
        let text = entry.get("msg").and_then(Value::as_str).unwrap_or_default();
        format!("{}: {text}", place.join("."))
    };
    list.iter().map(error).collect::<Vec<_>>().join("; ")
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn refused(status: u16, body: &str) -> Complaint {
        Complaint::of_status(StatusCode::from_u16(status).unwrap(), body, None)
    }

    #[test]
    fn reasons_are_found_wherever_servers_put_them() {
        for (status, body, expected) in [
            (400, r#"{"error":{"message":"no such field","code":"bad"}}"#, "400 Bad Request: no such field"),
            (404, r#"{"error":"model 'x' not found"}"#, "404 Not Found: model 'x' not found"),
            (500, r#"{"object":"error","message":"boom"}"#, "500 Internal Server Error: boom"),
            (400, r#"[{"error":{"code":400,"message":"in a list"}}]"#, "400 Bad Request: in a list"),
            (
                422,
                r#"{"detail":[{"loc":["body","effort"],"msg":"extra","input":"temperature"}]}"#,
                "422 Unprocessable Entity: body.effort: extra",
            ),
            (422, r#"{"detail":"nope"}"#, "422 Unprocessable Entity: nope"),
            (
                429,
                r#"{"error":{"type":"tokens","code":"slow_down"}}"#,
                "429 Too Many Requests: tokens slow_down",
            ),
            (503, "", "503 Service Unavailable"),
            (503, "full\r\nup\u{1b}", "503 Service Unavailable: full up"),
            (502, "<html>nginx</html>", "502 Bad Gateway: answered with a web page: is the base URL right?"),
            (529, "{}", "529"),
        ] {
            assert_eq!(refused(status, body).reason, expected, "{body}");
        }
    }

    #[test]
    fn what_we_sent_is_not_taken_for_what_they_say() {
        let body = r#"{"detail":[{"loc":["body"],"msg":"extra","input":"maximum context length"}]}"#;
        assert!(!refused(422, body).words.contains("context"));
    }

    #[test]
    fn prompts_that_are_too_long_are_recognised_with_their_limit() {
        for (status, body, expected) in [
            (
                400,
                "This model's maximum context length is 8,192 tokens. However, you requested 9000",
                Some(8192),
            ),
            (400, "the request exceeds the available context size (4096 tokens)", Some(4096)),
            (400, r#"{"error":{"type":"exceed_context_size_error","message":"x","n_ctx":512}}"#, Some(512)),
            (400, r#"{"error":{"code":"context_length_exceeded","message":"too big"}}"#, Some(0)),
            (413, "prompt is too long: 205000 tokens > 200000 maximum", Some(200_000)),
            (400, "prompt is too long: 205000 tokens > 200000 maximum", Some(200_000)),
            (
                400,
                "input length and `max_tokens` exceed context limit: 190000 + 20000 > 200000, decrease either",
                Some(200_000),
            ),
            (413, r#"{"error":{"type":"request_too_large","message":"over 32 MB"}}"#, Some(0)),
            (413, "Request too large on tokens per minute (TPM): Limit 6000", None),
            (500, "maximum context length", None),
            (400, "temperature must be positive", None),
        ] {
            assert_eq!(refused(status, body).too_long(), expected, "{body}");
        }
    }

    #[test]
    fn errors_inside_an_answer_get_the_status_they_amount_to() {
        for (error, expected) in [
            (json!({"code": 502, "message": "down"}), 502),
            (json!({"code": "429"}), 429),
            (json!({"type": "invalid_request_error", "code": null}), 400),
            (json!({"type": "rate_limit_exceeded"}), 429),
            (json!({"type": "overloaded_error"}), 529),
            (json!({"type": "billing_error"}), 402),
            (json!({"type": "request_too_large"}), 413),
            (json!({"type": "timeout_error"}), 504),
            (json!({"type": "api_error"}), 500),
            (json!({"code": 7, "message": "odd"}), 500),
            (json!("something broke"), 500),
            (json!(true), 500),
        ] {
            assert_eq!(Complaint::inside_answer(&error, None).status, expected, "{error}");
        }
    }

    #[test]
    fn an_echoed_key_is_hidden() {
        let key = SecretString::from("sk-secret");
        let body = r#"{"error":{"message":"Incorrect key: \u0073k-secret"}}"#;
        let complaint = Complaint::of_status(StatusCode::UNAUTHORIZED, body, Some(&key));
        assert_eq!(complaint.reason, "401 Unauthorized: Incorrect key: [key]");
    }
}
