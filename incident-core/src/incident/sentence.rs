//! Every event as one plain sentence in the present tense, as a story unfolds. The text is not escaped; renderers do.

use crate::id::PersonId;

use super::event::{Assurance, AssuranceAnswer, Disruption, Event, ObservationKind};

/// `bo tries: roll back the deploy`.
pub(super) fn sentence(event: &Event, by: &PersonId) -> String {
    let because = |text: String, reason: &Option<String>| match reason {
        Some(reason) => format!("{text}: {reason}"),
        None => text,
    };
    match event {
        Event::Proposed(it) => format!("{by} proposes: {}", it.title),
        Event::Declared(it) => format!("{by} declares: {}", it.title),
        Event::Accepted(_) => format!("{by} declares what was proposed"),
        Event::Declined(it) => format!("{by} finds that it is no incident: {}", it.reason),
        Event::StoodDown(it) => format!("{by} stands down: {}", it.reason),
        Event::StateChanged(it) => because(format!("{by} moves it to {}", it.state.name), &it.reason),
        Event::Acknowledged(_) => format!("{by} looks after it"),
        Event::Paused(it) => format!("{by} pauses it: {}", it.reason),
        Event::Resolved(it) => because(format!("{by} resolves it"), &it.resolution),
        Event::Reopened(it) => format!("{by} reopens it: {}", it.reason),
        Event::Closed(_) => format!("{by} closes it"),
        Event::Retitled(it) => format!("{by} calls it: {}", it.title),
        Event::Summarized(it) => format!("{by} sums up: {}", it.summary),
        Event::KindChanged(it) => format!("{by} finds that it is of kind {}", it.kind),
        Event::MilestoneReached(it) => match it.milestone.as_str() {
            "started" => "it begins".to_owned(),
            "detected" => "it is noticed".to_owned(),
            "mitigated" => "the harm is contained".to_owned(),
            milestone => format!("it is {milestone}"),
        },
        Event::ImpactReported(it) => because(
            match it.disruption {
                Disruption::None => format!("{} works again", it.area),
                Disruption::Degraded => format!("{} is degraded", it.area),
                Disruption::Partial => format!("{} is partly down", it.area),
                Disruption::Full => format!("{} is down", it.area),
            },
            &it.note,
        ),
        Event::CustomersAffected(it) => {
            let count = it.count.map(|count| format!("{count} customers"));
            let share = it.share.map(|share| format!("{share} of the customers"));
            let who: Vec<_> = [count, share].into_iter().flatten().collect();
            because(format!("{} affected", who.join(", ")), &it.note)
        }
        Event::AssuranceGiven(it) => {
            let what = match it.assurance {
                Assurance::DataLost => "data was lost",
                Assurance::DataExposed => "data was exposed",
                Assurance::SecurityBreached => "security was breached",
            };
            let known = match it.answer {
                AssuranceAnswer::ConfirmedNot => format!("no {what}"),
                AssuranceAnswer::Unknown => format!("nobody knows whether {what}"),
                AssuranceAnswer::Occurred => what.to_owned(),
            };
            let known = known.replace("no security was", "security was not");
            match &it.confirmed_by {
                Some(person) => format!("{known}, as {person} confirms"),
                None => known,
            }
        }
        Event::FactRecorded(it) => format!("{by} records a fact: {}", it.fact),
        Event::CostEstimated(it) => format!("{by} estimates a cost for {}", it.covers),
        Event::Classified(it) => it.why.clone(),
        Event::SeverityOverridden(it) => format!("{by} sets the severity to {}: {}", it.severity, it.reason),
        Event::SeverityOverrideLifted(it) => because(format!("{by} lets the rules set the severity again"), &it.reason),
        Event::Joined(it) => format!("{} joins", it.person),
        Event::Left(it) => format!("{} leaves", it.person),
        Event::RoleAssigned(it) => format!("{by} asks {} to be {}", it.person, it.role),
        Event::RoleAccepted(it) => format!("{} is {} now", it.person, it.role),
        Event::RoleReleased(it) => format!("{} is no longer {}", it.person, it.role),
        Event::ItemTicked(it) => format!("{by} ticks: {}", it.item),
        Event::ItemUnticked(it) => format!("{by} opens again: {}", it.item),
        Event::TaskAdded(it) => match &it.owner {
            Some(owner) => format!("{owner} takes a task: {}", it.title),
            None => format!("{by} adds a task: {}", it.title),
        },
        Event::TaskAssigned(it) => format!("{} takes task {}", it.owner, it.task),
        Event::TaskDone(it) => because(format!("{by} finishes task {}", it.task), &it.result),
        Event::TaskDropped(it) => format!("{by} drops task {}: {}", it.task, it.reason),
        Event::HelpAsked(it) => because(format!("{by} asks for help ({})", it.reason), &it.note),
        Event::HelpAnswered(it) => format!("{} comes to help", it.person),
        Event::AuthorizationAsked(it) => format!("{by} asks for leave to {}", it.scope),
        Event::AuthorizationGranted(it) => format!("{by} gives leave to {}", it.scope),
        Event::AuthorizationRefused(it) => format!("{by} refuses leave: {}", it.reason),
        Event::Restricted(it) => format!("{by} restricts it to its members: {}", it.reason),
        Event::Unrestricted(it) => format!("{by} opens it to everybody inside: {}", it.reason),
        Event::AccessGranted(it) => format!("{by} lets {} see it", it.person),
        Event::AccessRevoked(it) => format!("{by} lets {} no longer see it", it.person),
        Event::Hypothesized(it) => format!("{by} suspects: {}", it.statement),
        Event::HypothesisFocused(it) => because(format!("{by} follows hypothesis {}", it.hypothesis), &it.reason),
        Event::EvidenceAdded(it) => {
            format!("{} hypothesis {}: {}", if it.supports { "for" } else { "against" }, it.hypothesis, it.note)
        }
        Event::HypothesisConcluded(it) => {
            because(format!("hypothesis {} is {}", it.hypothesis, it.verdict), &it.reason)
        }
        Event::ExperimentStarted(it) => format!("{by} tries: {}", it.action),
        Event::ExperimentConcluded(it) => {
            because(format!("what was tried in {}: {}", it.experiment, it.outcome), &it.note)
        }
        Event::Decided(it) => because(format!("{by} decides: {}", it.decision), &it.reason),
        Event::Noted(it) => format!("{by} notes: {}", it.text),
        Event::UpdatePosted(it) => format!("{by} tells {}: {}", it.audience, it.text),
        Event::ConversationNoted(it) => format!("in {}: {}", it.place, it.text),
        Event::EscalationStarted(it) => format!("the policy {} begins to page", it.policy),
        Event::Paged(it) => format!("{} is paged: {}", it.person, it.why),
        Event::PageAcknowledged(_) => format!("{by} answers the page"),
        Event::PageFailed(it) => format!("a page does not arrive: {}", it.reason),
        Event::NobodyReachable(it) => format!("nobody can be reached: {}", it.why),
        Event::Snoozed(it) => format!("{by} snoozes it until {}", it.until),
        Event::Unacknowledged(it) => because("nobody looks after it any more".to_owned(), &it.reason),
        Event::Reassigned(it) => format!("{} looks after it now", it.person),
        Event::EscalationEnded(it) => format!("paging ends: {}", it.why),
        Event::FactorIdentified(it) => format!("{by} sees a contributing factor: {}", it.text),
        Event::RiskAccepted(it) => format!("{by} accepts factor {}: {}", it.factor, it.reason),
        Event::FollowUpAdded(it) => format!("{by} adds a follow-up: {}", it.title),
        Event::FollowUpChanged(it) => format!("{by} changes follow-up {}", it.follow_up),
        Event::FollowUpMoved(it) => because(format!("follow-up {} is {}", it.follow_up, it.state), &it.reason),
        Event::Observed(it) => match it.kind {
            ObservationKind::WentWell => format!("it goes well: {}", it.text),
            ObservationKind::WentPoorly => format!("it goes poorly: {}", it.text),
            ObservationKind::Lucky => format!("luck helps: {}", it.text),
            ObservationKind::Improvised => format!("{by} improvises: {}", it.text),
            ObservationKind::Abnormal => format!("unusual: {}", it.text),
        },
        Event::DetectionNoted(it) => format!("it was noticed by {}", it.source),
        Event::PerspectiveWritten(_) => format!("{by} tells their part"),
        Event::PerspectiveDeclined(it) => format!("{} tells no part", it.person),
        Event::FeelingNoted(_) => format!("{by} says how it felt"),
        Event::RetrospectiveMoved(it) => because(format!("the retrospective is {}", it.state), &it.reason),
        Event::Starred(it) => format!("{by} marks entry {}", it.entry),
        Event::Unstarred(it) => format!("{by} unmarks entry {}", it.entry),
        Event::Related(it) => format!("{by} sees a relation ({}) to {}", it.relation, it.other),
        Event::Unrelated(it) => format!("{by} takes relation {} back", it.relation),
        Event::Merged(it) => format!("{by} merges it into {}", it.into),
        Event::Unmerged(it) => format!("{by} takes the merge back: {}", it.reason),
        Event::Absorbed(it) => format!("{} becomes part of it", it.incident),
        Event::Released(it) => format!("{} is no part of it any more", it.incident),
        Event::AlertAttached(it) => format!("an alert of {} fires: {}", it.alert.source, it.title),
        Event::AlertResolved(it) => format!("an alert of {} is over", it.alert.source),
        Event::LinkAdded(it) => format!("{by} links: {}", it.label),
        Event::Corrected(it) => because(format!("{by} corrects entry {}", it.entry), &it.reason),
        Event::Retracted(it) => format!("{by} retracts entry {}: {}", it.entry, it.reason),
        Event::Redacted(it) => format!("{by} redacts entry {}: {}", it.entry, it.reason),
        Event::Erased(it) => format!("(redacted: {})", it.was),
        Event::Unknown(it) => format!("{by} records {}", it.name),
    }
}
