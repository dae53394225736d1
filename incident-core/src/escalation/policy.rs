//! A policy that can be run.

use std::sync::Arc;

use super::admit::problems;
use super::document::{EscalationPolicyDocument, EscalationStep, SCHEMA, SeverityTracks};
use super::plan::Plan;
use crate::condition::refuse;
use crate::decode;
use crate::error::{Error, Result};
use crate::finding::Finding;
use crate::id::{PolicyId, SeverityId};
use crate::text::Source;
use crate::time::Window;

/// An escalation policy: whom to page, when, and what happens when nobody is found.
///
/// It is shared, not copied: every escalation that began with it keeps it.
///
/// ```
/// use incident_core::{EscalationPolicy, Format, Source};
///
/// let text = r#"
/// [escalation]
/// otherwise = { after = "15m", page = ["person:hana"] }
/// [escalation.sev1]
/// first = [{ page = ["on-call:primary"], within = "office" }]
/// "#;
/// let no = EscalationPolicy::read(&Source::parse(text, Format::Toml)?).unwrap_err();
/// assert_eq!(no.findings[0].to_string(), "5:49: error[escalation.unknown_window]: there is no window `office`");
/// # Ok::<(), incident_core::Error>(())
/// ```
#[derive(Clone, Debug)]
pub struct EscalationPolicy(Arc<Loaded>);

#[derive(Debug)]
struct Loaded {
    document: EscalationPolicyDocument,
    plan: Plan,
    version: String,
    source: Option<Source>,
}

impl PartialEq for EscalationPolicy {
    /// A policy is its document.
    fn eq(&self, other: &Self) -> bool {
        self.0.document == other.0.document
    }
}

impl EscalationPolicy {
    /// From its parts.
    ///
    /// # Errors
    /// All problems as findings, the first one as the error: `escalation.no_otherwise`, `escalation.bad_step`,
    /// `escalation.bad_time`, `escalation.too_many_repeats`, `escalation.unknown_window`, `escalation.no_reason`
    pub fn of(document: EscalationPolicyDocument) -> Result<Self> {
        refuse(problems(&document))?;
        Self::load(document, None)
    }

    /// From a document in TOML, YAML or JSON; findings have their place in it.
    ///
    /// # Errors
    /// `contract.*`, `id.bad_id`, `time.*`, `escalation.bad_target`, `escalation.bad_limit` for what cannot be read,
    /// and those of [`EscalationPolicy::of`]
    pub fn read(source: &Source) -> Result<Self> {
        let document: EscalationPolicyDocument = source.read()?;
        // With their places, also where there is but one.
        let placed = source.place(problems(&document));
        refuse(placed.clone()).map_err(|error| Error { findings: placed, ..error })?;
        Self::load(document, Some(source.clone()))
    }

    fn load(document: EscalationPolicyDocument, source: Option<Source>) -> Result<Self> {
        let written = document.version.clone().filter(|version| !version.trim().is_empty());
        let version = match written {
            Some(version) => version,
            None => content_hash(&document)?,
        };
        let plan = Plan::of(&document);
        Ok(Self(Arc::new(Loaded { document, plan, version, source })))
    }

    /// What it is called.
    ///
    /// # Errors
    /// None in practice.
    pub fn name(&self) -> Result<PolicyId> {
        self.0.document.name.clone().map_or_else(|| PolicyId::new("escalation"), Ok)
    }

    /// Its version, which an escalation keeps to: the one that is written, or a hash of its content.
    #[must_use]
    pub fn version(&self) -> &str {
        &self.0.version
    }

    /// The policy as it was written.
    #[must_use]
    pub fn document(&self) -> &EscalationPolicyDocument {
        &self.0.document
    }

    /// The severities that it has tracks for.
    pub fn severities(&self) -> impl Iterator<Item = &SeverityId> {
        self.0.document.escalation.severities.keys()
    }

    /// The tracks of a severity as they are written; none where it has none, and goes to `otherwise`.
    #[must_use]
    pub fn tracks(&self, severity: &SeverityId) -> Option<&SeverityTracks> {
        self.0.document.escalation.severities.get(severity)
    }

    /// The window that a step waits for.
    #[must_use]
    pub fn window(&self, step: &EscalationStep) -> Option<&Window> {
        self.0.document.windows.get(step.within.as_deref()?)
    }

    /// The policy as one document.
    ///
    /// # Errors
    /// None in practice.
    pub fn to_json(&self) -> Result<String> {
        decode::to_text(&EscalationPolicyDocument { schema: Some(SCHEMA.to_owned()), ..self.0.document.clone() })
    }

    /// A policy from what [`EscalationPolicy::to_json`] wrote.
    ///
    /// # Errors
    /// As [`EscalationPolicy::read`].
    pub fn from_json(text: &str) -> Result<Self> {
        Self::of(decode::from_text(text)?)
    }

    /// What the engine runs.
    pub(super) fn plan(&self) -> &Plan {
        &self.0.plan
    }

    /// Findings with their places, where it was read from text.
    pub(super) fn place(&self, findings: Vec<Finding>) -> Vec<Finding> {
        match &self.0.source {
            Some(source) => source.place(findings),
            None => findings,
        }
    }
}

/// The first 16 hexadecimal digits of the SHA-256 of what makes people paged: neither form, name nor exceptions.
fn content_hash(document: &EscalationPolicyDocument) -> Result<String> {
    let paging = EscalationPolicyDocument {
        windows: document.windows.clone(),
        escalation: document.escalation.clone(),
        ..EscalationPolicyDocument::default()
    };
    let digest = hmac_sha256::Hash::hash(decode::to_text(&paging)?.as_bytes());
    let hex: String = digest.iter().take(8).map(|byte| format!("{byte:02x}")).collect();
    Ok(format!("sha256:{hex}"))
}
