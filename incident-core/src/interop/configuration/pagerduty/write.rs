//! Schedules and policies as PagerDuty takes them: bodies for its API, or resources of Terraform.

use std::collections::BTreeMap;

use super::super::ConfigurationForm;
use super::super::exceptions::{Cover, covers};
use super::super::plan::{Asked, Plan, PlannedSchedule, plain};
use super::super::rotation::zone_of;
use super::super::written::{Locals, Written, table, text};
use super::shifts::{Layer, Restriction, layers};
use crate::id::{PersonId, TeamId};
use crate::oncall::ScheduleDocument;

/// Everything of a plan, by the name of the file.
pub(in super::super) fn write(plan: &mut Plan<'_>) -> BTreeMap<String, String> {
    match plan.form {
        ConfigurationForm::Rest => bodies(plan),
        ConfigurationForm::Terraform => [("pagerduty.tf.json".to_owned(), resources(plan))].into(),
    }
}

/// One body an object: `POST` where it is new, `PUT` to its id where the side file has one.
fn bodies(plan: &mut Plan<'_>) -> BTreeMap<String, String> {
    let mut files = BTreeMap::new();
    for schedule in plan.schedules.clone() {
        let key = schedule.key();
        let mut all = Vec::new();
        for layer in layers(schedule.document) {
            let users = layer.members.iter().map(|person| table! { "user": user(plan, person) }).collect();
            all.push(body(&layer, "restrictions", users));
        }
        let body = table! { "schedule": table! {
            "type": Written::of("schedule"),
            "name": Written::of(plan.schedule_there(&key).name.unwrap_or_default()),
            "time_zone": Written::of(zone_name(schedule.document)),
            "teams": team(plan, schedule.team),
            "schedule_layers": Written::List(all),
        } };
        files.insert(format!("schedules/{}.json", plain(&key)), text(&body));
        if let Some(overrides) = Written::list(overrides(plan, &schedule)) {
            files.insert(format!("overrides/{}.json", plain(&key)), text(&table! { "overrides": overrides }));
        }
    }
    for at in 0..plan.policies.len() {
        let Some(policy) = policy(plan, at) else { continue };
        let rule = |rule: Rule| {
            let targets =
                rule.targets.into_iter().map(|it| table! { "id": Written::of(it.id), "type": Written::of(it.kind) });
            table! {
                "escalation_delay_in_minutes": Written::number(rule.minutes),
                "escalation_rule_assignment_strategy": rule.in_turn.then(in_turn),
                "targets": Written::List(targets.collect()),
            }
        };
        let rules = policy.rules.into_iter().map(rule).collect();
        let body = table! { "escalation_policy": table! {
            "type": Written::of("escalation_policy"),
            "name": Written::of(policy.name),
            "teams": team(plan, &policy.team),
            "num_loops": Written::number(policy.loops),
            "escalation_rules": Written::List(rules),
        } };
        files.insert(format!("escalation_policies/{}.json", plain(&policy.key)), text(&body));
    }
    files
}

fn user(plan: &mut Plan<'_>, person: &PersonId) -> Written {
    table! { "id": Written::of(plan.person(person)), "type": Written::of("user_reference") }
}

fn team(plan: &mut Plan<'_>, team: &TeamId) -> Written {
    Written::List(vec![table! { "id": Written::of(plan.team(team)), "type": Written::of("team_reference") }])
}

fn in_turn() -> Written {
    table! { "type": Written::of("round_robin") }
}

/// The name of a zone as it is taken there: Terraform's provider refuses `UTC`.
fn zone_name(document: &ScheduleDocument) -> &'static str {
    match zone_of(document).name() {
        "UTC" => "Etc/UTC",
        name => name,
    }
}

fn overrides(plan: &mut Plan<'_>, schedule: &PlannedSchedule<'_>) -> Vec<Written> {
    let one = |Cover { span, people, .. }: Cover| {
        // One person alone is on call there.
        let user = user(plan, people.first()?);
        Some(table! { "start": Written::from(span.start), "end": span.end.map(Written::from), "user": user })
    };
    covers(schedule.document).into_iter().filter_map(one).collect()
}

/// A layer; its restrictions have another name in Terraform.
fn body(layer: &Layer, restrictions: &str, users: Vec<Written>) -> Written {
    let all = || Written::list(layer.restrictions.iter().map(restriction).collect());
    table! {
        "name": layer.name.as_ref().map(Written::of),
        "start": Written::from(layer.start),
        "end": layer.end.map(Written::from),
        "rotation_virtual_start": Written::from(layer.anchor),
        "rotation_turn_length_seconds": Written::number(layer.seconds),
        "users": Written::List(users),
        "restrictions": (restrictions == "restrictions").then(all).flatten(),
        "restriction": (restrictions == "restriction").then(all).flatten(),
    }
}

fn restriction(it: &Restriction) -> Written {
    let clock = format!("{:02}:{:02}:00", it.start / 60 % 24, it.start % 60);
    table! {
        "type": Written::of(if it.day.is_some() { "weekly_restriction" } else { "daily_restriction" }),
        "start_day_of_week": it.day.map(|day| Written::number(day + 1)),
        "start_time_of_day": Written::of(clock),
        "duration_seconds": Written::number(it.minutes.saturating_mul(60)),
    }
}

/// A policy as both forms have it.
struct Policy {
    key: String,
    name: String,
    team: TeamId,
    loops: u32,
    rules: Vec<Rule>,
}

struct Rule {
    minutes: i64,
    in_turn: bool,
    targets: Vec<Target>,
}

struct Target {
    ours: String,
    id: String,
    kind: &'static str,
}

/// PagerDuty takes at most so many targets a level, and so many loops.
const MOST_TARGETS: usize = 10;
const MOST_LOOPS: u32 = 9;

/// A policy of the plan; none where no level of it pages anybody there.
fn policy(plan: &mut Plan<'_>, at: usize) -> Option<Policy> {
    let planned = plan.policies.get(at)?;
    let (key, team, loops) = (planned.key.clone(), planned.team.clone(), planned.ladder.times_more);
    let mut rules = Vec::new();
    for (asked, wait) in plan.levels(planned) {
        let in_turn = matches!(asked.as_slice(), [Asked::InTurn(_)]);
        let mut targets: Vec<_> = asked.into_iter().flat_map(|asked| targets(plan, asked)).collect();
        targets.truncate(MOST_TARGETS);
        let minutes = wait.as_micros().div_euclid(60_000_000) + i64::from(wait.as_micros() % 60_000_000 > 0);
        rules.push(Rule { minutes: minutes.max(1), in_turn, targets });
    }
    let name = plan.policy_there(&key).name.unwrap_or_default();
    (!rules.is_empty()).then(|| Policy { key, name, team, loops: loops.min(MOST_LOOPS), rules })
}

fn targets(plan: &mut Plan<'_>, asked: Asked) -> Vec<Target> {
    let people = match asked {
        Asked::OnCall(key) => {
            return vec![Target { id: plan.schedule(&key), ours: key, kind: "schedule_reference" }];
        }
        Asked::Person(person) => vec![person],
        Asked::InTurn(people) => people,
    };
    let target = |it: &PersonId| Target { id: plan.person(it), ours: it.to_string(), kind: "user_reference" };
    people.iter().map(target).collect()
}

/// All of it as one file of Terraform: resources by our names, people and teams as local values, what exists imported.
fn resources(plan: &mut Plan<'_>) -> String {
    let (mut schedules, mut policies, mut imports) = (BTreeMap::new(), BTreeMap::new(), Vec::new());
    let mut import = |address: &str, id: Option<String>| {
        imports.extend(id.map(|id| table! { "to": Written::of(address), "id": Written::of(id) }));
    };
    let mut locals = Locals::default();
    for schedule in plan.schedules.clone() {
        let (key, name) = (schedule.key(), plain(&schedule.key()));
        let address = format!("pagerduty_schedule.{name}");
        let there = plan.schedule_there(&key);
        import(&address, there.id);
        let mut all = Vec::new();
        for layer in layers(schedule.document) {
            let users = layer.members.iter().map(|it| locals.refer("people", it.as_str(), plan.person(it))).collect();
            all.push(body(&layer, "restriction", users));
        }
        let resource = table! {
            "name": Written::of(there.name.unwrap_or_default()),
            "time_zone": Written::of(zone_name(schedule.document)),
            "teams": Written::List(vec![locals.refer("teams", schedule.team.as_str(), plan.team(schedule.team))]),
            "layer": Written::List(all),
        };
        schedules.insert(name, resource);
        plan.stands_at(&key, address);
    }
    for at in 0..plan.policies.len() {
        let Some(policy) = policy(plan, at) else { continue };
        let address = format!("pagerduty_escalation_policy.{}", plain(&policy.key));
        import(&address, plan.policy_there(&policy.key).id);
        let mut rules = Vec::new();
        for rule in policy.rules {
            let target = |Target { ours, id, kind }: Target| {
                let id = match kind {
                    "schedule_reference" => Written::of(format!("${{{id}.id}}")),
                    _ => locals.refer("people", &ours, id),
                };
                table! { "type": Written::of(kind), "id": id }
            };
            let targets = rule.targets.into_iter().map(target).collect();
            rules.push(table! {
                "escalation_delay_in_minutes": Written::number(rule.minutes),
                "escalation_rule_assignment_strategy": rule.in_turn.then(|| Written::List(vec![in_turn()])),
                "target": Written::List(targets),
            });
        }
        let resource = table! {
            "name": Written::of(policy.name),
            "teams": Written::List(vec![locals.refer("teams", policy.team.as_str(), plan.team(&policy.team))]),
            "num_loops": Written::number(policy.loops),
            "rule": Written::List(rules),
        };
        policies.insert(plain(&policy.key), resource);
        plan.policy_stands_at(&policy.key, address);
    }
    let some = |all: BTreeMap<String, Written>| (!all.is_empty()).then(|| Written::named(all));
    text(&table! {
        "terraform": table! {
            "required_providers": table! { "pagerduty": table! { "source": Written::of("PagerDuty/pagerduty") } },
        },
        "locals": locals.written(),
        "import": Written::list(imports),
        "resource": table! {
            "pagerduty_schedule": some(schedules),
            "pagerduty_escalation_policy": some(policies),
        },
    })
}
