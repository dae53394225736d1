//! The operations of a severity scheme.

use super::register::operations;
use crate::{
    Classification, Error, Facts, Finding, Format, Reclassification, Response, ResponseDifference, SeverityId,
    SeverityMatrix, SeverityPreset, SeverityScheme, SeveritySchemeDocument, Source, Vocabulary,
};

/// The vocabulary where the caller gives none: that of incidents. This is the one place where it is filled in; severity
/// itself knows no incidents.
pub(super) fn or_standard(vocabulary: Option<Vocabulary>) -> Vocabulary {
    vocabulary.unwrap_or_else(crate::incident::vocabulary)
}

/// An error about one argument: its pointers begin there.
pub(super) fn inside(argument: &str, mut error: Error) -> Error {
    error.path.insert_str(0, argument);
    for finding in &mut error.findings {
        finding.path.insert_str(0, argument);
    }
    error
}

operations! { SeverityScheme:
    /// Reads a scheme from text in TOML, YAML or JSON; the format is taken from the file's name or the text where absent.
    ///
    /// Refused with every problem and its place: `severity.*`, `condition.*`, `contract.*`.
    new read(text: String, format: Option<Format>, file: Option<String>, vocabulary: Option<Vocabulary>) -> Result<SeverityScheme> {
        let source = Source::open(&text, format, file.as_deref())?;
        SeverityScheme::read(&source, &or_standard(vocabulary))
    }

    /// A scheme from a table, such as a part of a larger document.
    ///
    /// Refused with every problem: `severity.*`, `condition.*`.
    new of(scheme: SeveritySchemeDocument, vocabulary: Option<Vocabulary>) -> Result<SeverityScheme> {
        SeverityScheme::of(scheme, &or_standard(vocabulary)).map_err(|error| inside("/scheme", error))
    }

    /// A scheme that comes with the library: `sev` (SEV1 to SEV5) or `itil` (P1 to P5).
    ///
    /// Refused: `severity.unknown_preset`.
    new preset(name: String, vocabulary: Option<Vocabulary>) -> Result<SeverityScheme> {
        let preset: SeverityPreset = name.parse().map_err(|error| inside("/name", error))?;
        SeverityScheme::preset(preset, &or_standard(vocabulary))
    }

    /// A scheme whose rules are the cells of a matrix over two facts, such as impact and urgency.
    ///
    /// Refused: `severity.bad_matrix`, `severity.unknown_severity`, `condition.*`.
    new matrix(order: Vec<SeverityId>, matrix: SeverityMatrix, vocabulary: Option<Vocabulary>) -> Result<SeverityScheme> {
        SeverityScheme::matrix(order, matrix, &or_standard(vocabulary))
    }

    /// Everything that is wrong with it, exactly, each finding with a situation that shows it.
    view check(scheme: &SeverityScheme) -> Result<Vec<Finding>> {
        Ok(scheme.check())
    }

    /// How bad it is: the severity, why, its bounds, and the shortest list of questions that settle it.
    ///
    /// Refused: `condition.unknown_fact`, `condition.bad_value`, `severity.too_many_combinations`.
    view classify(scheme: &SeverityScheme, facts: Facts) -> Result<Classification> {
        scheme.classify(&facts).map_err(|error| inside("/facts", error))
    }

    /// What the severity would be by these facts, as a proposal with the difference in obligations.
    ///
    /// Refused: `severity.unknown_severity`, and what `classify` refuses.
    view reclassify(scheme: &SeverityScheme, facts: Facts, before: Option<SeverityId>) -> Result<Reclassification> {
        if let Some(before) = &before {
            scheme.response(before).map_err(|error| inside("/before", error))?;
        }
        scheme.reclassify(before.as_ref(), &facts).map_err(|error| inside("/facts", error))
    }

    /// What a change from one severity to another changes in what is owed.
    ///
    /// Refused: `severity.unknown_severity`.
    view difference(scheme: &SeverityScheme, before: SeverityId, after: SeverityId) -> Result<ResponseDifference> {
        scheme.response(&before).map_err(|error| inside("/before", error))?;
        scheme.difference(&before, &after).map_err(|error| inside("/after", error))
    }

    /// The severities, worst first.
    view order(scheme: &SeverityScheme) -> Result<Vec<SeverityId>> {
        Ok(scheme.order().to_vec())
    }

    /// What a severity is called in a sentence.
    view name(scheme: &SeverityScheme, severity: SeverityId) -> Result<String> {
        Ok(scheme.name(&severity))
    }

    /// What a severity owes.
    ///
    /// Refused: `severity.unknown_severity`.
    view response(scheme: &SeverityScheme, severity: SeverityId) -> Result<Response> {
        scheme.response(&severity).map_err(|error| inside("/severity", error))
    }

    /// The scheme as it was written, conditions in the short form.
    view document(scheme: &SeverityScheme) -> Result<SeveritySchemeDocument> {
        Ok(scheme.document().clone())
    }

    /// The facts that its rules may ask for.
    view vocabulary(scheme: &SeverityScheme) -> Result<Vocabulary> {
        Ok(scheme.vocabulary().clone())
    }
}
