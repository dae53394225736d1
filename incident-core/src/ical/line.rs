//! Content lines (RFC 5545, 3.1) with their places: no crate that reads calendars keeps them.

use std::borrow::Cow;

use crate::finding::Place;

/// `NAME;PARAMETER=value:value`, unfolded.
#[derive(Clone, Debug)]
pub(super) struct Line<'a> {
    /// In capitals.
    pub(super) name: String,
    /// Names in capitals, values without quotes.
    parameters: Vec<(String, String)>,
    pub(super) value: Cow<'a, str>,
    /// Bytes before the value.
    before: usize,
    text: Unfolded<'a>,
}

/// One line after unfolding, and where its parts come from.
#[derive(Clone, Debug)]
pub(super) struct Unfolded<'a> {
    text: Cow<'a, str>,
    /// Where each line of the file begins in it: bytes, and the number of the line.
    parts: Vec<(usize, u32)>,
}

impl<'a> Line<'a> {
    /// Reads a line, or says what is wrong with it.
    pub(super) fn parse(text: Unfolded<'a>) -> Result<Self, (&'static str, Place)> {
        let whole: &str = &text.text;
        let bad = |why, at: usize| Err((why, text.place(at, whole.len())));
        let end = whole.find(|c: char| !(c.is_ascii_alphanumeric() || c == '-')).unwrap_or(whole.len());
        let (name, mut rest) = whole.split_at(end);
        let mut parameters = Vec::new();
        if name.is_empty() {
            return bad("it begins with no name", 0);
        }
        while let Some(after) = rest.strip_prefix(';') {
            let at = whole.len() - after.len();
            let Some((key, after)) = after.split_once('=') else { return bad("a parameter has no value", at) };
            if !key.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-') {
                return bad("a parameter has no value", at);
            }
            let Some((value, after)) = parameter(after) else { return bad("a quote is opened and not closed", at) };
            parameters.push((key.to_ascii_uppercase(), value));
            rest = after;
        }
        let Some(value) = rest.strip_prefix(':') else { return bad("it has no colon before its value", 0) };
        let before = whole.len() - value.len();
        let value = match &text.text {
            Cow::Borrowed(whole) => Cow::Borrowed(whole.get(before..).unwrap_or_default()),
            Cow::Owned(_) => Cow::Owned(value.to_owned()),
        };
        Ok(Self { name: name.to_ascii_uppercase(), parameters, value, before, text })
    }

    /// A parameter by its name in capitals.
    pub(super) fn parameter(&self, name: &str) -> Option<&str> {
        self.parameters.iter().find(|(key, _)| key == name).map(|(_, value)| value.as_str())
    }

    /// Where the line is.
    pub(super) fn place(&self) -> Option<Place> {
        Some(self.text.place(0, self.text.text.len()))
    }

    /// Where a part of the value is.
    pub(super) fn place_of(&self, part: &str) -> Option<Place> {
        let inside = self.value.find(part).unwrap_or(0);
        let start = self.before.saturating_add(inside);
        Some(self.text.place(start, start.saturating_add(part.len())))
    }

    /// Where the value is.
    pub(super) fn place_of_value(&self) -> Option<Place> {
        Some(self.text.place(self.before, self.text.text.len()))
    }

    /// The number of its first line in the file.
    pub(super) fn number(&self) -> u32 {
        self.text.parts.first().map_or(1, |(_, number)| *number)
    }
}

/// A parameter's value, quoted or not, and what follows; of several the quotes are taken off and commas stay.
fn parameter(text: &str) -> Option<(String, &str)> {
    let (mut value, mut rest) = (String::new(), text);
    loop {
        if let Some(after) = rest.strip_prefix('"') {
            let (quoted, after) = after.split_once('"')?;
            value += quoted;
            rest = after;
        }
        let end = rest.find(['"', ',', ';', ':']).unwrap_or(rest.len());
        let (plain, after) = rest.split_at(end);
        value += plain;
        if let Some(after) = after.strip_prefix(',') {
            value.push(',');
            rest = after;
        } else if after.starts_with('"') {
            rest = after;
        } else {
            return Some((value, after));
        }
    }
}

impl<'a> Unfolded<'a> {
    /// The place of a part, up to the end of the line of the file that it begins on.
    fn place(&self, start: usize, end: usize) -> Place {
        let after = self.parts.partition_point(|(offset, _)| *offset <= start);
        let (offset, line) = after.checked_sub(1).and_then(|at| self.parts.get(at)).copied().unwrap_or((0, 1));
        let stop = self.parts.get(after).map_or(self.text.len(), |(offset, _)| *offset).min(end);
        let chars = |from: usize, to: usize| self.text.get(from..to).map_or(0, |text| text.chars().count());
        // A folded line begins with the white space that folds it.
        let fold = usize::from(after > 1);
        let small = |count: usize| u32::try_from(count).unwrap_or(u32::MAX);
        Place {
            file: None,
            line,
            column: small(chars(offset, start).saturating_add(fold).saturating_add(1)),
            length: small(chars(start, stop)).max(1),
        }
    }
}

/// The unfolded lines of a text that are not empty. Lines end with CRLF, LF or CR; a mark of the byte order is skipped.
pub(super) fn unfold(text: &str) -> impl Iterator<Item = Unfolded<'_>> {
    let mut physical = Physical { rest: text.strip_prefix('\u{feff}').unwrap_or(text), number: 0 }.peekable();
    std::iter::from_fn(move || {
        loop {
            let (first, number) = physical.next()?;
            let mut line = Unfolded { text: Cow::Borrowed(first), parts: vec![(0, number)] };
            while let Some((more, number)) = physical.next_if(|(more, _)| more.starts_with([' ', '\t'])) {
                let whole = line.text.to_mut();
                line.parts.push((whole.len(), number));
                *whole += more.get(1..).unwrap_or_default();
            }
            if !line.text.trim().is_empty() {
                return Some(line);
            }
        }
    })
}

struct Physical<'a> {
    rest: &'a str,
    number: u32,
}

impl<'a> Iterator for Physical<'a> {
    type Item = (&'a str, u32);

    fn next(&mut self) -> Option<Self::Item> {
        if self.rest.is_empty() {
            return None;
        }
        let end = self.rest.find(['\r', '\n']).unwrap_or(self.rest.len());
        let (line, rest) = self.rest.split_at(end);
        self.rest = ["\r\n", "\n", "\r"].iter().find_map(|end| rest.strip_prefix(end)).unwrap_or(rest);
        self.number = self.number.saturating_add(1);
        Some((line, self.number))
    }
}
