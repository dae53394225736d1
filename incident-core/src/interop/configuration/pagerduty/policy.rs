//! An escalation policy: levels that are climbed, perhaps several times.

use crate::codes;
use crate::escalation::{OnEmpty, PageTarget};
use crate::finding::Level as Weight;
use crate::id::{SeverityId, TeamId};
use crate::time::Elapsed;

use super::super::assemble::ANY;
use super::super::detect::Gathered;
use super::super::draft::Draft;
use super::super::ladder::{Ladder, Level};
use super::super::losses::unsayable;
use super::super::names::first_slug;
use super::super::record::Record;
use super::super::terraform::referred;
use super::read::{name, owner, somebody};
use super::{POLICY, TF_POLICY};

/// Whom a level names.
pub(super) struct Target {
    pub(super) is_schedule: bool,
    pub(super) id: String,
    summary: Option<String>,
}

/// Reads a policy. Without a team it is of the one whose schedules it asks, if that is one.
pub(super) fn read(draft: &mut Draft<'_>, record: &Record<'_>) {
    let called = name(draft, record);
    let Some(owner) = policy_owner(draft, record) else { return };
    let mut climbed = Vec::new();
    for (number, (rule, targets)) in (1_u32..).zip(levels(draft, record)) {
        let minutes = rule.whole(draft.notes, "escalation_delay_in_minutes").unwrap_or_default();
        let page = level(draft, record, &owner, &called, number, &rule, &targets);
        if page.is_empty() {
            let message = "a level that names nobody who is known is left out";
            rule.note(draft.notes, Weight::Warning, codes::UNKNOWN_REFERENCE, "targets", message);
            continue;
        }
        let wait = Elapsed::minutes(minutes.clamp(0, 1_000_000));
        climbed.push(Level { page, wait, urgency: None, within: None });
    }
    if climbed.is_empty() {
        let message = format!("the policy `{called}` has no level that can be read, and is left out");
        record.note(draft.notes, Weight::Warning, codes::MISSING_FIELD, "escalation_rules", message);
        return;
    }
    let loops = record.whole(draft.notes, "num_loops").unwrap_or_default();
    let repeats = record.scalar("repeat_enabled").as_deref() != Some("false");
    let times_more = u32::try_from(loops.clamp(0, 100)).unwrap_or_default();
    if record.scalar("on_call_handoff_notifications").as_deref() == Some("always") {
        let message = "that people hear of each handoff has no place in files; PagerDuty goes on telling them";
        let member = "on_call_handoff_notifications";
        unsayable(draft.notes, record, Weight::Note, member, "handoff notifications", &called, message);
    }
    let message = "PagerDuty does nothing after its last level, and makes no incident while nobody is on call in any: \
                   `otherwise`, which every policy has, names the last level here, and `end = \"quietly\"` keeps it silent";
    unsayable(draft.notes, record, Weight::Note, "", "otherwise", &called, message);
    let ladder = Ladder { levels: climbed, times_more: if repeats { times_more } else { 0 }, on_empty: OnEmpty::Skip };
    if let Ok(any) = SeverityId::new(ANY) {
        draft.policy(&owner, record, &called, ladder.rules(&any));
    }
}

/// Whom a level pages.
fn level(
    draft: &mut Draft<'_>,
    policy: &Record<'_>,
    owner: &TeamId,
    called: &str,
    number: u32,
    rule: &Record<'_>,
    targets: &[Target],
) -> Vec<PageTarget> {
    let mut page = Vec::new();
    for target in targets {
        let found = if target.is_schedule {
            draft.on_call(owner, &target.id)
        } else {
            somebody(draft, Some(&target.id), target.summary.as_deref()).map(PageTarget::Person)
        };
        match found {
            Some(found) if page.contains(&found) => {}
            Some(found) => page.push(found),
            None => {
                let what = target.summary.as_deref().unwrap_or(&target.id);
                let message = format!(
                    "schedule `{}` is not in the export; level {number} does without",
                    crate::text::short(what)
                );
                rule.note(draft.notes, Weight::Warning, codes::UNKNOWN_REFERENCE, "targets", message);
            }
        }
    }
    if in_turn(rule) && page.len() > 1 {
        let people: Option<Vec<_>> = page
            .iter()
            .map(|target| match target {
                PageTarget::Person(person) => Some(person.clone()),
                _ => None,
            })
            .collect();
        let wanted = format!("{}-level-{number}", first_slug([called], "policy"));
        match people.and_then(|people| draft.group(owner, &wanted, people)) {
            Some(group) => page = vec![PageTarget::RoundRobin(group)],
            None => {
                let message = format!("schedules cannot be asked in turn: level {number} pages all of them at once");
                unsayable(draft.notes, policy, Weight::Warning, "escalation_rules", "round robin", called, message);
            }
        }
    }
    page
}

fn in_turn(rule: &Record<'_>) -> bool {
    let name = "escalation_rule_assignment_strategy";
    let said = rule
        .scalar(name)
        .or_else(|| rule.records(&mut super::super::record::Notes::default(), name).first()?.scalar("type"));
    said.as_deref() == Some("round_robin")
}

/// The levels of a policy with whom they name.
pub(super) fn levels<'a>(draft: &mut Draft<'_>, record: &Record<'a>) -> Vec<(Record<'a>, Vec<Target>)> {
    let (rules, targets) = if record.address.is_some() { ("rule", "target") } else { ("escalation_rules", "targets") };
    let mut levels = Vec::new();
    for rule in record.records(draft.notes, rules) {
        let mut named = Vec::new();
        for target in rule.records(draft.notes, targets) {
            // Terraform takes a person where no type is said.
            let kind = target.scalar("type").unwrap_or_else(|| "user".to_owned());
            let Some(id) = target.id().map(|id| referred(&id, draft.locals)) else { continue };
            let summary = target.scalar("summary").or_else(|| target.scalar("name"));
            named.push(Target { is_schedule: kind.starts_with("schedule"), id, summary });
        }
        levels.push((rule, named));
    }
    levels
}

fn policy_owner(draft: &mut Draft<'_>, record: &Record<'_>) -> Option<TeamId> {
    if let Some(owner) = owner(draft, record) {
        return Some(owner);
    }
    let mut owners: Vec<TeamId> = Vec::new();
    for (_, targets) in levels(draft, record) {
        let schedules = targets.iter().filter(|target| target.is_schedule);
        owners.extend(schedules.filter_map(|target| draft.declared(&target.id).map(|it| it.owner.clone())));
    }
    owners.dedup();
    let one = owners.first().filter(|_| owners.len() == 1).cloned();
    one.or_else(|| draft.nobodys())
}

/// Whose the policy with an id is.
pub(super) fn owner_of(all: &Gathered<'_>, draft: &mut Draft<'_>, id: &str) -> Option<TeamId> {
    let mut policies = all.either(&[POLICY, TF_POLICY]).into_iter();
    let policy = policies.find(|policy| policy.id().as_deref() == Some(id))?;
    policy_owner(draft, policy)
}
