//! Escalation paths as the policies of teams: what each comes to, and in which hours another one takes its place.

use std::collections::BTreeMap;

use crate::codes;
use crate::escalation::{EscalationRules, OnEmpty, Otherwise, SeverityTracks, TrackEnd};
use crate::finding::Level;
use crate::id::{SeverityId, TeamId};
use crate::time::Elapsed;

use super::super::assemble::ANY;
use super::super::choices::{Choice, Settled, settle};
use super::super::draft::{Draft, PolicyNumber};
use super::super::losses::unsayable;
use super::super::priorities::{scheme, severity};
use super::super::record::Record;
use super::climb::{Around, Climbed, LONGEST, climb};
use super::node;
use super::read::name;
use super::roster::Roster;
use super::schedule::Rotas;
use super::ways::{Way, Ways};

/// A path with what it is called.
struct Path<'a, 'b> {
    record: &'b Record<'a>,
    name: String,
    /// Its id; that of the side file where it has none of its own.
    id: Option<String>,
}

/// Which way decides: its number, and the path that it leads to and does nothing else.
type Source = (usize, Option<String>);

/// What a path comes to in the hours of a window.
struct Pending {
    rank: u32,
    settled: Settled<Source>,
    path: usize,
}

/// Hands over every path.
pub(super) fn read_all(draft: &mut Draft<'_>, roster: &Roster, rotas: &Rotas, paths: &[&Record<'_>]) {
    let mut by_id: BTreeMap<String, &Record<'_>> = BTreeMap::new();
    let mut by_team: BTreeMap<TeamId, Vec<Path<'_, '_>>> = BTreeMap::new();
    for record in paths {
        let Some(owner) = owner(draft, roster, record) else { continue };
        let name = name(draft, record);
        let known = || draft.known_policy(None, &name).and_then(|(_, id)| id.map(str::to_owned));
        let id = record.id().or_else(known);
        by_id.extend(id.clone().map(|id| (id, *record)));
        by_team.entry(owner).or_default().push(Path { record, name, id });
    }
    for (team, mut its) in by_team {
        its.sort_by(|one, other| (&one.name, one.record.id()).cmp(&(&other.name, other.record.id())));
        of_team(draft, rotas, &team, &its, &by_id);
    }
}

/// The team of a path: its own, or that of the schedules that it asks, if that is one.
fn owner(draft: &mut Draft<'_>, roster: &Roster, record: &Record<'_>) -> Option<TeamId> {
    if let Some(owner) = roster.owner(draft, record) {
        return Some(owner);
    }
    let asked = node::schedules(draft, record);
    let mut owners: Vec<_> = asked.iter().filter_map(|id| draft.declared(id).map(|it| it.owner.clone())).collect();
    owners.dedup();
    let one = owners.first().filter(|_| owners.len() == 1).cloned();
    one.or_else(|| draft.nobodys())
}

fn of_team(
    draft: &mut Draft<'_>,
    rotas: &Rotas,
    team: &TeamId,
    paths: &[Path<'_, '_>],
    by_id: &BTreeMap<String, &Record<'_>>,
) {
    let main = main(draft, team, paths);
    let mut read = Vec::new();
    let mut order: Vec<SeverityId> = Vec::new();
    for path in paths {
        let ways = Ways::of(draft, path.record, team, &path.name, by_id);
        for severity in ways.priorities {
            if !order.contains(&severity) {
                order.push(severity);
            }
        }
        read.push(ways.all);
    }
    // Whatever has none of the priorities that are named.
    let rest = severity("other").filter(|_| !order.is_empty());
    order.extend(rest.clone());
    let (mut numbers, mut pending) = (BTreeMap::new(), Vec::new());
    for (at, (path, ways)) in paths.iter().zip(&read).enumerate() {
        let around = Around { owner: team, name: &path.name, rotas };
        let Some(choices) = choices(draft, path.record, around, ways) else { continue };
        let held = acknowledged_for(draft, path);
        let mut settled = settle(&choices, &order);
        let always = settled.pop();
        for (rank, mut settled) in (0_u32..).zip(settled) {
            complete(&mut settled.rules, &choices, held);
            pending.push(Pending { rank, settled, path: at });
        }
        let Some(mut always) = always else { continue };
        complete(&mut always.rules, &choices, held);
        say_end(draft, path);
        let number = draft.policy(team, path.record, &path.name, always.rules);
        if main == Some(at) {
            draft.main(number);
        }
        numbers.extend(path.id.clone().map(|id| (id, number)));
    }
    for Pending { rank, settled, path } in pending {
        let lead = main.is_some_and(|main| is_alike(draft, team, paths, main, path));
        if let Some(path) = paths.get(path) {
            route(draft, team, path, rank, settled, &numbers, lead);
        }
    }
    if let Some(rest) = &rest {
        draft.spread(team, &order);
        draft.document(team).severity = scheme("priority", &order, rest);
    }
}

/// Gives a team's incidents another policy in the hours of a window.
fn route(
    draft: &mut Draft<'_>,
    team: &TeamId,
    path: &Path<'_, '_>,
    rank: u32,
    settled: Settled<Source>,
    numbers: &BTreeMap<String, PolicyNumber>,
    lead: bool,
) {
    let Some(window) = settled.within else { return };
    if !settled.lost.is_empty() {
        let message = "hours that are active at once: there the first branch decides alone";
        unsayable(draft.notes, path.record, Level::Warning, "path", "hours at once", &path.name, message);
    }
    let other = settled.only.and_then(|(_, other)| numbers.get(&other?).copied());
    let number = other.unwrap_or_else(|| {
        let called = format!("{} {window}", path.name);
        draft.composed(team, path.record, &called, settled.rules)
    });
    if lead {
        draft.route_within(number, rank, &window);
    } else {
        let message =
            format!("which incidents get it is no setting of a path: no route leads to what it does within `{window}`");
        unsayable(draft.notes, path.record, Level::Warning, "path", "hours", &path.name, message);
    }
}

/// The path that a team's incidents get: the one that the side file says, else the first.
fn main(draft: &Draft<'_>, team: &TeamId, paths: &[Path<'_, '_>]) -> Option<usize> {
    let leads = |path: &Path<'_, '_>| is_main(draft, team, path);
    paths.iter().position(leads).or_else(|| (!paths.is_empty()).then_some(0))
}

fn is_main(draft: &Draft<'_>, team: &TeamId, path: &Path<'_, '_>) -> bool {
    let key = draft.known_policy(path.record.id().as_deref(), &path.name);
    let name = key.and_then(|(key, _)| key.strip_prefix(team.as_str())?.strip_prefix('/'));
    name.is_some_and(|name| name == "escalation" || name.starts_with("escalation."))
}

/// Whether a path is the main one, or the same for another severity.
fn is_alike(draft: &Draft<'_>, team: &TeamId, paths: &[Path<'_, '_>], main: usize, path: usize) -> bool {
    main == path || paths.get(path).is_some_and(|path| is_main(draft, team, path))
}

/// What happens on each way; none, with a finding, where none of them pages anybody.
fn choices(
    draft: &mut Draft<'_>,
    record: &Record<'_>,
    around: Around<'_>,
    ways: &[Way<'_>],
) -> Option<Vec<Choice<Source>>> {
    let any = SeverityId::new(ANY).ok()?;
    let mut choices = Vec::new();
    for (at, way) in ways.iter().enumerate() {
        let Climbed { steps, wait } = climb(draft, around, way);
        let last = steps.last().map(|step| step.page.clone());
        let otherwise = last.map(|page| Otherwise { after: wait.is_positive().then_some(wait), page });
        let tracks = SeverityTracks { first: steps, end: Some(TrackEnd::Quietly), ..SeverityTracks::default() };
        let rules = EscalationRules {
            otherwise,
            acknowledged_for: None,
            on_empty: OnEmpty::Skip,
            severities: [(any.clone(), tracks)].into(),
        };
        let (severities, within) = (way.severities.clone(), way.within.clone());
        choices.push(Choice { severities, within, rules, source: (at, way.other.clone()) });
    }
    if choices.iter().all(|choice| choice.rules.otherwise.is_none()) {
        let message = format!("the path `{}` pages nobody who is known, and is left out", around.name);
        record.note(draft.notes, Level::Warning, codes::MISSING_FIELD, "path", message);
        return None;
    }
    Some(choices)
}

/// Every policy has an `otherwise`, also where one way of it pages nobody.
fn complete(rules: &mut EscalationRules, choices: &[Choice<Source>], acknowledged_for: Option<Elapsed>) {
    rules.acknowledged_for = acknowledged_for;
    rules.on_empty = OnEmpty::Skip;
    if rules.otherwise.is_none() {
        rules.otherwise = choices.iter().find_map(|choice| choice.rules.otherwise.clone());
    }
}

/// How long an acknowledgement holds: until it is paged again because nothing is resolved.
fn acknowledged_for(draft: &mut Draft<'_>, path: &Path<'_, '_>) -> Option<Elapsed> {
    let repeat = path.record.record("repeat_config")?;
    let seconds = repeat.whole(draft.notes, "repeat_after_seconds").filter(|seconds| *seconds > 0)?;
    let message =
        "after it the path begins again there: here an acknowledgement ends, and steps go on where they stopped";
    unsayable(draft.notes, &repeat, Level::Note, "", "repeat after acknowledgement", &path.name, message);
    if repeat.scalar("delay_repeat_on_activity").as_deref() == Some("true") {
        let message = "that activity puts it off has no place in a file";
        let member = "delay_repeat_on_activity";
        unsayable(draft.notes, &repeat, Level::Warning, member, "activity", &path.name, message);
    }
    Some(Elapsed::from_micros(seconds.min(LONGEST).saturating_mul(1_000_000)))
}

fn say_end(draft: &mut Draft<'_>, path: &Path<'_, '_>) {
    let message = "incident.io does nothing after its last node, and passes a level without anybody at once: \
                   `otherwise`, which every policy has, names the last level here, and `end = \"quietly\"` keeps it silent";
    unsayable(draft.notes, path.record, Level::Note, "", "otherwise", &path.name, message);
}
