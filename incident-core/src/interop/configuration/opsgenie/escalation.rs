//! An escalation: rules, each with a condition, a delay from the start, and one recipient.

use std::collections::BTreeMap;

use crate::codes;
use crate::escalation::{
    EscalationRules, EscalationStep, OnEmpty, Otherwise, PageAgain, PageTarget, SeverityTracks, TrackEnd,
};
use crate::finding::Level;
use crate::id::{SeverityId, TeamId};
use crate::time::Elapsed;

use super::super::ConfigurationTool;
use super::super::assemble::ANY;
use super::super::detect::Gathered;
use super::super::draft::{Draft, PolicyNumber, owned};
use super::super::losses::unsayable;
use super::super::names::first_slug;
use super::super::record::Record;
use super::super::terraform::referred;
use super::super::whose::whose;
use super::roster::{Among, Roster, owner, person};
use super::{ESCALATION, TF_ESCALATION};

/// An escalation that was handed over.
#[derive(Clone, Debug)]
pub(super) struct Escalation {
    pub(super) owner: TeamId,
    pub(super) number: PolicyNumber,
    pub(super) name: String,
    pub(super) rules: EscalationRules,
}

/// Hands over every escalation; by id there.
pub(super) fn read_all(all: &Gathered<'_>, draft: &mut Draft<'_>, roster: &Roster) -> BTreeMap<String, Escalation> {
    let mut read = BTreeMap::new();
    for record in all.either(&[ESCALATION, TF_ESCALATION]) {
        let name = record.text(draft.notes, "name").or_else(|| record.id()).unwrap_or_default();
        let whose = || (draft.tool == ConfigurationTool::Jsm).then(|| whose(record, &roster.ids())).flatten();
        let team = whose();
        let said = owner(draft, roster, record).or_else(|| draft.team_met(&team?));
        // A body has its team in its address alone: the side file knows it.
        let known =
            draft.known_policy(record.id().as_deref(), &name).and_then(|(key, _)| owned(key)).map(|(team, _)| team);
        let Some(owner) = said.or(known).or_else(|| draft.nobodys()) else { continue };
        let Some(rules) = rules(draft, record, roster, &owner, &name) else {
            let message = format!("the escalation `{name}` has no rule that can be read, and is left out");
            record.note(draft.notes, Level::Warning, codes::MISSING_FIELD, "rules", message);
            continue;
        };
        let number = draft.policy(&owner, record, &name, rules.clone());
        if let Some(id) = record.id() {
            read.insert(id, Escalation { owner, number, name, rules });
        }
    }
    read
}

fn rules(
    draft: &mut Draft<'_>,
    record: &Record<'_>,
    roster: &Roster,
    owner: &TeamId,
    name: &str,
) -> Option<EscalationRules> {
    let mut steps: Vec<(bool, EscalationStep)> = Vec::new();
    for rule in record.records(draft.notes, "rules") {
        let Some(target) = recipient(draft, &rule, roster, owner, name) else { continue };
        let at = Some(delay(draft, &rule));
        let closed = rule.scalar("condition").as_deref() == Some("if-not-closed");
        let alike = steps.iter_mut().find(|(its, step)| *its == closed && step.at == at);
        match alike {
            Some((_, step)) if step.page.contains(&target) => {}
            Some((_, step)) => step.page.push(target),
            None => {
                let step =
                    EscalationStep { at, when: None, page: vec![target], again: None, within: None, urgency: None };
                steps.push((closed, step));
            }
        }
    }
    steps.sort_by_key(|(_, step)| step.at);
    let last = steps.last().map(|(_, step)| step.clone())?;
    let again = again(draft, record, last.at.unwrap_or_default(), name);
    let mut tracks = SeverityTracks { end: Some(TrackEnd::Quietly), ..SeverityTracks::default() };
    for (closed, step) in steps {
        let track = if closed { &mut tracks.authority } else { &mut tracks.first };
        track.push(EscalationStep { again, ..step });
    }
    let message = format!(
        "{} does nothing after its last rule, nor when a rule finds nobody: `otherwise`, which every policy has, names \
         the last rule here, and `end = \"quietly\"` keeps it silent; a step that finds nobody brings the next at once",
        draft.tool.label()
    );
    unsayable(draft.notes, record, Level::Note, "", "otherwise", name, message);
    Some(EscalationRules {
        otherwise: Some(Otherwise { after: None, page: last.page }),
        acknowledged_for: None,
        on_empty: OnEmpty::Skip,
        severities: [(SeverityId::new(ANY).ok()?, tracks)].into(),
    })
}

/// How long after the start a rule acts. Jira says minutes, Opsgenie an amount of a unit.
fn delay(draft: &mut Draft<'_>, rule: &Record<'_>) -> Elapsed {
    let (amount, unit) = match rule.record("delay") {
        Some(delay) => (delay.whole(draft.notes, "timeAmount"), delay.scalar("timeUnit")),
        None if rule.has("delay") => (rule.whole(draft.notes, "delay"), None),
        None => (None, None),
    };
    let minutes = match unit.as_deref() {
        Some("hours") => 60,
        Some("days") => 24 * 60,
        Some("weeks") => 7 * 24 * 60,
        Some("months") => 30 * 24 * 60,
        _ => 1,
    };
    Elapsed::minutes(amount.unwrap_or_default().clamp(0, 1_000_000).saturating_mul(minutes))
}

/// How often all rules act again: some time after the last one, and never where that is no time.
fn again(draft: &mut Draft<'_>, record: &Record<'_>, last: Elapsed, name: &str) -> Option<PageAgain> {
    let repeat = record.record("repeat")?;
    let wait = repeat.whole(draft.notes, "waitInterval").unwrap_or_default().clamp(0, 1_000_000);
    let count = repeat.whole(draft.notes, "count").unwrap_or_default().clamp(0, 100);
    if repeat.scalar("closeAlertAfterAll").as_deref() == Some("true") {
        let message = "nothing here closes an incident because nobody answered";
        unsayable(draft.notes, &repeat, Level::Warning, "closeAlertAfterAll", "close after all", name, message);
    }
    if count > 0 && repeat.scalar("resetRecipientStates").as_deref() == Some("true") {
        let message = "an acknowledgement is not taken back when steps page again";
        unsayable(draft.notes, &repeat, Level::Warning, "resetRecipientStates", "reset of states", name, message);
    }
    let every = Elapsed::from_micros(last.as_micros().saturating_add(Elapsed::minutes(wait).as_micros()));
    let times = u32::try_from(count).unwrap_or_default();
    (times > 0 && wait > 0).then_some(PageAgain { every, times })
}

/// Whom a rule notifies.
fn recipient(
    draft: &mut Draft<'_>,
    rule: &Record<'_>,
    roster: &Roster,
    owner: &TeamId,
    name: &str,
) -> Option<PageTarget> {
    let notify = rule.scalar("notifyType").unwrap_or_else(|| "default".to_owned());
    let recipient = rule.record("recipient");
    let kind = recipient.as_ref().and_then(|recipient| recipient.scalar("type")).unwrap_or_default();
    let id = recipient.as_ref().and_then(Record::id).map(|id| referred(&id, draft.locals));
    let found = match (kind.as_str(), recipient.as_ref()) {
        ("schedule", Some(recipient)) => {
            let id = id.or_else(|| draft.declared_as(&recipient.scalar("name")?));
            let on_call = id.and_then(|id| draft.on_call(owner, &id));
            match (on_call, notify.as_str()) {
                (Some(PageTarget::OnCall(schedule)), "next") => Some(PageTarget::Next(schedule)),
                (on_call @ Some(_), "previous") => {
                    let message = "the person of the turn before cannot be named: it pages those on call";
                    unsayable(draft.notes, rule, Level::Warning, "notifyType", "previous on call", name, message);
                    on_call
                }
                (on_call, _) => on_call,
            }
        }
        ("team", Some(recipient)) => {
            let id = id.or_else(|| roster.referred(recipient));
            match (id, notify.as_str()) {
                (Some(id), "admins") => roster.target(draft, owner, &id, Among::Admins),
                (Some(id), "users") => roster.target(draft, owner, &id, Among::Others),
                (Some(id), "random") => {
                    let message = "somebody at random is here the next in turn";
                    unsayable(draft.notes, rule, Level::Note, "notifyType", "random member", name, message);
                    let wanted = first_slug([format!("{} in turn", roster.name(&id)).as_str()], "in-turn");
                    let people = roster.members(&id, Among::All);
                    let some = !people.is_empty();
                    some.then(|| draft.group(owner, &wanted, people)).flatten().map(PageTarget::RoundRobin)
                }
                (Some(id), how) => {
                    if how != "all" {
                        let message =
                            "a team is reached by its own routing rules there: here all of its members are paged";
                        unsayable(draft.notes, rule, Level::Warning, "recipient", "team by its rules", name, message);
                    }
                    roster.target(draft, owner, &id, Among::All)
                }
                (None, _) => None,
            }
        }
        ("user" | "", Some(recipient)) => person(draft, recipient).map(PageTarget::Person),
        _ => None,
    };
    if found.is_none() {
        let message = "whom it notifies is not in the export: the rule is left out";
        rule.note(draft.notes, Level::Warning, codes::UNKNOWN_REFERENCE, "recipient", message);
    }
    found
}
