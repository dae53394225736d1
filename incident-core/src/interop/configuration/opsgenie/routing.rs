//! Routing rules of a team: the first that fits an alert decides whom it reaches.

use std::collections::{BTreeMap, BTreeSet};

use crate::codes;
use crate::escalation::{EscalationRules, EscalationStep, Otherwise, SeverityTracks, TrackEnd};
use crate::finding::Level;
use crate::id::{SeverityId, TeamId};
use crate::time::{Elapsed, Window, Zone};

use super::super::assemble::ANY;
use super::super::choices::{Choice, settle};
use super::super::detect::Gathered;
use super::super::draft::Draft;
use super::super::losses::unsayable;
use super::super::priorities::{scheme, severity};
use super::super::record::Record;
use super::super::whose::whose;
use super::ROUTING_RULE;
use super::escalation::Escalation;
use super::restriction;
use super::roster::Roster;

/// Priorities, worst first; the third is what an alert has that says none.
const PRIORITIES: [&str; 5] = ["p1", "p2", "p3", "p4", "p5"];

/// Whom a rule notifies.
#[derive(Clone, Debug, Eq, PartialEq)]
enum Notifies {
    Escalation(String),
    Schedule(String),
    Nobody,
}

/// Reads the rules of every team.
pub(super) fn read(
    all: &Gathered<'_>,
    draft: &mut Draft<'_>,
    roster: &Roster,
    escalations: &BTreeMap<String, Escalation>,
) {
    let mut by_team: BTreeMap<String, Vec<&Record<'_>>> = BTreeMap::new();
    for record in all.of(ROUTING_RULE) {
        let said = record.record("_parent").and_then(|team| team.id()).or_else(|| record.scalar("teamId"));
        match said.or_else(|| whose(record, &roster.ids())) {
            Some(team) => by_team.entry(team).or_default().push(record),
            None => {
                let message = "whose rules these are stands nowhere: put the id of the team into the name of the file";
                record.note(draft.notes, Level::Warning, codes::UNKNOWN_REFERENCE, "notify", message);
            }
        }
    }
    for (id, mut rules) in by_team {
        let order = |rule: &&Record<'_>| {
            let last = rule.scalar("isDefault").as_deref() == Some("true");
            (last, rule.scalar("order").and_then(|order| order.parse::<i64>().ok()).unwrap_or_default())
        };
        rules.sort_by_key(order);
        if let Some(team) = draft.team(&id, roster.name(&id)) {
            of_team(draft, &team, roster.name(&id), &rules, escalations);
        }
    }
}

fn of_team(
    draft: &mut Draft<'_>,
    team: &TeamId,
    name: &str,
    records: &[&Record<'_>],
    escalations: &BTreeMap<String, Escalation>,
) {
    if draft.knows_severities(team) {
        return;
    }
    let mut choices: Vec<Choice<(usize, Notifies)>> = Vec::new();
    for (number, record) in records.iter().enumerate() {
        let Ok(severities) = severities(draft, record) else { continue };
        let Some((notifies, rules)) = notified(draft, record, team, escalations) else { continue };
        let within = window(draft, record, team);
        let source = (number, notifies);
        // Two lines that lead to the same are one to whoever asks which line decides.
        let known = choices.iter().find(|choice| choice.source.1 == source.1).map(|choice| choice.source.clone());
        choices.push(Choice { severities, within, rules, source: known.unwrap_or(source) });
    }
    let Some(first) = records.first() else { return };
    let named = choices.iter().any(|choice| choice.severities.is_some());
    let order: Vec<SeverityId> =
        PRIORITIES.iter().filter(|_| named).filter_map(|priority| severity(priority)).collect();
    for (rank, settled) in (0_u32..).zip(settle(&choices, &order)) {
        for (number, _) in &settled.lost {
            let message = "it also holds while the hours of a rule before it do: there that rule decides alone";
            if let Some(record) = records.get(*number) {
                unsayable(draft.notes, record, Level::Warning, "timeRestriction", "hours of a rule", name, message);
            }
        }
        let record = settled.only.as_ref().and_then(|(number, _)| records.get(*number)).unwrap_or(first);
        if settled.rules.otherwise.is_none() {
            let message = "a rule that reaches nobody has no policy here: what it takes gets the policy of the team";
            unsayable(draft.notes, record, Level::Warning, "notify", "nobody", name, message);
            continue;
        }
        let escalation = match &settled.only {
            Some((_, Notifies::Escalation(id))) => escalations.get(id),
            _ => None,
        };
        let policy = match (escalation, &settled.within) {
            (Some(escalation), _) if escalation.owner == *team => escalation.number,
            (Some(escalation), _) => draft.composed(team, record, &escalation.name, settled.rules),
            (None, Some(window)) => {
                let called = record.scalar("name").filter(|_| settled.only.is_some());
                let called = called.unwrap_or_else(|| format!("{name} {window}"));
                draft.composed(team, record, &called, settled.rules)
            }
            (None, None) => draft.composed(team, record, name, settled.rules),
        };
        match &settled.within {
            Some(window) => draft.route_within(policy, rank, window),
            None => draft.main(policy),
        }
    }
    if let Some(assumed) = order.get(2) {
        draft.spread(team, &order);
        draft.document(team).severity = scheme("priority", &order, assumed);
    }
}

/// The rules of what a routing rule notifies.
fn notified(
    draft: &mut Draft<'_>,
    record: &Record<'_>,
    team: &TeamId,
    escalations: &BTreeMap<String, Escalation>,
) -> Option<(Notifies, EscalationRules)> {
    let notify = record.record("notify");
    let kind = notify.as_ref().and_then(|notify| notify.scalar("type")).unwrap_or_default();
    let name = notify.as_ref().and_then(|notify| notify.scalar("name"));
    let id = notify.as_ref().and_then(Record::id);
    let any = SeverityId::new(ANY).ok()?;
    let quiet = SeverityTracks { end: Some(TrackEnd::Quietly), ..SeverityTracks::default() };
    let found = match kind.as_str() {
        "none" | "noone" => {
            let rules = EscalationRules { severities: [(any, quiet)].into(), ..EscalationRules::default() };
            Some((Notifies::Nobody, rules))
        }
        "schedule" => {
            let id = id.or_else(|| draft.declared_as(&name?));
            id.and_then(|id| {
                let page = vec![draft.on_call(team, &id)?];
                let (at, page_first) = (Some(Elapsed::ZERO), page.clone());
                let step =
                    EscalationStep { at, when: None, page: page_first, again: None, within: None, urgency: None };
                let tracks = SeverityTracks { first: vec![step], ..quiet };
                let rules = EscalationRules {
                    otherwise: Some(Otherwise { after: None, page }),
                    severities: [(any, tracks)].into(),
                    ..EscalationRules::default()
                };
                Some((Notifies::Schedule(id), rules))
            })
        }
        _ => {
            let by_name =
                || escalations.iter().find(|(_, it)| Some(&it.name) == name.as_ref()).map(|(id, _)| id.clone());
            id.or_else(by_name)
                .and_then(|id| escalations.get(&id).map(|it| (Notifies::Escalation(id), it.rules.clone())))
        }
    };
    if found.is_none() {
        let message = "whom it notifies is not in the export: the rule is left out";
        record.note(draft.notes, Level::Warning, codes::UNKNOWN_REFERENCE, "notify", message);
    }
    found
}

/// The window of a rule's hours.
fn window(draft: &mut Draft<'_>, record: &Record<'_>, team: &TeamId) -> Option<String> {
    let hours = restriction::read(draft, record);
    if hours.is_empty() {
        return None;
    }
    let zone = record.has("timezone").then(|| record.zone(draft.notes, "timezone")).flatten().unwrap_or_else(|| {
        let message = "its hours are in the zone of the account, which is not in the export: they are read in UTC";
        record.note(draft.notes, Level::Warning, codes::MISSING_FIELD, "timezone", message);
        Zone::UTC
    });
    let wanted = record.scalar("name").unwrap_or_else(|| "hours".to_owned());
    Some(draft.window(team, &wanted, Window::new(zone, hours)))
}

/// The priorities for which a rule holds, all where absent; an error where it asks for something else.
fn severities(draft: &mut Draft<'_>, record: &Record<'_>) -> Result<Option<BTreeSet<SeverityId>>, ()> {
    let Some(criteria) = record.record("criteria") else { return Ok(None) };
    let kind = criteria.scalar("type").unwrap_or_default();
    let conditions = criteria.records(draft.notes, "conditions");
    if kind == "match-all" || conditions.is_empty() {
        return Ok(None);
    }
    let sets: Option<Vec<BTreeSet<usize>>> = conditions.iter().map(priorities).collect();
    let Some(sets) = sets else {
        let called = record.scalar("name").unwrap_or_default();
        let message = "what an alert says is no fact of an incident: the rule is left out, and what it takes gets the \
                       policy of the team";
        unsayable(draft.notes, record, Level::Warning, "criteria", "condition on an alert", called, message);
        return Err(());
    };
    let holds = |at: &usize| {
        let mut each = sets.iter().map(|set| set.contains(at));
        if kind == "match-any-condition" { each.any(|it| it) } else { each.all(|it| it) }
    };
    let ranked = conditions.iter().any(|it| it.scalar("operation").is_some_and(|operation| operation != "equals"));
    if ranked {
        let message = "greater is taken for more urgent: P1 is greater than P2";
        record.note(draft.notes, Level::Note, codes::NOT_EXPRESSIBLE, "criteria", message);
    }
    let all = (0..PRIORITIES.len()).filter(holds).filter_map(|at| severity(PRIORITIES.get(at)?));
    Ok(Some(all.collect()))
}

/// The priorities for which a condition holds; none where it asks for something else.
fn priorities(condition: &Record<'_>) -> Option<BTreeSet<usize>> {
    if condition.scalar("field").as_deref() != Some("priority") {
        return None;
    }
    let expected = condition.scalar("expectedValue")?.to_lowercase();
    let expected = PRIORITIES.iter().position(|priority| *priority == expected)?;
    let not = condition.scalar("not").as_deref() == Some("true");
    let operation = condition.scalar("operation").unwrap_or_else(|| "equals".to_owned());
    let holds = |at: usize| match operation.as_str() {
        "equals" => Some(at == expected),
        "greater-than" => Some(at < expected),
        "less-than" => Some(at > expected),
        _ => None,
    };
    let all: Option<Vec<bool>> = (0..PRIORITIES.len()).map(holds).collect();
    Some(all?.into_iter().enumerate().filter(|(_, holds)| *holds != not).map(|(at, _)| at).collect())
}
