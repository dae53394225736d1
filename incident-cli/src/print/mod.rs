//! Findings for people and for the tools of a pull request.

mod annotations;
mod excerpt;
mod markdown;

pub(crate) use annotations::{github, gitlab};
pub(crate) use excerpt::Excerpts;
pub(crate) use markdown::{comment, text as escaped};

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
