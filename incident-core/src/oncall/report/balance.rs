//! How evenly something falls on people.

use super::answer::LoadBalance;
use super::hours;
use crate::id::PersonId;
use crate::known::Share;
use crate::time::Elapsed;

/// Of what each person has; `what` is what it is hours of, for the sentence.
pub(super) fn balance(each: &[(&PersonId, &str, Elapsed)], what: &str) -> LoadBalance {
    let mut ranked: Vec<_> = each.iter().collect();
    ranked.sort_by_key(|(person, _, length)| (*length, *person));
    let total: i128 = ranked.iter().map(|(.., length)| i128::from(length.as_micros())).sum();
    // Of those who have the most, the first by id.
    let most = ranked.iter().max_by_key(|(person, _, length)| (*length, std::cmp::Reverse(*person)));
    let (Some(least), Some(most)) = (ranked.first(), most.filter(|_| total > 0)) else {
        return LoadBalance {
            least: None,
            most: None,
            ratio: None,
            gini: None,
            why: format!("nobody has time {what}"),
        };
    };
    // Sorted, the differences of all pairs add up to the sum over i of (2i - n + 1) x_i.
    let count = i128::try_from(ranked.len()).unwrap_or(1);
    let weighted =
        ranked.iter().zip(0_i128..).map(|((.., length), at)| (2 * at - count + 1) * i128::from(length.as_micros()));
    let ratio = share(i128::from(least.2.as_micros()), i128::from(most.2.as_micros()));
    let gini = share(weighted.sum(), count * total);
    let why = match least.2 == most.2 {
        true => format!("everybody has {} {what}", hours(most.2)),
        false => format!("{} has {} {what}, {} {}", most.1, hours(most.2), least.1, hours(least.2)),
    };
    LoadBalance { least: Some(least.0.clone()), most: Some(most.0.clone()), ratio, gini, why }
}

/// A share of two whole numbers, rounded to a hundredth of a percent.
fn share(part: i128, whole: i128) -> Option<Share> {
    let parts = (part * 20_000 + whole) / (2 * whole).max(1);
    Share::new(f64::from(u16::try_from(parts).ok()?) / 1e4)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(hours: &[i64], expected: (Option<&str>, Option<&str>)) {
        let people: Vec<PersonId> = (0..hours.len()).map(|at| format!("p{at}").parse().unwrap()).collect();
        let each: Vec<_> = people.iter().zip(hours).map(|(who, h)| (who, who.as_str(), Elapsed::hours(*h))).collect();
        let told = balance(&each, "on call");
        let text = |share: Option<Share>| share.map(|share| share.to_string());
        let told = (text(told.ratio), text(told.gini));
        assert_eq!((told.0.as_deref(), told.1.as_deref()), expected, "{hours:?}");
    }

    #[test]
    fn balance_is_that_of_the_textbook() {
        check(&[], (None, None));
        check(&[0, 0], (None, None));
        check(&[5], (Some("100%"), Some("0%")));
        check(&[5, 5, 5], (Some("100%"), Some("0%")));
        // One of two has all of it: (n - 1) / n.
        check(&[0, 8], (Some("0%"), Some("50%")));
        check(&[1, 2, 3, 4], (Some("25%"), Some("25%")));
    }
}
