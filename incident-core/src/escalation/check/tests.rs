//! What a team's file is told, good and with slips.

use crate::codes;
use crate::directory::Directory;
use crate::escalation::EscalationPolicy;
use crate::escalation::proof::tests::{GOOD, SLIPS, Team, team};
use crate::escalation::world::World;
use crate::finding::Finding;
use crate::time::TZ_VERSION;

fn world(team: Team) -> (World, EscalationPolicy) {
    let policy = EscalationPolicy::from_json(&team.policy.to_string()).unwrap();
    (World::new(team.directory).with_schedule("primary".parse().unwrap(), team.schedule), policy)
}

fn found(text: &str) -> Vec<Finding> {
    let (world, policy) = world(team(text));
    policy.check(&[], Some(&world), Some("2026-12-07T08:00".parse().unwrap()))
}

#[test]
fn a_sound_file_has_one_note() {
    let told: Vec<String> = found(GOOD).iter().map(ToString::to_string).collect();
    assert_eq!(told, ["note[escalation.ends_quietly]: a SEV3 that nobody acknowledges ends quietly"]);
}

#[test]
fn its_proof_says_what_is_reached() {
    let (world, policy) = world(team(GOOD));
    let proof = policy.verify(&world, "2026-12-07T08:00".parse().unwrap()).unwrap();
    let expected = format!(
        "payments: all 5 claims proved for 2026-12-07 08:00 .. 2027-06-07 08:00 Berlin (26 weeks, 3 severities x 3 areas, \
         tz data {TZ_VERSION})\n\
         \x20 sev1  first page at once; second person after 5 min\n\
         \x20 sev2  first page at once; second person after 15 min\n\
         \x20 load  at most 14 h a week on call in sleeping hours (limit 14: Fay, week of 15 March); in Los Angeles Dee 755 h, \
         Eli 756, Fay 672; in Berlin Ana 624 h, Ben 588, Chen 552, Gus 420 of 26 weeks\n\
         \x20 note  clocks change in Los Angeles on 14 March, in Berlin on 28 March: between them Pacific stays 1 h longer, \
         to midnight; no hole\n\
         assuming: every page is delivered, nobody acknowledges, overrides as given (1), no absences given"
    );
    assert_eq!(proof.to_string(), expected);
}

/// A finding and some of its facts.
fn told(finding: &Finding, facts: &[&str]) -> Vec<String> {
    let facts = facts.iter().map(|name| format!("{name}: {}", finding.facts.get(*name).map_or("", String::as_str)));
    std::iter::once(format!("{} {finding}", finding.path)).chain(facts).collect()
}

#[test]
fn slips_are_found_with_when_and_what_then() {
    let found = found(SLIPS);
    let [quiet, hole, engaged] = found.as_slice() else { panic!("{found:#?}") };
    assert_eq!(quiet.code, codes::ENDS_QUIETLY);
    assert_eq!(
        told(hole, &["when", "then", "severities", "times"]),
        [
            "/escalation/sev1/first/0/page/0 error[escalation.coverage_hole]: a SEV1 finds nobody on call for 1 hour, on 13 \
             mornings; remove `hours` of the last rotation, `pacific`: a rotation without hours takes what the ones before \
             it leave open",
            "when: 2027-03-15 to 2027-03-27, 07:00-08:00 in Berlin, 23:00-24:00 in Los Angeles (06:00-07:00 UTC)",
            "then: +0m `on-call:primary` is empty, so are +5m and +10m; `otherwise` pages Hana and Iris, who are not on call",
            "severities: sev1, sev2",
            "times: 13",
        ]
    );
    let labels = |finding: &Finding| -> Vec<String> {
        finding.labels.iter().map(|label| format!("{}: {}", label.path, label.message)).collect()
    };
    assert_eq!(
        labels(hole),
        [
            "/schedule/primary/rotation/1/hours: ends at 06:00 UTC once Los Angeles is on summer time",
            "/schedule/primary/rotation/0/hours: begins at 07:00 UTC until Berlin is too",
        ]
    );
    assert_eq!(
        labels(engaged),
        ["/areas/payouts: Fay is the only expert, and already engaged: on call, as Eli's buddy, or next after Eli"]
    );
    assert_eq!(
        told(engaged, &["when", "then", "areas"]),
        [
            "/escalation/sev1/reinforce/1/page warning[escalation.step_adds_nobody]: `experts` after 20 minutes without \
             progress pages nobody new for payouts in 17 of 26 weeks; name another expert of payouts",
            "when: first for a SEV1 declared Mon 2026-12-14 19:55 Berlin (18:55 UTC), after 20 minutes without progress",
            "then: Fay is the only expert, and already engaged: on call, as Eli's buddy, or next after Eli",
            "areas: payouts",
        ]
    );
}

#[test]
fn the_proof_of_a_file_with_slips_is_refuted() {
    let (world, policy) = world(team(SLIPS));
    let proof = policy.verify(&world, "2026-12-07T08:00".parse().unwrap()).unwrap();
    assert!(
        proof.why.starts_with("1 of 5 claims proved, 4 refuted, all by coverage_hole, for 2026-12-07 08:00"),
        "{proof}"
    );
    let [first, ..] = proof.claims.as_slice() else { panic!("five claims") };
    let [example] = first.counterexamples.as_slice() else { panic!("one counterexample") };
    assert_eq!((example.spans.len(), example.minutes, example.areas.len(), example.without_area), (13, 780, 3, true));
    assert_eq!(
        example.why,
        "a SEV1 declared Mon 2027-03-15 07:00 Berlin (06:00 UTC) has nobody paged by a step within 1 minute: +0m \
         `on-call:primary` is empty, so are +5m and +10m; `otherwise` pages Hana and Iris, who are not on call (780 minutes \
         in 13 stretches)"
    );
    let lines: Vec<&str> = example.trace.iter().take(3).map(|line| line.why.as_str()).collect();
    assert_eq!(
        lines,
        ["`on-call:primary`: nobody", "`otherwise`: Hana and Iris paged", "`next:primary` and `buddy`: nobody"]
    );
}

#[test]
fn what_is_behind_a_code_is_explained_minute_by_minute() {
    let (world, policy) = world(team(SLIPS));
    let from = "2026-12-07T08:00".parse().unwrap();
    let text = policy.explain(&world, from, codes::COVERAGE_HOLE).unwrap();
    assert!(
        text.starts_with(
            "escalation.coverage_hole\nSEV1: 780 minutes of declarations, in 3 of 26 weeks\n  for 1 hour, on 13 mornings: \
             2027-03-15 to 2027-03-27, 07:00-08:00 in Berlin, 23:00-24:00 in Los Angeles (06:00-07:00 UTC)\n  declared Mon \
             2027-03-15 07:00 Berlin (06:00 UTC)\n    07:00    +0m  `on-call:primary`: nobody\n    07:00    +0m  \
             `otherwise`: Hana and Iris paged\n"
        ),
        "{text}"
    );
    assert_eq!(policy.explain(&world, from, codes::ENDS_QUIETLY).unwrap_err().code, codes::NOT_EXPLAINED);
}

/// What is found in a policy alone, `sev1` and `sev2` being the severities there are.
fn alone(policy: &str, expected: &[&str]) {
    let policy = EscalationPolicy::from_json(policy).unwrap();
    let severities = ["sev1", "sev2"].map(|it| it.parse().unwrap());
    let found = policy.check(&severities, None, None);
    let told: Vec<String> = found.iter().map(|it| format!("{} {}", it.path, it.code)).collect();
    assert_eq!(told, expected, "{found:#?}");
}

#[test]
fn steps_that_can_do_nothing_are_found_without_a_world() {
    alone(
        r#"{"escalation":{"otherwise":{"page":["person:ana"]},"on_empty":"wait_until_someone",
            "sev1":{"first":[{"at":"2m","page":["on-call:a"]},{"at":"2m","page":["on-call:a"]}]},
            "sev2":{"first":[{"page":["buddy"]},{"page":["person:ana"]},{"at":"5m","page":["person:ana"]}],
                    "reinforce":[{"when":{"severity":"raised"},"page":["team:t"]}]},
            "sev4":{"authority":[{"page":["person:bo"]}]}},
            "prove":{"sev3":{"first_page":"1m"}}}"#,
        &[
            "/prove/sev3 escalation.severity_without_policy",
            "/escalation/sev1/first escalation.late_first_page",
            "/escalation/sev1/first/0 escalation.unbounded_step",
            "/escalation/sev1/first/1/page escalation.shadowed_step",
            "/escalation/sev1/first/1 escalation.unbounded_step",
            "/escalation/sev2/first/0 escalation.unbounded_step",
            "/escalation/sev2/first/2/page escalation.shadowed_step",
            "/escalation/sev2/reinforce/0/when escalation.never_reached",
            "/escalation/sev4 escalation.no_first_response",
        ],
    );
    alone(
        r#"{"escalation":{"otherwise":{"page":["person:ana"]},"sev1":{"first":[{"page":["buddy","lead:1"]}]}}}"#,
        &[
            "/escalation escalation.severity_without_policy",
            "/escalation/sev1/first/0/page escalation.step_finds_nobody",
        ],
    );
}

#[test]
fn names_that_nobody_has_are_found_in_a_world() {
    let text = r#"{"people":{"ana":{"zone":"UTC"}},"teams":{"t":{}},"areas":{"shop":{}}}"#;
    let world = World::new(Directory::from_json(text).unwrap());
    let policy = r#"{"escalation":{"otherwise":{"page":["person:anna"]},"sev1":{"first":[{"page":
        ["on-call:a","next:a","team:tt","team:t","slot:s","experts","buddy"]}]}}}"#;
    let found = EscalationPolicy::from_json(policy).unwrap().check(&[], Some(&world), None);
    let told: Vec<String> = found.iter().map(|it| format!("{} {it}", it.path)).collect();
    assert_eq!(
        told,
        [
            "/escalation/otherwise/page/0 error[directory.unknown_person]: `anna` is not among the people; did you mean `ana`?",
            "/escalation/sev1/first/0/page/0 error[escalation.unknown_schedule]: `a` is not among the schedules",
            "/escalation/sev1/first/0/page/1 error[escalation.unknown_schedule]: `a` is not among the schedules",
            "/escalation/sev1/first/0/page/2 error[directory.unknown_team]: `tt` is not among the teams; did you mean `t`?",
            "/escalation/sev1/first/0/page/3 warning[escalation.empty_target]: team `t` has no members, so `team:t` finds \
             nobody",
            "/escalation/sev1/first/0/page/4 error[escalation.unknown_slot]: `s` is not among the slots",
            "/escalation/sev1/first/0/page/5 warning[escalation.area_without_experts]: `experts` finds nobody for area \
             `shop`, which has no experts; name experts of `shop`",
        ]
    );
}

/// What playing a day of a small team finds.
fn day(schedule: &str, policy: &str) -> Vec<String> {
    let directory = r#"{"people":{"ana":{"zone":"UTC"},"bo":{"zone":"UTC"},"cy":{"zone":"UTC"}}}"#;
    let world = World::new(Directory::from_json(directory).unwrap())
        .with_schedule("a".parse().unwrap(), crate::Schedule::from_json(schedule).unwrap());
    let policy = EscalationPolicy::from_json(policy).unwrap();
    let found = policy.check(&[], Some(&world), Some("2026-12-07".parse().unwrap()));
    found.iter().map(|it| format!("{} {it}", it.path)).collect()
}

#[test]
fn a_step_that_finds_nobody_is_told_once() {
    let schedule = r#"{"rotation":[{"zone":"UTC","hours":"daily 08:00-20:00","members":["ana"]}]}"#;
    let otherwise = r#""otherwise":{"page":["person:cy"]}"#;
    let step = r#"{"at":"5m","page":["on-call:a"]}"#;
    assert_eq!(
        day(
            schedule,
            &format!(
                r#"{{"prove":{{"horizon":"1 day"}},"escalation":{{{otherwise},"sev1":{{"first":[{{"page":["person:bo"]}},{step}]}}}}}}"#
            )
        ),
        [
            "/escalation/sev1/first/1/page error[escalation.step_finds_nobody]: `on-call:a` of a SEV1 finds nobody 2 times at 2 \
             times of the day; add somebody who is always there, or close the hole"
        ]
    );
    // Inside a hole it is told there, once for each time of the clock.
    let told = day(
        schedule,
        &format!(
            r#"{{"prove":{{"horizon":"1 day"}},"escalation":{{{otherwise},"sev1":{{"first":[{{"page":["on-call:a"]}}]}}}}}}"#
        ),
    );
    let codes: Vec<&str> = told.iter().filter_map(|it| it.split(['[', ']']).nth(1)).collect();
    assert_eq!(codes, ["escalation.coverage_hole", "escalation.coverage_hole"], "{told:#?}");
}

#[test]
fn a_person_on_whom_all_depends_is_told() {
    let schedule = r#"{"rotation":[{"zone":"UTC","members":["ana"]}]}"#;
    let policy = r#"{"prove":{"horizon":"1 day"},"allow":[{"code":"step_adds_nobody","because":"one of us is away"}],
        "escalation":{"otherwise":{"page":["person:cy"]},"sev1":{"first":[{"page":["on-call:a"]},{"at":"5m","page":["person:ana"]}]}}}"#;
    assert_eq!(
        day(schedule, policy),
        [
            "/escalation/sev1/first warning[escalation.single_person]: all steps of a SEV1 reach the same person in 1 of 1 week; \
             page somebody else in a later step"
        ]
    );
}
