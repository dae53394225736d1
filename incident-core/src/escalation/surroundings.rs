//! What an engine asks of the world, so that a proof can answer from memory and a test from a table.

use crate::id::{AreaId, PersonId, ScheduleId, SlotId, TeamId};
use crate::time::{Timestamp, Zone};

/// The world at an instant. What it does not know has no answer: nobody is on call in an unknown schedule.
///
/// The engine asks at the beginning of whole minutes, and drops the absent from every answer itself. Answers that exist
/// already are borrowed; those that have to be computed are told one by one.
pub(crate) trait Surroundings {
    /// Everyone on call in a schedule.
    fn on_call(&self, schedule: &ScheduleId, at: Timestamp, each: &mut dyn FnMut(&PersonId));
    /// Whoever is next in a schedule, passing over those on call now or absent.
    fn next(&self, schedule: &ScheduleId, at: Timestamp, each: &mut dyn FnMut(&PersonId));
    /// Whether somebody is absent, by any source.
    fn is_absent(&self, person: &PersonId, at: Timestamp) -> bool;
    /// The experts of an area, the first first.
    fn experts(&self, area: &AreaId) -> &[PersonId];
    /// The buddies of somebody, the first first.
    fn buddies(&self, person: &PersonId) -> &[PersonId];
    /// Who is next in the chain of command.
    fn lead(&self, person: &PersonId) -> Option<&PersonId>;
    /// The members of a team, in order.
    fn team(&self, team: &TeamId) -> &[PersonId];
    /// Whoever the host put into a slot.
    fn slot(&self, slot: &SlotId) -> &[PersonId];
    /// The zone of somebody.
    fn zone(&self, person: &PersonId) -> Option<Zone>;
}
