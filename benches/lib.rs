//! What the benches work on; run them with `cargo bench -p benches`.

use incident_core::{Disruption, Elapsed, Incident, PersonId, Result, Timestamp, Visibility};

/// An incident with this many entries, or a few more.
///
/// # Errors
/// None in practice.
pub fn incident(entries: usize) -> Result<Incident> {
    let start: Timestamp = "2026-03-14T01:12:00Z".parse()?;
    let ana = PersonId::new("ana")?;
    let id = "019ce9f0-0000-7000-8000-000000000001".parse()?;
    let mut incident = Incident::declare(id, "card payments fail", &ana.at(start))?;
    for minute in (1..).take(entries) {
        let stamp = ana.at(start.plus(Elapsed::minutes(minute)));
        if minute % 10 == 0 {
            incident.report_impact("checkout".parse()?, Disruption::Partial, None, &stamp)?;
        } else {
            incident.note("still looking", Visibility::Internal, &stamp)?;
        }
    }
    Ok(incident)
}
