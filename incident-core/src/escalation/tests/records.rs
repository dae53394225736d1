//! The record and the engine: what entries tell it, and what its actions are in the record.

use super::play::{after, line, policy, start, world};
use crate::incident::event::{Disruption, HelpReason};
use crate::{Escalation, EscalationAction, EscalationInput, Incident, PersonId, SeverityId};

const POLICY: &str = "[escalation.sev1]\nfirst = [{ page = ['on-call:primary'] }, { at = '5m', page = ['next:primary'] }]\nreinforce = [{ when = { help = 'asked' }, page = ['experts'] }, { when = { severity = 'raised' }, page = ['slot:commander'] }]\n[escalation.sev2]\nfirst = [{ page = ['person:cy'] }]";

fn person(name: &str) -> PersonId {
    name.parse().unwrap()
}

fn scale() -> Vec<SeverityId> {
    ["sev1", "sev2"].map(|severity| severity.parse().unwrap()).to_vec()
}

fn declared() -> Incident {
    let id = "019acdef-0000-7000-8000-000000000001".parse().unwrap();
    let ana = person("ana");
    let mut incident = Incident::declare(id, "checkout is down", &ana.at(start())).unwrap();
    incident.report_impact("checkout".parse().unwrap(), Disruption::Partial, None, &ana.at(start())).unwrap();
    incident.override_severity(scale().remove(1), "so far", None, scale(), &ana.at(start())).unwrap();
    incident
}

fn lines(actions: &[EscalationAction]) -> Vec<String> {
    actions.iter().filter_map(line).collect()
}

#[test]
fn an_escalation_begins_as_the_incident_stands() {
    let mut incident = declared();
    let mut escalation = Escalation::start(&incident, &policy(POLICY), start()).unwrap();
    let status = escalation.status();
    assert_eq!((status.severity.unwrap().as_str(), status.areas[0].as_str()), ("sev2", "checkout"));
    assert_eq!(lines(&escalation.drain(&world())), ["+0 cy first/0/0"]);
    // Somebody looks after it already.
    incident.acknowledge(&person("bo").at(after(1))).unwrap();
    let mut escalation = Escalation::start(&incident, &policy(POLICY), after(2)).unwrap();
    assert_eq!(lines(&escalation.drain(&world())), Vec::<String>::new());
    assert_eq!(escalation.status().acknowledged_by, Some(person("bo")));
    // It is over already.
    incident.resolve(None, &person("bo").at(after(3))).unwrap();
    let mut escalation = Escalation::start(&incident, &policy(POLICY), after(4)).unwrap();
    assert_eq!(lines(&escalation.drain(&world())), ["finished"]);
}

#[test]
fn after_a_reopening_pages_have_ids_of_their_own() {
    let mut incident = declared();
    let first = Escalation::start(&incident, &policy(POLICY), start()).unwrap().drain(&world());
    incident.resolve(None, &person("ana").at(after(1))).unwrap();
    incident.reopen("it fails again", &person("ana").at(after(2))).unwrap();
    let second = Escalation::start(&incident, &policy(POLICY), after(2)).unwrap().drain(&world());
    let ids = |actions: &[EscalationAction]| -> Vec<_> {
        actions
            .iter()
            .filter_map(|it| if let EscalationAction::Page(page) = it { Some(page.id) } else { None })
            .collect()
    };
    assert_eq!((ids(&first).len(), ids(&second).len()), (1, 1));
    assert_ne!(ids(&first), ids(&second));
}

#[test]
fn what_is_recorded_is_told_once() {
    let mut incident = declared();
    let mut escalation = Escalation::start(&incident, &policy(POLICY), start()).unwrap();
    let mut told = Vec::new();
    let ana = |minute: i64| person("ana").at(after(minute));
    incident.ask_help(HelpReason::Expertise, Some("ledger".parse().unwrap()), None, &ana(1)).unwrap();
    told.extend(escalation.feed(&incident).unwrap());
    told.extend(escalation.feed(&incident).unwrap());
    incident.override_severity(scale().remove(0), "worse", None, scale(), &ana(2)).unwrap();
    incident.acknowledge(&person("bo").at(after(3))).unwrap();
    incident.note("nothing for an escalation", crate::Visibility::Internal, &ana(4)).unwrap();
    incident.resolve(None, &ana(5)).unwrap();
    told.extend(escalation.feed(&incident).unwrap());
    let expected = [
        EscalationInput::AreaAdded { area: "ledger".parse().unwrap() },
        EscalationInput::HelpAsked { reason: HelpReason::Expertise, by: Some(person("ana")) },
        EscalationInput::SeverityChanged { severity: scale().remove(0), raised: Some(true) },
        EscalationInput::Acknowledged { by: person("bo") },
        EscalationInput::Resolved {},
    ];
    assert_eq!(told, expected);
}

#[test]
fn actions_are_recorded_once() {
    let mut incident = declared();
    let mut escalation = Escalation::start(&incident, &policy(POLICY), start()).unwrap();
    let before = incident.entries().len();
    let stamp = person("pager").at(after(1));
    let actions = escalation.drain(&world());
    for _ in 0..2 {
        for action in &actions {
            let entries = incident.record(action, &stamp).unwrap();
            assert_eq!(entries.len(), 1, "{action:?}");
        }
    }
    let names: Vec<_> = incident.entries().iter().skip(before).map(|entry| entry.event.name()).collect();
    assert_eq!(names, ["escalation_started", "paged"]);
    // What it wrote itself is nothing new to it.
    assert_eq!(escalation.feed(&incident).unwrap(), Vec::new());
}
