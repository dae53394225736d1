//! A play: a policy, a world, what is told and when; then what was asked for, a line a minute.

use crate::text::{Format, Source};
use crate::{
    Directory, Elapsed, Escalation, EscalationAction, EscalationBasis, EscalationInput, EscalationPolicy, HelpReason,
    PersonId, Schedule, Timestamp, World,
};

pub(super) const START: &str = "2026-12-07T10:00:00Z";

pub(super) fn start() -> Timestamp {
    START.parse().unwrap()
}

pub(super) fn after(minutes: i64) -> Timestamp {
    start().plus(Elapsed::minutes(minutes))
}

pub(super) fn person(name: &str) -> PersonId {
    name.parse().unwrap()
}

/// A policy with `otherwise` on hana after 15 minutes, unless the text says more about it.
pub(super) fn policy(text: &str) -> EscalationPolicy {
    let otherwise = "otherwise = { after = '15m', page = ['person:hana'] }";
    let head = if text.contains("otherwise =") { String::new() } else { format!("[escalation]\n{otherwise}\n") };
    let source = Source::parse(&format!("{head}{text}"), Format::Toml).unwrap();
    EscalationPolicy::read(&source).unwrap_or_else(|no| panic!("{no:#?}"))
}

/// Ana is on call and bo is next, until ten past; then the other way round. Cy is an expert, dee leads ana and bo, hana
/// leads dee, eli is a buddy of ana.
pub(super) fn world() -> World {
    let directory = r#"
    [people]
    ana  = { zone = "Europe/Berlin", lead = "dee", buddies = ["eli"] }
    bo   = { zone = "America/New_York", lead = "dee", buddies = ["fay"] }
    cy   = { zone = "Europe/Berlin" }
    dee  = { zone = "Europe/Berlin", lead = "hana" }
    eli  = { zone = "Europe/Berlin" }
    fay  = { zone = "Europe/Berlin" }
    hana = { zone = "Europe/Berlin" }
    [teams]
    all = { members = ["ana", "bo", "cy"] }
    [areas]
    checkout = { experts = ["cy", "ana"] }
    ledger = { experts = ["fay"] }
    "#;
    let primary = r#"
    [[rotation]]
    name = "primary"
    zone = "UTC"
    turn = "1 day"
    start = "2026-12-06T10:10:00Z"
    handoff = "10:10"
    members = ["ana", "bo"]
    "#;
    let nobody = "[[rotation]]\nname = 'empty'\nzone = 'UTC'\nmembers = ['nobody']";
    let read = |text: &str| Source::parse(text, Format::Toml).unwrap();
    let schedule = |text| Schedule::read(read(text)).unwrap_or_else(|no| panic!("{no:#?}"));
    World::new(Directory::read(read(directory)).unwrap())
        .with_schedule("primary".parse().unwrap(), schedule(primary))
        .with_schedule("empty".parse().unwrap(), schedule(nobody))
        .with_slot("commander".parse().unwrap(), vec![person("gus")])
}

/// What is told: `5 acknowledged ana`, a line each, in minutes from the start.
pub(super) fn input(text: &str) -> (Timestamp, EscalationInput) {
    let words: Vec<_> = text.split_whitespace().collect();
    let who = |at: usize| words.get(at).map(|name| person(name));
    let input = match words[1] {
        "tick" => EscalationInput::Tick {},
        "acknowledged" => EscalationInput::Acknowledged { by: who(2).unwrap() },
        "unacknowledged" => EscalationInput::Unacknowledged {},
        "snoozed" => EscalationInput::Snoozed { until: after(words[2].parse().unwrap()) },
        "woken" => EscalationInput::Woken {},
        "reassigned" => EscalationInput::Reassigned { to: who(2).unwrap(), by: who(3) },
        "severity" => EscalationInput::SeverityChanged { severity: words[2].parse().unwrap(), raised: None },
        "area" => EscalationInput::AreaAdded { area: words[2].parse().unwrap() },
        "help" => EscalationInput::HelpAsked { reason: HelpReason::Stuck, by: who(2) },
        "progress" => EscalationInput::Progress { by: who(2) },
        "resolved" => EscalationInput::Resolved {},
        other => panic!("{other}"),
    };
    (after(words[0].parse().unwrap()), input)
}

/// As a host that is never late: every deadline gets its tick, up to the end.
pub(super) fn play(escalation: &mut Escalation, world: &World, told: &[&str], until: i64) -> Vec<EscalationAction> {
    let mut actions = Vec::new();
    let mut told: Vec<_> = told.iter().map(|line| input(line)).collect();
    told.push((after(until), EscalationInput::Tick {}));
    for (at, input) in told {
        while let Some(due) = escalation.next_deadline().filter(|due| *due < at) {
            escalation.tick(due).unwrap();
            actions.extend(escalation.drain(world));
        }
        escalation.handle(at, input).unwrap();
        actions.extend(escalation.drain(world));
    }
    actions
}

/// One line an action: `+5 bo first/1/0`, or what it is.
pub(super) fn line(action: &EscalationAction) -> Option<String> {
    Some(match action {
        EscalationAction::Page(page) => {
            let minutes = page.at.since(start()).as_micros() / 60_000_000;
            format!("+{minutes} {} {}/{}/{}", page.person, page.track.as_str(), page.step, page.round)
        }
        EscalationAction::NobodyReachable(_) => "nobody reachable".to_owned(),
        EscalationAction::NobodyNew(it) => format!("nobody new for {}", it.to.as_ref().map_or("?", |to| to.as_str())),
        EscalationAction::Logged(it) => format!("{:?}", it.what),
        EscalationAction::Finished(_) => "finished".to_owned(),
        EscalationAction::PolicyStarted(_) => return None,
        EscalationAction::Unknown(_) => panic!("an action of ours is known"),
    })
}

pub(super) fn begin(policy: &EscalationPolicy, areas: &[&str]) -> Escalation {
    let basis = EscalationBasis {
        severity: Some("sev1".parse().unwrap()),
        areas: areas.iter().map(|area| area.parse().unwrap()).collect(),
        ..EscalationBasis::new("019acdef-0000-7000-8000-000000000001".parse().unwrap())
    };
    Escalation::begin(basis, policy, start()).unwrap()
}

/// Plays two hours of a policy, and compares what it asks for.
pub(super) fn check(text: &str, areas: &[&str], told: &[&str], expected: &[&str]) {
    let mut escalation = begin(&policy(text), areas);
    let actions = play(&mut escalation, &world(), told, 120);
    let lines: Vec<_> = actions.iter().filter_map(line).collect();
    assert_eq!(lines, expected, "{text}\n{told:?}");
}
