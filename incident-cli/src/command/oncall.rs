//! `oncall`: who is on call, and why.

use incident_core::{Moment, Schedule, ScheduleId, Zone, ical};

use crate::FINE;
use crate::args::{OncallArgs, Range};
use crate::host::Host;
use crate::load;
use crate::print;
use crate::trouble::{Done, Trouble};

pub(super) fn run(args: &OncallArgs, host: &mut Host<'_>) -> Done {
    let book = load::handbook(host, &args.files.files)?;
    let schedules: Vec<(ScheduleId, &Schedule)> = match &args.schedule {
        Some(name) => vec![(ScheduleId::new(name)?, book.schedule(name)?)],
        None => book.schedules().into_iter().collect(),
    };
    if schedules.is_empty() {
        let first = book.check(None).into_iter().next().map(|finding| format!(": {finding}")).unwrap_or_default();
        return Err(Trouble::Asked(format!("there is no schedule that can be used{first}")));
    }
    match args.range {
        Some(range) => over(args, range, &schedules, host)?,
        None => at(args, &schedules, host)?,
    }
    Ok(FINE)
}

/// The zone in which moments without one are meant.
fn zone(schedule: &Schedule) -> Zone {
    schedule.document().rotation.first().map_or(Zone::UTC, |rotation| rotation.zone)
}

fn at(args: &OncallArgs, schedules: &[(ScheduleId, &Schedule)], host: &mut Host<'_>) -> Result<(), Trouble> {
    let mut all = std::collections::BTreeMap::new();
    for (name, schedule) in schedules {
        let at = args.at.unwrap_or(Moment::from(host.now)).instant(zone(schedule));
        all.insert(name.to_string(), (schedule.on_call(at), schedule.next(at)));
    }
    if args.json {
        let answers: std::collections::BTreeMap<_, _> = all.iter().map(|(name, (answer, _))| (name, answer)).collect();
        return super::json(host, &answers);
    }
    for (name, (answer, next)) in &all {
        let next: Vec<&str> = next.iter().map(incident_core::PersonId::as_str).collect();
        let then = if next.is_empty() { String::new() } else { format!("; then {}", next.join(", ")) };
        let line = format!("{name}: {}{then}", answer.why);
        match args.md {
            true => writeln!(host.out, "- {}", print::escaped(&line))?,
            false => writeln!(host.out, "{line}")?,
        }
    }
    Ok(())
}

fn over(
    args: &OncallArgs,
    range: Range,
    schedules: &[(ScheduleId, &Schedule)],
    host: &mut Host<'_>,
) -> Result<(), Trouble> {
    let person = args.person.as_ref();
    if args.html && schedules.len() != 1 {
        return Err(Trouble::Asked("a page shows one schedule: name it with --schedule".to_owned()));
    }
    let mut events = Vec::new();
    let mut all = std::collections::BTreeMap::new();
    let first = schedules.first().map_or(Zone::UTC, |(_, schedule)| zone(schedule));
    for (name, schedule) in schedules {
        let zone = zone(schedule);
        let (start, end) = (range.from.instant(zone), range.until.instant(zone));
        let title = format!("{name}: who is on call");
        if args.ics {
            let of = schedule.events(start, end, person)?.into_iter();
            // The same shift of two schedules is two events.
            events.extend(of.map(|mut event| {
                event.uid = format!("{name}/{}", event.uid);
                event
            }));
        } else if args.html {
            write!(host.out, "{}", schedule.to_html(&title, start, end, person)?)?;
        } else if args.md {
            writeln!(host.out, "{}", schedule.to_markdown(&title, start, end, person)?)?;
        } else {
            let mut shifts = schedule.shifts(start, end)?;
            shifts.shifts.retain(|shift| person.is_none_or(|person| shift.people.contains(person)));
            all.insert(name.to_string(), (zone, shifts));
        }
    }
    if args.ics {
        write!(host.out, "{}", ical::write(&events, first, host.now)?)?;
    } else if args.json {
        let answers: std::collections::BTreeMap<_, _> = all.iter().map(|(name, (_, shifts))| (name, shifts)).collect();
        super::json(host, &answers)?;
    } else {
        for (name, (zone, shifts)) in &all {
            for shift in &shifts.shifts {
                let said = |at: Option<incident_core::Timestamp>| at.map_or_else(|| "..".to_owned(), |at| zone.say(at));
                writeln!(host.out, "{name}: {} until {}: {}", said(shift.start), said(shift.end), shift.why)?;
            }
        }
    }
    Ok(())
}
