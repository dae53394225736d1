//! Schedules and escalations as Jira Service Management takes them: bodies for its API, or resources of Terraform.

use std::collections::BTreeMap;

use super::super::ConfigurationForm;
use super::super::exceptions::{Cover, covers, span};
use super::super::plan::{Plan, PlannedSchedule, plain};
use super::super::rotation::zone_of;
use super::super::weekly::Stretch;
use super::super::written::{Locals, Written, table, text};
use super::rules::{Recipient, Rule, Rules, escalation};
use super::turns::{Turns, half_hour_after, half_hour_before, rotations};
use super::{TF_ESCALATION, TF_ROTATION, TF_SCHEDULE};
use crate::id::PersonId;

/// Everything of a plan, by the name of the file.
pub(in super::super) fn write(plan: &mut Plan<'_>) -> BTreeMap<String, String> {
    match plan.form {
        ConfigurationForm::Rest => bodies(plan),
        ConfigurationForm::Terraform => [("jsm.tf.json".to_owned(), resources(plan))].into(),
    }
}

/// One body an object, and the overrides of a schedule as the list that they are asked for as.
fn bodies(plan: &mut Plan<'_>) -> BTreeMap<String, String> {
    let mut files = BTreeMap::new();
    for schedule in plan.schedules.clone() {
        let key = schedule.key();
        let mut all = Vec::new();
        for turns in rotations(schedule.document) {
            let participants =
                turns.participants.iter().map(|it| user(it.as_ref().map(|it| Written::of(plan.person(it)))));
            all.push(rotation(&turns, participants.collect(), None));
        }
        let body = table! {
            "name": Written::of(plan.schedule_there(&key).name.unwrap_or_default()),
            "teamId": Written::of(plan.team(schedule.team)),
            "timezone": Written::of(zone_of(schedule.document).name()),
            "enabled": Written::Truth(true),
            "rotations": Written::List(all),
        };
        files.insert(format!("schedules/{}.json", plain(&key)), text(&body));
        if let Some(overrides) = Written::list(overrides(plan, &schedule)) {
            files.insert(format!("overrides/{}.json", plain(&key)), text(&table! { "values": overrides }));
        }
    }
    for at in 0..plan.policies.len() {
        let Some(all) = escalation(plan, at) else { continue };
        let mut rules = Vec::new();
        for rule in &all.rules {
            let id = match &rule.recipient {
                Recipient::OnCall(key) | Recipient::Next(key) => plan.schedule(key),
                Recipient::Person(person) => plan.person(person),
                Recipient::Team(team) => plan.team(team),
            };
            rules.push(written_rule(rule, Written::of(id)));
        }
        files.insert(format!("escalations/{}.json", plain(&all.key)), text(&written(&all, None, rules)));
    }
    files
}

/// All of it as one file of Terraform: resources by our names, people and teams as local values, what exists imported.
fn resources(plan: &mut Plan<'_>) -> String {
    let (mut schedules, mut turns_of, mut escalations) = (BTreeMap::new(), BTreeMap::new(), BTreeMap::new());
    let mut imports = Vec::new();
    let mut import = |address: &str, id: Option<String>| {
        imports.extend(id.map(|id| table! { "to": Written::of(address), "id": Written::of(id) }));
    };
    let mut locals = Locals::default();
    for schedule in plan.schedules.clone() {
        let (key, name) = (schedule.key(), plain(&schedule.key()));
        let address = format!("{TF_SCHEDULE}.{name}");
        let there = plan.schedule_there(&key);
        import(&address, there.id);
        let resource = table! {
            "name": Written::of(there.name.unwrap_or_default()),
            "teamId": locals.refer("teams", schedule.team.as_str(), plan.team(schedule.team)),
            "timezone": Written::of(zone_of(schedule.document).name()),
        };
        schedules.insert(name.clone(), resource.in_snake_case());
        let all = rotations(schedule.document);
        let digits = all.len().to_string().len();
        for (number, turns) in (1_usize..).zip(all) {
            let mut person =
                |it: &Option<PersonId>| it.as_ref().map(|it| locals.refer("people", it.as_str(), plan.person(it)));
            let participants = turns.participants.iter().map(|it| user(person(it))).collect();
            let of = Written::of(format!("${{{address}.id}}"));
            let resource = rotation(&turns, participants, Some(of));
            turns_of.insert(format!("{name}-{number:0digits$}"), resource.in_snake_case());
        }
        plan.stands_at(&key, address);
    }
    for at in 0..plan.policies.len() {
        let Some(all) = escalation(plan, at) else { continue };
        let address = format!("{TF_ESCALATION}.{}", plain(&all.key));
        let team = plan.team(&all.team);
        import(&address, plan.policy_there(&all.key).id.map(|id| format!("{id},{team}")));
        let mut rules = Vec::new();
        for rule in &all.rules {
            let id = match &rule.recipient {
                Recipient::OnCall(key) | Recipient::Next(key) => Written::of(format!("${{{}.id}}", plan.schedule(key))),
                Recipient::Person(person) => locals.refer("people", person.as_str(), plan.person(person)),
                Recipient::Team(team) => locals.refer("teams", team.as_str(), plan.team(team)),
            };
            rules.push(written_rule(rule, id));
        }
        let team = locals.refer("teams", all.team.as_str(), team);
        escalations.insert(plain(&all.key), written(&all, Some(team), rules).in_snake_case());
        plan.policy_stands_at(&all.key, address);
    }
    let some = |all: BTreeMap<String, Written>| (!all.is_empty()).then(|| Written::named(all));
    let kinds = [(TF_SCHEDULE, schedules), (TF_ROTATION, turns_of), (TF_ESCALATION, escalations)];
    let kinds = kinds.into_iter().filter_map(|(kind, all)| Some((kind.to_owned(), some(all)?)));
    text(&table! {
        "terraform": table! {
            "required_providers": table! {
                "atlassian-operations": table! { "source": Written::of("atlassian/atlassian-operations") },
            },
        },
        "locals": locals.written(),
        "import": Written::list(imports),
        "resource": Written::Table(kinds.collect()),
    })
}

/// A person, or nobody, who takes turns or stands in.
fn user(id: Option<Written>) -> Written {
    let kind = if id.is_some() { "user" } else { "noone" };
    table! { "id": id, "type": Written::of(kind) }
}

fn rotation(turns: &Turns, participants: Vec<Written>, of: Option<Written>) -> Written {
    table! {
        "scheduleId": of,
        "name": turns.name.as_ref().map(Written::of),
        "startDate": Written::from(turns.start),
        "endDate": turns.end.map(Written::from),
        "type": Written::of(turns.unit),
        "length": Written::number(turns.length),
        "participants": Written::List(participants),
        "timeRestriction": restriction(&turns.hours),
    }
}

/// Hours of every day, or of days of the week; none where there are no hours.
fn restriction(hours: &[Stretch]) -> Option<Written> {
    const DAYS: [&str; 7] = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];
    const DAY: u32 = 24 * 60;
    let day = |minute: u32| DAYS.iter().cycle().nth((minute / DAY) as usize).map(Written::of);
    let part = |it: &Stretch, daily: bool| {
        let (start, end) = (it.day * DAY + it.start, it.day * DAY + it.start + it.minutes);
        table! {
            "startDay": day(start).filter(|_| !daily),
            "startHour": Written::number(start / 60 % 24),
            "startMin": Written::number(start % 60),
            "endDay": day(end).filter(|_| !daily),
            "endHour": Written::number(end / 60 % 24),
            "endMin": Written::number(end % 60),
        }
    };
    let first = hours.first()?;
    let alike = hours.iter().all(|it| (it.start, it.minutes) == (first.start, first.minutes));
    let daily = alike && hours.len() == 7 && first.minutes < DAY;
    Some(if daily {
        table! { "type": Written::of("time-of-day"), "restriction": part(first, true) }
    } else {
        let parts = hours.iter().map(|it| part(it, false)).collect();
        table! { "type": Written::of("weekday-and-time-of-day"), "restrictions": Written::List(parts) }
    })
}

/// Whoever stands in place of all rotations for a while.
fn overrides(plan: &mut Plan<'_>, schedule: &PlannedSchedule<'_>) -> Vec<Written> {
    let document = schedule.document;
    let nobody = document.overrides.iter().filter(|it| it.temporary.as_ref().is_some_and(Vec::is_empty));
    let nobody = nobody.filter_map(|it| Some((span(it, it.zone.unwrap_or_else(|| zone_of(document)))?, None)));
    // One person alone stands in there.
    let somebody = |Cover { span, people, .. }: Cover| Some((span, Some(people.into_iter().next()?)));
    let somebody = covers(document).into_iter().filter_map(somebody);
    let mut all: Vec<_> = nobody.chain(somebody).collect();
    all.sort_by_key(|(span, _)| span.start);
    let mut one = |(span, who): (crate::Span, Option<PersonId>)| {
        table! {
            "responder": user(who.map(|who| Written::of(plan.person(&who)))),
            "startDate": Written::from(half_hour_before(span.start)),
            "endDate": span.end.map(|end| Written::from(half_hour_after(end))),
        }
    };
    all.into_iter().map(&mut one).collect()
}

fn written(all: &Rules, team: Option<Written>, rules: Vec<Written>) -> Written {
    table! {
        "name": Written::of(&all.name),
        "teamId": team,
        "enabled": Written::Truth(true),
        "rules": Written::List(rules),
        "repeat": all.repeat.map(|(wait, count)| table! {
            "waitInterval": Written::number(wait),
            "count": Written::number(count),
            "resetRecipientStates": Written::Truth(false),
            "closeAlertAfterAll": Written::Truth(false),
        }),
    }
}

fn written_rule(rule: &Rule, id: Written) -> Written {
    let (kind, notify) = match rule.recipient {
        Recipient::OnCall(_) => ("schedule", "default"),
        Recipient::Next(_) => ("schedule", "next"),
        Recipient::Person(_) => ("user", "default"),
        Recipient::Team(_) => ("team", "all"),
    };
    table! {
        "condition": Written::of(if rule.until_closed { "if-not-closed" } else { "if-not-acked" }),
        "notifyType": Written::of(notify),
        "delay": Written::number(rule.minutes),
        "recipient": table! { "id": id, "type": Written::of(kind) },
    }
}
