//! Tables in which the first line that fits decides who is paged, as tools have them for priorities and hours.

use std::collections::BTreeSet;

use crate::escalation::EscalationRules;
use crate::id::SeverityId;

use super::assemble::ANY;

/// One line of such a table.
#[derive(Clone, Debug)]
pub(super) struct Choice<T> {
    /// For which severities; for all where absent.
    pub(super) severities: Option<BTreeSet<SeverityId>>,
    /// In which window; always where absent.
    pub(super) within: Option<String>,
    /// What happens then, as the rules of the one severity that everything has.
    pub(super) rules: EscalationRules,
    /// Whatever the caller knows it by.
    pub(super) source: T,
}

/// What a table comes to at some hours.
#[derive(Clone, Debug)]
pub(super) struct Settled<T> {
    /// The window; absent for all other hours.
    pub(super) within: Option<String>,
    pub(super) rules: EscalationRules,
    /// The line that decides, if it is the same one for every severity.
    pub(super) only: Option<T>,
    /// The lines that no route can say, because another window is open at the same time.
    pub(super) lost: Vec<T>,
}

/// What a table comes to: within each window in their order, and last at all other hours. A window in which nothing else
/// happens is left out.
pub(super) fn settle<T: Clone + PartialEq>(choices: &[Choice<T>], severities: &[SeverityId]) -> Vec<Settled<T>> {
    let mut windows: Vec<Option<&String>> = Vec::new();
    for window in choices.iter().map(|choice| choice.within.as_ref()).filter(Option::is_some) {
        if !windows.contains(&window) {
            windows.push(window);
        }
    }
    let always = at(choices, severities, None, &[]);
    let mut settled = Vec::new();
    for (number, window) in windows.iter().enumerate() {
        let later = windows.get(number.saturating_add(1)..).unwrap_or_default();
        let here = at(choices, severities, *window, later);
        if here.rules != always.rules || !settled.is_empty() {
            settled.push(here);
        }
    }
    // What changes nothing, and stands before nothing that does.
    while settled.last().is_some_and(|last: &Settled<T>| last.rules == always.rules) {
        settled.pop();
    }
    settled.push(always);
    settled
}

fn at<T: Clone + PartialEq>(
    choices: &[Choice<T>],
    severities: &[SeverityId],
    window: Option<&String>,
    later: &[Option<&String>],
) -> Settled<T> {
    let mut rules = EscalationRules::default();
    let mut sources: Vec<Option<&T>> = Vec::new();
    let mut lost = Vec::new();
    let any = SeverityId::new(ANY).ok();
    let each = if severities.is_empty() { any.as_slice() } else { severities };
    for severity in each {
        let concerns = |choice: &&Choice<T>| choice.severities.as_ref().is_none_or(|all| all.contains(severity));
        let here = |choice: &Choice<T>| choice.within.is_none() || choice.within.as_ref() == window;
        let before: Vec<_> = choices.iter().filter(concerns).take_while(|choice| !here(choice)).collect();
        let also = before.iter().filter(|choice| later.contains(&choice.within.as_ref()));
        lost.extend(also.map(|choice| choice.source.clone()));
        let chosen = choices.iter().filter(concerns).find(|choice| here(choice));
        sources.push(chosen.map(|choice| &choice.source));
        if let Some(choice) = chosen {
            add(&mut rules, severity, &choice.rules);
        }
    }
    let first = sources.first().copied().flatten();
    let only = first.filter(|first| sources.iter().all(|source| *source == Some(*first))).cloned();
    let within = window.cloned();
    Settled { within, rules, only, lost }
}

/// Puts the rules of the one severity that everything has into others, for a severity.
fn add(rules: &mut EscalationRules, severity: &SeverityId, one: &EscalationRules) {
    let Some(mut tracks) = one.severities.get(ANY).cloned() else { return };
    if rules.otherwise.is_none() {
        rules.otherwise.clone_from(&one.otherwise);
        rules.on_empty = one.on_empty;
    } else if rules.otherwise != one.otherwise {
        tracks.otherwise.clone_from(&one.otherwise);
    }
    rules.severities.insert(severity.clone(), tracks);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::escalation::Otherwise;

    /// Lines as `name severities window`, with `-` for all and always; and what they come to.
    fn check(lines: &[(&str, &str, &str)], severities: &[&str], expected: &[&str]) {
        let named = |text: &str| text.split(',').map(|name| SeverityId::new(name).unwrap()).collect::<BTreeSet<_>>();
        let choices: Vec<_> = lines
            .iter()
            .map(|(name, severities, window)| {
                let page = vec![format!("person:{name}").parse().unwrap()];
                let any = (SeverityId::new(ANY).unwrap(), crate::escalation::SeverityTracks::default());
                Choice {
                    severities: (*severities != "-").then(|| named(severities)),
                    within: (*window != "-").then(|| (*window).to_owned()),
                    rules: EscalationRules {
                        otherwise: Some(Otherwise { after: None, page }),
                        severities: [any].into(),
                        ..EscalationRules::default()
                    },
                    source: *name,
                }
            })
            .collect();
        let severities: Vec<_> = severities.iter().map(|name| SeverityId::new(name).unwrap()).collect();
        let told: Vec<_> = settle(&choices, &severities)
            .iter()
            .map(|it| {
                let who = |severity: (&SeverityId, &crate::escalation::SeverityTracks)| {
                    let otherwise = severity.1.otherwise.as_ref().or(it.rules.otherwise.as_ref());
                    format!("{}={}", severity.0, otherwise.unwrap().page[0])
                };
                let who: Vec<_> = it.rules.severities.iter().map(who).collect();
                format!("{}: {} {:?} {:?}", it.within.as_deref().unwrap_or("-"), who.join(" "), it.only, it.lost)
            })
            .collect();
        assert_eq!(told, expected);
    }

    #[test]
    fn the_first_line_that_fits_decides() {
        check(&[("ana", "-", "-"), ("bo", "-", "-")], &[], &["-: any=person:ana Some(\"ana\") []"]);
        check(
            &[("ana", "p1,p2", "-"), ("bo", "-", "-")],
            &["p1", "p2", "p3"],
            &["-: p1=person:ana p2=person:ana p3=person:bo None []"],
        );
        check(
            &[("ana", "-", "day"), ("bo", "-", "-")],
            &[],
            &["day: any=person:ana Some(\"ana\") []", "-: any=person:bo Some(\"bo\") []"],
        );
        check(
            &[("ana", "p1", "day"), ("bo", "p2", "night"), ("cy", "-", "-")],
            &["p1", "p2"],
            &[
                "day: p1=person:ana p2=person:cy None [\"bo\"]",
                "night: p1=person:cy p2=person:bo None []",
                "-: p1=person:cy p2=person:cy Some(\"cy\") []",
            ],
        );
    }
}
