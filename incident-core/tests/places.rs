//! Findings point to where they are mended: a file of a team is broken at a random place, and the finding is there.
#![allow(clippy::unwrap_used, clippy::panic, clippy::string_slice, clippy::indexing_slicing, reason = "tests")]

use std::ops::Range;

use incident_core::{Finding, Handbook, RuleFile};
use proptest::prelude::*;

const TEAM: &str = include_str!("../../examples/data/payments.toml");

/// The same file in each form.
fn forms() -> [(&'static str, String); 3] {
    let json: serde_json::Value =
        serde_json::to_value(Handbook::gather([RuleFile::new("payments.toml", TEAM)]).team("payments").unwrap())
            .unwrap();
    let json = serde_json::to_string_pretty(&json).unwrap();
    // YAML is written in JSON's way too.
    let yaml = json.lines().fold(String::new(), |text, line| format!("{text}{line}\n"));
    [("payments.toml", TEAM.to_owned()), ("payments.json", json), ("payments.yaml", yaml)]
}

/// What stands in quotation marks, with the name of the member that it is in, as ranges of bytes without the marks.
fn texts(file: &str, text: &str) -> Vec<(String, Range<usize>)> {
    let mut all = Vec::new();
    let (mut at, mut member) = (0, String::new());
    for line in text.split_inclusive('\n') {
        let code = if file.ends_with(".toml") { without_comment(line) } else { line };
        let mut rest = 0;
        while let Some(begin) = code[rest..].find('"').map(|it| rest + it + 1) {
            // The member is the last name before it.
            if let Some(name) = code[rest..begin - 1].rsplit_once('=').map(|(before, _)| before) {
                let name = name.trim().rsplit(|c: char| !c.is_alphanumeric() && c != '_').next().unwrap_or_default();
                member = name.to_owned();
            }
            let end = begin + code[begin..].find('"').unwrap();
            rest = end + 1;
            let is_key = code[rest..].trim_start().starts_with(':');
            if is_key && !file.ends_with(".toml") {
                member = code[begin..end].to_owned();
                continue;
            }
            all.push((member.clone(), at + begin..at + end));
        }
        at += line.len();
    }
    all
}

fn without_comment(line: &str) -> &str {
    let mut quoted = false;
    let end = line.find(|c: char| {
        quoted ^= c == '"';
        c == '#' && !quoted
    });
    &line[..end.unwrap_or(line.len())]
}

/// The names of members, as ranges of bytes.
fn names(file: &str, text: &str) -> Vec<Range<usize>> {
    let mut all = Vec::new();
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        if file.ends_with(".toml") {
            let name = line.find([' ', '=']).unwrap_or_default();
            let is_member = line.contains('=') && !line.starts_with([' ', '[', '#']);
            if is_member && name > 0 {
                all.push(at..at + name);
            }
        } else if let Some(begin) = line.find('"').filter(|begin| line[..*begin].trim().is_empty()) {
            let end = begin + 1 + line[begin + 1..].find('"').unwrap();
            if line[end + 1..].starts_with(':') {
                all.push(at + begin + 1..at + end);
            }
        }
        at += line.len();
    }
    all
}

/// The line and the columns of a range, counted from 1 in characters.
fn place(text: &str, range: &Range<usize>) -> (usize, usize, usize) {
    let begin = text[..range.start].rfind('\n').map_or(0, |it| it + 1);
    let column = |at: usize| text[begin..at].chars().count() + 1;
    (text[..range.start].matches('\n').count() + 1, column(range.start), column(range.end))
}

/// What is found, once what stands in a range is something else.
fn broken(file: &str, text: &str, range: &Range<usize>, with: &str) -> (Vec<Finding>, (usize, usize, usize)) {
    let text = format!("{}{with}{}", &text[..range.start], &text[range.end..]);
    let place = place(&text, &(range.start..range.start + with.len()));
    (Handbook::gather([RuleFile::new(file, text)]).check(None), place)
}

/// Whether a finding is there, quotation marks included.
fn is_there(finding: &Finding, (line, first, end): (usize, usize, usize)) -> bool {
    finding.at.as_ref().is_some_and(|at| {
        let (begins, ends) = (at.column as usize, (at.column + at.length) as usize);
        at.line as usize == line && first.saturating_sub(1) <= begins && begins <= end && ends <= end + 1
    })
}

/// Members in which every text is right.
const FREE: [&str; 6] = ["because", "name", "order", "roles", "schema", "team"];

/// Names that people choose, or that stand beside such names: another one is no slip, but for whoever meant the first.
const CHOSEN: [&str; 19] = [
    "ana", "bo", "cy", "dee", "eli", "fay", "hana", "iris", "vera", "checkout", "ledger", "office", "asleep",
    "primary", "sev1", "sev2", "sev3", "unknown", "load",
];

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(96) })]

    #[test]
    fn a_text_that_is_wrong_is_found_where_it_stands(which in 0_usize..3, at in any::<prop::sample::Index>()) {
        let (file, text) = &forms()[which];
        let texts: Vec<_> = texts(file, text).into_iter().filter(|(member, _)| !FREE.contains(&member.as_str())).collect();
        let (member, range) = &texts[at.index(texts.len())];
        let (found, place) = broken(file, text, range, "no such thing");
        prop_assert!(
            found.iter().any(|finding| is_there(finding, place)),
            "{file}: {member} at {place:?} was `{}`: {found:#?}", &text[range.clone()]
        );
    }

    #[test]
    fn a_member_that_nobody_knows_is_found_where_it_stands(which in 0_usize..3, at in any::<prop::sample::Index>()) {
        let (file, text) = &forms()[which];
        let names: Vec<_> = names(file, text).into_iter().filter(|range| !CHOSEN.contains(&&text[range.clone()])).collect();
        let range = &names[at.index(names.len())];
        let (found, place) = broken(file, text, range, "no_such_thing");
        prop_assert!(
            found.iter().any(|finding| is_there(finding, place)),
            "{file}: {place:?} was `{}`: {found:#?}", &text[range.clone()]
        );
    }

    #[test]
    fn what_breaks_the_form_is_found_on_its_line_or_where_the_form_ends(at in any::<prop::sample::Index>()) {
        // A quotation mark too much.
        let texts = texts("payments.toml", TEAM);
        let (_, range) = &texts[at.index(texts.len())];
        let (found, (line, ..)) = broken("payments.toml", TEAM, range, "no \" such thing");
        prop_assert!(found.iter().any(|it| it.at.as_ref().is_some_and(|at| at.line as usize == line)), "{line}: {found:#?}");
    }
}
