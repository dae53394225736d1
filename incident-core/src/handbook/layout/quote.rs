//! Keys and text in TOML.

/// A key as it is written: bare where it may be.
pub(super) fn key(path: &[String]) -> String {
    let bare = |name: &str| !name.is_empty() && name.bytes().all(|c| c.is_ascii_alphanumeric() || b"_-".contains(&c));
    let names = path.iter().map(|name| if bare(name) { name.clone() } else { text(name) });
    names.collect::<Vec<_>>().join(".")
}

/// Text in double quotes; in single ones where that spares escapes.
pub(super) fn text(text: &str) -> String {
    let escapes = text.contains(['"', '\\']);
    if escapes && !text.contains('\'') && !text.chars().any(char::is_control) {
        return format!("'{text}'");
    }
    let mut out = String::from("\"");
    for c in text.chars() {
        match c {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\t' => out.push_str("\\t"),
            '\r' => out.push_str("\\r"),
            c if c.is_control() => out.push_str(&format!("\\u{:04X}", u32::from(c))),
            c => out.push(c),
        }
    }
    out.push('"');
    out
}
