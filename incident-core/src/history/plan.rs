//! A column map made ready for one file: which cells are wanted, and what each of them is.

use std::collections::BTreeMap;

use crate::codes::{self, Code};
use crate::error::{Error, Result};
use crate::finding::{Finding, Level};
use crate::id::MilestoneId;
use crate::text::{nearest, pointer_step, short};

use super::column_map::ColumnMap;
use super::instant::InstantFormat;

/// What to take from every row; a number is that of a wanted column in `columns`.
#[derive(Debug)]
pub(super) struct Plan<'m> {
    pub(super) map: &'m ColumnMap,
    pub(super) columns: Vec<Wanted>,
    pub(super) id: Option<usize>,
    pub(super) title: Option<usize>,
    pub(super) severity: Option<usize>,
    pub(super) kind: Option<usize>,
    pub(super) areas: Option<usize>,
    pub(super) categories: Vec<(&'m str, usize)>,
    /// The columns of instants, each once.
    pub(super) instants: Vec<(usize, InstantFormat)>,
    pub(super) milestones: Vec<(&'m MilestoneId, InstantSource)>,
    pub(super) exclude: Vec<(usize, &'m [String])>,
}

/// A column that the map names.
#[derive(Debug)]
pub(super) struct Wanted {
    /// Its header.
    pub(super) name: String,
    /// Where the map names it first.
    pub(super) at: String,
}

/// Where an instant comes from.
#[derive(Debug)]
pub(super) struct InstantSource {
    /// Its number in `instants`.
    pub(super) instant: usize,
    /// A length of time to add: its column, and how many microseconds one of its numbers is.
    pub(super) plus: Option<(usize, i64)>,
}

impl<'m> Plan<'m> {
    /// `is_header` says whether the file has a column of exactly that name, which comes before any other reading of it.
    ///
    /// # Errors
    /// `history.column_map` with everything that is wrong with the map.
    pub(super) fn new(map: &'m ColumnMap, is_header: impl Fn(&str) -> bool) -> Result<Self> {
        let wrong: Vec<Finding> = map.check().into_iter().filter(|finding| finding.level == Level::Error).collect();
        if !wrong.is_empty() {
            return Err(refusal(codes::COLUMN_MAP, wrong));
        }
        let mut columns: Vec<Wanted> = Vec::new();
        let mut want = |name: &str, at: &str| {
            columns.iter().position(|wanted| wanted.name == name).unwrap_or_else(|| {
                columns.push(Wanted { name: name.to_owned(), at: at.to_owned() });
                columns.len() - 1
            })
        };
        let mut one = |name: &'m Option<String>, at: &str| name.as_ref().map(|name| want(name, at));
        let (id, title) = (one(&map.id, "/id"), one(&map.title, "/title"));
        let (severity, kind) = (one(&map.severity, "/severity"), one(&map.kind, "/kind"));
        let areas = one(&map.areas, "/areas");
        let (mut instants, mut milestones) = (Vec::new(), Vec::new());
        for (milestone, text) in &map.milestones {
            let at = format!("/milestones{}", pointer_step(milestone.as_str()));
            let (base, plus) = if is_header(text) { (text.as_str(), None) } else { sum(text, &is_header) };
            let column = want(base, &at);
            let instant = instants.iter().position(|(known, _)| *known == column).unwrap_or_else(|| {
                let format = map.formats.get(base).and_then(|format| InstantFormat::parse(format));
                instants.push((column, format.unwrap_or(InstantFormat::Seen)));
                instants.len() - 1
            });
            let plus = plus.map(|(name, unit)| (want(name, &at), unit));
            milestones.push((milestone, InstantSource { instant, plus }));
        }
        let listed = |table: &str, name: &str| format!("/{table}{}", pointer_step(name));
        let categories = map
            .categories
            .iter()
            .map(|(name, column)| (name.as_str(), want(column, &listed("categories", name))))
            .collect();
        let exclude = map
            .exclude
            .iter()
            .map(|(column, values)| (want(column, &listed("exclude", column)), values.as_slice()))
            .collect();
        Ok(Self { map, columns, id, title, severity, kind, areas, categories, instants, milestones, exclude })
    }

    /// The places of the wanted columns among `headers`; the second of two equal headers is `name#2`.
    ///
    /// # Errors
    /// `history.no_column`, with every column that is not there.
    pub(super) fn find(&self, headers: &[String]) -> Result<Vec<usize>> {
        let names = numbered(headers);
        let mut missing = Vec::new();
        let mut places = Vec::new();
        for Wanted { name, at } in &self.columns {
            match names.get(name.as_str()) {
                Some(place) => places.push(*place),
                None => missing.push((name, at)),
            }
        }
        if missing.is_empty() {
            return Ok(places);
        }
        let findings = missing.into_iter().map(|(name, at)| {
            let message = format!("there is no column `{}`", short(name));
            let help = match nearest(name, names.keys().map(String::as_str)) {
                Some(near) => format!("did you mean `{}`?", short(near)),
                None => format!("the header has {}", listing(headers)),
            };
            Finding::new(Level::Error, codes::NO_COLUMN, at, message).help(help)
        });
        Err(refusal(codes::NO_COLUMN, findings.collect()))
    }
}

/// The first finding as an error, with all of them if there are several.
fn refusal(code: Code, findings: Vec<Finding>) -> Error {
    let Some(first) = findings.first() else { return Error::invalid(code, "it cannot be used") };
    let error = Error::invalid(code, first.message.clone()).at(first.path.clone());
    let error = first.help.iter().fold(error, |error, help| error.hint(help.clone()));
    if findings.len() > 1 { Error { findings, ..error } } else { error }
}

/// Headers by name, with `#2` and so on after one that was there before.
fn numbered(headers: &[String]) -> BTreeMap<String, usize> {
    let (mut names, mut times) = (BTreeMap::new(), BTreeMap::<&str, usize>::new());
    for (place, header) in headers.iter().enumerate() {
        let times = times.entry(header).or_insert(0);
        *times += 1;
        let name = if *times == 1 { header.clone() } else { format!("{header}#{times}") };
        names.entry(name).or_insert(place);
    }
    names
}

fn listing(headers: &[String]) -> String {
    const MOST: usize = 12;
    let names: Vec<_> = headers.iter().take(MOST).map(|header| format!("`{}`", short(header))).collect();
    let more = headers.len().saturating_sub(MOST);
    if more > 0 { format!("{} and {more} more", names.join(", ")) } else { names.join(", ") }
}

/// `opened_at + seconds_to_ack min`: a column, and another with a unit.
fn sum<'t>(text: &'t str, is_header: &impl Fn(&str) -> bool) -> (&'t str, Option<(&'t str, i64)>) {
    const SECOND: i64 = 1_000_000;
    let Some((base, length)) = text.split_once(" + ") else { return (text, None) };
    let (base, length) = (base.trim(), length.trim());
    if is_header(length) {
        return (base, Some((length, SECOND)));
    }
    let unit = |word: &str| {
        Some(match word {
            "ms" => SECOND / 1_000,
            "s" => SECOND,
            "min" => 60 * SECOND,
            "h" => 3_600 * SECOND,
            "d" => 86_400 * SECOND,
            _ => return None,
        })
    };
    let worded = length.rsplit_once(' ').and_then(|(name, word)| unit(word).map(|unit| (name.trim(), unit)));
    (base, Some(worded.unwrap_or((length, SECOND))))
}
