//! What an engine is told.

use std::hash::Hasher;

use serde::{Deserialize, Deserializer, Serialize};

use crate::codes;
use crate::decode::{carry, one};
use crate::error::Error;
use crate::id::{AreaId, PersonId, SeverityId};
use crate::incident::event::{HelpReason, PageId};
use crate::text::{nearest, short};
use crate::time::Timestamp;

/// The union, its reader in two stages (so that a bad field keeps its pointer), and its shape.
macro_rules! inputs {
    ($(#[doc = $about:literal])+ pub enum EscalationInput {
        $($(#[doc = $doc:literal])+ $Variant:ident ($Shape:ident) = $tag:literal {
            $($(#[doc = $said:literal])+ $(#[serde($how:meta)])? $field:ident: $Ty:ty,)*
        },)+
    }) => {
        $(#[doc = $about])+
        #[derive(Clone, Debug, Eq, PartialEq, Serialize)]
        #[serde(tag = "type")]
        pub enum EscalationInput {
            $($(#[doc = $doc])+ #[serde(rename = $tag)] $Variant {
                $($(#[doc = $said])+ $(#[serde($how)])? $field: $Ty,)*
            },)+
        }

        impl<'de> Deserialize<'de> for EscalationInput {
            fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
                #[derive(Deserialize)]
                struct Tag { r#type: String }
                let raw = Box::<serde_json::value::RawValue>::deserialize(from)?;
                let Tag { r#type: tag } = one(raw.get()).map_err(carry)?;
                match tag.as_str() {
                    $($tag => {
                        let shape::$Shape { $($field,)* .. } = one(raw.get()).map_err(carry)?;
                        Ok(Self::$Variant { $($field,)* })
                    })+
                    _ => Err(carry(unknown(&tag, &[$($tag),+]))),
                }
            }
        }

        /// What each has beside its `type`.
        mod shape {
            use super::{AreaId, Deserialize, HelpReason, PageId, PersonId, SeverityId, Timestamp};
            $($(#[doc = $doc])+
            #[derive(Deserialize)]
            #[serde(deny_unknown_fields)]
            #[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
            pub(super) struct $Shape {
                #[serde(rename = "type")]
                #[cfg_attr(feature = "schema", schemars(skip))]
                _type: serde::de::IgnoredAny,
                $($(#[doc = $said])+ pub(super) $field: $Ty,)*
            })+
        }

        #[cfg(feature = "schema")]
        impl schemars::JsonSchema for EscalationInput {
            fn schema_name() -> std::borrow::Cow<'static, str> {
                "EscalationInput".into()
            }
            fn json_schema(types: &mut schemars::SchemaGenerator) -> schemars::Schema {
                let variants = [$(($tag, types.subschema_for::<shape::$Shape>())),+];
                let variants = variants.map(|(tag, schema)| serde_json::json!({ "x-tag": tag, "allOf": [schema] }));
                schemars::json_schema!({ "description": concat!($($about),+).trim(), "x-union": variants })
            }
        }
    };
}

inputs! {
    /// What an escalation is told. Whoever is named as `by` has acted, and counts as a responder from then on.
    pub enum EscalationInput {
        /// Time has passed; nothing else.
        Tick(TickInput) = "tick" {},
        /// Somebody looks after it: the first response stands still.
        Acknowledged(AcknowledgedInput) = "acknowledged" {
            /// Who.
            by: PersonId,
        },
        /// Nobody looks after it any more: the first response goes on where it stopped.
        Unacknowledged(UnacknowledgedInput) = "unacknowledged" {},
        /// The first response stands still until an instant.
        Snoozed(SnoozedInput) = "snoozed" {
            /// Until when.
            until: Timestamp,
        },
        /// It is snoozed no longer.
        Woken(WokenInput) = "woken" {},
        /// Somebody else looks after it; they are paged at once, and the first response goes on.
        Reassigned(ReassignedInput) = "reassigned" {
            /// The new owner.
            to: PersonId,
            /// Who said so.
            #[serde(skip_serializing_if = "Option::is_none")]
            by: Option<PersonId>,
        },
        /// It became worse or milder: the tracks of the new severity start now in place of the old.
        SeverityChanged(SeverityChangedInput) = "severity_changed" {
            /// The new severity.
            severity: SeverityId,
            /// Whether it is worse than before. Where absent it is if its name sorts before the old one, as `sev1` does
            /// before `sev2`, or if there was none.
            #[serde(skip_serializing_if = "Option::is_none")]
            raised: Option<bool>,
        },
        /// Another area is concerned.
        AreaAdded(AreaAddedInput) = "area_added" {
            /// Which.
            area: AreaId,
        },
        /// Somebody asks for help.
        HelpAsked(HelpAskedInput) = "help_asked" {
            /// What is missing.
            reason: HelpReason,
            /// Who asks.
            #[serde(skip_serializing_if = "Option::is_none")]
            by: Option<PersonId>,
        },
        /// Something moved: an update, an outcome, a milestone.
        Progress(ProgressInput) = "progress" {
            /// Whose doing it was.
            #[serde(skip_serializing_if = "Option::is_none")]
            by: Option<PersonId>,
        },
        /// A page did not arrive, and will not. The policy goes on as written: whoever was paged counts as engaged. The
        /// status names them as undelivered until they are paged anew or act.
        DeliveryFailed(DeliveryFailedInput) = "delivery_failed" {
            /// Which.
            page: PageId,
        },
        /// It is over: nobody is paged any more.
        Resolved(ResolvedInput) = "resolved" {},
    }
}

fn unknown(tag: &str, known: &[&str]) -> Error {
    let error = Error::invalid(codes::BAD_FIELD, format!("unknown variant `{}`", short(tag))).at("/type");
    match nearest(tag, known.iter().copied()) {
        Some(near) => error.hint(format!("did you mean `{near}`?")),
        None => error.hint(format!("known are `{}`", known.join("`, `"))),
    }
}

impl EscalationInput {
    /// A number for this input at an instant, by which a second delivery is known. It is stored, so it is the same on
    /// every platform: FNV-1a, cut to what every language counts exactly.
    pub(super) fn fingerprint(&self, now: Timestamp) -> u64 {
        let mut hasher = Fnv::default();
        hasher.write(&now.as_micros().to_le_bytes());
        hasher.write(crate::decode::to_text(self).unwrap_or_default().as_bytes());
        hasher.finish() & ((1 << 53) - 1)
    }
}

/// FNV-1a of 64 bits.
pub(super) struct Fnv(u64);

impl Default for Fnv {
    fn default() -> Self {
        Self(0xcbf2_9ce4_8422_2325)
    }
}

impl Hasher for Fnv {
    fn write(&mut self, bytes: &[u8]) {
        for byte in bytes {
            self.0 = (self.0 ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3);
        }
    }
    fn finish(&self) -> u64 {
        self.0
    }
}
