//! The operations that check policies and prove what they require.

use super::register::operations;
use crate::{Code, EscalationPolicy, Finding, Moment, Proof, SeverityId, World};

operations! { EscalationPolicy:
    /// Everything that is wrong with it whoever is on call: steps that can do nothing, severities that begin late or end
    /// quietly, and those of `severities` (worst first) that it has no policy for.
    view check(policy: &EscalationPolicy, severities: Option<Vec<SeverityId>>) -> Result<Vec<Finding>> {
        Ok(policy.check(&severities.unwrap_or_default(), None, None))
    }

    /// Everything that is wrong with it in a world: names that nobody has, and from `start` on (in the zone of the first
    /// rotation) every minute of its horizon at which nobody is on call, or a step finds nobody or only people who are
    /// engaged already. What it allows itself is left out.
    slow view check_in(
        policy: &EscalationPolicy, world: &World, start: Option<Moment>, severities: Option<Vec<SeverityId>>
    ) -> Result<Vec<Finding>> {
        Ok(policy.check(&severities.unwrap_or_default(), Some(world), start))
    }

    /// What is wrong with it in a world and was not with an older policy in its own, over the same horizon: only what the
    /// change introduced. What moved in a list, and what was renamed, is not new; what is graver, or reaches further, is.
    slow view check_against(
        policy: &EscalationPolicy, world: &World, older: &EscalationPolicy, older_world: &World, start: Option<Moment>,
        severities: Option<Vec<SeverityId>>
    ) -> Result<Vec<Finding>> {
        Ok(policy.check_against(world, (older, older_world), &severities.unwrap_or_default(), start))
    }

    /// Decides what `[prove]` requires, for every minute of its horizon from `start` on, every area and none, and every
    /// member with whom the turns of a team may begin, while nobody responds: proved, with what was reached, or refuted,
    /// with where and what happens then.
    ///
    /// Refused: `escalation.nothing_to_prove`, `escalation.too_many_starts`.
    slow view verify(policy: &EscalationPolicy, world: &World, start: Moment) -> Result<Proof> {
        policy.verify(world, start)
    }

    /// The proof as text: the verdict, a line for each severity and the load, notes, and what is assumed.
    ///
    /// Refused: `escalation.nothing_to_prove`, `escalation.too_many_starts`.
    slow view verify_text(policy: &EscalationPolicy, world: &World, start: Moment) -> Result<String> {
        policy.verify(world, start).map(|proof| proof.to_string())
    }

    /// What is behind findings of one code, minute by minute, as text: `escalation.coverage_hole`,
    /// `escalation.step_finds_nobody`, `escalation.step_adds_nobody` or `escalation.single_person`.
    ///
    /// Refused: `escalation.not_explained`, `escalation.too_many_starts`.
    slow view explain(policy: &EscalationPolicy, world: &World, start: Moment, code: Code) -> Result<String> {
        policy.explain(world, start, code)
    }
}
