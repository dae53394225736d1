//! What to answer while the facts do not settle it.

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::condition::Node;
use crate::decode;
use crate::id::SeverityId;
use crate::time::Elapsed;

/// What a scheme answers while unknown facts leave the severity open.
///
/// Written `{ assume = "sev2", settle_within = "10m" }`, `{ default = "sev3" }` or `"pending"`, which also holds where
/// nothing is written.
#[derive(Clone, Debug, Default, PartialEq)]
pub enum UnknownPolicy {
    /// Take this severity, or the nearest one that is possible, and settle it in time. Of those possible it is the
    /// mildest that is not milder than this one; where all are milder, the worst of them.
    Assume {
        /// The severity.
        severity: SeverityId,
        /// Within this time the questions are to be answered.
        settle_within: Option<Elapsed>,
    },
    /// Take this severity, or a worse one that is certain.
    Default(SeverityId),
    /// What is certain by a rule that holds; none before one does.
    #[default]
    Pending,
}

/// As a table.
#[derive(Default, Deserialize, Serialize)]
#[serde(default, deny_unknown_fields)]
struct Written {
    #[serde(skip_serializing_if = "Option::is_none")]
    assume: Option<SeverityId>,
    #[serde(skip_serializing_if = "Option::is_none")]
    settle_within: Option<Elapsed>,
    #[serde(skip_serializing_if = "Option::is_none")]
    default: Option<SeverityId>,
}

impl UnknownPolicy {
    /// The severity it names, and the key it is named under.
    pub(super) fn named(&self) -> Option<(&'static str, &SeverityId)> {
        match self {
            Self::Assume { severity, .. } => Some(("assume", severity)),
            Self::Default(severity) => Some(("default", severity)),
            Self::Pending => None,
        }
    }
}

impl Serialize for UnknownPolicy {
    fn serialize<S: Serializer>(&self, to: S) -> std::result::Result<S::Ok, S::Error> {
        match self.clone() {
            Self::Assume { severity, settle_within } => {
                Written { assume: Some(severity), settle_within, default: None }.serialize(to)
            }
            Self::Default(severity) => Written { default: Some(severity), ..Written::default() }.serialize(to),
            Self::Pending => to.serialize_str("pending"),
        }
    }
}

impl<'de> Deserialize<'de> for UnknownPolicy {
    fn deserialize<D: Deserializer<'de>>(from: D) -> std::result::Result<Self, D::Error> {
        let refused = |what: &str| {
            let message = format!("{what} does not say what to do with unknown facts");
            let hint =
                "write `{ assume = \"sev2\", settle_within = \"10m\" }`, `{ default = \"sev3\" }` or `\"pending\"`";
            decode::carry(crate::Error::invalid(crate::codes::BAD_UNKNOWN, message).hint(hint))
        };
        let node = Node::deserialize(from)?;
        if node == Node::Text("pending".to_owned()) {
            return Ok(Self::Pending);
        }
        if !matches!(node, Node::Table(_)) {
            return Err(refused(&node.kind()));
        }
        let text = decode::to_text(&node).map_err(decode::carry)?;
        match decode::one::<Written>(&text).map_err(decode::carry)? {
            Written { assume: Some(severity), settle_within, default: None } => {
                Ok(Self::Assume { severity, settle_within })
            }
            Written { assume: None, settle_within: None, default: Some(severity) } => Ok(Self::Default(severity)),
            _ => Err(refused("this")),
        }
    }
}
