//! What is wrong with steps, whoever is on call.

use std::collections::BTreeSet;

use crate::codes;
use crate::finding::{Finding, Level};
use crate::id::SeverityId;
use crate::text::pointer_step;
use crate::time::Elapsed;

use crate::escalation::document::{EscalationPolicyDocument, OnEmpty, PageTarget, SeverityTracks, TrackEnd};
use crate::escalation::proof::places::{Placed, steps};
use crate::escalation::proof::words;

/// Steps that can do nothing, severities that begin late or end quietly, and severities without a policy.
pub(super) fn check(document: &EscalationPolicyDocument, severities: &[SeverityId]) -> Vec<Finding> {
    let rules = &document.escalation;
    let mut found = without_policy(document, severities);
    for (severity, tracks) in &rules.severities {
        let path = format!("/escalation{}", pointer_step(severity.as_str()));
        found.extend(beginning(severity, tracks, &path));
        found.extend(end(severity, tracks, &path));
        let all: Vec<Placed<'_>> = steps(severity, tracks).collect();
        for step in &all {
            found.extend(nobody_yet(step, &all).or_else(|| shadowed(step, &all)));
            found.extend(never_raised(step, severities));
            found.extend(waits(step, rules.on_empty));
        }
    }
    found
}

fn without_policy(document: &EscalationPolicyDocument, severities: &[SeverityId]) -> Vec<Finding> {
    let known = &document.escalation.severities;
    let required = document.prove.iter().flat_map(|prove| prove.severities.keys());
    let required = required.map(|severity| (format!("/prove{}", pointer_step(severity.as_str())), severity));
    let all = required.chain(severities.iter().map(|severity| ("/escalation".to_owned(), severity)));
    let mut told = BTreeSet::new();
    let missing = all.filter(|(_, severity)| !known.contains_key(*severity) && told.insert(*severity));
    let finding = |(path, severity): (String, &SeverityId)| {
        let message = format!("{} has no policy: it goes to `otherwise`", words::severity(severity));
        let finding = Finding::new(Level::Error, codes::SEVERITY_WITHOUT_POLICY, path, message);
        let near = crate::text::nearest(severity.as_str(), known.keys().map(SeverityId::as_str));
        match near {
            Some(near) => finding.help(format!("did you mean `{near}`?")),
            None => finding.help(format!("write `[escalation.{severity}]`")),
        }
    };
    missing.map(finding).collect()
}

/// Nobody is paged at once, or ever.
fn beginning(severity: &SeverityId, tracks: &SeverityTracks, path: &str) -> Option<Finding> {
    let name = words::severity(severity);
    let Some(first) = tracks.first.iter().map(|step| step.at.unwrap_or(Elapsed::ZERO)).min() else {
        let message = format!("{name} has no first response: only `otherwise` is paged");
        return Some(Finding::new(Level::Warning, codes::NO_FIRST_RESPONSE, path, message).help("write `first`"));
    };
    first.is_positive().then(|| {
        let message = format!("nobody is paged for the first {} of {}", words::minutes(first), words::a(severity));
        let finding = Finding::new(Level::Warning, codes::LATE_FIRST_PAGE, format!("{path}/first"), message);
        finding.help("begin at `0m`").fact("after", first)
    })
}

fn end(severity: &SeverityId, tracks: &SeverityTracks, path: &str) -> Option<Finding> {
    (tracks.end == Some(TrackEnd::Quietly)).then(|| {
        let message = format!("{} that nobody acknowledges ends quietly", words::a(severity));
        Finding::new(Level::Note, codes::ENDS_QUIETLY, format!("{path}/end"), message)
    })
}

/// Buddies and leads of responders, before there can be any.
fn nobody_yet(step: &Placed<'_>, all: &[Placed<'_>]) -> Option<Finding> {
    let of_responders = |target: &PageTarget| matches!(target, PageTarget::Buddy | PageTarget::Lead(_));
    let at = by_itself(step)?;
    if step.step.page.is_empty() || !step.step.page.iter().all(of_responders) {
        return None;
    }
    let may_page = |other: &Placed<'_>| {
        let before = by_itself(other).is_none_or(|other| other <= at) && other.path() != step.path();
        before && other.step.page.iter().any(PageTarget::makes_responders)
    };
    if all.iter().any(may_page) {
        return None;
    }
    let message =
        format!("{} {} finds nobody: nobody has been paged by then whose they could be", step.targets(), step.when());
    let finding = Finding::new(Level::Error, codes::STEP_FINDS_NOBODY, format!("{}/page", step.path()), message);
    Some(finding.help("page somebody on call before"))
}

/// When a step acts of itself; none where it needs an input.
fn by_itself(step: &Placed<'_>) -> Option<Elapsed> {
    step.earliest(OnEmpty::Otherwise)
}

/// Targets that a step of an earlier time, or an earlier one of the same time, has surely paged.
fn shadowed(step: &Placed<'_>, all: &[Placed<'_>]) -> Option<Finding> {
    let at = by_itself(step)?;
    if step.step.within.is_some() || step.step.page.is_empty() {
        return None;
    }
    let place = all.iter().position(|other| other.path() == step.path())?;
    let earlier: Vec<&Placed<'_>> = all
        .iter()
        .enumerate()
        .filter(|(number, other)| {
            by_itself(other).is_some_and(|other| other < at || (other == at && *number < place))
                && other.step.within.is_none()
                && *number != place
        })
        .map(|(_, other)| other)
        .collect();
    let by = |target: &PageTarget| {
        earlier.iter().find(|other| other.step.page.iter().any(|it| covers(it, target, by_itself(other) == Some(at))))
    };
    let shadows: Option<Vec<String>> =
        step.step.page.iter().map(|target| by(target).map(|other| other.when())).collect();
    let mut shadows = shadows?;
    shadows.dedup();
    let message = format!(
        "{} {} pages nobody new: whoever that is was paged {}",
        step.targets(),
        step.when(),
        words::and(shadows)
    );
    let finding = Finding::new(Level::Warning, codes::SHADOWED_STEP, format!("{}/page", step.path()), message);
    Some(finding.help("remove it, or page somebody else"))
}

/// Whether whoever a target finds was surely found by another before: the same people at any time, or the same question
/// at the same time.
fn covers(earlier: &PageTarget, later: &PageTarget, at_once: bool) -> bool {
    match (earlier, later) {
        (PageTarget::Person(_) | PageTarget::Team(_) | PageTarget::Slot(_), _) => earlier == later,
        (PageTarget::Experts(None), PageTarget::Experts(_)) => at_once,
        (PageTarget::RoundRobin(_), _) => false,
        _ => at_once && earlier == later,
    }
}

/// Nothing is raised to the mildest severity.
fn never_raised(step: &Placed<'_>, severities: &[SeverityId]) -> Option<Finding> {
    let raised = step.step.when.as_ref().is_some_and(|when| when.severity.is_some());
    (raised && severities.len() > 1 && severities.last() == Some(step.severity)).then(|| {
        let message = format!("this is never reached: nothing is raised to {}", words::severity(step.severity));
        Finding::new(Level::Warning, codes::STEP_NEVER_REACHED, format!("{}/when", step.path()), message)
            .help("remove it")
    })
}

/// A step that waits for somebody may wait for ever.
fn waits(step: &Placed<'_>, on_empty: OnEmpty) -> Option<Finding> {
    let lasting = |target: &PageTarget| matches!(target, PageTarget::Person(_) | PageTarget::Team(_));
    (on_empty == OnEmpty::WaitUntilSomeone && !step.step.page.iter().any(lasting)).then(|| {
        let message = format!("{} {} waits without bound while it finds nobody", step.targets(), step.when());
        let finding = Finding::new(Level::Note, codes::UNBOUNDED_STEP, step.path(), message);
        finding.help("add a person or a team that is always there")
    })
}
