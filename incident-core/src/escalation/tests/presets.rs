//! Presets: what they promise, checked in a sample world at many declarations.

use super::play::{line, start};
use crate::text::{Format, Source};
use crate::{
    Elapsed, Escalation, EscalationAction, EscalationBasis, EscalationPolicy, EscalationPreset, EscalationTrack, World,
};

/// Two regions, primary and secondary, commanders; everything that the presets assume.
const WORLD: &str = r#"
[directory.people]
ana = { zone = "Europe/Berlin", lead = "hana", buddies = ["ben"] }
ben = { zone = "Europe/Berlin", lead = "hana", buddies = ["cy"] }
cy  = { zone = "Europe/Berlin", lead = "hana", buddies = ["ana"] }
dee = { zone = "America/Los_Angeles", lead = "hana", buddies = ["eli"] }
eli = { zone = "America/Los_Angeles", lead = "hana", buddies = ["fay"] }
fay = { zone = "America/Los_Angeles", lead = "hana", buddies = ["dee"] }
gus = { zone = "Europe/London", lead = "vera" }
ivy = { zone = "Europe/London", lead = "vera" }
hana = { zone = "Europe/London", lead = "vera" }
vera = { zone = "Europe/London" }
[directory.teams]
leads = { members = ["hana", "vera"] }
[directory.areas]
checkout = { experts = ["jo", "kim"] }
[[schedules.primary.rotation]]
zone = "UTC"
turn = "1 week"
start = "2026-12-01"
members = ["ana", "ben", "cy"]
[[schedules.secondary.rotation]]
zone = "UTC"
turn = "1 week"
start = "2026-12-01"
members = ["dee", "eli", "fay"]
[[schedules.commander.rotation]]
zone = "UTC"
turn = "1 week"
start = "2026-12-01"
members = ["gus", "ivy"]
[[schedules.sun.rotation]]
zone = "Europe/Berlin"
hours = "daily 08:00-20:00"
turn = "1 week"
start = "2026-12-01"
handoff = "08:00"
members = ["ana", "ben"]
[[schedules.sun.rotation]]
zone = "America/Los_Angeles"
turn = "1 week"
start = "2026-12-01"
handoff = "11:00"
members = ["dee", "eli"]
[[schedules.standby.rotation]]
zone = "Europe/Berlin"
hours = "daily 08:00-20:00"
members = ["cy"]
[[schedules.standby.rotation]]
zone = "America/Los_Angeles"
members = ["fay"]
"#;

/// Declares every 47 minutes for three weeks: when the first page comes, and the second person, at the latest.
fn check(preset: EscalationPreset, severity: &str, first: i64, second: i64) {
    let policy = EscalationPolicy::preset(preset).unwrap();
    let world = World::of(Source::parse(WORLD, Format::Toml).unwrap().read().unwrap()).unwrap();
    for at in (0..3 * 7 * 24 * 60).step_by(47) {
        let declared = start().plus(Elapsed::minutes(at));
        let basis = EscalationBasis {
            severity: Some(severity.parse().unwrap()),
            ..EscalationBasis::new("019acdef-0000-7000-8000-000000000001".parse().unwrap())
        };
        let mut escalation = Escalation::begin(basis, &policy, declared).unwrap();
        escalation.tick(declared.plus(Elapsed::minutes(second))).unwrap();
        let actions = escalation.drain(&world);
        let pages: Vec<_> = actions
            .iter()
            .filter_map(|it| if let EscalationAction::Page(page) = it { Some(page) } else { None })
            .filter(|page| page.track != EscalationTrack::Otherwise)
            .collect();
        let told = || actions.iter().filter_map(line).collect::<Vec<_>>();
        let one = pages.first().unwrap_or_else(|| panic!("nobody at {declared}: {:?}", told()));
        assert!(one.at.since(declared) <= Elapsed::minutes(first), "{declared}: {:?}", told());
        assert!(pages.iter().any(|page| page.person != one.person), "{preset:?} {declared}: {:?}", told());
    }
}

#[test]
fn presets_keep_what_they_promise() {
    check(EscalationPreset::TwoTiers, "sev1", 0, 5);
    check(EscalationPreset::TwoTiers, "sev2", 0, 15);
    check(EscalationPreset::FollowTheSun, "sev1", 0, 5);
    check(EscalationPreset::FollowTheSun, "sev2", 0, 15);
    check(EscalationPreset::Commander, "sev1", 0, 0);
    check(EscalationPreset::Commander, "sev2", 0, 10);
}

#[test]
fn what_can_wait_waits_for_the_morning_of_whoever_is_on_duty() {
    let policy = EscalationPolicy::preset(EscalationPreset::FollowTheSun).unwrap();
    let world = World::of(Source::parse(WORLD, Format::Toml).unwrap().read().unwrap()).unwrap();
    let basis = EscalationBasis {
        severity: Some("sev3".parse().unwrap()),
        ..EscalationBasis::new("019acdef-0000-7000-8000-000000000001".parse().unwrap())
    };
    // Saturday noon in Berlin: whoever is on duty there hears of it on Monday at nine.
    let saturday = "2026-12-12T11:00:00Z".parse().unwrap();
    let mut escalation = Escalation::begin(basis, &policy, saturday).unwrap();
    escalation.drain(&world);
    assert_eq!(escalation.next_deadline(), Some("2026-12-14T08:00:00Z".parse().unwrap()));
}
