//! Numbers between bounds, on a grid.

use serde_json::{Number, Value};

use super::{Maker, Node};

/// Whether only whole numbers will do.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Whole {
    Yes,
    No,
}

impl<'a> Maker<'a, '_> {
    /// A number: the hint, else a small one, else one found along the grid.
    pub(super) fn number(&mut self, node: &Node<'a>, hint: Option<&Value>, whole: Whole) -> Option<Value> {
        if let Some(hint) = hint.filter(|hint| hint.is_number() && (whole == Whole::No || !hint.is_f64()))
            && self.is_scalar_valid(node, hint)
        {
            return Some(hint.clone());
        }
        let nth = self.made as f64;
        self.made += 1;
        let bound = |keyword: &'static str| node.all(keyword).filter_map(Value::as_f64);
        let low = bound("minimum").chain(bound("exclusiveMinimum")).fold(f64::NEG_INFINITY, f64::max);
        let high = bound("maximum").chain(bound("exclusiveMaximum")).fold(f64::INFINITY, f64::min);
        let step = bound("multipleOf").fold(0.0_f64, f64::max);
        let grid = if step > 0.0 { step } else { 1.0 };
        let start = if low.is_finite() {
            (low / grid).ceil()
        } else if high.is_finite() {
            (high / grid).floor().min(0.0)
        } else {
            0.0
        };
        let sign = if low.is_finite() || !high.is_finite() { 1.0 } else { -1.0 };
        let digits = if step > 0.0 { decimals(step) } else { 0 };
        let on_grid = |k: f64| rounded((start + sign * k) * grid, digits);
        let room = if low.is_finite() && high.is_finite() {
            ((high - low) / grid).floor().max(0.0) + 1.0
        } else {
            8.0
        };
        let mut candidates: Vec<f64> = vec![on_grid(nth % room)];
        // Several grids at once meet at their common multiples; those of small steps come soon.
        candidates.extend((0..400).map(|k| on_grid(f64::from(k))));
        if whole == Whole::No && step <= 0.0 {
            let (from, to) = (
                if low.is_finite() { low } else { high - 1.0 },
                if high.is_finite() { high } else { low + 1.0 },
            );
            candidates.extend([2.0, 4.0, 8.0, 64.0].map(|part| from + (to - from) / part));
        }
        let valued = candidates.into_iter().filter_map(|value| as_json(value, whole));
        valued.map(Value::Number).find(|value| self.is_scalar_valid(node, value))
    }
}

/// How many digits behind the point a step is written with.
fn decimals(step: f64) -> usize {
    format!("{step}").split_once('.').map_or(0, |(_, digits)| digits.len().min(12))
}

/// The nearest number with so many digits, as a person would write it: `0.3`, not `0.30000000000000004`.
fn rounded(value: f64, digits: usize) -> f64 {
    format!("{value:.digits$}").parse().unwrap_or(value)
}

fn as_json(value: f64, whole: Whole) -> Option<Number> {
    let is_whole = value.fract() == 0.0 && value.abs() < 9e15;
    match (is_whole, whole) {
        (true, _) => Some(Number::from(value as i64)),
        (false, Whole::No) => Number::from_f64(value),
        (false, Whole::Yes) => None,
    }
}
