//! Should I declare?

use serde::{Deserialize, Serialize};

use crate::time::Elapsed;

/// What worries somebody, as far as they know; what is left out is unknown.
#[derive(Clone, Debug, Default, Deserialize, PartialEq, Serialize)]
#[serde(default, deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Concern {
    /// In their own words.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub text: Option<String>,
    /// Whether a second team is needed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub second_team_needed: Option<bool>,
    /// Whether customers can see it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub customer_visible: Option<bool>,
    /// For how long it has been looked at without a solution.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub unsolved_for: Option<Elapsed>,
    /// Whether data or security is at risk.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub data_or_security_at_risk: Option<bool>,
}

/// Whether to declare, and why.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Advice {
    /// Whether to declare: yes, unless every criterion is known not to be met.
    pub declare: bool,
    /// The criteria that are met, by the names of their fields.
    pub met: Vec<String>,
    /// The criteria of which nothing is known.
    pub unknown: Vec<String>,
    /// In one sentence.
    pub why: String,
}

/// Should this be declared? The criteria are those of the Google SRE book ("Managing Incidents") and of Atlassian's
/// incident handbook, with data and security added; in doubt the answer is yes, since an incident that was none can be
/// stood down without blame.
///
/// ```
/// use incident_core::{Concern, advice};
///
/// let advice = advice(&Concern { customer_visible: Some(true), ..Concern::default() });
/// assert!(advice.declare);
/// assert_eq!(advice.why, "declare: customers can see it");
/// ```
#[must_use]
pub fn advice(concern: &Concern) -> Advice {
    let criteria = [
        ("second_team_needed", concern.second_team_needed, "a second team is needed"),
        ("customer_visible", concern.customer_visible, "customers can see it"),
        ("unsolved_for", concern.unsolved_for.map(|time| time >= Elapsed::hours(1)), "it is unsolved after an hour"),
        ("data_or_security_at_risk", concern.data_or_security_at_risk, "data or security is at risk"),
    ];
    let named = |wanted: Option<bool>| criteria.iter().filter(move |(_, answer, _)| *answer == wanted);
    let names = |wanted| named(wanted).map(|(name, _, _)| (*name).to_owned()).collect::<Vec<_>>();
    let (met, unknown) = (names(Some(true)), names(None));
    let reasons: Vec<_> = named(Some(true)).map(|(_, _, reason)| *reason).collect();
    let why = match (reasons.is_empty(), unknown.is_empty()) {
        (false, _) => format!("declare: {}", reasons.join(", ")),
        (true, false) => "declare: nobody knows that it is nothing, and standing down costs nothing".to_owned(),
        (true, true) => {
            "watch it: no criterion is met; declare as soon as one is, or if you are still worried".to_owned()
        }
    };
    Advice { declare: !met.is_empty() || !unknown.is_empty(), met, unknown, why }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(concern: &str, declare: bool, why: &str) {
        let advice = advice(&serde_json::from_str(concern).unwrap());
        assert_eq!((advice.declare, advice.why.as_str()), (declare, why));
    }

    #[test]
    fn in_doubt_the_answer_is_yes() {
        check("{}", true, "declare: nobody knows that it is nothing, and standing down costs nothing");
        check(
            r#"{"second_team_needed": true, "unsolved_for": "1h"}"#,
            true,
            "declare: a second team is needed, it is unsolved after an hour",
        );
        check(
            r#"{"second_team_needed": false, "customer_visible": false, "unsolved_for": "59m", "data_or_security_at_risk": false}"#,
            false,
            "watch it: no criterion is met; declare as soon as one is, or if you are still worried",
        );
    }
}
