//! Deciding what a policy requires.

use crate::codes;
use crate::error::{Error, Result};
use crate::escalation::document::{PagedWithin, ProofRequirements};
use crate::escalation::policy::EscalationPolicy;
use crate::escalation::world::World;
use crate::id::{AreaId, SeverityId};
use crate::text::pointer_step;
use crate::time::{Elapsed, Moment, Span, TZ_VERSION};

use super::answer::{Counterexample, Proof, ProofClaim, ProofClaimKind, ProofHorizon};
use super::minutes::Minutes;
use super::play::{Incidents, Reach};
use super::scene::{Scene, whole_minutes};
use super::starts::{Beginning, Starts};
use super::sweep::{Sweep, sweep};
use super::told::{Reached, begins_with_nobody};
use super::{clocks, load, say, trace};

impl EscalationPolicy {
    /// Decides what `[prove]` requires, for every minute of its horizon from a moment on (in the zone of the first
    /// rotation), every area and none, and every member with whom the turns of a team may begin, while nobody responds. A
    /// page by `otherwise` never counts.
    ///
    /// ```
    /// use incident_core::{EscalationPolicy, Format, Schedule, Source, World};
    ///
    /// let schedule = "[[rotation]]\nzone = 'UTC'\nhours = 'daily 08:00-20:00'\nmembers = ['ana']";
    /// let schedule = Schedule::read(Source::parse(schedule, Format::Toml)?)?;
    /// let world = World::default().with_schedule("primary".parse()?, schedule);
    /// let text = r#"
    /// escalation.otherwise = { page = ["person:cy"] }
    /// escalation.sev1 = { first = [{ page = ["on-call:primary"] }] }
    /// prove = { horizon = "1 week", sev1 = { first_page = "1m" } }
    /// "#;
    /// let policy = EscalationPolicy::read(&Source::parse(text, Format::Toml)?)?;
    /// let proof = policy.verify(&world, "2026-12-07".parse()?)?;
    /// let example = &proof.claims[0].counterexamples[0];
    /// assert_eq!((example.spans.len(), example.minutes), (8, 7 * 12 * 60));
    /// assert_eq!(example.trace[0].why, "`on-call:primary`: nobody");
    /// # Ok::<(), incident_core::Error>(())
    /// ```
    ///
    /// # Errors
    /// `escalation.nothing_to_prove`, `escalation.too_many_starts`
    pub fn verify(&self, world: &World, from: Moment) -> Result<Proof> {
        let Some(prove) = &self.document().prove else {
            let error = Error::invalid(codes::NOTHING_TO_PROVE, "the policy requires nothing").at("/prove");
            return Err(error.hint("write `[prove]`, such as `sev1 = { first_page = \"1m\" }`"));
        };
        let scene = Scene::new(self, world, from, Reach::Within(reach(prove)));
        let mut claims = Vec::new();
        for (severity, within) in &prove.severities {
            claims.extend(paging(&scene, severity, within)?);
        }
        let mut notes: Vec<String> =
            scene.schedules().flat_map(|schedule| clocks::notes(schedule, &scene.horizon)).collect();
        let loads = load::loads(&scene);
        let length = scene.length.to_string();
        let hours = say::hours(world.directory(), loads.iter().map(|load| &load.0), &length);
        if let Some(required) = prove.load {
            let mut claim = load::claim(&scene, required.asleep_hours_a_week.limit(), &loads);
            claim.why.extend(hours.map(|hours| format!("; {hours}")));
            claims.push(claim);
        } else {
            notes.extend(hours);
        }
        let span = Span { start: scene.horizon.from, end: Some(scene.horizon.until) };
        let horizon = ProofHorizon { span, zone: scene.horizon.zone, length };
        let count = |number: usize| u32::try_from(number).unwrap_or(u32::MAX);
        let severities = count(self.document().escalation.severities.len());
        let areas = count(world.directory().document().areas.len());
        let why = say::whole(&claims, &horizon, severities, areas, TZ_VERSION);
        Ok(Proof {
            policy: self.document().name.as_ref().map(ToString::to_string),
            proved: claims.iter().all(|claim| claim.proved),
            claims,
            horizon,
            severities,
            areas,
            assumptions: say::assumptions(scene.overrides(), scene.absences()),
            on_call: loads.into_iter().map(|(load, _)| load).collect(),
            notes,
            tz_version: TZ_VERSION.to_owned(),
            why,
        })
    }
}

/// The longest time that a requirement looks at, in minutes.
fn reach(prove: &ProofRequirements) -> u32 {
    let times = prove.severities.values().flat_map(|within| [within.first_page, within.second_person]);
    times.flatten().map(whole_minutes).max().unwrap_or_default()
}

/// What came of a play, as far as a requirement asks.
#[derive(Clone, Copy, Debug)]
struct Verdict {
    reached: Reached,
    /// It begins with nobody on call.
    hole: bool,
    /// Areas may have had a part in it, or would have where turns begin elsewhere.
    by_area: bool,
    /// Where turns begin may have had a part in it.
    by_start: bool,
}

/// What came of stretches of minutes.
type Pieces = Vec<(u32, u32, Verdict)>;

/// Areas that cannot be told apart, and what came of every minute for them.
struct Class<'a> {
    areas: Vec<&'a AreaId>,
    without_area: bool,
    /// For each start; for all of them where there is one.
    by_start: Vec<Pieces>,
}

fn paging(scene: &Scene<'_>, severity: &SeverityId, within: &PagedWithin) -> Result<Vec<ProofClaim>> {
    let required = [
        (ProofClaimKind::FirstPage, "first_page", within.first_page),
        (ProofClaimKind::SecondPerson, "second_person", within.second_person),
    ];
    let required: Vec<_> = required.into_iter().filter_map(|(kind, name, limit)| Some((kind, name, limit?))).collect();
    let reach = required.iter().map(|(.., limit)| whole_minutes(*limit)).max().unwrap_or_default();
    let starts = Starts::of(&[scene], severity)?;
    let classes = classes(scene, severity, &starts, reach, within.second_person.is_some());
    let claim = |(kind, name, limit)| {
        let path = format!("/prove{}/{name}", pointer_step(severity.as_str()));
        decide(scene, severity, &starts, &classes, kind, path, limit)
    };
    Ok(required.into_iter().map(claim).collect())
}

/// Every minute for every class of areas: none first, and the others where areas have a part; and for every start where
/// that has a part.
fn classes<'a>(
    scene: &'a Scene<'_>,
    severity: &SeverityId,
    starts: &Starts<'_>,
    reach: u32,
    second: bool,
) -> Vec<Class<'a>> {
    let experts = scene.experts_from(severity);
    let turns = scene.turns_from(severity).filter(|_| starts.matter());
    let verdicts = |areas: &[AreaId], start: u32, stretches: &Minutes| -> Pieces {
        let decided = move |reached: &Reached| reached.first.is_some() && (!second || reached.second.is_some());
        let incidents = Incidents { severity, areas, start };
        let mut player = scene.player(incidents, Reach::Within(reach), decided, |told, ended| {
            let by_start = turns.is_some_and(|turns| turns <= ended);
            Verdict {
                reached: Reached::of(told),
                hole: begins_with_nobody(told).is_some_and(|step| scene.asks_on_call(severity, step)),
                by_area: experts.is_some_and(|experts| experts <= ended || by_start),
                by_start,
            }
        });
        let Sweep { outcomes, pieces } = sweep(&mut player, stretches.stretches());
        pieces.into_iter().filter_map(|(from, until, at)| Some((from, until, *outcomes.get(at)?))).collect()
    };
    // What is known already, and played anew where something has a part in it.
    let anew = |known: &Pieces, has_part: fn(&Verdict) -> bool, play: &dyn Fn(&Minutes) -> Pieces| -> Option<Pieces> {
        let (parted, alike): (Pieces, Pieces) = known.iter().copied().partition(|(.., verdict)| has_part(verdict));
        let parted: Minutes = parted.iter().map(|(from, until, _)| (*from, *until)).collect();
        let mut pieces = if parted.is_empty() { return None } else { play(&parted) };
        pieces.extend(alike);
        pieces.sort_by_key(|(from, ..)| *from);
        Some(pieces)
    };
    let by_start = |areas: &[AreaId], first: Pieces| -> Vec<Pieces> {
        let other = |start| anew(&first, |it| it.by_start, &|minutes| verdicts(areas, start, minutes));
        let others: Vec<Pieces> = starts.all().skip(1).map_while(other).collect();
        std::iter::once(first).chain(others).collect()
    };
    let none = verdicts(&[], 0, &Minutes::one(0, scene.horizon.minutes()));
    let of_group = |areas: Vec<&'a AreaId>| {
        let one: Vec<AreaId> = areas.first().map(|area| (*area).clone()).into_iter().collect();
        let first = anew(&none, |it| it.by_area, &|minutes| verdicts(&one, 0, minutes))?;
        Some(Class { areas, without_area: false, by_start: by_start(&one, first) })
    };
    let groups = scene.area_groups();
    let others: Option<Vec<_>> = groups.iter().cloned().map(of_group).collect();
    match others {
        Some(others) => {
            let none = Class { areas: Vec::new(), without_area: true, by_start: by_start(&[], none) };
            std::iter::once(none).chain(others).collect()
        }
        None => {
            let areas = groups.into_iter().flatten().collect();
            vec![Class { areas, without_area: true, by_start: by_start(&[], none) }]
        }
    }
}

/// Classes and starts for which a requirement fails at the same minutes.
struct Failing<'a> {
    minutes: Minutes,
    starts: Vec<u32>,
    classes: Vec<&'a Class<'a>>,
    /// Whether each of them begins with nobody on call.
    hole: bool,
}

fn failing<'a>(classes: &'a [Class<'a>], fails: impl Fn(&Verdict) -> bool) -> Vec<Failing<'a>> {
    let mut all: Vec<Failing<'_>> = Vec::new();
    for class in classes {
        let mut of_class: Vec<Failing<'_>> = Vec::new();
        for (start, pieces) in (0..).zip(&class.by_start) {
            let bad = || pieces.iter().filter(|(.., verdict)| fails(verdict));
            let minutes: Minutes = bad().map(|(from, until, _)| (*from, *until)).collect();
            match of_class.iter_mut().find(|known| known.minutes == minutes) {
                _ if minutes.is_empty() => {}
                Some(alike) => alike.starts.push(start),
                None => {
                    let hole = bad().all(|(.., verdict)| verdict.hole);
                    of_class.push(Failing { minutes, starts: vec![start], classes: vec![class], hole });
                }
            }
        }
        for mut one in of_class {
            if one.starts.len() == class.by_start.len() {
                one.starts.clear();
            }
            match all.iter_mut().find(|known| known.minutes == one.minutes && known.starts == one.starts) {
                Some(alike) => alike.classes.push(class),
                None => all.push(one),
            }
        }
    }
    all
}

fn decide(
    scene: &Scene<'_>,
    severity: &SeverityId,
    starts: &Starts<'_>,
    classes: &[Class<'_>],
    kind: ProofClaimKind,
    path: String,
    limit: Elapsed,
) -> ProofClaim {
    let most = whole_minutes(limit);
    let time = |verdict: &Verdict| match kind {
        ProofClaimKind::SecondPerson => verdict.reached.second,
        _ => verdict.reached.first,
    };
    let fails = |verdict: &Verdict| time(verdict).is_none_or(|time| time > most);
    let example = |failing: Failing<'_>| {
        let areas: Vec<AreaId> =
            failing.classes.iter().flat_map(|class| &class.areas).map(|area| (*area).clone()).collect();
        let without_area = failing.classes.iter().any(|class| class.without_area);
        let shown = if without_area { &[][..] } else { areas.get(..1)? };
        let (minutes, start) = (failing.minutes, failing.starts.first().copied().unwrap_or_default());
        let first = minutes.first()?;
        let told = scene.whole(Incidents { severity, areas: shown, start }, first);
        let beginnings: Vec<Beginning> = failing.starts.iter().map(|start| starts.beginning(0, *start)).collect();
        let why = say::Fails { scene, severity, kind, limit, minutes: &minutes, starts: &beginnings };
        let why = why.say(&trace::steps(scene, severity, first, &told));
        Some(Counterexample {
            severity: Some(severity.clone()),
            areas: areas.clone(),
            without_area,
            starts: beginnings,
            person: None,
            spans: scene.horizon.spans(&minutes),
            minutes: minutes.len(),
            witness: scene.horizon.at(first),
            trace: trace::lines(scene, severity, first, &told),
            because: failing.hole.then_some(codes::COVERAGE_HOLE),
            why,
        })
    };
    let counterexamples: Vec<Counterexample> = failing(classes, fails).into_iter().filter_map(example).collect();
    let proved = counterexamples.is_empty();
    let latest = classes
        .iter()
        .flat_map(|class| class.by_start.iter().flatten())
        .filter_map(|(.., verdict)| time(verdict))
        .max();
    let mut claim = ProofClaim {
        path,
        claim: kind,
        severity: Some(severity.clone()),
        limit,
        proved,
        reached: latest.filter(|_| proved).map(|minutes| Elapsed::minutes(i64::from(minutes))),
        person: None,
        week: None,
        counterexamples,
        why: String::new(),
    };
    claim.why = say::claim(scene.directory(), &claim);
    claim
}
