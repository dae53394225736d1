//! One incident from its first alert to its retrospective.

use std::path::Path;

use incident_core::{
    Assurance, AssuranceAnswer, Clearance, Concern, Disruption, Elapsed, FactorKind, FollowUpKind, Format, Handbook,
    Incident, IncidentId, Lifecycle, ObservationKind, PersonId, Result, Retrospective, SeverityScheme, Source,
    StateKind, Timestamp, Viewer, Visibility, Zone, advice, event, interop,
};

use crate::{heading, text, told};

/// Prints the page, and writes the retrospective to a folder.
pub(crate) fn tour(data: &Path, target: &Path) -> std::result::Result<(), String> {
    let (alert, rules) = (text(&data.join("alertmanager.json"))?, text(&data.join("payments.toml"))?);
    let retrospective = page(&alert, &rules).map_err(|no| told(&no))?;
    let path = target.join("retrospective.md");
    std::fs::create_dir_all(target).and_then(|()| std::fs::write(&path, retrospective)).map_err(|no| no.to_string())?;
    println!("   The whole draft is in target/tour/retrospective.md");
    Ok(())
}

/// The page; returns the retrospective as Markdown.
fn page(alert: &str, rules: &str) -> Result<String> {
    let paris: Zone = "Europe/Paris".parse()?;
    let start: Timestamp = "2026-03-14T01:12:00Z".parse()?;
    let t = |minutes: i64| start.plus(Elapsed::minutes(minutes));
    let (ana, bo, cy) = (PersonId::new("ana")?, PersonId::new("bo")?, PersonId::new("cy")?);
    let id: IncidentId = "019ce9f0-0000-7000-8000-000000000001".parse()?;
    println!("One incident all the way round, {} (fictional)", paris.say(start));

    heading("1  AN ALERT PROPOSES, A PERSON DECLARES");
    let import = interop::read(alert.as_bytes(), &interop::Options::default())?;
    let candidate = &import.candidates[0];
    let worry = Concern { customer_visible: Some(true), ..Concern::default() };
    println!("   alert      {}", candidate.title);
    println!("   advice     {}", advice(&worry).why);
    let mut incident = Incident::declare_from(id, candidate, Lifecycle::default(), &ana.at(t(0)))?;
    incident.report_impact("checkout".parse()?, Disruption::Partial, Some("card payments".into()), &ana.at(t(2)))?;

    heading("2  HOW BAD IS IT, AND WHAT WOULD WE HAVE TO ASK?");
    let team = Handbook::read(Source::parse(rules, Format::Toml)?.named("payments.toml"))?;
    let scheme = team.scheme(None)?;
    let answer = scheme.classify(&incident.facts(t(2)))?;
    incident.classify(&answer, &ana.at(t(2)))?;
    println!("   severity   {}", answer.why);
    println!("   scheme     {}", checked(scheme));

    heading("3  IT IS WORSE THAN IT SEEMED");
    incident.acknowledge(&bo.at(t(4)))?;
    incident.assign_role("commander".parse()?, bo.clone(), &bo.at(t(5)))?;
    incident.append(
        vec![event::Hypothesized { statement: "the 01:05 deploy broke the card client".into(), area: None }.into()],
        &bo.at(t(7)),
    )?;
    incident.assure(
        Assurance::DataLost,
        AssuranceAnswer::Occurred,
        None,
        Some("four orders are gone".into()),
        &cy.at(t(8)),
    )?;
    let proposal = scheme.reclassify(answer.severity.as_ref(), &incident.facts(t(8)))?;
    println!("   proposal   {}", proposal.classification.why);
    for change in proposal.difference.iter().flat_map(|difference| &difference.changes) {
        println!("              - {}", change.why);
    }
    incident.classify(&proposal.classification, &bo.at(t(9)))?;

    heading("4  RESOLVED, CORRECTED, AND SEEN FROM OUTSIDE");
    let update = "Some card payments fail. We are rolling back a change and will write again by 02:50.";
    incident.post_update("customers".parse()?, update, Visibility::Public, Some(t(38)), &ana.at(t(12)))?;
    incident.resolve(Some("rolled back 4f1c".into()), &bo.at(t(31)))?;
    let late = incident.reach("mitigated".parse()?, &bo.at(t(33)).occurred(t(29)))?;
    let seq = late.first().map(|entry| entry.seq).unwrap_or(incident_core::Seq(1));
    incident.correct(seq, None, Some(t(27)), Some("the graph says 27 minutes".into()), &cy.at(t(40)))?;
    let overview = incident.overview(t(60));
    for name in ["started", "declared", "acknowledged", "mitigated", "resolved"] {
        let at = overview.milestone(name).map(|at| paris.say(at)).unwrap_or_default();
        println!("   {name:<13} {at}");
    }
    println!("   in work       {}", incident.time_in(StateKind::Active, t(60)).words());
    let outside = incident.view(&Viewer { person: None, clearance: Clearance::Public }, t(60));
    println!(
        "   seen inside   {} entries; outside {}: {}",
        incident.entries().len(),
        outside.entries.len(),
        outside.timeline[0].text
    );
    let refused = incident.acknowledge(&cy.at(t(61))).err();
    println!("   refused       {}", refused.map(|no| format!("{no} [{}]", no.code)).unwrap_or_default());

    heading("5  WHAT WE LEARN: A RETROSPECTIVE, DRAFTED FROM THE RECORD");
    let factor =
        incident.identify_factor("the card client has no timeout", FactorKind::Condition, Vec::new(), &bo.at(t(90)))?;
    let factors = factor.iter().map(|entry| entry.seq).collect();
    let title = "Give the card client a timeout".to_owned();
    let follow_up = event::FollowUpAdded {
        title,
        kind: FollowUpKind::Prevent,
        owner: Some(bo.clone()),
        team: None,
        due_on: Some("2026-03-28".parse()?),
        next_update_at: Some(t(7 * 24 * 60)),
        factors,
        link: None,
    };
    incident.add_follow_up(follow_up, &bo.at(t(91)))?;
    incident.observe(ObservationKind::Lucky, "the deploy was on top of the list", &bo.at(t(92)))?;
    incident
        .tell_perspective("I saw the error rate before the alert did, and thought it was my laptop.", &bo.at(t(93)))?;
    let retrospective = Retrospective::draft(&incident, t(120))?;
    let markdown = retrospective.to_markdown();
    for line in markdown.lines().filter(|line| line.starts_with("## ")) {
        println!("   {line}");
    }
    let missing: Vec<_> = retrospective.missing_perspectives().iter().map(ToString::to_string).collect();
    println!("   still to be heard: {}", missing.join(", "));
    Ok(markdown)
}

/// What checking a scheme says, in a line.
fn checked(scheme: &SeverityScheme) -> String {
    let found: Vec<String> = scheme.check().iter().map(ToString::to_string).collect();
    if found.is_empty() {
        return "every situation has a severity, every rule matters, and nothing worse is answered more mildly"
            .to_owned();
    }
    found.join("\n              ")
}
