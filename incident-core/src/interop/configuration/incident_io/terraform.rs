//! Schedules and paths as Terraform's configuration, for version 7 of the provider: rotations beside their schedules, and the
//! nodes of paths in sequences that go by a name.

use std::collections::BTreeMap;

use super::super::names::Names;
use super::super::plan::{Plan, plain};
use super::super::rotation::zone_of;
use super::super::written::{Locals, Written, table, text};
use super::NOBODY;
use super::levels::Node;
use super::roster::is_nobody;
use super::rotas::rotas;
use super::tree::Tree;
use super::write::{delay, handovers, intervals, level, node_id, path, working_hours};
use crate::id::PersonId;

/// All of it as one file: resources by our names, people and teams as local values, what exists imported.
pub(super) fn resources(plan: &mut Plan<'_>) -> String {
    let (mut schedules, mut rotations, mut paths) = (BTreeMap::new(), BTreeMap::new(), BTreeMap::new());
    let mut imports = Vec::new();
    let mut import = |address: &str, id: Option<String>| {
        imports.extend(id.map(|id| table! { "to": Written::of(address), "id": Written::of(id) }));
    };
    let mut locals = Locals::default();
    for schedule in plan.schedules.clone() {
        let (key, name) = (schedule.key(), plain(&schedule.key()));
        let address = format!("incident_schedule.{name}");
        let there = plan.schedule_there(&key);
        import(&address, there.id);
        let resource = table! {
            "name": Written::of(there.name.unwrap_or_default()),
            "timezone": Written::of(zone_of(schedule.document).name()),
            "team_ids": Written::List(vec![locals.refer("teams", schedule.team.as_str(), plan.team(schedule.team))]),
        };
        schedules.insert(name.clone(), resource);
        let mut names = Names::default();
        for (number, rota) in (1_u32..).zip(rotas(schedule.document)) {
            let users = rota.users.iter().map(|person| user(plan, &mut locals, person)).collect();
            let resource = table! {
                "schedule_id": Written::of(format!("${{{address}.id}}")),
                "name": Written::of(names.take(&rota.name)),
                "rank": Written::number(number),
                "first_interval_starts_at": Written::from(rota.starts),
                "handovers": handovers(&rota),
                "concurrent_shifts": u32::try_from(rota.layers).ok().map(Written::number),
                "users": Written::List(users),
                "working_intervals": intervals(&rota.hours),
                "scheduling_mode": Written::of("sequential"),
            };
            rotations.insert(format!("{name}-rotation-{number}"), resource);
        }
        plan.stands_at(&key, address);
    }
    for at in 0..plan.policies.len() {
        let Some(path) = path(plan, at) else { continue };
        let address = format!("incident_escalation_path.{}", plain(&path.key));
        import(&address, plan.policy_there(&path.key).id);
        let mut sequences = BTreeMap::new();
        sequence(plan, &mut locals, &path.tree, "main", &mut sequences);
        let resource = table! {
            "name": Written::of(&path.name),
            "team_ids": Written::List(vec![locals.refer("teams", path.team.as_str(), plan.team(&path.team))]),
            "start": Written::of("main"),
            "sequences": Written::named(sequences),
            "working_hours": working_hours(plan.document(&path.team), &path.tree.windows()),
            "repeat_config": path.repeat(),
        };
        paths.insert(plain(&path.key), resource);
        plan.policy_stands_at(&path.key, address);
    }
    let some = |all: BTreeMap<String, Written>| (!all.is_empty()).then(|| Written::named(all));
    let provider = table! { "source": Written::of("incident-io/incident"), "version": Written::of("~> 7.0") };
    text(&table! {
        "terraform": table! { "required_providers": table! { "incident": provider } },
        "locals": locals.written(),
        "import": Written::list(imports),
        "resource": table! {
            "incident_schedule": some(schedules),
            "incident_schedule_rotation": some(rotations),
            "incident_escalation_path": some(paths),
        },
    })
}

fn user(plan: &mut Plan<'_>, locals: &mut Locals, person: &PersonId) -> Written {
    if is_nobody(person) {
        return Written::of(NOBODY);
    }
    let id = plan.person(person);
    locals.refer("people", person.as_str(), id)
}

/// The nodes of a tree as a sequence of this name, and those of its branches after it.
fn sequence(plan: &mut Plan<'_>, locals: &mut Locals, tree: &Tree, name: &str, all: &mut BTreeMap<String, Written>) {
    let nodes = match tree {
        Tree::Branch { window, policy, rest } => {
            let (then, other) = (format!("{name}_then"), format!("{name}_else"));
            sequence(plan, locals, rest, &other, all);
            let id = format!("${{incident_escalation_path.{}.id}}", plain(policy));
            let go_on = table! { "escalation_path": table! { "escalation_path_id": Written::of(id) } };
            all.insert(then.clone(), table! { "nodes": Written::List(vec![go_on]) });
            vec![table! { "branch": table! {
                "if": table! { "working_hours_active": Written::of(window) },
                "then": Written::of(then),
                "else": Written::of(other),
            } }]
        }
        Tree::Nodes(nodes) => {
            let target = nodes.iter().find_map(|node| if let Node::Back(to, _) = node { Some(*to) } else { None });
            let mut written = Vec::new();
            for (number, node) in nodes.iter().enumerate() {
                // Only what something goes back to needs a name.
                let id = (target == Some(number)).then(|| Written::of(node_id("", number)));
                let schedule = |plan: &mut Plan<'_>, key: &str| format!("${{{}.id}}", plan.schedule(key));
                let mut level = |it| {
                    level(plan, it, schedule, |plan, person| match user(plan, locals, person) {
                        Written::Text(text) => text,
                        _ => String::new(),
                    })
                };
                written.push(match node {
                    Node::Level(it) => table! { "id": id, "level": level(it) },
                    Node::Delay(_) | Node::Until(_) => table! { "id": id, "delay": delay(node) },
                    Node::Back(to, times) => table! { "loop": table! {
                        "back_to": Written::of(node_id("", *to)),
                        "times": Written::number(*times),
                    } },
                });
            }
            written
        }
    };
    all.insert(name.to_owned(), table! { "nodes": Written::List(nodes) });
}
