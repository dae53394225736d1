//! The rules of one team, ready to be asked.

use std::collections::{BTreeMap, BTreeSet};

use super::document::{CalendarDays, TeamDocument};
use super::shared::Shared;
use crate::codes;
use crate::directory::{Directory, DirectoryDocument};
use crate::error::{Error, Result};
use crate::escalation::{EscalationPolicy, EscalationPolicyDocument, EscalationRules, PageTarget, World};
use crate::finding::{Finding, Level};
use crate::id::{PolicyId, ScheduleId, TeamId};
use crate::incident::vocabulary;
use crate::oncall::{Schedule, ScheduleDocument};
use crate::severity::{SeverityScheme, SeveritySchemeDocument};
use crate::text::{nearest, pointer_step};
use crate::time::{Date, Window};

/// What a team's document and what it shares come to, as far as it can be used.
#[derive(Clone, Debug)]
pub(super) struct Rules {
    pub(super) directory: Directory,
    pub(super) schedules: BTreeMap<ScheduleId, Schedule>,
    pub(super) policies: BTreeMap<PolicyId, EscalationPolicy>,
    /// Which of them is `[escalation]`.
    pub(super) main: PolicyId,
    pub(super) scheme: Option<SeverityScheme>,
    pub(super) world: World,
    /// What cannot be used, and why.
    pub(super) problems: Vec<Finding>,
    /// The schedules that cannot be used.
    pub(super) broken: BTreeSet<ScheduleId>,
}

impl Rules {
    pub(super) fn of(document: &TeamDocument, shared: &Shared, team: &TeamId) -> Result<Self> {
        let mut build = Build { document, shared, problems: Vec::new() };
        let directory = Directory::of(shared.directory(document));
        let calendars = build.calendars();
        let (schedules, broken) = build.schedules(directory.document(), &calendars);
        let scheme = build.scheme();
        let main = PolicyId::new(team.as_str())?;
        let policies = build.policies(&main);
        build.routes(&policies);
        build.areas(directory.document());
        let world = build.world(&directory, &schedules);
        Ok(Self { directory, schedules, policies, main, scheme, world, problems: build.problems, broken })
    }

    /// The same with the schedules of other teams that its policies name, as `team/schedule`.
    pub(super) fn with_others(mut self, others: &BTreeMap<ScheduleId, Schedule>) -> Self {
        let named: BTreeSet<&ScheduleId> = self.policies.values().flat_map(|policy| named(policy.document())).collect();
        for name in named.into_iter().filter(|name| !self.schedules.contains_key(*name)) {
            if let Some(schedule) = others.get(name) {
                self.world = self.world.clone().with_schedule(name.clone(), schedule.clone());
            }
        }
        self
    }
}

/// The schedules that a policy names.
fn named(policy: &EscalationPolicyDocument) -> impl Iterator<Item = &ScheduleId> {
    let tracks = policy.escalation.severities.values();
    let steps = tracks.flat_map(|tracks| tracks.first.iter().chain(&tracks.reinforce).chain(&tracks.authority));
    let last = policy.escalation.severities.values().filter_map(|tracks| tracks.otherwise.as_ref());
    let last = last.chain(&policy.escalation.otherwise).flat_map(|otherwise| &otherwise.page);
    steps.flat_map(|step| &step.page).chain(last).filter_map(|target| match target {
        PageTarget::OnCall(schedule) | PageTarget::Next(schedule) => Some(schedule),
        _ => None,
    })
}

struct Build<'a> {
    document: &'a TeamDocument,
    shared: &'a Shared,
    problems: Vec<Finding>,
}

impl Build<'_> {
    /// Notes what stands in the way of a part.
    fn note<T>(&mut self, at: &str, built: Result<T>) -> Option<T> {
        built.map_err(|error| self.problems.extend(problems(error, at))).ok()
    }

    /// The days of every calendar.
    fn calendars(&mut self) -> BTreeMap<String, BTreeSet<Date>> {
        let mut all = BTreeMap::new();
        let inherited = self.shared.calendars.iter().filter(|(name, _)| !self.document.calendars.contains_key(*name));
        for (name, days) in inherited.chain(&self.document.calendars) {
            let days = match days {
                CalendarDays::Listed(days) => days.clone(),
                CalendarDays::File(file) => match self.shared.days.get(file) {
                    Some(days) => days.clone(),
                    None => {
                        let message = format!("there is no file `{}`", crate::text::short(file));
                        let path = format!("/calendars{}", pointer_step(name));
                        let finding = Finding::new(Level::Error, codes::MISSING_FILE, path, message);
                        let near = nearest(file, self.shared.days.keys().map(String::as_str));
                        let help = near.map_or_else(
                            || "give the calendar along, or list the days here".to_owned(),
                            |near| format!("did you mean `{near}`?"),
                        );
                        self.problems.push(finding.help(help));
                        BTreeSet::new()
                    }
                },
            };
            all.insert(name.clone(), days);
        }
        all
    }

    fn schedules(
        &mut self,
        directory: &DirectoryDocument,
        calendars: &BTreeMap<String, BTreeSet<Date>>,
    ) -> (BTreeMap<ScheduleId, Schedule>, BTreeSet<ScheduleId>) {
        let (mut good, mut broken) = (BTreeMap::new(), BTreeSet::new());
        for (name, written) in &self.document.schedule {
            let mut document: ScheduleDocument = written.clone();
            for (id, person) in &directory.people {
                document.people.entry(id.clone()).or_insert_with(|| person.clone());
            }
            for (name, days) in calendars {
                document.calendars.entry(name.clone()).or_insert_with(|| days.clone());
            }
            match self.note(&format!("/schedule{}", pointer_step(name.as_str())), Schedule::of(document)) {
                Some(schedule) => drop(good.insert(name.clone(), schedule)),
                None => drop(broken.insert(name.clone())),
            }
        }
        (good, broken)
    }

    /// The scheme, with the cadence of each audience in what its severities owe.
    fn scheme(&mut self) -> Option<SeverityScheme> {
        let (mut document, own) = match (&self.document.severity, &self.shared.severity) {
            (Some(own), _) => (own.clone(), true),
            (None, Some(shared)) => (shared.clone(), false),
            (None, None) => {
                self.nobody_owes();
                return None;
            }
        };
        for (cadence, own) in [(&self.shared.cadence, false), (&self.document.cadence, true)] {
            for (audience, severities) in cadence {
                for (severity, cadence) in severities {
                    match document.order.contains(severity) {
                        true => {
                            let owes = &mut document.severities.entry(severity.clone()).or_default().owes;
                            owes.cadence.insert(audience.clone(), *cadence);
                        }
                        false if own => self.unknown_severity(audience.as_str(), severity.as_str(), &document),
                        false => {}
                    }
                }
            }
        }
        let built = SeverityScheme::of(document, &vocabulary());
        // What is wrong with the scheme of the organisation is told in its own file.
        if own { self.note("/severity", built) } else { built.ok() }
    }

    fn unknown_severity(&mut self, audience: &str, severity: &str, scheme: &SeveritySchemeDocument) {
        let path = format!("/cadence{}{}", pointer_step(audience), pointer_step(severity));
        let message = format!("`{severity}` is not among the severities");
        let finding = Finding::new(Level::Error, codes::NO_SUCH_SEVERITY, path, message);
        let near = nearest(severity, scheme.order.iter().map(crate::id::SeverityId::as_str));
        self.problems.push(near.iter().fold(finding, |it, near| it.help(format!("did you mean `{near}`?"))));
    }

    /// A cadence where there are no severities.
    fn nobody_owes(&mut self) {
        if let Some((audience, _)) = self.document.cadence.iter().next() {
            let path = format!("/cadence{}", pointer_step(audience.as_str()));
            let message = "there are no severities to owe an update";
            let finding = Finding::new(Level::Warning, codes::NO_SCHEME, path, message);
            self.problems.push(finding.help("write `[severity]`, here or in `org.toml`"));
        }
    }

    fn policies(&mut self, main: &PolicyId) -> BTreeMap<PolicyId, EscalationPolicy> {
        let mut windows: BTreeMap<String, Window> = self.shared.windows.clone();
        windows.extend(self.document.windows.clone());
        let written = self.document.escalation.iter().map(|rules| (main, rules, String::from("/escalation")));
        let further = self.document.policy.iter().map(|(name, rules)| {
            let path = format!("/policy{}", pointer_step(name.as_str()));
            (name, rules, path)
        });
        let mut all = BTreeMap::new();
        for (name, rules, at) in written.chain(further) {
            if all.contains_key(name) {
                let message = format!("`{name}` is the policy `[escalation]` already");
                let finding = Finding::new(Level::Error, codes::DUPLICATE_NAME, &at, message);
                self.problems.push(finding.help("give it another name"));
                continue;
            }
            let document = policy(self.document, name, rules, &windows, at == "/escalation");
            match EscalationPolicy::of(document) {
                Ok(policy) => drop(all.insert(name.clone(), policy)),
                Err(error) => {
                    let found = problems(error, "").into_iter().map(|finding| moved(finding, &at));
                    self.problems.extend(found);
                }
            }
        }
        all
    }

    /// Areas that conditions name and nobody has: such a condition never holds.
    fn areas(&mut self, directory: &DirectoryDocument) {
        let severities = self.document.severity.iter().flat_map(|scheme| &scheme.severities);
        let severities = severities
            .filter_map(|(id, it)| Some((format!("/severity{}/when", pointer_step(id.as_str())), it.when.as_ref()?)));
        let routes = self.document.route.iter().enumerate();
        let routes = routes.filter_map(|(at, route)| Some((format!("/route/{at}/when"), route.when.as_ref()?)));
        let named = severities.chain(routes).flat_map(|(at, when)| {
            let compared = when.compared("areas").into_iter();
            compared.map(|(area, within)| (area, format!("{at}{within}"))).collect::<Vec<_>>()
        });
        let mut found = Vec::new();
        for (area, at) in named {
            if directory.areas.is_empty() || directory.areas.contains_key(area) {
                continue;
            }
            let message = format!("`{}` is not among the areas", crate::text::short(area));
            let finding = Finding::new(Level::Warning, codes::UNKNOWN_AREA, at, message);
            let near = nearest(area, directory.areas.keys().map(crate::AreaId::as_str));
            found.push(near.iter().fold(finding, |it, near| it.help(format!("did you mean `{near}`?"))));
        }
        self.problems.extend(found);
    }

    fn routes(&mut self, policies: &BTreeMap<PolicyId, EscalationPolicy>) {
        for (number, route) in self.document.route.iter().enumerate() {
            let known = |name: &PolicyId| policies.contains_key(name) || self.document.policy.contains_key(name);
            if !known(&route.policy) && route.policy.as_str() != "escalation" {
                let message = format!("there is no policy `{}`", route.policy);
                let path = format!("/route/{number}/policy");
                let finding = Finding::new(Level::Error, codes::UNKNOWN_POLICY, path, message);
                let near = nearest(route.policy.as_str(), policies.keys().map(PolicyId::as_str));
                self.problems.push(near.iter().fold(finding, |it, near| it.help(format!("did you mean `{near}`?"))));
            }
            if let Some(window) = &route.within
                && !self.document.windows.contains_key(window)
                && !self.shared.windows.contains_key(window)
            {
                let message = format!("there is no window `{}`", crate::text::short(window));
                let path = format!("/route/{number}/within");
                self.problems.push(Finding::new(Level::Error, codes::NO_SUCH_WINDOW, path, message));
            }
            if let Some(when) = &route.when {
                self.note(&format!("/route/{number}/when"), when.bind(&vocabulary()));
            }
        }
    }

    fn world(&mut self, directory: &Directory, schedules: &BTreeMap<ScheduleId, Schedule>) -> World {
        let world = schedules
            .iter()
            .fold(World::new(directory.clone()), |world, (name, it)| world.with_schedule(name.clone(), it.clone()));
        let shared = world.clone().with_absences(self.shared.absence.clone()).unwrap_or(world);
        self.note("/absence", shared.clone().with_absences(self.document.absence.clone())).unwrap_or(shared)
    }
}

/// A policy as a document of its own. Further policies promise only for the severities that they have.
fn policy(
    team: &TeamDocument,
    name: &PolicyId,
    rules: &EscalationRules,
    windows: &BTreeMap<String, Window>,
    main: bool,
) -> EscalationPolicyDocument {
    let prove = team.prove.clone().map(|mut prove| {
        prove.severities.retain(|severity, _| main || rules.severities.contains_key(severity));
        prove
    });
    EscalationPolicyDocument {
        name: Some(name.clone()),
        windows: windows.clone(),
        escalation: rules.clone(),
        prove,
        ..EscalationPolicyDocument::default()
    }
}

/// What an error says, one by one, at its place in the file of a team.
fn problems(error: Error, at: &str) -> Vec<Finding> {
    let found = if error.findings.is_empty() { vec![error.to_finding()] } else { error.findings };
    found.into_iter().map(|finding| within(finding, at)).collect()
}

/// A finding about a part, at its place in the whole.
pub(super) fn within(mut finding: Finding, at: &str) -> Finding {
    finding.path.insert_str(0, at);
    finding.at = None;
    finding
}

/// A finding about a policy of its own, where the file of the team has the policy.
pub(super) fn moved(mut finding: Finding, at: &str) -> Finding {
    if let Some(rest) = finding.path.strip_prefix("/escalation") {
        finding.path = format!("{at}{rest}");
    }
    finding.at = None;
    finding
}
