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
    let mut standing = Standing::default();
    said(log).iter().take_while(|one| one.at() <= at).for_each(|one| standing.hear(one));
    if let Some((since, by, it)) = standing.overridden(at) {
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
    let (since, it) = standing.rules?;
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

/// What was said last.
#[derive(Default)]
struct Standing<'a> {
    rules: Option<(Timestamp, &'a Classified)>,
    against: Option<(Timestamp, &'a PersonId, &'a SeverityOverridden)>,
}

impl<'a> Standing<'a> {
    fn hear(&mut self, one: &Said<'a>) {
        match *one {
            Said::Rules(since, it) => self.rules = Some((since, it)),
            Said::Override(since, by, it) => self.against = Some((since, by, it)),
            Said::Lifted(_) => self.against = None,
        }
    }

    /// The override that holds, until it runs out.
    fn overridden(&self, at: Timestamp) -> Option<(Timestamp, &'a PersonId, &'a SeverityOverridden)> {
        self.against.filter(|(_, _, it)| it.until.is_none_or(|until| at < until))
    }

    fn severity(&self, at: Timestamp) -> Option<&'a SeverityId> {
        match self.overridden(at) {
            Some((_, _, it)) => Some(&it.severity),
            None => self.rules.and_then(|(_, it)| it.severity.as_ref()),
        }
    }
}

impl Said<'_> {
    fn at(&self) -> Timestamp {
        match self {
            Self::Rules(at, _) | Self::Override(at, ..) | Self::Lifted(at) => *at,
        }
    }
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
    let (mut standing, mut coming) = (Standing::default(), said.iter().peekable());
    for at in changes {
        while let Some(one) = coming.next_if(|one| one.at() <= at) {
            standing.hear(one);
        }
        let severity = standing.severity(at);
        if let Some(last) = history.spans.last_mut().filter(|last| last.span.end.is_none()) {
            if severity == Some(&last.severity) {
                continue;
            }
            last.span.end = Some(at);
        }
        let span = Span { start: at, end: None };
        history.spans.extend(severity.cloned().map(|severity| SeveritySpan { severity, span }));
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
