//! Whom a level pages.

use crate::codes;
use crate::escalation::PageTarget;
use crate::finding::Level;
use crate::id::TeamId;
use crate::incident::event::Urgency;

use super::super::draft::{Draft, DraftSchedule};
use super::super::losses::unsayable;
use super::super::names::slug;
use super::super::record::Record;
use super::super::terraform::referred;
use super::roster::by_id;
use super::schedule::Rotas;

/// Under what the rotations of a schedule are found.
pub(super) fn key(schedule: &DraftSchedule) -> String {
    format!("{}/{}", schedule.owner, schedule.id)
}

/// Those whom a level pages, by urgency; `high` where absent.
pub(super) fn targets(
    draft: &mut Draft<'_>,
    owner: &TeamId,
    called: &str,
    rotas: &Rotas,
    level: &Record<'_>,
) -> Vec<(Option<Urgency>, Vec<PageTarget>)> {
    let (mut high, mut low) = (Vec::new(), Vec::new());
    for target in level.records(draft.notes, "targets") {
        let Some(found) = found(draft, owner, called, rotas, &target) else { continue };
        let quiet = target.scalar("urgency").as_deref() == Some("low");
        let group: &mut Vec<PageTarget> = if quiet { &mut low } else { &mut high };
        if !group.contains(&found) {
            group.push(found);
        }
    }
    let all = [(None, high), (Some(Urgency::Low), low)];
    all.into_iter().filter(|(_, page)| !page.is_empty()).collect()
}

fn found(
    draft: &mut Draft<'_>,
    owner: &TeamId,
    called: &str,
    rotas: &Rotas,
    target: &Record<'_>,
) -> Option<PageTarget> {
    let kind = target.scalar("type").unwrap_or_default();
    let id = target.id().map(|id| referred(&id, draft.locals)).unwrap_or_default();
    match kind.as_str() {
        "user" => by_id(draft, &id).map(PageTarget::Person),
        "schedule" => schedule(draft, owner, called, rotas, target, &id),
        _ => {
            let message = format!("`{}` is nobody whom a page reaches: it is left out", crate::text::short(&kind));
            unsayable(draft.notes, target, Level::Warning, "type", "channel", called, message);
            None
        }
    }
}

/// Those of a schedule: who is on call, who is next, or everybody.
fn schedule(
    draft: &mut Draft<'_>,
    owner: &TeamId,
    called: &str,
    rotas: &Rotas,
    target: &Record<'_>,
    id: &str,
) -> Option<PageTarget> {
    let declared = draft.declared(id).cloned();
    let (Some(on_call), Some(declared)) = (draft.on_call(owner, id), declared) else {
        let message = format!("schedule `{}` is not in the export; the level does without", crate::text::short(id));
        target.note(draft.notes, Level::Warning, codes::UNKNOWN_REFERENCE, "id", message);
        return None;
    };
    let rotations = rotas.get(&key(&declared)).map_or(&[][..], Vec::as_slice);
    let mode = target.scalar("schedule_mode").unwrap_or_default();
    let chosen = target.scalar("selected_rota_id").filter(|_| mode.ends_with("_for_rota"));
    let mode = mode.strip_suffix("_for_rota").unwrap_or(&mode);
    let only = |id: &String| rotations.len() == 1 && rotations.iter().any(|(known, _)| known == id);
    if let Some(rotation) = &chosen
        && mode != "all_users"
        && !only(rotation)
    {
        let message = "one rotation of a schedule cannot be asked by itself: all of the schedule is";
        unsayable(draft.notes, target, Level::Warning, "selected_rota_id", "one rotation", called, message);
    }
    match (mode, on_call) {
        ("next_on_call", PageTarget::OnCall(schedule)) => Some(PageTarget::Next(schedule)),
        ("all_users", _) => {
            let mut people = Vec::new();
            for (_, users) in rotations.iter().filter(|(id, _)| chosen.as_ref().is_none_or(|chosen| chosen == id)) {
                users.iter().for_each(|user| {
                    if !people.contains(user) {
                        people.push(user.clone())
                    }
                });
            }
            let some = !people.is_empty();
            let wanted = slug(&format!("{} all", declared.id));
            some.then(|| draft.group(owner, &wanted, people)).flatten().map(PageTarget::Team)
        }
        (_, on_call) => Some(on_call),
    }
}
