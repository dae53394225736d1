//! The beta distribution: its integral, the inverse, and products of independent ones.
//!
//! The same bits on every platform: the four operations, `sqrt`, and `libm` for the rest.

use std::f64::consts::TAU;

/// A beta distribution. `b = 0` is the certain value 1, `a = 0` the certain value 0.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Beta {
    a: f64,
    b: f64,
}

impl Beta {
    /// With `a, b >= 0`, not both 0.
    pub(crate) fn new(a: f64, b: f64) -> Self {
        Self { a, b }
    }

    /// The probability of at most `x`: the regularised incomplete beta function.
    ///
    /// Source: the continued fraction DLMF 8.17.22, evaluated by Lentz's method; on the side of the mean where it
    /// converges quickly.
    pub(crate) fn cdf(self, x: f64) -> f64 {
        let Self { a, b } = self;
        if x >= 1.0 || a == 0.0 {
            1.0
        } else if x <= 0.0 || b == 0.0 {
            0.0
        } else if x < (a + 1.0) / (a + b + 2.0) {
            weight(a, b, x) * fraction(a, b, x) / a
        } else {
            1.0 - weight(b, a, 1.0 - x) * fraction(b, a, 1.0 - x) / b
        }
    }

    /// The probability of more than `x`.
    pub(crate) fn above(self, x: f64) -> f64 {
        if self.a == 0.0 { f64::from(x < 0.0) } else { Self::new(self.b, self.a).cdf(1.0 - x) }
    }

    /// The value that is not exceeded with probability `p`, by bisection to the last bit.
    pub(crate) fn quantile(self, p: f64) -> f64 {
        if self.a == 0.0 || self.b == 0.0 {
            return if self.a == 0.0 { 0.0 } else { 1.0 };
        }
        let (mut low, mut high) = (0.0, 1.0);
        loop {
            let middle = f64::midpoint(low, high);
            if middle <= low || middle >= high {
                return high;
            }
            if self.cdf(middle) < p { low = middle } else { high = middle }
        }
    }

    /// The product of two independent ones.
    ///
    /// Exact where the second begins at the number the first left off (`Beta(c + d, b) * Beta(c, d) = Beta(c, b + d)`,
    /// the spacings of a sample), else the beta distribution with the same mean and variance.
    /// Source: the method of moments of Fay, Brittain and Proschan (2013), Biostatistics 14(4), section 2.
    pub(crate) fn product(self, other: Self) -> Self {
        let (Self { a, b }, Self { a: c, b: d }) = (self, other);
        if a == c + d || c == 0.0 {
            return Self::new(c, b + d);
        }
        if b == 0.0 {
            return other;
        }
        // The complement of the mean and the squared coefficient of variation multiply without cancellation.
        let (u, v) = (b / (a + b), d / (c + d));
        let (s, t) = (b / (a * (a + b + 1.0)), d / (c * (c + d + 1.0)));
        let (below, spread) = (u + v - u * v, s + t + s * t);
        let mean = 1.0 - below;
        let a = below / spread - mean;
        Self::new(a, a * below / mean)
    }
}

/// `x^a (1 - x)^b / B(a, b)`, without the cancellation of three large logarithms.
///
/// Source: Loader (2000), "Fast and accurate computation of binomial probabilities".
fn weight(a: f64, b: f64, x: f64) -> f64 {
    let n = a + b;
    let log =
        stirling_error(n) - stirling_error(a) - stirling_error(b) - deviance(a, n * x) - deviance(b, n * (1.0 - x));
    (a * b / (TAU * n)).sqrt() * libm::exp(log)
}

/// `ln n! - ln(sqrt(2 pi n) (n / e)^n)`
fn stirling_error(n: f64) -> f64 {
    if n < 16.0 {
        return libm::lgamma(n + 1.0) - (n + 0.5) * libm::log(n) + n - 0.5 * libm::log(TAU);
    }
    let square = n * n;
    (1.0 / 12.0 - (1.0 / 360.0 - (1.0 / 1260.0 - (1.0 / 1680.0 - 1.0 / (1188.0 * square)) / square) / square) / square)
        / n
}

/// `x ln(x / mean) + mean - x`
fn deviance(x: f64, mean: f64) -> f64 {
    let difference = x - mean;
    if difference.abs() >= 0.1 * (x + mean) {
        return x * libm::log(x / mean) - difference;
    }
    let ratio = difference / (x + mean);
    let mut sum = difference * ratio;
    let mut power = 2.0 * x * ratio;
    for odd in (3_u32..200).step_by(2) {
        power *= ratio * ratio;
        let next = sum + power / f64::from(odd);
        if next == sum {
            break;
        }
        sum = next;
    }
    sum
}

/// The continued fraction; some `sqrt(max(a, b))` terms are needed.
fn fraction(a: f64, b: f64, x: f64) -> f64 {
    const TINY: f64 = 1e-300;
    let away_from_zero = |value: f64| if value.abs() < TINY { TINY } else { value };
    let mut c = 1.0;
    let mut d = 1.0 / away_from_zero(1.0 - (a + b) * x / (a + 1.0));
    let mut product = d;
    for m in 1_u32..1_000_000 {
        let m = f64::from(m);
        let even = m * (b - m) * x / ((a + 2.0 * m - 1.0) * (a + 2.0 * m));
        let odd = -(a + m) * (a + b + m) * x / ((a + 2.0 * m) * (a + 2.0 * m + 1.0));
        let mut step = 1.0;
        for term in [even, odd] {
            d = 1.0 / away_from_zero(1.0 + term * d);
            c = away_from_zero(1.0 + term / c);
            step = c * d;
            product *= step;
        }
        if (step - 1.0).abs() < 1e-16 {
            break;
        }
    }
    product
}

#[cfg(test)]
mod tests {
    use super::*;

    /// `scipy.special.betainc(a, b, x)` of scipy 1.17.
    const INTEGRALS: [(f64, f64, f64, f64); 10] = [
        (0.5, 0.5, 0.3, 0.36901011956554536),
        (2.0, 3.0, 0.4, 0.5248),
        (18.0, 7.0, 0.6, 0.09596147136938643),
        (1.0, 8.0, 0.0031, 0.024532581847360495),
        (400.5, 402.0, 0.5, 0.5211252246975902),
        (1e5, 1e5, 0.498, 0.03681873882797787),
        (5e6, 5e6, 0.5001, 0.7364553684685946),
        (3.25, 7e3, 0.001, 0.9607681969758616),
        (90.0, 1.0, 0.97, 0.0644846109465322),
        (0.01, 40.0, 0.001, 0.9733561208548194),
    ];

    #[track_caller]
    fn close(found: f64, expected: f64) {
        assert!((found - expected).abs() <= 2e-13 * expected.abs(), "{found:e}, expected {expected:e}");
    }

    #[test]
    fn the_integral_agrees_with_scipy() {
        for (a, b, x, expected) in INTEGRALS {
            close(Beta::new(a, b).cdf(x), expected);
            close(Beta::new(b, a).above(1.0 - x), expected);
        }
    }

    #[test]
    fn the_inverse_undoes_the_integral() {
        for (a, b, p) in [(1.0, 8.0, 0.025), (8.0, 1.0, 0.975), (18.0, 7.0, 0.025), (3.5, 1e5, 0.5), (0.7, 0.2, 0.1)] {
            let beta = Beta::new(a, b);
            let x = beta.quantile(p);
            close(beta.cdf(x), p);
        }
        assert_eq!(Beta::new(0.0, 3.0).quantile(0.975), 0.0);
        assert_eq!(Beta::new(3.0, 0.0).quantile(0.025), 1.0);
    }

    #[test]
    fn a_product_of_neighbours_is_exact_and_any_other_keeps_two_moments() {
        let spacings = Beta::new(9.0, 0.0).product(Beta::new(8.0, 1.0)).product(Beta::new(6.0, 2.0));
        assert_eq!(spacings, Beta::new(6.0, 3.0));
        assert_eq!(spacings.product(Beta::new(0.0, 1.0)).quantile(0.5), 0.0);

        let Beta { a, b } = Beta::new(6.0, 3.0).product(Beta::new(4.0, 1.0));
        close(a / (a + b), 6.0 / 9.0 * 4.0 / 5.0);
        close(a * (a + 1.0) / ((a + b) * (a + b + 1.0)), 6.0 * 7.0 / (9.0 * 10.0) * 4.0 * 5.0 / (5.0 * 6.0));
    }
}
