//! What rules can ask of an incident.

use std::collections::BTreeSet;

use crate::condition::{Fact, FactValue, Facts, Vocabulary, Worse};
use crate::time::Timestamp;

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
/// | `age` | the time since it was declared | longer is worse |
/// | `acknowledged` | yes or no | none |
/// | `kind` | `standard`, `maintenance`, `drill`, `test` | none |
/// | `state` | the kind of its state | none |
#[must_use]
pub fn vocabulary() -> Vocabulary {
    let words = |all: Vec<&'static str>| all;
    let assurance = |question: &str| {
        Fact::ordered([AssuranceAnswer::ConfirmedNot.as_str(), AssuranceAnswer::Occurred.as_str()])
            .map(|fact| fact.worse(Worse::Higher).ask(question))
    };
    let build = || {
        Vocabulary::new()
            .with(
                "loss",
                Fact::ordered(words(Disruption::ALL.iter().map(|word| word.as_str()).collect()))?
                    .worse(Worse::Higher)
                    .ask("how badly is it disrupted?"),
            )?
            .with("customers", Fact::share().worse(Worse::Higher).ask("which share of the customers is affected?"))?
            .with(
                "customer_count",
                Fact::integer_from(0)?.worse(Worse::Higher).ask("how many customers are affected?"),
            )?
            .with("areas", Fact::names().worse(Worse::Higher).ask("which areas are disrupted?"))?
            .with("data_lost", assurance("was any data lost?")?)?
            .with("data_exposed", assurance("was any data exposed?")?)?
            .with("security_breached", assurance("was security breached?")?)?
            .with("age", Fact::elapsed().worse(Worse::Higher))?
            .with("acknowledged", Fact::flag().ask("does anybody look after it?"))?
            .with("kind", Fact::choice(words(IncidentKind::ALL.iter().map(|word| word.as_str()).collect()))?)?
            .with("state", Fact::choice(words(StateKind::ALL.iter().map(|word| word.as_str()).collect()))?)
    };
    // The names above are valid and different, which a test holds.
    build().unwrap_or_default()
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
            facts.set("age", at.since(declared).max(crate::time::Elapsed::ZERO));
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
