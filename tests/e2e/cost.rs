//! What was spent adds up to what the provider was asked.

use amatelier_test_support::FakeProvider;
use serde_json::Value;

use crate::pair;

/// The sum over the rows of a report.
fn sum(report: &Value, field: &str) -> u64 {
    report["rows"].as_array().unwrap().iter().map(|row| row[field].as_u64().unwrap()).sum()
}

#[test]
fn every_way_of_adding_up_gives_what_the_provider_was_asked() {
    let fake = FakeProvider::start();
    let place = pair(&fake);
    let id = place.roundtable().args(["--max-rounds", "1"]).run().ok().digest()["roundtable_id"].clone();
    let asked = fake.requests();
    let input: usize = asked.iter().map(|asked| asked.input_tokens()).sum();
    let output: usize = asked.iter().map(|asked| asked.output_tokens()).sum();
    for by in ["member", "model", "debate", "day"] {
        let whole = place.args(["cost", "--json", "--by", by]).run().ok().digest();
        let one = place.args(["cost", id.as_str().unwrap(), "--json", "--by", by]).run().ok().digest();
        assert_eq!(whole["rows"], one["rows"], "there is one debate");
        for (field, expected) in
            [("requests", asked.len()), ("input_tokens", input), ("output_tokens", output), ("unknown", 0)]
        {
            assert_eq!(sum(&whole, field), expected as u64, "{by} {field}");
            assert_eq!(whole["total"][field], expected as u64, "{by} {field}");
        }
    }
    let members = place.args(["cost", id.as_str().unwrap(), "--json"]).run().ok().digest();
    let names: Vec<&str> =
        members["rows"].as_array().unwrap().iter().map(|row| row["of"].as_str().unwrap()).collect();
    assert!(names.contains(&"judge") && names.contains(&"rubric") && names.contains(&"elena"), "{names:?}");
    let later = place.args(["cost", "--since", "2999-01-01"]).run().ok();
    assert!(later.stdout.contains("no model was asked"), "{}", later.stdout);
    place.args(["cost", "abcdefabcdef"]).run().exits(4);
}
