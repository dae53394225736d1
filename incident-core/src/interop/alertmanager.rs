//! Prometheus Alertmanager's webhook (version 4, `notify/webhook` in prometheus/alertmanager), and Grafana's, which has
//! the same shape with more in it.
//!
//! A notification is about a group of alerts. The group's `status` is `firing` as long as one alert is, so each alert's
//! own is read. `endsAt` is when an alert stopped only if it is `resolved`; before, it is absent, zero or a guess.

use std::collections::BTreeMap;

use crate::codes;
use crate::incident::event::{IncidentKind, LinkAdded, Provenance};
use crate::incident::{Alert, Candidate};
use crate::limits::LIMITS;
use crate::time::Timestamp;

use super::field::{Field, Object};
use super::fingerprint::fingerprint;
use super::reading::{Labels, Reading, is_web};
use super::{Import, ImportFormat, Options, Orphan};

/// Annotations that say what is wrong, the best first.
const SAYS: [&str; 3] = ["summary", "message", "description"];
/// Annotations and fields that lead somewhere, and what is there.
const RUNBOOKS: [(&str, &str); 2] = [("runbook_url", "runbook"), ("dashboard_url", "dashboard")];
const PLACES: [(&str, &str); 3] =
    [("generatorURL", "alert rule"), ("dashboardURL", "dashboard"), ("panelURL", "panel")];

/// Whether an object is a notification about a group of alerts.
pub(super) fn is_group(object: &Object<'_>) -> bool {
    let about = ["groupKey", "groupLabels", "commonLabels", "receiver"];
    object.field("alerts").is_some_and(|alerts| alerts.items().is_some()) && about.iter().any(|name| object.has(name))
}

/// An alert as it was sent.
struct Sent {
    alert: Alert,
    fires: bool,
    labels: BTreeMap<String, String>,
    says: Vec<String>,
    links: Vec<LinkAdded>,
    /// The pointer of its labels.
    path: String,
}

pub(super) fn read(root: &Field<'_>, group: &Object<'_>, format: ImportFormat, options: &Options) -> Import {
    let mut reading = Reading::new(options);
    let (mut sent, mut orphans) = (Vec::new(), Vec::new());
    for field in group.field("alerts").and_then(|alerts| alerts.items()).unwrap_or_default() {
        match field.object() {
            Some(object) => sent.push(alert(&mut reading, &object, format)),
            None => {
                reading.warn(codes::BAD_FIELD, field.path.clone(), "an alert is an object");
                reading.take(field.path.clone());
                orphans.push(Orphan { path: field.path.clone(), body: field.as_written().to_owned() });
            }
        }
    }
    // What these say stands in the alerts and in the key of the group.
    ["groupLabels", "commonLabels", "version", "status"].iter().for_each(|name| reading.take(group.path(name)));
    let missing = group.field("truncatedAlerts").and_then(|count| count.scalar()).filter(|count| count != "0");
    if let Some(missing) = missing {
        let message = format!("{} more alerts of the group were left out", crate::text::short(&missing));
        reading.warn(codes::TRUNCATED, group.path("truncatedAlerts"), message);
    }
    let candidates: Vec<_> = candidate(&mut reading, group, &sent, format).into_iter().collect();
    if candidates.is_empty() {
        reading.warn(codes::MISSING_FIELD, group.path("alerts"), "the group has no alert that can be read");
    }
    let fires = sent.iter().filter(|sent| sent.fires).count();
    let why = match candidates.len() {
        0 => format!("{format} proposes nothing: no alert can be read"),
        count => {
            let over = counted(sent.len().saturating_sub(fires), "is over", "are over");
            format!("{format} proposes {count} incident: {}, {over}", alerts(fires))
        }
    };
    let (extensions, findings) = reading.finish(root);
    Import { format, candidates, orphans, extensions, findings, why }
}

fn alerts(count: usize) -> String {
    match count {
        0 => "no alert fires".to_owned(),
        1 => "1 alert fires".to_owned(),
        _ => format!("{count} alerts fire"),
    }
}

fn counted(count: usize, one: &str, many: &str) -> String {
    match count {
        0 => format!("none {one}"),
        1 => format!("1 {one}"),
        _ => format!("{count} {many}"),
    }
}

fn alert(reading: &mut Reading<'_>, object: &Object<'_>, format: ImportFormat) -> Sent {
    let labels = reading.pairs(object, "labels");
    let annotations = reading.pairs(object, "annotations");
    let mut links = Vec::new();
    let annotation = |name: &str| format!("{}{}", object.path("annotations"), crate::text::pointer_step(name));
    for (name, label) in RUNBOOKS {
        if let Some(url) = annotations.get(name) {
            reading.link(label, url, annotation(name), &mut links);
        }
    }
    for (name, label) in PLACES {
        if let Some(url) = object.field(name).and_then(|field| field.text()) {
            reading.link(label, &url, object.path(name), &mut links);
        }
    }
    let mut says = Vec::new();
    for name in SAYS {
        if let Some(text) = annotations.get(name) {
            reading.take(annotation(name));
            says.push(text.clone());
        }
    }
    let name = labels.get("alertname");
    reading.take(format!("{}/alertname", object.path("labels")));
    let (started_at, ended_at, fires) = times(reading, object);
    let id = reading.text(object, "fingerprint").unwrap_or_else(|| {
        let id = fingerprint(&labels);
        reading.note(codes::NO_FINGERPRINT, object.path("fingerprint"), format!("computed from the labels: `{id}`"));
        id
    });
    let url = links.iter().find(|link| link.label == "alert rule").map(|link| link.url.clone());
    let provenance = Provenance { source: format.as_str().to_owned(), id, url };
    let title = titled(name.map(String::as_str), says.first().map(String::as_str));
    let path = object.path("labels");
    Sent { alert: Alert { provenance, title, started_at, ended_at }, fires, labels, says, links, path }
}

/// When an alert began, when it stopped, and whether it fires.
fn times(reading: &mut Reading<'_>, object: &Object<'_>) -> (Option<Timestamp>, Option<Timestamp>, bool) {
    let started = reading.instant(object, "startsAt");
    let ends = reading.instant(object, "endsAt");
    let path = object.path("endsAt");
    if started.is_none() {
        reading.warn(codes::MISSING_FIELD, object.path("startsAt"), "nobody knows when the alert began");
    }
    let status = reading.text(object, "status");
    let fires = match status.as_deref() {
        Some("firing") => true,
        Some("resolved") => false,
        other => {
            let said = other.map_or_else(|| "missing".to_owned(), |word| format!("`{}`", crate::text::short(word)));
            let message = format!("the status is {said}; the alert fires unless it has an end");
            reading.warn(codes::UNKNOWN_STATUS, object.path("status"), message);
            ends.is_none()
        }
    };
    match (fires, started, ends) {
        (true, _, Some(_)) => {
            reading.note(
                codes::UNCLEAR_END,
                path,
                "an alert that fires has not ended; this is when it would be forgotten",
            );
            (started, None, true)
        }
        (false, _, None) => {
            reading.warn(codes::UNCLEAR_END, path, "the alert is over, and nobody knows since when");
            (started, None, false)
        }
        (false, Some(start), Some(end)) if end < start => {
            reading.warn(codes::OUT_OF_ORDER, path, format!("the alert ends ({end}) before it begins ({start})"));
            (started, ends, false)
        }
        _ => (started, ends, fires),
    }
}

/// What the group proposes; nothing if it has no alert.
fn candidate(reading: &mut Reading<'_>, group: &Object<'_>, sent: &[Sent], format: ImportFormat) -> Option<Candidate> {
    let firing: Vec<&Sent> = sent.iter().filter(|sent| sent.fires).collect();
    let relevant = if firing.is_empty() { sent.iter().collect() } else { firing.clone() };
    let first = relevant.first()?;
    let id = reading.text(group, "groupKey").unwrap_or_else(|| {
        let id = first.alert.provenance.id.clone();
        let message = format!("the group has no key; its first alert names it: `{}`", crate::text::short(&id));
        reading.warn(codes::NO_GROUP_KEY, group.path("groupKey"), message);
        id
    });
    let url = group.field("externalURL").and_then(|url| url.text()).filter(|url| is_web(url));
    url.iter().for_each(|_| reading.take(group.path("externalURL")));
    let names: Vec<_> = relevant.iter().filter_map(|sent| sent.labels.get("alertname")).collect();
    let others = names.iter().collect::<std::collections::BTreeSet<_>>().len().saturating_sub(1);
    let name = names.first().map(|name| match others {
        0 => (*name).clone(),
        1 => format!("{name} and one more"),
        _ => format!("{name} and {others} more"),
    });
    let common = reading.pairs(group, "commonAnnotations");
    let common: Vec<_> = SAYS.iter().filter_map(|name| common.get(*name).cloned()).collect();
    reading.take(group.path("commonAnnotations"));
    let says = if common.is_empty() { &first.says } else { &common };
    let whole = titled(name.as_deref(), says.first().map(String::as_str));
    let title: String = whole.chars().take(LIMITS.title_chars).collect();
    if title != whole {
        reading.note(codes::CUT_TITLE, "", format!("the title is cut after {} characters", LIMITS.title_chars));
    }
    let mut links: Vec<LinkAdded> = Vec::new();
    for link in sent.iter().flat_map(|sent| &sent.links) {
        if !links.iter().any(|known| known.url == link.url) {
            links.push(link.clone());
        }
    }
    let started_at = relevant.iter().filter_map(|sent| sent.alert.started_at).min();
    let over = firing.is_empty().then(|| sent.iter().filter_map(|sent| sent.alert.ended_at).max());
    let labels: Vec<_> = sent
        .iter()
        .map(|sent| Labels { path: &sent.path, values: &sent.labels, counts: sent.fires || over.is_some() })
        .collect();
    Some(Candidate {
        title,
        summary: first.says.iter().find(|text| Some(*text) != says.first()).cloned(),
        kind: IncidentKind::Standard,
        source: Some(Provenance { source: format.as_str().to_owned(), id, url }),
        started_at,
        // An alert is noticed when it begins to fire; what came before it does not say.
        detected_at: started_at,
        ended_at: over.flatten(),
        alerts: sent.iter().map(|sent| sent.alert.clone()).collect(),
        facts: reading.facts(&labels),
        links,
    })
}

/// The name of an alert and what it says, on one line.
fn titled(name: Option<&str>, says: Option<&str>) -> String {
    let line = |text: &str| crate::text::escape::plain(text).split_whitespace().collect::<Vec<_>>().join(" ");
    let (name, says) = (name.map(line).unwrap_or_default(), says.map(line).unwrap_or_default());
    match (name.is_empty(), says.is_empty()) {
        (false, false) => format!("{name}: {says}"),
        (false, true) => name,
        (true, false) => says,
        (true, true) => "an alert without a name".to_owned(),
    }
}
