//! Adding up.

use std::collections::{BTreeMap, BTreeSet};

use super::answer::{BacktestIncident, BacktestPerson, BacktestTimes};
use super::play::Played;
use crate::id::PersonId;
use crate::time::{Elapsed, Timestamp};

/// What is asked of each person, most often paged first.
pub(super) fn people(played: &[Played]) -> Vec<BacktestPerson> {
    let mut nights: BTreeMap<&PersonId, BTreeSet<Timestamp>> = BTreeMap::new();
    let mut found: BTreeMap<&PersonId, BacktestPerson> = BTreeMap::new();
    for Played { incident, nights: broken } in played {
        let mut here: BTreeSet<&PersonId> = BTreeSet::new();
        for (number, page) in incident.pages.iter().enumerate() {
            let person = found.entry(&page.person).or_insert_with(|| nothing(&page.person));
            person.pages += 1;
            person.incidents += u32::from(here.insert(&page.person));
            person.first += u32::from(number == 0);
        }
        for (person, night) in broken {
            nights.entry(person).or_default().insert(*night);
        }
    }
    let mut people: Vec<BacktestPerson> = found
        .into_iter()
        .map(|(person, it)| BacktestPerson { nights: count(nights.get(person).map_or(0, BTreeSet::len)), ..it })
        .collect();
    people.sort_by(|one, other| other.pages.cmp(&one.pages).then_with(|| one.person.cmp(&other.person)));
    people
}

/// Somebody of whom nothing is asked.
pub(super) fn nothing(person: &PersonId) -> BacktestPerson {
    BacktestPerson { person: person.clone(), pages: 0, incidents: 0, first: 0, nights: 0 }
}

/// When something is reached.
pub(super) fn times(
    incidents: &[BacktestIncident],
    after: impl Fn(&BacktestIncident) -> Option<Elapsed>,
) -> BacktestTimes {
    let mut times: Vec<Elapsed> = incidents.iter().filter_map(after).collect();
    times.sort_unstable();
    let never = incidents.len() - times.len();
    // The smallest time that at least half of all have reached.
    let half = incidents.len().div_ceil(2).checked_sub(1);
    BacktestTimes {
        reached: count(times.len()),
        never: count(never),
        shortest: times.first().copied(),
        median: half.and_then(|half| times.get(half)).copied(),
        longest: times.last().copied().filter(|_| never == 0),
    }
}

pub(super) fn count(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}
