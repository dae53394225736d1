//! Every clause of what an escalation means, a test each.

use super::play::{after, begin, check, line, play, policy, world};
use crate::EscalationAction;

const LADDER: &str = r#"[escalation.sev1]
first = [{ page = ["on-call:primary"] }, { at = "5m", page = ["next:primary", "buddy"] }, { at = "15m", page = ["lead:1"] }]
"#;

#[test]
fn steps_act_at_their_time_and_otherwise_at_the_end() {
    let told =
        ["+0 ana first/0/0", "+5 bo first/1/0", "+5 eli first/1/0", "+15 dee first/2/0", "+30 hana otherwise/0/0"];
    check(LADDER, &[], &[], &told);
}

#[test]
fn without_steps_the_end_counts_from_the_start() {
    check("[escalation.sev1]\nfirst = []", &[], &[], &["+15 hana otherwise/0/0"]);
    let text = "[escalation.sev1]\nreinforce = [{ at = '1m', page = ['person:cy'] }]";
    check(text, &[], &["5 acknowledged cy", "8 unacknowledged"], &["+1 cy reinforce/0/0", "+18 hana otherwise/0/0"]);
}

#[test]
fn an_end_may_be_quiet() {
    let text = "[escalation.sev1]\nend = 'quietly'\nfirst = [{ page = ['on-call:primary'] }]";
    check(text, &[], &[], &["+0 ana first/0/0", "EndsQuietly"]);
}

#[test]
fn all_of_otherwise_are_paged_at_the_end_engaged_or_not_and_once() {
    let text = "escalation.otherwise = { after = '5m', page = ['person:ana', 'person:hana'] }\n[escalation.sev1]\nfirst = [{ page = ['on-call:primary'] }]";
    check(text, &[], &[], &["+0 ana first/0/0", "+5 ana otherwise/0/0", "+5 hana otherwise/0/0"]);
    // Without a time of its own it comes with the last page: once per person and minute.
    let text = text.replace("after = '5m', ", "");
    check(&text, &[], &[], &["+0 ana first/0/0", "+0 hana otherwise/0/0"]);
}

#[test]
fn acknowledged_the_first_response_stands_still_and_goes_on_where_it_stopped() {
    check(
        LADDER,
        &[],
        &["3 acknowledged ana", "60 unacknowledged"],
        // Two minutes were left to the second step; the schedule has handed over by then.
        &["+0 ana first/0/0", "+62 eli first/1/0", "+72 dee first/2/0", "+87 hana otherwise/0/0"],
    );
}

#[test]
fn what_is_told_in_a_minute_comes_before_what_is_due_in_it() {
    check(LADDER, &[], &["5 acknowledged ana"], &["+0 ana first/0/0"]);
    check(LADDER, &[], &["0 acknowledged cy"], &[]);
}

#[test]
fn an_acknowledgement_may_run_out() {
    let text = format!("{LADDER}acknowledged_for = '30m'\n");
    check(
        &text,
        &[],
        &["3 acknowledged ana", "20 acknowledged ana"],
        &["+0 ana first/0/0", "+52 eli first/1/0", "+62 dee first/2/0", "+77 hana otherwise/0/0"],
    );
}

#[test]
fn a_snooze_ends_by_itself_or_is_ended() {
    check(
        LADDER,
        &[],
        &["3 snoozed 60", "90 snoozed 200", "100 woken"],
        &["+0 ana first/0/0", "+62 eli first/1/0", "+72 dee first/2/0", "+87 hana otherwise/0/0"],
    );
    check(
        LADDER,
        &[],
        &["3 snoozed 60", "8 woken"],
        &["+0 ana first/0/0", "+10 eli first/1/0", "+20 dee first/2/0", "+35 hana otherwise/0/0"],
    );
}

#[test]
fn the_engaged_are_not_paged_again_by_a_step() {
    let text = "[escalation.sev1]\nfirst = [{ page = ['person:ana'] }, { at = '1m', page = ['on-call:primary', 'person:ana'] }]";
    check(text, &[], &[], &["+0 ana first/0/0", "AddsNobody", "+16 hana otherwise/0/0"]);
}

#[test]
fn a_step_that_finds_nobody_pages_otherwise_at_once() {
    let text =
        "[escalation.sev1]\nfirst = [{ page = ['on-call:empty', 'buddy'] }, { at = '5m', page = ['on-call:primary'] }]";
    check(text, &[], &[], &["FindsNobody", "+0 hana otherwise/0/0", "+5 ana first/1/0", "+20 hana otherwise/0/1"]);
    let nobody = format!("escalation.otherwise = {{ page = ['on-call:empty'] }}\n{text}");
    check(&nobody, &[], &[], &["FindsNobody", "nobody reachable", "+5 ana first/1/0", "nobody reachable"]);
}

#[test]
fn an_empty_step_may_be_skipped_or_wait() {
    let steps = "first = [{ page = ['on-call:empty'] }, { at = '30m', page = ['on-call:primary'] }, { at = '60m', page = ['person:cy'] }]";
    let text = |on_empty: &str| {
        format!(
            "[escalation]\non_empty = '{on_empty}'\notherwise = {{ after = '15m', page = ['person:hana'] }}\n[escalation.sev1]\n{steps}"
        )
    };
    check(&text("skip"), &[], &[], &["Skips", "+0 ana first/1/0", "+30 cy first/2/0", "+45 hana otherwise/0/0"]);
    check(&text("wait_until_someone"), &[], &[], &["Waits", "+30 bo first/1/0", "+60 cy first/2/0"]);
    let until = text("wait_until_someone").replace("on-call:empty", "slot:scribe");
    let mut escalation = begin(&policy(&until), &[]);
    let early = play(&mut escalation, &world(), &[], 20);
    let late =
        play(&mut escalation, &world().with_slot("scribe".parse().unwrap(), vec!["ivy".parse().unwrap()]), &[], 30);
    let lines: Vec<_> = early.iter().chain(&late).filter_map(line).collect();
    assert_eq!(lines, ["Waits", "+21 ivy first/0/0", "+30 bo first/1/0"]);
}

/// Skipping brings the steps that follow nearer, and no repeat: two in one minute would be one.
#[test]
fn a_skipped_step_hastens_no_repeat() {
    let steps = "first = [{ at = '2m', page = ['person:ana'], again = { every = '1m', times = 2 } }, { at = '3m', page = ['on-call:empty'] }, { at = '20m', page = ['person:cy'] }]";
    let otherwise = "otherwise = { after = '15m', page = ['person:hana'] }";
    check(
        &format!("[escalation]\non_empty = 'skip'\n{otherwise}\n[escalation.sev1]\n{steps}"),
        &[],
        &[],
        &[
            "+2 ana first/0/0",
            "+3 ana first/0/1",
            "Skips",
            "+3 cy first/2/0",
            "+4 ana first/0/2",
            "+19 hana otherwise/0/0",
        ],
    );
}

/// The policy goes on as written: who was paged is engaged. The status says who has not heard of it.
#[test]
fn a_page_that_did_not_arrive_is_told_until_the_person_is_paged_anew_or_acts() {
    let text =
        "[escalation.sev1]\nfirst = [{ page = ['person:ana', 'person:bo'], again = { every = '5m', times = 1 } }]";
    let mut escalation = begin(&policy(text), &[]);
    let pages = play(&mut escalation, &world(), &[], 1);
    let fails = |escalation: &mut crate::Escalation, minute: i64| {
        for action in &pages {
            if let EscalationAction::Page(page) = action {
                let page = page.id;
                escalation.handle(after(minute), crate::EscalationInput::DeliveryFailed { page }).unwrap();
            }
        }
        let told = escalation.drain(&world());
        told.iter().map(|action| action.why().to_owned()).collect::<Vec<_>>()
    };
    let told = fails(&mut escalation, 2);
    assert!(told[0].ends_with(" to ana did not arrive; the policy goes on"), "{told:?}");
    let undelivered = |escalation: &crate::Escalation| {
        escalation.status().undelivered.iter().map(ToString::to_string).collect::<Vec<_>>()
    };
    assert_eq!(undelivered(&escalation), ["ana", "bo"]);
    play(&mut escalation, &world(), &["3 acknowledged bo", "4 unacknowledged"], 4);
    assert_eq!(undelivered(&escalation), ["ana"]);
    assert_eq!(escalation.status().engaged.len(), 2);
    let again = play(&mut escalation, &world(), &[], 6);
    assert_eq!(again.iter().filter_map(line).collect::<Vec<_>>(), ["+6 ana first/0/1", "+6 bo first/0/1"]);
    assert!(undelivered(&escalation).is_empty());
}

#[test]
fn a_step_repeats_to_those_it_paged_and_whom_it_finds_anew() {
    let text = "[escalation.sev1]\nfirst = [{ page = ['on-call:primary'], again = { every = '5m', times = 3 } }]";
    check(
        text,
        &[],
        &[],
        &[
            "+0 ana first/0/0",
            "+5 ana first/0/1",
            // Bo is on call by now.
            "+10 ana first/0/2",
            "+10 bo first/0/2",
            "+15 ana first/0/3",
            "+15 bo first/0/3",
            "+30 hana otherwise/0/0",
        ],
    );
}

#[test]
fn a_window_holds_a_step_and_later_ones_keep_their_time() {
    let text = "[windows.noon]\nzone = 'Europe/Berlin'\nhours = 'daily 12:00-13:00'\n[escalation]\notherwise = { page = ['person:hana'] }\n[escalation.sev1]\nfirst = [{ page = ['on-call:primary'], within = 'noon', again = { every = '40m', times = 2 } }, { at = '5m', page = ['person:cy'] }]";
    let mut escalation = begin(&policy(text), &[]);
    let lines: Vec<_> = play(&mut escalation, &world(), &[], 60 * 25).iter().filter_map(line).collect();
    assert_eq!(
        lines,
        [
            "+5 cy first/1/0",
            "+60 bo first/0/0",
            "+100 bo first/0/1",
            // The third time waits for the next day; ana is on call by then.
            "+1500 bo first/0/2",
            "+1500 ana first/0/2",
            "+1500 hana otherwise/0/0",
        ]
    );
}

#[test]
fn a_window_of_the_recipient_holds_each_page() {
    let text = "[windows.awake]\nzone = 'recipient'\nhours = 'daily 07:00-22:00'\n[escalation]\notherwise = { after = '15m', page = ['person:hana'] }\n[escalation.sev1]\nfirst = [{ page = ['on-call:primary', 'next:primary'], within = 'awake' }]";
    // Five in the morning in New York.
    check(text, &[], &[], &["+0 ana first/0/0", "+120 bo first/0/0"]);
    check(text, &[], &["60 reassigned bo"], &["+0 ana first/0/0", "+60 bo reassigned/0/0"]);
}

#[test]
fn help_acts_each_time_and_whoever_asks_hears_of_nobody_new() {
    let text = "[escalation.sev1]\nfirst = [{ page = ['on-call:primary'] }]\nreinforce = [{ when = { help = 'asked' }, page = ['experts', 'buddy'] }, { when = { help = 'fatigue' }, page = ['person:gus'] }]";
    check(
        text,
        &["checkout"],
        &["1 acknowledged ana", "2 help ana", "3 help ana"],
        &["+0 ana first/0/0", "+2 cy reinforce/0/0", "+2 eli reinforce/0/0", "nobody new for ana"],
    );
    check("[escalation.sev1]", &[], &["0 acknowledged ana", "2 help ana"], &["HelpUnanswered"]);
}

#[test]
fn experts_without_an_area_do_nothing() {
    let text = "[escalation.sev1]\nfirst = [{ page = ['experts'] }]";
    check(text, &[], &[], &["NoAreaKnown", "+15 hana otherwise/0/0"]);
    check(
        text,
        &["checkout", "ledger"],
        &[],
        &["+0 cy first/0/0", "+0 ana first/0/0", "+0 fay first/0/0", "+15 hana otherwise/0/0"],
    );
    check(&text.replace("experts", "experts:1"), &["checkout"], &[], &["+0 cy first/0/0", "+15 hana otherwise/0/0"]);
    // Another target of the step is asked all the same.
    check(
        &text.replace("'experts'", "'experts', 'on-call:empty'"),
        &[],
        &[],
        &["NoAreaKnown", "FindsNobody", "+0 hana otherwise/0/0", "+15 hana otherwise/0/1"],
    );
}

#[test]
fn quiet_is_broken_by_progress_alone() {
    let text = "[escalation.sev1]\nfirst = [{ page = ['on-call:primary'] }]\nreinforce = [{ when = { no_progress = '20m' }, page = ['slot:commander', 'experts'] }]";
    check(
        text,
        &[],
        &["10 acknowledged ana", "15 help ana", "20 snoozed 25", "40 area checkout", "80 severity sev1"],
        &["+0 ana first/0/0", "HelpUnanswered", "NoAreaKnown", "+30 gus reinforce/0/0", "+60 cy reinforce/0/1"],
    );
}

#[test]
fn a_change_of_severity_starts_its_tracks_and_unpages_nobody() {
    let text = format!(
        "{LADDER}[escalation.sev2]\nfirst = [{{ page = ['person:cy'] }}, {{ at = '5m', page = ['on-call:primary'] }}]\nreinforce = [{{ when = {{ severity = 'raised' }}, page = ['slot:commander'] }}]\n[escalation.sev3]\nfirst = [{{ page = ['person:bo'] }}]"
    );
    check(
        &text,
        &[],
        &["2 severity sev3", "3 severity sev2"],
        &[
            "+0 ana first/0/0",
            "+2 bo first/0/0",
            "+3 cy first/0/1",
            "+3 gus reinforce/0/0",
            "AddsNobody",
            "+23 hana otherwise/0/0",
        ]
        .map(|line| {
            if line == "+2 bo first/0/0" {
                "+2 bo first/0/1"
            } else if line == "+3 cy first/0/1" {
                "+3 cy first/0/2"
            } else {
                line
            }
        }),
    );
    // Acknowledged, the new first response stands still at its start.
    check(
        &text,
        &[],
        &["1 acknowledged ana", "2 severity sev3", "30 unacknowledged"],
        &["+0 ana first/0/0", "+30 bo first/0/1", "+45 hana otherwise/0/0"],
    );
}

#[test]
fn a_severity_without_tracks_goes_to_otherwise() {
    check(LADDER, &[], &["2 severity sev9"], &["+0 ana first/0/0", "SeverityWithoutPolicy", "+2 hana otherwise/0/0"]);
}

#[test]
fn a_new_owner_is_paged_at_once_and_the_track_goes_on() {
    check(
        LADDER,
        &[],
        &["2 reassigned bo ana", "3 reassigned ana"],
        &[
            "+0 ana first/0/0",
            "+2 bo reassigned/0/0",
            "+3 ana reassigned/0/1",
            // Bo responds now, and has a buddy.
            "+5 eli first/1/0",
            "+5 fay first/1/0",
            "+15 dee first/2/0",
            "+30 hana otherwise/0/0",
        ],
    );
    let away = crate::Absence {
        person: "bo".parse().unwrap(),
        days: Some("2026-12-07".parse().unwrap()),
        from: None,
        until: None,
        because: None,
        source: None,
    };
    let world = world().with_absences(vec![away]).unwrap();
    let mut escalation = begin(&policy(LADDER), &[]);
    let actions = play(&mut escalation, &world, &["2 reassigned bo"], 2);
    assert_eq!(actions.iter().filter_map(line).collect::<Vec<_>>(), ["+0 ana first/0/0", "nobody reachable"]);
    assert_eq!(
        actions.last().map(EscalationAction::why),
        Some("it was given to bo, who is absent: nobody can be reached at 2026-12-07T10:02:00Z"),
    );
}

#[test]
fn a_lead_who_is_absent_is_passed_over() {
    let text = "[escalation.sev1]\nfirst = [{ page = ['on-call:primary'] }, { at = '1m', page = ['lead:1'] }, { at = '2m', page = ['lead:2'] }]";
    check(text, &[], &[], &["+0 ana first/0/0", "+1 dee first/1/0", "+2 hana first/2/0", "+17 hana otherwise/0/0"]);
    let away: crate::Absence = serde_json::from_str(r#"{"person":"dee","days":"2026-12-07"}"#).unwrap();
    let mut escalation = begin(&policy(text), &[]);
    let actions = play(&mut escalation, &world().with_absences(vec![away]).unwrap(), &[], 10);
    assert_eq!(
        actions.iter().filter_map(line).collect::<Vec<_>>(),
        ["+0 ana first/0/0", "+1 hana first/1/0", "AddsNobody"]
    );
}

#[test]
fn teams_take_turns_from_a_place_that_follows_from_the_incident() {
    let text = "[escalation.sev1]\nfirst = [{ page = ['round-robin:all'] }, { at = '1m', page = ['round-robin:all'] }, { at = '2m', page = ['team:all'] }]";
    check(text, &[], &[], &["+0 bo first/0/0", "+1 cy first/1/0", "+2 ana first/2/0", "+17 hana otherwise/0/0"]);
}

#[test]
fn the_chain_of_command_is_not_stopped_by_an_acknowledgement() {
    let text = format!("{LADDER}authority = [{{ at = '30m', page = ['lead:2'] }}]");
    check(&text, &[], &["3 acknowledged ana"], &["+0 ana first/0/0", "+30 hana authority/0/0"]);
}

#[test]
fn nobody_is_paged_once_it_is_resolved() {
    check(LADDER, &[], &["4 resolved", "6 reassigned cy", "7 help"], &["+0 ana first/0/0", "finished"]);
    // Also not for what was due before, and had not been asked for.
    let mut escalation = begin(&policy(LADDER), &[]);
    escalation.tick(after(20)).unwrap();
    escalation.handle(after(21), crate::EscalationInput::Resolved {}).unwrap();
    let lines: Vec<_> = escalation.drain(&world()).iter().filter_map(line).collect();
    assert_eq!((lines, escalation.next_deadline()), (vec!["finished".to_owned()], None));
}

#[test]
fn every_page_says_why() {
    let text = r#"[escalation.sev1]
    first = [{ page = ["on-call:primary"], again = { every = "2m", times = 1 } }, { at = "3m", page = ["next:primary", "buddy", "team:all", "slot:commander"] }, { at = "4m", page = ["lead:1", "lead:2"] }, { at = "5m", page = ["on-call:empty"] }]
    reinforce = [{ when = { no_progress = "20m" }, page = ["experts"] }]
    "#;
    let text = text.replace("[escalation.sev1]", "escalation.otherwise = { page = ['person:jo'] }\n[escalation.sev1]");
    let mut escalation = begin(&policy(&text), &["ledger"]);
    let actions = play(&mut escalation, &world(), &["6 reassigned kim ana"], 30);
    let why: Vec<_> = actions.iter().skip(1).map(EscalationAction::why).collect();
    let expected = [
        "ana is on call for `primary`: the first response to sev1 at once",
        "ana was paged by this step: the first response to sev1 at once, again (1 of 1)",
        "bo is next on call for `primary`: the first response to sev1 at 3 min",
        "eli is a buddy of ana: the first response to sev1 at 3 min",
        "cy is in team `all`: the first response to sev1 at 3 min",
        "gus is `commander`: the first response to sev1 at 3 min",
        "dee leads ana: the first response to sev1 at 4 min",
        "hana is above ana in the chain of command: the first response to sev1 at 4 min",
        "the first response to sev1 at 5 min: it finds nobody, so `otherwise` is paged",
        "jo is named in `otherwise`: the first response to sev1 at 5 min finds nobody",
        "the first response is at its end, and nobody has acknowledged: all of `otherwise` were paged this minute",
        "it was given to kim by ana",
        "fay is an expert of `ledger`: reinforcement for sev1 after 20 min without progress",
    ];
    assert_eq!(why, expected);
    assert_eq!(
        actions.first().map(EscalationAction::why),
        Some(format!("policy `escalation` pages for sev1, in version {}", policy(&text).version()).as_str()),
    );
}
