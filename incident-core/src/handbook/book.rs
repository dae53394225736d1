//! The noun: the files of an organisation and its teams as one value.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::document::{OrgDocument, TeamDocument};
use super::rules::Rules;
use super::shared::{Shared, beneath};
use crate::codes;
use crate::decode;
use crate::directory::Directory;
use crate::error::{Error, Result};
use crate::escalation::{EscalationPolicy, World};
use crate::finding::{Finding, Level, Place};
use crate::history::ColumnMap;
use crate::id::{PolicyId, ScheduleId, TeamId};
use crate::oncall::Schedule;
use crate::severity::SeverityScheme;
use crate::text::{Source, nearest, short};
use crate::time::Date;

/// A file of a handbook: its name, which says in what it is written, and its text.
///
/// ```
/// use incident_core::{Handbook, RuleFile};
///
/// let files = [
///     RuleFile::new("org.toml", "schema = 'incident-core/org/v1'\n[people]\nhana = { zone = 'Europe/Berlin' }"),
///     RuleFile::new("teams/payments.toml", "[escalation]\notherwise = { page = ['person:hana'] }"),
/// ];
/// let book = Handbook::gather(files);
/// assert_eq!(book.teams().map(|team| team.as_str()).collect::<Vec<_>>(), ["payments"]);
/// ```
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct RuleFile {
    /// Its name, as the findings tell it; a path is fine. Files without one have no place of that name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// What it says.
    pub text: String,
}

impl RuleFile {
    /// A file by name and text.
    pub fn new(name: impl Into<String>, text: impl Into<String>) -> Self {
        Self { name: Some(name.into()), text: text.into() }
    }
}

/// The rules of one team, or of an organisation with many: who is there, who is on call, how bad an incident is, whom to
/// page, what is owed.
///
/// Ids are looked for in the file itself, then in `org.toml`, then in the files of other teams; a schedule of another
/// team is `team/schedule`. What one team writes changes nothing for another that does not name it.
///
/// ```
/// use incident_core::{Handbook, Format, Source};
///
/// let text = r#"
/// team = "payments"
/// [people]
/// ana = { zone = "Europe/Berlin" }
/// [[schedule.primary.rotation]]
/// zone    = "Europe/Berlin"
/// members = ["ana"]
/// [escalation]
/// otherwise = { page = ["person:ana"] }
/// [escalation.sev1]
/// first = [{ page = ["on-call:primary"] }]
/// "#;
/// let book = Handbook::read(Source::parse(text, Format::Toml)?)?;
/// let answer = book.schedule("primary")?.on_call("2026-12-14T10:00:00Z".parse()?);
/// assert_eq!(answer.people[0].as_str(), "ana");
/// assert_eq!(book.policy("payments")?.severities().count(), 1);
/// # Ok::<(), incident_core::Error>(())
/// ```
#[derive(Clone, Debug)]
pub struct Handbook(Arc<Loaded>);

#[derive(Debug)]
pub(super) struct Loaded {
    files: Vec<RuleFile>,
    org: Option<Org>,
    teams: BTreeMap<TeamId, TeamFile>,
    /// What is wrong with files that are nobody's rules, or cannot be read.
    trouble: Vec<Finding>,
}

/// The file of the organisation.
#[derive(Debug)]
pub(super) struct Org {
    pub(super) source: Source,
    pub(super) document: OrgDocument,
    /// Its rules as those of a team without schedules and policies.
    pub(super) rules: Rules,
}

/// The file of a team.
#[derive(Debug)]
pub(super) struct TeamFile {
    pub(super) source: Source,
    pub(super) document: TeamDocument,
    pub(super) rules: Rules,
}

impl PartialEq for Handbook {
    /// A handbook is its files.
    fn eq(&self, other: &Self) -> bool {
        self.0.files == other.0.files
    }
}

impl Handbook {
    /// The rules of one team, from its file.
    ///
    /// # Errors
    /// Every problem with its place, the first one as the error: `contract.*`, `id.*`, `time.*`, `oncall.*`,
    /// `severity.*`, `escalation.*`, `handbook.*`
    pub fn read(source: Source) -> Result<Self> {
        let file = RuleFile { name: source.file().map(str::to_owned), text: source.text().to_owned() };
        let book = Self::lay_out(vec![file], vec![source]);
        let first = book.problems().into_iter().filter(|finding| finding.level == Level::Error).collect::<Vec<_>>();
        match first.first().cloned() {
            None => Ok(book),
            Some(it) => {
                let error = Error::invalid(it.code, it.message).at(it.path);
                Err(Error { hint: it.help, findings: first, ..error })
            }
        }
    }

    /// From the document of a team.
    ///
    /// # Errors
    /// As [`Handbook::read`], without places.
    pub fn of(document: &TeamDocument) -> Result<Self> {
        let text = decode::to_text(document)?;
        Self::read(Source::parse(&text, crate::text::Format::Json)?).map_err(|mut error| {
            error.findings.iter_mut().for_each(|finding| finding.at = None);
            error
        })
    }

    /// The rules of many teams, from all files of a folder: `org.toml`, one file a team, calendars (`.ics`).
    ///
    /// Nothing is refused: what cannot be read or used is left out, and [`Handbook::check`] says why.
    #[must_use]
    pub fn gather(files: impl IntoIterator<Item = RuleFile>) -> Self {
        Self::lay_out(files.into_iter().collect(), Vec::new())
    }

    fn lay_out(files: Vec<RuleFile>, read: Vec<Source>) -> Self {
        let mut sorting = Sorting { trouble: Vec::new(), days: BTreeMap::new(), org: None, teams: Vec::new() };
        match read.is_empty() {
            true => files.iter().for_each(|file| sorting.file(file)),
            false => read.into_iter().for_each(|source| sorting.source(source)),
        }
        let Sorting { mut trouble, days, org, teams } = sorting;
        let org_document = org.as_ref().map(|(_, document)| document);
        let shared = Shared::of(org_document, days);
        let org = org.and_then(|(source, document)| {
            let team = TeamDocument {
                people: document.people.clone(),
                teams: document.teams.clone(),
                areas: document.areas.clone(),
                windows: document.windows.clone(),
                calendars: document.calendars.clone(),
                absence: document.absence.clone(),
                severity: document.severity.clone(),
                // Without severities of its own it speaks of those of its teams.
                cadence: document.severity.iter().flat_map(|_| document.cadence.clone()).collect(),
                ..TeamDocument::default()
            };
            let alone = Shared { days: shared.days.clone(), ..Shared::default() };
            let rules = Rules::of(&team, &alone, &TeamId::new("org").ok()?).ok()?;
            Some(Org { source, document, rules })
        });
        let mut documents: BTreeMap<TeamId, (Source, TeamDocument)> = BTreeMap::new();
        for (source, document) in teams {
            match team_name(&source, &document) {
                Ok(name) => match documents.get(&name) {
                    Some((known, _)) => {
                        let message = match known.file() {
                            Some(file) => format!("`{name}` is a team already, in {file}"),
                            None => format!("`{name}` is a team already"),
                        };
                        let finding = Finding::new(Level::Error, codes::DUPLICATE_TEAM, "/team", message);
                        trouble.extend(source.place(vec![finding.help("give it another name")]));
                    }
                    None => drop(documents.insert(name, (source, document))),
                },
                Err(error) => trouble.extend(source.place(vec![error.to_finding()])),
            }
        }
        trouble.extend(duplicates(&documents));
        let everybody = shared.with(documents.values().map(|(_, document)| document.clone()));
        let mut teams: BTreeMap<TeamId, TeamFile> = BTreeMap::new();
        for (name, (source, document)) in documents {
            match Rules::of(&document, &everybody, &name) {
                Ok(rules) => drop(teams.insert(name, TeamFile { source, document, rules })),
                Err(error) => trouble.extend(source.place(vec![error.to_finding()])),
            }
        }
        let mut schedules = BTreeMap::new();
        for (team, file) in &teams {
            for (name, schedule) in &file.rules.schedules {
                if let Ok(full) = ScheduleId::new(&format!("{team}/{name}")) {
                    schedules.insert(full, schedule.clone());
                }
            }
        }
        let teams = teams
            .into_iter()
            .map(|(name, file)| (name, TeamFile { rules: file.rules.with_others(&schedules), ..file }))
            .collect();
        Self(Arc::new(Loaded { files, org, teams, trouble }))
    }

    /// What cannot be read or used, with its place.
    pub(super) fn problems(&self) -> Vec<Finding> {
        let org = self.0.org.iter().map(|org| (&org.source, &org.rules));
        let teams = self.0.teams.values().map(|team| (&team.source, &team.rules));
        let of = |(source, rules): (&Source, &Rules)| source.place(rules.problems.clone());
        self.0.trouble.iter().cloned().chain(org.chain(teams).flat_map(of)).collect()
    }

    /// What is wrong with files that are nobody's rules.
    pub(super) fn trouble(&self) -> &[Finding] {
        &self.0.trouble
    }

    pub(super) fn org(&self) -> Option<&Org> {
        self.0.org.as_ref()
    }

    pub(super) fn files(&self) -> &BTreeMap<TeamId, TeamFile> {
        &self.0.teams
    }

    /// The teams, in the order of their names.
    pub fn teams(&self) -> impl Iterator<Item = &TeamId> {
        self.0.teams.keys()
    }

    /// What a team wrote.
    ///
    /// # Errors
    /// `handbook.unknown_team`
    pub fn team(&self, team: &str) -> Result<&TeamDocument> {
        self.of_team(team).map(|file| &file.document)
    }

    /// What the organisation wrote, where it has a file.
    #[must_use]
    pub fn org_document(&self) -> Option<&OrgDocument> {
        self.0.org.as_ref().map(|org| &org.document)
    }

    /// The text of every file, by name.
    pub fn sources(&self) -> impl Iterator<Item = &RuleFile> {
        self.0.files.iter()
    }

    pub(super) fn of_team(&self, team: &str) -> Result<&TeamFile> {
        self.0.teams.get(team).ok_or_else(|| {
            let error = Error::invalid(codes::UNKNOWN_HANDBOOK_TEAM, format!("there is no team `{}`", short(team)));
            named(error, team, self.teams().map(TeamId::as_str))
        })
    }

    /// The names of the schedules: as their team has them where that is one team, and `team/schedule` where several
    /// have the name.
    #[must_use]
    pub fn schedules(&self) -> BTreeMap<ScheduleId, &Schedule> {
        let of = |file: &'_ TeamFile| file.rules.schedules.keys().cloned().collect::<Vec<_>>();
        self.names(of, |file, name| file.rules.schedules.get(name), ScheduleId::new)
    }

    /// The policies, by name: a team's `[escalation]` by the name of the team, further ones by their own, or as
    /// `team/policy` where several have the name.
    #[must_use]
    pub fn policies(&self) -> BTreeMap<PolicyId, &EscalationPolicy> {
        let of = |file: &'_ TeamFile| file.rules.policies.keys().cloned().collect::<Vec<_>>();
        self.names(of, |file, name| file.rules.policies.get(name), PolicyId::new)
    }

    fn names<'a, Id: Clone + Ord + std::fmt::Display, T>(
        &'a self,
        of: impl Fn(&'a TeamFile) -> Vec<Id>,
        get: impl Fn(&'a TeamFile, &Id) -> Option<&'a T>,
        id: impl Fn(&str) -> Result<Id>,
    ) -> BTreeMap<Id, &'a T> {
        let mut count: BTreeMap<Id, usize> = BTreeMap::new();
        self.0.teams.values().flat_map(&of).for_each(|name| *count.entry(name).or_default() += 1);
        let mut all = BTreeMap::new();
        for (team, file) in &self.0.teams {
            for name in of(file) {
                let Some(it) = get(file, &name) else { continue };
                let full = if count.get(&name) == Some(&1) { Ok(name) } else { id(&format!("{team}/{name}")) };
                if let Ok(full) = full {
                    all.insert(full, it);
                }
            }
        }
        all
    }

    /// A schedule by its name, or as `team/schedule`.
    ///
    /// # Errors
    /// `handbook.unknown_schedule`
    pub fn schedule(&self, name: &str) -> Result<&Schedule> {
        let full = name.split_once('/').and_then(|(team, name)| self.0.teams.get(team)?.rules.schedules.get(name));
        let all = self.schedules();
        full.or_else(|| all.get(name).copied()).ok_or_else(|| {
            let error =
                Error::invalid(codes::UNKNOWN_HANDBOOK_SCHEDULE, format!("there is no schedule `{}`", short(name)));
            named(error, name, all.keys().map(ScheduleId::as_str))
        })
    }

    /// The policies of one team, its own among them by the name of the team.
    ///
    /// # Errors
    /// `handbook.unknown_team`
    pub fn policies_of(&self, team: &str) -> Result<&BTreeMap<PolicyId, EscalationPolicy>> {
        self.of_team(team).map(|file| &file.rules.policies)
    }

    /// Where the files of teams have what a JSON Pointer names.
    #[must_use]
    pub fn locate(&self, pointer: &str) -> Vec<Place> {
        self.0.teams.values().filter_map(|file| file.source.find(pointer)).collect()
    }

    /// Findings about the documents of teams with their places in the files; the fact `team` of each says of which.
    #[must_use]
    pub fn place(&self, findings: Vec<Finding>) -> Vec<Finding> {
        let place = |finding: Finding| {
            let file = finding.facts.get("team").and_then(|team| self.0.teams.get(team.as_str()));
            file.map_or_else(|| vec![finding.clone()], |file| file.source.place(vec![finding.clone()]))
        };
        findings.into_iter().flat_map(place).collect()
    }

    /// A policy by its name, or as `team/policy`.
    ///
    /// # Errors
    /// `handbook.unknown_policy`
    pub fn policy(&self, name: &str) -> Result<&EscalationPolicy> {
        let full = name.split_once('/').and_then(|(team, name)| self.0.teams.get(team)?.rules.policies.get(name));
        let all = self.policies();
        full.or_else(|| all.get(name).copied()).ok_or_else(|| {
            let error = Error::invalid(codes::UNKNOWN_POLICY, format!("there is no policy `{}`", short(name)));
            named(error, name, all.keys().map(PolicyId::as_str))
        })
    }

    /// The severities: of a team, or where none is named those of the only one, else of the organisation.
    ///
    /// # Errors
    /// `handbook.unknown_team`, `handbook.no_scheme`
    pub fn scheme(&self, team: Option<&str>) -> Result<&SeverityScheme> {
        let none = || {
            Error::invalid(codes::NO_SCHEME, "no file says how bad an incident is").hint("write a table `[severity]`")
        };
        match (team, self.only()) {
            (Some(team), _) => self.of_team(team)?.rules.scheme.as_ref(),
            (None, Some(file)) => file.rules.scheme.as_ref(),
            (None, None) => self.0.org.as_ref().and_then(|org| org.rules.scheme.as_ref()),
        }
        .ok_or_else(none)
    }

    fn only(&self) -> Option<&TeamFile> {
        let mut teams = self.0.teams.values();
        teams.next().filter(|_| teams.next().is_none())
    }

    /// Everything that an escalation asks: people, schedules, absences. Of a team as it sees them, its own schedules by
    /// their names; where none is named that of the only one, or of all with the names that [`Handbook::schedules`] has.
    ///
    /// # Errors
    /// `handbook.unknown_team`
    pub fn world(&self, team: Option<&str>) -> Result<World> {
        match (team, self.only()) {
            (Some(team), _) => self.of_team(team).map(|file| file.rules.world.clone()),
            (None, Some(file)) => Ok(file.rules.world.clone()),
            (None, None) => {
                let seen = self.0.org.iter().map(|org| &org.rules).chain(self.0.teams.values().map(|file| &file.rules));
                let all = seen.map(|rules| rules.directory.document().clone()).fold(Default::default(), beneath);
                let directory = Directory::of(all);
                let schedules = self.schedules().into_iter();
                let world =
                    schedules.fold(World::new(directory), |world, (name, it)| world.with_schedule(name, it.clone()));
                let org = self.0.org.iter().flat_map(|org| &org.document.absence);
                let teams = self.0.teams.values().flat_map(|file| &file.document.absence);
                world.with_absences(org.chain(teams).cloned().collect())
            }
        }
    }

    /// How an export is read, by name.
    ///
    /// # Errors
    /// `handbook.unknown_columns`
    pub fn columns(&self, name: &str) -> Result<&ColumnMap> {
        let teams = self.0.teams.values().map(|file| &file.document.columns);
        let org = self.0.org.iter().map(|org| &org.document.columns);
        let all: Vec<_> = teams.chain(org).collect();
        all.iter().find_map(|columns| columns.get(name)).ok_or_else(|| {
            let message = format!("there is no column map `{}`", short(name));
            let known = all.iter().flat_map(|columns| columns.keys().map(String::as_str));
            named(Error::invalid(codes::UNKNOWN_COLUMNS, message), name, known)
        })
    }

    /// All files as one document.
    ///
    /// # Errors
    /// None in practice.
    pub fn to_json(&self) -> Result<String> {
        decode::to_text(&Stored { schema: SCHEMA.to_owned(), files: self.0.files.clone() })
    }

    /// A handbook from what [`Handbook::to_json`] wrote.
    ///
    /// # Errors
    /// `contract.*`
    pub fn from_json(text: &str) -> Result<Self> {
        let stored: Stored = decode::from_text(text)?;
        if stored.schema != SCHEMA {
            let error = Error::invalid(codes::BAD_FIELD, format!("`{}` is not this document", short(&stored.schema)));
            return Err(error.at("/schema").hint(format!("write `{SCHEMA}`")));
        }
        Ok(Self::gather(stored.files))
    }
}

const SCHEMA: &str = "incident-core/handbook/v1";

#[derive(Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
struct Stored {
    schema: String,
    files: Vec<RuleFile>,
}

fn named<'a>(error: Error, name: &str, known: impl Iterator<Item = &'a str>) -> Error {
    match nearest(name, known) {
        Some(near) => error.hint(format!("did you mean `{near}`?")),
        None => error,
    }
}

/// What a team is called: as it says itself, else as its file is called.
fn team_name(source: &Source, document: &TeamDocument) -> Result<TeamId> {
    let file = source.file().map(|file| file.rsplit(['/', '\\']).next().unwrap_or(file));
    let stem = file.map(|file| file.rsplit_once('.').map_or(file, |(stem, _)| stem));
    match (&document.team, stem) {
        (Some(team), _) => Ok(team.clone()),
        (None, Some(stem)) => TeamId::new(stem),
        (None, None) => TeamId::new("team"),
    }
}

/// Files as they are told apart.
struct Sorting {
    trouble: Vec<Finding>,
    days: BTreeMap<String, BTreeSet<Date>>,
    org: Option<(Source, OrgDocument)>,
    teams: Vec<(Source, TeamDocument)>,
}

/// What tells one kind of file from another.
#[derive(Default, Deserialize)]
#[serde(default)]
struct Kind {
    schema: Option<String>,
}

impl Sorting {
    fn file(&mut self, file: &RuleFile) {
        let name = file.name.as_deref();
        if let Some(name) = name.filter(|name| name.to_ascii_lowercase().ends_with(".ics")) {
            let (days, found) = super::holidays::read(name, &file.text);
            self.days.insert(name.to_owned(), days.clone());
            // A file is named from where the other stands, which is the same folder as a rule.
            if let Some((_, last)) = name.rsplit_once('/') {
                self.days.entry(last.to_owned()).or_insert(days);
            }
            self.trouble.extend(found);
            return;
        }
        match Source::open(&file.text, None, name) {
            Ok(source) => self.source(source),
            Err(error) => self.refuse(error),
        }
    }

    fn source(&mut self, source: Source) {
        let kind: Kind = source.read().unwrap_or_default();
        let name = source.file().and_then(|file| file.rsplit(['/', '\\']).next());
        let stem = name.map(|name| name.rsplit_once('.').map_or(name, |(stem, _)| stem));
        match (kind.schema.as_deref(), stem) {
            (Some("incident-core/org/v1"), _) | (None, Some("org")) => self.org(source),
            // People as the pagers know them: not rules.
            (Some("incident-core/ids/v1"), _) => {}
            (Some("incident-core/team/v1") | None, _) => self.team(source),
            (Some(other), _) => {
                let message = format!("`{}` is no document of a handbook", short(other));
                let finding = Finding::new(Level::Error, codes::UNKNOWN_DOCUMENT, "/schema", message);
                let known = ["incident-core/team/v1", "incident-core/org/v1", "incident-core/ids/v1"];
                let help = match nearest(other, known) {
                    Some(near) => format!("did you mean `{near}`?"),
                    None => "write `incident-core/team/v1` or `incident-core/org/v1`".to_owned(),
                };
                self.trouble.extend(source.place(vec![finding.help(help)]));
            }
        }
    }

    fn org(&mut self, source: Source) {
        match source.read() {
            Ok(_) if self.org.is_some() => {
                let message = "there is another file for the whole organisation";
                let finding = Finding::new(Level::Error, codes::DUPLICATE_NAME, "", message);
                self.trouble.extend(source.place(vec![finding.help("unite them")]));
            }
            Ok(document) => self.org = Some((source, document)),
            Err(error) => self.refuse(error),
        }
    }

    fn team(&mut self, source: Source) {
        let name = TeamId::new("team");
        let check = |partial: &TeamDocument| match &name {
            Ok(name) => Rules::of(partial, &Shared::default(), name).map(|rules| rules.problems).unwrap_or_default(),
            Err(_) => Vec::new(),
        };
        match source.read_and(check) {
            Ok(document) => self.teams.push((source, document)),
            Err(error) => self.refuse(error),
        }
    }

    fn refuse(&mut self, error: Error) {
        match error.findings.is_empty() {
            true => self.trouble.push(error.to_finding()),
            false => self.trouble.extend(error.findings),
        }
    }
}

/// Names that several files give to somebody or something.
fn duplicates(documents: &BTreeMap<TeamId, (Source, TeamDocument)>) -> Vec<Finding> {
    let mut first: BTreeMap<(&str, &str), &TeamId> = BTreeMap::new();
    let mut found = Vec::new();
    for (team, (source, document)) in documents {
        let people = document.people.keys().map(|id| ("people", id.as_str()));
        let teams = document.teams.keys().map(|id| ("teams", id.as_str()));
        let areas = document.areas.keys().map(|id| ("areas", id.as_str()));
        for (kind, id) in people.chain(teams).chain(areas) {
            let Some(other) = first.insert((kind, id), team) else { continue };
            let Some((known, there)) = documents.get(other) else { continue };
            let same = match kind {
                "people" => document.people.get(id) == there.people.get(id),
                "teams" => document.teams.get(id) == there.teams.get(id),
                _ => document.areas.get(id) == there.areas.get(id),
            };
            let path = format!("/{kind}{}", crate::text::pointer_step(id));
            let place = known.locate(&path).map_or_else(|| format!("team `{other}`"), |place| place.to_string());
            let level = if same { Level::Note } else { Level::Warning };
            let message = match same {
                true => format!("`{id}` is also in {place}, with the same words"),
                false => format!("`{id}` is also in {place}, and said otherwise there"),
            };
            let finding = Finding::new(level, codes::DUPLICATE_NAME, &path, message)
                .help("say it once, in `org.toml`")
                .fact("also", place);
            found.extend(source.place(vec![finding]));
        }
    }
    found
}
