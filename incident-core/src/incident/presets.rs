//! The lifecycle that is good for most teams.

use crate::id::{MilestoneId, StateId};

use super::event::StateKind;
use super::gate::{Gate, Requirement};
use super::lifecycle::{Chronology, Lifecycle, LifecycleState};

impl Default for Lifecycle {
    /// Triage; investigating, fixing, monitoring; paused; resolved; learning; closed; and the blame-free ends. Work may
    /// go back and forth, anything may be reopened, and only closing has a gate: no task may be open.
    fn default() -> Self {
        use StateKind::{Active, Closed, Declined, Merged, Paused, PostIncident, Resolved, StoodDown, Triage};
        const WORK: [&str; 3] = ["investigating", "fixing", "monitoring"];
        const OVER: [&str; 4] = ["paused", "resolved", "stood_down", "merged"];
        let at_work = |own: &str| WORK.into_iter().filter(|other| *other != own).chain(OVER).collect::<Vec<_>>();
        let states = [
            ("triage", Triage, vec!["investigating", "declined", "merged"], None),
            ("investigating", Active, at_work("investigating"), None),
            ("fixing", Active, at_work("fixing"), Some("identified")),
            ("monitoring", Active, at_work("monitoring"), Some("mitigated")),
            ("paused", Paused, WORK.into_iter().chain(["resolved", "stood_down", "merged"]).collect(), None),
            ("resolved", Resolved, WORK.into_iter().chain(["learning", "closed", "merged"]).collect(), None),
            ("learning", PostIncident, WORK.into_iter().chain(["closed", "merged"]).collect(), None),
            ("closed", Closed, WORK.to_vec(), None),
            ("declined", Declined, vec!["triage", "investigating"], None),
            ("stood_down", StoodDown, WORK.to_vec(), None),
            (
                "merged",
                Merged,
                ["triage", "investigating", "fixing", "monitoring", "paused", "resolved", "learning"].to_vec(),
                None,
            ),
        ];
        let name = |name: &str| StateId::new(name).ok();
        let state = |(own, kind, to, reaches): (&str, StateKind, Vec<&str>, Option<&str>)| {
            let reaches = reaches.and_then(|milestone| MilestoneId::new(milestone).ok());
            Some(LifecycleState { name: name(own)?, kind, to: to.into_iter().filter_map(name).collect(), reaches })
        };
        let gate = |into| Some(Gate { into: name(into)?, needs: vec![Requirement::TasksDone] });
        Self {
            schema: None,
            states: states.into_iter().filter_map(state).collect(),
            gates: gate("closed").into_iter().collect(),
            chronology: Chronology::Warn,
        }
    }
}
