//! `why`: why somebody was paged, from the record.

use incident_core::event::Paged;
use incident_core::{Entry, Event, Incident};

use crate::args::WhyArgs;
use crate::host::Host;
use crate::load;
use crate::trouble::{Done, Trouble};
use crate::{FINE, FOUND};

pub(super) fn run(args: &WhyArgs, host: &mut Host<'_>) -> Done {
    let incident = Incident::from_json(&load::read(host, &args.record)?)?;
    let asked = args.page.to_lowercase();
    let pages: Vec<(&Entry, &Paged)> = incident
        .entries()
        .iter()
        .filter_map(|entry| match &entry.event {
            Event::Paged(page) => Some((entry, page)),
            _ => None,
        })
        .filter(|(_, page)| page.person.as_str() == args.page || page.page.to_string().starts_with(&asked))
        .collect();
    if pages.is_empty() {
        writeln!(
            host.err,
            "no page in {} is `{}`, by its id or whom it is for",
            args.record,
            args.page.escape_debug()
        )?;
        return Ok(FOUND);
    }
    for (entry, page) in pages {
        writeln!(host.out, "{} paged {} at {} (entry {})", page.track, page.person, entry.occurred_at, entry.seq)?;
        writeln!(host.out, "  why: {}", page.why)?;
        if let Some(policy) = policy(&incident, entry) {
            writeln!(host.out, "  policy: {policy}")?;
        }
        if let Some(place) = place(args, &incident, entry, page, host)? {
            writeln!(host.out, "  rule: {place}")?;
        }
        writeln!(host.out, "  page: {}", page.page)?;
    }
    Ok(FINE)
}

/// The policy and its version that paged then.
fn policy(incident: &Incident, page: &Entry) -> Option<String> {
    let before = incident.entries().iter().take_while(|entry| entry.seq <= page.seq);
    let started = before.filter_map(|entry| match &entry.event {
        Event::EscalationStarted(it) => Some(format!("{} {}", it.policy, it.version)),
        _ => None,
    });
    started.last()
}

/// The line of the step, where the rules are at hand.
fn place(
    args: &WhyArgs,
    incident: &Incident,
    entry: &Entry,
    page: &Paged,
    host: &Host<'_>,
) -> Result<Option<String>, Trouble> {
    if args.rules.is_empty() {
        return Ok(None);
    }
    let book = load::handbook(host, &args.rules)?;
    let severity = incident.severities(entry.occurred_at).spans.into_iter().rev().find_map(|span| {
        let before = span.span.start <= entry.occurred_at;
        before.then_some(span.severity)
    });
    let Some(severity) = severity else { return Ok(None) };
    let path = format!("/escalation/{severity}/{}/{}", page.track, page.step);
    Ok(book.locate(&path).into_iter().next().map(|place| place.to_string()))
}
