//! The story: one incident from its alert to its retrospective, and the history behind it. The same program stands in
//! `story.py` and `story.ts`; all three print the same bytes.
#![allow(clippy::indexing_slicing, reason = "the story knows its data")]

use incident_core::{
    ColumnMap, Disruption, Elapsed, Escalation, Format, Handbook, History, Incident, Lifecycle, Metric, PersonId,
    Retrospective, Source, Timestamp, interop,
};

fn main() -> incident_core::Result<()> {
    let start: Timestamp = "2026-03-14T01:12:00Z".parse()?;
    story(|minutes| start.plus(Elapsed::minutes(minutes)))
}

fn story(t: impl Fn(i64) -> Timestamp) -> incident_core::Result<()> {
    let team = Source::parse(include_str!("data/payments.toml"), Format::Toml)?.named("payments.toml");
    let team = Handbook::read(team)?;
    println!("{}", team.report(Some("2026-03-16T08:00".parse()?), None).why);
    let scheme = team.scheme(None)?;
    let (ana, bo, pager) = (PersonId::new("ana")?, PersonId::new("bo")?, PersonId::new("pager")?);

    let alert = interop::read(include_bytes!("data/alertmanager.json"), &interop::Options::default())?;
    let id = "019ce9f0-0000-7000-8000-000000000001".parse()?;
    let mut inc = Incident::declare_from(id, &alert.candidates[0], Lifecycle::default(), &ana.at(t(0)))?;
    println!("{}", inc.title());

    inc.report_impact("checkout".parse()?, Disruption::Partial, None, &ana.at(t(2)))?;
    let answer = scheme.classify(&inc.facts(t(2)))?;
    println!("{}", answer.why);
    inc.classify(&answer, &ana.at(t(2)))?;

    println!("{}", team.schedule("primary")?.on_call(t(2)).why);
    let world = team.world(None)?;
    let mut escalation = Escalation::start(&inc, team.policy("payments")?, t(2))?;
    for action in escalation.drain(&world) {
        println!("{}", action.why());
        inc.record(&action, &pager.at(t(2)))?;
    }

    inc.acknowledge(&bo.at(t(5)))?;
    escalation.feed(&inc)?;
    assert!(escalation.drain(&world).is_empty() && escalation.next_deadline().is_none());
    if let Err(no) = inc.acknowledge(&ana.at(t(6))) {
        println!("{}", no.code);
    }
    inc.resolve(Some("rolled back 4f1c".to_owned()), &bo.at(t(31)))?;
    for moment in inc.timeline() {
        println!("{}", moment.text);
    }

    let retro = Retrospective::draft(&inc, t(60))?;
    println!("{}", retro.to_markdown().replace("_What went well?_", "The rollback took six minutes."));

    let columns = ColumnMap::parse(include_str!("data/columns.toml"), Format::Toml)?;
    let past = History::from_csv(include_bytes!("data/history.csv"), &columns, t(0))?;
    println!("{}", past.summarize(&Metric::time_to_resolve()).median.why);
    print!("{}", past.report());
    Ok(())
}
