//! Who is on call and why, a page that escalates minute by minute, a proof, and a counterexample.

use std::path::Path;

use incident_core::{
    Directory, Elapsed, Escalation, EscalationAction, EscalationBasis, EscalationInput, EscalationPolicy, Format,
    HelpReason, PersonId, Result, Schedule, Source, Timestamp, World, Zone,
};

use crate::{heading, text, told};

/// What the pages are made of, as text.
struct Files {
    people: String,
    schedule: String,
    policy: String,
}

/// Prints the pages.
pub(crate) fn tour(data: &Path) -> std::result::Result<(), String> {
    let file = |name: &str| text(&data.join(name));
    let files =
        Files { people: file("people.toml")?, schedule: file("schedule.toml")?, policy: file("escalation.toml")? };
    on_call(&files).and_then(|()| minute_by_minute(&files)).and_then(|()| proof(&files)).map_err(|no| told(&no))
}

impl Files {
    fn schedule(&self) -> Result<Schedule> {
        Schedule::read(Source::parse(&self.schedule, Format::Toml)?.named("schedule.toml"))
    }

    fn world(&self) -> Result<World> {
        let directory = Directory::read(Source::parse(&self.people, Format::Toml)?.named("people.toml"))?;
        Ok(World::new(directory).with_schedule("primary".parse()?, self.schedule()?))
    }

    fn policy(&self) -> Result<EscalationPolicy> {
        EscalationPolicy::read(&Source::parse(&self.policy, Format::Toml)?.named("escalation.toml"))
    }
}

fn on_call(files: &Files) -> Result<()> {
    heading("6  WHO IS ON CALL, AND WHY");
    let schedule = files.schedule()?;
    for (when, instant) in [
        ("at the alert", "2026-03-14T01:12:00Z"),
        ("at noon", "2026-03-14T11:00:00Z"),
        ("before it began", "2026-03-01T11:00:00Z"),
    ] {
        println!("   {when:<16}{}", schedule.on_call(instant.parse()?).why);
    }
    let next = schedule.next_handoff("2026-03-14T01:12:00Z".parse()?);
    println!("   next handoff    {}", next.map(|next| next.why).unwrap_or_default());
    Ok(())
}

fn minute_by_minute(files: &Files) -> Result<()> {
    heading("7  A PAGE ESCALATES, MINUTE BY MINUTE");
    let paris: Zone = "Europe/Paris".parse()?;
    let start: Timestamp = "2026-03-14T01:12:00Z".parse()?;
    let (world, policy) = (files.world()?, files.policy()?);
    let basis = EscalationBasis {
        severity: Some("sev1".parse()?),
        areas: vec!["checkout".parse()?],
        ..EscalationBasis::new("019ce9f0-0000-7000-8000-000000000001".parse()?)
    };
    let bo = PersonId::new("bo")?;
    let mut escalation = Escalation::begin(basis, &policy, start)?;
    let heard = [
        (12, "bo acknowledges", EscalationInput::Acknowledged { by: bo.clone() }),
        (
            14,
            "bo is stuck and asks for help",
            EscalationInput::HelpAsked { reason: HelpReason::Stuck, by: Some(bo.clone()) },
        ),
    ];
    let say = |minute: i64, what: &str| {
        println!("   +{minute:<4}{} {what}", paris.local(start.plus(Elapsed::minutes(minute))).format("%H:%M"));
    };
    for minute in 0..=40 {
        let now = start.plus(Elapsed::minutes(minute));
        for (_, what, input) in heard.iter().filter(|(at, ..)| *at == minute) {
            say(minute, what);
            escalation.handle(now, input.clone())?;
        }
        escalation.tick(now)?;
        for action in escalation.drain(&world) {
            match &action {
                EscalationAction::Page(page) => say(minute, &format!("page: {}", page.why)),
                other => say(minute, other.why()),
            }
        }
    }
    Ok(())
}

fn proof(files: &Files) -> Result<()> {
    heading("8  A PROOF, AND A COUNTEREXAMPLE");
    let (policy, from) = (files.policy()?, "2026-03-16T08:00".parse()?);
    let severities = ["sev1".parse()?, "sev2".parse()?, "sev3".parse()?];
    for line in policy.verify(&files.world()?, from)?.to_string().lines() {
        println!("   {line}");
    }
    println!("\n   The same with a hole planted: the nights get hours, `daily 11:00-23:00` in Los Angeles.\n");
    let night = "zone    = \"America/Los_Angeles\"\n";
    let holed = Files {
        people: files.people.clone(),
        schedule: files.schedule.replace(night, &format!("{night}hours   = \"daily 11:00-23:00\"\n")),
        policy: files.policy.clone(),
    };
    let world = holed.world()?;
    for finding in policy.check(&severities, Some(&world), Some(from)) {
        println!("   {finding}");
        for fact in ["when", "then"] {
            finding.facts.get(fact).iter().for_each(|told| println!("     {fact}: {told}"));
        }
    }
    let proof = policy.verify(&world, from)?;
    if let Some(example) = proof.claims.iter().flat_map(|claim| &claim.counterexamples).next() {
        println!("   {}", example.why);
        for line in &example.trace {
            println!("     +{:<8}{}", line.after.words(), line.why);
        }
    }
    Ok(())
}
