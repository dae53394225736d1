//! Text in iCalendar files.

use super::plain;

/// The value of a property of type `TEXT` (RFC 5545, 3.3.11): no text ends its line or begins another property.
///
/// ```
/// use incident_core::text::escape::icalendar;
///
/// assert_eq!(icalendar("a;b,c\\\r\nEND:VEVENT"), r"a\;b\,c\\\nEND:VEVENT");
/// ```
#[must_use]
pub fn icalendar(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in plain(text).chars() {
        match c {
            '\\' | ';' | ',' => out.extend(['\\', c]),
            '\n' => out += "\\n",
            _ => out.push(c),
        }
    }
    out
}
