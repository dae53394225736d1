//! What every reader shares: fields taken with their trouble told, and what nobody took kept.

use std::collections::{BTreeMap, BTreeSet};

use crate::codes::{self, Code};
use crate::condition::{FactValue, Facts};
use crate::finding::{Finding, Level};
use crate::incident::event::LinkAdded;
use crate::limits::LIMITS;
use crate::time::Timestamp;

use super::field::{Field, Object};
use super::{Options, instant};

/// A document while it is read.
#[derive(Debug)]
pub(super) struct Reading<'a> {
    options: &'a Options,
    findings: Vec<Finding>,
    /// The pointers of what was taken.
    taken: BTreeSet<String>,
}

/// The labels of an alert.
#[derive(Clone, Copy, Debug)]
pub(super) struct Labels<'a> {
    /// Their pointer.
    pub(super) path: &'a str,
    pub(super) values: &'a BTreeMap<String, String>,
    /// Whether they say something about the incident as it is now.
    pub(super) counts: bool,
}

impl<'a> Reading<'a> {
    pub(super) fn new(options: &'a Options) -> Self {
        Self { options, findings: Vec::new(), taken: BTreeSet::new() }
    }

    pub(super) fn note(&mut self, code: Code, path: impl Into<String>, message: impl Into<String>) {
        self.findings.push(Finding::new(Level::Note, code, path, message));
    }

    pub(super) fn warn(&mut self, code: Code, path: impl Into<String>, message: impl Into<String>) {
        self.findings.push(Finding::new(Level::Warning, code, path, message));
    }

    /// Says that a value has its place here.
    pub(super) fn take(&mut self, path: String) {
        self.taken.insert(path);
    }

    /// A member that is text; anything else stays where it is, with a finding.
    pub(super) fn text(&mut self, object: &Object<'_>, name: &str) -> Option<String> {
        let field = object.field(name)?;
        let text = field.text();
        match &text {
            Some(_) => self.take(field.path),
            None => self.warn(codes::BAD_FIELD, field.path, format!("`{name}` is no text")),
        }
        text
    }

    /// A member that is an instant.
    pub(super) fn instant(&mut self, object: &Object<'_>, name: &str) -> Option<Timestamp> {
        let text = self.text(object, name)?;
        let path = object.path(name);
        instant::read(&text, &path, self.options.zone, &mut self.findings).unwrap_or_else(|no| {
            self.taken.remove(&path);
            self.findings.push(Finding { level: Level::Warning, ..no.at(path).to_finding() });
            None
        })
    }

    /// A member whose own members are names with values; whose number or truth value is taken as it is written. They
    /// are not marked as taken: [`Reading::take`] those that are used.
    pub(super) fn pairs(&mut self, object: &Object<'_>, name: &str) -> BTreeMap<String, String> {
        let Some(field) = object.field(name) else { return BTreeMap::new() };
        let Some(pairs) = field.object() else {
            self.warn(codes::BAD_FIELD, field.path, format!("`{name}` is no object"));
            return BTreeMap::new();
        };
        let mut out = BTreeMap::new();
        for (name, value) in pairs.fields() {
            match value.scalar() {
                Some(text) => drop(out.insert(name.to_owned(), text)),
                None => self.warn(codes::BAD_FIELD, value.path, format!("`{}` is no text", crate::text::short(name))),
            }
        }
        out
    }

    /// A link, if it leads into the web.
    pub(super) fn link(&mut self, label: &str, url: &str, path: String, links: &mut Vec<LinkAdded>) {
        if !is_web(url) {
            self.warn(codes::BAD_LINK, path, format!("`{}` does not begin with http", crate::text::short(url)));
            return;
        }
        self.take(path);
        if !links.iter().any(|known| known.url == url) {
            links.push(LinkAdded { label: label.to_owned(), url: url.to_owned() });
        }
    }

    /// The facts that labels become, by the caller's table.
    pub(super) fn facts(&mut self, alerts: &[Labels<'_>]) -> Facts {
        let mut found: BTreeMap<&str, (bool, BTreeSet<String>)> = BTreeMap::new();
        let options = self.options;
        for rule in &options.label_facts {
            let of = |alert: &Labels<'_>| alert.values.get(&rule.label).cloned();
            let mut values: BTreeSet<_> = alerts.iter().filter(|alert| alert.counts).filter_map(of).collect();
            for alert in alerts.iter().filter(|alert| of(alert).is_some_and(|value| values.contains(&value))) {
                self.take(format!("{}{}", alert.path, crate::text::pointer_step(&rule.label)));
            }
            if !values.is_empty() {
                let shown: Vec<_> = values.iter().map(|value| format!("`{}`", crate::text::short(value))).collect();
                let message = format!("label `{}` is taken for fact `{}`: {}", rule.label, rule.fact, shown.join(", "));
                self.note(codes::LABEL_TAKEN, "", message);
                let (many, all) = found.entry(&rule.fact).or_default();
                *many |= rule.many;
                all.append(&mut values);
            }
        }
        let mut facts = Facts::new();
        for (fact, (many, values)) in found {
            match values.first() {
                _ if many => facts.set(fact, FactValue::Names(values)),
                Some(only) if values.len() == 1 => facts.set(fact, FactValue::Text(only.clone())),
                _ => self.warn(codes::VALUES_DIFFER, "", format!("alerts differ in fact `{fact}`; it is left unknown")),
            }
        }
        facts
    }

    /// What nobody took, by pointer, and what was noticed.
    pub(super) fn finish(mut self, root: &Field<'_>) -> (BTreeMap<String, String>, Vec<Finding>) {
        let mut rest = BTreeMap::new();
        self.keep(root, &mut rest);
        if let Some(more) = self.findings.len().checked_sub(LIMITS.problems).filter(|more| *more > 0) {
            self.findings.truncate(LIMITS.problems);
            self.note(codes::MORE_FINDINGS, "", format!("and {more} more"));
        }
        (rest, self.findings)
    }

    fn keep(&self, field: &Field<'_>, rest: &mut BTreeMap<String, String>) {
        if self.taken.contains(&field.path) || field.is_empty() {
            return;
        }
        let below = format!("{}/", field.path);
        let partly = self.taken.range(below.clone()..).next().is_some_and(|taken| taken.starts_with(&below));
        if !partly {
            rest.insert(field.path.clone(), field.as_written().to_owned());
        } else if let Some(object) = field.object() {
            object.fields().for_each(|(_, field)| self.keep(&field, rest));
        } else {
            field.items().into_iter().flatten().for_each(|field| self.keep(&field, rest));
        }
    }
}

/// Whether an address leads into the web; others may do something when somebody follows them.
pub(super) fn is_web(url: &str) -> bool {
    ["https://", "http://"].iter().any(|scheme| {
        url.get(..scheme.len()).is_some_and(|begin| begin.eq_ignore_ascii_case(scheme)) && url.len() > scheme.len()
    }) && !url.contains(|c: char| c.is_control() || c.is_whitespace())
}
