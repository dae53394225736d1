//! Who sees what.

use std::collections::BTreeSet;

use serde::Serialize;

use crate::id::IncidentId;
use crate::privacy::{Clearance, Viewer, Visibility};
use crate::time::Timestamp;

use super::event::Event;
use super::fold::{effective, is_restricted, members, overview, timeline};
use super::{Entry, Incident, IncidentOverview, Seq, TimelineEntry};

/// An incident as one viewer may see it: everything in it follows from the entries that they may see, so nothing else
/// can shine through.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct IncidentView {
    /// Its id; all that is told of a restricted incident to those who may not see it.
    pub id: IncidentId,
    /// Whether the viewer may see it.
    pub visible: bool,
    /// How it stands, as far as they may see.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub overview: Option<IncidentOverview>,
    /// The entries that they may see.
    pub entries: Vec<Entry>,
    /// The story, as far as they may see.
    pub timeline: Vec<TimelineEntry>,
}

impl Incident {
    /// What a viewer may see, as it stands at an instant.
    ///
    /// Of a restricted incident, those who are no members and may not see every incident learn its id and nothing else.
    /// Outside, people see what was published, and not by whom; inside, everything but the private words of others.
    #[must_use]
    pub fn view(&self, viewer: &Viewer, at: Timestamp) -> IncidentView {
        let sight = Sight::new(self, viewer);
        let seen = self.entries.iter().zip(sight.reach()).filter_map(|(entry, seen)| seen.then_some(entry));
        let outside = viewer.clearance == Clearance::Public;
        let entries: Vec<Entry> = seen.map(|entry| if outside { entry.unsigned() } else { entry.clone() }).collect();
        if entries.is_empty() {
            return IncidentView { id: self.id, visible: false, overview: None, entries, timeline: Vec::new() };
        }
        let seen = effective(entries.iter());
        let (overview, timeline) = (overview(self.id, &seen, at), timeline(&seen));
        IncidentView { id: self.id, visible: true, overview: Some(overview), timeline, entries }
    }
}

/// What one viewer may see of one incident.
struct Sight<'a> {
    incident: &'a Incident,
    viewer: &'a Viewer,
    /// Whether they are a member, if it is restricted.
    member: Option<bool>,
    /// Entries whose correction or retraction they may not see: what no longer holds is not left behind.
    overtaken: BTreeSet<Seq>,
}

impl<'a> Sight<'a> {
    fn new(incident: &'a Incident, viewer: &'a Viewer) -> Self {
        let log = incident.log();
        let is_member = || viewer.person.as_ref().is_some_and(|person| members(&log).contains(person));
        let member = is_restricted(&log).then(is_member);
        let mut sight = Self { incident, viewer, member, overtaken: BTreeSet::new() };
        let hidden = log.iter().filter(|entry| !sight.may_read(entry.entry));
        sight.overtaken = hidden.filter_map(|entry| overtakes(entry.event)).collect();
        sight
    }

    /// Whether they may read the words of an entry by themselves.
    fn may_read(&self, entry: &Entry) -> bool {
        let restricted = matches!(&entry.event, Event::Related(it) if it.restricted);
        self.viewer.may_see(visibility(&entry.event), &entry.by, self.member)
            && (!restricted || self.viewer.clearance == Clearance::Unrestricted)
            && !self.overtaken.contains(&entry.seq)
    }

    /// Whether they may see each entry: what is said about another one goes no further than that one.
    fn reach(&self) -> Vec<bool> {
        let mut reach: Vec<bool> = Vec::new();
        for entry in &self.incident.entries {
            let earlier = |seq: Seq| usize::try_from(seq.0).ok().and_then(|seq| reach.get(seq.checked_sub(1)?));
            let about = about(&entry.event).is_none_or(|seq| earlier(seq).is_some_and(|seen| *seen));
            reach.push(about && self.may_read(entry));
        }
        reach
    }
}

fn overtakes(event: &Event) -> Option<Seq> {
    match event {
        Event::Corrected(it) => Some(it.entry),
        Event::Retracted(it) => Some(it.entry),
        _ => None,
    }
}

/// Whether not even everybody inside may see it.
pub(super) fn is_kept_back(event: &Event) -> bool {
    visibility(event) == Visibility::Private || matches!(event, Event::Related(it) if it.restricted)
}

/// The entry that an event says something about, where its words may repeat or describe that entry's.
fn about(event: &Event) -> Option<Seq> {
    match event {
        Event::Corrected(it) => Some(it.entry),
        Event::Retracted(it) => Some(it.entry),
        Event::Redacted(it) => Some(it.entry),
        Event::Starred(it) => Some(it.entry),
        Event::Unstarred(it) => Some(it.entry),
        Event::Unrelated(it) => Some(it.relation),
        _ => None,
    }
}

/// How far each event may go. There is no wildcard: a new event does not compile until this is decided.
fn visibility(event: &Event) -> Visibility {
    match event {
        Event::Noted(it) => it.visibility,
        Event::UpdatePosted(it) => it.visibility,
        Event::FeelingNoted(it) => it.visibility,
        Event::Corrected(it) => it.event.as_deref().map_or(Visibility::Internal, visibility),
        // What is left goes no further than what was there.
        Event::Erased(it) => it.visibility.unwrap_or(Visibility::Internal),
        // What is not understood may be anything.
        Event::Unknown(_) => Visibility::Private,
        Event::Proposed(_)
        | Event::Declared(_)
        | Event::Accepted(_)
        | Event::Declined(_)
        | Event::StoodDown(_)
        | Event::StateChanged(_)
        | Event::Acknowledged(_)
        | Event::Paused(_)
        | Event::Resolved(_)
        | Event::Reopened(_)
        | Event::Closed(_)
        | Event::Retitled(_)
        | Event::Summarized(_)
        | Event::KindChanged(_)
        | Event::MilestoneReached(_)
        | Event::ImpactReported(_)
        | Event::CustomersAffected(_)
        | Event::AssuranceGiven(_)
        | Event::FactRecorded(_)
        | Event::CostEstimated(_)
        | Event::Classified(_)
        | Event::SeverityOverridden(_)
        | Event::SeverityOverrideLifted(_)
        | Event::Joined(_)
        | Event::Left(_)
        | Event::RoleAssigned(_)
        | Event::RoleAccepted(_)
        | Event::RoleReleased(_)
        | Event::ItemTicked(_)
        | Event::ItemUnticked(_)
        | Event::TaskAdded(_)
        | Event::TaskAssigned(_)
        | Event::TaskDone(_)
        | Event::TaskDropped(_)
        | Event::HelpAsked(_)
        | Event::HelpAnswered(_)
        | Event::AuthorizationAsked(_)
        | Event::AuthorizationGranted(_)
        | Event::AuthorizationRefused(_)
        | Event::Restricted(_)
        | Event::Unrestricted(_)
        | Event::AccessGranted(_)
        | Event::AccessRevoked(_)
        | Event::Hypothesized(_)
        | Event::HypothesisFocused(_)
        | Event::EvidenceAdded(_)
        | Event::HypothesisConcluded(_)
        | Event::ExperimentStarted(_)
        | Event::ExperimentConcluded(_)
        | Event::Decided(_)
        | Event::ConversationNoted(_)
        | Event::EscalationStarted(_)
        | Event::Paged(_)
        | Event::PageAcknowledged(_)
        | Event::PageFailed(_)
        | Event::NobodyReachable(_)
        | Event::Snoozed(_)
        | Event::Unacknowledged(_)
        | Event::Reassigned(_)
        | Event::EscalationEnded(_)
        | Event::FactorIdentified(_)
        | Event::RiskAccepted(_)
        | Event::FollowUpAdded(_)
        | Event::FollowUpChanged(_)
        | Event::FollowUpMoved(_)
        | Event::Observed(_)
        | Event::DetectionNoted(_)
        | Event::PerspectiveWritten(_)
        | Event::PerspectiveDeclined(_)
        | Event::RetrospectiveMoved(_)
        | Event::Starred(_)
        | Event::Unstarred(_)
        | Event::Related(_)
        | Event::Unrelated(_)
        | Event::Merged(_)
        | Event::Unmerged(_)
        | Event::Absorbed(_)
        | Event::Released(_)
        | Event::AlertAttached(_)
        | Event::AlertResolved(_)
        | Event::LinkAdded(_)
        | Event::Retracted(_)
        | Event::Redacted(_) => Visibility::Internal,
    }
}
