//! Policies as escalations of Jira: rules whose delays count from the start.

use crate::escalation::{EscalationStep, PageTarget, TrackEnd};
use crate::id::{PersonId, TeamId};
use crate::time::Elapsed;

use super::super::plan::{Asked, Plan};

/// An escalation.
#[derive(Debug)]
pub(super) struct Rules {
    pub(super) key: String,
    pub(super) name: String,
    pub(super) team: TeamId,
    pub(super) rules: Vec<Rule>,
    /// After how many minutes from the last rule on all act again, and how often.
    pub(super) repeat: Option<(i64, u32)>,
}

#[derive(Debug)]
pub(super) struct Rule {
    /// Whether an acknowledgement does not stop it.
    pub(super) until_closed: bool,
    pub(super) minutes: i64,
    pub(super) recipient: Recipient,
}

/// Whom a rule notifies.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(super) enum Recipient {
    /// Those on call in a schedule, by its key in the side file.
    OnCall(String),
    /// Those of its next turn.
    Next(String),
    Person(PersonId),
    /// Everybody in a team that Jira has too.
    Team(TeamId),
}

/// Rules are repeated at most so often.
const MOST_REPEATS: u32 = 20;
const MINUTE: i64 = 60_000_000;

/// A policy of the plan as an escalation; none where no step of it pages anybody there.
pub(super) fn escalation(plan: &Plan<'_>, at: usize) -> Option<Rules> {
    let planned = plan.policies.get(at)?;
    let tracks = planned.rules.severities.get(&planned.severity)?;
    let timed = |track: &[EscalationStep]| -> Vec<_> {
        let steps = track.iter().filter(|step| step.when.is_none());
        steps.map(|step| (step.at.unwrap_or_default(), step.page.clone(), step.again)).collect()
    };
    let (mut first, authority) = (timed(&tracks.first), timed(&tracks.authority));
    let last = first.iter().chain(&authority).map(|(at, ..)| minutes(*at)).max().unwrap_or_default();
    let again = first.first().or(authority.first()).and_then(|(.., again)| *again);
    let alike = first.iter().chain(&authority).all(|(.., its)| *its == again);
    let mut repeat = again.filter(|again| alike && again.every.as_micros() % MINUTE == 0).and_then(|again| {
        let wait = minutes(again.every).saturating_sub(last);
        (wait > 0 && again.times > 0).then_some((wait, again.times.min(MOST_REPEATS)))
    });
    let otherwise = tracks.otherwise.as_ref().or(planned.rules.otherwise.as_ref());
    if let (Some(otherwise), false) = (otherwise, tracks.end == Some(TrackEnd::Quietly)) {
        let after = otherwise.after.unwrap_or_default();
        let at = first.iter().map(|(at, ..)| *at).max().unwrap_or_default();
        first.push((super::super::ladder::plus(at, after), otherwise.page.clone(), None));
        // It comes once; rules that are repeated would page it each time.
        repeat = None;
    }
    let mut rules: Vec<Rule> = Vec::new();
    for (until_closed, steps) in [(false, first), (true, authority)] {
        for (at, page, _) in steps {
            for recipient in recipients(plan, &planned.team, &page) {
                rules.push(Rule { until_closed, minutes: minutes(at), recipient });
            }
        }
    }
    let name = plan.policy_there(&planned.key).name.unwrap_or_default();
    let (key, team) = (planned.key.clone(), planned.team.clone());
    (!rules.is_empty()).then_some(Rules { key, name, team, rules, repeat })
}

/// Whole minutes, no fewer.
fn minutes(at: Elapsed) -> i64 {
    at.as_micros().div_euclid(MINUTE) + i64::from(at.as_micros().rem_euclid(MINUTE) > 0)
}

/// Whom targets mean, each once. A group that is no team there is the people who are in it, also where they are asked in
/// turn.
fn recipients(plan: &Plan<'_>, team: &TeamId, page: &[PageTarget]) -> Vec<Recipient> {
    let mut all: Vec<Recipient> = Vec::new();
    for target in page {
        let those = match target {
            PageTarget::Next(schedule) => plan.key_of(team, schedule).map(Recipient::Next).into_iter().collect(),
            PageTarget::Team(group) if plan.has_team(group) => vec![Recipient::Team(group.clone())],
            other => plan.asked(team, std::slice::from_ref(other)).into_iter().flat_map(recipient).collect::<Vec<_>>(),
        };
        for one in those {
            if !all.contains(&one) {
                all.push(one);
            }
        }
    }
    all
}

fn recipient(asked: Asked) -> Vec<Recipient> {
    match asked {
        Asked::OnCall(key) => vec![Recipient::OnCall(key)],
        Asked::Person(person) => vec![Recipient::Person(person)],
        Asked::InTurn(people) => people.into_iter().map(Recipient::Person).collect(),
    }
}
