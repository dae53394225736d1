//! An escalation chain: steps one after another, which notify, wait, or hold the rest.

use std::collections::{BTreeMap, BTreeSet};

use crate::codes;
use crate::escalation::{OnEmpty, PageTarget};
use crate::finding::Level as Weight;
use crate::id::{PersonId, SeverityId, TeamId};
use crate::incident::event::Urgency;
use crate::time::{Elapsed, Window, Zone};

use super::super::assemble::ANY;
use super::super::detect::Gathered;
use super::super::draft::Draft;
use super::super::ids::known_id;
use super::super::ladder::{Ladder, Level, plus};
use super::super::losses::unsayable;
use super::super::names::first_slug;
use super::super::record::Record;
use super::super::terraform::referred;
use super::super::weekly::{Stretch, hours};
use super::read::{key, name, reference};
use super::roster::{Roster, referred_person};
use super::{CHAIN, STEP, TF_CHAIN, TF_STEP};

/// The steps of every chain, in their order.
pub(super) type Steps<'a> = BTreeMap<String, Vec<&'a Record<'a>>>;

/// A chain is repeated so often.
const REPEATS: u32 = 5;
/// What a `wait` waits that does not say how long.
const WAIT: i64 = 300;

/// Every step, by chain.
pub(super) fn steps<'a>(all: &'a Gathered<'a>, draft: &mut Draft<'_>) -> Steps<'a> {
    let mut steps: Steps<'a> = BTreeMap::new();
    for record in all.either(&[STEP, TF_STEP]) {
        match reference(draft, record, "escalation_chain_id") {
            Some(chain) => steps.entry(chain).or_default().push(record),
            None => {
                let message = "a step of no chain is left out";
                record.note(draft.notes, Weight::Warning, codes::MISSING_FIELD, "escalation_chain_id", message);
            }
        }
    }
    let position = |record: &&Record<'_>| record.scalar("position").and_then(|it| it.parse::<i64>().ok());
    steps.values_mut().for_each(|steps| steps.sort_by_key(position));
    steps
}

/// Whose chains ask a schedule.
pub(super) fn askers(
    all: &Gathered<'_>,
    draft: &mut Draft<'_>,
    roster: &Roster,
    steps: &Steps<'_>,
) -> BTreeMap<String, BTreeSet<TeamId>> {
    let mut by_schedule: BTreeMap<String, BTreeSet<TeamId>> = BTreeMap::new();
    for record in all.either(&[CHAIN, TF_CHAIN]) {
        let Some(owner) = roster.owner(draft, record) else { continue };
        for step in steps.get(&known_key(draft, record)).into_iter().flatten() {
            if let Some(schedule) = reference(draft, step, "notify_on_call_from_schedule") {
                by_schedule.entry(schedule).or_default().insert(owner.clone());
            }
        }
    }
    by_schedule
}

/// Under what steps refer to a chain; the side file knows the id of a body that has none.
fn known_key(draft: &Draft<'_>, record: &Record<'_>) -> String {
    let policies = &draft.options.ids.of(draft.tool).policies;
    let called = record.scalar("name").filter(|_| record.id().is_none());
    called.and_then(|name| known_id(policies, &name)).unwrap_or_else(|| key(record))
}

/// Hands over every chain.
pub(super) fn read(all: &Gathered<'_>, draft: &mut Draft<'_>, roster: &Roster, steps: &Steps<'_>) {
    let mut read = BTreeSet::new();
    for record in all.either(&[CHAIN, TF_CHAIN]) {
        let key = known_key(draft, record);
        let its = steps.get(&key).map_or(&[][..], Vec::as_slice);
        read.insert(key);
        let Some(owner) = owner(draft, roster, record, its) else { continue };
        chain(draft, roster, record, &owner, its);
    }
    for step in steps.iter().filter(|(chain, _)| !read.contains(*chain)).filter_map(|(_, steps)| steps.first()) {
        let message = "a chain that is not in the export is left out: list `escalation_chains` too";
        step.note(draft.notes, Weight::Warning, codes::UNKNOWN_REFERENCE, "escalation_chain_id", message);
    }
}

/// Whose a chain is: of the team it names, else of the one whose schedules it asks.
fn owner(draft: &mut Draft<'_>, roster: &Roster, record: &Record<'_>, steps: &[&Record<'_>]) -> Option<TeamId> {
    if let Some(owner) = roster.owner(draft, record) {
        return Some(owner);
    }
    let schedules = steps.iter().filter_map(|step| reference(draft, step, "notify_on_call_from_schedule"));
    let owners: BTreeSet<_> = schedules.filter_map(|id| draft.declared(&id).map(|it| it.owner.clone())).collect();
    owners.first().filter(|_| owners.len() == 1).cloned().or_else(|| draft.nobodys())
}

fn chain(draft: &mut Draft<'_>, roster: &Roster, record: &Record<'_>, owner: &TeamId, steps: &[&Record<'_>]) {
    let called = name(draft, record);
    let mut ladder = Climb { levels: Vec::new(), pages: 0, repeats: false, within: None, called: &called, owner };
    for step in steps {
        if !ladder.step(draft, roster, step) {
            break;
        }
    }
    let Climb { levels, repeats, .. } = ladder;
    if levels.iter().all(|level| level.page.is_empty()) {
        let message = format!("the chain `{called}` has no step that pages anybody, and is left out");
        record.note(draft.notes, Weight::Warning, codes::MISSING_FIELD, "name", message);
        return;
    }
    let message = "Grafana OnCall does nothing after the last step, and goes on when a step finds nobody: `otherwise`, which \
                   every policy has, names the last step here, `end = \"quietly\"` keeps it silent, and a step that finds \
                   nobody brings the next at once";
    unsayable(draft.notes, record, Weight::Note, "", "otherwise", &called, message);
    let times_more = if repeats { REPEATS } else { 0 };
    if let Ok(any) = SeverityId::new(ANY) {
        let ladder = Ladder { levels, times_more, on_empty: OnEmpty::Skip };
        draft.policy(owner, record, &called, ladder.rules(&any));
    }
}

/// A chain on its way to levels.
struct Climb<'a> {
    levels: Vec<Level>,
    /// How many of its steps page somebody.
    pages: u32,
    repeats: bool,
    within: Option<String>,
    called: &'a str,
    owner: &'a TeamId,
}

impl Climb<'_> {
    /// Takes a step; whether there is more after it.
    fn step(&mut self, draft: &mut Draft<'_>, roster: &Roster, step: &Record<'_>) -> bool {
        let kind = step.scalar("type").unwrap_or_default();
        let lost = |draft: &mut Draft<'_>, what: &str, message: &str| {
            unsayable(draft.notes, step, Weight::Warning, "type", what, self.called, message);
        };
        match kind.as_str() {
            "wait" => {
                let seconds = step.whole(draft.notes, "duration").unwrap_or(WAIT).clamp(0, 86_400);
                self.wait(Elapsed::from_micros(seconds.saturating_mul(1_000_000)));
            }
            "notify_if_time_from_to" => self.hold(draft, step),
            "repeat_escalation" => {
                self.repeats = true;
                return false;
            }
            "resolve" => {
                lost(draft, "resolve", "nothing here resolves an incident because nobody answered");
                return false;
            }
            "notify_if_num_alerts_in_window" | "notify_if_num_alerts_in_time_window" => {
                lost(
                    draft,
                    "number of alerts",
                    "how many alerts came decides nothing here: the steps after it always come",
                );
            }
            "trigger_webhook" => lost(draft, "webhook", "a step of a policy pages people: the webhook is left out"),
            "notify_whole_channel" => {
                lost(draft, "channel", "a step of a policy pages people: the channel is left out")
            }
            "notify_user_group" => {
                lost(draft, "user group", "who is in a user group of Slack is not in the export: it is left out");
            }
            "declare_incident" => lost(draft, "incident", "what is escalated here is an incident already"),
            _ => self.page(draft, roster, step, &kind),
        }
        true
    }

    fn wait(&mut self, time: Elapsed) {
        match self.levels.last_mut() {
            Some(last) => last.wait = plus(last.wait, time),
            None => self.levels.push(Level { wait: time, ..Level::default() }),
        }
    }

    /// The steps after it wait for hours of the day, in UTC.
    fn hold(&mut self, draft: &mut Draft<'_>, step: &Record<'_>) {
        let minute = |name: &str| {
            let text = step.scalar(name)?;
            let mut parts = text.trim_end_matches('Z').split(':').map(|part| part.parse::<u32>().ok());
            let (hour, minute) = (parts.next()??, parts.next()??);
            (hour < 24 && minute < 60).then_some(hour * 60 + minute)
        };
        let (Some(from), Some(to)) = (minute("notify_if_time_from"), minute("notify_if_time_to")) else {
            let message = "hours that do not say from when until when hold nothing";
            step.note(draft.notes, Weight::Warning, codes::MISSING_FIELD, "notify_if_time_from", message);
            return;
        };
        let minutes = (to + 24 * 60 - from) % (24 * 60);
        let hours = hours(&(0..7).map(|day| Stretch { day, start: from, minutes }).collect::<Vec<_>>());
        if hours.is_empty() {
            return;
        }
        let wanted = format!("{} hours", self.called);
        self.within = Some(draft.window(self.owner, &wanted, Window::new(Zone::UTC, hours)));
        let message = "what comes after it waits for the hours to begin, and its own waits are not counted from there, as they \
                       are in Grafana OnCall";
        unsayable(draft.notes, step, Weight::Note, "type", "hours", self.called, message);
    }

    fn page(&mut self, draft: &mut Draft<'_>, roster: &Roster, step: &Record<'_>, kind: &str) {
        self.pages = self.pages.saturating_add(1);
        let number = self.pages;
        let targets = targets(draft, roster, step, kind, self.owner, self.called, number);
        if targets.is_empty() {
            let message = "whom the step notifies is not in the export: it is left out";
            step.note(draft.notes, Weight::Warning, codes::UNKNOWN_REFERENCE, "type", message);
            return;
        }
        let urgency = (step.scalar("important").as_deref() == Some("true")).then_some(Urgency::High);
        let level = Level { page: targets, wait: Elapsed::ZERO, urgency, within: self.within.clone() };
        match self.levels.last_mut() {
            // Steps without a wait between them act together.
            Some(last)
                if !last.wait.is_positive() && (last.urgency, &last.within) == (level.urgency, &level.within) =>
            {
                let new = level.page.into_iter().filter(|target| !last.page.contains(target)).collect::<Vec<_>>();
                last.page.extend(new);
            }
            _ => self.levels.push(level),
        }
    }
}

/// Whom a step notifies.
fn targets(
    draft: &mut Draft<'_>,
    roster: &Roster,
    step: &Record<'_>,
    kind: &str,
    owner: &TeamId,
    called: &str,
    number: u32,
) -> Vec<PageTarget> {
    let people = |draft: &mut Draft<'_>, member: &str| -> Vec<PersonId> {
        let ids = step.texts(draft.notes, member);
        ids.iter().filter_map(|id| referred_person(draft, id)).collect()
    };
    match kind {
        "notify_persons" => people(draft, "persons_to_notify").into_iter().map(PageTarget::Person).collect(),
        "notify_person_next_each_time" => {
            let people = people(draft, "persons_to_notify_next_each_time");
            if let [one] = people.as_slice() {
                return vec![PageTarget::Person(one.clone())];
            }
            let wanted = format!("{}-step-{number}", first_slug([called], "chain"));
            let some = !people.is_empty();
            let group = some.then(|| draft.group(owner, &wanted, people)).flatten();
            group.map(PageTarget::RoundRobin).into_iter().collect()
        }
        "notify_on_call_from_schedule" | "notify_next_on_call_from_schedule" => {
            let id = reference(draft, step, "notify_on_call_from_schedule");
            let on_call = id.and_then(|id| draft.on_call(owner, &id));
            let next = kind == "notify_next_on_call_from_schedule";
            let target = on_call.map(|target| match target {
                PageTarget::OnCall(schedule) if next => PageTarget::Next(schedule),
                target => target,
            });
            target.into_iter().collect()
        }
        "notify_team_members" => {
            let member = if step.has("team_to_notify") { "team_to_notify" } else { "notify_to_team_members" };
            let id = step.scalar(member).map(|id| referred(&id, draft.locals));
            id.and_then(|id| roster.target(draft, owner, &id)).into_iter().collect()
        }
        _ => Vec::new(),
    }
}
