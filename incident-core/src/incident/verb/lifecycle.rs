//! How an incident moves and ends.

use crate::codes;
use crate::error::{Error, Result};
use crate::id::{MilestoneId, StateId};
use crate::incident::event::{
    Acknowledged, Closed, Event, IncidentKind, KindChanged, MilestoneReached, Paused, Reopened, Resolved, Retitled,
    StateChanged, StateKind, StoodDown, Summarized,
};
use crate::incident::{Entry, Incident, Stamp};
use crate::text::nearest;
use crate::time::Timestamp;

impl Incident {
    /// Says that somebody looks after it.
    ///
    /// # Errors
    /// `incident.already_acknowledged`; `incident.not_allowed`, if it is over
    pub fn acknowledge(&mut self, stamp: &Stamp) -> Result<Vec<Entry>> {
        self.append(vec![Acknowledged {}.into()], stamp)
    }

    /// Moves it to a state of its lifecycle, with the milestone that is reached by entering it.
    ///
    /// # Errors
    /// `incident.no_such_state` ("did you mean"); `incident.not_allowed`; `incident.unmet` with every unmet condition
    pub fn move_to(&mut self, state: &StateId, reason: Option<String>, stamp: &Stamp) -> Result<Vec<Entry>> {
        self.commit(stamp, |incident| {
            let Some(known) = incident.lifecycle.state(state) else {
                let message = format!("the lifecycle has no state `{state}`");
                let error = Error::invalid(codes::NO_SUCH_STATE, message).at("/state");
                let names = incident.lifecycle.states.iter().map(|state| state.name.as_str());
                return Err(match nearest(state.as_str(), names.clone()) {
                    Some(near) => error.hint(format!("did you mean `{near}`?")),
                    None => error.hint(format!("known are `{}`", names.collect::<Vec<_>>().join("`, `"))),
                });
            };
            let state = known.state();
            let moved: Event = match known.kind {
                StateKind::Resolved => Resolved { state, resolution: reason }.into(),
                StateKind::Closed => Closed { state }.into(),
                _ => StateChanged { state, reason }.into(),
            };
            let reached = known.reaches.clone().map(|milestone| MilestoneReached { milestone }.into());
            Ok([Some(moved), reached].into_iter().flatten().collect())
        })
    }

    /// Says that work waits for something.
    ///
    /// # Errors
    /// `incident.empty_text`, `incident.not_allowed`, `incident.unmet`
    pub fn pause(&mut self, reason: &str, until: Option<Timestamp>, stamp: &Stamp) -> Result<Vec<Entry>> {
        self.commit(stamp, |incident| {
            let state = incident.lifecycle.kind(StateKind::Paused)?;
            Ok(vec![Paused { state, reason: reason.to_owned(), until }.into()])
        })
    }

    /// Says that the harm is over.
    ///
    /// # Errors
    /// `incident.not_allowed`; `incident.unmet` with every unmet condition as a finding
    pub fn resolve(&mut self, resolution: Option<String>, stamp: &Stamp) -> Result<Vec<Entry>> {
        self.commit(stamp, |incident| {
            Ok(vec![Resolved { state: incident.lifecycle.kind(StateKind::Resolved)?, resolution }.into()])
        })
    }

    /// Says that it was not over. Every earlier stretch stays as it was.
    ///
    /// # Errors
    /// `incident.empty_text`; `incident.not_allowed`, also if it is not over
    pub fn reopen(&mut self, reason: &str, stamp: &Stamp) -> Result<Vec<Entry>> {
        self.commit(stamp, |incident| {
            let state = incident.lifecycle.kind(StateKind::Active)?;
            Ok(vec![Reopened { state, reason: reason.to_owned() }.into()])
        })
    }

    /// Says that nothing more is to be done.
    ///
    /// # Errors
    /// `incident.not_allowed`; `incident.unmet` with every unmet condition as a finding
    pub fn close(&mut self, stamp: &Stamp) -> Result<Vec<Entry>> {
        self.commit(stamp, |incident| Ok(vec![Closed { state: incident.lifecycle.kind(StateKind::Closed)? }.into()]))
    }

    /// Says that it was nothing, or nothing more: nobody is to blame, and the concern stays on record.
    ///
    /// # Errors
    /// `incident.empty_text`, `incident.not_allowed`
    pub fn stand_down(&mut self, reason: &str, learned: Option<String>, stamp: &Stamp) -> Result<Vec<Entry>> {
        self.commit(stamp, |incident| {
            let state = incident.lifecycle.kind(StateKind::StoodDown)?;
            Ok(vec![StoodDown { reason: reason.to_owned(), learned, state }.into()])
        })
    }

    /// Gives it another title.
    ///
    /// # Errors
    /// `incident.empty_text`, `incident.long_title`
    pub fn retitle(&mut self, title: &str, stamp: &Stamp) -> Result<Vec<Entry>> {
        self.append(vec![Retitled { title: title.to_owned() }.into()], stamp)
    }

    /// Gives it a summary: two or three sentences.
    ///
    /// # Errors
    /// `incident.empty_text`
    pub fn summarize(&mut self, summary: &str, stamp: &Stamp) -> Result<Vec<Entry>> {
        self.append(vec![Summarized { summary: summary.to_owned() }.into()], stamp)
    }

    /// Says that it turned out to be of another kind.
    ///
    /// # Errors
    /// Those of every verb: `incident.stale`, `incident.key_reused`
    pub fn change_kind(&mut self, kind: IncidentKind, stamp: &Stamp) -> Result<Vec<Entry>> {
        self.append(vec![KindChanged { kind }.into()], stamp)
    }

    /// Says that a milestone was reached, when the stamp says it occurred.
    ///
    /// # Errors
    /// `incident.out_of_order`, where the lifecycle rejects what is out of order
    pub fn reach(&mut self, milestone: MilestoneId, stamp: &Stamp) -> Result<Vec<Entry>> {
        self.append(vec![MilestoneReached { milestone }.into()], stamp)
    }
}
