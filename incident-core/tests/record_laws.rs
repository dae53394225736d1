//! Laws of the record, over random lives of an incident.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::cast_possible_truncation,
    clippy::cast_possible_wrap,
    reason = "tests"
)]

mod record;

use std::collections::{BTreeMap, BTreeSet};

use incident_core::{
    Candidate, Clearance, Entry, Event, Fact, Incident, Level, Lifecycle, LifecycleState, Seq, SeverityId, StateKind,
    Timestamp, Viewer, vocabulary,
};
use proptest::prelude::*;
use record::{MARK, VERBS, begun, entry, event, event_names, id, instant, lived, of, perform, person, steps};

fn json(value: &impl serde::Serialize) -> String {
    serde_json::to_string(value).unwrap()
}

/// Everything that is derived from a log, as text.
fn derived(incident: &Incident) -> String {
    let at = instant(45);
    let seen =
        [Viewer::public(), Viewer::internal(person(1)), unrestricted("zed")].map(|viewer| incident.view(&viewer, at));
    format!(
        "{}\n{}\n{}\n{}\n{}\n{}\n{}\n{:?}\n{}",
        incident.to_json().unwrap(),
        json(&incident.overview(at)),
        json(&incident.timeline()),
        json(&incident.spans()),
        json(&incident.severities(at)),
        json(&incident.facts(at)),
        json(&incident.check()),
        incident.members(),
        json(&seen),
    )
}

fn unrestricted(name: &str) -> Viewer {
    Viewer { person: Some(name.parse().unwrap()), clearance: Clearance::Unrestricted }
}

fn cases(cases: u32) -> ProptestConfig {
    ProptestConfig { cases, failure_persistence: None, ..ProptestConfig::default() }
}

/// The log as another copy has it that never heard of redactions: only what verbs returned, in that order.
fn delivered(steps: &[record::Step]) -> (Incident, Vec<Vec<Entry>>) {
    let mut incident = begun();
    let mut batches = vec![incident.entries().to_vec()];
    for (at, step) in steps.iter().enumerate() {
        let seen = incident.entries().len();
        let told = perform(&mut incident, step, at).unwrap_or_default();
        if incident.entries().len() > seen {
            batches.push(told);
        }
    }
    (incident, batches)
}

#[test]
fn the_strategies_know_every_event_and_every_verb() {
    for name in event_names() {
        assert_eq!(event(name, "x", 1, 1).name(), name);
    }
    assert!(event_names().len() > 80);
    #[cfg(feature = "call")]
    for operation in incident_core::call::operations().filter(|operation| operation.kind == "verb") {
        // A foreign log comes by `apply`, what the rules answered by an event, and what an escalation asks has tests there.
        let Some(verb) = operation.name.strip_prefix("Incident.") else { continue };
        assert!(
            ["apply", "classify", "record"].contains(&verb) || VERBS.contains(&verb),
            "no `{verb}` in the strategy"
        );
    }
}

#[test]
fn most_verbs_and_events_get_through() {
    use proptest::strategy::ValueTree as _;
    let mut runner = proptest::test_runner::TestRunner::deterministic();
    let (mut said, mut refused, mut done) = (BTreeSet::new(), 0, 0);
    for _ in 0..200 {
        let steps = steps().new_tree(&mut runner).unwrap().current();
        let mut incident = begun();
        for (at, step) in steps.iter().enumerate() {
            if perform(&mut incident, step, at).is_ok() { done += 1 } else { refused += 1 }
        }
        said.extend(incident.entries().iter().map(|entry| entry.event.name().to_owned()));
    }
    let never: Vec<_> = event_names().into_iter().filter(|name| !said.contains(*name)).collect();
    assert_eq!(never, ["proposed", "accepted", "declined"], "an incident that was declared was not proposed");
    assert!(done > 800 && refused > 800, "{done} done, {refused} refused");
}

proptest! {
    #![proptest_config(cases(20))]

    #[test]
    fn a_replayed_log_is_the_incident(steps in steps()) {
        let live = lived(&steps);
        let again = Incident::replay(live.entries().to_vec()).unwrap();
        prop_assert_eq!(derived(&again), derived(&live));
        let text = live.to_json().unwrap();
        let read = Incident::from_json(&text).unwrap();
        prop_assert_eq!(&read, &live);
        prop_assert_eq!(read.to_json().unwrap(), text);
        prop_assert_eq!(derived(&read), derived(&live));
    }

    #[test]
    fn entries_that_come_again_change_nothing(steps in steps(), picks in prop::collection::vec(any::<prop::sample::Index>(), 0..80)) {
        let live = lived(&steps);
        let mut copy = live.clone();
        let again: Vec<_> = picks.iter().map(|pick| live.entries()[pick.index(live.entries().len())].clone()).collect();
        prop_assert_eq!(copy.apply(again).unwrap(), []);
        prop_assert_eq!(derived(&copy), derived(&live));
        // Also as another program wrote them: the same values, other text.
        let pretty: serde_json::Value = serde_json::from_str(&live.to_json().unwrap()).unwrap();
        let told: Vec<Entry> = serde_json::from_str(&serde_json::to_string_pretty(&pretty["entries"]).unwrap()).unwrap();
        prop_assert_eq!(copy.apply(told).unwrap(), []);
        prop_assert_eq!(derived(&copy), derived(&live));
    }

    #[test]
    fn what_verbs_return_makes_a_second_copy(steps in steps(), split in any::<prop::sample::Index>()) {
        let (live, batches) = delivered(&steps);
        let mut copy = Incident::replay(batches[0].clone()).unwrap();
        for batch in &batches[1..] {
            copy.apply(batch.clone()).unwrap();
        }
        prop_assert_eq!(derived(&copy), derived(&live));
        // Old words that arrive late do not come back.
        for batch in &batches {
            copy.apply(batch.clone()).unwrap();
        }
        prop_assert_eq!(derived(&copy), derived(&live));
        // A log that was cut: the second half is refused before the first, and nothing is lost.
        let cut = split.index(live.entries().len());
        let (first, second) = live.entries().split_at(cut);
        let Some(mut copy) = Incident::replay(first.to_vec()).ok() else { return Ok(()) };
        let before = derived(&copy);
        if second.len() > 1 {
            prop_assert_eq!(copy.apply(second[1..].to_vec()).unwrap_err().code.as_str(), "incident.broken_log");
            prop_assert_eq!(derived(&copy), before);
        }
        copy.apply(second.iter().rev().cloned()).unwrap();
        prop_assert_eq!(derived(&copy), derived(&live));
    }

    #[test]
    fn nothing_but_a_redaction_overwrites(steps in steps()) {
        let mut incident = begun();
        for (at, step) in steps.iter().enumerate() {
            let before: Vec<_> = incident.entries().iter().map(json).collect();
            let Ok(told) = perform(&mut incident, step, at) else { continue };
            let after: Vec<_> = incident.entries().iter().map(json).collect();
            if of(VERBS, step.verb as u8) != "redact" {
                prop_assert_eq!(&after[..before.len()], &before[..]);
                prop_assert!(told.iter().all(|entry| incident.entries().contains(entry)));
            }
        }
    }

    #[test]
    fn a_redaction_takes_the_words_everywhere_and_keeps_the_state(steps in steps(), which in any::<prop::sample::Index>()) {
        let mut incident = lived(&steps);
        let seq = Seq(which.index(incident.entries().len()) as u64 + 1);
        // Marked words that this entry alone has.
        let words = |entry: &Entry| json(entry).split('"').filter(|word| word.starts_with(MARK)).map(str::to_owned).collect::<BTreeSet<_>>();
        let others: BTreeSet<_> = incident.entries().iter().filter(|entry| entry.seq != seq).flat_map(words).collect();
        let key = incident.entry(seq).unwrap().key.clone();
        let own: Vec<_> = words(incident.entry(seq).unwrap()).difference(&others).filter(|word| Some(*word) != key.as_ref()).cloned().collect();
        let (state, spans, restricted, members) = (incident.state(), incident.spans(), incident.overview(instant(90)).restricted, incident.members());
        let mut copy = incident.clone();
        let Ok(told) = incident.redact(seq, "it was too much", &person(0).at(instant(90))) else { return Ok(()) };
        let text = derived(&incident);
        for word in own {
            prop_assert!(!text.contains(&format!("{word}\"")), "{word} shines through");
        }
        prop_assert_eq!(incident.state(), state);
        prop_assert_eq!(incident.overview(instant(90)).restricted, restricted, "a redaction opens nothing");
        prop_assert!(incident.members().iter().all(|person| members.contains(person)), "a redaction lets nobody in");
        prop_assert_eq!(incident.spans(), spans);
        prop_assert_eq!(incident.redact(seq, "again", &person(0).at(instant(91))).unwrap_err().code.as_str(), "incident.already_redacted");
        // At another copy, whether or not it is told what is left of the entry.
        let mut tail = copy.clone();
        copy.apply(told.clone()).unwrap();
        prop_assert_eq!(derived(&copy), derived(&incident));
        tail.apply(told.last().cloned()).unwrap();
        prop_assert_eq!(derived(&tail), derived(&incident));
    }

    #[test]
    fn the_last_correction_holds(texts in prop::collection::vec("[a-z]{1,8}", 1..6), retracted in any::<bool>()) {
        let mut incident = begun();
        let ana = person(0);
        incident.retitle("first", &ana.at(instant(1))).unwrap();
        for (at, text) in texts.iter().enumerate() {
            let said = incident_core::event::Retitled { title: text.clone() };
            incident.correct(Seq(2), Some(said.into()), None, None, &ana.at(instant(2 + at as i64))).unwrap();
        }
        let mut holds = texts.last().map(String::as_str);
        if retracted {
            incident.retract(Seq(texts.len() as u64 + 2), "no", &ana.at(instant(20))).unwrap();
            holds = texts.iter().rev().nth(1).map(String::as_str);
        }
        prop_assert_eq!(incident.title(), holds.unwrap_or("first"));
    }

    #[test]
    fn reopening_keeps_every_earlier_span(steps in steps()) {
        let mut incident = lived(&steps);
        let before = incident.spans();
        if incident.reopen("it came back", &person(0).at(instant(300))).is_ok() {
            let (after, last) = (incident.spans(), before.len() - 1);
            prop_assert_eq!(&after[..last], &before[..last]);
            prop_assert_eq!((&after[last].state, after[last].span.start), (&before[last].state, before[last].span.start));
            prop_assert_eq!(incident.state().kind, StateKind::Active);
        }
    }

    #[test]
    fn merging_and_taking_it_back_leads_back(steps in steps()) {
        let mut incident = lived(&steps);
        let (state, numbers) = (incident.state(), incident.entries().iter().map(|entry| entry.seq).collect::<Vec<_>>());
        let (tasks, merged) = (incident.overview(instant(90)).tasks, incident.overview(instant(90)).merged_into);
        if state.kind != StateKind::Merged && incident.merge_into(id(5), &person(0).at(instant(90))).is_ok() {
            prop_assert_eq!(incident.overview(instant(90)).merged_into, Some(id(5)));
            incident.unmerge("another thing", &person(0).at(instant(91))).unwrap();
            prop_assert_eq!(incident.state(), state);
            let overview = incident.overview(instant(91));
            prop_assert_eq!((overview.tasks, overview.merged_into), (tasks, merged.filter(|_| false)));
            prop_assert_eq!(incident.entries()[..numbers.len()].iter().map(|entry| entry.seq).collect::<Vec<_>>(), numbers);
        }
    }

    #[test]
    fn a_key_applies_once_and_a_stale_call_conflicts(steps in steps(), step in record::step()) {
        let mut incident = lived(&steps);
        let keyed = record::Step { key: Some(200), expect: None, ..step };
        let Ok(first) = perform(&mut incident, &keyed, 50) else { return Ok(()) };
        if first.is_empty() { return Ok(()) }
        let after = incident.to_json().unwrap();
        let again = perform(&mut incident, &keyed, 50);
        prop_assert_eq!(incident.to_json().unwrap(), after.clone());
        // What a call makes may depend on what it finds; then a second one is no repetition of it.
        match again {
            Ok(again) => prop_assert_eq!(again, first),
            Err(no) => prop_assert_eq!(no.code.as_str(), "incident.key_reused"),
        }
        let stale = record::Step { key: None, expect: Some(1), ..step };
        let no = perform(&mut incident, &stale, 50).unwrap_err();
        prop_assert_eq!(no.code.as_str(), "incident.stale");
        prop_assert_eq!(incident.to_json().unwrap(), after);
    }

    #[test]
    fn what_is_appended_is_appended_whole(steps in steps(), good in 0..255_u8, n in 0..5_usize) {
        let mut incident = lived(&steps);
        let before = derived(&incident);
        let mut events = vec![event("hypothesized", "-ok", 1, good); n];
        events.push(event("task_done", "-bad", 9_999, good));
        prop_assert!(incident.append(events, &person(0).at(instant(90))).is_err());
        prop_assert_eq!(derived(&incident), before);
    }

    #[test]
    fn what_was_known_is_the_log_cut_by_when_it_was_recorded(steps in steps(), at in -1..45_i64) {
        let live = lived(&steps);
        let cut: Vec<_> = live.entries().iter().filter(|entry| entry.recorded_at <= instant(at)).cloned().collect();
        match live.as_known_at(instant(at)) {
            Ok(known) => prop_assert_eq!(derived(&known), derived(&Incident::replay(cut).unwrap())),
            Err(no) => {
                prop_assert_eq!(no.code.as_str(), "incident.not_yet");
                prop_assert!(cut.is_empty());
            }
        }
    }

    #[test]
    fn stretches_meet_and_the_last_is_open(steps in steps()) {
        let spans = lived(&steps).spans();
        for pair in spans.windows(2) {
            prop_assert_eq!(pair[0].span.end, Some(pair[1].span.start));
            prop_assert!(pair[0].span.start <= pair[1].span.start);
            prop_assert!(pair[0].state != pair[1].state);
        }
        prop_assert_eq!(spans.last().unwrap().span.end, None);
        let ordered = |span: &incident_core::Span| span.end.is_none_or(|end| span.start <= end);
        let overview = lived(&steps).overview(instant(90));
        prop_assert!(overview.people.iter().all(|it| ordered(&it.span)), "people: {:?}", overview.people);
        prop_assert!(overview.roles.iter().filter_map(|it| it.span.as_ref()).all(ordered), "roles: {:?}", overview.roles);
        prop_assert!(overview.impact.areas.iter().flat_map(|area| &area.spans).all(|it| ordered(&it.span)));
    }

    #[test]
    fn nobody_shares_a_role(steps in steps(), crowd in prop::collection::vec((0..4_u8, 0..3_u8, -60..60_i64), 0..30)) {
        let mut incident = lived(&steps);
        for (who, what, at) in crowd {
            let stamp = person(who).at(instant(90)).occurred(instant(at));
            let _ = match what {
                0 => incident.assign_role("commander".parse().unwrap(), person(who), &stamp),
                1 => incident.leave(person(who), &stamp),
                _ => incident.release_role("commander".parse().unwrap(), person(who), &stamp),
            };
        }
        let roles = incident.overview(instant(90)).roles;
        let held: Vec<_> = roles.iter().filter_map(|tenure| Some((&tenure.role, tenure.span?))).collect();
        for (at, (role, one)) in held.iter().enumerate() {
            for (other, two) in &held[at + 1..] {
                let apart = one.end.is_some_and(|end| end <= two.start) || two.end.is_some_and(|end| end <= one.start);
                prop_assert!(role != other || apart, "{one:?} and {two:?}");
            }
        }
        let asked: Vec<_> = roles.iter().filter(|tenure| tenure.span.is_none()).map(|tenure| &tenure.role).collect();
        prop_assert_eq!(asked.iter().collect::<BTreeSet<_>>().len(), asked.len(), "one request at a time");
    }

    #[test]
    fn severities_add_up(said in prop::collection::vec((0..4_u8, 0..4_u8, 0..60_i64, 1..60_i64), 0..15), now in 0..120_i64) {
        let scale: Vec<SeverityId> = ["sev0", "sev1", "sev2"].map(|name| name.parse().unwrap()).into();
        let mut incident = begun();
        for (what, severity, at, lasts) in said {
            let stamp = person(0).at(instant(90)).occurred(instant(at));
            let severity = scale.get(usize::from(severity)).cloned();
            let rules: Event = serde_json::from_value(serde_json::json!({
                "type": "classified", "severity": severity, "scale": scale, "why": "x",
            }))
            .unwrap();
            let until = (lasts > 20).then(|| instant(at + lasts));
            let _ = match (what, severity) {
                (0, Some(severity)) => incident.override_severity(severity, "x", until, scale.clone(), &stamp),
                (1, _) => incident.append(vec![incident_core::event::SeverityOverrideLifted { reason: None }.into()], &stamp),
                _ => incident.append(vec![rules], &stamp),
            };
        }
        let history = incident.severities(instant(now));
        // What is held at any minute, by a model that looks at one minute at a time.
        let held = |minute: i64| incident.overview(instant(minute)).severity.and_then(|held| held.severity);
        let mut minutes: BTreeMap<SeverityId, i64> = BTreeMap::new();
        for minute in 0..now {
            if let Some(severity) = held(minute) { *minutes.entry(severity).or_default() += 1 }
        }
        let told: BTreeMap<_, _> = history.time_in.iter().filter(|(_, time)| time.as_micros() > 0).map(|(severity, time)| (severity.clone(), time.as_micros() / 60_000_000)).collect();
        prop_assert_eq!(told, minutes);
        let seen: BTreeSet<_> = (0..=now).filter_map(held).collect();
        prop_assert_eq!(&history.peak, &scale.iter().find(|severity| seen.contains(*severity)).cloned());
        prop_assert_eq!(&history.initial, &(0..=now).find_map(held));
        prop_assert_eq!(&history.last, &(0..=now).rev().find_map(held));
        for pair in history.spans.windows(2) {
            prop_assert!(pair[0].span.end.is_some_and(|end| end <= pair[1].span.start));
        }
    }

    #[test]
    fn a_gate_tells_all_that_is_unmet_and_opens_when_nothing_is(steps in steps(), needs in prop::sample::subsequence(vec!["acknowledged", "classified", "settled", "summary", "tasks-done", "assurances", "impact-over", "role:commander", "milestone:mitigated", "quiet:15m"], 0..10)) {
        let lifecycle = |needs: &[&str]| {
            let mut value = serde_json::to_value(Lifecycle::default()).unwrap();
            value["gate"] = serde_json::json!([{ "into": "resolved", "needs": needs }]);
            serde_json::from_value::<Lifecycle>(value).unwrap()
        };
        let lived = lived(&steps);
        let (state, at) = ("resolved".parse().unwrap(), instant(42));
        let mut gated = lived.clone().with_lifecycle(lifecycle(&needs));
        let unmet = gated.unmet(&state, at);
        let alone: Vec<_> = needs.iter().flat_map(|need| lived.clone().with_lifecycle(lifecycle(&[need])).unmet(&state, at)).collect();
        prop_assert_eq!(&unmet, &alone, "all at once, as each alone");
        let allowed = gated.lifecycle().allows(&gated.state(), &state);
        match gated.resolve(None, &person(0).at(at)) {
            Ok(_) => prop_assert!(allowed && unmet.is_empty()),
            Err(no) if allowed => {
                prop_assert_eq!(no.code.as_str(), "incident.unmet");
                prop_assert_eq!(no.findings, unmet);
            }
            Err(no) => prop_assert_eq!(no.code.as_str(), "incident.not_allowed"),
        }
    }

    #[test]
    fn what_stands_against_a_lifecycle_is_found_by_brute_force(
        kinds in prop::collection::vec(prop::sample::select(StateKind::ALL), 1..6),
        arrows in prop::collection::vec((0..6_usize, 0..7_usize), 0..12),
    ) {
        let name = |at: usize| format!("s{at}").parse().unwrap();
        let to = |from: usize| arrows.iter().filter(|(at, _)| *at == from).map(|(_, to)| *to).collect::<BTreeSet<usize>>();
        let states = kinds.iter().enumerate().map(|(at, kind)| LifecycleState { name: name(at), kind: *kind, to: to(at).into_iter().map(name).collect(), reaches: None });
        let lifecycle = Lifecycle { states: states.collect(), gates: Vec::new(), ..Lifecycle::default() };
        // Floyd and Warshall, the slow way.
        let n = kinds.len();
        let mut leads: Vec<Vec<bool>> = (0..n).map(|from| (0..n).map(|end| from == end || to(from).contains(&end)).collect()).collect();
        for over in 0..n { for from in 0..n { for end in 0..n { leads[from][end] |= leads[from][over] && leads[over][end]; } } }
        let first = |kind| kinds.iter().position(|it| *it == kind);
        let starts: Vec<_> = [first(StateKind::Active), first(StateKind::Triage)].into_iter().flatten().collect();
        let mut expected = BTreeSet::new();
        if first(StateKind::Active).is_none() { expected.insert(("incident.no_such_state".to_owned(), "/state".to_owned())); }
        for at in 0..n {
            let here = |code: &str| (code.to_owned(), format!("/state/{at}/name"));
            if !starts.iter().any(|start| leads[*start][at]) { expected.insert(here("incident.unreachable_state")); }
            if !(0..n).any(|end| leads[at][end] && kinds[end].is_end()) { expected.insert(here("incident.no_end")); }
            if kinds[at] == StateKind::Resolved && !to(at).iter().any(|next| kinds.get(*next) == Some(&StateKind::Active)) { expected.insert(here("incident.no_reopening")); }
            for (place, next) in to(at).into_iter().enumerate() {
                if next >= n { expected.insert(("incident.no_such_state".to_owned(), format!("/state/{at}/to/{place}"))); }
            }
        }
        let found: BTreeSet<_> = lifecycle.check().into_iter().map(|finding| (finding.code.as_str().to_owned(), finding.path)).collect();
        prop_assert_eq!(&found, &expected);
        let refused = lifecycle.check().iter().any(|finding| finding.level == Level::Error);
        prop_assert_eq!(lifecycle.checked().is_err(), refused);
    }

    #[test]
    fn facts_are_of_the_vocabulary(steps in steps(), at in -10..90_i64) {
        let ours = vocabulary().with("ours", Fact::text()).unwrap();
        prop_assert_eq!(ours.check(&lived(&steps).facts(instant(at))), Ok(()));
    }

    #[test]
    fn of_a_restricted_incident_others_learn_its_id_and_nothing_else(steps in steps(), at in 0..90_i64) {
        let mut incident = full(lived(&steps));
        incident.restrict("zq-why", &person(0).at(instant(95))).unwrap();
        let outside = [Viewer::public(), Viewer { person: Some(person(0)), clearance: Clearance::Public }, Viewer { person: None, clearance: Clearance::Internal }, Viewer::internal("zed".parse().unwrap())];
        for viewer in outside {
            let told = json(&incident.view(&viewer, instant(at)));
            prop_assert_eq!(told, format!(r#"{{"id":"{}","visible":false,"entries":[],"timeline":[]}}"#, incident.id()));
        }
    }

    #[test]
    fn outside_people_see_what_was_published(steps in steps()) {
        let incident = full(lived(&steps));
        let view = incident.view(&Viewer::public(), instant(90));
        let text = json(&view);
        let mut published: BTreeSet<String> = BTreeSet::new();
        let words = |text: &str| text.split('"').filter(|word| word.starts_with(MARK)).map(str::to_owned).collect::<Vec<_>>();
        for said in incident.entries() {
            let event = match &said.event { Event::Corrected(it) => it.event.as_deref(), event => Some(event) };
            let text = event.map(json).unwrap_or_default();
            if text.contains(r#""visibility":"public""#) { published.extend(words(&text)); }
        }
        for word in words(&text) {
            prop_assert!(published.contains(&word), "{word} was not published");
        }
        for name in ["ana", "bo", "cy", "dee"] {
            prop_assert!(!text.contains(&format!("\"{name}\"")), "{name} is named");
        }
        // What was taken back or corrected is not shown as if it held.
        let holds: BTreeSet<_> = incident.timeline().into_iter().map(|moment| (moment.seq, moment.what)).collect();
        for moment in &view.timeline {
            prop_assert!(holds.contains(&(moment.seq, moment.what.clone())), "entry {} holds no more", moment.seq);
        }
    }

    #[test]
    fn private_words_reach_their_author_alone(steps in steps()) {
        let incident = full(lived(&steps));
        for viewer in [Viewer::internal(person(1)), Viewer::internal(person(2)), unrestricted("zed"), unrestricted("ana")] {
            let text = json(&incident.view(&viewer, instant(90)));
            for said in incident.entries() {
                // What stands in a correction goes no further than the entry that it corrects, either.
                let about = match &said.event { Event::Corrected(it) => incident.entry(it.entry), _ => None };
                let of_others = |entry: &Entry| Some(&entry.by) != viewer.person.as_ref();
                let hides = |entry: &Entry| of_others(entry) && (json(&entry.event).contains(r#""visibility":"private""#) || matches!(entry.event, Event::Unknown(_)));
                if hides(said) || about.is_some_and(hides) {
                    let seq = format!(r#"{{"seq":{},"#, said.seq);
                    prop_assert!(!text.contains(&seq), "entry {} is shown to {viewer:?}", said.seq);
                }
                let kept_back = matches!(&said.event, Event::Related(it) if it.restricted);
                if kept_back && viewer.clearance != Clearance::Unrestricted {
                    prop_assert!(!text.contains(&format!(r#"{{"seq":{},"#, said.seq)), "a restricted relation is shown");
                }
            }
        }
    }
}

/// With every event at the end, by several people, as another writer may have stored them; not restricted.
fn full(incident: Incident) -> Incident {
    let mut entries = incident.entries().to_vec();
    let names: Vec<_> = event_names()
        .into_iter()
        .filter(|name| !["declared", "proposed", "restricted"].contains(name))
        .chain(["beamed", "corrected", "retracted", "unrestricted"])
        .collect();
    for (at, name) in names.iter().enumerate() {
        let seq = entries.len() as u64 + 1;
        let said =
            event(name, &format!("-full{at}"), seq.saturating_sub(1 + at as u64 % 7).max(1), (at * 7 % 251) as u8);
        entries.push(entry(seq, &person(at as u8), &said));
    }
    Incident::replay(entries).unwrap()
}

#[test]
fn a_correction_hides_what_it_replaces() {
    let (ana, bo) = (person(0), person(1));
    let note = |text: &str, visibility| Event::from(incident_core::event::Noted { text: text.to_owned(), visibility });
    use incident_core::Visibility::{Internal, Private, Public};
    let seen = |incident: &Incident, viewer: &Viewer| json(&incident.view(viewer, instant(90)));
    let mut incident = begun();
    incident.note("zq-card-number", Public, &ana.at(instant(1))).unwrap();
    incident.correct(Seq(2), Some(note("zq-card-number is out", Internal)), None, None, &ana.at(instant(2))).unwrap();
    assert!(!seen(&incident, &Viewer::public()).contains("zq-card"), "it is public no more");
    incident.note("zq-told", Public, &ana.at(instant(3))).unwrap();
    incident
        .correct(Seq(4), Some(note("zq-told better", Public)), None, Some("zq-inside".into()), &bo.at(instant(4)))
        .unwrap();
    let public = seen(&incident, &Viewer::public());
    assert!(public.contains("zq-told better") && !public.contains("zq-inside"), "why stays inside: {public}");
    incident.retract(Seq(4), "zq-wrong", &bo.at(instant(5))).unwrap();
    assert!(!seen(&incident, &Viewer::public()).contains("zq-told"), "what was taken back is not shown");
    incident.retract(Seq(6), "it was right", &bo.at(instant(6))).unwrap();
    assert!(seen(&incident, &Viewer::public()).contains("zq-told better"), "and comes back with it");
    incident.note("zq-mine", Private, &ana.at(instant(7))).unwrap();
    incident.correct(Seq(8), Some(note("zq-mine, louder", Internal)), None, None, &ana.at(instant(8))).unwrap();
    incident.redact(Seq(8), "zq-mine was too loud", &ana.at(instant(9))).unwrap();
    for viewer in [Viewer::internal(bo), unrestricted("zed")] {
        let text = seen(&incident, &viewer);
        assert!(!text.contains("zq-mine"), "a correction, or a redaction, reveals no more than its entry: {text}");
    }
}

#[test]
fn a_candidate_is_told_whole_with_a_key_or_an_expectation() {
    let candidate: Candidate = serde_json::from_str(
        r#"{"title":"x","kind":"standard","summary":"y","started_at":"2026-03-01T09:50:00Z","alerts":[{"provenance":{"source":"a","id":"1"},"title":"z"}],"facts":{"ours":"w"},"links":[{"label":"l","url":"u"}]}"#,
    )
    .unwrap();
    let plain = Incident::propose(id(1), &candidate, Lifecycle::default(), &person(0).at(instant(0))).unwrap();
    assert_eq!(plain.entries().len(), 6);
    for stamp in [person(0).at(instant(0)).key("once"), person(0).at(instant(0)).expect(0)] {
        for begin in [Incident::propose, Incident::declare_from] {
            assert_eq!(begin(id(1), &candidate, Lifecycle::default(), &stamp).unwrap().entries().len(), 6);
        }
    }
}

#[test]
fn what_verbs_refuse_is_refused_when_appended() {
    let check = |events: &[Event], code: &str| {
        let mut incident = begun();
        let no = incident.append(events.to_vec(), &person(0).at(instant(5))).unwrap_err();
        assert_eq!(no.code.as_str(), code, "{events:?}");
        assert_eq!(incident, begun());
    };
    let task = event("task_added", "", 1, 0);
    check(&[event("acknowledged", "", 1, 0), event("acknowledged", "", 1, 0)], "incident.already_acknowledged");
    check(&[event("resolved", "", 1, 0), event("acknowledged", "", 1, 0)], "incident.not_allowed");
    check(&[task.clone(), event("task_done", "", 2, 0), event("task_dropped", "", 2, 0)], "incident.task_over");
    check(&[event("released", "", 1, 3)], "incident.not_absorbed");
    check(&[event("role_released", "", 1, 0)], "incident.role_empty");
    check(&[event("severity_override_lifted", "", 1, 0)], "incident.not_overridden");
    check(&[event("state_changed", "", 1, 0), event("reopened", "", 1, 0)], "incident.not_allowed");
    let itself = |name: &str| {
        serde_json::from_str::<Event>(&json(&event(name, "", 1, 3)).replace(&id(5).to_string(), &id(1).to_string()))
            .unwrap()
    };
    for name in ["related", "merged", "absorbed"] {
        check(&[itself(name)], "incident.itself");
    }
    let stray = |text: &str| serde_json::from_str::<Event>(text).unwrap();
    check(
        &[stray(r#"{"type":"severity_overridden","severity":"sev9","scale":["sev0"],"reason":"x"}"#)],
        "incident.unknown_severity",
    );
    check(
        &[
            task.clone(),
            stray(r#"{"type":"task_assigned","task":2,"owner":"bo"}"#),
            stray(r#"{"type":"corrected","entry":3,"event":{"type":"task_assigned","task":77,"owner":"bo"}}"#),
        ],
        "incident.no_such_entry",
    );
}

#[test]
fn a_redaction_is_said_once_and_said_again_whole() {
    let mut incident = begun();
    incident.note("zq-secret", incident_core::Visibility::Internal, &person(0).at(instant(1))).unwrap();
    let stamp = person(0).at(instant(2)).key("redaction");
    let told = incident.redact(Seq(2), "a password", &stamp).unwrap();
    assert_eq!(
        incident.redact(Seq(2), "a password", &stamp).unwrap(),
        told,
        "a host that missed the answer gets all of it"
    );
    let no = incident.redact(Seq(1), "a password", &stamp).unwrap_err();
    assert_eq!(no.code.as_str(), "incident.key_reused");
    assert_eq!(
        incident.redact(Seq(1), " ", &person(0).at(instant(3))).unwrap_err().code.as_str(),
        "incident.empty_text"
    );
    let long = "x".repeat(300_000);
    assert_eq!(
        incident.redact(Seq(1), &long, &person(0).at(instant(3))).unwrap_err().code.as_str(),
        "contract.too_large"
    );
    assert_eq!(
        incident.redact(Seq(u64::MAX), "x", &person(0).at(instant(3))).unwrap_err().code.as_str(),
        "incident.no_such_entry"
    );
}

#[test]
fn the_ends_of_time_hold() {
    let (ana, first, last) = (person(0), Timestamp::MIN, Timestamp::MAX);
    let mut incident = Incident::declare(id(1), "x", &ana.at(first)).unwrap();
    incident.add_task("x", None, Some("PT9999H".parse().unwrap()), &ana.at(last)).unwrap();
    incident
        .override_severity("a".parse().unwrap(), "x", Some(first), vec!["a".parse().unwrap()], &ana.at(last))
        .unwrap();
    incident.resolve(None, &ana.at(first).occurred(last)).unwrap();
    for at in [first, last] {
        assert!(incident.facts(at).value("age").is_some());
        assert!(incident.time_in(StateKind::Active, at).as_micros() >= 0);
        assert!(incident.overview(at).entries == 4 && incident.severities(at).spans.len() < 3);
    }
    assert_eq!(Incident::from_json(&incident.to_json().unwrap()).unwrap(), incident);
}
