//! Everything that is wrong with a handbook.

use std::collections::BTreeSet;

use super::book::{Handbook, Org, TeamFile};
use super::rules::{moved, within};
use crate::codes;
use crate::escalation::{EscalationPolicy, Proof, allow};
use crate::finding::{Finding, Level};
use crate::id::{PolicyId, SeverityId};
use crate::text::pointer_step;
use crate::time::{Date, Moment};

/// What was found in the file of a team, and what was proved of its policies.
pub(super) struct Checked {
    pub(super) findings: Vec<Finding>,
    pub(super) proofs: Vec<Proof>,
}

impl Handbook {
    /// Everything that is wrong with it, file by file in the order of their teams, with places.
    ///
    /// Alone: what cannot be read or used, names that nobody has, rules that can never hold, steps that can do nothing.
    /// With a moment from which to look, every minute of each horizon is played, and what `[prove]` requires is proved:
    /// what is refuted and nothing else tells is `handbook.claim_refuted`. What `[[allow]]` allows is left out.
    ///
    /// ```
    /// use incident_core::{Handbook, RuleFile};
    ///
    /// let book = Handbook::gather([RuleFile::new("payments.toml", "[areas]\nledger = { experts = [\"ana\"] }\n")]);
    /// let found: Vec<String> = book.check(None).iter().map(ToString::to_string).collect();
    /// assert_eq!(found[0], "payments.toml:2:23: error[directory.unknown_person]: `ana` is not among the people");
    /// ```
    #[must_use]
    pub fn check(&self, from: Option<Moment>) -> Vec<Finding> {
        let mut found = self.check_shared();
        found.extend(self.files().values().flat_map(|file| check(file, from).findings));
        found
    }

    /// What is wrong with files that are no team's.
    pub(super) fn check_shared(&self) -> Vec<Finding> {
        let org = self.org().into_iter().flat_map(check_org);
        self.trouble().iter().cloned().chain(org).collect()
    }
}

fn check_org(org: &Org) -> Vec<Finding> {
    let mut found = org.rules.problems.clone();
    found.extend(org.rules.directory.check());
    found.extend(severities(org.rules.scheme.as_ref()));
    org.source.place(found)
}

fn severities(scheme: Option<&crate::severity::SeverityScheme>) -> Vec<Finding> {
    scheme
        .map(crate::severity::SeverityScheme::check)
        .unwrap_or_default()
        .into_iter()
        .map(|it| within(it, "/severity"))
        .collect()
}

/// Everything that is wrong with the file of a team, and what is proved of it.
pub(super) fn check(file: &TeamFile, from: Option<Moment>) -> Checked {
    let (rules, document) = (&file.rules, &file.document);
    let mut found = rules.problems.clone();
    found.extend(rules.directory.check().into_iter().filter(|finding| is_own(file, finding)));
    if document.severity.is_some() {
        found.extend(severities(rules.scheme.as_ref()));
    }
    for (name, schedule) in &rules.schedules {
        let span =
            from.and_then(|from| Some((rules.policies.get(&rules.main).or(rules.policies.values().next())?, from)));
        let checked = match span.map(|(policy, from)| policy.horizon(&rules.world, from)) {
            Some(span) => span.end.and_then(|end| schedule.check_over(span.start, end).ok()),
            None => None,
        };
        let at = format!("/schedule{}", pointer_step(name.as_str()));
        found.extend(checked.unwrap_or_else(|| schedule.check()).into_iter().map(|finding| within(finding, &at)));
    }
    let mut today = None;
    let mut proofs = Vec::new();
    for (name, policy) in &rules.policies {
        // What a schedule that cannot be used leaves open is no hole.
        let from = from.filter(|_| rules.broken.is_empty());
        let (told, proof) = of_policy(file, name, policy, from);
        found.extend(told);
        proofs.extend(proof);
        today = today.or_else(|| from.map(|from| policy.first_day(&rules.world, from)));
    }
    Checked { findings: finish(file, today, found), proofs }
}

/// Whether a finding about people, teams and areas is about the file's own.
fn is_own(file: &TeamFile, finding: &Finding) -> bool {
    let mut steps = finding.path.split('/').skip(1).map(|step| step.replace("~1", "/").replace("~0", "~"));
    let document = &file.document;
    match (steps.next().as_deref(), steps.next()) {
        (Some("people"), Some(id)) => document.people.contains_key(id.as_str()),
        (Some("teams"), Some(id)) => document.teams.contains_key(id.as_str()),
        (Some("areas"), Some(id)) => document.areas.contains_key(id.as_str()),
        _ => true,
    }
}

fn of_policy(
    file: &TeamFile,
    name: &PolicyId,
    policy: &EscalationPolicy,
    from: Option<Moment>,
) -> (Vec<Finding>, Option<Proof>) {
    let rules = &file.rules;
    let is_main = *name == rules.main && file.document.escalation.is_some();
    // Only the policy of the team itself must have one for every severity.
    let order: &[SeverityId] = match &rules.scheme {
        Some(scheme) if is_main => scheme.order(),
        _ => &[],
    };
    let unusable = |finding: &Finding| {
        let named = finding.facts.get("schedule").map(String::as_str);
        finding.code == codes::UNKNOWN_SCHEDULE
            && rules
                .broken
                .iter()
                .any(|broken| Some(broken.as_str()) == named || finding.message.contains(&format!("`{broken}`")))
    };
    let mut found = policy.check_from(order, &rules.world, from);
    found.retain(|finding| !unusable(finding));
    let proof = match from.filter(|_| policy.document().prove.is_some()) {
        Some(from) => match policy.verify(&rules.world, from) {
            Ok(proof) => Some(proof),
            Err(error) => {
                found.push(error.to_finding());
                None
            }
        },
        None => None,
    };
    found.extend(proof.iter().flat_map(refuted));
    let at = match is_main {
        true => "/escalation".to_owned(),
        false => format!("/policy{}", pointer_step(name.as_str())),
    };
    (found.into_iter().map(|finding| moved(finding, &at)).collect(), proof)
}

/// What is refuted, and no other finding says why.
fn refuted(proof: &Proof) -> Vec<Finding> {
    let open = proof.claims.iter().filter(|claim| {
        !claim.proved
            && (claim.counterexamples.is_empty() || claim.counterexamples.iter().any(|it| it.because.is_none()))
    });
    open.map(|claim| {
        let example = claim.counterexamples.iter().find(|example| example.because.is_none());
        let message = example.map_or_else(|| claim.why.clone(), |example| example.why.clone());
        let finding = Finding::new(Level::Error, codes::CLAIM_REFUTED, &claim.path, message);
        let finding = finding.fact("claim", &claim.why);
        let finding = proof.policy.iter().fold(finding, |finding, policy| finding.fact("policy", policy));
        match example {
            Some(example) => {
                let then: Vec<&str> = example.trace.iter().map(|line| line.why.as_str()).collect();
                let finding = finding.fact("first", example.witness).fact("times", example.spans.len());
                if then.is_empty() { finding } else { finding.fact("then", then.join("; ")) }
            }
            None => finding,
        }
    })
    .collect()
}

/// Takes out what is allowed and what is told twice, and shows each finding where it is to be mended.
fn finish(file: &TeamFile, today: Option<Date>, found: Vec<Finding>) -> Vec<Finding> {
    let found = allow(&file.document.allow, today, |_| today.is_some(), found);
    let engaged: BTreeSet<String> = found
        .iter()
        .filter(|finding| finding.code == codes::STEP_ADDS_NOBODY)
        .flat_map(|finding| finding.labels.iter().map(|label| label.path.clone()))
        .collect();
    let told = |finding: &Finding| {
        finding.code == codes::ONE_EXPERT && engaged.iter().any(|area| finding.path.starts_with(&format!("{area}/")))
    };
    let mut seen = BTreeSet::new();
    let first = |finding: &Finding| seen.insert((finding.code.as_str(), finding.path.clone(), finding.message.clone()));
    let found: Vec<Finding> = found.into_iter().filter(|finding| !told(finding)).filter(first).collect();
    let mut found: Vec<Finding> = file.source.place(found).into_iter().map(to_the_cause).collect();
    found.sort_by_key(|finding| (finding.level, finding.at.as_ref().map(|at| (at.line, at.column))));
    found
}

/// The first label that is in the file is where a finding is mended; the step that it was found at becomes a label.
fn to_the_cause(mut finding: Finding) -> Finding {
    let Some(cause) = finding.labels.iter().find(|label| label.at.is_some()).cloned() else { return finding };
    let step = std::mem::replace(&mut finding.path, cause.path);
    finding.facts.insert("step".to_owned(), step);
    finding.at = cause.at;
    finding
}
