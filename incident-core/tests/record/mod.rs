//! Random lives of an incident: every verb and every event, valid or not, with marked words in every text.

use incident_core::event::{FollowUpAdded, FollowUpChanged};
use incident_core::{
    Assurance, AssuranceAnswer, DetectionSource, Disruption, Entry, Event, FactorKind, FollowUpKind, FollowUpState,
    HelpReason, Incident, IncidentId, IncidentKind, Lifecycle, ObservationKind, PersonId, RelationKind, Result, Seq,
    Stamp, Timestamp, Visibility,
};
use proptest::prelude::*;

/// What every word of ours begins with, so that one that shines through is found.
pub(crate) const MARK: &str = "zq";

pub(crate) const VERBS: &[&str] = &[
    "accept",
    "decline",
    "acknowledge",
    "move_to",
    "pause",
    "resolve",
    "reopen",
    "close",
    "stand_down",
    "retitle",
    "summarize",
    "change_kind",
    "reach",
    "report_impact",
    "report_customers",
    "assure",
    "record_fact",
    "estimate_cost",
    "note",
    "post_update",
    "note_conversation",
    "decide",
    "join",
    "leave",
    "assign_role",
    "accept_role",
    "release_role",
    "ask_help",
    "answer_help",
    "ask_authorization",
    "grant_authorization",
    "refuse_authorization",
    "restrict",
    "unrestrict",
    "grant_access",
    "revoke_access",
    "add_task",
    "assign_task",
    "finish_task",
    "drop_task",
    "tick",
    "untick",
    "identify_factor",
    "accept_risk",
    "add_follow_up",
    "change_follow_up",
    "move_follow_up",
    "observe",
    "note_detection",
    "tell_perspective",
    "decline_perspective",
    "correct",
    "retract",
    "redact",
    "star",
    "unstar",
    "override_severity",
    "lift_override",
    "relate",
    "unrelate",
    "merge_into",
    "unmerge",
    "absorb",
    "release",
    "add_link",
    "append",
];

/// One call: which verb, and what its arguments are made from.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Step {
    pub(crate) verb: usize,
    pub(crate) a: u8,
    pub(crate) b: u8,
    pub(crate) c: u8,
    /// Minutes before or after the call at which it happened.
    pub(crate) off: Option<i8>,
    pub(crate) key: Option<u8>,
    pub(crate) expect: Option<i8>,
}

pub(crate) fn step() -> impl Strategy<Value = Step> {
    let verb = prop_oneof![3 => 0..VERBS.len(), 2 => Just(VERBS.len() - 1), 1 => prop::sample::select(vec![2, 3, 5, 6, 51, 52])];
    let off = prop_oneof![3 => Just(None), 1 => (-60..5_i8).prop_map(Some)];
    let key = prop_oneof![6 => Just(None), 1 => (0..6_u8).prop_map(Some)];
    let expect = prop_oneof![6 => Just(None), 1 => (-1..2_i8).prop_map(Some)];
    (verb, any::<u8>(), any::<u8>(), any::<u8>(), off, key, expect).prop_map(|(verb, a, b, c, off, key, expect)| Step {
        verb,
        a,
        b,
        c,
        off,
        key,
        expect,
    })
}

pub(crate) fn steps() -> impl Strategy<Value = Vec<Step>> {
    prop::collection::vec(step(), 0..40)
}

pub(crate) fn instant(minutes: i64) -> Timestamp {
    let base: Timestamp = "2026-03-01T10:00:00Z".parse().unwrap();
    Timestamp::from_micros(base.as_micros() + minutes * 60_000_000).unwrap()
}

pub(crate) fn of<T>(all: &[T], n: u8) -> T
where
    T: Clone,
{
    all[usize::from(n) % all.len()].clone()
}

pub(crate) fn person(n: u8) -> PersonId {
    PersonId::new(["ana", "bo", "cy", "dee"][usize::from(n % 4)]).unwrap()
}

pub(crate) fn id(n: u8) -> IncidentId {
    format!("01900000-0000-7000-8000-00000000000{}", n % 8).parse().unwrap()
}

pub(crate) fn begun() -> Incident {
    Incident::declare_as(
        id(1),
        "zq-title",
        IncidentKind::Standard,
        Some("zq-concern".to_owned()),
        Lifecycle::default(),
        &person(0).at(instant(0)),
    )
    .unwrap()
}

/// An incident after some calls; what was refused changed nothing.
pub(crate) fn lived(steps: &[Step]) -> Incident {
    let mut incident = begun();
    for (at, step) in steps.iter().enumerate() {
        let before = incident.clone();
        let refused = perform(&mut incident, step, at).is_err();
        if refused {
            assert_eq!(incident.to_json().unwrap(), before.to_json().unwrap(), "a refusal changes nothing: {step:?}");
        }
    }
    incident
}

/// Every type of event there is, from the table of the record.
pub(crate) fn event_names() -> Vec<&'static str> {
    let table = include_str!("../../src/incident/event/mod.rs");
    let name = |line: &'static str| line.trim().split_once(" = \"")?.1.strip_suffix("\",");
    table.lines().filter_map(name).collect()
}

/// An event of a type, with marked words wherever there is room for words; `named` is the entry it speaks of.
pub(crate) fn event(name: &str, mark: &str, named: u64, n: u8) -> Event {
    let (who, area) = (person(n), ["checkout", "search"][usize::from(n % 2)]);
    let seen = ["private", "internal", "public"][usize::from(n % 3)];
    let (w, other) = (format!("{MARK}{mark}"), id(n % 7 + 2));
    let inner = match name {
        "corrected" => serde_json::to_string(&event("noted", &format!("{mark}-inner"), named, n)).unwrap(),
        _ => String::new(),
    };
    let state = r#"{"name":"investigating","kind":"active"}"#;
    let alert = format!(r#"{{"source":"{w}","id":"{w}","url":"{w}"}}"#);
    let fields = match name {
        "proposed" => {
            format!(r#""id":"{}","title":"{w}","source":{alert},"state":{{"name":"triage","kind":"triage"}}"#, id(1))
        }
        "declared" => format!(r#""id":"{}","title":"{w}","kind":"standard","concern":"{w}","state":{state}"#, id(1)),
        "accepted" => format!(r#""state":{state}"#),
        "declined" => format!(r#""reason":"{w}","state":{{"name":"declined","kind":"declined"}}"#),
        "stood_down" => {
            format!(r#""reason":"{w}","learned":"{w}","state":{{"name":"stood_down","kind":"stood_down"}}"#)
        }
        "state_changed" => format!(r#""state":{{"name":"fixing","kind":"active"}},"reason":"{w}""#),
        "acknowledged" => String::new(),
        "paused" => {
            format!(r#""state":{{"name":"paused","kind":"paused"}},"reason":"{w}","until":"2026-03-02T10:00:00Z""#)
        }
        "resolved" => format!(r#""state":{{"name":"resolved","kind":"resolved"}},"resolution":"{w}""#),
        "reopened" | "unmerged" => format!(r#""state":{state},"reason":"{w}""#),
        "closed" => r#""state":{"name":"closed","kind":"closed"}"#.to_owned(),
        "retitled" => format!(r#""title":"{w}""#),
        "summarized" => format!(r#""summary":"{w}""#),
        "kind_changed" => r#""kind":"drill""#.to_owned(),
        "milestone_reached" => r#""milestone":"mitigated""#.to_owned(),
        "impact_reported" => format!(r#""area":"{area}","disruption":"{}","note":"{w}""#, of(Disruption::ALL, n)),
        "customers_affected" => format!(
            r#""count":{{"type":"exact","value":{n}}},"share":{{"type":"range","lowest":"1%","highest":"5%"}},"note":"{w}""#
        ),
        "assurance_given" => format!(
            r#""assurance":"{}","answer":"{}","confirmed_by":"{who}","note":"{w}""#,
            of(Assurance::ALL, n),
            of(AssuranceAnswer::ALL, n)
        ),
        "fact_recorded" => format!(r#""fact":"ours","value":"{w}""#),
        "cost_estimated" => format!(r#""amount":{{"minor":{n},"currency":"EUR"}},"covers":"{w}""#),
        "classified" => {
            format!(r#""severity":"sev{}","scale":["sev0","sev1","sev2"],"why":"{w}","questions":["{w}"]"#, n % 3)
        }
        "severity_overridden" => format!(
            r#""severity":"sev{}","scale":["sev0","sev1","sev2"],"reason":"{w}","until":"{}""#,
            n % 3,
            instant(i64::from(n) / 4)
        ),
        "severity_override_lifted" => format!(r#""reason":"{w}""#),
        "joined" | "left" | "access_granted" | "access_revoked" | "reassigned" => format!(r#""person":"{who}""#),
        "role_assigned" | "role_accepted" | "role_released" => format!(r#""role":"commander","person":"{who}""#),
        "item_ticked" | "item_unticked" => format!(r#""role":"commander","item":"{w}""#),
        "task_added" => format!(r#""title":"{w}","owner":"{who}","within":"PT15M""#),
        "task_assigned" => format!(r#""task":{named},"owner":"{who}""#),
        "task_done" => format!(r#""task":{named},"result":"{w}""#),
        "task_dropped" => format!(r#""task":{named},"reason":"{w}""#),
        "help_asked" => format!(r#""reason":"stuck","area":"{area}","note":"{w}""#),
        "help_answered" => format!(r#""help":{named},"person":"{who}""#),
        "authorization_asked" => format!(r#""scope":"{w}""#),
        "authorization_granted" => format!(r#""scope":"{w}","request":{named}"#),
        "authorization_refused" => format!(r#""request":{named},"reason":"{w}""#),
        "restricted" | "unrestricted" => format!(r#""reason":"{w}""#),
        "hypothesized" => format!(r#""statement":"{w}","area":"{area}""#),
        "hypothesis_focused" => format!(r#""hypothesis":{named},"reason":"{w}""#),
        "evidence_added" => format!(r#""hypothesis":{named},"supports":true,"note":"{w}","entry":1"#),
        "hypothesis_concluded" => format!(r#""hypothesis":{named},"verdict":"refuted","reason":"{w}""#),
        "experiment_started" if n % 2 == 1 => format!(r#""action":"{w}""#),
        "experiment_started" => {
            format!(r#""action":"{w}","hypothesis":{named},"prediction":"{w}","risk":"{w}","area":"{area}""#)
        }
        "experiment_concluded" => format!(r#""experiment":{named},"outcome":"worked","note":"{w}""#),
        "decided" => format!(r#""decision":"{w}","reason":"{w}""#),
        "noted" | "feeling_noted" => format!(r#""text":"{w}","visibility":"{seen}""#),
        "update_posted" => format!(
            r#""audience":"customers","text":"{w}","visibility":"{seen}","next_update_at":"2026-03-01T12:00:00Z""#
        ),
        "conversation_noted" => format!(r#""place":"{w}","text":"{w}","decisions":["{w}"]"#),
        "escalation_started" => format!(r#""policy":"standard","version":"{w}""#),
        "paged" => {
            format!(r#""page":"{other}","person":"{who}","track":"{w}","step":{n},"urgency":"high","why":"{w}""#)
        }
        "page_acknowledged" => format!(r#""page":"{other}""#),
        "page_failed" => format!(r#""page":"{other}","reason":"{w}""#),
        "nobody_reachable" | "escalation_ended" => format!(r#""why":"{w}""#),
        "snoozed" => r#""until":"2026-03-01T12:00:00Z""#.to_owned(),
        "unacknowledged" => format!(r#""reason":"{w}""#),
        "factor_identified" => format!(r#""text":"{w}","kind":"trigger","evidence":[{named}]"#),
        "risk_accepted" => format!(r#""factor":{named},"reason":"{w}""#),
        "follow_up_added" => {
            format!(r#""title":"{w}","kind":"prevent","owner":"{who}","due_on":"2026-03-15","link":"{w}""#)
        }
        "follow_up_changed" => format!(r#""follow_up":{named},"title":"{w}","owner":"{who}","link":"{w}""#),
        "follow_up_moved" => format!(r#""follow_up":{named},"state":"declined","reason":"{w}""#),
        "observed" => format!(r#""kind":"{}","text":"{w}""#, of(ObservationKind::ALL, n)),
        "detection_noted" => format!(r#""source":"customer","should_have":"{w}""#),
        "perspective_written" => format!(r#""text":"{w}""#),
        "perspective_declined" => format!(r#""person":"{who}","reason":"{w}""#),
        "retrospective_moved" => format!(r#""state":"draft","reason":"{w}""#),
        "starred" | "unstarred" => format!(r#""entry":{named}"#),
        "related" => {
            format!(r#""relation":"caused_by","other":"{other}","restricted":{},"note":"{w}""#, n.is_multiple_of(2))
        }
        "unrelated" => format!(r#""relation":{named}"#),
        "merged" => format!(r#""into":"{other}","state":{{"name":"merged","kind":"merged"}}"#),
        "absorbed" | "released" => format!(r#""incident":"{other}""#),
        "alert_attached" => format!(r#""alert":{alert},"title":"{w}""#),
        "alert_resolved" => format!(r#""alert":{alert}"#),
        "link_added" => format!(r#""label":"{w}","url":"{w}""#),
        "corrected" => format!(r#""entry":{named},"event":{inner},"reason":"{w}""#),
        "retracted" => format!(r#""entry":{named},"reason":"{w}""#),
        "redacted" => format!(r#""entry":{named},"reason":"{w}","hash":"{w}""#),
        "erased" => format!(r#""was":"noted","hash":"{w}""#),
        // A type from a later version.
        other => return serde_json::from_str(&format!(r#"{{"{w}":"{w}","type":"{other}"}}"#)).unwrap(),
    };
    let comma = if fields.is_empty() { "" } else { "," };
    let text = format!(r#"{{"type":"{name}"{comma}{fields}}}"#);
    serde_json::from_str(&text).unwrap_or_else(|no| panic!("{text}: {no}"))
}

/// The type of the entry that an event of a type speaks of.
fn spoken_of(name: &str) -> &'static str {
    match name {
        "task_assigned" | "task_done" | "task_dropped" => "task_added",
        "help_answered" => "help_asked",
        "authorization_granted" | "authorization_refused" => "authorization_asked",
        "hypothesis_focused" | "evidence_added" | "hypothesis_concluded" | "experiment_started" => "hypothesized",
        "experiment_concluded" => "experiment_started",
        "risk_accepted" => "factor_identified",
        "follow_up_changed" | "follow_up_moved" => "follow_up_added",
        "unrelated" => "related",
        "corrected" => "noted",
        _ => "declared",
    }
}

/// An entry as another writer stored it.
pub(crate) fn entry(seq: u64, by: &PersonId, event: &Event) -> Entry {
    let at = instant(i64::try_from(seq).unwrap());
    let body = match event {
        Event::Unknown(unknown) => unknown.body.get().to_owned(),
        known => serde_json::to_string(known).unwrap(),
    };
    let text = format!(r#"{{"seq":{seq},"occurred_at":"{at}","recorded_at":"{at}","by":"{by}","event":{body}}}"#);
    serde_json::from_str(&text).unwrap_or_else(|no| panic!("{text}: {no}"))
}

/// Makes the call of a step.
pub(crate) fn perform(incident: &mut Incident, step: &Step, at: usize) -> Result<Vec<Entry>> {
    let Step { a, b, c, .. } = *step;
    let now = i64::try_from(at + 1).unwrap();
    let len = u64::try_from(incident.entries().len()).unwrap();
    let stamp = Stamp {
        by: person(a),
        at: instant(now),
        occurred_at: step.off.map(|off| instant(now + i64::from(off))),
        key: step.key.map(|key| format!("{MARK}-key-{key}")),
        expect: step.expect.map(|off| len.saturating_add_signed(i64::from(off))),
    };
    let stamp = &stamp;
    let word = if c % 13 == 0 { " ".to_owned() } else { format!("{MARK}-{at}-word") };
    let word = word.as_str();
    let some = (c % 3 != 0).then(|| format!("{MARK}-{at}-more"));
    // An entry of the type that is asked for if there is one, else any number, of an entry or not.
    let named = |name: &str| {
        let fit: Vec<_> = incident.entries().iter().filter(|entry| entry.event.name() == name).collect();
        if fit.is_empty() || a % 7 == 0 { Seq(u64::from(b) % (len + 3)) } else { of(&fit, b).seq }
    };
    let any = Seq(u64::from(b) % (len + 3));
    let (task, factor, follow_up) = (named("task_added"), named("factor_identified"), named("follow_up_added"));
    let (help, asked, related) = (named("help_asked"), named("authorization_asked"), named("related"));
    let role = if c % 2 == 0 { "commander" } else { "scribe" }.parse().unwrap();
    let area = if b % 2 == 0 { "checkout" } else { "search" }.parse().unwrap();
    let visibility = of(&[Visibility::Private, Visibility::Internal, Visibility::Public], b);
    let severity = format!("sev{}", b % 4).parse().unwrap();
    let scale = if c % 2 == 0 {
        vec!["sev0".parse().unwrap(), "sev1".parse().unwrap(), "sev2".parse().unwrap()]
    } else {
        Vec::new()
    };
    let until = (b % 2 == 0).then(|| instant(now + i64::from(c) / 16));
    match of(VERBS, u8::try_from(step.verb).unwrap()) {
        "accept" => incident.accept(stamp),
        "decline" => incident.decline(word, stamp),
        "acknowledge" => incident.acknowledge(stamp),
        "move_to" => {
            let names = [
                "investigating",
                "fixing",
                "monitoring",
                "paused",
                "resolved",
                "learning",
                "closed",
                "merged",
                "nowhere",
            ];
            incident.move_to(&of(&names, b).parse().unwrap(), some, stamp)
        }
        "pause" => incident.pause(word, until, stamp),
        "resolve" => incident.resolve(some, stamp),
        "reopen" => incident.reopen(word, stamp),
        "close" => incident.close(stamp),
        "stand_down" => incident.stand_down(word, some, stamp),
        "retitle" => incident.retitle(&if c == 0 { "x".repeat(201) } else { word.to_owned() }, stamp),
        "summarize" => incident.summarize(word, stamp),
        "change_kind" => incident.change_kind(of(IncidentKind::ALL, b), stamp),
        "reach" => incident.reach(of(&["started", "detected", "mitigated", "ours"], b).parse().unwrap(), stamp),
        "report_impact" => incident.report_impact(area, of(Disruption::ALL, c), some, stamp),
        "report_customers" => {
            let known = |text: String| serde_json::from_str(&text).unwrap();
            let count = (b % 3 != 0).then(|| known(format!(r#"{{"type":"exact","value":{b}}}"#)));
            let share = (c % 3 != 0).then(|| serde_json::from_str(r#"{"type":"range","lowest":"2%"}"#).unwrap());
            incident.report_customers(count, share, some, stamp)
        }
        "assure" => {
            let by = (c % 2 == 0).then(|| person(c));
            incident.assure(of(Assurance::ALL, b), of(AssuranceAnswer::ALL, c), by, some, stamp)
        }
        "record_fact" => incident.record_fact("ours", some.map(Into::into), stamp),
        "estimate_cost" => incident.estimate_cost(
            serde_json::from_str(&format!(r#"{{"minor":{b},"currency":"EUR"}}"#)).unwrap(),
            word,
            stamp,
        ),
        "note" => incident.note(word, visibility, stamp),
        "post_update" => incident.post_update("customers".parse().unwrap(), word, visibility, until, stamp),
        "note_conversation" => incident.note_conversation(word, word, some.into_iter().collect(), stamp),
        "decide" => incident.decide(word, some, stamp),
        "join" => incident.join(person(b), stamp),
        "leave" => incident.leave(person(b), stamp),
        "assign_role" => incident.assign_role(role, person(b), stamp),
        "accept_role" => incident.accept_role(role, stamp),
        "release_role" => incident.release_role(role, person(b), stamp),
        "ask_help" => incident.ask_help(of(HelpReason::ALL, b), None, some, stamp),
        "answer_help" => incident.answer_help(help, person(c), stamp),
        "ask_authorization" => incident.ask_authorization(word, stamp),
        "grant_authorization" => incident.grant_authorization(word, (c % 2 == 0).then_some(asked), until, stamp),
        "refuse_authorization" => incident.refuse_authorization(asked, word, stamp),
        "restrict" => incident.restrict(word, stamp),
        "unrestrict" => incident.unrestrict(word, stamp),
        "grant_access" => incident.grant_access(person(b), stamp),
        "revoke_access" => incident.revoke_access(person(b), stamp),
        "add_task" => incident.add_task(word, None, (b % 2 == 0).then(|| "PT15M".parse().unwrap()), stamp),
        "assign_task" => incident.assign_task(task, person(c), stamp),
        "finish_task" => incident.finish_task(task, some, stamp),
        "drop_task" => incident.drop_task(task, word, stamp),
        "tick" => incident.tick(word, None, stamp),
        "untick" => incident.untick(word, Some(role), stamp),
        "identify_factor" => incident.identify_factor(word, of(FactorKind::ALL, b), vec![any], stamp),
        "accept_risk" => incident.accept_risk(factor, word, stamp),
        "add_follow_up" => {
            let factors = (c % 2 == 0).then_some(factor).into_iter().collect();
            let (title, kind) = (word.to_owned(), of(FollowUpKind::ALL, b));
            let added = FollowUpAdded {
                title,
                kind,
                owner: Some(person(c)),
                team: None,
                due_on: None,
                next_update_at: until,
                factors,
                link: some,
            };
            incident.add_follow_up(added, stamp)
        }
        "change_follow_up" => {
            let changed = FollowUpChanged {
                follow_up,
                title: some,
                owner: None,
                due_on: None,
                next_update_at: until,
                link: None,
            };
            incident.change_follow_up(changed, stamp)
        }
        "move_follow_up" => incident.move_follow_up(follow_up, of(FollowUpState::ALL, c), some, stamp),
        "observe" => incident.observe(of(ObservationKind::ALL, b), word, stamp),
        "note_detection" => incident.note_detection(of(DetectionSource::ALL, b), some, stamp),
        "tell_perspective" => incident.tell_perspective(word, stamp),
        "decline_perspective" => incident.decline_perspective(person(b), some, stamp),
        "correct" => {
            let said = incident
                .entry(any)
                .map(|entry| event(entry.event.name(), &format!("-{at}-new"), u64::from(c) % len, c));
            incident.correct(any, said.filter(|_| c % 4 != 0), (c % 2 == 0).then(|| instant(i64::from(c))), some, stamp)
        }
        "retract" => incident.retract(any, word, stamp),
        "redact" => incident.redact(any, word, stamp),
        "star" => incident.star(any, stamp),
        "unstar" => incident.unstar(any, stamp),
        "override_severity" => incident.override_severity(severity, word, until, scale, stamp),
        "lift_override" => incident.lift_override(some, stamp),
        "relate" => incident.relate(of(RelationKind::ALL, c), id(b), b % 2 == 0, some, stamp),
        "unrelate" => incident.unrelate(related, stamp),
        "merge_into" => incident.merge_into(id(b), stamp),
        "unmerge" => incident.unmerge(word, stamp),
        "absorb" => incident.absorb(id(b), stamp),
        "release" => incident.release(id(b), stamp),
        "add_link" => incident.add_link(word, word, stamp),
        "append" => {
            let names = event_names();
            let one = |n: u8| {
                let name = of(&names, n);
                event(name, &format!("-{at}-{n}"), named(spoken_of(name)).0, n)
            };
            // What it speaks of comes first, if there is nothing yet to speak of.
            let (name, first) = (of(&names, c), spoken_of(of(&names, c)));
            if b % 2 == 0 && first != "declared" && incident.entries().iter().all(|entry| entry.event.name() != first) {
                let said = [event(first, &format!("-{at}-first"), 1, 1), event(name, &format!("-{at}"), len + 1, c)];
                return incident.append(said.into(), stamp);
            }
            incident.append((0..=b % 3).map(|n| one(c.wrapping_add(n * 29))).collect(), stamp)
        }
        other => panic!("no verb `{other}`"),
    }
}
