//! Schedules, overrides and paths as incident.io takes them: bodies for version 2 of its API.

use std::collections::{BTreeMap, BTreeSet};

use super::super::ConfigurationForm;
use super::super::plan::{Plan, plain};
use super::super::rotation::zone_of;
use super::super::weekly::{Stretch, stretches, united};
use super::super::written::{Written, table, text};
use super::NOBODY;
use super::intervals::DAYS;
use super::levels::{Level, Node, Target, Whom, window};
use super::roster::is_nobody;
use super::rotas::{Rota, rotas};
use super::shifts::shifts;
use super::terraform::resources;
use super::tree::{Tree, tree};
use crate::handbook::TeamDocument;
use crate::id::{PersonId, TeamId};
use crate::time::{Timestamp, WindowZone};

/// Everything of a plan, by the name of the file.
pub(in super::super) fn write(plan: &mut Plan<'_>) -> BTreeMap<String, String> {
    match plan.form {
        ConfigurationForm::Rest => bodies(plan),
        ConfigurationForm::Terraform => [("incident_io.tf.json".to_owned(), resources(plan))].into(),
    }
}

/// One body an object: `POST` where it is new, `PUT` to its id where the side file has one.
fn bodies(plan: &mut Plan<'_>) -> BTreeMap<String, String> {
    let mut files = BTreeMap::new();
    for schedule in plan.schedules.clone() {
        let (key, rotas) = (schedule.key(), rotas(schedule.document));
        let numbers: BTreeSet<usize> = rotas.iter().map(|rota| rota.number).collect();
        let its = |number: usize| rotas.iter().filter(move |rota| rota.number == number).collect::<Vec<_>>();
        let rotations = numbers.into_iter().flat_map(|number| versions(plan, &its(number))).collect();
        let body = table! { "schedule": table! {
            "name": Written::of(plan.schedule_there(&key).name.unwrap_or_default()),
            "timezone": Written::of(zone_of(schedule.document).name()),
            "team_ids": Written::List(vec![Written::of(plan.team(schedule.team))]),
            "config": table! { "rotations": Written::List(rotations) },
        } };
        files.insert(format!("schedules/{}.json", plain(&key)), text(&body));
        for (number, shift) in (1..).zip(shifts(schedule.document, &rotas)) {
            let body = table! {
                "schedule_id": Written::of(plan.schedule(&key)),
                "rotation_id": Written::of(rotation_id(shift.rotation)),
                "layer_id": Written::of(layer_id(shift.layer.saturating_add(1))),
                "start_at": Written::from(shift.start),
                "end_at": Written::from(shift.end),
                "user": table! { "id": Written::of(user(plan, &shift.person)) },
            };
            files.insert(format!("schedule_overrides/{}-{number}.json", plain(&key)), text(&body));
        }
    }
    for at in 0..plan.policies.len() {
        let Some(path) = path(plan, at) else { continue };
        let nodes = nested(plan, &path.tree, "");
        let body = table! {
            "name": Written::of(&path.name),
            "team_ids": Written::List(vec![Written::of(plan.team(&path.team))]),
            "path": Written::List(nodes),
            "working_hours": working_hours(plan.document(&path.team), &path.tree.windows()),
            "repeat_config": path.repeat(),
        };
        files.insert(format!("escalation_paths/{}.json", plain(&path.key)), text(&body));
    }
    files
}

/// The id of a rotation by its number, and that of a layer: both are ours to choose.
fn rotation_id(number: usize) -> String {
    format!("rotation-{number}")
}

fn layer_id(number: usize) -> String {
    format!("layer-{number}")
}

/// The id of a user, perhaps nobody.
pub(super) fn user(plan: &mut Plan<'_>, person: &PersonId) -> String {
    if is_nobody(person) { NOBODY.to_owned() } else { plan.person(person) }
}

/// A rotation in its versions, and nobody before it is in force and after.
fn versions(plan: &mut Plan<'_>, rotas: &[&Rota]) -> Vec<Written> {
    let nobody = || vec![NOBODY.to_owned()];
    let mut versions = Vec::new();
    for (at, rota) in rotas.iter().enumerate() {
        let users = rota.users.iter().map(|person| user(plan, person)).collect();
        if at == 0 && rota.from.is_some() {
            versions.push(version(rota, nobody(), None));
        }
        versions.push(version(rota, users, if at == 0 { rota.from } else { Some(rota.begins()) }));
    }
    let last = rotas.last().and_then(|rota| rota.until.map(|until| version(rota, nobody(), Some(until))));
    versions.extend(last);
    versions
}

fn version(rota: &Rota, users: Vec<String>, from: Option<Timestamp>) -> Written {
    let layer = |layer| table! { "id": Written::of(layer_id(layer)), "name": Written::of(format!("Layer {layer}")) };
    table! {
        "id": Written::of(rotation_id(rota.number)),
        "name": Written::of(&rota.name),
        "effective_from": from.map(Written::from),
        "handover_start_at": Written::from(rota.starts),
        "handovers": handovers(rota),
        "layers": Written::List((1..=rota.layers).map(layer).collect()),
        "users": Written::List(users.into_iter().map(|id| table! { "id": Written::of(id) }).collect()),
        "working_intervals": intervals(&rota.hours),
        "scheduling_mode": Written::of("sequential"),
    }
}

pub(super) fn handovers(rota: &Rota) -> Written {
    let handover = |(count, unit): &(u32, &str)| {
        table! { "interval": Written::number(*count), "interval_type": Written::of(unit) }
    };
    Written::List(rota.handovers.iter().map(handover).collect())
}

const DAY: u32 = 24 * 60;

/// Hours as intervals of a day, which end on the same day or on the next one; none where they are all hours.
pub(super) fn intervals(hours: &[Stretch]) -> Option<Written> {
    let clock = |minute: u32| Written::of(format!("{:02}:{:02}", minute / 60 % 24, minute % 60));
    let mut intervals = Vec::new();
    let mut interval = |day: u32, start: u32, end: u32| {
        let weekday = DAYS.iter().cycle().nth(day as usize).map(Written::of);
        intervals.push(table! { "weekday": weekday, "start_time": clock(start), "end_time": clock(end) });
    };
    for Stretch { day, start, minutes } in hours {
        if *minutes < DAY {
            interval(*day, *start, start + minutes);
            continue;
        }
        let (mut begin, end) = (*start, start + minutes);
        while begin < end {
            // A whole day is two halves: what one means that ends when it begins is not documented.
            let midnight = (begin / DAY + 1) * DAY;
            let stop = if begin % DAY == 0 && midnight <= end { begin + DAY / 2 } else { midnight.min(end) };
            interval(day + begin / DAY, begin % DAY, stop);
            begin = stop;
        }
    }
    Written::list(intervals)
}

/// The windows of a team that a path asks for, as its working hours.
pub(super) fn working_hours(document: Option<&TeamDocument>, names: &BTreeSet<String>) -> Option<Written> {
    let hours = names.iter().filter_map(|name| {
        let window = window(document?, name)?;
        let WindowZone::Named(zone) = window.zone else { return None };
        let all: Vec<_> = stretches(&window.hours).into_iter().collect();
        Some(table! {
            "id": Written::of(name),
            "name": Written::of(name),
            "timezone": Written::of(zone.name()),
            "weekday_intervals": intervals(&united(&all)),
        })
    });
    Written::list(hours.collect())
}

/// A path as both forms have it.
pub(super) struct Path {
    pub(super) key: String,
    pub(super) name: String,
    pub(super) team: TeamId,
    pub(super) tree: Tree,
    again_after: Option<i64>,
}

/// A policy of the plan; none where no level of it pages anybody there.
pub(super) fn path(plan: &Plan<'_>, at: usize) -> Option<Path> {
    let planned = plan.policies.get(at)?;
    let tree = tree(plan, planned)?;
    let its = planned.rules.severities.get(&planned.severity).and_then(|tracks| tracks.acknowledged_for);
    let held = its.or(planned.rules.acknowledged_for).map(|held| held.as_micros() / 1_000_000);
    let name = plan.policy_there(&planned.key).name.unwrap_or_default();
    let again_after = held.filter(|seconds| *seconds > 0);
    Some(Path { key: planned.key.clone(), name, team: planned.team.clone(), tree, again_after })
}

impl Path {
    /// After how long it is climbed again although somebody acknowledged.
    pub(super) fn repeat(&self) -> Option<Written> {
        let seconds = self.again_after?;
        let (after, activity) = (Written::number(seconds), Written::Truth(false));
        Some(table! { "repeat_after_seconds": after, "delay_repeat_on_activity": activity })
    }
}

/// The nodes of a tree in each other. `prefix` keeps their ids apart.
fn nested(plan: &mut Plan<'_>, tree: &Tree, prefix: &str) -> Vec<Written> {
    match tree {
        Tree::Branch { window, policy, rest } => {
            let rest = nested(plan, rest, &format!("{prefix}else-"));
            let condition = table! {
                "subject": Written::of(format!("escalation.working_hours[\"{window}\"]")),
                "operation": Written::of("is_active"),
                "param_bindings": Written::List(Vec::new()),
            };
            let other = table! { "escalation_path_id": Written::of(plan.policy(policy)) };
            let then = table! {
                "id": Written::of(format!("{prefix}then")),
                "type": Written::of("escalation_path"),
                "escalation_path": other,
            };
            vec![table! {
                "id": Written::of(format!("{prefix}branch")),
                "type": Written::of("if_else"),
                "if_else": table! {
                    "conditions": Written::List(vec![condition]),
                    "then_path": Written::List(vec![then]),
                    "else_path": Written::List(rest),
                },
            }]
        }
        Tree::Nodes(nodes) => {
            let mut written = Vec::new();
            for (number, node) in nodes.iter().enumerate() {
                let (kind, body) = match node {
                    Node::Level(it) => ("level", level(plan, it, Plan::schedule, user)),
                    Node::Delay(_) | Node::Until(_) => ("delay", delay(node)),
                    Node::Back(to, times) => {
                        let (to, times) = (Written::of(node_id(prefix, *to)), Written::number(*times));
                        ("repeat", table! { "to_node": to, "repeat_times": times })
                    }
                };
                let members = [("id", Written::of(node_id(prefix, number))), ("type", Written::of(kind)), (kind, body)];
                written.push(Written::Table(members.map(|(name, value)| (name.to_owned(), value)).into()));
            }
            written
        }
    }
}

/// The id of a node by its number.
pub(super) fn node_id(prefix: &str, number: usize) -> String {
    format!("{prefix}node-{}", number.saturating_add(1))
}

/// A level; how schedules and users are referred to is another thing in each form.
pub(super) fn level<'a>(
    plan: &mut Plan<'a>,
    level: &Level,
    schedule: impl Fn(&mut Plan<'a>, &str) -> String,
    mut person: impl FnMut(&mut Plan<'a>, &PersonId) -> String,
) -> Written {
    let mut target = |Target { whom, urgent }: &Target| {
        let (kind, id, mode) = match whom {
            Whom::OnCall(key) => ("schedule", schedule(plan, key), Some("currently_on_call")),
            Whom::Next(key) => ("schedule", schedule(plan, key), Some("next_on_call")),
            Whom::Person(it) => ("user", person(plan, it), None),
        };
        table! {
            "type": Written::of(kind),
            "id": Written::of(id),
            "urgency": Written::of(if *urgent { "high" } else { "low" }),
            "schedule_mode": mode.map(Written::of),
        }
    };
    let retry = |(attempts, seconds): (u32, i64)| {
        table! { "attempts": Written::number(attempts), "interval_seconds": Written::number(seconds) }
    };
    table! {
        "targets": Written::List(level.targets.iter().map(&mut target).collect()),
        "time_to_ack_seconds": (level.seconds > 0).then(|| Written::number(level.seconds)),
        "ack_mode": Written::of("first"),
        "round_robin_config": level.in_turn.then(|| table! { "enabled": Written::Truth(true) }),
        "retry_config": level.attempts.map(retry),
    }
}

/// A delay for some time, or until hours are active.
pub(super) fn delay(node: &Node) -> Written {
    match node {
        Node::Until(window) => table! {
            "delay_interval_condition": Written::of("active"),
            "delay_weekday_interval_config_id": Written::of(window),
        },
        Node::Delay(seconds) => table! { "delay_seconds": Written::number(*seconds) },
        Node::Level(_) | Node::Back(..) => table! {},
    }
}
