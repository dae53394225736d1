//! Ids made from the names that people gave to things.

use std::collections::BTreeSet;

/// Longer ids are cut.
const LONGEST: usize = 60;

/// Letters outside `a-z` that have one there.
const FOLDED: [(&str, &str); 13] = [
    ("àáâãäåāăą", "a"),
    ("æ", "ae"),
    ("çćč", "c"),
    ("ďđ", "d"),
    ("ğ", "g"),
    ("èéêëēęě", "e"),
    ("ìíîïīı", "i"),
    ("łľ", "l"),
    ("ñńň", "n"),
    ("òóôõöøőō", "o"),
    ("řŕ", "r"),
    ("šśşș", "s"),
    ("ùúûüūůű", "u"),
];

/// A name as an id: lower case, `a-z`, digits, and single hyphens in place of everything else.
///
/// Empty where the name has no letter of that kind and no digit.
pub(super) fn slug(name: &str) -> String {
    let mut id = String::new();
    for letter in name.chars().flat_map(char::to_lowercase) {
        let folded = FOLDED.iter().find(|(letters, _)| letters.contains(letter)).map(|(_, plain)| *plain);
        match (letter, folded) {
            ('a'..='z' | '0'..='9', _) => id.push(letter),
            ('ß', _) => id.push_str("ss"),
            ('ý' | 'ÿ', _) => id.push('y'),
            ('ž' | 'ź' | 'ż', _) => id.push('z'),
            (_, Some(plain)) => id.push_str(plain),
            ('\'' | '’', _) => {}
            _ if id.is_empty() || id.ends_with('-') => {}
            _ => id.push('-'),
        }
        if id.len() >= LONGEST {
            break;
        }
    }
    id.trim_end_matches('-').to_owned()
}

/// The first of these that can be an id.
pub(super) fn first_slug<'a>(names: impl IntoIterator<Item = &'a str>, otherwise: &str) -> String {
    names.into_iter().map(slug).find(|id| !id.is_empty()).unwrap_or_else(|| otherwise.to_owned())
}

/// What a part is called beside the other parts of a whole, in tools where names are unique and often begin with the whole's;
/// nothing where that is a number.
pub(super) fn own(whole: &str, part: &str) -> String {
    let rest = part.strip_prefix(whole).unwrap_or(part).trim_matches([' ', ':', '-', '–', '/', ',']);
    if rest.chars().all(|letter| letter.is_ascii_digit()) { String::new() } else { rest.to_owned() }
}

/// What an API calls `startDate`, as Terraform's providers call it: `start_date`.
pub(super) fn snake_case(name: &str) -> String {
    let mut snake = String::new();
    for letter in name.chars() {
        if letter.is_ascii_uppercase() {
            snake.push('_');
        }
        snake.push(letter.to_ascii_lowercase());
    }
    snake
}

/// Ids that are taken.
#[derive(Clone, Debug, Default)]
pub(super) struct Names(BTreeSet<String>);

impl Names {
    /// Takes an id whatever happens.
    pub(super) fn reserve(&mut self, id: &str) {
        self.0.insert(id.to_owned());
    }

    /// The id, or the first free one of `id-2`, `id-3`.
    pub(super) fn take(&mut self, id: &str) -> String {
        let mut free = id.to_owned();
        let mut number = 1_u32;
        while self.0.contains(&free) {
            number = number.saturating_add(1);
            free = format!("{id}-{number}");
        }
        self.0.insert(free.clone());
        free
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_become_ids() {
        for (name, id) in [
            ("Daily Engineering Rotation", "daily-engineering-rotation"),
            ("  24/7 – Çağlar & Søn's ", "24-7-caglar-sons"),
            ("Straße_№5", "strasse-5"),
            ("値段", ""),
        ] {
            assert_eq!(slug(name), id, "{name}");
        }
        assert_eq!(slug(&"x".repeat(300)).len(), 60);
        assert_eq!(first_slug(["値段", "P7"], "schedule"), "p7");
    }

    #[test]
    fn a_part_has_a_name_of_its_own() {
        for (part, name) in
            [("Primary: days", "days"), ("Primary 2", ""), ("Primary", ""), ("Nights", "Nights"), ("7", "")]
        {
            assert_eq!(own("Primary", part), name, "{part}");
        }
    }

    #[test]
    fn a_taken_id_gets_a_number() {
        let mut names = Names::default();
        names.reserve("ana-2");
        assert_eq!(["ana", "ana", "ana"].map(|id| names.take(id)), ["ana", "ana-3", "ana-4"]);
    }
}
