//! What a team allows itself, for a reason and for a time.

use crate::codes::{self, Code};
use crate::finding::{Finding, Level};
use crate::time::Date;

use crate::escalation::document::Allowance;

/// Takes out what is allowed on a day. An allowance that has ended is a warning, and one that finds nothing a note.
///
/// Where no day is given, none has ended.
/// `is_told_here` says which codes are looked for at all: an allowance of another is not unused.
pub(crate) fn allow(
    allow: &[Allowance],
    today: Option<Date>,
    is_told_here: impl Fn(Code) -> bool,
    mut findings: Vec<Finding>,
) -> Vec<Finding> {
    let mut told = Vec::new();
    for (number, allowance) in allow.iter().enumerate() {
        let path = format!("/allow/{number}");
        let matches = |finding: &Finding| {
            let places = || std::iter::once(&finding.path).chain(finding.labels.iter().map(|label| &label.path));
            let is_in = |place: &String, path: &String| {
                let rest = place.strip_prefix(path.as_str());
                rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
            };
            let inside = |path: &String| places().any(|place| is_in(place, path));
            finding.code == allowance.code && allowance.path.as_ref().is_none_or(inside)
        };
        if let Some(until) = allowance.until.filter(|until| today.is_some_and(|today| *until < today)) {
            let message = format!("`{}` was allowed until {until}: {}", allowance.code, allowance.because.trim());
            let finding = Finding::new(Level::Warning, codes::ALLOWANCE_ENDED, path, message);
            told.push(finding.help("mend what it allowed, then remove it").fact("until", until));
            continue;
        }
        let before = findings.len();
        findings.retain(|finding| !matches(finding));
        if findings.len() == before && is_told_here(allowance.code) {
            let message = format!("nothing is found that `{}` allows here", allowance.code);
            told.push(Finding::new(Level::Note, codes::ALLOWANCE_UNUSED, path, message).help("remove it"));
        }
    }
    findings.extend(told);
    findings
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(allow: &str, expected: &[&str]) {
        let allow: Vec<Allowance> = serde_json::from_str(allow).unwrap();
        let found = ["/escalation/sev1/first/0", "/escalation/sev2/first/0"]
            .map(|path| Finding::new(Level::Error, codes::COVERAGE_HOLE, path, "nobody"));
        let told = super::allow(&allow, Some("2027-02-01".parse().unwrap()), |_| true, found.to_vec());
        let told: Vec<String> = told.iter().map(|finding| format!("{} {}", finding.path, finding.code)).collect();
        assert_eq!(told, expected);
    }

    #[test]
    fn what_is_allowed_is_not_told_until_it_ends() {
        let [one, two] =
            ["/escalation/sev1/first/0 escalation.coverage_hole", "/escalation/sev2/first/0 escalation.coverage_hole"];
        check(r#"[{"code":"coverage_hole","because":"x"}]"#, &[]);
        check(r#"[{"code":"coverage_hole","path":"/escalation/sev1","because":"x","until":"2027-02-01"}]"#, &[two]);
        check(
            r#"[{"code":"escalation.coverage_hole","because":"x","until":"2027-01-31"}]"#,
            &[one, two, "/allow/0 escalation.allowance_ended"],
        );
        check(
            r#"[{"code":"coverage_hole","path":"/escalation/sev","because":"x"}]"#,
            &[one, two, "/allow/0 escalation.allowance_unused"],
        );
    }
}
