//! How bad it was judged to be, over time.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::id::{PersonId, SeverityId};
use crate::incident::event::{Classified, Event, SeverityOverridden};
use crate::time::{Elapsed, Span, Timestamp};

use super::effective::{Effective, by_occurrence};

/// The severity at an instant, and why.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct SeverityHeld {
    /// Which; absent while it is pending.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub severity: Option<SeverityId>,
    /// In one sentence.
    pub why: String,
    /// Who set it against the rules, if somebody did.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub overridden_by: Option<PersonId>,
    /// Since when.
    pub since: Timestamp,
    /// Until when an override holds.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub until: Option<Timestamp>,
    /// When an assumed severity has to be settled.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub settle_by: Option<Timestamp>,
    /// What is still asked for.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub questions: Vec<String>,
}

impl SeverityHeld {
    /// Whether no answer can change it any more, or a person set it.
    #[must_use]
    pub fn is_settled(&self) -> bool {
        self.severity.is_some() && (self.overridden_by.is_some() || self.questions.is_empty())
    }
}

/// The severities of an incident over time; initial and peak are what a comparison of incidents may be grouped by.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct SeverityHistory {
    /// The first.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub initial: Option<SeverityId>,
    /// The worst.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub peak: Option<SeverityId>,
    /// The last.
    #[serde(rename = "final", skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", schemars(rename = "final"))]
    pub last: Option<SeverityId>,
    /// Every stretch, in order.
    pub spans: Vec<SeveritySpan>,
    /// The time in each.
    pub time_in: BTreeMap<SeverityId, Elapsed>,
}

/// A stretch of one severity.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct SeveritySpan {
    /// Which.
    pub severity: SeverityId,
    /// From when to when.
    pub span: Span,
}

/// Who said something about the severity, and when.
enum Said<'a> {
    Rules(Timestamp, &'a Classified),
    Override(Timestamp, &'a PersonId, &'a SeverityOverridden),
    Lifted(Timestamp),
}

fn said<'a>(log: &[Effective<'a>]) -> Vec<Said<'a>> {
    let said = |entry: Effective<'a>| match entry.event {
        Event::Classified(it) => Some(Said::Rules(entry.occurred_at, it)),
        Event::SeverityOverridden(it) => Some(Said::Override(entry.occurred_at, &entry.entry.by, it)),
        Event::SeverityOverrideLifted(_) => Some(Said::Lifted(entry.occurred_at)),
        _ => None,
    };
    by_occurrence(log).into_iter().filter_map(said).collect()
}

/// The severity at an instant; none before the first.
pub(crate) fn held(log: &[Effective<'_>], at: Timestamp) -> Option<SeverityHeld> {
    held_at(&said(log), at)
}

fn held_at(said: &[Said<'_>], at: Timestamp) -> Option<SeverityHeld> {
    let (mut rules, mut override_) = (None, None);
    for one in said {
        match one {
            Said::Rules(since, it) if *since <= at => rules = Some((*since, *it)),
            Said::Override(since, by, it) if *since <= at => override_ = Some((*since, *by, *it)),
            Said::Lifted(since) if *since <= at => override_ = None,
            _ => {}
        }
    }
    if let Some((since, by, it)) = override_.filter(|(_, _, it)| it.until.is_none_or(|until| at < until)) {
        let why = format!("{} by {by}: {}", it.severity, it.reason);
        return Some(SeverityHeld {
            severity: Some(it.severity.clone()),
            why,
            overridden_by: Some(by.clone()),
            since,
            until: it.until,
            settle_by: None,
            questions: Vec::new(),
        });
    }
    let (since, it) = rules?;
    Some(SeverityHeld {
        severity: it.severity.clone(),
        why: it.why.clone(),
        overridden_by: None,
        since,
        until: None,
        settle_by: it.settle_by,
        questions: it.questions.clone(),
    })
}

/// Every severity up to an instant.
pub(crate) fn history(log: &[Effective<'_>], now: Timestamp) -> SeverityHistory {
    let said = said(log);
    let mut changes: Vec<Timestamp> = Vec::new();
    let mut scale: &[SeverityId] = &[];
    for one in &said {
        match one {
            Said::Rules(at, it) => {
                changes.push(*at);
                scale = &it.scale;
            }
            Said::Override(at, _, it) => {
                changes.extend([Some(*at), it.until].into_iter().flatten());
                scale = &it.scale;
            }
            Said::Lifted(at) => changes.push(*at),
        }
    }
    changes.retain(|at| *at <= now);
    changes.sort();
    changes.dedup();
    let mut history = SeverityHistory::default();
    for at in changes {
        let severity = held_at(&said, at).and_then(|held| held.severity);
        if let Some(last) = history.spans.last_mut().filter(|last| last.span.end.is_none()) {
            if severity.as_ref() == Some(&last.severity) {
                continue;
            }
            last.span.end = Some(at);
        }
        history.spans.extend(severity.map(|severity| SeveritySpan { severity, span: Span { start: at, end: None } }));
    }
    for SeveritySpan { severity, span } in &history.spans {
        let time = history.time_in.entry(severity.clone()).or_default();
        *time = Elapsed::from_micros(time.as_micros().saturating_add(span.length(now).as_micros()));
    }
    let rank = |severity: &SeverityId| scale.iter().position(|other| other == severity).unwrap_or(usize::MAX);
    history.initial = history.spans.first().map(|span| span.severity.clone());
    history.peak = history.spans.iter().map(|span| span.severity.clone()).min_by_key(rank);
    history.last = history.spans.last().map(|span| span.severity.clone());
    history
}
