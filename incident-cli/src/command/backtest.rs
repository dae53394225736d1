//! `backtest`: a policy against past incidents.

use incident_core::{ColumnMap, EscalationPolicy, Handbook, History, Incident, PastIncident, Source};

use crate::FINE;
use crate::args::BacktestArgs;
use crate::host::Host;
use crate::load;
use crate::trouble::{Done, Trouble};

pub(super) fn run(args: &BacktestArgs, host: &mut Host<'_>) -> Done {
    let book = load::handbook(host, &args.files.files)?;
    let base = args.against.as_ref().map(|version| load::older(host, version, &args.files.files)).transpose()?;
    let mut incidents = Vec::new();
    for name in &args.history {
        host.progress(&format!("reading {name}"));
        incidents.extend(past(args, name, &book, host)?);
    }
    host.progress("");
    let (team, policy) = chosen(&book, args.policy.as_deref())?;
    let world = book.world(Some(&team))?;
    match base {
        None => {
            let told = policy.backtest(&world, &incidents, args.assume)?;
            match args.json {
                true => super::json(host, &told)?,
                false => {
                    writeln!(host.out, "{}", told.why)?;
                    for person in &told.people {
                        let (pages, nights) = (person.pages, person.nights);
                        writeln!(host.out, "  {}: {pages} pages, {nights} broken nights", person.person)?;
                    }
                    told.findings.iter().try_for_each(|finding| writeln!(host.out, "  {finding}"))?;
                }
            }
        }
        Some(base) => {
            let (older_team, older) = chosen(&base, args.policy.as_deref())?;
            let older_world = base.world(Some(&older_team))?;
            let told = policy.backtest_against(&world, (older, &older_world), &incidents, args.assume)?;
            match args.json {
                true => super::json(host, &told)?,
                false => {
                    writeln!(host.out, "{}", told.why)?;
                    told.people.iter().try_for_each(|person| writeln!(host.out, "  {}", person.why))?;
                }
            }
        }
    }
    Ok(FINE)
}

/// The policy that is asked for, and its team.
fn chosen<'a>(book: &'a Handbook, name: Option<&str>) -> Result<(String, &'a EscalationPolicy), Trouble> {
    let mut all = Vec::new();
    for team in book.teams() {
        for (policy, it) in book.policies_of(team.as_str())? {
            let full = format!("{team}/{policy}");
            if name.is_none_or(|name| name == policy.as_str() || name == full) {
                all.push((team.to_string(), full, it));
            }
        }
    }
    match all.as_slice() {
        [(team, _, policy)] => Ok((team.clone(), policy)),
        [] => Err(Trouble::Asked(match name {
            Some(name) => format!("there is no policy `{name}`"),
            None => "there is no policy that can be used".to_owned(),
        })),
        many => {
            let names: Vec<&str> = many.iter().map(|(_, full, _)| full.as_str()).collect();
            Err(Trouble::Asked(format!("there are several policies: choose with --policy, of {}", names.join(", "))))
        }
    }
}

/// Past incidents from a file: a record of one, or rows.
fn past(args: &BacktestArgs, name: &str, book: &Handbook, host: &mut Host<'_>) -> Result<Vec<PastIncident>, Trouble> {
    let bytes = load::bytes(host, name)?;
    let text = std::str::from_utf8(&bytes).unwrap_or_default();
    if text.trim_start().starts_with('{') && text.contains("incident-core/incident/") {
        return Ok(vec![PastIncident::from_record(&Incident::from_json(text)?)?]);
    }
    let as_of = args.as_of.unwrap_or(host.now);
    let map: ColumnMap = match &args.columns {
        None => return Err(Trouble::Asked(format!("{name} has rows: say with --columns what they mean"))),
        Some(columns) => match book.columns(columns) {
            Ok(map) => map.clone(),
            Err(_) => Source::open(&load::read(host, columns)?, None, Some(columns))?.read()?,
        },
    };
    let lines = text.trim_start().starts_with('{');
    let history = match lines {
        true => History::from_jsonl(&bytes, &map, as_of)?,
        false => History::from_csv(&bytes, &map, as_of)?,
    };
    let past = history.past_incidents();
    past.findings.iter().try_for_each(|finding| writeln!(host.err, "{name}: {finding}"))?;
    Ok(past.incidents)
}
