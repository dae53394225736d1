//! Findings for people and for the tools of a pull request.

mod annotations;
mod excerpt;
mod markdown;

pub(crate) use annotations::{github, gitlab};
pub(crate) use excerpt::Excerpts;
pub(crate) use markdown::{comment, item, text as escaped};

use incident_core::Finding;

/// The code without its room: `coverage_hole`.
pub(crate) fn short(finding: &Finding) -> &str {
    let code = finding.code.as_str();
    code.rsplit_once('.').map_or(code, |(_, reason)| reason)
}

/// When it is so, and what happens then; not what a label says already.
pub(crate) fn facts(finding: &Finding) -> impl Iterator<Item = (&'static str, &str)> {
    let told = |value: &str| finding.labels.iter().any(|label| label.message == value);
    let fact = |name| Some((name, finding.facts.get(name)?.as_str()));
    ["when", "then"].into_iter().filter_map(fact).filter(move |(_, value)| !told(value))
}

/// Findings that say the same of several places: the first, and where else it is so.
pub(crate) fn together<'a>(findings: &[&'a Finding]) -> Vec<(&'a Finding, Vec<String>)> {
    let mut all: Vec<(&Finding, Vec<String>)> = Vec::new();
    for finding in findings {
        let same = |it: &Finding| {
            let facts = || facts(it).eq(facts(finding)) && it.labels == finding.labels;
            (it.code, it.level, &it.message, &it.help) == (finding.code, finding.level, &finding.message, &finding.help)
                && facts()
        };
        match (all.iter_mut().find(|(first, _)| same(first)), &finding.at) {
            (Some((first, others)), Some(at)) => {
                let same_file = first.at.as_ref().is_some_and(|first| first.file == at.file);
                others.push(if same_file { format!("{}:{}", at.line, at.column) } else { at.to_string() });
            }
            _ => all.push((finding, Vec::new())),
        }
    }
    all
}
