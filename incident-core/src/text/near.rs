//! "Did you mean", and user input in messages.

/// The candidate nearest to a name, if it is near enough to be meant.
pub(crate) fn nearest<'a>(name: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let name = short(name).to_lowercase();
    let steps = |candidate: &&str| distance(&name, &candidate.to_lowercase());
    let near = candidates.into_iter().map(|candidate| (steps(&candidate), candidate)).min()?;
    (near.0 <= 1.max(name.chars().count() / 3)).then_some(near.1)
}

/// User input as a message shows it: one line, no control characters, at most 60 characters.
pub(crate) fn short(text: &str) -> String {
    const MOST: usize = 60;
    let mut shown: String = text.chars().take(MOST).map(|c| if c.is_control() || c == '`' { ' ' } else { c }).collect();
    if text.chars().nth(MOST).is_some() {
        shown.push('…');
    }
    shown
}

/// Damerau's distance with adjacent transpositions: a swap is one slip.
fn distance(a: &str, b: &str) -> usize {
    let (a, b): (Vec<char>, Vec<char>) = (a.chars().collect(), b.chars().collect());
    let mut before: Vec<usize> = Vec::new();
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, x) in a.iter().enumerate() {
        let mut next = vec![i + 1];
        for (j, y) in b.iter().enumerate() {
            let at = |row: &[usize], j: usize| row.get(j).copied().unwrap_or(usize::MAX / 2);
            let mut best = (at(&row, j) + usize::from(x != y)).min(at(&row, j + 1) + 1).min(at(&next, j) + 1);
            let swapped = i > 0 && j > 0 && a.get(i - 1) == Some(y) && b.get(j - 1) == Some(x);
            if swapped {
                best = best.min(at(&before, j - 1) + 1);
            }
            next.push(best);
        }
        before = std::mem::replace(&mut row, next);
    }
    row.last().copied().unwrap_or_default()
}

/// A word with a capital.
pub(crate) fn capital(word: &str) -> String {
    let mut letters = word.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slips_are_near_and_other_words_are_not() {
        let known = ["loss", "customers", "areas", "data_lost", "zone"];
        for (name, expected) in [
            ("custmers", Some("customers")),
            ("lsos", Some("loss")),
            ("data-lost", Some("data_lost")),
            ("phone", None),
            ("weather", None),
        ] {
            assert_eq!(nearest(name, known), expected, "{name}");
        }
    }
}
