//! The operations of escalation: policies, the world they ask, the engine, and the deadlines of many.

use super::register::operations;
use crate::{
    Absence, AreaId, Directory, Entry, Escalation, EscalationAction, EscalationBasis, EscalationInput,
    EscalationPolicy, EscalationPolicyDocument, EscalationPreset, EscalationStatus, Fleet, FleetDue, Format,
    HelpReason, Incident, IncidentId, PageId, PersonId, Schedule, ScheduleId, SeverityId, SlotId, Source, Stamp,
    Timestamp, World, WorldDocument,
};

/// Who records the actions of an escalation, where nobody says.
fn pager(by: Option<PersonId>) -> crate::Result<PersonId> {
    by.map_or_else(|| PersonId::new("escalation"), Ok)
}

operations! {
    EscalationPolicy:
        /// Reads a policy from text in TOML, YAML or JSON; the format is taken from the file's name or the text where absent.
        ///
        /// Refused with every problem and its place: `contract.*`, `escalation.bad_target`, `escalation.bad_limit`,
        /// `escalation.no_otherwise`, `escalation.bad_step`, `escalation.bad_time`, `escalation.too_many_repeats`,
        /// `escalation.unknown_window`, `escalation.no_reason`.
        new read(text: String, format: Option<Format>, file: Option<String>) -> Result<EscalationPolicy> {
            EscalationPolicy::read(&Source::open(&text, format, file.as_deref())?)
        }

        /// A policy from a table, such as a part of a larger document.
        ///
        /// Refused with every problem: `escalation.*`.
        new of(policy: EscalationPolicyDocument) -> Result<EscalationPolicy> {
            EscalationPolicy::of(policy).map_err(|error| super::severity::inside("/policy", error))
        }

        /// A policy that comes with the library: `two_tiers`, `follow_the_sun` or `commander`.
        ///
        /// Refused: `escalation.unknown_preset`.
        new preset(name: String) -> Result<EscalationPolicy> {
            let preset: EscalationPreset = name.parse().map_err(|error| super::severity::inside("/name", error))?;
            EscalationPolicy::preset(preset)
        }

        /// Its version, which an escalation keeps to: the one that is written, or a hash of its content.
        view version(policy: &EscalationPolicy) -> Result<String> {
            Ok(policy.version().to_owned())
        }

        /// The policy as it was written.
        view document(policy: &EscalationPolicy) -> Result<EscalationPolicyDocument> {
            Ok(policy.document().clone())
        }

    World:
        /// A world of people, teams and areas.
        new new(directory: &Directory) -> Result<World> {
            Ok(World::new(directory.clone()))
        }

        /// A world from its parts.
        ///
        /// Refused: what its schedules are refused for, `oncall.*`.
        new of(world: WorldDocument) -> Result<World> {
            World::of(world).map_err(|error| super::severity::inside("/world", error))
        }

        /// The same with a schedule, in place of one of that name.
        view with_schedule(world: &World, schedule: &Schedule, name: ScheduleId) -> Result<World> {
            Ok(world.clone().with_schedule(name, schedule.clone()))
        }

        /// The same with people in a slot, in place of those who were there.
        view with_slot(world: &World, slot: SlotId, people: Vec<PersonId>) -> Result<World> {
            Ok(world.clone().with_slot(slot, people))
        }

        /// The same with more people away; days and local times are meant in the zone of the person.
        ///
        /// Refused: `oncall.no_span`, `time.ends_before_start`.
        view with_absences(world: &World, absences: Vec<Absence>) -> Result<World> {
            world.clone().with_absences(absences).map_err(|error| super::severity::inside("/absences", error))
        }

        /// Whether somebody is away, by any source.
        view is_absent(world: &World, person: PersonId, at: Timestamp) -> Result<bool> {
            Ok(world.is_absent(&person, at))
        }

    Escalation:
        /// Begins to page for an incident, by a policy whose version it keeps to: with its severity and disrupted areas,
        /// and as acknowledged by whoever looks after it already.
        new start(incident: &Incident, policy: &EscalationPolicy, at: Timestamp) -> Result<Escalation> {
            Escalation::start(incident, policy, at)
        }

        /// Begins to page for an incident that is kept elsewhere.
        new begin(policy: &EscalationPolicy, basis: EscalationBasis, at: Timestamp) -> Result<Escalation> {
            Escalation::begin(basis, policy, at)
        }

        /// Goes on from what `to_state` wrote, with the policy that it began with.
        ///
        /// Refused: `escalation.other_version`, a conflict; `escalation.broken_state`.
        new resume(policy: &EscalationPolicy, state: String) -> Result<Escalation> {
            Escalation::resume(&state, policy)
        }

        /// Tells it what happened; `at` is when the host learned of it. After the end nothing matters, and nothing is
        /// refused.
        ///
        /// Refused: `escalation.too_far`, `escalation.not_drained`.
        verb handle(escalation: &mut Escalation, now: Timestamp, input: EscalationInput) -> Result<()> {
            escalation.handle(now, input)
        }

        /// Tells it what was recorded since it began, or was fed last, and returns what that was.
        ///
        /// Refused: as `handle`.
        verb feed(escalation: &mut Escalation, incident: &Incident) -> Result<Vec<EscalationInput>> {
            escalation.feed(incident)
        }

        /// Time has passed, up to `now`.
        ///
        /// Refused: `escalation.too_far`.
        verb tick(escalation: &mut Escalation, now: Timestamp) -> Result<()> {
            escalation.tick(now)
        }

        /// Somebody looks after it: the first response stands still.
        verb acknowledge(escalation: &mut Escalation, by: PersonId, at: Timestamp) -> Result<()> {
            escalation.handle(at, EscalationInput::Acknowledged { by })
        }

        /// Nobody looks after it any more: the first response goes on where it stopped.
        verb unacknowledge(escalation: &mut Escalation, at: Timestamp) -> Result<()> {
            escalation.handle(at, EscalationInput::Unacknowledged {})
        }

        /// The first response stands still until an instant.
        verb snooze(escalation: &mut Escalation, until: Timestamp, at: Timestamp) -> Result<()> {
            escalation.handle(at, EscalationInput::Snoozed { until })
        }

        /// It is snoozed no longer.
        verb wake(escalation: &mut Escalation, at: Timestamp) -> Result<()> {
            escalation.handle(at, EscalationInput::Woken {})
        }

        /// Somebody else looks after it; they are paged at once, and the first response goes on.
        verb reassign(escalation: &mut Escalation, to: PersonId, at: Timestamp, by: Option<PersonId>) -> Result<()> {
            escalation.handle(at, EscalationInput::Reassigned { to, by })
        }

        /// It became worse or milder: the tracks of the new severity start now in place of the old.
        verb change_severity(escalation: &mut Escalation, severity: SeverityId, at: Timestamp, raised: Option<bool>) -> Result<()> {
            escalation.handle(at, EscalationInput::SeverityChanged { severity, raised })
        }

        /// Another area is concerned.
        verb add_area(escalation: &mut Escalation, area: AreaId, at: Timestamp) -> Result<()> {
            escalation.handle(at, EscalationInput::AreaAdded { area })
        }

        /// Somebody asks for help.
        verb ask_help(escalation: &mut Escalation, reason: HelpReason, at: Timestamp, by: Option<PersonId>) -> Result<()> {
            escalation.handle(at, EscalationInput::HelpAsked { reason, by })
        }

        /// Something moved: an update, an outcome, a milestone.
        verb progress(escalation: &mut Escalation, at: Timestamp, by: Option<PersonId>) -> Result<()> {
            escalation.handle(at, EscalationInput::Progress { by })
        }

        /// A page did not arrive.
        verb fail_delivery(escalation: &mut Escalation, page: PageId, at: Timestamp) -> Result<()> {
            escalation.handle(at, EscalationInput::DeliveryFailed { page })
        }

        /// It is over: nobody is paged any more.
        verb resolve(escalation: &mut Escalation, at: Timestamp) -> Result<()> {
            escalation.handle(at, EscalationInput::Resolved {})
        }

        /// Goes on with another version of the policy: its tracks start now in place of the old. Drain it first.
        verb upgrade(escalation: &mut Escalation, policy: &EscalationPolicy, now: Timestamp) -> Result<()> {
            escalation.upgrade(now, policy)
        }

        /// The next thing to do; nothing when everything due by the last instant told has been asked for.
        verb poll(escalation: &mut Escalation, world: &World) -> Result<Option<EscalationAction>> {
            Ok(escalation.poll(world))
        }

        /// Everything to do by the last instant told.
        verb drain(escalation: &mut Escalation, world: &World) -> Result<Vec<EscalationAction>> {
            Ok(escalation.drain(world))
        }

        /// When to come back with a tick, if nothing happens before.
        view next_deadline(escalation: &Escalation) -> Result<Option<Timestamp>> {
            Ok(escalation.next_deadline())
        }

        /// How it stands.
        view status(escalation: &Escalation) -> Result<EscalationStatus> {
            Ok(escalation.status())
        }

        /// The policy that it keeps to.
        view policy(escalation: &Escalation) -> Result<EscalationPolicy> {
            Ok(escalation.policy().clone())
        }

        /// Its state without the policy, for `resume`.
        view to_state(escalation: &Escalation) -> Result<String> {
            escalation.to_state()
        }

    Fleet:
        /// The deadlines of many escalations; none yet.
        new new() -> Result<Fleet> {
            Ok(Fleet::default())
        }

        /// Takes an escalation in, or its new deadline.
        verb update(fleet: &mut Fleet, escalation: &Escalation) -> Result<()> {
            fleet.update(escalation);
            Ok(())
        }

        /// Gives an escalation a deadline, or takes it away.
        verb set(fleet: &mut Fleet, incident: IncidentId, deadline: Option<Timestamp>) -> Result<()> {
            fleet.set(incident, deadline);
            Ok(())
        }

        /// Leaves an escalation out.
        verb remove(fleet: &mut Fleet, incident: IncidentId) -> Result<()> {
            fleet.remove(incident);
            Ok(())
        }

        /// The first deadline of all.
        view next_deadline(fleet: &Fleet) -> Result<Option<Timestamp>> {
            Ok(fleet.next_deadline())
        }

        /// Takes out all that are due, by deadline and then by id. Give each a tick, drain it, and put it back.
        verb due(fleet: &mut Fleet, now: Timestamp) -> Result<Vec<FleetDue>> {
            Ok(fleet.due(now))
        }

    Incident:
        /// Writes down what an escalation asked for. Recording the same action again appends nothing, and returns the
        /// entry that there is.
        verb record(incident: &mut Incident, action: EscalationAction, at: Timestamp, by: Option<PersonId>) -> Result<Vec<Entry>> {
            incident.record(&action, &Stamp::new(pager(by)?, at))
        }
}
