//! A check with what was proved, and with what changes.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use serde::{Deserialize, Serialize};

use super::book::{Handbook, TeamFile};
use super::check::{Checked, check};
use super::rules::within;
use crate::decode;
use crate::escalation::{PolicyDifference, Proof};
use crate::finding::{Finding, Level, new_findings_in};
use crate::id::{PolicyId, ScheduleId, TeamId};
use crate::oncall::ScheduleDifference;
use crate::time::{Moment, Span, TZ_VERSION};

/// What a check of a handbook says: team by team, what is wrong, what was proved, and what changes.
///
/// [`Handbook::report`] has an example.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct HandbookReport {
    /// What is wrong with files that are no team's.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub findings: Vec<Finding>,
    /// Each team, by name.
    pub teams: Vec<TeamReport>,
    /// How many errors there are, in all files; where there is a base, only what the change introduced.
    pub errors: u32,
    /// How many warnings, likewise.
    pub warnings: u32,
    /// The version of the time zone data.
    pub tz_version: String,
    /// In one sentence.
    pub why: String,
}

/// What a check of one team says.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct TeamReport {
    /// The team.
    pub team: TeamId,
    /// Its file.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub file: Option<String>,
    /// What is wrong, gravest first; where there is a base, only what the change introduced.
    pub findings: Vec<Finding>,
    /// How many further findings the base has too.
    pub known: u32,
    /// How many of the findings are errors.
    pub errors: u32,
    /// How many are warnings.
    pub warnings: u32,
    /// What was proved of its policies.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub proofs: Vec<Proof>,
    /// What changes from the base, where there is one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub change: Option<TeamChange>,
    /// In one sentence.
    pub why: String,
}

/// What another version of a team's file changes.
#[derive(Clone, Debug, Default, Deserialize, PartialEq, Serialize)]
#[serde(default)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct TeamChange {
    /// What is there now and was not: `schedule primary`, `policy ledger`.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub added: Vec<String>,
    /// What was there.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub removed: Vec<String>,
    /// Who moves, by schedule; those in which nothing changes are left out.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub schedules: BTreeMap<ScheduleId, ScheduleDifference>,
    /// Which pages change, by policy; those in which nothing changes are left out.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub policies: BTreeMap<PolicyId, PolicyDifference>,
    /// In one sentence.
    pub why: String,
}

impl Handbook {
    /// A check from a moment on, with what `[prove]` requires proved, and with what changed from a base.
    ///
    /// With a base, only what the change introduced is told: a hole that was there before fails nobody. Both are looked at
    /// from the same moment on.
    ///
    /// ```
    /// use incident_core::{Format, Handbook, Source};
    ///
    /// let book = |at: &str| {
    ///     let text = format!("team = 'payments'\n[people]\nana = {{ zone = 'Europe/Berlin' }}\nbo = {{ zone = 'Europe/Berlin' }}\n[escalation]\notherwise = {{ page = ['person:ana'] }}\n[escalation.sev1]\nfirst = [{{ page = ['person:ana'] }}, {{ at = '{at}', page = ['person:bo'] }}]\n[prove]\nhorizon = '1 week'\nsev1 = {{ second_person = '5m' }}");
    ///     Handbook::read(Source::parse(&text, Format::Toml)?)
    /// };
    /// let report = book("10m")?.report(Some("2026-12-07".parse()?), Some(&book("5m")?));
    /// assert_eq!(report.errors, 1);
    /// assert_eq!(
    ///     report.teams[0].change.as_ref().map(|change| change.why.as_str()),
    ///     Some("a SEV1 pages Ana 5 min later and Bo 5 min later, first when declared Mon 2026-12-07 00:00 UTC, in 1 of 1 week")
    /// );
    /// # Ok::<(), incident_core::Error>(())
    /// ```
    #[must_use]
    pub fn report(&self, from: Option<Moment>, base: Option<&Self>) -> HandbookReport {
        let mut findings = self.check_shared();
        if let Some(base) = base {
            findings = crate::finding::new_findings(&base.check_shared(), &findings);
        }
        let teams: Vec<TeamReport> = self.files().iter().map(|(team, file)| report(team, file, from, base)).collect();
        let count = |level| {
            let of_teams = teams.iter().flat_map(|team| &team.findings);
            number(findings.iter().chain(of_teams).filter(|finding| finding.level == level).count())
        };
        let (errors, warnings) = (count(Level::Error), count(Level::Warning));
        let (claims, proved) = claims(teams.iter().flat_map(|team| &team.proofs));
        let mut why =
            format!("{}: {}", counted(teams.len(), "team", "teams"), trouble(errors, warnings, base.is_some()));
        if claims > 0 {
            why.push_str(&format!("; {proved} of {} proved", counted(claims, "claim", "claims")));
        }
        HandbookReport { findings, teams, errors, warnings, tz_version: TZ_VERSION.to_owned(), why }
    }
}

fn report(team: &TeamId, file: &TeamFile, from: Option<Moment>, base: Option<&Handbook>) -> TeamReport {
    let Checked { mut findings, proofs } = check(file, from);
    let before = base.and_then(|base| base.files().get(team));
    let mut known = 0;
    if let Some(before) = before {
        let old = check(before, from).findings;
        let all = findings.len();
        let (was, is) = (tree(before), tree(file));
        findings = new_findings_in((&old, &was), (&findings, &is));
        known = number(all - findings.len());
    }
    let change = base.map(|_| match before {
        Some(before) => {
            let (change, found) = change(before, file, from);
            findings.extend(found);
            change
        }
        None => TeamChange { why: "the team is new".to_owned(), ..TeamChange::default() },
    });
    let count = |level| number(findings.iter().filter(|finding| finding.level == level).count());
    let (errors, warnings) = (count(Level::Error), count(Level::Warning));
    let mut report = TeamReport {
        team: team.clone(),
        file: file.source.file().map(str::to_owned),
        findings,
        known,
        errors,
        warnings,
        proofs,
        change,
        why: String::new(),
    };
    report.why = why(&report, base.is_some());
    report
}

/// `payments: 1 error, 2 warnings; 1 of 5 claims proved, 4 refuted, all by coverage_hole`.
fn why(report: &TeamReport, against: bool) -> String {
    let mut told = Vec::new();
    if report.errors + report.warnings > 0 || report.proofs.is_empty() {
        told.push(trouble(report.errors, report.warnings, against));
    }
    if report.known > 0 {
        told.push(format!("{} known before", counted(report.known as usize, "finding", "findings")));
    }
    for proof in &report.proofs {
        // A second policy needs its name.
        let policy = proof.policy.as_ref().filter(|policy| *policy != report.team.as_str());
        let name = policy.map(|policy| format!("{policy}: ")).unwrap_or_default();
        match report.errors + report.warnings + report.known > 0 {
            true => told.push(format!("{name}{}", verdict(&proof.why))),
            false => told.push(format!("{name}{}", proof.why)),
        }
    }
    format!("{}: {}", report.team, told.join("; "))
}

/// A verdict without the horizon that it is for.
fn verdict(why: &str) -> &str {
    let end = why.find(" for ").unwrap_or(why.len());
    why.get(..end).unwrap_or(why).trim_end_matches(',')
}

/// What changes, and what could not be compared.
fn change(before: &TeamFile, after: &TeamFile, from: Option<Moment>) -> (TeamChange, Vec<Finding>) {
    let (mut told, mut found) = (TeamChange::default(), Vec::new());
    let (old, new) = (&before.rules, &after.rules);
    let of = |file: &TeamFile| -> BTreeSet<String> {
        let schedules = file.document.schedule.keys().map(|name| format!("schedule {name}"));
        schedules.chain(file.document.policy.keys().map(|name| format!("policy {name}"))).collect()
    };
    let (was, is) = (of(before), of(after));
    told.added = is.difference(&was).cloned().collect();
    told.removed = was.difference(&is).cloned().collect();
    if let Some(from) = from {
        let policies = new.policies.iter().filter_map(|(name, policy)| Some((name, old.policies.get(name)?, policy)));
        for (name, older, newer) in policies {
            let mut difference = match older.difference((newer, &new.world), &old.world, from) {
                Ok(difference) => difference,
                // There is more than can be looked at: that is told, and nothing is guessed.
                Err(error) => {
                    found.push(error.to_finding());
                    continue;
                }
            };
            // Who moves is told once, beside.
            for (schedule, moves) in std::mem::take(&mut difference.schedules) {
                told.schedules.entry(schedule).or_insert(moves);
            }
            if !difference.changes.is_empty() {
                told.policies.insert(name.clone(), difference);
            }
        }
        let horizon = new.policies.values().next().map(|policy| policy.horizon(&new.world, from));
        for (name, schedule) in &new.schedules {
            let (Some(older), Some(Span { start, end: Some(end) })) = (old.schedules.get(name), horizon) else {
                continue;
            };
            if told.schedules.contains_key(name) || older.document() == schedule.document() {
                continue;
            }
            if let Ok(moves) = older.difference(schedule, start, end) {
                told.schedules.insert(name.clone(), moves);
            }
        }
        told.schedules.retain(|_, moves| !(moves.changes.is_empty() && moves.moves.is_empty()));
    }
    let mut words = Vec::new();
    words.extend((!told.added.is_empty()).then(|| format!("new: {}", told.added.join(", "))));
    words.extend((!told.removed.is_empty()).then(|| format!("gone: {}", told.removed.join(", "))));
    let several = told.schedules.len() > 1;
    words.extend(told.schedules.iter().map(|(name, moves)| match several {
        true => format!("{name}: {}", moves.why),
        false => moves.why.clone(),
    }));
    // Pages that differ only because somebody moves are told by who moves.
    if told.schedules.is_empty() {
        words.extend(told.policies.values().map(|difference| difference.why.clone()));
    }
    told.why = match (words.is_empty(), before.source.text() == after.source.text()) {
        (false, _) => words.join("; "),
        (true, true) => "nothing changes".to_owned(),
        (true, false) => "nobody moves, and no page changes".to_owned(),
    };
    for (name, moves) in &told.schedules {
        let at = format!("/schedule{}", crate::text::pointer_step(name.as_str()));
        found.extend(moves.findings.iter().map(|finding| within(finding.clone(), &at)));
    }
    (told, after.source.place(found))
}

fn tree(file: &TeamFile) -> serde_json::Value {
    let text = decode::to_text(&file.document).unwrap_or_default();
    serde_json::from_str(&text).unwrap_or_default()
}

fn claims<'a>(proofs: impl Iterator<Item = &'a Proof>) -> (usize, usize) {
    proofs.fold((0, 0), |(all, proved), proof| {
        (all + proof.claims.len(), proved + proof.claims.iter().filter(|claim| claim.proved).count())
    })
}

/// `1 error, 2 warnings`.
fn trouble(errors: u32, warnings: u32, against: bool) -> String {
    let new = if against { "new " } else { "" };
    let errors = (errors > 0).then(|| counted(errors as usize, &format!("{new}error"), &format!("{new}errors")));
    let warnings =
        (warnings > 0).then(|| counted(warnings as usize, &format!("{new}warning"), &format!("{new}warnings")));
    let told: Vec<String> = errors.into_iter().chain(warnings).collect();
    match told.is_empty() {
        true => format!("nothing {new}found"),
        false => told.join(", "),
    }
}

fn counted(number: usize, one: &str, many: &str) -> String {
    format!("{number} {}", if number == 1 { one } else { many })
}

fn number(count: usize) -> u32 {
    u32::try_from(count).unwrap_or(u32::MAX)
}

impl fmt::Display for HandbookReport {
    /// Findings on a line each, and a paragraph for each team.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.findings.iter().try_for_each(|finding| writeln!(f, "{finding}"))?;
        for (number, team) in self.teams.iter().enumerate() {
            if number > 0 {
                writeln!(f)?;
            }
            write!(f, "{team}")?;
        }
        if self.teams.len() > 1 {
            write!(f, "\n\n{}", self.why)?;
        }
        Ok(())
    }
}

impl fmt::Display for TeamReport {
    /// Findings on a line each, the verdict, what was proved of a team without trouble, and what changes.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let told = self.findings.iter().filter(|finding| finding.level != Level::Note);
        told.clone().try_for_each(|finding| writeln!(f, "{finding}"))?;
        match self.proofs.as_slice() {
            [proof] if told.count() == 0 => write!(f, "{proof}")?,
            _ => write!(f, "{}", self.why)?,
        }
        match &self.change {
            Some(change) => write!(f, "\nchanged: {}", change.why),
            None => Ok(()),
        }
    }
}
