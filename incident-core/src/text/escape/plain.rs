//! Text without control characters.

/// Plain text: no terminal sequences, no control characters but line ends and tabs, nothing that turns the direction.
///
/// Every kind of line end becomes `\n`. The marks U+200E, U+200F and U+061C stay, because right-to-left text needs
/// them and they turn only what is beside them; embeddings, overrides and isolates (U+202A to U+202E, U+2066 to
/// U+2069) go, because they turn everything that follows. Doing it twice changes nothing.
///
/// ```
/// use incident_core::text::escape::plain;
///
/// assert_eq!(plain("\u{1b}[31mdown\u{1b}[0m\r\n\u{202e}fdp.exe\0"), "down\nfdp.exe");
/// ```
#[must_use]
pub fn plain(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut chars = Sequences { rest: text, unended: false };
    while let Some(c) = chars.next() {
        match c {
            '\r' => {
                chars.rest = chars.rest.strip_prefix('\n').unwrap_or(chars.rest);
                out.push('\n');
            }
            '\u{b}' | '\u{c}' | '\u{85}' | '\u{2028}' | '\u{2029}' => out.push('\n'),
            '\n' | '\t' => out.push(c),
            '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => {}
            _ if c.is_control() => {}
            _ => out.push(c),
        }
    }
    out
}

/// Part of a line in a terminal: as [`plain`], with line ends and tabs as spaces, so that no text forges a line.
///
/// ```
/// use incident_core::text::escape::terminal;
///
/// assert_eq!(terminal("ok\nerror: forged"), "ok error: forged");
/// ```
#[must_use]
pub fn terminal(text: &str) -> String {
    plain(text).replace(['\n', '\t'], " ")
}

/// The characters of a text without the control sequences of ECMA-48.
struct Sequences<'a> {
    rest: &'a str,
    /// No control string has an end from here on; looked for once, or many beginnings would take quadratic time.
    unended: bool,
}

impl Iterator for Sequences<'_> {
    type Item = char;

    fn next(&mut self) -> Option<char> {
        loop {
            let mut chars = self.rest.chars();
            let c = chars.next()?;
            self.rest = chars.as_str();
            match c {
                '\u{1b}' => self.escape(),
                '\u{9b}' => self.control_sequence(),
                '\u{90}' | '\u{98}' | '\u{9d}'..='\u{9f}' => self.control_string(),
                _ => return Some(c),
            }
        }
    }
}

impl Sequences<'_> {
    fn escape(&mut self) {
        let mut chars = self.rest.chars();
        match chars.next() {
            Some('[') => {
                self.rest = chars.as_str();
                self.control_sequence();
            }
            Some(']' | 'P' | 'X' | '^' | '_') => {
                self.rest = chars.as_str();
                self.control_string();
            }
            // Two characters, or more with intermediate ones: `ESC ( B`.
            Some(' '..='~') => {
                let end = self.rest.trim_start_matches(|c| matches!(c, ' '..='/'));
                self.rest = end.strip_prefix(|c| matches!(c, '0'..='~')).unwrap_or(end);
            }
            _ => {}
        }
    }

    /// Parameters, intermediate characters, and one that ends it.
    fn control_sequence(&mut self) {
        let end =
            self.rest.trim_start_matches(|c| matches!(c, '0'..='?')).trim_start_matches(|c| matches!(c, ' '..='/'));
        self.rest = end.strip_prefix(|c| matches!(c, '@'..='~')).unwrap_or(end);
    }

    /// Everything up to its end; without an end only the beginning, so that nothing visible is lost.
    fn control_string(&mut self) {
        if self.unended {
            return;
        }
        let ends = ["\u{7}", "\u{9c}", "\u{1b}\\"];
        let first = ends.iter().filter_map(|end| Some((self.rest.find(end)?, end.len()))).min();
        match first.and_then(|(at, length)| self.rest.get(at + length..)) {
            Some(rest) => self.rest = rest,
            None => self.unended = true,
        }
    }
}
