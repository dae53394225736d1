//! An escalation policy: steps, each with a delay until the next.

use crate::codes;
use crate::escalation::{OnEmpty, PageTarget};
use crate::finding::Level as Weight;
use crate::id::{SeverityId, TeamId};
use crate::time::Elapsed;

use super::super::assemble::ANY;
use super::super::draft::{Draft, owned};
use super::super::ids::named;
use super::super::ladder::{Ladder, Level};
use super::super::losses::unsayable;
use super::super::record::Record;
use super::read::{name, user};

/// Whom a step asks: of what type, under which id.
type Asked = (String, String);

/// Hands over a policy: of the team that the side file knows it by, else of the one that is given.
pub(super) fn read(draft: &mut Draft<'_>, record: &Record<'_>, given: &TeamId) {
    let called = name(draft, record);
    let known = named(&draft.options.ids.of(draft.tool).policies, record.id().as_deref(), &called);
    let owner = &known.and_then(|key| owned(key)).map_or_else(|| given.clone(), |(team, _)| team);
    let mut levels = Vec::new();
    for step in steps(draft, record) {
        let mut page: Vec<PageTarget> = Vec::new();
        for (kind, id) in asked(draft, &step) {
            match target(draft, &step, owner, &kind, &id, &called) {
                Some(target) if !page.contains(&target) => page.push(target),
                _ => {}
            }
        }
        let minutes = step.whole(draft.notes, "delayMinutes").unwrap_or_default().clamp(0, 1_000_000);
        if step.scalar("multiAck").as_deref() == Some("true") {
            let message = "that everybody on a step hears of it after somebody acknowledged has no place in files";
            unsayable(draft.notes, &step, Weight::Note, "multiAck", "several acknowledgements", &called, message);
        }
        levels.push(Level { page, wait: Elapsed::minutes(minutes), urgency: None, within: None });
    }
    if levels.iter().all(|level| level.page.is_empty()) {
        let message = format!("the policy `{called}` has no step that pages anybody, and is left out");
        record.note(draft.notes, Weight::Warning, codes::MISSING_FIELD, "steps", message);
        return;
    }
    let message = "GoAlert does nothing after its last step, and waits also where a step finds nobody: `otherwise`, which every \
                   policy has, names the last step here, `end = \"quietly\"` keeps it silent, and a step that finds nobody brings \
                   the next at once";
    unsayable(draft.notes, record, Weight::Note, "", "otherwise", &called, message);
    let repeat = record.whole(draft.notes, "repeat").unwrap_or_default();
    if repeat < 0 {
        let message = "it is repeated for ever there, and a hundred times here";
        unsayable(draft.notes, record, Weight::Warning, "repeat", "repeat", &called, message);
    }
    let times_more = if repeat < 0 { 100 } else { u32::try_from(repeat.min(100)).unwrap_or_default() };
    if let Ok(any) = SeverityId::new(ANY) {
        let ladder = Ladder { levels, times_more, on_empty: OnEmpty::Skip };
        draft.policy(owner, record, &called, ladder.rules(&any));
    }
}

/// The rotations that a policy asks by themselves.
pub(super) fn rotations(draft: &mut Draft<'_>, record: &Record<'_>) -> Vec<String> {
    let steps = steps(draft, record);
    let asked: Vec<_> = steps.iter().flat_map(|step| asked(draft, step)).collect();
    asked.into_iter().filter(|(kind, _)| kind == "rotation").map(|(_, id)| id).collect()
}

/// The steps in their order.
fn steps<'a>(draft: &mut Draft<'_>, record: &Record<'a>) -> Vec<Record<'a>> {
    let mut steps = record.records(draft.notes, "steps");
    steps.sort_by_key(|step| step.scalar("stepNumber").and_then(|it| it.parse::<i64>().ok()));
    steps
}

/// Whom a step asks, as actions say it, and as targets did before.
fn asked(draft: &mut Draft<'_>, step: &Record<'_>) -> Vec<Asked> {
    let mut all: Vec<Asked> = Vec::new();
    for action in step.records(draft.notes, "actions") {
        let kind = action.scalar("type").unwrap_or_default();
        let kind = kind.strip_prefix("builtin-").unwrap_or(&kind).to_owned();
        let args = action.record("args");
        let id = args.and_then(|args| args.scalar(&format!("{kind}_id")));
        all.push((kind, id.unwrap_or_default()));
    }
    if all.is_empty() {
        let targets = step.records(draft.notes, "targets");
        all.extend(targets.iter().map(|it| (it.scalar("type").unwrap_or_default(), it.id().unwrap_or_default())));
    }
    all
}

fn target(
    draft: &mut Draft<'_>,
    step: &Record<'_>,
    owner: &TeamId,
    kind: &str,
    id: &str,
    called: &str,
) -> Option<PageTarget> {
    let member = if step.has("actions") { "actions" } else { "targets" };
    match kind {
        "user" if !id.is_empty() => user(draft, id).map(PageTarget::Person),
        "schedule" | "rotation" => {
            let on_call = draft.on_call(owner, id);
            if on_call.is_none() {
                let message = format!("a {kind} that is not in the export: the step does without");
                step.note(draft.notes, Weight::Warning, codes::UNKNOWN_REFERENCE, member, message);
            }
            on_call
        }
        _ => {
            let message = "a step of a policy pages people: the channel is left out";
            unsayable(draft.notes, step, Weight::Warning, member, "channel", called, message);
            None
        }
    }
}
