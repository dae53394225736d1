//! HTML.

use super::plain;

/// The content of an HTML element or of a quoted attribute: `&`, `<`, `>`, `"` and `'` as references.
///
/// Not for script, style, unquoted attributes or addresses, which no escaping makes safe.
///
/// ```
/// use incident_core::text::escape::html;
///
/// assert_eq!(html("a < b & \"c\""), "a &lt; b &amp; &quot;c&quot;");
/// ```
#[must_use]
pub fn html(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in plain(text).chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            _ => out.push(c),
        }
    }
    out
}
