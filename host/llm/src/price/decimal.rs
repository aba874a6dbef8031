//! Decimal numbers as integers, without a float on the way.

/// The most digits of an exponent that can matter; a longer one is nonsense.
const MAX_EXPONENT: i64 = 400;

/// `text` times ten to the power of `shift`, to the nearest integer: `"2.50"` shifted by 6 is 2 500 000, and so is `"2.5e-06"` shifted
/// by 12. What is more than nothing stays more than nothing. None for negative numbers, for what is no number, and for what does not
/// fit.
pub(super) fn shifted(text: &str, shift: i64) -> Option<u64> {
    let text = text.trim();
    let (mantissa, exponent) = match text.split_once(['e', 'E']) {
        Some((mantissa, exponent)) => (mantissa, exponent.parse::<i64>().ok()?),
        None => (text, 0),
    };
    let mantissa = mantissa.strip_prefix('+').unwrap_or(mantissa);
    let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    let digits = [whole, fraction].concat();
    if digits.is_empty() || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let digits = digits.trim_start_matches('0');
    if digits.is_empty() {
        return Some(0);
    }
    let fraction = i64::try_from(fraction.len()).ok()?;
    let power = exponent.checked_add(shift)?.checked_sub(fraction)?;
    if power.abs() > MAX_EXPONENT {
        // Far too large, or so little that it is the least there is.
        return (power < 0).then_some(1);
    }
    let kept = i64::try_from(digits.len()).ok()?.checked_add(power.min(0))?;
    let Ok(kept) = usize::try_from(kept) else { return Some(1) };
    let (kept, cut) = digits.split_at_checked(kept)?;
    let mut value: u64 = if kept.is_empty() { 0 } else { kept.parse().ok()? };
    for _ in 0..power.max(0) {
        value = value.checked_mul(10)?;
    }
    let up = cut.bytes().next().is_some_and(|digit| digit >= b'5');
    Some(value.checked_add(up.into())?.max(1))
}

/// Micro-dollars as a decimal number of dollars with no more digits than it needs.
pub(super) fn dollars(micro: u64) -> String {
    let (whole, rest) = (micro / 1_000_000, micro % 1_000_000);
    if rest == 0 {
        return whole.to_string();
    }
    format!("{whole}.{rest:06}").trim_end_matches('0').to_owned()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn decimals_become_integers_exactly() {
        for (text, shift, expected) in [
            ("0", 6, Some(0)),
            ("0.000", 6, Some(0)),
            ("3", 6, Some(3_000_000)),
            ("0.075", 6, Some(75_000)),
            (" 12.50 ", 6, Some(12_500_000)),
            ("3e-06", 12, Some(3_000_000)),
            ("1.875E-05", 12, Some(18_750_000)),
            ("0.0000025", 12, Some(2_500_000)),
            ("+2.5e-6", 12, Some(2_500_000)),
            ("1e+2", 0, Some(100)),
            // 0.1 + 0.2 as a program with floats writes it.
            ("3.0000000000000004e-07", 12, Some(300_000)),
            ("2.8999999999999996e-07", 12, Some(290_000)),
            ("4e-13", 12, Some(1)),
            ("1e-300", 12, Some(1)),
            ("1e-9999", 12, Some(1)),
            ("18446744073709551615", 0, Some(u64::MAX)),
            ("18446744073709551616", 0, None),
            ("18446744073709551615.5", 0, None),
            ("1e300", 0, None),
            ("1e9999", 0, None),
            ("-1", 6, None),
            ("", 6, None),
            (".", 6, None),
            ("NaN", 6, None),
            ("1.2.3", 6, None),
            ("1e", 6, None),
            ("0x10", 6, None),
            ("null", 6, None),
        ] {
            assert_eq!(shifted(text, shift), expected, "{text}");
        }
    }

    proptest! {
        #[test]
        fn what_is_written_is_read_again(micro in any::<u64>()) {
            prop_assert_eq!(shifted(&dollars(micro), 6), Some(micro));
        }

        #[test]
        fn no_text_makes_it_panic(text in "[0-9.eE+-]{0,40}", shift in -20_i64..20) {
            let _ = shifted(&text, shift);
        }
    }
}
