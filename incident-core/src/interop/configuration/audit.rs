//! What is wrong with the configuration of a tool as it stands, found without anybody saying what it should be.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use super::{
    ConfigurationFile, ConfigurationImport, ConfigurationOptions, ConfigurationTool, InventoryLine, read_configuration,
};
use crate::codes;
use crate::escalation::{EscalationRules, PageTarget};
use crate::finding::{Finding, Level};
use crate::handbook::Handbook;
use crate::id::{AreaId, PersonId, PolicyId, ScheduleId, TeamId};
use crate::oncall::Schedule;
use crate::text::{Format, Source, pointer_step};
use crate::time::{Elapsed, Moment, TZ_VERSION, Timestamp, Zone};

/// What an export shows of the configuration of a tool: what there is, what is wrong with it, and what files could not say.
///
/// ```
/// use incident_core::interop::{ConfigurationFile, ConfigurationOptions, audit};
///
/// let schedule = br#"{"schedule": {"id": "P1", "type": "schedule", "name": "Nights", "time_zone": "Europe/Berlin",
///     "schedule_layers": [{"start": "2026-12-07T20:00:00+01:00", "rotation_turn_length_seconds": 604800,
///     "rotation_virtual_start": "2026-12-07T20:00:00+01:00", "users": [{"user": {"id": "U1", "summary": "Ana"}}],
///     "restrictions": [{"type": "daily_restriction", "start_time_of_day": "20:00:00", "duration_seconds": 43200}]}]}}"#;
/// let file = ConfigurationFile { name: "schedule.json".to_owned(), bytes: schedule.to_vec() };
/// let audit = audit(&[file], &ConfigurationOptions::default(), "2026-12-14".parse()?);
/// assert_eq!(audit.findings[0].code.as_str(), "interop.schedule_gap");
/// assert_eq!(audit.findings[0].facts["first"], "2026-12-14T07:00:00Z");
/// # Ok::<(), incident_core::Error>(())
/// ```
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct ConfigurationAudit {
    /// Whose configuration it is.
    pub tools: Vec<ConfigurationTool>,
    /// What there is, by tool and kind.
    pub inventory: Vec<InventoryLine>,
    /// What is wrong with it, gravest first: each with its place in the export, and in its fact `object` what it is there.
    pub findings: Vec<Finding>,
    /// What files cannot say of it: what would not survive a move.
    pub losses: Vec<Finding>,
    /// What could not be read, or is not in the export.
    pub unread: Vec<Finding>,
    /// The version of the time zone data.
    pub tz_version: String,
    /// What it comes to, in one sentence.
    pub why: String,
}

/// So far the schedules are looked at.
const HORIZON: Elapsed = Elapsed::hours(26 * 7 * 24);

/// Reads the configuration of a tool as [`read_configuration`] does, and finds what is wrong with it from a moment on: hours
/// in which a page finds nobody, steps that add nobody, everything that rests on one person, schedules that nothing asks.
///
/// It never fails, and asks for nothing: no rule has to be written first.
#[must_use]
pub fn audit(files: &[ConfigurationFile], options: &ConfigurationOptions, from: Moment) -> ConfigurationAudit {
    let import = read_configuration(files, options);
    let book = Handbook::gather(import.rule_files());
    let places = Places::new(&import, files);
    let mut findings = Vec::new();
    for team in book.report(Some(from), None).teams {
        // How the files are laid out is nobody's concern here.
        let wrong = team.findings.into_iter().filter(|finding| finding.level != Level::Note).collect();
        findings.extend(alike(wrong).into_iter().map(|finding| places.find(&team.team, finding)));
    }
    let whole = Whole { import: &import, book: &book, from };
    let more: Vec<_> =
        whole.schedules().into_iter().chain(whole.policies()).map(|(team, it)| places.find(&team, it)).collect();
    findings.retain(|finding| !is_told(finding, &more));
    findings.extend(more);
    findings.sort_by(|one, other| (one.level, one.code.as_str()).cmp(&(other.level, other.code.as_str())));
    let (losses, unread): (Vec<_>, Vec<_>) =
        import.findings.into_iter().partition(|finding| finding.code == codes::NOT_EXPRESSIBLE);
    let mut audit = ConfigurationAudit {
        tools: import.tools,
        inventory: import.inventory,
        findings,
        losses,
        unread,
        tz_version: TZ_VERSION.to_owned(),
        why: String::new(),
    };
    audit.why = why(&audit, &import.why);
    audit
}

fn why(audit: &ConfigurationAudit, read: &str) -> String {
    let count = |level| audit.findings.iter().filter(|finding| finding.level == level).count();
    let some = |count: usize, one: &str| match count {
        0 => None,
        1 => Some(format!("1 {one}")),
        count => Some(format!("{count} {one}s")),
    };
    let wrong = [some(count(Level::Error), "error"), some(count(Level::Warning), "warning")];
    let wrong: Vec<_> = wrong.into_iter().flatten().collect();
    let wrong = if wrong.is_empty() { "nothing is wrong".to_owned() } else { wrong.join(", ") };
    if audit.tools.is_empty() {
        return read.to_owned();
    }
    let losses = audit.losses.iter().filter(|finding| finding.level != Level::Note).count();
    match some(losses, "thing") {
        Some(lost) => format!("{read}: {wrong}; {lost} would not survive a move"),
        None => format!("{read}: {wrong}; everything would survive a move"),
    }
}

/// Whether one of the findings of the whole says the same of more: who rests on one person has no second level, and where
/// nobody is on call no rotation is.
fn is_told(finding: &Finding, by: &[Finding]) -> bool {
    let covered = match finding.code {
        codes::SINGLE_PERSON | codes::SHADOWED_STEP | codes::STEP_ADDS_NOBODY => codes::ONE_PERSON,
        codes::ROTATION_NEVER_ACTS => codes::DORMANT_SCHEDULE,
        _ => return false,
    };
    let within = |wide: &Finding| {
        let rule = |it: &Finding| it.facts.get("rule").cloned().unwrap_or_default();
        rule(finding).starts_with(&format!("{}/", rule(wide)))
    };
    by.iter().any(|wide| wide.code == covered && within(wide))
}

/// What is so for several severities alike is told once: tools that have none page for each of ours the same.
fn alike(findings: Vec<Finding>) -> Vec<Finding> {
    let mut told: Vec<(Finding, Vec<String>)> = Vec::new();
    for mut finding in findings {
        // A step that finds nobody is passed over at once where it was read from: no hole, but no plan either.
        if finding.code == codes::STEP_FINDS_NOBODY {
            finding.level = Level::Warning;
        }
        let Some(severity) = finding.facts.get("severity").cloned() else {
            told.push((finding, Vec::new()));
            continue;
        };
        let general = |it: &Finding| {
            let severity = it.facts.get("severity").cloned().unwrap_or_default();
            let place = [&it.path, it.facts.get("step").unwrap_or(&it.path)].map(|place| {
                place.split('/').map(|step| if step == severity { "*" } else { step }).collect::<Vec<_>>().join("/")
            });
            let times = ["times", "spans", "first"].map(|name| it.facts.get(name).cloned());
            (it.code, place, times, it.message.replace(&severity.to_uppercase(), "*"))
        };
        let known = told.iter_mut().find(|(first, _)| general(first) == general(&finding));
        match known {
            Some((_, others)) => others.push(severity.to_uppercase()),
            None => told.push((finding, Vec::new())),
        }
    }
    let say = |(finding, others): (Finding, Vec<String>)| match others.as_slice() {
        [] => finding,
        others => Finding { message: format!("{}, and so of {}", finding.message, others.join(", ")), ..finding },
    };
    told.into_iter().map(say).collect()
}

/// Where things stand in the export.
struct Places<'a> {
    import: &'a ConfigurationImport,
    files: BTreeMap<&'a str, Source>,
}

impl<'a> Places<'a> {
    fn new(import: &'a ConfigurationImport, files: &'a [ConfigurationFile]) -> Self {
        let source = |file: &'a ConfigurationFile| {
            let text = std::str::from_utf8(&file.bytes).ok()?;
            Some((file.name.as_str(), Source::open(text, Some(Format::Json), Some(&file.name)).ok()?))
        };
        Self { import, files: files.iter().filter_map(source).collect() }
    }

    /// A finding about the document of a team as one about the object of the export that it comes from.
    fn find(&self, team: &TeamId, mut finding: Finding) -> Finding {
        let place = |pointer: &str| {
            let origin = self.import.origin(team, pointer)?;
            Some((origin, self.files.get(origin.file.as_str()).and_then(|source| source.find(&origin.path))))
        };
        for label in &mut finding.labels {
            match place(&label.path) {
                Some((origin, at)) => (label.path, label.at) = (origin.path.clone(), at),
                None => label.at = None,
            }
        }
        let rule = format!("{}{}", pointer_step(team.as_str()), finding.path);
        match place(&finding.path) {
            Some((origin, at)) => {
                (finding.path, finding.at) = (origin.path.clone(), at);
                finding.fact("rule", rule).fact("file", &origin.file).fact("object", &origin.object)
            }
            None => Finding { path: rule, at: None, ..finding },
        }
    }
}

/// Everything that was read, looked at across its teams.
struct Whole<'a> {
    import: &'a ConfigurationImport,
    book: &'a Handbook,
    from: Moment,
}

/// A finding about the document of a team.
type OfTeam = (TeamId, Finding);

impl Whole<'_> {
    fn each_schedule(&self) -> impl Iterator<Item = (&TeamId, &ScheduleId, &Schedule)> {
        let teams = self.import.teams.iter();
        let all = teams.flat_map(|(team, document)| document.schedule.keys().map(move |id| (team, id)));
        all.filter_map(|(team, id)| Some((team, id, self.book.schedule(&format!("{team}/{id}")).ok()?)))
    }

    fn each_policy(&self) -> impl Iterator<Item = (&TeamId, Option<&PolicyId>, &EscalationRules)> {
        self.import.teams.iter().flat_map(|(team, document)| {
            let main = document.escalation.iter().map(move |rules| (team, None, rules));
            main.chain(document.policy.iter().map(move |(id, rules)| (team, Some(id), rules)))
        })
    }

    /// The schedules that policies ask, as `team/schedule`.
    fn asked(&self) -> BTreeSet<String> {
        let mut asked = BTreeSet::new();
        for (team, _, rules) in self.each_policy() {
            for target in targets(rules) {
                if let PageTarget::OnCall(schedule) | PageTarget::Next(schedule) = target {
                    asked.insert(self.full(team, schedule));
                }
            }
        }
        asked
    }

    /// A schedule that a team's file names, as `team/schedule`.
    fn full(&self, team: &TeamId, schedule: &ScheduleId) -> String {
        let own = self.import.teams.get(team).is_some_and(|document| document.schedule.contains_key(schedule));
        if own { format!("{team}/{schedule}") } else { schedule.to_string() }
    }

    /// Schedules with hours in which nobody is on call, and those that nothing asks.
    fn schedules(&self) -> Vec<OfTeam> {
        let asked = self.asked();
        let any_policy = self.each_policy().next().is_some();
        let mut found = Vec::new();
        for (team, id, schedule) in self.each_schedule() {
            let path = format!("/schedule{}", pointer_step(id.as_str()));
            let zone = schedule.document().rotation.first().map_or(Zone::UTC, |rotation| rotation.zone);
            let start = self.from.instant(zone);
            let Ok(coverage) = schedule.coverage(start, start.plus(HORIZON)) else { continue };
            let (is_asked, is_dead) = (asked.contains(&format!("{team}/{id}")), coverage.covered == Elapsed::ZERO);
            let dormant = |message: String| {
                Finding::new(Level::Warning, codes::DORMANT_SCHEDULE, &path, message).fact("schedule", id)
            };
            match (is_dead, is_asked || !any_policy) {
                (true, _) => {
                    let message = format!("nobody is on call in `{id}` from {} on, for half a year", zone.say(start));
                    found.push((team.clone(), dormant(message).help("if it is of no use any more, do not move it")));
                }
                (false, false) => {
                    let message = format!("no policy asks who is on call in `{id}`");
                    found.push((team.clone(), dormant(message).help("page it, or do not move it")));
                }
                (false, true) => {
                    // Of what a policy asks, the check of that policy says what a page finds.
                    let level = if any_policy { Level::Note } else { Level::Warning };
                    found.extend(gap(level, &path, id, &coverage).map(|finding| (team.clone(), finding)));
                }
            }
        }
        found
    }

    /// Policies all of whose pages go to one person.
    fn policies(&self) -> Vec<OfTeam> {
        let mut found = Vec::new();
        for (team, policy, rules) in self.each_policy() {
            let mut people = BTreeSet::new();
            targets(rules).for_each(|target| self.reached(team, target, &mut people));
            let mut people = people.into_iter();
            let (Some(only), None) = (people.next(), people.next()) else { continue };
            let path = match policy {
                None => "/escalation".to_owned(),
                Some(policy) => format!("/policy{}", pointer_step(policy.as_str())),
            };
            let areas = self.areas(team, policy);
            let what = match (areas.as_slice(), policy) {
                ([], None) => format!("everything of `{team}`"),
                ([], Some(policy)) => format!("every page of `{policy}`"),
                ([area], _) => format!("`{area}`"),
                (many, _) => many.iter().map(|area| format!("`{area}`")).collect::<Vec<_>>().join(", "),
            };
            let rests = if areas.len() > 1 { "rest" } else { "rests" };
            let only_name = self.name(team, &only);
            let message = format!("{what} {rests} on {only_name} alone: no level ever pages anybody else");
            let finding = Finding::new(Level::Warning, codes::ONE_PERSON, path, message).fact("person", only);
            found.push((team.clone(), finding.help("put somebody else into a schedule, or onto a level")));
        }
        found
    }

    /// How a person is called in a sentence.
    fn name(&self, team: &TeamId, person: &PersonId) -> String {
        let world = self.book.world(Some(team.as_str()));
        world.map_or_else(|_| person.to_string(), |world| world.directory().called(person))
    }

    /// Everybody whom a target may ever reach.
    fn reached(&self, team: &TeamId, target: &PageTarget, people: &mut BTreeSet<PersonId>) {
        match target {
            PageTarget::Person(person) => drop(people.insert(person.clone())),
            PageTarget::OnCall(schedule) | PageTarget::Next(schedule) => {
                let Ok(schedule) = self.book.schedule(&self.full(team, schedule)) else { return };
                let zone = schedule.document().rotation.first().map_or(Zone::UTC, |rotation| rotation.zone);
                let start: Timestamp = self.from.instant(zone);
                let duties = schedule.duties(start, start.plus(HORIZON)).unwrap_or_default();
                people.extend(duties.iter().flat_map(|duty| duty.people().cloned().collect::<Vec<_>>()));
            }
            PageTarget::Team(group) | PageTarget::RoundRobin(group) => {
                let own = self.import.teams.get(team).and_then(|document| document.teams.get(group));
                let any = || self.import.teams.values().find_map(|document| document.teams.get(group));
                people.extend(own.or_else(any).into_iter().flat_map(|group| group.members.iter().cloned()));
            }
            PageTarget::Buddy | PageTarget::Experts(_) | PageTarget::Lead(_) | PageTarget::Slot(_) => {}
        }
    }

    /// The areas whose incidents get a policy; of the main one, those that no route takes.
    fn areas(&self, team: &TeamId, policy: Option<&PolicyId>) -> Vec<AreaId> {
        let Some(document) = self.import.teams.get(team) else { return Vec::new() };
        let gets = |area: &AreaId| {
            let facts = crate::Facts::new().with("areas", crate::FactValue::from_iter([area.to_string()]));
            let taken = self.book.route(team.as_str(), &facts, self.from.instant(Zone::UTC)).ok()?;
            Some(policy.map_or(taken.route.is_none(), |policy| taken.policy == *policy))
        };
        document.areas.keys().filter(|area| gets(area) == Some(true)).cloned().collect()
    }
}

/// The hours of a schedule in which nobody is on call; none where there always is somebody.
fn gap(level: Level, path: &str, id: &ScheduleId, coverage: &crate::ScheduleCoverage) -> Option<Finding> {
    let mut gaps: Vec<_> = coverage.gaps.iter().chain(&coverage.empty_shifts).collect();
    gaps.sort_by_key(|gap| gap.start);
    let first = gaps.first()?;
    let missing = Elapsed::from_micros(coverage.empty.as_micros() + coverage.uncovered.as_micros());
    let times = match gaps.len() {
        1 => "once".to_owned(),
        times => format!("{times} times"),
    };
    let message = format!("nobody is on call in `{id}` {times} in half a year, {} in all", missing.words());
    let spans: Vec<_> = gaps.iter().take(SPANS).map(|gap| format!("{}/{}", gap.start, gap.end)).collect();
    Some(
        Finding::new(level, codes::SCHEDULE_GAP, path, message)
            .fact("schedule", id)
            .fact("first", first.start)
            .fact("times", gaps.len())
            .fact("when", &first.why)
            .fact("spans", spans.join(", ")),
    )
}

/// So many gaps are told one by one.
const SPANS: usize = 200;

/// Every target of a policy; `otherwise` only repeats the last of them in what was read.
fn targets(rules: &EscalationRules) -> impl Iterator<Item = &PageTarget> {
    let tracks = rules.severities.values().flat_map(|it| [&it.first, &it.reinforce, &it.authority]);
    let steps = tracks.flatten().flat_map(|step| &step.page);
    steps.chain(rules.otherwise.iter().flat_map(|otherwise| &otherwise.page))
}
