//! What a change introduced: findings that were not there before it.

use std::collections::BTreeMap;

use serde_json::Value;

use super::Finding;
use super::moved::was;
use crate::time::Timestamp;

/// The findings of `new` that a change introduced, in their order: what a check against a base fails for.
///
/// A finding was there before if an old one has the same `code`, weighs as much, is at the same `path` and has the same
/// facts (the same `message` where it has none); or, for what moved in a list, the same facts and message at a place that
/// differs in numbers alone. Lines do not count, nor the facts that only illustrate it (`when`, `then`, `first`, `times`). The facts that say how far it reaches (`spans`, `areas`, `severities`) are compared
/// as sets: a finding that reaches further than before is a new one, and so is one that is graver. Each old finding
/// stands for one. Check both with the same beginning of the horizon.
///
/// Checks that know both documents, such as `check_against` of a schedule, see more: what moved in a list is known by its
/// name, else by its content, else by what it is most like, and may be called otherwise.
///
/// ```
/// use incident_core::{Finding, Level, codes, new_findings};
///
/// let hole = |spans: &str| {
///     Finding::new(Level::Error, codes::NO_MEMBERS, "/escalation/sev1/first/0", "nobody").fact("spans", spans)
/// };
/// let before = [hole("2026-12-07T08:00:00Z/2026-12-07T09:00:00Z")];
/// assert!(new_findings(&before, &[hole("2026-12-07T08:00:00Z/2026-12-07T08:30:00Z")]).is_empty());
/// assert_eq!(new_findings(&before, &[hole("2026-12-07T08:00:00Z/2026-12-07T10:00:00Z")]).len(), 1);
/// ```
#[must_use]
pub fn new_findings(old: &[Finding], new: &[Finding]) -> Vec<Finding> {
    let here = |before: &Told<'_>, after: &Told<'_>| before.path == after.path && before.about == after.about;
    let word_for_word = |before: &Told<'_>, after: &Told<'_>| {
        before.finding.message == after.finding.message && before.about == after.about
    };
    let same = |before: &Told<'_>, after: &Told<'_>| here(before, after) && word_for_word(before, after);
    let moved =
        |before: &Told<'_>, after: &Told<'_>| word_for_word(before, after) && shape(&before.path) == shape(&after.path);
    let reworded = |before: &Told<'_>, after: &Told<'_>| here(before, after) && after.says_what();
    introduced(told(old), told(new), &[&same, &moved, &reworded])
}

/// The same for findings about two documents.
pub(crate) fn new_findings_in(old: (&[Finding], &Value), new: (&[Finding], &Value)) -> Vec<Finding> {
    let after = new.0.iter().map(|finding| {
        let mut told = Told::of(finding);
        match was(old.1, new.1, &finding.path) {
            Some(was) => {
                told.path = was.path;
                for value in told.about.values_mut() {
                    if let Some(before) = was.renamed.get(value) {
                        before.clone_into(value);
                    }
                }
            }
            None => told.added = true,
        }
        told
    });
    let same = |before: &Told<'_>, after: &Told<'_>| !after.added && before.path == after.path;
    let all =
        |before: &Told<'_>, after: &Told<'_>| same(before, after) && before.finding.message == after.finding.message;
    let about = |before: &Told<'_>, after: &Told<'_>| same(before, after) && before.about == after.about;
    introduced(told(old.0), after.collect(), &[&all, &about])
}

/// A finding, as far as it can be recognized.
struct Told<'a> {
    finding: &'a Finding,
    /// Where it is, or was.
    path: String,
    /// The facts that say what it is about.
    about: BTreeMap<&'a str, String>,
    reach: Reach,
    /// It is about something that was not there.
    added: bool,
}

/// Whether two findings can be the same.
type Same<'a> = &'a dyn Fn(&Told<'_>, &Told<'_>) -> bool;

fn told(findings: &[Finding]) -> Vec<Told<'_>> {
    findings.iter().map(Told::of).collect()
}

impl<'a> Told<'a> {
    /// Whether the facts say what it is about, so that the words need not.
    fn says_what(&self) -> bool {
        !self.about.is_empty() || !self.reach.is_everywhere()
    }

    fn of(finding: &'a Finding) -> Self {
        let says = |name: &str| !ILLUSTRATIONS.contains(&name) && !REACHES.contains(&name);
        let about = finding.facts.iter().filter(|(name, _)| says(name));
        let about = about.map(|(name, value)| (name.as_str(), value.clone())).collect();
        Self { finding, path: finding.path.clone(), about, reach: Reach::of(finding), added: false }
    }
}

/// Facts that illustrate.
const ILLUSTRATIONS: [&str; 4] = ["when", "then", "first", "times"];
/// Facts that say how far a finding reaches.
const REACHES: [&str; 3] = ["spans", "areas", "severities"];

/// What was not there before: no old finding that is the same, by any of the ways in turn, stands for it.
fn introduced(old: Vec<Told<'_>>, new: Vec<Told<'_>>, ways: &[Same<'_>]) -> Vec<Finding> {
    let can_be = |before: &Told<'_>, after: &Told<'_>| {
        before.finding.code == after.finding.code && before.finding.level <= after.finding.level
    };
    let mut free: Vec<bool> = old.iter().map(|_| true).collect();
    let mut known: Vec<bool> = vec![false; new.len()];
    for way in ways {
        for (after, known) in new.iter().zip(&mut known).filter(|(_, known)| !**known) {
            let same = |before: &Told<'_>| can_be(before, after) && way(before, after);
            if after.reach.is_everywhere() {
                let stands = old.iter().zip(&mut free).find(|(before, free)| **free && same(before));
                *known = stands.map(|(_, free)| *free = false).is_some();
            } else {
                // Several old ones may have told of it in parts.
                let alike: Vec<&Reach> = old.iter().filter(|before| same(before)).map(|before| &before.reach).collect();
                *known = !alike.is_empty() && after.reach.is_within(&alike);
            }
        }
    }
    let new = new.into_iter().zip(known).filter(|(_, known)| !known);
    new.map(|(told, _)| told.finding.clone()).collect()
}

/// How far a finding reaches: everywhere where it does not say.
struct Reach {
    spans: Option<Vec<(Timestamp, Timestamp)>>,
    areas: Option<Vec<String>>,
    severities: Option<Vec<String>>,
}

impl Reach {
    fn of(finding: &Finding) -> Self {
        let list = |name: &str| {
            let value = finding.facts.get(name)?;
            Some(value.split(", ").map(str::to_owned).collect::<Vec<_>>())
        };
        let span = |span: String| {
            let (from, until) = span.split_once('/')?;
            Some((from.parse().ok()?, until.parse().ok()?))
        };
        let spans = list("spans").and_then(|spans| spans.into_iter().map(span).collect());
        Self { spans, areas: list("areas"), severities: list("severities") }
    }

    fn is_everywhere(&self) -> bool {
        self.spans.is_none() && self.areas.is_none() && self.severities.is_none()
    }

    /// Whether several others together reach as far.
    fn is_within(&self, others: &[&Self]) -> bool {
        let names = |names: &Option<Vec<String>>| match names {
            Some(names) => names.iter().cloned().map(Some).collect(),
            None => vec![None],
        };
        let has = |names: &Option<Vec<String>>, name: &Option<String>| match (names, name) {
            (None, _) => true,
            (Some(names), Some(name)) => names.contains(name),
            (Some(_), None) => false,
        };
        names(&self.areas).iter().all(|area| {
            names(&self.severities).iter().all(|severity| {
                let others: Vec<_> =
                    others.iter().filter(|it| has(&it.areas, area) && has(&it.severities, severity)).collect();
                match &self.spans {
                    None => others.iter().any(|it| it.spans.is_none()),
                    Some(spans) => {
                        let always = others.iter().any(|it| it.spans.is_none());
                        let theirs: Vec<_> = others.iter().flat_map(|it| it.spans.iter().flatten()).copied().collect();
                        always || spans.iter().all(|span| is_covered(*span, &theirs))
                    }
                }
            })
        })
    }
}

/// Whether a span is in the union of others.
fn is_covered((from, until): (Timestamp, Timestamp), others: &[(Timestamp, Timestamp)]) -> bool {
    let mut reached = from;
    while reached < until {
        match others.iter().filter(|(start, end)| *start <= reached && *end > reached).map(|(_, end)| *end).max() {
            Some(end) => reached = end,
            None => return false,
        }
    }
    true
}

/// A place but for its numbers.
fn shape(path: &str) -> String {
    let step =
        |step: &str| if step.bytes().all(|byte| byte.is_ascii_digit()) { "*".to_owned() } else { step.to_owned() };
    path.split('/').map(step).collect::<Vec<_>>().join("/")
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;
    use crate::codes;
    use crate::finding::{Level, Place};

    /// Findings as `path message {facts}`, all of one code.
    fn findings(all: Said<'_>) -> Vec<Finding> {
        let one = |(path, message, facts): &(&str, &str, &[(&str, &str)])| {
            let finding = Finding::new(Level::Warning, codes::START_NO_HANDOFF, *path, *message);
            facts.iter().fold(finding, |finding, (name, value)| finding.fact(name, value))
        };
        all.iter().map(one).collect()
    }

    type Said<'a> = &'a [(&'a str, &'a str, &'a [(&'a str, &'a str)])];

    fn check(old: Said<'_>, new: Said<'_>, expected: &[&str]) {
        let told = new_findings(&findings(old), &findings(new));
        assert_eq!(told.iter().map(|finding| finding.path.as_str()).collect::<Vec<_>>(), expected);
    }

    fn check_in(old: (Said<'_>, Value), new: (Said<'_>, Value), expected: &[&str]) {
        let told = new_findings_in((&findings(old.0), &old.1), (&findings(new.0), &new.1));
        assert_eq!(told.iter().map(|finding| finding.path.as_str()).collect::<Vec<_>>(), expected);
    }

    #[test]
    fn lines_and_words_do_not_count() {
        let mut old = findings(&[("/a", "it is so", &[("person", "ana"), ("when", "today")])]);
        let new = findings(&[("/a", "it is like that", &[("person", "ana"), ("when", "tomorrow")])]);
        old[0].at = Some(Place { file: None, line: 7, column: 1, length: 3 });
        assert_eq!(new_findings(&old, &new), []);
        check(&[("/a", "x", &[("person", "ana")])], &[("/a", "x", &[("person", "bo")])], &["/a"]);
        check(&[("/a", "x", &[])], &[("/a", "y", &[])], &["/a"]);
    }

    #[test]
    fn one_stands_for_one() {
        check(&[("/a", "x", &[])], &[("/a", "x", &[]), ("/a", "x", &[])], &["/a"]);
        let moved: Said<'_> = &[("/a/1", "x", &[]), ("/a/2", "y", &[]), ("/a/0", "z", &[])];
        check(&[("/a/0", "x", &[]), ("/a/1", "y", &[])], moved, &["/a/0"]);
    }

    #[test]
    fn what_is_graver_is_new() {
        let old = findings(&[("/a", "x", &[])]);
        let graver = Finding { level: Level::Error, ..old[0].clone() };
        let graver = [graver];
        assert_eq!(new_findings(&old, &graver), graver);
        assert_eq!(new_findings(&graver, &old), []);
    }

    #[test]
    fn what_reaches_further_is_new() {
        let hour = |from: u32, until: u32| format!("2026-12-07T{from:02}:00:00Z/2026-12-07T{until:02}:00:00Z");
        let (early, late, both) = (hour(8, 9), hour(9, 11), hour(8, 11));
        let early: Said<'_> = &[("/a", "1 hour", &[("spans", &early), ("areas", "x, y")])];
        let halves: Said<'_> = &[early[0], ("/a", "2 hours", &[("spans", &late), ("areas", "x")])];
        check(early, &[("/a", "1 hour", &[("spans", &hour(8, 9)), ("areas", "y")])], &[]);
        check(early, &[("/a", "1 hour", &[("spans", &hour(8, 9)), ("areas", "y, z")])], &["/a"]);
        check(halves, &[("/a", "3 hours", &[("spans", &both), ("areas", "x")])], &[]);
        check(halves, &[("/a", "3 hours", &[("spans", &both), ("areas", "x, y")])], &["/a"]);
        check(early, &[("/a", "1 hour", &[("areas", "x")])], &["/a"]);
        check(&[("/a", "always", &[])], &[("/a", "1 hour", &[("spans", &both), ("areas", "x")])], &[]);
    }

    #[test]
    fn a_renamed_rotation_is_the_same() {
        let rotation = |name: &str| json!({"name": name, "zone": "Europe/Berlin", "turn": "1 week"});
        let old = json!({"rotation": [rotation("berlin")]});
        let new = json!({"rotation": [{"name": "first"}, rotation("days")]});
        let before: Said<'_> = &[("/rotation/0/start", "berlin is late", &[("rotation", "berlin")])];
        let after: Said<'_> = &[("/rotation/1/start", "days is late", &[("rotation", "days")])];
        check_in((before, old.clone()), (after, new.clone()), &[]);
        check(before, after, &["/rotation/1/start"]);
        let other: Said<'_> = &[("/rotation/0/start", "first is late", &[("rotation", "first")])];
        check_in((before, old), (other, new), &["/rotation/0/start"]);
    }

    #[test]
    fn a_list_in_another_order_is_the_same() {
        let old = json!({"rotation": [{"name": "a"}, {"name": "b"}]});
        let new = json!({"rotation": [{"name": "b"}, {"name": "a"}]});
        let first: Said<'_> = &[("/rotation/0/start", "late", &[])];
        let second: Said<'_> = &[("/rotation/1/start", "late", &[])];
        check_in((first, old.clone()), (second, new.clone()), &[]);
        check_in((first, old), (first, new), &["/rotation/0/start"]);
    }

    #[test]
    fn nothing_is_new_against_itself() {
        let all: Said<'_> = &[("/a/0", "x", &[]), ("/a/0", "x", &[]), ("/b", "y", &[("spans", "no span")])];
        check(all, all, &[]);
        check(&[], all, &["/a/0", "/a/0", "/b"]);
        check(all, &[], &[]);
    }
}
