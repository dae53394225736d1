//! A way through a path as steps: levels that wait, delays, and going back.

use std::collections::BTreeMap;

use crate::escalation::{EscalationStep, PageAgain, PageTarget};
use crate::finding::Level;
use crate::id::{PersonId, TeamId};
use crate::time::Elapsed;

use super::super::draft::Draft;
use super::super::ladder::plus;
use super::super::losses::unsayable;
use super::super::names::first_slug;
use super::super::record::Record;
use super::node::{Kind, body, kind};
use super::schedule::Rotas;
use super::target::targets;
use super::ways::{Way, window};

/// What a way comes to.
#[derive(Debug, Default)]
pub(super) struct Climbed {
    pub(super) steps: Vec<EscalationStep>,
    /// How long the last level waits.
    pub(super) wait: Elapsed,
}

/// Whose path it is, and what there is to page.
#[derive(Clone, Copy, Debug)]
pub(super) struct Around<'a> {
    pub(super) owner: &'a TeamId,
    pub(super) name: &'a str,
    pub(super) rotas: &'a Rotas,
}

/// The steps of a way.
pub(super) fn climb(draft: &mut Draft<'_>, around: Around<'_>, way: &Way<'_>) -> Climbed {
    let mut climb = Climb::new(around);
    for (node, path) in &way.nodes {
        if let Some(id) = node.id() {
            climb.begins.insert(id, (climb.climbed.steps.len(), climb.at));
        }
        match kind(node) {
            Kind::Level => climb.level(draft, node, path),
            Kind::Channel => climb.channel(draft, node, path),
            Kind::Delay => climb.delay(draft, node, path),
            Kind::Repeat => climb.back(draft, node),
            Kind::Branch | Kind::Path | Kind::Unknown => {}
        }
    }
    climb.climbed
}

struct Climb<'a> {
    around: Around<'a>,
    climbed: Climbed,
    /// How long after the beginning it is.
    at: Elapsed,
    /// The window for which the last node waited.
    within: Option<String>,
    /// Which node began at which step, and when.
    begins: BTreeMap<String, (usize, Elapsed)>,
    levels: u32,
}

impl<'a> Climb<'a> {
    fn new(around: Around<'a>) -> Self {
        let (climbed, begins) = (Climbed::default(), BTreeMap::new());
        Self { around, climbed, at: Elapsed::ZERO, within: None, begins, levels: 0 }
    }

    fn level(&mut self, draft: &mut Draft<'_>, node: &Record<'_>, path: &Record<'_>) {
        let Some(level) = node.record("level") else { return };
        let Around { owner, name, rotas } = self.around;
        self.levels = self.levels.saturating_add(1);
        let robin = level.record("round_robin_config").filter(|it| it.scalar("enabled").as_deref() == Some("true"));
        let again = again(draft, &level, robin.as_ref(), name);
        let all = targets(draft, owner, name, rotas, &level);
        let together = all.iter().map(|(_, page)| page.len()).sum::<usize>() > 1 && robin.is_none();
        if together && level.scalar("ack_mode").as_deref() == Some("all") {
            let message = "each of a level has to acknowledge for itself there: here one acknowledgement is enough";
            unsayable(draft.notes, &level, Level::Note, "ack_mode", "acknowledgement of each", name, message);
        }
        let found = !all.is_empty();
        for (urgency, page) in all {
            let page = if robin.is_some() { self.in_turn(draft, &level, page) } else { page };
            let (at, within) = (Some(self.at), self.within.clone());
            self.climbed.steps.push(EscalationStep { at, when: None, page, again, within, urgency });
        }
        let wait = self.wait(draft, &level, path, "time_to_ack");
        // A level without anybody is passed at once.
        if found {
            self.climbed.wait = wait;
            self.at = plus(self.at, wait);
        }
    }

    /// Those who are asked one after the other are a group.
    fn in_turn(&self, draft: &mut Draft<'_>, level: &Record<'_>, page: Vec<PageTarget>) -> Vec<PageTarget> {
        let Around { owner, name, .. } = self.around;
        if page.len() < 2 {
            return page;
        }
        let person = |target: &PageTarget| match target {
            PageTarget::Person(person) => Some(person.clone()),
            _ => None,
        };
        let people: Option<Vec<PersonId>> = page.iter().map(person).collect();
        let wanted = format!("{}-level-{}", first_slug([name], "path"), self.levels);
        match people.and_then(|people| draft.group(owner, &wanted, people)) {
            Some(group) => vec![PageTarget::RoundRobin(group)],
            None => {
                let message = "schedules cannot be asked in turn: the level pages all of them at once";
                unsayable(draft.notes, level, Level::Warning, "round_robin_config", "round robin", name, message);
                page
            }
        }
    }

    fn channel(&mut self, draft: &mut Draft<'_>, node: &Record<'_>, path: &Record<'_>) {
        let Some(channel) = node.record("notify_channel") else { return };
        let message = "a channel is nobody whom a page reaches: only the time that it has is kept";
        unsayable(draft.notes, node, Level::Warning, "notify_channel", "channel", self.around.name, message);
        let wait = self.wait(draft, &channel, path, "time_to_ack");
        self.at = plus(self.at, wait);
    }

    fn delay(&mut self, draft: &mut Draft<'_>, node: &Record<'_>, path: &Record<'_>) {
        let Some(delay) = node.record("delay") else { return };
        let wait = self.wait(draft, &delay, path, "delay");
        self.at = plus(self.at, wait);
    }

    /// How long something waits: for some time, or for hours, which is what the steps after it do then.
    fn wait(&mut self, draft: &mut Draft<'_>, record: &Record<'_>, path: &Record<'_>, prefix: &str) -> Elapsed {
        let [member, condition, hours] =
            ["seconds", "interval_condition", "weekday_interval_config_id"].map(|it| format!("{prefix}_{it}"));
        if let Some(id) = record.scalar(&hours) {
            let active = record.scalar(&condition).as_deref() != Some("inactive");
            match window(draft, self.around.owner, path, &id, active) {
                Some(window) => self.within = Some(window),
                None => {
                    let message = "the hours for which it waits are none, all, or not in the export: it does not wait";
                    unsayable(draft.notes, record, Level::Warning, &hours, "hours", self.around.name, message);
                }
            }
        }
        let seconds = if record.has(&member) { record.whole(draft.notes, &member) } else { None };
        Elapsed::from_micros(seconds.unwrap_or_default().clamp(0, LONGEST).saturating_mul(1_000_000))
    }

    /// Going back to a node: everything since pages again.
    fn back(&mut self, draft: &mut Draft<'_>, node: &Record<'_>) {
        let Some(repeat) = body(node, ["repeat", "loop"]) else { return };
        let to = repeat.scalar("to_node").or_else(|| repeat.scalar("back_to")).unwrap_or_default();
        let member = if repeat.has("repeat_times") { "repeat_times" } else { "times" };
        let times = repeat.whole(draft.notes, member).unwrap_or_default().clamp(0, MOST_TIMES);
        let name = self.around.name;
        let Some((first, since)) = self.begins.get(&to).copied() else {
            let message = "it goes back to a node that is not on its way: it ends there";
            unsayable(draft.notes, node, Level::Warning, "", "repeat", name, message);
            return;
        };
        let every = Elapsed::from_micros(self.at.as_micros().saturating_sub(since.as_micros()));
        let times = u32::try_from(times).unwrap_or_default();
        if times == 0 || !every.is_positive() {
            return;
        }
        let mut other = false;
        for step in self.climbed.steps.iter_mut().skip(first) {
            other |= step.again.is_some();
            step.again = Some(PageAgain { every, times });
        }
        if other {
            let message = "what pages several times by itself does so here only when all of it is repeated";
            unsayable(draft.notes, node, Level::Warning, "", "repeat of a repeat", name, message);
        }
        let whole = every.as_micros().saturating_mul(i64::from(times));
        self.at = plus(self.at, Elapsed::from_micros(whole));
    }
}

/// Ten years in seconds, and more times than anybody repeats.
pub(super) const LONGEST: i64 = 315_360_000;
const MOST_TIMES: i64 = 100;

/// How often a level pages by itself: the same people, or the next in turn.
fn again(draft: &mut Draft<'_>, level: &Record<'_>, robin: Option<&Record<'_>>, name: &str) -> Option<PageAgain> {
    let seconds = |draft: &mut Draft<'_>, record: &Record<'_>, member: &str| {
        let seconds = if record.has(member) { record.whole(draft.notes, member) } else { None };
        seconds.unwrap_or_default().clamp(0, LONGEST)
    };
    let (interval, times) = if let Some(retry) = level.record("retry_config") {
        let attempts = retry.whole(draft.notes, "attempts").unwrap_or(1);
        (seconds(draft, &retry, "interval_seconds"), attempts.clamp(1, MOST_TIMES) - 1)
    } else if let Some(robin) = robin.filter(|robin| robin.has("rotate_after_seconds")) {
        let message = "whoever was asked in turn before is paged again together with the next";
        unsayable(draft.notes, robin, Level::Note, "rotate_after_seconds", "round robin", name, message);
        let interval = seconds(draft, robin, "rotate_after_seconds");
        let whole = seconds(draft, level, "time_to_ack_seconds");
        (interval, (whole - 1).checked_div(interval).unwrap_or_default().clamp(0, MOST_TIMES))
    } else {
        return None;
    };
    let every = Elapsed::from_micros(interval.saturating_mul(1_000_000));
    let times = u32::try_from(times).unwrap_or_default();
    (times > 0 && every.is_positive()).then_some(PageAgain { every, times })
}
