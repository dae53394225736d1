//! Cells of a CSV file.

use super::plain;

/// One cell of a CSV file that a spreadsheet may open: as [`formula_safe`], and quoted (RFC 4180) where it has a
/// separator, a quote, a line end, or a space at an end.
///
/// ```
/// use incident_core::text::escape::csv;
///
/// assert_eq!(csv("db-1, db-2"), "\"db-1, db-2\"");
/// assert_eq!(csv("=HYPERLINK(\"x\")"), "\"'=HYPERLINK(\"\"x\"\")\"");
/// assert_eq!(csv("-12.5"), "-12.5");
/// ```
#[must_use]
pub fn csv(text: &str) -> String {
    let text = formula_safe(text);
    if text.contains([',', ';', '|', '\t', '"', '\n']) || text.trim() != text {
        return format!("\"{}\"", text.replace('"', "\"\""));
    }
    text
}

/// Text that no spreadsheet takes for a formula, without quotes: for writers that quote by themselves.
///
/// An apostrophe comes before whatever begins like a formula: `=`, `+`, `-`, `@` and their full-width forms, and a
/// line end or a tab. What stands between a blank or an invisible character and such a sign does not hide it. A
/// number such as `-12.5` or `+1e3` stays. Rule: OWASP ASVS 5.0, 1.2.10 (CWE-1236).
///
/// ```
/// use incident_core::text::escape::formula_safe;
///
/// assert_eq!(formula_safe("＝1+1"), "'＝1+1");
/// assert_eq!(formula_safe("db-1"), "db-1");
/// ```
#[must_use]
pub fn formula_safe(text: &str) -> String {
    let text = plain(text);
    let blank =
        |c: char| c.is_whitespace() || matches!(c, '\u{200b}'..='\u{200f}' | WORD_JOINER | '\u{feff}' | '\u{ad}');
    let sign = text.trim_start_matches(blank).chars().next();
    let formula = matches!(sign, Some('=' | '+' | '-' | '@' | '＝' | '＋' | '－' | '＠'));
    if (formula && !is_number(&text)) || text.starts_with(['\t', '\n']) { format!("'{text}") } else { text }
}

const WORD_JOINER: char = super::WORD_JOINER;

/// A sign, digits, and at most a point and an exponent.
fn is_number(text: &str) -> bool {
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
    let unsigned = text.strip_prefix(['+', '-']).unwrap_or(text);
    let (number, exponent) = unsigned.split_once(['e', 'E']).unwrap_or((unsigned, "0"));
    let (whole, fraction) = number.split_once('.').unwrap_or((number, "0"));
    digits(whole) && digits(fraction) && digits(exponent.strip_prefix(['+', '-']).unwrap_or(exponent))
}
