//! Which quota a refusal means.
//!
//! The service answers 429 `RESOURCE_EXHAUSTED` to everything that ran out, with the same sentence about plan and billing, so the
//! sentence decides nothing. In this order:
//!
//! 1. *Money*: prepaid credits or a spending cap are used up, billing is off, or the plan holds none of this model at all (`limit: 0`,
//!    as the free tier has for the dearer models). Waiting changes nothing.
//! 2. *The day's quota*: a violated quota whose id says `PerDay`. It comes back at midnight in California, which no retry waits for; the
//!    `retryDelay` that comes with it is about another quota.
//! 3. Everything else passes within a minute and is retried, after the `retryDelay` of `RetryInfo` where there is one, or the one that
//!    the message tells.

use std::time::Duration;

use serde_json::Value;

/// What ran out.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Quota {
    /// Money, or the plan.
    Money,
    /// What a day allows.
    Day,
    /// What a minute allows, or nothing we know of.
    #[default]
    Passing,
}

/// The words of an account that must be paid for first. In lower case.
const MONEY_IS_GONE: [&str; 7] = [
    "credits are depleted",
    "spending cap",
    "spend cap",
    "spending limit",
    "billing_disabled",
    "billing account",
    "enable billing",
];

impl Quota {
    /// Read an error's body: the object, the object in a list, or its inside.
    pub(crate) fn of(body: &Value) -> Self {
        let error = inside(body);
        let message = message(error).to_lowercase();
        let reasons = details(error).filter_map(|detail| detail.get("reason")?.as_str());
        let words = reasons.fold(message, |words, reason| format!("{words} {}", reason.to_lowercase()));
        if MONEY_IS_GONE.iter().any(|phrase| words.contains(phrase)) || has_none(&words) {
            return Quota::Money;
        }
        let ids = details(error)
            .flat_map(|detail| detail.get("violations").and_then(Value::as_array).into_iter().flatten());
        let mut ids = ids.filter_map(|violation| violation.get("quotaId")?.as_str());
        if ids.any(|id| id.contains("PerDay")) { Quota::Day } else { Quota::Passing }
    }
}

/// Whether an error gives this reason.
pub(crate) fn says(body: &Value, reason: &str) -> bool {
    details(inside(body)).any(|detail| detail.get("reason").and_then(Value::as_str) == Some(reason))
}

/// The wait that an error's body asks for.
pub(crate) fn retry_delay(body: &Value) -> Option<Duration> {
    let error = inside(body);
    let told = details(error).find_map(|detail| seconds(detail.get("retryDelay")?.as_str()?));
    told.or_else(|| {
        let message = message(error);
        let (_, after) = message.split_once("retry in ")?;
        seconds(after.split_whitespace().next()?.trim_end_matches(['.', ',']))
    })
}

/// `{"error": {…}}`, a list around it, or the inner object itself.
fn inside(body: &Value) -> &Value {
    let body = body.as_array().and_then(|list| list.first()).unwrap_or(body);
    body.get("error").unwrap_or(body)
}

fn message(error: &Value) -> &str {
    error.get("message").and_then(Value::as_str).unwrap_or_default()
}

fn details(error: &Value) -> impl Iterator<Item = &Value> {
    error.get("details").and_then(Value::as_array).into_iter().flatten()
}

/// `limit: 0` as a whole number: neither 0.5 nor 05.
fn has_none(words: &str) -> bool {
    words.split("limit: 0").skip(1).any(|after| !after.starts_with(|c: char| c.is_ascii_digit() || c == '.'))
}

/// A duration as the service writes it: `32s`, `1.5s`; `59ms` in messages.
fn seconds(text: &str) -> Option<Duration> {
    let (number, unit) = match text.strip_suffix("ms") {
        Some(number) => (number, 0.001),
        None => (text.strip_suffix('s')?, 1.0),
    };
    Duration::try_from_secs_f64(number.parse::<f64>().ok()? * unit).ok()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    const SENTENCE: &str = "You exceeded your current quota, please check your plan and billing details.";

    fn exhausted(message: &str, details: Value) -> Value {
        json!({"error": {"code": 429, "message": message, "status": "RESOURCE_EXHAUSTED", "details": details}})
    }

    fn violations(ids: &[&str]) -> Value {
        let list: Vec<Value> = ids.iter().map(|id| json!({ "quotaId": id })).collect();
        json!([{"@type": "type.googleapis.com/google.rpc.QuotaFailure", "violations": list},
               {"@type": "type.googleapis.com/google.rpc.RetryInfo", "retryDelay": "32s"}])
    }

    #[test]
    fn what_ran_out_is_told_apart() {
        let per_minute = violations(&["GenerateRequestsPerMinutePerProjectPerModel-FreeTier"]);
        let per_day = violations(&[
            "GenerateContentInputTokensPerModelPerMinute-FreeTier",
            "GenerateRequestsPerDayPerProjectPerModel-FreeTier",
        ]);
        let metric = |limit: &str| {
            format!("{SENTENCE} * Quota exceeded for metric: requests, limit: {limit}, model: m")
        };
        for (body, expected) in [
            (exhausted(SENTENCE, per_minute.clone()), Quota::Passing),
            (exhausted(&metric("10"), per_minute.clone()), Quota::Passing),
            (exhausted(&metric("0.5"), per_minute.clone()), Quota::Passing),
            (exhausted("Resource has been exhausted (e.g. check quota).", json!(null)), Quota::Passing),
            (exhausted(SENTENCE, per_day.clone()), Quota::Day),
            (exhausted(&metric("0"), per_day), Quota::Money),
            (exhausted("Your prepayment credits are depleted.", json!([])), Quota::Money),
            (exhausted("Your project has exceeded its monthly spending cap.", json!([])), Quota::Money),
            (
                json!([{"error": {"code": 403, "message": "no", "details": [{"reason": "BILLING_DISABLED"}]}}]),
                Quota::Money,
            ),
            (json!({"code": 429, "message": "Your prepayment credits are depleted."}), Quota::Money),
            (json!("odd"), Quota::Passing),
        ] {
            assert_eq!(Quota::of(&body), expected, "{body}");
        }
    }

    #[test]
    fn the_wait_is_read_from_the_details_or_the_message() {
        let info = |delay: &str| json!([{"@type": "…RetryInfo", "retryDelay": delay}]);
        for (body, expected) in [
            (exhausted("", info("32s")), Some(Duration::from_secs(32))),
            (exhausted("", info("1.5s")), Some(Duration::from_millis(1500))),
            (exhausted("", info("0s")), Some(Duration::ZERO)),
            (exhausted("", info("-1s")), None),
            (exhausted("", info("soon")), None),
            (exhausted("", info("1e99s")), None),
            (exhausted("Please retry in 20.5s.", json!(null)), Some(Duration::from_millis(20_500))),
            (exhausted("Please retry in 59ms. Thanks", json!([])), Some(Duration::from_millis(59))),
            (exhausted("Please retry in 9s.", info("7s")), Some(Duration::from_secs(7))),
            (exhausted("", json!([])), None),
            (json!(null), None),
        ] {
            assert_eq!(retry_delay(&body), expected, "{body}");
        }
    }
}
