//! Markdown.

use super::{WORD_JOINER, alphanumeric, plain, with_neighbours};

/// Text within a paragraph, heading, list item or table cell of Markdown (CommonMark with GitHub's and the usual
/// extensions): one line, in which nothing becomes emphasis, link, image, code, mathematics, heading, list, quote, cell
/// break, HTML, footnote, attribute or mention.
///
/// Runs of white space become one space. Only what could be markup is escaped, so that people can read and edit the
/// result: `snake_case`, `a - b` and `50%` stay. An invisible word joiner takes `@name` (also in addresses of mail) and
/// `#123` apart, because hosts look for those after rendering, where a backslash is gone.
///
/// ```
/// use incident_core::text::escape::markdown;
///
/// assert_eq!(markdown("# 1. db_primary\n is <b>down</b>"), r"\# 1. db_primary is &lt;b>down&lt;/b>");
/// assert_eq!(markdown("1. a | b"), r"1\. a \| b");
/// assert_eq!(markdown("see #7"), "see #\u{2060}7");
/// ```
#[must_use]
pub fn markdown(text: &str) -> String {
    let text = plain(text).split_whitespace().collect::<Vec<_>>().join(" ");
    let mut out = String::with_capacity(text.len() + text.len() / 8);
    // What only means something at the start of a line: up to nine digits may number a list.
    let mut digits = Some(0_u8);
    for (before, c, after) in with_neighbours(&text) {
        let start = before.is_none();
        let numbers = digits.is_some_and(|count| count > 0);
        match c {
            '<' => out.push_str("&lt;"),
            '&' if after.is_none_or(|c| c == '#' || c.is_ascii_alphanumeric()) => out.push_str("&amp;"),
            '_' if alphanumeric(before) && alphanumeric(after) => out.push('_'),
            '\\' | '`' | '*' | '_' | '[' | ']' | '{' | '}' | '|' | '~' | '^' | '$' => escaped(c, &mut out),
            '!' if after.is_none_or(|c| c == '[') => escaped(c, &mut out),
            '#' if !alphanumeric(before) && !digit(after) => escaped(c, &mut out),
            '>' | '+' | '-' | '=' | ':' if start => escaped(c, &mut out),
            '.' | ')' if numbers => escaped(c, &mut out),
            ':' if after == Some('/') || is_scheme(&out) => escaped(c, &mut out),
            '.' if ends_with_word(&out, "www") => escaped(c, &mut out),
            _ => out.push(c),
        }
        let named = after.is_some_and(|c| c.is_alphanumeric() || c == '_');
        if (c == '@' && named) || (matches!(c, '#' | '!') && digit(after)) {
            out.push(WORD_JOINER);
        }
        digits = digits.filter(|count| c.is_ascii_digit() && *count < 9).map(|count| count + 1);
    }
    out
}

fn digit(c: Option<char>) -> bool {
    c.is_some_and(|c| c.is_ascii_digit())
}

fn escaped(c: char, out: &mut String) {
    out.push('\\');
    out.push(c);
}

/// Whether a colon now would make an address without slashes.
fn is_scheme(before: &str) -> bool {
    ["mailto", "xmpp"].iter().any(|scheme| ends_with_word(before, scheme))
}

fn ends_with_word(text: &str, word: &str) -> bool {
    let tail = text.len().checked_sub(word.len()).and_then(|at| Some((text.get(..at)?, text.get(at..)?)));
    tail.is_some_and(|(before, end)| end.eq_ignore_ascii_case(word) && !before.ends_with(char::is_alphanumeric))
}
