//! Schedules and policies as GoAlert takes them: requests for its GraphQL API.

use std::collections::BTreeMap;

use crate::finding::{Finding, Level};
use crate::oncall::ScheduleDocument;
use crate::time::{Span, TurnUnit, Zone};
use crate::{PersonId, codes};

use super::super::exceptions::span;
use super::super::names::Names;
use super::super::plan::{Asked, Plan, PlannedSchedule, plain};
use super::super::rotation::zone_of;
use super::super::written::{Written, table, text};
use super::plan::{Rule, Target, Who, targets};

/// At most so many steps' minutes, and so many rounds.
const MOST_MINUTES: i64 = 9000;
const MOST_ROUNDS: u32 = 5;

/// Everything of a plan, by the name of the file: one request an object, schedules with their rotations.
pub(in super::super) fn write(plan: &mut Plan<'_>) -> BTreeMap<String, String> {
    let mut files = BTreeMap::new();
    let mut names = Names::default();
    for schedule in plan.schedules.clone() {
        let file = plain(&schedule.key());
        let there = plan.schedule_there(&schedule.key());
        let called = there.name.unwrap_or_default();
        let mut written = Vec::new();
        for target in targets(schedule.document) {
            written.push(self::target(plan, &schedule, &target, &called, &mut names));
        }
        let input = table! {
            "name": Written::of(&called),
            "timeZone": Written::of(zone_of(schedule.document).name()),
            "targets": Written::List(written),
            "newUserOverrides": Written::list(overrides(plan, schedule.document)),
        };
        files.insert(
            format!("schedules/{file}.json"),
            request("createSchedule", "CreateScheduleInput", "{ id }", input),
        );
        let id = there.id.unwrap_or_else(|| format!("<{file}>"));
        for (number, input) in (1..).zip(temporary(plan, schedule.document, &id)) {
            let body = request("setTemporarySchedule", "SetTemporaryScheduleInput", "", input);
            files.insert(format!("temporary_schedules/{file}-{number}.json"), body);
        }
    }
    for at in 0..plan.policies.len() {
        if let Some((file, input)) = policy(plan, at) {
            let body = request("createEscalationPolicy", "CreateEscalationPolicyInput", "{ id }", input);
            files.insert(format!("escalation_policies/{file}.json"), body);
        }
    }
    files
}

/// A request: a query with its variables.
fn request(mutation: &str, input_type: &str, answer: &str, input: Written) -> String {
    let query =
        format!("mutation($input: {input_type}!) {{ {mutation}(input: $input) {answer} }}").replace("  }", " }");
    text(&table! { "query": Written::of(query), "variables": table! { "input": input } })
}

fn target(
    plan: &mut Plan<'_>,
    schedule: &PlannedSchedule<'_>,
    target: &Target,
    called: &str,
    names: &mut Names,
) -> Written {
    let rules = Written::List(target.rules.iter().map(rule).collect());
    match &target.who {
        Who::User(user) => table! {
            "target": table! { "id": Written::of(plan.person(user)), "type": Written::of("user") },
            "rules": rules,
        },
        Who::Turns { name, zone, start, turn, users } => {
            let kind = match turn.unit() {
                TurnUnit::Hours => "hourly",
                TurnUnit::Days => "daily",
                TurnUnit::Weeks => "weekly",
                TurnUnit::Months => "monthly",
            };
            let name = names.take(&format!("{called} {name}"));
            let message = format!(
                "GoAlert begins the rotation `{name}` with the first of its users whenever it is made: set `activeUserIndex` to \
                 whoever is to serve then"
            );
            let finding = Finding::new(Level::Warning, codes::NOT_EXPRESSIBLE, "", message);
            plan.findings.push(finding.fact("team", schedule.team).fact("object", &name));
            table! {
                "newRotation": table! {
                    "name": Written::of(name),
                    "timeZone": Written::of(zone.name()),
                    "start": Written::from(*start),
                    "type": Written::of(kind),
                    "shiftLength": Written::number(i64::from(turn.count())),
                    "userIDs": Written::List(users.iter().map(|user| Written::of(plan.person(user))).collect()),
                },
                "rules": rules,
            }
        }
    }
}

/// A rule; its days begin with Sunday.
fn rule(rule: &Rule) -> Written {
    let clock = |minute: u32| format!("{:02}:{:02}", minute / 60, minute % 60);
    let days = [6, 0, 1, 2, 3, 4, 5].map(|day| Written::Truth(rule.days.contains(&day)));
    table! {
        "start": Written::of(clock(rule.start)),
        "end": Written::of(clock(rule.end)),
        "weekdayFilter": Written::List(days.into()),
    }
}

/// Overrides of single users.
fn overrides(plan: &mut Plan<'_>, document: &ScheduleDocument) -> Vec<Written> {
    let mut all = Vec::new();
    for it in &document.overrides {
        let Some(Span { start, end }) = span(it, zone(document, it.zone)) else { continue };
        let replaced = it.replace.iter().map(|whom| (it.with.as_ref(), Some(whom)));
        let added = it.add.iter().flatten().map(|person| (Some(person), None));
        let removed = it.remove.iter().flatten().map(|person| (None, Some(person)));
        for (add, remove) in replaced.chain(added).chain(removed) {
            let mut user = |person: Option<&PersonId>| person.map(|person| Written::of(plan.person(person)));
            let (add, remove) = (user(add), user(remove));
            all.push(table! {
                "start": Written::from(start),
                "end": end.map(Written::from),
                "addUserID": add,
                "removeUserID": remove,
            });
        }
    }
    all
}

/// Temporary schedules, and covers as such.
fn temporary(plan: &mut Plan<'_>, document: &ScheduleDocument, id: &str) -> Vec<Written> {
    let mut all = Vec::new();
    for it in &document.overrides {
        let Some(people) = it.temporary.as_ref().or(it.cover.as_ref()) else { continue };
        let Some(Span { start, end }) = span(it, zone(document, it.zone)) else { continue };
        let shift = |person: &PersonId| {
            let user = Written::of(plan.person(person));
            table! { "userID": user, "start": Written::from(start), "end": end.map(Written::from) }
        };
        let shifts = people.iter().map(shift).collect();
        all.push(table! {
            "scheduleID": Written::of(id),
            "start": Written::from(start),
            "end": end.map(Written::from),
            "shifts": Written::List(shifts),
        });
    }
    all
}

fn zone(document: &ScheduleDocument, said: Option<Zone>) -> Zone {
    said.unwrap_or_else(|| zone_of(document))
}

/// A policy of the plan with the name of its file; none where no level of it pages anybody there.
fn policy(plan: &mut Plan<'_>, at: usize) -> Option<(String, Written)> {
    let planned = plan.policies.get(at)?;
    let (key, rounds) = (planned.key.clone(), planned.ladder.times_more);
    let mut steps = Vec::new();
    for (asked, wait) in plan.levels(planned) {
        let actions = asked.into_iter().flat_map(|asked| actions(plan, asked)).collect();
        let minutes = wait.as_micros().div_euclid(60_000_000) + i64::from(wait.as_micros() % 60_000_000 > 0);
        steps.push(table! {
            "delayMinutes": Written::number(minutes.clamp(1, MOST_MINUTES)),
            "actions": Written::List(actions),
        });
    }
    let some = !steps.is_empty();
    let name = plan.policy_there(&key).name.unwrap_or_default();
    let input = table! {
        "name": Written::of(name),
        "repeat": Written::number(rounds.min(MOST_ROUNDS)),
        "steps": Written::List(steps),
    };
    some.then(|| (plain(&key), input))
}

fn actions(plan: &mut Plan<'_>, asked: Asked) -> Vec<Written> {
    let action = |kind: &str, member: &str, id: String| {
        let args = Written::Table(vec![(member.to_owned(), Written::of(id))]);
        table! { "type": Written::of(kind), "args": args }
    };
    let people = match asked {
        Asked::OnCall(key) => return vec![action("builtin-schedule", "schedule_id", plan.schedule(&key))],
        Asked::Person(person) => vec![person],
        Asked::InTurn(people) => people,
    };
    people.iter().map(|person| action("builtin-user", "user_id", plan.person(person))).collect()
}
