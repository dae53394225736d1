//! A column map proposed for a file that nobody has described yet.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::codes;
use crate::error::{Error, Result};
use crate::finding::{Finding, Level};
use crate::id::MilestoneId;
use crate::text::short;

use super::column_map::ColumnMap;
use super::instant::{InstantFormat, Reading};
use super::unpack::unpack;
use super::{csv, json_lines};

/// A column map that a file's headers and first rows suggest, for a person to read and complete.
///
/// ```
/// use incident_core::ColumnMap;
///
/// let file = b"Incident Number,Created At,seconds_to_resolve\n7,2026-03-01 10:00,1860\n";
/// let proposal = ColumnMap::propose(file)?;
/// assert_eq!(
///     proposal.toml,
///     r#"schema = "incident-core/column-map/v1"
/// id = "Incident Number"                                       # 7
/// ## zone = "Europe/Berlin"                                     # fill in: the times do not say
///
/// [milestones]
/// resolved = "Created At + seconds_to_resolve s"               # 1860
/// started = "Created At"                                       # 2026-03-01 10:00
/// "#
/// );
/// # Ok::<(), incident_core::Error>(())
/// ```
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct ColumnProposal {
    /// The map, as far as it can be seen.
    pub columns: ColumnMap,
    /// The map as TOML, with samples beside what was chosen and what is left to fill in.
    pub toml: String,
    /// Every column of the file, with its first values.
    pub samples: Vec<ColumnSample>,
    /// What a person must decide.
    pub findings: Vec<Finding>,
    /// All of it in one sentence.
    pub why: String,
}

/// A column of a file with its first values.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct ColumnSample {
    /// Its header.
    pub name: String,
    /// What the map reads from it.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[serde(default)]
    pub used_for: Vec<String>,
    /// Its first values that are not empty; at most three.
    pub values: Vec<String>,
}

/// How many rows are looked at.
const ROWS: usize = 200;

/// The headers of a file and its first rows.
pub(super) struct Sample {
    pub(super) delimiter: Option<u8>,
    pub(super) headers: Vec<String>,
    pub(super) rows: Vec<Vec<String>>,
}

impl ColumnMap {
    /// Proposes a map for a CSV or JSON Lines file, by its headers and first rows. The zone is left to a person, and so is
    /// whether the day or the month comes first where both could.
    ///
    /// # Errors
    /// `history.empty_file`, `history.binary_file`, `contract.too_large`
    pub fn propose(bytes: &[u8]) -> Result<ColumnProposal> {
        let (bytes, _) = unpack(bytes)?;
        let is_json = bytes.trim_ascii_start().first() == Some(&b'{');
        let sample = if is_json { json_lines::sample(&bytes, ROWS) } else { csv::sample(&bytes, ROWS)? };
        if sample.headers.is_empty() {
            return Err(Error::invalid(codes::EMPTY_FILE, "the file is empty").hint("there is nothing to propose"));
        }
        Ok(Proposing::new(&sample).finish())
    }
}

/// Headers by what they usually hold, the surest first; in lower case, with `_` between words.
const NAMES: [(&str, &[&str]); 4] = [
    ("id", &["id", "incident_id", "incident_number", "number", "key", "issue_key", "ticket", "reference", "uuid"]),
    ("title", &["title", "summary", "short_description", "incident_title", "subject", "name", "description"]),
    ("severity", &["severity", "sev", "incident_severity", "priority", "urgency", "impact"]),
    (
        "areas",
        &["areas", "area", "components", "component", "services", "service_name", "service", "affected_services"],
    ),
];

/// Headers of instants, likewise.
const INSTANTS: [(&str, &[&str]); 8] = [
    (
        "started",
        &[
            "started_at",
            "started",
            "start_time",
            "start",
            "impact_started_at",
            "opened_at",
            "opened",
            "triggered_at",
            "created_at",
            "created",
            "created_on",
            "open_time",
            "begin",
            "from",
        ],
    ),
    ("detected", &["detected_at", "detected", "detection_time"]),
    ("declared", &["declared_at", "declared", "reported_at", "investigating_at", "first_notification_at"]),
    ("acknowledged", &["acknowledged_at", "acknowledged", "acked_at", "accepted_at", "first_ack_at", "ack_time"]),
    ("identified", &["identified_at", "identified"]),
    ("mitigated", &["mitigated_at", "mitigated", "monitoring_at", "fixed_at"]),
    ("resolved", &["resolved_at", "resolved", "resolution_date", "ended_at", "end_time", "end", "resolve_time", "to"]),
    ("closed", &["closed_at", "closed", "close_time"]),
];

/// Parts of headers that hold a length of time to a milestone.
const LENGTHS: [(&str, &str); 4] =
    [("detect", "detected"), ("ack", "acknowledged"), ("mitigat", "mitigated"), ("resol", "resolved")];

/// Instants that do not say what they are, the day first and the month first.
const FORMATS: [&str; 10] = [
    "%d/%m/%Y %H:%M",
    "%d/%m/%Y %H:%M:%S",
    "%m/%d/%Y %H:%M",
    "%m/%d/%Y %H:%M:%S",
    "%m/%d/%Y %I:%M %p",
    "%d.%m.%Y %H:%M",
    "%d.%m.%Y %H:%M:%S",
    "%d/%b/%y %I:%M %p",
    "%d-%b-%Y %H:%M",
    "%b %d, %Y %H:%M",
];

struct Proposing<'s> {
    sample: &'s Sample,
    /// The headers as they are compared.
    names: Vec<String>,
    map: ColumnMap,
    used: BTreeMap<usize, Vec<String>>,
    findings: Vec<Finding>,
    zoneless: bool,
}

impl<'s> Proposing<'s> {
    fn new(sample: &'s Sample) -> Self {
        let names = sample.headers.iter().map(|header| normal(header)).collect();
        let map = ColumnMap { schema: Some(ColumnMap::SCHEMA.to_owned()), ..ColumnMap::default() };
        Self { sample, names, map, used: BTreeMap::new(), findings: Vec::new(), zoneless: false }
    }

    fn finish(mut self) -> ColumnProposal {
        let usual = [b',', b';', b'\t', b'|'];
        self.map.delimiter =
            self.sample.delimiter.filter(|byte| !usual.contains(byte)).map(|byte| char::from(byte).to_string());
        for (what, names) in NAMES {
            self.choose(what, names);
        }
        for (milestone, names) in INSTANTS {
            self.choose_instant(milestone, names);
        }
        self.choose_lengths();
        if self.zoneless {
            let message = "the times do not say in which zone they are";
            let finding = Finding::new(Level::Warning, codes::NO_ZONE, "/zone", message);
            self.findings.push(finding.help("fill in `zone`, such as `Europe/Berlin` or `UTC`"));
        }
        for milestone in ["started", "resolved"].into_iter().filter(|name| !self.map.milestones.contains_key(*name)) {
            let message = format!("no column looks like `{milestone}`");
            let finding = Finding::new(Level::Warning, codes::NO_MILESTONE, "/milestones", message);
            self.findings.push(finding.help("name it, if there is one"));
        }
        let samples: Vec<_> = (0..self.sample.headers.len()).map(|column| self.column(column)).collect();
        let used = samples.iter().filter(|sample| !sample.used_for.is_empty()).count();
        let left = self.findings.len();
        let why = format!("{used} of {} columns are used; {left} left to decide", samples.len());
        ColumnProposal { toml: self.toml(&samples), columns: self.map, samples, findings: self.findings, why }
    }

    fn choose(&mut self, what: &str, names: &[&str]) {
        let Some(column) = self.find(names) else { return };
        let header = Some(self.header(column));
        match what {
            "id" => self.map.id = header,
            "title" => self.map.title = header,
            "severity" => self.map.severity = header,
            _ => {
                self.map.areas = header;
                let holds = |separator: &str| self.values(column).any(|value| value.contains(separator));
                self.map.areas_separator = [";", "|", ","].into_iter().find(|it| holds(it)).map(str::to_owned);
            }
        }
        self.used.entry(column).or_default().push(what.to_owned());
    }

    fn choose_instant(&mut self, milestone: &'static str, names: &[&str]) {
        let candidates = names.iter().filter_map(|name| self.names.iter().position(|header| header == name));
        let found: Vec<_> = candidates.filter(|column| !self.used.contains_key(column)).collect();
        for column in found {
            let read: Vec<_> = self.values(column).map(|value| InstantFormat::Seen.read(value, None)).collect();
            if read.is_empty() {
                continue;
            }
            if !read.contains(&Reading::Unreadable) {
                self.zoneless |= read.contains(&Reading::NoZone);
                return self.take_instant(milestone, column);
            }
            let fits: Vec<_> = FORMATS.into_iter().filter(|format| self.fits(column, format)).collect();
            if let [format, more @ ..] = fits.as_slice() {
                let header = self.header(column);
                if more.is_empty() {
                    self.map.formats.insert(header, (*format).to_owned());
                    self.zoneless = true;
                } else {
                    let message = format!("`{}` could be in `{}`", short(&header), fits.join("` or `"));
                    let finding = Finding::new(Level::Warning, codes::BAD_CELL, "/formats", message);
                    self.findings.push(finding.help("name the right one under `[formats]`"));
                }
                return self.take_instant(milestone, column);
            }
        }
    }

    fn take_instant(&mut self, milestone: &'static str, column: usize) {
        self.map.milestones.insert(MilestoneId::known(milestone), self.header(column));
        self.used.entry(column).or_default().push(milestone.to_owned());
    }

    fn fits(&self, column: usize, format: &str) -> bool {
        let Some(format) = InstantFormat::parse(format) else { return false };
        self.values(column).all(|value| format.read(value, None) != Reading::Unreadable)
    }

    /// Lengths of time to milestones that have no instant.
    fn choose_lengths(&mut self) {
        let Some(start) = self.map.milestones.get("started").cloned() else { return };
        for (column, name) in self.names.clone().iter().enumerate() {
            let words: Vec<_> = name.split('_').collect();
            let unit = words.iter().find_map(|word| {
                Some(match *word {
                    "ms" | "millis" | "milliseconds" => "ms",
                    "s" | "sec" | "secs" | "seconds" => "s",
                    "min" | "mins" | "minutes" => "min",
                    "h" | "hours" => "h",
                    _ => return None,
                })
            });
            let milestone = LENGTHS.into_iter().find(|(part, _)| words.iter().any(|word| word.starts_with(part)));
            let (Some(unit), Some((_, milestone))) = (unit, milestone) else { continue };
            let numeric = self.values(column).all(|value| value.parse::<f64>().is_ok());
            if numeric && !self.used.contains_key(&column) && !self.map.milestones.contains_key(milestone) {
                let sum = format!("{start} + {} {unit}", self.header(column));
                self.map.milestones.insert(MilestoneId::known(milestone), sum);
                self.used.entry(column).or_default().push(milestone.to_owned());
            }
        }
    }

    /// The first column of those names that holds anything and is not used.
    fn find(&self, names: &[&str]) -> Option<usize> {
        let mut candidates = names.iter().filter_map(|name| self.names.iter().position(|header| header == name));
        candidates.find(|column| !self.used.contains_key(column) && self.values(*column).next().is_some())
    }

    /// The header as a map names it.
    fn header(&self, column: usize) -> String {
        let Some(header) = self.sample.headers.get(column) else { return String::new() };
        let earlier = self.sample.headers.iter().take(column).filter(|other| *other == header).count();
        if earlier == 0 { header.clone() } else { format!("{header}#{}", earlier + 1) }
    }

    fn values(&self, column: usize) -> impl Iterator<Item = &'s str> {
        let cells = self.sample.rows.iter().filter_map(move |row| row.get(column));
        cells.map(|cell| cell.trim()).filter(|cell| !cell.is_empty() && !cell.eq_ignore_ascii_case("null"))
    }

    fn column(&self, column: usize) -> ColumnSample {
        let values = self.values(column).take(3).map(short).collect();
        ColumnSample {
            name: self.header(column),
            used_for: self.used.get(&column).cloned().unwrap_or_default(),
            values,
        }
    }

    fn toml(&self, samples: &[ColumnSample]) -> String {
        let sample = |what: &str| samples.iter().find(|sample| sample.used_for.iter().any(|used| used == what));
        let beside = |what: &str| sample(what).map(|sample| sample.values.join(" · ")).unwrap_or_default();
        let map = &self.map;
        let mut lines = vec![line("schema", ColumnMap::SCHEMA, "")];
        let columns = [("id", &map.id), ("title", &map.title), ("severity", &map.severity), ("areas", &map.areas)];
        for (key, column) in columns {
            lines.extend(column.iter().map(|column| line(key, column, &beside(key))));
        }
        lines.extend(map.areas_separator.iter().map(|separator| line("areas_separator", separator, "")));
        lines.extend(map.delimiter.iter().map(|delimiter| line("delimiter", delimiter, "")));
        if self.zoneless {
            lines.push(line("# zone", "Europe/Berlin", "fill in: the times do not say"));
        }
        lines.push("\n[milestones]".to_owned());
        lines.extend(map.milestones.iter().map(|(name, column)| line(name.as_str(), column, &beside(name.as_str()))));
        if !map.formats.is_empty() {
            lines.push("\n[formats]".to_owned());
            lines.extend(map.formats.iter().map(|(column, format)| line(&quoted(column), format, "")));
        }
        lines.join("\n") + "\n"
    }
}

/// `key = "value"`, with a comment beside it.
fn line(key: &str, value: &str, comment: &str) -> String {
    let pair = format!("{key} = {}", quoted(value));
    if comment.is_empty() { pair } else { format!("{pair:<60} # {comment}") }
}

/// A basic string of TOML, which escapes as JSON does.
fn quoted(text: &str) -> String {
    serde_json::to_string(text).unwrap_or_default()
}

/// `Created At (UTC)` as `created_at`.
fn normal(header: &str) -> String {
    let header = header.split('(').next().unwrap_or_default().trim();
    let header = header.rsplit('.').next().unwrap_or_default();
    let mut name = String::new();
    for c in header.chars() {
        if c.is_alphanumeric() {
            name.extend(c.to_lowercase());
        } else if !name.ends_with('_') {
            name.push('_');
        }
    }
    name.trim_matches('_').to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::Format;

    #[track_caller]
    fn check(file: &str, expected: &str) {
        let proposal = ColumnMap::propose(file.as_bytes()).unwrap();
        let told: Vec<_> =
            proposal.columns.milestones.iter().map(|(name, column)| format!("{name}={column}")).collect();
        let found: Vec<_> = proposal.findings.iter().map(|finding| finding.message.clone()).collect();
        assert_eq!([told, found].concat().join("\n"), expected.trim());
        let again = ColumnMap::parse(&proposal.toml, Format::Toml).unwrap();
        assert_eq!(again, proposal.columns);
    }

    #[test]
    fn headers_and_shapes_say_what_a_column_is() {
        check(
            "id,started_at,first_update_at,resolved_at,duration_minutes\n1,2026-03-01T10:00:00Z,,2026-03-01T10:31:00Z,31\n",
            "resolved=resolved_at\nstarted=started_at",
        );
        check(
            "number;created_at;seconds_to_first_ack;seconds_to_resolve\n1;2023-05-31T10:05:00;12;300\n",
            "acknowledged=created_at + seconds_to_first_ack s\nresolved=created_at + seconds_to_resolve s\n\
             started=created_at\nthe times do not say in which zone they are",
        );
        check(
            "Issue key,Created,Resolved,Comment,Comment\nOPS-1,25/03/2026 10:00,25/03/2026 11:00,a,b\n",
            "resolved=Resolved\nstarted=Created\nthe times do not say in which zone they are",
        );
        check(
            "key,created\nOPS-1,03/04/2026 10:00\n",
            "started=created\n`created` could be in `%d/%m/%Y %H:%M` or `%m/%d/%Y %H:%M`\nno column looks like `resolved`",
        );
        check(
            "{\"incident\":{\"id\":7,\"opened_at\":1772359200},\"closed\":null}\n",
            "started=incident.opened_at\nno column looks like `resolved`",
        );
    }

    #[test]
    fn nothing_is_proposed_for_nothing() {
        assert_eq!(ColumnMap::propose(b"").unwrap_err().code, codes::EMPTY_FILE);
        assert!(crate::incident::IN_ORDER.iter().zip(INSTANTS).all(|(name, (other, _))| *name == other));
    }
}
