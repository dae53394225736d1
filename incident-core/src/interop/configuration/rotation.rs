//! What readers of rotations share: the blank form, and moments as people write them.

use std::collections::BTreeSet;

use chrono::{NaiveDateTime, NaiveTime};

use crate::id::PersonId;
use crate::oncall::{Handoff, Rotation, RotationMember, ScheduleDocument};
use crate::time::{Date, Days, Moment, Occurrence, Timestamp, Turn, TurnUnit, Zone};

/// The clock of a schedule in a tool that has one for each: that of its first rotation.
pub(super) fn zone_of(document: &ScheduleDocument) -> Zone {
    let first = document.rotation.first().map(|rotation| rotation.zone);
    first.or_else(|| document.overrides.iter().find_map(|it| it.zone)).unwrap_or(Zone::UTC)
}

/// Which rotations win: for each its place, from 0 on; those that share have one place.
pub(super) fn places(rotations: &[Rotation]) -> Vec<usize> {
    let ranked = rotations.iter().any(|rotation| rotation.priority.is_some());
    let mut blocks: Vec<(i64, Vec<usize>)> = Vec::new();
    for (at, rotation) in rotations.iter().enumerate() {
        let rank = rotation.priority.unwrap_or_default();
        let shared = match (rotation.together, ranked) {
            (true, _) => blocks.iter_mut().find(|(_, block)| at.checked_sub(1).is_some_and(|it| block.contains(&it))),
            (false, true) => blocks.iter_mut().find(|(other, _)| *other == rank),
            (false, false) => None,
        };
        match shared {
            Some((_, block)) => block.push(at),
            None => blocks.push((rank, vec![at])),
        }
    }
    if ranked {
        blocks.sort_by_key(|(rank, _)| std::cmp::Reverse(*rank));
    }
    let place = |at: usize| blocks.iter().position(|(_, block)| block.contains(&at)).unwrap_or_default();
    (0..rotations.len()).map(place).collect()
}

/// Who serves together, one after the other, as the list is before anybody joins or leaves; the first alone where nobody
/// takes turns, and none where it is nobody.
pub(super) fn groups(rotation: &Rotation) -> Vec<Vec<PersonId>> {
    let mut groups: Vec<Vec<PersonId>> = Vec::new();
    for member in &rotation.members {
        let mut people = match member {
            RotationMember::One(person) => vec![person.clone()],
            RotationMember::Group(people) => people.clone(),
            RotationMember::Joins(_) | RotationMember::Leaves(_) => Vec::new(),
        };
        people.retain(|person| person.as_str() != "nobody");
        groups.extend(Some(people).filter(|people| !people.is_empty()));
    }
    let at_once = rotation.concurrent.map_or(1, |count| count as usize).clamp(1, groups.len().max(1));
    if at_once > 1 {
        let count = groups.len();
        // After so many turns the first begins again.
        let rounds = (1..=count).find(|rounds| (rounds * at_once).is_multiple_of(count)).unwrap_or(1);
        let of = |turn: usize| groups.iter().cycle().skip(turn * at_once % count).take(at_once).flatten().cloned();
        groups = (0..rounds).map(|turn| of(turn).collect()).collect();
    }
    if rotation.turn.is_empty() {
        groups.truncate(1);
    }
    groups
}

/// People in a zone who take no turns yet.
pub(super) fn blank(zone: Zone, members: Vec<RotationMember>) -> Rotation {
    Rotation {
        name: None,
        zone,
        hours: Vec::new(),
        except: None,
        days: BTreeSet::new(),
        turn: Vec::new(),
        start: None,
        handoff: None,
        lasts: None,
        members,
        concurrent: None,
        from: None,
        until: None,
        count: None,
        wall_clock: false,
        together: false,
        priority: None,
        if_absent: None,
    }
}

/// Where a rotation begins that has always been there: no beginning is written before it, and none is read.
pub(super) fn since_ever() -> Timestamp {
    // 2000-01-01T00:00:00Z
    Timestamp::from_micros(946_684_800_000_000).unwrap_or(Timestamp::MIN)
}

/// A rotation of nobody: what a schedule is of which nothing goes on.
pub(super) fn nobody(zone: Zone) -> Rotation {
    blank(zone, PersonId::new("nobody").map(RotationMember::One).into_iter().collect())
}

/// Groups as single members of whom so many serve at once: smaller groups are filled up with nobody. None where members
/// join or leave.
pub(super) fn side_by_side(rotation: &Rotation) -> Option<(Vec<PersonId>, u32)> {
    let nobody = PersonId::new("nobody").ok()?;
    let seats = |member: &RotationMember| match member {
        RotationMember::One(person) => Some(vec![person.clone()]),
        RotationMember::Group(people) => Some(people.clone()),
        RotationMember::Joins(_) | RotationMember::Leaves(_) => None,
    };
    let mut groups: Vec<_> = rotation.members.iter().map(seats).collect::<Option<_>>()?;
    let size = groups.iter().map(Vec::len).max().unwrap_or_default().max(1);
    let serving = rotation.concurrent.unwrap_or(1).max(1);
    if size > 1 && serving > 1 {
        // So many groups at once, in which somebody may be twice: there is no shorter way to say it.
        return None;
    }
    groups.iter_mut().for_each(|group| group.resize(size, nobody.clone()));
    Some((groups.concat(), serving.max(u32::try_from(size).ok()?)))
}

/// An instant as people of a zone write it: a day where it is midnight, a local time where it comes once, else as it is.
pub(super) fn moment(zone: Zone, at: Timestamp) -> Moment {
    let local = zone.local(at);
    let again = |which| zone.instant(local, which) == at;
    if !(again(Occurrence::First) && again(Occurrence::Last)) {
        return at.into();
    }
    if local.time() == NaiveTime::MIN {
        return Date::new(local.date()).into();
    }
    local.format("%Y-%m-%dT%H:%M:%S%.f").to_string().parse().unwrap_or_else(|_| at.into())
}

/// The whole days that a span is, if it is of whole days.
pub(super) fn whole_days(zone: Zone, from: Timestamp, until: Timestamp) -> Option<Days> {
    let (first, end) = (moment(zone, from).day()?, moment(zone, until).day()?);
    Days::new(first, end.plus_days(-1)?)
}

/// Turns of one length from a first handoff on, as people write them: a day, and the time at which turns change.
///
/// Where the rotation is in force before that handoff, the first handoff is as many rounds earlier: the order stays, and
/// nobody is missing.
pub(super) fn turns(rotation: &mut Rotation, turn: Turn, handoff_at: Timestamp, in_force_at: Option<Timestamp>) {
    cycle(rotation, &[turn], handoff_at, in_force_at);
}

/// The same for turns of several lengths, one after the other.
pub(super) fn cycle(rotation: &mut Rotation, lengths: &[Turn], handoff_at: Timestamp, in_force_at: Option<Timestamp>) {
    let zone = rotation.zone;
    let mut local = zone.local(handoff_at);
    let members = i64::try_from(rotation.members.len()).unwrap_or(1).max(1);
    if let Some(in_force_at) = in_force_at {
        local = no_later(local, lengths, members, zone.local(in_force_at));
        let starts = zone.instant(local, Occurrence::First);
        rotation.from = (in_force_at > starts).then(|| moment(zone, in_force_at));
    }
    let day = Date::new(local.date());
    let time = local.time().format("%H:%M:%S").to_string();
    let weeks = lengths.iter().all(|turn| turn.unit() == TurnUnit::Weeks);
    let handoff = if weeks { format!("{} {time}", day.weekday().short()) } else { time };
    rotation.handoff = handoff.parse::<Handoff>().ok();
    rotation.start = Some(day.into());
    rotation.turn = lengths.to_vec();
}

/// A first handoff moved back by whole rounds until it is no later than a local time.
fn no_later(first: NaiveDateTime, lengths: &[Turn], members: i64, latest: NaiveDateTime) -> NaiveDateTime {
    let after = |times: i64| lengths.iter().try_fold(first, |at, turn| turn.after(at, times));
    let length = after(members).map_or(0, |next| (next - first).num_seconds());
    let late = (first - latest).num_seconds();
    if late <= 0 || length <= 0 {
        return first;
    }
    let rounds = late.div_euclid(length).saturating_add(i64::from(late.rem_euclid(length) > 0));
    after(members.saturating_mul(rounds).saturating_neg()).unwrap_or(first)
}

/// A first handoff moved on by whole rounds as long as it is no later than a local time.
pub(super) fn latest_round(
    first: NaiveDateTime,
    lengths: &[Turn],
    members: i64,
    latest: NaiveDateTime,
) -> NaiveDateTime {
    let after = |times: i64| lengths.iter().try_fold(first, |at, turn| turn.after(at, times));
    let length = after(members).map_or(0, |next| (next - first).num_seconds());
    let early = (latest - first).num_seconds();
    if early <= 0 || length <= 0 {
        return first;
    }
    after(members.saturating_mul(early.div_euclid(length))).unwrap_or(first)
}

/// A length in seconds as a turn: weeks, days or hours, the longest unit that it is whole in.
pub(super) fn turn_of_seconds(seconds: i64) -> Option<Turn> {
    [(604_800, TurnUnit::Weeks), (86_400, TurnUnit::Days), (3_600, TurnUnit::Hours)]
        .into_iter()
        .find(|(length, _)| seconds > 0 && seconds % length == 0)
        .and_then(|(length, unit)| {
            let count = u32::try_from(seconds / length).ok()?;
            // As the text that people write: what is too long is no turn.
            Turn::of(count, unit).to_string().parse().ok()
        })
}

/// A turn in seconds; none for months, which have no length.
pub(super) fn seconds_of_turn(turn: Turn) -> Option<i64> {
    let unit = match turn.unit() {
        TurnUnit::Weeks => 604_800,
        TurnUnit::Days => 86_400,
        TurnUnit::Hours => 3_600,
        TurnUnit::Months => return None,
    };
    Some(i64::from(turn.count()) * unit)
}
