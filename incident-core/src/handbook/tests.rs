//! Tests of the handbook.

use super::*;
use crate::escalation::PageTarget;
use crate::finding::{Finding, Level};

/// The file of a team as people write it, where it is at hand.
fn team_file() -> Option<String> {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../shared/TEAM.md");
    let Ok(text) = std::fs::read_to_string(path) else {
        eprintln!("skipped: there is no ../shared/TEAM.md");
        return None;
    };
    let (_, rest) = text.split_once("```toml\n").unwrap();
    Some(rest.split_once("```\n").unwrap().0.to_owned())
}

fn from() -> Option<crate::time::Moment> {
    Some("2026-12-07T08:00".parse().unwrap())
}

fn lines(findings: &[Finding]) -> Vec<String> {
    let told = findings.iter().filter(|finding| finding.level != Level::Note);
    told.map(|it| format!("{} {}", it.at.as_ref().map(ToString::to_string).unwrap_or_default(), it.code)).collect()
}

#[test]
fn the_file_of_a_team_passes_with_what_it_promises() {
    let Some(text) = team_file() else { return };
    let book = Handbook::gather([RuleFile::new("teams/payments.toml", text)]);
    let report = book.report(from(), None);
    assert_eq!(
        report.to_string(),
        format!(
            "payments: all 5 claims proved for 2026-12-07 08:00 .. 2027-06-07 08:00 Berlin (26 weeks, 3 severities x 3 areas, \
             tz data {})\n  \
             sev1  first page at once; second person after 5 min\n  \
             sev2  first page at once; second person after 15 min\n  \
             load  at most 14 h a week on call in sleeping hours (limit 14: Fay, week of 15 March); in Los Angeles Dee 755 \
             h, Eli 756, Fay 672; in Berlin Ana 624 h, Ben 588, Chen 552, Gus 420 of 26 weeks\n  \
             note  clocks change in Los Angeles on 14 March, in Berlin on 28 March: between them Pacific stays 1 h longer, to \
             midnight; no hole\n\
             assuming: every page is delivered, nobody acknowledges, overrides as given (1), no absences given",
            crate::time::TZ_VERSION
        )
    );
}

#[test]
fn three_slips_are_found_at_their_lines() {
    let Some(text) = team_file() else { return };
    let text = text
        .replace("payouts  = { experts = [\"fay\", \"ana\"] }", "payouts  = { experts = [\"fay\"] }")
        .replace(
            "name    = \"pacific\"\nzone    = \"America/Los_Angeles\"\n",
            "name    = \"pacific\"\nzone    = \"America/Los_Angeles\"\nhours   = \"daily 11:00-23:00\"\n",
        )
        .replace("replace = \"chen\"", "replace = \"ben\"");
    let book = Handbook::gather([RuleFile::new("teams/payments.toml", text)]);
    let report = book.report(from(), None);
    let [team] = report.teams.as_slice() else { panic!("one team") };
    assert_eq!(
        lines(&team.findings),
        [
            "teams/payments.toml:38:11 escalation.coverage_hole",
            "teams/payments.toml:20:12 escalation.step_adds_nobody",
            "teams/payments.toml:45:11 oncall.override_without_effect",
        ]
    );
    assert_eq!(team.why, "payments: 1 error, 2 warnings; 1 of 5 claims proved, 4 refuted, all by coverage_hole");
    let labels: Vec<String> = team.findings[0]
        .labels
        .iter()
        .map(|label| format!("{} {}", label.at.as_ref().map_or(0, |at| at.line), label.message))
        .collect();
    assert_eq!(
        labels,
        ["38 ends at 06:00 UTC once Los Angeles is on summer time", "29 begins at 07:00 UTC until Berlin is too"]
    );
}

/// A small team: who is on call, whom it pages, and what is beside.
fn team(name: &str, person: &str, beside: &str) -> RuleFile {
    let text = format!(
        r#"
[people]
{person} = {{ zone = "Europe/Berlin" }}
[[schedule.primary.rotation]]
zone    = "Europe/Berlin"
members = ["{person}"]
[severity]
order   = ["sev1", "sev2"]
unknown = {{ assume = "sev2", settle_within = "10m" }}
[severity.sev1]
when = {{ data_lost = "occurred" }}
[severity.sev2]
[escalation]
otherwise = {{ page = ["person:{person}"] }}
[escalation.sev1]
first = [{{ page = ["on-call:primary"] }}]
[escalation.sev2]
first = [{{ page = ["on-call:primary"] }}]
[prove]
horizon = "1 week"
sev1    = {{ first_page = "1m" }}
{beside}"#
    );
    RuleFile::new(format!("teams/{name}.toml"), text)
}

fn told(book: &Handbook) -> Vec<String> {
    lines(&book.check(from()))
}

#[test]
fn teams_stand_beside_each_other() {
    let book = Handbook::gather([team("ledger", "ana", ""), team("payments", "bo", "")]);
    assert_eq!(told(&book), [] as [&str; 0]);
    let schedules: Vec<String> = book.schedules().keys().map(ToString::to_string).collect();
    assert_eq!(schedules, ["ledger/primary", "payments/primary"]);
    assert_eq!(book.policies().keys().map(ToString::to_string).collect::<Vec<_>>(), ["ledger", "payments"]);
    let report = book.report(from(), None);
    assert_eq!((report.errors, report.why.as_str()), (0, "2 teams: nothing found; 2 of 2 claims proved"));
}

#[test]
fn what_one_team_writes_is_nothing_to_another() {
    let alone = Handbook::gather([team("ledger", "ana", "")]).report(from(), None).teams;
    for other in [
        RuleFile::new("teams/other.toml", "not toml at all ["),
        RuleFile::new(
            "teams/other.toml",
            "[[schedule.primary.rotation]]
zone = 'Nowhere/Atall'
members = []",
        ),
        RuleFile::new(
            "teams/other.toml",
            "[people]
ana = { zone = 'America/New_York', lead = 'nobody-known' }",
        ),
        team(
            "other",
            "zoe",
            "[areas]
x = { experts = ['nix'] }",
        ),
    ] {
        let both = Handbook::gather([team("ledger", "ana", ""), other.clone()]);
        let report = both.report(from(), None);
        assert_eq!(report.teams.iter().find(|team| team.team.as_str() == "ledger"), alone.first(), "{other:?}");
        assert!(!both.check(from()).is_empty(), "{other:?}");
    }
}

#[test]
fn a_schedule_of_another_team_is_named_with_it() {
    let route = "[policy.big.sev1]\nfirst = [{ page = ['on-call:ledger/primary', 'person:ana'] }]\n[policy.big]\notherwise = { page = ['person:bo'] }\n";
    let payments = team("payments", "bo", route);
    let book = Handbook::gather([team("ledger", "ana", ""), payments.clone()]);
    assert_eq!(told(&book), [] as [&str; 0]);
    let page = &book.policy("big").unwrap().document().escalation.severities["sev1"].first[0].page;
    assert!(matches!(&page[0], PageTarget::OnCall(schedule) if schedule.as_str() == "ledger/primary"));
    let without = Handbook::gather([payments]);
    assert_eq!(
        told(&without),
        ["teams/payments.toml:23:20 escalation.unknown_schedule", "teams/payments.toml:23:46 directory.unknown_person"]
    );
}

#[test]
fn what_is_shared_stands_beneath() {
    let org = RuleFile::new(
        "org.toml",
        "org = 'acme'\n[people]\nhana = { zone = 'Europe/London' }\n[windows]\noffice = { zone = 'Europe/London', hours = 'Mon-Fri 09:00-17:00' }\n[calendars]\nxmas = 'xmas.ics'\n[cadence]\ncustomers = { sev1 = ['5m', '20m'] }\n",
    );
    let xmas = RuleFile::new(
        "calendars/xmas.ics",
        "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:x\r\nBEGIN:VEVENT\r\nUID:1\r\nDTSTART;VALUE=DATE:20261225\r\nSUMMARY:Christmas\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n",
    );
    let beside = "[policy.late]\notherwise = { page = ['person:hana'] }\n[policy.late.sev2]\nfirst = [{ within = 'office', page = ['person:hana'] }]\n[[schedule.days.rotation]]\nzone = 'UTC'\nhours = 'daily 08:00-16:00'\nexcept = 'xmas'\nmembers = ['hana']\n";
    let book = Handbook::gather([org, xmas, team("ledger", "ana", beside)]);
    assert_eq!(told(&book), [] as [&str; 0]);
    let on = |at: &str| book.schedule("days").unwrap().on_call(at.parse().unwrap()).people.len();
    assert_eq!((on("2026-12-24T12:00:00Z"), on("2026-12-25T12:00:00Z")), (1, 0));
    let owes = book.scheme(Some("ledger")).unwrap().response(&"sev1".parse().unwrap()).unwrap();
    assert_eq!(owes.cadence.len(), 1);
    assert!(book.scheme(None).is_ok());
}

#[test]
fn names_that_nobody_has_are_found_where_they_stand() {
    let check =
        |beside: &str, expected: &[&str]| assert_eq!(told(&Handbook::gather([team("a", "ana", beside)])), expected);
    check(
        "[[route]]\npolicy = 'other'\nwithin = 'x'\nwhen = { los = 'full' }",
        &[
            "teams/a.toml:23:10 handbook.unknown_policy",
            "teams/a.toml:24:10 escalation.unknown_window",
            "teams/a.toml:25:10 condition.unknown_fact",
        ],
    );
    check("[calendars]\nx = 'y.ics'", &["teams/a.toml:23:5 handbook.missing_file"]);
    check("[cadence]\ncustomers = { sev3 = ['5m', '20m'] }", &["teams/a.toml:23:15 severity.unknown_severity"]);
    check("[policy.a]\notherwise = { page = ['person:ana'] }", &["teams/a.toml:22:9 handbook.duplicate_name"]);
    check(
        "[[allow]]\ncode = 'coverage_hole'\nbecause = 'x'\nuntil = 2026-01-01",
        &["teams/a.toml:22:1 escalation.allowance_ended"],
    );
}

#[test]
fn only_what_a_change_introduced_fails() {
    let hole = "[[schedule.nights.rotation]]\nzone = 'UTC'\nhours = 'daily 20:00-07:00'\nmembers = ['ana']\n[policy.n]\notherwise = { page = ['person:ana'] }\n[policy.n.sev1]\nfirst = [{ page = ['on-call:nights'] }]\n";
    let (before, after) = (
        Handbook::gather([team("a", "ana", hole)]),
        Handbook::gather([team("a", "ana", &hole.replace("20:00", "21:00"))]),
    );
    let same = before.report(from(), Some(&before));
    let team = &same.teams[0];
    assert_eq!(
        (team.errors, team.known, team.why.as_str()),
        (0, 3, "a: 3 findings known before; the claim is proved; n: the claim is refuted, all by coverage_hole")
    );
    let report = after.report(from(), Some(&before));
    let change = report.teams[0].change.as_ref().unwrap();
    assert_eq!(
        change.why,
        "rotation 1 changes `hours`; 1 of 1 week gets another person, the first on 2026-12-07 (nobody instead of ana)"
    );
    assert_eq!(
        lines(&report.teams[0].findings),
        ["teams/a.toml:24:9 escalation.coverage_hole", "teams/a.toml:29:20 escalation.coverage_hole"]
    );
}
