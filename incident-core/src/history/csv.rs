//! CSV: any delimiter, quotes, ragged rows, quotes that never close.

use std::ops::Range;

use csv_core::{ReadRecordResult, Reader, ReaderBuilder};

use crate::codes;
use crate::error::{Error, Result};
use crate::finding::Level;
use crate::time::Timestamp;

use super::column_map::{ColumnMap, single_byte};
use super::intake::{Intake, Row};
use super::plan::Plan;
use super::proposal::Sample;
use super::table::History;

/// Reads a file with a header. `progress` hears how many bytes are done, from time to time.
pub(super) fn read(
    bytes: &[u8],
    map: &ColumnMap,
    as_of: Timestamp,
    progress: &mut dyn FnMut(usize),
) -> Result<History> {
    let quote = map.quote.as_deref().and_then(single_byte).unwrap_or(b'"');
    let (delimiter, headers) = header(bytes, map, quote)?;
    let plan = Plan::new(map, |name| headers.iter().any(|header| header == name))?;
    let places = plan.find(&headers)?;
    let mut intake = Intake::new(&plan, as_of);
    let mut records = Records::new(bytes, delimiter, quote);
    records.next();
    let (mut row_cells, mut lossy, mut told) = (Vec::new(), String::new(), 0);
    while let Some(record) = records.next() {
        let line = record.line;
        if has_stray_quote(record.raw, delimiter, quote) && records.reread_from_next_line() {
            let help = "write `\"\"` for a quote inside a quoted cell";
            intake.unreadable(line, codes::UNCLOSED_QUOTE, "a quote is opened and not closed on its line", help);
            continue;
        }
        let record = records.record();
        if record.cells != headers.len() {
            let message = format!("the row has {} cells, the header has {}", record.cells, headers.len());
            let path = format!("/{}", intake.rows());
            intake.note(Level::Warning, codes::RAGGED_ROW, line, &path, &message, "");
        }
        row_cells.clear();
        let text = match std::str::from_utf8(record.text) {
            Ok(text) => {
                row_cells.extend(places.iter().map(|place| record.cell(*place)));
                text
            }
            Err(_) => {
                let path = format!("/{}", intake.rows());
                let message = "the line is not UTF-8; what cannot be read is shown as `\u{fffd}`";
                intake.note(Level::Warning, codes::NOT_UTF8, line, &path, message, "save the file as UTF-8");
                lossy.clear();
                for place in &places {
                    let start = lossy.len();
                    let cell = record.cell(*place).and_then(|range| record.text.get(range));
                    lossy.push_str(&cell.map_or_else(Default::default, String::from_utf8_lossy));
                    row_cells.push(cell.map(|_| start..lossy.len()));
                }
                lossy.as_str()
            }
        };
        let place = |column: usize| {
            let at = places.get(column).copied().unwrap_or_default();
            place_in(record.raw, at, delimiter, quote)
        };
        intake.take(&Row { line, text, cells: &row_cells, place: &place });
        if record.end - told > 1 << 20 {
            told = record.end;
            progress(told);
        }
    }
    intake.finish()
}

/// The delimiter and the header: of the usual delimiters, the one with which most of the wanted columns are there.
fn header(bytes: &[u8], map: &ColumnMap, quote: u8) -> Result<(u8, Vec<String>)> {
    let given = map.delimiter.as_deref().and_then(single_byte);
    let candidates = given.map_or_else(|| DELIMITERS.to_vec(), |given| vec![given]);
    let mut best: Option<(usize, u8, Vec<String>)> = None;
    for delimiter in candidates {
        let mut records = Records::new(bytes, delimiter, quote);
        let Some(record) = records.next() else { continue };
        if record.cells > MOST_COLUMNS {
            return Err(Error::limit(codes::TOO_LARGE, format!("the header has more than {MOST_COLUMNS} columns")));
        }
        let headers: Vec<_> = record.texts().iter().map(|header| header.trim().to_owned()).collect();
        let plan = Plan::new(map, |name| headers.iter().any(|header| header == name))?;
        let found = plan.columns.iter().filter(|wanted| headers.contains(&wanted.name)).count();
        let score = found * MOST_COLUMNS + headers.len();
        if best.as_ref().is_none_or(|(most, ..)| score > *most) {
            best = Some((score, delimiter, headers));
        }
    }
    let no_header = || Error::invalid(codes::EMPTY_FILE, "the file is empty").hint("the first line names the columns");
    best.map(|(_, delimiter, headers)| (delimiter, headers)).ok_or_else(no_header)
}

const MOST_COLUMNS: usize = 10_000;

/// The headers and the first rows, with the delimiter that gives the most columns.
///
/// # Errors
/// `contract.too_large` for a header of too many columns.
pub(super) fn sample(bytes: &[u8], rows: usize) -> Result<Sample> {
    let mut best = Sample { delimiter: None, headers: Vec::new(), rows: Vec::new() };
    for delimiter in DELIMITERS {
        let mut records = Records::new(bytes, delimiter, b'"');
        let mut all = std::iter::from_fn(|| records.next().map(|record| record.texts()));
        let headers: Vec<_> = all.next().unwrap_or_default().iter().map(|header| header.trim().to_owned()).collect();
        if headers.len() > MOST_COLUMNS {
            return Err(Error::limit(codes::TOO_LARGE, format!("the header has more than {MOST_COLUMNS} columns")));
        }
        if headers.len() > best.headers.len() {
            best = Sample { delimiter: Some(delimiter), headers, rows: all.take(rows).collect() };
        }
    }
    Ok(best)
}

/// The usual delimiters, the most usual first.
const DELIMITERS: [u8; 4] = [b',', b';', b'\t', b'|'];

/// The records of a file, one after the other, each in the same buffers.
struct Records<'b> {
    bytes: &'b [u8],
    delimiter: u8,
    quote: u8,
    reader: Reader,
    text: Vec<u8>,
    ends: Vec<usize>,
    cells: usize,
    line: u64,
    /// Where the record begins and ends in `bytes`.
    at: Range<usize>,
    /// How often reading began anew on the line after a stray quote.
    reread: usize,
}

/// One record: its cells without quotes, end to end.
#[derive(Clone, Copy)]
struct Record<'r> {
    line: u64,
    raw: &'r [u8],
    text: &'r [u8],
    ends: &'r [usize],
    cells: usize,
    end: usize,
}

impl Record<'_> {
    fn cell(&self, at: usize) -> Option<Range<usize>> {
        let start = at.checked_sub(1).map_or(Some(0), |before| self.ends.get(before).copied())?;
        (at < self.cells).then_some(start..*self.ends.get(at)?)
    }

    fn texts(&self) -> Vec<String> {
        let cells = (0..self.cells).filter_map(|cell| self.cell(cell).and_then(|range| self.text.get(range)));
        cells.map(|cell| String::from_utf8_lossy(cell).into_owned()).collect()
    }
}

impl<'b> Records<'b> {
    /// After so many stray quotes they are read as they stand: each costs another look at what follows.
    const MOST_REREAD: usize = 100;

    fn new(bytes: &'b [u8], delimiter: u8, quote: u8) -> Self {
        Self {
            bytes,
            delimiter,
            quote,
            reader: reader(delimiter, quote, 1),
            text: vec![0; 1 << 10],
            ends: vec![0; 1 << 6],
            cells: 0,
            line: 1,
            at: 0..0,
            reread: 0,
        }
    }

    fn next(&mut self) -> Option<Record<'_>> {
        let first_line = self.reader.line();
        let start = self.at.end;
        let (mut read, mut written, mut cells) = (start, 0, 0);
        loop {
            let input = self.bytes.get(read..).unwrap_or_default();
            let text = self.text.get_mut(written..).unwrap_or_default();
            let ends = self.ends.get_mut(cells..).unwrap_or_default();
            let (result, took, wrote, ended) = self.reader.read_record(input, text, ends);
            (read, written, cells) = (read + took, written + wrote, cells + ended);
            match result {
                // An empty input says that there is no more.
                ReadRecordResult::InputEmpty => {}
                ReadRecordResult::OutputFull => self.text.resize(self.text.len() * 2, 0),
                ReadRecordResult::OutputEndsFull => self.ends.resize(self.ends.len() * 2, 0),
                ReadRecordResult::Record => break,
                ReadRecordResult::End => return None,
            }
        }
        let raw = self.bytes.get(start..read).unwrap_or_default();
        let blank = raw.iter().take_while(|byte| matches!(byte, b'\n' | b'\r')).count();
        let blank_lines = raw.iter().take(blank).filter(|byte| **byte == b'\n').count() as u64;
        self.at = start + blank..read;
        self.line = first_line + blank_lines;
        self.cells = cells;
        Some(self.record())
    }

    fn record(&self) -> Record<'_> {
        Record {
            line: self.line,
            raw: self.bytes.get(self.at.clone()).unwrap_or_default(),
            text: self.ends.get(self.cells.wrapping_sub(1)).and_then(|end| self.text.get(..*end)).unwrap_or_default(),
            ends: &self.ends,
            cells: self.cells,
            end: self.at.end,
        }
    }

    /// Goes back to the line after the one this record began on; false if it did so too often.
    fn reread_from_next_line(&mut self) -> bool {
        let raw = self.bytes.get(self.at.clone()).unwrap_or_default();
        let line = raw.iter().position(|byte| *byte == b'\n').map_or(raw.len(), |newline| newline + 1);
        self.reread += 1;
        if self.reread > Self::MOST_REREAD {
            return false;
        }
        self.at.end = self.at.start + line;
        self.reader = reader(self.delimiter, self.quote, self.line + 1);
        true
    }
}

fn reader(delimiter: u8, quote: u8, line: u64) -> Reader {
    let mut reader = ReaderBuilder::new().delimiter(delimiter).quote(quote).build();
    reader.set_line(line);
    reader
}

/// Whether a quote is still open at the end of a record, or closes on a later line with text after it: both are what a
/// single quote in a cell does to all lines up to the next one.
fn has_stray_quote(raw: &[u8], delimiter: u8, quote: u8) -> bool {
    if !raw.contains(&quote) {
        return false;
    }
    let (mut inside, mut begins) = (false, true);
    let mut rest = raw.iter().copied().peekable();
    while let Some(byte) = rest.next() {
        if inside {
            if byte == quote && rest.next_if_eq(&quote).is_none() {
                inside = false;
                if rest.peek().is_some_and(|next| *next != delimiter && !matches!(next, b'\n' | b'\r')) {
                    return raw.trim_ascii_end().contains(&b'\n');
                }
            }
            begins = false;
        } else {
            inside = begins && byte == quote;
            begins = byte == delimiter || byte == b'\n';
        }
    }
    inside
}

/// Where a cell stands in its line, in characters from 1, and how long it is.
fn place_in(raw: &[u8], cell: usize, delimiter: u8, quote: u8) -> (u32, u32) {
    let (mut quoted, mut inside) = (false, false);
    let (mut at, mut start, mut end) = (0, 0, raw.len());
    for (index, byte) in raw.iter().enumerate() {
        if *byte == quote && (quoted || index == start) {
            (quoted, inside) = (true, !inside);
        } else if !inside && (*byte == delimiter || matches!(byte, b'\n' | b'\r')) {
            if at == cell {
                end = index;
                break;
            }
            at += 1;
            (start, quoted) = (index + 1, false);
        }
    }
    let chars = |range: Range<usize>| {
        let text = String::from_utf8_lossy(raw.get(range).unwrap_or_default());
        u32::try_from(text.chars().count()).unwrap_or(u32::MAX)
    };
    (chars(0..start).saturating_add(1), chars(start..end))
}
