//! Backtests of small policies, and the laws they keep.

use proptest::prelude::*;

use super::*;
use crate::escalation::action::EscalationAction;
use crate::escalation::{Escalation, EscalationBasis, EscalationInput, EscalationPolicy, World};
use crate::oncall::Schedule;
use crate::text::{Format, Source};
use crate::time::{Elapsed, Timestamp};
use crate::{Directory, HistoryRow};

const POLICY: &str = r#"
[escalation]
otherwise = { after = "10m", page = ["person:hana"] }
[escalation.sev1]
first = [{ page = ["on-call:primary"] }, { at = "5m", page = ["next:primary"] }, { at = "8m", page = ["person:eli"], again = { every = "3m", times = 2 } }]
reinforce = [{ when = { help = "asked" }, page = ["person:cy"] }, { when = { no_progress = "20m" }, page = ["person:dee"] }]
[escalation.sev2]
first = [{ page = ["on-call:primary"], urgency = "low" }]
"#;

fn policy(text: &str) -> EscalationPolicy {
    EscalationPolicy::read(&Source::parse(text, Format::Toml).unwrap()).unwrap()
}

/// Ana and bo take turns by the day, ana on even days of December; everybody lives in Berlin.
fn world() -> World {
    let people = "[people]\nana = { zone = 'Europe/Berlin' }\nbo = { zone = 'Europe/Berlin' }\nhana = { zone = 'Europe/Berlin' }";
    let primary = "[[rotation]]\nname = 'primary'\nzone = 'UTC'\nturn = '1 day'\nstart = 2026-12-02\nhandoff = '00:00'\nmembers = ['ana', 'bo']";
    let read = |text: &str| Source::parse(text, Format::Toml).unwrap();
    let directory = Directory::read(read(people)).unwrap();
    World::new(directory).with_schedule("primary".parse().unwrap(), Schedule::read(read(primary)).unwrap())
}

/// Declared on an even day, at noon in Berlin.
const NOON: &str = "2026-12-14T11:00:00Z";

fn at(minutes: i64) -> Timestamp {
    NOON.parse::<Timestamp>().unwrap().plus(Elapsed::minutes(minutes))
}

fn past(severity: &str) -> PastIncident {
    PastIncident::new("INC-7", Some(severity.parse().unwrap()), at(0))
}

fn check(past: PastIncident, assumption: &str, pages: &str, why: &str) {
    let told = policy(POLICY).backtest(&world(), &[past], assumption.parse().unwrap()).unwrap();
    let page = |page: &BacktestPage| format!("{} {}", page.after.as_micros() / 60_000_000, page.person);
    let said: Vec<String> = told.incidents[0].pages.iter().map(page).collect();
    assert_eq!(said.join(", "), pages);
    assert_eq!(told.incidents[0].why.split_once(": ").unwrap().1, why);
}

#[test]
fn nobody_acknowledges_until_it_is_resolved() {
    let all = "0 ana, 5 bo, 8 eli, 11 eli, 14 eli, 20 dee, 24 hana";
    check(past("sev1"), "nobody", all, "Ana is paged at once, Bo after 5 min, `otherwise` after 24 min; 7 pages");
    let resolved = PastIncident { resolved_at: Some(at(11)), ..past("sev1") };
    check(resolved, "nobody", "0 ana, 5 bo, 8 eli", "Ana is paged at once, Bo after 5 min; 3 pages");
    let at_once = PastIncident { resolved_at: Some(at(0)), ..past("sev1") };
    check(at_once, "nobody", "0 ana", "Ana is paged at once; 1 page");
}

#[test]
fn the_first_person_paged_acknowledges() {
    let said = "Ana is paged at once; 1 page; Ana acknowledges after 4 min";
    let recorded = PastIncident { acknowledged_at: Some(at(4)), resolved_at: Some(at(15)), ..past("sev1") };
    check(recorded.clone(), "recorded", "0 ana", said);
    check(recorded, "after 4m", "0 ana", said);
    // Nobody can acknowledge before anybody was paged.
    let early = PastIncident { acknowledged_at: Some(at(-4)), resolved_at: Some(at(15)), ..past("sev1") };
    check(early, "recorded", "0 ana", "Ana is paged at once; 1 page; Ana acknowledges at once");
    let never = PastIncident { resolved_at: Some(at(3)), ..past("sev1") };
    check(never, "recorded", "0 ana", "Ana is paged at once; 1 page");
}

#[test]
fn what_the_record_says_stands() {
    let milder = PastSeverity { at: at(6), severity: "sev2".parse().unwrap(), raised: None };
    let changed = PastIncident { severities: vec![milder], ..past("sev1") };
    let why = "Ana is paged at once, Bo after 5 min, `otherwise` after 16 min; 3 pages";
    check(changed, "nobody", "0 ana, 5 bo, 16 hana", why);
    let asked = PastHelp { at: at(2), reason: crate::HelpReason::Stuck, by: Some("ana".parse().unwrap()) };
    let helped = PastIncident { help: vec![asked], resolved_at: Some(at(4)), ..past("sev1") };
    check(helped, "nobody", "0 ana, 2 cy", "Ana is paged at once, Cy after 2 min; 2 pages");
    let moved = PastIncident { progress_at: vec![at(15)], resolved_at: Some(at(36)), ..past("sev1") };
    let why = "Ana is paged at once, Bo after 5 min, `otherwise` after 24 min; 7 pages";
    check(moved, "nobody", "0 ana, 5 bo, 8 eli, 11 eli, 14 eli, 24 hana, 35 dee", why);
    let unknown = PastIncident { severity: None, resolved_at: Some(at(1)), ..past("sev1") };
    check(unknown, "nobody", "0 hana", "no step reaches anybody, `otherwise` at once; 1 page");
}

#[test]
fn a_night_is_broken_once() {
    let night = |id: &str, minutes: i64| PastIncident {
        resolved_at: Some(at(minutes + 1)),
        ..PastIncident::new(id, Some("sev1".parse().unwrap()), at(minutes))
    };
    // 23:00 and 00:30 in Berlin are one night of ana, 23:00 the next day one of bo.
    let all = [night("a", 11 * 60), night("b", 12 * 60 + 30), night("c", 35 * 60), night("d", 0)];
    let told = policy(POLICY).backtest(&world(), &all, AcknowledgementAssumption::Nobody).unwrap();
    let people: Vec<_> = told.people.iter().map(|it| (it.person.as_str(), it.pages, it.nights, it.first)).collect();
    assert_eq!(people, [("ana", 3, 1, 3), ("bo", 1, 1, 1)]);
    assert_eq!(
        told.why,
        "4 incidents, assuming that nobody acknowledges: 4 pages; 2 nights broken; a first person is paged at once in half \
         of them; no step reaches a second person"
    );
    let quiet = PastIncident {
        resolved_at: Some(at(12 * 60)),
        ..PastIncident::new("e", Some("sev2".parse().unwrap()), at(11 * 60))
    };
    let told = policy(POLICY).backtest(&world(), &[quiet], "after 0m".parse().unwrap()).unwrap();
    assert_eq!((told.nights, told.pages), (0, 1));
}

#[test]
fn what_cannot_be_run_is_left_out() {
    let all = [past("sev1"), past("sev2"), PastIncident { id: "x".into(), resolved_at: Some(at(-1)), ..past("sev1") }];
    let told = policy(POLICY).backtest(&world(), &all, AcknowledgementAssumption::Nobody).unwrap();
    let found: Vec<String> = told.findings.iter().map(|it| format!("{} {}", it.path, it.message)).collect();
    assert_eq!(
        found,
        [
            "/incidents/1/id `INC-7` is left out: another one has the same id",
            "/incidents/2/resolved_at `x` is left out: it ends at 2026-12-14T10:59:00Z, before it was declared"
        ]
    );
    let none = policy(POLICY).backtest(&world(), &[], AcknowledgementAssumption::Nobody).unwrap();
    assert_eq!((none.first_person.median, none.first_person.longest), (None, None));
}

#[test]
fn an_assumption_is_one_of_three() {
    for bad in ["", "after", "after x", "after -5m", "soon"] {
        assert_eq!(bad.parse::<AcknowledgementAssumption>().unwrap_err().code, crate::codes::BAD_ASSUMPTION, "{bad}");
    }
    assert_eq!("after 1h30m".parse::<AcknowledgementAssumption>().unwrap().to_string(), "after PT1H30M");
}

#[test]
fn differences_come_largest_first() {
    let later = policy(
        &POLICY
            .replace("first = [{ page = [\"on-call:primary\"] }", "first = [{ at = '4m', page = ['on-call:primary'] }"),
    );
    let ids = |told: &BacktestDifference| told.incidents.iter().map(|it| it.id.clone()).collect::<Vec<_>>();
    let short = PastIncident { id: "short".into(), resolved_at: Some(at(3)), ..past("sev1") };
    let long = PastIncident { id: "long".into(), resolved_at: Some(at(9)), ..past("sev1") };
    let same = PastIncident { id: "same".into(), resolved_at: Some(at(9)), ..past("sev2") };
    let (all, world) = ([long, same, short], world());
    let told =
        later.backtest_against(&world, (&policy(POLICY), &world), &all, AcknowledgementAssumption::Nobody).unwrap();
    assert_eq!(ids(&told), ["short", "long"]);
    assert_eq!(
        told.incidents[0].why,
        "SEV1 declared Mon 2026-12-14 11:00 UTC (short): the first person never instead of at once; nobody first instead of \
         Ana; Ana no more; 0 pages instead of 1"
    );
    assert_eq!(
        told.why,
        "2 of 3 incidents differ, assuming that nobody acknowledges: the first person is paged later in 2; somebody else is \
         paged first in 1; 4 pages instead of 5; most for Ana: 2 pages instead of 3, 2 incidents instead of 3, 2 incidents as \
         the first instead of 3"
    );
    let back =
        policy(POLICY).backtest_against(&world, (&later, &world), &all, AcknowledgementAssumption::Nobody).unwrap();
    let sides = |told: &BacktestDifference| {
        told.incidents.iter().map(|it| (it.old.clone(), it.new.clone())).collect::<Vec<_>>()
    };
    let swapped: Vec<_> = sides(&back).into_iter().map(|(old, new)| (new, old)).collect();
    assert_eq!(sides(&told), swapped);
    let none = later.backtest_against(&world, (&later, &world), &all, AcknowledgementAssumption::Nobody).unwrap();
    assert_eq!((none.incidents.len(), none.people.len()), (0, 0));
    assert_eq!(none.why, "nothing is different in 3 incidents, assuming that nobody acknowledges");
}

#[test]
fn only_the_same_incidents_can_be_compared() {
    let run = |id: &str, assumption: &str| {
        let past = PastIncident { id: id.into(), ..past("sev1") };
        policy(POLICY).backtest(&world(), &[past], assumption.parse().unwrap()).unwrap()
    };
    for (other, path) in [(run("a", "after 1m"), "/assumption"), (run("b", "nobody"), "/incidents")] {
        let no = run("a", "nobody").compare(&other).unwrap_err();
        assert_eq!((no.code, no.path.as_str()), (crate::codes::NOT_COMPARABLE, path));
    }
}

#[test]
fn rows_say_what_they_know() {
    let row = HistoryRow::new("INC-1").at("started", at(-9)).at("detected", at(-5)).at("resolved", at(30));
    let row = HistoryRow { severity: Some("sev1".into()), areas: vec!["payouts".into()], ..row };
    let past = PastIncident::from_row(&row).unwrap();
    assert_eq!((past.declared_at, past.resolved_at, past.areas.len()), (at(-5), Some(at(30)), 1));
    let drill = HistoryRow { kind: Some(crate::IncidentKind::Drill), ..HistoryRow::new("").at("declared", at(0)) };
    let history = crate::History::from_rows([row, drill, HistoryRow::new("x")], at(99));
    let told = history.past_incidents();
    assert_eq!(told.incidents, [past]);
    let found: Vec<String> = told.findings.iter().map(|it| it.message.clone()).collect();
    assert_eq!(
        found,
        ["`row 2` is left out: it is of the kind `drill`", "`x` is left out: nobody knows when it began"]
    );
}

#[test]
fn a_record_is_taken_as_it_occurred() {
    let by = |minute: i64| crate::Stamp::new("ana".parse().unwrap(), at(minute));
    let id = uuid::Uuid::nil().into();
    let mut incident = crate::Incident::declare(id, "checkout is down", &by(0)).unwrap();
    assert!(PastIncident::from_record(&incident).unwrap().severity.is_none());
    let scale: Vec<crate::SeverityId> = ["sev1", "sev2"].map(|it| it.parse().unwrap()).into();
    let classified = |severity: &str| crate::event::Classified {
        severity: Some(severity.parse().unwrap()),
        scale: scale.clone(),
        why: "so".to_owned(),
        basis: None,
        rules: Vec::new(),
        bounds: None,
        questions: Vec::new(),
        settle_by: None,
    };
    incident.append(vec![classified("sev2").into()], &by(2)).unwrap();
    incident.report_impact("checkout".parse().unwrap(), crate::Disruption::Full, None, &by(3)).unwrap();
    incident.append(vec![classified("sev1").into()], &by(5)).unwrap();
    incident.acknowledge(&by(6)).unwrap();
    incident
        .append(
            vec![crate::event::HelpAsked { reason: crate::HelpReason::Stuck, area: None, note: None }.into()],
            &by(7),
        )
        .unwrap();
    let told = PastIncident::from_record(&incident).unwrap();
    assert_eq!(
        told,
        PastIncident {
            severity: Some("sev2".parse().unwrap()),
            areas: vec!["checkout".parse().unwrap()],
            acknowledged_at: Some(at(6)),
            severities: vec![PastSeverity { at: at(5), severity: "sev1".parse().unwrap(), raised: Some(true) }],
            help: vec![PastHelp { at: at(7), reason: crate::HelpReason::Stuck, by: Some("ana".parse().unwrap()) }],
            ..PastIncident::new(id.to_string(), None, at(0))
        }
    );
}

/// The pages by a host that looks every minute.
fn minute_by_minute(past: &PastIncident, by: &str, acknowledged: Option<i64>) -> Vec<(i64, String)> {
    let basis = EscalationBasis { severity: past.severity.clone(), ..EscalationBasis::new(uuid::Uuid::nil().into()) };
    let (policy, world) = (policy(POLICY), world());
    let mut escalation = Escalation::begin(basis, &policy, past.declared_at).unwrap();
    let mut pages = Vec::new();
    for minute in 0..120 {
        let mut told: Vec<EscalationInput> = Vec::new();
        let severities = past.severities.iter().filter(|it| it.at == at(minute));
        told.extend(
            severities.map(|it| EscalationInput::SeverityChanged { severity: it.severity.clone(), raised: None }),
        );
        told.extend(
            past.help
                .iter()
                .filter(|it| it.at == at(minute))
                .map(|it| EscalationInput::HelpAsked { reason: it.reason, by: None }),
        );
        told.extend(
            past.progress_at.iter().filter(|it| **it == at(minute)).map(|_| EscalationInput::Progress { by: None }),
        );
        if acknowledged == Some(minute) {
            told.push(EscalationInput::Acknowledged { by: by.parse().unwrap() });
        }
        if past.resolved_at == Some(at(minute)) {
            told.push(EscalationInput::Resolved {});
        }
        // What is told in a minute comes before what is due in it; only then somebody can have been paged.
        told.insert(if minute == 0 { 0 } else { told.len() }, EscalationInput::Tick {});
        for input in told {
            let resolved = matches!(input, EscalationInput::Resolved {});
            escalation.handle(at(minute), input).unwrap();
            if resolved {
                return pages;
            }
            for action in escalation.drain(&world) {
                if let EscalationAction::Page(page) = action {
                    pages.push((minute, page.person.to_string()));
                }
            }
        }
    }
    pages
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn it_is_what_a_host_that_looks_every_minute_sees(
        severe in any::<bool>(),
        acknowledged in proptest::option::of(0_i64..40),
        resolved in proptest::option::of(1_i64..90),
        changes in proptest::collection::vec((1_i64..60, any::<bool>()), 0..3),
        help in proptest::collection::vec(1_i64..60, 0..2),
        progress in proptest::collection::btree_set(1_i64..60, 0..3),
    ) {
        let name = |severe: bool| if severe { "sev1" } else { "sev2" };
        let mut past = past(name(severe));
        past.resolved_at = resolved.map(at);
        let mut changes = changes;
        changes.sort_unstable();
        past.severities = changes.into_iter().map(|(minute, severe)| PastSeverity { at: at(minute), severity: name(severe).parse().unwrap(), raised: None }).collect();
        past.help = help.into_iter().map(|minute| PastHelp { at: at(minute), reason: crate::HelpReason::Stuck, by: None }).collect();
        past.progress_at = progress.into_iter().map(at).collect();
        let assumption = acknowledged.map_or(AcknowledgementAssumption::Nobody, |minutes| AcknowledgementAssumption::After(Elapsed::minutes(minutes)));
        let told = policy(POLICY).backtest(&world(), std::slice::from_ref(&past), assumption).unwrap();
        let pages: Vec<(i64, String)> = told.incidents[0].pages.iter().map(|page| (page.after.as_micros() / 60_000_000, page.person.to_string())).collect();
        prop_assert_eq!(pages, minute_by_minute(&past, "ana", acknowledged));
        prop_assert_eq!(told.compare(&told).unwrap().incidents.len(), 0);
    }
}
