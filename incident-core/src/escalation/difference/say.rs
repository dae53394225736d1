//! Differences in words.

use super::answer::{PageChange, PageChangeKind, PolicyChange, PolicyChangeStart, PolicyDifference};
use super::sides::Sides;
use crate::escalation::proof::minutes::Minutes;
use crate::escalation::proof::starts::{self, Beginning};
use crate::escalation::proof::words;
use crate::time::Elapsed;

/// So many pages are told one by one.
const TOLD: usize = 3;

/// One class of incidents.
pub(super) fn change(sides: &Sides<'_>, change: &PolicyChange, minutes: &Minutes) -> String {
    let mut verb = "";
    let told = change.pages.iter().take(TOLD).map(|page| {
        let (does, what) = becomes(sides, page);
        // Said once: `pages Bo 5 min later and Hana 5 min later`.
        let again = std::mem::replace(&mut verb, does) == does;
        if again { what } else { format!("{does} {what}") }
    });
    let mut pages: Vec<String> = told.collect();
    if change.pages.len() > TOLD {
        pages.push(words::count(change.pages.len() as u64 - TOLD as u64, "page more", "pages more"));
    }
    let horizon = sides.new.horizon;
    format!(
        "{}{}{} {}, first when declared {}, in {}",
        words::a(&change.severity),
        areas(sides, change),
        starts(sides, change),
        words::and(pages),
        horizon.zone.say(change.witness),
        sides.new.weeks(minutes),
    )
}

/// ` in payouts`, ` while no area is known`; nothing where it is all of them and none.
fn areas(sides: &Sides<'_>, change: &PolicyChange) -> String {
    let all = sides.groups(&change.severity);
    let known: usize = all.iter().map(|group| group.areas.len()).sum();
    let named = words::and(change.areas.iter().map(ToString::to_string).collect());
    match (change.areas.len() == known, change.areas.is_empty(), change.without_area) {
        (true, _, true) => String::new(),
        (_, true, _) => " while no area is known".to_owned(),
        (.., false) => format!(" in {named}"),
        (.., true) => format!(" in {named} or while no area is known"),
    }
}

/// ` where the turns of ops begin with Dee`, by the new policy, or by the old one where only that has turns.
fn starts(sides: &Sides<'_>, change: &PolicyChange) -> String {
    let told = |side: fn(&PolicyChangeStart) -> &Beginning| -> Vec<Beginning> {
        change.starts.iter().map(side).filter(|start| !start.is_empty()).cloned().collect()
    };
    match told(|start| &start.after) {
        after if after.is_empty() => starts::say(&sides.old, &told(|start| &start.before)),
        after => starts::say(&sides.new, &after),
    }
}

fn becomes(sides: &Sides<'_>, page: &PageChange) -> (&'static str, String) {
    let person = page.person.as_ref().map(|person| words::name(sides.new.directory(), person)).unwrap_or_default();
    let (before, after) = (page.before.unwrap_or_default(), page.after.unwrap_or_default());
    let apart =
        |one: Elapsed, other: Elapsed| Elapsed::from_micros(one.as_micros().saturating_sub(other.as_micros())).words();
    match page.kind {
        PageChangeKind::Later => ("pages", format!("{person} {} later", apart(after, before))),
        PageChangeKind::Earlier => ("pages", format!("{person} {} earlier", apart(before, after))),
        PageChangeKind::Instead => {
            let old = page.instead_of.as_ref().map(|person| words::name(sides.old.directory(), person));
            ("pages", format!("{person} instead of {} at {}", old.unwrap_or_default(), words::after(after)))
        }
        PageChangeKind::Lost => ("no longer pages", format!("{person} at {}", words::after(before))),
        PageChangeKind::New => ("pages", format!("{person} as well at {}", words::after(after))),
        PageChangeKind::Urgency => ("pages", format!("{person} with another urgency at {}", words::after(after))),
        PageChangeKind::Unreachable => ("reaches", format!("nobody at {}", words::after(after))),
        PageChangeKind::Reachable => ("reaches", format!("somebody at {}", words::after(before))),
    }
}

/// All of it.
pub(super) fn whole(told: &PolicyDifference) -> String {
    let mut parts: Vec<String> = told.schedules.values().map(|schedule| schedule.why.clone()).collect();
    match told.changes.as_slice() {
        [] if parts.is_empty() => parts.push(format!("nothing changes for declarations of {}", told.horizon.length)),
        [] => parts.push("nobody is paged otherwise".to_owned()),
        [only] => parts.push(only.why.clone()),
        [first, others @ ..] => {
            let classes = words::count(others.len() as u64, "class", "classes");
            parts.push(format!("{}; {classes} of incidents more", first.why));
        }
    }
    parts.join("; ")
}
