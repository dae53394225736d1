//! Schedules and chains as Grafana OnCall takes them: bodies for its API, or resources of Terraform.

use std::collections::BTreeMap;

use crate::id::{PersonId, TeamId};
use crate::incident::event::Urgency;
use crate::time::{Elapsed, Zone};

use super::super::ConfigurationForm;
use super::super::names::Names;
use super::super::plan::{Asked, Plan, PlannedSchedule, plain};
use super::super::rotation::zone_of;
use super::super::written::{Locals, Written, table, text};
use super::events::{Event, events};
use super::shift::DAYS;

/// Everything of a plan, by the name of the file.
pub(in super::super) fn write(plan: &mut Plan<'_>) -> BTreeMap<String, String> {
    let all = objects(plan);
    match plan.form {
        ConfigurationForm::Rest => bodies(plan, all),
        ConfigurationForm::Terraform => [("grafana.tf.json".to_owned(), resources(plan, all))].into(),
    }
}

/// What is to be there: schedules with their shifts, and chains with their steps.
struct Objects<'a> {
    schedules: Vec<(PlannedSchedule<'a>, Vec<Event>)>,
    chains: Vec<Chain>,
}

struct Chain {
    key: String,
    team: TeamId,
    name: String,
    steps: Vec<Step>,
}

enum Step {
    Wait(i64),
    OnCall(String, bool),
    Persons(Vec<PersonId>, bool),
    InTurn(Vec<PersonId>, bool),
    Repeat,
}

/// A step waits a minute at least and a day at most.
const LEAST_WAIT: i64 = 60;
const MOST_WAIT: i64 = 86_400;

fn objects<'a>(plan: &Plan<'a>) -> Objects<'a> {
    let mut names = Names::default();
    let mut schedules = Vec::new();
    for schedule in &plan.schedules {
        let called = plan.schedule_there(&schedule.key()).name.unwrap_or_default();
        // The names of all shifts differ.
        let named = |event: Event| Event { name: names.take(&format!("{called} {}", event.name)), ..event };
        schedules.push((*schedule, events(schedule.document).into_iter().map(named).collect()));
    }
    let chains = (0..plan.policies.len()).filter_map(|at| chain(plan, at)).collect();
    Objects { schedules, chains }
}

/// A policy of the plan as a chain; none where no level of it pages anybody there.
fn chain(plan: &Plan<'_>, at: usize) -> Option<Chain> {
    let planned = plan.policies.get(at)?;
    let nobody = |page: &&super::super::ladder::Level| plan.asked(&planned.team, &page.page).is_empty();
    let before = planned.ladder.levels.iter().take_while(nobody);
    let before = before.fold(Elapsed::ZERO, |sum, level| super::super::ladder::plus(sum, level.wait));
    let mut steps = Vec::new();
    wait(&mut steps, before);
    let levels = plan.urgent_levels(planned);
    for (asked, time, urgency) in &levels {
        let important = *urgency == Some(Urgency::High);
        for asked in asked {
            match (asked, steps.last_mut()) {
                (Asked::Person(person), Some(Step::Persons(people, _))) => people.push(person.clone()),
                (Asked::Person(person), _) => steps.push(Step::Persons(vec![person.clone()], important)),
                (Asked::OnCall(schedule), _) => steps.push(Step::OnCall(schedule.clone(), important)),
                (Asked::InTurn(people), _) => steps.push(Step::InTurn(people.clone(), important)),
            }
        }
        wait(&mut steps, *time);
    }
    if planned.ladder.times_more > 0 {
        steps.push(Step::Repeat);
    }
    let name = plan.policy_there(&planned.key).name.unwrap_or_default();
    (!levels.is_empty()).then(|| Chain { key: planned.key.clone(), team: planned.team.clone(), name, steps })
}

fn wait(steps: &mut Vec<Step>, time: Elapsed) {
    let mut left = time.as_micros().div_euclid(1_000_000);
    while left > 0 {
        let now = left.min(MOST_WAIT);
        steps.push(Step::Wait(now.max(LEAST_WAIT)));
        left -= now;
    }
}

/// The id of somebody: itself, or a local value in Terraform.
type Refer<'a> = dyn FnMut(&mut Plan<'_>, &PersonId) -> Written + 'a;

/// A shift, with the id of its team.
fn shift(plan: &mut Plan<'_>, event: &Event, team: Written, refer: &mut Refer<'_>) -> Written {
    let group = |plan: &mut Plan<'_>, refer: &mut Refer<'_>, group: &[PersonId]| {
        Written::List(group.iter().map(|person| refer(plan, person)).collect())
    };
    let rolls = event.rule.is_some() && event.groups.len() > 1;
    let rolling: Vec<_> =
        if rolls { event.groups.iter().map(|it| group(plan, refer, it)).collect() } else { Vec::new() };
    let users = (!rolls).then(|| group(plan, refer, event.groups.first().map_or(&[], Vec::as_slice)));
    let rule = event.rule.as_ref();
    let kind = match rule {
        Some(_) if rolls => "rolling_users",
        Some(_) => "recurrent_event",
        None => "single_event",
    };
    let days = rule.map(|rule| {
        Written::list(rule.by_day.iter().filter_map(|day| DAYS.get(*day as usize)).map(Written::of).collect())
    });
    let month_days =
        rule.map(|rule| Written::list(rule.by_month_day.iter().map(|day| Written::number(i64::from(*day))).collect()));
    let weekly = rule.is_some_and(|rule| rule.frequency == "weekly");
    let own = chrono::Datelike::weekday(&event.start).num_days_from_monday();
    let week_start = rule.and_then(|rule| rule.week_start).unwrap_or(own);
    table! {
        "name": Written::of(&event.name),
        "team_id": team,
        "type": Written::of(kind),
        "time_zone": Written::of(event.zone.name()),
        "level": Written::number(event.level),
        "start": Written::of(event.start.format("%Y-%m-%dT%H:%M:%S")),
        "duration": Written::number(event.length.as_micros().div_euclid(1_000_000)),
        "frequency": rule.map(|rule| Written::of(rule.frequency)),
        "interval": rule.map(|rule| Written::number(i64::from(rule.interval))),
        "week_start": DAYS.get(week_start as usize).filter(|_| weekly).map(Written::of),
        "by_day": days.flatten(),
        "by_monthday": month_days.flatten(),
        "until": event.until.map(|until| Written::of(Zone::UTC.local(until).format("%Y-%m-%dT%H:%M:%S"))),
        "users": users,
        "rolling_users": Written::list(rolling),
        "start_rotation_from_user_index": rolls.then(|| Written::number(event.first_group)),
    }
}

/// A step, in a chain and at a position.
fn step(plan: &mut Plan<'_>, step: &Step, chain: &str, position: usize, refer: &mut Refer<'_>) -> Written {
    let (kind, important) = match step {
        Step::Wait(_) => ("wait", None),
        Step::OnCall(_, important) => ("notify_on_call_from_schedule", Some(*important)),
        Step::Persons(_, important) => ("notify_persons", Some(*important)),
        Step::InTurn(_, important) => ("notify_person_next_each_time", Some(*important)),
        Step::Repeat => ("repeat_escalation", None),
    };
    let mut list = |plan: &mut Plan<'_>, people: &[PersonId]| {
        Written::List(people.iter().map(|person| refer(plan, person)).collect())
    };
    let (mut duration, mut persons, mut in_turn, mut schedule) = (None, None, None, None);
    match step {
        Step::Wait(seconds) => duration = Some(Written::number(*seconds)),
        Step::Persons(people, _) => persons = Some(list(plan, people)),
        Step::InTurn(people, _) => in_turn = Some(list(plan, people)),
        Step::OnCall(key, _) if plan.form == ConfigurationForm::Terraform => {
            schedule = Some(Written::of(format!("${{grafana_oncall_schedule.{}.id}}", plain(key))));
        }
        Step::OnCall(key, _) => schedule = Some(Written::of(plan.schedule(key))),
        Step::Repeat => {}
    }
    table! {
        "escalation_chain_id": Written::of(chain),
        "position": Written::number(i64::try_from(position).unwrap_or_default()),
        "type": Written::of(kind),
        "important": important.map(Written::Truth),
        "duration": duration,
        "notify_on_call_from_schedule": schedule,
        "persons_to_notify": persons,
        "persons_to_notify_next_each_time": in_turn,
    }
}

/// One body an object: `POST` where it is new, `PUT` to its id where the side file has one. What has no id yet is named by the
/// file of its body, between angle brackets.
fn bodies(plan: &mut Plan<'_>, all: Objects<'_>) -> BTreeMap<String, String> {
    let mut files = BTreeMap::new();
    let refer = &mut |plan: &mut Plan<'_>, person: &PersonId| Written::of(plan.person(person));
    for (schedule, events) in all.schedules {
        let name = plain(&schedule.key());
        let mut shifts = Vec::new();
        for (number, event) in (1..).zip(&events) {
            let team = Written::of(plan.team(schedule.team));
            let body = shift(plan, event, team, refer);
            files.insert(format!("on_call_shifts/{name}-{number}.json"), text(&body));
            shifts.push(Written::of(format!("<{name}-{number}>")));
        }
        let there = plan.schedule_there(&schedule.key());
        let body = table! {
            "name": Written::of(there.name.unwrap_or_default()),
            "team_id": Written::of(plan.team(schedule.team)),
            "type": Written::of("calendar"),
            "time_zone": Written::of(zone_of(schedule.document).name()),
            "shifts": Written::List(shifts),
        };
        files.insert(format!("schedules/{name}.json"), text(&body));
    }
    for Chain { key, team, name, steps } in all.chains {
        let file = plain(&key);
        let chain = plan.policy_there(&key).id.unwrap_or_else(|| format!("<{file}>"));
        let body = table! { "name": Written::of(name), "team_id": Written::of(plan.team(&team)) };
        files.insert(format!("escalation_chains/{file}.json"), text(&body));
        for (position, it) in steps.iter().enumerate() {
            let body = step(plan, it, &chain, position, refer);
            files.insert(format!("escalation_policies/{file}-{position:02}.json"), text(&body));
        }
    }
    files
}

/// All of it as one file of Terraform: resources by our names, people and teams as local values, what exists imported.
fn resources(plan: &mut Plan<'_>, all: Objects<'_>) -> String {
    let mut resources: BTreeMap<&str, BTreeMap<String, Written>> = BTreeMap::new();
    let mut add = |kind: &'static str, name: String, body| drop(resources.entry(kind).or_default().insert(name, body));
    let mut imports = Vec::new();
    let mut import = |address: &str, id: Option<String>| {
        imports.extend(id.map(|id| table! { "to": Written::of(address), "id": Written::of(id) }));
    };
    let mut locals = Locals::default();
    for (schedule, events) in all.schedules {
        let (key, name) = (schedule.key(), plain(&schedule.key()));
        let there = plan.schedule_there(&key);
        let address = format!("grafana_oncall_schedule.{name}");
        import(&address, there.id);
        let mut shifts = Vec::new();
        for (number, event) in (1..).zip(&events) {
            let team = locals.refer("teams", schedule.team.as_str(), plan.team(schedule.team));
            let refer = &mut |plan: &mut Plan<'_>, it: &PersonId| locals.refer("people", it.as_str(), plan.person(it));
            let body = shift(plan, event, team, refer);
            add("grafana_oncall_on_call_shift", format!("{name}-{number}"), body);
            shifts.push(Written::of(format!("${{grafana_oncall_on_call_shift.{name}-{number}.id}}")));
        }
        let body = table! {
            "name": Written::of(there.name.unwrap_or_default()),
            "team_id": locals.refer("teams", schedule.team.as_str(), plan.team(schedule.team)),
            "type": Written::of("calendar"),
            "time_zone": Written::of(zone_of(schedule.document).name()),
            "shifts": Written::List(shifts),
        };
        add("grafana_oncall_schedule", name, body);
        plan.stands_at(&key, address);
    }
    for Chain { key, team, name: called, steps } in all.chains {
        let name = plain(&key);
        let address = format!("grafana_oncall_escalation_chain.{name}");
        import(&address, plan.policy_there(&key).id);
        let team_id = locals.refer("teams", team.as_str(), plan.team(&team));
        let body = table! { "name": Written::of(called), "team_id": team_id };
        add("grafana_oncall_escalation_chain", name.clone(), body);
        for (position, it) in steps.iter().enumerate() {
            let refer = &mut |plan: &mut Plan<'_>, it: &PersonId| locals.refer("people", it.as_str(), plan.person(it));
            let body = step(plan, it, &format!("${{{address}.id}}"), position, refer);
            add("grafana_oncall_escalation", format!("{name}-{position}"), body);
        }
        plan.policy_stands_at(&key, address);
    }
    let resources = resources.into_iter().map(|(kind, all)| (kind.to_owned(), Written::named(all))).collect();
    text(&table! {
        "terraform": table! {
            "required_providers": table! { "grafana": table! { "source": Written::of("grafana/grafana") } },
        },
        "locals": locals.written(),
        "import": Written::list(imports),
        "resource": Written::named(resources),
    })
}
