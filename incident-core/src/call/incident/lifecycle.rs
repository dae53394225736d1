//! How an incident moves and ends, and what it does to people.

use crate::call::register::operations;
use crate::{
    AreaId, Assurance, AssuranceAnswer, AudienceId, Count, Disruption, Entry, FactValue, Finding, Incident,
    IncidentKind, Known, MilestoneId, Money, PersonId, Share, StateId, Timestamp, Visibility,
};

operations! { Incident:
    /// Declares an incident that was proposed.
    ///
    /// Refused: `incident.not_allowed`.
    verb accept(incident: &mut Incident, stamp: Stamp) -> Result<Vec<Entry>> {
        incident.accept(&stamp)
    }

    /// Says that what was proposed is no incident.
    ///
    /// Refused: `incident.empty_text`, `incident.not_allowed`.
    verb decline(incident: &mut Incident, reason: String, stamp: Stamp) -> Result<Vec<Entry>> {
        incident.decline(&reason, &stamp)
    }

    /// Says that somebody looks after it.
    ///
    /// Refused: `incident.already_acknowledged`, `incident.not_allowed`.
    verb acknowledge(incident: &mut Incident, stamp: Stamp) -> Result<Vec<Entry>> {
        incident.acknowledge(&stamp)
    }

    /// Moves it to a state of its lifecycle.
    ///
    /// Refused: `incident.no_such_state`, `incident.not_allowed`, `incident.unmet` with every unmet condition.
    verb move_to(incident: &mut Incident, state: StateId, stamp: Stamp, reason: Option<String>) -> Result<Vec<Entry>> {
        incident.move_to(&state, reason, &stamp)
    }

    /// Says that work waits for something.
    ///
    /// Refused: `incident.empty_text`, `incident.not_allowed`, `incident.unmet`.
    verb pause(incident: &mut Incident, reason: String, stamp: Stamp, until: Option<Timestamp>) -> Result<Vec<Entry>> {
        incident.pause(&reason, until, &stamp)
    }

    /// Says that the harm is over.
    ///
    /// Refused: `incident.not_allowed`, `incident.unmet` with every unmet condition as a finding.
    verb resolve(incident: &mut Incident, stamp: Stamp, resolution: Option<String>) -> Result<Vec<Entry>> {
        incident.resolve(resolution, &stamp)
    }

    /// Says that it was not over; every earlier stretch stays as it was.
    ///
    /// Refused: `incident.empty_text`, `incident.not_allowed`.
    verb reopen(incident: &mut Incident, reason: String, stamp: Stamp) -> Result<Vec<Entry>> {
        incident.reopen(&reason, &stamp)
    }

    /// Says that nothing more is to be done.
    ///
    /// Refused: `incident.not_allowed`, `incident.unmet` with every unmet condition as a finding.
    verb close(incident: &mut Incident, stamp: Stamp) -> Result<Vec<Entry>> {
        incident.close(&stamp)
    }

    /// Says that it was nothing, or nothing more: a blame-free end that keeps the concern and counts as learning.
    ///
    /// Refused: `incident.empty_text`, `incident.not_allowed`.
    verb stand_down(incident: &mut Incident, reason: String, stamp: Stamp, learned: Option<String>) -> Result<Vec<Entry>> {
        incident.stand_down(&reason, learned, &stamp)
    }

    /// Everything that stands against a move into a state; empty if nothing does.
    view unmet(incident: &Incident, state: StateId, at: Timestamp) -> Result<Vec<Finding>> {
        Ok(incident.unmet(&state, at))
    }

    /// Gives it another title.
    ///
    /// Refused: `incident.empty_text`, `incident.long_title`.
    verb retitle(incident: &mut Incident, title: String, stamp: Stamp) -> Result<Vec<Entry>> {
        incident.retitle(&title, &stamp)
    }

    /// Gives it a summary: two or three sentences.
    ///
    /// Refused: `incident.empty_text`.
    verb summarize(incident: &mut Incident, summary: String, stamp: Stamp) -> Result<Vec<Entry>> {
        incident.summarize(&summary, &stamp)
    }

    /// Says that it turned out to be of another kind.
    verb change_kind(incident: &mut Incident, kind: IncidentKind, stamp: Stamp) -> Result<Vec<Entry>> {
        incident.change_kind(kind, &stamp)
    }

    /// Says that a milestone was reached, when the stamp says it occurred.
    ///
    /// Refused: `incident.out_of_order`, where the lifecycle rejects what is out of order.
    verb reach(incident: &mut Incident, milestone: MilestoneId, stamp: Stamp) -> Result<Vec<Entry>> {
        incident.reach(milestone, &stamp)
    }

    /// Says how an area is disrupted from now on; `none` ends it.
    verb report_impact(incident: &mut Incident, area: AreaId, disruption: Disruption, stamp: Stamp, note: Option<String>) -> Result<Vec<Entry>> {
        incident.report_impact(area, disruption, note, &stamp)
    }

    /// Says how many customers, or which share of them, are affected, as far as it is known.
    ///
    /// Refused: `incident.incomplete`.
    verb report_customers(incident: &mut Incident, stamp: Stamp, count: Option<Known<Count>>, share: Option<Known<Share>>, note: Option<String>) -> Result<Vec<Entry>> {
        incident.report_customers(count, share, note, &stamp)
    }

    /// Says what did or did not happen to data and security; that something did not happen needs a name.
    ///
    /// Refused: `incident.incomplete`.
    verb assure(incident: &mut Incident, assurance: Assurance, answer: AssuranceAnswer, stamp: Stamp, confirmed_by: Option<PersonId>, note: Option<String>) -> Result<Vec<Entry>> {
        incident.assure(assurance, answer, confirmed_by, note, &stamp)
    }

    /// Records a fact that the host's rules use; without a value it is unknown again.
    verb record_fact(incident: &mut Incident, fact: String, stamp: Stamp, value: Option<FactValue>) -> Result<Vec<Entry>> {
        incident.record_fact(&fact, value, &stamp)
    }

    /// Records an estimate of what it costs; a later one for the same thing takes its place.
    verb estimate_cost(incident: &mut Incident, amount: Money, covers: String, stamp: Stamp) -> Result<Vec<Entry>> {
        incident.estimate_cost(amount, &covers, &stamp)
    }

    /// Writes a remark into the record; it stays inside unless `visibility` says otherwise.
    ///
    /// Refused: `incident.empty_text`.
    verb note(incident: &mut Incident, text: String, stamp: Stamp, visibility: Option<Visibility>) -> Result<Vec<Entry>> {
        incident.note(&text, visibility.unwrap_or_default(), &stamp)
    }

    /// Records that an audience was told how it stands, and when it will hear again.
    ///
    /// Refused: `incident.empty_text`.
    verb post_update(incident: &mut Incident, audience: AudienceId, text: String, stamp: Stamp, visibility: Option<Visibility>, next_update_at: Option<Timestamp>) -> Result<Vec<Entry>> {
        incident.post_update(audience, &text, visibility.unwrap_or_default(), next_update_at, &stamp)
    }

    /// Writes down what was said in a call or a room, with what was decided there.
    verb note_conversation(incident: &mut Incident, place: String, text: String, stamp: Stamp, decisions: Option<Vec<String>>) -> Result<Vec<Entry>> {
        incident.note_conversation(&place, &text, decisions.unwrap_or_default(), &stamp)
    }

    /// Records a decision.
    ///
    /// Refused: `incident.empty_text`.
    verb decide(incident: &mut Incident, decision: String, stamp: Stamp, reason: Option<String>) -> Result<Vec<Entry>> {
        incident.decide(&decision, reason, &stamp)
    }
}
