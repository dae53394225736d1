//! One pass over a text: at each character every detector says whether something begins there.

use std::collections::BTreeMap;

use super::{Leak, LeakKind, network, secret, ticket};

/// A place in a text.
#[derive(Clone, Copy)]
pub(super) struct Here<'a> {
    /// The character before it.
    pub(super) before: Option<char>,
    /// The text from it on.
    pub(super) rest: &'a str,
}

impl Here<'_> {
    /// Whether a word may begin here: what is before is no letter, digit or underscore.
    pub(super) fn begins_word(&self) -> bool {
        !self.before.is_some_and(is_word)
    }
}

/// Something that begins here.
pub(super) struct Found {
    pub(super) kind: LeakKind,
    /// In bytes.
    pub(super) length: usize,
    pub(super) shown: String,
    pub(super) why: String,
}

impl Found {
    pub(super) fn new(kind: LeakKind, length: usize, shown: impl Into<String>, why: impl Into<String>) -> Self {
        Self { kind, length, shown: shown.into(), why: why.into() }
    }
}

/// A letter, a digit or an underscore.
pub(super) fn is_word(c: char) -> bool {
    c.is_alphanumeric() || c == '_'
}

/// The beginning of a text as far as its characters belong to a class.
pub(super) fn run(text: &str, mut class: impl FnMut(char) -> bool) -> &str {
    let end = text.find(|c| !class(c)).unwrap_or(text.len());
    text.get(..end).unwrap_or_default()
}

/// As [`run`], for at most so many bytes.
pub(super) fn short_run(text: &str, most: usize, class: impl Fn(char) -> bool) -> &str {
    let mut taken = 0;
    run(text, |c| {
        taken += c.len_utf8();
        taken <= most && class(c)
    })
}

pub(super) fn scan(text: &str, words: &[&str]) -> Vec<Leak> {
    let words = Words::new(words);
    let mut leaks = Vec::new();
    let mut before = None;
    // Bytes up to which everything is told, and up to which nothing else can begin.
    let (mut told, mut passed) = (0, 0);
    for (start, (at, c)) in text.char_indices().enumerate() {
        let here = Here { before, rest: text.get(at..).unwrap_or_default() };
        before = Some(c);
        if at < passed {
            continue;
        }
        let found = if may_begin(here.before, c) { find(here, &words) } else { words.find(here) };
        let Some(found) = found else { continue };
        let end = at + found.length;
        if end <= told {
            continue;
        }
        told = end;
        if found.kind == LeakKind::Secret {
            passed = end;
        }
        let length = here.rest.get(..found.length).unwrap_or_default().chars().count();
        let (start, length) = (u64::try_from(start).unwrap_or(u64::MAX), u64::try_from(length).unwrap_or(u64::MAX));
        leaks.push(Leak { kind: found.kind, start, length, shown: found.shown, why: found.why });
    }
    leaks
}

/// Whether anything but a word of the caller's can begin with a character: most cannot, and are passed quickly.
fn may_begin(before: Option<char>, c: char) -> bool {
    let inside_word = is_word(c) && before.is_some_and(is_word);
    (is_word(c) || matches!(c, '-' | '.' | '%' | '+' | ':')) && !inside_word
}

/// A secret, or else the longest thing that begins here.
fn find(here: Here<'_>, words: &Words) -> Option<Found> {
    secret::find(here).or_else(|| {
        let others = [network::find(here), ticket::find(here), words.find(here)];
        others.into_iter().flatten().max_by_key(|found| found.length)
    })
}

/// The caller's words in lower case, by their first character, the longest first.
struct Words(BTreeMap<char, Vec<Vec<char>>>);

impl Words {
    fn new(words: &[&str]) -> Self {
        let mut by_first: BTreeMap<char, Vec<Vec<char>>> = BTreeMap::new();
        for word in words {
            let word: Vec<char> = word.trim().chars().flat_map(char::to_lowercase).collect();
            if let Some(first) = word.first() {
                by_first.entry(*first).or_default().push(word);
            }
        }
        by_first.values_mut().for_each(|words| words.sort_by_key(|word| std::cmp::Reverse(word.len())));
        Self(by_first)
    }

    fn find(&self, here: Here<'_>) -> Option<Found> {
        let first = here.rest.chars().next()?;
        let candidates = self.0.get(&first.to_lowercase().next()?)?;
        let length = candidates.iter().find_map(|word| length_of(word, here))?;
        let shown = if length > first.len_utf8() { format!("{first}…") } else { "…".to_owned() };
        Some(Found::new(LeakKind::Word, length, shown, "a word that must not be published"))
    }
}

/// How many bytes a word in lower case takes here, if it stands here whole.
fn length_of(word: &[char], here: Here<'_>) -> Option<usize> {
    if word.first().is_some_and(|c| is_word(*c)) && !here.begins_word() {
        return None;
    }
    let mut expected = word.iter();
    let mut rest = here.rest.chars();
    while !expected.as_slice().is_empty() {
        if rest.next()?.to_lowercase().any(|c| expected.next() != Some(&c)) {
            return None;
        }
    }
    let whole = !word.last().is_some_and(|c| is_word(*c)) || !rest.clone().next().is_some_and(is_word);
    whole.then_some(here.rest.len() - rest.as_str().len())
}
