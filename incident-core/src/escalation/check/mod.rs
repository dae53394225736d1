//! What is wrong with a policy: in itself, and with the people and schedules it is for.

mod allow;
mod coverage;
mod explain;
mod findings;
mod names;
mod steps;
pub(super) mod survey;

use crate::escalation::policy::EscalationPolicy;
use crate::escalation::proof::scene::Scene;
use crate::escalation::world::World;
use crate::finding::Finding;
use crate::id::SeverityId;
use crate::time::Moment;

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
        let document = self.document();
        let mut found = steps::check(document, severities);
        found.extend(world.iter().flat_map(|world| names::check(document, world)));
        let mut today = None;
        if let (Some(world), Some(from)) = (world, from) {
            let scene = Scene::new(self, world, from, Scene::to_the_end(document));
            today = Some(scene.horizon.zone.day(scene.horizon.from));
            found.extend(played(&scene, &found));
        }
        self.place(allow::apply(&document.allow, today, found))
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
