//! Conditions by themselves: checked, explained, shortened.

use super::register::operations;
use super::severity::{inside, or_standard};
use crate::{Condition, Facts, Finding, Verdict, Vocabulary};

operations! { Free:
    /// Everything that is wrong with a condition: unknown facts, values outside their domain, tests that a domain has no
    /// order for; otherwise whether it never or always holds.
    new check_condition(condition: Condition, vocabulary: Option<Vocabulary>) -> Result<Vec<Finding>> {
        Ok(condition.check(&or_standard(vocabulary)))
    }

    /// Whether a condition holds for facts, and which part of it decided.
    ///
    /// Refused: `condition.*` where the condition or the facts do not fit the vocabulary.
    new explain_condition(condition: Condition, facts: Facts, vocabulary: Option<Vocabulary>) -> Result<Verdict> {
        let vocabulary = or_standard(vocabulary);
        vocabulary.check(&facts).map_err(|error| inside("/facts", error))?;
        condition.bind(&vocabulary).map_err(|error| inside("/condition", error))?.explain(&facts)
    }

    /// A condition in the long form, which is canonical.
    new normalize_condition(condition: Condition) -> Result<Condition> {
        Ok(condition)
    }

    /// A condition in the short form, as people write it, as JSON text.
    new shorten_condition(condition: Condition) -> Result<String> {
        Ok(condition.to_short())
    }
}
