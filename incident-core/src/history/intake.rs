//! Rows of a file, one after the other, into columns; what is wrong with one becomes a finding.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::ops::Range;

use crate::codes::{self, Code};
use crate::error::{Error, Result};
use crate::finding::{Finding, Level, Place};
use crate::incident::event::IncidentKind;
use crate::limits::LIMITS;
use crate::text::{pointer_step, short};
use crate::time::Timestamp;

use super::column::Cell;
use super::findings::Findings;
use super::instant::{InstantFormat, Reading, length};
use super::plan::Plan;
use super::table::{History, kind_named};
use super::words;

/// A row of a file: its cells in the order of the plan's columns, as ranges of one text.
#[derive(Clone, Copy)]
pub(super) struct Row<'r> {
    pub(super) line: u64,
    pub(super) text: &'r str,
    /// `None` where the row ends before that cell.
    pub(super) cells: &'r [Option<Range<usize>>],
    /// Where a wanted column stands in its line, counted from 1, and how long it is, in characters.
    pub(super) place: &'r dyn Fn(usize) -> (u32, u32),
}

/// What a cell holds.
#[derive(Clone, Copy)]
enum Said<'r> {
    Nothing,
    Text(&'r str),
    /// The row ends before it.
    Cut,
}

/// What the rows have become so far.
pub(super) struct Intake<'m> {
    plan: &'m Plan<'m>,
    history: History,
    notes: Notes<'m>,
    /// The instants of the row at hand.
    instants: Vec<Cell>,
}

impl<'m> Intake<'m> {
    pub(super) fn new(plan: &'m Plan<'m>, as_of: Timestamp) -> Self {
        let mut history = History::empty(as_of);
        history.milestones = plan.milestones.iter().map(|(name, _)| ((*name).clone(), Default::default())).collect();
        history.categories = plan.categories.iter().map(|(name, _)| ((*name).to_owned(), Default::default())).collect();
        Self { plan, history, notes: Notes::new(plan), instants: Vec::new() }
    }

    /// Takes a row that could be read.
    pub(super) fn take(&mut self, row: &Row<'_>) {
        let Self { plan, history, notes, instants } = self;
        let number = history.read;
        history.read += 1;
        if let Some(reason) = plan.excluded(row) {
            *history.excluded.entry(reason).or_insert(0) += 1;
            return;
        }
        history.lines.push(row.line);
        history.ids.push(&notes.text(row, number, plan.id));
        history.titles.push(&notes.text(row, number, plan.title));
        instants.clear();
        instants.extend(plan.instants.iter().map(|(column, format)| notes.instant(row, number, *column, format)));
        for (name, source) in &plan.milestones {
            let at = instants.get(source.instant).copied().unwrap_or(Cell::Absent);
            let cell = source.plus.map_or(at, |plus| notes.later(row, number, at, plus));
            if let Some(column) = history.milestones.get_mut(*name) {
                column.push(cell);
            }
        }
        history.severities.push(notes.category(row, number, "severity", plan.severity).as_deref());
        let kind = notes.category(row, number, "kind", plan.kind);
        let kind = kind.as_deref().and_then(kind_named).filter(|kind| *kind != IncidentKind::Standard);
        history.kinds.push(kind.map(IncidentKind::as_str));
        for (name, column) in &plan.categories {
            let value = notes.category(row, number, name, Some(*column));
            if let Some(category) = history.categories.get_mut(*name) {
                category.push(value.as_deref());
            }
        }
        let areas = notes.areas(row);
        history.areas.push(areas.iter().map(AsRef::as_ref));
    }

    /// Counts a row of which nothing can be read; every metric counts it as invalid.
    pub(super) fn unreadable(&mut self, line: u64, code: Code, message: &str, help: &str) {
        let history = &mut self.history;
        let number = history.read;
        history.read += 1;
        history.lines.push(line);
        history.ids.push("");
        history.titles.push("");
        history.milestones.values_mut().for_each(|column| column.push(Cell::Unreadable));
        history.severities.push(None);
        history.kinds.push(None);
        history.categories.values_mut().for_each(|category| category.push(None));
        history.areas.push([]);
        self.note(Level::Error, code, line, &format!("/{number}"), message, help);
    }

    /// A finding about a whole row or line.
    pub(super) fn note(&mut self, level: Level, code: Code, line: u64, path: &str, message: &str, help: &str) {
        self.notes.findings.add(level, code, || {
            let finding = Finding::new(level, code, path, message).placed(Some(place(line, (1, 1))));
            if help.is_empty() { finding } else { finding.help(help) }
        });
    }

    /// A finding about a column of the map that is nowhere in the file.
    pub(super) fn missing(&mut self, code: Code, path: &str, message: String) {
        self.notes.findings.add(Level::Error, code, || Finding::new(Level::Error, code, path, message));
    }

    /// How many rows there were so far.
    pub(super) fn rows(&self) -> u64 {
        self.history.read
    }

    /// The history.
    ///
    /// # Errors
    /// `history.no_zone` if not one instant can be told without a zone.
    pub(super) fn finish(self) -> Result<History> {
        let Self { mut history, mut notes, .. } = self;
        if notes.instants == 0 && notes.zoneless > 0 {
            let message = "no time in the file says in which zone it is, and the column map names none";
            let error = Error::invalid(codes::NO_ZONE, message).at("/zone");
            return Err(error.hint("write `zone = \"Europe/Berlin\"`, or `zone = \"UTC\"` if the times are"));
        }
        notes.report_unmapped();
        history.findings = notes.findings.finish();
        history.settle();
        Ok(history)
    }
}

/// What was noticed on the way.
struct Notes<'m> {
    plan: &'m Plan<'m>,
    findings: Findings,
    /// How often a value had no other name in the map, by category and value.
    unmapped: BTreeMap<(String, String), u64>,
    /// How many cells held an instant, and how many a local time that nobody gave a zone.
    instants: u64,
    zoneless: u64,
}

impl<'m> Notes<'m> {
    fn new(plan: &'m Plan<'m>) -> Self {
        Self { plan, findings: Findings::default(), unmapped: BTreeMap::new(), instants: 0, zoneless: 0 }
    }

    fn instant(&mut self, row: &Row<'_>, number: u64, column: usize, format: &InstantFormat) -> Cell {
        let text = match self.plan.said(row, column) {
            Said::Nothing => return Cell::Absent,
            Said::Cut => return Cell::Unreadable,
            Said::Text(text) => text,
        };
        let about = |what: &str| format!("`{}` in `{}` {what}", short(text), self.plan.name(column));
        let at = match format.read(text, self.plan.map.zone) {
            Reading::At(at) => at,
            Reading::Twice(at) => {
                let message = about(&format!("comes twice when the clock is set back; taken for the first, {at}"));
                self.cell(Level::Note, codes::AMBIGUOUS_TIME, row, number, column, message, "");
                at
            }
            Reading::Skipped(at) => {
                let message = about(&format!("does not exist, the clock was set forward; taken for {at}"));
                self.cell(Level::Note, codes::SKIPPED_TIME, row, number, column, message, "");
                at
            }
            Reading::NoZone => {
                self.zoneless += 1;
                let (message, help) = (about("says in no zone"), "name the `zone` in the column map");
                self.cell(Level::Error, codes::NO_ZONE, row, number, column, message, help);
                return Cell::Unreadable;
            }
            Reading::Unreadable => {
                let help = "where dates look different, give the column a format in the map: `\"%d/%m/%Y %H:%M\"`";
                let message = about("is not an instant");
                self.cell(Level::Error, codes::BAD_CELL, row, number, column, message, help);
                return Cell::Unreadable;
            }
        };
        self.instants += 1;
        Cell::At(at)
    }

    /// An instant and the length of time in another cell.
    fn later(&mut self, row: &Row<'_>, number: u64, at: Cell, (column, unit): (usize, i64)) -> Cell {
        let text = match self.plan.said(row, column) {
            Said::Nothing => return Cell::Absent,
            Said::Cut => return Cell::Unreadable,
            Said::Text(text) => text,
        };
        match (at, length(text, unit)) {
            (Cell::At(at), Some(length)) => Cell::At(at.plus(length)),
            (at, Some(_)) => at,
            (_, None) => {
                let message = format!("`{}` in `{}` is not a length of time", short(text), self.plan.name(column));
                self.cell(Level::Error, codes::BAD_CELL, row, number, column, message, "write a number, or `1h30m`");
                Cell::Unreadable
            }
        }
    }

    /// A text of a cell; a very long one is cut.
    fn text<'r>(&mut self, row: &Row<'r>, number: u64, column: Option<usize>) -> Cow<'r, str> {
        let Some(column) = column else { return Cow::Borrowed("") };
        let Said::Text(text) = self.plan.said(row, column) else { return Cow::Borrowed("") };
        if text.len() <= LIMITS.title_chars {
            return Cow::Borrowed(text);
        }
        let Some((end, _)) = text.char_indices().nth(LIMITS.title_chars) else { return Cow::Borrowed(text) };
        let name = self.plan.name(column);
        let message = format!("the text in `{name}` is kept to {} characters", LIMITS.title_chars);
        self.cell(Level::Note, codes::CUT_TEXT, row, number, column, message, "");
        Cow::Borrowed(text.get(..end).unwrap_or_default())
    }

    fn category<'r>(
        &mut self,
        row: &Row<'r>,
        number: u64,
        category: &str,
        column: Option<usize>,
    ) -> Option<Cow<'r, str>> {
        let text = self.text(row, number, column);
        (!text.is_empty()).then(|| self.named(category, text))
    }

    fn areas<'r>(&mut self, row: &Row<'r>) -> Vec<Cow<'r, str>> {
        let Some(Said::Text(text)) = self.plan.areas.map(|column| self.plan.said(row, column)) else {
            return Vec::new();
        };
        let split = |part: &'r str| match &self.plan.map.areas_separator {
            Some(separator) => part.split(separator.as_str()).collect(),
            None => vec![part],
        };
        let parts: Vec<_> = text.split(LIST).flat_map(split).map(str::trim).collect();
        parts.into_iter().filter(|part| !part.is_empty()).map(|part| self.named("areas", Cow::Borrowed(part))).collect()
    }

    /// The other name that the map gives a value.
    fn named<'r>(&mut self, category: &str, text: Cow<'r, str>) -> Cow<'r, str> {
        let Some(values) = self.plan.map.values.get(category) else { return text };
        if let Some(name) = values.get(text.as_ref()) {
            return Cow::Owned(name.clone());
        }
        if category != "kind" {
            *self.unmapped.entry((category.to_owned(), text.clone().into_owned())).or_insert(0) += 1;
        }
        text
    }

    #[expect(clippy::too_many_arguments, reason = "a place and what is wrong there")]
    fn cell(
        &mut self,
        level: Level,
        code: Code,
        row: &Row<'_>,
        number: u64,
        column: usize,
        message: String,
        help: &str,
    ) {
        let path = format!("/{number}{}", pointer_step(self.plan.name(column)));
        self.findings.add(level, code, || {
            let finding = Finding::new(level, code, path, message).placed(Some(place(row.line, (row.place)(column))));
            if help.is_empty() { finding } else { finding.help(help) }
        });
    }

    fn report_unmapped(&mut self) {
        for ((category, value), count) in std::mem::take(&mut self.unmapped) {
            self.findings.add(Level::Warning, codes::UNMAPPED_VALUE, || {
                let path = format!("/values{}", pointer_step(&category));
                let message = format!(
                    "`{}` has no other name in the column map; kept {}",
                    short(&value),
                    words::counted(count, "time")
                );
                Finding::new(Level::Warning, codes::UNMAPPED_VALUE, path, message)
                    .fact("count", count)
                    .fact("value", value)
            });
        }
    }
}

/// What stands between the members of a JSON list where a cell is text.
pub(super) const LIST: char = '\u{1f}';

impl Plan<'_> {
    fn name(&self, column: usize) -> &str {
        self.columns.get(column).map_or("", |wanted| wanted.name.as_str())
    }

    fn said<'r>(&self, row: &Row<'r>, column: usize) -> Said<'r> {
        let Some(Some(range)) = row.cells.get(column) else { return Said::Cut };
        let text = row.text.get(range.clone()).unwrap_or_default().trim();
        if is_nothing(text) || self.map.none.iter().any(|none| none == text) { Said::Nothing } else { Said::Text(text) }
    }

    /// Why the map leaves a row out.
    fn excluded(&self, row: &Row<'_>) -> Option<String> {
        self.exclude.iter().find_map(|(column, values)| match self.said(row, *column) {
            Said::Text(text) if values.iter().any(|value| value == text) => {
                Some(format!("{} is {}", self.name(*column), short(text)))
            }
            _ => None,
        })
    }
}

/// What programs write for a value that is not there.
fn is_nothing(text: &str) -> bool {
    const WORDS: [&str; 8] = ["null", "none", "nan", "nat", "n/a", "-", "\\N", "undefined"];
    const YEARS: [&str; 3] = ["0001-01-01T00:00:00", "0001-01-01 00:00:00", "0000-00-00"];
    let begins = text.as_bytes().first();
    begins.is_none()
        || (text.len() <= 9
            && begins.is_some_and(|byte| b"nNuU-\\".contains(byte))
            && WORDS.iter().any(|word| word.eq_ignore_ascii_case(text)))
        || (begins == Some(&b'0') && YEARS.iter().any(|year| text.starts_with(year)))
}

fn place(line: u64, (column, length): (u32, u32)) -> Place {
    Place { file: None, line: u32::try_from(line).unwrap_or(u32::MAX), column, length: length.max(1) }
}
