//! What is wrong with a policy: in itself, and with the people and schedules it is for.

mod allow;
mod coverage;
mod explain;
mod findings;
mod names;
mod steps;
pub(super) mod survey;

use crate::codes::Code;
use crate::escalation::policy::EscalationPolicy;
use crate::escalation::proof::horizon::Horizon;
use crate::escalation::proof::scene::Scene;
use crate::escalation::world::World;
use crate::finding::{Finding, new_findings_in};
use crate::id::SeverityId;
use crate::time::{Date, Moment, Span, Turn};

pub(crate) use allow::allow;

use survey::Survey;

impl EscalationPolicy {
    /// Everything that is wrong with it, in the order of the document.
    ///
    /// Alone: steps that can do nothing, severities that begin late or end quietly. `severities`, worst first, are those
    /// that must have a policy. With a world: names that nobody has. With a moment from which to look, every minute of
    /// the horizon of `[prove]` (26 weeks where there is none) is played: `escalation.coverage_hole`,
    /// `escalation.step_finds_nobody`, `escalation.step_adds_nobody` and `escalation.single_person`, each with when and
    /// what happens then among its facts; `escalation.too_many_starts` where there is too much to look at. What `[[allow]]` allows is left out.
    #[must_use]
    pub fn check(&self, severities: &[SeverityId], world: Option<&World>, from: Option<Moment>) -> Vec<Finding> {
        let horizon = world.zip(from).map(|(world, from)| Scene::horizon(self, world, from));
        self.check_over(severities, world, horizon)
    }

    /// What [`EscalationPolicy::check`] finds in a world and did not find in an older policy in its own, over the same
    /// horizon: only what the change introduced. What moved in a list, and what was renamed, is not new; what is graver
    /// than before, or reaches further, is.
    ///
    /// ```
    /// use incident_core::{EscalationPolicy, Format, Source, World};
    ///
    /// let policy = |first: &str| {
    ///     let text = format!("[escalation]\notherwise = {{ page = ['person:ana'] }}\n[escalation.sev1]\nfirst = [{first}]");
    ///     EscalationPolicy::read(&Source::parse(&text, Format::Toml)?)
    /// };
    /// let (older, world) = (policy("{ at = '5m', page = ['person:bo'] }")?, World::default());
    /// let newer = policy("{ at = '5m', page = ['person:bo'] }, { at = '9m', page = ['person:bo'] }")?;
    /// let new = newer.check_against(&world, (&older, &world), &[], None);
    /// assert_eq!(new[0].code.as_str(), "escalation.shadowed_step");
    /// # Ok::<(), incident_core::Error>(())
    /// ```
    #[must_use]
    pub fn check_against(
        &self,
        world: &World,
        (older, older_world): (&Self, &World),
        severities: &[SeverityId],
        from: Option<Moment>,
    ) -> Vec<Finding> {
        let horizon = from.map(|from| Scene::horizon(self, world, from));
        let value = |policy: &Self| serde_json::to_value(policy.document()).unwrap_or_default();
        let before = older.check_over(severities, Some(older_world), horizon);
        let now = self.check_over(severities, Some(world), horizon);
        new_findings_in((&before, &value(older)), (&now, &value(self)))
    }

    /// The day on which its horizon begins, on the clock of the first rotation.
    pub(crate) fn first_day(&self, world: &World, from: Moment) -> Date {
        let (horizon, _) = Scene::horizon(self, world, from);
        horizon.zone.day(horizon.from)
    }

    /// The span of its horizon.
    pub(crate) fn horizon(&self, world: &World, from: Moment) -> Span {
        let (horizon, _) = Scene::horizon(self, world, from);
        Span { start: horizon.from, end: Some(horizon.until) }
    }

    /// What is found over a horizon, with places, and without what is allowed.
    fn check_over(
        &self,
        severities: &[SeverityId],
        world: Option<&World>,
        horizon: Option<(Horizon, Turn)>,
    ) -> Vec<Finding> {
        let found = self.check_all(severities, world, horizon);
        let today = world.and(horizon).map(|(horizon, _)| horizon.zone.day(horizon.from));
        let is_told_here = |code: Code| code.as_str().starts_with("escalation.");
        self.place(allow(&self.document().allow, today, is_told_here, found))
    }

    /// The same without places, and with what `[[allow]]` allows.
    pub(crate) fn check_from(&self, severities: &[SeverityId], world: &World, from: Option<Moment>) -> Vec<Finding> {
        self.check_all(severities, Some(world), from.map(|from| Scene::horizon(self, world, from)))
    }

    fn check_all(
        &self,
        severities: &[SeverityId],
        world: Option<&World>,
        horizon: Option<(Horizon, Turn)>,
    ) -> Vec<Finding> {
        let document = self.document();
        let mut found = steps::check(document, severities);
        found.extend(world.iter().flat_map(|world| names::check(document, world)));
        if let (Some(world), Some(horizon)) = (world, horizon) {
            let scene = Scene::over(self, world, horizon, Scene::to_the_end(document));
            found.extend(played(&scene, &found));
        }
        found
    }
}

/// What playing every minute finds.
fn played(scene: &Scene<'_>, told: &[Finding]) -> Vec<Finding> {
    let severities = &scene.policy.document().escalation.severities;
    let (mut surveys, mut found) = (Vec::new(), Vec::new());
    for (severity, tracks) in severities {
        match Survey::of(scene, severity, tracks) {
            Ok(survey) => surveys.push(survey),
            // Nothing is said of what was not looked at but that.
            Err(error) => found.push(error.to_finding()),
        }
    }
    let holes = coverage::holes(&surveys);
    found.extend(coverage::findings(scene, &holes));
    for survey in &surveys {
        found.extend(findings::findings(scene, survey, &holes, told));
    }
    found
}

#[cfg(test)]
mod tests;
