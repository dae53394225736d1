//! Ordinary quantiles.

/// The `p`-quantile of `values`, linear between neighbours; `None` of nothing, or if `p` is not in 0 to 1.
///
/// Type 7 of Hyndman and Fan (1996), the default of NumPy, pandas, R and spreadsheets: rank `(n - 1) p` from 0. Takes
/// linear time and leaves `values` in another order.
///
/// ```
/// use incident_core::stats::quantile;
///
/// assert_eq!(quantile(&mut [30, 10, 20, 40], 0.5), Some(25.0));
/// assert_eq!(quantile(&mut [], 0.5), None);
/// ```
#[must_use]
pub fn quantile(values: &mut [i64], p: f64) -> Option<f64> {
    if values.is_empty() || !(0.0..=1.0).contains(&p) {
        return None;
    }
    #[expect(clippy::cast_precision_loss, reason = "a slice is shorter than 2^53")]
    let rank = (values.len() - 1) as f64 * p;
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "between 0 and the length")]
    let whole = (rank as usize).min(values.len() - 1);
    let (_, low, above) = values.select_nth_unstable(whole);
    let high = above.iter().min().unwrap_or(low);
    #[expect(clippy::cast_precision_loss, reason = "smaller than the length")]
    let part = rank - whole as f64;
    Some(between(*low, *high, part))
}

/// The point `part` of the way from `low` to `high`.
pub(super) fn between(low: i64, high: i64, part: f64) -> f64 {
    number(low) + number(high.saturating_sub(low)) * part
}

/// A length as a number.
#[expect(clippy::cast_precision_loss, reason = "microseconds stay below 2^53 for 285 years")]
pub(super) fn number(length: i64) -> f64 {
    length as f64
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn type_7() {
        // np.quantile on the 24 minutes of `BEFORE`.
        let mut values = super::super::testdata::BEFORE.map(|(minutes, _)| minutes);
        for (p, expected) in
            [(0.25, 12.0), (0.5, 32.0), (0.75, 97.5), (0.9, 366.0), (0.95, 828.0), (0.0, 3.0), (1.0, 2880.0)]
        {
            let found = quantile(&mut values, p).unwrap();
            assert!((found - expected).abs() < 1e-9, "{p}: {found}, expected {expected}");
        }
        assert_eq!(quantile(&mut values, f64::NAN), None);
        assert_eq!(quantile(&mut values, 1.1), None);
        assert_eq!(quantile(&mut [7], 0.3), Some(7.0));
    }
}
