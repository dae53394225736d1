//! Severities of tools that page by priority or urgency: one for each value, decided by nothing else.

use crate::decode;
use crate::id::SeverityId;
use crate::severity::SeveritySchemeDocument;

use super::names::slug;

/// Names that mean something else where severities stand.
const TAKEN: [&str; 7] = ["schema", "order", "unknown", "facts", "matrix", "otherwise", "known"];

/// A value as a severity.
pub(super) fn severity(value: &str) -> Option<SeverityId> {
    let id = slug(value);
    let free = if TAKEN.contains(&id.as_str()) { format!("{id}-severity") } else { id };
    SeverityId::new(&free).ok()
}

/// Severities, worst first, each for one value of a fact; and the one that is assumed while the fact is unknown.
pub(super) fn scheme(fact: &str, order: &[SeverityId], assumed: &SeverityId) -> Option<SeveritySchemeDocument> {
    let lowest_first: Vec<_> = order.iter().rev().collect();
    let mut document = serde_json::json!({
        "order": order,
        "unknown": { "assume": assumed },
        "facts": { fact: { "kind": "ordered", "values": lowest_first, "worse": "higher" } },
    });
    for severity in order {
        document.as_object_mut()?.insert(severity.to_string(), serde_json::json!({ "when": { fact: severity } }));
    }
    decode::one(&document.to_string()).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_scheme_of_priorities_passes_its_check() {
        let order = ["p1", "p2"].map(|name| severity(name).unwrap());
        let written = serde_json::to_string(&scheme("priority", &order, &order[1]).unwrap()).unwrap();
        assert_eq!(
            written,
            r#"{"schema":"incident-core/severity-scheme/v1","order":["p1","p2"],"unknown":{"assume":"p2"},"facts":{"priority":{"kind":"ordered","values":["p2","p1"],"worse":"higher"}},"p1":{"when":{"priority":"p1"},"owes":{}},"p2":{"when":{"priority":"p2"},"owes":{}}}"#
        );
        assert_eq!(severity("Order").unwrap().as_str(), "order-severity");
        assert_eq!(severity("値"), None);
    }
}
