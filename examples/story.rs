//! The story: one incident from its alert to its retrospective, and the history behind it. The same program stands in
//! `story.py` and `story.ts`; all three print the same bytes.
#![allow(clippy::indexing_slicing, reason = "the story knows its data")]

use incident_core::{
    ColumnMap, Directory, Disruption, Elapsed, Escalation, EscalationPolicy, Format, History, Incident, Lifecycle,
    Metric, PersonId, Retrospective, Schedule, SeverityScheme, Source, Timestamp, World, interop, vocabulary,
};

fn main() -> incident_core::Result<()> {
    let start: Timestamp = "2026-03-14T01:12:00Z".parse()?;
    story(|minutes| start.plus(Elapsed::minutes(minutes)))
}

fn story(t: impl Fn(i64) -> Timestamp) -> incident_core::Result<()> {
    let scheme = Source::parse(include_str!("data/severity.toml"), Format::Toml)?.named("severity.toml");
    let scheme = SeverityScheme::read(&scheme, &vocabulary())?;
    assert!(scheme.check().is_empty());
    let (ana, bo, pager) = (PersonId::new("ana")?, PersonId::new("bo")?, PersonId::new("pager")?);

    let alert = interop::read(include_bytes!("data/alertmanager.json"), &interop::Options::default())?;
    let id = "019ce9f0-0000-7000-8000-000000000001".parse()?;
    let mut inc = Incident::declare_from(id, &alert.candidates[0], Lifecycle::default(), &ana.at(t(0)))?;
    println!("{}", inc.title());

    inc.report_impact("checkout".parse()?, Disruption::Partial, None, &ana.at(t(2)))?;
    let answer = scheme.classify(&inc.facts(t(2)))?;
    println!("{}", answer.why);
    inc.classify(&answer, &ana.at(t(2)))?;

    let file = |text| Source::parse(text, Format::Toml);
    let schedule = Schedule::read(file(include_str!("data/schedule.toml"))?)?;
    let policy = EscalationPolicy::read(&file(include_str!("data/escalation.toml"))?)?;
    println!("{}", schedule.on_call(t(2)).why);
    let world = World::new(Directory::read(file(include_str!("data/people.toml"))?)?)
        .with_schedule("primary".parse()?, schedule);
    let mut escalation = Escalation::start(&inc, &policy, t(2))?;
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
