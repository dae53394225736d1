//! Who is due in a turn: the members as they stand in it, walked in order.

use crate::id::PersonId;

/// A person by number, so that answers need no text.
pub(in crate::oncall) type Who = u32;

/// One place in the walk: the people who serve together in it; nobody, where it is empty.
#[derive(Clone, Debug, Default)]
pub(super) struct Seat {
    /// Each with the turn from which on they are in it, and the one from which on they are not.
    pub(super) people: Vec<Tenancy>,
}

/// When somebody is in an entry, by turns.
#[derive(Clone, Copy, Debug)]
pub(super) struct Tenancy {
    /// None for the entry `nobody`.
    pub(super) who: Option<Who>,
    pub(super) joins: Option<i64>,
    pub(super) leaves: Option<i64>,
}

impl Tenancy {
    fn holds(&self, turn: i64) -> bool {
        self.joins.is_none_or(|joins| joins <= turn) && self.leaves.is_none_or(|leaves| turn < leaves)
    }
}

/// The walk over the members, turn by turn.
#[derive(Clone, Debug)]
pub(in crate::oncall) struct Roster {
    versions: Vec<Version>,
    /// How many entries and changes there are, those that take effect at the same handoff one by one: a walk this long meets
    /// everybody.
    pub(super) longest: i64,
}

/// How the walk goes from a turn on.
#[derive(Clone, Debug)]
struct Version {
    first: i64,
    /// Where the walk stands in turn `first`.
    offset: i64,
    step: i64,
    /// Whom a turn takes whose walk stands at each place.
    due: Vec<Box<[Who]>>,
}

impl Roster {
    /// The people of a turn, in order; none for `nobody`.
    pub(in crate::oncall) fn due(&self, turn: i64) -> &[Who] {
        let after = self.versions.partition_point(|version| version.first <= turn);
        let version = after.checked_sub(1).and_then(|at| self.versions.get(at)).or(self.versions.first());
        version.map_or(&[], |version| version.at(turn))
    }

    /// Whether no turn ever takes anybody.
    pub(super) fn is_empty(&self) -> bool {
        self.versions.iter().all(|version| version.due.iter().all(|due| due.is_empty()))
    }

    /// Whether every turn takes somebody.
    pub(super) fn is_full(&self) -> bool {
        self.versions.iter().all(|version| !version.due.is_empty() && version.due.iter().all(|due| !due.is_empty()))
    }

    /// Lays out the walk: at each change whoever was due under the old list keeps the turn, and the walk goes on in the
    /// new one behind them.
    pub(super) fn new(entries: &[Seat], concurrent: usize) -> Self {
        let bounds = entries.iter().flat_map(|entry| &entry.people).flat_map(|it| [it.joins, it.leaves]);
        let mut changes: Vec<i64> = bounds.flatten().collect();
        changes.sort_unstable();
        changes.dedup();
        let first = list(entries, i64::MIN);
        let mut versions = vec![Version::new(i64::MIN, 0, entries, &first, i64::MIN, concurrent)];
        // Where the walk stands, as places in the list.
        let (mut places, mut since, mut start) = (first, 0_i64, 0_usize);
        for change in &changes {
            let old = places;
            places = list(entries, *change);
            let walked = usize::try_from((change - since).saturating_mul(step(concurrent)).rem_euclid(size(&old)));
            let at = (start + walked.unwrap_or_default()) % old.len().max(1);
            let due: Vec<usize> = old.iter().cycle().skip(at).take(concurrent.min(old.len())).copied().collect();
            let mut kept: Vec<usize> = due.iter().copied().filter(|place| places.contains(place)).collect();
            // Whoever is missing is made up from those behind.
            let behind = kept.last().or(due.last()).copied();
            let after = places.iter().position(|place| behind.is_some_and(|last| *place > last)).unwrap_or_default();
            let more = places.iter().cycle().skip(after).take(places.len()).filter(|place| !due.contains(place));
            let missing = concurrent.min(places.len()).saturating_sub(kept.len());
            kept.extend(more.take(missing).copied().collect::<Vec<_>>());
            let last = kept.last().copied();
            versions.retain(|version| version.first < *change);
            versions.push(Version { first: *change, offset: 0, step: 1, due: vec![people(entries, &kept, *change)] });
            since = change.saturating_add(1);
            start = places.iter().position(|place| last == Some(*place)).map_or(0, |at| (at + 1) % places.len());
            versions.push(Version::new(since, start, entries, &places, *change, concurrent));
        }
        let dated = |entry: &Seat| {
            let leave = entry.people.iter().filter(|it| it.leaves.is_some()).count();
            leave + usize::from(entry.people.iter().any(|it| it.joins.is_some()))
        };
        let dated: usize = entries.iter().map(dated).sum();
        let longest = i64::try_from(entries.len() + dated).unwrap_or(i64::MAX);
        Self { versions, longest }
    }
}

impl Version {
    fn new(first: i64, offset: usize, entries: &[Seat], places: &[usize], turn: i64, concurrent: usize) -> Self {
        let take = concurrent.min(places.len());
        let walk = |at: usize| places.iter().cycle().skip(at).take(take).copied().collect::<Vec<_>>();
        let due = (0..places.len()).map(|at| people(entries, &walk(at), turn)).collect();
        let offset = i64::try_from(offset).unwrap_or_default();
        Self { first: if first == i64::MIN { 0 } else { first }, offset, step: step(concurrent), due }
    }

    fn at(&self, turn: i64) -> &[Who] {
        let size = i64::try_from(self.due.len()).unwrap_or_default().max(1);
        let walked = turn.saturating_sub(self.first).saturating_mul(self.step).saturating_add(self.offset);
        let at = usize::try_from(walked.rem_euclid(size)).unwrap_or_default();
        self.due.get(at).map_or(&[], |due| due)
    }
}

fn step(concurrent: usize) -> i64 {
    i64::try_from(concurrent).unwrap_or(1)
}

fn size(places: &[usize]) -> i64 {
    i64::try_from(places.len()).unwrap_or_default().max(1)
}

/// The entries that have somebody in them (or are for nobody) in a turn, by number.
fn list(entries: &[Seat], turn: i64) -> Vec<usize> {
    let holds = |entry: &Seat| entry.people.iter().any(|tenancy| tenancy.holds(turn));
    entries.iter().enumerate().filter(|(_, entry)| holds(entry)).map(|(at, _)| at).collect()
}

/// The people of some entries in a turn, each once.
fn people(entries: &[Seat], places: &[usize], turn: i64) -> Box<[Who]> {
    let mut people = Vec::new();
    let held = places.iter().filter_map(|place| entries.get(*place)).flat_map(|entry| &entry.people);
    for who in held.filter(|tenancy| tenancy.holds(turn)).filter_map(|tenancy| tenancy.who) {
        if !people.contains(&who) {
            people.push(who);
        }
    }
    people.into()
}

/// The number of a person among those named.
pub(super) fn number(people: &[PersonId], person: &PersonId) -> Option<Who> {
    people.binary_search(person).ok().and_then(|at| Who::try_from(at).ok())
}
