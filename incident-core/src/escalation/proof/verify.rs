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
use super::play::Reach;
use super::scene::{Scene, whole_minutes};
use super::sweep::{Sweep, sweep};
use super::told::{Reached, begins_with_nobody};
use super::{clocks, load, say, trace};

impl EscalationPolicy {
    /// Decides what `[prove]` requires, for every minute of its horizon from a moment on (in the zone of the first
    /// rotation), every area and none, while nobody responds. A page by `otherwise` never counts.
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
    /// `escalation.nothing_to_prove`
    pub fn verify(&self, world: &World, from: Moment) -> Result<Proof> {
        let Some(prove) = &self.document().prove else {
            let error = Error::invalid(codes::NOTHING_TO_PROVE, "the policy requires nothing").at("/prove");
            return Err(error.hint("write `[prove]`, such as `sev1 = { first_page = \"1m\" }`"));
        };
        let scene = Scene::new(self, world, from, Reach::Within(reach(prove)));
        let mut claims = Vec::new();
        for (severity, within) in &prove.severities {
            claims.extend(paging(&scene, severity, within));
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
            tz: TZ_VERSION.to_owned(),
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
    /// Areas may have had a part in it.
    by_area: bool,
}

/// Areas that cannot be told apart, and what came of every minute for them.
struct Class<'a> {
    areas: Vec<&'a AreaId>,
    without_area: bool,
    pieces: Vec<(u32, u32, Verdict)>,
}

fn paging(scene: &Scene<'_>, severity: &SeverityId, within: &PagedWithin) -> Vec<ProofClaim> {
    let required = [
        (ProofClaimKind::FirstPage, "first_page", within.first_page),
        (ProofClaimKind::SecondPerson, "second_person", within.second_person),
    ];
    let required: Vec<_> = required.into_iter().filter_map(|(kind, name, limit)| Some((kind, name, limit?))).collect();
    let reach = required.iter().map(|(.., limit)| whole_minutes(*limit)).max().unwrap_or_default();
    let classes = classes(scene, severity, reach, within.second_person.is_some());
    let claim = |(kind, name, limit)| {
        let path = format!("/prove{}/{name}", pointer_step(severity.as_str()));
        decide(scene, severity, &classes, kind, path, limit)
    };
    required.into_iter().map(claim).collect()
}

/// Every minute for every class of areas: none first, and the others where areas have a part.
fn classes<'a>(scene: &'a Scene<'_>, severity: &SeverityId, reach: u32, second: bool) -> Vec<Class<'a>> {
    let asks = scene.experts_from(severity);
    let verdicts = |areas: &[AreaId], stretches: &Minutes| -> Vec<(u32, u32, Verdict)> {
        let decided = move |reached: &Reached| reached.first.is_some() && (!second || reached.second.is_some());
        let mut player = scene.player(severity, areas, Reach::Within(reach), decided, |told, ended| Verdict {
            reached: Reached::of(told),
            hole: begins_with_nobody(told).is_some_and(|step| scene.asks_on_call(severity, step)),
            by_area: asks.is_some_and(|asks| asks <= ended),
        });
        let Sweep { outcomes, pieces } = sweep(&mut player, stretches.stretches());
        pieces.into_iter().filter_map(|(from, until, at)| Some((from, until, *outcomes.get(at)?))).collect()
    };
    let none = verdicts(&[], &Minutes::one(0, scene.horizon.minutes()));
    let by_area: Minutes =
        none.iter().filter(|(.., verdict)| verdict.by_area).map(|(from, until, _)| (*from, *until)).collect();
    let groups = scene.area_groups();
    if by_area.is_empty() {
        let areas = groups.into_iter().flatten().collect();
        return vec![Class { areas, without_area: true, pieces: none }];
    }
    let alike: Vec<_> = none.iter().copied().filter(|(.., verdict)| !verdict.by_area).collect();
    let of_group = |areas: Vec<&'a AreaId>| {
        let one: Vec<AreaId> = areas.first().map(|area| (*area).clone()).into_iter().collect();
        let mut pieces = verdicts(&one, &by_area);
        pieces.extend(&alike);
        pieces.sort_by_key(|(from, ..)| *from);
        Class { areas, without_area: false, pieces }
    };
    let others: Vec<_> = groups.into_iter().map(of_group).collect();
    let none = Class { areas: Vec::new(), without_area: true, pieces: none };
    std::iter::once(none).chain(others).collect()
}

fn decide(
    scene: &Scene<'_>,
    severity: &SeverityId,
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
    // Classes that fail at the same minutes, and whether each of those begins with nobody on call.
    let mut failed: Vec<(Minutes, bool, Vec<&Class<'_>>)> = Vec::new();
    for class in classes {
        let bad = || class.pieces.iter().filter(|(.., verdict)| fails(verdict));
        let minutes: Minutes = bad().map(|(from, until, _)| (*from, *until)).collect();
        if minutes.is_empty() {
            continue;
        }
        match failed.iter_mut().find(|(known, ..)| *known == minutes) {
            Some((.., alike)) => alike.push(class),
            None => failed.push((minutes, bad().all(|(.., verdict)| verdict.hole), vec![class])),
        }
    }
    let counterexamples: Vec<Counterexample> = failed
        .into_iter()
        .filter_map(|(minutes, hole, classes)| {
            let areas: Vec<AreaId> =
                classes.iter().flat_map(|class| &class.areas).map(|area| (*area).clone()).collect();
            let without_area = classes.iter().any(|class| class.without_area);
            let shown = if without_area { &[][..] } else { areas.get(..1)? };
            let first = minutes.first()?;
            let told = scene.whole(severity, shown, first);
            Some(Counterexample {
                severity: Some(severity.clone()),
                areas: areas.clone(),
                without_area,
                person: None,
                spans: scene.horizon.spans(&minutes),
                minutes: minutes.len(),
                witness: scene.horizon.at(first),
                trace: trace::lines(scene, severity, first, &told),
                because: hole.then_some(codes::COVERAGE_HOLE),
                why: say::fails(scene, severity, kind, limit, &minutes, &trace::steps(scene, severity, first, &told)),
            })
        })
        .collect();
    let proved = counterexamples.is_empty();
    let latest = classes.iter().flat_map(|class| &class.pieces).filter_map(|(.., verdict)| time(verdict)).max();
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
