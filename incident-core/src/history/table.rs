//! Incidents as columns.

use std::cmp::Ordering;
use std::collections::BTreeMap;

use crate::codes;
use crate::finding::{Finding, Level};
use crate::id::MilestoneId;
use crate::incident::event::IncidentKind;
use crate::text::short;
use crate::time::Timestamp;

use super::column::{Category, Cell, Instants, Lists, Texts};
use super::row::HistoryRow;

/// Past incidents as columns, as they were known at one instant.
///
/// From a CSV or JSON Lines file through a [`ColumnMap`](super::ColumnMap), or from [rows](HistoryRow). No row is ever
/// lost: what cannot be read is a finding with its line, and is counted in every summary.
///
/// ```
/// use incident_core::{ColumnMap, Format, History, Metric};
///
/// let map = ColumnMap::parse("milestones = { started = \"from\", resolved = \"to\" }", Format::Toml)?;
/// let file = "from,to\n2026-03-01T10:00:00Z,2026-03-01T10:31:00Z\n2026-03-02T10:00:00Z,\n2026-03-03T10:00:00Z,soon\n";
/// let history = History::from_csv(file.as_bytes(), &map, "2026-04-01T00:00:00Z".parse()?)?;
/// let summary = history.summarize(&Metric::time_to_resolve());
/// assert_eq!((summary.rows, summary.n, summary.open, summary.invalid.count), (3, 1, 1, 1));
/// assert_eq!(history.findings()[0].message, "`soon` in `to` is not an instant");
/// # Ok::<(), incident_core::Error>(())
/// ```
#[derive(Clone, Debug)]
pub struct History {
    pub(super) as_of: Timestamp,
    /// How many rows were read, those that were left out included.
    pub(super) read: u64,
    /// How many rows were left out, by reason.
    pub(super) excluded: BTreeMap<String, u64>,
    pub(super) findings: Vec<Finding>,
    /// The lines that rows began on.
    pub(super) lines: Vec<u64>,
    pub(super) ids: Texts,
    pub(super) titles: Texts,
    pub(super) milestones: BTreeMap<MilestoneId, Instants>,
    pub(super) severities: Category,
    pub(super) kinds: Category,
    pub(super) areas: Lists,
    pub(super) categories: BTreeMap<String, Category>,
}

impl History {
    pub(super) fn empty(as_of: Timestamp) -> Self {
        Self {
            as_of,
            read: 0,
            excluded: BTreeMap::new(),
            findings: Vec::new(),
            lines: Vec::new(),
            ids: Texts::default(),
            titles: Texts::default(),
            milestones: BTreeMap::new(),
            severities: Category::default(),
            kinds: Category::default(),
            areas: Lists::default(),
            categories: BTreeMap::new(),
        }
    }

    /// From rows of your own.
    #[must_use]
    pub fn from_rows(rows: impl IntoIterator<Item = HistoryRow>, as_of: Timestamp) -> Self {
        let mut history = Self::empty(as_of);
        for row in rows {
            history.push(&row);
        }
        history.settle();
        history
    }

    /// When it was so: an incident that had not ended then is open, and one that began later is left out.
    #[must_use]
    pub fn as_of(&self) -> Timestamp {
        self.as_of
    }

    /// How many incidents there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.lines.len()
    }

    /// Whether there is no incident.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.lines.is_empty()
    }

    /// What was noticed while reading, by line.
    #[must_use]
    pub fn findings(&self) -> &[Finding] {
        &self.findings
    }

    /// Its incidents, one by one.
    pub fn rows(&self) -> impl Iterator<Item = HistoryRow> {
        (0..self.len()).map(|row| self.row(row))
    }

    /// What the row is called: its id, or its line where it has none.
    pub(super) fn name(&self, row: usize) -> String {
        match self.ids.get(row) {
            "" => format!("line {}", self.lines.get(row).copied().unwrap_or_default()),
            id => id.to_owned(),
        }
    }

    fn row(&self, row: usize) -> HistoryRow {
        let instant = |column: &Instants| match column.get(row) {
            Cell::At(at) => Some(at),
            Cell::Absent | Cell::Unreadable => None,
        };
        let milestones = self.milestones.iter().filter_map(|(name, column)| Some((name.clone(), instant(column)?)));
        let categories =
            self.categories.iter().filter_map(|(name, all)| Some((name.clone(), all.get(row)?.to_owned())));
        HistoryRow {
            id: self.ids.get(row).to_owned(),
            title: self.titles.get(row).to_owned(),
            milestones: milestones.collect(),
            severity: self.severities.get(row).map(str::to_owned),
            kind: self.kinds.get(row).and_then(kind_named),
            areas: self.areas.get(row).map(str::to_owned).collect(),
            categories: categories.collect(),
        }
    }

    pub(super) fn push(&mut self, row: &HistoryRow) {
        let before = self.len();
        self.read += 1;
        self.lines.push(self.read);
        self.ids.push(&row.id);
        self.titles.push(&row.title);
        for name in row.milestones.keys() {
            self.milestones.entry(name.clone()).or_insert_with(|| Instants::absent(before));
        }
        for (name, column) in &mut self.milestones {
            column.push(row.milestones.get(name).map_or(Cell::Absent, |at| Cell::At(*at)));
        }
        self.severities.push(row.severity.as_deref());
        self.kinds.push(row.kind.filter(|kind| *kind != IncidentKind::Standard).map(IncidentKind::as_str));
        self.areas.push(row.areas.iter().map(String::as_str));
        for name in row.categories.keys() {
            self.categories.entry(name.clone()).or_insert_with(|| Category::absent(before));
        }
        for (name, category) in &mut self.categories {
            category.push(row.categories.get(name).map(String::as_str));
        }
    }

    /// Leaves out rows that say the same again, and reports ids that name different incidents.
    pub(super) fn settle(&mut self) {
        let mut order: Vec<usize> = (0..self.len()).filter(|row| !self.ids.get(*row).is_empty()).collect();
        order.sort_by(|a, b| self.ids.get(*a).cmp(self.ids.get(*b)).then_with(|| self.compare(*a, *b)));
        let mut kept = vec![true; self.len()];
        let mut again = 0_u64;
        let mut findings = Vec::new();
        for same_id in order.chunk_by(|a, b| self.ids.get(*a) == self.ids.get(*b)).filter(|rows| rows.len() > 1) {
            let mut different = Vec::new();
            for alike in same_id.chunk_by(|a, b| self.compare(*a, *b).is_eq()) {
                different.extend(alike.first());
                for row in alike.iter().skip(1) {
                    again += 1;
                    kept.get_mut(*row).into_iter().for_each(|kept| *kept = false);
                }
            }
            if different.len() > 1 && findings.len() < MOST_DUPLICATES {
                different.sort_unstable();
                findings.push(self.duplicate(&different));
            }
        }
        self.findings.append(&mut findings);
        if again > 0 {
            *self.excluded.entry("the same row again".to_owned()).or_insert(0) += again;
            self.keep(&kept);
        }
    }

    fn duplicate(&self, rows: &[usize]) -> Finding {
        let lines: Vec<_> =
            rows.iter().take(5).filter_map(|row| self.lines.get(*row)).map(ToString::to_string).collect();
        let id = rows.first().map_or("", |row| self.ids.get(*row));
        let message =
            format!("`{}` names {} different rows, on lines {}; each counts", short(id), rows.len(), lines.join(", "));
        Finding::new(Level::Warning, codes::DUPLICATE_ID, "/id", message)
            .help("map `id` to the column that names an incident, or merge its rows first")
            .fact("id", id)
    }

    /// Whether two rows say the same, or which comes first.
    fn compare(&self, a: usize, b: usize) -> Ordering {
        let instants = self.milestones.values().map(|column| column.get(a).cmp(&column.get(b)));
        let categories = self.categories.values().chain([&self.severities, &self.kinds]);
        let categories = categories.map(|category| category.get(a).cmp(&category.get(b)));
        let texts =
            || self.titles.get(a).cmp(self.titles.get(b)).then_with(|| self.areas.get(a).cmp(self.areas.get(b)));
        instants.chain(categories).find(|order| order.is_ne()).unwrap_or_else(texts)
    }

    fn keep(&mut self, kept: &[bool]) {
        let mut row = 0;
        self.lines.retain(|_| {
            row += 1;
            kept.get(row - 1).copied().unwrap_or(false)
        });
        self.ids.keep(kept);
        self.titles.keep(kept);
        self.milestones.values_mut().for_each(|column| column.keep(kept));
        self.severities.keep(kept);
        self.kinds.keep(kept);
        self.areas.keep(kept);
        self.categories.values_mut().for_each(|category| category.keep(kept));
    }
}

/// The kind of that name.
pub(super) fn kind_named(name: &str) -> Option<IncidentKind> {
    IncidentKind::ALL.iter().copied().find(|kind| kind.as_str() == name)
}

/// How many ids that name different rows are listed.
const MOST_DUPLICATES: usize = 100;
