//! Who is on call and why, a page that escalates minute by minute, a proof, and a counterexample.

use std::path::Path;

use incident_core::{
    Elapsed, Escalation, EscalationAction, EscalationBasis, EscalationInput, Format, Handbook, HelpReason, PersonId,
    Result, Source, Timestamp, Zone,
};

use crate::{heading, text, told};

/// The rules of the team that the pages are about.
const RULES: &str = "payments.toml";

/// Prints the pages.
pub(crate) fn tour(data: &Path) -> std::result::Result<(), String> {
    let rules = text(&data.join(RULES))?;
    let told = |no| told(&no);
    let team = read(&rules).map_err(told)?;
    on_call(&team).and_then(|()| minute_by_minute(&team)).and_then(|()| proof(&team, &rules)).map_err(told)
}

fn read(rules: &str) -> Result<Handbook> {
    Handbook::read(Source::parse(rules, Format::Toml)?.named(RULES))
}

fn on_call(team: &Handbook) -> Result<()> {
    heading("6  WHO IS ON CALL, AND WHY");
    let schedule = team.schedule("primary")?;
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

fn minute_by_minute(team: &Handbook) -> Result<()> {
    heading("7  A PAGE ESCALATES, MINUTE BY MINUTE");
    let paris: Zone = "Europe/Paris".parse()?;
    let start: Timestamp = "2026-03-14T01:12:00Z".parse()?;
    let (world, policy) = (team.world(None)?, team.policy("payments")?);
    let basis = EscalationBasis {
        severity: Some("sev1".parse()?),
        areas: vec!["checkout".parse()?],
        ..EscalationBasis::new("019ce9f0-0000-7000-8000-000000000001".parse()?)
    };
    let bo = PersonId::new("bo")?;
    let mut escalation = Escalation::begin(basis, policy, start)?;
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

fn proof(team: &Handbook, rules: &str) -> Result<()> {
    heading("8  A PROOF, AND A COUNTEREXAMPLE");
    let from = "2026-03-16T08:00".parse()?;
    for line in team.report(Some(from), None).to_string().lines() {
        println!("   {line}");
    }
    println!("\n   The same with a hole planted: the nights get hours, `daily 11:00-23:00` in Los Angeles.\n");
    let night = "zone    = \"America/Los_Angeles\"\n";
    let holed = read(&rules.replace(night, &format!("{night}hours   = \"daily 11:00-23:00\"\n")))?;
    for finding in holed.check(Some(from)) {
        println!("   {finding}");
        for fact in ["when", "then"] {
            finding.facts.get(fact).iter().for_each(|told| println!("     {fact}: {told}"));
        }
    }
    let proof = holed.policy("payments")?.verify(&holed.world(None)?, from)?;
    if let Some(example) = proof.claims.iter().flat_map(|claim| &claim.counterexamples).next() {
        println!("   {}", example.why);
        for line in &example.trace {
            println!("     +{:<8}{}", line.after.words(), line.why);
        }
    }
    Ok(())
}
