//! Dollars in foreign JSON: floats, or texts of decimals.

use amatelier_types::MicroUsd;
use serde_json::Value;

/// An amount in dollars, rounded up to the next millionth. None for what is no amount, a negative one included.
pub(crate) fn micro_usd(dollars: &Value) -> Option<MicroUsd> {
    scaled(dollars, 1e6).map(MicroUsd)
}

/// Dollars for one token as millionths of a dollar for a million tokens, rounded up.
pub(crate) fn per_million(dollars: &Value) -> Option<u64> {
    scaled(dollars, 1e12)
}

fn scaled(dollars: &Value, by: f64) -> Option<u64> {
    let amount = dollars.as_f64().or_else(|| dollars.as_str()?.trim().parse().ok())?;
    let exact = amount * by;
    // What a float adds to a whole number must not be rounded up to the next one.
    let nearest = exact.round();
    let noise = 1e-6_f64.max(exact.abs() * 1e-12);
    let rounded = if (exact - nearest).abs() <= noise { nearest } else { exact.ceil() };
    (0.0..9e15).contains(&rounded).then_some(rounded as u64)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn amounts_are_rounded_up_but_not_for_a_floats_noise() {
        for (dollars, expected) in [
            (json!(0.000_123), Some(123)),
            (json!(0.001_5), Some(1500)),
            (json!(0.000_000_1), Some(1)),
            (json!(1.000_000_4), Some(1_000_001)),
            (json!("0.07"), Some(70_000)),
            (json!(1.1e-5), Some(11)),
            (json!(0), Some(0)),
            (json!(3), Some(3_000_000)),
            (json!(-1), None),
            (json!("-0.5"), None),
            (json!("NaN"), None),
            (json!(1e300), None),
            (json!("free"), None),
            (json!(null), None),
        ] {
            assert_eq!(micro_usd(&dollars), expected.map(MicroUsd), "{dollars}");
        }
        assert_eq!(per_million(&json!("0.000003")), Some(3_000_000));
        assert_eq!(per_million(&json!("0.00000015")), Some(150_000));
    }
}
