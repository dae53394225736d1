//! What every writer has to keep: what is written says the same when it is read again, up to the losses that are listed.

use std::collections::BTreeMap;

use proptest::prelude::*;

use super::{
    CompiledConfiguration, ConfigurationFile, ConfigurationForm, ConfigurationOptions, ConfigurationTool, ProviderIds,
    ProviderObject, compile, read_configuration,
};
use crate::{Format, PersonId, Schedule, ScheduleDocument, Source, TeamDocument, TeamId, Timestamp};

pub(super) const FORMS: [ConfigurationForm; 2] = [ConfigurationForm::Rest, ConfigurationForm::Terraform];

type Teams = BTreeMap<TeamId, TeamDocument>;

/// The team `payments` of a file.
pub(super) fn team(text: &str) -> Teams {
    [("payments".parse().unwrap(), Source::parse(text, Format::Toml).unwrap().read().unwrap())].into()
}

/// A tool that is written, and how its schedules are called in Terraform.
#[derive(Clone, Copy, Debug)]
pub(super) struct Writer {
    pub(super) tool: ConfigurationTool,
    pub(super) schedule: &'static str,
}

impl Writer {
    /// Everything has an id, so that nothing is to be filled in.
    pub(super) fn known(self, teams: &Teams) -> ProviderIds {
        let mut all = ProviderIds::default();
        let ids = all.of_mut(self.tool);
        let object = |id: &str| ProviderObject { id: Some(id.to_owned()), name: None };
        for (id, document) in teams {
            ids.teams.insert(id.clone(), object("PTEAM"));
            for (at, schedule) in document.schedule.keys().enumerate() {
                ids.schedules.insert(format!("{id}/{schedule}"), object(&format!("PSCHED{at}")));
            }
            for person in super::assemble::people_of(document) {
                ids.people.insert(person.clone(), format!("PU{person}"));
            }
        }
        all
    }

    pub(super) fn written(self, teams: &Teams, ids: &ProviderIds, form: ConfigurationForm) -> CompiledConfiguration {
        compile(teams, ids, self.tool, form).unwrap()
    }

    pub(super) fn read_back(self, compiled: &CompiledConfiguration) -> Teams {
        let file = |(name, text): (&String, &String)| ConfigurationFile {
            name: name.clone(),
            bytes: text.clone().into_bytes(),
        };
        let files: Vec<_> = compiled.files.iter().map(file).collect();
        let mut ids = compiled.ids.clone();
        let its = ids.of_mut(self.tool);
        if compiled.form == ConfigurationForm::Terraform {
            // What has an id is imported: here its address is all that there is of it.
            for (key, entry) in &mut its.schedules {
                entry.id = Some(format!("{}.{}", self.schedule, super::plan::plain(key)));
            }
        } else {
            // What has none stands there as what is to be filled in.
            for (key, entry) in &mut its.policies {
                entry.id.get_or_insert_with(|| format!("<{key}>"));
            }
        }
        read_configuration(&files, &ConfigurationOptions { ids, ..ConfigurationOptions::default() }).teams
    }

    /// A file of a team, and where something is lost with which words.
    pub(super) fn check(self, text: &str, expected: &[&str]) {
        for form in FORMS {
            self.check_form(text, form, expected);
        }
    }

    /// The same in one form.
    pub(super) fn check_form(self, text: &str, form: ConfigurationForm, expected: &[&str]) {
        let teams = team(text);
        let compiled = self.written(&teams, &self.known(&teams), form);
        let told: Vec<_> = compiled.losses.iter().map(|it| format!("{}: {}", it.path, it.message)).collect();
        assert_eq!(told, expected, "{form:?} {:#?}", compiled.files);
    }

    /// The law: every loss has its words, what was read back loses nothing more, and where nothing of a schedule is lost the
    /// same people are on call.
    pub(super) fn keeps_the_law(self, text: &str) -> Result<(), TestCaseError> {
        self.keeps_the_law_in(&FORMS, text)
    }

    /// The same in the forms that there are.
    pub(super) fn keeps_the_law_in(self, forms: &[ConfigurationForm], text: &str) -> Result<(), TestCaseError> {
        for form in forms.iter().copied() {
            let teams = team(text);
            let compiled = self.written(&teams, &self.known(&teams), form);
            let general = super::compile::general(self.tool);
            let wordless: Vec<_> = compiled.losses.iter().filter(|it| it.message == general).collect();
            prop_assert!(wordless.is_empty(), "{wordless:#?}");

            let back = self.read_back(&compiled);
            let again = self.written(&back, &compiled.ids, form);
            let lost: Vec<_> = again
                .losses
                .iter()
                .filter(|it| !it.path.starts_with("/severity"))
                .filter(|it| form == ConfigurationForm::Rest || !it.path.contains("/override"))
                .collect();
            prop_assert!(lost.is_empty(), "{lost:#?}\n{back:#?}");

            for (name, schedule) in &teams["payments"].schedule {
                let place = format!("/schedule/{name}");
                if !compiled.losses.iter().any(|it| it.path.starts_with(&place)) {
                    let there = &back["payments"].schedule[name.as_str()];
                    prop_assert_eq!(shifts(schedule), shifts(there), "{}", name);
                }
            }
        }
        Ok(())
    }
}

/// Who is on call from when on, over a year.
pub(super) fn shifts(document: &ScheduleDocument) -> Vec<(Timestamp, Vec<PersonId>)> {
    let schedule = Schedule::of(document.clone()).unwrap();
    let (from, until) = ("2026-10-01T00:00:00Z".parse().unwrap(), "2027-10-01T00:00:00Z".parse().unwrap());
    let people = |shift: crate::Shift| {
        let mut people = shift.people;
        people.sort();
        (shift.start.unwrap_or(from), people)
    };
    let mut all: Vec<_> = schedule.shifts(from, until).unwrap().shifts.into_iter().map(people).collect();
    all.dedup_by(|later, earlier| later.1 == earlier.1);
    all
}

fn one_of(all: &'static [&'static str]) -> impl Strategy<Value = &'static str> {
    prop::sample::select(all)
}

fn maybe(chance: f64, key: &'static str, values: &'static [&'static str]) -> impl Strategy<Value = String> {
    prop::option::weighted(chance, one_of(values))
        .prop_map(move |it| it.map_or(String::new(), |it| format!("{key} = {it}\n")))
}

fn rotation() -> impl Strategy<Value = String> {
    let zones = &["'Europe/Berlin'", "'Europe/Berlin'", "'Europe/Berlin'", "'America/Los_Angeles'", "'UTC'"];
    let members = &[
        "['p0']",
        "['p1', 'p2']",
        "['p0', 'p1', 'p2']",
        "['p3', 'p0', 'p3']",
        "[['p0', 'p1'], 'p2']",
        "['p1', 'nobody']",
        "['p0', 'p1', { join = 'p2', on = 2027-01-18 }]",
        "['p0', 'p1', { leave = 'p1', on = 2027-02-18 }]",
    ];
    let turns = &["'1 week'", "'1 week'", "'2 days'", "'7 days'", "'12 hours'", "'1 month'", "['4 days', '3 days']"];
    let hours = &[
        "'daily 08:00-20:00'",
        "'Mon-Fri 09:00-17:00'",
        "'Fri 20:00 - Mon 08:00'",
        "['Sat-Sun', 'Mon-Fri 18:00-08:00']",
        "'daily 22:00-07:00'",
        "['Mon 09:00-17:00', 'Tue 09:00-17:00']",
    ];
    (
        (one_of(zones), one_of(members), one_of(turns), maybe(0.5, "hours", hours)),
        maybe(0.5, "handoff", &["'Mon 08:00'", "'08:00'", "'18:30'"]),
        maybe(0.3, "from", &["2026-12-20", "2026-11-01", "'2027-01-03T12:00'"]),
        maybe(0.2, "until", &["2027-06-01", "'2027-02-03T12:00'"]),
        maybe(0.3, "name", &["'days'", "'nights'"]),
        (
            maybe(0.1, "count", &["'active_only'"]),
            maybe(0.1, "if_absent", &["'fall_through'"]),
            maybe(0.1, "concurrent", &["2"]),
            maybe(0.1, "wall_clock", &["true"]),
            maybe(0.1, "priority", &["1", "7"]),
            maybe(0.1, "lasts", &["'8h'"]),
            maybe(0.1, "days", &["[1, 15]"]),
        ),
        prop::sample::select(vec!["2026-12-07", "2026-12-09", "2026-03-01"]),
    )
        .prop_map(|((zone, members, turn, hours), handoff, from, until, name, rest, start)| {
            let (count, absent, concurrent, clock, priority, lasts, days) = rest;
            format!(
                "[[schedule.NAME.rotation]]\nzone = {zone}\nmembers = {members}\nturn = {turn}\nstart = {start}\n{hours}{handoff}\
                 {from}{until}{name}{count}{absent}{concurrent}{clock}{priority}{lasts}{days}"
            )
        })
}

fn exception() -> impl Strategy<Value = String> {
    let what = &[
        "cover = 'p3'",
        "cover = 'p1'",
        "cover = ['p0', 'p1']",
        "replace = 'p0'\nwith = 'p3'",
        "remove = 'p1'",
        "add = 'p2'",
        "temporary = ['p3']",
        "temporary = []",
    ];
    let when = &["days = '2026-12-24..2026-12-26'", "from = '2027-01-01T06:00'\nuntil = '2027-01-01T18:00'"];
    (one_of(what), one_of(when)).prop_map(|(what, when)| format!("[[schedule.NAME.override]]\n{what}\n{when}\n"))
}

fn schedule(name: &'static str) -> impl Strategy<Value = String> {
    (prop::collection::vec(rotation(), 1..4), prop::collection::vec(exception(), 0..2))
        .prop_map(move |(rotations, exceptions)| (rotations.concat() + &exceptions.concat()).replace("NAME", name))
}

fn policy(name: &'static str, severity: &'static str) -> impl Strategy<Value = String> {
    let pages = &[
        "['on-call:one']",
        "['on-call:two', 'person:p0']",
        "['next:one', 'buddy']",
        "['round-robin:ops']",
        "['team:ops']",
        "['lead:1']",
        "['experts']",
        "['person:p1', 'person:p2']",
    ];
    let at = &["'0m'", "'5m'", "'10m'", "'10m'", "'15m30s'", "'1h'"];
    let again = maybe(0.3, "again", &["{ every = '15m', times = 2 }"]);
    let step =
        (one_of(pages), one_of(at), again, maybe(0.1, "urgency", &["'low'"]), maybe(0.1, "within", &["'office'"]))
            .prop_map(|(page, at, again, urgency, within)| {
                let rest =
                    [again, urgency, within].map(|it| it.trim().to_owned()).into_iter().filter(|it| !it.is_empty());
                format!(
                    "{{ {} }}",
                    [format!("page = {page}"), format!("at = {at}")]
                        .into_iter()
                        .chain(rest)
                        .collect::<Vec<_>>()
                        .join(", ")
                )
            });
    (
        prop::collection::vec(step, 1..4),
        maybe(0.5, "end", &["'quietly'"]),
        maybe(0.5, "on_empty", &["'skip'", "'wait_until_someone'"]),
        maybe(0.2, "authority", &["[{ at = '30m', page = ['lead:2'] }]"]),
        maybe(0.2, "acknowledged_for", &["'30m'"]),
    )
        .prop_map(move |(steps, end, on_empty, authority, acknowledged)| {
            format!(
                "[{name}]\notherwise = {{ after = '15m', page = ['person:p3'] }}\n{on_empty}[{name}.{severity}]\n\
                 first = [{}]\n{end}{authority}{acknowledged}",
                steps.join(", ")
            )
        })
}

/// A file of a team with two schedules and two policies, and whatever else a file may have.
pub(super) fn document() -> impl Strategy<Value = String> {
    (schedule("one"), schedule("two"), policy("escalation", "sev1"), policy("policy.other", "any"), any::<bool>()).prop_map(
        |(one, two, main, other, whole)| {
            let rest = if whole {
                "[people]\np0 = { zone = 'UTC', lead = 'p1' }\np1 = {}\n[areas]\ncheckout = { experts = ['p0'] }\n\
                 [windows]\noffice = { zone = 'UTC', hours = 'Mon-Fri 09:00-17:00' }\n[[absence]]\nperson = 'p0'\ndays = '2027-01-01'\n\
                 [severity]\norder = ['sev1']\n[cadence]\ncustomers = { sev1 = ['5m', '20m'] }\n\
                 [prove]\nhorizon = '4 weeks'\n[[allow]]\ncode = 'coverage_hole'\nbecause = 'known'\n\
                 [[route]]\npolicy = 'other'\n[calendars]\nholidays = ['2026-12-25']\n"
            } else {
                ""
            };
            format!("{rest}[teams.ops]\nmembers = ['p1', 'p2']\n{one}{two}{main}{other}")
        },
    )
}
