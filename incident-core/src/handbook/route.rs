//! Which policy an incident gets.

use serde::{Deserialize, Serialize};

use super::book::Handbook;
use crate::condition::{Facts, Truth};
use crate::error::Result;
use crate::id::PolicyId;
use crate::incident::vocabulary;
use crate::time::Timestamp;

/// The policy that an incident gets, and why.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct RouteTaken {
    /// Its name.
    pub policy: PolicyId,
    /// The route that decided, counted from 0; absent where none did.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub route: Option<u32>,
    /// Routes before it that a fact nobody knows yet could have decided.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub open: Vec<u32>,
    /// In one sentence.
    pub why: String,
}

impl Handbook {
    /// Which policy of a team an incident with these facts gets at an instant: that of the first route whose condition
    /// holds and whose window is open, else the team's own.
    ///
    /// A route that an unknown fact leaves open is passed over, and told in `open`.
    ///
    /// ```
    /// use incident_core::{FactValue, Facts, Format, Handbook, Source};
    ///
    /// let text = r#"
    /// team = "payments"
    /// [escalation]
    /// otherwise = { page = ["person:ana"] }
    /// [policy.ledger]
    /// otherwise = { page = ["person:bo"] }
    /// [[route]]
    /// when   = { areas = "ledger" }
    /// policy = "ledger"
    /// "#;
    /// let book = Handbook::read(Source::parse(text, Format::Toml)?)?;
    /// let facts = Facts::new().with("areas", FactValue::from_iter(["ledger".to_owned()]));
    /// let taken = book.route("payments", &facts, "2026-12-14T10:00:00Z".parse()?)?;
    /// assert_eq!(taken.policy.as_str(), "ledger");
    /// # Ok::<(), incident_core::Error>(())
    /// ```
    ///
    /// # Errors
    /// `handbook.unknown_team`; `condition.*` for facts that are no facts
    pub fn route(&self, team: &str, facts: &Facts, at: Timestamp) -> Result<RouteTaken> {
        let file = self.of_team(team)?;
        let mut open = Vec::new();
        for (number, route) in (0..).zip(&file.document.route) {
            let window = route.within.as_ref().map(|name| {
                let shared = self.org().and_then(|org| org.document.windows.get(name));
                file.document.windows.get(name).or(shared)
            });
            if window.flatten().is_some_and(|window| !window.contains(at, None)) || window == Some(None) {
                continue;
            }
            let verdict = route.when.as_ref().map(|when| when.bind(&vocabulary())?.explain(facts)).transpose()?;
            match verdict.as_ref().map(|verdict| verdict.truth) {
                Some(Truth::False) => {}
                Some(Truth::Unknown) => open.push(number),
                Some(Truth::True) | None => {
                    let because = verdict.map_or_else(|| "it always holds".to_owned(), |verdict| verdict.why);
                    let policy = match route.policy.as_str() {
                        "escalation" => file.rules.main.clone(),
                        _ => route.policy.clone(),
                    };
                    let why = format!("`{policy}` by route {}: {because}", number + 1);
                    return Ok(RouteTaken { policy, route: Some(number), open, why });
                }
            }
        }
        let policy = file.rules.main.clone();
        let why = match file.document.route.len() {
            0 => format!("`{policy}`: the team has one policy for all"),
            _ => format!("`{policy}`: no route holds"),
        };
        Ok(RouteTaken { policy, route: None, open, why })
    }
}
