//! The state as text, late ticks, repeated deliveries, versions.

use super::play::{after, begin, check, line, play, policy, world};
use crate::{Escalation, EscalationAction, EscalationInput, codes};

const LADDER: &str = "[escalation.sev1]\nfirst = [{ page = ['on-call:primary'] }, { at = '5m', page = ['next:primary'] }, { at = '15m', page = ['lead:1'] }]";

fn pages(actions: &[EscalationAction]) -> Vec<String> {
    actions.iter().filter_map(line).collect()
}

#[test]
fn a_late_tick_asks_for_everything_that_was_due_as_of_its_minute() {
    let mut late = begin(&policy(LADDER), &[]);
    late.tick(after(20)).unwrap();
    let actions = late.drain(&world());
    assert_eq!(pages(&actions), ["+0 ana first/0/0", "+5 bo first/1/0", "+15 dee first/2/0"]);
    assert_eq!(
        actions.get(2).map(EscalationAction::why),
        Some("bo is next on call for `primary`: the first response to sev1 at 5 min; told 15 min late"),
    );
}

#[test]
fn what_is_told_out_of_order_counts_in_order_or_from_now() {
    let ack = |at: i64| (after(at), EscalationInput::Acknowledged { by: "ana".parse().unwrap() });
    // Before anything was asked for: in order.
    let mut escalation = begin(&policy(LADDER), &[]);
    escalation.tick(after(20)).unwrap();
    let (at, input) = ack(3);
    escalation.handle(at, input).unwrap();
    assert_eq!(pages(&escalation.drain(&world())), ["+0 ana first/0/0"]);
    // After that: from now.
    let mut escalation = begin(&policy(LADDER), &[]);
    escalation.tick(after(10)).unwrap();
    escalation.drain(&world());
    let (at, input) = ack(3);
    escalation.handle(at, input).unwrap();
    assert_eq!(pages(&escalation.drain(&world())), ["ToldLate"]);
    assert_eq!(escalation.next_deadline(), None);
}

#[test]
fn a_second_delivery_changes_nothing() {
    let text = format!("{LADDER}\nreinforce = [{{ when = {{ help = 'asked' }}, page = ['slot:commander'] }}]");
    let told = ["2 help ana", "2 help ana", "3 reassigned ana", "3 reassigned ana", "4 resolved"];
    check(&text, &[], &told, &["+0 ana first/0/0", "+2 gus reinforce/0/0", "+3 ana reassigned/0/0", "finished"]);
}

#[test]
fn a_stored_state_goes_on_as_if_nothing_had_happened() {
    let policy = policy(LADDER);
    let mut whole = begin(&policy, &[]);
    let mut parts = whole.clone();
    let expected = play(&mut whole, &world(), &["7 reassigned cy"], 40);
    let mut actions = play(&mut parts, &world(), &[], 6);
    for (told, until) in [(&["7 reassigned cy"][..], 8), (&[], 40)] {
        parts = Escalation::from_json(&parts.to_json().unwrap()).unwrap();
        parts = Escalation::resume(&parts.to_state().unwrap(), &policy).unwrap();
        actions.extend(play(&mut parts, &world(), told, until));
    }
    assert_eq!((actions, parts), (expected, whole));
}

#[test]
fn a_state_keeps_to_its_version_until_it_is_upgraded() {
    let (old, new) = (policy(LADDER), policy(&LADDER.replace("'5m", "'6m")));
    let mut escalation = begin(&old, &[]);
    escalation.drain(&world());
    let stored = escalation.to_state().unwrap();
    let no = Escalation::resume(&stored, &new).unwrap_err();
    assert_eq!((no.kind, no.code), (crate::ErrorKind::Conflict, codes::OTHER_VERSION));
    assert_eq!(Escalation::from_json(&stored).unwrap_err().code, codes::NO_POLICY);

    escalation.upgrade(after(2), &new).unwrap();
    let actions = play(&mut escalation, &world(), &[], 30);
    assert_eq!(pages(&actions), ["AddsNobody", "+8 bo first/1/0", "+17 dee first/2/0"]);
    assert_eq!(escalation.status().version, new.version());
}

#[test]
fn a_state_that_does_not_hold_together_is_refused() {
    let mut escalation = begin(&policy(LADDER), &[]);
    escalation.drain(&world());
    for (from, to) in [("\"responders\":[0]", "\"responders\":[7]"), ("\"paged\":[0]", "\"paged\":[9]")] {
        let stored = escalation.to_json().unwrap();
        assert!(stored.contains(from), "{stored}");
        assert_eq!(Escalation::from_json(&stored.replace(from, to)).unwrap_err().code, codes::BROKEN_STATE);
    }
}

#[test]
fn a_clock_that_is_a_year_ahead_is_refused() {
    let mut escalation = begin(&policy(LADDER), &[]);
    assert_eq!(escalation.tick("2028-01-01T00:00:00Z".parse().unwrap()).unwrap_err().code, codes::TOO_FAR);
    for minute in 0..10_000 {
        escalation.handle(after(minute), EscalationInput::Progress { by: None }).unwrap();
    }
    let no = escalation.handle(after(10_000), EscalationInput::Progress { by: None }).unwrap_err();
    assert_eq!(no.code, codes::NOT_DRAINED);
}
