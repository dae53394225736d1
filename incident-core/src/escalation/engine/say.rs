//! Decisions in words: an action for the host, with why in one sentence.

use std::borrow::Cow;

use super::super::action::{
    EscalationAction, EscalationNote, EscalationTrack, Finished, Logged, NobodyNew, Page, PolicyStarted,
};
use super::super::document::PageTarget;
use super::super::minute::Minute;
use super::super::plan::{Step, Tracks, said};
use super::deed::{Cause, Deed, Link, Outcome, PageDeed, Reason, StepOf};
use super::page;
use super::state::State;
use crate::incident::event::{NobodyReachable, Urgency};
use crate::time::Elapsed;

/// Puts a decision into words.
pub(super) fn say(deed: Deed, state: &State, tracks: &Tracks) -> EscalationAction {
    let say = Say { state, tracks };
    let note = |what, why: String| Logged { what, why }.into();
    match deed {
        Deed::Started { instead_of } => say.started(instead_of).into(),
        Deed::Page(page) => say.page(page).into(),
        Deed::Unreachable { at, reason } => {
            let mut why = say.reason(&reason);
            why.push_str(if matches!(reason, Reason::Given { .. }) { "" } else { ", and `otherwise` has nobody" });
            why.push_str(&format!(": nobody can be reached at {}", at.start()));
            say.late(at, &mut why);
            NobodyReachable { why }.into()
        }
        Deed::Step { step, outcome, .. } => say.outcome(step, outcome),
        Deed::OtherwiseAddsNobody { reason } => {
            let said = say.reason(&reason);
            let why = match reason {
                Reason::End => format!("{said}: all of `otherwise` were paged this minute"),
                _ => format!("{said}, and everybody in `otherwise` is engaged already"),
            };
            note(EscalationNote::AddsNobody, why)
        }
        Deed::EndsQuietly => {
            let why = format!("{}: it ends quietly", say.reason(&Reason::End));
            note(EscalationNote::EndsQuietly, why)
        }
        Deed::NoTracks { severity } => {
            let severity = severity.map_or_else(|| "no severity".to_owned(), |severity| format!("`{severity}`"));
            note(EscalationNote::SeverityWithoutPolicy, format!("the policy has no tracks for {severity}"))
        }
        Deed::HelpUnanswered { reason } => {
            let severity = state.severity.as_ref().map_or_else(String::new, |severity| format!(" for {severity}"));
            let why = format!("help was asked for ({reason}), and no step{severity} answers it");
            note(EscalationNote::HelpUnanswered, why)
        }
        Deed::DeliveryFailed { page, person } => {
            let person = person.and_then(|person| state.involved(person));
            let to = person.map_or_else(String::new, |involved| format!(" to {}", involved.person));
            note(EscalationNote::DeliveryFailed, format!("page {page}{to} did not arrive; the policy goes on"))
        }
        Deed::ToldLate { at, now } => {
            let why =
                format!("something was told for {} after that minute, and counts from {}", at.start(), now.start());
            note(EscalationNote::ToldLate, why)
        }
        Deed::Finished => Finished { why: "it is resolved: nobody is paged any more".to_owned() }.into(),
    }
}

struct Say<'a> {
    state: &'a State,
    tracks: &'a Tracks,
}

impl Say<'_> {
    fn started(&self, instead_of: Option<String>) -> PolicyStarted {
        let State { policy, version, severity, .. } = self.state;
        let severity = severity.as_ref().map_or_else(|| "no severity yet".to_owned(), ToString::to_string);
        let instead = instead_of.map_or_else(String::new, |old| format!(", in place of {old}"));
        let why = format!("policy `{policy}` pages for {severity}, in version {version}{instead}");
        PolicyStarted { policy: policy.clone(), version: version.clone(), why }
    }

    fn page(&self, deed: PageDeed) -> Page {
        let PageDeed { person, at, track, step, round, cause } = deed;
        let known = self.state.involved(person).map(|involved| involved.person.clone());
        let person = known.unwrap_or_else(crate::PersonId::responder);
        let place = StepOf { track, step };
        let its = self.step(place);
        let mut why = String::with_capacity(96);
        match &cause {
            Cause::Target { link, repeat } => {
                self.relation(person.as_str(), *link, its.map_or(&[], |its| &its.page), &mut why);
                why.extend([": ", &self.place(place)]);
                self.again(*repeat, its, &mut why);
            }
            Cause::Again { repeat } => {
                why.extend([person.as_str(), " was paged by this step: ", &self.place(place)]);
                self.again(*repeat, its, &mut why);
            }
            Cause::Otherwise { link, reason } => {
                self.relation(person.as_str(), *link, &self.tracks.otherwise, &mut why);
                why.extend([" in `otherwise`: ", &self.reason(reason)]);
            }
            Cause::Given { by } => {
                why.extend(["it was given to ", person.as_str()]);
                why.extend(by.iter().flat_map(|by| [" by ", by.as_str()]));
            }
        }
        self.late(at, &mut why);
        let urgency = its.map_or(Urgency::High, |its| its.urgency);
        let id = page::id(self.state, track, step, &person, round);
        Page { id, person, at: at.start(), track, step, round, urgency, why }
    }

    fn outcome(&self, step: StepOf, outcome: Outcome) -> EscalationAction {
        let place = self.place(step);
        let (what, why) = match outcome {
            Outcome::AddsNobody { help: true, asker } => {
                let why = format!("{place}: everyone it finds is engaged already");
                return NobodyNew { to: asker, track: step.track, step: step.step, why }.into();
            }
            Outcome::AddsNobody { .. } => {
                (EscalationNote::AddsNobody, format!("{place}: everyone it finds is engaged already"))
            }
            Outcome::NoArea => {
                (EscalationNote::NoAreaKnown, format!("{place}: it wants experts, and no area is known"))
            }
            Outcome::FindsNobody => {
                (EscalationNote::FindsNobody, format!("{place}: it finds nobody, so `otherwise` is paged"))
            }
            Outcome::Waits => {
                (EscalationNote::Waits, format!("{place}: it finds nobody, and waits until there is somebody"))
            }
            Outcome::Skips => {
                (EscalationNote::Skips, format!("{place}: it finds nobody, and the next step comes at once"))
            }
        };
        Logged { what, why }.into()
    }

    fn step(&self, place: StepOf) -> Option<&Step> {
        let track = EscalationTrack::OF_STEPS.iter().position(|track| *track == place.track)?;
        self.tracks.steps.get(track)?.get(usize::try_from(place.step).ok()?)
    }

    /// `the first response to sev1 at 5 min`.
    fn place(&self, place: StepOf) -> Cow<'_, str> {
        let step = self.step(place).map(|step| Cow::Borrowed(step.said.as_str()));
        step.unwrap_or_else(|| said(place.track, self.state.severity.as_ref()).into())
    }

    /// `ana is on call for `primary``.
    fn relation(&self, person: &str, link: Link, targets: &[PageTarget], why: &mut String) {
        let of = || {
            let involved = link.of.and_then(|of| self.state.involved(of));
            involved.map_or("a responder", |involved| involved.person.as_str())
        };
        match usize::try_from(link.target).ok().and_then(|target| targets.get(target)) {
            Some(PageTarget::OnCall(schedule)) => {
                why.extend([person, " is on call for `", schedule.as_str(), "`"]);
            }
            Some(PageTarget::Next(schedule)) => {
                why.extend([person, " is next on call for `", schedule.as_str(), "`"]);
            }
            Some(PageTarget::Buddy) => why.extend([person, " is a buddy of ", of()]),
            Some(PageTarget::Lead(1)) => why.extend([person, " leads ", of()]),
            Some(PageTarget::Lead(_)) => why.extend([person, " is above ", of(), " in the chain of command"]),
            Some(PageTarget::Team(team)) => why.extend([person, " is in team `", team.as_str(), "`"]),
            Some(PageTarget::RoundRobin(team)) => {
                why.extend(["it is the turn of ", person, " in team `", team.as_str(), "`"]);
            }
            Some(PageTarget::Slot(slot)) => why.extend([person, " is `", slot.as_str(), "`"]),
            Some(PageTarget::Experts(_)) => {
                let area = link.of.and_then(|area| self.state.areas.get(usize::try_from(area).ok()?));
                why.extend([person, " is an expert of `", area.map_or("an area", crate::AreaId::as_str), "`"]);
            }
            Some(PageTarget::Person(_)) | None => why.extend([person, " is named"]),
        }
    }

    fn reason(&self, reason: &Reason) -> String {
        match reason {
            Reason::Step(place) => format!("{} finds nobody", self.place(*place)),
            Reason::End if self.tracks.steps.iter().all(Vec::is_empty) => {
                "there is no step, and nobody has acknowledged".to_owned()
            }
            Reason::End => "the first response is at its end, and nobody has acknowledged".to_owned(),
            Reason::Given { to } => format!("it was given to {to}, who is absent"),
        }
    }

    /// `, again (2 of 6)`.
    fn again(&self, repeat: u32, step: Option<&Step>, why: &mut String) {
        if let Some(again) = step.and_then(|step| step.again).filter(|_| repeat > 0) {
            why.push_str(", again (");
            page::digits(repeat, why);
            why.push_str(" of ");
            page::digits(again.times, why);
            why.push(')');
        }
    }

    /// `; told 7 min late`.
    fn late(&self, at: Minute, why: &mut String) {
        let late = self.state.told - at;
        if late > 0 {
            why.push_str(&format!("; told {} late", Elapsed::minutes(late).words()));
        }
    }
}
