//! Empty lines: at most one in a row, and one before a table.

use super::page::{Header, Line, Page};

impl Page {
    /// The same, with empty lines where they belong.
    ///
    /// What a person left empty between two entries stays. A table is set off, except where a person put it directly
    /// below the one beside it (`[severity.sev2]` after `[severity.sev1]`) or below the empty one around it.
    pub(super) fn spaced(self) -> Self {
        let mut lines: Vec<Line> = Vec::new();
        let mut between: Vec<Line> = Vec::new();
        let (mut header, mut is_empty) = (None, false);
        for line in self.lines {
            match line {
                Line::Blank if matches!(between.last(), Some(Line::Blank)) => {}
                Line::Blank | Line::Comment(_) => between.push(line),
                Line::Header(next) => {
                    let is_apart = between.iter().any(|line| matches!(line, Line::Blank));
                    let may_follow = header.as_ref().is_some_and(|above| may_follow(&next, above, is_empty));
                    if !is_apart && !may_follow {
                        between.insert(0, Line::Blank);
                    }
                    flush(&mut lines, &mut between, false);
                    (header, is_empty) = (Some((next.path.clone(), next.of_list)), true);
                    lines.push(Line::Header(next));
                }
                Line::Entry(_) => {
                    let is_first = matches!(lines.last(), Some(Line::Header(_)));
                    flush(&mut lines, &mut between, is_first);
                    is_empty = false;
                    lines.push(line);
                }
            }
        }
        flush(&mut lines, &mut between, false);
        while matches!(lines.last(), Some(Line::Blank)) {
            lines.pop();
        }
        Self { lines }
    }
}

/// Moves what stands between two lines; the first of them is not empty at the top of a file, nor where it is said.
fn flush(lines: &mut Vec<Line>, between: &mut Vec<Line>, closely: bool) {
    let closely = closely || lines.is_empty();
    let skipped = usize::from(closely && matches!(between.first(), Some(Line::Blank)));
    lines.extend(between.drain(..).skip(skipped));
}

/// Whether a table may follow another one without an empty line.
fn may_follow(next: &Header, (above, of_list): &(Vec<String>, bool), is_empty: bool) -> bool {
    let around = next.path.split_last().map(|(_, around)| around).unwrap_or_default();
    let is_beside = !around.is_empty() && above.split_last().is_some_and(|(_, other)| other == around);
    (is_beside && !next.of_list && !of_list) || (is_empty && around == above.as_slice())
}
