//! Digests without what may differ between two runs.

use serde_json::Value;

/// Ids, times, what tells of an interruption, and what depends on debates before. Everything else is the seed's and the answers'.
const VARIES: [&str; 11] = [
    "roundtable_id",
    "rt_id",
    "timestamp",
    "opened_at",
    "at",
    "milliseconds",
    "resent",
    "uncertain",
    "balance",
    "sparks_balance",
    "venture",
];

/// The digest without ids and times.
pub fn normalised(mut digest: Value) -> Value {
    strip(&mut digest);
    digest
}

fn strip(value: &mut Value) {
    match value {
        Value::Object(fields) => {
            fields.retain(|name, _| !VARIES.contains(&name.as_str()));
            fields.values_mut().for_each(strip);
        }
        Value::Array(items) => items.iter_mut().for_each(strip),
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn only_ids_and_times_go() {
        let digest = json!({
            "roundtable_id": "0", "seed": 7, "timestamp": "t", "resent": ["r1/speak/ada"],
            "transcript": [{"seq": 1, "at": "t", "message": "m"}],
            "turns": [{"id": "r1/speak/ada", "milliseconds": 3, "usage": {"calls": 1}}],
            "scoring": {"rt_id": "0", "status": "complete"},
        });
        let left = json!({
            "seed": 7,
            "transcript": [{"seq": 1, "message": "m"}],
            "turns": [{"id": "r1/speak/ada", "usage": {"calls": 1}}],
            "scoring": {"status": "complete"},
        });
        assert_eq!(normalised(digest), left);
    }
}
