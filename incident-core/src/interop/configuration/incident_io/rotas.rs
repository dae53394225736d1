//! Rotations of a file as incident.io has them: users, layers, handovers and hours, all on the clock of the schedule.

use crate::id::PersonId;
use crate::oncall::{Rotation, RotationMember, ScheduleDocument, first_handoff};
use crate::time::{Occurrence, Timestamp, Turn, TurnUnit, Zone};

use super::super::names::Names;
use super::super::rotation::{side_by_side, since_ever, zone_of};
use super::super::weekly::{Stretch, hours, stretches, united, without};
use super::roster::is_nobody;

/// A rotation there.
#[derive(Clone, Debug)]
pub(super) struct Rota {
    /// Its number; the versions of one rotation have the same.
    pub(super) number: usize,
    pub(super) name: String,
    pub(super) starts: Timestamp,
    pub(super) handovers: Vec<(u32, &'static str)>,
    pub(super) users: Vec<PersonId>,
    pub(super) layers: usize,
    /// When it is active; always where there are none.
    pub(super) hours: Vec<Stretch>,
    pub(super) from: Option<Timestamp>,
    pub(super) until: Option<Timestamp>,
    /// The rotation that it comes from, with the hours that it has there.
    pub(super) rotation: Rotation,
}

/// A whole week.
const WEEK: Stretch = Stretch { day: 0, start: 0, minutes: 7 * 24 * 60 };

/// The rotations of a schedule there, the one that wins first. All of them are on call at once: so the hours of those that win
/// are taken from the others.
pub(super) fn rotas(document: &ScheduleDocument) -> Vec<Rota> {
    let zone = zone_of(document);
    let mut blocks: Vec<Vec<&Rotation>> = Vec::new();
    let mut ordered: Vec<&Rotation> = document.rotation.iter().collect();
    let ranked = ordered.iter().any(|rotation| rotation.priority.is_some());
    if ranked {
        ordered.sort_by_key(|rotation| std::cmp::Reverse(rotation.priority.unwrap_or_default()));
    }
    for rotation in ordered {
        let rank = |rotation: &Rotation| rotation.priority.unwrap_or_default();
        let shares = |block: &&mut Vec<&Rotation>| {
            rotation.together || (ranked && block.first().is_some_and(|first| rank(first) == rank(rotation)))
        };
        match blocks.last_mut().filter(shares) {
            Some(block) => block.push(rotation),
            None => blocks.push(vec![rotation]),
        }
    }
    let mut before: Vec<Rota> = Vec::new();
    for block in blocks {
        let its: Vec<Rota> = block.into_iter().filter_map(|rotation| rota(rotation, zone, &before)).collect();
        before.extend(its);
    }
    let mut names = Names::default();
    let mut rotas: Vec<Rota> = Vec::new();
    for mut rota in before {
        let continues = |last: &&Rota| {
            last.rotation.name.is_some()
                && last.rotation.name == rota.rotation.name
                && last.until == Some(rota.begins())
        };
        let known = rotas.iter().rev().find(continues).map(|last| (last.number, last.name.clone()));
        (rota.number, rota.name) = known.unwrap_or_else(|| {
            let number = rotas.iter().map(|rota| rota.number).max().unwrap_or_default().saturating_add(1);
            let name = rota.rotation.name.clone().unwrap_or_else(|| default_name(number));
            (number, names.take(&name))
        });
        rotas.push(rota);
    }
    rotas
}

/// What a rotation is called that has no name of its own.
pub(super) fn default_name(number: usize) -> String {
    format!("rotation {number}")
}

/// A rotation there; none where nobody is in it, or where others always win.
fn rota(rotation: &Rotation, zone: Zone, before: &[Rota]) -> Option<Rota> {
    let (users, layers) = seats(rotation);
    if users.iter().all(is_nobody) {
        return None;
    }
    let first = rotation.start.and_then(|start| first_handoff(rotation, start)).filter(|_| !rotation.turn.is_empty());
    let first = first.map(|first| rotation.zone.instant(first, Occurrence::First));
    let from = rotation.from.map(|from| from.instant(rotation.zone));
    let alone = users.len() <= layers;
    let starts = if alone { from.max(first) } else { first.or(from) }.unwrap_or_else(since_ever);
    let mut rota = Rota {
        number: 0,
        name: String::new(),
        starts,
        handovers: rotation.turn.iter().map(|turn| handover(*turn)).collect(),
        users,
        layers,
        hours: on_clock(rotation, zone, from.unwrap_or(starts)),
        from: from.filter(|from| *from > starts && !alone),
        until: rotation.until.map(|until| until.instant(rotation.zone)),
        rotation: rotation.clone(),
    };
    if rota.handovers.is_empty() || alone {
        rota.handovers = vec![(1, "weekly")];
    }
    let winning: Vec<_> = before.iter().filter(|other| hides(other, &rota)).flat_map(Rota::stretches).collect();
    if !winning.is_empty() {
        rota.hours = without(&rota.stretches(), &winning);
        if rota.hours.is_empty() {
            return None;
        }
    }
    rota.rotation.hours = hours(&rota.hours);
    rota.rotation.zone = zone;
    Some(rota)
}

impl Rota {
    /// When it is active, said in any case.
    fn stretches(&self) -> Vec<Stretch> {
        if self.hours.is_empty() { vec![WEEK] } else { self.hours.clone() }
    }

    /// The first instant at which somebody is on call from it.
    pub(super) fn begins(&self) -> Timestamp {
        self.from.unwrap_or(self.starts)
    }
}

/// Whether somebody is on call from one rotation in all of its hours while another one is in force.
fn hides(one: &Rota, other: &Rota) -> bool {
    let rotation = &one.rotation;
    let whole = rotation.days.is_empty() && rotation.except.is_none() && rotation.lasts.is_none();
    let ends_later = one.until.is_none_or(|until| other.until.is_some_and(|end| end <= until));
    whole && ends_later && one.begins() <= other.begins() && !one.users.iter().any(is_nobody)
}

/// Who is in it and how many serve at once; the list as it is before anybody joins or leaves.
fn seats(rotation: &Rotation) -> (Vec<PersonId>, usize) {
    let dated = |member: &RotationMember| matches!(member, RotationMember::Joins(_) | RotationMember::Leaves(_));
    let mut plain = rotation.clone();
    plain.members.retain(|member| !dated(member));
    let (users, serving) = side_by_side(&plain).unwrap_or_else(|| {
        // So many groups at once are so many people as the largest have.
        let people = |member: &RotationMember| match member {
            RotationMember::One(person) => vec![person.clone()],
            RotationMember::Group(people) => people.clone(),
            RotationMember::Joins(_) | RotationMember::Leaves(_) => Vec::new(),
        };
        let groups: Vec<_> = plain.members.iter().map(people).collect();
        let largest = groups.iter().map(Vec::len).max().and_then(|size| u32::try_from(size).ok()).unwrap_or(1);
        (groups.concat(), largest.saturating_mul(plain.concurrent.unwrap_or(1)))
    });
    let most = users.len().clamp(1, MOST_AT_ONCE);
    (users, usize::try_from(serving).unwrap_or(1).clamp(1, most))
}

/// incident.io takes so many at once, and intervals of so many hours, days and weeks.
const MOST_AT_ONCE: usize = 20;
const MOST: [u32; 3] = [23, 14, 4];

/// How long a turn is there: the longest that it takes where it takes none that long.
fn handover(turn: Turn) -> (u32, &'static str) {
    let [most_hours, most_days, most_weeks] = MOST;
    let count = turn.count();
    let days = |days: u32| match (days % 7, days / 7) {
        (0, weeks) if weeks <= most_weeks => (weeks, "weekly"),
        _ => (days.min(most_days), "daily"),
    };
    match turn.unit() {
        TurnUnit::Hours if count <= most_hours => (count, "hourly"),
        TurnUnit::Hours if count.is_multiple_of(24) => days(count / 24),
        TurnUnit::Hours => (most_hours, "hourly"),
        TurnUnit::Days => days(count),
        TurnUnit::Weeks => (count.min(most_weeks), "weekly"),
        TurnUnit::Months => (most_weeks, "weekly"),
    }
}

/// The hours of a rotation on the clock of the schedule, as the two clocks stand at its beginning.
fn on_clock(rotation: &Rotation, zone: Zone, at: Timestamp) -> Vec<Stretch> {
    const DAY: u32 = 24 * 60;
    let apart = (zone.local(at) - rotation.zone.local(at)).num_minutes();
    let moved = |it: Stretch| {
        let minute = (i64::from(it.day * DAY + it.start) + apart).rem_euclid(i64::from(7 * DAY));
        let minute = u32::try_from(minute).unwrap_or_default();
        Stretch { day: minute / DAY, start: minute % DAY, minutes: it.minutes }
    };
    let all: Vec<_> = stretches(&rotation.hours).into_iter().map(moved).collect();
    let all = united(&all);
    if all == [WEEK] { Vec::new() } else { all }
}
