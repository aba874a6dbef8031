//! What a debate would take at most, and that nothing is taken by finding out.

use amatelier_test_support::FakeProvider;

use crate::pair;

#[test]
fn a_forecast_asks_nobody_and_no_debate_takes_more() {
    let fake = FakeProvider::start();
    let place = pair(&fake);
    // Short enough for a debug build: what is long about a forecast is reading what it said.
    let shaped = ["--max-rounds", "1", "--budget", "1"];
    let forecast = place.roundtable().args(shaped).args(["--dry-run", "--json"]).run().ok().digest();
    assert_eq!(fake.asked(), 0);
    assert_eq!(place.args(["list"]).run().ok().stdout, "no roundtable yet\n");

    let places: Vec<&str> = forecast["schedule"]
        .as_array()
        .unwrap()
        .iter()
        .map(|planned| planned["place"].as_str().unwrap())
        .collect();
    assert_eq!(places[..6], ["r1/speak", "r1/moderate", "r1/rebuttal", "r1/gate", "r1/floor", "score"]);
    let turns = |place: &str| crate::find(&forecast["schedule"], "place", place)["turns"].as_u64().unwrap();
    assert_eq!((turns("r1/speak"), turns("r1/rebuttal"), turns("r1/floor"), turns("r1/gate")), (2, 2, 2, 1));

    let held = place.roundtable().args(shaped).run().ok().digest();
    for (field, planned) in
        [("calls", "requests"), ("input_tokens", "input_tokens"), ("output_tokens", "output_tokens")]
    {
        let (took, most) =
            (held["usage"][field].as_u64().unwrap(), forecast["total"][planned].as_u64().unwrap());
        assert!(took <= most && took > 0, "{field}: {took} of at most {most}");
    }
    let printed = place.roundtable().args(shaped).args(["--dry-run", "--summary"]).run().ok();
    assert!(
        printed.stdout.contains("r1/rebuttal") && printed.stdout.contains("Nothing was asked"),
        "{}",
        printed.stdout
    );
    // What would keep it from being opened is found by a forecast, too.
    place.roundtable().args(["--dry-run", "--workers", "nobody"]).run().exits(4);
}
