//! What a fact may be: its domain, its order, and the words people use for it.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::literal::{Literal, plain};
use super::node::Node;
use super::value::{Point, Value};
use crate::codes;
use crate::decode;
use crate::error::{Error, Result};
use crate::known::Share;
use crate::text::nearest;
use crate::time::{Elapsed, Timestamp};

/// What kind of values a fact takes.
#[derive(Clone, Copy, Debug, Deserialize, Eq, PartialEq, Serialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub enum FactKind {
    /// One of `values`, which stand in order, lowest first.
    Ordered,
    /// One of `values`, without an order.
    Choice,
    /// Any text.
    Text,
    /// A set of names, ordered by inclusion; only those in `values`, if there are any.
    Names,
    /// A whole number.
    Integer,
    /// A share of a whole, `5%` or 0.05, kept to a hundredth of a percent.
    Share,
    /// Any number.
    Number,
    /// A duration, `15m`.
    Elapsed,
    /// Yes or no; yes is higher.
    Flag,
    /// An instant.
    Instant,
}

/// Which direction of a fact is worse.
#[derive(Clone, Copy, Debug, Deserialize, Eq, PartialEq, Serialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub enum Worse {
    /// A higher value, a later one in `values`, a yes, a larger set is worse.
    Higher,
    /// A lower value, an earlier one in `values`, a no, a smaller set is worse.
    Lower,
}

/// What a fact may be: its kind and values, which direction is worse, and the words for it.
///
/// `words` makes sentences read well. Its keys are a value (`"occurred": "data was lost"`; `true` and `false` for a flag)
/// or one of `is`, `at_least`, `at_most`, `contains`, whose text has `{}` where the value goes
/// (`"at_least": "at least {} of customers are affected"`). What is not said is built from `label`.
///
/// ```
/// use incident_core::{Fact, Worse};
///
/// let loss = Fact::ordered(["none", "degraded", "partial", "full"])?.worse(Worse::Higher).ask("what does not work?");
/// assert_eq!(loss.question("loss"), "what does not work?");
/// # Ok::<(), incident_core::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(transparent)]
pub struct Fact(Written);

impl<'de> Deserialize<'de> for Fact {
    fn deserialize<D: Deserializer<'de>>(from: D) -> std::result::Result<Self, D::Error> {
        Written::deserialize(from)?.try_into().map_err(decode::carry)
    }
}

/// What a fact may be: its kind and values, which direction is worse, and the words for it.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(rename = "Fact"))]
struct Written {
    /// What kind of values it takes.
    kind: FactKind,
    /// The values of an ordered fact (lowest first) or a choice, or the only names of a set.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    values: Vec<String>,
    /// The least of an integer or a number.
    #[serde(default, skip_serializing_if = "Option::is_none", serialize_with = "number")]
    min: Option<f64>,
    /// The most of an integer or a number.
    #[serde(default, skip_serializing_if = "Option::is_none", serialize_with = "number")]
    max: Option<f64>,
    /// The unit of an integer or a number, as it is written behind it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    unit: Option<String>,
    /// Which direction is worse; absent where neither is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    worse: Option<Worse>,
    /// The question that a person can answer: `was any data lost?`
    #[serde(default, skip_serializing_if = "Option::is_none")]
    ask: Option<String>,
    /// What it is called in a sentence; the name with spaces where absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    label: Option<String>,
    /// Sentences for a value or an operator.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    words: BTreeMap<String, String>,
}

#[cfg(feature = "schema")]
impl schemars::JsonSchema for Fact {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Fact".into()
    }
    fn json_schema(types: &mut schemars::SchemaGenerator) -> schemars::Schema {
        <Written as schemars::JsonSchema>::json_schema(types)
    }
}

impl TryFrom<Written> for Fact {
    type Error = Error;
    fn try_from(written: Written) -> Result<Self> {
        let bad = |at: &str, message: String| Err(Error::invalid(codes::BAD_FACT, message).at(at));
        let listed = matches!(written.kind, FactKind::Ordered | FactKind::Choice);
        if listed && written.values.is_empty() {
            return bad("/values", "an ordered fact or a choice needs its values".to_owned());
        }
        if !listed && written.kind != FactKind::Names && !written.values.is_empty() {
            return bad("/values", "only an ordered fact, a choice or names list their values".to_owned());
        }
        let mut seen = BTreeSet::new();
        for (at, value) in written.values.iter().enumerate() {
            if matches!(value.as_str(), "" | "unknown" | "known") {
                return bad(
                    &format!("/values/{at}"),
                    format!("`{value}` cannot be a value: every fact may be unknown"),
                );
            }
            if !seen.insert(value) {
                return bad(&format!("/values/{at}"), format!("`{value}` stands here twice"));
            }
        }
        if written.worse.is_some() && matches!(written.kind, FactKind::Choice | FactKind::Text) {
            return bad("/worse", "a choice or a text has no order, so neither direction is worse".to_owned());
        }
        let numeric = matches!(written.kind, FactKind::Integer | FactKind::Number);
        if !numeric && (written.min.is_some() || written.max.is_some() || written.unit.is_some()) {
            return bad("/kind", "only an integer or a number has `min`, `max` and `unit`".to_owned());
        }
        let sound = |bound: Option<f64>| {
            bound.is_none_or(|it| {
                it.abs() < super::node::LARGEST && (written.kind == FactKind::Number || it.fract() == 0.0)
            })
        };
        let crossed = written.min.zip(written.max).is_some_and(|(min, max)| min > max);
        if !sound(written.min) || !sound(written.max) || crossed {
            return bad("/min", "`min` and `max` are numbers of the kind, in this order".to_owned());
        }
        Ok(Self(written))
    }
}

impl Fact {
    fn plain(kind: FactKind) -> Self {
        let (values, words) = (Vec::new(), BTreeMap::new());
        Self(Written { kind, values, min: None, max: None, unit: None, worse: None, ask: None, label: None, words })
    }

    fn listed<'a>(kind: FactKind, values: impl IntoIterator<Item = &'a str>) -> Result<Self> {
        let values = values.into_iter().map(str::to_owned).collect();
        Self::try_from(Written { values, ..Self::plain(kind).0 })
    }

    /// One of these values, lowest first.
    ///
    /// # Errors
    /// `condition.bad_fact` where there is none, one is empty, reserved (`unknown`, `known`) or there twice.
    pub fn ordered<'a>(values: impl IntoIterator<Item = &'a str>) -> Result<Self> {
        Self::listed(FactKind::Ordered, values)
    }

    /// One of these values, without an order.
    ///
    /// # Errors
    /// As [`Fact::ordered`].
    pub fn choice<'a>(values: impl IntoIterator<Item = &'a str>) -> Result<Self> {
        Self::listed(FactKind::Choice, values)
    }

    /// Any text.
    #[must_use]
    pub fn text() -> Self {
        Self::plain(FactKind::Text)
    }

    /// A set of any names.
    #[must_use]
    pub fn names() -> Self {
        Self::plain(FactKind::Names)
    }

    /// A set of some of these names; of any, where there are none.
    ///
    /// # Errors
    /// `condition.bad_fact` where one is empty, reserved or there twice.
    pub fn names_of<'a>(values: impl IntoIterator<Item = &'a str>) -> Result<Self> {
        Self::listed(FactKind::Names, values)
    }

    /// A whole number from this one upwards.
    ///
    /// # Errors
    /// `condition.bad_fact` from 2^53.
    pub fn integer_from(min: i64) -> Result<Self> {
        #[expect(clippy::cast_precision_loss, reason = "one this large is refused")]
        let min = Some(min as f64);
        Self::try_from(Written { min, ..Self::plain(FactKind::Integer).0 })
    }

    /// A share of a whole.
    #[must_use]
    pub fn share() -> Self {
        Self::plain(FactKind::Share)
    }

    /// Any number.
    #[must_use]
    pub fn number() -> Self {
        Self::plain(FactKind::Number)
    }

    /// A duration.
    #[must_use]
    pub fn elapsed() -> Self {
        Self::plain(FactKind::Elapsed)
    }

    /// Yes or no.
    #[must_use]
    pub fn flag() -> Self {
        Self::plain(FactKind::Flag)
    }

    /// An instant.
    #[must_use]
    pub fn instant() -> Self {
        Self::plain(FactKind::Instant)
    }

    /// The same, with the direction that is worse. Ignored where there is no order (a choice, a text).
    #[must_use]
    pub fn worse(mut self, worse: Worse) -> Self {
        let ordered = !matches!(self.0.kind, FactKind::Choice | FactKind::Text);
        self.0.worse = ordered.then_some(worse);
        self
    }

    /// The same, with the question that a person can answer.
    #[must_use]
    pub fn ask(mut self, ask: &str) -> Self {
        self.0.ask = Some(ask.to_owned());
        self
    }

    /// The same, with what it is called in a sentence.
    #[must_use]
    pub fn label(mut self, label: &str) -> Self {
        self.0.label = Some(label.to_owned());
        self
    }

    /// The same, with the unit of its number.
    #[must_use]
    pub fn unit(mut self, unit: &str) -> Self {
        self.0.unit = matches!(self.0.kind, FactKind::Integer | FactKind::Number).then(|| unit.to_owned());
        self
    }

    /// The same, with a sentence for a value or an operator; `{}` stands for the value.
    #[must_use]
    pub fn words(mut self, of: &str, sentence: &str) -> Self {
        self.0.words.insert(of.to_owned(), sentence.to_owned());
        self
    }

    /// What kind of values it takes.
    #[must_use]
    pub fn kind(&self) -> FactKind {
        self.0.kind
    }

    /// The values of an ordered fact (lowest first) or a choice, or the only names of a set.
    #[must_use]
    pub fn values(&self) -> &[String] {
        &self.0.values
    }

    /// Which direction is worse, if one is.
    #[must_use]
    pub fn worse_direction(&self) -> Option<Worse> {
        self.0.worse
    }

    /// Whether it takes the same values with the same meaning; words may differ.
    pub(super) fn same_domain(&self, other: &Self) -> bool {
        let domain = |fact: &Self| {
            let Written { kind, values, min, max, unit, worse, .. } = fact.0.clone();
            (kind, values, min, max, unit, worse)
        };
        domain(self) == domain(other)
    }

    /// The question to ask for it.
    #[must_use]
    pub fn question(&self, name: &str) -> String {
        self.0.ask.clone().unwrap_or_else(|| match self.0.kind {
            FactKind::Flag => format!("is it so: {}?", self.called(name)),
            FactKind::Names => format!("which {}?", self.called(name)),
            _ => format!("what is the {}?", self.called(name).trim_start_matches("the ")),
        })
    }

    /// What it is called in a sentence.
    pub(super) fn called(&self, name: &str) -> String {
        self.0.label.clone().unwrap_or_else(|| name.replace('_', " "))
    }

    pub(super) fn sentence(&self, of: &str) -> Option<&str> {
        self.0.words.get(of).map(String::as_str)
    }

    /// Whether `at_least` and `at_most` mean something.
    pub(super) fn has_line(&self) -> bool {
        !matches!(self.0.kind, FactKind::Choice | FactKind::Text | FactKind::Names | FactKind::Flag)
    }

    /// The least and the most point of its line.
    pub(super) fn ends(&self) -> (Option<Point>, Option<Point>) {
        let point = |bound: Option<f64>| bound.and_then(|it| self.numeric(it));
        match self.0.kind {
            FactKind::Share => (Some(Point::Whole(0)), Some(Point::Whole(10_000))),
            FactKind::Elapsed => (Some(Point::Whole(0)), None),
            FactKind::Integer | FactKind::Number => (point(self.0.min), point(self.0.max)),
            _ => (None, None),
        }
    }

    fn numeric(&self, number: f64) -> Option<Point> {
        match self.0.kind {
            FactKind::Number => (number.abs() < super::node::LARGEST).then_some(Point::Real(number)),
            #[expect(clippy::cast_possible_truncation, reason = "whole and below 2^53")]
            FactKind::Integer => {
                (number.fract() == 0.0 && number.abs() < super::node::LARGEST).then_some(Point::Whole(number as i64))
            }
            FactKind::Share => Share::new(number).map(|share| Point::Whole(hundredths(share))),
            _ => None,
        }
    }

    fn spelled(&self, text: &str) -> Option<Point> {
        let number = |text: &str| text.trim().parse::<f64>().ok().filter(|number| number.is_finite());
        match self.0.kind {
            FactKind::Share => text.parse().ok().map(|share| Point::Whole(hundredths(share))),
            FactKind::Elapsed => text.parse::<Elapsed>().ok().map(|it| Point::Whole(it.as_micros())),
            FactKind::Instant => text.parse::<Timestamp>().ok().map(|it| Point::Whole(it.as_micros())),
            _ => {
                let bare = self.0.unit.as_deref().and_then(|unit| text.strip_suffix(unit)).unwrap_or(text);
                number(bare).and_then(|number| self.numeric(number))
            }
        }
    }

    /// The literal in this domain; `Err` says what to write instead.
    pub(super) fn read(&self, literal: &Literal) -> std::result::Result<Value, String> {
        let among = |text: &str| {
            if self.0.values.iter().any(|value| value == text) {
                return Ok(());
            }
            Err(nearest(text, self.0.values.iter().map(String::as_str)).map_or_else(
                || {
                    format!(
                        "write one of {}",
                        super::join(self.0.values.iter().map(|value| format!("`{value}`")), "or")
                    )
                },
                |near| format!("did you mean `{near}`?"),
            ))
        };
        match (self.0.kind, literal) {
            (FactKind::Ordered | FactKind::Choice, Literal::Text(text)) => {
                among(text).map(|()| Value::Text(text.clone()))
            }
            (FactKind::Ordered | FactKind::Choice, Literal::Number(number)) => {
                let text = plain(*number);
                among(&text).map(|()| Value::Text(text))
            }
            (FactKind::Text, Literal::Text(text)) => Ok(Value::Text(text.clone())),
            (FactKind::Names, Literal::Text(text)) => {
                if !self.0.values.is_empty() {
                    among(text)?;
                }
                Ok(Value::Names(BTreeSet::from([text.clone()])))
            }
            (FactKind::Flag, Literal::Flag(flag)) => Ok(Value::Flag(*flag)),
            (_, Literal::Number(number)) => self.bounded(self.numeric(*number)),
            (_, Literal::Text(text)) => self.bounded(self.spelled(text)),
            (_, Literal::Flag(_)) => Err(self.example()),
        }
    }

    fn bounded(&self, point: Option<Point>) -> std::result::Result<Value, String> {
        let (least, most) = self.ends();
        let inside = |point: &Point| least.is_none_or(|it| it <= *point) && most.is_none_or(|it| *point <= it);
        point.filter(inside).map(Value::point).ok_or_else(|| self.example())
    }

    /// What to write.
    pub(super) fn example(&self) -> String {
        let bound = |end: Option<f64>, word: &str| end.map(|it| format!(" {word} {}", plain(it))).unwrap_or_default();
        let bounds = format!("{}{}", bound(self.0.min, "from"), bound(self.0.max, "to"));
        match self.0.kind {
            FactKind::Ordered | FactKind::Choice => "write one of its values".to_owned(),
            FactKind::Text => "write text".to_owned(),
            FactKind::Names => "write a name".to_owned(),
            FactKind::Integer => format!("write a whole number{bounds}"),
            FactKind::Share => "write a share such as `5%` or 0.05".to_owned(),
            FactKind::Number => format!("write a number{bounds}"),
            FactKind::Elapsed => "write a duration such as `15m`".to_owned(),
            FactKind::Flag => "write `true` or `false`".to_owned(),
            FactKind::Instant => "write an instant such as `2026-11-22T10:00:00Z`".to_owned(),
        }
    }

    /// A point as it is written in facts.
    pub(super) fn spelling(&self, point: Point) -> String {
        match (self.0.kind, point) {
            (FactKind::Elapsed, Point::Whole(micros)) => Elapsed::from_micros(micros).to_string(),
            _ => self.shown(point),
        }
    }

    /// A point as people read it.
    pub(super) fn shown(&self, point: Point) -> String {
        let unit = self.0.unit.as_ref().map(|unit| format!(" {}", unit.trim())).unwrap_or_default();
        match (self.0.kind, point) {
            (FactKind::Share, Point::Whole(hundredths)) =>
            {
                #[expect(clippy::cast_precision_loss, reason = "at most 10,000")]
                Share::new(hundredths as f64 / 1e4).map(|share| share.to_string()).unwrap_or_default()
            }
            (FactKind::Elapsed, Point::Whole(micros)) => Elapsed::from_micros(micros).words(),
            (FactKind::Instant, Point::Whole(micros)) => {
                Timestamp::from_micros(micros).map(|at| at.to_string()).unwrap_or_default()
            }
            (_, Point::Whole(whole)) => format!("{whole}{unit}"),
            (_, Point::Real(real)) => format!("{}{unit}", plain(real)),
        }
    }
}

#[expect(clippy::ref_option, reason = "the signature that serde asks for")]
fn number<S: Serializer>(bound: &Option<f64>, to: S) -> std::result::Result<S::Ok, S::Error> {
    bound.map(Node::Number).serialize(to)
}

fn hundredths(share: Share) -> i64 {
    #[expect(clippy::cast_possible_truncation, reason = "at most 10,000")]
    let hundredths = libm::round(share.as_f64() * 1e4) as i64;
    hundredths
}
