//! What is measured: from which milestone to which.

use serde::{Deserialize, Serialize};

use crate::codes;
use crate::error::{Error, Result};
use crate::id::MilestoneId;
use crate::text::{nearest, short};

/// A length of time between two milestones of every incident.
///
/// The same word means different things in different products ("MTTR" begins at the start, the trigger, the declaration
/// or the acknowledgement), so a metric says which milestones it means. Maintenance, drills and tests are left out, and
/// counted.
///
/// ```
/// use incident_core::Metric;
///
/// let metric = Metric::named("time_to_resolve")?;
/// assert_eq!((metric.start.as_str(), metric.end.as_str()), ("started", "resolved"));
/// assert_eq!(Metric::named("time_to_resolv").unwrap_err().hint.as_deref(), Some("did you mean `time_to_resolve`?"));
/// # Ok::<(), incident_core::Error>(())
/// ```
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Metric {
    /// What it is called.
    pub name: String,
    /// Where it begins.
    pub start: MilestoneId,
    /// Where it ends; an incident that has not come so far is open.
    pub end: MilestoneId,
}

/// The presets with their ends. All begin when the harm began, so that they can be laid end to end.
const PRESETS: [(&str, &str); 5] = [
    ("time_to_detect", "detected"),
    ("time_to_acknowledge", "acknowledged"),
    ("time_to_identify", "identified"),
    ("time_to_mitigate", "mitigated"),
    ("time_to_resolve", "resolved"),
];

impl Metric {
    /// A metric of your own.
    #[must_use]
    pub fn new(name: impl Into<String>, start: MilestoneId, end: MilestoneId) -> Self {
        Self { name: name.into(), start, end }
    }

    /// A preset: `time_to_detect`, `time_to_acknowledge`, `time_to_identify`, `time_to_mitigate` or `time_to_resolve`,
    /// each from `started`.
    ///
    /// # Errors
    /// `history.unknown_metric`
    pub fn named(name: &str) -> Result<Self> {
        Self::presets().find(|preset| preset.name == name).ok_or_else(|| {
            let error = Error::invalid(codes::UNKNOWN_METRIC, format!("`{}` is no metric", short(name)));
            let names = PRESETS.map(|(name, _)| name);
            match nearest(name, names) {
                Some(near) => error.hint(format!("did you mean `{near}`?")),
                None => error.hint(format!("known are `{}`; or give `name`, `start` and `end`", names.join("`, `"))),
            }
        })
    }

    /// From the start of the harm to its end.
    #[must_use]
    pub fn time_to_resolve() -> Self {
        Self::preset(("time_to_resolve", "resolved"))
    }

    /// From the start of the harm until somebody looks.
    #[must_use]
    pub fn time_to_acknowledge() -> Self {
        Self::preset(("time_to_acknowledge", "acknowledged"))
    }

    /// Every preset.
    pub(super) fn presets() -> impl Iterator<Item = Self> {
        PRESETS.into_iter().map(Self::preset)
    }

    /// Its name for people: `time to resolve`.
    pub(super) fn words(&self) -> String {
        self.name.replace('_', " ")
    }

    fn preset((name, end): (&str, &'static str)) -> Self {
        Self::new(name, MilestoneId::known("started"), MilestoneId::known(end))
    }
}
