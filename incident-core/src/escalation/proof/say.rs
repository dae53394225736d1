//! A proof in words.

use std::fmt;

use crate::codes::Code;
use crate::directory::Directory;
use crate::id::SeverityId;
use crate::time::{Elapsed, Timestamp, Zone};

use super::answer::{OnCallLoad, Proof, ProofAssumptions, ProofClaim, ProofClaimKind, ProofHorizon};
use super::minutes::Minutes;
use super::scene::Scene;
use super::starts::{self, Beginning};
use super::words;

/// `first page at once`, `second person only after more than 5 min for some declarations`.
pub(super) fn claim(directory: &Directory, claim: &ProofClaim) -> String {
    let what = match claim.claim {
        ProofClaimKind::FirstPage => "first page",
        ProofClaimKind::SecondPerson => "second person",
        ProofClaimKind::AsleepHoursAWeek => return load(directory, claim),
    };
    match claim.reached {
        Some(Elapsed::ZERO) if claim.proved => format!("{what} at once"),
        Some(reached) if claim.proved => format!("{what} after {}", words::hours(reached)),
        _ => format!("{what} not within {}", words::hours(claim.limit)),
    }
}

fn load(directory: &Directory, claim: &ProofClaim) -> String {
    let limit = words::hours(claim.limit);
    let limit = limit.strip_suffix(" h").unwrap_or(&limit);
    let (Some(reached), Some(person), Some(week)) = (claim.reached, &claim.person, claim.week) else {
        return format!("nobody on call in sleeping hours (limit {limit})");
    };
    let who = format!("{}, week of {}", words::name(directory, person), words::day(week));
    let reached = words::hours(reached);
    match claim.proved {
        true => format!("at most {reached} a week on call in sleeping hours (limit {limit}: {who})"),
        false => format!("{reached} on call in sleeping hours, more than {limit} ({who})"),
    }
}

/// `every page is delivered, nobody acknowledges, overrides as given (1), no absences given`.
pub(super) fn assumptions(overrides: u32, absences: u32) -> ProofAssumptions {
    let given = |what: &str, number: u32| match number {
        0 => format!("no {what} given"),
        _ => format!("{what} as given ({number})"),
    };
    let (over, away) = (given("overrides", overrides), given("absences", absences));
    ProofAssumptions {
        overrides,
        absences,
        why: format!("every page is delivered, nobody acknowledges, {over}, {away}"),
    }
}

/// `in Berlin Ana 624 h, Ben 588, Chen 552; in Los Angeles Dee 730 of 26 weeks`.
pub(super) fn hours<'a>(
    directory: &Directory,
    on_call: impl IntoIterator<Item = &'a OnCallLoad>,
    length: &str,
) -> Option<String> {
    let mut groups: Vec<(Option<Zone>, Vec<String>)> = Vec::new();
    for load in on_call.into_iter().filter(|load| load.total.is_positive()) {
        let told = words::hours(load.total);
        match groups.last_mut() {
            Some((zone, all)) if *zone == load.zone => {
                let told = told.strip_suffix(" h").unwrap_or(&told);
                all.push(format!("{} {told}", words::name(directory, &load.person)));
            }
            _ => groups.push((load.zone, vec![format!("{} {told}", words::name(directory, &load.person))])),
        }
    }
    let told = groups.into_iter().map(|(zone, all)| match zone {
        Some(zone) => format!("in {} {}", zone.city(), all.join(", ")),
        None => all.join(", "),
    });
    let told = told.collect::<Vec<_>>().join("; ");
    (!told.is_empty()).then(|| format!("{told} of {length}"))
}

/// `all 5 claims proved for 2026-12-07 08:00 .. 2027-06-07 08:00 Berlin (26 weeks, 3 severities x 3 areas, tz data 2026b)`.
pub(super) fn whole(claims: &[ProofClaim], horizon: &ProofHorizon, severities: u32, areas: u32, tz: &str) -> String {
    let proved = claims.iter().filter(|claim| claim.proved).count();
    let verdict = match (claims.len(), claims.len() - proved) {
        (1, 0) => "the claim is proved".to_owned(),
        (1, _) => format!("the claim is refuted{},", by(claims)),
        (all, 0) => format!("all {all} claims proved"),
        (all, refuted) => format!("{proved} of {all} claims proved, {refuted} refuted{},", by(claims)),
    };
    let zone = horizon.zone;
    let (from, until) = (horizon.span.start, horizon.span.end.unwrap_or(Timestamp::MAX));
    format!(
        "{verdict} for {} .. {} {} ({}, {} x {}, tz data {tz})",
        words::local(zone, from),
        words::local(zone, until),
        zone.city(),
        horizon.length,
        words::count(severities, "severity", "severities"),
        words::count(areas, "area", "areas"),
    )
}

/// `, all by coverage_hole`, where one finding tells why for all that is refuted.
fn by(claims: &[ProofClaim]) -> String {
    let examples = claims.iter().flat_map(|claim| &claim.counterexamples);
    let mut codes: Vec<Option<Code>> = examples.map(|example| example.because).collect();
    codes.dedup();
    match codes.as_slice() {
        [Some(code)] => format!(", all by {}", code.as_str().rsplit('.').next().unwrap_or_default()),
        _ => String::new(),
    }
}

impl fmt::Display for Proof {
    /// As a check prints it: the verdict, a line for each severity and the load, notes, and what is assumed.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.policy.iter().try_for_each(|policy| write!(f, "{policy}: "))?;
        writeln!(f, "{}", self.why)?;
        let mut claims = self.claims.iter().peekable();
        while let Some(claim) = claims.next() {
            let mut told = vec![claim.why.as_str()];
            while let Some(next) = claims.next_if(|next| claim.severity.is_some() && next.severity == claim.severity) {
                told.push(&next.why);
            }
            let label = claim.severity.as_ref().map_or("load", |severity| severity.as_str());
            writeln!(f, "  {label}  {}", told.join("; "))?;
        }
        self.notes.iter().try_for_each(|note| writeln!(f, "  note  {note}"))?;
        write!(f, "assuming: {}", self.assumptions.why)
    }
}

/// Why a requirement fails, at the first of the minutes.
pub(super) struct Fails<'a> {
    pub(super) scene: &'a Scene<'a>,
    pub(super) severity: &'a SeverityId,
    pub(super) kind: ProofClaimKind,
    pub(super) limit: Elapsed,
    pub(super) minutes: &'a Minutes,
    pub(super) starts: &'a [Beginning],
}

impl Fails<'_> {
    pub(super) fn say(&self, steps: &str) -> String {
        let zone = self.scene.horizon.zone;
        let first = self.scene.horizon.at(self.minutes.first().unwrap_or_default());
        let what = match self.kind {
            ProofClaimKind::SecondPerson => "no two people",
            _ => "nobody",
        };
        let many = words::count(self.minutes.len(), "minute", "minutes");
        let steps = if steps.is_empty() { String::new() } else { format!(": {steps}") };
        format!(
            "{} declared {} has {what} paged by a step within {}{}{steps} ({many} in {})",
            words::a(self.severity),
            zone.say(first),
            words::minutes(self.limit),
            starts::say(self.scene, self.starts),
            words::count(self.minutes.stretches().count() as u64, "stretch", "stretches"),
        )
    }
}
