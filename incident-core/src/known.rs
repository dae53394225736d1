//! Quantities as far as they are known.

use std::{fmt, str::FromStr};

use serde::{Deserialize, Serialize};

use crate::codes;
use crate::error::{Error, Result};

/// A quantity as far as it is known: exactly, as a range, or not at all. Unknown is a value, not zero.
///
/// In JSON `{"type": "exact", "value": 40}`, `{"type": "range", "lowest": 100}` or `{"type": "unknown"}`.
///
/// ```
/// use incident_core::Known;
///
/// let customers = Known::Range { lowest: Some(100_u64), highest: Some(250) };
/// assert_eq!(customers.bounds(), (Some(&100), Some(&250)));
/// assert_eq!(Known::<u64>::Unknown.bounds(), (None, None));
/// ```
#[derive(Clone, Copy, Debug, Default, Deserialize, Eq, PartialEq, Serialize)]
#[serde(try_from = "Wire<T>", into = "Wire<T>", bound(serialize = "T: Clone + Serialize"))]
pub enum Known<T> {
    /// This much.
    Exact(T),
    /// Between two amounts, both included; an absent one is open, and one of them is there.
    Range {
        /// At least this.
        lowest: Option<T>,
        /// At most this.
        highest: Option<T>,
    },
    /// Nobody knows yet.
    #[default]
    Unknown,
}

impl<T> Known<T> {
    /// The least and the most it can be; absent where there is no bound.
    pub fn bounds(&self) -> (Option<&T>, Option<&T>) {
        match self {
            Self::Exact(value) => (Some(value), Some(value)),
            Self::Range { lowest, highest } => (lowest.as_ref(), highest.as_ref()),
            Self::Unknown => (None, None),
        }
    }

    /// Whether nothing is known.
    pub fn is_unknown(&self) -> bool {
        matches!(self, Self::Unknown)
    }

    /// The exact amount, if that is what is known.
    pub fn exact(&self) -> Option<&T> {
        match self {
            Self::Exact(value) => Some(value),
            Self::Range { .. } | Self::Unknown => None,
        }
    }
}

impl<T: fmt::Display> fmt::Display for Known<T> {
    /// `40`, `100 to 250`, `at least 100`, `unknown`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.bounds() {
            (Some(least), Some(most)) if self.exact().is_none() => write!(f, "{least} to {most}"),
            (Some(value), Some(_)) => value.fmt(f),
            (Some(least), None) => write!(f, "at least {least}"),
            (None, Some(most)) => write!(f, "at most {most}"),
            (None, None) => f.write_str("unknown"),
        }
    }
}

/// As it is written: flat, so that a bad field has its pointer.
#[derive(Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
struct Wire<T> {
    r#type: Kind,
    #[serde(skip_serializing_if = "Option::is_none")]
    value: Option<T>,
    #[serde(skip_serializing_if = "Option::is_none")]
    lowest: Option<T>,
    #[serde(skip_serializing_if = "Option::is_none")]
    highest: Option<T>,
}

#[derive(Deserialize, Serialize)]
#[serde(rename_all = "snake_case")]
enum Kind {
    Exact,
    Range,
    Unknown,
}

impl<T> TryFrom<Wire<T>> for Known<T> {
    type Error = String;
    fn try_from(wire: Wire<T>) -> std::result::Result<Self, String> {
        match (wire.r#type, wire.value, wire.lowest, wire.highest) {
            (Kind::Exact, Some(value), None, None) => Ok(Self::Exact(value)),
            (Kind::Range, None, lowest, highest) if lowest.is_some() || highest.is_some() => {
                Ok(Self::Range { lowest, highest })
            }
            (Kind::Unknown, None, None, None) => Ok(Self::Unknown),
            _ => {
                Err("`exact` has a `value`, `range` has `lowest`, `highest` or both, `unknown` has nothing".to_owned())
            }
        }
    }
}

impl<T> From<Known<T>> for Wire<T> {
    fn from(known: Known<T>) -> Self {
        let wire = |r#type, value, lowest, highest| Self { r#type, value, lowest, highest };
        match known {
            Known::Exact(value) => wire(Kind::Exact, Some(value), None, None),
            Known::Range { lowest, highest } => wire(Kind::Range, None, lowest, highest),
            Known::Unknown => wire(Kind::Unknown, None, None, None),
        }
    }
}

#[cfg(feature = "schema")]
impl<T: schemars::JsonSchema> schemars::JsonSchema for Known<T> {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        format!("Known{}", T::schema_name()).into()
    }
    fn json_schema(types: &mut schemars::SchemaGenerator) -> schemars::Schema {
        let of = types.subschema_for::<T>();
        schemars::json_schema!({
            "description": "A quantity as far as it is known: exactly, as a range, or not at all.",
            "type": "object",
            "properties": {
                "type": { "type": "string", "enum": ["exact", "range", "unknown"], "description": "How much is known." },
                "value": { "anyOf": [of, { "type": "null" }], "description": "This much, if `exact`." },
                "lowest": { "anyOf": [of, { "type": "null" }], "description": "At least this, if `range`." },
                "highest": { "anyOf": [of, { "type": "null" }], "description": "At most this, if `range`." },
            },
            "required": ["type"],
        })
    }
}

/// A whole number of things below 2^53, so that every language can hold it.
#[derive(Clone, Copy, Debug, Default, Deserialize, Eq, Hash, Ord, PartialEq, PartialOrd, Serialize)]
#[serde(try_from = "u64", into = "u64")]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(with = "u64"))]
pub struct Count(u64);

impl Count {
    /// The largest: 2^53 - 1.
    pub const MAX: Self = Self((1 << 53) - 1);

    /// A count; none from 2^53.
    #[must_use]
    pub fn new(count: u64) -> Option<Self> {
        (count <= Self::MAX.0).then_some(Self(count))
    }

    /// As a number.
    #[must_use]
    pub const fn as_u64(self) -> u64 {
        self.0
    }
}

impl TryFrom<u64> for Count {
    type Error = String;
    fn try_from(count: u64) -> std::result::Result<Self, String> {
        Self::new(count).ok_or_else(|| format!("{count} is not below 2^53"))
    }
}

impl From<Count> for u64 {
    fn from(count: Count) -> Self {
        count.0
    }
}

impl From<u32> for Count {
    fn from(count: u32) -> Self {
        Self(u64::from(count))
    }
}

impl fmt::Display for Count {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

/// A share of a whole, kept to a hundredth of a percent: `25%` or `0.25` as people write it, `0.25` in JSON.
#[derive(Clone, Copy, Debug, Default, Eq, Hash, Ord, PartialEq, PartialOrd)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(with = "f64"))]
pub struct Share(u16);

impl Share {
    /// Everybody.
    pub const ALL: Self = Self(10_000);

    /// From a number between 0 and 1, rounded to a hundredth of a percent.
    #[must_use]
    pub fn new(share: f64) -> Option<Self> {
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "between 0 and 10,000")]
        (0.0..=1.0).contains(&share).then(|| Self(libm::round(share * 1e4) as u16))
    }

    /// Between 0 and 1.
    #[must_use]
    pub fn as_f64(self) -> f64 {
        f64::from(self.0) / 1e4
    }
}

impl FromStr for Share {
    type Err = Error;
    fn from_str(text: &str) -> Result<Self> {
        let number = |text: &str| text.trim().parse::<f64>().ok();
        let share = text.strip_suffix('%').map_or_else(|| number(text), |percent| number(percent).map(|p| p / 1e2));
        share.and_then(Self::new).ok_or_else(|| {
            Error::invalid(codes::BAD_SHARE, format!("`{}` is not a share", crate::text::short(text)))
                .hint("write `25%`, or a number from 0 to 1")
        })
    }
}

impl fmt::Display for Share {
    /// `25%`, `0.05%`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (whole, part) = (self.0 / 100, self.0 % 100);
        let part = format!("{part:02}");
        match part.trim_end_matches('0') {
            "" => write!(f, "{whole}%"),
            part => write!(f, "{whole}.{part}%"),
        }
    }
}

impl Serialize for Share {
    fn serialize<S: serde::Serializer>(&self, to: S) -> std::result::Result<S::Ok, S::Error> {
        to.serialize_f64(self.as_f64())
    }
}

impl<'de> Deserialize<'de> for Share {
    fn deserialize<D: serde::Deserializer<'de>>(from: D) -> std::result::Result<Self, D::Error> {
        struct Visitor;
        impl serde::de::Visitor<'_> for Visitor {
            type Value = Share;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a share such as `25%` or 0.25")
            }
            fn visit_str<E: serde::de::Error>(self, text: &str) -> std::result::Result<Share, E> {
                text.parse().map_err(crate::decode::carry)
            }
            fn visit_f64<E: serde::de::Error>(self, share: f64) -> std::result::Result<Share, E> {
                Share::new(share).map_or_else(|| self.visit_str(&share.to_string()), Ok)
            }
            fn visit_u64<E: serde::de::Error>(self, share: u64) -> std::result::Result<Share, E> {
                self.visit_str(&share.to_string())
            }
            fn visit_i64<E: serde::de::Error>(self, share: i64) -> std::result::Result<Share, E> {
                self.visit_str(&share.to_string())
            }
        }
        from.deserialize_any(Visitor)
    }
}

/// An amount of money in minor units, such as cents, of a currency by its ISO 4217 code.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Money {
    /// In minor units; below 2^53 either way.
    pub minor: i64,
    /// Three capital letters, such as `EUR`.
    pub currency: Currency,
}

/// A currency by its ISO 4217 code.
#[derive(Clone, Copy, Debug, Deserialize, Eq, PartialEq, Serialize)]
#[serde(try_from = "String", into = "String")]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(with = "String"))]
pub struct Currency([u8; 3]);

impl TryFrom<String> for Currency {
    type Error = String;
    fn try_from(text: String) -> std::result::Result<Self, String> {
        let code: Option<[u8; 3]> = text.as_bytes().try_into().ok();
        code.filter(|code| code.iter().all(u8::is_ascii_uppercase)).map(Self).ok_or_else(|| {
            format!("`{}` is not a currency; write three capital letters such as `EUR`", crate::text::short(&text))
        })
    }
}

impl From<Currency> for String {
    fn from(currency: Currency) -> Self {
        Self::from_utf8_lossy(&currency.0).into_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shares_are_written_as_people_write_them() {
        for (text, expected) in [("25%", "25%"), ("0.25", "25%"), ("0.05%", "0.05%"), ("1", "100%"), ("12.5%", "12.5%")]
        {
            assert_eq!(text.parse::<Share>().map(|share| share.to_string()).unwrap(), expected);
        }
        for bad in ["", "%", "101%", "-1", "NaN", "inf", "five"] {
            assert_eq!(bad.parse::<Share>().unwrap_err().code, codes::BAD_SHARE, "{bad}");
        }
    }

    #[test]
    fn what_is_known_survives_the_wire() {
        for text in [r#"{"type":"exact","value":40}"#, r#"{"type":"range","lowest":1}"#, r#"{"type":"unknown"}"#] {
            let known: Known<Count> = serde_json::from_str(text).unwrap();
            assert_eq!(serde_json::to_string(&known).unwrap(), text);
        }
        for bad in [r#"{"type":"exact"}"#, r#"{"type":"range"}"#, r#"{"type":"exact","value":9007199254740992}"#] {
            assert!(serde_json::from_str::<Known<Count>>(bad).is_err(), "{bad}");
        }
    }
}
