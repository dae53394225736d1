//! What rules can ask of an incident.

use std::collections::BTreeSet;

use crate::condition::{Fact, FactValue, Facts, Vocabulary, Worse};
use crate::error::Result;
use crate::time::{Elapsed, Timestamp};

use super::Incident;
use super::event::{Assurance, AssuranceAnswer, Disruption, Event, IncidentKind, StateKind};
use super::fold::by_occurrence;

/// The standard vocabulary: what [`Incident::facts`] tells, with the domains over which rules are checked. Hosts add
/// their own facts with [`Vocabulary::with`] and record them with [`Incident::record_fact`].
///
/// | fact | values | order |
/// |---|---|---|
/// | `loss` | `none`, `degraded`, `partial`, `full` | worse to the right |
/// | `customers` | a share of all customers | more is worse |
/// | `customer_count` | a whole number | more is worse |
/// | `areas` | the areas that are disrupted | more is worse |
/// | `data_lost`, `data_exposed`, `security_breached` | `confirmed_not`, `occurred` | worse to the right |
/// | `alert_severities` | what its alerts call their own severity | none |
/// | `age` | the time since it was declared | longer is worse |
/// | `acknowledged` | yes or no | none |
/// | `kind` | `standard`, `maintenance`, `drill`, `test` | none |
/// | `state` | the kind of its state | none |
#[must_use]
pub fn vocabulary() -> Vocabulary {
    // The names are valid and different, which a test holds.
    standard().unwrap_or_default()
}

fn standard() -> Result<Vocabulary> {
    let loss = Fact::ordered(Disruption::ALL.iter().map(|word| word.as_str()))?
        .label("the disruption")
        .ask("what is broken: nothing, something slow or flawed, a part, or everything?");
    let customers = Fact::share()
        .label("the share of customers affected")
        .ask("what share of customers is affected?")
        .words("is", "{} of customers are affected")
        .words("at_least", "at least {} of customers are affected");
    let count =
        Fact::integer_from(0)?.label("the number of customers affected").ask("how many customers are affected?");
    let areas = Fact::names()
        .label("the disrupted areas")
        .ask("which areas are disrupted?")
        .words("contains", "{} is affected")
        .words("lacks", "{} is not affected");
    let age = Fact::elapsed().label("the time since it was declared");
    let acknowledged = Fact::flag().label("somebody looks after it").ask("does anybody look after it?");
    Vocabulary::new()
        .with("loss", loss.worse(Worse::Higher))?
        .with("customers", customers.worse(Worse::Higher))?
        .with("customer_count", count.worse(Worse::Higher))?
        .with("areas", areas.worse(Worse::Higher))?
        .with("data_lost", harm("was any data lost?", "data was lost", "no data was lost")?)?
        .with("data_exposed", harm("was any data exposed?", "data was exposed", "no data was exposed")?)?
        .with(
            "security_breached",
            harm("did anybody get in who should not have?", "security was breached", "security was not breached")?,
        )?
        .with("alert_severities", Fact::names().label("what the alerts call their severity"))?
        .with("age", age.worse(Worse::Higher))?
        .with("acknowledged", acknowledged)?
        .with("kind", Fact::choice(IncidentKind::ALL.iter().map(|word| word.as_str()))?.label("the kind"))?
        .with("state", Fact::choice(StateKind::ALL.iter().map(|word| word.as_str()))?.label("the state"))
}

/// Whether something happened that people want to be assured of.
fn harm(ask: &str, occurred: &str, not: &str) -> Result<Fact> {
    let values = [AssuranceAnswer::ConfirmedNot.as_str(), AssuranceAnswer::Occurred.as_str()];
    let fact = Fact::ordered(values)?.worse(Worse::Higher).ask(ask);
    Ok(fact.words("occurred", occurred).words("confirmed_not", not))
}

impl Incident {
    /// What rules can ask of it at an instant: the standard vocabulary and the facts that were recorded. What nobody
    /// said is unknown: before the first report `loss` and `areas` are.
    #[must_use]
    pub fn facts(&self, at: Timestamp) -> Facts {
        let overview = self.overview(at);
        let mut facts = Facts::new().at(at);
        let log = self.log();
        for entry in by_occurrence(&log) {
            if let Event::FactRecorded(it) = entry.event {
                facts.set(&it.fact, it.value.clone().unwrap_or(FactValue::Between { lowest: None, highest: None }));
            }
        }
        let disrupted = overview.impact.areas.iter().filter(|area| area.disruption != Disruption::None);
        if let Some(loss) = overview.impact.loss() {
            facts.set("loss", loss.as_str());
            facts.set("areas", FactValue::Names(disrupted.map(|area| area.area.to_string()).collect::<BTreeSet<_>>()));
        }
        facts.set("customers", overview.impact.customer_share);
        facts.set("customer_count", overview.impact.customers);
        for held in &overview.impact.assurances {
            if held.answer != AssuranceAnswer::Unknown {
                facts.set(fact_of(held.assurance), held.answer.as_str());
            }
        }
        if let Some(declared) = overview.milestone("declared") {
            facts.set("age", at.since(declared).max(Elapsed::ZERO));
        }
        facts.set("acknowledged", overview.milestone("acknowledged").is_some());
        facts.set("kind", overview.kind.as_str());
        facts.set("state", self.state().kind.as_str());
        facts
    }
}

/// The fact that an assurance answers.
fn fact_of(assurance: Assurance) -> &'static str {
    assurance.as_str()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::severity::{SeverityPreset, SeverityScheme};

    #[test]
    fn the_vocabulary_is_whole_and_agrees_with_the_schemes_that_come_with_the_library() {
        assert_eq!(standard().unwrap().facts().count(), 12);
        for preset in [SeverityPreset::Sev, SeverityPreset::Itil] {
            assert!(SeverityScheme::preset(preset, &vocabulary()).unwrap().check().is_empty());
        }
    }
}
