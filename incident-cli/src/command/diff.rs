//! `diff`: who moves when, and which page comes later.

use incident_core::{Handbook, ScheduleDifference, TeamReport, Zone};

use crate::FINE;
use crate::args::{ChangeFormat, DiffArgs};
use crate::host::Host;
use crate::load;
use crate::print::comment;
use crate::trouble::{Done, Trouble};

/// So many moves are told one by one.
const MOVES: usize = 12;

pub(super) fn run(args: &DiffArgs, host: &mut Host<'_>) -> Done {
    let book = load::handbook(host, &args.files.files)?;
    let base = load::older(host, &args.old, &args.files.files)?;
    host.progress("laying both side by side");
    let report = book.report(Some(super::from(&args.from, host)), Some(&base));
    host.progress("");
    match args.format {
        ChangeFormat::Text => {
            for team in &report.teams {
                of_team(&book, team, host)?;
            }
            let gone = base.teams().filter(|team| book.team(team.as_str()).is_err());
            gone.into_iter().try_for_each(|team| writeln!(host.out, "{team}: the team is gone"))?;
        }
        ChangeFormat::Json => {
            let changes: std::collections::BTreeMap<_, _> =
                report.teams.iter().map(|team| (&team.team, &team.change)).collect();
            super::json(host, &changes)?;
        }
        ChangeFormat::Markdown => write!(host.out, "{}", comment(&report, false))?,
    }
    Ok(FINE)
}

fn of_team(book: &Handbook, team: &TeamReport, host: &mut Host<'_>) -> Result<(), Trouble> {
    let Some(change) = &team.change else { return Ok(()) };
    writeln!(host.out, "{}: {}", team.team, change.why)?;
    for (name, moves) in &change.schedules {
        let schedule = book.schedule(&format!("{}/{name}", team.team))?;
        let zone = schedule.document().rotation.first().map_or(Zone::UTC, |rotation| rotation.zone);
        who(name.as_str(), moves, zone, host)?;
    }
    for (name, difference) in &change.policies {
        for one in &difference.changes {
            writeln!(host.out, "  {name}: {}", one.why)?;
        }
    }
    Ok(())
}

fn who(name: &str, moves: &ScheduleDifference, zone: Zone, host: &mut Host<'_>) -> Result<(), Trouble> {
    for finding in &moves.findings {
        writeln!(host.out, "  {finding}")?;
    }
    for one in moves.moves.iter().take(MOVES) {
        let people = |people: &[incident_core::PersonId]| match people {
            [] => "nobody".to_owned(),
            some => some.iter().map(ToString::to_string).collect::<Vec<_>>().join(", "),
        };
        writeln!(
            host.out,
            "  {name}: {} until {}: {} instead of {}",
            zone.say(one.start),
            zone.say(one.end),
            people(&one.after),
            people(&one.before)
        )?;
    }
    match moves.moves.len().checked_sub(MOVES) {
        Some(more) if more > 0 => writeln!(host.out, "  {name}: and {more} more")?,
        _ => {}
    }
    Ok(())
}
